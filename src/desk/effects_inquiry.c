/* effects_inquiry.c: an answer is published: question and answer, and nothing of who asked.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/deed.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static struct fault *number_given(struct deed *deed, struct str *out)
{
    struct row_case_number *rows;
    size_t n;
    TRY(sql_case_numbers(deed->desk->store, deed->arena, deed->work.id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].kind, "answer-number"))
            *out = rows[i].number;
    return NULL;
}

/* The earlier one stays as it was said, and names the later. */
static struct fault *replace(struct deed *deed, struct str earlier, struct str number)
{
    struct row_published_answer *answer;
    if (!earlier.bytes)
        return NULL;
    TRY(sql_published_answer_by_number(deed->desk->store, deed->arena, earlier, &answer));
    if (!answer)
        return FAULT(deed->arena, "broken-database", "no answer %.*s", STR_F(earlier));
    answer->replaced_by = number;
    return put_published_answer(deed->desk->store, answer);
}

struct fault *publish_answer(struct deed *deed, const struct use *use)
{
    char room[11];
    struct str number = STR_NONE;
    (void)use;
    TRY(number_given(deed, &number));
    struct row_published_answer row = {
        .number = number,
        .case_id = deed->work.id,
        .day = day_print(deed->today, room),
        .edition = json_get(deed->filled, "answer-edition"),
        .criteria = json_get(deed->filled, "answer-criteria"),
        .question_ja = json_get(deed->filled, "question-ja"),
        .question_en = json_get(deed->filled, "question-en"),
        .answer_ja = json_get(deed->filled, "answer-ja"),
        .answer_en = json_get(deed->filled, "answer-en"),
    };
    deed->publishes = true;
    TRY(put_published_answer(deed->desk->store, &row));
    return replace(deed, json_get(deed->filled, "supersedes"), number);
}
