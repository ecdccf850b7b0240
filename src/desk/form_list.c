/* form_list.c: the checklist of a criteria edition, and files of the case.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/form_part.h"
#include "desk/tidy.h"

#include "base/banned.h"

static bool names_a_file(struct check *check, const struct field_row *field, const json_t *id,
                         const char *pointer)
{
    if (json_is_string(id) && words_have(check->setting->files, json_text(id)))
        return true;
    check_wrong(check, field, "field-no-such-file", "%s", pointer);
    return false;
}

static void check_members(struct check *check, const struct field_row *field, const json_t *line,
                          size_t i)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)line, name, value)
    {
        struct str n = str_of(name);
        if (!str_is(n, "id") && !str_is(n, "result") && !str_is(n, "evidence") &&
            !str_is(n, "file"))
            check_wrong(check, field, "field-unknown", "/%s/%zu/%.*s", field->name, i,
                        STR_F(name_shown(name)));
    }
}

/* Criteria are answered from one list of the rule book, whatever the field. */
static int answers(const struct check *check, const struct field_row *field)
{
    for (size_t i = 1; !field->list && i < check->book->lists_n; i++)
        if (str_is(str_of(check->book->lists[i].name), "answer"))
            return (int)i;
    return field->list;
}

/* What is left empty is not a fault of the form: the judge refuses where it matters (4.1.2-1). */
static json_t *check_line(struct check *check, const struct field_row *field, const json_t *line,
                          size_t i)
{
    json_t *out = json_new(check->arena);
    json_put(out, "id", json_get(line, "id"));
    struct str result = json_get(line, "result"), evidence;
    if (result.bytes) {
        if (!list_has(check->book, answers(check, field), result))
            check_wrong(check, field, "field-not-listed", "/%s/%zu/result", field->name, i);
        json_put(out, "result", result);
    }
    const json_t *file = json_object_get(line, "file");
    if (json_get(line, "evidence").bytes &&
        check_part(check, field, json_object_get(line, "evidence"), true, FORM_EVIDENCE_POINTS_MAX,
                   &evidence, "/%s/%zu/evidence", field->name, i))
        json_put(out, "evidence", evidence);
    if (json_text(file).bytes &&
        names_a_file(check, field, file,
                     str_z(check->arena, str_print(check->arena, "/%s/%zu/file", field->name, i))))
        json_put(out, "file", json_text(file));
    return out;
}

json_t *check_checklist(struct check *check, const struct field_row *field, const json_t *value)
{
    if (!json_is_array(value)) {
        check_wrong(check, field, "field-malformed", "/%s", field->name);
        return NULL;
    }
    struct words criteria = check->setting->criteria;
    bool *seen = NEW_ARRAY(check->arena, criteria.n + 1, bool);
    json_t *out = json_new_list(check->arena), *line;
    size_t i, wrong = check->faults_n;
    json_array_foreach((json_t *)value, i, line)
    {
        size_t at = 0;
        while (at < criteria.n && !str_eq(criteria.at[at], json_get(line, "id")))
            at++;
        if (!json_is_object(line) || at == criteria.n) {
            check_wrong(check, field, "field-not-listed", "/%s/%zu/id", field->name, i);
            continue;
        }
        if (seen[at])
            check_wrong(check, field, "field-twice", "/%s/%zu/id", field->name, i);
        seen[at] = true;
        check_members(check, field, line, i);
        json_add(out, check_line(check, field, line, i));
    }
    return wrong == check->faults_n ? out : NULL;
}

/* A remark on each of the criteria that it concerns: findings, say, and what answers them. Criteria
 * without one are left out; it must concern at least one. */
json_t *check_by_criterion(struct check *check, const struct field_row *field, const json_t *value)
{
    const json_t *lines = check_checklist(check, field, value);
    json_t *out = json_new_list(check->arena), *line;
    size_t i, wrong = check->faults_n;
    if (!lines)
        return NULL;
    json_array_foreach((json_t *)lines, i, line)
    {
        if (json_get(line, "result").bytes)
            check_wrong(check, field, "field-unknown", "/%s/%zu/result", field->name, i);
        if (json_get(line, "evidence").bytes)
            json_add(out, line);
    }
    if (!json_array_size(out) && wrong == check->faults_n)
        check_wrong(check, field, "field-missing", "/%s", field->name);
    return wrong == check->faults_n ? out : NULL;
}

json_t *check_file(struct check *check, const struct field_row *field, const json_t *value)
{
    json_t *out = json_new_list(check->arena), *one;
    if (json_is_string(value)) {
        json_add_str(out, json_text(value));
        value = out;
        out = json_new_list(check->arena);
    }
    size_t i, wrong = check->faults_n;
    if (!json_is_array(value))
        check_wrong(check, field, "field-malformed", "/%s", field->name);
    json_array_foreach((json_t *)value, i, one)
    {
        struct str pointer = str_print(check->arena, "/%s/%zu", field->name, i);
        if (names_a_file(check, field, one, str_z(check->arena, pointer)))
            json_add_str(out, json_text(one));
    }
    return wrong == check->faults_n ? out : NULL;
}
