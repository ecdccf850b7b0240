/* given.c: facts that a case file gives: in test builds only.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/given.h"

#include "base/json.h"
#include "desk/act.h"
#include "desk/deed.h"
#include "store/sql.gen.h"

#include "base/banned.h"

#ifdef HOSHI_TEST

/* Under this name stands the role of a case line, which is no fact of the rule book. */
static const char role_name[] = "role";

static void give_role(struct deed *deed, struct str role)
{
    int id = role_by_name(deed->desk->book, role);
    bool takes = false;
    for (size_t i = 0; deed->step && i < deed->step->by.n; i++)
        takes = takes || deed->desk->book->ids[deed->step->by.first + i] == id;
    deed->role = takes ? id : 0;
}

struct fault *deed_load_given(struct deed *deed)
{
    struct row_given_fact *rows;
    size_t n, room_n = 400;
    TRY(sql_given_facts(deed->desk->store, deed->arena, deed->work.id, &rows, &n));
    struct str *room = NEW_ARRAY(deed->arena, room_n, struct str);
    deed->given = n > 0;
    if (n)
        deed->facts = (struct facts){0};
    for (size_t i = 0; i < n; i++) {
        if (str_is(rows[i].fact, role_name)) {
            give_role(deed, rows[i].value);
            continue;
        }
        struct str text =
            str_print(deed->arena, "%.*s=%.*s", STR_F(rows[i].fact), STR_F(rows[i].value));
        if (!facts_set(deed->desk->book, &deed->facts, text, &room, &room_n))
            return FAULT(deed->arena, "malformed-fact", "%.*s", STR_F(text));
        if (str_is(rows[i].fact, "today"))
            deed->today = deed->facts.today;
    }
    return NULL;
}

struct fault *deed_give_opened(struct deed *deed, struct str opened)
{
    struct row_given_fact *rows;
    size_t n;
    int64_t seq;
    TRY(sql_given_facts(deed->desk->store, deed->arena, deed->work.id, &rows, &n));
    if (!n)
        return NULL;
    TRY(desk_begin_entry(deed->desk, deed->arena, "given", deed->who, opened, NULL, &seq));
    for (size_t i = 0; i < n; i++) {
        rows[i].case_id = opened;
        TRY(put_given_fact(deed->desk->store, &rows[i]));
    }
    return journal_append(deed->desk->store, deed->arena);
}

struct gift {
    const struct principal *who;
    struct str procedure, state, edition, *case_id;
    int64_t level;
    const json_t *facts;
};

static struct fault *give_work(struct desk *desk, struct arena *arena, const struct gift *gift,
                               struct row_casework *work)
{
    char room[11];
    struct row_criteria_edition *edition;
    struct row_party_member *parties;
    size_t parties_n;
    int64_t now = clock_now(desk->clock);
    *work = (struct row_casework){.id = id_new(arena),
                                  .procedure = gift->procedure,
                                  .state = gift->state,
                                  .level = gift->level,
                                  .opened_by = gift->who->person,
                                  .opened = now,
                                  .since = now,
                                  .version = 1};
    TRY(sql_criteria_edition_in_force(desk->store, arena, gift->level,
                                      str_copy(arena, day_print(clock_today(desk->clock), room)),
                                      &edition));
    TRY(sql_parties_of_person(desk->store, arena, gift->who->person, &parties, &parties_n));
    work->edition = gift->edition.bytes ? gift->edition : edition ? edition->id : STR_NONE;
    if (parties_n)
        work->party = parties[0].party;
    return NULL;
}

/* A case on a label has one of its own, so that what the step does meets a row. It stands for no
 * product: its number is no number of the register. */
static struct fault *give_label(struct desk *desk, struct row_casework *work,
                                struct row_label *label)
{
    char issued[11], expires[11];
    struct day today = clock_today(desk->clock);
    *label = (struct row_label){.number = work->id,
                                .case_id = work->id,
                                .party = work->party,
                                .level = work->level,
                                .route = STR("self-declared"),
                                .edition = work->edition,
                                .issued = day_print(today, issued),
                                .expires =
                                    day_print(day_last_of(today, (struct span){2, 'y'}), expires)};
    label->term_start = label->issued;
    work->label = label->number;
    work->registrant = work->party;
    return put_label(desk->store, label);
}

/* A form may ask for a file of the case: it is there, under the id of the case. */
static struct fault *give_file(struct desk *desk, const struct row_casework *work)
{
    struct row_case_file file = {.id = work->id,
                                 .case_id = work->id,
                                 .name = STR("given.pdf"),
                                 .media_type = STR("application/pdf"),
                                 .person = work->opened_by,
                                 .at = work->opened};
    return put_case_file(desk->store, &file);
}

static struct fault *give(struct desk *desk, struct arena *arena, void *whom)
{
    const struct gift *gift = whom;
    struct row_casework work;
    struct row_label label;
    const char *name;
    json_t *value;
    int64_t seq;
    TRY(give_work(desk, arena, gift, &work));
    TRY(desk_begin_entry(desk, arena, "given", gift->who, work.id, gift->facts, &seq));
    if (str_is(str_of(procedure_by_name(desk->book, work.procedure)->subject), "label") ||
        json_object_get(gift->facts, "issued-on"))
        TRY(give_label(desk, &work, &label));
    TRY(case_begin_seal(desk, arena, procedure_by_name(desk->book, work.procedure), work.id));
    TRY(put_casework(desk->store, &work));
    TRY(give_file(desk, &work));
    json_object_foreach((json_t *)gift->facts, name, value)
    {
        struct row_given_fact row = {.case_id = work.id,
                                     .fact = str_of(name),
                                     .value = json_is_true(value) ? STR("yes") : json_text(value)};
        TRY(put_given_fact(desk->store, &row));
    }
    *gift->case_id = work.id;
    return journal_append(desk->store, arena);
}

struct fault *desk_give(struct desk *desk, struct arena *arena, const struct principal *who,
                        struct str procedure, struct str state, int64_t level, struct str edition,
                        const json_t *facts, struct str *case_id)
{
    struct gift gift = {who, procedure, state, edition, case_id, level, facts};
    if (!procedure_by_name(desk->book, procedure) || !state_by_name(desk->book, state))
        return FAULT(arena, "malformed-fact", "no procedure %.*s, or no state %.*s",
                     STR_F(procedure), STR_F(state));
    return desk_write(desk, arena, give, &gift);
}

#else

struct fault *deed_load_given(struct deed *deed)
{
    (void)deed;
    return NULL;
}

struct fault *deed_give_opened(struct deed *deed, struct str opened)
{
    (void)deed;
    (void)opened;
    return NULL;
}

#endif
