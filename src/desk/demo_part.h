/* demo_part.h: between the files of the demonstration.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_DEMO_PART_H
#define HOSHI_DEMO_PART_H

#include "desk/found.h"

enum { DEMO_MAKERS_MAX = 16, DEMO_FACILITIES = 4, DEMO_SLOTS = 6, DEMO_TALES = 11,
       DEMO_WATCHED = 10,
       DEMO_CERTIFIED = 8, DEMO_OPENED = 5 };

struct demo_maker {
    const json_t *seed;
    struct principal who;
    struct str party;
};

struct demo_facility {
    const json_t *seed;
    struct principal who;
    struct str party;
    struct str cases[DEMO_SLOTS]; /* agreement, approval, evaluators, end: as they begin */
};

/* What was done about a label after its issuance. */
struct demo_tale {
    struct str label, case_id;
    const struct principal *who; /* for its registrant */
};

struct demo {
    struct desk desk;          /* the desk, with the clock below */
    struct clock clock;
    struct day today;
    struct arena *arena;
    const json_t *seed;
    struct founder *founders;
    size_t founders_n;
    struct demo_maker makers[DEMO_MAKERS_MAX];
    size_t makers_n;
    struct demo_facility facilities[DEMO_FACILITIES];
    struct demo_tale tales[DEMO_TALES], watched[DEMO_WATCHED];
    struct words criteria;
    struct str certified[DEMO_CERTIFIED]; /* cases, as they begin */
    struct str opened[DEMO_OPENED];       /* likewise, by who came without an account */
    struct str settled;                   /* the case of a parameter, long ago */
};

const struct principal *demo_person(const struct demo *demo, const char *key);

/* demo_story.c: the cases of the past months, in one transaction. */
struct fault *demo_tell_story(struct demo *demo);

/* demo_editions.c: before the story; after it. */
struct fault *demo_begin_editions(struct demo *demo);
struct fault *demo_announce_edition(struct demo *demo);

/* demo_security.c: after the story. */
struct fault *demo_tell_security(struct demo *demo);
/* demo_parameters.c: before the story; at its end. */
struct fault *demo_settle_past(struct demo *demo);
struct fault *demo_settle_coming(struct demo *demo);
/* demo_mass.c: what the clock does on the case, at its instants; on this case alone. */
struct fault *demo_let_clock(struct demo *demo, struct str id);
/* demo_mass.c: a correction, and two mass actions, after the editions. */
struct fault *demo_put_right(struct demo *demo);
/* demo_void.c: after that, an annulment and a reinstatement. */
struct fault *demo_undo(struct demo *demo);
/* demo_vulnerability.c: a feed for the watch. */
struct fault *demo_tell_vulnerability(struct demo *demo);

/* demo_appeal.c: an appeal against a refusal of the story. */
struct fault *demo_appeal(struct demo *demo);

/* demo_facilities.c: what the facilities did, a line at a time, each at its instant. */
struct fault *demo_register_facilities(struct demo *demo);
size_t demo_facility_lines(void);
int64_t demo_facility_at(const struct demo *demo, size_t line);
struct fault *demo_facility_play(struct demo *demo, struct arena *arena, size_t line);

/* demo_validity.c: extensions and withdrawals of labels of the story, a scene at its instant. */
int demo_ends_in_days(int label);
int demo_tale_label(size_t tale);
size_t demo_tale_scenes(size_t tale);
int64_t demo_tale_at(const struct demo *demo, size_t tale, size_t scene);
struct fault *demo_tale_play(struct demo *demo, struct arena *arena, size_t tale, size_t scene,
                             struct str issued_by);

/* demo_certified.c: the same for the applications that the first of them evaluates. */
size_t demo_certified_lines(void);
int64_t demo_certified_at(const struct demo *demo, size_t line);
struct fault *demo_certified_play(struct demo *demo, struct arena *arena, size_t line);

/* demo_watch.c: surveillances and revocations of labels of the story, a line at its instant. */
size_t demo_watch_lines(void);
int demo_watch_label(size_t line);
int64_t demo_watch_at(const struct demo *demo, size_t line);
struct fault *demo_watch_play(struct demo *demo, struct arena *arena, size_t line,
                              struct str issued_by);

/* demo_open.c: the same for what anyone sent without an account. */
size_t demo_open_lines(void);
int64_t demo_open_at(const struct demo *demo, size_t line);
struct fault *demo_open_play(struct demo *demo, struct arena *arena, size_t line);

/* demo_file.c: a small fictional test report, put on the case; a bill of materials, put into what
 * is filed; a checklist that names the report. */
struct fault *demo_attach(struct demo *demo, struct arena *arena, const struct principal *who,
                          struct str case_id, struct str product, struct str *file_id);
struct fault *demo_show_bill(struct demo *demo, struct arena *arena, const struct principal *who,
                             struct str case_id, json_t *own);
json_t *demo_checklist(const struct demo *demo, struct arena *arena, struct str file_id);

#endif
