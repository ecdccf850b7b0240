/* published.c: the journal of a casework as the clerk reads it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/published.h"

#include "base/json.h"
#include "register/allowed.h"
#include "store/journal_read.h"

#include "base/banned.h"

struct reading {
    entry_taker *take;
    void *taker;
};

static struct fault *give_line(void *whom, struct arena *arena, const struct journal_line *line)
{
    struct reading *reading = whom;
    json_t *effects = NULL;
    struct str text = line->payload_there ? journal_payload_text(line) : STR_NONE;
    struct str public = allowed_effects(arena, text);
    if (public.bytes)
        TRY(json_read(arena, public, &effects));
    return reading->take(reading->taker, arena, line->seq, effects);
}

static struct fault *each(void *whom, struct arena *arena, int64_t after, entry_taker *take,
                          void *taker)
{
    struct store *store = whom;
    struct reading reading = {take, taker};
    TRY(store_begin(store, arena, false));
    struct fault *fault = journal_each(store, arena, after, give_line, &reading);
    store_rollback(store);
    return fault;
}

struct entry_source published_source(struct store *store)
{
    return (struct entry_source){each, store};
}
