/* case_rounds.c: what was filled in version by version, and what an application on a label says of
 * the product against the last decision.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/json.h"
#include "desk/information.h"
#include "web/case_view.h"

#include "base/banned.h"

/* 6.5-5: what another facility filled in before stays between it and the body. */
static struct fault *load_versions(struct visit *visit, struct case_view *view)
{
    size_t n, first = 0;
    TRY(sql_case_versions(visit->web->store, visit->arena, view->work->id, &view->versions, &n));
    for (size_t i = 0; i < n && !visit->staff; i++)
        if (str_is(view->versions[i].step, "replace-facility"))
            first = i + 1;
    view->versions += first;
    view->versions_n = n - first;
    return NULL;
}

static bool is_among(const json_t *differences, const char *item)
{
    for (size_t i = 0; i < json_array_size(differences); i++)
        if (str_is(json_get(json_array_get(differences, i), "item"), item))
            return true;
    return false;
}

/* Contacts of the registrant are no product information. */
static bool is_contact(const char *item)
{
    return strncmp(item, "user-", 5) == 0 || strcmp(item, "security-mail") == 0;
}

static struct fault *compare(struct visit *visit, struct case_view *view)
{
    json_t *before, *value;
    const char *name;
    bool whole = json_object_get(view->values, "models");
    bool change = json_object_get(view->values, "change-text") &&
                  !visit->web->book->states[view->state].final; /* decided, it is as it says */
    if (!view->work->registrant.bytes || (!whole && !change))
        return NULL;
    TRY(information_load(visit->web->store, visit->arena, view->work->label, &before));
    if (!before)
        return NULL;
    const json_t *after = information_with(visit->arena, before, view->values);
    const json_t *differences = information_differences(visit->arena, before, after);
    json_object_foreach(before, name, value)
    {
        if (view->information_n == INFORMATION_LINES_MAX)
            continue;
        if (change ? !is_among(differences, name) : is_contact(name)) /* 4.7 shows what differs */
            continue;
        view->information[view->information_n++] = (struct information_line){
            name, value, json_object_get(after, name), !is_among(differences, name)};
    }
    return NULL;
}

struct fault *case_rounds_load(struct visit *visit, struct case_view *view)
{
    TRY(load_versions(visit, view));
    return compare(visit, view);
}

const json_t *version_value(const struct case_view *view, size_t at, struct arena *arena)
{
    json_t *list;
    struct str wrapped = str_print(arena, "[%.*s]", STR_F(view->versions[at].value));
    if (json_read(arena, wrapped, &list))
        return NULL;
    return json_array_get(list, 0);
}

bool version_is_shown(const struct visit *visit, const struct case_view *view,
                      const struct step_row *step)
{
    const struct rulebook *book = visit->web->book;
    bool shown = false;
    for (size_t i = 0; step && i < step->by.n; i++)
        shown = shown || book->ids[step->by.first + i] == ROLE_EVALUATION_FACILITY;
    for (size_t t = 0; step && t < step->tells.n; t++) {
        struct range to = book->tells[step->tells.first + t].to;
        for (size_t i = 0; i < to.n; i++)
            shown = shown || book->ids[to.first + i] == ROLE_EVALUATION_FACILITY;
    }
    return shown && view->facility_own;
}
