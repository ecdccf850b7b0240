/* file_many.c: one form filed for many labels in one act: each its own case, entry and savepoint.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/many.h"

#include "base/json.h"
#include "desk/act.h"
#include "desk/deed.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { ONE_BYTES_MAX = 64 << 20 };

static const struct {
    const char *asked; /* what the same again is known by */
    bool all_or_none;
} sorts[] = {[MANY_EXTENSIONS] = {"extend", false}, [MANY_SUCCESSIONS] = {"succeed", true}};

struct many {
    const struct many_request *request;
    struct many_answer *answers;
    struct str files;      /* as one text: of the same request they are the same */
    struct arena *scratch; /* of one label at a time */
};

/* The key of the whole and the label's number make the key of each: asked again, what was filed is
 * found, and what was refused is tried again. */
static struct str key_of(const struct many *many, struct str number)
{
    const struct many_request *request = many->request;
    if (!request->idempotency_key.bytes)
        return STR_NONE;
    struct hash hash = hash_of(
        str_print(many->scratch, "%.*s %.*s", STR_F(request->idempotency_key), STR_F(number)));
    return hash_hex(many->scratch, &hash);
}

static struct str files_told(struct arena *arena, const struct many_request *request)
{
    struct str told = request->party;
    for (size_t i = 0; i < request->files_n; i++)
        told = str_print(arena, "%.*s\n%.*s/%.*s/%.*s", STR_F(told),
                         STR_F(request->files[i].field), STR_F(request->files[i].name),
                         STR_F(hash_hex(arena, &request->files[i].digest)));
    return told;
}

/* 4.3.1-1: an extension is by the label's own route. */
static struct fault *procedure_for(struct desk *desk, const struct many *many, struct str number,
                                   struct str *out)
{
    struct row_label *label;
    *out = STR("succession");
    if (many->request->sort == MANY_SUCCESSIONS)
        return NULL;
    TRY(sql_label_by_number(desk->store, many->scratch, number, &label));
    *out = label && str_is(label->route, "certified") ? STR("extend-certified")
                                                      : STR("extend-self-declared");
    return NULL;
}

static struct fault *open_one(struct desk *desk, const struct many *many, struct str number,
                              struct str *case_id)
{
    struct case_request opening = {
        .label = number, .party = many->request->party, .who = many->request->who};
    TRY(procedure_for(desk, many, number, &opening.procedure));
    return desk_open_act(desk, many->scratch, &opening, case_id);
}

/* Each case has files of its own, of the same bytes. */
static struct fault *file_one(struct desk *desk, const struct many *many, struct str number,
                              struct str *case_id, bool *repeated)
{
    const struct many_request *request = many->request;
    struct arena *arena = many->scratch;
    struct row_idempotency *again;
    struct step_answer answer;
    struct act act = {.name = "step"};
    struct str key = key_of(many, number);
    act.asked = request_digest(arena, sorts[request->sort].asked, number, many->files,
                               request->fields, 0);
    TRY(idempotency_find(desk, arena, request->who->account, key, act.asked, &again));
    if (again) {
        *case_id = again->case_id;
        *repeated = true;
        return NULL;
    }
    TRY(open_one(desk, many, number, case_id));
    struct step_request step = {.case_id = *case_id,
                                .step = STR("apply"),
                                .expected_version = -1,
                                .idempotency_key = key,
                                .who = request->who};
    TRY(desk_attach_open(desk, arena, request->who, *case_id, request->files, request->files_n,
                         request->fields, &step.fields));
    return desk_take_act(desk, arena, &step, &act, &answer);
}

static struct fault *fault_kept(struct arena *arena, const struct fault *fault)
{
    struct fault *kept = FAULT(arena, fault->code, "%.*s", STR_F(fault->detail));
    kept->clause = fault->clause;
    kept->guard = fault->guard;
    kept->concerns = str_copy(arena, fault->concerns);
    if (fault->next)
        kept->next = fault_kept(arena, fault->next);
    return kept;
}

/* A condition that reads nothing but what was filled in, and the day. */
static bool reads_the_form(const struct rulebook *book, const char *guard)
{
    const struct guard_row *row = guard_row_of(book, guard);
    for (size_t i = 0; row && i < row->reads.n; i++) {
        int fact = book->ids[row->reads.first + i];
        if (!book->facts[fact].field && fact != FACT_TODAY)
            return false;
    }
    return row != NULL;
}

/* What is wrong with the form, or with who files, is so for every label. */
static bool is_of_all(const struct rulebook *book, const struct fault *fault)
{
    if (fault->guard)
        return reads_the_form(book, fault->guard);
    return str_starts(fault->concerns, "/") && !str_is(fault->concerns, "/label");
}

static struct fault *try_one(struct desk *desk, struct arena *arena, const struct many *many,
                             size_t i)
{
    struct many_answer *answer = &many->answers[i];
    struct str case_id = STR_NONE;
    *answer = (struct many_answer){0};
    TRY(store_savepoint(desk->store, arena));
    struct fault *fault =
        file_one(desk, many, many->request->labels[i], &case_id, &answer->repeated);
    if (!fault) {
        answer->case_id = str_copy(arena, case_id);
        return store_release(desk->store, arena);
    }
    answer->fault = fault_kept(arena, fault);
    journal_abandon(desk->store);
    store_rollback_to(desk->store);
    return fault_is_of_engine(fault) ? answer->fault : NULL;
}

static struct fault *none_filed(struct arena *arena, const struct many *many, size_t refused)
{
    for (size_t i = 0; i < many->request->n; i++)
        many->answers[i].case_id = STR_NONE;
    return FAULT(arena, "none-filed", "%zu of %zu labels are refused", refused, many->request->n);
}

static struct fault *file_all(struct desk *desk, struct arena *arena, void *whom)
{
    const struct many *many = whom;
    bool all_or_none = sorts[many->request->sort].all_or_none;
    size_t refused = 0;
    for (size_t i = 0; i < many->request->n; i++) {
        TRY(try_one(desk, arena, many, i));
        arena_reset(many->scratch);
        struct fault *fault = many->answers[i].fault;
        if (fault && all_or_none && is_of_all(desk->book, fault))
            return fault;
        refused += fault != NULL;
    }
    return refused && all_or_none ? none_filed(arena, many, refused) : NULL;
}

struct fault *desk_file_many(struct desk *desk, struct arena *arena,
                             const struct many_request *request, struct many_answer *answers)
{
    if (request->n == 0 || request->n > MANY_MAX) {
        struct fault *fault =
            FAULT(arena, request->n ? "field-too-many" : "field-missing", "1 to %d labels",
                  MANY_MAX);
        fault->concerns = STR("/labels");
        return fault;
    }
    struct many many = {request, answers, files_told(arena, request), arena_new(ONE_BYTES_MAX)};
    if (!many.scratch)
        BUG("no memory for the applications");
    struct fault *fault = desk_write(desk, arena, file_all, &many);
    arena_free(many.scratch);
    if (fault && !fault_is_of_engine(fault) && request->drop)
        request->drop(request->whom);
    return fault;
}
