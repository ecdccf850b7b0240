/* cvss4_table.h: the score of each macro vector of CVSS v4.0, as data.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_ADVISORY_CVSS4_TABLE_H
#define HOSHI_ADVISORY_CVSS4_TABLE_H

#include <stdint.h>

/* EQ3 and EQ6 go together: 00, 01, 10, 11, 21; there is no 20. */
enum { CVSS4_EQ36 = 5 };

/* In tenths, by EQ1, EQ2, EQ3 with EQ6, EQ4, EQ5. */
extern const uint8_t cvss4_scores[3][2][CVSS4_EQ36][3][3];

#endif
