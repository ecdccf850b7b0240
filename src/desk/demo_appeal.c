/* demo_appeal.c: one appeal of the demonstration, against a refusal of the story: to be examined.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/demo_part.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { LATEST = 200, DAYS_AGO = 20 };

static const struct principal *maker_of(const struct demo *demo, struct str party)
{
    for (size_t i = 0; i < demo->makers_n; i++)
        if (str_eq(demo->makers[i].party, party))
            return &demo->makers[i].who;
    return NULL;
}

/* The latest refusal that has stood for some days, of one of the makers. */
static struct fault *find_refused(const struct demo *demo, struct str *id,
                                  const struct principal **who)
{
    struct row_casework *rows;
    size_t n;
    TRY(sql_cases_latest(demo->desk.store, demo->arena, LATEST, &rows, &n));
    for (size_t i = 0; i < n && !*who; i++) {
        if (!str_is(rows[i].state, "refused") ||
            day_of_instant(rows[i].since).n > demo->today.n - DAYS_AGO)
            continue;
        *id = rows[i].id;
        *who = maker_of(demo, rows[i].party);
    }
    return NULL;
}

struct fault *demo_appeal(struct demo *demo)
{
    struct str refused = STR_NONE, id;
    struct case_request opening = {.procedure = STR("appeal")};
    struct step_request request = {.step = STR("appeal"), .expected_version = -1};
    struct step_answer answer;
    TRY(find_refused(demo, &refused, &opening.who));
    if (!opening.who) /* a story that was told for another day has none */
        return NULL;
    opening.decided = refused;
    TRY(desk_open_case(&demo->desk, demo->arena, &opening, &id));
    request.case_id = id;
    request.who = opening.who;
    TRY(json_read(demo->arena,
                  STR("{\"appeal-text\":\"初期パスワードは機器ごとに異なり、指摘は旧版の取扱説明書に"
                      "よるものです。改訂後の取扱説明書により審査するよう求めます。（架空）\"}"),
                  &request.fields));
    return desk_take_step(&demo->desk, demo->arena, &request, &answer);
}
