/* column.c: a list that grows without being copied; and texts held once each.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/column.h"

#include <string.h>

#include "base/banned.h"

struct column column_new(struct arena *arena, size_t item)
{
    enum { CHUNKS_FIRST = 16 };
    return (struct column){.arena = arena,
                           .item = item,
                           .chunks = NEW_ARRAY(arena, CHUNKS_FIRST, void *),
                           .chunks_size = CHUNKS_FIRST};
}

void *column_at(const struct column *column, size_t i)
{
    return (char *)column->chunks[i / COLUMN_CHUNK] + i % COLUMN_CHUNK * column->item;
}

static void add_chunk(struct column *column, size_t chunk)
{
    if (chunk == column->chunks_size) {
        void **chunks = NEW_ARRAY(column->arena, chunk * 2, void *);
        memcpy(chunks, column->chunks, chunk * sizeof *chunks);
        column->chunks = chunks;
        column->chunks_size = chunk * 2;
    }
    column->chunks[chunk] = arena_array(column->arena, COLUMN_CHUNK, column->item);
}

void *column_add(struct column *column)
{
    if (column->n % COLUMN_CHUNK == 0)
        add_chunk(column, column->n / COLUMN_CHUNK);
    return column_at(column, column->n++);
}

/* FNV-1a, then the mixing of MurmurHash3: good for tables and for telling texts apart, no digest.
 */
uint64_t text_hash(uint64_t seed, struct str text)
{
    uint64_t hash = 0xCBF29CE484222325u ^ seed * 0x9E3779B97F4A7C15u;
    for (size_t i = 0; i < text.bytes; i++)
        hash = (hash ^ (unsigned char)text.at[i]) * 0x100000001B3u;
    hash = (hash ^ hash >> 33) * 0xFF51AFD7ED558CCDu;
    hash = (hash ^ hash >> 33) * 0xC4CEB9FE1A85EC53u;
    return hash ^ hash >> 33;
}

struct entry {
    const char *at;
    uint32_t bytes, hash;
};

enum { TABLE_FIRST = 1 << 10, BLOB_BYTES = 1 << 20 };

struct texts texts_new(struct arena *arena)
{
    return (struct texts){.arena = arena,
                          .entries = column_new(arena, sizeof(struct entry)),
                          .table = NEW_ARRAY(arena, TABLE_FIRST, uint32_t),
                          .table_size = TABLE_FIRST};
}

size_t texts_n(const struct texts *texts)
{
    return texts->entries.n;
}

struct str texts_at(const struct texts *texts, uint32_t number)
{
    const struct entry *entry = column_at(&texts->entries, number);
    return (struct str){entry->at, entry->bytes};
}

static void grow(struct texts *texts)
{
    size_t size = texts->table_size * 4;
    uint32_t *table = NEW_ARRAY(texts->arena, size, uint32_t);
    for (size_t i = 0; i < texts->entries.n; i++) {
        const struct entry *entry = column_at(&texts->entries, i);
        size_t place = entry->hash & (size - 1);
        while (table[place])
            place = (place + 1) & (size - 1);
        table[place] = (uint32_t)i + 1;
    }
    texts->table = table;
    texts->table_size = size;
}

static const char *keep(struct texts *texts, struct str text)
{
    if (text.bytes > BLOB_BYTES / 4)
        return str_z(texts->arena, text);
    if (!texts->blob || text.bytes > texts->blob_left) {
        texts->blob = arena_alloc(texts->arena, BLOB_BYTES);
        texts->blob_left = BLOB_BYTES;
    }
    char *at = texts->blob;
    if (text.bytes)
        memcpy(at, text.at, text.bytes);
    texts->blob += text.bytes;
    texts->blob_left -= text.bytes;
    return at;
}

uint32_t texts_put(struct texts *texts, struct str text, bool *is_new)
{
    uint32_t hash = (uint32_t)text_hash(0, text);
    size_t place = hash & (texts->table_size - 1);
    for (; texts->table[place]; place = (place + 1) & (texts->table_size - 1)) {
        uint32_t number = texts->table[place] - 1;
        const struct entry *entry = column_at(&texts->entries, number);
        if (entry->hash == hash && str_eq((struct str){entry->at, entry->bytes}, text)) {
            *is_new = false;
            return number;
        }
    }
    struct entry new = {.at = keep(texts, text), .bytes = (uint32_t)text.bytes, .hash = hash};
    *(struct entry *)column_add(&texts->entries) = new;
    uint32_t number = (uint32_t)(texts->entries.n - 1);
    texts->table[place] = number + 1;
    *is_new = true;
    if (texts->entries.n * 2 > texts->table_size)
        grow(texts);
    return number;
}
