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

static struct day on(const char *text)
{
    struct day day = DAY_NONE;
    day_parse(str_of(text), &day);
    return day;
}

/* The whole life of one label, an entry for each change. */
static void live(struct source *source)
{
    const char *number = "HS25-00003-C";
    source_party(source, "p1", "株式会社みほん", "Mihon Corporation");
    source_party(source, "p2", "架空電機株式会社", "Kakuu Electric");
    source_party(source, "f1", "見本評価機関", "Sample Facility");
    source_entry(source);
    source_put(source, "parameter",
               json_pack("{s:s, s:s, s:s}", "name", "grace-longest", "valid_from", "2025-01-06",
                         "value", "30d"));
    source_label(source, number, "p1", "みほん錠", "Mihon Lock", "2025-06-15", "2026-06-15", 3);
    source_change(source, number, "2025-09-01", "information-changed",
                  "{}",
                  json_pack("{s:s}", "product_en", "Mihon Lock II"));
    source_drop(source, "label_model", json_pack("{s:s, s:i}", "label", number, "position", 0));
    source_event(source, number, "2026-06-01", "extension-filed");
    source_change(source, number, "2026-07-01", "extended", "{\"expires\":\"2027-06-15\"}",
                  json_pack("{s:s}", "expires", "2027-06-15"));
    source_change(source, number, "2026-08-01", "level-changed", "{\"from\":1,\"level\":3}",
                  json_pack("{s:i, s:s, s:s, s:s}", "level", 3, "route", "certified",
                            "certification", "HC26-0001", "facility", "f1"));
    source_change(source, number, "2026-09-01", "succeeded", "{}",
                  json_pack("{s:s}", "party", "p2"));
    source_party(source, "p2", "架空ホールディングス", "Kakuu Holdings");
    source_event(source, number, "2026-09-20", "corrected");
    source_event(source, number, "2026-10-01", "revoked");
}

static void test_past(struct bench *bench)
{
    static const struct {
        const char *day, *status, *expires, *maker, *product;
        int level, models;
    } said[] = {
        {"2025-06-15", "valid", "2026-06-15", "Mihon Corporation", "Mihon Lock", 1, 3},
        {"2025-08-31", "valid", "2026-06-15", "Mihon Corporation", "Mihon Lock", 1, 3},
        {"2025-09-01", "valid", "2026-06-15", "Mihon Corporation", "Mihon Lock II", 1, 2},
        {"2026-06-15", "valid", "2026-06-15", "Mihon Corporation", "Mihon Lock II", 1, 2},
        {"2026-06-16", "grace", "2026-06-15", "Mihon Corporation", "Mihon Lock II", 1, 2},
        {"2026-07-01", "valid", "2027-06-15", "Mihon Corporation", "Mihon Lock II", 1, 2},
        {"2026-07-31", "valid", "2027-06-15", "Mihon Corporation", "Mihon Lock II", 1, 2},
        {"2026-08-01", "valid", "2027-06-15", "Mihon Corporation", "Mihon Lock II", 3, 2},
        {"2026-09-01", "valid", "2027-06-15", "Kakuu Electric", "Mihon Lock II", 3, 2},
        {"2026-09-19", "valid", "2027-06-15", "Kakuu Electric", "Mihon Lock II", 3, 2},
        {"2026-09-20", "valid", "2027-06-15", "Kakuu Holdings", "Mihon Lock II", 3, 2},
        {"2026-10-01", "revoked", "2027-06-15", "Kakuu Holdings", "Mihon Lock II", 3, 2},
    };
    struct tally *tally = &bench->tally;
    struct arena *arena = bench->arena;
    struct folder *folder;
    struct public_label *label = NULL;
    struct public_event *events;
    size_t n;
    int64_t generation;
    bool renamed;
    struct str number = STR("HS25-00003-C");
    bench_begin(bench);
    live(&bench->source);
    bench_publish(bench, &renamed);
    CHECK(tally, !folder_open(arena, str_of(bench_path(bench, "register")), &folder) &&
                     !folder_look(folder, arena, &generation), "a label with a past");
    CHECK(tally, !folder_label_on(folder, arena, number, on("2025-06-14"), &label) && !label,
          "the day before its first event there was no page");
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        char room[11];
        struct day day = on(said[i].day);
        CHECK(tally, !folder_label_on(folder, arena, number, day, &label) && label, "%s: a page",
              said[i].day);
        CHECK_STR(tally, str_of(label_status_word(label_status_on(&label->dates, day))),
                  said[i].status, "%s: %s", said[i].day, said[i].status);
        CHECK_STR(tally, day_print(label->dates.expires, room), said[i].expires, "… its last day");
        CHECK(tally,
              str_is(label->maker_en, said[i].maker) &&
                  str_is(label->product_en, said[i].product) && label->level == said[i].level &&
                  label->models_n == said[i].models,
              "… its maker, product, level and models");
    }
    CHECK(tally, !folder_label(folder, arena, number, &label) && label->level == 3,
          "the label of today");
    CHECK_STR(tally, label->facility_en, "Sample Facility", "its facility");
    CHECK_STR(tally, label->certification, "HC26-0001", "its certification number");
    CHECK(tally, !folder_events(folder, arena, number, &events, &n) && n == 8, "eight events");
    CHECK_STR(tally, events[3].detail, "{\"from\":1,\"level\":3}", "with what it was and is");
    bench_end(bench);
}

/* Filed in time and never decided: grace ends on its day, though nothing runs. */
static void test_grace_end(struct bench *bench)
{
    struct tally *tally = &bench->tally;
    struct folder *folder;
    struct public_label *label = NULL;
    int64_t generation;
    bool renamed;
    bench_begin(bench);
    bench_fill(&bench->source, 1);
    source_event(&bench->source, "HS26-00002-B", "2028-06-01", "extension-filed");
    source_entry(&bench->source);
    source_put(&bench->source, "parameter",
               json_pack("{s:s, s:s, s:s}", "name", "grace-longest", "valid_from", "2028-07-01",
                         "value", "1m"));
    bench_publish(bench, &renamed);
    CHECK(tally, !folder_open(bench->arena, str_of(bench_path(bench, "register")), &folder) &&
                     !folder_look(folder, bench->arena, &generation) &&
                     !folder_label(folder, bench->arena, STR("HS26-00002-B"), &label),
          "a pending extension");
    CHECK(tally, label_status_on(&label->dates, on("2028-08-01")) == LABEL_GRACE,
          "grace by the parameter of the last day of validity");
    CHECK(tally, label_status_on(&label->dates, on("2028-08-02")) == LABEL_LAPSED, "and no longer");
    bench_end(bench);
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
    test_past(bench);
    test_grace_end(bench);
    int code = tally_end(&bench->tally);
    arena_free(bench->arena);
    free(bench);
    return code;
}
