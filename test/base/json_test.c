/* json_test.c: what is read, what is refused, and the canonical bytes of RFC 8785.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

#include <string.h>

#include "check.h"

#include "base/banned.h"

static void canonical(struct tally *tally, struct arena *arena, const char *text,
                      const char *wanted, const char *why)
{
    json_t *value;
    if (CHECK(tally, !json_read(arena, str_of(text), &value), "read: %s", why))
        CHECK_STR(tally, json_canonical(arena, value), wanted, "RFC 8785: %s", why);
}

static void test_canonical(struct tally *tally, struct arena *arena)
{
    canonical(tally, arena,
              "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Hebrew Letter "
              "Dalet With Dagesh\","
              "\"1\":\"One\",\"\\ud83d\\ude00\":\"Emoji: Grinning "
              "Face\",\"\\u0080\":\"Control\",\"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}",
              "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xc2\x80\":\"Control\",\"ö\":\"Latin "
              "Small Letter O With Diaeresis\","
              "\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet "
              "With Dagesh\"}",
              "its example of sorting, section 3.2.3");
    canonical(tally, arena, "[\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"]",
              "[\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"]", "its example of strings, section 3.2.2");
    canonical(tally, arena, " [ null , true , false , 0 , -0 , 9007199254740991 , -1 ] ",
              "[null,true,false,0,0,9007199254740991,-1]", "literals, integers, no space");
    canonical(tally, arena, "{\"b\":{\"z\":1,\"y\":[]},\"a\":{}}",
              "{\"a\":{},\"b\":{\"y\":[],\"z\":1}}", "at every depth");
    canonical(tally, arena, "{\"\":1,\"aa\":2,\"a\":3,\"A\":4}",
              "{\"\":1,\"A\":4,\"a\":3,\"aa\":2}", "a prefix goes first");
    canonical(
        tally, arena,
        "{\"\\udbff\\udfff\":1,\"\\ud800\\udc00\":2,\"\\uffff\":3,\"\\ue000\":4,\"\\ud7ff\":5}",
        "{\"\ud7ff\":5,\"\U00010000\":2,\"\U0010ffff\":1,\"\ue000\":4,\"\uffff\":3}",
        "by UTF-16 code units, not code points");
}

static void test_refused(struct tally *tally, struct arena *arena)
{
    static const char *bad[] = {"",
                                "{",
                                "[1,]",
                                "{\"a\":1,}",
                                "{'a':1}",
                                "{\"a\":1,\"a\":2}",
                                "1.5",
                                "[1e3]",
                                "[1] x",
                                "[\"\\x\"]",
                                "[01]",
                                "nul",
                                "[\"\\ud800\"]",
                                "[\"\\u0000\"]",
                                "NaN",
                                "[99999999999999999999]",
                                "[\"\t\"]",
                                "\xef\xbb\xbf[]",
                                "[\"\xff\"]",
                                "[\"\xc0\x80\"]",
                                "[\"\xed\xa0\x80\"]",
                                "// x\n[]"};
    json_t *out = NULL;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct fault *fault = json_read(arena, str_of(bad[i]), &out);
        CHECK(tally, fault && str_is(str_of(fault->code), "malformed-json"), "refused: text %zu",
              i);
    }
    char deep[2 * JSON_DEPTH_MAX + 3] = {0};
    memset(deep, '[', JSON_DEPTH_MAX);
    memset(deep + JSON_DEPTH_MAX, ']', JSON_DEPTH_MAX);
    CHECK(tally, !json_read(arena, str_of(deep), &out), "%d levels are read", JSON_DEPTH_MAX);
    memset(deep, '[', JSON_DEPTH_MAX + 1);
    memset(deep + JSON_DEPTH_MAX + 1, ']', JSON_DEPTH_MAX + 1);
    CHECK(tally, json_read(arena, str_of(deep), &out) != NULL, "%d are not", JSON_DEPTH_MAX + 1);
    CHECK(tally, json_read(arena, STR_NONE, &out) != NULL, "nothing is no JSON");
}

static void test_building(struct tally *tally, struct arena *arena)
{
    json_t *object = json_new(arena), *list = json_new_list(arena);
    json_put(object, "name", STR("見本"));
    json_put_int(object, "n", -5);
    json_put_bool(object, "is", true);
    json_add_str(list, STR("a"));
    json_put_json(object, "list", list);
    CHECK_STR(tally, json_canonical(arena, object),
              "{\"is\":true,\"list\":[\"a\"],\"n\":-5,\"name\":\"見本\"}", "built by hand");
    CHECK_STR(tally, json_get(object, "name"), "見本", "a string member");
    CHECK(tally, !json_get(object, "n").bytes && !json_get(object, "no").bytes, "no string member");
    CHECK(tally, json_get_int(object, "n", 1) == -5 && json_get_int(object, "name", 1) == 1,
          "an integer member, or otherwise");
}

int main(void)
{
    struct tally tally = {0};
    struct arena *arena = arena_new(1u << 24);
    test_canonical(&tally, arena);
    test_refused(&tally, arena);
    test_building(&tally, arena);
    arena_free(arena);
    return tally_end(&tally);
}
