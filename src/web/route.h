/* route.h: the pages of the portal: a row each, and what must hold before one is asked.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_ROUTE_H
#define HOSHI_ROUTE_H

#include "web/visit.h"

enum gate { GATE_OPEN, GATE_SIGNED_IN, GATE_STAFF, GATE_DEMO };

typedef struct fault *page_answer(struct visit *visit);

struct route {
    enum http_method method;
    const char *path; /* {} stands for one part of it */
    enum gate gate;
    page_answer *answer;
    const char *fields; /* of a POST: its names, spaces between; "*": the page checks them itself */
};

page_answer home_page, signin_page, signin_post, signin_link_page, signout_post;
page_answer invitation_page, invitation_post;
page_answer join_page, join_post, account_page, password_post, key_post, key_close_post;
page_answer applications_page, application_open, draft_page, draft_post, file_post, file_get;
page_answer inbox_page, cases_page, case_page, step_page, step_post, done_page, letter_page;
page_answer facilities_page, facility_page, facility_cases_page, facility_open, certificate_page;
page_answer facilities_page, facility_page, facility_cases_page, facility_open;
page_answer succession_page, succession_post;
page_answer own_labels_page, own_label_page, own_label_begin, extensions_preview, extensions_post;
page_answer renewals_page, requests_page, appeal_begin;
page_answer renewals_page, batches_page, batch_page, batch_post;
page_answer labels_page, sample_open, watch_cases_page, watch_fixes_page;
struct fault *matches_page(struct visit *visit);
struct fault *feeds_page(struct visit *visit);
struct fault *feed_open(struct visit *visit);
page_answer labels_page, watch_page, notices_page, rules_page, clause_page;

page_answer mass_page, mass_open;
page_answer parameters_page, parameter_page, parameter_propose;
page_answer editions_page, edition_open, preview_page, preview_list;
page_answer notice_preview_page;

page_answer questions_page, claims_page;
page_answer opens_page, open_page, open_post, alike_post, follow_page, follow_post;

page_answer static_file;
struct str static_text(const char *name); /* a file of src/web/static */

#endif
