/* clause.c: ids of clauses and their prefixes.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "rule/mentions.h"

#include "base/banned.h"

bool clause_covers(struct str written, struct str id)
{
    if (written.bytes > id.bytes || !written.bytes || memcmp(written.at, id.at, written.bytes) != 0)
        return false;
    return written.bytes == id.bytes || id.at[written.bytes] == '.' || id.at[written.bytes] == '-';
}
