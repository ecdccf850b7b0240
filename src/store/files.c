/* files.c: attached files: temporary name, fdatasync, rename, fsync of the folder.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

static const char envelope[FILE_ENVELOPE_BYTES] = {'h', 'o', 's', 'h', 'i', 0, 1, 0};

struct file_writer {
    struct str data_dir;
    const char *path; /* "" when it has its name */
    int fd;
    int64_t bytes;
    struct hasher *hasher;
};

/* ---- folders and small files */

struct fault *folder_sync(struct arena *arena, struct str path)
{
    int fd = open(str_z(arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return FAULT(arena, "broken-file", "%.*s: %s", STR_F(path), strerrordesc_np(errno));
    struct fault *fault = NULL;
    if (fsync(fd))
        fault = FAULT(arena, "broken-file", "%.*s: %s", STR_F(path), strerrordesc_np(errno));
    close(fd);
    return fault;
}

static struct str folder_of(struct str path)
{
    while (path.bytes > 1 && path.at[path.bytes - 1] == '/')
        path.bytes--;
    while (path.bytes && path.at[path.bytes - 1] != '/')
        path.bytes--;
    return path.bytes ? path : STR(".");
}

struct fault *folder_make(struct arena *arena, struct str path)
{
    const char *z = str_z(arena, path);
    if (!mkdir(z, 0700))
        return folder_sync(arena, folder_of(path));
    if (errno == EEXIST)
        return NULL;
    return FAULT(arena, "broken-file", "%s: %s", z, strerrordesc_np(errno));
}

static bool write_all(int fd, const char *at, size_t n)
{
    while (n) {
        ssize_t done = write(fd, at, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        at += done;
        n -= (size_t)done;
    }
    return true;
}

struct fault *file_replace(struct arena *arena, struct str folder, const char *name,
                           struct str bytes, bool durable)
{
    const char *path = str_print(arena, "%.*s/%s", STR_F(folder), name).at;
    const char *beside = str_print(arena, "%s.%.*s", path, STR_F(random_name(arena, 9))).at;
    int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0)
        return FAULT(arena, "broken-file", "%s: %s", beside, strerrordesc_np(errno));
    bool good = write_all(fd, bytes.at, bytes.bytes) && (!durable || !fdatasync(fd));
    good = !close(fd) && good && !rename(beside, path);
    if (!good) {
        struct fault *fault = FAULT(arena, "broken-file", "%s: %s", path, strerrordesc_np(errno));
        unlink(beside);
        return fault;
    }
    return durable ? folder_sync(arena, folder) : NULL;
}

static struct fault *read_all(struct arena *arena, int fd, const char *path, size_t bytes_max,
                              struct str *out)
{
    struct stat about;
    if (fstat(fd, &about) || !S_ISREG(about.st_mode))
        return FAULT(arena, "broken-file", "%s is no file", path);
    if ((size_t)about.st_size > bytes_max)
        return FAULT(arena, "too-large", "%s has %lld bytes", path, (long long)about.st_size);
    size_t n = (size_t)about.st_size, got = 0;
    char *at = arena_alloc(arena, n + 1);
    while (got < n) {
        ssize_t more = read(fd, at + got, n - got);
        if (more < 0 && errno == EINTR)
            continue;
        if (more <= 0)
            return FAULT(arena, "broken-file", "%s: read stopped", path);
        got += (size_t)more;
    }
    *out = (struct str){at, n};
    return NULL;
}

struct fault *file_whole(struct arena *arena, struct str path, size_t bytes_max, struct str *out,
                         bool *there)
{
    const char *z = str_z(arena, path);
    int fd = open(z, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    *there = fd >= 0;
    *out = STR_NONE;
    if (fd < 0 && errno == ENOENT)
        return NULL;
    if (fd < 0)
        return FAULT(arena, "broken-file", "%s: %s", z, strerrordesc_np(errno));
    struct fault *fault = read_all(arena, fd, z, bytes_max, out);
    close(fd);
    return fault;
}

/* ---- attached files */

static struct str files_dir(struct arena *arena, struct str data_dir)
{
    return str_print(arena, "%.*s/files", STR_F(data_dir));
}

static void abandon(void *what)
{
    struct file_writer *writer = what;
    if (writer->fd >= 0)
        close(writer->fd);
    if (*writer->path)
        unlink(writer->path);
}

struct fault *file_begin(struct arena *arena, struct str data_dir, struct file_writer **out)
{
    struct str files = files_dir(arena, data_dir);
    struct str beside = str_print(arena, "%.*s/new", STR_F(files));
    TRY(folder_make(arena, files));
    TRY(folder_make(arena, beside));
    struct file_writer *writer = NEW(arena, struct file_writer);
    writer->data_dir = data_dir;
    writer->path = str_print(arena, "%.*s/%.*s", STR_F(beside), STR_F(random_name(arena, 18))).at;
    writer->hasher = hasher_new(arena);
    hasher_start(writer->hasher);
    writer->fd = open(writer->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (writer->fd < 0)
        return FAULT(arena, "broken-file", "%s: %s", writer->path, strerrordesc_np(errno));
    arena_at_end(arena, abandon, writer);
    if (!write_all(writer->fd, envelope, FILE_ENVELOPE_BYTES))
        return FAULT(arena, "broken-file", "%s: %s", writer->path, strerrordesc_np(errno));
    *out = writer;
    return NULL;
}

struct fault *file_add(struct file_writer *writer, struct arena *arena, const void *bytes, size_t n)
{
    if (!write_all(writer->fd, bytes, n))
        return FAULT(arena, "broken-file", "%s: %s", writer->path, strerrordesc_np(errno));
    hasher_add(writer->hasher, bytes, n);
    writer->bytes += (int64_t)n;
    return NULL;
}

struct fault *file_end(struct file_writer *writer, struct arena *arena, struct hash *digest,
                       int64_t *bytes)
{
    *digest = hasher_end(writer->hasher);
    *bytes = writer->bytes;
    struct str hex = hash_hex(arena, digest), files = files_dir(arena, writer->data_dir);
    struct str folder = str_print(arena, "%.*s/%.2s", STR_F(files), hex.at);
    const char *path = str_print(arena, "%.*s/%s", STR_F(folder), hex.at + 2).at;
    TRY(folder_make(arena, folder));
    int fd = writer->fd;
    writer->fd = -1;
    bool good = !fdatasync(fd);
    good = !close(fd) && good;
    if (!good || rename(writer->path, path))
        return FAULT(arena, "broken-file", "%s: %s", path, strerrordesc_np(errno));
    writer->path = "";
    TRY(folder_sync(arena, folder));
    return folder_sync(arena, files);
}

static struct fault *path_of(struct arena *arena, struct str data_dir, struct str digest_hex,
                             struct str *digest, struct str *path)
{
    if (!hex_parse(arena, digest_hex, digest) || digest->bytes != HASH_BYTES)
        return FAULT(arena, "absent", "'%.*s' is no digest", STR_F(digest_hex));
    struct str lower = str_lower(arena, digest_hex);
    *path = str_print(arena, "%.*s/files/%.2s/%s", STR_F(data_dir), lower.at, lower.at + 2);
    return NULL;
}

struct fault *file_read(struct arena *arena, struct str data_dir, struct str digest_hex,
                        size_t bytes_max, struct str *out)
{
    struct str digest, path, envelope_and_bytes;
    bool there;
    TRY(path_of(arena, data_dir, digest_hex, &digest, &path));
    TRY(file_whole(arena, path, bytes_max + FILE_ENVELOPE_BYTES, &envelope_and_bytes, &there));
    if (!there)
        return FAULT(arena, "absent", "no file %.*s", STR_F(digest_hex));
    *out = str_skip(envelope_and_bytes, FILE_ENVELOPE_BYTES);
    struct hash hash = hash_of(*out);
    if (envelope_and_bytes.bytes < FILE_ENVELOPE_BYTES ||
        memcmp(envelope_and_bytes.at, envelope, FILE_ENVELOPE_BYTES) != 0 ||
        memcmp(hash.bytes, digest.at, HASH_BYTES) != 0)
        return FAULT(arena, "broken-file", "%.*s is not what its name says", STR_F(path));
    return NULL;
}

/* The digest of what stands behind the envelope, block by block. */
static bool digest_fits(struct arena *arena, FILE *file, struct str digest)
{
    enum { BLOCK_BYTES = 1 << 16 };
    char *block = arena_alloc(arena, BLOCK_BYTES);
    struct hasher *hasher = hasher_new(arena);
    if (fread(block, 1, FILE_ENVELOPE_BYTES, file) != FILE_ENVELOPE_BYTES ||
        memcmp(block, envelope, FILE_ENVELOPE_BYTES) != 0)
        return false;
    hasher_start(hasher);
    for (size_t n; (n = fread(block, 1, BLOCK_BYTES, file)) > 0;)
        hasher_add(hasher, block, n);
    struct hash hash = hasher_end(hasher);
    return !ferror(file) && memcmp(hash.bytes, digest.at, HASH_BYTES) == 0;
}

struct fault *file_place(struct arena *arena, struct str data_dir, struct str digest_hex,
                         struct str *path)
{
    struct str digest;
    TRY(path_of(arena, data_dir, digest_hex, &digest, path));
    FILE *file = fopen(str_z(arena, *path), "rbe");
    if (!file)
        return FAULT(arena, errno == ENOENT ? "absent" : "broken-file", "no file %.*s",
                     STR_F(digest_hex));
    bool fits = digest_fits(arena, file, digest);
    fclose(file);
    return fits ? NULL
                : FAULT(arena, "broken-file", "%.*s is not what its name says", STR_F(*path));
}

struct fault *files_sweep(struct arena *arena, struct str data_dir)
{
    const char *path = str_print(arena, "%.*s/files/new", STR_F(data_dir)).at;
    DIR *folder = opendir(path);
    if (!folder)
        return errno == ENOENT
                   ? NULL
                   : FAULT(arena, "broken-file", "%s: %s", path, strerrordesc_np(errno));
    for (struct dirent *one; (one = readdir(folder));)
        if (one->d_name[0] != '.')
            unlinkat(dirfd(folder), one->d_name, 0);
    closedir(folder);
    return NULL;
}
