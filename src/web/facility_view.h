/* facility_view.h: an Evaluation Facility as the portal shows it: what is in force, its cases, and
 * how its work went over time.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_FACILITY_VIEW_H
#define HOSHI_FACILITY_VIEW_H

#include "web/case_view.h"

enum { QUARTERS_MAX = 8 };

/* The applications whose last report came in a quarter of a year; sums over them. */
struct quarter {
    int year, number;       /* 2026, 1 to 4 */
    int64_t cases, reports; /* reports: hand-ins of plans and reports */
    int64_t findings, returns;
    int64_t facility_ms, body_ms; /* in hand of the facility, of the body */
};

struct work_view {
    struct quarter quarters[QUARTERS_MAX]; /* the oldest first, without gaps */
    size_t n;
    struct quarter all; /* sums over every quarter there was */
};

struct facility_case {
    const struct sql_cases_open_at_facility_row *row;
    const struct procedure_row *procedure;
    int state;
    bool in_its_hands; /* it is the facility's turn */
};

struct facility_record {
    const struct row_party *party;
    const struct row_thing *approval; /* the last one, NULL for none */
    bool approved, nda, own;          /* today; own: the visitor acts for it */
    const struct row_thing *things;   /* all: approvals, scopes, accreditations, evaluators, NDA */
    size_t things_n;
    struct row_casework *cases; /* its own: of approval, evaluators, end, agreement */
    size_t cases_n;
    struct facility_case *open; /* applications that name it, not at an end */
    size_t open_n;
    bool shows_work; /* to certifiers, the Technical Manager, itself (6.1-2) */
    struct work_view work;
};

struct facility_list {
    struct facility_record *at;
    size_t n;
};

/* pages_facility.c: as far as this visitor may see it; fault "no-such-page". */
struct fault *facility_find(struct visit *visit, struct str id, struct facility_record *out);

struct str facility_category_words(const struct visit *visit, struct str category);
/* "level 3: Router"; of a thing of any kind; the days between which it holds. */
struct str facility_scope_words(const struct visit *visit, struct str line);
struct str facility_thing_words(const struct visit *visit, const struct row_thing *thing);
struct str facility_thing_days(struct html *html, const struct row_thing *thing);

/* facility_work.c: how the work on the applications went, quarter by quarter. */
struct fault *facility_work_load(struct visit *visit, struct str party, struct work_view *out);

#endif
