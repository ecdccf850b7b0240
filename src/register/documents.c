/* documents.c: from the revisions of a security notice to its CSAF document, signed.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The bytes follow from the rows and the address alone; a signature does not, so one that is there
 * for the same bytes is kept. */
#include "register/documents.h"

#include "csaf/csaf.h"
#include "register/notices.h"

#include "base/banned.h"

enum { NOTICES_MAX = 100000, JOB_BYTES_MAX = 1 << 28 };

static struct fault *meta_of(struct arena *arena, sqlite3 *db, const char *sql, struct str *out)
{
    sqlite3_stmt *statement;
    bool row;
    TRY(lite_prepare(arena, db, sql, &statement));
    TRY(lite_step(arena, statement, &row));
    *out = row ? lite_text(arena, statement, 0) : STR_NONE;
    sqlite3_reset(statement);
    return NULL;
}

static struct fault *put_meta(struct arena *arena, sqlite3 *db, const char *name, struct str value)
{
    sqlite3_stmt *statement;
    TRY(lite_prepare(arena, db, "INSERT OR REPLACE INTO public.meta (name, value) VALUES (?1, ?2)",
                     &statement));
    lite_str(statement, 1, str_of(name));
    lite_str(statement, 2, value);
    return lite_do(arena, statement);
}

/* ---- one document */

static struct csaf_notice notice_of(const struct public_notice *last,
                                    const struct csaf_revision *revisions, size_t n)
{
    return (struct csaf_notice){
        .id = last->id,
        .label = last->label,
        .kind = str_is(last->kind, "not-affected") ? CSAF_NOT_AFFECTED : CSAF_ADVISORY,
        .of_body = last->of_body,
        .ended = last->ended,
        .revisions = revisions,
        .revisions_n = n,
        .title_ja = last->title_ja,
        .title_en = last->title_en,
        .summary_ja = last->summary_ja,
        .summary_en = last->summary_en,
        .product_ja = last->product_ja,
        .product_en = last->product_en,
        .maker_ja = last->maker_ja,
        .maker_en = last->maker_en,
        .maker_url = last->maker_url,
        .maker_mail = last->maker_mail,
        .body_ja = last->body_ja,
        .body_en = last->body_en,
        .models = last->models,
        .affected = last->affected,
        .fixed = last->fixed,
        .cves = last->cves,
        .vectors = last->vectors,
        .links = last->links,
        .remedy = last->remedy,
        .remedy_ja = last->remedy_ja,
        .remedy_en = last->remedy_en,
        .justification = last->justification,
        .source_id = last->source_id,
        .source_by = last->source_by,
        .source_url = last->source_url,
    };
}

static struct fault *put_document(struct arena *arena, sqlite3 *db,
                                  const struct csaf_notice *notice, struct str body,
                                  struct str signature)
{
    const struct csaf_revision *all = notice->revisions;
    sqlite3_stmt *statement;
    TRY(lite_prepare(arena, db,
                     "INSERT OR REPLACE INTO public.csaf_document"
                     " (id, revision, title, published, updated, body, signature)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                     &statement));
    lite_str(statement, 1, notice->id);
    sqlite3_bind_int64(statement, 2, (int64_t)notice->revisions_n);
    lite_str(statement, 3, csaf_title(arena, notice->title_ja, notice->title_en));
    sqlite3_bind_int64(statement, 4, all[0].at);
    sqlite3_bind_int64(statement, 5, all[notice->revisions_n - 1].at);
    lite_str(statement, 6, body);
    lite_str(statement, 7, signature);
    return lite_do(arena, statement);
}

static struct fault *make_document(struct arena *arena, sqlite3 *db, const struct clerk *clerk,
                                   struct str id)
{
    struct public_notice *rows;
    size_t n;
    struct str signature = STR_NONE;
    TRY(notices_of_id(arena, db, "public.", id, &rows, &n));
    if (!n)
        return NULL;
    struct csaf_revision *revisions = NEW_ARRAY(arena, n, struct csaf_revision);
    for (size_t i = 0; i < n; i++)
        revisions[i] = (struct csaf_revision){rows[i].at, rows[i].text_ja, rows[i].text_en};
    struct csaf_notice notice = notice_of(&rows[n - 1], revisions, n);
    struct str body = csaf_document(arena, &notice, clerk->base_url);
    if (clerk->signing.sign)
        TRY(clerk->signing.sign(clerk->signing.whom, arena, body, &signature));
    return put_document(arena, db, &notice, body, signature);
}

/* ---- all that want one */

static struct fault *wanted(struct arena *arena, sqlite3 *db, bool signing, struct words *out)
{
    sqlite3_stmt *statement;
    bool row;
    struct str *room = NEW_ARRAY(arena, NOTICES_MAX, struct str);
    *out = (struct words){.at = room};
    TRY(lite_prepare(arena, db,
                     "SELECT n.id FROM public.security_notice n"
                     " LEFT JOIN public.csaf_document d ON d.id = n.id GROUP BY n.id"
                     " HAVING d.id IS NULL OR d.revision <> max(n.revision)"
                     " OR (?1 AND d.signature = '') ORDER BY n.id LIMIT ?2",
                     &statement));
    sqlite3_bind_int(statement, 1, signing);
    sqlite3_bind_int(statement, 2, NOTICES_MAX);
    for (;;) {
        TRY(lite_step(arena, statement, &row));
        if (!row)
            return NULL;
        room[out->n++] = lite_text(arena, statement, 0);
    }
}

/* Each in memory of its own, so that a thousand need no more than one. */
static struct fault *make_each(struct arena *arena, sqlite3 *db, const struct clerk *clerk,
                               struct words ids)
{
    struct arena *job = arena_new(JOB_BYTES_MAX);
    struct fault *fault = job ? NULL : FAULT(arena, "no-memory", "for documents");
    for (size_t i = 0; i < ids.n && !fault; i++) {
        struct fault *wrong = make_document(job, db, clerk, ids.at[i]);
        if (wrong)
            fault = FAULT(arena, wrong->code, "notice %.*s: %.*s", STR_F(ids.at[i]),
                          STR_F(wrong->detail));
        arena_reset(job);
    }
    arena_free(job);
    return fault;
}

static struct fault *key_is_new(struct arena *arena, sqlite3 *db, const struct clerk *clerk,
                                const char *kept, bool *other)
{
    struct str fingerprint, key, before;
    *other = false;
    if (!clerk->signing.key)
        return NULL;
    TRY(clerk->signing.key(clerk->signing.whom, arena, &fingerprint, &key));
    TRY(meta_of(arena, db, kept, &before));
    *other = !str_eq(before, fingerprint);
    return NULL;
}

/* Under another key all is signed anew: what is published can be verified by the key beside it. */
static struct fault *note_key(struct arena *arena, sqlite3 *db, const struct clerk *clerk)
{
    struct str fingerprint, key;
    bool other;
    TRY(key_is_new(arena, db, clerk,
                   "SELECT value FROM public.meta WHERE name = 'openpgp-fingerprint'", &other));
    if (!other)
        return NULL;
    TRY(clerk->signing.key(clerk->signing.whom, arena, &fingerprint, &key));
    TRY(lite_run(arena, db, "UPDATE public.csaf_document SET signature = ''"));
    TRY(put_meta(arena, db, "openpgp-fingerprint", fingerprint));
    return put_meta(arena, db, "openpgp-key", key);
}

struct fault *documents_make(struct arena *arena, sqlite3 *db, const struct clerk *clerk)
{
    struct str base;
    struct words ids;
    TRY(meta_of(arena, db, "SELECT value FROM public.meta WHERE name = 'base'", &base));
    if (!str_eq(base, clerk->base_url))
        TRY(lite_run(arena, db, "DELETE FROM public.csaf_document"));
    TRY(note_key(arena, db, clerk));
    TRY(wanted(arena, db, clerk->signing.sign != NULL, &ids));
    TRY(make_each(arena, db, clerk, ids));
    return put_meta(arena, db, "base", clerk->base_url);
}

static struct fault *look(struct arena *arena, sqlite3 *db, const struct clerk *clerk,
                          bool *wanting)
{
    struct str base, without;
    bool other;
    TRY(meta_of(arena, db, "SELECT value FROM meta WHERE name = 'base'", &base));
    TRY(meta_of(arena, db, "SELECT id FROM csaf_document WHERE signature = '' LIMIT 1", &without));
    TRY(key_is_new(arena, db, clerk, "SELECT value FROM meta WHERE name = 'openpgp-fingerprint'",
                   &other));
    *wanting = other || !str_eq(base, clerk->base_url) || (clerk->signing.sign && without.bytes);
    return NULL;
}

/* A register that cannot be looked into is found out by whoever continues it. */
struct fault *documents_wanting(struct arena *arena, const char *placed, const struct clerk *clerk,
                                bool *wanting)
{
    sqlite3 *db = NULL;
    *wanting = false;
    struct fault *fault = NULL;
    if (sqlite3_open_v2(placed, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
        fault = look(arena, db, clerk, wanting);
    sqlite3_close_v2(db);
    return fault;
}
