/* sbom.h: readers of bills of materials: CycloneDX JSON 1.2 to 1.6, SPDX 2.3 JSON and tag-value.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sources: CycloneDX (ECMA-424) JSON, SPDX 2.3 (ISO/IEC 5962). Only what is needed to match
 * components: licences, hashes and relationships are passed over, but the form is checked where it
 * is read. Faults: "malformed-sbom" with the place (JSON pointer, or "line N"), "too-large". */
#ifndef HOSHI_ADVISORY_SBOM_H
#define HOSHI_ADVISORY_SBOM_H

#include "base/fault.h"

enum {
    SBOM_BYTES_MAX = 32 << 20,
    SBOM_COMPONENTS_MAX = 50000,
    SBOM_DEPTH_MAX = 64,
    SBOM_NAME_BYTES = 1000
};

enum sbom_form { SBOM_CYCLONEDX, SBOM_SPDX_JSON, SBOM_SPDX_TAGS };

struct component {
    struct str name;     /* never empty */
    struct str version;  /* may be empty */
    struct str supplier; /* may be empty */
    struct str purl;     /* readable by purl_read(); else empty */
    struct str cpe;      /* readable by cpe_read(); else empty */
};

struct sbom {
    enum sbom_form form;
    struct str spec; /* "1.5", "SPDX-2.3" */
    struct str
        subject; /* what the bill is of: metadata.component, documentDescribes; may be empty */
    struct str subject_version;
    const struct component *components; /* the subject is not among them */
    size_t components_n;
};

struct fault *sbom_read(struct arena *arena, struct str text, struct sbom *out);

#endif
