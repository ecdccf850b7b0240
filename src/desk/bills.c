/* bills.c: bills of materials (SBOM) that are filed: read at once, so that whoever files learns
 * what is wrong with them; kept with their digest; bound to the label by its decision: 4.8.3-1.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The readers of src/advisory/ are strict and bounded. They read into memory of their own, so that
 * a hostile file costs its own request and no other. */
#include "advisory/sbom.h"
#include "base/json.h"
#include "desk/deed.h"
#include "store/files.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { FILED_BYTES_MAX = 16 << 20, READING_BYTES_MAX = 1 << 28 };

/* ---- one file */

static struct str form_of(struct arena *arena, const struct sbom *sbom)
{
    struct str version = sbom->spec;
    if (sbom->form == SBOM_CYCLONEDX)
        return str_print(arena, "CycloneDX %.*s", STR_F(version));
    return str_print(arena, "SPDX %.*s", STR_F(str_skip(version, sizeof "SPDX-" - 1)));
}

/* What is wrong with a file of the form stands under the form's field: "/sbom/0/components/3". */
static struct fault *at_its_place(struct deed *deed, size_t i, const struct fault *fault)
{
    struct str place = fault->concerns;
    struct fault *out = FAULT(deed->arena, str_z(deed->arena, str_of(fault->code)), "%.*s",
                              STR_F(fault->detail));
    out->concerns = str_print(deed->arena, "/sbom/%zu%s%.*s", i,
                              place.bytes && !str_starts(place, "/") ? "/" : "", STR_F(place));
    out->clause = "4.8.3-1";
    return out;
}

static struct fault *read_text(struct deed *deed, struct arena *reading, struct row_case_sbom *row,
                               size_t most, size_t *bytes)
{
    struct str text;
    struct sbom sbom;
    TRY(file_read(reading, deed->desk->data_dir, row->digest, most, &text));
    TRY(sbom_read(reading, text, &sbom));
    *bytes = text.bytes;
    row->form = form_of(deed->arena, &sbom);
    row->components = (int64_t)sbom.components_n;
    return NULL;
}

/* In memory of its own; more than there is of it is too large. */
static struct fault *read_apart(struct deed *deed, struct row_case_sbom *row, size_t i,
                                size_t *left)
{
    struct arena *reading = arena_new(READING_BYTES_MAX);
    size_t bytes = 0;
    if (!reading)
        return FAULT(deed->arena, "no-memory", "%s", "for a bill of materials");
    if (setjmp(*arena_guard(reading))) {
        arena_free(reading);
        struct fault fault = {.code = "too-large", .detail = STR("to be read")};
        return at_its_place(deed, i, &fault);
    }
    struct fault *fault = read_text(deed, reading, row, *left, &bytes);
    if (fault)
        fault = at_its_place(deed, i, fault);
    arena_free(reading);
    *left -= bytes;
    return fault;
}

/* ---- what a request fills in */

static bool was_read(const struct row_case_sbom *rows, size_t n, struct str file)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].file, file))
            return true;
    return false;
}

static struct fault *read_one(struct deed *deed, struct str id, size_t i, size_t *left)
{
    struct row_case_file *file;
    struct row_case_sbom *row = &deed->bills.rows[deed->bills.n];
    TRY(sql_case_file_by_id(deed->desk->store, deed->arena, id, &file));
    if (!file || !str_eq(file->case_id, deed->work.id))
        return FAULT(deed->arena, "unknown-file", "%.*s", STR_F(id));
    *row = (struct row_case_sbom){.case_id = deed->work.id, .file = id, .digest = file->digest};
    TRY(read_apart(deed, row, i, left));
    deed->bills.n++;
    return NULL;
}

struct fault *deed_read_bills(struct deed *deed)
{
    const json_t *list = json_object_get(deed->fields, "sbom");
    size_t n = json_array_size(list), known_n, left = FILED_BYTES_MAX;
    struct row_case_sbom *known;
    struct fault *first = NULL, **last = &first;
    if (!n)
        return NULL;
    TRY(sql_sboms_of_case(deed->desk->store, deed->arena, deed->work.id, &known, &known_n));
    deed->bills.rows = NEW_ARRAY(deed->arena, n, struct row_case_sbom);
    for (size_t i = 0; i < n; i++) {
        struct str id = json_text(json_array_get(list, i));
        if (was_read(known, known_n, id))
            continue;
        *last = read_one(deed, id, i, &left);
        if (*last)
            last = &(*last)->next;
    }
    return first;
}

struct fault *deed_put_bills(struct deed *deed)
{
    for (size_t i = 0; i < deed->bills.n; i++)
        TRY(put_case_sbom(deed->desk->store, &deed->bills.rows[i]));
    return NULL;
}

/* ---- 4.8.3-1: those filed with the case that decides are those of the label from now on. A case
 * that brings none leaves what is bound; what was bound before keeps its rows. */

static bool is_filed(const struct deed *deed, struct str file)
{
    const json_t *list = json_object_get(deed->filled, "sbom");
    for (size_t i = 0; i < json_array_size(list); i++)
        if (str_eq(json_text(json_array_get(list, i)), file))
            return true;
    return false;
}

struct fault *bind_sbom(struct deed *deed, const struct use *use)
{
    struct row_case_sbom *rows;
    size_t n;
    (void)use;
    TRY(sql_sboms_of_case(deed->desk->store, deed->arena, deed->work.id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct row_label_sbom row = {.label = deed->work.label,
                                     .seq = deed->seq,
                                     .file = rows[i].file,
                                     .case_id = deed->work.id,
                                     .digest = rows[i].digest,
                                     .form = rows[i].form,
                                     .components = rows[i].components};
        if (is_filed(deed, rows[i].file))
            TRY(put_label_sbom(deed->desk->store, &row));
    }
    return NULL;
}
