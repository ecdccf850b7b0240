/* api_letter.c: the letters of a case: listed, and read as PDF.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/letters.h"
#include "web/api_part.h"
#include "web/language.h"

#include "base/banned.h"

static struct fault *letters_of(struct call *call, struct row_notice **rows, size_t *n)
{
    char day[11];
    bool of_body;
    TRY(desk_may_see(call->web->desk, call->arena, &call->who, call->parts[0]));
    TRY(call_of_body(call, &of_body));
    return sql_letters_of_case(call->web->store, call->arena, call->parts[0], call->who.person,
                               day_print(clock_today(call->web->clock), day), of_body, rows, n);
}

struct fault *api_letters_get(struct call *call)
{
    struct row_notice *rows;
    size_t n;
    const struct rulebook *book = call->web->book;
    json_t *list = json_new_list(call->arena), *answer = json_new(call->arena);
    TRY(letters_of(call, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct text title = book->notices[notice_by_name(book, rows[i].kind)].text;
        json_t *one = json_new(call->arena);
        json_put(one, "id", rows[i].id);
        json_put(one, "kind", rows[i].kind);
        json_put_json(one, "title", json_text_of(call->arena, str_of(title.ja), str_of(title.en)));
        json_put_int(one, "entry", rows[i].seq);
        json_put_int(one, "at", rows[i].at);
        json_add(list, one);
    }
    json_put_json(answer, "letters", list);
    call_send(call, 200, answer);
    return NULL;
}

/* In the language asked for by Accept-Language. */
struct fault *api_letter_get(struct call *call)
{
    struct row_notice *rows;
    struct letter letter;
    size_t n, i = 0;
    TRY(letters_of(call, &rows, &n));
    while (i < n && !str_eq(rows[i].id, call->parts[1]))
        i++;
    if (i == n)
        return FAULT(call->arena, "absent", "no such letter on the case for this person");
    TRY(letter_of_notice(call->web->store, call->arena, call->web->book, &rows[i], NULL,
                         accepts_english(call->request), &letter));
    TRY(letter_pdf(call->arena, &letter, &call->response->body));
    call->response->status = 200;
    call->response->media_type = STR("application/pdf");
    call_header(call, "Content-Disposition", STR("attachment"));
    return NULL;
}
