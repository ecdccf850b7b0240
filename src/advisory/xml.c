/* xml.c: XML that others wrote, read by libxml2 within limits.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/xml.h"

#include <libxml/parser.h>
#include <string.h>

#include "advisory/node.h"
#include "base/buf.h"

#include "base/banned.h"

static void release(void *what)
{
    xmlFreeDoc(*(xmlDoc **)what);
}

/* Before anything is parsed: what would be dear, or dangerous, to parse. */
static struct fault *look(struct arena *arena, struct str text, const struct xml_limits *limits)
{
    size_t elements = 0;
    if (text.bytes > limits->bytes)
        return FAULT(arena, "too-large", "%zu bytes; at most %zu are read", text.bytes,
                     limits->bytes);
    for (size_t i = 0; i < text.bytes; i++)
        elements += text.at[i] == '<' || text.at[i] == '=';
    if (elements > limits->elements)
        return FAULT(arena, "too-large", "more than %zu elements", limits->elements);
    if (text.at && memchr(text.at, 0, text.bytes))
        return FAULT(arena, "malformed-advisory", "a NUL: no XML in UTF-8");
    if (text.at &&
        (memmem(text.at, text.bytes, "<!DOCTYPE", 9) || memmem(text.at, text.bytes, "<!ENTITY", 8)))
        return FAULT(arena, "malformed-advisory", "a document type is not taken");
    return NULL;
}

static struct fault *at_line(struct fault *fault, struct arena *arena, int line)
{
    fault->concerns = str_print(arena, "line %d", line);
    return fault;
}

/* Deeper than allowed? Walked without recursion. */
static bool too_deep(const xmlNode *root, int depth_max)
{
    int depth = 1;
    for (const xmlNode *node = root; node;) {
        if (depth > depth_max)
            return true;
        if (node->children && node->type == XML_ELEMENT_NODE) {
            node = node->children;
            depth++;
            continue;
        }
        while (node != root && !node->next) {
            node = node->parent;
            depth--;
        }
        if (node == root)
            break;
        node = node->next;
    }
    return false;
}

struct fault *xml_read(struct arena *arena, struct str text, const struct xml_limits *limits,
                       xmlNode **out)
{
    TRY(look(arena, text, limits));
    xmlDoc **place = NEW(arena, xmlDoc *);
    arena_at_end(arena, release, place);
    xmlParserCtxt *parser = xmlNewParserCtxt();
    if (!parser)
        BUG("no memory for XML");
    *place = xmlCtxtReadMemory(parser, text.at ? text.at : "", (int)text.bytes, NULL, "UTF-8",
                               XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                   XML_PARSE_NOCDATA | XML_PARSE_COMPACT);
    /* what it says is copied by code, for its words may hold what the document held */
    int line = parser->lastError.line, code = parser->lastError.code;
    xmlFreeParserCtxt(parser);
    if (!*place)
        return at_line(FAULT(arena, "malformed-advisory", "no XML (libxml2 error %d)", code), arena,
                       line);
    if ((*place)->intSubset || (*place)->extSubset)
        return FAULT(arena, "malformed-advisory", "a document type is not taken");
    *out = xmlDocGetRootElement(*place);
    if (!*out)
        return FAULT(arena, "malformed-advisory", "no root element");
    return too_deep(*out, limits->depth)
               ? FAULT(arena, "too-large", "nested deeper than %d levels", limits->depth)
               : NULL;
}

struct fault *xml_wrong(struct arena *arena, const xmlNode *element, const char *why)
{
    struct buf path = buf_new(arena, 1000);
    const xmlNode *up[8];
    size_t n = 0;
    for (const xmlNode *node = element; node && node->type == XML_ELEMENT_NODE && n < 8;
         node = node->parent)
        up[n++] = node;
    while (n)
        buf_printf(&path, "/%s", (const char *)up[--n]->name);
    struct str where = str_head(buf_str(&path), 300);
    struct fault *fault = FAULT(arena, "malformed-advisory", "%.*s: %s", STR_F(where), why);
    fault->concerns = str_print(arena, "line %ld %.*s", xmlGetLineNo(element), STR_F(where));
    return fault;
}

bool xml_is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && !strcmp((const char *)node->name, name);
}

const xmlNode *xml_child(const xmlNode *element, const char *name, const xmlNode *after)
{
    const xmlNode *node = after ? after->next : element ? element->children : NULL;
    while (node && !xml_is(node, name))
        node = node->next;
    return node;
}

static void add_text(struct buf *out, const xmlNode *node)
{
    for (const xmlNode *part = node->children; part; part = part->next) {
        if (part->type == XML_TEXT_NODE || part->type == XML_CDATA_SECTION_NODE)
            buf_add_z(out, (const char *)part->content);
        else if (part->type == XML_ELEMENT_NODE)
            add_text(out, part); /* depth was bounded */
    }
}

struct str xml_text(struct arena *arena, const xmlNode *element)
{
    enum { TEXT_BYTES_MAX = 1 << 20 };
    struct buf out = buf_new(arena, TEXT_BYTES_MAX);
    if (element)
        add_text(&out, element);
    return plain_text(arena, buf_str(&out));
}

struct str xml_child_text(struct arena *arena, const xmlNode *element, const char *name)
{
    return xml_text(arena, xml_child(element, name, NULL));
}

struct str xml_attribute(struct arena *arena, const xmlNode *element, const char *name)
{
    for (const xmlAttr *at = element->properties; at; at = at->next)
        if (!strcmp((const char *)at->name, name) && at->children && at->children->content)
            return plain_text(arena, str_of((const char *)at->children->content));
    return STR_NONE;
}
