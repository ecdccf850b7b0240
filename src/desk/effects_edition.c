/* effects_edition.c: what is drafted, previewed, announced and cancelled of an edition of the
 * criteria.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/deed.h"
#include "desk/preview.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static struct fault *put_value(struct deed *deed, const char *field, const json_t *value)
{
    struct row_case_field row = {.case_id = deed->work.id, .field = str_of(field),
                                 .value = json_canonical(deed->arena, value),
                                 .step = str_of(deed->step->name)};
    return put_case_field(deed->desk->store, &row);
}

static struct fault *put_word(struct deed *deed, const char *field, struct str word)
{
    return put_value(deed, field, json_new_str(deed->arena, word));
}

/* What lists show of the case; the edition that it is about is the one that it replaces. */
struct fault *note_edition(struct deed *deed, const struct use *use)
{
    (void)use;
    const json_t *title = json_object_get(deed->filled, "edition-title");
    deed->work.edition = json_get(deed->filled, "replaces");
    deed->work.category = json_get(deed->filled, "edition-category");
    deed->work.title_ja = json_get(title, "ja");
    deed->work.title_en = json_get(title, "en");
    return NULL;
}

struct fault *record_preview(struct deed *deed, const struct use *use)
{
    (void)use;
    char room[11];
    struct preview_terms terms;
    struct preview preview;
    TRY(preview_terms_of(deed->desk, deed->arena, deed->filled, deed->today, &terms));
    TRY(preview_make(deed->desk->store, deed->arena, &terms, &preview));
    TRY(put_word(deed, "preview-digest", hash_hex(deed->arena, &preview.digest)));
    TRY(put_word(deed, "preview-as-of", day_print(terms.as_of, room)));
    return put_value(deed, "preview-figures", preview_figures(deed->arena, &preview));
}

static struct fault *put_criteria(struct deed *deed, struct str edition)
{
    size_t i;
    json_t *line;
    json_array_foreach(json_object_get(deed->filled, "criteria"), i, line)
    {
        struct row_criterion row = {.edition = edition, .id = json_get(line, "id"),
                                    .position = (int64_t)i, .text_ja = json_get(line, "ja"),
                                    .text_en = json_get(line, "en")};
        TRY(put_criterion(deed->desk->store, &row));
    }
    return NULL;
}

static json_t *days_of(struct deed *deed, const struct row_criteria_edition *edition)
{
    json_t *days = json_new(deed->arena);
    json_put(days, "id", edition->id);
    json_put(days, "acceptance_ends", edition->acceptance_ends);
    json_put(days, "extension_ends", edition->extension_ends);
    return days;
}

/* The last days of what is replaced; of what that only reworded, the last day of extensions. Those
 * that they had before stay on the case, for a cancellation. */
static struct fault *end_former(struct deed *deed, struct str id)
{
    struct store *store = deed->desk->store;
    struct str extension = json_get(deed->filled, "former-extension-end");
    struct words former;
    json_t *before = json_new_list(deed->arena);
    TRY(edition_wordings(store, deed->arena, id, &former));
    for (size_t i = 0; i < former.n; i++) {
        struct row_criteria_edition *edition;
        TRY(sql_criteria_edition_by_id(store, deed->arena, former.at[i], &edition));
        if (!edition) /* where facts are given, the edition may be none: there is nothing to end */
            continue;
        json_add(before, days_of(deed, edition));
        if (i == 0)
            edition->acceptance_ends = json_get(deed->filled, "former-acceptance-end");
        if (extension.bytes) /* an editorial revision bars nothing */
            edition->extension_ends = extension;
        TRY(put_criteria_edition(store, edition));
    }
    return put_value(deed, "former-days", before);
}

/* 5-1: from here on it is public, and its days are known to everyone. What the decision was signed
 * on goes into its own entry once more. */
struct fault *announce_edition(struct deed *deed, const struct use *use)
{
    (void)use;
    char room[11];
    const json_t *title = json_object_get(deed->filled, "edition-title");
    const json_t *figures = json_object_get(deed->filled, "preview-figures");
    struct row_criteria_edition edition = {
        .id = json_get(deed->filled, "edition-id"), .level = deed->work.level,
        .category = json_get(deed->filled, "edition-category"), .title_ja = json_get(title, "ja"),
        .title_en = json_get(title, "en"), .starts = json_get(deed->filled, "edition-begins"),
        .editorial = json_is_true(json_object_get(deed->filled, "editorial")),
        .replaces = json_get(deed->filled, "replaces"),
        .announced = day_print(deed->today, room)};
    deed->publishes = true;
    if (!figures || !edition.id.bytes) /* facts are given, and nothing is filled in */
        return NULL;
    TRY(put_value(deed, "signed-figures", figures));
    TRY(put_criteria_edition(deed->desk->store, &edition));
    TRY(put_criteria(deed, edition.id));
    return end_former(deed, edition.replaces);
}

static struct fault *restore_former(struct deed *deed)
{
    size_t i;
    json_t *days;
    json_array_foreach(json_object_get(deed->filled, "former-days"), i, days)
    {
        struct row_criteria_edition *edition;
        TRY(sql_criteria_edition_by_id(deed->desk->store, deed->arena, json_get(days, "id"),
                                       &edition));
        if (!edition)
            continue;
        edition->acceptance_ends = json_get(days, "acceptance_ends");
        edition->extension_ends = json_get(days, "extension_ends");
        TRY(put_criteria_edition(deed->desk->store, edition));
    }
    return NULL;
}

/* The row stays: it was public. */
struct fault *cancel_edition(struct deed *deed, const struct use *use)
{
    (void)use;
    char room[11];
    struct row_criteria_edition *edition;
    TRY(sql_criteria_edition_by_id(deed->desk->store, deed->arena,
                                   json_get(deed->filled, "edition-id"), &edition));
    deed->publishes = true;
    if (!edition) /* facts are given, and nothing was announced */
        return NULL;
    edition->cancelled = day_print(deed->today, room);
    TRY(put_criteria_edition(deed->desk->store, edition));
    return restore_former(deed);
}
