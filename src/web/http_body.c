/* http_body.c: bodies as they arrive: into memory up to a limit, or onto the disk, sealed, with
 * their digest.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The head's Content-Length is refused when it is too large; of a chunked body that passes the
 * limit a little more is read and thrown away before the refusal, then it is cut. Over all
 * connections together, bodies hold at most MEMORY_HELD_MAX and SPOOL_HELD_MAX bytes. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/sealing.h"
#include "web/http_inside.h"

#include "base/banned.h"

static bool hold(int64_t *total, int64_t *own, size_t n, int64_t max)
{
    *total += (int64_t)n;
    *own += (int64_t)n;
    return *total <= max;
}

/* ---- files: sealed before they are written, in a file that has no name */

/* Opened and unlinked at once: not every file system has O_TMPFILE. */
static int open_nameless(struct http_exchange *exchange)
{
    struct arena *arena = exchange->request.arena;
    const char *path = str_print(arena, "%.*s/in-%.*s", STR_F(exchange->http->settings.spool_dir),
                                 STR_F(random_name(arena, 15)))
                           .at;
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0)
        unlink(path);
    return fd;
}

static bool write_all(struct body *body, struct str bytes)
{
    while (bytes.bytes) {
        ssize_t wrote = write(body->spool, bytes.at, bytes.bytes);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return false;
        body->spool_at += wrote;
        bytes = str_skip(bytes, (size_t)wrote);
    }
    return true;
}

/* The files of a body lie one behind the other in one file of the disk. */
static bool spool_begin(struct http_exchange *exchange)
{
    struct body *body = &exchange->body;
    struct arena *arena = exchange->request.arena;
    uint8_t *key = arena_alloc(arena, SEALING_KEY_BYTES);
    random_bytes(key, SEALING_KEY_BYTES);
    body->spool = open_nameless(exchange);
    if (body->spool < 0)
        return false;
    body->key = key;
    body->hasher = hasher_new(arena);
    body->sealing = sealing_new(arena);
    return true;
}

static bool spool_open(struct http_exchange *exchange, struct http_file *file)
{
    struct body *body = &exchange->body;
    char head[SEALING_HEAD_BYTES];
    if (!body->sealing && !spool_begin(exchange))
        return false;
    *file = (struct http_file){.field = file->field,
                               .name = file->name,
                               .media_type = file->media_type,
                               .fd = body->spool,
                               .from = body->spool_at,
                               .key = body->key};
    body->files_n++;
    body->in_file = true;
    hasher_start(body->hasher);
    sealing_start(body->sealing, body->key, head);
    return write_all(body, (struct str){head, sizeof head});
}

static bool spool_add(struct http_exchange *exchange, const char *at, size_t n)
{
    struct body *body = &exchange->body;
    struct http_file *file = &body->files[body->files_n - 1];
    if (!hold(&exchange->http->spool_held, &body->spool_held, n, SPOOL_HELD_MAX) ||
        body->spool_held > exchange->request.file_bytes_max)
        return false;
    hasher_add(body->hasher, at, n);
    file->bytes += (int64_t)n;
    while (n) {
        size_t taken = sealing_take(body->sealing, at, n);
        at += taken;
        n -= taken;
        if (!write_all(body, sealing_block(body->sealing, false)))
            return false;
    }
    return true;
}

/* Ends the part under way, of a file or of a text. */
static bool part_end(struct body *body)
{
    bool good = true;
    if (body->in_file) {
        struct http_file *file = &body->files[body->files_n - 1];
        file->digest = hasher_end(body->hasher);
        good = write_all(body, sealing_block(body->sealing, true));
        file->to = body->spool_at;
        body->in_file = false;
    }
    if (body->in_text)
        body->fields[body->fields_n - 1].value = buf_str(&body->memory);
    body->in_text = false;
    return good;
}

static bool part_begin(struct http_exchange *exchange, const char *name, const char *file,
                       const char *media_type)
{
    struct body *body = &exchange->body;
    struct arena *arena = exchange->request.arena;
    if (!part_end(body))
        return false;
    body->text_bytes += strlen(name) + (file ? strlen(file) : 0); /* kept too, so counted too */
    if (body->text_bytes > exchange->request.body_bytes_max)
        return false;
    if (!file) {
        if (body->fields_n == FIELDS_MAX)
            return false;
        if (!body->fields)
            body->fields = NEW_ARRAY(arena, FIELDS_MAX, struct header);
        body->fields[body->fields_n++].name = str_copy(arena, str_of(name));
        body->memory = buf_new(arena, exchange->request.body_bytes_max);
        return body->in_text = true;
    }
    if (!*file) /* a file field in which none was chosen */
        return true;
    if (body->files_n == FILES_MAX)
        return false;
    if (!body->files)
        body->files = NEW_ARRAY(arena, FILES_MAX, struct http_file);
    body->files[body->files_n] = (struct http_file){
        .field = str_copy(arena, str_of(name)),
        .name = str_copy(arena, str_of(file)),
        .media_type = str_copy(arena, str_of(media_type)),
    };
    return spool_open(exchange, &body->files[body->files_n]);
}

static enum MHD_Result part_add(void *whom, enum MHD_ValueKind kind, const char *name,
                                const char *file, const char *media_type, const char *encoding,
                                const char *at, uint64_t offset, size_t n)
{
    struct http_exchange *exchange = whom;
    struct body *body = &exchange->body;
    (void)kind;
    (void)encoding;
    if (!name)
        name = "";
    if (offset == 0 && !part_begin(exchange, name, file, media_type))
        return MHD_NO;
    if (body->in_file)
        return spool_add(exchange, at, n) ? MHD_YES : MHD_NO;
    if (!body->in_text)
        return n == 0 ? MHD_YES : MHD_NO;
    body->text_bytes += n;
    if (body->text_bytes > exchange->request.body_bytes_max ||
        !hold(&exchange->http->memory_held, &body->memory_held, n, MEMORY_HELD_MAX))
        return MHD_NO;
    buf_add(&body->memory, (struct str){at, n});
    return MHD_YES;
}

static enum body_sort sort_of(const struct request *request)
{
    if (request->method == HTTP_PUT)
        return BODY_FILE;
    struct str type = request_header(request, "Content-Type");
    if (request->method == HTTP_POST && type.bytes >= 19 &&
        str_eq_nocase((struct str){type.at, 19}, STR("multipart/form-data")))
        return BODY_MULTIPART;
    return BODY_MEMORY;
}

int body_begin(struct http_exchange *exchange, const char **why)
{
    struct http *http = exchange->http;
    struct request *request = &exchange->request;
    struct body *body = &exchange->body;
    if (exchange->content_length == 0 && request->method != HTTP_PUT)
        return 0;
    enum body_sort sort = sort_of(request);
    int64_t most = (int64_t)request->body_bytes_max;
    if (sort != BODY_MEMORY) {
        *why = "no files are taken here";
        if (http->settings.spool_dir.bytes == 0)
            return 415;
        most = request->file_bytes_max + (sort == BODY_MULTIPART ? most : 0);
    }
    *why = "the body is too large";
    if (exchange->content_length > most)
        return 413;
    *why = "too many bodies are under way; try again in a moment";
    if (http->memory_held > MEMORY_HELD_MAX / 2 ||
        (sort != BODY_MEMORY && http->spool_held > SPOOL_HELD_MAX / 2))
        return 503;
    body->sort = sort;
    if (sort == BODY_MEMORY)
        body->memory = buf_new(request->arena, request->body_bytes_max);
    *why = "the file cannot be put down";
    if (sort == BODY_FILE) {
        body->files = NEW(request->arena, struct http_file);
        body->files[0].media_type = request_header(request, "Content-Type");
        if (!spool_open(exchange, &body->files[0]))
            return 503;
    }
    *why = "the multipart form has no boundary";
    if (sort == BODY_MULTIPART) {
        body->parts = MHD_create_post_processor(exchange->mhd, 16384, part_add, exchange);
        if (!body->parts)
            return 400;
    }
    return 0;
}

bool body_add(struct http_exchange *exchange, const char *at, size_t n)
{
    struct body *body = &exchange->body;
    exchange->request.body_bytes += (int64_t)n;
    switch (body->sort) {
    case BODY_MEMORY:
        if (!hold(&exchange->http->memory_held, &body->memory_held, n, MEMORY_HELD_MAX))
            return false;
        buf_add(&body->memory, (struct str){at, n});
        return !body->memory.full;
    case BODY_FILE:
        return spool_add(exchange, at, n);
    case BODY_MULTIPART:
        if (!body->why && MHD_post_process(body->parts, at, n) != MHD_YES)
            body->why = "the multipart form is malformed, or a part of it is too large";
        return true;
    case BODY_DRAIN:
        return exchange->request.body_bytes <= exchange->request.drain_bytes_max;
    case BODY_NONE:
        break;
    }
    return false;
}

/* Text of a form: valid UTF-8, CR LF (as browsers send it) made LF. */
static bool fields_tidy(struct arena *arena, struct header *fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct buf tidy = buf_new(arena, fields[i].value.bytes);
        for (size_t j = 0; j < fields[i].value.bytes; j++)
            if (fields[i].value.at[j] != '\r')
                buf_add_char(&tidy, fields[i].value.at[j]);
        fields[i].value = buf_str(&tidy);
        if (!str_is_text(fields[i].name) || !str_is_text(fields[i].value))
            return false;
    }
    return true;
}

static bool is_form(const struct request *request)
{
    struct str type = request_header(request, "Content-Type");
    return type.bytes >= 33 &&
           str_eq_nocase((struct str){type.at, 33}, STR("application/x-www-form-urlencoded"));
}

int body_end(struct http_exchange *exchange, const char **why)
{
    struct request *request = &exchange->request;
    struct body *body = &exchange->body;
    if (body->parts) {
        if (MHD_destroy_post_processor(body->parts) != MHD_YES && !body->why)
            body->why = "the multipart form ends in the middle";
        body->parts = NULL;
        if (!body->why && !body->fields_n && !body->files_n)
            body->why = "the multipart form has no part";
    }
    if (!part_end(body) && !body->why)
        body->why = "the file could not be put down";
    if (!body->why && body->sort == BODY_MULTIPART &&
        !fields_tidy(request->arena, body->fields, body->fields_n))
        body->why = "the form has text that is not valid UTF-8";
    if (body->sort == BODY_MEMORY) {
        request->body = buf_str(&body->memory);
        if (request->method == HTTP_POST && is_form(request) &&
            !fields_read(request->arena, request->body, &body->fields, &body->fields_n))
            body->why = "the form is not valid percent encoding of UTF-8, or has too many fields";
    }
    request->fields = body->fields;
    request->fields_n = body->fields_n;
    request->files = body->files;
    request->files_n = body->files_n;
    *why = body->why;
    return body->why ? 400 : 0;
}

void body_free(struct http_exchange *exchange)
{
    struct body *body = &exchange->body;
    if (body->sort == BODY_NONE)
        return;
    if (body->parts)
        MHD_destroy_post_processor(body->parts);
    if (body->sealing)
        close(body->spool);
    exchange->http->memory_held -= body->memory_held;
    exchange->http->spool_held -= body->spool_held;
}
