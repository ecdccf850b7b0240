/* demo_part.h: between the files of the demonstration.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_DEMO_PART_H
#define HOSHI_DEMO_PART_H

#include "desk/found.h"

enum { DEMO_MAKERS_MAX = 16 };

struct demo_maker {
    const json_t *seed;
    struct principal who;
    struct str party;
};

struct demo {
    struct desk desk;          /* the desk, with the clock below */
    struct clock clock;
    struct day today;
    struct arena *arena;
    const json_t *seed;
    struct founder *founders;
    size_t founders_n;
    struct demo_maker makers[DEMO_MAKERS_MAX];
    size_t makers_n;
    struct words criteria;
};

const struct principal *demo_person(const struct demo *demo, const char *key);

/* demo_story.c: the cases of the past months, in one transaction. */
struct fault *demo_tell_story(struct demo *demo);

/* demo_editions.c: before the story; after it. */
struct fault *demo_begin_editions(struct demo *demo);
struct fault *demo_announce_edition(struct demo *demo);

/* demo_file.c: a small fictional test report, put on the case; and a checklist that names it. */
struct fault *demo_attach(struct demo *demo, struct arena *arena, const struct principal *who,
                          struct str case_id, struct str product, struct str *file_id);
json_t *demo_checklist(const struct demo *demo, struct arena *arena, struct str file_id);

#endif
