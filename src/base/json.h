/* json.h: reading and writing JSON; jansson reads and holds it, the canonical bytes are ours.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A json_t made or read here is released when the arena ends. Numbers are 64-bit integers only:
 * nothing in Hoshi needs fractions, and a canonical form of them would be a trap. */
#ifndef HOSHI_JSON_H
#define HOSHI_JSON_H

#include <jansson.h>

#include "base/buf.h"
#include "base/fault.h"

enum { JSON_DEPTH_MAX = 32 };

/* Reads one value; refuses duplicate names, fractions, NUL, more than JSON_DEPTH_MAX levels and
 * anything after it: fault "malformed-json". */
struct fault *json_read(struct arena *arena, struct str text, json_t **out);

/* JSON that others wrote: the same, but fractions are allowed and the depth is the caller's. It has
 * no canonical form here: json_canonical() is not for it. */
struct fault *json_read_foreign(struct arena *arena, struct str text, int depth_max, json_t **out);

json_t *json_new(struct arena *arena);      /* {} */
json_t *json_new_list(struct arena *arena); /* [] */
json_t *json_new_str(struct arena *arena, struct str text); /* text: valid UTF-8 */
json_t *json_new_int(struct arena *arena, int64_t n);
void json_put(json_t *object, const char *name, struct str value);
void json_put_int(json_t *object, const char *name, int64_t value);
void json_put_bool(json_t *object, const char *name, bool value);
void json_put_json(json_t *object, const char *name, json_t *value); /* takes its own reference */
void json_add(json_t *list, json_t *value);                          /* takes its own reference */
void json_add_str(json_t *list, struct str value);

struct str json_text(const json_t *value);                   /* of a string; else STR_NONE */
struct str json_get(const json_t *object, const char *name); /* a string member, else STR_NONE */
int64_t json_get_int(const json_t *object, const char *name, int64_t otherwise);

/* RFC 8785 (JCS) for strings, integers, booleans, null, arrays, objects: members sorted by UTF-16
 * code units, no white space. */
struct str json_canonical(struct arena *arena, const json_t *value);
/* The same, of one string or one value, at the end of what is being built. */
void json_add_string(struct buf *out, struct str text);
void json_add_value(struct arena *arena, struct buf *out, const json_t *value);

#endif
