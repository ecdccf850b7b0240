/* csaf_own.h: between the files that write a CSAF document.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_CSAF_OWN_H
#define HOSHI_CSAF_OWN_H

#include "base/buf.h"
#include "csaf/csaf.h"

/* Product ids: the versions that the notice is about, and the version with the fix. */
#define CSAF_CONCERNED STR("CSAFPID-0001")
#define CSAF_FIXED STR("CSAFPID-0002")

/* Nothing where the text is empty. */
void csaf_add_note(struct arena *arena, json_t *list, const char *category, const char *title,
                   struct str text);

/* One for each CVE number, or one without. */
json_t *csaf_vulnerabilities(struct arena *arena, const struct csaf_notice *notice);

#endif
