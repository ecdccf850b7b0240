/* node.h: JSON that others wrote, walked strictly: each value knows its place, and so does each
 * fault. SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_ADVISORY_NODE_H
#define HOSHI_ADVISORY_NODE_H

#include "base/json.h"

struct node {
    struct arena *arena;
    const char *code; /* of the faults */
    const struct node *up;
    const char *name; /* of this member; NULL for an item of a list, and for the root */
    size_t index;     /* of this item */
    json_t *value;    /* NULL: not there */
};

struct node_limits {
    size_t bytes, values; /* of the whole text */
    int depth;
};

/* Reads a text within limits. The number of values and the depth are counted before anything is
 * held: a text of empty lists would cost many times its size. */
struct fault *node_read(struct arena *arena, const char *code, struct str text,
                        const struct node_limits *limits, struct node *out);

/* Of the place of a node: "/containers/cna/affected/0". */
struct fault *node_wrong(const struct node *node, const char *why);
struct fault *node_wrong_member(const struct node *node, const char *name, const char *why);

/* A member of an object. Absent and not needed: out->value is NULL. */
struct fault *node_object(const struct node *node, const char *name, bool needed, struct node *out);
struct fault *node_list(const struct node *node, const char *name, bool needed, size_t items_max,
                        struct node *out);
size_t node_items(const struct node *list); /* 0 when it is not there */
struct node node_item(const struct node *list, size_t index);
struct fault *node_object_item(const struct node *list, size_t index, struct node *out);
struct fault *node_text_item(const struct node *list, size_t index, size_t bytes_max,
                             struct str *out);

/* A string, copied, control characters made blanks, trimmed; STR_NONE when it is not there or
 * empty. One that is needed is not empty. A longer one than bytes_max is refused; node_prose() cuts
 * it. */
struct fault *node_text(const struct node *node, const char *name, bool needed, size_t bytes_max,
                        struct str *out);
struct fault *node_prose(const struct node *node, const char *name, bool needed, size_t bytes_max,
                         struct str *out);

/* "Control characters made blanks, trimmed", copied. */
struct str plain_text(struct arena *arena, struct str text);
/* The same for a text of lines: the ends of these stay, and nothing is trimmed. */
struct str plain_lines(struct arena *arena, struct str text);

#endif
