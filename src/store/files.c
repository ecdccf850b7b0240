/* files.c: attached files: temporary name, fdatasync, rename, fsync of the folder.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sealing.h"

#include "base/banned.h"

enum { FORM_PLAIN = 1, FORM_SEALED = 2 };

static const char envelopes[][FILE_ENVELOPE_BYTES] = {
    [FORM_PLAIN] = {'h', 'o', 's', 'h', 'i', 0, FORM_PLAIN, 0},
    [FORM_SEALED] = {'h', 'o', 's', 'h', 'i', 0, FORM_SEALED, 0}};

struct file_writer {
    struct str data_dir;
    const char *path; /* "" when it has its name */
    int fd;
    int64_t bytes;
    struct hasher *hasher;
    struct sealing *sealing; /* NULL: form 1 */
};

/* 0: of no form that we know. */
static int form_of(const char *envelope)
{
    for (int form = FORM_PLAIN; form <= FORM_SEALED; form++)
        if (memcmp(envelope, envelopes[form], FILE_ENVELOPE_BYTES) == 0)
            return form;
    return 0;
}

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

static struct fault *replace(struct arena *arena, struct str folder, const char *name,
                             struct str bytes, bool durable, mode_t mode)
{
    const char *path = str_print(arena, "%.*s/%s", STR_F(folder), name).at;
    const char *beside = str_print(arena, "%s.%.*s", path, STR_F(random_name(arena, 9))).at;
    int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
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

struct fault *file_replace(struct arena *arena, struct str folder, const char *name,
                           struct str bytes, bool durable)
{
    return replace(arena, folder, name, bytes, durable, 0644);
}

struct fault *file_replace_private(struct arena *arena, struct str folder, const char *name,
                                   struct str bytes)
{
    return replace(arena, folder, name, bytes, true, 0600);
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

static struct fault *begin(struct arena *arena, struct str data_dir, int form,
                           struct file_writer **out)
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
    if (!write_all(writer->fd, envelopes[form], FILE_ENVELOPE_BYTES))
        return FAULT(arena, "broken-file", "%s: %s", writer->path, strerrordesc_np(errno));
    *out = writer;
    return NULL;
}

struct fault *file_begin(struct arena *arena, struct str data_dir, struct file_writer **out)
{
    return begin(arena, data_dir, FORM_PLAIN, out);
}

static struct fault *put(struct file_writer *writer, struct arena *arena, const void *bytes,
                         size_t n)
{
    if (!write_all(writer->fd, bytes, n))
        return FAULT(arena, "broken-file", "%s: %s", writer->path, strerrordesc_np(errno));
    hasher_add(writer->hasher, bytes, n);
    return NULL;
}

struct fault *file_begin_sealed(struct arena *arena, struct str data_dir, const uint8_t *key,
                                struct file_writer **out)
{
    char head[SEALING_HEAD_BYTES];
    TRY(begin(arena, data_dir, FORM_SEALED, out));
    (*out)->sealing = sealing_new(arena);
    sealing_start((*out)->sealing, key, head);
    return put(*out, arena, head, sizeof head);
}

/* Through blocks of one size, each of which is sealed when it is full. */
static struct fault *add_sealed(struct file_writer *writer, struct arena *arena, const char *at,
                                size_t n)
{
    while (n) {
        size_t taken = sealing_take(writer->sealing, at, n);
        at += taken;
        n -= taken;
        struct str block = sealing_block(writer->sealing, false);
        if (block.bytes)
            TRY(put(writer, arena, block.at, block.bytes));
    }
    return NULL;
}

struct fault *file_add(struct file_writer *writer, struct arena *arena, const void *bytes, size_t n)
{
    writer->bytes += (int64_t)n;
    return writer->sealing ? add_sealed(writer, arena, bytes, n) : put(writer, arena, bytes, n);
}

struct fault *file_end(struct file_writer *writer, struct arena *arena, struct hash *digest,
                       int64_t *bytes)
{
    if (writer->sealing) {
        struct str last = sealing_block(writer->sealing, true);
        TRY(put(writer, arena, last.at, last.bytes));
    }
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
        form_of(envelope_and_bytes.at) != FORM_PLAIN ||
        memcmp(hash.bytes, digest.at, HASH_BYTES) != 0)
        return FAULT(arena, "broken-file", "%.*s is not what its name says", STR_F(path));
    return NULL;
}

/* The digest of what stands behind the envelope, block by block. */
static bool digest_fits(struct arena *arena, FILE *file, struct str digest, int *form)
{
    enum { BLOCK_BYTES = 1 << 16 };
    char *block = arena_alloc(arena, BLOCK_BYTES);
    struct hasher *hasher = hasher_new(arena);
    if (fread(block, 1, FILE_ENVELOPE_BYTES, file) != FILE_ENVELOPE_BYTES ||
        !(*form = form_of(block)))
        return false;
    hasher_start(hasher);
    for (size_t n; (n = fread(block, 1, BLOCK_BYTES, file)) > 0;)
        hasher_add(hasher, block, n);
    struct hash hash = hasher_end(hasher);
    return !ferror(file) && memcmp(hash.bytes, digest.at, HASH_BYTES) == 0;
}

static struct fault *place(struct arena *arena, struct str data_dir, struct str digest_hex,
                           struct str *path, int *form)
{
    struct str digest;
    TRY(path_of(arena, data_dir, digest_hex, &digest, path));
    FILE *file = fopen(str_z(arena, *path), "rbe");
    if (!file)
        return FAULT(arena, errno == ENOENT ? "absent" : "broken-file", "no file %.*s",
                     STR_F(digest_hex));
    bool fits = digest_fits(arena, file, digest, form);
    fclose(file);
    return fits ? NULL
                : FAULT(arena, "broken-file", "%.*s is not what its name says", STR_F(*path));
}

struct fault *file_place(struct arena *arena, struct str data_dir, struct str digest_hex,
                         struct str *path, bool *sealed)
{
    int form = 0;
    TRY(place(arena, data_dir, digest_hex, path, &form));
    *sealed = form == FORM_SEALED;
    return NULL;
}

/* ---- a sealed file, opened into memory that no disk sees */

static struct fault *open_blocks(struct arena *arena, FILE *file, const uint8_t *key, int out)
{
    struct opening *opening;
    char head[SEALING_HEAD_BYTES], *block = arena_alloc(arena, SEALING_SEALED_BYTES);
    bool last = false;
    if (fseek(file, FILE_ENVELOPE_BYTES, SEEK_SET) ||
        fread(head, 1, sizeof head, file) != sizeof head ||
        !(opening = opening_new(arena, key, head)))
        return FAULT(arena, "broken-seal", "no head of a sealed file");
    for (size_t n; !last && (n = fread(block, 1, SEALING_SEALED_BYTES, file)) > 0;) {
        struct str plain;
        if (!opening_block(opening, (struct str){block, n}, &plain, &last))
            return FAULT(arena, "broken-seal", "a block of a sealed file");
        if (!write_all(out, plain.at, plain.bytes))
            return FAULT(arena, "broken-file", "memory file: %s", strerrordesc_np(errno));
    }
    return last && fgetc(file) == EOF ? NULL
                                      : FAULT(arena, "broken-seal", "a sealed file is cut");
}

struct fault *file_opened(struct arena *arena, struct str data_dir, struct str digest_hex,
                          const uint8_t *key, int *out)
{
    struct str path;
    bool sealed;
    *out = -1;
    TRY(file_place(arena, data_dir, digest_hex, &path, &sealed));
    FILE *file = fopen(str_z(arena, path), "rbe");
    int fd = file ? memfd_create("opened", MFD_CLOEXEC) : -1;
    struct fault *fault = fd < 0 ? FAULT(arena, "broken-file", "%.*s: %s", STR_F(path),
                                         strerrordesc_np(errno))
                          : !sealed || !key
                              ? FAULT(arena, "broken-seal", "%.*s is not sealed", STR_F(path))
                              : open_blocks(arena, file, key, fd);
    if (file)
        fclose(file);
    if (fault && fd >= 0)
        close(fd);
    *out = fault ? -1 : fd;
    return fault;
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
