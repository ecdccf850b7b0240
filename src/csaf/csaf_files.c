/* csaf_files.c: what a trusted provider serves beside its documents: index, changes, ROLIE feed,
 * metadata, security.txt.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "base/json.h"
#include "csaf/csaf.h"

#include "base/banned.h"

enum { FILE_BYTES_MAX = 64 << 20 };

static int dump(const char *bytes, size_t n, void *out)
{
    buf_add(out, (struct str){bytes, n});
    return 0;
}

struct str csaf_json(struct arena *arena, const json_t *value)
{
    struct buf out = buf_new(arena, FILE_BYTES_MAX);
    if (json_dump_callback(value, dump, &out,
                           JSON_SORT_KEYS | JSON_INDENT(2) | JSON_REAL_PRECISION(3)) ||
        out.full)
        BUG("a JSON document that cannot be written");
    buf_add_char(&out, '\n');
    return buf_str(&out);
}

struct str csaf_file_name(struct arena *arena, struct str id)
{
    struct buf out = buf_new(arena, id.bytes + 8);
    bool last = false;
    for (size_t i = 0; i < id.bytes; i++) {
        char c = id.at[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-';
        if (kept)
            buf_add_char(&out, c);
        else if (!last)
            buf_add_char(&out, '_');
        last = !kept;
    }
    buf_add_z(&out, ".json");
    return buf_str(&out);
}

/* Of the day in Tokyo, as the document itself writes initial_release_date. */
struct str csaf_year(struct arena *arena, int64_t published)
{
    int year, month, date;
    day_civil(day_of_instant(published), &year, &month, &date);
    return str_print(arena, "%04d", year);
}

struct str csaf_title(struct arena *arena, struct str ja, struct str en)
{
    if (!ja.bytes || !en.bytes || str_eq(ja, en))
        return ja.bytes ? ja : en;
    return str_print(arena, "%.*s / %.*s", STR_F(ja), STR_F(en));
}

static struct str path_of(struct arena *arena, const struct csaf_entry *entry)
{
    return str_print(arena, "%.*s/%.*s", STR_F(csaf_year(arena, entry->published)),
                     STR_F(csaf_file_name(arena, entry->id)));
}

struct str csaf_index(struct arena *arena, const struct csaf_entry *entries, size_t n)
{
    struct buf out = buf_new(arena, FILE_BYTES_MAX);
    for (size_t i = 0; i < n; i++)
        buf_printf(&out, "%.*s\n", STR_F(path_of(arena, &entries[i])));
    return buf_str(&out);
}

/* 7.1.13: each field in quotes, the latest first. */
struct str csaf_changes(struct arena *arena, const struct csaf_entry *entries, size_t n)
{
    struct buf out = buf_new(arena, FILE_BYTES_MAX);
    char room[30];
    for (size_t i = 0; i < n; i++)
        buf_printf(&out, "\"%.*s\",\"%.*s\"\n", STR_F(path_of(arena, &entries[i])),
                   STR_F(instant_print(entries[i].updated, room)));
    return buf_str(&out);
}

/* ---- the feed */

static json_t *link(struct arena *arena, const char *rel, struct str href)
{
    json_t *one = json_new(arena);
    json_put(one, "rel", str_of(rel));
    json_put(one, "href", href);
    return one;
}

static json_t *category(struct arena *arena)
{
    json_t *list = json_new_list(arena), *one = json_new(arena);
    json_put(one, "scheme", STR("urn:ietf:params:rolie:category:information-type"));
    json_put(one, "term", STR("csaf"));
    json_add(list, one);
    return list;
}

static json_t *feed_entry(struct arena *arena, struct str base, const struct csaf_entry *entry)
{
    static const struct {
        const char *rel, *ending;
    } links[] = {{"self", ""}, {"hash", ".sha256"}, {"hash", ".sha512"}, {"signature", ".asc"}};
    char room[30];
    json_t *one = json_new(arena), *list = json_new_list(arena);
    json_t *content = json_new(arena), *format = json_new(arena);
    struct str url = str_print(arena, "%.*s/.well-known/csaf/white/%.*s", STR_F(base),
                               STR_F(path_of(arena, entry)));
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        json_add(list, link(arena, links[i].rel,
                            str_print(arena, "%.*s%s", STR_F(url), links[i].ending)));
    json_put(one, "id", entry->id);
    json_put(one, "title", entry->title);
    json_put_json(one, "link", list);
    json_put(one, "published", instant_print(entry->published, room));
    json_put(one, "updated", instant_print(entry->updated, room));
    json_put(content, "type", STR("application/json"));
    json_put(content, "src", url);
    json_put_json(one, "content", content);
    json_put(format, "schema",
             STR("https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json"));
    json_put(format, "version", STR("2.0"));
    json_put_json(one, "format", format);
    return one;
}

struct str csaf_feed(struct arena *arena, const struct csaf_provider *provider,
                     const struct csaf_entry *entries, size_t n)
{
    char room[30];
    json_t *all = json_new(arena), *feed = json_new(arena);
    json_t *links = json_new_list(arena), *list = json_new_list(arena);
    json_put(feed, "id", STR("csaf-feed-tlp-white"));
    json_put(feed, "title",
             str_print(arena, "%.*s: CSAF (TLP:WHITE)",
                       STR_F(csaf_title(arena, provider->name_ja, provider->name_en))));
    json_add(links, link(arena, "self",
                         str_print(arena, "%.*s/.well-known/csaf/feed-tlp-white.json",
                                   STR_F(provider->base))));
    json_put_json(feed, "link", links);
    json_put_json(feed, "category", category(arena));
    json_put(feed, "updated", instant_print(n ? entries[0].updated : provider->updated, room));
    for (size_t i = 0; i < n; i++)
        json_add(list, feed_entry(arena, provider->base, &entries[i]));
    json_put_json(feed, "entry", list);
    json_put_json(all, "feed", feed);
    return csaf_json(arena, all);
}

/* ---- who provides */

static json_t *distributions(struct arena *arena, struct str base)
{
    json_t *list = json_new_list(arena), *folder = json_new(arena), *feeds = json_new(arena);
    json_t *rolie = json_new(arena), *of_rolie = json_new_list(arena), *feed = json_new(arena);
    json_put(folder, "directory_url",
             str_print(arena, "%.*s/.well-known/csaf/white/", STR_F(base)));
    json_put(feed, "summary", STR("TLP:WHITE advisories"));
    json_put(feed, "tlp_label", STR("WHITE"));
    json_put(feed, "url",
             str_print(arena, "%.*s/.well-known/csaf/feed-tlp-white.json", STR_F(base)));
    json_add(of_rolie, feed);
    json_put_json(feeds, "feeds", of_rolie);
    json_put_json(rolie, "rolie", feeds);
    json_add(list, folder);
    json_add(list, rolie);
    return list;
}

static struct str key_url(struct arena *arena, const struct csaf_provider *provider)
{
    return str_print(arena, "%.*s/.well-known/csaf/openpgp/%.*s.asc", STR_F(provider->base),
                     STR_F(provider->fingerprint));
}

static json_t *keys(struct arena *arena, const struct csaf_provider *provider)
{
    json_t *list = json_new_list(arena), *key = json_new(arena);
    if (!provider->fingerprint.bytes)
        return list;
    json_put(key, "fingerprint", provider->fingerprint);
    json_put(key, "url", key_url(arena, provider));
    json_add(list, key);
    return list;
}

struct str csaf_provider_metadata(struct arena *arena, const struct csaf_provider *provider)
{
    char room[30];
    json_t *all = json_new(arena), *publisher = json_new(arena);
    json_put(publisher, "category", STR("coordinator"));
    json_put(publisher, "contact_details", provider->contact);
    json_put(
        publisher, "issuing_authority",
        STR("適合ラベルの発行機関として、登録者の求めによる公示と機関の注意喚起を公表する。 / As "
            "the "
            "body that issues conformance labels: notices at the registrants' request, and its "
            "own warnings."));
    json_put(publisher, "name", csaf_title(arena, provider->name_ja, provider->name_en));
    json_put(publisher, "namespace", provider->base);
    json_put_json(all, "publisher", publisher);
    json_put(
        all, "canonical_url",
        str_print(arena, "%.*s/.well-known/csaf/provider-metadata.json", STR_F(provider->base)));
    json_put_json(all, "distributions", distributions(arena, provider->base));
    json_put(all, "last_updated", instant_print(provider->updated, room));
    json_put_bool(all, "list_on_CSAF_aggregators", true);
    json_put_bool(all, "mirror_on_CSAF_aggregators", true);
    json_put(all, "metadata_version", STR("2.0"));
    json_put_json(all, "public_openpgp_keys", keys(arena, provider));
    json_put(all, "role", STR("csaf_trusted_provider"));
    return csaf_json(arena, all);
}

struct str csaf_security_txt(struct arena *arena, const struct csaf_provider *provider,
                             struct day expires)
{
    struct buf out = buf_new(arena, 8000);
    char room[30];
    buf_printf(&out, "Contact: %.*s\n", STR_F(provider->contact));
    buf_printf(&out, "Expires: %.*s\n", STR_F(instant_print(day_begins(expires), room)));
    if (provider->fingerprint.bytes)
        buf_printf(&out, "Encryption: %.*s\n", STR_F(key_url(arena, provider)));
    buf_add_z(&out, "Preferred-Languages: ja, en\n");
    buf_printf(&out, "Canonical: %.*s/.well-known/security.txt\n", STR_F(provider->base));
    buf_printf(&out, "CSAF: %.*s/.well-known/csaf/provider-metadata.json\n", STR_F(provider->base));
    return buf_str(&out);
}
