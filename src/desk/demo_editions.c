/* demo_editions.c: editions of the criteria to look at: one whose acceptance has ended, and one
 * announced with its days ahead; both plainly made up.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/act.h"
#include "desk/demo_part.h"
#include "store/put.gen.h"

#include "base/banned.h"

enum { BEGINS_IN_DAYS = 200, ACCEPTED_DAYS = 90, MINUTE_MS = 60000 };

static struct fault *put_old(struct desk *desk, struct arena *arena, void *whom)
{
    int64_t seq;
    (void)whom;
    TRY(desk_begin_entry(desk, arena, "found", NULL, STR_NONE, NULL, &seq));
    struct row_criteria_edition old = {
        .id = STR("MIHON-CR-01-2023"), .level = 1,
        .title_ja = STR("★1適合基準（見本の旧版、架空）"),
        .title_en = STR("Level 1 criteria (a former edition for show, fictional)"),
        .starts = STR("2023-04-01"), .acceptance_ends = STR("2025-03-24"),
        .extension_ends = STR("2025-03-24")};
    struct row_criterion line = {.edition = old.id, .id = STR("M1-01"),
                                 .text_ja = STR("見本の項目（架空）"),
                                 .text_en = STR("A criterion for show (fictional)"),
                                 .provisional = 1};
    TRY(put_criteria_edition(desk->store, &old));
    TRY(put_criterion(desk->store, &line));
    return journal_append(desk->store, arena);
}

static struct fault *draft(struct demo *demo, json_t **out)
{
    return json_read(
        demo->arena,
        STR("{\"edition-id\":\"MIHON-CR-01-2027\",\"edition-title\":{"
            "\"ja\":\"★1適合基準（見本の新版、架空）\","
            "\"en\":\"Level 1 criteria (a new edition for show, fictional)\"},"
            "\"editorial\":false,\"replaces\":\"JST-CR-01-01-2024R1\","
            "\"criteria\":\"M1-01 | 初期パスワードを機器ごとに変える（架空） | "
            "Default passwords differ by device (fictional)\\n"
            "M1-02 | 更新の署名を確認する（架空） | Signatures of updates are checked (fictional)\\n"
            "M1-03 | 脆弱性の届出に90日以内に答える（架空） | "
            "Reports of vulnerabilities are answered within 90 days (fictional)\"}"),
        out);
}

static void put_day(json_t *fields, const char *name, struct day day)
{
    char room[11];
    json_put(fields, name, day_print(day, room));
}

static struct fault *take(struct demo *demo, struct str id, const char *who, const char *step,
                          json_t *fields)
{
    struct step_answer answer;
    struct step_request request = {.case_id = id, .step = str_of(step), .expected_version = -1,
                                   .who = demo_person(demo, who), .fields = fields};
    demo->clock.frozen_ms += 7 * MINUTE_MS;
    return desk_take_step(&demo->desk, demo->arena, &request, &answer);
}

struct fault *demo_begin_editions(struct demo *demo)
{
    return desk_write(&demo->desk, demo->arena, put_old, NULL);
}

struct fault *demo_announce_edition(struct demo *demo)
{
    struct str id;
    json_t *edition, *days = json_new(demo->arena);
    struct day begins = day_plus(demo->today, BEGINS_IN_DAYS);
    struct case_request opening = {.procedure = STR("criteria-edition"), .level = 1,
                                   .who = demo_person(demo, "criteria-personnel")};
    TRY(draft(demo, &edition));
    put_day(days, "edition-begins", begins);
    put_day(days, "former-acceptance-end", day_plus(begins, ACCEPTED_DAYS));
    put_day(days, "former-extension-end", day_plus(begins, -1));
    TRY(desk_open_case(&demo->desk, demo->arena, &opening, &id));
    TRY(take(demo, id, "criteria-personnel", "declare-no-conflict", NULL));
    TRY(take(demo, id, "criteria-personnel", "draft-edition", edition));
    TRY(take(demo, id, "criteria-personnel", "formulate-edition", NULL));
    TRY(take(demo, id, "technical-manager", "declare-no-conflict", NULL));
    TRY(take(demo, id, "technical-manager", "preview-edition", days));
    TRY(take(demo, id, "technical-manager", "approve-technical", NULL));
    TRY(take(demo, id, "managing-director", "declare-no-conflict", NULL));
    TRY(take(demo, id, "managing-director", "preview-again", NULL));
    return take(demo, id, "managing-director", "announce-edition", NULL);
}
