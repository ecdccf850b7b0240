/* public_answers.c: published answers to inquiries (4.10-1) with search for the same question, and
 * published facts of misuse: pages and JSON.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/likeness.h"
#include "web/public_own.h"
#include "web/public_pages.gen.h"

#include "base/banned.h"

enum { ASKED_BYTES_MAX = 2000, LEAST_ALIKE = 350 };

/* All that a search looks at. */
static struct str text_of(struct arena *arena, const struct public_answer *answer)
{
    return str_print(arena, "%.*s %.*s %.*s %.*s %.*s %.*s %.*s", STR_F(answer->question_ja),
                     STR_F(answer->question_en), STR_F(answer->answer_ja), STR_F(answer->answer_en),
                     STR_F(answer->criteria), STR_F(answer->edition), STR_F(answer->number));
}

/* Those of one edition, where it is asked for; by likeness where something is asked. */
static struct fault *find_answers(struct ask *ask, struct answers_view *view)
{
    struct public_answer *all;
    struct arena *arena = ask->arena;
    size_t n, kept = 0;
    view->ask = ask;
    view->asked = str_trim(request_query(ask->request, "q"));
    view->edition = str_trim(request_query(ask->request, "edition"));
    if (view->asked.bytes > ASKED_BYTES_MAX) {
        struct fault *fault =
            FAULT(arena, "malformed-query", "q: more than %d bytes", (int)ASKED_BYTES_MAX);
        fault->concerns = STR("q");
        return fault;
    }
    TRY(folder_answers(ask->half->folder, arena, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (!view->edition.bytes || str_eq(all[i].edition, view->edition))
            all[kept++] = all[i];
    view->answers = all;
    view->n = kept;
    if (!view->asked.bytes)
        return NULL;
    struct str *texts = NEW_ARRAY(arena, kept + 1, struct str);
    struct likeness *ranks = NEW_ARRAY(arena, kept + 1, struct likeness);
    for (size_t i = 0; i < kept; i++)
        texts[i] = text_of(arena, &all[i]);
    view->n = likeness_rank(arena, view->asked, texts, kept, LEAST_ALIKE, ranks);
    struct public_answer *found = NEW_ARRAY(arena, view->n + 1, struct public_answer);
    for (size_t i = 0; i < view->n; i++)
        found[i] = all[ranks[i].which];
    view->answers = found;
    return NULL;
}

struct fault *public_answers_page(struct ask *ask, struct str rest)
{
    struct answers_view view = {0};
    (void)rest;
    TRY(find_answers(ask, &view));
    ask->path = STR("/inquiries");
    struct buf more = buf_new(ask->arena, ASKED_BYTES_MAX * 6);
    if (view.asked.bytes)
        buf_printf(&more, "&q=%.*s", STR_F(url_part(ask->arena, view.asked)));
    if (view.edition.bytes)
        buf_printf(&more, "&edition=%.*s", STR_F(url_part(ask->arena, view.edition)));
    ask->more = buf_str(&more);
    page_public_answers(&ask->html, &view);
    public_send_page(ask, 200);
    return NULL;
}

struct fault *public_answer_page(struct ask *ask, struct str rest)
{
    struct answers_view view = {.ask = ask};
    struct public_answer *all;
    size_t n;
    TRY(folder_answers(ask->half->folder, ask->arena, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].number, rest))
            view = (struct answers_view){.ask = ask, .answers = &all[i], .n = 1, .single = true};
    if (!view.n)
        return FAULT(ask->arena, "no-such-answer", "%.*s", STR_F(rest));
    ask->path = str_print(ask->arena, "/inquiries/%.*s", STR_F(url_part(ask->arena, rest)));
    page_public_answers(&ask->html, &view);
    public_send_page(ask, 200);
    return NULL;
}

static void put_both(struct arena *arena, json_t *object, const char *name, struct str ja,
                     struct str en)
{
    json_t *both = json_new(arena);
    public_put_text(both, "ja", ja);
    public_put_text(both, "en", en);
    json_put_json(object, name, both);
}

struct fault *public_api_answers(struct ask *ask, struct str rest)
{
    struct answers_view view = {0};
    struct arena *arena = ask->arena;
    json_t *object = json_new(arena), *list = json_new_list(arena);
    (void)rest;
    TRY(find_answers(ask, &view));
    for (size_t i = 0; i < view.n; i++) {
        const struct public_answer *answer = &view.answers[i];
        json_t *one = json_new(arena), *criteria = json_new_list(arena);
        struct str ids = answer->criteria;
        json_put(one, "number", answer->number);
        public_put_day(one, "day", answer->day);
        public_put_text(one, "edition", answer->edition);
        while (ids.bytes) {
            struct str id = str_cut(ids, ' ', &ids);
            if (id.bytes)
                json_add_str(criteria, id);
        }
        json_put_json(one, "criteria", criteria);
        put_both(arena, one, "question", answer->question_ja, answer->question_en);
        put_both(arena, one, "answer", answer->answer_ja, answer->answer_en);
        public_put_text(one, "replaced_by", answer->replaced_by);
        json_add(list, one);
    }
    json_put_json(object, "inquiries", list);
    return public_send_json(ask, object);
}

/* ---- misuse */

struct fault *public_misuse_page(struct ask *ask, struct str rest)
{
    struct public_misuse *rows;
    size_t n;
    (void)rest;
    ask->path = STR("/misuse");
    TRY(folder_misuses(ask->half->folder, ask->arena, &rows, &n));
    page_public_misuse(&ask->html, ask, rows, n);
    public_send_page(ask, 200);
    return NULL;
}

struct fault *public_api_misuse(struct ask *ask, struct str rest)
{
    struct public_misuse *rows;
    struct arena *arena = ask->arena;
    json_t *object = json_new(arena), *list = json_new_list(arena);
    size_t n;
    (void)rest;
    TRY(folder_misuses(ask->half->folder, arena, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        json_t *one = json_new(arena);
        json_put(one, "number", rows[i].number);
        public_put_day(one, "day", rows[i].day);
        json_put(one, "kind", rows[i].kind);
        public_put_text(one, "claimant", rows[i].claimant);
        public_put_text(one, "claimed", rows[i].claimed);
        public_put_text(one, "label", rows[i].label);
        put_both(arena, one, "facts", rows[i].facts_ja, rows[i].facts_en);
        public_put_day(one, "mended", rows[i].mended);
        json_add(list, one);
    }
    json_put_json(object, "misuse", list);
    return public_send_json(ask, object);
}
