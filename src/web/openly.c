/* openly.c: what strangers send: limits, the token of a form, files that come with it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/openly.h"

#include <unistd.h>

#include "base/json.h"
#include "desk/deed.h"
#include "store/files.h"
#include "web/intake.h"
#include "web/rate.h"

#include "base/banned.h"

enum {
    TOKEN_LIVES_MS = 12 * 3600000,
    ONCE_BYTES = 18,
    MAC_CHARACTERS = 32,
    FILES_PUT_MAX = 64,
    DRAIN_BYTES_MAX = 64 << 20
};

bool open_is_post(const struct request *request)
{
    static const char *const under[] = {"/open/", "/follow/", "/api/v1/open/"};
    for (size_t i = 0; i < sizeof under / sizeof *under; i++)
        if (request->method == HTTP_POST && str_starts(request->path, under[i]))
            return true;
    return false;
}

/* ---- limits */

static struct fault *setting_number(struct web *web, struct arena *arena, const char *name,
                                    int64_t *out)
{
    struct setting setting;
    TRY(setting_load(web->store, arena, web->book, clock_today(web->clock), &setting));
    if (!str_int(setting_of(&setting, name), out))
        return FAULT(arena, "broken-database", "parameter %s is no number", name);
    return NULL;
}

static struct fault *too_large(struct arena *arena, int64_t most)
{
    return FAULT(arena, "too-large", "all that is sent together has at most %lld bytes",
                 (long long)most);
}

struct fault *open_admit(struct web *web, struct request *request, struct response *response)
{
    struct arena *arena = request->arena;
    int64_t one, all, wait_s, length = 0;
    TRY(setting_number(web, arena, "open-file-bytes", &request->file_bytes_max));
    TRY(setting_number(web, arena, "open-from-an-address", &one));
    TRY(setting_number(web, arena, "open-in-all", &all));
    request->body_bytes_max = OPEN_TEXT_BYTES_MAX;
    request->drain_bytes_max =
        DRAIN_BYTES_MAX; /* photographs that are too large: they are told so */
    int64_t most = request->file_bytes_max + OPEN_TEXT_BYTES_MAX;
    if (str_int(request_header(request, "Content-Length"), &length) && length > most)
        return too_large(arena, most);
    if (rate_try(web->rate, request_peer(request), one, all, &wait_s))
        return NULL;
    response_header(response, "Retry-After", str_print(arena, "%lld", (long long)wait_s));
    return FAULT(arena, "too-many-filings", "again in %lld seconds", (long long)wait_s);
}

/* ---- the token: once.stamp.mac */

static struct str mac_of(const struct web *web, struct arena *arena, struct str purpose,
                         struct str said)
{
    struct hash inner = hash_of(
        str_print(arena, "%.*s\n%.*s\n%.*s", STR_F(web->form_key), STR_F(purpose), STR_F(said)));
    struct hash outer = hash_of(
        str_print(arena, "%.*s\n%.*s", STR_F(web->form_key), STR_F(hash_hex(arena, &inner))));
    return str_head(hash_hex(arena, &outer), MAC_CHARACTERS);
}

struct str open_token_new(struct web *web, struct arena *arena, struct str purpose)
{
    struct str said = str_print(arena, "%.*s.%lld", STR_F(random_name(arena, ONCE_BYTES)),
                                (long long)clock_now(web->clock));
    return str_print(arena, "%.*s.%.*s", STR_F(said), STR_F(mac_of(web, arena, purpose, said)));
}

struct fault *open_token_check(struct web *web, struct arena *arena, struct str purpose,
                               struct str token, struct str *once)
{
    struct str stamp, mac;
    int64_t at = 0, now = clock_now(web->clock);
    *once = str_cut(token, '.', &stamp);
    stamp = str_cut(stamp, '.', &mac);
    struct str said = str_print(arena, "%.*s.%.*s", STR_F(*once), STR_F(stamp));
    struct hash given = hash_of(mac), wanted = hash_of(mac_of(web, arena, purpose, said));
    if (!token.bytes || !hash_eq(&given, &wanted))
        return FAULT(arena, "form-too-old", "the token is not of this server's form");
    if (!str_int(stamp, &at) || at > now || now - at > TOKEN_LIVES_MS)
        return FAULT(arena, "form-too-old", "the form was given out too long ago");
    return NULL;
}

/* ---- files */

static struct fault *wrong(struct arena *arena, const char *code, struct str field)
{
    struct fault *fault = FAULT(arena, code, "%.*s", STR_F(field));
    fault->concerns = str_print(arena, "/%.*s", STR_F(field));
    return fault;
}

static bool asks_for(const struct rulebook *book, int form, struct str name)
{
    struct range fields = book->forms[form].fields;
    for (size_t i = 0; i < fields.n; i++) {
        const struct field_row *field = &book->fields[book->form_fields[fields.first + i].field];
        if (field->sort == FIELD_FILE && str_is(name, field->name))
            return true;
    }
    return false;
}

struct fault *form_files_look(struct web *web, const struct request *request, int form,
                              struct open_files *out)
{
    struct arena *arena = request->arena;
    *out = (struct open_files){.web = web, .arena = arena, .request = request};
    out->at = NEW_ARRAY(arena, request->files_n + 1, struct open_file);
    for (size_t i = 0; i < request->files_n; i++) {
        const struct http_file *file = &request->files[i];
        if (!asks_for(web->book, form, file->field))
            return wrong(arena, "field-unknown", file->field);
        if (!file->bytes)
            return wrong(arena, "empty-file", file->field);
        out->at[out->n++] = (struct open_file){.field = file->field,
                                               .name = file->name,
                                               .media_type = intake_type(arena, file),
                                               .digest = file->digest,
                                               .bytes = file->bytes};
    }
    return NULL;
}

struct fault *open_files_look(struct web *web, const struct request *request, int form,
                              struct open_files *out)
{
    int64_t most, bytes = 0;
    TRY(form_files_look(web, request, form, out));
    TRY(setting_number(web, request->arena, "open-file-bytes", &most));
    for (size_t i = 0; i < out->n; i++)
        bytes += out->at[i].bytes;
    return bytes > most ? too_large(request->arena, most) : NULL;
}

static bool is_there(struct open_files *files, const struct hash *digest, struct str *path)
{
    bool sealed;
    return !file_place(files->arena, files->web->data_dir, hash_hex(files->arena, digest), path,
                       &sealed);
}

/* Files are known by what is in them: one that was there before is some other case's too. */
struct fault *open_files_keep(void *whom, struct str case_id, size_t i, struct hash *digest)
{
    struct open_files *files = whom;
    const struct web *web = files->web;
    struct intake kept;
    struct str path;
    bool before = is_there(files, &files->at[i].digest, &path);
    if (!files->put)
        files->put = NEW_ARRAY(files->arena, FILES_PUT_MAX, struct str);
    TRY(intake_keep(files->arena, web->store, web->data_dir, case_id, &files->request->files[i],
                    &kept));
    *digest = kept.digest;
    bool sealed = !hash_eq(&kept.digest, &files->at[i].digest);
    if ((!before || sealed) && files->put_n < FILES_PUT_MAX && is_there(files, digest, &path))
        files->put[files->put_n++] = path;
    return NULL;
}

void open_files_drop(void *whom)
{
    struct open_files *files = whom;
    while (files->put_n)
        unlink(str_z(files->arena, files->put[--files->put_n]));
}

struct fault *form_files_keep(struct open_files *files)
{
    struct fault *fault = NULL;
    for (size_t i = 0; i < files->n && !fault; i++)
        fault = open_files_keep(files, STR_NONE, i, &files->at[i].digest);
    if (fault)
        open_files_drop(files);
    return fault;
}
