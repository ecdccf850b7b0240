/* visit.h: one request to the portal: who comes, in which language, and the page that goes back.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_VISIT_H
#define HOSHI_VISIT_H

#include "web/html.h"
#include "web/web.h"

enum { PAGE_BYTES_MAX = 4 << 20, PATH_PARTS_MAX = 4, PASSWORD_TEXT_MAX = 128 };

struct visit {
    struct web *web;
    struct request *request;
    struct response *response;
    struct arena *arena;
    struct html html;
    bool english;
    bool scripted; /* this page has our script: alike.js */
    struct day today;
    struct str parts[PATH_PARTS_MAX]; /* what stood for {} in the route's path */

    bool signed_in;
    struct principal who;
    struct str session;    /* digest of the session's secret */
    struct str form_token; /* goes with every POST of this session */
    struct words roles;    /* appointed to on this day */
    bool staff;            /* holds any appointment */
    int delegates[ROLE_COUNT]; /* for personnel: of a delegated role, the office of today */
    bool evaluates;        /* acts for an Evaluation Facility */
    int64_t unread;        /* notices */
};

/* What the portal makes once, at the start. */
struct portal {
    char no_password[PASSWORD_TEXT_MAX]; /* verified when a login is unknown: the same time, the
                                            same answer */
    char css_version[17], script_version[17];
};

/* Language, session, roles; *out holds what the request's arena holds. */
struct fault *visit_begin(struct web *web, struct request *request, struct response *response,
                          struct visit *out);
bool visit_has_role(const struct visit *visit, const char *role);
/* A delegated role is the office that a dated parameter names today; any other is itself. */
int visit_office(const struct visit *visit, int role);
bool visit_holds(const struct visit *visit, int role); /* … is appointed to it */
const char *visit_name(const struct visit *visit); /* of the person, in the page's language */
struct str visit_pick(const struct visit *visit, struct str ja,
                      struct str en); /* en may be empty */
struct str visit_form(const struct visit *visit,
                      const char *name); /* trimmed; STR_NONE when absent */

/* The text of a rule-book row in the page's language. */
const char *visit_text(const struct visit *visit, struct text text);

/* visit_page(): the head of a page; then its page_…(&visit->html, …); visit_send(): the foot, and
 * off. */
enum place {
    PLACE_NONE,
    PLACE_INBOX,
    PLACE_CASES,
    PLACE_LABELS,
    PLACE_FACILITIES,
    PLACE_NOTICES,
    PLACE_RULES,
    PLACE_APPLICATIONS,
    PLACE_REQUESTS,
    PLACE_ACCOUNT,
    PLACE_OWN_LABELS,
    PLACE_RENEWALS,
    PLACE_WATCH
};
struct html *visit_page(struct visit *visit, int status, enum place place, struct str title);
void visit_send(struct visit *visit);
void visit_send_bare(struct visit *visit, int status); /* a page that wrote its own head and foot */
void visit_redirect(struct visit *visit, struct str path); /* 303 */
void visit_fault(struct visit *visit, struct fault *fault);
void visit_headers(struct visit *visit);

/* A session begins: its cookie goes with the answer. A session of before ends. */
struct fault *session_begin(struct visit *visit, struct str account);
struct fault *session_end(struct visit *visit);
struct fault *session_find(struct visit *visit);

#endif
