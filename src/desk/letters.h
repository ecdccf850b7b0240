/* letters.h: what a notice says, as a letter in one language.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_LETTERS_H
#define HOSHI_LETTERS_H

#include "desk/deed.h"
#include "letter/letter.h"

/* What a notice says and shows: its own rows, or where it has none, ours. */
struct wording {
    const struct text *texts;
    size_t texts_n;
    const struct named *shows;
    size_t shows_n;
};
struct wording wording_of(const struct rulebook *book, const struct notice_row *notice);

/* A notice of sort letter keeps its words for good: later rules do not change what was sent. */
struct fault *letter_keep(struct deed *deed, const struct notice_row *notice,
                          const struct row_notice *row);

/* The notice in one language; `reader` is whom a mail greets, NULL on a page. Fault
 * "no-such-page" when the rule book does not know its kind and nothing was kept. */
struct fault *letter_of_notice(struct store *store, struct arena *arena,
                               const struct rulebook *book, const struct row_notice *row,
                               const struct row_person *reader, bool english, struct letter *out);

#endif
