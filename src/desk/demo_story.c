/* demo_story.c: what happened in the demonstration: cases in their order of time, each step taken.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/json.h"
#include "desk/act.h"
#include "desk/demo_part.h"
#include "desk/sample.h"
#include "store/rows.gen.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { ISSUED = 60, CASES_MAX = 120, EVENTS_MAX = 1900, BIG_MODELS = 477, HUGE_MODELS = 3200,
       EVENT_BYTES_MAX = 64 << 20, HOUR_MS = 3600000, TALES = 1000, FACILITIES = -1,
       CERTIFIED = -2, OPENED = -3, WATCHED = -4, BILLED = 52 };

/* Days after the case began, who, what. */
struct scene {
    int days;
    const char *who, *step;
};

static const struct scene to_issue[] = {
    {0, "applicant", "save"},
    {2, "applicant", "file"},
    {4, "operational-personnel", "declare-no-conflict"},
    {5, "operational-personnel", "accept"},
    {11, "operational-personnel", "record-fee"},
    {13, "operational-personnel-2", "declare-no-conflict"},
    {16, "operational-personnel-2", "verify"},
    {18, "operational-personnel", "draft-label"},
    {19, "technical-manager", "declare-no-conflict"},
    {20, "technical-manager", "approve-technical"},
    {21, "managing-director", "declare-no-conflict"},
    {22, "managing-director", "issue"},
    {0, NULL, NULL},
};
static const struct scene to_rejection[] = {
    {0, "applicant", "save"}, {1, "applicant", "file"},
    {3, "operational-personnel-2", "declare-no-conflict"}, {4, "operational-personnel-2", "reject"},
    {0, NULL, NULL},
};
static const struct scene to_technical_refusal[] = {
    {0, "applicant", "save"},
    {2, "applicant", "file"},
    {4, "operational-personnel", "declare-no-conflict"},
    {5, "operational-personnel", "accept"},
    {9, "operational-personnel", "record-fee"},
    {12, "operational-personnel-2", "declare-no-conflict"},
    {14, "operational-personnel-2", "verify"},
    {16, "operational-personnel", "draft-label"},
    {18, "technical-manager", "declare-no-conflict"},
    {19, "technical-manager", "refuse-technical"},
    {0, NULL, NULL},
};
static const struct scene to_final_refusal[] = {
    {0, "applicant", "save"},
    {2, "applicant", "file"},
    {4, "operational-personnel", "declare-no-conflict"},
    {5, "operational-personnel", "accept"},
    {9, "operational-personnel", "record-fee"},
    {12, "operational-personnel-2", "declare-no-conflict"},
    {14, "operational-personnel-2", "verify"},
    {16, "operational-personnel", "draft-label"},
    {18, "deputy", "declare-no-conflict"},
    {19, "deputy", "approve-technical"},
    {20, "managing-director", "declare-no-conflict"},
    {21, "managing-director", "refuse-final"},
    {0, NULL, NULL},
};
static const struct scene to_withdrawal[] = {
    {0, "applicant", "save"},
    {1, "applicant", "file"},
    {6, "applicant", "withdraw"},
    {0, NULL, NULL},
};

struct plot {
    const struct scene *scenes;
    int scenes_n;         /* so many are played */
    int number;
    struct day begins;
    size_t models;
    int shorter_days;     /* validity asked for: so many days; 0 for all of it */
    int ends_in_days;     /* or so many days from today; 0 for all of it */
    bool consents;
    struct demo_maker *maker;
    struct str id, file;  /* file: of the evidence attached, where there is some */
};

struct event {
    int64_t at;
    int plot, scene; /* plot FACILITIES: a line of theirs */
};

struct story {
    struct demo *demo;
    struct plot plots[CASES_MAX];
    int plots_n;
    struct event events[EVENTS_MAX];
    size_t events_n;
};

/* ---- what there is to tell */

static struct plot *add_plot(struct story *story, const struct scene *scenes, int played,
                             int days_ago)
{
    struct demo *demo = story->demo;
    if (story->plots_n == CASES_MAX)
        BUG("more than %d cases", CASES_MAX);
    int i = story->plots_n++;
    struct plot *plot = &story->plots[i];
    *plot = (struct plot){.scenes = scenes, .number = i, .consents = true,
                          .begins = day_plus(demo->today, -days_ago),
                          .models = 1 + (size_t)(i * 7 % 9),
                          .maker = &demo->makers[(size_t)i * 5 % demo->makers_n]};
    while (scenes[plot->scenes_n].step && plot->scenes_n < played)
        plot->scenes_n++;
    return plot;
}

static void plan_labels(struct story *story)
{
    for (int i = 0; i < ISSUED; i++) {
        struct plot *plot = add_plot(story, to_issue, 99, 425 - i * 6);
        if (i % 9 == 4 && i < 45) /* asked for less than two years: lapsed by now */
            plot->shorter_days = 60 + i;
        plot->ends_in_days = demo_ends_in_days(i);
        if (i == 17)
            plot->models = BIG_MODELS;
        if (i == 31)
            plot->models = HUGE_MODELS;
    }
}

/* Three at each point of the way, some of them past their target day: days that each has waited. */
static void plan_open_cases(struct story *story)
{
    static const int played[] = {1, 2, 4, 5, 7, 8, 10};
    static const int waited[] = {3, 12, 1, 2, 14, 34, 1, 11, 47, 2, 17,
                                 45, 1, 9, 28, 2, 13, 30, 1, 8, 26};
    for (size_t i = 0; i < sizeof played / sizeof *played; i++)
        for (int k = 0; k < 3; k++) {
            int last = to_issue[played[i] - 1].days;
            add_plot(story, to_issue, played[i], last + waited[i * 3 + (size_t)k]);
        }
}

static void plan_endings(struct story *story)
{
    for (int i = 0; i < 3; i++) {
        add_plot(story, to_rejection, 99, 300 - 97 * i)->consents = i == 2;
        add_plot(story, to_technical_refusal, 99, 250 - 60 * i);
    }
    add_plot(story, to_final_refusal, 99, 160);
    add_plot(story, to_final_refusal, 99, 70);
    add_plot(story, to_withdrawal, 99, 120);
    add_plot(story, to_withdrawal, 99, 20);
}

static int event_order(const void *a, const void *b)
{
    const struct event *one = a, *other = b;
    if (one->at != other->at)
        return one->at < other->at ? -1 : 1;
    if (one->plot != other->plot)
        return one->plot - other->plot;
    return one->scene - other->scene;
}

/* Nobody works at the weekend: what falls there is done on the Friday before. */
static int64_t scene_at(const struct plot *plot, int scene)
{
    struct day day = day_plus(plot->begins, plot->scenes[scene].days);
    while (day_week(day) == 0 || day_week(day) == 6)
        day = day_plus(day, -1);
    return day_begins(day) + 9 * HOUR_MS + scene * 20 * 60000 + plot->number * 7000;
}

static void plan_events(struct story *story)
{
    for (int p = 0; p < story->plots_n; p++)
        for (int s = 0; s < story->plots[p].scenes_n; s++) {
            if (story->events_n == EVENTS_MAX)
                BUG("more than %d events", EVENTS_MAX);
            story->events[story->events_n++] =
                (struct event){.at = scene_at(&story->plots[p], s), .plot = p, .scene = s};
        }
    for (size_t i = 0; i < demo_facility_lines() && story->events_n < EVENTS_MAX; i++)
        story->events[story->events_n++] = (struct event){
            .at = demo_facility_at(story->demo, i), .plot = FACILITIES, .scene = (int)i};
    for (size_t t = 0; t < DEMO_TALES; t++)
        for (size_t s = 0; s < demo_tale_scenes(t) && story->events_n < EVENTS_MAX; s++)
            story->events[story->events_n++] = (struct event){
                .at = demo_tale_at(story->demo, t, s), .plot = TALES + (int)t, .scene = (int)s};
    for (size_t i = 0; i < demo_certified_lines() && story->events_n < EVENTS_MAX; i++)
        story->events[story->events_n++] = (struct event){
            .at = demo_certified_at(story->demo, i), .plot = CERTIFIED, .scene = (int)i};
    for (size_t i = 0; i < demo_open_lines() && story->events_n < EVENTS_MAX; i++)
        story->events[story->events_n++] = (struct event){
            .at = demo_open_at(story->demo, i), .plot = OPENED, .scene = (int)i};
    for (size_t i = 0; i < demo_watch_lines() && story->events_n < EVENTS_MAX; i++)
        story->events[story->events_n++] = (struct event){
            .at = demo_watch_at(story->demo, i), .plot = WATCHED, .scene = (int)i};
    qsort(story->events, story->events_n, sizeof *story->events, event_order);
}

/* ---- what they fill in */

static json_t *both(struct arena *arena, struct str ja, struct str en)
{
    json_t *value = json_new(arena);
    json_put(value, "ja", ja);
    json_put(value, "en", en);
    return value;
}

static json_t *models(struct arena *arena, const struct plot *plot)
{
    json_t *list = json_new_list(arena);
    struct str prefix = json_get(plot->maker->seed, "prefix");
    for (size_t i = 0; i < plot->models; i++)
        json_add_str(list, str_print(arena, "%.*s-%d%02zuA%s", STR_F(prefix), 100 + plot->number, i,
                                     i % 3 == 1 ? "-W" : i % 3 == 2 ? "-B" : ""));
    return list;
}

static void fill_application(struct demo *demo, struct arena *arena, const struct plot *plot,
                             json_t *own)
{
    char room[11];
    const json_t *maker = plot->maker->seed;
    struct str domain = json_get(maker, "domain");
    json_t *products = json_object_get(demo->seed, "products");
    const json_t *product =
        json_array_get(products, (size_t)plot->number % json_array_size(products));
    struct day today = clock_today(&demo->clock);
    json_put_json(own, "product",
                  both(arena,
                       str_print(arena, "%.*s %.*s-%d", STR_F(json_get(product, "ja")),
                                 STR_F(json_get(maker, "prefix")), 100 + plot->number),
                       str_print(arena, "%.*s %.*s-%d", STR_F(json_get(product, "en")),
                                 STR_F(json_get(maker, "prefix")), 100 + plot->number)));
    json_put(own, "category", json_get(product, "category"));
    json_put_json(own, "models", models(arena, plot));
    json_put(own, "firmware", str_print(arena, "%d.%d", 1 + plot->number % 4, plot->number % 10));
    json_put_json(own, "contact-name",
                  both(arena, plot->maker->who.name_ja, plot->maker->who.name_en));
    json_put(own, "contact-mail", str_print(arena, "desk@%.*s", STR_F(domain)));
    json_put_json(own, "user-contact", both(arena, STR("お客様相談窓口"), STR("Customer support")));
    json_put(own, "user-mail", str_print(arena, "support@%.*s", STR_F(domain)));
    json_put(own, "security-mail", str_print(arena, "psirt@%.*s", STR_F(domain)));
    json_put(own, "policy-url",
             str_print(arena, "https://www.%.*s/security/policy", STR_F(domain)));
    json_put(own, "product-url",
             str_print(arena, "https://www.%.*s/products/%d", STR_F(domain), 100 + plot->number));
    json_put(own, "support-end", day_print(day_plus(today, 365 * (3 + plot->number % 5)), room));
    if (plot->shorter_days)
        json_put(own, "shorter-end",
                 day_print(day_plus(plot->begins, 30 + plot->shorter_days), room));
    if (plot->ends_in_days)
        json_put(own, "shorter-end", day_print(day_plus(demo->today, plot->ends_in_days), room));
    json_put(own, "consent-nda", plot->consents ? STR("given") : STR("not-given"));
    json_put(own, "consent-court", STR("given"));
}

static struct fault *fill_fee(struct demo *demo, struct arena *arena, const struct plot *plot,
                              json_t *own)
{
    char room[11];
    struct row_tariff *tariff;
    TRY(sql_tariff_as_of(demo->desk.store, arena, STR("self-declared"), 1,
                         day_print(day_of_instant(scene_at(plot, 1)), room), &tariff));
    json_put_int(own, "fee-amount", tariff ? tariff->yen : 0);
    json_put(own, "fee-kind", STR("paid"));
    json_put(own, "fee-day", day_print(clock_today(&demo->clock), room));
    return NULL;
}

static void fill_reasons(const struct plot *plot, json_t *own)
{
    json_put(own, "refusal-ground", !plot->consents ? STR("nda-not-consented")
                                    : plot->scenes == to_rejection ? STR("documents-incomplete")
                                                                   : STR("does-not-conform"));
    json_put(own, "reasons", !plot->consents
        ? STR("秘密保持契約への同意がないため、受理できません。")
        : plot->scenes == to_rejection ? STR("チェックリストの根拠資料が添えられていません。")
                                       : STR("初期パスワードの取扱いが基準の項目に適合しません。"));
}

/* ---- playing */

/* Every fifth case has evidence to show: attached before filing, read before verifying. */
static struct fault *show_evidence(struct demo *demo, struct arena *arena, struct plot *plot,
                                   const struct scene *scene, const struct principal *who)
{
    struct str id, step = str_of(scene->step);
    if (str_is(step, "verify") && plot->file.bytes)
        return desk_read_act(&demo->desk, arena, who, plot->id, plot->file);
    if (!str_is(step, "file") || plot->number % 5 != 2)
        return NULL;
    struct str product = str_print(arena, "%.*s-%d", STR_F(json_get(plot->maker->seed, "prefix")),
                                   100 + plot->number);
    TRY(demo_attach(demo, arena, who, plot->id, product, &id));
    plot->file = str_copy(demo->arena, id);
    return NULL;
}

static struct fault *play(struct story *story, struct arena *arena, const struct event *event)
{
    struct demo *demo = story->demo;
    if (event->plot == FACILITIES)
        return demo_facility_play(demo, arena, (size_t)event->scene);
    if (event->plot == OPENED)
        return demo_open_play(demo, arena, (size_t)event->scene);
    if (event->plot >= TALES) {
        size_t tale = (size_t)(event->plot - TALES);
        return demo_tale_play(demo, arena, tale, (size_t)event->scene,
                              story->plots[demo_tale_label(tale)].id);
    }
    if (event->plot == WATCHED)
        return demo_watch_play(demo, arena, (size_t)event->scene,
                               story->plots[demo_watch_label((size_t)event->scene)].id);
    if (event->plot == CERTIFIED)
        return demo_certified_play(demo, arena, (size_t)event->scene);
    struct plot *plot = &story->plots[event->plot];
    const struct scene *scene = &plot->scenes[event->scene];
    struct desk *desk = &demo->desk;
    bool applies = str_is(str_of(scene->who), "applicant");
    const struct principal *who = applies ? &plot->maker->who : demo_person(demo, scene->who);
    json_t *own = json_new(arena);
    struct str id;
    struct step_answer answer;
    struct act act = {.name = "step"};
    demo->clock.frozen_ms = event->at;
    if (event->scene == 0) {
        struct case_request opening = {.procedure = STR("self-declared"), .level = 1,
                                       .party = plot->maker->party, .who = who};
        TRY(desk_open_act(desk, arena, &opening, &id));
        plot->id = str_copy(demo->arena, id);
    }
    if (applies && !str_is(str_of(scene->step), "withdraw"))
        fill_application(demo, arena, plot, own);
    if (str_is(str_of(scene->step), "record-fee"))
        TRY(fill_fee(demo, arena, plot, own));
    fill_reasons(plot, own);
    TRY(show_evidence(demo, arena, plot, scene, who));
    if (plot->number == BILLED && str_is(str_of(scene->step), "file"))
        TRY(demo_show_bill(demo, arena, who, plot->id, own));
    if (applies && plot->file.bytes)
        json_put_json(own, "checklist", demo_checklist(demo, arena, plot->file));
    const struct procedure_row *procedure = procedure_by_name(desk->book, STR("self-declared"));
    const struct step_row *step = step_by_name(desk->book, procedure, str_of(scene->step));
    if (!step)
        BUG("the rules have no step '%s'", scene->step);
    struct step_request request = {
        .case_id = plot->id, .step = str_of(scene->step), .expected_version = -1, .who = who,
        .fields = sample_fields(desk->book, arena, step->form, clock_today(&demo->clock),
                                demo->criteria, own)};
    return desk_take_act(desk, arena, &request, &act, &answer);
}

static struct fault *play_all(struct desk *desk, struct arena *arena, void *whom)
{
    struct story *story = whom;
    (void)desk, (void)arena;
    struct arena *scratch = arena_new(EVENT_BYTES_MAX);
    struct fault *fault = NULL;
    if (!scratch)
        BUG("no memory for the demonstration");
    for (size_t i = 0; i < story->events_n && !fault; i++) {
        struct fault *found = play(story, scratch, &story->events[i]);
        if (found) { /* the words of the fault lie in the scratch arena */
            fault = FAULT(arena, found->code, "demonstration, case %d, scene %d: %s, %.*s%.*s",
                          story->events[i].plot, story->events[i].scene,
                          found->guard ? found->guard : "", STR_F(found->concerns),
                          STR_F(found->detail));
            fault->clause = found->clause;
        }
        arena_reset(scratch);
    }
    arena_free(scratch);
    return fault;
}

struct fault *demo_tell_story(struct demo *demo)
{
    struct story *story = NEW(demo->arena, struct story);
    story->demo = demo;
    plan_labels(story);
    plan_open_cases(story);
    plan_endings(story);
    plan_events(story);
    return desk_write(&demo->desk, demo->arena, play_all, story);
}
