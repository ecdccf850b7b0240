/* form_criteria.c: the criteria of an edition: number, Japanese, English.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/form_part.h"

#include "base/banned.h"

enum { ID_POINTS_MAX = 40, TEXT_POINTS_MAX = 2000 };

/* "S1.1-01 | 日本語 | English", or with tabs between, as it comes from a spreadsheet. */
static json_t *line_typed(struct check *check, struct str line)
{
    static const char *const names[] = {"id", "ja", "en"};
    json_t *out = json_new(check->arena);
    bool tabs = false;
    for (size_t i = 0; i < line.bytes; i++)
        tabs = tabs || line.at[i] == '\t';
    for (int i = 0; i < 3; i++) {
        struct str part = i < 2 ? str_cut(line, tabs ? '\t' : '|', &line) : line;
        json_put(out, names[i], str_trim(part));
    }
    return out;
}

static const json_t *lines_typed(struct check *check, const json_t *value)
{
    if (!json_is_string(value))
        return value;
    json_t *list = json_new_list(check->arena);
    for (struct str rest = json_text(value); rest.bytes;) {
        struct str line = str_trim(str_cut(rest, '\n', &rest));
        if (line.bytes)
            json_add(list, line_typed(check, line));
    }
    return list;
}

static bool is_there(const json_t *list, struct str id)
{
    size_t i;
    json_t *line;
    json_array_foreach((json_t *)list, i, line) if (str_eq(json_get(line, "id"), id)) return true;
    return false;
}

static void check_line(struct check *check, const struct field_row *field, const json_t *line,
                       size_t i, json_t *out)
{
    static const char *const names[] = {"id", "ja", "en"};
    json_t *stored = json_new(check->arena);
    size_t wrong = check->faults_n;
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)line, name, value)
    {
        struct str n = str_of(name);
        if (!str_is(n, "id") && !str_is(n, "ja") && !str_is(n, "en"))
            check_wrong(check, field, "field-unknown", "/%s/%zu/%.*s", field->name, i,
                        STR_F(name_shown(name)));
    }
    for (int k = 0; k < 3; k++) {
        struct str text;
        const json_t *part = json_object_get(line, names[k]);
        if (!json_text(part).bytes)
            check_wrong(check, field, "field-missing", "/%s/%zu/%s", field->name, i, names[k]);
        else if (check_part(check, field, part, false, k ? TEXT_POINTS_MAX : ID_POINTS_MAX, &text,
                            "/%s/%zu/%s", field->name, i, names[k]))
            json_put(stored, names[k], text);
    }
    if (is_there(out, json_get(stored, "id")))
        check_wrong(check, field, "field-twice", "/%s/%zu/id", field->name, i);
    if (wrong == check->faults_n)
        json_add(out, stored);
}

json_t *check_criteria(struct check *check, const struct field_row *field, const json_t *value)
{
    value = lines_typed(check, value);
    size_t n = json_array_size(value), i, wrong = check->faults_n;
    if (!json_is_array(value) || n > (size_t)field->max) {
        check_wrong(check, field, json_is_array(value) ? "field-too-many" : "field-malformed",
                    "/%s", field->name);
        return NULL;
    }
    json_t *out = json_new_list(check->arena), *line;
    json_array_foreach((json_t *)value, i, line)
    {
        if (json_is_object(line))
            check_line(check, field, line, i, out);
        else
            check_wrong(check, field, "field-malformed", "/%s/%zu", field->name, i);
    }
    return wrong == check->faults_n ? out : NULL;
}
