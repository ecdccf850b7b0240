/* facts_mass.c: a mass action and its items, as the judge may know them.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/deed.h"
#include "desk/mass.h"
#include "rule/facts.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { MS_AN_HOUR = 3600000 };

static bool is_mass(const struct deed *deed)
{
    return str_is(str_of(deed->procedure->subject), "mass");
}

/* What both have approved is what an item is told, or corrected to; why is what was wrong. */
void deed_take_mass(struct deed *deed)
{
    const struct mass_turn *mass = deed->who->mass;
    const char *name;
    json_t *value;
    if (!mass || !deed->who->machine)
        return;
    json_object_foreach((json_t *)mass->fields, name, value)
        json_put_json(deed->filled, name, value);
    json_put(deed->filled, "correction-wrong", json_get(mass->fields, "mass-purpose"));
}

static bool has_any(const json_t *filled, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (json_object_get(filled, names[i]))
            return true;
    return false;
}

static bool is_whole(const json_t *filled)
{
    static const char *const corrected[] = {"support-end",  "policy-url", "product-url",
                                            "user-contact", "user-mail",  "user-phone",
                                            "security-mail"};
    struct str kind = json_get(filled, "mass-kind");
    const struct mass_way *way = mass_way_of(kind);
    if (!way)
        return false;
    if (way->tells_makers)
        return json_object_get(filled, "mass-message");
    if (str_is(kind, "correct"))
        return has_any(filled, corrected, sizeof corrected / sizeof *corrected);
    return way->by == ROLE_MASS_RUN || json_get(filled, "reasons").bytes;
}

/* Once for what this request fills in. */
static struct fault *find(struct deed *deed)
{
    struct mass_terms terms;
    struct mass_found *found = NEW(deed->arena, struct mass_found);
    if (deed->found && deed->found_by == deed->fields)
        return NULL;
    TRY(mass_terms_of(deed->desk, deed->arena, deed->filled, deed->today, &terms));
    TRY(mass_find(deed->desk, deed->arena, &terms, found));
    deed->found = found;
    deed->found_by = deed->fields;
    return NULL;
}

/* The part after `n` items is due so many milliseconds after the first: each instant is its own. */
static int64_t part_due(int64_t begun, int64_t n)
{
    return begun ? begun + n / MASS_PART : 0;
}

static void know_times(struct deed *deed, const struct row_mass *row)
{
    struct facts *facts = &deed->facts;
    struct day day;
    int64_t parts = (row->items + MASS_PART - 1) / MASS_PART;
    bool approved = deed->state == STATE_MASS_SCHEDULED || deed->state == STATE_MASS_RUNNING;
    if (approved && day_parse(json_get(deed->filled, "effective-day"), &day))
        facts->mass_effective_at =
            day_begins(day) + json_get_int(deed->filled, "effective-hour", 0) * MS_AN_HOUR;
    if (deed->state == STATE_MASS_REHEARSING && row->rehearsed < row->items)
        facts->mass_rehearses_at = part_due(row->begun, row->rehearsed);
    else if (deed->state == STATE_MASS_REHEARSING)
        facts->mass_rehearsed_at = row->begun + parts;
    if (approved && row->run < row->items)
        facts->mass_runs_at = part_due(facts->mass_effective_at, row->run);
    else if (approved && facts->mass_effective_at)
        facts->mass_finished_at = facts->mass_effective_at + parts;
}

/* The same search once more, where an approval will ask: as of the same day. */
static struct fault *know_preview(struct deed *deed, const struct row_mass *row)
{
    struct mass_terms terms;
    struct mass_found found;
    struct day as_of;
    deed->facts.preview_signed = row->digest;
    if ((deed->state != STATE_MASS_REHEARSED && deed->state != STATE_APPROVED) ||
        !day_parse(row->as_of, &as_of))
        return NULL;
    if (!deed->about.preview_now.bytes) {
        TRY(mass_terms_of(deed->desk, deed->arena, deed->filled, as_of, &terms));
        TRY(mass_find(deed->desk, deed->arena, &terms, &found));
        deed->about.preview_now = hash_hex(deed->arena, &found.digest);
    }
    deed->facts.preview_now = deed->about.preview_now;
    return NULL;
}

static struct fault *load_action(struct deed *deed)
{
    struct facts *facts = &deed->facts;
    struct row_mass *row;
    bool draws_up = deed->step &&
                    (deed->state == STATE_START || deed->state == STATE_MASS_DRAWN_UP) &&
                    deed->fields && json_object_get(deed->fields, "mass-kind") &&
                    deed->step->to != STATE_START && deed->step->does.n;
    facts->mass_whole = is_whole(deed->filled);
    str_int(setting_of(&deed->setting, "mass-items-most"), &facts->mass_items_most);
    TRY(sql_mass_by_case(deed->desk->store, deed->arena, deed->work.id, &row));
    if (row) {
        bool rehearses = deed->state == STATE_MASS_REHEARSING;
        facts->mass_items = row->items;
        facts->mass_failed = rehearses ? row->refusable : row->failed;
        facts->mass_done = row->run - row->failed;
        know_times(deed, row);
        TRY(know_preview(deed, row));
    }
    if (!draws_up)
        return NULL;
    TRY(find(deed));
    facts->mass_items = (int64_t)deed->found->n;
    return NULL;
}

struct fault *deed_load_mass(struct deed *deed)
{
    const struct mass_turn *mass = deed->who->mass;
    if (mass) {
        deed->facts.mass_approved = mass->approved;
        deed->facts.mass_of_maker = mass->of_maker;
    }
    return is_mass(deed) ? load_action(deed) : NULL;
}
