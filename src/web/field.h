/* field.h: fields of the rule book's forms as inputs of a page, and back.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_FIELD_H
#define HOSHI_FIELD_H

#include <jansson.h>

#include "store/rows.gen.h"
#include "store/sql.gen.h"
#include "web/visit.h"

/* What a page knows beside the field's row. */
struct field_setting {
    struct str case_id;
    const json_t *values;       /* what was filled in, by field name */
    const json_t *filled;       /* what the case has in its other fields: shown beside */
    const struct fault *faults; /* of the last attempt: concerns "/name/…" */
    const struct row_criterion *criteria;
    size_t criteria_n;
    const struct row_case_file *files; /* present ones */
    size_t files_n;
    const struct row_person *persons; /* to pick from, for fields of sort person */
    size_t persons_n;
    const struct sql_facilities_to_name_row *facilities; /* to pick from: in scope today */
    size_t facilities_n;
    bool uploads; /* files come with the form itself, not before it */
};

/* The checklists of a case in the order in which they are answered: by the applicant, by the
 * facility, by the body. */
enum { CHECKLISTS_MAX = 3 };
struct checklists {
    const struct field_row *at[CHECKLISTS_MAX];
    size_t n;
};
/* Those that are filled in; before: only those answered before that one, NULL for all. */
struct checklists checklists_of(const struct visit *visit, const json_t *filled,
                                const struct field_row *before);

/* The value as the form of this request says, in the JSON of desk/form.h; NULL when left empty. */
json_t *field_read(const struct visit *visit, const struct field_row *field,
                   const struct field_setting *setting);

/* All fields of a form that the request names. */
json_t *form_values(const struct visit *visit, const struct form_row *form,
                    const struct field_setting *setting);

/* The next fault of this field after `last` (NULL: the first), or NULL. */
const struct fault *field_fault(const struct field_row *field, const struct field_setting *setting,
                                const struct fault *last);
bool part_fault(const struct field_row *field, const struct field_setting *setting,
                const char *part);
struct str field_message(const struct visit *visit,
                         const struct fault *fault); /* what to do, with its line */
const struct field_row *fault_field(const struct rulebook *book, const struct fault *fault);

struct str field_text(const json_t *values, const char *name); /* of a string */
struct str field_part(const json_t *values, const char *name,
                      const char *part); /* of an object's member */
struct str field_lines(struct arena *arena, const json_t *values,
                       const char *name); /* a list, one a line */
struct str field_criteria(struct arena *arena, const json_t *values,
                          const char *name); /* "number | ja | en", one a line */
int answer_list(const struct visit *visit,
                const struct field_row *field); /* LIST_… of a checklist */
struct str item_text(const struct visit *visit, int list,
                     struct str item); /* words of a list's item */
struct str field_shown(const struct visit *visit, const struct field_row *field,
                       const json_t *value);
json_t *checklist_line(const json_t *values, const char *name, struct str criterion); /* or NULL */
bool list_value_has(const json_t *values, const char *name, const char *item);

/* Where the body fills in a checklist of its own: the applicant's, shown beside it; else NULL. */
const struct field_row *field_answered(const struct visit *visit, const struct field_row *field,
                                       const struct field_setting *setting);

/* A result "conforms" for each line that has none and is declared so; no other is touched. */
void checklist_fill(const struct visit *visit, const struct field_row *field,
                    const struct field_setting *setting, json_t *values);

/* How a form says part of a field: "product.ja". */
const char *input_name(const struct visit *visit, const char *field, const char *part);
const char *checklist_name(const struct visit *visit, const char *field, struct str criterion,
                           const char *part);

#endif
