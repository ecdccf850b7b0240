/* csaf.h: security notices written as CSAF 2.0 documents, and the files of a trusted provider.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Clauses 4.8.1, 4.8.3. Sources: OASIS CSAF 2.0 (profiles 4.4 security advisory and 4.5 VEX;
 * section 7.1, requirements 1 to 20), RFC 8322 (ROLIE) in its JSON form, RFC 9116 (security.txt).
 * Pure: the same notice and address give the same bytes, members sorted by name. */
#ifndef HOSHI_CSAF_H
#define HOSHI_CSAF_H

#include <jansson.h>

#include "base/day.h"
#include "base/fault.h"

enum csaf_kind { CSAF_ADVISORY, CSAF_NOT_AFFECTED };

struct csaf_revision {
    int64_t at; /* instant of its publication */
    struct str ja, en;
};

/* The last revision of a notice. Texts: the other language, or nothing, where one is empty. */
struct csaf_notice {
    struct str id, label; /* "HN27-00001-K", registration number */
    enum csaf_kind kind;
    bool of_body; /* the body's own warning; else the registrant's notice */
    bool ended;
    const struct csaf_revision *revisions; /* the oldest first */
    size_t revisions_n;
    struct str title_ja, title_en, summary_ja, summary_en;
    struct str product_ja, product_en, maker_ja, maker_en;
    struct str maker_url, maker_mail; /* "" for none */
    struct str body_ja, body_en;      /* the labelling body */
    struct str models;                /* one a line */
    struct str affected, fixed;       /* last version affected, "" for all; version with the fix */
    struct str cves, vectors, links;  /* one a line */
    struct str remedy, remedy_ja, remedy_en;     /* item of the list `remedy` */
    struct str justification;                    /* item of the list `justification` */
    struct str source_id, source_by, source_url; /* the maker's own document, "" for none */
};

/* A document as index, changes and feed name it. */
struct csaf_entry {
    struct str id, title; /* title: of the document, both languages */
    int64_t published, updated;
};

/* The provider: its address without a slash at the end, and who it is. */
struct csaf_provider {
    struct str base, name_ja, name_en;
    struct str contact;     /* mailto: or https:, of reports */
    struct str fingerprint; /* of the OpenPGP key, hexadecimal upper case; "" while there is none */
    int64_t updated;        /* when metadata or documents last changed */
};

/* "hn27-00001-k.json": the id in lower case, runs of other signs made "_". */
struct str csaf_file_name(struct arena *arena, struct str id);
/* "2027": of the first revision, in Tokyo, as initial_release_date has it. */
struct str csaf_year(struct arena *arena, int64_t published);
struct str csaf_title(struct arena *arena, struct str ja, struct str en);

/* The document; the text ends with a line feed. */
struct str csaf_document(struct arena *arena, const struct csaf_notice *notice, struct str base);

/* The files beside the documents. Entries: the one updated last first. */
struct str csaf_index(struct arena *arena, const struct csaf_entry *entries, size_t n);
struct str csaf_changes(struct arena *arena, const struct csaf_entry *entries, size_t n);
struct str csaf_feed(struct arena *arena, const struct csaf_provider *provider,
                     const struct csaf_entry *entries, size_t n);
struct str csaf_provider_metadata(struct arena *arena, const struct csaf_provider *provider);
/* RFC 9116; it expires on the day, 0:00 in Tokyo. */
struct str csaf_security_txt(struct arena *arena, const struct csaf_provider *provider,
                             struct day expires);

/* Sorted by name, indented by two, a line feed at the end; scores with one decimal. */
struct str csaf_json(struct arena *arena, const json_t *value);

#endif
