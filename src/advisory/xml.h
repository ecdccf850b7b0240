/* xml.h: XML that others wrote, read by libxml2 within limits.
 * SPDX-License-Identifier: Apache-2.0
 *
 * No network, no document type, no entities but the five of XML itself, UTF-8 only. Elements are
 * found by their local names: the namespaces of MyJVN's answers differ between its versions. */
#ifndef HOSHI_ADVISORY_XML_H
#define HOSHI_ADVISORY_XML_H

#include <libxml/tree.h>

#include "base/fault.h"

struct xml_limits {
    size_t bytes, elements;
    int depth;
};

/* The root element; all of it is freed when the arena ends. Faults "malformed-advisory" with the
 * line in `concerns`, "too-large". */
struct fault *xml_read(struct arena *arena, struct str text, const struct xml_limits *limits,
                       xmlNode **out);

struct fault *xml_wrong(struct arena *arena, const xmlNode *element, const char *why);

bool xml_is(const xmlNode *node, const char *name); /* an element of that local name */
/* The first child element of that name behind `after` (NULL: from the beginning); NULL at the end.
 */
const xmlNode *xml_child(const xmlNode *element, const char *name, const xmlNode *after);
struct str xml_text(struct arena *arena,
                    const xmlNode *element); /* of it and what is in it, trimmed */
struct str xml_child_text(struct arena *arena, const xmlNode *element, const char *name);
struct str xml_attribute(struct arena *arena, const xmlNode *element, const char *name);

#endif
