/* sbom_tags.c: SPDX 2.3 as tags and values; and what all readers of bills of materials share.
 * SPDX-License-Identifier: Apache-2.0
 *
 * SPDX 2.3, annex "Tag-value": one "Tag: value" a line, "<text>…</text>" over several lines. */
#include <string.h>

#include "advisory/node.h"
#include "advisory/reading.h"
#include "advisory/sbom_list.h"

#include "base/banned.h"

struct fault *sbom_add(struct sbom_list *list, const struct component *component)
{
    if (list->n == SBOM_COMPONENTS_MAX)
        return FAULT(list->arena, "too-large", "more than %d components", SBOM_COMPONENTS_MAX);
    list->at = reading_grow(list->arena, list->at, list->n, sizeof *component);
    list->at[list->n++] = *component;
    return NULL;
}

void sbom_set_names(struct arena *arena, struct component *component, struct str purl,
                    struct str cpe)
{
    component->purl = reading_purl(arena, purl);
    component->cpe = reading_cpe(arena, cpe);
}

void sbom_set_subject(struct sbom *sbom, const struct component *component)
{
    sbom->subject = component->name;
    sbom->subject_version = component->version;
}

struct str sbom_supplier(struct str text)
{
    static const char *const kinds[] = {"Organization:", "Person:", "Tool:"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_starts(text, kinds[i])) {
            text = str_trim(str_skip(text, strlen(kinds[i])));
            break;
        }
    if (str_is(text, "NOASSERTION") || str_is(text, "NONE"))
        return STR_NONE;
    /* "Hoshino Denki (security@hoshino.example)" */
    const char *bracket = text.at ? memchr(text.at, '(', text.bytes) : NULL;
    if (bracket && bracket > text.at)
        text.bytes = (size_t)(bracket - text.at);
    return str_trim(text);
}

/* One package while its lines are read. */
struct package {
    struct component component;
    struct str id, purl, cpe, originator;
    bool open;
};

struct tags {
    struct arena *arena;
    struct str left;
    int line;
    struct package package;
    struct sbom_list packages; /* with the ids beside them, in the same order */
    struct str *ids;
    struct str described[64];
    size_t described_n;
};

static struct fault *wrong(const struct tags *tags, const char *why)
{
    struct fault *fault = FAULT(tags->arena, "malformed-sbom", "line %d: %s", tags->line, why);
    fault->concerns = str_print(tags->arena, "line %d", tags->line);
    return fault;
}

static struct fault *end_package(struct tags *tags)
{
    struct package *package = &tags->package;
    if (!package->open)
        return NULL;
    if (!package->component.supplier.bytes)
        package->component.supplier = package->originator;
    sbom_set_names(tags->arena, &package->component, package->purl, package->cpe);
    tags->ids = reading_grow(tags->arena, tags->ids, tags->packages.n, sizeof *tags->ids);
    tags->ids[tags->packages.n] = package->id;
    TRY(sbom_add(&tags->packages, &package->component));
    *package = (struct package){0};
    return NULL;
}

static void read_external(struct package *package, struct str value)
{
    struct str rest, locator;
    str_cut(value, ' ', &rest); /* the category */
    struct str type = str_cut(str_trim(rest), ' ', &locator);
    locator = str_trim(locator);
    if (str_is(type, "purl"))
        package->purl = locator;
    else if (str_is(type, "cpe23Type") || (str_is(type, "cpe22Type") && !package->cpe.bytes))
        package->cpe = locator;
}

static void read_relationship(struct tags *tags, struct str value)
{
    struct str rest, to, from = str_cut(value, ' ', &rest);
    struct str type = str_cut(str_trim(rest), ' ', &to);
    if (str_is(from, "SPDXRef-DOCUMENT") && str_is(type, "DESCRIBES") &&
        tags->described_n < sizeof tags->described / sizeof *tags->described)
        tags->described[tags->described_n++] = str_trim(to);
}

static struct fault *read_tag(struct tags *tags, struct sbom *out, struct str tag, struct str value)
{
    struct package *package = &tags->package;
    bool name = str_is(tag, "PackageName") || str_is(tag, "PackageVersion") ||
                str_is(tag, "PackageSupplier") || str_is(tag, "PackageOriginator");
    if (name && (!value.bytes || value.bytes > SBOM_NAME_BYTES))
        return wrong(tags, "a value that is empty or too long");
    if (str_is(tag, "PackageName")) {
        TRY(end_package(tags));
        package->open = true;
        package->component.name = value;
    } else if (str_is(tag, "FileName") || str_is(tag, "SnippetSPDXID")) {
        TRY(end_package(tags));
    } else if (str_is(tag, "SPDXVersion")) {
        out->spec = value;
        if (!str_is(value, "SPDX-2.3"))
            return wrong(tags, "SPDX-2.3 is wanted");
    } else if (str_is(tag, "Relationship")) {
        read_relationship(tags, value);
    } else if (package->open && str_is(tag, "SPDXID")) {
        package->id = value;
    } else if (package->open && str_is(tag, "PackageVersion")) {
        package->component.version = value;
    } else if (package->open && str_is(tag, "PackageSupplier")) {
        package->component.supplier = sbom_supplier(value);
    } else if (package->open && str_is(tag, "PackageOriginator")) {
        package->originator = sbom_supplier(value);
    } else if (package->open && str_is(tag, "ExternalRef")) {
        read_external(package, value);
    }
    return NULL;
}

/* A value may go on over lines: "<text>" to "</text>". */
static struct fault *whole_value(struct tags *tags, struct str *value)
{
    static const char end[] = "</text>";
    if (!str_starts(*value, "<text>"))
        return NULL;
    const char *from = value->at + 6;
    const char *stop = tags->left.at ? tags->left.at + tags->left.bytes : value->at + value->bytes;
    const char *found = memmem(from, (size_t)(stop - from), end, sizeof end - 1);
    if (!found)
        return wrong(tags, "<text> without </text>");
    for (const char *c = from; c < found; c++)
        tags->line += *c == '\n';
    *value = plain_text(tags->arena, (struct str){from, (size_t)(found - from)});
    const char *behind = found + sizeof end - 1;
    if (tags->left.at && behind > tags->left.at)
        tags->left = (struct str){behind, (size_t)(stop - behind)};
    return NULL;
}

struct fault *sbom_read_tags(struct arena *arena, struct str text, struct sbom *out,
                             struct sbom_list *list)
{
    struct tags tags = {.arena = arena, .left = text, .packages = {.arena = arena}};
    out->form = SBOM_SPDX_TAGS;
    if (text.bytes > SBOM_BYTES_MAX)
        return FAULT(arena, "too-large", "at most %d bytes are read", SBOM_BYTES_MAX);
    tags.left = plain_lines(arena, text);
    if (!str_is_text(tags.left))
        return wrong(&tags, "no text in UTF-8");
    while (tags.left.bytes) {
        struct str value, line = str_trim(str_cut(tags.left, '\n', &tags.left));
        tags.line++;
        if (!line.bytes || line.at[0] == '#')
            continue;
        struct str tag = str_cut(line, ':', &value);
        if (!value.at)
            return wrong(&tags, "a line without a colon");
        value = str_trim(value);
        TRY(whole_value(&tags, &value));
        TRY(read_tag(&tags, out, tag, value));
    }
    TRY(end_package(&tags));
    if (!out->spec.bytes)
        return wrong(&tags, "SPDXVersion is missing");
    struct words described = {tags.described, tags.described_n};
    for (size_t i = 0; i < tags.packages.n; i++) {
        if (!words_have(described, tags.ids[i]))
            TRY(sbom_add(list, &tags.packages.at[i]));
        else if (!out->subject.bytes)
            sbom_set_subject(out, &tags.packages.at[i]);
    }
    return NULL;
}
