/* folder_past.c: what a label's page said on a day: the row as it was then, and the status of the
 * events up to then.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/fold.h"
#include "register/folder_own.h"

#include "base/banned.h"

/* The last event up to the day; 0 when there was none yet. */
static struct fault *event_on(struct folder *folder, struct arena *arena, struct str number,
                              struct day day, int64_t *seq)
{
    sqlite3_stmt *statement;
    bool row;
    char room[11];
    TRY(lite_prepare(arena, folder->db,
                     "SELECT COALESCE(max(seq), 0) FROM label_event WHERE label = ?1 AND day <= ?2",
                     &statement));
    lite_str(statement, 1, number);
    lite_str(statement, 2, day_print(day, room));
    TRY(lite_step(arena, statement, &row));
    *seq = row ? sqlite3_column_int64(statement, 0) : 0;
    return NULL;
}

/* Of the row that stood after the event, the dates that events give it: those of that day. */
static const char past_select[] =
    "SELECT " FOLDER_VALUES ", 0,"
    " COALESCE((SELECT min(day) FROM label_event v WHERE v.label = l.number AND v.day <= ?3"
    "   AND kind = 'withdrawn'), ''),"
    " COALESCE((SELECT min(day) FROM label_event v WHERE v.label = l.number AND v.day <= ?3"
    "   AND kind = 'revoked' AND NOT EXISTS (SELECT 1 FROM label_event r WHERE r.label = v.label"
    "     AND r.kind = 'reinstated' AND r.day <= ?3 AND r.seq > v.seq)), ''),"
    " COALESCE((SELECT kind = 'extension-filed' FROM label_event v WHERE v.label = l.number"
    "   AND v.day <= ?3 AND kind IN ('extension-filed', 'extended', 'extension-refused',"
    "     'extension-withdrawn', 'renewed', 'lapsed') ORDER BY seq DESC, kind LIMIT 1), 0),"
    " COALESCE((SELECT kind = 'provisional' FROM label_event v WHERE v.label = l.number"
    "   AND v.day <= ?3 AND kind IN ('provisional', 'issued') ORDER BY seq DESC LIMIT 1), 0),"
    " (SELECT grace_ends FROM label n WHERE n.number = l.number AND n.expires = l.expires)"
    " FROM (SELECT number, seq, party, level, route, certification, facility, edition, product_ja,"
    "   product_en, category, firmware, issued, expires, support_end, contact_ja, contact_en,"
    "   contact_mail, contact_phone, security_mail, policy_url, product_url FROM label_past"
    "   WHERE number = ?1 AND seq >= ?2"
    "   UNION ALL SELECT number, 9223372036854775807, party, level, route, certification, facility,"
    "   edition, product_ja, product_en, category, firmware, issued, expires, support_end,"
    "   contact_ja, contact_en, contact_mail, contact_phone, security_mail, policy_url, product_url"
    "   FROM label WHERE number = ?1) l LEFT JOIN (SELECT id, corporate_number, country,"
    "     COALESCE((SELECT name_ja FROM party_past o WHERE o.party = id AND o.seq > ?2"
    "       ORDER BY o.seq LIMIT 1), name_ja) AS name_ja,"
    "     COALESCE((SELECT name_en FROM party_past o WHERE o.party = id AND o.seq > ?2"
    "       ORDER BY o.seq LIMIT 1), name_en) AS name_en"
    "   FROM party) p ON p.id = l.party " FOLDER_OTHER_JOINS "ORDER BY l.seq LIMIT 1";

static struct fault *count_models(struct folder *folder, struct arena *arena, struct day day,
                                  struct public_label *label)
{
    struct words models;
    enum { MANY = 100000 };
    TRY(folder_models_on(folder, arena, label->number, day, STR_NONE, MANY, &models));
    label->models_n = (int64_t)models.n;
    return NULL;
}

struct fault *folder_label_on(struct folder *folder, struct arena *arena, struct str number,
                              struct day day, struct public_label **out)
{
    sqlite3_stmt *statement;
    bool row;
    int64_t seq;
    char room[11];
    *out = NULL;
    TRY(event_on(folder, arena, number, day, &seq));
    if (!seq)
        return NULL;
    TRY(lite_prepare(arena, folder->db, past_select, &statement));
    lite_str(statement, 1, number);
    sqlite3_bind_int64(statement, 2, seq);
    lite_str(statement, 3, day_print(day, room));
    TRY(lite_step(arena, statement, &row));
    if (!row)
        return NULL;
    *out = NEW(arena, struct public_label);
    **out = label_of(arena, statement);
    return count_models(folder, arena, day, *out);
}

/* Of the lines that hold `like` when folded, as many as are asked for. */
static struct words lines_like(struct arena *arena, struct str lines, struct str like, size_t limit)
{
    size_t n = 0, most = 1;
    for (size_t i = 0; i < lines.bytes; i++)
        most += lines.at[i] == '\n';
    struct str *found = NEW_ARRAY(arena, most, struct str);
    like = fold_name(arena, like);
    while (lines.bytes && n < limit) {
        struct str line = str_cut(lines, '\n', &lines);
        struct str folded = like.bytes ? fold_name(arena, line) : STR_NONE;
        if (!like.bytes || (folded.bytes && memmem(folded.at, folded.bytes, like.at, like.bytes)))
            found[n++] = line;
    }
    return (struct words){found, n};
}

struct fault *folder_models_on(struct folder *folder, struct arena *arena, struct str number,
                               struct day day, struct str like, size_t limit, struct words *out)
{
    sqlite3_stmt *statement;
    bool row;
    int64_t seq;
    TRY(event_on(folder, arena, number, day, &seq));
    TRY(lite_prepare(arena, folder->db,
                     "SELECT models FROM label_past_models WHERE label = ?1 AND seq >= ?2"
                     " ORDER BY seq LIMIT 1",
                     &statement));
    lite_str(statement, 1, number);
    sqlite3_bind_int64(statement, 2, seq);
    TRY(lite_step(arena, statement, &row));
    if (!row) /* they never changed after that day */
        return folder_models(folder, arena, number, like, limit, out);
    *out = lines_like(arena, lite_text(arena, statement, 0), like, limit);
    return NULL;
}
