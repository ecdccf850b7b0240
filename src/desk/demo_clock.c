/* demo_clock.c: the clock of a demonstration, which can be turned on and never goes back.
 * SPDX-License-Identifier: Apache-2.0
 *
 * DATA/demo-clock holds how far ahead of the system's clock it is: who starts the demonstration
 * again finds it where it was. */
#include <stdio.h>

#include "desk/demo.h"
#include "store/files.h"

#include "base/banned.h"

static const char name[] = "demo-clock";

struct fault *demo_clock_read(struct arena *arena, struct str data_dir, struct clock *clock)
{
    struct str text;
    bool there;
    TRY(file_whole(arena, str_print(arena, "%.*s/%s", STR_F(data_dir), name), 64, &text, &there));
    if (there && !str_int(str_trim(text), &clock->shift_ms))
        return FAULT(arena, "broken-file", "%.*s/%s holds no number", STR_F(data_dir), name);
    return NULL;
}

struct fault *demo_clock_write(struct arena *arena, struct str data_dir, const struct clock *clock)
{
    int64_t ahead = clock->shift_ms + (clock->turned_ms ? *clock->turned_ms : 0);
    return file_replace(arena, data_dir, name, str_print(arena, "%lld\n", (long long)ahead), false);
}
