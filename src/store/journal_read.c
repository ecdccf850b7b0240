/* journal_read.c: reading the journal, in portions, so that its length does not matter.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/journal_read.h"

#include <string.h>

#include "store/chain.gen.h"

#include "base/banned.h"

enum { PORTION = 200 };

static const size_t portion_bytes_max = (size_t)1 << 30;

struct fault *journal_head(struct store *store, struct arena *arena, struct head *out)
{
    struct row_journal_head *row;
    TRY(chain_head(store, arena, &row));
    if (!row || row->hash.bytes != HASH_BYTES)
        return FAULT(arena, "broken-database", "journal_head has no row, or no hash");
    out->seq = row->seq;
    memcpy(out->hash.bytes, row->hash.at, HASH_BYTES);
    return NULL;
}

struct str journal_payload_text(const struct journal_line *line)
{
    return str_skip(line->payload, SALT_BYTES);
}

static struct journal_line line_of(const struct chain_entries_row *row)
{
    return (struct journal_line){.seq = row->seq,
                                 .entry = row->entry,
                                 .hash = row->hash,
                                 .payload_there = row->payload_seq == row->seq,
                                 .payload = row->payload};
}

struct fault *journal_read(struct store *store, struct arena *arena, int64_t seq,
                           struct journal_line *line, bool *there)
{
    struct chain_entries_row *rows;
    size_t n;
    TRY(chain_entries(store, arena, seq - 1, 1, &rows, &n));
    *there = n == 1 && rows[0].seq == seq;
    if (*there)
        *line = line_of(&rows[0]);
    return NULL;
}

/* A fault made in an arena that is about to end, carried over into one that is not. */
static struct fault *moved(struct arena *arena, const struct fault *fault)
{
    struct fault *copy = NEW(arena, struct fault);
    *copy = *fault;
    copy->concerns = str_copy(arena, fault->concerns);
    copy->detail = str_copy(arena, fault->detail);
    copy->next = NULL;
    return copy;
}

struct fault *journal_each(struct store *store, struct arena *arena, int64_t after,
                           struct fault *(*fn)(void *whom, struct arena *arena,
                                               const struct journal_line *line),
                           void *whom)
{
    struct arena *portion = arena_new(portion_bytes_max), *own = arena_new(portion_bytes_max);
    struct fault *fault = NULL;
    size_t n = 1;
    if (!portion || !own)
        fault = FAULT(arena, "broken-database", "no memory to read the journal");
    while (!fault && n) {
        struct chain_entries_row *rows;
        arena_reset(portion);
        fault = chain_entries(store, portion, after, PORTION, &rows, &n);
        for (size_t i = 0; !fault && i < n; i++) {
            struct journal_line line = line_of(&rows[i]);
            arena_reset(own);
            fault = fn(whom, own, &line);
            after = line.seq;
        }
        if (fault)
            fault = moved(arena, fault);
    }
    arena_free(own);
    arena_free(portion);
    return fault;
}

void journal_chain(struct hasher *hasher, const struct hash *before, struct str entry,
                   struct hash *out)
{
    hasher_start(hasher);
    hasher_add(hasher, before->bytes, HASH_BYTES);
    hasher_add(hasher, entry.at, entry.bytes);
    *out = hasher_end(hasher);
}
