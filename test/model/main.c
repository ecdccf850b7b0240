/* main.c: make model: walks over a label's life until the seconds are used up.
 * SPDX-License-Identifier: Apache-2.0
 *
 * model [--depth N] [--states N] [--seconds N] FILE.cases…
 * The last line is "N states, 0 broken"; exit 1 when something is. */
#include <stdlib.h>
#include <string.h>

#include "../rule/cases_run.h"
#include "model.h"

#include "base/banned.h"

enum { FILES_MAX = 64 };

int main(int n, char **words)
{
    struct arena *arena = arena_new(256 << 20);
    struct walk_limits limits = {.depth = 1000, .states = 40000000, .seconds = 600};
    struct str texts[FILES_MAX];
    size_t texts_n = 0;
    struct model model;
    int64_t number;
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int i = 1; i < n; i++) {
        bool named = words[i][0] == '-' && i + 1 < n && str_int(str_of(words[i + 1]), &number);
        if (named && !strcmp(words[i], "--depth"))
            limits.depth = (int)number;
        else if (named && !strcmp(words[i], "--states"))
            limits.states = (size_t)number;
        else if (named && !strcmp(words[i], "--seconds"))
            limits.seconds = (int)number;
        else if (texts_n < FILES_MAX)
            texts[texts_n++] = case_file_read(arena, words[i]);
        i += named;
    }
    if (!model_read(&model, arena, &hoshi_rulebook, texts, texts_n)) {
        fprintf(stderr, "a case cannot be read\n");
        return 99;
    }
    printf("%zu scenes of %zu procedures\n", model.scenes_n, hoshi_rulebook.procedures_n - 1);
    struct walk_end end = model_walk(&model, limits, true);
    printf("depth %d, %s\n", end.depth, end.whole ? "nothing more follows" : "more would follow");
    printf("%zu states, %d broken\n", end.states, end.broken ? 1 : 0);
    arena_free(arena);
    return end.broken ? 1 : 0;
}
