/* media.c: what a file is, by libmagic.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/media.h"

#include <magic.h>
#include <string.h>

#include "base/banned.h"

static struct str look(struct arena *arena, const char *path, struct str bytes)
{
    struct str found = STR("application/octet-stream");
    magic_t magic = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF);
    if (!magic)
        return found;
    const char *type = NULL;
    if (magic_load(magic, NULL) == 0)
        type = path ? magic_file(magic, path) : magic_buffer(magic, bytes.at, bytes.bytes);
    if (type && strchr(type, '/'))
        found = str_copy(arena, str_of(type));
    magic_close(magic);
    return found;
}

struct str media_of_file(struct arena *arena, const char *path)
{
    return look(arena, path, STR_NONE);
}

struct str media_of_bytes(struct arena *arena, struct str bytes)
{
    return look(arena, NULL, bytes);
}
