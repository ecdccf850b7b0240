/* journal.c: writing the journal: an entry, its effects, its place in the chain.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/journal.h"

#include <string.h>

#include "base/json.h"
#include "store/chain.gen.h"
#include "store/run.h"
#include "store/seal.h"
#include "store/store_own.h"

#include "base/banned.h"

enum { ENTRY_FORM = 1, PAYLOAD_BYTES_MAX = 256 << 20 };

struct open_entry {
    struct arena *arena;
    const struct entry *entry;
    struct head before;
    struct buf effects; /* canonical, as they come: no tree is built to be written out */
    struct str facts_digest;
    bool sealed; /* what the case holds stands as ciphertext: seal.h */
};

struct fault *journal_begin(struct store *store, struct arena *arena, const struct entry *entry,
                            int64_t *seq)
{
    if (!store->writing || store->entry)
        BUG("journal_begin() wants a write transaction, and no entry open in it");
    struct open_entry *open = NEW(arena, struct open_entry);
    struct entry *copy = NEW(arena, struct entry);
    *copy = *entry;
    open->arena = arena;
    open->entry = copy;
    open->facts_digest = entry->facts_digest;
    open->effects = buf_new(arena, PAYLOAD_BYTES_MAX);
    TRY(store_holds(store, arena));
    TRY(journal_head(store, arena, &open->before));
    store->entry = open;
    *seq = open->before.seq + 1;
    return NULL;
}

void journal_seal(struct store *store)
{
    if (!store->entry)
        BUG("journal_seal() without journal_begin()");
    store->entry->sealed = true;
}

void journal_abandon(struct store *store)
{
    store->entry = NULL;
}

/* ---- effects */

static void add_value(struct open_entry *open, const struct value *value)
{
    if (value->kind == VALUE_INT)
        buf_add_int(&open->effects, value->n);
    else if (value->kind == VALUE_TEXT)
        json_add_string(&open->effects, value->text);
    else
        json_add_string(&open->effects, base64url_print(open->arena, value->text));
}

/* ["table",{"column":value,…}], and "drop" at its end; of what is dropped the key alone. */
static void add_effect(struct open_entry *open, const struct table_row *table,
                       const struct value *values, size_t columns_n, bool drop)
{
    struct buf *out = &open->effects;
    buf_add_z(out, out->bytes ? ",[\"" : "[\"");
    buf_add_z(out, table->name);
    buf_add_z(out, "\",");
    char before = '{';
    for (size_t i = 0; i < table->columns_n; i++) {
        size_t column = table->by_name[i];
        if (column >= columns_n)
            continue;
        buf_add_char(out, before);
        json_add_string(out, str_of(table->columns[column].name));
        buf_add_char(out, ':');
        add_value(open, &values[column]);
        before = ',';
    }
    buf_add_z(out, drop ? "},\"drop\"]" : "}]");
}

/* The value as it is kept; nothing else may look like a sealed one. */
static struct fault *value_kept(struct store *store, const struct table_row *table,
                                const struct column_row *column, struct value *value)
{
    struct open_entry *open = store->entry;
    if (open->sealed && value->kind == VALUE_TEXT && seal_covers(table, column))
        return seal_text(store, open->arena, open->entry->case_id, value->text, &value->text);
    if (value->kind == VALUE_TEXT && seal_marks(value->text))
        return FAULT(open->arena, "malformed-text", "%s.%s begins as a sealed text does",
                     table->name, column->name);
    return NULL;
}

static struct fault *write_row(struct store *store, const struct table_row *table, const void *row,
                               bool drop)
{
    enum { COLUMNS_MAX = 64 };
    struct open_entry *open = store->entry;
    const struct statement *statement = drop ? &table->drop : &table->put;
    if (!open)
        BUG("%s outside of a journal entry", statement->name);
    TRY(store_holds(store, open->arena));
    struct value in[COLUMNS_MAX];
    for (size_t i = 0; i < statement->in_n; i++) {
        in[i] = value_of(row, &table->columns[i]);
        TRY(value_kept(store, table, &table->columns[i], &in[i]));
    }
    TRY(db_exec(store->db, open->arena, statement, in));
    add_effect(open, table, in, statement->in_n, drop);
    return NULL;
}

struct fault *store_put(struct store *store, const struct table_row *table, const void *row)
{
    return write_row(store, table, row, false);
}

struct fault *store_drop(struct store *store, const struct table_row *table, const void *row)
{
    return write_row(store, table, row, true);
}

/* ---- closing */

/* {"sealed": text} in the place of an object of a sealed case. */
static struct fault *object_kept(struct store *store, struct arena *arena,
                                 const struct open_entry *open, struct str object, struct str *out)
{
    struct str sealed;
    *out = object.bytes ? object : STR("{}");
    if (!object.bytes || !open->sealed)
        return NULL;
    TRY(seal_text(store, arena, open->entry->case_id, object, &sealed));
    json_t *kept = json_new(arena);
    json_put(kept, "sealed", sealed);
    *out = json_canonical(arena, kept);
    return NULL;
}

static struct fault *payload_of(struct store *store, struct arena *arena, struct open_entry *open,
                                struct str *whole)
{
    const struct entry *entry = open->entry;
    struct str facts, fields = STR_NONE;
    TRY(object_kept(store, arena, open, entry->facts, &facts));
    if (entry->fields && open->sealed)
        TRY(object_kept(store, arena, open, json_canonical(arena, entry->fields), &fields));
    if (open->sealed && entry->facts.bytes) { /* of the plain facts it would help to guess them */
        struct hash hash = hash_of(facts);
        open->facts_digest = hash_hex(arena, &hash);
    }
    struct buf out = buf_new(arena, PAYLOAD_BYTES_MAX);
    buf_add_z(&out, "{\"effects\":[");
    buf_add(&out, buf_str(&open->effects));
    buf_add_z(&out, "],\"facts\":");
    buf_add(&out, facts);
    buf_add_z(&out, ",\"fields\":");
    if (fields.bytes)
        buf_add(&out, fields);
    else if (entry->fields)
        json_add_value(arena, &out, entry->fields);
    else
        buf_add_z(&out, "{}");
    buf_add_char(&out, '}');
    if (open->effects.full || out.full)
        BUG("an entry's payload is too large to be kept whole");
    struct str text = buf_str(&out);
    char *bytes = arena_alloc(arena, SALT_BYTES + text.bytes);
    store->random(bytes, SALT_BYTES);
    memcpy(bytes + SALT_BYTES, text.at, text.bytes);
    *whole = (struct str){bytes, SALT_BYTES + text.bytes};
    return NULL;
}

static struct fault *entry_text(struct arena *arena, const struct open_entry *open,
                                struct str payload_digest, struct str *out)
{
    const struct entry *entry = open->entry;
    char day[11];
    const struct {
        const char *name;
        struct str text;
    } members[] = {
        {"act", entry->act},
        {"actor", entry->actor},
        {"appointment", entry->appointment},
        {"case", entry->case_id},
        {"clause", entry->clause},
        {"day", day_print(entry->day, day)},
        {"delegation", entry->delegation},
        {"facts_digest", open->facts_digest},
        {"idempotency_key", entry->idempotency_key},
        {"payload", payload_digest},
        {"procedure", entry->procedure},
        {"role", entry->role},
        {"rulebook", entry->rulebook},
        {"step", entry->step},
    };
    json_t *all = json_new(arena);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (!text_can_be_kept(members[i].text))
            return FAULT(arena, "malformed-text", "%s of the entry", members[i].name);
        json_put(all, members[i].name, members[i].text);
    }
    json_put_int(all, "at", entry->at);
    json_put_int(all, "form", ENTRY_FORM);
    json_put_int(all, "seq", open->before.seq + 1);
    *out = json_canonical(arena, all);
    return NULL;
}

struct fault *journal_append(struct store *store, struct arena *arena)
{
    struct open_entry *open = store->entry;
    if (!open)
        BUG("journal_append() without journal_begin()");
    TRY(store_holds(store, arena));
    int64_t seq = open->before.seq + 1;
    struct hasher *hasher = hasher_new(arena);
    struct str payload, entry;
    TRY(payload_of(store, arena, open, &payload));
    hasher_start(hasher);
    hasher_add(hasher, payload.at, payload.bytes);
    struct hash digest = hasher_end(hasher), hash;
    TRY(entry_text(arena, open, hash_hex(arena, &digest), &entry));
    journal_chain(hasher, &open->before.hash, entry, &hash);

    struct str hash_bytes = {(const char *)hash.bytes, HASH_BYTES};
    struct chain_head_advance_row *moved;
    TRY(chain_head_advance(store, arena, seq, hash_bytes, &moved));
    if (!moved)
        return FAULT(arena, "broken-database", "journal_head was moved by somebody else");
    TRY(chain_add_entry(store, arena, seq, entry, hash_bytes));
    TRY(chain_add_payload(store, arena, seq, payload));
    store->entry = NULL;
    return NULL;
}
