/* security.h: what security notices and warnings say: their models, severity, the maker's own CSAF
 * document.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_DESK_SECURITY_H
#define HOSHI_DESK_SECURITY_H

#include <jansson.h>

#include "desk/desk.h"

struct deed;

/* The model numbers that the case is about, as the label spells them, in its order; all of them
 * where none is named (*every). Those named that the label does not have are left out. */
struct fault *security_models(struct deed *deed, struct words *models, bool *every);

/* The maker's document that the case has chosen: its tracking id, publisher and address; all empty
 * when it has chosen none. */
struct fault *security_source(struct deed *deed, struct str *id, struct str *by, struct str *url);

/* What a form begins with when it is filled in from a CSAF 2.0 document of the maker's that is
 * attached to the case: fields by their names. Only what the document says: no text of one language
 * is put into the place of the other. Faults "unknown-file", "malformed-advisory" with the member
 * that is wrong in `concerns`, "too-large", "csaf-other-product". */
struct fault *desk_fields_of_csaf(struct desk *desk, struct arena *arena,
                                  const struct principal *who, struct str case_id,
                                  struct str file_id, json_t **fields);

/* What the case would publish now, as the row that it would write, without a number. Fault
 * "no-such-page" while nothing is filled in. */
struct row_security_notice;
struct fault *desk_notice_preview(struct desk *desk, struct arena *arena,
                                  const struct principal *who, struct str case_id,
                                  struct row_security_notice *row);

#endif
