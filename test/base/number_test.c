/* number_test.c: numbers with a check character, and corporate numbers.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/number.h"

#include "check.h"

#include "base/banned.h"

static const struct str format = {.at = "HS{yy}-{seq:5}-{check}", .bytes = 22};

static void test_printing(struct tally *tally, struct arena *arena)
{
    struct str number;
    CHECK(tally, !number_print(arena, format, 2026, 427, &number), "4.1.2-1 a number is given");
    struct str again;
    CHECK(tally, number_read(arena, format, number, &again) == NUMBER_GOOD, "it reads back: %.*s",
          STR_F(number));
    CHECK(tally, str_eq(number, again), "as the same number");
    CHECK(tally, !number_print(arena, STR("{yyyy}/{seq:3}"), 2026, 12345, &number),
          "no check character");
    CHECK_STR(tally, number, "2026/12345",
              "a running number longer than its padding is kept whole");
    CHECK(tally, number_read(arena, STR("{yyyy}/{seq:3}"), number, &again) == NUMBER_GOOD,
          "and read");
    /* The example of the Global Release Identifier, which uses the same system. */
    CHECK(tally, !number_print(arena, STR("A12425GABC{seq:7}{check}"), 0, 1234002, &number),
          "GRid");
    CHECK_STR(tally, number, "A12425GABC1234002M", "ISO/IEC 7064 MOD 37,36");
}

static void test_bad_formats(struct tally *tally, struct arena *arena)
{
    static const char *bad[] = {"",
                                "HS",
                                "HS{seq",
                                "{seq}{seq}",
                                "{seq:0}",
                                "{seq:19}",
                                "{seq:x}",
                                "{yy:2}{seq}",
                                "{year}{seq}",
                                "{seq}{check}9",
                                "{seq}{check}{yy}",
                                "{check}{check}{seq}",
                                "hs{seq}",
                                "HS\n{seq}",
                                "H\xff{seq}",
                                "{seq}AAAAAAAAAAAAAAAAAAAAAAAAA"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct str out;
        struct fault *fault = number_print(arena, str_of(bad[i]), 2026, 1, &out);
        CHECK(tally, fault && str_is(str_of(fault->code), "broken-format"), "refused: format %zu",
              i);
        CHECK(tally, number_read(arena, str_of(bad[i]), STR("1"), &out) == NUMBER_OTHER,
              "and reads nothing");
    }
    struct str out;
    CHECK(tally, number_print(arena, format, 2026, -1, &out) != NULL, "no negative running number");
}

static void test_typed(struct tally *tally, struct arena *arena)
{
    struct str number, out;
    number_print(arena, format, 2026, 427, &number);
    const char check = number.at[number.bytes - 1];
    static const char *shapes[] = {"HS26-00427-%c",
                                   "hs26-00427-%c",
                                   "  HS26 00427 %c\n",
                                   "HS2600427%c",
                                   "ＨＳ２６－００４２７－%c",
                                   "HS26—00427—%c",
                                   "HS26ー00427ー%c",
                                   "HS26‐00427−%c",
                                   "hs26\u200b-00427-%c"};
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        char typed[64];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        snprintf(typed, sizeof typed, shapes[i], check);
#pragma GCC diagnostic pop
        CHECK(tally, number_read(arena, format, str_of(typed), &out) == NUMBER_GOOD,
              "typed in way %zu", i);
        CHECK(tally, str_eq(out, number), "gives the proper form");
    }
    static const char *other[] = {"",
                                  "-",
                                  "HS",
                                  "HS26-0427-K",
                                  "XX26-00427-K",
                                  "HS26-00427-",
                                  "HS26-000427-K",
                                  "HS26-00427-あ",
                                  "HS26-00427-K\xff",
                                  "HS26-00427-K; DROP"};
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
        CHECK(tally, number_read(arena, format, str_of(other[i]), &out) == NUMBER_OTHER,
              "not a number: %zu", i);
}

/* Every number whose check character has a double, typed with each double in each place. */
static void test_doubles(struct tally *tally, struct arena *arena)
{
    static const char pairs[][2] = {{'0', 'O'}, {'O', '0'}, {'1', 'I'}, {'I', '1'}};
    int met[4] = {0}, wrong = 0;
    struct str number, out;
    for (int64_t seq = 1; seq < 2000; seq++) {
        number_print(arena, format, 2026, seq, &number);
        for (size_t i = 0; i < number.bytes; i++)
            for (size_t p = 0; p < sizeof pairs / sizeof *pairs; p++) {
                if (number.at[i] != pairs[p][0])
                    continue;
                char *typed = str_z(arena, number);
                typed[i] = pairs[p][1];
                bool check = i + 1 == number.bytes;
                enum number_reading read = number_read(arena, format, str_of(typed), &out);
                met[p] += check;
                wrong +=
                    check ? read != NUMBER_MISTYPED : read != NUMBER_GOOD || !str_eq(out, number);
            }
    }
    CHECK(tally, met[0] && met[1] && met[2] && met[3], "check characters 0, O, 1 and I were met");
    CHECK(tally, wrong == 0,
          "either of O and 0, I and 1 is a digit, the check character is itself; %d", wrong);
    number_print(arena, format, 2026, 427, &number);
    CHECK(tally, number_read(arena, format, STR("HS26-OO427-A"), &out) == NUMBER_MISTYPED,
          "the check character still decides");
    CHECK(tally, number_read(arena, format, STR("HS26-L0427-A"), &out) == NUMBER_OTHER,
          "no other letter stands for a digit");
}

static bool has_double(char c)
{
    return c == '0' || c == 'O' || c == '1' || c == 'I';
}

static bool are_doubles(char a, char b)
{
    return has_double(a) && has_double(b) && (a == '0' || a == 'O') == (b == '0' || b == 'O');
}

/* What the check character is for: every single wrong character is found, and of swapped neighbours
 * all but what the standard itself lets through (fewer than one in a hundred). */
static void test_mistyped(struct tally *tally, struct arena *arena)
{
    static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    int missed = 0, tried = 0, swaps_missed = 0, swaps = 0;
    for (int64_t seq = 1; seq < 99999; seq += 997) {
        struct str number, out;
        number_print(arena, format, 2026, seq, &number);
        for (size_t i = 0; i < number.bytes; i++) {
            char *z = str_z(arena, number);
            for (const char *c = alphabet; *c; c++) {
                if (number.at[i] == '-' || *c == number.at[i] || are_doubles(*c, number.at[i]))
                    continue;
                z[i] = *c;
                tried++;
                missed += number_read(arena, format, str_of(z), &out) == NUMBER_GOOD;
            }
            if (i == 0 || number.at[i] == number.at[i - 1] || number.at[i] == '-' ||
                number.at[i - 1] == '-')
                continue;
            z[i] = number.at[i - 1];
            z[i - 1] = number.at[i];
            swaps++;
            swaps_missed += number_read(arena, format, str_of(z), &out) == NUMBER_GOOD;
        }
    }
    CHECK(tally, tried > 20000, "%d mistakes tried", tried);
    CHECK(tally, missed == 0, "%d wrong characters missed", missed);
    CHECK(tally, swaps > 200 && swaps_missed * 100 < swaps, "%d of %d swaps missed", swaps_missed,
          swaps);
}

static void test_corporate(struct tally *tally)
{
    static const char *good[] = {"5010005007126", "8000012010038", "4000012090001", "7000012050002",
                                 "2000012020001"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        CHECK(tally, corporate_number_good(str_of(good[i])), "corporate number %s", good[i]);
    static const char *bad[] = {"",
                                "501000500712",
                                "50100050071260",
                                "6010005007126",
                                "5010005007127",
                                "501000500712x",
                                "５010005007126",
                                "0000000000000"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(tally, !corporate_number_good(str_of(bad[i])), "refused: corporate number %zu", i);
}

int main(void)
{
    struct tally tally = {0};
    struct arena *arena = arena_new(1u << 30);
    test_printing(&tally, arena);
    test_bad_formats(&tally, arena);
    test_typed(&tally, arena);
    test_doubles(&tally, arena);
    test_mistyped(&tally, arena);
    test_corporate(&tally);
    arena_free(arena);
    return tally_end(&tally);
}
