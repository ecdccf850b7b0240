/* watch_take.c: what a document of a feed says: each advisory once, as it is now.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A record that cannot be read is counted and the next one goes on. */
#include "advisory/reader.h"
#include "desk/deed.h"
#include "desk/watch.h"
#include "store/aside.gen.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { MATCHES_MAX = 5000, RECORD_BYTES_MAX = 1 << 28 };

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

/* ---- one advisory */

static struct fault *take_new(struct watch *watch, struct arena *arena,
                              const struct advisory *advisory, struct str said,
                              struct watch_count *count)
{
    struct matches matches;
    count->new_records++;
    TRY(watch_index(watch, arena));
    TRY(match_find(watch->index, arena, advisory, MATCHES_MAX, &matches));
    TRY(watch_write(watch, arena, advisory, &matches, count));
    return sqlx_advisory_seen_keep(watch->desk->store, arena, kind_word(advisory), advisory->id,
                                   said);
}

static struct fault *take_one(struct watch *watch, struct arena *arena,
                              const struct advisory *advisory, struct watch_count *count)
{
    struct row_advisory_seen *seen;
    struct str said = digest_of(arena, advisory);
    count->records++;
    TRY(sql_advisory_seen_of(watch->desk->store, arena, kind_word(advisory), advisory->id, &seen));
    if (seen && str_eq(seen->said, said) && !watch->anew)
        return NULL;
    return take_new(watch, arena, advisory, said, count);
}

/* ---- one document */

static void keep_first(struct arena *arena, const struct fault *fault, struct watch_count *count,
                       struct fault **first)
{
    count->refused++;
    if (!*first)
        *first = FAULT(arena, str_z(arena, str_of(fault->code)), "%.*s %.*s",
                       STR_F(fault->concerns), STR_F(fault->detail));
}

static struct fault *take_cves(struct watch *watch, struct arena *arena, struct arena *record,
                               struct str text, struct watch_count *count, struct fault **first)
{
    struct cve_feed feed = cve_feed_of(text);
    struct advisory advisory;
    struct fault *fault, *broken = NULL;
    while (!broken && cve_feed_next(record, &feed, &advisory, &fault)) {
        if (fault)
            keep_first(arena, fault, count, first);
        else if ((fault = take_one(watch, record, &advisory, count)))
            broken = FAULT(arena, str_z(arena, str_of(fault->code)), "%.*s", STR_F(fault->detail));
        arena_reset(record);
    }
    return broken;
}

static struct fault *take_document(struct watch *watch, struct arena *arena, struct arena *record,
                                   struct str kind, struct str text, struct watch_count *count,
                                   struct fault **first)
{
    struct advisories all = {0};
    struct advisory one;
    struct fault *fault = str_is(kind, "myjvn") ? myjvn_read(record, text, &all)
                                                : csaf_read(record, text, &one);
    if (fault) {
        keep_first(arena, fault, count, first);
        return NULL;
    }
    if (!str_is(kind, "myjvn"))
        all = (struct advisories){&one, 1};
    for (size_t i = 0; i < all.n; i++)
        if ((fault = take_one(watch, record, &all.at[i], count)))
            return FAULT(arena, str_z(arena, str_of(fault->code)), "%.*s", STR_F(fault->detail));
    return NULL;
}

struct fault *watch_take(struct watch *watch, struct arena *arena, struct str kind,
                         struct str text, struct watch_count *count, struct fault **first)
{
    struct arena *record = arena_new(RECORD_BYTES_MAX);
    if (!record)
        return FAULT(arena, "no-memory", "%s", "for a record");
    struct fault *fault = str_is(kind, "cve5")
                              ? take_cves(watch, arena, record, text, count, first)
                              : take_document(watch, arena, record, kind, text, count, first);
    arena_free(record);
    return fault;
}
