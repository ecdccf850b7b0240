/* api_mass.c: of a mass action: what it is about, and how far it has come.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/api_part.h"

#include "base/banned.h"

enum { MASS_REFUSALS_MAX = 1000 };

struct fault *call_put_course(struct call *call, json_t *object, struct str case_id)
{
    struct row_mass *row;
    struct row_mass_refusal *refusals;
    size_t n;
    json_t *mass = json_new(call->arena), *refused = json_new_list(call->arena);
    TRY(sql_mass_by_case(call->web->store, call->arena, case_id, &row));
    if (!row)
        return NULL;
    struct str phase = row->run ? STR("run") : STR("rehearsal");
    TRY(sql_mass_refusals(call->web->store, call->arena, case_id, phase, MASS_REFUSALS_MAX,
                          &refusals, &n));
    for (size_t i = 0; i < n; i++) {
        json_t *one = json_new(call->arena);
        json_put(one, "label", refusals[i].label);
        json_put(one, "code", refusals[i].code);
        json_put(one, "guard", refusals[i].guard);
        json_put(one, "clause", refusals[i].clause);
        json_add(refused, one);
    }
    json_put(mass, "kind", row->kind);
    json_put(mass, "digest", row->digest);
    json_put(mass, "as_of", row->as_of);
    json_put_int(mass, "labels", row->items);
    json_put_int(mass, "models", row->models);
    json_put_int(mass, "registrants", row->makers);
    json_put_int(mass, "mails", row->mails);
    json_put_int(mass, "rehearsed", row->rehearsed);
    json_put_int(mass, "would_be_refused", row->refusable);
    json_put_int(mass, "run", row->run);
    json_put_int(mass, "refused", row->failed);
    json_put_json(mass, "refusals", refused);
    json_put_json(object, "mass", mass);
    return NULL;
}
