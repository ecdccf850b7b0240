/* sbom_test.c: readers of bills of materials: CycloneDX, SPDX in JSON and as tags (4.8.3).
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "advisory/sbom.h"
#include "check.h"
#include "samples.h"

#include "base/banned.h"

static void cyclonedx(struct tally *t, struct arena *arena)
{
    static const char *const specs[] = {"1.2", "1.3", "1.4", "1.5", "1.6"};
    for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
        char name[40];
        struct sbom sbom;
        snprintf(name, sizeof name, "cyclonedx-%s.json", specs[i]);
        if (!CHECK(t, !sbom_read(arena, sample(arena, name), &sbom), "CycloneDX %s", specs[i]))
            continue;
        CHECK_STR(t, sbom.spec, specs[i], "its version");
        CHECK_STR(t, sbom.subject, "HC-100A firmware", "what it is of");
        CHECK_STR(t, sbom.subject_version, "1.08", "and which version");
        CHECK(t, sbom.components_n == 3, "components within components too");
        const struct component *c = sbom.components;
        CHECK(t,
              str_is(c[0].name, "hoshi-tls") && str_is(c[0].version, "3.0.8") && c[0].cpe.bytes &&
                  str_is(c[0].supplier, "Hoshi TLS project"),
              "a component: name, version, CPE, who publishes it");
        CHECK(t, str_is(c[1].name, "hoshi-crypto") && !c[1].purl.bytes, "what is within it");
        CHECK(t, str_is(c[2].supplier, "株式会社つきよ") && str_starts(c[2].purl, "pkg:npm/"),
              "a supplier, and a package URL");
    }
}

static void spdx(struct tally *t, struct arena *arena)
{
    static const char *const names[] = {"spdx.json", "spdx.tags"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct sbom sbom;
        struct fault *fault = sbom_read(arena, sample(arena, names[i]), &sbom);
        if (!CHECK(t, !fault, "%s is read", names[i]))
            continue;
        CHECK(t, sbom.form == (i ? SBOM_SPDX_TAGS : SBOM_SPDX_JSON), "told by its first bytes");
        CHECK_STR(t, sbom.subject, "HC-100A firmware", "what the document describes");
        if (!CHECK(t, sbom.components_n == 1, "which is no component"))
            continue;
        const struct component *c = sbom.components;
        CHECK(t, str_is(c->name, "hoshi-tls") && str_is(c->version, "3.0.8"), "a package");
        CHECK_STR(t, c->supplier, "Hoshi TLS project", "NOASSERTION gives way to the originator");
        CHECK_STR(t, c->purl, "pkg:generic/hoshi-tls@3.0.8", "its package URL");
        CHECK(t, str_starts(c->cpe, "cpe:2.3:"), "the 2.3 name before the 2.2 one");
    }
}

static void refused(struct tally *t, struct arena *arena)
{
    static const struct {
        const char *name, *from, *to, *code, *concerns;
    } rows[] = {
        {"cyclonedx-1.5.json", "\"1.5\"", "\"1.1\"", "malformed-sbom", "/specVersion"},
        {"cyclonedx-1.5.json", "\"CycloneDX\"", "\"Cyclone\"", "malformed-sbom", "/bomFormat"},
        {"cyclonedx-1.5.json", "\"name\": \"left-pad\", ", "", "malformed-sbom",
         "/components/1/name"},
        {"cyclonedx-1.5.json", "\"name\": \"hoshi-crypto\"", "\"name\": \" \"", "malformed-sbom",
         "/components/0/components/0/name"},
        {"cyclonedx-1.5.json", "\"3.0.8\", \"purl\"", "308, \"purl\"", "malformed-sbom",
         "/components/0/version"},
        {"cyclonedx-1.5.json", "\"components\": [", "\"components\": [7, ", "malformed-sbom",
         "/components/0"},
        {"cyclonedx-1.5.json", "]", "", "malformed-sbom", ""},
        {"spdx.json", "SPDX-2.3", "SPDX-2.2", "malformed-sbom", "/spdxVersion"},
        {"spdx.json", "\"SPDXID\": \"SPDXRef-Tls\"", "\"SPDXID\": \"Tls\"", "malformed-sbom",
         "/packages/1/SPDXID"},
        {"spdx.json", "\"documentNamespace\"", "\"ns\"", "malformed-sbom", "/documentNamespace"},
        {"spdx.json", "\"referenceLocator\": \"pkg", "\"locator\": \"pkg", "malformed-sbom",
         "/packages/1/externalRefs/2/referenceLocator"},
        {"spdx.json", "\"spdxVersion\"", "\"version\"", "malformed-sbom", ""},
        {"spdx.tags", "SPDX-2.3", "SPDX-2.2", "malformed-sbom", "line 2"},
        {"spdx.tags", "</text>", "", "malformed-sbom", "line 6"},
        {"spdx.tags", "PackageVersion: 3.0.8", "PackageVersion 3.0.8", "malformed-sbom", "line 18"},
        {"spdx.tags", "PackageName: hoshi-tls", "PackageName:", "malformed-sbom", "line 16"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sbom sbom;
        struct str text = changed(arena, sample(arena, rows[i].name), rows[i].from, rows[i].to);
        struct fault *fault = sbom_read(arena, text, &sbom);
        CHECK(t, fault && !strcmp(fault->code, rows[i].code), "%s refused: %s", rows[i].name,
              rows[i].to);
        CHECK_STR(t, fault ? fault->concerns : STR("?"), rows[i].concerns, "its place");
    }
    struct sbom sbom;
    struct fault *fault = sbom_read(arena, STR_NONE, &sbom);
    CHECK(t, fault && !strcmp(fault->code, "malformed-sbom"), "nothing is no bill of materials");
    struct str text =
        changed(arena, sample(arena, "cyclonedx-1.5.json"), "pkg:generic/hoshi-tls@3.0.8", "hoshi");
    CHECK(t, !sbom_read(arena, text, &sbom) && !sbom.components[0].purl.bytes,
          "a package URL that is none is left out, the component is not");
}

int main(void)
{
    struct tally tally = {0};
    struct arena *arena = arena_new((size_t)256 << 20);
    cyclonedx(&tally, arena);
    spdx(&tally, arena);
    refused(&tally, arena);
    arena_free(arena);
    return tally_end(&tally);
}
