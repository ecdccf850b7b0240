/* read_cve.h: the parts of the reader of CVE records.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_ADVISORY_READ_CVE_H
#define HOSHI_ADVISORY_READ_CVE_H

#include "advisory/node.h"
#include "advisory/reader.h"
#include "advisory/reading.h"

/* An item of "affected": adds a product for it, and one for each further CPE name. */
struct fault *cve_read_affected(const struct node *item, struct reading *reading);

/* An item of "cpeApplicability": adds a product for each name that is vulnerable. */
struct fault *cve_read_applicability(const struct node *item, struct reading *reading);

/* A score as a number of JSON, in tenths; CVSS_NO_SCORE when there is none from 0 to 10. */
int claimed_tenths(const struct node *node, const char *name);

#endif
