/* notices.c: security notices as the register has them, and their CSAF documents.
 * SPDX-License-Identifier: Apache-2.0 */
#include "register/notices.h"

#include <stddef.h>

#include "register/folder_own.h"

#include "base/banned.h"

enum { REVISIONS_MAX = 1000, DOCUMENTS_MAX = 100000, OF_LABEL_MAX = 200 };

#define COLUMNS                                                                                    \
    "n.id, n.label, n.kind, n.title_ja, n.title_en, n.summary_ja, n.summary_en, n.models,"         \
    " n.affected, n.fixed, n.cves, n.vectors, n.links, n.remedy, n.remedy_ja, n.remedy_en,"        \
    " n.justification, n.ground, n.text_ja, n.text_en, n.product_ja, n.product_en, n.maker_ja,"    \
    " n.maker_en, n.maker_url, n.maker_mail, n.body_ja, n.body_en, n.source_id, n.source_by,"      \
    " n.source_url, n.revision, n.at, n.every_model, n.issuer = 'body', n.state = 'ended'"

static const size_t texts[] = {offsetof(struct public_notice, id),
                               offsetof(struct public_notice, label),
                               offsetof(struct public_notice, kind),
                               offsetof(struct public_notice, title_ja),
                               offsetof(struct public_notice, title_en),
                               offsetof(struct public_notice, summary_ja),
                               offsetof(struct public_notice, summary_en),
                               offsetof(struct public_notice, models),
                               offsetof(struct public_notice, affected),
                               offsetof(struct public_notice, fixed),
                               offsetof(struct public_notice, cves),
                               offsetof(struct public_notice, vectors),
                               offsetof(struct public_notice, links),
                               offsetof(struct public_notice, remedy),
                               offsetof(struct public_notice, remedy_ja),
                               offsetof(struct public_notice, remedy_en),
                               offsetof(struct public_notice, justification),
                               offsetof(struct public_notice, ground),
                               offsetof(struct public_notice, text_ja),
                               offsetof(struct public_notice, text_en),
                               offsetof(struct public_notice, product_ja),
                               offsetof(struct public_notice, product_en),
                               offsetof(struct public_notice, maker_ja),
                               offsetof(struct public_notice, maker_en),
                               offsetof(struct public_notice, maker_url),
                               offsetof(struct public_notice, maker_mail),
                               offsetof(struct public_notice, body_ja),
                               offsetof(struct public_notice, body_en),
                               offsetof(struct public_notice, source_id),
                               offsetof(struct public_notice, source_by),
                               offsetof(struct public_notice, source_url)};
enum { TEXTS_N = sizeof texts / sizeof *texts };

static struct public_notice notice_of(struct arena *arena, sqlite3_stmt *row)
{
    struct public_notice out = {.revision = sqlite3_column_int64(row, TEXTS_N),
                                .at = sqlite3_column_int64(row, TEXTS_N + 1),
                                .every_model = sqlite3_column_int(row, TEXTS_N + 2),
                                .of_body = sqlite3_column_int(row, TEXTS_N + 3),
                                .ended = sqlite3_column_int(row, TEXTS_N + 4)};
    for (size_t i = 0; i < TEXTS_N; i++)
        *(struct str *)(void *)((char *)&out + texts[i]) = lite_text(arena, row, (int)i);
    return out;
}

static struct fault *read_all(struct arena *arena, sqlite3_stmt *statement, size_t most,
                              struct public_notice **out, size_t *n)
{
    bool row;
    size_t size = 16;
    *out = NEW_ARRAY(arena, size, struct public_notice);
    for (*n = 0; *n < most; ++*n) {
        TRY(lite_step(arena, statement, &row));
        if (!row)
            return NULL;
        if (*n == size) {
            struct public_notice *more = NEW_ARRAY(arena, 2 * size, struct public_notice);
            for (size_t i = 0; i < size; i++)
                more[i] = (*out)[i];
            *out = more;
            size *= 2;
        }
        (*out)[*n] = notice_of(arena, statement);
    }
    sqlite3_reset(statement);
    return NULL;
}

struct fault *notices_of_id(struct arena *arena, sqlite3 *db, const char *schema, struct str id,
                            struct public_notice **out, size_t *n)
{
    sqlite3_stmt *statement;
    struct str sql = str_print(arena,
                               "SELECT " COLUMNS " FROM %ssecurity_notice n WHERE n.id = ?1"
                               " ORDER BY n.revision",
                               schema);
    TRY(lite_prepare(arena, db, sql.at, &statement));
    lite_str(statement, 1, id);
    return read_all(arena, statement, REVISIONS_MAX, out, n);
}

struct fault *folder_notice(struct folder *folder, struct arena *arena, struct str id,
                            struct public_notice **out, size_t *n)
{
    return notices_of_id(arena, folder->db, "", id, out, n);
}

#define LAST_ON                                                                                    \
    "n.revision = (SELECT max(m.revision) FROM security_notice m WHERE m.id = n.id AND m.at < ?2)"

struct fault *folder_notices_of_label(struct folder *folder, struct arena *arena, struct str label,
                                      struct day day, struct public_notice **out, size_t *n)
{
    sqlite3_stmt *statement;
    TRY(lite_prepare(arena, folder->db,
                     "SELECT " COLUMNS " FROM security_notice n WHERE n.label = ?1 AND " LAST_ON
                     " ORDER BY n.at DESC, n.id DESC",
                     &statement));
    lite_str(statement, 1, label);
    sqlite3_bind_int64(statement, 2, day_begins(day_plus(day, 1)));
    return read_all(arena, statement, OF_LABEL_MAX, out, n);
}

struct fault *folder_notices(struct folder *folder, struct arena *arena, struct str before,
                             size_t limit, struct public_notice **out, size_t *n, bool *more)
{
    sqlite3_stmt *statement;
    TRY(lite_prepare(arena, folder->db,
                     "SELECT " COLUMNS " FROM security_notice n JOIN csaf_document d ON d.id = n.id"
                     " AND d.revision = n.revision WHERE ?1 = '' OR (d.updated, d.id) <"
                     " (SELECT b.updated, b.id FROM csaf_document b WHERE b.id = ?1)"
                     " ORDER BY d.updated DESC, d.id DESC LIMIT ?2",
                     &statement));
    lite_str(statement, 1, before);
    sqlite3_bind_int64(statement, 2, (int64_t)limit + 1);
    TRY(read_all(arena, statement, limit + 1, out, n));
    *more = *n > limit;
    *n = *more ? limit : *n;
    return NULL;
}

/* ---- documents */

static struct public_document document_of(struct arena *arena, sqlite3_stmt *row)
{
    return (struct public_document){.id = lite_text(arena, row, 0),
                                    .title = lite_text(arena, row, 1),
                                    .published = sqlite3_column_int64(row, 2),
                                    .updated = sqlite3_column_int64(row, 3)};
}

struct fault *folder_documents(struct folder *folder, struct arena *arena,
                               struct public_document **out, size_t *n)
{
    sqlite3_stmt *count, *statement;
    bool row;
    TRY(lite_prepare(arena, folder->db, "SELECT count(*) FROM csaf_document", &count));
    TRY(lite_step(arena, count, &row));
    size_t most = row ? (size_t)sqlite3_column_int64(count, 0) : 0;
    most = most > DOCUMENTS_MAX ? DOCUMENTS_MAX : most;
    sqlite3_reset(count);
    *out = NEW_ARRAY(arena, most + 1, struct public_document);
    TRY(lite_prepare(arena, folder->db,
                     "SELECT id, title, published, updated FROM csaf_document"
                     " ORDER BY updated DESC, id DESC",
                     &statement));
    for (*n = 0; *n < most; ++*n) {
        TRY(lite_step(arena, statement, &row));
        if (!row)
            break;
        (*out)[*n] = document_of(arena, statement);
    }
    sqlite3_reset(statement);
    return NULL;
}

struct fault *folder_document(struct folder *folder, struct arena *arena, struct str id,
                              struct public_document *out)
{
    sqlite3_stmt *statement;
    bool row;
    *out = (struct public_document){0};
    TRY(lite_prepare(arena, folder->db,
                     "SELECT id, title, published, updated, body, signature FROM csaf_document"
                     " WHERE id = ?1",
                     &statement));
    lite_str(statement, 1, id);
    TRY(lite_step(arena, statement, &row));
    if (!row)
        return NULL;
    *out = document_of(arena, statement);
    out->body = lite_text(arena, statement, 4);
    out->signature = lite_text(arena, statement, 5);
    return NULL;
}

struct fault *folder_parameter(struct folder *folder, struct arena *arena, const char *name,
                               struct day day, struct str *out)
{
    sqlite3_stmt *statement;
    bool row;
    char room[11];
    TRY(lite_prepare(arena, folder->db,
                     "SELECT value FROM parameter WHERE name = ?1 AND valid_from <= ?2"
                     " ORDER BY valid_from DESC LIMIT 1",
                     &statement));
    lite_str(statement, 1, str_of(name));
    lite_str(statement, 2, day_print(day, room));
    TRY(lite_step(arena, statement, &row));
    *out = row ? lite_text(arena, statement, 0) : STR_NONE;
    return NULL;
}

struct fault *folder_first_day(struct folder *folder, struct arena *arena, struct day *out)
{
    sqlite3_stmt *statement;
    bool row;
    TRY(lite_prepare(arena, folder->db, "SELECT min(valid_from) FROM parameter", &statement));
    TRY(lite_step(arena, statement, &row));
    *out = row ? lite_day(statement, 0) : DAY_NONE;
    return NULL;
}
