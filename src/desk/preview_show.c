/* preview_show.c: a preview of an edition as figures that are signed, and as a list.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "desk/deed.h"
#include "desk/preview.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static struct day day_in(const json_t *filled, const char *field)
{
    struct day day = DAY_NONE;
    day_parse(json_get(filled, field), &day);
    return day;
}

struct fault *edition_wordings(struct store *store, struct arena *arena, struct str id,
                               struct words *out)
{
    enum { WORDINGS_MAX = 100 };
    struct str *room = NEW_ARRAY(arena, WORDINGS_MAX, struct str);
    struct row_criteria_edition *edition;
    *out = (struct words){.at = room};
    while (id.bytes && out->n < WORDINGS_MAX) {
        room[out->n++] = id;
        TRY(sql_criteria_edition_by_id(store, arena, id, &edition));
        id = edition && edition->editorial ? edition->replaces : STR_NONE;
    }
    return NULL;
}

struct fault *preview_terms_of(struct desk *desk, struct arena *arena, const json_t *filled,
                               struct day as_of, struct preview_terms *out)
{
    struct setting setting;
    *out = (struct preview_terms){
        .edition = json_get(filled, "edition-id"),
        .replaces = json_get(filled, "replaces"),
        .editorial = json_is_true(json_object_get(filled, "editorial")),
        .begins = day_in(filled, "edition-begins"),
        .acceptance_end = day_in(filled, "former-acceptance-end"),
        .extension_end = day_in(filled, "former-extension-end"),
        .as_of = as_of,
    };
    TRY(setting_load(desk->store, arena, desk->book, as_of, &setting));
    str_int(setting_of(&setting, "extension-window"), &out->window);
    return edition_wordings(desk->store, arena, out->replaces, &out->former);
}

static json_t *fates_json(struct arena *arena, const int64_t fates[FATES_N])
{
    json_t *object = json_new(arena);
    for (int fate = 0; fate < FATES_N; fate++)
        json_put_int(object, fate_word((enum fate)fate), fates[fate]);
    return object;
}

static void put_day(json_t *object, const char *name, struct day day)
{
    char room[11];
    if (!day_is_none(day))
        json_put(object, name, day_print(day, room));
}

json_t *preview_figures(struct arena *arena, const struct preview *preview)
{
    const struct preview_terms *terms = &preview->terms;
    json_t *figures = json_new(arena), *levels = json_new(arena), *months = json_new(arena);
    json_put(figures, "edition", terms->edition);
    json_put(figures, "replaces", terms->replaces);
    json_put_bool(figures, "editorial", terms->editorial);
    put_day(figures, "begins", terms->begins);
    put_day(figures, "acceptance_end", terms->acceptance_end);
    put_day(figures, "extension_end", terms->extension_end);
    put_day(figures, "as_of", terms->as_of);
    json_put(figures, "digest", hash_hex(arena, &preview->digest));
    json_put_int(figures, "labels", preview->labels);
    json_put_json(figures, "fates", fates_json(arena, preview->fates));
    for (int level = 1; level <= 4; level++)
        json_put_json(levels, str_z(arena, str_print(arena, "%d", level)),
                      fates_json(arena, preview->levels[level]));
    for (size_t i = 0; i < preview->months_n; i++)
        json_put_json(months,
                      str_z(arena, str_print(arena, "%04d-%02d", preview->months[i].year,
                                             preview->months[i].month)),
                      fates_json(arena, preview->months[i].fates));
    json_put_json(figures, "by_level", levels);
    json_put_json(figures, "by_month", months);
    return figures;
}

/* Spreadsheets take a cell that begins with = + - @ for a formula: an apostrophe stops that. */
static void put_cell(struct buf *out, struct str text, bool last)
{
    buf_add_char(out, '"');
    if (text.bytes && (strchr("=+-@\t\r", text.at[0]) || str_starts(text, "＝") ||
                       str_starts(text, "＋") || str_starts(text, "－") || str_starts(text, "＠")))
        buf_add_char(out, '\'');
    for (size_t i = 0; i < text.bytes; i++) {
        if (text.at[i] == '"')
            buf_add_char(out, '"');
        buf_add_char(out, text.at[i]);
    }
    buf_add_z(out, last ? "\"\r\n" : "\",");
}

static struct fault *put_line(void *whom, const struct preview_line *line)
{
    struct buf *out = whom;
    char expires[11], by[11];
    put_cell(out, line->number, false);
    put_cell(out, line->maker_ja, false);
    put_cell(out, line->maker_en, false);
    buf_printf(out, "%lld,", (long long)line->level);
    put_cell(out, line->route, false);
    put_cell(out, line->edition, false);
    put_cell(out, day_print(line->expires, expires), false);
    put_cell(out, str_of(fate_word(line->fate)), false);
    put_cell(out, day_print(line->file_by, by), true);
    return NULL;
}

struct fault *preview_csv(struct store *store, struct arena *arena,
                          const struct preview_terms *terms, struct buf *out)
{
    buf_add_z(out, "\xef\xbb\xbf"
                   "number,registrant_ja,registrant_en,level,route,criteria_edition,ends_on,fate,"
                   "extension_filed_by\r\n");
    TRY(preview_walk(store, terms, arena, put_line, out));
    return out->full ? FAULT(arena, "broken-database", "the list is too long") : NULL;
}
