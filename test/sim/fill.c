/* fill.c: forms filled in as people fill them in: mostly right.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/json.h"
#include "desk/sample.h"
#include "sim.h"
#include "store/files.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static struct words criteria_of(struct sim *sim, struct arena *arena, struct str edition)
{
    struct sql_criteria_ids_row *rows;
    size_t n;
    MUST(sql_criteria_ids(sim->desk.store, arena, edition, &rows, &n));
    struct str *ids = NEW_ARRAY(arena, n + 1, struct str);
    for (size_t i = 0; i < n; i++)
        ids[i] = rows[i].id;
    return (struct words){.at = ids, .n = n};
}

/* What a file of that field has in it: of a bill of materials, a component. */
static struct str content_of(struct arena *arena, const struct field_row *field)
{
    struct str text = confidential_text(arena, "made for the simulation");
    if (strcmp(field->name, "sbom") != 0)
        return text;
    return str_print(arena,
                     "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[{"
                     "\"type\":\"library\",\"name\":\"%.*s\",\"version\":\"1.0\"}]}",
                     STR_F(text));
}

/* A file of a few bytes, put on the case where the rules let it be; "" where they do not. */
static struct str attach(struct sim *sim, struct arena *arena, const struct actor *actor,
                         const struct row_casework *work, const struct field_row *field)
{
    struct file_writer *writer;
    struct hash digest;
    int64_t bytes;
    struct str id, text = content_of(arena, field);
    MUST(file_begin(arena, sim->desk.data_dir, &writer));
    MUST(file_add(writer, arena, text.at, text.bytes));
    MUST(file_end(writer, arena, &digest, &bytes));
    struct str name = str_print(arena, "%s-%zu.txt", CONFIDENTIAL, random_below(sim, 9));
    return desk_attach(&sim->desk, arena, &actor->who, work->id, name, STR("text/plain"), &digest,
                       bytes, &id)
               ? STR_NONE
               : id;
}

static struct str random_item(struct sim *sim, const struct field_row *field)
{
    struct range items = hoshi_rulebook.lists[field->list].items;
    size_t which = random_chance(sim, 93) ? 0 : random_below(sim, items.n);
    return items.n ? str_of(hoshi_rulebook.items[items.first + which].name) : STR_NONE;
}

static json_t *string_of(struct arena *arena, struct str text)
{
    json_t *list = json_new_list(arena);
    json_add_str(list, text);
    return json_array_get(list, 0);
}

static struct str random_day(struct sim *sim, struct arena *arena, const struct field_row *field)
{
    char room[11];
    struct day today = clock_today(&sim->clock);
    bool later = field->ahead_max.n && random_chance(sim, 20);
    int ahead = (int)random_below(sim, later ? 400 : 1);
    if (!strcmp(field->name, "shorter-end")) /* it is issued in some weeks */
        ahead = 200 + (int)random_below(sim, 400);
    return str_copy(arena, day_print(day_plus(today, ahead), room));
}

/* 2.2.2-1: the amount by the tariff, where there is one. */
static int64_t fee_due(struct sim *sim, struct arena *arena, const struct row_casework *work)
{
    struct row_case_field *rows;
    size_t n;
    int64_t yen = 0;
    MUST(sql_case_fields(sim->desk.store, arena, work->id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].field, "fee-due"))
            str_int(rows[i].value, &yen);
    return yen;
}

/* What is published nowhere carries the mark, where it has room for it. */
static void put_confidential(const struct sim *sim, struct arena *arena, json_t *own, 
                             const struct field_row *field)
{
    struct str text = confidential_text(arena, field->name);
    json_t *both;
    if (is_published(sim, field) || field->max < (int64_t)text.bytes)
        return;
    switch (field->sort) {
    case FIELD_TEXT:
    case FIELD_LINES:
        json_put(own, field->name, text);
        break;
    case FIELD_EMAIL:
        json_put(own, field->name, STR(CONFIDENTIAL "@mihon.example"));
        break;
    case FIELD_JA_EN:
        both = json_new(arena);
        json_put(both, "ja", text);
        json_put(both, "en", text);
        json_put_json(own, field->name, both);
        break;
    default:
        break;
    }
}

static void fill_one(struct sim *sim, struct arena *arena, const struct actor *actor,
                     const struct row_casework *work, json_t *own, const struct field_row *field)
{
    json_t *list;
    struct str file;
    switch (field->sort) {
    case FIELD_ONE_OF:
        json_put(own, field->name, random_item(sim, field));
        break;
    case FIELD_DAY:
        json_put(own, field->name, random_day(sim, arena, field));
        break;
    case FIELD_YESNO:
        json_put_bool(own, field->name, random_chance(sim, 80));
        break;
    case FIELD_FILE:
        file = attach(sim, arena, actor, work, field);
        list = json_new_list(arena);
        if (file.bytes)
            json_add_str(list, file);
        json_put_json(own, field->name, list);
        break;
    case FIELD_MODELS:
        list = json_new_list(arena);
        for (size_t i = 0, n = 1 + random_below(sim, 4); i < n; i++)
            json_add(list, string_of(arena, str_print(arena, "M%zu-%zu", random_below(sim, 900),
                                                      i)));
        json_put_json(own, field->name, list);
        break;
    default:
        put_confidential(sim, arena, own, field);
        break;
    }
}

/* Mostly one that can be named: an Evaluation Facility. */
static struct str facility_named(struct sim *sim)
{
    const struct actor *facility = people_any(sim, random_chance(sim, 96));
    return facility ? facility->of_party : STR_NONE;
}

/* 6.1-2: those registered for the facility of the case. */
static json_t *evaluators_of(struct sim *sim, struct arena *arena, const struct row_casework *work)
{
    struct row_thing *things;
    size_t n;
    json_t *out = json_new_list(arena);
    MUST(sql_things_of_party(sim->desk.store, arena, work->facility, &things, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(things[i].kind, "evaluator") && !things[i].to_day.bytes)
            json_add_str(out, things[i].word);
    return out;
}

json_t *fill_whole(struct sim *sim, struct arena *arena, const struct actor *actor,
                   const struct row_casework *work, const struct step_row *step, json_t *own)
{
    struct range parts = hoshi_rulebook.forms[step->form].fields;
    for (size_t i = 0; i < parts.n; i++) {
        const struct form_field *part = &hoshi_rulebook.form_fields[parts.first + i];
        const struct field_row *field = &hoshi_rulebook.fields[part->field];
        if (part->must && field->sort == FIELD_FILE)
            fill_one(sim, arena, actor, work, own, field);
    }
    return sample_fields(&hoshi_rulebook, arena, step->form, clock_today(&sim->clock),
                         criteria_of(sim, arena, work->edition), own);
}

json_t *fill_form(struct sim *sim, struct arena *arena, const struct actor *actor,
                  const struct row_casework *work, const struct step_row *step)
{
    const struct rulebook *book = &hoshi_rulebook;
    json_t *own = json_new(arena);
    struct range parts = book->forms[step->form].fields;
    for (size_t i = 0; i < parts.n; i++) {
        const struct form_field *part = &book->form_fields[parts.first + i];
        const struct field_row *field = &book->fields[part->field];
        bool wanted = part->must || !strcmp(field->name, "facility") ||
                      str_starts(str_of(field->name), "consent");
        if (!random_chance(sim, wanted ? 99 : 15))
            continue;
        if (!strcmp(field->name, "facility"))
            json_put(own, field->name, facility_named(sim));
        else if (!strcmp(field->name, "evaluators") && random_chance(sim, 97))
            json_put_json(own, field->name, evaluators_of(sim, arena, work));
        else if (!strcmp(field->name, "fee-kind"))
            json_put(own, field->name, fee_due(sim, arena, work) ? STR("paid") : STR("waived"));
        else if (!strcmp(field->name, "fee-amount"))
            json_put_int(own, field->name, fee_due(sim, arena, work));
        else
            fill_one(sim, arena, actor, work, own, field);
    }
    return sample_fields(book, arena, step->form, clock_today(&sim->clock),
                         criteria_of(sim, arena, work->edition), own);
}
