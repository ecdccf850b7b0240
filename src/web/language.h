/* language.h: which of Japanese and English a request asks for.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_LANGUAGE_H
#define HOSHI_LANGUAGE_H

#include "web/http.h"

/* Of an Accept-Language (RFC 9110 12.5.4): the one of ja and en with the higher quality, of equal
 * ones the first; Japanese where neither is wanted. */
bool language_prefers_english(struct str accepted);

/* ?lang=ja or ?lang=en before Accept-Language before Japanese. */
bool accepts_english(const struct request *request);

#endif
