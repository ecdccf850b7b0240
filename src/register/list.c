/* list.c: searching the register, and "is this box covered?".
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every word of a search must occur in the folded text of the label (label_search): exact for words
 * of any length in any script. It is a walk over that text, which is small. */
#include "base/buf.h"
#include "base/fold.h"
#include "register/folder_own.h"

#include "base/banned.h"

enum { WORDS_MAX = 8, SQL_MAX = 4000 };

#define STATUS_OF_LABEL                                                                            \
    "status_on(l.issued, l.expires, l.withdrawn, l.revoked, l.grace_ends, ?1, l.pending, "         \
    "l.provisional)"

/* The words of a search, folded; spaces of any width part them. A search that was typed but folds
 * to nothing (symbols only) has one word that no text holds: it finds nothing, not everything. */
static size_t fold_words(struct arena *arena, struct str typed, struct str out[WORDS_MAX])
{
    struct buf plain = buf_new(arena, typed.bytes + 1);
    struct str form = STR_NONE; /* "Mihon Inc." asks for Mihon: names are folded without it */
    size_t n = 0;
    for (size_t i = 0; i < typed.bytes; i++) {
        bool wide = typed.bytes - i >= 3 && str_starts(str_skip(typed, i), "\xe3\x80\x80");
        bool space = wide || typed.at[i] == '\t' || typed.at[i] == '\n';
        buf_add_char(&plain, space ? ' ' : typed.at[i]);
        i += wide ? 2 : 0;
    }
    for (struct str rest = buf_str(&plain); rest.bytes && n < WORDS_MAX;) {
        struct str word = str_cut(rest, ' ', &rest), folded = fold_name(arena, word);
        if (!folded.bytes)
            continue;
        if (fold_is_form(arena, word))
            form = folded;
        else
            out[n++] = folded;
    }
    if (n == 0 && form.bytes)
        out[n++] = form;
    if (n == 0 && str_trim(buf_str(&plain)).bytes)
        out[n++] = STR(" "); /* folding leaves no space */
    return n;
}

/* WHERE of what matches the words; today is ?1, the words begin at ?4. */
static void add_words(struct buf *sql, size_t n)
{
    buf_add_z(sql, "WHERE 1 ");
    for (size_t i = 0; i < n; i++)
        buf_printf(sql, "AND instr(s.folded, ?%zu) ", i + 4);
}

static void bind_words(sqlite3_stmt *statement, const struct public_query *query, char today[11],
                       const struct str *words, size_t n)
{
    lite_str(statement, 1, day_print(query->today, today));
    for (size_t i = 0; i < n; i++)
        lite_str(statement, (int)i + 4, words[i]);
}

struct fault *folder_list(struct folder *folder, struct arena *arena,
                          const struct public_query *query, struct public_label **out, size_t *n,
                          bool *more)
{
    struct str words[WORDS_MAX];
    size_t words_n = fold_words(arena, query->words, words);
    char today[11];
    sqlite3_stmt *statement;
    struct buf sql = buf_new(arena, SQL_MAX);
    bool row;
    buf_add_z(&sql, folder_select);
    if (words_n)
        buf_add_z(&sql, "JOIN label_search s ON s.number = l.number ");
    add_words(&sql, words_n);
    if (query->after.bytes)
        buf_add_z(&sql, "AND l.number < ?2 ");
    if (query->statuses)
        buf_printf(&sql, "AND ((%u >> " STATUS_OF_LABEL ") & 1) ", query->statuses);
    if (query->levels)
        buf_printf(&sql, "AND ((%u >> l.level) & 1) ", query->levels);
    buf_add_z(&sql, "ORDER BY l.number DESC LIMIT ?3");
    TRY(lite_prepare(arena, folder->db, buf_str(&sql).at, &statement));
    bind_words(statement, query, today, words, words_n);
    lite_str(statement, 2, query->after);
    sqlite3_bind_int64(statement, 3, (int64_t)query->limit + 1);
    *out = NEW_ARRAY(arena, query->limit + 1, struct public_label);
    for (*n = 0;; ++*n) {
        TRY(lite_step(arena, statement, &row));
        if (!row)
            break;
        (*out)[*n] = label_of(arena, statement);
    }
    *more = *n > query->limit;
    *n -= *more;
    return NULL;
}

static bool chosen(unsigned set, int64_t bit)
{
    return !set || (bit >= 0 && bit < 32 && (set >> bit & 1));
}

struct fault *folder_counts(struct folder *folder, struct arena *arena,
                            const struct public_query *query, struct public_counts *out)
{
    struct str words[WORDS_MAX];
    size_t words_n = fold_words(arena, query->words, words);
    char today[11];
    sqlite3_stmt *statement;
    struct buf sql = buf_new(arena, SQL_MAX);
    *out = (struct public_counts){0};
    buf_printf(&sql, "SELECT l.level, " STATUS_OF_LABEL " AS status, count(*) FROM label l %s",
               words_n ? "JOIN label_search s ON s.number = l.number " : "");
    add_words(&sql, words_n);
    buf_add_z(&sql, "GROUP BY 1, 2");
    TRY(lite_prepare(arena, folder->db, buf_str(&sql).at, &statement));
    bind_words(statement, query, today, words, words_n);
    for (;;) {
        bool row;
        TRY(lite_step(arena, statement, &row));
        if (!row)
            return NULL;
        int64_t level = sqlite3_column_int64(statement, 0);
        int status = sqlite3_column_int(statement, 1);
        int64_t count = sqlite3_column_int64(statement, 2);
        out->all += count;
        if (chosen(query->levels, level))
            out->statuses[status] += count;
        if (chosen(query->statuses, status) && level >= 1 && level <= 4)
            out->levels[level] += count;
        if (chosen(query->levels, level) && chosen(query->statuses, status))
            out->chosen += count;
    }
}

struct fault *folder_covering(struct folder *folder, struct arena *arena, struct str model,
                              size_t limit, struct public_label **out, struct str **models,
                              size_t *n)
{
    struct str folded = fold_name(arena, model);
    sqlite3_stmt *statement;
    bool row;
    *n = 0;
    *out = NEW_ARRAY(arena, limit + 1, struct public_label);
    *models = NEW_ARRAY(arena, limit + 1, struct str);
    if (!folded.bytes)
        return NULL;
    struct buf sql = buf_new(arena, SQL_MAX);
    buf_add_z(&sql, folder_select);
    buf_add_z(&sql, "WHERE l.number IN (SELECT DISTINCT label FROM label_model WHERE folded = ?1"
                    " ORDER BY label DESC LIMIT ?2) ORDER BY l.number DESC");
    TRY(lite_prepare(arena, folder->db, buf_str(&sql).at, &statement));
    lite_str(statement, 1, folded);
    sqlite3_bind_int64(statement, 2, (int64_t)limit);
    for (;; ++*n) {
        TRY(lite_step(arena, statement, &row));
        if (!row)
            break;
        (*out)[*n] = label_of(arena, statement);
    }
    TRY(lite_prepare(arena, folder->db,
                     "SELECT model FROM label_model WHERE folded = ?1 AND label = ?2"
                     " ORDER BY position LIMIT 1",
                     &statement));
    for (size_t i = 0; i < *n; i++) {
        lite_str(statement, 1, folded);
        lite_str(statement, 2, (*out)[i].number);
        TRY(lite_step(arena, statement, &row));
        (*models)[i] = row ? lite_text(arena, statement, 0) : STR_NONE;
        sqlite3_reset(statement);
    }
    return NULL;
}
