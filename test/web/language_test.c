/* language_test.c: which of ja and en an Accept-Language asks for.
 * SPDX-License-Identifier: Apache-2.0 */
#include "../check.h"
#include "web/language.h"

#include "base/banned.h"

int main(void)
{
    static const struct {
        const char *accepted;
        bool english;
    } cases[] = {
        {"", false},
        {"ja", false},
        {"en", true},
        {"EN-gb", true},
        {"fr", false},
        {"fr, en", true},
        {"en, ja", true},
        {"ja, en", false},
        {"ja;q=0.5, en;q=0.8", true},
        {"en;q=0.5, ja;q=0.8", false},
        {"en-US,en;q=0.9,ja;q=0.8", true},
        {"ja,en-US;q=0.9,en;q=0.8", false},
        {"fr, en;q=0.7, ja;q=0.7", true},
        {"en;q=0", false},
        {"en;q=0.000, ja;q=0.001", false},
        {"en;q=0.001, ja;q=0", true},
        {"ja ; q = 0.3 , en ; q=1", true},
        {"en;q=x", true},
        {"eng, jam", false},
        {",,;q=1,", false},
        {"*", false},
    };
    struct tally tally = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK(&tally, language_prefers_english(str_of(cases[i].accepted)) == cases[i].english,
              "1.3-1 %s for '%s'", cases[i].english ? "English" : "Japanese", cases[i].accepted);
    return tally_end(&tally);
}
