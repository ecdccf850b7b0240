/* facilities_test.c: which facilities the register shows, in which state, and what it does not say.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "bench.h"
#include "register/register.h"

#include "base/banned.h"

static void put_thing(struct source *source, const char *id, const char *kind, const char *party,
                      const char *word, const char *detail, const char *from, const char *to)
{
    source_entry(source);
    source_put(source, "thing",
               json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i}", "id", id, "kind",
                         kind, "person", "person-secret", "word", word, "detail", detail, "case_id",
                         "case-secret", "party", party, "from_day", from, "to_day", to, "seq", 1));
}

static void fill(struct source *source)
{
    static const char site[] = "{\"site\":{\"en\":\"Sample City\",\"ja\":\"見本市\"}}";
    source_party(source, "f1", "みほん評価センター", "Mihon Evaluation Center");
    source_party(source, "f2", "架空試験所", "Kakuu Laboratory");
    source_party(source, "f3", "申請中の試験所", "Applying Laboratory");
    put_thing(source, "t1", "approval", "f1", "HF26-0001-A", site, "2026-02-20", "");
    put_thing(source, "t2", "scope", "f1", "3:router", "", "2026-02-20", "");
    put_thing(source, "t3", "scope", "f1", "4:router", "", "2026-02-20", "2026-06-30");
    put_thing(source, "t4", "scope", "f1", "3:gateway", "", "2026-07-01", "2026-06-30");
    put_thing(source, "t5", "accreditation", "f1", "ASNITE-0000", "accredited", "2026-02-06",
              "2026-09-30");
    put_thing(source, "t6", "approval", "f2", "HF26-0002-B", site, "2026-01-15", "2026-06-30");
    put_thing(source, "t7", "evaluator", "f1", "E-01", "評価者の氏名", "2026-02-20", "");
    put_thing(source, "t8", "nda", "f3", "nda-secret", "", "2026-02-20", "");
    put_thing(source, "t9", "bar", "f3", "bar-secret", "", "2026-02-20", "");
}

static struct day day_of_text(const char *text)
{
    struct day day = DAY_NONE;
    day_parse(str_of(text), &day);
    return day;
}

static void test_days(struct tally *tally, const struct public_facility *first,
                      const struct public_facility *second)
{
    static const struct {
        const char *day;
        enum facility_status first, second;
        bool accredited;
    } days[] = {
        {"2026-01-14", FACILITY_ENDED, FACILITY_ENDED, false},
        {"2026-01-15", FACILITY_ENDED, FACILITY_ENDING, false},
        {"2026-02-06", FACILITY_ENDED, FACILITY_ENDING, true},
        {"2026-02-19", FACILITY_ENDED, FACILITY_ENDING, true},
        {"2026-02-20", FACILITY_APPROVED, FACILITY_ENDING, true},
        {"2026-06-30", FACILITY_APPROVED, FACILITY_ENDING, true},
        {"2026-07-01", FACILITY_APPROVED, FACILITY_ENDED, true},
        {"2026-09-30", FACILITY_APPROVED, FACILITY_ENDED, true},
        {"2026-10-01", FACILITY_APPROVED, FACILITY_ENDED, false},
    };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        struct day day = day_of_text(days[i].day);
        CHECK(tally, facility_status_on(first, day) == days[i].first,
              "6.1.1-1 on %s the first is %s", days[i].day, facility_status_word(days[i].first));
        CHECK(tally, facility_status_on(second, day) == days[i].second,
              "6.1.2-1 on %s the second is %s", days[i].day, facility_status_word(days[i].second));
        CHECK(tally, !facility_accredited_on(first, day) == !days[i].accredited,
              "6.1.1-1 on %s the first is %saccredited", days[i].day,
              days[i].accredited ? "" : "not ");
    }
}

static bool in_file(struct bench *bench, const char *part)
{
    static char bytes[1 << 20];
    FILE *file = fopen(bench_path(bench, "register/register.db"), "rb");
    size_t n = file ? fread(bytes, 1, sizeof bytes, file) : 0;
    if (file)
        fclose(file);
    return n > 4096 && memmem(bytes, n, part, strlen(part));
}

static void test_secrets(struct bench *bench)
{
    static const char *const secrets[] = {"person-secret",      "case-secret", "nda-secret",
                                          "bar-secret",         "E-01",        "評価者の氏名",
                                          "Applying Laboratory"};
    CHECK(&bench->tally, in_file(bench, "Mihon Evaluation Center"), "the facility is in the file");
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        CHECK(&bench->tally, !in_file(bench, secrets[i]), "6.5-6 '%s' is not", secrets[i]);
}

static void test_facilities(struct bench *bench)
{
    struct tally *tally = &bench->tally;
    struct folder *folder;
    struct public_facility *list = NULL;
    size_t n = 0;
    int64_t generation;
    bool renamed;
    bench_begin(bench);
    fill(&bench->source);
    CHECK(tally, !bench_publish(bench, &renamed) && renamed, "an approval is published");
    CHECK(tally,
          !folder_open(bench->arena, str_of(bench_path(bench, "register")), &folder) &&
              !folder_look(folder, bench->arena, &generation) &&
              !folder_facilities(folder, bench->arena, &list, &n) && n == 2,
          "6.1.1-1 two facilities are or were approved");
    CHECK_STR(tally, list[0].name_ja, "みほん評価センター", "by its name");
    CHECK_STR(tally, list[0].number, "HF26-0001-A", "with the number of its approval");
    CHECK_STR(tally, list[0].site_en, "Sample City", "and its site");
    CHECK(tally, list[0].scope_n == 2, "a line that was never in force is not shown");
    test_days(tally, &list[0], &list[1]);
    test_secrets(bench);
    source_entry(&bench->source);
    source_put(&bench->source, "thing",
               json_pack("{s:s, s:s, s:s}", "id", "t10", "kind", "clearance", "party", ""));
    CHECK(tally, !bench_publish(bench, &renamed) && !renamed,
          "a clearance of a person renames nothing");
    bench_end(bench);
}

int main(void)
{
    static struct bench bench;
    bench.arena = arena_new(64 << 20);
    test_facilities(&bench);
    arena_free(bench.arena);
    return tally_end(&bench.tally);
}
