/* cvss_metrics.h: the metrics of each version, in the order of its specification.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_ADVISORY_CVSS_METRICS_H
#define HOSHI_ADVISORY_CVSS_METRICS_H

#include "advisory/cvss.h"
#include "base/buf.h"

struct cvss_metric_row {
    const char *name;
    const char
        *values; /* their letters; "X", not defined, besides them where it is no base metric */
    bool base;
};

const struct cvss_metric_row *cvss_metric_rows(enum cvss_version version, size_t *n);

#endif
