/* replay.h: rebuilds every row from the journal, compares, and names what differs.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_REPLAY_H
#define HOSHI_REPLAY_H

#include "store/store.h"

struct replay_report {
    int64_t entries, rows, differences;
    int64_t signed_seq;       /* of the signed head; 0 when there is none */
    int64_t unsigned_entries; /* that chain on from it: committed, and not signed yet */
};

/* Calls say("table", "key", "column") for each difference: a column altered; "(row)" for a row
 * added or missing; journal entries whose chain, payload or signed head does not hold. Reads the
 * head file first, then one snapshot, so that it can run beside a server that goes on writing.
 *   journal 7 entry            the entry was altered
 *   journal 7 hash             its hash was
 *   journal 7 (row)            it is gone ("7-9": several)
 *   journal 99 seq             this entry had another number
 *   journal_payload 7 payload  the payload was altered
 *   journal_payload 7 (row)    it is gone, or belongs to no entry
 *   journal_head 1 seq         the tail was cut, or the head row altered
 *   journal_head 1 hash        the chain was computed anew, or the head row altered
 *   journal_head 1 (signature) besides other differences, the signed head cannot be read
 * Fault "broken-head" or "absent-head" when there is no other difference: the signed head cannot be
 * read, so nobody can tell whether the chain is the one that was signed. */
struct fault *replay_check(struct store *store, struct arena *arena, struct str data_dir,
                           void (*say)(void *whom, struct str table, struct str key,
                                       struct str column),
                           void *whom, struct replay_report *report);

/* The tables that replay leaves out, with the reasons, as sql/tables.sql gives them. */
void replay_left_out(void (*say)(void *whom, struct str table, struct str reason), void *whom);

#endif
