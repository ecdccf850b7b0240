/* open.c: a case begins: who may open it, and what it is about.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/act.h"
#include "desk/deed.h"
#include "store/seal.h"
#include "store/sql.gen.h"

#include "base/banned.h"

/* A guard that no filled-in form can change: its answer is known when the case opens. */
static bool asks_nothing_of_form(const struct rulebook *book, int guard)
{
    struct range reads = book->guards[guard].reads;
    for (size_t i = 0; i < reads.n; i++)
        if (book->facts[book->ids[reads.first + i]].field)
            return false;
    return guard != GUARD_NONE;
}

/* How far a filing comes when its conditions are asked in turn, up to the first that fails. */
static size_t conditions_met(const struct rulebook *book, const struct step_row *step, int guard)
{
    size_t n = 0;
    while (n < step->whens.n && book->uses[step->whens.first + n].id != guard)
        n++;
    return n;
}

/* One of the steps out of the draft, as whoever opens the case meets it. */
struct entrance {
    int role;             /* under which the case may be opened, ROLE_NONE: it may not */
    struct fault *closed; /* what no form can cure */
    size_t met;           /* of its conditions, before that one */
};

static struct fault *try_entrance(struct deed *deed, const struct step_row *step,
                                  struct fault **refusal, struct entrance *out)
{
    const struct rulebook *book = deed->desk->book;
    struct str name = str_of(step->name);
    deed_choose_step(deed, name);
    TRY(deed_load_facts(deed));
    *out = (struct entrance){.role = ROLE_NONE};
    struct verdict verdict = judge_before_form(book, deed->procedure, name, deed->role,
                                               deed->state, &deed->facts);
    if (verdict.kind != VERDICT_ALLOWED) {
        if (!*refusal)
            *refusal = verdict_fault(deed->arena, &verdict);
        return NULL;
    }
    out->role = deed->role;
    verdict = judge(book, deed->procedure, name, deed->role, deed->state, &deed->facts);
    if (verdict.kind != VERDICT_ALLOWED && asks_nothing_of_form(book, verdict.guard_id)) {
        out->closed = verdict_fault(deed->arena, &verdict);
        out->met = conditions_met(book, step, verdict.guard_id);
    }
    return NULL;
}

/* Whoever opens a case must be someone who may take its first step, and what no form can cure is
 * said now (a level that the procedure does not know, no edition that takes applications): nobody
 * fills in an application that cannot be filed. Where several filings begin a procedure, one that
 * is open is enough; of those that are not, the one that comes furthest tells why. */
static struct fault *may_begin(struct deed *deed)
{
    const struct rulebook *book = deed->desk->book;
    struct fault *refusal = NULL, *closed = NULL;
    int role = ROLE_NONE;
    size_t met = 0;
    bool open = false;
    deed->state = STATE_START;
    for (size_t i = 0; i < deed->procedure->steps.n; i++) {
        const struct step_row *step = &book->steps[deed->procedure->steps.first + i];
        struct entrance entrance;
        if (!step->from.n || book->ids[step->from.first] != deed->state)
            continue;
        TRY(try_entrance(deed, step, &refusal, &entrance));
        if (entrance.role == ROLE_NONE)
            continue;
        role = role == ROLE_NONE ? entrance.role : role;
        open = open || (!entrance.closed && step->to != STATE_SAME);
        if (entrance.closed && (!closed || entrance.met >= met)) {
            closed = entrance.closed;
            met = entrance.met;
        }
    }
    deed->role = role;
    if (role == ROLE_NONE)
        return refusal ? refusal
                       : FAULT(deed->arena, "unknown-procedure", "it has no first step");
    return open ? NULL : closed;
}

static struct fault *wrong_field(struct arena *arena, const char *code, const char *pointer)
{
    struct fault *fault = FAULT(arena, code, "%s", pointer);
    fault->concerns = str_of(pointer);
    return fault;
}

/* Personnel name any party there is: theirs is nobody's cause. */
static struct fault *party_at_large(struct deed *deed, struct str named, struct str *out)
{
    struct row_party *party;
    TRY(sql_party_by_id(deed->desk->store, deed->arena, named, &party));
    if (!party)
        TRY(sql_party_by_corporate_number(deed->desk->store, deed->arena, named, &party));
    if (!party)
        return wrong_field(deed->arena, "field-not-listed", "/party");
    *out = party->id;
    return NULL;
}

static struct fault *named_party(struct deed *deed, struct str named, struct str *out)
{
    struct row_party *party;
    if (standing_thing(&deed->standing, "appointment", STR_NONE))
        return party_at_large(deed, named, out);
    for (size_t i = 0; i < deed->standing.parties_n; i++) {
        struct str id = deed->standing.parties[i]->party;
        TRY(sql_party_by_id(deed->desk->store, deed->arena, id, &party));
        if (str_eq(id, named) || (party && str_eq(party->corporate_number, named)))
            *out = id;
    }
    return out->bytes ? NULL : wrong_field(deed->arena, "field-not-listed", "/party");
}

/* Without any the case has no party, and whoever may begin it says so. */
static struct fault *choose_party(struct deed *deed, struct str named, struct str *out)
{
    if (named.bytes)
        return named_party(deed, named, out);
    if (deed->standing.parties_n > 1)
        return wrong_field(deed->arena, "field-missing", "/party");
    if (deed->standing.parties_n)
        *out = deed->standing.parties[0]->party;
    return NULL;
}

static bool is_about(const struct deed *deed, const char *subject)
{
    return str_is(str_of(deed->procedure->subject), subject);
}

/* The case takes over what its label is; who files on it is its registrant, unless the first step
 * is somebody else's (a successor: 4.9-1). */
struct fault *deed_take_label(struct deed *deed, struct str number)
{
    struct row_casework *work = &deed->work;
    struct row_label *label;
    TRY(sql_label_by_number(deed->desk->store, deed->arena, number, &label));
    if (!label)
        return wrong_field(deed->arena, number.bytes ? "field-not-listed" : "field-missing",
                           "/label");
    work->label = label->number;
    work->registrant = label->party;
    work->category = label->category;
    work->title_ja = label->product_ja;
    work->title_en = label->product_en;
    if (is_about(deed, "label")) {
        work->level = label->level;
        work->edition = label->edition;
        /* 2.1.3-2: whoever once evaluated it learns nothing of what is confidential about it */
        if (!is_confidential(deed->desk->book, deed->procedure))
            work->facility = label->facility;
        else
            work->facility = STR_NONE;
    }
    return NULL;
}

/* Only the registrant's own cases are begun by one; others name themselves. */
static bool begun_by_registrant(const struct deed *deed)
{
    const struct rulebook *book = deed->desk->book;
    for (size_t i = 0; i < deed->procedure->steps.n; i++) {
        const struct step_row *step = &book->steps[deed->procedure->steps.first + i];
        if (book->ids[step->from.first] == STATE_START &&
            book->ids[step->by.first] == ROLE_REGISTRANT)
            return true;
    }
    return false;
}

/* 4.8.3-1: of a sealed procedure the party is whoever reported, and that is not the registrant
 * because its product is concerned. */
static bool is_of_another(const struct deed *deed)
{
    return deed->procedure->sealed && !standing_acts_for(&deed->standing, deed->work.registrant);
}

static struct fault *choose_sides(struct deed *deed, const struct case_request *request)
{
    struct row_casework *work = &deed->work;
    if (is_about(deed, "appeal"))
        return deed_take_decision(deed, request->decided, request->party);
    if (request->label.bytes || is_about(deed, "label"))
        TRY(deed_take_label(deed, request->label));
    if (deed->standing.machine)
        return NULL;
    if (work->registrant.bytes && begun_by_registrant(deed) && !is_of_another(deed))
        work->party = work->registrant;
    else
        TRY(choose_party(deed, request->party, &work->party));
    if (is_about(deed, "facility"))
        work->facility = work->party;
    return NULL;
}

static struct fault *fill_work(struct deed *deed, const struct case_request *request)
{
    struct arena *arena = deed->arena;
    struct row_criteria_edition *edition;
    char room[11];
    struct str guest = deed->who->guest;
    deed->work = (struct row_casework){.id = guest.bytes ? guest : id_new(arena),
                                       .procedure = request->procedure,
                                       .state = STR("start"),
                                       .level = request->level,
                                       .opened_by = deed->who->person,
                                       .opened = deed->now,
                                       .since = deed->now,
                                       .version = 1};
    TRY(choose_sides(deed, request));
    if (!is_about(deed, "application"))
        return NULL;
    struct str today = str_copy(arena, day_print(deed->today, room));
    if (request->category.bytes)
        deed->work.category = request->category;
    if (deed->work.category.bytes) /* else the first: naming the category chooses (named.c) */
        TRY(sql_criteria_edition_for(deed->desk->store, arena, request->level,
                                     deed->work.category, today, &edition));
    else
        TRY(sql_criteria_edition_in_force(deed->desk->store, arena, request->level, today,
                                          &edition));
    if (edition)
        deed->work.edition = edition->id;
    return NULL;
}

struct fault *deed_draft(struct desk *desk, struct arena *arena, const struct case_request *request,
                         struct deed *deed)
{
    *deed = (struct deed){.desk = desk,
                          .arena = arena,
                          .who = request->who,
                          .procedure = procedure_by_name(desk->book, request->procedure),
                          .now = clock_now(desk->clock),
                          .filled = json_new(arena)};
    deed->moment = deed->now;
    deed->today = day_of_instant(deed->now);
    TRY(standing_load(desk->store, arena, desk->book, request->who, STR_NONE, deed->today,
                      &deed->standing));
    TRY(setting_keep(desk, arena, deed->today, &deed->setting));
    deed->state = STATE_START;
    TRY(fill_work(deed, request));
    return deed_prefill(deed);
}

/* What the label has said already stands in the draft. */
static struct fault *put_prefilled(struct deed *deed)
{
    const char *name;
    json_t *value;
    json_object_foreach(deed->filled, name, value)
    {
        struct row_case_field row = {.case_id = deed->work.id,
                                     .field = str_of(name),
                                     .value = json_canonical(deed->arena, value),
                                     .step = STR("open")};
        TRY(put_case_field(deed->desk->store, &row));
    }
    return NULL;
}

struct fault *case_begin_seal(struct desk *desk, struct arena *arena,
                              const struct procedure_row *procedure, struct str case_id)
{
    struct row_case_key key;
    if (!procedure->sealed)
        return NULL;
    TRY(seal_begin(desk->store, arena, case_id, &key));
    TRY(put_case_key(desk->store, &key));
    journal_seal(desk->store);
    return NULL;
}

struct fault *deed_write_opening(struct deed *deed, struct str key, struct str digest)
{
    struct store *store = deed->desk->store;
    struct row_casework *work = &deed->work;
    json_t *fields = json_new(deed->arena);
    json_put(fields, "procedure", work->procedure);
    json_put_int(fields, "level", work->level);
    if (work->label.bytes)
        json_put(fields, "label", work->label);
    TRY(desk_begin_entry(deed->desk, deed->arena, "open", deed->who, work->id, fields, &deed->seq));
    TRY(case_begin_seal(deed->desk, deed->arena, deed->procedure, work->id));
    TRY(put_casework(store, work));
    TRY(put_prefilled(deed));
    struct row_case_step row = {.seq = deed->seq,
                                .case_id = work->id,
                                .act = STR("open"),
                                .from_state = STR("start"),
                                .to_state = STR("start"),
                                .person = deed->who->person,
                                .role = str_of(deed->desk->book->roles[deed->role].name),
                                .at = deed->now,
                                .clause = str_of(deed->procedure->clause)};
    TRY(put_case_step(store, &row));
    if (key.bytes) {
        struct row_idempotency again = {.account = deed->who->account,
                                        .key = key,
                                        .request = digest,
                                        .case_id = work->id,
                                        .seq = deed->seq,
                                        .version = work->version};
        TRY(put_idempotency(store, &again));
    }
    return journal_append(store, deed->arena);
}

struct fault *desk_open_act(struct desk *desk, struct arena *arena,
                            const struct case_request *request, struct str *case_id)
{
    struct deed deed;
    struct row_idempotency *again;
    const struct procedure_row *procedure = procedure_by_name(desk->book, request->procedure);
    if (!procedure)
        return wrong_field(arena, "unknown-procedure", "/procedure");
    if (!request->who->person.bytes && !request->who->guest.bytes)
        return FAULT(arena, "forbidden", "nobody opens a case");
    if (is_opened_by_steps(desk->book, procedure))
        return wrong_field(arena, "begun-by-a-step", "/procedure");
    bool of_level = str_is(str_of(procedure->subject), "application");
    if (request->level > 4 || request->level < (of_level ? 1 : 0))
        return wrong_field(arena, "field-out-of-range", "/level");
    struct str digest =
        request_digest(arena, "open", request->procedure,
                       str_print(arena, "%.*s %.*s %.*s %.*s", STR_F(request->party),
                                 STR_F(request->label), STR_F(request->category),
                                 STR_F(request->decided)),
                       NULL, request->level);
    TRY(idempotency_find(desk, arena, request->who->account, request->idempotency_key, digest,
                         &again));
    if (again) {
        *case_id = again->case_id;
        return NULL;
    }
    TRY(deed_draft(desk, arena, request, &deed));
    TRY(may_begin(&deed));
    *case_id = deed.work.id;
    return deed_write_opening(&deed, request->idempotency_key, digest);
}

struct opening {
    const struct case_request *request;
    struct str *case_id;
};

static struct fault *open_in_transaction(struct desk *desk, struct arena *arena, void *whom)
{
    const struct opening *opening = whom;
    return desk_open_act(desk, arena, opening->request, opening->case_id);
}

struct fault *desk_open_case(struct desk *desk, struct arena *arena,
                             const struct case_request *request, struct str *case_id)
{
    return desk_write(desk, arena, open_in_transaction, &(struct opening){request, case_id});
}
