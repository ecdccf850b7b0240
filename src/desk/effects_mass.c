/* effects_mass.c: what is kept of a mass action: its items, how far it has come, what was refused.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/deed.h"
#include "desk/mass.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { LINE_BYTES_MAX = 100 };

/* ---- the list */

static struct str lines_of(struct deed *deed, const struct mass_found *found, size_t first)
{
    size_t n = found->n - first < MASS_PART ? found->n - first : MASS_PART;
    struct buf out = buf_new(deed->arena, n * LINE_BYTES_MAX);
    for (size_t i = first; i < first + n; i++) {
        const struct mass_item *item = &found->items[i];
        buf_printf(&out, "%s%.*s %.*s %lld %d", i > first ? "\n" : "", STR_F(item->number),
                   STR_F(item->case_id.bytes ? item->case_id : STR("-")), (long long)item->of_maker,
                   item->first);
    }
    return buf_str(&out);
}

static struct fault *drop_before(struct deed *deed)
{
    struct store *store = deed->desk->store;
    struct row_mass_list *parts;
    struct row_mass_refusal *refusals;
    size_t n;
    TRY(sql_mass_parts(store, deed->arena, deed->work.id, &parts, &n));
    for (size_t i = 0; i < n; i++)
        TRY(drop_mass_list(store, parts[i].case_id, parts[i].part));
    TRY(sql_mass_refusals(store, deed->arena, deed->work.id, STR("rehearsal"), INT64_MAX, &refusals,
                          &n));
    for (size_t i = 0; i < n; i++)
        TRY(drop_mass_refusal(store, refusals[i].case_id, refusals[i].phase, refusals[i].item));
    return NULL;
}

struct fault *fix_items(struct deed *deed, const struct use *use)
{
    (void)use;
    char room[11];
    const json_t *title = json_object_get(deed->filled, "mass-title");
    const struct mass_found *found = deed->found;
    deed->work.title_ja = json_get(title, "ja");
    deed->work.title_en = json_get(title, "en");
    if (!found) /* facts are given, and nothing was searched */
        return NULL;
    struct row_mass row = {.case_id = deed->work.id,
                           .kind = json_get(deed->filled, "mass-kind"),
                           .items = (int64_t)found->n,
                           .models = found->models,
                           .makers = (int64_t)found->makers_n,
                           .mails = found->mails,
                           .as_of = day_print(deed->today, room),
                           .digest = hash_hex(deed->arena, &found->digest)};
    TRY(drop_before(deed));
    TRY(put_mass(deed->desk->store, &row));
    for (size_t i = 0; i < found->n; i += MASS_PART) {
        struct row_mass_list part = {.case_id = deed->work.id,
                                     .part = (int64_t)(i / MASS_PART),
                                     .lines = lines_of(deed, found, i)};
        TRY(put_mass_list(deed->desk->store, &part));
    }
    return NULL;
}

/* ---- rehearsal and run */

struct fault *begin_rehearsal(struct deed *deed, const struct use *use)
{
    (void)use;
    struct row_mass *row;
    struct row_mass_refusal *refusals;
    size_t n;
    TRY(sql_mass_by_case(deed->desk->store, deed->arena, deed->work.id, &row));
    if (!row) /* facts are given, and nothing is drawn up */
        return NULL;
    TRY(sql_mass_refusals(deed->desk->store, deed->arena, deed->work.id, STR("rehearsal"),
                          INT64_MAX, &refusals, &n));
    for (size_t i = 0; i < n; i++)
        TRY(drop_mass_refusal(deed->desk->store, refusals[i].case_id, refusals[i].phase,
                              refusals[i].item));
    row->begun = deed->now;
    row->rehearsed = row->refusable = 0;
    return put_mass(deed->desk->store, row);
}

/* With the items themselves: either both are there after a crash, or none. */
struct fault *put_part(struct deed *deed, const struct use *use)
{
    (void)use;
    const struct mass_part *part = &deed->part;
    if (!part->row)
        return NULL;
    for (size_t i = 0; i < part->refusals_n; i++)
        TRY(put_mass_refusal(deed->desk->store, &part->refusals[i]));
    return put_mass(deed->desk->store, part->row);
}

/* The approvals rest on it: which list was rehearsed, and with what outcome. */
struct fault *record_rehearsal(struct deed *deed, const struct use *use)
{
    (void)use;
    struct row_mass *row;
    json_t *value = json_new(deed->arena);
    TRY(sql_mass_by_case(deed->desk->store, deed->arena, deed->work.id, &row));
    if (!row)
        return NULL;
    json_put(value, "digest", row->digest);
    json_put(value, "as_of", row->as_of);
    json_put_int(value, "items", row->items);
    json_put_int(value, "models", row->models);
    json_put_int(value, "makers", row->makers);
    json_put_int(value, "mails", row->mails);
    json_put_int(value, "refused", row->refusable);
    struct row_case_field field = {.case_id = deed->work.id,
                                   .field = STR("rehearsal"),
                                   .value = json_canonical(deed->arena, value),
                                   .step = str_of(deed->step->name)};
    return put_case_field(deed->desk->store, &field);
}

/* ---- an item */

/* What the register makes of the label it makes anew; the label itself stays as it is, so no past
 * of it begins, and nobody's clock moves. */
struct fault *re_page_label(struct deed *deed, const struct use *use)
{
    (void)use;
    if (!deed->about.label)
        return NULL;
    struct row_label_page row = {.label = deed->work.label, .seq = deed->seq};
    deed->publishes = true;
    return put_label_page(deed->desk->store, &row);
}
