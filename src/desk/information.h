/* information.h: the product information of a label: what its public page says of the product, as
 * JSON under the names of the fields, with the model numbers as a list.
 * SPDX-License-Identifier: Apache-2.0
 *
 * All but information_load() is pure. Public values only: the differences go into the label's
 * history as they are. */
#ifndef HOSHI_INFORMATION_H
#define HOSHI_INFORMATION_H

#include <jansson.h>

#include "store/rows.gen.h"
#include "store/store.h"

/* As the last decision left it. *out is NULL when there is no such label. */
struct fault *information_load(struct store *store, struct arena *arena, struct str number,
                               json_t **out);
json_t *information_of(struct arena *arena, const struct row_label *label,
                       const struct row_label_model *models, size_t models_n);

/* What it would be with the fields of a form. A form of changes: those filled in stand, those in
 * `cleared` are empty, all others stay; models by `added-models` and `removed-models`. A whole
 * application, known by its list `models`: what it leaves empty is empty. */
json_t *information_with(struct arena *arena, const json_t *before, const json_t *filled);

/* Are the models to be added new, those to be removed covered, and is nothing both cleared and
 * filled in? Two spellings of one model number are one. */
bool information_fits(struct arena *arena, const json_t *before, const json_t *filled);

/* [{"item", "was", "now"} …], for the models {"item": "models", "added": […], "removed": […]};
 * in the order of the page, empty when nothing differs. */
json_t *information_differences(struct arena *arena, const json_t *before, const json_t *after);

/* The digest of what a decision rests on: everything but the contacts, which a registrant may
 * change without its product being another (4.5-1). */
struct str information_digest(struct arena *arena, const json_t *information);

/* Writes the values into the row; models have rows of their own. */
void information_to_row(const json_t *information, struct row_label *label);

#endif
