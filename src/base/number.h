/* number.h: numbers that the scheme gives, with a check character.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A format is a parameter, for instance "HS{yy}-{seq:5}-{check}": {yy} {yyyy} the year of giving,
 * {seq:N} the running number padded to N digits, {check} the check character of ISO/IEC 7064
 * MOD 37,36 over the letters and digits before it. All else stands for itself. */
#ifndef HOSHI_NUMBER_H
#define HOSHI_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"

/* Fault "broken-format" when the format is not one. */
struct fault *number_print(struct arena *arena, struct str format, int year, int64_t seq,
                           struct str *out);

enum number_reading { NUMBER_GOOD, NUMBER_MISTYPED, NUMBER_OTHER };

/* Reads what a person typed or scanned: any case, full-width, spaces around, any kind of hyphen, or
 * none; O for 0 and I for 1 where only a digit can stand. *out is the proper form (when the format
 * fits). MISTYPED: the form fits, the check character does not. OTHER: not of this form at all. */
enum number_reading number_read(struct arena *arena, struct str format, struct str typed,
                                struct str *out);

/* The good numbers that are one slip from what was typed: a character another, missing or too many,
 * two neighbours exchanged, each with the check character that then fits. Not the number itself. */
void number_slips(struct arena *arena, struct str format, struct str typed, struct words *out);

/* Japanese corporate number: 13 digits with a check digit in front. */
bool corporate_number_good(struct str digits);

#endif
