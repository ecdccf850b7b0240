/* form_part.h: between the files of the form check.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_FORM_PART_H
#define HOSHI_FORM_PART_H

#include "desk/form.h"

/* One check of one form; faults are collected in order. */
struct check {
    const struct rulebook *book;
    struct arena *arena;
    const struct form_setting *setting;
    const json_t *given; /* the whole form: a value may be of the sort that another field names */
    struct fault *first, **last;
    size_t faults_n;
};

/* Adds a fault; pointer is made with printf. More than 100 are not worth the reading. */
void check_wrong(struct check *check, const struct field_row *field, const char *code,
                 const char *pointer, ...) __attribute__((format(printf, 4, 5)));

/* A name that the form does not have, short enough to be named in a fault. */
static inline struct str name_shown(const char *name)
{
    return str_head(str_of(name), 80);
}

/* Each gives the stored form, or NULL after check_wrong(). */
json_t *check_text(struct check *check, const struct field_row *field, const json_t *value);
json_t *check_day(struct check *check, const struct field_row *field, const json_t *value);
json_t *check_number(struct check *check, const struct field_row *field, const json_t *value);
json_t *check_yesno(struct check *check, const struct field_row *field, const json_t *value);
json_t *check_one_of(struct check *check, const struct field_row *field, const json_t *value);
json_t *check_some_of(struct check *check, const struct field_row *field, const json_t *value);
json_t *check_models(struct check *check, const struct field_row *field, const json_t *value);
json_t *check_by_criterion(struct check *check, const struct field_row *field,
                           const json_t *value);
json_t *check_checklist(struct check *check, const struct field_row *field, const json_t *value);
json_t *check_file(struct check *check, const struct field_row *field, const json_t *value);
json_t *check_criteria(struct check *check, const struct field_row *field, const json_t *value);
json_t *check_setting(struct check *check, const struct field_row *field, const json_t *value);
json_t *check_ja_en(struct check *check, const struct field_row *field, const json_t *value);

/* For texts within lists: trimmed, in one width, clean, 1 to points_max code points. */
bool check_part(struct check *check, const struct field_row *field, const json_t *value, bool lines,
                int64_t points_max, struct str *out, const char *pointer, ...)
    __attribute__((format(printf, 7, 8)));

bool list_has(const struct rulebook *book, int list, struct str item);

#endif
