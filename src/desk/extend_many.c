/* extend_many.c: extensions of many labels in one act: each its own case, entry and savepoint.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/act.h"
#include "desk/deed.h"
#include "desk/renewal.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { ONE_BYTES_MAX = 64 << 20 };

struct extending {
    const struct extension_request *request;
    struct extension_answer *answers;
    struct arena *scratch; /* of one label at a time */
};

/* The key of the whole and the label's number make the key of each: asked again, what was filed is
 * found, and what was refused is tried again. */
static struct str key_of(const struct extending *extending, struct str number)
{
    const struct extension_request *request = extending->request;
    if (!request->idempotency_key.bytes)
        return STR_NONE;
    struct hash hash = hash_of(
        str_print(extending->scratch, "%.*s %.*s", STR_F(request->idempotency_key), STR_F(number)));
    return hash_hex(extending->scratch, &hash);
}

static struct fault *extend_one(struct desk *desk, const struct extending *extending,
                                struct str number, struct str *case_id, bool *repeated)
{
    const struct extension_request *request = extending->request;
    struct arena *arena = extending->scratch;
    struct row_idempotency *again;
    struct row_label *label;
    struct step_answer answer;
    struct act act = {.name = "step"};
    struct str key = key_of(extending, number),
               digest = request_digest(arena, "extend", number, STR_NONE, request->fields, 0);
    TRY(idempotency_find(desk, arena, request->who->account, key, digest, &again));
    if (again) {
        *case_id = again->case_id;
        *repeated = true;
        return NULL;
    }
    TRY(sql_label_by_number(desk->store, arena, number, &label));
    struct case_request opening = {.procedure = label && str_is(label->route, "certified")
                                                    ? STR("extend-certified")
                                                    : STR("extend-self-declared"),
                                   .label = number,
                                   .who = request->who};
    TRY(desk_open_act(desk, arena, &opening, case_id));
    struct step_request step = {.case_id = *case_id,
                                .step = STR("apply"),
                                .fields = request->fields,
                                .expected_version = -1,
                                .idempotency_key = key,
                                .who = request->who};
    act.asked = digest;
    return desk_take_act(desk, arena, &step, &act, &answer);
}

static struct fault *fault_kept(struct arena *arena, const struct fault *fault)
{
    struct fault *kept = FAULT(arena, fault->code, "%.*s", STR_F(fault->detail));
    kept->clause = fault->clause;
    kept->guard = fault->guard;
    kept->concerns = str_copy(arena, fault->concerns);
    return kept;
}

static struct fault *extend_all(struct desk *desk, struct arena *arena, void *whom)
{
    struct extending *extending = whom;
    for (size_t i = 0; i < extending->request->n; i++) {
        struct extension_answer *answer = &extending->answers[i];
        struct str case_id = STR_NONE;
        *answer = (struct extension_answer){0};
        TRY(store_savepoint(desk->store, arena));
        struct fault *fault =
            extend_one(desk, extending, extending->request->labels[i], &case_id, &answer->repeated);
        if (!fault) {
            answer->case_id = str_copy(arena, case_id);
            TRY(store_release(desk->store, arena));
        } else {
            answer->fault = fault_kept(arena, fault);
            journal_abandon(desk->store);
            store_rollback_to(desk->store);
            if (fault_is_of_engine(fault))
                return answer->fault;
        }
        arena_reset(extending->scratch);
    }
    return NULL;
}

struct fault *desk_extend_labels(struct desk *desk, struct arena *arena,
                                 const struct extension_request *request,
                                 struct extension_answer *answers)
{
    if (request->n == 0 || request->n > EXTENSIONS_MAX) {
        struct fault *fault = FAULT(arena, request->n ? "field-too-many" : "field-missing",
                                    "1 to %d labels", EXTENSIONS_MAX);
        fault->concerns = STR("/labels");
        return fault;
    }
    struct extending extending = {request, answers, arena_new(ONE_BYTES_MAX)};
    if (!extending.scratch)
        BUG("no memory for the extensions");
    struct fault *fault = desk_write(desk, arena, extend_all, &extending);
    arena_free(extending.scratch);
    return fault;
}
