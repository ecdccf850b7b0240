/* intake.h: a file that came in: from the spool to its place, and what its bytes say it is.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_INTAKE_H
#define HOSHI_INTAKE_H

#include "base/fault.h"
#include "base/hash.h"

enum { INTAKE_BYTES_MAX = 200 << 20 }; /* 200 MiB, by the portal and by the API: a report */

struct intake {
    struct hash digest;
    int64_t bytes;
    struct str media_type; /* found in the bytes: what the client says is not believed */
};

/* Into DATA/files, told to the disk. Faults: "empty-file", "too-large", "broken-file". */
struct fault *intake_keep(struct arena *arena, struct str data_dir, struct str spooled,
                          struct intake *out);

#endif
