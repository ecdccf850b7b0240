/* cvss3.c: the scores of CVSS v3.0 and v3.1.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sources: FIRST, CVSS v3.0 and v3.1 specification documents, sections 7 and 8 ("CVSS v3.x
 * Equations", "Formula Changes"). */
#include <math.h>
#include <string.h>

#include "advisory/cvss.h"

#include "base/banned.h"

/* What a formula is filled with: the base metrics, or these as the environment modifies them. */
struct terms {
    bool changed; /* scope */
    double av, ac, pr, ui, c, i, a;
    double cr, ir, ar;
};

static double weight(char value, const char *values, const double *weights)
{
    const char *at = strchr(values, value);
    return value && at ? weights[at - values] : 1.0;
}

static double impact_weight(char value)
{
    return weight(value, "HLN", (const double[]){0.56, 0.22, 0.0});
}

/* The modified value where the environment has one, else the base value. */
static char modified(const struct cvss *cvss, const char *name, const char *modified_name)
{
    char value = modified_name ? cvss_metric(cvss, modified_name) : 'X';
    return value == 'X' ? cvss_metric(cvss, name) : value;
}

static struct terms terms_of(const struct cvss *cvss, bool environment)
{
#define VALUE(name) modified(cvss, name, environment ? "M" name : NULL)
    struct terms terms = {.changed = VALUE("S") == 'C'};
    const double *pr =
        terms.changed ? (const double[]){0.85, 0.68, 0.5} : (const double[]){0.85, 0.62, 0.27};
    terms.av = weight(VALUE("AV"), "NALP", (const double[]){0.85, 0.62, 0.55, 0.2});
    terms.ac = weight(VALUE("AC"), "LH", (const double[]){0.77, 0.44});
    terms.pr = weight(VALUE("PR"), "NLH", pr);
    terms.ui = weight(VALUE("UI"), "NR", (const double[]){0.85, 0.62});
    terms.c = impact_weight(VALUE("C"));
    terms.i = impact_weight(VALUE("I"));
    terms.a = impact_weight(VALUE("A"));
#undef VALUE
    const double *requirement = (const double[]){1.5, 1.0, 0.5};
    terms.cr = environment ? weight(cvss_metric(cvss, "CR"), "HML", requirement) : 1.0;
    terms.ir = environment ? weight(cvss_metric(cvss, "IR"), "HML", requirement) : 1.0;
    terms.ar = environment ? weight(cvss_metric(cvss, "AR"), "HML", requirement) : 1.0;
    return terms;
}

/* In tenths. v3.0: the smallest number of one decimal that is not below. v3.1, appendix A: the same
 * in whole hundred-thousandths, so that it does not depend on how a machine holds fractions. */
static int roundup(enum cvss_version version, double score)
{
    if (version == CVSS_3_0)
        return (int)ceil(score * 10);
    long long parts = llround(score * 100000);
    return (int)(parts % 10000 == 0 ? parts / 10000 : parts / 10000 + 1);
}

static double temporal_weight(const struct cvss *cvss)
{
    return weight(cvss_metric(cvss, "E"), "HFPU", (const double[]){1.0, 0.97, 0.94, 0.91}) *
           weight(cvss_metric(cvss, "RL"), "UWTO", (const double[]){1.0, 0.97, 0.96, 0.95}) *
           weight(cvss_metric(cvss, "RC"), "CRU", (const double[]){1.0, 0.96, 0.92});
}

static double impact_of(enum cvss_version version, const struct terms *terms, bool environment)
{
    double left =
        1 - (1 - terms->c * terms->cr) * (1 - terms->i * terms->ir) * (1 - terms->a * terms->ar);
    if (environment)
        left = fmin(left, 0.915);
    if (!terms->changed)
        return 6.42 * left;
    if (environment && version == CVSS_3_1)
        return 7.52 * (left - 0.029) - 3.25 * pow(left * 0.9731 - 0.02, 13);
    return 7.52 * (left - 0.029) - 3.25 * pow(left - 0.02, 15);
}

/* Impact and exploitability together, rounded up, at most 10.0; in tenths. */
static int score_of(const struct cvss *cvss, bool environment)
{
    struct terms terms = terms_of(cvss, environment);
    double impact = impact_of(cvss->version, &terms, environment);
    if (impact <= 0)
        return 0;
    double sum = impact + 8.22 * terms.av * terms.ac * terms.pr * terms.ui;
    return roundup(cvss->version, fmin(terms.changed ? 1.08 * sum : sum, 10));
}

static bool environment_given(const struct cvss *cvss)
{
    static const char *const names[] = {"CR",  "IR", "AR", "MAV", "MAC", "MPR",
                                        "MUI", "MS", "MC", "MI",  "MA"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (cvss_metric(cvss, names[i]) != 'X')
            return true;
    return false;
}

void cvss3_score(struct cvss *cvss)
{
    double temporal = temporal_weight(cvss);
    cvss->base = score_of(cvss, false);
    cvss->temporal = roundup(cvss->version, cvss->base / 10.0 * temporal);
    cvss->environmental = cvss->temporal;
    if (environment_given(cvss))
        cvss->environmental = roundup(cvss->version, score_of(cvss, true) / 10.0 * temporal);
}
