/* alike.c: published answers that are like what is being typed (4.10-1), for alike.js; the one page
 * that has a script asks it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What is typed comes in a body, so that no log of ours or of a proxy has it; nothing is kept. */
#include "base/json.h"
#include "desk/deed.h"
#include "web/pages_open.h"
#include "web/rate.h"
#include "web/route.h"

#include "base/banned.h"

enum { SHOWN_MAX = 5, ASKED_BYTES_MAX = 3000, QUESTION_BYTES_MAX = 300, ANSWER_BYTES_MAX = 1200 };

static json_t *answer_of(struct visit *visit, const struct row_published_answer *row)
{
    json_t *one = json_new(visit->arena);
    bool ja = row->question_ja.bytes && !(visit->english && row->question_en.bytes);
    json_put(one, "number", row->number);
    json_put(one, "lang", ja ? STR("ja") : STR("en"));
    json_put(one, "question",
             str_head(ja ? row->question_ja : row->question_en, QUESTION_BYTES_MAX));
    json_put(one, "answer", str_head(ja ? row->answer_ja : row->answer_en, ANSWER_BYTES_MAX));
    json_put(one, "link",
             say(&visit->html, "%.*s in full, in a new tab", STR_F(row->number)));
    return one;
}

static struct str said_of(struct visit *visit, size_t n)
{
    return !n       ? str_of(word(visit->english, "No published answer is like it so far."))
           : n == 1 ? str_of(word(visit->english, "One published answer is like your question."))
                    : say(&visit->html, "%d published answers are like your question.", (int)n);
}

static struct fault *admit(struct visit *visit)
{
    struct web *web = visit->web;
    struct str peer = request_peer(visit->request);
    struct setting setting;
    int64_t one = 0, all = 0, wait_s;
    TRY(setting_load(web->store, visit->arena, web->book, visit->today, &setting));
    str_int(setting_of(&setting, "typed-from-an-address"), &one);
    str_int(setting_of(&setting, "typed-in-all"), &all);
    if (rate_try(web->typed, peer, one, all, &wait_s)) {
        rate_taken(web->typed, peer);
        return NULL;
    }
    response_header(visit->response, "Retry-After",
                    str_print(visit->arena, "%lld", (long long)wait_s));
    return FAULT(visit->arena, "too-many-questions", "again in %lld seconds", (long long)wait_s);
}

struct fault *alike_post(struct visit *visit)
{
    struct row_published_answer *rows;
    size_t n;
    TRY(admit(visit));
    TRY(answers_alike(visit, str_head(visit_form(visit, "q"), ASKED_BYTES_MAX), &rows, SHOWN_MAX,
                      &n));
    json_t *answer = json_new(visit->arena), *list = json_new_list(visit->arena);
    for (size_t i = 0; i < n; i++)
        json_add(list, answer_of(visit, &rows[i]));
    json_put(answer, "said", said_of(visit, n));
    json_put_json(answer, "answers", list);
    visit->response->status = 200;
    visit->response->media_type = STR("application/json");
    visit->response->body = json_canonical(visit->arena, answer);
    visit_headers(visit);
    return NULL;
}
