/* made.c: what the register makes of the values of the journal: parties of labels, status days,
 * counts, the searched text.
 * SPDX-License-Identifier: Apache-2.0 */
#include "register/made.h"

#include "base/fold.h"

#include "base/banned.h"

enum { FOLD_BYTES_MAX = 1 << 20 };

static struct str text_of(sqlite3_value *value)
{
    const char *text = (const char *)sqlite3_value_text(value);
    return (struct str){text, text ? (size_t)sqlite3_value_bytes(value) : 0};
}

/* fold_name() for statements, in memory of its own that each call begins anew. */
static void sql_fold(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    struct arena *arena = sqlite3_user_data(context);
    struct str text = text_of(values[0]);
    if (!text.at) {
        sqlite3_result_error_nomem(context);
        return;
    }
    struct str folded = fold_name(arena, text);
    sqlite3_result_text64(context, folded.at ? folded.at : "", folded.bytes, SQLITE_TRANSIENT,
                          SQLITE_UTF8);
    arena_reset(arena);
}

static void free_arena(void *arena)
{
    arena_free(arena);
}

/* The last day of a period that begins on the day after: (day, "90d"); '' without either. */
static void sql_after(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    char room[11];
    struct day day;
    struct span span;
    struct str last = STR_NONE;
    if (day_parse(text_of(values[0]), &day) && span_parse(text_of(values[1]), &span))
        last = day_print(day_last_of(day_plus(day, 1), span), room);
    sqlite3_result_text64(context, last.at ? last.at : "", last.bytes, SQLITE_TRANSIENT,
                          SQLITE_UTF8);
}

#define NAMED                                                                                      \
    "(EXISTS (SELECT 1 FROM public.label l WHERE l.party = p.id)"                                  \
    " OR EXISTS (SELECT 1 FROM public.label l WHERE l.facility = p.id)"                            \
    " OR EXISTS (SELECT 1 FROM public.label_past l WHERE l.party = p.id)"                          \
    " OR EXISTS (SELECT 1 FROM public.label_past l WHERE l.facility = p.id)"                       \
    " OR EXISTS (SELECT 1 FROM public.facility_thing f WHERE f.party = p.id))"

static const char *const makes[] = {
    /* a party is public while a label names it, or did, or an approval */
    "DELETE FROM public.party AS p WHERE NOT " NAMED,
    "INSERT INTO public.party (id, name_ja, name_en, corporate_number, country)"
    "  SELECT id, name_ja, name_en, corporate_number, country FROM main.party p WHERE " NAMED
    "  ON CONFLICT (id) DO UPDATE SET name_ja = excluded.name_ja, name_en = excluded.name_en,"
    "    corporate_number = excluded.corporate_number, country = excluded.country",
    /* its former names too, but for those that it had before a label named it */
    "INSERT OR IGNORE INTO public.party_past SELECT o.party, o.seq, o.name_ja, o.name_en"
    "  FROM main.party_past o JOIN public.party p ON p.id = o.party WHERE EXISTS (SELECT 1"
    "    FROM public.label_event e JOIN public.label l ON l.number = e.label"
    "    WHERE l.party = o.party AND e.seq < o.seq)",
    "UPDATE public.label_model SET folded = fold(model) WHERE label IN (SELECT number FROM "
    "temp.touched)",
    /* dated events give the status its days; the last word on an extension counts */
    "UPDATE public.label SET"
    "  withdrawn = COALESCE((SELECT min(day) FROM public.label_event e"
    "    WHERE e.label = number AND kind = 'withdrawn'), ''),"
    "  revoked = COALESCE((SELECT min(day) FROM public.label_event e"
    /* a revocation that was annulled, or fell on appeal, is over (6.6-1) */
    "    WHERE e.label = number AND kind = 'revoked' AND NOT EXISTS (SELECT 1 FROM"
    "      public.label_event r WHERE r.label = e.label AND r.kind = 'reinstated'"
    "      AND r.seq > e.seq)), ''),"
    "  pending = COALESCE((SELECT kind = 'extension-filed' FROM public.label_event e"
    "    WHERE e.label = number AND kind IN ('extension-filed', 'extended', 'extension-refused',"
    "      'extension-withdrawn', 'renewed', 'lapsed')"
    "    ORDER BY seq DESC, kind LIMIT 1), 0),"
    "  provisional = COALESCE((SELECT kind = 'provisional' FROM public.label_event e"
    "    WHERE e.label = number AND kind IN ('provisional', 'issued') ORDER BY seq DESC LIMIT "
    "1), 0),"
    "  models = (SELECT count(*) FROM public.label_model m WHERE m.label = number)"
    "  WHERE number IN (SELECT number FROM temp.touched)",
    /* by the parameter of the last day of validity; without one it lasts while pending */
    "UPDATE public.label SET grace_ends = after(expires, (SELECT value FROM public.parameter g"
    "    WHERE g.name = 'grace-longest' AND g.valid_from <= expires"
    "    ORDER BY g.valid_from DESC LIMIT 1))"
    "  WHERE pending OR number IN (SELECT number FROM temp.touched)",
    "DELETE FROM public.label_search WHERE number IN (SELECT number FROM temp.touched)",
    "INSERT INTO public.label_search (number, folded)"
    "  SELECT number, fold(number) || char(10) || fold(certification) || char(10)"
    "    || fold(product_ja) || char(10) || fold(product_en)"
    "    || char(10) || COALESCE((SELECT fold(name_ja) || char(10) || fold(name_en)"
    "                             FROM public.party p WHERE p.id = party), '')"
    "    || char(10) || COALESCE((SELECT group_concat(folded, char(10)) FROM (SELECT folded"
    "         FROM public.label_model m WHERE m.label = number ORDER BY position)), '')"
    "  FROM public.label WHERE number IN (SELECT number FROM temp.touched)",
};

struct fault *made_make(struct arena *arena, sqlite3 *db)
{
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    struct arena *folding = arena_new(FOLD_BYTES_MAX);
    if (!folding)
        BUG("no memory to fold names");
    if (sqlite3_create_function_v2(db, "fold", 1, flags, folding, sql_fold, NULL, NULL,
                                   free_arena) ||
        sqlite3_create_function_v2(db, "after", 2, flags, NULL, sql_after, NULL, NULL, NULL))
        return lite_fault(arena, db, "functions");
    for (size_t i = 0; i < sizeof makes / sizeof *makes; i++)
        TRY(lite_run(arena, db, makes[i]));
    return NULL;
}
