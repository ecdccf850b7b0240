/* demo_mass.c: what was put right and what was done in mass, to look at: a correction, a notice to
 * a registrant that was sent, and pages that are to be made anew in a week. All of it is made up.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/demo_part.h"
#include "desk/mass.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { MINUTE_MS = 60000, HOUR_MS = 3600000, CORRECTED = 6, NOTIFIED = 4, AHEAD_DAYS = 7 };

static struct fault *take(struct demo *demo, struct str id, const struct principal *who,
                          const char *step, json_t *fields)
{
    struct step_answer answer;
    struct step_request request = {
        .case_id = id, .step = str_of(step), .expected_version = -1, .who = who, .fields = fields};
    demo->clock.frozen_ms += MINUTE_MS;
    return desk_take_step(&demo->desk, demo->arena, &request, &answer);
}

static struct fault *decide(struct demo *demo, struct str id, const char *who, const char *step,
                            json_t *fields)
{
    const struct principal *person = demo_person(demo, who);
    TRY(take(demo, id, person, "declare-no-conflict", NULL));
    return take(demo, id, person, step, fields);
}

static struct fault *fields_of(struct demo *demo, const char *text, json_t **out)
{
    return json_read(demo->arena, str_of(text), out);
}

/* ---- 6.4-1 */

static struct fault *correct_one(struct demo *demo)
{
    struct demo_maker *maker = &demo->makers[CORRECTED < demo->makers_n ? CORRECTED : 0];
    struct row_label *labels;
    json_t *asked, *found;
    char room[11];
    size_t n;
    struct str id;
    TRY(sql_own_labels(demo->desk.store, demo->arena, maker->who.person,
                       day_print(demo->today, room), STR("%"), 1, 0, &labels, &n));
    if (!n)
        return NULL;
    struct case_request opening = {
        .procedure = STR("correction"), .label = labels->number, .who = &maker->who};
    TRY(fields_of(demo,
                  "{\"correction-wrong\":\"利用者向け窓口の電話番号の誤記（架空）\","
                  "\"error-evidence\":\"申請書の控え（架空）\",\"user-phone\":\"03-0000-0199\"}",
                  &asked));
    TRY(fields_of(demo, "{\"correction-finding\":\"wrong\"}", &found));
    TRY(desk_open_case(&demo->desk, demo->arena, &opening, &id));
    TRY(take(demo, id, &maker->who, "ask-correction", asked));
    TRY(decide(demo, id, "operational-personnel", "confirm-correction", found));
    TRY(decide(demo, id, "technical-manager", "approve-technical", NULL));
    return decide(demo, id, "managing-director", "correct-register", NULL);
}

/* ---- mass actions */

struct fault *demo_let_clock(struct demo *demo, struct str id)
{
    for (;;) {
        struct row_casework *work;
        struct step_answer answer;
        TRY(sql_case_by_id(demo->desk.store, demo->arena, id, &work));
        if (!work || !work->alarm || work->alarm > demo->clock.frozen_ms)
            return NULL;
        struct principal clock = {.person = STR("clock"), .due = work->alarm};
        struct step_request request = {
            .case_id = id, .step = work->alarm_step, .expected_version = -1, .who = &clock};
        TRY(desk_take_step(&demo->desk, demo->arena, &request, &answer));
    }
}

static struct fault *rehearsed(struct demo *demo, json_t *fields, struct str *id)
{
    const struct principal *who = demo_person(demo, "operational-personnel");
    struct case_request opening = {.procedure = STR("mass-action"), .who = who};
    TRY(desk_open_case(&demo->desk, demo->arena, &opening, id));
    TRY(decide(demo, *id, "operational-personnel", "draw-up-mass", fields));
    TRY(take(demo, *id, who, "rehearse-mass", NULL));
    demo->clock.frozen_ms += MINUTE_MS;
    return demo_let_clock(demo, *id);
}

static struct fault *approved(struct demo *demo, struct str id, struct day day, int64_t hour)
{
    char room[11];
    json_t *when = json_new(demo->arena);
    json_put(when, "effective-day", day_print(day, room));
    json_put_int(when, "effective-hour", hour);
    TRY(decide(demo, id, "technical-manager", "approve-technical", NULL));
    return decide(demo, id, "managing-director", "approve-mass", when);
}

static struct fault *notify(struct demo *demo)
{
    const struct demo_maker *maker = &demo->makers[NOTIFIED < demo->makers_n ? NOTIFIED : 0];
    struct row_party *party;
    struct str id;
    json_t *fields;
    TRY(fields_of(demo,
                  "{\"mass-kind\":\"notify\",\"find-status\":\"valid\","
                  "\"mass-title\":{\"ja\":\"窓口の休業のお知らせ（架空）\","
                  "\"en\":\"Closing days of the reception (fictional)\"},"
                  "\"mass-purpose\":\"年末の休業を知らせる（架空）\","
                  "\"mass-message\":{\"ja\":\"年末年始は窓口を休みます（架空）。\","
                  "\"en\":\"The reception is closed over the turn of the year (fictional).\"}}",
                  &fields));
    TRY(sql_party_by_id(demo->desk.store, demo->arena, maker->party, &party));
    if (!party)
        return NULL;
    json_put(fields, "find-maker",
             party->corporate_number.bytes ? party->corporate_number : party->id);
    TRY(rehearsed(demo, fields, &id));
    struct day day = day_of_instant(demo->clock.frozen_ms);
    int64_t hour = (demo->clock.frozen_ms - day_begins(day)) / HOUR_MS + 1;
    TRY(approved(demo, id, day, hour));
    demo->clock.frozen_ms = day_begins(day) + hour * HOUR_MS + MINUTE_MS;
    return demo_let_clock(demo, id);
}

static struct fault *schedule(struct demo *demo)
{
    struct str id;
    json_t *fields;
    TRY(fields_of(demo,
                  "{\"mass-kind\":\"re-page\",\"find-status\":\"valid\",\"find-level\":1,"
                  "\"mass-title\":{\"ja\":\"公開ページの作り直し（架空）\","
                  "\"en\":\"Public pages made anew (fictional)\"},"
                  "\"mass-purpose\":\"表示を改める（架空）\"}",
                  &fields));
    TRY(rehearsed(demo, fields, &id));
    return approved(demo, id, day_plus(demo->today, AHEAD_DAYS), 10);
}

struct fault *demo_put_right(struct demo *demo)
{
    TRY(correct_one(demo));
    TRY(notify(demo));
    return schedule(demo);
}
