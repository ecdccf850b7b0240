/* past.c: what a label was after each of its events, so that its page can say what it said.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Only what was replaced is kept: a label that never changed costs nothing. The key is the last
 * event before the entry that changes it; entries applied twice find their rows there. */
#include <string.h>

#include "base/json.h"
#include "register/made.h"

#include "base/banned.h"

enum { NUMBER_BYTES_MAX = 64 };

struct past {
    sqlite3_stmt *keep, *keep_models, *keep_name;
    char last[NUMBER_BYTES_MAX]; /* models are looked at once for each label of an entry */
    size_t last_bytes;
    int64_t last_seq;
};

#define LAST_EVENT                                                                                 \
    "(SELECT max(seq) FROM public.label_event e WHERE e.label = ?1 AND e.seq < ?2)"

struct fault *past_begin(struct arena *arena, sqlite3 *db, struct past **out)
{
    struct past *past = *out = NEW(arena, struct past);
    TRY(lite_prepare(
        arena, db,
        "INSERT OR IGNORE INTO public.label_past SELECT number, " LAST_EVENT ", party, level,"
        " route, certification, facility, edition, product_ja, product_en, category, firmware,"
        " issued, expires, support_end, contact_ja, contact_en, contact_mail, contact_phone,"
        " security_mail, policy_url, product_url FROM public.label"
        " WHERE number = ?1 AND " LAST_EVENT " IS NOT NULL",
        &past->keep));
    TRY(lite_prepare(arena, db,
                     "INSERT OR IGNORE INTO main.party_past SELECT id, ?2, name_ja, name_en"
                     " FROM main.party WHERE id = ?1 AND (name_ja <> ?3 OR name_en <> ?4)",
                     &past->keep_name));
    return lite_prepare(
        arena, db,
        "INSERT OR IGNORE INTO public.label_past_models SELECT ?1, " LAST_EVENT ","
        " COALESCE((SELECT group_concat(model, char(10)) FROM (SELECT model"
        "   FROM public.label_model WHERE label = ?1 ORDER BY position)), '')"
        " WHERE " LAST_EVENT " IS NOT NULL",
        &past->keep_models);
}

static struct fault *run(struct arena *arena, sqlite3_stmt *statement, struct str number,
                         int64_t seq)
{
    lite_str(statement, 1, number);
    sqlite3_bind_int64(statement, 2, seq);
    return lite_do(arena, statement);
}

struct fault *past_keep(struct past *past, struct arena *arena, struct str number, int64_t seq)
{
    return run(arena, past->keep, number, seq);
}

struct fault *past_keep_models(struct past *past, struct arena *arena, struct str number,
                               int64_t seq)
{
    struct str last = {past->last, past->last_bytes};
    if (seq == past->last_seq && str_eq(number, last))
        return NULL;
    past->last_seq = seq;
    past->last_bytes = number.bytes < NUMBER_BYTES_MAX ? number.bytes : 0;
    memcpy(past->last, number.at, past->last_bytes);
    return run(arena, past->keep_models, number, seq);
}

struct fault *past_keep_name(struct past *past, struct arena *arena, const json_t *party,
                             int64_t seq)
{
    lite_str(past->keep_name, 3, json_get(party, "name_ja"));
    lite_str(past->keep_name, 4, json_get(party, "name_en"));
    return run(arena, past->keep_name, json_get(party, "id"), seq);
}
