/* draw.c: hoshi draw: a sample drawn again from its published seed (4.6.3): doc/surveillance.md.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Reads the numbers of the population from standard input, one a line; needs no registry. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "desk/draw.h"

#include "base/banned.h"

enum { NUMBERS_MAX = 2000000, LINE_BYTES = 200, SEED_DIGITS = 64 };

static bool is_seed(struct str seed)
{
    bool good = seed.bytes == SEED_DIGITS;
    for (size_t i = 0; i < seed.bytes; i++)
        good = good && strchr("0123456789abcdef", seed.at[i]);
    return good;
}

static struct words numbers_read(struct cli *cli)
{
    char line[LINE_BYTES];
    struct str *numbers = NEW_ARRAY(cli->arena, NUMBERS_MAX, struct str);
    struct words out = {.at = numbers};
    while (out.n < NUMBERS_MAX && fgets(line, sizeof line, stdin)) {
        struct str number = str_trim(str_of(line));
        if (number.bytes)
            numbers[out.n++] = str_copy(cli->arena, number);
    }
    return out;
}

int cli_draw(struct cli *cli)
{
    struct str seed = cli->argc > 0 ? str_of(cli->argv[0]) : STR_NONE;
    int64_t size = 0;
    if (cli->argc != 2 || !is_seed(seed) || !str_int(str_of(cli->argv[1]), &size) || size < 1)
        return cli_usage(cli, "draw", "種（16進64桁）と数が要ります",
                         "wants the seed (64 hexadecimal digits) and how many are drawn");
    struct words population = numbers_read(cli);
    struct hash digest = draw_population_digest(cli->arena, population);
    struct words drawn = draw_of(cli->arena, seed, population, (size_t)size);
    printf("population %zu\ndigest %.*s\n", population.n, STR_F(hash_hex(cli->arena, &digest)));
    for (size_t i = 0; i < drawn.n; i++)
        printf("%.*s\n", STR_F(drawn.at[i]));
    return 0;
}
