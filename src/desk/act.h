/* act.h: one transaction of the desk, and the kinds of acts that are steps.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_ACT_H
#define HOSHI_ACT_H

#include "desk/desk.h"
#include "store/journal.h"

struct deed;

/* A new id: unguessable; begins with a letter or digit, so that it is never taken for an option. */
struct str id_new(struct arena *arena);

/* A step with more to write than its rows say: a file, say. */
struct act {
    const char *name; /* of the journal entry: "step", "attach" */
    struct str key, digest;
    struct str asked; /* digest of what was asked, where that is more than this step's request */
    struct fault *(*also)(struct deed *deed, void *whom);
    void *whom;
    bool writes; /* set by the desk: it was allowed, and rows of it may stand in the transaction */
};

/* Within a transaction already begun. */
struct fault *desk_take_act(struct desk *desk, struct arena *arena,
                            const struct step_request *request, struct act *act,
                            struct step_answer *answer);

/* The same of a deed that is begun and whose step is chosen: given is what it fills in. */
struct fault *deed_take(struct deed *deed, const json_t *given, struct act *act,
                        struct step_answer *answer);

struct fault *desk_open_act(struct desk *desk, struct arena *arena,
                            const struct case_request *request, struct str *case_id);

struct fault *desk_attach_act(struct desk *desk, struct arena *arena, const struct principal *who,
                              struct str case_id, struct str name, struct str media_type,
                              const struct hash *digest, int64_t bytes, struct str *file_id);
struct fault *desk_read_act(struct desk *desk, struct arena *arena, const struct principal *who,
                            struct str case_id, struct str file_id);

/* Begins, does the work, commits, has the head signed; takes it all back when the work finds a
 * fault; tries again when the engine asks for it. The work must bear being done twice. */
struct fault *desk_write(struct desk *desk, struct arena *arena,
                         struct fault *(*work)(struct desk *desk, struct arena *arena, void *whom),
                         void *whom);

/* Opens an entry that is no step: "open", "found", "account", "read". */
struct fault *desk_begin_entry(struct desk *desk, struct arena *arena, const char *act,
                               const struct principal *who, struct str case_id,
                               const json_t *fields, int64_t *seq);

/* The engine, not the request, was at fault: nothing that follows in the transaction can hold. */
bool fault_is_of_engine(const struct fault *fault);

#endif
