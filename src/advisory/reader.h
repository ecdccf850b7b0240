/* reader.h: readers of published advisories: CVE JSON 5, MyJVN XML, CSAF 2.0 JSON.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every reader faults with "malformed-advisory" (what is wrong is named in `detail`, its place in
 * `concerns`: a JSON pointer, or "line N" with the path of elements in XML) or "too-large" (bytes,
 * depth, number). Nothing is fetched: no network, no file, no clock. */
#ifndef HOSHI_ADVISORY_READER_H
#define HOSHI_ADVISORY_READER_H

#include "advisory/advisory.h"

enum {
    CVE_RECORD_BYTES_MAX = 4 << 20, /* one record */
    CSAF_BYTES_MAX = 16 << 20,      /* one document */
    MYJVN_BYTES_MAX = 8 << 20,      /* one answer */
    READER_DEPTH_MAX = 64,
    CVE_FEED_RECORDS_MAX = 1000000
};

/* One CVE record. */
struct fault *cve_read(struct arena *arena, struct str text, struct advisory *out);

/* Many: a JSON array of records, records one after the other (NDJSON), or one alone. The text is
 * split without being held as JSON: a year (45,000 records) is read record by record, each in an
 * arena that the caller may reset between two calls. struct cve_feed feed = cve_feed_of(text);
 *     while (cve_feed_next(arena, &feed, &advisory, &fault)) …
 * A record that is malformed gives a fault with its number ("/44/…") and the feed goes on; a feed
 * that cannot be split further gives a last fault. Exactly one of *out and *fault is set by each
 * true. */
struct cve_feed {
    struct str left;
    size_t record; /* of the record just given, from 0 */
    size_t given;
    bool array, ended;
};
struct cve_feed cve_feed_of(struct str text);
bool cve_feed_next(struct arena *arena, struct cve_feed *feed, struct advisory *out,
                   struct fault **fault);

/* MyJVN's answer to getVulnOverviewList (RDF or Atom with mod_sec 3.0), or VULDEF details of
 * getVulnDetailInfo. External entities and entity declarations are refused. */
struct fault *myjvn_read(struct arena *arena, struct str text, struct advisories *out);

/* One CSAF 2.0 document. Product ids that the tree does not have are refused, as the standard does
 * (6.1.1). Signatures are not looked at here. */
struct fault *csaf_read(struct arena *arena, struct str text, struct advisory *out);

/* Any of them, by its first bytes: '{' or '[' CVE or CSAF by its members, '<' MyJVN. */
struct fault *advisory_read(struct arena *arena, struct str text, struct advisories *out);

#endif
