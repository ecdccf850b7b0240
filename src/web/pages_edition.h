/* pages_edition.h: editions of the criteria in the portal, and what a change does to the labels.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PAGES_EDITION_H
#define HOSHI_PAGES_EDITION_H

#include "desk/preview.h"
#include "web/case_view.h"

enum { MAKERS_SHOWN = 20 };

struct preview_view {
    const struct case_view *of;
    bool asked;             /* days are known: there is a preview */
    bool what_if;           /* … of days that the query names, not of those on the case */
    struct preview preview;
    struct str on_case;     /* digest recorded on the case, "" for none */
    struct str query;       /* "?begins=…" of this page, for the list */
    const struct fault *wrong;
};

/* Goes on, as one of three: as before, only when filed in time, not at all. */
enum course { COURSE_ON, COURSE_IN_TIME, COURSE_ENDS, COURSES_N };
enum course course_of(enum fate fate);
int64_t course_count(const int64_t fates[FATES_N], enum course course);
const char *fate_text(bool english, enum fate fate);

/* draw_edition.c: by the month in which the validity ends. */
struct fragment months_chart(struct html *html, const struct preview *preview,
                             struct str conclusion);

bool case_is_of_edition(const struct case_view *view);

#endif
