/* say.c: reads one CVSS vector, CPE name or package URL a line and prints what we make of it, for
 * oracles. SPDX-License-Identifier: Apache-2.0
 *
 *     advisory_say cvss|cpe|purl <LINES */
#include <stdio.h>
#include <string.h>

#include "advisory/cpe.h"
#include "advisory/cvss.h"
#include "advisory/purl.h"
#include "base/json.h"

#include "base/banned.h"

static struct fault *say_cvss(struct arena *arena, struct str line, json_t *out)
{
    struct cvss cvss;
    TRY(cvss_read(arena, line, &cvss));
    json_put_int(out, "base", cvss.base);
    json_put_int(out, "temporal", cvss.temporal);
    json_put_int(out, "environmental", cvss.environmental);
    json_put(out, "printed", cvss_print(arena, &cvss));
    json_put(out, "severity", str_of(cvss_severity_word(cvss_severity(cvss.base), true)));
    return NULL;
}

static struct fault *say_cpe(struct arena *arena, struct str line, json_t *out)
{
    struct cpe cpe;
    TRY(cpe_read(arena, line, &cpe));
    json_put(out, "printed", cpe_print(arena, &cpe));
    json_put(out, "uri", cpe_print_uri(arena, &cpe));
    return NULL;
}

static struct fault *say_purl(struct arena *arena, struct str line, json_t *out)
{
    struct purl purl;
    TRY(purl_read(arena, line, &purl));
    json_put(out, "type", purl.type);
    json_put(out, "namespace", purl.namespace);
    json_put(out, "name", purl.name);
    json_put(out, "version", purl.version);
    json_put(out, "subpath", purl.subpath);
    json_t *qualifiers = json_new(arena);
    for (size_t i = 0; i < purl.qualifiers_n; i++)
        json_put(qualifiers, str_z(arena, purl.qualifiers[i].name), purl.qualifiers[i].value);
    json_put_json(out, "qualifiers", qualifiers);
    json_put(out, "printed", purl_print(arena, &purl));
    return NULL;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        struct fault *(*say)(struct arena *arena, struct str line, json_t *out);
    } kinds[] = {{"cvss", say_cvss}, {"cpe", say_cpe}, {"purl", say_purl}};
    char line[8192];
    struct arena *arena = arena_new((size_t)64 << 20);
    for (size_t i = 0; argc == 2 && i < sizeof kinds / sizeof *kinds; i++)
        while (!strcmp(argv[1], kinds[i].name) && fgets(line, sizeof line, stdin)) {
            struct str text = str_of(line);
            text.bytes -= str_ends(text, "\n");
            json_t *out = json_new(arena);
            struct fault *fault = kinds[i].say(arena, text, out);
            if (fault) {
                json_put(out, "fault", str_of(fault->code));
                json_put(out, "concerns", fault->concerns);
            }
            struct str said = json_canonical(arena, out);
            printf("%.*s\n", STR_F(said));
            arena_reset(arena);
        }
    arena_free(arena);
    return 0;
}
