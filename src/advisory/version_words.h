/* version_words.h: ranges of versions in words, as JVN and makers write them.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_ADVISORY_VERSION_WORDS_H
#define HOSHI_ADVISORY_VERSION_WORDS_H

#include "advisory/version.h"

/* Full width made ASCII, lower case, blanks of every kind made one. */
struct str version_words_fold(struct arena *arena, struct str text);

/* Fills the bounds of *claim from folded text; false when it is no range and no version. */
bool version_words_read(struct arena *arena, struct str text, struct version_claim *claim);

#endif
