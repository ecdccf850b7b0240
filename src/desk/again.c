/* again.c: the same request twice: the first answer stands (RFC draft Idempotency-Key).
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "desk/deed.h"
#include "store/seal.h"
#include "store/sql.gen.h"

#include "base/banned.h"

struct str request_digest(struct arena *arena, const char *act, struct str subject,
                          struct str detail, const json_t *fields, int64_t version)
{
    json_t *request = json_new(arena);
    json_put(request, "act", str_of(act));
    json_put(request, "subject", subject);
    json_put(request, "detail", detail);
    json_put_int(request, "version", version);
    json_put_json(request, "fields", fields ? (json_t *)fields : json_new(arena));
    struct hash hash = hash_of(json_canonical(arena, request));
    return hash_hex(arena, &hash);
}

struct fault *idempotency_find(struct desk *desk, struct arena *arena, struct str account,
                               struct str key, struct str request, struct row_idempotency **row)
{
    *row = NULL;
    if (key.bytes == 0)
        return NULL;
    if (key.bytes > 200 || !str_is_text(key))
        return FAULT(arena, "malformed-idempotency-key", "longer than 200 bytes, or not text");
    TRY(sql_idempotency_find(desk->store, arena, account, key, row));
    struct str sealed = request;
    if (*row && !str_eq((*row)->request, request)) /* a sealed case keeps it with the key in it */
        TRY(seal_digest(desk->store, arena, request, &sealed));
    if (*row && !str_eq((*row)->request, request) && !str_eq((*row)->request, sealed))
        return FAULT(arena, "idempotency-key-reused", "the key came with another request before");
    return NULL;
}
