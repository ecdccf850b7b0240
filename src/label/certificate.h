/* certificate.h: a Certificate of Approval (6.1.1-1) on one A4 page, of our own art.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_CERTIFICATE_H
#define HOSHI_CERTIFICATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"

enum { CERTIFICATE_ROWS_MAX = 8 };

/* All of it is text in the language of the certificate; an empty one leaves its place out. */
struct certificate {
    bool english;
    struct str title, number; /* 評価機関承認証 · 承認番号 HF26-0001-X */
    struct str name, honour;  /* of the facility · 殿 */
    struct str statement;     /* what is certified, one paragraph */
    struct {
        struct str name, value;
    } rows[CERTIFICATE_ROWS_MAX];
    size_t rows_n;
    struct str day, issuer, signer; /* 2026年2月20日 · the body · 業務執行責任者 … */
};

/* No instant in it: the same certificate gives the same bytes. Fault "broken-label". */
struct fault *certificate_pdf(struct arena *arena, const struct certificate *certificate,
                              struct str *out);

#endif
