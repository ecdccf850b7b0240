/* cpe_match.c: how names of platforms stand to each other.
 * SPDX-License-Identifier: Apache-2.0
 *
 * NISTIR 7696, section 6.2 (attributes) and 7 (names). */
#include "advisory/cpe.h"

#include <string.h>

#include "base/banned.h"

enum { ANY_NUMBER = 255 };

static bool is_wild(const struct cpe_value *value)
{
    return value->logical == CPE_IS_VALUE && (value->any_before || value->any_after);
}

/* "*" is any number of characters, each "?" one or none. */
static bool wild_holds(const struct cpe_value *pattern, struct str text)
{
    size_t inner = pattern->text.bytes;
    for (size_t before = 0; before + inner <= text.bytes; before++) {
        size_t after = text.bytes - inner - before;
        if (pattern->any_before != ANY_NUMBER && before > pattern->any_before)
            return false;
        if (pattern->any_after != ANY_NUMBER && after > pattern->any_after)
            continue;
        if (str_eq((struct str){text.at + before, inner}, pattern->text))
            return true;
    }
    return false;
}

enum cpe_relation cpe_compare_value(const struct cpe_value *source, const struct cpe_value *target)
{
    if (is_wild(target))
        return CPE_UNDEFINED;
    if (source->logical == target->logical && source->logical != CPE_IS_VALUE)
        return CPE_EQUAL;
    if (source->logical == CPE_IS_ANY)
        return CPE_SUPERSET;
    if (target->logical == CPE_IS_ANY)
        return CPE_SUBSET;
    if (source->logical == CPE_IS_NA || target->logical == CPE_IS_NA)
        return CPE_DISJOINT;
    if (is_wild(source))
        return wild_holds(source, target->text) ? CPE_SUPERSET : CPE_DISJOINT;
    return str_eq(source->text, target->text) ? CPE_EQUAL : CPE_DISJOINT;
}

static bool attribute_matches(const struct cpe *source, const struct cpe *target,
                              enum cpe_attribute attribute)
{
    enum cpe_relation relation =
        cpe_compare_value(&source->value[attribute], &target->value[attribute]);
    return relation != CPE_DISJOINT && relation != CPE_UNDEFINED;
}

bool cpe_matches(const struct cpe *source, const struct cpe *target)
{
    for (int i = 0; i < CPE_ATTRIBUTES; i++)
        if (!attribute_matches(source, target, (enum cpe_attribute)i))
            return false;
    return true;
}

bool cpe_same_product(const struct cpe *source, const struct cpe *target)
{
    return attribute_matches(source, target, CPE_PART) &&
           attribute_matches(source, target, CPE_VENDOR) &&
           attribute_matches(source, target, CPE_PRODUCT);
}
