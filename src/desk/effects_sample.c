/* effects_sample.c: the draw of a planned sample, what it opens, and what is published of
 * it: 4.6.3. SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/deed.h"
#include "desk/draw.h"
#include "store/journal_read.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static struct fault *keep(struct deed *deed, const char *field, struct json_t *value)
{
    struct row_case_field row = {.case_id = deed->work.id,
                                 .field = str_of(field),
                                 .value = json_canonical(deed->arena, value),
                                 .step = str_of(deed->step->name)};
    json_put_json(deed->filled, field, value);
    return put_case_field(deed->desk->store, &row);
}

/* The labels in force on the day, of the level that the plan names. */
static struct fault *population_of(struct deed *deed, struct str day, struct words *out)
{
    struct sql_labels_in_force_row *rows;
    size_t n;
    TRY(sql_labels_in_force(deed->desk->store, deed->arena, day,
                            json_get_int(deed->filled, "sample-level", 0), &rows, &n));
    struct str *numbers = NEW_ARRAY(deed->arena, n + 1, struct str);
    for (size_t i = 0; i < n; i++)
        numbers[i] = rows[i].number;
    *out = (struct words){numbers, n};
    return NULL;
}

static struct str in_lines(struct arena *arena, struct words words)
{
    struct str text = STR_NONE;
    for (size_t i = 0; i < words.n; i++)
        text = str_print(arena, "%.*s%s%.*s", STR_F(text), i ? "\n" : "", STR_F(words.at[i]));
    return text;
}

/* The seed is the hash of the last entry before this one. The population is that of the day before
 * the one on which the clock really draws: what is done on that day does not bear on it. */
struct fault *draw_sample(struct deed *deed, const struct use *use)
{
    (void)use;
    struct head head;
    struct words population, drawn;
    char room[11];
    json_t *all = json_new(deed->arena), *value;
    const char *name;
    struct str day =
        str_copy(deed->arena, day_print(day_plus(day_of_instant(deed->now), -1), room));
    TRY(journal_head(deed->desk->store, deed->arena, &head));
    TRY(population_of(deed, day, &population));
    struct str seed = hash_hex(deed->arena, &head.hash);
    struct hash digest = draw_population_digest(deed->arena, population);
    drawn = draw_of(deed->arena, seed, population,
                    (size_t)json_get_int(deed->filled, "sample-size", 0));
    json_put(all, "sample-seed", seed);
    json_put_int(all, "sample-entry", head.seq);
    json_put(all, "sample-on", day);
    json_put_int(all, "sample-population", (int64_t)population.n);
    json_put(all, "sample-digest", hash_hex(deed->arena, &digest));
    json_put(all, "sample-labels", in_lines(deed->arena, drawn));
    json_object_foreach(all, name, value) TRY(keep(deed, name, value));
    return NULL;
}

/* `then` opens a surveillance on each. */
struct fault *open_on_sample(struct deed *deed, const struct use *use)
{
    (void)use;
    deed->opens_chosen = true;
    if (json_object_get(deed->filled, "sample-labels")) /* given facts have drawn nothing */
        deed->opens_on = deed->facts.drawn_labels;
    return NULL;
}

/* With what anyone needs to draw again. Of what was found it says nothing. */
static json_t *detail_of(const struct deed *deed)
{
    static const char *const members[] = {"seed", "on", "digest"};
    json_t *detail = json_new(deed->arena);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        json_put(detail, members[i],
                 json_get(deed->filled,
                          str_z(deed->arena, str_print(deed->arena, "sample-%s", members[i]))));
    json_put_int(detail, "population", json_get_int(deed->filled, "sample-population", 0));
    json_put_int(detail, "size", json_get_int(deed->filled, "sample-size", 0));
    int64_t level = json_get_int(deed->filled, "sample-level", 0);
    if (level)
        json_put_int(detail, "of-level", level);
    return detail;
}

struct fault *publish_draw(struct deed *deed, const struct use *use)
{
    (void)use;
    struct str own = deed->work.label;
    const char *kind = deed->verdict.to == STATE_SAMPLE_DISCARDED ? "drawn-unused" : "drawn";
    for (size_t i = 0; i < deed->facts.drawn_labels.n; i++) {
        deed->work.label = deed->facts.drawn_labels.at[i];
        TRY(label_note(deed, kind, deed->today, detail_of(deed)));
    }
    deed->work.label = own;
    return NULL;
}
