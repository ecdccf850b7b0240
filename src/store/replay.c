/* replay.c: the head file first, then one snapshot, the chain, and every row.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/replay_own.h"

#include <stdio.h>

#include "base/banned.h"

void replay_say(struct replay *replay, const char *table, struct str key, const char *column)
{
    replay->report->differences++;
    replay->say(replay->whom, str_of(table), key, str_of(column));
}

void replay_say_seq(struct replay *replay, const char *table, int64_t seq, const char *column)
{
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%lld", (long long)seq);
    replay_say(replay, table, (struct str){digits, (size_t)n}, column);
}

static struct fault *check_all(struct replay *replay)
{
    TRY(replay_make_shadow(replay));
    TRY(replay_chain(replay));
    return replay_compare(replay);
}

struct fault *replay_check(struct store *store, struct arena *arena, struct str data_dir,
                           void (*say)(void *whom, struct str table, struct str key,
                                       struct str column),
                           void *whom, struct replay_report *report)
{
    struct replay *replay = NEW(arena, struct replay);
    *report = (struct replay_report){0};
    *replay = (struct replay){.store = store,
                              .arena = arena,
                              .say = say,
                              .whom = whom,
                              .report = report,
                              .hasher = hasher_new(arena)};
    struct fault *head_fault = head_read(arena, data_dir, &replay->head, &replay->head_there);
    if (head_fault)
        replay->head_there = false;
    TRY(store_begin(store, arena, false));
    struct fault *fault = check_all(replay);
    store_rollback(store);
    if (replay->shadow)
        replay->shadow->engine->close(replay->shadow);
    TRY(fault);
    if (!head_fault && !replay->head_there && report->entries)
        head_fault = FAULT(arena, "absent-head", "there is no signed head beside the database");
    if (!head_fault || !report->differences)
        return head_fault;
    replay_say(replay, "journal_head", STR("1"), "(signature)");
    return NULL;
}

void replay_left_out(void (*say)(void *whom, struct str table, struct str reason), void *whom)
{
    for (size_t i = 0; i < store_tables_n; i++)
        if (store_tables[i]->replay == REPLAY_NO)
            say(whom, str_of(store_tables[i]->name), str_of(store_tables[i]->reason));
}
