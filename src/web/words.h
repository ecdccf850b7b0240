/* words.h: the table that tools/poc makes of po/ja.po: sorted by msgid.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_WORDS_H
#define HOSHI_WORDS_H

#include <stddef.h>

struct po_word {
    const char *msgid, *ja;
};
extern const struct po_word po_words[];
extern const size_t po_words_n;

#endif
