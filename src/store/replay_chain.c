/* replay_chain.c: does the journal hold together, and with the head that was signed?
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "store/chain.gen.h"
#include "store/replay_own.h"

#include "base/banned.h"

static bool hash_is(const struct hash *hash, struct str stored)
{
    return stored.bytes == HASH_BYTES && memcmp(hash->bytes, stored.at, HASH_BYTES) == 0;
}

static void blame_payload(struct replay *replay, int64_t seq)
{
    replay_say_seq(replay, "journal_payload", seq, "payload");
}

/* The entry's number and the hash after it are known now: the signed head can be held against it.
 */
static void settle(struct replay *replay, int64_t seq, const struct hash *hash)
{
    replay->base = *hash;
    replay->last = seq;
    if (replay->head_there && replay->head.head.seq == seq &&
        !hash_eq(&replay->head.head.hash, hash)) {
        replay->hash_said = true;
        replay_say(replay, "journal_head", STR("1"), "hash");
    }
}

/* right: the hash that what follows, or the head, builds on. */
static void end_doubt(struct replay *replay, const struct hash *right)
{
    struct doubt *doubt = &replay->doubt;
    if (!doubt->open)
        return;
    doubt->open = false;
    bool hash_altered = hash_eq(right, &doubt->computed);
    replay_say_seq(replay, "journal", doubt->seq, hash_altered ? "hash" : "entry");
    if (hash_altered && doubt->payload_differs)
        blame_payload(replay, doubt->seq);
    settle(replay, doubt->seq, hash_altered ? &doubt->computed : &doubt->stored);
}

/* Whichever hash the next entry chains on from was the true one. */
static void end_doubt_by_next(struct replay *replay, const struct journal_line *line)
{
    struct hash next;
    journal_chain(replay->hasher, &replay->doubt.computed, line->entry, &next);
    end_doubt(replay, hash_is(&next, line->hash) ? &replay->doubt.computed : &replay->doubt.stored);
}

static void say_gap(struct replay *replay, int64_t first, int64_t last)
{
    char key[48];
    int n = first == last
                ? snprintf(key, sizeof key, "%lld", (long long)first)
                : snprintf(key, sizeof key, "%lld-%lld", (long long)first, (long long)last);
    replay_say(replay, "journal", (struct str){key, (size_t)n}, "(row)");
}

static bool payload_is(struct replay *replay, struct arena *arena, const struct journal_line *line,
                       const json_t *entry)
{
    hasher_start(replay->hasher);
    hasher_add(replay->hasher, line->payload.at, line->payload.bytes);
    struct hash digest = hasher_end(replay->hasher);
    return str_eq(hash_hex(arena, &digest), json_get(entry, "payload"));
}

static struct fault *check_entry(void *whom, struct arena *arena, const struct journal_line *line)
{
    struct replay *replay = whom;
    json_t *entry;
    if (json_read(arena, line->entry, &entry))
        entry = json_new(arena); /* the chain will say that it was altered */
    replay->report->entries++;
    if (json_get_int(entry, "seq", line->seq) != line->seq) {
        /* An entry under another number: unless its text was altered in its place. */
        if (line->seq != replay->last + 1 + replay->doubt.open) {
            replay_say_seq(replay, "journal", line->seq, "seq");
            return NULL;
        }
    }
    if (replay->doubt.open)
        end_doubt_by_next(replay, line);
    if (line->seq != replay->last + 1) {
        say_gap(replay, replay->last + 1, line->seq - 1);
        replay->base_unknown = true;
    }
    struct hash computed, stored = {{0}};
    journal_chain(replay->hasher, &replay->base, line->entry, &computed);
    if (line->hash.bytes == HASH_BYTES)
        memcpy(stored.bytes, line->hash.at, HASH_BYTES);
    bool payload_good = line->payload_there && payload_is(replay, arena, line, entry);
    if (replay->base_unknown || hash_eq(&computed, &stored)) {
        replay->base_unknown = false;
        settle(replay, line->seq, &stored);
        if (line->payload_there && !payload_good)
            blame_payload(replay, line->seq);
    } else {
        replay->doubt = (struct doubt){.open = true,
                                       .payload_differs = line->payload_there && !payload_good,
                                       .seq = line->seq,
                                       .computed = computed,
                                       .stored = stored};
    }
    if (!line->payload_there)
        replay_say_seq(replay, "journal_payload", line->seq, "(row)");
    else if (replay_apply(replay, arena, journal_payload_text(line)) && payload_good)
        blame_payload(replay, line->seq);
    return NULL;
}

static struct fault *check_strays(struct replay *replay)
{
    struct chain_stray_payloads_row *rows;
    size_t n;
    TRY(chain_stray_payloads(replay->store, replay->arena, &rows, &n));
    for (size_t i = 0; i < n; i++)
        replay_say_seq(replay, "journal_payload", rows[i].seq, "(row)");
    return NULL;
}

static void say_head(struct replay *replay, bool *said, const char *column)
{
    if (!*said)
        replay_say(replay, "journal_head", STR("1"), column);
    *said = true;
}

/* The last entry's true hash: of the signed head when that signs it, else of the head row. */
static void end_last_doubt(struct replay *replay, const struct row_journal_head *row)
{
    struct hash right = replay->doubt.stored;
    if (replay->head_there && replay->head.head.seq == replay->doubt.seq)
        right = replay->head.head.hash;
    else if (row && row->hash.bytes == HASH_BYTES)
        memcpy(right.bytes, row->hash.at, HASH_BYTES);
    end_doubt(replay, &right);
}

struct fault *replay_chain(struct replay *replay)
{
    struct row_journal_head *row;
    TRY(chain_head(replay->store, replay->arena, &row));
    TRY(journal_each(replay->store, replay->arena, INT64_MIN, check_entry, replay));
    end_last_doubt(replay, row);
    TRY(check_strays(replay));
    if (!row) {
        replay_say(replay, "journal_head", STR("1"), "(row)");
    } else {
        if (row->seq != replay->last)
            say_head(replay, &replay->seq_said, "seq");
        if (!hash_is(&replay->base, row->hash))
            say_head(replay, &replay->hash_said, "hash");
    }
    if (!replay->head_there)
        return NULL;
    replay->report->signed_seq = replay->head.head.seq;
    if (replay->last < replay->head.head.seq)
        say_head(replay, &replay->seq_said, "seq");
    else
        replay->report->unsigned_entries = replay->last - replay->head.head.seq;
    return NULL;
}
