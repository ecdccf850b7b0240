/* folder_test.c: reading the register: labels, models, searches, pages, and a file renamed into
 * place.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "bench.h"
#include "register/register.h"

#include "base/banned.h"

/* The number's check character tells a slip of the finger from a number that nobody was given. */
static void test_number(struct bench *bench, struct folder *folder)
{
    struct tally *tally = &bench->tally;
    struct arena *arena = bench->arena;
    struct str number;
    enum number_reading reading;
    CHECK(tally,
          !folder_read_number(folder, arena, STR("hs26000010"), &number, &reading) &&
              reading == NUMBER_MISTYPED,
          "a wrong check character is told from an unknown number");
}

static void test_search(struct bench *bench, struct folder *folder, struct day today)
{
    struct tally *tally = &bench->tally;
    struct arena *arena = bench->arena;
    struct public_label *list;
    bool more;
    size_t n;
    static const struct {
        const char *words;
        size_t found;
    } searches[] = {
        {"", 2},        {"カメラ", 1},        {"かめら", 1},       {"mihon", 1},
        {"ﾐﾎﾝ ｶﾒﾗ", 1}, {"見本　MH-C112", 1}, {"hs26 00002", 1},   {"カメラ 見守り", 0},
        {"%", 0},       {"' OR 1=1 --", 0},   {"架空電機(株)", 1}, {"mhc10", 2},
    };
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
        struct public_query query = {
            .words = str_of(searches[i].words), .limit = 10, .today = today};
        CHECK(tally,
              !folder_list(folder, arena, &query, &list, &n, &more) && n == searches[i].found &&
                  !more,
              "a search for \"%s\" finds %zu", searches[i].words, searches[i].found);
    }
}

static void test_pages(struct bench *bench, struct folder *folder, struct day today)
{
    struct tally *tally = &bench->tally;
    struct arena *arena = bench->arena;
    struct public_label *list;
    bool more;
    size_t n;
    struct public_query query = {.limit = 1, .today = today};
    CHECK(tally, !folder_list(folder, arena, &query, &list, &n, &more) && n == 1 && more,
          "a page of one, and more");
    CHECK_STR(tally, list[0].number, "HS26-00002-B", "newest first");
    query.after = list[0].number;
    CHECK(tally, !folder_list(folder, arena, &query, &list, &n, &more) && n == 1 && !more,
          "the page after it");
    query = (struct public_query){.limit = 5, .today = today, .statuses = 1u << LABEL_VALID};
    CHECK(tally, !folder_list(folder, arena, &query, &list, &n, &more) && n == 1,
          "only those valid");
    struct public_counts counts;
    CHECK(tally,
          !folder_counts(folder, arena, &query, &counts) && counts.all == 2 && counts.chosen == 1 &&
              counts.statuses[LABEL_WITHDRAWN] == 1 && counts.levels[1] == 1,
          "counts by status and level");
}

static void test_reading(struct bench *bench)
{
    struct tally *tally = &bench->tally;
    struct arena *arena = bench->arena;
    struct folder *folder;
    struct public_label *label, *list;
    int64_t generation = 0, later = 0;
    bool renamed;
    size_t n;
    bench_begin(bench);
    struct day today;
    day_parse(STR("2026-11-22"), &today);
    CHECK(tally, !folder_open(arena, str_of(bench_path(bench, "register")), &folder),
          "a folder that is not there yet");
    struct fault *fault = folder_look(folder, arena, &generation);
    CHECK(tally, fault && str_is(str_of(fault->code), "register-absent"), "… is said to be absent");
    bench_fill(&bench->source, 0);
    bench_publish(bench, &renamed);
    CHECK(tally, !folder_look(folder, arena, &generation), "the folder is seen once it is there");
    CHECK(tally, !folder_label(folder, arena, STR("HS26-00001-A"), &label) && label,
          "the label is found");
    CHECK_STR(tally, label->maker_en, "Mihon Corporation", "its maker");
    CHECK(tally, label->models_n == 12 && label_status_on(&label->dates, today) == LABEL_VALID,
          "its models and status");
    bench_fill(&bench->source, 1);
    bench_publish(bench, &renamed);
    CHECK(tally, !folder_look(folder, arena, &later) && later != generation,
          "a newly renamed file is noticed");
    CHECK(tally, !folder_label(folder, arena, STR("HS26-00001-A"), &label) && label,
          "the label is found again");
    CHECK_STR(tally, label->maker_en, "Mihon Inc.", "its maker's new name");
    CHECK(tally, label_status_on(&label->dates, today) == LABEL_WITHDRAWN, "withdrawn by now");
    CHECK(tally, !folder_label(folder, arena, STR("HS26-00009-Z"), &label) && !label,
          "an unknown number is not found");

    struct words models;
    CHECK(tally,
          !folder_models(folder, arena, STR("HS26-00001-A"), STR_NONE, 10, &models) &&
              models.n == 10,
          "first ten models");
    CHECK(tally,
          !folder_models(folder, arena, STR("HS26-00001-A"), STR("ｍｈ－ｃ11"), 99, &models) &&
              models.n == 3,
          "filtered models");
    struct str *covering;
    CHECK(tally, !folder_covering(folder, arena, STR("mh c104"), 5, &list, &covering, &n) && n == 1,
          "this box is covered");
    CHECK_STR(tally, covering[0], "MH-C104", "… under the name that the maker gave");
    CHECK(tally, !folder_covering(folder, arena, STR("MH-C10"), 5, &list, &covering, &n) && n == 0,
          "part of a model is no model");

    test_search(bench, folder, today);
    test_pages(bench, folder, today);
    test_number(bench, folder);
    bench_end(bench);
}

int main(void)
{
    struct bench *bench = calloc(1, sizeof *bench);
    if (!bench)
        return 2;
    bench->arena = arena_new(512 << 20);
    test_reading(bench);
    int code = tally_end(&bench->tally);
    arena_free(bench->arena);
    free(bench);
    return code;
}
