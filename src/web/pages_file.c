/* pages_file.c: files of a case: put on it, read: each reading is an act (2.1.3-2).
 * SPDX-License-Identifier: Apache-2.0 */
#include "web/intake.h"
#include "web/pages_step.h"
#include "web/route.h"

#include "base/banned.h"

struct fault *file_post(struct visit *visit)
{
    struct case_view *view;
    struct intake kept;
    struct str id;
    TRY(case_view_load(visit, visit->parts[0], &view));
    const struct http_file *file = visit->request->files_n == 1 ? &visit->request->files[0] : NULL;
    if (!file || !str_is(file->field, "file") || !file->bytes || !file->name.bytes)
        return FAULT(visit->arena, "field-missing", "%s", "one file, in the field `file`");
    TRY(desk_may_attach(visit->web->desk, visit->arena, &visit->who, view->work->id, file->name));
    TRY(intake_keep(visit->arena, visit->web->store, visit->web->data_dir, view->work->id,
                    file, &kept));
    TRY(desk_attach(visit->web->desk, visit->arena, &visit->who, view->work->id, file->name,
                    kept.media_type, &kept.digest, kept.bytes, &id));
    bool in_sections = view->draft;
    visit_redirect(visit,
                   str_print(visit->arena, in_sections ? "/cases/%.*s/draft/files" : "/cases/%.*s",
                             STR_F(view->work->id)));
    return NULL;
}

/* Always as a download: a file from outside is never shown as a page of ours. */
struct fault *file_get(struct visit *visit)
{
    struct row_case_file *file;
    TRY(desk_read_document(visit->web->desk, visit->arena, &visit->who, visit->parts[0],
                           visit->parts[1], &file));
    TRY(document_send(visit->arena, visit->web->store, visit->web->data_dir, file,
                      visit->response));
    response_header(visit->response, "Cache-Control", STR("no-store"));
    response_header(visit->response, "Content-Disposition",
                    str_print(visit->arena, "attachment; filename*=UTF-8''%.*s",
                              STR_F(url_part(visit->arena, file->name))));
    return NULL;
}
