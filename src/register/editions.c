/* editions.c: the editions of the criteria with their days, and their criteria.
 * SPDX-License-Identifier: Apache-2.0 */
#include "register/folder_own.h"

#include "base/banned.h"

static struct public_edition edition_of(struct arena *arena, sqlite3_stmt *row)
{
    return (struct public_edition){
        .id = lite_text(arena, row, 0),
        .level = sqlite3_column_int64(row, 1),
        .category = lite_text(arena, row, 2),
        .title_ja = lite_text(arena, row, 3),
        .title_en = lite_text(arena, row, 4),
        .starts = lite_day(row, 5),
        .acceptance_ends = lite_day(row, 6),
        .extension_ends = lite_day(row, 7),
        .editorial = sqlite3_column_int(row, 8),
        .replaces = lite_text(arena, row, 9),
        .announced = lite_day(row, 10),
        .cancelled = lite_day(row, 11),
        .labels = sqlite3_column_int64(row, 12),
    };
}

struct fault *folder_editions(struct folder *folder, struct arena *arena, struct str id,
                              struct public_edition **out, size_t *n)
{
    enum { EDITIONS_MAX = 500 };
    sqlite3_stmt *statement;
    bool row;
    *out = NEW_ARRAY(arena, EDITIONS_MAX, struct public_edition);
    TRY(lite_prepare(arena, folder->db,
                     "SELECT e.id, e.level, e.category, e.title_ja, e.title_en, e.starts,"
                     " e.acceptance_ends, e.extension_ends, e.editorial, e.replaces, e.announced,"
                     " e.cancelled, COALESCE(c.n, 0) FROM edition e LEFT JOIN"
                     " (SELECT edition, count(*) AS n FROM label GROUP BY edition) c"
                     " ON c.edition = e.id WHERE ?1 = '' OR e.id = ?1"
                     " ORDER BY e.level, e.category, e.starts DESC, e.id DESC LIMIT ?2",
                     &statement));
    lite_str(statement, 1, id);
    sqlite3_bind_int(statement, 2, EDITIONS_MAX);
    for (*n = 0;; ++*n) {
        TRY(lite_step(arena, statement, &row));
        if (!row)
            return NULL;
        (*out)[*n] = edition_of(arena, statement);
    }
}

struct fault *folder_criteria(struct folder *folder, struct arena *arena, struct str edition,
                              struct public_criterion **out, size_t *n)
{
    enum { CRITERIA_MAX = 500 };
    sqlite3_stmt *statement;
    bool row;
    *out = NEW_ARRAY(arena, CRITERIA_MAX, struct public_criterion);
    TRY(lite_prepare(arena, folder->db,
                     "SELECT id, text_ja, text_en, provisional FROM criterion WHERE edition = ?1"
                     " ORDER BY position LIMIT ?2",
                     &statement));
    lite_str(statement, 1, edition);
    sqlite3_bind_int(statement, 2, CRITERIA_MAX);
    for (*n = 0;; ++*n) {
        TRY(lite_step(arena, statement, &row));
        if (!row)
            return NULL;
        (*out)[*n] = (struct public_criterion){
            lite_text(arena, statement, 0), lite_text(arena, statement, 1),
            lite_text(arena, statement, 2), sqlite3_column_int(statement, 3)};
    }
}
