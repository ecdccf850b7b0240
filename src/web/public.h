/* public.h: the public half: label pages, list, art and the API of labels, from the register folder
 * alone. SPDX-License-Identifier: Apache-2.0
 *
 *   /L/{number}  /L/{number}/models  /labels  /labels.csv  /art/{number}.svg|png|pdf
 *   /api/v1/labels  /api/v1/labels/{number}  /static/label.css  /static/hoshi.css
 *
 * It has no handle on the casework: it opens the folder of register/register.h, and nothing else.
 */
#ifndef HOSHI_PUBLIC_H
#define HOSHI_PUBLIC_H

#include "base/clock.h"
#include "rule/rulebook.h"
#include "web/http.h"

struct public_half;

struct public_settings {
    struct str folder;   /* DATA/register */
    struct str base_url; /* of the public pages, as on the labels: "HTTPS://HOSHI.EXAMPLE" */
    const struct rulebook *book; /* for the words of product categories; may be NULL */
    const struct clock *clock;
    struct str portal_url; /* where forms are; "" for the same address */
    /* May be NULL: a number was asked for that does not exist, as it was typed. */
    void (*missed)(void *whom, struct str number);
    void *whom;
    bool demo; /* says so at the top of each page */
};

/* Lives as long as the arena. The folder may still be empty: until it is not, answers are 503. */
struct fault *public_new(struct arena *arena, const struct public_settings *settings,
                         struct public_half **out);

/* An http_answer; whom: struct public_half. */
void public_answer(void *whom, struct request *request, struct response *response);

#endif
