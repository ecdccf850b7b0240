/* case_view.h: what the pages show of a case: its rows, its road, and what this person can do.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_CASE_VIEW_H
#define HOSHI_CASE_VIEW_H

#include "desk/appeal.h"
#include "store/sql.gen.h"
#include "web/field.h"

enum road_when { ROAD_DONE, ROAD_HERE, ROAD_AHEAD };

/* One station of the timeline: a step taken, awaited, or still ahead. */
struct road_step {
    enum road_when when;
    const struct step_row *step; /* NULL for a step that the rule book no longer has */
    int64_t at;                  /* instant, when done */
    struct str who;              /* name, when done; else role */
    const char *clause;
};

/* Working days against the target of the present turn. */
struct pace {
    int64_t spent, target; /* target 0: none */
    struct day due;
    int64_t over; /* working days past the target */
    bool late, soon;
};

/* 4.5-1: one item of the product information, as last decided and as the application has it. */
enum { INFORMATION_LINES_MAX = 16 };
struct information_line {
    const char *field;
    const json_t *decided, *given;
    bool same;
};

struct mass_state;

struct case_view {
    struct row_casework *work;
    const struct procedure_row *procedure;
    int state;
    bool draft;              /* not filed yet */
    bool own;                /* the person opened it, or acts for its maker */
    bool facility_own;       /* the person acts for the Evaluation Facility named */
    struct row_party *facility; /* NULL where none is named */
    struct row_case_version *versions; /* what was filled in again and again, oldest first */
    size_t versions_n;
    struct sql_facilities_to_name_row *facilities; /* in scope today, while one may be named */
    size_t facilities_n;
    struct information_line information[INFORMATION_LINES_MAX]; /* of a case on a label */
    size_t information_n;
    struct row_party *party; /* NULL before a maker is known */
    struct row_case_number *numbers;
    size_t numbers_n;
    struct str application_number, acceptance_number, registration_number;
    json_t *values;              /* fields as last filled in */
    struct row_case_file *files; /* those present, replaced ones left out */
    size_t files_n;
    struct row_case_sbom *bills; /* those files that were read as bills of materials */
    size_t bills_n;
    struct sql_portal_case_steps_row *steps;
    size_t steps_n;
    struct sql_portal_case_readers_row *readers;
    size_t readers_n;
    struct row_notice *letters; /* that the person may read */
    size_t letters_n;
    struct sql_deliveries_of_case_row *deliveries; /* for personnel */
    size_t deliveries_n;
    struct row_criteria_edition *edition;
    struct row_criterion *criteria;
    size_t criteria_n;
    struct row_casework *related; /* that opened it, or that it opened: those the visitor may see */
    size_t related_n;
    struct appeal_offer appeal;  /* against what was decided here */
    struct offer *offers;
    size_t offers_n;
    struct road_step *road;
    size_t road_n;
    struct pace pace;
    struct mass_state *mass; /* of a mass action (pages_mass.h); else NULL */
};

/* Fault "unknown-case" when there is none, or when this person may not see it (2.1.3-2). */
struct fault *case_view_load(struct visit *visit, struct str id, struct case_view **out);

/* case_rounds.c: versions of what was filled in, and the product information compared. */
struct fault *case_rounds_load(struct visit *visit, struct case_view *view);
const json_t *version_value(const struct case_view *view, size_t at, struct arena *arena);
/* To the facility: what it filled in, and what it was told. */
bool version_is_shown(const struct visit *visit, const struct case_view *view,
                      const struct step_row *step);

/* pages_mass.c: of a case of a mass action that is drawn up. */
struct fault *case_mass_load(struct visit *visit, struct case_view *view);

/* pages_letter.c */
struct fault *case_letters_load(struct visit *visit, struct case_view *view);

/* holders.c: who is appointed to the role that takes a step. */
struct holder {
    const struct row_person *person;
    bool able;                      /* nothing about the person is in the way */
    const struct why_line *missing; /* what is, where it is known */
};
struct holders {
    struct holder *at;
    size_t n, able;
};
struct fault *holders_load(const struct visit *visit, const struct case_view *view,
                           const struct offer *offer, struct holders *out);

/* next.c: what happens next, when, and why, in one sentence; "" where nothing does. */
struct str next_sentence(struct html *html, const struct visit *visit,
                         const struct procedure_row *procedure, int state,
                         const struct pace *pace);

/* road.c */
bool step_moves(const struct step_row *step); /* not to the state `same` */
void case_view_lay_road(const struct visit *visit, struct case_view *view);
bool step_takes_file(const struct rulebook *book, const struct step_row *step);
bool case_takes_file(const struct visit *visit, const struct case_view *view); /* of the visitor */
const struct step_row *step_next_in(const struct rulebook *book,
                                    const struct procedure_row *procedure, int state);
struct fault *pace_of(struct visit *visit, int64_t since, struct str due, struct pace *out);
struct pace pace_between(const struct day *holidays, size_t holidays_n, struct day since,
                         struct day due, struct day today);

/* Words of rows. */
bool field_is_shown(const struct visit *visit, const struct case_view *view,
                    int field); /* to makers: their own */
const char *state_words(const struct visit *visit, int state);
struct str turn_words(const struct visit *visit, int state); /* whose turn: 申請者, 業務要員 … */
const char *step_words(const struct visit *visit, const struct step_row *step);
struct str role_words(const struct visit *visit, struct str role);
bool turn_is_of(const struct visit *visit, int state); /* of a role the person holds */
struct str case_title(const struct visit *visit, const struct row_casework *work);
const char *case_colour(const struct case_view *view); /* the class of its state's colours */
struct str case_called(const struct case_view *view); /* its number, or its id */
struct field_setting case_setting(const struct case_view *view, const json_t *values,
                                  const struct fault *faults);

struct str pace_words(struct html *html, const struct pace *pace);      /* 8日目／5日 */
struct str pace_rest_words(struct html *html, const struct pace *pace); /* 3日超過, 残り1日 */

#endif
