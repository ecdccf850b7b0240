/* public_csaf.c: what a CSAF trusted provider serves under /.well-known, and security.txt.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Documents and their signatures lie in the register; digests, index, changes, feed and metadata
 * follow from them here. CSAF 2.0, 7.1; RFC 9116. */
#include "csaf/csaf.h"
#include "web/public_own.h"

#include "base/banned.h"

static struct fault *no_such_file(struct ask *ask)
{
    return FAULT(ask->arena, "no-such-page", "%.*s", STR_F(ask->request->path));
}

static struct fault *send_text(struct ask *ask, struct str text)
{
    public_send(ask, 200, "text/plain; charset=utf-8", text);
    return NULL;
}

static struct fault *send_json(struct ask *ask, struct str text)
{
    public_send(ask, 200, "application/json", text);
    return NULL;
}

/* ---- the provider */

/* As of today; the rule book's default where the register has no row. */
static struct fault *parameter(struct ask *ask, const char *name, struct str *out)
{
    const struct rulebook *book = ask->half->settings.book;
    TRY(folder_parameter(ask->half->folder, ask->arena, name, ask->today, out));
    int id = out->bytes || !book ? 0 : parameter_by_name(book, str_of(name));
    if (id)
        *out = str_of(book->parameters[id].value);
    return NULL;
}

static struct fault *contact(struct ask *ask, struct str *out)
{
    TRY(parameter(ask, "security-contact", out));
    if (!str_starts(*out, "mailto:") && !str_starts(*out, "https://") && !str_starts(*out, "tel:"))
        *out = str_print(ask->arena, "%.*s/open", STR_F(ask->half->settings.base_url));
    return NULL;
}

static struct fault *provider(struct ask *ask, struct csaf_provider *out)
{
    struct public_document *documents;
    struct day first;
    size_t n;
    *out = (struct csaf_provider){.base = ask->half->settings.base_url};
    TRY(parameter(ask, "sender-name-ja", &out->name_ja));
    TRY(parameter(ask, "sender-name-en", &out->name_en));
    TRY(contact(ask, &out->contact));
    TRY(folder_meta(ask->half->folder, ask->arena, "openpgp-fingerprint", &out->fingerprint));
    TRY(folder_documents(ask->half->folder, ask->arena, &documents, &n));
    TRY(folder_first_day(ask->half->folder, ask->arena, &first));
    out->updated = n ? documents[0].updated : day_is_none(first) ? 0 : day_begins(first);
    return NULL;
}

static struct fault *send_metadata(struct ask *ask)
{
    struct csaf_provider about;
    TRY(provider(ask, &about));
    return send_json(ask, csaf_provider_metadata(ask->arena, &about));
}

struct fault *public_security_txt(struct ask *ask, struct str rest)
{
    (void)rest;
    struct csaf_provider about;
    struct str days;
    int64_t n = 0;
    TRY(provider(ask, &about));
    TRY(parameter(ask, "security-txt-days", &days));
    if (!str_int(days, &n) || n < 1 || n > 360) /* RFC 9116, 2.5.5: less than a year ahead */
        n = 180;
    return send_text(ask, csaf_security_txt(ask->arena, &about, day_plus(ask->today, (int)n)));
}

/* ---- files that list documents */

static struct fault *send_list(struct ask *ask, struct str name)
{
    struct public_document *documents;
    struct csaf_provider about;
    size_t n;
    TRY(folder_documents(ask->half->folder, ask->arena, &documents, &n));
    struct csaf_entry *entries = NEW_ARRAY(ask->arena, n + 1, struct csaf_entry);
    for (size_t i = 0; i < n; i++)
        entries[i] = (struct csaf_entry){documents[i].id, documents[i].title,
                                         documents[i].published, documents[i].updated};
    if (str_is(name, "white/index.txt"))
        return send_text(ask, csaf_index(ask->arena, entries, n));
    if (str_is(name, "white/changes.csv")) {
        public_send(ask, 200, "text/csv; charset=utf-8", csaf_changes(ask->arena, entries, n));
        return NULL;
    }
    TRY(provider(ask, &about));
    return send_json(ask, csaf_feed(ask->arena, &about, entries, n));
}

/* ---- documents */

/* "2027/hn27-00001-k.json.sha512": what stands before ".json", and what after it. */
static bool split(struct arena *arena, struct str path, struct str *id, struct str *ending)
{
    static const char *const endings[] = {".json", ".json.sha256", ".json.sha512", ".json.asc"};
    struct str name;
    str_cut(path, '/', &name);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (!str_ends(name, endings[i]))
            continue;
        struct str all = str_of(endings[i]);
        *id = str_upper(arena, (struct str){name.at, name.bytes - all.bytes});
        *ending = str_skip(all, 5);
        return true;
    }
    return false;
}

/* The one spelling of its address: any other is no file. */
static bool is_at(struct arena *arena, struct str path, const struct public_document *document,
                  struct str ending)
{
    return str_eq(path,
                  str_print(arena, "%.*s/%.*s%.*s", STR_F(csaf_year(arena, document->published)),
                            STR_F(csaf_file_name(arena, document->id)), STR_F(ending)));
}

static struct fault *send_document(struct ask *ask, struct str path)
{
    struct public_document document;
    struct str id, ending;
    if (!split(ask->arena, path, &id, &ending))
        return no_such_file(ask);
    TRY(folder_document(ask->half->folder, ask->arena, id, &document));
    if (!document.id.bytes || !is_at(ask->arena, path, &document, ending))
        return no_such_file(ask);
    if (!ending.bytes)
        return send_json(ask, document.body);
    if (str_is(ending, ".asc"))
        return document.signature.bytes ? send_text(ask, document.signature) : no_such_file(ask);
    struct hash sha256 = hash_of(document.body);
    struct str digest = str_is(ending, ".sha256") ? hash_hex(ask->arena, &sha256)
                                                  : sha512_hex(ask->arena, document.body);
    return send_text(ask, str_print(ask->arena, "%.*s  %.*s\n", STR_F(digest),
                                    STR_F(csaf_file_name(ask->arena, document.id))));
}

static struct fault *send_key(struct ask *ask, struct str name)
{
    struct str fingerprint, key;
    TRY(folder_meta(ask->half->folder, ask->arena, "openpgp-fingerprint", &fingerprint));
    TRY(folder_meta(ask->half->folder, ask->arena, "openpgp-key", &key));
    if (!fingerprint.bytes || !str_eq(name, str_print(ask->arena, "%.*s.asc", STR_F(fingerprint))))
        return no_such_file(ask);
    return send_text(ask, key);
}

struct fault *public_csaf_file(struct ask *ask, struct str rest)
{
    if (str_is(rest, "provider-metadata.json"))
        return send_metadata(ask);
    if (str_is(rest, "feed-tlp-white.json") || str_is(rest, "white/index.txt") ||
        str_is(rest, "white/changes.csv"))
        return send_list(ask, rest);
    if (str_starts(rest, "openpgp/"))
        return send_key(ask, str_skip(rest, 8));
    return str_starts(rest, "white/") ? send_document(ask, str_skip(rest, 6)) : no_such_file(ask);
}
