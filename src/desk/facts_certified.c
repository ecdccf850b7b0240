/* facts_certified.c: what the judge may know of an assessment: who takes part in it, and what
 * stands in its checklists, criterion by criterion (4.2).
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/deed.h"
#include "desk/information.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static const json_t *line_of(const json_t *lines, struct str criterion)
{
    for (size_t i = 0; i < json_array_size(lines); i++)
        if (str_eq(json_get(json_array_get(lines, i), "id"), criterion))
            return json_array_get(lines, i);
    return NULL;
}

static struct str result_of(const struct deed *deed, const char *field, struct str criterion)
{
    return json_get(line_of(json_object_get(deed->filled, field), criterion), "result");
}

/* 4.2.2-2: not applicable, or waived by rule: both need the reason. */
static bool is_exception(struct str result)
{
    return str_is(result, "not-applicable") || str_is(result, "waived");
}

static void load_lines(struct deed *deed)
{
    struct facts *facts = &deed->facts;
    const json_t *assessment = json_object_get(deed->filled, "assessment");
    for (size_t i = 0; i < deed->about.criteria.n; i++) {
        struct str id = deed->about.criteria.at[i];
        const json_t *line = line_of(assessment, id);
        struct str assessed = json_get(line, "result"), found = result_of(deed, "results", id);
        facts->lines_unassessed += assessed.bytes == 0;
        facts->lines_unjustified += is_exception(assessed) && !json_get(line, "evidence").bytes;
        facts->lines_unverified += found.bytes == 0;
        facts->lines_failed += found.bytes && !str_is(found, "conforms") && !is_exception(found);
    }
}

static void load_findings(struct deed *deed)
{
    const json_t *findings = json_object_get(deed->filled, "findings");
    const json_t *answers = json_object_get(deed->filled, "finding-answers");
    for (size_t i = 0; i < json_array_size(findings); i++) {
        const json_t *answer = line_of(answers, json_get(json_array_get(findings, i), "id"));
        deed->facts.findings_sent_n++;
        deed->facts.findings_unanswered += json_get(answer, "evidence").bytes == 0;
    }
}

static struct words evaluators(const struct deed *deed)
{
    const json_t *named = json_object_get(deed->filled, "evaluators");
    struct str *room = NEW_ARRAY(deed->arena, json_array_size(named) + 1, struct str);
    for (size_t i = 0; i < json_array_size(named); i++)
        room[i] = json_text(json_array_get(named, i));
    return (struct words){.at = room, .n = json_array_size(named)};
}

/* 4.2.2-1: the letter of acceptance leaves with the step that accepts. */
static struct day accepted_day(const struct deed *deed)
{
    struct day day = {0};
    for (size_t i = 0; i < deed->steps_n; i++)
        if (str_is(deed->steps[i].act, "step") && str_is(deed->steps[i].step, "accept"))
            day = day_of_instant(deed->steps[i].at);
    return day;
}

void deed_load_certified(struct deed *deed)
{
    struct facts *facts = &deed->facts;
    facts->about_no_label = deed->work.registrant.bytes == 0;
    facts->accepted_day = accepted_day(deed);
    facts->evaluators_named = evaluators(deed);
    if (!str_is(deed->work.entry, "file-recertification")) /* 4.3.6-1: nothing to be too late for */
        facts->recertification_end = (struct day){0};
    load_lines(deed);
    load_findings(deed);
}

/* ---- third submitters: 6.5-3 */

static struct fault *party_named(struct deed *deed, struct str name, const struct row_party **out)
{
    struct row_party *party;
    TRY(sql_party_by_corporate_number(deed->desk->store, deed->arena, name, &party));
    if (!party)
        TRY(sql_party_by_name(deed->desk->store, deed->arena, name, &party));
    *out = party;
    return NULL;
}

static struct fault *has_nda(struct deed *deed, struct str party, bool *out)
{
    struct row_thing *things;
    size_t n;
    TRY(sql_things_of_party(deed->desk->store, deed->arena, party, &things, &n));
    *out = false;
    for (size_t i = 0; i < n; i++)
        *out = *out || (str_is(things[i].kind, "nda") && thing_in_force(&things[i], deed->today));
    return NULL;
}

struct fault *deed_load_submitters(struct deed *deed)
{
    const json_t *named = json_object_get(deed->filled, "submitters");
    bool all = true;
    for (size_t i = 0; all && i < json_array_size(named); i++) {
        const struct row_party *party;
        TRY(party_named(deed, json_text(json_array_get(named, i)), &party));
        all = party != NULL;
        if (party)
            TRY(has_nda(deed, party->id, &all));
    }
    deed->facts.submitters_under_nda = all;
    return NULL;
}

/* ---- the product information against the last decided state: 4.5-1 */

/* By default all of the page but contacts of the registrant, which are none of the product. */
static bool is_compared(const struct deed *deed, struct str item)
{
    struct str rest = setting_of(&deed->setting, "compared-information");
    while (rest.bytes)
        if (str_eq(str_trim(str_cut(rest, ',', &rest)), item))
            return true;
    return false;
}

static bool differs(const struct deed *deed, const json_t *differences)
{
    for (size_t i = 0; i < json_array_size(differences); i++)
        if (is_compared(deed, json_get(json_array_get(differences, i), "item")))
            return true;
    return false;
}

/* Only an application on a label that says all of the product is compared. */
struct fault *deed_load_comparison(struct deed *deed)
{
    struct comparison *comparison = &deed->comparison;
    json_t *before;
    bool compared = deed->work.registrant.bytes && json_object_get(deed->filled, "models");
    if (compared && !(comparison->known && comparison->fields == deed->fields)) {
        TRY(information_load(deed->desk->store, deed->arena, deed->work.label, &before));
        json_t *after = information_with(deed->arena, before, deed->filled);
        bool changed =
            !before || differs(deed, information_differences(deed->arena, before, after));
        *comparison =
            (struct comparison){.known = true, .unchanged = !changed, .fields = deed->fields};
    }
    deed->facts.information_unchanged = compared && comparison->unchanged;
    return NULL;
}
