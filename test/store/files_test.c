/* files_test.c: attached files are named by what is in them, and checked when read.
 * SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../check.h"
#include "place.h"
#include "store/files.h"

#include "base/banned.h"

static struct str path_of(struct place *place, struct arena *arena, const char *name)
{
    return str_print(arena, "%.*s/files/%s", STR_F(place->settings.data_dir), name);
}

static size_t files_in(struct str path)
{
    DIR *folder = opendir(path.at);
    size_t n = 0;
    for (struct dirent *one; folder && (one = readdir(folder));)
        n += one->d_name[0] != '.';
    if (folder)
        closedir(folder);
    return n;
}

static struct str written(struct place *place, struct arena *arena, struct str one, struct str two)
{
    struct file_writer *writer;
    struct hash digest;
    int64_t bytes;
    MUST(file_begin(arena, place->settings.data_dir, &writer));
    MUST(file_add(writer, arena, one.at, one.bytes));
    MUST(file_add(writer, arena, two.at, two.bytes));
    MUST(file_end(writer, arena, &digest, &bytes));
    return hash_hex(arena, &digest);
}

static bool fails(struct fault *fault, const char *code)
{
    return fault && !strcmp(fault->code, code);
}

int main(void)
{
    struct tally tally = {0};
    struct place *place = place_new();
    struct arena *arena = arena_new(1 << 26);
    struct str data = place->settings.data_dir, out, path;

    struct str digest = written(place, arena, STR("a\0"), STR("bc"));
    CHECK_STR(&tally, digest, "40bb547d936bbd31318ee37ac8799e7ecbb22eda2651f65e3214bffb8ce97bb4",
              "the digest of the bytes");
    MUST(file_read(arena, data, digest, 100, &out));
    CHECK(&tally, out.bytes == 4 && !memcmp(out.at, "a\0bc", 4), "the bytes come back");
    CHECK(&tally, str_eq(written(place, arena, STR("a\0b"), STR("c")), digest),
          "the same bytes, the same name");
    MUST(file_read(arena, data, written(place, arena, STR(""), STR("")), 100, &out));
    CHECK(&tally, out.bytes == 0, "an empty file");

    CHECK(&tally, fails(file_read(arena, data, digest, 3, &out), "too-large"),
          "more than was asked for");
    CHECK(&tally, fails(file_read(arena, data, STR("../../head"), 9, &out), "absent"),
          "a name that is no digest");
    struct hash other = hash_of(STR("other"));
    CHECK(&tally, fails(file_read(arena, data, hash_hex(arena, &other), 9, &out), "absent"),
          "no such file");

    path = path_of(place, arena, str_print(arena, "%.2s/%s", digest.at, digest.at + 2).at);
    struct stat about;
    CHECK(&tally, !stat(path.at, &about) && (about.st_mode & 0777) == 0600,
          "nobody else may read it");
    FILE *file = fopen(path.at, "r+");
    fseek(file, -1, SEEK_END);
    fputc('x', file);
    fclose(file);
    CHECK(&tally, fails(file_read(arena, data, digest, 100, &out), "broken-file"),
          "altered bytes are found");
    CHECK(&tally,
          !truncate(path.at, 3) && fails(file_read(arena, data, digest, 100, &out), "broken-file"),
          "a file cut short is found");

    struct arena *dropped = arena_new(1 << 20);
    struct file_writer *writer;
    MUST(file_begin(dropped, data, &writer));
    CHECK(&tally, files_in(path_of(place, arena, "new")) == 1, "while written it stands beside");
    arena_free(dropped);
    CHECK(&tally, files_in(path_of(place, arena, "new")) == 0,
          "left alone, it goes with the arena");
    MUST(file_replace(arena, path_of(place, arena, "new"), "left-by-a-crash", STR("x"), false));
    MUST(files_sweep(arena, data));
    CHECK(&tally, files_in(path_of(place, arena, "new")) == 0, "what a crash left is swept");
    arena_free(arena);
    place_end(place);
    return tally_end(&tally);
}
