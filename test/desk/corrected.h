/* corrected.h: what tests of corrections and annulments share: steps by name, a label's history, an
 * annulment on its way.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_CORRECTED_H
#define HOSHI_CORRECTED_H

#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "desk/act.h"
#include "desk/information.h"
#include "desk/standing.h"
#include "store/put.gen.h"
#include "watched.h"

static inline struct row_label *label_of(struct world *w, struct str number)
{
    struct row_label *label;
    MUST(sql_label_by_number(w->desk.store, w->arena, number, &label));
    return label;
}

static inline const struct principal *person_of(struct world *w, const char *who)
{
    return !strcmp(who, "maker")       ? &w->maker
           : !strcmp(who, "successor") ? &w->other_maker
                                       : world_person(w, who);
}

static inline struct fault *take(struct world *w, struct str id, const char *step, const char *who,
                                 const char *fields)
{
    struct step_answer answer;
    struct step_request request = {.case_id = id,
                                   .step = str_of(step),
                                   .expected_version = -1,
                                   .who = person_of(w, who)};
    MUST(json_read(w->arena, str_of(fields), &request.fields));
    return desk_take_step(&w->desk, w->arena, &request, &answer);
}

static inline void decide(struct world *w, struct str id, const char *step, const char *who,
                          const char *fields)
{
    MUST(take(w, id, "declare-no-conflict", who, "{}"));
    MUST(take(w, id, step, who, fields));
}

static inline struct str open_on(struct world *w, const char *procedure, struct str label,
                                 const char *who)
{
    struct str id;
    struct case_request request = {.procedure = str_of(procedure),
                                   .label = label,
                                   .who = person_of(w, who)};
    MUST(desk_open_case(&w->desk, w->arena, &request, &id));
    return id;
}

static inline struct row_label_event *events_of(struct world *w, struct str label, size_t *n)
{
    struct row_label_event *rows;
    MUST(sql_label_events(w->desk.store, w->arena, label, &rows, n));
    return rows;
}

static inline struct row_label_event *last_event(struct world *w, struct str label,
                                                 const char *kind)
{
    size_t n;
    struct row_label_event *rows = events_of(w, label, &n), *found = NULL;
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].kind, kind))
            found = &rows[i];
    if (!found)
        BUG("the label has no event %s", kind);
    return found;
}

/* The number in the journal of the step by which the label came to be, or of another. */
static inline int64_t entry_of(struct world *w, struct str case_id, const char *step)
{
    struct row_case_step *steps;
    size_t n;
    MUST(sql_case_steps(w->desk.store, w->arena, case_id, &steps, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(steps[i].step, step))
            return steps[i].seq;
    BUG("step %s was not taken", step);
}

static inline const char *with_entry(struct world *w, int64_t entry, const char *rest)
{
    return str_z(w->arena, str_print(w->arena, "{\"void-entry\":%lld,%s}", (long long)entry, rest));
}

/* People who took part in no case: they stand in for both deciders. */
static inline struct fault *appoint(struct desk *desk, struct arena *arena, void *whom)
{
    struct world *w = whom;
    static const struct {
        const char *key, *office;
    } deputies[] = {{"criteria-personnel", "technical-manager"},
                    {"certifier-2", "managing-director"}};
    int64_t seq;
    TRY(desk_begin_entry(desk, arena, "test", NULL, STR_NONE, NULL, &seq));
    for (size_t i = 0; i < 2; i++) {
        struct row_thing thing = {.id = str_of(deputies[i].office),
                                  .kind = STR("appointment"),
                                  .person = world_person(w, deputies[i].key)->person,
                                  .word = str_of(deputies[i].office),
                                  .detail = STR("deputy"),
                                  .from_day = STR("2026-01-05"),
                                  .seq = seq};
        TRY(put_thing(desk->store, &thing));
    }
    return journal_append(desk->store, arena);
}

static inline const char *detail_of(struct world *w, struct str label, const char *kind)
{
    return str_z(w->arena, last_event(w, label, kind)->detail);
}

/* Who is registrant now. */
static inline const char *heard(struct world *w, struct str label)
{
    struct standing standing;
    MUST(standing_load(w->desk.store, w->arena, w->desk.book, &w->maker, STR_NONE,
                       clock_today(&w->clock), &standing));
    return standing_acts_for(&standing, label_of(w, label)->party) ? "maker" : "successor";
}

static inline struct str annulment(struct tally *t, struct world *w, struct str label,
                                   int64_t entry)
{
    struct str id = open_on(w, "annulment", label, "operational-personnel-2");
    MUST(take(w, id, "declare-no-conflict", "operational-personnel-2", "{}"));
    CHECK_STR(t,
              str_of(said(w, take(w, id, "propose-annulment", "operational-personnel-2",
                                  with_entry(w, 1,
                                             "\"void-ground\":\"other\","
                                             "\"void-facts\":\"架空\"")))),
              "refused-form void-act-known 2.1.3-1", "an entry that is no decision on the label");
    MUST(take(w, id, "propose-annulment", "operational-personnel-2",
              with_entry(w, entry,
                         "\"void-ground\":\"undisclosed-conflict\",\"void-facts\":\"未申告\"")));
    decide(w, id, "examine-annulment", "management-system-manager", "{\"void-finding\":\"void\"}");
    decide(w, id, "invite-hearing", "operational-personnel",
           str_z(w->arena, str_print(w->arena, "{\"hearing-by\":\"%.*s\"}",
                                     STR_F(day_text(w, day_plus(clock_today(&w->clock), 20))))));
    MUST(take(w, id, "state-view", heard(w, label), "{\"view\":\"承知しました。\"}"));
    MUST(take(w, id, "declare-no-conflict", "technical-manager", "{}"));
    CHECK_STR(t, str_of(said(w, take(w, id, "approve-technical", "technical-manager", "{}"))),
              "forbidden not-involved 2.1.3-1", "who decided on the void case does not decide");
    decide(w, id, "approve-technical", "criteria-personnel", "{}");
    return id;
}

#endif
