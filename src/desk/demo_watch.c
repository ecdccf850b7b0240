/* demo_watch.c: surveillances of the demonstration and what came of them: proposed, under way with
 * a question open, closed and published; corrective action required, filed, passed by; a label
 * revoked. SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/act.h"
#include "desk/demo_part.h"
#include "desk/sample.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { HOUR_MS = 3600000, MINUTE_MS = 60000, FIRST_HOUR = 15 };

/* The labels of the story, by the order of their issuance: one thread each. */
static const int labels[DEMO_WATCHED] = {2, 8, 14, 6, 21, 27, 11, 3, 9, 5};

/* How many days before today the corrective period of the thread ends; less than 0: after it. */
static const int period_ends[DEMO_WATCHED] = {60, 0, 0, 0, 0, -18, 3, 120, 90, 85};

/* Days ago, which thread, on which of its cases (0: the surveillance), who, what. */
static const struct line {
    int days_ago, thread;
    const char *opened, *who, *step, *own;
} lines[] = {
    /* declared falsely, required, not mended in time: revoked */
    {120, 0, "", "operational-personnel", "declare-no-conflict", ""},
    {120, 0, "", "operational-personnel", "propose",
     "{\"surveillance-cause\":\"declaration\",\"reasons\":"
     "\"初期パスワードが全台共通であるとの情報があった。（架空）\"}"},
    {118, 0, "", "technical-manager", "declare-no-conflict", ""},
    {118, 0, "", "technical-manager", "order",
     "{\"surveillance-cause\":\"declaration\",\"reasons\":"
     "\"宣言との食い違いを確かめる。（架空）\"}"},
    {115, 0, "", "operational-personnel-2", "declare-no-conflict", ""},
    {115, 0, "", "operational-personnel-2", "begin-examination", ""},
    {100, 0, "", "operational-personnel-2", "report-examination",
     "{\"surveillance-outcome\":\"grounds\",\"surveillance-report-text\":"
     "\"購入した3台とも初期パスワードが同じで、変更も求められない。（架空）\"}"},
    {97, 0, "", "technical-manager", "refer",
     "{\"revocation-ground\":\"declaration\",\"reasons\":"
     "\"自己適合宣言のうち、初期パスワードの項目が事実と異なる。（架空）\",\"measures\":"
     "\"機器ごとに異なる初期パスワードに改め、販売済みの機器に更新を配布すること。\"}"},
    {59, 0, "revocation", "clock", "period-over", ""},
    {56, 0, "revocation", "technical-manager", "approve-revocation",
     "{\"reasons\":\"期間内に是正の報告がなく、事実も変わっていない。（架空）\"}"},
    {50, 0, "revocation", "registrant", "be-heard",
     "{\"statement\":\"更新の開発が遅れている。販売は続けたい。（架空）\"}"},
    {45, 0, "revocation", "managing-director", "declare-no-conflict", ""},
    {45, 0, "revocation", "managing-director", "revoke",
     "{\"reasons\":\"是正の期間が過ぎても是正がなく、意見によっても変わらない。（架空）\"}"},
    {20, 0, "revocation", "registrant", "confirm-duties",
     "{\"duties-text\":\"広告と包装から表示を消し、在庫を回収した。（架空）\"}"},
    /* closed, and said so in public */
    {70, 1, "", "technical-manager", "declare-no-conflict", ""},
    {70, 1, "", "technical-manager", "order",
     "{\"surveillance-cause\":\"report\",\"reasons\":\"報道があった。（架空）\"}"},
    {68, 1, "", "operational-personnel", "declare-no-conflict", ""},
    {68, 1, "", "operational-personnel", "begin-examination", ""},
    {50, 1, "", "operational-personnel", "report-examination",
     "{\"surveillance-outcome\":\"no-grounds\",\"surveillance-report-text\":"
     "\"報道は別の製品のことであった。（架空）\"}"},
    {47, 1, "", "technical-manager", "close-and-publish",
     "{\"reasons\":\"事由を認めない。公表されたことであるので、結果を公表する。（架空）\"}"},
    /* a question is open */
    {24, 2, "", "technical-manager", "declare-no-conflict", ""},
    {24, 2, "", "technical-manager", "order",
     "{\"surveillance-cause\":\"application-content\",\"reasons\":"
     "\"サポートの終了日が製品のページと異なる。（架空）\"}"},
    {22, 2, "", "operational-personnel", "declare-no-conflict", ""},
    {22, 2, "", "operational-personnel", "begin-examination", ""},
    {6, 2, "", "operational-personnel", "ask-registrant",
     "{\"question\":\"サポートの終了日を、根拠となる資料とともに示してください。（架空）\"}"},
    /* long under way */
    {110, 3, "", "technical-manager", "declare-no-conflict", ""},
    {110, 3, "", "technical-manager", "order",
     "{\"surveillance-cause\":\"vulnerability\",\"reasons\":"
     "\"脆弱性の情報への対応を確かめる。（架空）\"}"},
    {108, 3, "", "operational-personnel-2", "declare-no-conflict", ""},
    {108, 3, "", "operational-personnel-2", "begin-examination", ""},
    /* proposed, to be decided */
    {4, 4, "", "operational-personnel-2", "declare-no-conflict", ""},
    {4, 4, "", "operational-personnel-2", "propose",
     "{\"surveillance-cause\":\"misuse\",\"reasons\":"
     "\"登録のない型番の広告にラベルを表示しているとの届出。（架空）\"}"},
    /* required, the period running */
    {44, 5, "", "technical-manager", "declare-no-conflict", ""},
    {44, 5, "", "technical-manager", "order",
     "{\"surveillance-cause\":\"report\",\"reasons\":\"利用者から申出があった。（架空）\"}"},
    {42, 5, "", "operational-personnel", "declare-no-conflict", ""},
    {42, 5, "", "operational-personnel", "begin-examination", ""},
    {20, 5, "", "operational-personnel", "report-examination",
     "{\"surveillance-outcome\":\"grounds\",\"surveillance-report-text\":"
     "\"更新の署名を検証していない。（架空）\"}"},
    {14, 5, "", "technical-manager", "refer",
     "{\"revocation-ground\":\"conditions\",\"reasons\":"
     "\"更新の完全性を検証していない。（架空）\",\"measures\":"
     "\"署名を検証する更新を配布し、その方法と日を報告すること。\"}"},
    /* a correction filed in time, to be examined first */
    {66, 6, "", "technical-manager", "declare-no-conflict", ""},
    {66, 6, "", "technical-manager", "order",
     "{\"surveillance-cause\":\"vulnerability\",\"reasons\":\"公開された脆弱性がある。（架空）\"}"},
    {64, 6, "", "operational-personnel", "declare-no-conflict", ""},
    {64, 6, "", "operational-personnel", "begin-examination", ""},
    {40, 6, "", "operational-personnel", "report-examination",
     "{\"surveillance-outcome\":\"grounds\",\"surveillance-report-text\":"
     "\"公開から180日を過ぎて更新がない。（架空）\"}"},
    {36, 6, "", "technical-manager", "refer",
     "{\"revocation-ground\":\"vulnerability\",\"reasons\":"
     "\"重大な脆弱性への措置がない。（架空）\",\"measures\":\"脆弱性を除く更新を配布すること。\"}"},
    {5, 6, "revocation", "registrant", "file-correction",
     "{\"correction-text\":\"版2.4.1を配布した。自動更新の対象は全台である。（架空）\"}"},
    /* three that were mended in time, in 11, 19 and 26 days or so */
    {170, 7, "", "technical-manager", "declare-no-conflict", ""},
    {170, 7, "", "technical-manager", "order", 
     "{\"surveillance-cause\":\"vulnerability\",\"reasons\":\"公開された脆弱性がある。（架空）\"}"},
    {168, 7, "", "operational-personnel", "declare-no-conflict", ""},
    {168, 7, "", "operational-personnel", "begin-examination", ""},
    {155, 7, "", "operational-personnel", "report-examination", 
     "{\"surveillance-outcome\":\"grounds\",\"surveillance-report-text\":\"更新がない。（架空）\"}"},
    {150, 7, "", "technical-manager", "refer", 
     "{\"revocation-ground\":\"vulnerability\",\"reasons\":\"更新がない。（架空）\",\"measures\":"
     "\"更新を配布すること。\"}"},
    {139, 7, "revocation", "registrant", "file-correction", 
     "{\"correction-text\":\"更新を配布した。（架空）\"}"},
    {135, 7, "revocation", "operational-personnel", "examine-correction", 
     "{\"correction-outcome\":\"sufficient\"}"},
    {132, 7, "revocation", "technical-manager", "accept-correction", 
     "{\"reasons\":\"是正は十分である。（架空）\"}"},
    {150, 8, "", "technical-manager", "declare-no-conflict", ""},
    {150, 8, "", "technical-manager", "order", 
     "{\"surveillance-cause\":\"report\",\"reasons\":\"利用者から申出があった。（架空）\"}"},
    {148, 8, "", "operational-personnel", "declare-no-conflict", ""},
    {148, 8, "", "operational-personnel", "begin-examination", ""},
    {135, 8, "", "operational-personnel", "report-examination", 
     "{\"surveillance-outcome\":\"grounds\",\"surveillance-report-text\":\"サポートの窓口が応答しない。（架空）\"}"},
    {130, 8, "", "technical-manager", "refer", 
     "{\"revocation-ground\":\"conditions\",\"reasons\":\"サポートの窓口が応答しない。（架空）\",\"measures\":"
     "\"窓口を置くこと。\"}"},
    {104, 8, "revocation", "registrant", "file-correction", 
     "{\"correction-text\":\"窓口を置いた。（架空）\"}"},
    {100, 8, "revocation", "operational-personnel", "examine-correction", 
     "{\"correction-outcome\":\"sufficient\"}"},
    {97, 8, "revocation", "technical-manager", "accept-correction", 
     "{\"reasons\":\"是正は十分である。（架空）\"}"},
    {140, 9, "", "technical-manager", "declare-no-conflict", ""},
    {140, 9, "", "technical-manager", "order", 
     "{\"surveillance-cause\":\"declaration\",\"reasons\":\"宣言との食い違いを確かめる。（架空）\"}"},
    {138, 9, "", "operational-personnel", "declare-no-conflict", ""},
    {138, 9, "", "operational-personnel", "begin-examination", ""},
    {125, 9, "", "operational-personnel", "report-examination", 
     "{\"surveillance-outcome\":\"grounds\",\"surveillance-report-text\":\"更新の手順が示されていない。（架空）\"}"},
    {120, 9, "", "technical-manager", "refer", 
     "{\"revocation-ground\":\"declaration\",\"reasons\":\"更新の手順が示されていない。（架空）\",\"measures\":"
     "\"手順を公開すること。\"}"},
    {101, 9, "revocation", "registrant", "file-correction", 
     "{\"correction-text\":\"手順を公開した。（架空）\"}"},
    {97, 9, "revocation", "operational-personnel", "examine-correction", 
     "{\"correction-outcome\":\"sufficient\"}"},
    {94, 9, "revocation", "technical-manager", "accept-correction", 
     "{\"reasons\":\"是正は十分である。（架空）\"}"},
};

size_t demo_watch_lines(void)
{
    return sizeof lines / sizeof *lines;
}

int demo_watch_label(size_t line)
{
    return labels[lines[line].thread];
}

/* The clock at midnight; nobody else at the weekend: what falls there is done on the Friday. */
int64_t demo_watch_at(const struct demo *demo, size_t line)
{
    struct day day = day_plus(demo->today, -lines[line].days_ago);
    if (str_is(str_of(lines[line].who), "clock"))
        return day_begins(day);
    while (day_week(day) == 0 || day_week(day) == 6)
        day = day_plus(day, -1);
    return day_begins(day) + FIRST_HOUR * HOUR_MS + (int64_t)line * MINUTE_MS;
}

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

/* The surveillance of the thread, or the case of that procedure that it opened. */
static struct fault *case_of(struct demo *demo, struct arena *arena, const struct line *now,
                             struct str *out)
{
    struct row_casework *rows;
    size_t n;
    *out = demo->watched[now->thread].case_id;
    if (!*now->opened)
        return NULL;
    TRY(sql_cases_below(demo->desk.store, arena, *out, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].procedure, now->opened))
            *out = rows[i].id;
    return NULL;
}

/* What the line fills in; the last days that forms ask for count from today. */
static struct fault *fill(struct demo *demo, struct arena *arena, const struct line *now,
                          const struct step_row *step, json_t **out)
{
    json_t *own;
    char room[11];
    TRY(json_read(arena, *now->own ? str_of(now->own) : STR("{}"), &own));
    json_put(own, "correct-by",
             str_copy(arena, day_print(day_plus(demo->today, -period_ends[now->thread]), room)));
    json_put(own, "answer-by", str_copy(arena, day_print(day_plus(demo->today, 8), room)));
    *out = sample_fields(demo->desk.book, arena, step->form, clock_today(&demo->clock),
                         demo->criteria, own);
    return NULL;
}

struct fault *demo_watch_play(struct demo *demo, struct arena *arena, size_t line,
                              struct str issued_by)
{
    const struct rulebook *book = demo->desk.book;
    const struct line *now = &lines[line];
    struct demo_tale *told = &demo->watched[now->thread];
    struct principal clock = {.person = STR("clock"), .due = demo_watch_at(demo, line)};
    struct str who = str_of(now->who);
    struct act act = {.name = "step"};
    struct step_answer answer;
    json_t *fields;
    demo->clock.frozen_ms = demo_watch_at(demo, line);
    if (!told->case_id.bytes) {
        struct str id;
        TRY(find_label(demo, arena, told, issued_by));
        struct case_request opening = {.procedure = STR("surveillance"),
                                       .label = told->label,
                                       .who = demo_person(demo, now->who)};
        TRY(desk_open_act(&demo->desk, arena, &opening, &id));
        told->case_id = str_copy(demo->arena, id);
    }
    struct step_request request = {.step = str_of(now->step), .expected_version = -1};
    TRY(case_of(demo, arena, now, &request.case_id));
    request.who = str_is(who, "registrant") ? told->who
                  : str_is(who, "clock")    ? &clock
                                            : demo_person(demo, now->who);
    const struct procedure_row *procedure =
        procedure_by_name(book, *now->opened ? str_of(now->opened) : STR("surveillance"));
    const struct step_row *step = step_by_name(book, procedure, request.step);
    if (!step)
        BUG("the rules have no step '%s'", now->step);
    TRY(fill(demo, arena, now, step, &fields));
    request.fields = str_is(who, "clock") ? NULL : fields;
    return desk_take_act(&demo->desk, arena, &request, &act, &answer);
}
