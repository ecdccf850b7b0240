/* node.c: JSON that others wrote, walked strictly.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/node.h"

#include <string.h>

#include "base/buf.h"

#include "base/banned.h"

/* Counts brackets and what stands between commas outside of strings. */
static struct fault *count(struct arena *arena, struct str text, const struct node_limits *limits)
{
    size_t values = 1;
    int depth = 0;
    for (size_t i = 0; i < text.bytes; i++) {
        switch (text.at[i]) {
        case '"':
            for (i++; i < text.bytes && text.at[i] != '"'; i++)
                i += text.at[i] == '\\';
            break;
        case '[':
        case '{':
            depth++;
            values++;
            break;
        case ']':
        case '}':
            depth--;
            break;
        case ',':
            values++;
            break;
        default:
            break;
        }
        if (depth > limits->depth)
            return FAULT(arena, "too-large", "nested deeper than %d levels", limits->depth);
        if (values > limits->values)
            return FAULT(arena, "too-large", "more than %zu values", limits->values);
    }
    return NULL;
}

struct fault *node_read(struct arena *arena, const char *code, struct str text,
                        const struct node_limits *limits, struct node *out)
{
    *out = (struct node){.arena = arena, .code = code};
    if (text.bytes > limits->bytes)
        return FAULT(arena, "too-large", "%zu bytes; at most %zu are read", text.bytes,
                     limits->bytes);
    TRY(count(arena, text, limits));
    struct fault *fault = json_read_foreign(arena, text, limits->depth, &out->value);
    if (fault) {
        struct fault *named = node_wrong(out, "no JSON");
        named->detail = fault->detail;
        return named;
    }
    return json_is_object(out->value) ? NULL : node_wrong(out, "an object is wanted");
}

static void print_place(struct buf *out, const struct node *node, int levels)
{
    if (node->up && levels)
        print_place(out, node->up, levels - 1);
    if (node->name) {
        buf_add_char(out, '/');
        for (const char *c = node->name; *c; c++)
            buf_add_z(out, *c == '~' ? "~0" : *c == '/' ? "~1" : (const char[]){*c, 0});
    } else if (node->up) {
        buf_printf(out, "/%zu", node->index);
    }
}

struct fault *node_wrong(const struct node *node, const char *why)
{
    enum { PLACE_BYTES_MAX = 1000, PLACE_LEVELS_MAX = 200 };
    struct buf place = buf_new(node->arena, PLACE_BYTES_MAX);
    print_place(&place, node, PLACE_LEVELS_MAX);
    struct str where = buf_str(&place);
    struct fault *fault =
        fault_new(node->arena, __FILE__, __LINE__, node->code, "%.*s: %s", STR_F(where), why);
    fault->concerns = where;
    return fault;
}

struct fault *node_wrong_member(const struct node *node, const char *name, const char *why)
{
    struct node member = {.arena = node->arena, .code = node->code, .up = node, .name = name};
    return node_wrong(&member, why);
}

static struct node member_of(const struct node *node, const char *name)
{
    return (struct node){.arena = node->arena,
                         .code = node->code,
                         .up = node,
                         .name = name,
                         .value = json_object_get(node->value, name)};
}

struct fault *node_object(const struct node *node, const char *name, bool needed, struct node *out)
{
    *out = member_of(node, name);
    if (!out->value)
        return needed ? node_wrong(out, "is missing") : NULL;
    return json_is_object(out->value) ? NULL : node_wrong(out, "an object is wanted");
}

struct fault *node_list(const struct node *node, const char *name, bool needed, size_t items_max,
                        struct node *out)
{
    *out = member_of(node, name);
    if (!out->value)
        return needed ? node_wrong(out, "is missing") : NULL;
    if (!json_is_array(out->value))
        return node_wrong(out, "a list is wanted");
    if (json_array_size(out->value) > items_max) {
        struct fault *fault = node_wrong(out, "too many items");
        fault->code = "too-large";
        return fault;
    }
    return NULL;
}

size_t node_items(const struct node *list)
{
    return json_array_size(list->value);
}

struct node node_item(const struct node *list, size_t index)
{
    return (struct node){.arena = list->arena,
                         .code = list->code,
                         .up = list,
                         .index = index,
                         .value = json_array_get(list->value, index)};
}

struct fault *node_object_item(const struct node *list, size_t index, struct node *out)
{
    *out = node_item(list, index);
    return json_is_object(out->value) ? NULL : node_wrong(out, "an object is wanted");
}

/* Control characters, those of C1 (U+0080 to U+009F) too, made blanks. */
static struct str without_controls(struct arena *arena, struct str text, bool lines)
{
    char *at = str_z(arena, text);
    for (size_t i = 0; i < text.bytes; i++) {
        unsigned char c = (unsigned char)at[i], next = (unsigned char)at[i + 1];
        if ((c < ' ' && !(lines && c == '\n')) || c == 0x7F)
            at[i] = ' ';
        else if (c == 0xC2 && next >= 0x80 && next < 0xA0)
            at[i] = at[i + 1] = ' ';
    }
    return (struct str){at, text.bytes};
}

struct str plain_text(struct arena *arena, struct str text)
{
    return str_trim(without_controls(arena, text, false));
}

struct str plain_lines(struct arena *arena, struct str text)
{
    return without_controls(arena, text, true);
}

static struct fault *text_of(const struct node *node, bool needed, size_t bytes_max, bool cut,
                             struct str *out)
{
    *out = STR_NONE;
    if (!node->value)
        return needed ? node_wrong(node, "is missing") : NULL;
    if (!json_is_string(node->value))
        return node_wrong(node, "a string is wanted");
    struct str text = json_text(node->value);
    if (text.bytes > bytes_max && !cut) {
        struct fault *fault = node_wrong(node, "is too long");
        fault->code = "too-large";
        return fault;
    }
    *out = plain_text(node->arena, str_head(text, bytes_max));
    return needed && !out->bytes ? node_wrong(node, "is empty") : NULL;
}

struct fault *node_text_item(const struct node *list, size_t index, size_t bytes_max,
                             struct str *out)
{
    struct node item = node_item(list, index);
    return text_of(&item, true, bytes_max, false, out);
}

struct fault *node_text(const struct node *node, const char *name, bool needed, size_t bytes_max,
                        struct str *out)
{
    struct node member = member_of(node, name);
    return text_of(&member, needed, bytes_max, false, out);
}

struct fault *node_prose(const struct node *node, const char *name, bool needed, size_t bytes_max,
                         struct str *out)
{
    struct node member = member_of(node, name);
    return text_of(&member, needed, bytes_max, true, out);
}
