/* form.h: what a step asks for, checked field by field against the rows of the rule book.
 * SPDX-License-Identifier: Apache-2.0
 *
 * How each sort of field is written in JSON (what people may also type stands in brackets; it is
 * stored in the first form):
 *   text lines email phone url country corporate-number label case person  "…"  (widths made one)
 *   day        "2027-06-01"
 *   number yen 198000                        ("198,000", full-width too)
 *   yesno      true                          ("yes", "no")
 *   one-of     "item"      some-of  ["item", …]      ("item item")
 *   models     ["AB-1", …]                   ("AB-1\nAB-2\n…")
 *   checklist  [{"id": "S1.1-01", "result": "conforms", "evidence": "…", "file": "id"}, …]
 *   by-criterion  [{"id": "S1.1-01", "evidence": "…"}, …]: on some criteria only
 *   facility   "approval number of an Evaluation Facility", or its id
 *   criteria   [{"id": "S1.1-01", "ja": "…", "en": "…"}, …]  ("S1.1-01 | … | …\n…")
 *   file       ["id of a file on the case", …]       ("id")
 *   ja-en      {"ja": "…", "en": "…"}
 *   span       "6m"
 *   setting    "30": a value of the parameter that the field `parameter` names
 * Empty text, null, [] and {} are as good as absent; in a draft they empty the field again. */
#ifndef HOSHI_FORM_H
#define HOSHI_FORM_H

#include <jansson.h>

#include "base/fault.h"
#include "rule/rulebook.h"

/* A text in both languages of more than FORM_LINE_POINTS_MAX characters may have several lines. */
enum { FORM_MODEL_POINTS_MAX = 64, FORM_EVIDENCE_POINTS_MAX = 2000, FORM_LINE_POINTS_MAX = 200 };

/* What a form is checked against beside its rows. */
struct form_setting {
    struct day today;
    struct words criteria; /* lines of the checklist: ids of the criteria edition */
    struct words files;    /* ids of the files on the case */
    bool empties;          /* what is given as empty empties the field: null in *out */
};

/* The code of what is wrong with a value of the parameter, by its sort; NULL: nothing. */
const char *setting_wrong(const struct rulebook *book, struct arena *arena, int parameter,
                          struct str value);

/* NULL and *out (only fields of the form, in their stored form), or every fault found, chained,
 * each with the JSON pointer of the field, its clause, and a code of family 422. */
struct fault *form_check(const struct rulebook *book, struct arena *arena, int form,
                         const json_t *given, const struct form_setting *setting, json_t **out);

#endif
