/* static.c: the files of src/web/static, embedded at build time.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/embedded.h"
#include "web/route.h"

#include "base/banned.h"

extern const struct embedded static_files[]; /* tools/embed makes it */

struct str static_text(const char *name)
{
    return embedded_find(static_files, name);
}

/* The address carries the version (?v=), so the answer may be kept for a year. */
struct fault *static_file(struct visit *visit)
{
    struct str name = visit->parts[0];
    struct str bytes = static_text(str_z(visit->arena, name));
    if (!bytes.at)
        return FAULT(visit->arena, "no-such-page", "%.*s", STR_F(name));
    visit->response->status = 200;
    visit->response->media_type = str_ends(name, ".css")  ? STR("text/css; charset=utf-8")
                                  : str_ends(name, ".js") ? STR("text/javascript; charset=utf-8")
                                                          : STR("image/svg+xml");
    visit->response->body = bytes;
    response_header(visit->response, "Cache-Control", STR("public, max-age=31536000, immutable"));
    return NULL;
}
