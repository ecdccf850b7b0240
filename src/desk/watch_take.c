/* watch_take.c: what a document of a feed says: each advisory once, as it is now.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A record that cannot be read is counted and the next one goes on. */
#include "advisory/reader.h"
#include "desk/act.h"
#include "desk/deed.h"
#include "desk/watch.h"
#include "store/aside.gen.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { MATCHES_MAX = 5000, RECORD_BYTES_MAX = 1 << 28 };

/* A fault of an arena that goes, in one that stays. */
static struct fault *fault_kept(struct arena *arena, const struct fault *fault)
{
    return fault ? FAULT(arena, str_z(arena, str_of(fault->code)), "%.*s", STR_F(fault->detail))
                 : NULL;
}

/* ---- what was read before */

static void add(struct hasher *hasher, struct str text)
{
    hasher_add(hasher, text.at, text.bytes);
    hasher_add(hasher, "\n", 1);
}

static struct str digest_of(struct arena *arena, const struct advisory *advisory)
{
    struct hasher *hasher = hasher_new(arena);
    char room[11];
    hasher_start(hasher);
    add(hasher, advisory->title);
    add(hasher, advisory->text);
    add(hasher, day_known(advisory->modified) ? day_print(advisory->modified, room) : STR_NONE);
    add(hasher, advisory->rejected ? STR("rejected") : STR_NONE);
    for (size_t i = 0; i < advisory->vectors_n; i++)
        add(hasher, advisory->vectors[i].text);
    for (size_t i = 0; i < advisory->products_n; i++) {
        const struct advisory_product *product = &advisory->products[i];
        add(hasher, product->vendor);
        add(hasher, product->product);
        add(hasher, product->model);
        add(hasher, product->cpe);
        add(hasher, product->purl);
        for (size_t c = 0; c < product->versions.n; c++)
            add(hasher, version_claim_print(arena, &product->versions.at[c]));
    }
    struct hash hash = hasher_end(hasher);
    return hash_hex(arena, &hash);
}

static struct str kind_word(const struct advisory *advisory)
{
    return advisory->kind == ADVISORY_CVE   ? STR("cve")
           : advisory->kind == ADVISORY_JVN ? STR("jvn")
                                            : STR("csaf");
}

/* ---- what has been read now: written down many at a time, after the cases that came of them */

enum { NOTED_MAX = 500, NOTED_BYTES_MAX = 1 << 22 };

struct noted {
    struct str kind, id, said;
};

struct taking {
    struct watch *watch;
    struct arena *record; /* of one advisory */
    struct arena *notes;  /* of those noted */
    struct noted *noted;
    size_t noted_n;
    struct watch_count *count;
    struct fault **first;
};

static struct fault *write_noted(struct desk *desk, struct arena *arena, void *whom)
{
    const struct taking *taking = whom;
    for (size_t i = 0; i < taking->noted_n; i++)
        TRY(sqlx_advisory_seen_keep(desk->store, arena, taking->noted[i].kind,
                                    taking->noted[i].id, taking->noted[i].said));
    return NULL;
}

static struct fault *flush(struct taking *taking, struct arena *arena)
{
    if (taking->noted_n)
        TRY(desk_write(taking->watch->desk, arena, write_noted, taking));
    arena_reset(taking->notes);
    taking->noted = NEW_ARRAY(taking->notes, NOTED_MAX, struct noted);
    taking->noted_n = 0;
    return NULL;
}

static struct fault *note(struct taking *taking, struct arena *arena,
                          const struct advisory *advisory, struct str said)
{
    taking->noted[taking->noted_n++] = (struct noted){.kind = kind_word(advisory),
                                                      .id = str_copy(taking->notes, advisory->id),
                                                      .said = str_copy(taking->notes, said)};
    return taking->noted_n == NOTED_MAX ? flush(taking, arena) : NULL;
}

/* ---- one advisory */

static struct fault *take_one(struct taking *taking, struct arena *arena,
                              const struct advisory *advisory)
{
    struct watch *watch = taking->watch;
    struct row_advisory_seen *seen;
    struct matches matches;
    struct str said = digest_of(arena, advisory);
    taking->count->records++;
    TRY(sql_advisory_seen_of(watch->desk->store, arena, kind_word(advisory), advisory->id, &seen));
    if (seen && str_eq(seen->said, said) && !watch->anew)
        return NULL;
    taking->count->new_records++;
    TRY(watch_index(watch, arena));
    TRY(match_find(watch->index, arena, advisory, MATCHES_MAX, &matches));
    TRY(watch_write(watch, arena, advisory, &matches, taking->count));
    return note(taking, arena, advisory, said);
}

/* ---- one document */

static void keep_first(struct arena *arena, const struct fault *fault, struct taking *taking)
{
    taking->count->refused++;
    if (!*taking->first)
        *taking->first = FAULT(arena, str_z(arena, str_of(fault->code)), "%.*s %.*s",
                               STR_F(fault->concerns), STR_F(fault->detail));
}

static struct fault *take_cves(struct taking *taking, struct arena *arena, struct str text)
{
    struct cve_feed feed = cve_feed_of(text);
    struct advisory advisory;
    struct fault *fault, *broken = NULL;
    while (!broken && cve_feed_next(taking->record, &feed, &advisory, &fault)) {
        if (fault)
            keep_first(arena, fault, taking);
        else
            broken = fault_kept(arena, take_one(taking, taking->record, &advisory));
        arena_reset(taking->record);
    }
    return broken;
}

static struct fault *take_document(struct taking *taking, struct arena *arena, struct str kind,
                                   struct str text)
{
    struct advisories all = {0};
    struct advisory one;
    struct fault *fault = str_is(kind, "myjvn") ? myjvn_read(taking->record, text, &all)
                                                : csaf_read(taking->record, text, &one);
    if (fault) {
        keep_first(arena, fault, taking);
        return NULL;
    }
    if (!str_is(kind, "myjvn"))
        all = (struct advisories){&one, 1};
    for (size_t i = 0; i < all.n; i++)
        TRY(fault_kept(arena, take_one(taking, taking->record, &all.at[i])));
    return NULL;
}

struct fault *watch_take(struct watch *watch, struct arena *arena, struct str kind,
                         struct str text, struct watch_count *count, struct fault **first)
{
    struct taking taking = {.watch = watch, .record = arena_new(RECORD_BYTES_MAX),
                            .notes = arena_new(NOTED_BYTES_MAX), .count = count, .first = first};
    struct fault *fault = NULL;
    if (!taking.record || !taking.notes) {
        fault = FAULT(arena, "no-memory", "%s", "for a record");
    } else {
        fault = flush(&taking, arena);
        if (!fault)
            fault = str_is(kind, "cve5") ? take_cves(&taking, arena, text)
                                         : take_document(&taking, arena, kind, text);
        if (!fault)
            fault = fault_kept(arena, flush(&taking, taking.record));
    }
    if (taking.record)
        arena_free(taking.record);
    if (taking.notes)
        arena_free(taking.notes);
    return fault;
}
