/* desk.c: the one writer: a step from its request to its answer.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/desk.h"

#include <string.h>

#include "base/json.h"
#include "desk/act.h"
#include "desk/deed.h"
#include "desk/form.h"
#include "store/seal.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static struct fault *words_of_files(struct deed *deed, struct words *out)
{
    struct row_case_file *rows;
    size_t n;
    TRY(sql_case_files(deed->desk->store, deed->arena, deed->work.id, &rows, &n));
    struct str *ids = NEW_ARRAY(deed->arena, n + 1, struct str);
    for (size_t i = 0; i < n; i++)
        ids[i] = rows[i].id;
    *out = (struct words){.at = ids, .n = n};
    return NULL;
}

/* What the step asks for, on top of what was filled in before; while it is a draft, a field given
 * as empty is taken off again. A step without a form takes no field. */
static struct fault *fill_in(struct deed *deed, const json_t *given)
{
    struct form_setting setting = {.today = deed->today, .criteria = deed->about.criteria,
                                   .empties = deed->state == STATE_START};
    TRY(words_of_files(deed, &setting.files));
    TRY(form_check(deed->desk->book, deed->arena, deed->step->form, given, &setting,
                   &deed->fields));
    const char *name;
    json_t *value;
    void *next;
    json_object_foreach_safe(deed->fields, next, name, value)
    {
        if (!json_is_null(value))
            json_put_json(deed->filled, name, value);
        else if (json_object_del(deed->filled, name)) /* it was empty before: nothing is done */
            json_object_del(deed->fields, name);
    }
    deed_leave_out(deed);
    return NULL;
}

static struct fault *check_version(struct deed *deed, int64_t expected)
{
    if (expected < 0 || expected == deed->work.version)
        return NULL;
    return FAULT(deed->arena, "version-differs", "case is at version %lld",
                 (long long)deed->work.version);
}

/* Facts, judgement, form, judgement again with the form: nothing is written yet. Facts are read
 * again where what they rest on has changed: the criteria that the form is checked by, by what it
 * names; then what is filled in. */
static struct fault *judge_deed(struct deed *deed, const json_t *given)
{
    const struct rulebook *book = deed->desk->book;
    struct str step = deed->step ? str_of(deed->step->name) : STR("?");
    TRY(deed_load_facts(deed));
    deed->verdict = judge_before_form(book, deed->procedure, step, deed->role, deed->state,
                                      &deed->facts);
    if (deed->verdict.kind != VERDICT_ALLOWED)
        return verdict_fault(deed->arena, &deed->verdict);
    TRY(deed_name(deed, given));
    bool named = !deed->about.known;
    if (named)
        TRY(deed_load_facts(deed));
    TRY(fill_in(deed, given));
    TRY(deed_read_bills(deed));
    if (json_object_size(deed->fields))
        TRY(deed_load_facts(deed));
    deed->verdict = judge(book, deed->procedure, step, deed->role, deed->state, &deed->facts);
    if (deed->verdict.kind != VERDICT_ALLOWED)
        return verdict_fault(deed->arena, &deed->verdict);
    return NULL;
}

static struct fault *put_fields(struct deed *deed)
{
    const char *name;
    json_t *value;
    json_object_foreach(deed->fields, name, value)
    {
        if (json_is_null(value)) {
            TRY(drop_case_field(deed->desk->store, deed->work.id, str_of(name)));
            continue;
        }
        struct row_case_field row = {.case_id = deed->work.id, .field = str_of(name),
                                     .value = json_canonical(deed->arena, value),
                                     .step = str_of(deed->step->name)};
        TRY(put_case_field(deed->desk->store, &row));
    }
    return NULL;
}

static struct fault *put_timeline(struct deed *deed, const char *act)
{
    const struct rulebook *book = deed->desk->book;
    struct row_case_step row = {.seq = deed->seq, .case_id = deed->work.id, .act = str_of(act),
                                .step = str_of(deed->step->name),
                                .from_state = str_of(book->states[deed->state].name),
                                .to_state = str_of(book->states[deed->verdict.to].name),
                                .person = deed->who->person,
                                .role = str_of(book->roles[deed->role].name), .at = deed->now,
                                .clause = str_of(deed->step->clause), .due = deed->who->due};
    return put_case_step(deed->desk->store, &row);
}

/* The narrow row: state, since, due, version; and what lists show of the product. */
static struct fault *put_state(struct deed *deed)
{
    struct row_casework *work = &deed->work;
    const json_t *product = json_object_get(deed->filled, "product");
    struct day due;
    char room[11];
    if (json_object_get(deed->fields, "product")) {
        work->title_ja = json_get(product, "ja");
        work->title_en = json_get(product, "en");
    }
    if (deed->state == STATE_START && deed->verdict.to != STATE_START)
        work->entry = str_of(deed->step->name);
    if (deed->verdict.to != deed->state) {
        TRY(due_of_state(deed->desk->store, deed->arena, &deed->setting, deed->procedure,
                         deed->verdict.to, deed->today, &due));
        work->state = str_of(deed->desk->book->states[deed->verdict.to].name);
        work->since = deed->now;
        work->due = str_copy(deed->arena, day_print(due, room));
    }
    work->version++;
    TRY(deed_set_alarm(deed));
    return put_casework(deed->desk->store, work);
}

static struct fault *put_idempotency_row(struct deed *deed, struct str key, struct str digest)
{
    if (key.bytes == 0)
        return NULL;
    struct row_idempotency row = {.account = deed->who->account, .key = key, .request = digest,
                                  .case_id = deed->work.id, .seq = deed->seq,
                                  .version = deed->work.version};
    if (deed->procedure->sealed) /* of what was asked of a sealed case nothing is to be guessed */
        TRY(seal_digest(deed->desk->store, deed->arena, digest, &row.request));
    return put_idempotency(deed->desk->store, &row);
}

/* The dated parameter under which another office than the usual one decided; "" for none. */
static struct str delegation_of(const struct deed *deed)
{
    const struct role_row *role = &deed->desk->book->roles[deed->role];
    bool other = role->sort == ROLE_SORT_DELEGATED &&
                 deed->standing.delegates[deed->role] != role->stands_for;
    return other ? str_print(deed->arena, "%s=%.*s", role->name,
                             STR_F(setting_of(&deed->setting, role->name)))
                 : STR_NONE;
}

static struct fault *begin_entry(struct deed *deed, const char *act, struct str key)
{
    struct arena *arena = deed->arena;
    struct str facts = facts_canonical(deed);
    struct hash facts_hash = hash_of(facts);
    struct str rulebook = {.at = (const char *)deed->desk->book->digest, .bytes = HASH_BYTES};
    struct entry entry = {
        .act = str_of(act), .case_id = deed->work.id, .procedure = deed->work.procedure,
        .step = str_of(deed->step->name), .clause = str_of(deed->step->clause),
        .actor = deed->who->person, .role = str_of(deed->desk->book->roles[deed->role].name),
        .appointment = deed->appointment ? deed->appointment->id : STR_NONE,
        .delegation = delegation_of(deed), .at = deed->now,
        .day = deed->today, .idempotency_key = key, .rulebook = hex_print(arena, rulebook),
        .facts_digest = hash_hex(arena, &facts_hash), .facts = facts, .fields = deed->fields};
    TRY(journal_begin(deed->desk->store, arena, &entry, &deed->seq));
    if (deed->procedure->sealed)
        journal_seal(deed->desk->store);
    return NULL;
}

static struct fault *write_deed(struct deed *deed, struct act *act)
{
    act->writes = true;
    TRY(begin_entry(deed, act->name, act->key));
    TRY(put_fields(deed));
    TRY(deed_put_bills(deed));
    TRY(deed_do_effects(deed));
    if (act->also)
        TRY(act->also(deed, act->whom));
    TRY(put_timeline(deed, act->name));
    TRY(put_state(deed));
    TRY(deed_set_other_alarms(deed));
    TRY(deed_tell(deed));
    TRY(put_idempotency_row(deed, act->key, act->digest));
    TRY(journal_append(deed->desk->store, deed->arena));
    TRY(deed_open_cases(deed));
    return deed_reopen(deed);
}

static struct fault *answer_again(struct desk *desk, struct arena *arena,
                                  const struct row_idempotency *row, struct step_answer *answer)
{
    struct row_case_step *step;
    struct row_casework *work;
    *answer = (struct step_answer){.seq = row->seq, .version = row->version, .repeated = true};
    TRY(sql_case_step_by_seq(desk->store, arena, row->seq, &step));
    TRY(sql_case_by_id(desk->store, arena, row->case_id, &work));
    if (!step || !work)
        return FAULT(arena, "broken-database", "no step of entry %lld", (long long)row->seq);
    const struct procedure_row *procedure = procedure_by_name(desk->book, work->procedure);
    answer->verdict.kind = VERDICT_ALLOWED;
    answer->verdict.to = state_by_name(desk->book, step->to_state);
    answer->verdict.step = procedure ? step_by_name(desk->book, procedure, step->step) : NULL;
    return NULL;
}

struct fault *deed_take(struct deed *deed, const json_t *given, struct act *act,
                        struct step_answer *answer)
{
    TRY(judge_deed(deed, given));
    TRY(deed_run_mass(deed));
    TRY(write_deed(deed, act));
    *answer = (struct step_answer){.verdict = deed->verdict, .seq = deed->seq,
                                   .version = deed->work.version, .publishes = deed->publishes,
                                   .items = deed->part.items};
    return NULL;
}

struct fault *desk_take_act(struct desk *desk, struct arena *arena,
                            const struct step_request *request, struct act *act,
                            struct step_answer *answer)
{
    struct deed deed;
    struct row_idempotency *again;
    act->key = request->idempotency_key;
    act->digest = act->asked.bytes
                      ? act->asked
                      : request_digest(arena, act->name, request->case_id, request->step,
                                       request->fields, request->expected_version);
    TRY(idempotency_find(desk, arena, request->who->account, act->key, act->digest, &again));
    if (again)
        return answer_again(desk, arena, again, answer);
    TRY(deed_begin(desk, arena, request->who, request->case_id, &deed));
    TRY(check_version(&deed, request->expected_version));
    deed_choose_step(&deed, request->step);
    return deed_take(&deed, request->fields, act, answer);
}

static struct fault *take_step(struct desk *desk, struct arena *arena, void *whom)
{
    struct { const struct step_request *request; struct step_answer *answer; } *one = whom;
    struct act act = {.name = "step"};
    return desk_take_act(desk, arena, one->request, &act, one->answer);
}

struct fault *desk_take_step(struct desk *desk, struct arena *arena,
                             const struct step_request *request, struct step_answer *answer)
{
    struct {
        const struct step_request *request;
        struct step_answer *answer;
    } one = {request, answer};
    return desk_write(desk, arena, take_step, &one);
}

struct batch {
    const struct step_request *requests;
    size_t n;
    bool all_or_none;
    struct step_answer *answers;
    struct fault **faults;
};

static struct fault *take_batch(struct desk *desk, struct arena *arena, void *whom)
{
    struct batch *batch = whom;
    for (size_t i = 0; i < batch->n; i++) {
        struct act act = {.name = "step"};
        TRY(store_savepoint(desk->store, arena));
        batch->faults[i] =
            desk_take_act(desk, arena, &batch->requests[i], &act, &batch->answers[i]);
        if (!batch->faults[i]) {
            TRY(store_release(desk->store, arena));
            continue;
        }
        journal_abandon(desk->store);
        store_rollback_to(desk->store);
        if (batch->all_or_none || fault_is_of_engine(batch->faults[i]))
            return batch->faults[i];
    }
    return NULL;
}

struct fault *desk_take_batch(struct desk *desk, struct arena *arena,
                              const struct step_request *requests, size_t n, bool all_or_none,
                              struct step_answer *answers, struct fault **faults)
{
    struct batch batch = {requests, n, all_or_none, answers, faults};
    return desk_write(desk, arena, take_batch, &batch);
}
