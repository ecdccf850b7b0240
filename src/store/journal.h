/* journal.h: the truth: an append-only, hash-chained record of what was done (design 8).
 * SPDX-License-Identifier: Apache-2.0
 *
 * journal(seq, entry, hash)      entry: canonical JSON (JCS) of struct entry, with "payload"
 * journal_payload(seq, payload)  16 bytes of salt, then canonical JSON {effects, facts, fields}
 * journal_head(one, seq, hash)   the row that orders the writers
 *
 *   hash(n) = SHA-256( hash(n-1) ‖ entry(n) ),  hash(0) = 32 zero bytes
 *   "payload" of the entry = SHA-256( salt ‖ payload ), so that a payload can be disposed of later
 *   effects = [["table", {key and columns}], …] in the order written; a drop is
 *   ["table", {key}, "drop"]; bytes are base64url
 * Every member of the entry is always there; one that does not apply is "".
 *
 * For the desk only. */
#ifndef HOSHI_JOURNAL_H
#define HOSHI_JOURNAL_H

#include <jansson.h>

#include "base/day.h"
#include "store/journal_read.h"

struct entry {
    struct str act; /* "step", "open", "attach", "read", "found", "account" … */
    struct str case_id, procedure, step, clause;
    struct str actor;       /* person id */
    struct str role;        /* under which they acted */
    struct str appointment; /* id of the appointment under which they acted, or "" */
    struct str delegation;  /* id of the delegation, or "" */
    int64_t at;             /* instant recorded, ms */
    struct day day;         /* day of effect, Tokyo */
    struct str idempotency_key;
    struct str rulebook;     /* hex digest of the rule book */
    struct str facts_digest; /* hex */
    struct str facts;        /* canonical JSON, goes into the payload; STR_NONE is {} */
    json_t *fields;          /* goes into the payload; NULL is {} */
};

/* Opens the entry, inside store_begin(write). Its number is known at once: the transaction holds
 * journal_head. The arena must outlive journal_append(): put_TABLE() keeps the effects in it. */
struct fault *journal_begin(struct store *store, struct arena *arena, const struct entry *entry,
                            int64_t *seq);
/* What the open entry writes of its case is sealed from here on (seal.h), and so are its facts and
 * fields; the case has its key by then, or gets it in this entry before anything else. */
void journal_seal(struct store *store);
/* Closes it: canonical bytes, salt, chain, head. */
struct fault *journal_append(struct store *store, struct arena *arena);
/* Forgets the open entry; store_rollback() and store_rollback_to() do it by themselves. */
void journal_abandon(struct store *store);

#endif
