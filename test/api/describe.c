/* describe.c: prints the API's description as it is made of the rule book: what doc/openapi.json
 * holds.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "web/api.h"

#include "base/banned.h"

int main(void)
{
    struct arena *arena = arena_new(1u << 26);
    char *text = json_dumps(openapi_of(&hoshi_rulebook, arena), JSON_INDENT(1) | JSON_SORT_KEYS);
    if (!text)
        return 1;
    puts(text);
    free(text);
    arena_free(arena);
    return 0;
}
