/* demo_file.c: the demonstration's evidence: a test report of one page, plainly fictional.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "base/embedded.h"
#include "base/json.h"
#include "desk/act.h"
#include "desk/demo_part.h"
#include "store/files.h"

#include "base/banned.h"

extern const struct embedded seed_files[];

enum { OBJECTS = 5, PDF_BYTES_MAX = 4096, LINES_WITH_FILE = 4, LINE_NOT_APPLICABLE = 9 };

/* A page of PDF with its table of where each object begins. */
static struct str report(struct arena *arena, struct str product)
{
    struct str text = str_print(arena,
                                "BT /F1 18 Tf 60 760 Td (Test report, fictional) Tj "
                                "/F1 11 Tf 0 -32 Td "
                                "(Product: %.*s) Tj 0 -18 Td (Made for the demonstration. "
                                "No such product exists.) Tj ET",
                                STR_F(product));
    const struct str objects[OBJECTS] = {
        STR("<</Type/Catalog/Pages 2 0 R>>"), STR("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        STR("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            "/Resources<</Font<</F1 5 0 R>>>>>>"),
        str_print(arena, "<</Length %zu>>stream\n%.*s\nendstream", text.bytes, STR_F(text)),
        STR("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")};
    size_t begins[OBJECTS];
    struct buf out = buf_new(arena, PDF_BYTES_MAX);
    buf_add_z(&out, "%PDF-1.4\n");
    for (size_t i = 0; i < OBJECTS; i++) {
        begins[i] = buf_str(&out).bytes;
        buf_printf(&out, "%zu 0 obj%.*s\nendobj\n", i + 1, STR_F(objects[i]));
    }
    size_t table = buf_str(&out).bytes;
    buf_printf(&out, "xref\n0 %d\n0000000000 65535 f \n", OBJECTS + 1);
    for (size_t i = 0; i < OBJECTS; i++)
        buf_printf(&out, "%010zu 00000 n \n", begins[i]);
    buf_printf(&out, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", OBJECTS + 1,
               table);
    return buf_str(&out);
}

static struct fault *attach_text(struct demo *demo, struct arena *arena,
                                 const struct principal *who, struct str case_id, struct str name,
                                 struct str media_type, struct str text, struct str *file_id)
{
    struct file_writer *writer;
    struct hash digest;
    int64_t bytes;
    TRY(file_begin(arena, demo->desk.data_dir, &writer));
    TRY(file_add(writer, arena, text.at, text.bytes));
    TRY(file_end(writer, arena, &digest, &bytes));
    return desk_attach_act(&demo->desk, arena, who, case_id, name, media_type, &digest, bytes,
                           file_id);
}

struct fault *demo_attach(struct demo *demo, struct arena *arena, const struct principal *who,
                          struct str case_id, struct str product, struct str *file_id)
{
    return attach_text(demo, arena, who, case_id, STR("試験報告書（架空）.pdf"),
                       STR("application/pdf"), report(arena, product), file_id);
}

/* One maker files the bill of materials, in which an advisory of the feed finds a component. */
struct fault *demo_show_bill(struct demo *demo, struct arena *arena, const struct principal *who,
                             struct str case_id, json_t *own)
{
    json_t *list = json_new_list(arena);
    struct str id;
    TRY(attach_text(demo, arena, who, case_id, STR("sbom（架空）.cdx.json"),
                    STR("application/json"), embedded_find(seed_files, "demo-sbom.json"), &id));
    json_add_str(list, id);
    json_put_json(own, "sbom", list);
    return NULL;
}

json_t *demo_checklist(const struct demo *demo, struct arena *arena, struct str file_id)
{
    json_t *lines = json_new_list(arena);
    for (size_t i = 0; i < demo->criteria.n; i++) {
        bool applies = i != LINE_NOT_APPLICABLE;
        json_t *line = json_new(arena);
        json_put(line, "id", demo->criteria.at[i]);
        json_put(line, "result", applies ? STR("conforms") : STR("not-applicable"));
        json_put(line, "evidence", applies ? str_print(arena, "試験報告書 %zu章", i + 2)
                                           : STR("この機能は製品に搭載していません。"));
        if (i < LINES_WITH_FILE)
            json_put(line, "file", file_id);
        json_add(lines, line);
    }
    return lines;
}
