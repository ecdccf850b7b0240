/* demo_validity.c: labels of the demonstration that are extended, withdrawn, in grace or about to
 * end. SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/act.h"
#include "desk/demo_part.h"
#include "desk/sample.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { HOUR_MS = 3600000, MINUTE_MS = 60000, STEPS_MAX = 10 };

struct scene {
    int days;
    const char *who, *step;
};

static const struct scene extension[STEPS_MAX] = {
    {0, "registrant", "apply"},
    {1, "operational-personnel", "declare-no-conflict"},
    {1, "operational-personnel", "accept"},
    {4, "operational-personnel", "record-fee"},
    {5, "operational-personnel-2", "declare-no-conflict"},
    {6, "operational-personnel-2", "confirm"},
    {7, "technical-manager", "declare-no-conflict"},
    {7, "technical-manager", "approve-technical"},
    {8, "managing-director", "declare-no-conflict"},
    {8, "managing-director", "grant"},
};
static const struct scene withdrawal[STEPS_MAX] = {
    {0, "registrant", "apply"},
    {1, "operational-personnel", "declare-no-conflict"},
    {2, "operational-personnel", "record-withdrawal"},
};

/* Of which label of the story, from how many days ago, how far it has come. */
static const struct tale {
    int label, days_ago, played;
    const char *procedure;
} tales[DEMO_TALES] = {
    {48, 40, 10, "extend-self-declared"},
    {24, 15, 3, "extend-self-declared"},
    {36, 22, 3, "withdrawal"},
    {5, 9, 8, "extend-self-declared"},
    {10, 9, 8, "extend-self-declared"},
    {15, 9, 8, "extend-self-declared"},
    {20, 3, 1, "extend-self-declared"},
    {25, 3, 1, "extend-self-declared"},
    {30, 2, 1, "extend-self-declared"},
    {17, 60, 10, "extend-self-declared"},
    {55, 30, 1, "withdrawal"},
};

/* How many days before or after today the label of the story ends; 0: two years after its issue. */
int demo_ends_in_days(int label)
{
    static const struct {
        int label, days;
    } ends[] = {{12, 12}, {24, -10}, {48, 55}, {7, 26}, {19, 80}, {33, 150}};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends[i].label == label)
            return ends[i].days;
    return 0;
}

static const struct scene *scene_of(const struct tale *tale, int scene)
{
    return str_is(str_of(tale->procedure), "withdrawal") ? &withdrawal[scene] : &extension[scene];
}

size_t demo_tale_scenes(size_t tale)
{
    return (size_t)tales[tale].played;
}

/* Nobody works at the weekend: what falls there is done on the Friday before. */
int64_t demo_tale_at(const struct demo *demo, size_t tale, size_t scene)
{
    struct day day =
        day_plus(demo->today, scene_of(&tales[tale], (int)scene)->days - tales[tale].days_ago);
    while (day_week(day) == 0 || day_week(day) == 6)
        day = day_plus(day, -1);
    return day_begins(day) + 13 * HOUR_MS + (int64_t)scene * 10 * MINUTE_MS + (int64_t)tale * 5000;
}

/* The label of a case of the story, and who acts for its registrant. */
static struct fault *find_label(struct demo *demo, struct arena *arena, struct demo_tale *told,
                                struct str issued_by)
{
    struct row_casework *work;
    TRY(sql_case_by_id(demo->desk.store, arena, issued_by, &work));
    if (!work || !work->label.bytes)
        BUG("the story has not issued that label");
    told->label = str_copy(demo->arena, work->label);
    for (size_t i = 0; i < demo->makers_n; i++)
        if (str_eq(demo->makers[i].party, work->party))
            told->who = &demo->makers[i].who;
    return NULL;
}

static json_t *filled(struct demo *demo, struct arena *arena)
{
    char room[11];
    json_t *own = json_new(arena);
    struct str today = day_print(clock_today(&demo->clock), room);
    json_put(own, "fee-kind", STR("none-set"));
    json_put_int(own, "fee-amount", 0);
    json_put(own, "fee-day", today);
    json_put(own, "withdrawal-day", today);
    json_put(own, "reasons", STR("販売を終了したため（見本）"));
    return own;
}

int demo_tale_label(size_t tale)
{
    return tales[tale].label;
}

struct fault *demo_tale_play(struct demo *demo, struct arena *arena, size_t tale, size_t scene,
                             struct str issued_by)
{
    const struct rulebook *book = demo->desk.book;
    struct demo_tale *told = &demo->tales[tale];
    const struct scene *now = scene_of(&tales[tale], (int)scene);
    struct step_answer answer;
    struct act act = {.name = "step"};
    demo->clock.frozen_ms = demo_tale_at(demo, tale, scene);
    if (scene == 0) {
        struct str id;
        TRY(find_label(demo, arena, told, issued_by));
        struct case_request opening = {
            .procedure = str_of(tales[tale].procedure), .label = told->label, .who = told->who};
        TRY(desk_open_act(&demo->desk, arena, &opening, &id));
        told->case_id = str_copy(demo->arena, id);
    }
    const struct procedure_row *procedure = procedure_by_name(book, str_of(tales[tale].procedure));
    const struct step_row *step = step_by_name(book, procedure, str_of(now->step));
    if (!step)
        BUG("the rules have no step '%s'", now->step);
    bool itself = str_is(str_of(now->who), "registrant");
    struct step_request request = {.case_id = told->case_id,
                                   .step = str_of(now->step),
                                   .expected_version = -1,
                                   .who = itself ? told->who : demo_person(demo, now->who),
                                   .fields = sample_fields(book, arena, step->form,
                                                           clock_today(&demo->clock),
                                                           demo->criteria, filled(demo, arena))};
    return desk_take_act(&demo->desk, arena, &request, &act, &answer);
}
