/* label_test.c: the address in the code, the code's limits, and bytes that are the same every time.
 * SPDX-License-Identifier: Apache-2.0 */
#include "label/label.h"

#include <pango/pangocairo.h>
#include <string.h>

#include "check.h"

#include "base/banned.h"

static void test_address(struct tally *tally, struct arena *arena)
{
    static const struct str number = {.at = "HS26-00427-K", .bytes = 12};
    struct str url;
    static const char *good[] = {"https://hoshi.example", "https://hoshi.example/",
                                 "HTTPS://Hoshi.Example", "http://127.0.0.1:8080"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        CHECK(tally, !label_address(arena, str_of(good[i]), number, &url),
              "4.1.2-1 a base address: %s", good[i]);
    CHECK_STR(tally, url, "HTTP://127.0.0.1:8080/L/HS26-00427-K", "upper case, /L/, number");
    CHECK(tally,
          !label_address(arena, STR("https://abcdefg.example"), number, &url) &&
              url.bytes == LABEL_URL_MAX,
          "38 characters are taken");
    struct fault *fault = label_address(arena, STR("https://abcdefgh.example"), number, &url);
    CHECK(tally, fault && str_is(str_of(fault->code), "label-address"), "39 are not");
    CHECK(tally,
          fault && memmem(fault->detail.at, fault->detail.bytes, "at most 38", 10) &&
              memmem(fault->detail.at, fault->detail.bytes, "at most 23", 10),
          "both limits are named: %.*s", fault ? (int)fault->detail.bytes : 0,
          fault ? fault->detail.at : "");
    static const char *bad[] = {"",
                                "hoshi.example",
                                "https://",
                                "ftp://hoshi.example",
                                "https://h.example/labels",
                                "https://h_.example",
                                "https://h.example?",
                                "https://ほし.example",
                                "https://h .example"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(tally, label_address(arena, str_of(bad[i]), number, &url) != NULL, "refused: \"%s\"",
              bad[i]);
}

static void test_refusals(struct tally *tally, struct arena *arena)
{
    struct label_art good = {.level = 1,
                             .number = STR("HS26-00427-K"),
                             .url = STR("HTTPS://HOSHI.EXAMPLE/L/HS26-00427-K")};
    struct str out;
    CHECK(tally, !label_svg(arena, &good, &out), "good art is drawn");
    struct label_art bad[] = {good, good, good, good, good, good};
    bad[0].level = 0;
    bad[1].level = 5;
    bad[2].number = STR("HS26<script>");
    bad[3].number = STR_NONE;
    bad[4].url = STR("https://hoshi.example/L/HS26-00427-K");
    bad[5].url = STR("HTTPS://ABCDEFGH.EXAMPLE/L/HS26-00427-K");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CHECK(tally, label_svg(arena, &bad[i], &out) != NULL, "no SVG of bad art %zu", i);
        CHECK(tally, label_png(arena, &bad[i], 300, &out) != NULL, "no PNG of it");
        CHECK(tally, label_pdf(arena, &bad[i], &out) != NULL, "no PDF of it");
    }
    CHECK(tally,
          label_png(arena, &good, 71, &out) != NULL && label_png(arena, &good, 1201, &out) != NULL,
          "a PNG of a senseless resolution is refused");
}

static void test_same_bytes(struct tally *tally, struct arena *arena)
{
    struct label_art art = {.level = 3,
                            .number = STR("HS26-00427-K"),
                            .url = STR("HTTPS://HOSHI.EXAMPLE/L/HS26-00427-K")};
    struct str one, two;
    label_svg(arena, &art, &one);
    label_svg(arena, &art, &two);
    CHECK(tally, one.bytes > 1000 && str_eq(one, two), "SVG: the same bytes twice (%zu)",
          one.bytes);
    CHECK(tally, one.bytes < 16384, "and few");
    label_png(arena, &art, 300, &one);
    label_png(arena, &art, 300, &two);
    CHECK(tally, one.bytes > 1000 && str_eq(one, two), "PNG: the same bytes twice (%zu)",
          one.bytes);
    label_pdf(arena, &art, &one);
    label_pdf(arena, &art, &two);
    CHECK(tally, one.bytes > 1000 && str_eq(one, two), "PDF: the same bytes twice (%zu)",
          one.bytes);
    CHECK(tally, !memmem(one.at, one.bytes, "Date", 4), "PDF: no date in it");
    art.level = 2;
    label_svg(arena, &art, &two);
    CHECK(tally, !str_eq(one, two), "another level gives another picture");
}

int main(void)
{
    struct tally tally = {0};
    struct arena *arena = arena_new(1u << 28);
    test_address(&tally, arena);
    test_refusals(&tally, arena);
    test_same_bytes(&tally, arena);
    arena_free(arena);
    pango_cairo_font_map_set_default(NULL);
    return tally_end(&tally);
}
