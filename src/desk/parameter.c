/* parameter.c: a change of a parameter: what the judge may know, and what its decision writes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A row begins on a day that is to come, so whoever reads parameters as of a day meets it when the
 * day has come: every process does. What was worked out before, and kept, is the instant of the
 * clock's next step on each case; where that depends on the parameter the clock works it out anew
 * at 0:00 of the day, a part of the cases in each transaction. */
#include "base/json.h"
#include "desk/deed.h"
#include "rule/facts.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { PART = 500 };

static int parameter_of(const struct deed *deed)
{
    return parameter_by_name(deed->desk->book, json_get(deed->filled, "parameter"));
}

static struct fault *load_times(struct deed *deed, struct str name, struct day day)
{
    struct facts *facts = &deed->facts;
    struct row_parameter *row;
    char room[11];
    int parameter = parameter_of(deed);
    int64_t parts = json_get_int(deed->filled, "parts-renewed", 0);
    TRY(sql_parameter_row(deed->desk->store, deed->arena, name, day_print(day, room), &row));
    if (!row || !str_eq(row->case_id, deed->work.id))
        facts->parameter_replaced_at = day_begins(day);
    else if (parameter_moves_alarms(deed->desk->book, parameter) &&
             !json_is_true(json_object_get(deed->filled, "all-renewed")))
        facts->parameter_renews_at = day_begins(day) + parts; /* each part at its own instant */
    else
        facts->parameter_begins_at = day_begins(day) + parts;
    return NULL;
}

struct fault *deed_load_parameter(struct deed *deed)
{
    const struct rulebook *book = deed->desk->book;
    struct str name = json_get(deed->filled, "parameter");
    struct row_parameter *row;
    struct day day;
    char room[11];
    int parameter = parameter_of(deed);
    if (!str_is(str_of(deed->procedure->subject), "parameter") || !parameter ||
        !day_parse(json_get(deed->filled, "parameter-from"), &day))
        return NULL;
    TRY(sql_parameter_as_of(deed->desk->store, deed->arena, name, day_print(day, room), &row));
    deed->facts.parameter_stands = row ? row->value : str_of(book->parameters[parameter].value);
    return deed->state == STATE_PARAMETER_SETTLED ? load_times(deed, name, day) : NULL;
}

struct fault *note_parameter(struct deed *deed, const struct use *use)
{
    (void)use;
    int parameter = parameter_of(deed);
    struct text text = deed->desk->book->parameters[parameter].text;
    if (!parameter) /* facts are given, and nothing is filled in */
        return NULL;
    deed->work.title_ja = str_of(text.ja);
    deed->work.title_en = str_of(text.en);
    return NULL;
}

/* Rows that have begun stay; one that has not gives its place to a later decision for its day. */
struct fault *set_parameter(struct deed *deed, const struct use *use)
{
    (void)use;
    int parameter = parameter_of(deed);
    struct row_parameter row = {.name = json_get(deed->filled, "parameter"),
                                .valid_from = json_get(deed->filled, "parameter-from"),
                                .value = json_get(deed->filled, "parameter-value"),
                                .clause = str_of(deed->desk->book->parameters[parameter].clause),
                                .approver = deed->who->person,
                                .note = json_get(deed->filled, "reasons"),
                                .case_id = deed->work.id};
    if (!parameter || !row.valid_from.bytes)
        return NULL;
    TRY(put_parameter(deed->desk->store, &row));
    setting_forget(deed->desk);
    return NULL;
}

static struct fault *note(struct deed *deed, const char *field, json_t *value)
{
    struct row_case_field row = {.case_id = deed->work.id,
                                 .field = str_of(field),
                                 .value = json_canonical(deed->arena, value),
                                 .step = str_of(deed->step->name)};
    return put_case_field(deed->desk->store, &row);
}

struct fault *renew_alarms(struct deed *deed, const struct use *use)
{
    (void)use;
    struct row_casework *rows;
    size_t n;
    int64_t parts = json_get_int(deed->filled, "parts-renewed", 0);
    if (!parameter_of(deed))
        return NULL;
    TRY(sql_clock_cases_after(deed->desk->store, deed->arena,
                              json_get(deed->filled, "renewed-to"), PART, &rows, &n));
    TRY(deed_renew_alarms_by(deed, parameter_of(deed), rows, n));
    deed->part.items = (int64_t)n; /* a transaction of its own */
    TRY(note(deed, "parts-renewed", json_new_int(deed->arena, parts + 1)));
    if (n < PART)
        return note(deed, "all-renewed", json_true());
    return note(deed, "renewed-to", json_new_str(deed->arena, rows[n - 1].id));
}
