/* effects_appeal.c: a case that was refused goes on, because an appeal was upheld: 6.6.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It stands again as it did before the decision. What was decided stays on its timeline, and that
 * it was reopened is a line and an entry of its own. */
#include "desk/act.h"
#include "desk/deed.h"

#include "base/banned.h"

struct fault *reopen_case(struct deed *deed, const struct use *use)
{
    (void)use;
    deed->reopens = deed->appealed.taken != NULL;
    return NULL;
}

static struct fault *put_reopened(struct deed *deed, struct row_casework *work)
{
    const struct rulebook *book = deed->desk->book;
    const struct row_case_step *taken = deed->appealed.taken;
    struct day due;
    char room[11];
    int state = state_by_name(book, taken->from_state);
    TRY(due_of_state(deed->desk->store, deed->arena, &deed->setting,
                     procedure_by_name(book, work->procedure), state, deed->today, &due));
    work->state = taken->from_state;
    work->since = deed->now;
    work->due = str_copy(deed->arena, day_print(due, room));
    work->version++;
    return put_casework(deed->desk->store, work);
}

struct fault *deed_reopen(struct deed *deed)
{
    struct deed reopened;
    struct row_casework work;
    if (!deed->reopens)
        return NULL;
    work = *deed->appealed.work;
    struct row_case_step line = {.case_id = work.id,
                                 .act = STR("reopen"),
                                 .from_state = work.state,
                                 .to_state = deed->appealed.taken->from_state,
                                 .person = deed->who->person,
                                 .role = str_of(deed->desk->book->roles[deed->role].name),
                                 .at = deed->now,
                                 .clause = str_of(deed->step->clause)};
    TRY(desk_begin_entry(deed->desk, deed->arena, "reopen", deed->who, work.id, NULL, &line.seq));
    TRY(put_reopened(deed, &work));
    TRY(put_case_step(deed->desk->store, &line));
    TRY(deed_begin(deed->desk, deed->arena, deed->who, work.id, &reopened));
    TRY(deed_renew_alarm(&reopened));
    return journal_append(deed->desk->store, deed->arena);
}
