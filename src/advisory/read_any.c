/* read_any.c: whichever form an advisory has, by its first bytes and members.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "advisory/reader.h"
#include "advisory/reading.h"

#include "base/banned.h"

static struct str skip_blanks(struct str text)
{
    if (str_starts(text, "\xEF\xBB\xBF"))
        text = (struct str){text.at + 3, text.bytes - 3};
    return str_trim(text);
}

/* A member of CSAF's own, before anything is parsed: the reader that is chosen says what is wrong.
 */
static bool looks_like_csaf(struct str text)
{
    return text.at && memmem(text.at, text.bytes, "\"csaf_version\"", 14) &&
           !memmem(text.at, text.bytes, "\"cveMetadata\"", 13);
}

static struct fault *read_feed(struct arena *arena, struct str text, struct advisories *out)
{
    enum { RECORDS_MAX = 10000 }; /* held at once: a year is read by cve_feed_next() */
    struct cve_feed feed = cve_feed_of(text);
    struct advisory advisory, *at = NULL;
    struct fault *fault;
    size_t n = 0;
    while (cve_feed_next(arena, &feed, &advisory, &fault)) {
        TRY(fault);
        if (n == RECORDS_MAX)
            return FAULT(arena, "too-large", "more than %d records", RECORDS_MAX);
        at = reading_grow(arena, at, n, sizeof advisory);
        at[n++] = advisory;
    }
    *out = (struct advisories){at, n};
    return NULL;
}

struct fault *advisory_read(struct arena *arena, struct str text, struct advisories *out)
{
    struct str left = skip_blanks(text);
    *out = (struct advisories){0};
    if (str_starts(left, "<"))
        return myjvn_read(arena, left, out);
    if (!looks_like_csaf(left) || str_starts(left, "["))
        return read_feed(arena, left, out);
    struct advisory *one = NEW(arena, struct advisory);
    TRY(csaf_read(arena, left, one));
    *out = (struct advisories){one, 1};
    return NULL;
}
