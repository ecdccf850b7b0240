/* outsiders.h: in a world, whoever comes without an account, and the body that answers them.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_OUTSIDERS_H
#define HOSHI_OUTSIDERS_H

#include "base/json.h"
#include "desk/openly.h"
#include "watched.h"

static const char asks[] __attribute__((unused)) =
    "{\"inquiry-title\":\"初期パスワード\",\"inquiry-text\":"
    "\"秘密の型番ZZ-9のことです。\",\"asker-name\":\"匿名 希望\","
    "\"asker-mail\":\"asker@example.test\"}";
static const char reports[] __attribute__((unused)) =
    "{\"misuse-kind\":\"false-number\",\"claim-text\":\"店頭の箱\"}";

static inline struct fault *file(struct world *w, const char *procedure, const char *fields,
                                 const char *once, struct open_answer *answer)
{
    struct principal nobody = {0};
    struct open_request request = {
        .procedure = str_of(procedure), .once = str_of(once), .who = &nobody};
    MUST(json_read(w->arena, str_of(fields), &request.fields));
    return desk_file_openly(&w->desk, w->arena, &request, answer);
}

static inline struct fault *take(struct world *w, struct str id, const char *step,
                                 const struct principal *who, const char *fields)
{
    struct step_answer answer;
    struct step_request request = {
        .case_id = id, .step = str_of(step), .expected_version = -1, .who = who};
    MUST(json_read(w->arena, str_of(fields), &request.fields));
    return desk_take_step(&w->desk, w->arena, &request, &answer);
}

static inline void decide(struct world *w, struct str id, const char *step, const char *who,
                          const char *fields)
{
    MUST(take(w, id, "declare-no-conflict", world_person(w, who), "{}"));
    MUST(take(w, id, step, world_person(w, who), fields));
}

static inline void check_said(struct tally *t, struct world *w, struct fault *fault,
                              const char *wanted, const char *what)
{
    CHECK_STR(t, str_of(said(w, fault)), wanted, "%s", what);
}

#endif
