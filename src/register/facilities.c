/* facilities.c: the Evaluation Facilities of the register, each with its dated things.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/json.h"
#include "register/folder_own.h"

#include "base/banned.h"

enum { FACILITIES_MAX = 500, LINES_MAX = 4000 };

struct facility_row {
    struct str kind, party;
    struct public_line line;
    struct str detail;
};

static struct fault *rows_of(struct folder *folder, struct arena *arena, struct facility_row *rows,
                             size_t *n)
{
    sqlite3_stmt *statement;
    bool row;
    TRY(lite_prepare(arena, folder->db,
                     "SELECT kind, party, word, detail, from_day, to_day FROM facility_thing"
                     " ORDER BY party, from_day, word LIMIT ?1",
                     &statement));
    sqlite3_bind_int64(statement, 1, LINES_MAX);
    for (*n = 0;; ++*n) {
        TRY(lite_step(arena, statement, &row));
        if (!row)
            return NULL;
        rows[*n] = (struct facility_row){.kind = lite_text(arena, statement, 0),
                                         .party = lite_text(arena, statement, 1),
                                         .line = {.word = lite_text(arena, statement, 2),
                                                  .from = lite_day(statement, 4),
                                                  .until = lite_day(statement, 5)},
                                         .detail = lite_text(arena, statement, 3)};
    }
}

/* A line that ended before it began was never in force: it was taken back on the day itself. */
static const struct public_line *lines_of(struct arena *arena, const struct facility_row *rows,
                                          size_t n, struct str party, const char *kind,
                                          size_t *found)
{
    struct public_line *lines = NEW_ARRAY(arena, n + 1, struct public_line);
    *found = 0;
    for (size_t i = 0; i < n; i++) {
        struct public_line line = rows[i].line;
        if (!str_eq(rows[i].party, party) || !str_is(rows[i].kind, kind) ||
            (!day_is_none(line.until) && line.until.n < line.from.n))
            continue;
        line.sort = rows[i].detail;
        lines[(*found)++] = line;
    }
    return lines;
}

static struct fault *name_of(struct folder *folder, struct arena *arena,
                             struct public_facility *facility)
{
    sqlite3_stmt *statement;
    bool row;
    TRY(lite_prepare(arena, folder->db,
                     "SELECT name_ja, name_en, corporate_number, country FROM party WHERE id = ?1",
                     &statement));
    lite_str(statement, 1, facility->party);
    TRY(lite_step(arena, statement, &row));
    if (!row)
        return NULL;
    facility->name_ja = lite_text(arena, statement, 0);
    facility->name_en = lite_text(arena, statement, 1);
    facility->corporate_number = lite_text(arena, statement, 2);
    facility->country = lite_text(arena, statement, 3);
    return NULL;
}

static struct fault *facility_of(struct folder *folder, struct arena *arena,
                                 const struct facility_row *rows, size_t n, struct str party,
                                 struct public_facility *out)
{
    json_t *detail;
    *out = (struct public_facility){.party = party};
    out->approvals = lines_of(arena, rows, n, party, "approval", &out->approvals_n);
    out->scope = lines_of(arena, rows, n, party, "scope", &out->scope_n);
    out->accreditations = lines_of(arena, rows, n, party, "accreditation", &out->accreditations_n);
    if (!out->approvals_n)
        return NULL;
    const struct public_line *last = &out->approvals[out->approvals_n - 1];
    out->number = last->word;
    out->approved = last->from;
    out->until = last->until;
    TRY(json_read(arena, last->sort, &detail));
    out->site_ja = json_get(json_object_get(detail, "site"), "ja");
    out->site_en = json_get(json_object_get(detail, "site"), "en");
    return name_of(folder, arena, out);
}

static int by_number(const void *a, const void *b)
{
    return str_order(((const struct public_facility *)a)->number,
                     ((const struct public_facility *)b)->number);
}

struct fault *folder_facilities(struct folder *folder, struct arena *arena,
                                struct public_facility **out, size_t *n)
{
    struct facility_row *rows = NEW_ARRAY(arena, LINES_MAX, struct facility_row);
    size_t rows_n;
    *n = 0;
    *out = NEW_ARRAY(arena, FACILITIES_MAX, struct public_facility);
    TRY(rows_of(folder, arena, rows, &rows_n));
    for (size_t i = 0; i < rows_n && *n < FACILITIES_MAX; i++) {
        if (i && str_eq(rows[i].party, rows[i - 1].party))
            continue;
        TRY(facility_of(folder, arena, rows, rows_n, rows[i].party, &(*out)[*n]));
        *n += (*out)[*n].approvals_n > 0;
    }
    qsort(*out, *n, sizeof **out, by_number);
    return NULL;
}

bool public_line_on(const struct public_line *line, struct day today)
{
    return !day_is_none(line->from) && line->from.n <= today.n &&
           (day_is_none(line->until) || today.n <= line->until.n);
}

enum facility_status facility_status_on(const struct public_facility *facility, struct day today)
{
    struct public_line approval = {.from = facility->approved, .until = facility->until};
    if (!public_line_on(&approval, today))
        return FACILITY_ENDED;
    return day_is_none(facility->until) ? FACILITY_APPROVED : FACILITY_ENDING;
}

const char *facility_status_word(enum facility_status status)
{
    static const char *const words[] = {
        [FACILITY_ENDED] = "ended", [FACILITY_APPROVED] = "approved", [FACILITY_ENDING] = "ending"};
    return words[status];
}

const struct public_line *facility_accredited_on(const struct public_facility *facility,
                                                 struct day today)
{
    const struct public_line *found = NULL;
    for (size_t i = 0; i < facility->accreditations_n; i++)
        if (public_line_on(&facility->accreditations[i], today))
            found = &facility->accreditations[i];
    return found;
}
