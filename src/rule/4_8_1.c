/* 4_8_1.c: public notices of security information, and the body's own warning: what the steps ask.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nothing known refuses: see struct facts. What may be left empty is asked together with the kind
 * of the notice, which every form has. */
#include <string.h>

#include "rule/facts.h"
#include "rule/judge.h"

#include "base/banned.h"

enum { LINKS_MAX = 20 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_advisory(const struct facts *facts)
{
    return str_is(facts->security_kind, "advisory");
}

static bool is_not_affected(const struct facts *facts)
{
    return str_is(facts->security_kind, "not-affected");
}

/* 4.8.1-1: what is published is about the product of the label. */
bool guard_notice_of_label_models(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->models_of_label;
}

/* "CVE-2026-12345": a year, then four digits or more. */
static bool is_cve(struct str text)
{
    if (!str_starts(text, "CVE-") || text.bytes < 13 || text.bytes > 28 || text.at[8] != '-')
        return false;
    for (size_t i = 4; i < text.bytes; i++)
        if (i != 8 && !is_digit(text.at[i]))
            return false;
    return true;
}

static bool stands_before(struct str lines, struct str one)
{
    while (lines.bytes && lines.at < one.at)
        if (str_eq(str_trim(str_cut(lines, '\n', &lines)), one) && lines.at <= one.at)
            return true;
    return false;
}

/* 4.8.1-1: who reads of a flaw finds it by its number; "not affected" is said of one that has one.
 */
bool guard_vulnerabilities_named(const struct facts *facts, struct arg arg)
{
    (void)arg;
    struct str rest = facts->cves;
    size_t n = 0;
    for (; rest.bytes; n++) {
        struct str one = str_trim(str_cut(rest, '\n', &rest));
        if (!is_cve(one) || stands_before(facts->cves, one))
            return false;
    }
    return is_advisory(facts) || (is_not_affected(facts) && n > 0);
}

/* 4.8.1-1: severity, where it is stated, by vectors that can be worked out. */
bool guard_vectors_fit(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->vectors_good &&
           (is_advisory(facts) || (is_not_affected(facts) && !facts->cvss.bytes));
}

static bool advises(const struct facts *facts)
{
    return is_advisory(facts) && facts->remedy.bytes &&
           (!str_is(facts->remedy, "vendor-fix") || facts->fixed_version.bytes);
}

/* 4.8.1-1: users learn what to do, or why they need do nothing. */
bool guard_remedy_stated(const struct facts *facts, struct arg arg)
{
    (void)arg;
    if (is_not_affected(facts))
        return facts->justification.bytes && !facts->remedy.bytes && !facts->fixed_version.bytes;
    return advises(facts) && !facts->justification.bytes;
}

/* One version, not a range in words. */
static bool is_version(struct str text)
{
    for (size_t i = 0; i < text.bytes; i++) {
        char c = text.at[i];
        bool good = is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
                    c == '-' || c == '_' || c == '+';
        if (!good)
            return false;
    }
    return true;
}

bool guard_versions_written(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->security_kind.bytes && is_version(facts->affected_version) &&
           is_version(facts->fixed_version);
}

static bool is_link(struct str text)
{
    size_t scheme = str_starts(text, "https://") ? 8 : str_starts(text, "http://") ? 7 : 0;
    for (size_t i = 0; i < text.bytes; i++)
        if (text.at[i] <= ' ' || text.at[i] == 0x7f || strchr("\"<>\\^`{|}", text.at[i]))
            return false;
    return scheme && text.bytes > scheme + 2 && text.bytes <= 500;
}

bool guard_links_written(const struct facts *facts, struct arg arg)
{
    (void)arg;
    struct str rest = facts->links;
    size_t n = 0;
    for (; rest.bytes; n++)
        if (!is_link(str_trim(str_cut(rest, '\n', &rest))))
            return false;
    return facts->security_kind.bytes && n <= LINKS_MAX;
}

/* 4.8.1-1: a document of the maker's that is taken in is one, and is about this product. */
bool guard_csaf_readable(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->csaf_good;
}

bool guard_release_day_reached(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return day_known(facts->today) && day_known(facts->release_day) &&
           facts->release_day.n <= facts->today.n;
}

bool guard_notice_confirmed_right(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return str_is(facts->outcome, "conforms");
}

/* ---- 4.8.3-1: the body's own warning */

bool guard_warning_advises(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return advises(facts);
}

/* Not a closed list: others with reasons. */
bool guard_ground_named(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->warning_ground.bytes &&
           (!str_is(facts->warning_ground, "other") || facts->ground_reasons.bytes);
}

/* A named reason not to wait. */
static bool goes_ahead(const struct facts *facts)
{
    return facts->early_ground.bytes && facts->early_reasons.bytes;
}

/* Not before the day agreed, or with reasons for going ahead. */
bool guard_disclosure_coordinated(const struct facts *facts, struct arg arg)
{
    (void)arg;
    bool ahead = goes_ahead(facts);
    bool reached = day_known(facts->today) && day_known(facts->embargo_day) &&
                   facts->embargo_day.n <= facts->today.n;
    if (str_is(facts->coordination, "already-public"))
        return true;
    if (str_is(facts->coordination, "agreed"))
        return reached || ahead;
    return str_is(facts->coordination, "not-agreed") && ahead;
}

/* Whoever reported a flaw of this label, and named or was told a day, is not overtaken unsaid. */
bool guard_reports_disclosed(const struct facts *facts, struct arg arg)
{
    (void)arg;
    return facts->reports_day_reached || str_is(facts->coordination, "already-public") ||
           goes_ahead(facts);
}

/* The view is given, or the day for it has passed, or it is said why not. */
bool guard_warning_heard(const struct facts *facts, struct arg arg)
{
    (void)arg;
    bool passed =
        day_known(facts->today) && day_known(facts->view_by) && facts->view_by.n < facts->today.n;
    return facts->registrant_view.bytes || passed || facts->unheard_reasons.bytes;
}
