/* files.h: attached files, named by what is in them: DATA/files/ab/cdef…
 * SPDX-License-Identifier: Apache-2.0
 *
 * On disk each stands in an envelope of 8 bytes: "hoshi", 0, its form, 0. Form 1: the bytes as they
 * are; the name is their SHA-256. Form 2, of a sealed case (seal.h): a head of 24 bytes and blocks
 * of libsodium's secretstream; the name is the SHA-256 of these, so that nobody can tell by the
 * name whether a known file is there. A file is told to the disk, under its name, before
 * file_end() returns. */
#ifndef HOSHI_FILES_H
#define HOSHI_FILES_H

#include "base/fault.h"
#include "base/hash.h"

struct file_writer;

/* Stands beside the others until file_end() gives it its name; else it goes with the arena. */
struct fault *file_begin(struct arena *arena, struct str data_dir, struct file_writer **out);
struct fault *file_begin_sealed(struct arena *arena, struct str data_dir, const uint8_t *key,
                                struct file_writer **out);
struct fault *file_add(struct file_writer *writer, struct arena *arena, const void *bytes,
                       size_t n);
struct fault *file_end(struct file_writer *writer, struct arena *arena, struct hash *digest,
                       int64_t *bytes);

/* The whole file, its digest checked: faults "absent", "too-large", "broken-file". */
struct fault *file_read(struct arena *arena, struct str data_dir, struct str digest_hex,
                        size_t bytes_max, struct str *out);

/* Where it lies, its digest checked without holding it in memory; the bytes begin after the first
 * FILE_ENVELOPE_BYTES, as they are or sealed. Faults as above. */
enum { FILE_ENVELOPE_BYTES = 8 };
struct fault *file_place(struct arena *arena, struct str data_dir, struct str digest_hex,
                         struct str *path, bool *sealed);
/* What a sealed file holds, as an open memory file that is the caller's. Fault "broken-seal". */
struct fault *file_opened(struct arena *arena, struct str data_dir, struct str digest_hex,
                          const uint8_t *key, int *fd);

/* What a crash left half written: only when nobody else writes there, at start. */
struct fault *files_sweep(struct arena *arena, struct str data_dir);

/* Folders, and files written whole: made, and told to the disk with their names. */
struct fault *folder_make(struct arena *arena, struct str path);
struct fault *folder_sync(struct arena *arena, struct str path);
/* Replaces the file `name` of the folder in one move; durable: told to the disk before it ends. */
struct fault *file_replace(struct arena *arena, struct str folder, const char *name,
                           struct str bytes, bool durable);
/* 0600, always durable. */
struct fault *file_replace_private(struct arena *arena, struct str folder, const char *name,
                                   struct str bytes);
struct fault *file_whole(struct arena *arena, struct str path, size_t bytes_max, struct str *out,
                         bool *there);

#endif
