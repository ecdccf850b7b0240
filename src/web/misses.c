/* misses.c: how often numbers are asked for that no label has.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/misses.h"

#include <stdio.h>
#include <string.h>

#include "store/aside.gen.h"

#include "base/banned.h"

enum { NUMBERS_MAX = 512, BYTES_MAX = 40, WRITE_MS = 5000, ARENA_BYTES = 1 << 20, DAYS_KEPT = 400 };

struct misses {
    struct web *web;
    struct arena *arena; /* of one writing */
    bool awaited;        /* a writing is to come */
    size_t n;
    struct {
        char number[BYTES_MAX];
        uint8_t bytes;
        int64_t times;
    } at[NUMBERS_MAX];
};

struct misses *misses_new(struct arena *arena, struct web *web)
{
    struct misses *misses = NEW(arena, struct misses);
    misses->web = web;
    misses->arena = arena_new(ARENA_BYTES);
    if (!misses->arena)
        BUG("out of memory");
    return misses;
}

static void write_due(void *whom)
{
    struct misses *misses = whom;
    misses->awaited = false;
    if (!setjmp(*arena_guard(misses->arena))) {
        struct fault *fault = misses_write(misses, misses->arena);
        if (fault)
            fprintf(stderr, "hoshi: numbers asked for: %s\n", fault->code);
    }
    arena_reset(misses->arena);
}

static bool can_be_number(struct str typed)
{
    bool digit = false;
    for (size_t i = 0; i < typed.bytes; i++) {
        char c = typed.at[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-';
        digit = digit || (c >= '0' && c <= '9');
        if (!plain)
            return false;
    }
    return digit && typed.bytes >= 5 && typed.bytes <= BYTES_MAX;
}

void misses_add(struct misses *misses, struct str typed)
{
    char room[BYTES_MAX];
    if (typed.bytes > BYTES_MAX)
        return;
    for (size_t i = 0; i < typed.bytes; i++)
        room[i] = typed.at[i] >= 'a' && typed.at[i] <= 'z' ? (char)(typed.at[i] - 'a' + 'A')
                                                           : typed.at[i];
    if (!can_be_number((struct str){room, typed.bytes}))
        return;
    size_t i = 0;
    while (i < misses->n && (misses->at[i].bytes != typed.bytes ||
                             memcmp(misses->at[i].number, room, typed.bytes) != 0))
        i++;
    if (i == NUMBERS_MAX)
        return; /* somebody goes through them: no number of these is asked for often */
    if (i == misses->n) {
        memcpy(misses->at[i].number, room, typed.bytes);
        misses->at[i].bytes = (uint8_t)typed.bytes;
        misses->at[i].times = 0;
        misses->n++;
    }
    misses->at[i].times++;
    if (!misses->awaited)
        http_timer(misses->web->http, WRITE_MS, write_due, misses);
    misses->awaited = true;
}

struct fault *misses_write(struct misses *misses, struct arena *arena)
{
    char day[11], old[11];
    struct store *store = misses->web->store;
    struct day now = clock_today(misses->web->clock);
    struct str today = day_print(now, day);
    if (!misses->n)
        return NULL;
    for (size_t i = 0; i < misses->n; i++)
        TRY(sqlx_count_number_asked(store, arena,
                                    (struct str){misses->at[i].number, misses->at[i].bytes},
                                    misses->at[i].times, today));
    misses->n = 0;
    TRY(sqlx_numbers_asked_forget(store, arena, day_print(day_plus(now, -DAYS_KEPT), old)));
    return sqlx_numbers_asked_trim(store, arena);
}
