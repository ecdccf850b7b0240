/* journal.c: made-up journals: replay says what does not hold, and never falls over.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input is entries and payloads by turns, a line each. The chain and the digests are made
 * right, so that the readers behind those checks are reached; DIGEST stands for the payload's. */
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/hash.h"
#include "fuzz.h"
#include "store/journal_read.h"
#include "store/replay.h"

#include "base/banned.h"

enum { ENTRIES_MAX = 8 };

struct made {
    sqlite3 *handle;
    struct hash hash;
    int64_t seq;
};

static void put(struct made *made, const char *sql, struct str bytes, bool text)
{
    sqlite3_stmt *statement;
    FUZZ_HOLDS(!sqlite3_prepare_v2(made->handle, sql, -1, &statement, NULL));
    sqlite3_bind_int64(statement, 1, made->seq);
    if (text)
        sqlite3_bind_text(statement, 2, bytes.at, (int)bytes.bytes, SQLITE_TRANSIENT);
    else
        sqlite3_bind_blob(statement, 2, bytes.at, (int)bytes.bytes, SQLITE_TRANSIENT);
    if (sqlite3_bind_parameter_count(statement) == 3)
        sqlite3_bind_blob(statement, 3, made->hash.bytes, HASH_BYTES, SQLITE_TRANSIENT);
    FUZZ_HOLDS(sqlite3_step(statement) == SQLITE_DONE);
    sqlite3_finalize(statement);
}

static struct str with_digest(struct arena *arena, struct str entry, struct str payload)
{
    struct hash digest = hash_of(payload);
    struct buf out = buf_new(arena, entry.bytes * 64 + 64);
    while (entry.bytes) {
        if (str_starts(entry, "DIGEST")) {
            buf_add(&out, hash_hex(arena, &digest));
            entry = str_skip(entry, 6);
        } else {
            buf_add_char(&out, entry.at[0]);
            entry = str_skip(entry, 1);
        }
    }
    return buf_str(&out);
}

static void add_entry(struct made *made, struct arena *arena, struct str entry, struct str payload)
{
    char *salted = arena_alloc(arena, SALT_BYTES + payload.bytes + 1);
    if (payload.bytes)
        memcpy(salted + SALT_BYTES, payload.at, payload.bytes);
    payload = (struct str){salted, SALT_BYTES + payload.bytes};
    entry = with_digest(arena, entry, payload);
    struct hash before = made->hash;
    journal_chain(hasher_new(arena), &before, entry, &made->hash);
    made->seq++;
    put(made, "INSERT INTO journal VALUES (?1, ?2, ?3)", entry, true);
    put(made, "INSERT INTO journal_payload VALUES (?1, ?2)", payload, false);
}

static void say(void *whom, struct str table, struct str key, struct str column)
{
    *(size_t *)whom += table.bytes + key.bytes + column.bytes;
}

/* One registry for all inputs: its tables are emptied for each. */
struct place {
    struct arena *arena;
    struct store *store;
    struct store_settings settings;
    struct made made;
};

static struct place *place_of_fuzzer(void)
{
    static struct place place;
    static char folder[] = "/tmp/hoshi-fuzz-XXXXXX";
    if (place.store)
        return &place;
    FUZZ_HOLDS(mkdtemp(folder));
    place.arena = arena_new((size_t)1 << 30);
    place.settings = (struct store_settings){.data_dir = str_of(folder)};
    FUZZ_HOLDS(!store_open(place.arena, &place.settings, &place.store));
    struct str path = str_print(place.arena, "%s/casework.db", folder);
    FUZZ_HOLDS(!sqlite3_open(str_z(place.arena, path), &place.made.handle));
    sqlite3_exec(place.made.handle, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
    return &place;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct place *place = place_of_fuzzer();
    struct made *made = &place->made;
    struct arena *arena = arena_new(FUZZ_BYTES_MAX);
    sqlite3_exec(made->handle, "BEGIN; DELETE FROM journal; DELETE FROM journal_payload", NULL,
                 NULL, NULL);
    *made = (struct made){.handle = made->handle};
    struct str rest = fuzz_str(bytes, n);
    for (int i = 0; i < ENTRIES_MAX && rest.bytes; i++) {
        struct str entry = str_cut(rest, '\n', &rest), payload = str_cut(rest, '\n', &rest);
        add_entry(made, arena, entry, payload);
    }
    put(made, "INSERT OR REPLACE INTO journal_head SELECT 1, ?1, ?3 WHERE ?2 IS NOT NULL", STR("x"),
        true);
    FUZZ_HOLDS(!sqlite3_exec(made->handle, "COMMIT", NULL, NULL, NULL));

    struct replay_report report = {0};
    size_t said = 0;
    struct fault *fault =
        replay_check(place->store, arena, place->settings.data_dir, say, &said, &report);
    /* There is no signed head here, so replay calls no journal good that has an entry. */
    FUZZ_HOLDS(!made->seq || fault || report.differences);
    arena_free(arena);
    return 0;
}
