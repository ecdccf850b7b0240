/* csaf_document.c: one security notice as a CSAF 2.0 document: head, notes, references, products.
 * SPDX-License-Identifier: Apache-2.0 */
#include "csaf/csaf_own.h"

#include "base/json.h"

#include "base/banned.h"

static struct str url_of(struct arena *arena, const struct csaf_notice *notice, struct str base)
{
    return str_print(arena, "%.*s/.well-known/csaf/white/%.*s/%.*s", STR_F(base),
                     STR_F(csaf_year(arena, notice->revisions[0].at)),
                     STR_F(csaf_file_name(arena, notice->id)));
}

/* ---- document */

static json_t *distribution(struct arena *arena)
{
    json_t *out = json_new(arena), *tlp = json_new(arena);
    json_put(tlp, "label", STR("WHITE"));
    json_put(tlp, "url", STR("https://www.first.org/tlp/v1/"));
    json_put_json(out, "tlp", tlp);
    return out;
}

/* 3.2.1.8: the vendor speaks in its own notice, the body in its warning. */
static json_t *publisher(struct arena *arena, const struct csaf_notice *notice, struct str base)
{
    json_t *out = json_new(arena);
    struct str body = csaf_title(arena, notice->body_ja, notice->body_en);
    json_put(out, "category", notice->of_body ? STR("coordinator") : STR("vendor"));
    if (notice->of_body) {
        json_put(out, "name", body);
        json_put(out, "namespace", base);
        return out;
    }
    json_put(out, "name", csaf_title(arena, notice->maker_ja, notice->maker_en));
    json_put(out, "namespace",
             notice->maker_url.bytes
                 ? notice->maker_url
                 : str_print(arena, "%.*s/L/%.*s", STR_F(base), STR_F(notice->label)));
    if (notice->maker_mail.bytes)
        json_put(out, "contact_details", notice->maker_mail);
    json_put(
        out, "issuing_authority",
        str_print(arena,
                  "登録者の求めにより%.*sが公示する。 / Published at the registrant's request by "
                  "%.*s.",
                  STR_F(notice->body_ja.bytes ? notice->body_ja : notice->body_en),
                  STR_F(notice->body_en.bytes ? notice->body_en : notice->body_ja)));
    return out;
}

static json_t *tracking(struct arena *arena, const struct csaf_notice *notice)
{
    const struct csaf_revision *all = notice->revisions;
    size_t n = notice->revisions_n;
    char room[30];
    json_t *out = json_new(arena), *history = json_new_list(arena);
    for (size_t i = 0; i < n; i++) {
        json_t *one = json_new(arena);
        json_put(one, "date", instant_print(all[i].at, room));
        json_put(one, "number", str_print(arena, "%zu", i + 1));
        json_put(one, "summary", csaf_title(arena, all[i].ja, all[i].en));
        json_add(history, one);
    }
    json_put(out, "id", notice->id);
    json_put(out, "status", STR("final"));
    json_put(out, "version", str_print(arena, "%zu", n));
    json_put(out, "initial_release_date", instant_print(all[0].at, room));
    json_put(out, "current_release_date", instant_print(all[n - 1].at, room));
    json_put_json(out, "revision_history", history);
    return out;
}

void csaf_add_note(struct arena *arena, json_t *list, const char *category, const char *title,
                   struct str text)
{
    json_t *note = json_new(arena);
    if (!text.bytes)
        return;
    json_put(note, "category", str_of(category));
    json_put(note, "title", str_of(title));
    json_put(note, "text", text);
    json_add(list, note);
}

static json_t *notes(struct arena *arena, const struct csaf_notice *notice, struct str base)
{
    json_t *list = json_new_list(arena);
    const struct csaf_revision *last = &notice->revisions[notice->revisions_n - 1];
    csaf_add_note(arena, list, "summary", "概要", notice->summary_ja);
    csaf_add_note(arena, list, "summary", "Summary", notice->summary_en);
    csaf_add_note(arena, list, "general", "適合ラベル / Conformance label",
                  str_print(arena, "%.*s %.*s/L/%.*s", STR_F(notice->label), STR_F(base),
                            STR_F(notice->label)));
    if (notice->ended)
        csaf_add_note(arena, list, "general", "公示の終了 / Ended",
                      csaf_title(arena, last->ja, last->en));
    return list;
}

static void add_reference(struct arena *arena, json_t *list, const char *category,
                          struct str summary, struct str url)
{
    json_t *one = json_new(arena);
    json_put(one, "category", str_of(category));
    json_put(one, "summary", summary);
    json_put(one, "url", url);
    json_add(list, one);
}

static json_t *references(struct arena *arena, const struct csaf_notice *notice, struct str base)
{
    json_t *list = json_new_list(arena);
    struct str rest = notice->links;
    add_reference(arena, list, "self", STR("CSAF"), url_of(arena, notice, base));
    add_reference(arena, list, "self", STR("公示のページ / Page of the notice"),
                  str_print(arena, "%.*s/security/%.*s", STR_F(base), STR_F(notice->id)));
    if (notice->source_id.bytes)
        add_reference(arena, list, "external",
                      str_print(arena, "製造者のCSAF文書 / CSAF of the vendor: %.*s (%.*s)",
                                STR_F(notice->source_id), STR_F(notice->source_by)),
                      notice->source_url);
    while (rest.bytes) {
        struct str url = str_trim(str_cut(rest, '\n', &rest));
        if (url.bytes)
            add_reference(arena, list, "external", STR("参照 / Reference"), url);
    }
    return list;
}

static json_t *head(struct arena *arena, const struct csaf_notice *notice, struct str base)
{
    json_t *out = json_new(arena);
    json_put(out, "category",
             notice->kind == CSAF_NOT_AFFECTED ? STR("csaf_vex") : STR("csaf_security_advisory"));
    json_put(out, "csaf_version", STR("2.0"));
    json_put_json(out, "distribution", distribution(arena));
    json_put(out, "lang", STR("ja"));
    json_put_json(out, "notes", notes(arena, notice, base));
    json_put_json(out, "publisher", publisher(arena, notice, base));
    json_put_json(out, "references", references(arena, notice, base));
    json_put(out, "title", csaf_title(arena, notice->title_ja, notice->title_en));
    json_put_json(out, "tracking", tracking(arena, notice));
    return out;
}

/* ---- products */

/* 3.1.3.3.6: in a model number, "*" and "?" stand for themselves. */
static struct str escaped(struct arena *arena, struct str model)
{
    struct buf out = buf_new(arena, 2 * model.bytes + 1);
    for (size_t i = 0; i < model.bytes; i++) {
        if (model.at[i] == '*' || model.at[i] == '?' || model.at[i] == '\\')
            buf_add_char(&out, '\\');
        buf_add_char(&out, model.at[i]);
    }
    return buf_str(&out);
}

static json_t *helper(struct arena *arena, const struct csaf_notice *notice)
{
    json_t *out = json_new(arena), *models = json_new_list(arena);
    struct str rest = notice->models;
    while (rest.bytes) {
        struct str model = str_trim(str_cut(rest, '\n', &rest));
        if (model.bytes)
            json_add_str(models, escaped(arena, model));
    }
    if (json_array_size(models))
        json_put_json(out, "model_numbers", models);
    return out;
}

static json_t *branch(struct arena *arena, const char *category, struct str name)
{
    json_t *out = json_new(arena);
    json_put(out, "category", str_of(category));
    json_put(out, "name", name);
    return out;
}

/* A version of the product, or a range of them, as a product with an id of its own. */
static json_t *version(struct arena *arena, const struct csaf_notice *notice, bool fixed)
{
    struct str name = fixed ? notice->fixed
                      : notice->affected.bytes
                          ? str_print(arena, "vers:generic/<=%.*s", STR_F(notice->affected))
                          : STR("vers:generic/*");
    json_t *out = branch(arena, fixed ? "product_version" : "product_version_range", name);
    json_t *product = json_new(arena);
    struct str maker = csaf_title(arena, notice->maker_ja, notice->maker_en);
    struct str title = csaf_title(arena, notice->product_ja, notice->product_en);
    json_put(product, "name",
             str_print(arena, "%.*s %.*s %.*s", STR_F(maker), STR_F(title), STR_F(name)));
    json_put(product, "product_id", fixed ? CSAF_FIXED : CSAF_CONCERNED);
    json_t *with = helper(arena, notice);
    if (json_object_size(with))
        json_put_json(product, "product_identification_helper", with);
    json_put_json(out, "product", product);
    return out;
}

static json_t *products(struct arena *arena, const struct csaf_notice *notice)
{
    json_t *tree = json_new(arena), *vendors = json_new_list(arena);
    json_t *names = json_new_list(arena), *versions = json_new_list(arena);
    json_t *vendor = branch(arena, "vendor", csaf_title(arena, notice->maker_ja, notice->maker_en));
    json_t *name =
        branch(arena, "product_name", csaf_title(arena, notice->product_ja, notice->product_en));
    json_add(versions, version(arena, notice, false));
    if (notice->fixed.bytes)
        json_add(versions, version(arena, notice, true));
    json_put_json(name, "branches", versions);
    json_add(names, name);
    json_put_json(vendor, "branches", names);
    json_add(vendors, vendor);
    json_put_json(tree, "branches", vendors);
    return tree;
}

struct str csaf_document(struct arena *arena, const struct csaf_notice *notice, struct str base)
{
    json_t *all = json_new(arena);
    json_put_json(all, "document", head(arena, notice, base));
    json_put_json(all, "product_tree", products(arena, notice));
    json_put_json(all, "vulnerabilities", csaf_vulnerabilities(arena, notice));
    return csaf_json(arena, all);
}
