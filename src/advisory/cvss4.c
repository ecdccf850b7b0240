/* cvss4.c: the scores of CVSS v4.0.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Source: FIRST, CVSS v4.0 specification document, section 8. Worked out in whole numbers: a
 * distance is a number of steps, and one division at the end rounds half up. */
#include <string.h>

#include "advisory/cvss.h"
#include "advisory/cvss4_table.h"

#include "base/banned.h"

/* The metrics that a score depends on, after the environment has modified them. */
enum metric { AV, PR, UI, AC, AT, VC, VI, VA, CR, IR, AR, SC, SI, SA, E, METRICS };

struct point {
    char value[METRICS];
};

/* The highest vectors of each EQ (section 8.2, tables 24 to 30), letters in the order of enum
 * metric. */
struct highest {
    const char *values[5];
};

static const struct highest highest1[] = {{{"NNN"}}, {{"ANN", "NLN", "NNP"}}, {{"PNN", "ALP"}}};
static const struct highest highest2[] = {{{"LN"}}, {{"HN", "LP"}}};
static const struct highest highest36[CVSS4_EQ36] = {
    {{"HHHHHH"}},           {{"HHLMMH", "HHHMMM"}},
    {{"LHHHHH", "HLHHHH"}}, {{"LHLHMH", "LHHHMM", "HLHMHM", "HLLMHH", "LLHHHM"}},
    {{"LLLHHH"}},
};
static const struct highest highest4[] = {{{"HSS"}}, {{"HHH"}}, {{"LLL"}}};

/* Steps from the highest to the lowest vector of an EQ, and one more (section 8.2). */
static const int depth1[] = {1, 4, 5}, depth2[] = {1, 2}, depth36[] = {7, 6, 8, 8, 10},
                 depth4[] = {6, 5, 4};

/* Values of each metric from the gravest on: the place is the level. */
static const char *const levels[METRICS] = {
    [AV] = "NALP", [PR] = "NLH",  [UI] = "NPA",  [AC] = "LH",   [AT] = "NP",
    [VC] = "HLN",  [VI] = "HLN",  [VA] = "HLN",  [CR] = "HML",  [IR] = "HML",
    [AR] = "HML",  [SC] = "SHLN", [SI] = "SHLN", [SA] = "SHLN", [E] = "APU"};

static int level_of(enum metric metric, char value)
{
    const char *at = strchr(levels[metric], value);
    return at ? (int)(at - levels[metric]) : 0;
}

enum layer { LAYER_BASE, LAYER_THREAT, LAYER_ENVIRONMENT };

static char value_of(const struct cvss *cvss, const char *name, enum layer layer)
{
    char modified_name[4] = {'M', name[0], name[1], 0};
    char value = layer == LAYER_ENVIRONMENT ? cvss_metric(cvss, modified_name) : 'X';
    return value == 'X' || !value ? cvss_metric(cvss, name) : value;
}

static struct point point_of(const struct cvss *cvss, enum layer layer)
{
    static const char *const names[METRICS] = {"AV", "PR", "UI", "AC", "AT", "VC", "VI", "VA",
                                               "CR", "IR", "AR", "SC", "SI", "SA", "E"};
    struct point point;
    for (int i = 0; i < METRICS; i++) {
        bool security = i == CR || i == IR || i == AR;
        enum layer since = security ? LAYER_ENVIRONMENT : i == E ? LAYER_THREAT : LAYER_BASE;
        char value = layer < since ? 'X'
                     : since       ? cvss_metric(cvss, names[i])
                                   : value_of(cvss, names[i], layer);
        point.value[i] = value != 'X' ? value : i == E ? 'A' : 'H'; /* not defined: the worst */
    }
    return point;
}

/* A macro vector; EQ3 and EQ6 as one index of the table. */
struct macro {
    int eq1, eq2, eq36, eq4, eq5;
};

static struct macro macro_of(const struct point *p)
{
    const char *v = p->value;
    bool n1 = v[AV] == 'N', n2 = v[PR] == 'N', n3 = v[UI] == 'N';
    bool c = v[VC] == 'H', i = v[VI] == 'H', a = v[VA] == 'H';
    bool needed = (v[CR] == 'H' && c) || (v[IR] == 'H' && i) || (v[AR] == 'H' && a);
    int eq3 = c && i ? 0 : c || i || a ? 1 : 2;
    return (struct macro){
        .eq1 = n1 && n2 && n3                     ? 0
               : (n1 || n2 || n3) && v[AV] != 'P' ? 1
                                                  : 2,
        .eq2 = !(v[AC] == 'L' && v[AT] == 'N'),
        .eq36 = eq3 == 2 ? 4 : eq3 * 2 + !needed,
        .eq4 = v[SI] == 'S' || v[SA] == 'S'                   ? 0
               : v[SC] == 'H' || v[SI] == 'H' || v[SA] == 'H' ? 1
                                                              : 2,
        .eq5 = v[E] == 'A'   ? 0
               : v[E] == 'P' ? 1
                             : 2,
    };
}

enum { NO_LOWER = -1 };

static int table(struct macro m)
{
    if (m.eq1 > 2 || m.eq2 > 1 || m.eq36 > 4 || m.eq4 > 2 || m.eq5 > 2)
        return NO_LOWER;
    return cvss4_scores[m.eq1][m.eq2][m.eq36][m.eq4][m.eq5];
}

/* EQ3 with EQ6: 00 falls to 01 or 10, whichever scores higher; 01 and 10 to 11; 11 to 21. */
static int table_below36(struct macro m)
{
    if (m.eq36 == 4)
        return NO_LOWER;
    struct macro one = m, two = m;
    one.eq36 = m.eq36 == 0 ? 1 : m.eq36 == 3 ? 4 : 3;
    two.eq36 = m.eq36 == 0 ? 2 : one.eq36;
    return table(one) > table(two) ? table(one) : table(two);
}

/* Steps from the first of the highest vectors that is nowhere below the point. */
static int distance(const struct point *point, enum metric first, const struct highest *highest)
{
    int steps = 0;
    for (int k = 0; k < 5 && highest->values[k]; k++) {
        bool above = true;
        steps = 0;
        for (int i = 0; highest->values[k][i]; i++) {
            enum metric metric = (enum metric)((int)first + i);
            int away =
                level_of(metric, point->value[metric]) - level_of(metric, highest->values[k][i]);
            above = above && away >= 0;
            steps += away;
        }
        if (above)
            return steps;
    }
    return steps;
}

static int score_of(const struct cvss *cvss, enum layer layer)
{
    struct point p = point_of(cvss, layer);
    if (!memcmp(p.value + VC, "NNN", 3) && !memcmp(p.value + SC, "NNN", 3))
        return 0; /* no impact at all, on this system or on those behind it */
    struct macro m = macro_of(&p), m1 = m, m2 = m, m4 = m, m5 = m;
    m1.eq1++;
    m2.eq2++;
    m4.eq4++;
    m5.eq5++;
    const struct {
        int below, steps, depth;
    } eq[] = {
        {table(m1), distance(&p, AV, &highest1[m.eq1]), depth1[m.eq1]},
        {table(m2), distance(&p, AC, &highest2[m.eq2]), depth2[m.eq2]},
        {table_below36(m), distance(&p, VC, &highest36[m.eq36]), depth36[m.eq36]},
        {table(m4), distance(&p, SC, &highest4[m.eq4]), depth4[m.eq4]},
        {table(m5), 0, 1},
    };
    enum { PARTS = 840 }; /* every depth divides it: no fraction is lost */
    int value = table(m), lost = 0, n = 0;
    for (size_t i = 0; i < sizeof eq / sizeof *eq; i++) {
        if (eq[i].below == NO_LOWER)
            continue;
        lost += (value - eq[i].below) * eq[i].steps * (PARTS / eq[i].depth);
        n++;
    }
    if (!n)
        return value;
    int twice = 2 * (value * PARTS * n - lost) + PARTS * n; /* half up, in PARTS * n of a tenth */
    return twice <= 0 ? 0 : twice / (2 * PARTS * n);
}

void cvss4_score(struct cvss *cvss)
{
    cvss->base = score_of(cvss, LAYER_BASE);
    cvss->temporal = score_of(cvss, LAYER_THREAT);
    cvss->environmental = score_of(cvss, LAYER_ENVIRONMENT);
}
