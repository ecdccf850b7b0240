/* massed.h: a crowd of labels, and a mass action on its way, for the tests of mass actions.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_MASSED_H
#define HOSHI_MASSED_H

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "desk/act.h"
#include "desk/mass.h"
#include "store/put.gen.h"
#include "watched.h"

static inline struct fault *take(struct world *w, struct str id, const char *step, const char *who,
                                 const char *fields)
{
    struct step_answer answer;
    struct step_request request = {
        .case_id = id, .step = str_of(step), .expected_version = -1, .who = world_person(w, who)};
    MUST(json_read(w->arena, str_of(fields), &request.fields));
    return desk_take_step(&w->desk, w->arena, &request, &answer);
}

static inline void decide(struct world *w, struct str id, const char *step, const char *who,
                          const char *fields)
{
    MUST(take(w, id, "declare-no-conflict", who, "{}"));
    MUST(take(w, id, step, who, fields));
}

/* ---- many labels, as rows: of the maker of the pattern, and every third of another */

struct crowd {
    struct row_label *pattern;
    struct str other;
    const char *prefix;
    int n;
};

static inline struct fault *put_crowd(struct desk *desk, struct arena *arena, void *whom)
{
    const struct crowd *crowd = whom;
    int64_t seq;
    TRY(desk_begin_entry(desk, arena, "many", NULL, STR_NONE, NULL, &seq));
    for (int i = 0; i < crowd->n; i++) {
        struct row_label one = *crowd->pattern;
        one.number = str_print(arena, "%s-%05d", crowd->prefix, i);
        one.category = STR("energy");
        if (i % 3 == 2)
            one.party = crowd->other;
        struct row_label_model model = {.label = one.number, .model = one.number};
        struct row_label_event event = {.label = one.number,
                                        .seq = seq,
                                        .kind = STR("issued"),
                                        .day = one.issued,
                                        .detail = STR("{}")};
        TRY(put_label(desk->store, &one));
        TRY(put_label_model(desk->store, &model));
        TRY(put_label_event(desk->store, &event));
    }
    return journal_append(desk->store, arena);
}

static inline void make_crowd(struct world *w, struct str issuing, const char *prefix, int n)
{
    struct arena *arena = arena_new((size_t)1 << 30);
    struct crowd crowd = {.prefix = prefix, .n = n};
    struct row_party_member *parties;
    size_t parties_n;
    MUST(sql_label_by_number(w->desk.store, w->arena, world_case(w, issuing)->label,
                             &crowd.pattern));
    MUST(sql_parties_of_person(w->desk.store, w->arena, w->other_maker.person, &parties,
                               &parties_n));
    crowd.other = parties[0].party;
    MUST(desk_write(&w->desk, arena, put_crowd, &crowd));
    arena_free(arena);
}

/* ---- the action, on its way */

static inline struct str open_action(struct world *w)
{
    struct str id;
    struct case_request request = {.procedure = STR("mass-action"),
                                   .who = world_person(w, "operational-personnel")};
    MUST(desk_open_case(&w->desk, w->arena, &request, &id));
    return id;
}

static inline struct str drawn_up(struct world *w, const char *kind, const char *words,
                                  const char *rest)
{
    struct str id = open_action(w);
    struct str fields =
        str_print(w->arena,
                  "{\"mass-kind\":\"%s\",\"find-text\":\"%s\",\"mass-purpose\":\"試験\","
                  "\"mass-title\":{\"ja\":\"試験\",\"en\":\"Test\"}%s}",
                  kind, words, rest);
    decide(w, id, "draw-up-mass", "operational-personnel", str_z(w->arena, fields));
    return id;
}

static inline struct row_mass *mass_of(struct world *w, struct str id)
{
    struct row_mass *row;
    MUST(sql_mass_by_case(w->desk.store, w->arena, id, &row));
    return row;
}

static inline void rehearse(struct world *w, struct str id)
{
    MUST(take(w, id, "rehearse-mass", "operational-personnel", "{}"));
    w->clock.frozen_ms += 60000;
    sweep(w);
}

/* Approved, to take effect at ten of that day. */
static inline void approve(struct world *w, struct str id, const char *day)
{
    decide(w, id, "approve-technical", "technical-manager", "{}");
    decide(w, id, "approve-mass", "managing-director",
           str_z(w->arena,
                 str_print(w->arena, "{\"effective-day\":\"%s\",\"effective-hour\":10}", day)));
}

static inline void at_ten(struct world *w, const char *day)
{
    world_day(w, day);
    w->clock.frozen_ms = day_begins(clock_today(&w->clock)) + 10 * 3600000 + 60000;
}

/* How often each label of the crowd was done: the number of those done `times` times. */
static inline int labels_done(struct world *w, const char *prefix, int n, const char *procedure,
                              int times)
{
    struct arena *arena = arena_new(64 << 20);
    int found = 0;
    for (int i = 0; i < n; i++) {
        struct row_casework *rows;
        size_t rows_n;
        int done = 0;
        arena_reset(arena);
        MUST(sql_cases_of_label(w->desk.store, arena, str_print(arena, "%s-%05d", prefix, i), &rows,
                                &rows_n));
        for (size_t k = 0; k < rows_n; k++)
            done += str_is(rows[k].procedure, procedure) &&
                    w->desk.book->states[state_by_name(w->desk.book, rows[k].state)].final;
        found += done == times;
    }
    arena_free(arena);
    return found;
}

static inline int64_t mails_since(struct world *w, int64_t seq)
{
    struct row_outbox *rows;
    size_t n;
    MUST(sql_outbox_after(w->desk.store, w->arena, seq, 100000, &rows, &n));
    return (int64_t)n;
}

#endif
