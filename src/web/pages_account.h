/* pages_account.h: registration of a maker, and one's own account.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PAGES_ACCOUNT_H
#define HOSHI_PAGES_ACCOUNT_H

#include "store/sql.gen.h"
#include "web/field.h"

struct join_field {
    const char *name, *label, *type, *autocomplete; /* label: English, looked up */
    bool must;
};
extern const struct join_field join_fields[];
extern const size_t join_fields_n;

struct account_view {
    struct row_account *account;
    struct sql_portal_api_keys_row *keys;
    size_t keys_n;
    struct row_party *parties;
    size_t parties_n;
    const struct fault *faults;
    const char *done; /* what has just been done, or NULL */
    struct str key;   /* a key just made: shown once */
};

/* The fault that concerns "/name", or NULL. */
const struct fault *named_fault(const struct fault *faults, const char *name);

#endif
