/* cvss.c: CVSS vectors read strictly and written.
 * SPDX-License-Identifier: Apache-2.0 */
#include "advisory/cvss.h"

#include <stdio.h>
#include <string.h>

#include "advisory/cvss_metrics.h"

#include "base/banned.h"

/* The tables of the specifications: v3.0 and v3.1 section 6 "Vector String", v4.0 section 7. */
static const struct cvss_metric_row metrics3[] = {
    {"AV", "NALP", true},  {"AC", "LH", true},    {"PR", "NLH", true},    {"UI", "NR", true},
    {"S", "UC", true},     {"C", "HLN", true},    {"I", "HLN", true},     {"A", "HLN", true},
    {"E", "HFPU", false},  {"RL", "UWTO", false}, {"RC", "CRU", false},   {"CR", "HML", false},
    {"IR", "HML", false},  {"AR", "HML", false},  {"MAV", "NALP", false}, {"MAC", "LH", false},
    {"MPR", "NLH", false}, {"MUI", "NR", false},  {"MS", "UC", false},    {"MC", "HLN", false},
    {"MI", "HLN", false},  {"MA", "HLN", false},
};

static const struct cvss_metric_row metrics4[] = {
    {"AV", "NALP", true},   {"AC", "LH", true},     {"AT", "NP", true},    {"PR", "NLH", true},
    {"UI", "NPA", true},    {"VC", "HLN", true},    {"VI", "HLN", true},   {"VA", "HLN", true},
    {"SC", "HLN", true},    {"SI", "HLN", true},    {"SA", "HLN", true},   {"E", "APU", false},
    {"CR", "HML", false},   {"IR", "HML", false},   {"AR", "HML", false},  {"MAV", "NALP", false},
    {"MAC", "LH", false},   {"MAT", "NP", false},   {"MPR", "NLH", false}, {"MUI", "NPA", false},
    {"MVC", "HLN", false},  {"MVI", "HLN", false},  {"MVA", "HLN", false}, {"MSC", "HLN", false},
    {"MSI", "SHLN", false}, {"MSA", "SHLN", false}, {"S", "NP", false},    {"AU", "NY", false},
    {"R", "AUI", false},    {"V", "DC", false},     {"RE", "LMH", false},  {"U", "CGAR", false},
};

/* Provider urgency alone has words for values. */
static const char *const urgencies[] = {"Clear", "Green", "Amber", "Red"};

_Static_assert(sizeof metrics3 / sizeof *metrics3 <= CVSS_METRICS_MAX, "v3 fits");
_Static_assert(sizeof metrics4 / sizeof *metrics4 == CVSS_METRICS_MAX, "v4 fits");

const struct cvss_metric_row *cvss_metric_rows(enum cvss_version version, size_t *n)
{
    bool four = version == CVSS_4_0;
    *n = four ? sizeof metrics4 / sizeof *metrics4 : sizeof metrics3 / sizeof *metrics3;
    return four ? metrics4 : metrics3;
}

static struct fault *wrong(struct arena *arena, struct str part, const char *why)
{
    struct fault *fault = FAULT(arena, "malformed-cvss", "%s: %.*s", why, STR_F(part));
    fault->concerns = str_copy(arena, str_head(part, 100));
    return fault;
}

static size_t row_of(const struct cvss_metric_row *rows, size_t n, struct str name)
{
    size_t i = 0;
    while (i < n && !str_is(name, rows[i].name))
        i++;
    return i;
}

/* The letter of a value, 0 when the metric has no such value. */
static char value_of(const struct cvss_metric_row *row, struct str value)
{
    if (!row->base && str_is(value, "X"))
        return 'X';
    if (!strcmp(row->values, "CGAR")) {
        for (size_t i = 0; i < sizeof urgencies / sizeof *urgencies; i++)
            if (str_is(value, urgencies[i]))
                return urgencies[i][0];
        return 0;
    }
    return value.bytes == 1 && value.at[0] && strchr(row->values, value.at[0]) ? value.at[0] : 0;
}

static struct fault *read_metrics(struct arena *arena, struct str text, struct cvss *out)
{
    size_t n, next = 0;
    const struct cvss_metric_row *rows = cvss_metric_rows(out->version, &n);
    bool given[CVSS_METRICS_MAX] = {false};
    for (struct str rest = text; rest.at;) {
        struct str value, part = str_cut(rest, '/', &rest);
        bool last_is_empty = rest.at == NULL && str_ends(text, "/");
        struct str name = str_cut(part, ':', &value);
        size_t row = row_of(rows, n, name);
        if (row == n || last_is_empty)
            return wrong(arena, part, "no such metric");
        if (given[row])
            return wrong(arena, part, "a metric is given twice");
        if (out->version == CVSS_4_0 && row < next)
            return wrong(arena, part, "metrics of v4.0 are in the order of the specification");
        if (!(out->value[row] = value_of(&rows[row], value)))
            return wrong(arena, part, "the metric has no such value");
        given[row] = true;
        next = row;
    }
    for (size_t i = 0; i < n; i++)
        if (rows[i].base && !given[i])
            return wrong(arena, str_of(rows[i].name), "a base metric is missing");
    return NULL;
}

struct fault *cvss_read(struct arena *arena, struct str text, struct cvss *out)
{
    static const struct {
        const char *prefix;
        enum cvss_version version;
    } versions[] = {{"CVSS:3.1/", CVSS_3_1}, {"CVSS:3.0/", CVSS_3_0}, {"CVSS:4.0/", CVSS_4_0}};
    *out = (struct cvss){0};
    if (text.bytes > CVSS_BYTES_MAX)
        return wrong(arena, text, "longer than any vector is");
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
        if (str_starts(text, versions[i].prefix))
            out->version = versions[i].version;
    if (!out->version)
        return wrong(arena, text, "not a vector of v3.0, v3.1 or v4.0");
    memset(out->value, 'X', sizeof out->value);
    TRY(read_metrics(arena, (struct str){text.at + 9, text.bytes - 9}, out));
    if (out->version == CVSS_4_0)
        cvss4_score(out);
    else
        cvss3_score(out);
    return NULL;
}

char cvss_metric(const struct cvss *cvss, const char *name)
{
    size_t n;
    const struct cvss_metric_row *rows = cvss_metric_rows(cvss->version, &n);
    size_t row = row_of(rows, n, str_of(name));
    return row == n ? '\0' : cvss->value[row];
}

int cvss_score(const struct cvss *cvss)
{
    return cvss->version ? cvss->environmental : CVSS_NO_SCORE;
}

enum cvss_severity cvss_severity(int score_tenths)
{
    if (score_tenths < 0)
        return CVSS_UNSCORED;
    if (score_tenths == 0)
        return CVSS_NONE;
    return score_tenths < 40   ? CVSS_LOW
           : score_tenths < 70 ? CVSS_MEDIUM
           : score_tenths < 90 ? CVSS_HIGH
                               : CVSS_CRITICAL;
}

const char *cvss_severity_word(enum cvss_severity severity, bool english)
{
    static const char *const words[][2] = {
        [CVSS_UNSCORED] = {"評価なし", "Not scored"},
        [CVSS_NONE] = {"なし", "None"},
        [CVSS_LOW] = {"注意", "Low"},
        [CVSS_MEDIUM] = {"警告", "Medium"},
        [CVSS_HIGH] = {"重要", "High"},
        [CVSS_CRITICAL] = {"緊急", "Critical"},
    };
    return words[severity][english];
}

struct str cvss_score_print(int score_tenths, char out[8])
{
    out[0] = 0;
    if (score_tenths < 0 || score_tenths > 100)
        return (struct str){out, 0};
    int bytes = snprintf(out, 8, "%d.%d", score_tenths / 10, score_tenths % 10);
    return (struct str){out, (size_t)bytes};
}

struct str cvss_print(struct arena *arena, const struct cvss *cvss)
{
    size_t n;
    const struct cvss_metric_row *rows = cvss_metric_rows(cvss->version, &n);
    struct buf out = buf_new(arena, CVSS_BYTES_MAX);
    buf_printf(&out, "CVSS:%d.%d", cvss->version / 10, cvss->version % 10);
    for (size_t i = 0; i < n; i++) {
        if (cvss->value[i] == 'X')
            continue;
        buf_printf(&out, "/%s:%c", rows[i].name, cvss->value[i]);
        if (!strcmp(rows[i].values, "CGAR"))
            buf_add_z(&out, urgencies[strchr(rows[i].values, cvss->value[i]) - rows[i].values] + 1);
    }
    return buf_str(&out);
}
