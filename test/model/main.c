/* main.c: make model: walks over a label's life until the seconds are used up.
 * SPDX-License-Identifier: Apache-2.0
 *
 * model [--depth N] [--states N] [--seconds N] FILE.cases…
 * The last line is "N states, 0 broken"; exit 1 when something is. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

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
    /* The whole life in plain scenes, one case at a time beside the watch over expiry, then two;
     * then all scenes, for as long as there is time. */
    static const struct pass { size_t open_max; bool plain_only; int percent; } passes[] = {
        {2, true, 30}, {3, true, 50}, {2, false, 60}, {3, false, 80}, {4, false, 100}};
    size_t states = 0;
    bool broken = false;
    time_t begun = time(NULL);
    int seconds = limits.seconds;
    for (size_t i = 0; i < sizeof passes / sizeof *passes && !broken; i++) {
        model.open_max = passes[i].open_max;
        model.plain_only = passes[i].plain_only;
        limits.seconds = seconds * passes[i].percent / 100 - (int)(time(NULL) - begun);
        printf("%zu cases open at once, %s\n", model.open_max,
               model.plain_only ? "plain scenes" : "all scenes");
        struct walk_end end = model_walk(&model, limits, true);
        printf("depth %d, %s\n", end.depth,
               end.whole ? "nothing more follows" : "more would follow");
        states += end.states;
        broken = end.broken;
    }
    printf("%zu states, %d broken\n", states, broken);
    arena_free(arena);
    return broken;
}
