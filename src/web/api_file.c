/* api_file.c: files of a case: put under a name, and read, which is an act of its own (2.1.3-2).
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/security.h"
#include "web/api_part.h"
#include "web/intake.h"

#include "base/banned.h"

/* The file that stands under the name now, among those of the case: names of a sealed case are
 * ciphertext to a statement. */
static struct fault *file_named(struct call *call, struct row_case_file **out)
{
    struct row_case_file *rows;
    size_t n;
    *out = NULL;
    TRY(sql_case_files(call->web->store, call->arena, call->parts[0], &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (!rows[i].replaced && str_eq(rows[i].name, call->parts[1]))
            *out = &rows[i];
    return NULL;
}

static struct fault *check_put(struct call *call, const struct row_case_file *there)
{
    struct str none_match = str_trim(request_header(call->request, "If-None-Match"));
    if (none_match.bytes && !str_is(none_match, "*"))
        return FAULT(call->arena, "malformed-version", "If-None-Match is to be *");
    if (none_match.bytes && there)
        return FAULT(call->arena, "file-is-there", "a file of this name is on the case");
    if (!call->request->files_n || call->request->body_bytes == 0)
        return FAULT(call->arena, "empty-file", "the body is the file, and has at least one byte");
    return NULL;
}

/* A file of the same name is replaced: the earlier stays on record, marked as such. */
struct fault *api_file_put(struct call *call)
{
    struct row_case_file *there, *file;
    struct row_casework *work;
    struct intake kept;
    struct str id;
    TRY(desk_may_see(call->web->desk, call->arena, &call->who, call->parts[0]));
    TRY(file_named(call, &there));
    TRY(check_put(call, there));
    TRY(desk_may_attach(call->web->desk, call->arena, &call->who, call->parts[0], call->parts[1]));
    TRY(intake_keep(call->arena, call->web->store, call->web->data_dir, call->parts[0],
                    &call->request->files[0], &kept));
    TRY(desk_attach(call->web->desk, call->arena, &call->who, call->parts[0], call->parts[1],
                    kept.media_type, &kept.digest, kept.bytes, &id));
    TRY(sql_case_file_by_id(call->web->store, call->arena, id, &file));
    TRY(sql_case_by_id(call->web->store, call->arena, call->parts[0], &work));
    if (!file || !work)
        return FAULT(call->arena, "broken-database", "the file %.*s is not on its case", STR_F(id));
    json_t *told = json_new(call->arena);
    json_put(told, "id", file->id);
    json_put(told, "name", file->name);
    json_put(told, "media_type", file->media_type);
    json_put_int(told, "bytes", file->bytes);
    json_put(told, "sha256", file->digest);
    json_put_int(told, "version", work->version);
    call_header(call, "ETag", str_print(call->arena, "\"%.*s\"", STR_F(file->digest)));
    call_send(call, there ? 200 : 201, told);
    return NULL;
}

struct fault *api_case_file_get(struct call *call)
{
    struct row_case_file *there, *file;
    TRY(desk_may_see(call->web->desk, call->arena, &call->who, call->parts[0]));
    TRY(file_named(call, &there));
    if (!there)
        return FAULT(call->arena, "absent", "no such file on the case");
    TRY(desk_read_document(call->web->desk, call->arena, &call->who, call->parts[0], there->id,
                           &file));
    TRY(document_send(call->arena, call->web->store, call->web->data_dir, file, call->response));
    call_header(call, "ETag", str_print(call->arena, "\"%.*s\"", STR_F(file->digest)));
    call_header(call, "Content-Disposition", STR("attachment"));
    call_header(call, "Content-Security-Policy", STR("default-src 'none'; sandbox"));
    return NULL;
}

/* 4.8.1-1: what a maker's own CSAF document says, as fields of the notice's form. */
struct fault *api_file_csaf(struct call *call)
{
    struct row_case_file *there;
    json_t *told = json_new(call->arena), *fields;
    TRY(desk_may_see(call->web->desk, call->arena, &call->who, call->parts[0]));
    TRY(file_named(call, &there));
    if (!there)
        return FAULT(call->arena, "absent", "no such file on the case");
    TRY(desk_fields_of_csaf(call->web->desk, call->arena, &call->who, call->parts[0], there->id,
                            &fields));
    json_put_json(told, "fields", fields);
    call_send(call, 200, told);
    return NULL;
}
