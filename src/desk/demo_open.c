/* demo_open.c: what anyone sent without an account: inquiries on the criteria and their answers,
 * and reports of misuse with what became of them. SPDX-License-Identifier: Apache-2.0 */
#include "base/embedded.h"
#include "base/json.h"
#include "desk/act.h"
#include "desk/demo_part.h"
#include "desk/openly.h"
#include "desk/sample.h"
#include "store/files.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { MINUTE_MS = 60000, FIRST_HOUR = 11, ONCE_BYTES = 18, WARNED_UNTIL = 45, HEARD = 50 };

extern const struct embedded seed_files[];

/* Days ago, which case, who (anyone; clock), what. A case begins with its first line. */
static const struct line {
    int days_ago, slot;
    const char *procedure, *who, *step, *own;
} lines[] = {
    {62, 0, "inquiry", "anyone", "ask-body",
     "{\"inquiry-title\":\"初期パスワードの扱い\",\"inquiry-text\":"
     "\"機器の裏面のシールに印刷した機器ごとのパスワードは、共通の初期パスワードに当たりますか。\","
     "\"asker-mail\":\"fujii@mihon-shop.example\"}"},
    {60, 0, "inquiry", "criteria-personnel", "declare-no-conflict", ""},
    {56, 0, "inquiry", "criteria-personnel", "draft-answer",
     "{\"question-ja\":"
     "\"機器ごとに異なる初期パスワードを、機器に貼ったシールに印刷することは認められますか。\","
     "\"answer-ja\":"
     "\"認められます。ただし、機器ごとに異なり、製造番号など外から分かる値から推測できないことが必"
     "要です。（見本の回答。架空です。）\","
     "\"question-en\":\"May a default password that differs by device be printed on a sticker on "
     "the device?\","
     "\"answer-en\":\"Yes, where it differs by device and cannot be guessed from a value that can "
     "be seen from outside, such as a serial number. (A sample answer, fictional.)\","
     "\"answer-edition\":\"JST-CR-01-01-2024R1\",\"answer-criteria\":\"S1.1-01\",\"supersedes\":"
     "\"\"}"},
    {53, 0, "inquiry", "technical-manager", "declare-no-conflict", ""},
    {53, 0, "inquiry", "technical-manager", "publish-answer", ""},
    {40, 1, "inquiry", "anyone", "ask-body",
     "{\"inquiry-title\":\"Update period of a discontinued model\",\"inquiry-text\":\"Does the "
     "last day of updates count from the sale of the last unit or from the announcement?\"}"},
    {38, 1, "inquiry", "criteria-personnel", "declare-no-conflict", ""},
    {36, 1, "inquiry", "criteria-personnel", "draft-answer",
     "{\"question-ja\":\"\",\"answer-ja\":\"\",\"question-en\":\"From when is the period of "
     "updates of a model counted that is no longer sold?\","
     "\"answer-en\":\"It is a day that the maker states; it is not counted from a sale. The day "
     "that is stated holds for all units. (A sample answer, fictional.)\","
     "\"answer-edition\":\"\",\"answer-criteria\":\"\",\"supersedes\":\"\"}"},
    {34, 1, "inquiry", "technical-manager", "declare-no-conflict", ""},
    {34, 1, "inquiry", "technical-manager", "publish-answer", ""},
    {36, 2, "inquiry", "anyone", "ask-body",
     "{\"inquiry-title\":\"無線の暗号方式の確認方法\",\"inquiry-text\":"
     "\"出荷時に古い暗号方式を選べる機器は、設定で無効にしてあれば適合しますか。\"}"},
    {80, 3, "misuse", "anyone", "report-misuse",
     "{\"claim-text\":"
     "\"通信販売のページで、型番の違うルーターに登録番号を付けて売っています。（架空）\",\"misuse-"
     "kind\":\"false-number\",\"asker-mail\":\"\"}"},
    {78, 3, "misuse", "operational-personnel-2", "declare-no-conflict", ""},
    {76, 3, "misuse", "operational-personnel-2", "examine-misuse",
     "{\"misuse-is-found\":true,\"claim-found\":"
     "\"登録されていない番号を、適合ラベルの登録番号として表示している。（架空）\",\"claimant\":"
     "\"架空通販合同会社\",\"claimed-label\":\"\",\"claimant-registers\":false}"},
    {73, 3, "misuse", "technical-manager", "declare-no-conflict", ""},
    {73, 3, "misuse", "technical-manager", "warn-claimant",
     "{\"mend-what\":\"表示を取りやめること。\"}"},
    {HEARD, 3, "misuse", "operational-personnel-2", "record-hearing",
     "{\"hearing-text\":"
     "\"仕入れ先から受け取った画像をそのまま載せたとのこと。取りやめの約束はなかった。（架空）\"}"},
    {43, 3, "misuse", "clock", "warning-over", ""},
    {41, 3, "misuse", "managing-director", "declare-no-conflict", ""},
    {41, 3, "misuse", "managing-director", "publish-misuse",
     "{\"facts-ja\":"
     "\"登録されていない番号を適合ラベルの登録番号として表示し、求めた期限までに取りやめなかった。"
     "（見本。架空です。）\","
     "\"facts-en\":\"Shows a number that is not registered as the registration number of a "
     "conformance label, and did not stop within the period set. (A sample, fictional.)\"}"},
    {13, 4, "misuse", "anyone", "report-misuse",
     "{\"claim-text\":\"店頭の箱に、番号のない星のラベルが貼られています。（架空）\",\"misuse-"
     "kind\":\"no-number\",\"claimed-number\":\"\",\"asker-mail\":\"\"}"},
    {11, 4, "misuse", "operational-personnel-2", "declare-no-conflict", ""},
    {10, 4, "misuse", "operational-personnel-2", "examine-misuse",
     "{\"misuse-is-found\":true,\"claim-found\":"
     "\"適合ラベルに似せた、番号のない表示がある。（架空）\",\"claimant\":\"\",\"claimed-label\":"
     "\"\",\"claimant-registers\":false}"},
};

size_t demo_open_lines(void)
{
    return sizeof lines / sizeof *lines;
}

/* Nobody works at the weekend; of one day, the lines follow each other. */
int64_t demo_open_at(const struct demo *demo, size_t line)
{
    struct day day = day_plus(demo->today, -lines[line].days_ago);
    while (day_week(day) == 0 || day_week(day) == 6)
        day = day_plus(day, 1);
    return day_begins(day) + FIRST_HOUR * 60 * MINUTE_MS + (int64_t)line * 2 * MINUTE_MS;
}

/* A number that is one slip from that of a label of the story. */
static struct fault *false_number(struct demo *demo, struct arena *arena, struct str *out)
{
    struct sql_portal_labels_row *rows;
    size_t n;
    TRY(sql_portal_labels(demo->desk.store, arena, STR("%"), 1, 0, &rows, &n));
    *out = STR_NONE;
    if (!n)
        return NULL;
    char *number = str_z(arena, rows[0].number);
    for (size_t i = 0; i + 1 < rows[0].number.bytes; i++)
        if (number[i] == '-') { /* the first figure of the running number */
            number[i + 1] = number[i + 1] == '9' ? '8' : '9';
            break;
        }
    *out = str_of(number);
    return NULL;
}

static struct fault *keep_picture(void *whom, struct str case_id, size_t i, struct hash *digest)
{
    struct demo *demo = whom;
    struct file_writer *writer;
    struct str picture = embedded_find(seed_files, "demo-claim.png");
    int64_t bytes;
    (void)case_id;
    (void)i;
    TRY(file_begin(demo->arena, demo->desk.data_dir, &writer));
    TRY(file_add(writer, demo->arena, picture.at, picture.bytes));
    return file_end(writer, demo->arena, digest, &bytes);
}

static struct fault *file_it(struct demo *demo, struct arena *arena, const struct line *line,
                             json_t *fields)
{
    struct principal nobody = {0};
    struct open_answer answer;
    struct str picture = embedded_find(seed_files, "demo-claim.png");
    struct open_file file = {.field = STR("misuse-pictures"),
                             .name = STR("写真（架空）.png"),
                             .media_type = STR("image/png"),
                             .digest = hash_of(picture),
                             .bytes = (int64_t)picture.bytes};
    struct open_request request = {.procedure = str_of(line->procedure),
                                   .fields = fields,
                                   .once = random_name(arena, ONCE_BYTES),
                                   .english = line->slot == 1,
                                   .who = &nobody,
                                   .files = &file,
                                   .files_n = line->slot == 4,
                                   .keep = keep_picture,
                                   .whom = demo};
    TRY(desk_file_openly_act(&demo->desk, arena, &request, &answer));
    demo->opened[line->slot] = str_copy(demo->arena, answer.case_id);
    return NULL;
}

static struct fault *fill(struct demo *demo, struct arena *arena, const struct line *line,
                          json_t **out)
{
    const struct rulebook *book = demo->desk.book;
    const struct procedure_row *procedure = procedure_by_name(book, str_of(line->procedure));
    const struct step_row *step = step_by_name(book, procedure, str_of(line->step));
    json_t *own = json_new(arena);
    struct str number;
    char room[11], heard[11], seen[11];
    if (!step)
        BUG("the rules have no step '%s'", line->step);
    if (*line->own)
        TRY(json_read(arena, str_of(line->own), &own));
    if (line->slot == 3 && str_is(str_of(line->step), "report-misuse")) {
        TRY(false_number(demo, arena, &number));
        json_put(own, "claimed-number", number);
    }
    json_put(own, "claim-seen-on", day_print(day_plus(clock_today(&demo->clock), -1), seen));
    json_put(own, "mend-until", day_print(day_plus(demo->today, -WARNED_UNTIL), room));
    json_put(own, "heard-on", day_print(day_plus(demo->today, -HEARD), heard));
    json_put(own, "inquiry-edition", STR_NONE);
    json_put(own, "inquiry-criteria", STR_NONE);
    json_put(own, "asker-name", STR_NONE);
    *out = sample_fields(book, arena, step->form, clock_today(&demo->clock), demo->criteria, own);
    return NULL;
}

struct fault *demo_open_play(struct demo *demo, struct arena *arena, size_t i)
{
    const struct line *line = &lines[i];
    demo->clock.frozen_ms = demo_open_at(demo, i);
    struct principal clock = {.due = demo->clock.frozen_ms};
    bool by_clock = str_is(str_of(line->who), "clock"),
         by_anyone = str_is(str_of(line->who), "anyone");
    struct act act = {.name = "step"};
    struct step_answer answer;
    json_t *fields;
    TRY(fill(demo, arena, line, &fields));
    if (by_anyone)
        return file_it(demo, arena, line, fields);
    struct step_request request = {.case_id = demo->opened[line->slot],
                                   .step = str_of(line->step),
                                   .expected_version = -1,
                                   .who = by_clock ? &clock : demo_person(demo, line->who),
                                   .fields = fields};
    return desk_take_act(&demo->desk, arena, &request, &act, &answer);
}
