/* demo_security.c: security information to look at: an advisory with a revision, a statement that a
 * product is not affected, a warning by the body; all of it made up.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/json.h"
#include "desk/demo_part.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { STEP_MS = 90000 };

#define TEXTS(kind, title_ja, title_en, summary_ja, summary_en)                                    \
    "\"security-kind\":\"" kind "\",\"security-title\":{\"ja\":\"" title_ja                        \
    "\",\"en\":\"" title_en "\"},\"security-summary\":{\"ja\":\"" summary_ja                       \
    "\",\"en\":\"" summary_en "\"},"

#define ADVISORY                                                                                   \
    TEXTS(                                                                                         \
        "advisory", "管理画面における認証の不備", "Missing authentication in the management page", \
        "同じネットワークにいる者が、サインインせずに設定を変えられるおそれがあります（架空）。",  \
        "Whoever is on the same network might change settings without signing in (fictional).")    \
    "\"cves\":\"CVE-2026-99991\","                                                                 \
    "\"cvss\":\"CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N\",\"affected-version\":\"1.4.2\","

static const char advisory[] =
    "{" ADVISORY "\"remedy\":\"workaround\",\"remedy-text\":{"
    "\"ja\":\"修正版を公開するまで、管理画面を有線の接続だけに限ってください。\","
    "\"en\":\"Until a fix is out, restrict the management page to wired connections.\"}}";

static const char revision[] =
    "{" ADVISORY "\"revision-text\":{\"ja\":\"修正版1.4.3を公開しました。\","
    "\"en\":\"Version 1.4.3 with the fix is out.\"},\"fixed-version\":\"1.4.3\","
    "\"remedy\":\"vendor-fix\",\"remedy-text\":{"
    "\"ja\":\"ファームウェアを1.4.3に更新してください。\","
    "\"en\":\"Update the firmware to 1.4.3.\"}}";

static const char not_affected[] = "{" TEXTS(
    "not-affected", "圧縮ライブラリの脆弱性の影響について",
    "About the vulnerability of a compression library",
    "広く使われている圧縮ライブラリの脆弱性の影響を調べました（架空）。",
    "We have examined whether the vulnerability of a widely used compression library "
    "affects us (fictional).") "\"cves\":\"CVE-2026-99992\",\"justification\":\"vulnerable-code-"
                               "not-in-execute-path\","
                               "\"remedy-text\":{\"ja\":"
                               "\"該当する機能は製品では呼び出されません。更新は必要ありません。\","
                               "\"en\":\"The function concerned is never called in the product. No "
                               "update is needed.\"}}";

static const char warning[] = "{" TEXTS(
    "advisory", "更新の提供が終わった製品の利用について",
    "Use of a product whose updates have ended",
    "遠隔から操作されるおそれのある脆弱性が、悪用されています（架空）。",
    "A vulnerability by which it can be controlled from afar is being exploited "
    "(fictional).") "\"cves\":\"CVE-2026-99993\",\"cvss\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/"
                    "I:H/A:H\","
                    "\"remedy\":\"mitigation\",\"remedy-text\":{"
                    "\"ja\":"
                    "\"インターネットから直接届かない場所に置き、遠隔操作を無効にしてください。\","
                    "\"en\":\"Keep it where the internet does not reach it directly, and turn "
                    "remote control "
                    "off.\"},\"coordination\":\"already-public\"}";

struct tale {
    struct demo *demo;
    struct str id;
    const struct principal *maker;
};

/* Declares first that there is no conflict, where personnel take a step for the first time. */
static struct fault *take(struct tale *tale, const char *who, const char *step, const char *fields)
{
    struct demo *demo = tale->demo;
    struct step_answer answer;
    char room[11];
    struct step_request request = {.case_id = tale->id,
                                   .step = str_of(step),
                                   .expected_version = -1,
                                   .who = strcmp(who, "registrant") ? demo_person(demo, who)
                                                                    : tale->maker};
    demo->clock.frozen_ms += STEP_MS;
    TRY(json_read(demo->arena, str_of(fields), &request.fields));
    if (json_object_get(request.fields, "security-kind") && request.who == tale->maker)
        json_put(request.fields, "release-day", day_print(clock_today(&demo->clock), room));
    return desk_take_step(&demo->desk, demo->arena, &request, &answer);
}

static struct fault *decide(struct tale *tale, const char *who, const char *step,
                            const char *fields)
{
    TRY(take(tale, who, "declare-no-conflict", "{}"));
    return take(tale, who, step, fields);
}

/* A case on the nth label of the maker, by when it ends. */
static struct fault *begin(struct tale *tale, const char *procedure, const struct principal *who,
                           size_t nth)
{
    struct demo *demo = tale->demo;
    struct row_label *labels;
    size_t n;
    char room[11];
    TRY(sql_own_labels(demo->desk.store, demo->arena, tale->maker->person,
                       day_print(clock_today(&demo->clock), room), STR("%"), 20, 0, &labels, &n));
    if (n <= nth)
        return FAULT(demo->arena, "broken-database", "a maker with too few labels");
    struct case_request opening = {
        .procedure = str_of(procedure), .label = labels[nth].number, .who = who};
    return desk_open_case(&demo->desk, demo->arena, &opening, &tale->id);
}

static struct fault *publish(struct tale *tale, const char *fields, size_t nth)
{
    TRY(begin(tale, "security-notice", tale->maker, nth));
    TRY(take(tale, "registrant", "apply", fields));
    TRY(decide(tale, "operational-personnel", "confirm-notice", "{\"outcome\":\"conforms\"}"));
    return decide(tale, "technical-manager", "publish-notice", "{}");
}

static struct fault *warn(struct tale *tale)
{
    TRY(begin(tale, "warning", demo_person(tale->demo, "operational-personnel"), 0));
    TRY(decide(tale, "operational-personnel", "propose-warning", warning));
    TRY(take(tale, "registrant", "give-view",
             "{\"registrant-view\":\"内容に異存はありません。（架空）\"}"));
    TRY(decide(tale, "technical-manager", "approve-warning", "{\"warning-ground\":\"exploited\"}"));
    return decide(tale, "managing-director", "publish-warning",
                  "{\"warning-ground\":\"exploited\"}");
}

struct fault *demo_tell_security(struct demo *demo)
{
    struct tale tale = {.demo = demo, .maker = &demo->makers[0].who};
    TRY(publish(&tale, advisory, 1));
    TRY(take(&tale, "registrant", "update-notice", revision));
    TRY(take(&tale, "operational-personnel", "confirm-revision", "{\"outcome\":\"conforms\"}"));
    TRY(take(&tale, "technical-manager", "publish-revision", "{}"));
    tale.maker = &demo->makers[3].who;
    TRY(publish(&tale, not_affected, 0));
    tale.maker = &demo->makers[4].who;
    return warn(&tale);
}
