/* named.c: what a case names in its narrow row as its form is filled in: the Evaluation Facility,
 * the category of the product, and with it the edition of the criteria.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It is read from what the request gives before the form is checked: the lines of a checklist are
 * those of the edition that the category asks for. */
#include "base/json.h"
#include "desk/deed.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static bool form_has(const struct deed *deed, const char *field)
{
    const struct rulebook *book = deed->desk->book;
    struct range fields = book->forms[deed->step->form].fields;
    for (size_t i = 0; i < fields.n; i++)
        if (str_is(str_of(field), book->fields[book->form_fields[fields.first + i].field].name))
            return true;
    return false;
}

/* By the number of its approval, or by its id. What names none stays as it was given, so that the
 * judge finds no approval for it (6.1.1-1). */
static struct fault *find_facility(struct deed *deed, struct str named, struct str *out)
{
    struct row_thing *approval;
    TRY(sql_approval_by_number(deed->desk->store, deed->arena, named, &approval));
    *out = approval ? approval->party : named;
    return NULL;
}

/* 5-1: the edition for the category in which applications are taken on the day. Where none is, the
 * one that the case had stays, if it is for the category at all: what it no longer takes is then
 * refused for that, and not for a checklist that fits nothing. */
static struct fault *choose_edition(struct deed *deed)
{
    struct row_casework *work = &deed->work;
    struct row_criteria_edition *edition;
    char room[11];
    TRY(sql_criteria_edition_for(deed->desk->store, deed->arena, work->level, work->category,
                                 day_print(deed->today, room), &edition));
    if (!edition)
        TRY(sql_criteria_edition_by_id(deed->desk->store, deed->arena, work->edition, &edition));
    bool fits = edition && (!edition->category.bytes || str_eq(edition->category, work->category));
    work->edition = fits ? edition->id : STR_NONE;
    return NULL;
}

struct fault *deed_name(struct deed *deed, const json_t *given)
{
    const json_t *facility = json_object_get(given, "facility");
    const json_t *category = json_object_get(given, "category");
    if (facility && form_has(deed, "facility"))
        TRY(find_facility(deed, str_trim(json_text(facility)), &deed->work.facility));
    bool chosen = category && deed->state == STATE_START && !deed->given &&
                  form_has(deed, "category");
    if (chosen && !str_eq(json_text(category), deed->work.category)) {
        deed->work.category = json_text(category);
        TRY(choose_edition(deed));
    }
    if (facility || chosen)
        deed->about.known = false;
    return NULL;
}
