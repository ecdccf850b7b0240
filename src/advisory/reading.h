/* reading.h: what the readers share: an advisory under construction, dates, scores, names.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_ADVISORY_READING_H
#define HOSHI_ADVISORY_READING_H

#include "advisory/advisory.h"

/* Lists that grow; reading_end() puts them into the advisory. */
struct reading {
    struct arena *arena;
    struct advisory *out;
    struct advisory_vector *vectors;
    struct advisory_product *products;
    struct advisory_reference *references;
    struct str *aliases;
    size_t vectors_n, products_n, references_n, aliases_n;
    bool japanese; /* the description so far is the Japanese one */
};

struct reading reading_of(struct arena *arena, struct advisory *out);
void reading_end(struct reading *reading);

/* Each false when there are as many as advisory.h allows. */
bool reading_add_vector(struct reading *reading, struct str text, int claimed_tenths,
                        struct str about);
bool reading_add_product(struct reading *reading, const struct advisory_product *product);
bool reading_add_reference(struct reading *reading, struct str url, struct str words);
bool reading_add_alias(struct reading *reading, struct str alias); /* once each, never the id */

/* A growing array: makes room for one more after n, at 0, 8, 16, 32 …; the place of the new one. */
void *reading_grow(struct arena *arena, void *at, size_t n, size_t bytes);

/* "2026-11-30T12:00:00.000Z", with any offset or none (UTC), or "2026-11-30" (a day in Tokyo).
 * False when it is neither. */
bool reading_day(struct str text, struct day *out);

/* "6.1", "10", "10.0": tenths; false when it is no score from 0 to 10. */
bool reading_score(struct str text, int *tenths);

/* Where nothing else is said of versions, the version that a CPE name itself holds (no wildcard)
 * gets that status. */
void reading_cpe_version(struct arena *arena, struct str cpe, enum version_status status,
                         struct version_claims *claims);

/* The text when cpe_read(), purl_read() can read it; else STR_NONE. */
struct str reading_cpe(struct arena *arena, struct str text);
struct str reading_purl(struct arena *arena, struct str text);

/* STR_NONE for what stands for nothing: "n/a", "-", "unspecified", "unknown". */
struct str reading_name(struct str text);

/* CVE-YYYY-N: the form of the identifier (four digits or more at its end). */
bool is_cve_id(struct str text);

#endif
