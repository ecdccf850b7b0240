/* security_csaf.c: a maker's own CSAF 2.0 document: read, held against the label, and what of it
 * goes into the form: 4.8.1. SPDX-License-Identifier: Apache-2.0
 *
 * The readers of src/advisory/ are strict and bounded; what a document says of remedies and
 * justifications, which they leave out, is read here from the same bytes after they have passed. */
#include "desk/security_csaf.h"

#include "advisory/cpe.h"
#include "advisory/purl.h"
#include "advisory/reader.h"
#include "base/buf.h"
#include "base/fold.h"
#include "base/json.h"
#include "desk/security.h"
#include "store/files.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { LINES_MAX = 1 << 16, LINKS_MAX = 20 };

struct taken {
    struct deed *deed;
    struct advisory advisory;
    json_t *document; /* the whole of it */
    json_t *out;
    const char *tongue; /* of its texts */
};

/* ---- reading */

static void forget(void *what)
{
    json_decref(what);
}

static struct fault *read_bytes(struct deed *deed, struct str file_id, struct str *text)
{
    struct row_case_file *file;
    TRY(sql_case_file_by_id(deed->desk->store, deed->arena, file_id, &file));
    if (!file || !str_eq(file->case_id, deed->work.id))
        return FAULT(deed->arena, "unknown-file", "%.*s", STR_F(file_id));
    return file_read(deed->arena, deed->desk->data_dir, file->digest, CSAF_BYTES_MAX, text);
}

static struct fault *take(struct deed *deed, struct str file_id, struct taken *taken)
{
    struct str text;
    *taken = (struct taken){.deed = deed, .out = json_new(deed->arena)};
    TRY(read_bytes(deed, file_id, &text));
    TRY(csaf_read(deed->arena, text, &taken->advisory));
    taken->document = json_loadb(text.at, text.bytes, JSON_REJECT_DUPLICATES, NULL);
    if (!taken->document)
        return FAULT(deed->arena, "malformed-advisory", "not JSON");
    arena_at_end(deed->arena, forget, taken->document);
    struct str lang = json_get(json_object_get(taken->document, "document"), "lang");
    taken->tongue = str_starts(str_lower(deed->arena, lang), "ja") ? "ja" : "en";
    return NULL;
}

/* ---- products */

/* "hc-100_firmware" names the product that carries it. */
static struct str key_of(struct arena *arena, struct str name)
{
    struct str key = fold_name(arena, name);
    if (str_ends(key, "firmware") && key.bytes > 8)
        key.bytes -= 8;
    return key;
}

/* One of the parts of the text is this name. */
static bool part_is(struct arena *arena, struct str text, char mark, struct str key)
{
    while (text.bytes)
        if (str_eq(key_of(arena, str_cut(text, mark, &text)), key))
            return true;
    return false;
}

/* By any of its names ("日本語 / English"), its model numbers, CPE and purl. */
static bool is_called(struct arena *arena, const struct advisory_product *product, struct str key)
{
    struct cpe cpe;
    struct purl purl;
    if (str_eq(key_of(arena, product->product), key) ||
        part_is(arena, product->product, '/', key) || part_is(arena, product->model, ',', key))
        return true;
    if (product->cpe.bytes && !cpe_read(arena, product->cpe, &cpe) &&
        str_eq(key_of(arena, cpe.value[CPE_PRODUCT].text), key))
        return true;
    return product->purl.bytes && !purl_read(arena, product->purl, &purl) &&
           str_eq(key_of(arena, purl.name), key);
}

static bool is_named(const struct taken *taken, struct str name)
{
    struct arena *arena = taken->deed->arena;
    struct str key = fold_name(arena, name);
    for (size_t i = 0; key.bytes && i < taken->advisory.products_n; i++)
        if (is_called(arena, &taken->advisory.products[i], key))
            return true;
    return false;
}

/* The models of the label that the document names; every one where it names the product itself. */
static struct fault *match(struct taken *taken, struct words *models, bool *every)
{
    struct deed *deed = taken->deed;
    const struct row_label *label = deed->about.label;
    struct row_label_model *rows;
    size_t n, kept = 0;
    TRY(sql_label_models(deed->desk->store, deed->arena, deed->work.label, &rows, &n));
    struct str *room = NEW_ARRAY(deed->arena, n + 1, struct str);
    for (size_t i = 0; i < n; i++)
        if (is_named(taken, rows[i].model))
            room[kept++] = rows[i].model;
    *models = (struct words){room, kept};
    *every = kept == n || is_named(taken, label->product_ja) || is_named(taken, label->product_en);
    return kept || *every
               ? NULL
               : FAULT(deed->arena, "csaf-other-product",
                       "no product of the tree is one of label %.*s", STR_F(label->number));
}

/* ---- for the judge and for what is published */

static struct str chosen(const struct deed *deed)
{
    return json_text(json_array_get(json_object_get(deed->filled, "csaf-document"), 0));
}

static bool is_of_document(const struct fault *fault)
{
    static const char *const codes[] = {"malformed-advisory", "too-large", "csaf-other-product",
                                        "unknown-file"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (str_is(str_of(fault->code), codes[i]))
            return true;
    return false;
}

struct fault *csaf_good(struct deed *deed, bool *good)
{
    struct taken taken;
    struct words models;
    bool every;
    *good = true;
    if (!chosen(deed).bytes)
        return NULL;
    struct fault *fault = take(deed, chosen(deed), &taken);
    if (!fault)
        fault = match(&taken, &models, &every);
    *good = !fault;
    return fault && !is_of_document(fault) ? fault : NULL;
}

static struct str self_url(const struct taken *taken)
{
    const json_t *list =
        json_object_get(json_object_get(taken->document, "document"), "references");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        if (str_is(json_get(one, "category"), "self") && str_starts(json_get(one, "url"), "http"))
            return json_get(one, "url");
    }
    return json_get(json_object_get(json_object_get(taken->document, "document"), "publisher"),
                    "namespace");
}

struct fault *security_source(struct deed *deed, struct str *id, struct str *by, struct str *url)
{
    struct taken taken;
    *id = *by = *url = STR_NONE;
    if (!chosen(deed).bytes)
        return NULL;
    TRY(take(deed, chosen(deed), &taken));
    *id = taken.advisory.id;
    *by = taken.advisory.publisher;
    *url = self_url(&taken);
    return NULL;
}

/* ---- into the form */

static void put_text(struct taken *taken, const char *field, struct str text)
{
    json_t *both = json_new(taken->deed->arena);
    if (!text.bytes)
        return;
    json_put(both, taken->tongue, text);
    json_put_json(taken->out, field, both);
}

static struct str hyphened(struct arena *arena, struct str word)
{
    char *out = str_z(arena, word);
    for (size_t i = 0; i < word.bytes; i++)
        if (out[i] == '_')
            out[i] = '-';
    return (struct str){out, word.bytes};
}

static const json_t *first_of(const json_t *flaw, const char *list)
{
    return json_array_get(json_object_get(flaw, list), 0);
}

static void put_remedy(struct taken *taken, const json_t *flaw, bool unaffected)
{
    struct arena *arena = taken->deed->arena;
    const json_t *remedy = first_of(flaw, "remediations");
    if (unaffected) {
        json_put(taken->out, "justification",
                 hyphened(arena, json_get(first_of(flaw, "flags"), "label")));
        put_text(taken, "remedy-text", json_get(first_of(flaw, "threats"), "details"));
        return;
    }
    if (json_get(remedy, "category").bytes)
        json_put(taken->out, "remedy", hyphened(arena, json_get(remedy, "category")));
    put_text(taken, "remedy-text", json_get(remedy, "details"));
}

static struct str vector_of(const json_t *flaw)
{
    return json_get(json_object_get(first_of(flaw, "scores"), "cvss_v3"), "vectorString");
}

/* Numbers and, where each has one, their vectors in the same order. */
static void put_flaws(struct taken *taken, bool unaffected)
{
    const json_t *flaws = json_object_get(taken->document, "vulnerabilities");
    struct buf cves = buf_new(taken->deed->arena, LINES_MAX);
    struct buf vectors = buf_new(taken->deed->arena, LINES_MAX);
    bool each = !unaffected;
    for (size_t i = 0; i < json_array_size(flaws); i++) {
        const json_t *flaw = json_array_get(flaws, i);
        if (json_get(flaw, "cve").bytes)
            buf_printf(&cves, "%s%.*s", cves.bytes ? "\n" : "", STR_F(json_get(flaw, "cve")));
        each = each && vector_of(flaw).bytes;
        if (each)
            buf_printf(&vectors, "%s%.*s", vectors.bytes ? "\n" : "", STR_F(vector_of(flaw)));
    }
    if (cves.bytes && !cves.full)
        json_put(taken->out, "cves", buf_str(&cves));
    if (each && vectors.bytes && !vectors.full)
        json_put(taken->out, "cvss", buf_str(&vectors));
    put_remedy(taken, json_array_get(flaws, 0), unaffected);
}

static bool says_unaffected(const struct taken *taken)
{
    const json_t *flaws = json_object_get(taken->document, "vulnerabilities");
    bool affected = false, unaffected = false;
    for (size_t i = 0; i < json_array_size(flaws); i++) {
        const json_t *status = json_object_get(json_array_get(flaws, i), "product_status");
        affected = affected || json_array_size(json_object_get(status, "known_affected"));
        unaffected = unaffected || json_array_size(json_object_get(status, "known_not_affected"));
    }
    return unaffected && !affected;
}

/* The last version affected, and the one with the fix, as the first claims of the kind have them.
 */
static void put_versions(struct taken *taken, bool unaffected)
{
    struct str affected = STR_NONE, fixed = STR_NONE;
    for (size_t p = 0; p < taken->advisory.products_n; p++) {
        const struct version_claims *claims = &taken->advisory.products[p].versions;
        for (size_t i = 0; i < claims->n; i++) {
            const struct version_claim *claim = &claims->at[i];
            if (claim->status == VERSION_AFFECTED && claim->to_included && !affected.bytes)
                affected = claim->to;
            if (claim->status == VERSION_FIXED && !fixed.bytes)
                fixed = claim->from;
        }
    }
    if (affected.bytes)
        json_put(taken->out, "affected-version", affected);
    if (fixed.bytes && !unaffected)
        json_put(taken->out, "fixed-version", fixed);
}

static void put_links(struct taken *taken)
{
    struct buf out = buf_new(taken->deed->arena, LINES_MAX);
    for (size_t i = 0; i < taken->advisory.references_n && i < LINKS_MAX; i++)
        if (str_starts(taken->advisory.references[i].url, "http"))
            buf_printf(&out, "%s%.*s", out.bytes ? "\n" : "",
                       STR_F(taken->advisory.references[i].url));
    if (out.bytes && !out.full)
        json_put(taken->out, "links", buf_str(&out));
}

static struct str summary_of(const struct taken *taken)
{
    const json_t *notes = json_object_get(json_object_get(taken->document, "document"), "notes");
    for (size_t i = 0; i < json_array_size(notes); i++) {
        const json_t *one = json_array_get(notes, i);
        if (str_is(json_get(one, "category"), "summary") ||
            str_is(json_get(one, "category"), "description"))
            return json_get(one, "text");
    }
    return taken->advisory.text;
}

static void put_models(struct taken *taken, struct words models, bool every)
{
    json_t *list = json_new_list(taken->deed->arena);
    for (size_t i = 0; i < models.n; i++)
        json_add_str(list, models.at[i]);
    if (!every)
        json_put_json(taken->out, "affected-models", list);
}

struct fault *desk_fields_of_csaf(struct desk *desk, struct arena *arena,
                                  const struct principal *who, struct str case_id,
                                  struct str file_id, json_t **fields)
{
    struct deed deed;
    struct taken taken;
    struct words models;
    bool every;
    char room[11];
    TRY(desk_may_see(desk, arena, who, case_id));
    TRY(deed_begin(desk, arena, who, case_id, &deed));
    TRY(deed_load_facts(&deed)); /* knows the label */
    if (!deed.about.label)
        return FAULT(arena, "unknown-file", "the case is about no label");
    TRY(take(&deed, file_id, &taken));
    TRY(match(&taken, &models, &every));
    bool unaffected = says_unaffected(&taken);
    json_t *document = json_object_get(taken.document, "document"), *list = json_new_list(arena);
    json_add_str(list, file_id);
    json_put_json(taken.out, "csaf-document", list);
    json_put(taken.out, "security-kind", unaffected ? STR("not-affected") : STR("advisory"));
    put_text(&taken, "security-title", json_get(document, "title"));
    put_text(&taken, "security-summary", summary_of(&taken));
    put_models(&taken, models, every);
    put_flaws(&taken, unaffected);
    put_versions(&taken, unaffected);
    put_links(&taken);
    json_put(taken.out, "release-day", day_print(deed.today, room));
    *fields = taken.out;
    return NULL;
}
