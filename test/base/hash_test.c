/* hash_test.c: SHA-256 by the vectors of FIPS 180-4, hexadecimal, base64url of RFC 4648.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/hash.h"

#include <string.h>

#include "check.h"

#include "base/banned.h"

static void test_sha256(struct tally *tally, struct arena *arena)
{
    static const struct {
        const char *text, *digest;
    } rows[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct hash hash = hash_of(str_of(rows[i].text));
        CHECK_STR(tally, hash_hex(arena, &hash), rows[i].digest, "FIPS 180-4: vector %zu", i);
    }
    struct hasher *hasher = hasher_new(arena);
    char block[1000];
    memset(block, 'a', sizeof block);
    for (int round = 0; round < 2; round++) {
        hasher_start(hasher);
        for (int i = 0; i < 1000; i++)
            hasher_add(hasher, block, sizeof block);
        struct hash hash = hasher_end(hasher);
        CHECK_STR(tally, hash_hex(arena, &hash),
                  "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
                  "a million a, in a thousand parts, round %d", round);
    }
    struct hash a = hash_of(STR("a")), b = a;
    CHECK(tally, hash_eq(&a, &b), "equal");
    b.bytes[31] ^= 1;
    CHECK(tally, !hash_eq(&a, &b), "not equal by one bit");
}

static void test_texts(struct tally *tally, struct arena *arena)
{
    static const struct {
        const char *bytes, *text;
    } rows[] = {
        {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
        {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xfb\xff\xfe", "-__-"}};
    struct str out;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_STR(tally, base64url_print(arena, str_of(rows[i].bytes)), rows[i].text,
                  "RFC 4648: base64url %zu", i);
        CHECK(tally,
              base64url_parse(arena, str_of(rows[i].text), &out) && str_is(out, rows[i].bytes),
              "and back");
    }
    static const char *bad[] = {"Z", "Zg==", "Zm9v+", "Zm9v/", "Zm 9v", "Zm9v\n", "ZgZ\xff"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(tally, !base64url_parse(arena, str_of(bad[i]), &out), "no base64url: %zu", i);
    CHECK_STR(tally, hex_print(arena, (struct str){"\0\x7f\xff", 3}), "007fff", "hexadecimal");
    CHECK(tally,
          hex_parse(arena, STR("007FfF"), &out) && out.bytes == 3 &&
              !memcmp(out.at, "\0\x7f\xff", 3),
          "and back");
    CHECK(tally,
          !hex_parse(arena, STR("0"), &out) && !hex_parse(arena, STR("0g"), &out) &&
              !hex_parse(arena, STR("0 "), &out),
          "no hexadecimal");
    struct str one = random_name(arena, 16), two = random_name(arena, 16);
    CHECK(tally, one.bytes == 22 && two.bytes == 22 && !str_eq(one, two), "random names differ");
}

int main(void)
{
    struct tally tally = {0};
    struct arena *arena = arena_new(1u << 24);
    test_sha256(&tally, arena);
    test_texts(&tally, arena);
    arena_free(arena);
    return tally_end(&tally);
}
