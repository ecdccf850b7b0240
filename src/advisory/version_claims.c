/* version_claims.c: what an advisory says of versions, and what that means for one of them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "advisory/version.h"

#include "base/banned.h"

static bool in_exact(const struct version_claim *claim, struct str version)
{
    if (!claim->from.bytes && !claim->to.bytes)
        return true;
    return (claim->from.bytes && !claim->from_excluded && str_eq(claim->from, version)) ||
           (claim->to.bytes && claim->to_included && str_eq(claim->to, version));
}

bool version_in(struct arena *arena, const struct version_claim *claim, struct str version)
{
    if (claim->scheme == VERSION_EXACT)
        return in_exact(claim, version);
    if (claim->from.bytes) {
        int order = version_order(arena, claim->scheme, claim->from, version);
        if (order > 0 || (order == 0 && claim->from_excluded))
            return false;
    }
    if (claim->to.bytes) {
        int order = version_order(arena, claim->scheme, version, claim->to);
        if (order > 0 || (order == 0 && !claim->to_included))
            return false;
    }
    return true;
}

static int gravity(enum version_status status)
{
    static const int gravity[] = {[VERSION_UNKNOWN] = 2,
                                  [VERSION_AFFECTED] = 3,
                                  [VERSION_FIXED] = 1,
                                  [VERSION_NOT_AFFECTED] = 0};
    return gravity[status];
}

enum version_status version_judge(struct arena *arena, const struct version_claims *claims,
                                  struct str version)
{
    enum { ABOUTS_FEW = 32 };
    struct str few[ABOUTS_FEW], *about = few; /* vulnerabilities of which a claim has spoken */
    enum version_status status = claims->otherwise;
    struct words spoken = {few, 0};
    for (size_t i = 0; i < claims->n; i++) {
        const struct version_claim *claim = &claims->at[i];
        if (words_have(spoken, claim->about) || !version_in(arena, claim, version))
            continue;
        if (!spoken.n || gravity(claim->status) > gravity(status))
            status = claim->status;
        if (spoken.n == ABOUTS_FEW) { /* seldom: memory is taken only then */
            about = NEW_ARRAY(arena, claims->n, struct str);
            memcpy(about, few, sizeof few);
            spoken.at = about;
        }
        about[spoken.n++] = claim->about;
    }
    return status;
}

bool version_claims_add(struct arena *arena, struct version_claims *claims,
                        struct version_claim claim)
{
    if (claims->n >= VERSION_CLAIMS_MAX)
        return false;
    /* room is made at 0, 4, 8, 16 … claims */
    bool full = claims->n == 0 || (claims->n >= 4 && (claims->n & (claims->n - 1)) == 0);
    struct version_claim *at = (struct version_claim *)claims->at;
    if (full) {
        at = NEW_ARRAY(arena, claims->n ? claims->n * 2 : 4, struct version_claim);
        if (claims->n)
            memcpy(at, claims->at, claims->n * sizeof *at);
        claims->at = at;
    }
    at[claims->n++] = claim;
    return true;
}

struct str version_claim_print(struct arena *arena, const struct version_claim *claim)
{
    bool one = claim->from.bytes && claim->to_included && !claim->from_excluded &&
               str_eq(claim->from, claim->to);
    if (one)
        return claim->from;
    if (!claim->from.bytes && !claim->to.bytes)
        return STR("*");
    struct str from = !claim->from.bytes ? STR("")
                                         : str_print(arena, "%.*s %s ", STR_F(claim->from),
                                                     claim->from_excluded ? "<" : "≤");
    struct str to = !claim->to.bytes ? STR("")
                                     : str_print(arena, " %s %.*s", claim->to_included ? "≤" : "<",
                                                 STR_F(claim->to));
    return str_print(arena, "%.*sv%.*s", STR_F(from), STR_F(to));
}
