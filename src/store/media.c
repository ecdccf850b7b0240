/* media.c: what a file is, by libmagic.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/media.h"

#include <magic.h>
#include <string.h>

#include "base/banned.h"

struct str media_of_bytes(struct arena *arena, struct str bytes)
{
    struct str found = STR("application/octet-stream");
    magic_t magic = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF);
    if (!magic)
        return found;
    const char *type =
        magic_load(magic, NULL) == 0 ? magic_buffer(magic, bytes.at, bytes.bytes) : NULL;
    if (type && strchr(type, '/'))
        found = str_copy(arena, str_of(type));
    magic_close(magic);
    return found;
}
