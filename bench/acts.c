/* acts.c: acts of the desk on many labels, each measured alone: nothing around them.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   acts DATA preview            what happens to every label when an edition starts in a year
 *   acts DATA extend ACCOUNT     applies for the labels named on standard input, one a line
 *
 * Prints how many labels, milliseconds, those of the processor, and journal entries. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/json.h"
#include "desk/people.h"
#include "desk/preview.h"
#include "desk/many.h"
#include "rule/rulebook.h"
#include "store/journal_read.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static struct fault *preview(struct desk *desk, struct arena *arena, int64_t *labels)
{
    struct day today = clock_today(desk->clock);
    struct row_criteria_edition *rows;
    struct preview made;
    size_t n;
    TRY(sql_editions_of_level(desk->store, arena, 1, &rows, &n));
    char room[11];
    while (n && (str_order(rows[n - 1].starts, day_print(today, room)) > 0 ||
                 rows[n - 1].cancelled.bytes)) /* announced only: it has no labels yet */
        n--;
    if (!n)
        return FAULT(arena, "absent", "no edition for level 1");
    struct preview_terms terms = {.edition = STR("NEXT"),
                                  .replaces = rows[n - 1].id,
                                  .begins = day_plus(today, 365),
                                  .acceptance_end = day_plus(today, 364),
                                  .extension_end = day_plus(today, 364),
                                  .as_of = today,
                                  .window = 180};
    TRY(preview_make(desk->store, arena, &terms, &made));
    *labels = made.labels;
    return NULL;
}

static struct fault *extend(struct desk *desk, struct arena *arena, const char *account,
                            int64_t *labels)
{
    char line[64];
    struct principal who;
    struct many_request request = {.who = &who, .idempotency_key = STR("bench")};
    struct many_answer *answers = NEW_ARRAY(arena, MANY_MAX, struct many_answer);
    struct str *numbers = NEW_ARRAY(arena, MANY_MAX, struct str);
    TRY(desk_principal(desk->store, arena, str_of(account), &who));
    TRY(json_read(arena, STR("{\"conditions-kept\":\"kept\"}"), &request.fields));
    while (request.n < MANY_MAX && fgets(line, sizeof line, stdin))
        numbers[request.n++] = str_copy(arena, str_trim(str_of(line)));
    request.labels = numbers;
    TRY(desk_file_many(desk, arena, &request, answers));
    for (size_t i = 0; i < request.n; i++) {
        TRY(answers[i].fault);
        *labels += answers[i].case_id.bytes > 0;
    }
    return NULL;
}

static struct fault *run(struct arena *arena, int argc, char **argv)
{
    struct store_settings settings = {.data_dir = str_of(argv[1])};
    struct clock now = {0};
    struct desk desk = {.book = &hoshi_rulebook, .clock = &now, .data_dir = settings.data_dir};
    struct head before, after;
    int64_t labels = 0;
    TRY(store_open(arena, &settings, &desk.store));
    TRY(journal_head(desk.store, arena, &before));
    int64_t begun = clock_ticks();
    TRY(argc == 4 ? extend(&desk, arena, argv[3], &labels) : preview(&desk, arena, &labels));
    int64_t took = clock_ticks() - begun;
    long long busy = clock() / (CLOCKS_PER_SEC / 1000);
    TRY(journal_head(desk.store, arena, &after));
    printf("%lld labels %lld ms %lld busy %lld entries\n", (long long)labels, (long long)took, busy,
           (long long)(after.seq - before.seq));
    return NULL;
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new((size_t)2 << 30);
    bool asked = (argc == 3 && !strcmp(argv[2], "preview")) ||
                 (argc == 4 && !strcmp(argv[2], "extend"));
    if (!asked || !arena)
        return 2;
    struct fault *fault = run(arena, argc, argv);
    if (fault)
        fprintf(stderr, "%s: %.*s\n", fault->code, STR_F(fault->detail));
    int code = fault != NULL;
    arena_free(arena);
    return code;
}
