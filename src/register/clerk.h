/* clerk.h: the clerk: carries what may be public from the journal into the register's folder.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   DATA/register/register.db  what is published; its meta row "seq" is the last entry that
 *                              changed it
 *   DATA/clerk.db              never published: how far the clerk has read, and the parties met in
 *                              the journal, which become public with a label that names them
 * Either can be deleted at any time: the clerk then starts from the first entry. */
#ifndef HOSHI_CLERK_H
#define HOSHI_CLERK_H

#include <jansson.h>

#include "base/clock.h"
#include "base/fault.h"

/* Takes the effects of one journal entry: [["table",{columns}],["table",{key},"drop"],…], at least
 * those of public tables (allowed_effects()); NULL when there are none, or the payload has been
 * disposed of. They need not outlive the call. */
typedef struct fault *entry_taker(void *whom, struct arena *arena, int64_t seq,
                                  const json_t *effects);

/* Where journal entries come from; given by who has the store. */
struct entry_source {
    /* Calls take(taker, …) for each entry whose number is greater than `after`, in order, all of
     * one snapshot; stops at the first fault and returns it. */
    struct fault *(*each)(void *whom, struct arena *arena, int64_t after, entry_taker *take,
                          void *taker);
    void *whom;
};

/* Who signs the documents that are published; all NULL where nobody can: they are signed later. */
struct signing {
    struct fault *(*sign)(void *whom, struct arena *arena, struct str document,
                          struct str *signature); /* detached, in armour */
    struct fault *(*key)(void *whom, struct arena *arena, struct str *fingerprint, struct str *key);
    void *whom;
};

struct clerk {
    struct str data_dir;
    struct str base_url; /* that published documents name, without a slash at the end */
    struct signing signing;
    struct str number_format; /* as the rule book has it; rows of table parameter come before it */
    struct entry_source source;
    const struct clock *clock;
    /* may be NULL: a new register, up to entry seq, stands in its place: who waits need not wait
     * for the clerk's own notes */
    void (*placed)(void *whom, int64_t seq);
    void *whom;
    int64_t read, published; /* how far it came, as this process remembers; at first 0 */
};

/* Brings the register up to date; makes it where there is none, or one that cannot be continued.
 * *seq: the last entry read. *renamed: a new file stands in its place. Entries that concern no
 * label cost a look and touch no file. */
struct fault *clerk_publish(struct clerk *clerk, struct arena *arena, int64_t *seq, bool *renamed);

/* Forgets what is there and publishes from the first entry. */
struct fault *clerk_publish_anew(struct clerk *clerk, struct arena *arena, int64_t *seq);

#endif
