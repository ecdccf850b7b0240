/* cvss.h: CVSS vectors read strictly, their scores, and the words for these.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sources: FIRST, "Common Vulnerability Scoring System" v3.0, v3.1 and v4.0 specification
 * documents. Scores are tenths: 98 is 9.8. A vector of another version (v2) is refused, not
 * guessed. */
#ifndef HOSHI_ADVISORY_CVSS_H
#define HOSHI_ADVISORY_CVSS_H

#include "base/fault.h"

enum cvss_version { CVSS_3_0 = 30, CVSS_3_1 = 31, CVSS_4_0 = 40 };
enum { CVSS_METRICS_MAX = 32, CVSS_BYTES_MAX = 400, CVSS_NO_SCORE = -1 };

/* NONE 0.0, LOW 0.1 to 3.9, MEDIUM 4.0 to 6.9, HIGH 7.0 to 8.9, CRITICAL 9.0 to 10.0; UNSCORED when
 * there is no score. */
enum cvss_severity { CVSS_UNSCORED, CVSS_NONE, CVSS_LOW, CVSS_MEDIUM, CVSS_HIGH, CVSS_CRITICAL };

struct cvss {
    enum cvss_version version;
    /* The value of each metric in the order of the specification's table, a letter, 'X' when it is
     * not given: cvss_metric() asks by name. Of "Safety" it is 'S', of "Clear" in U: 'C'. */
    char value[CVSS_METRICS_MAX];
    /* v3: from the base metrics alone. v4.0: CVSS-B, all else as not defined. */
    int base;
    /* v3: temporal (base when nothing temporal is given). v4.0: CVSS-BT. */
    int temporal;
    /* v3: environmental. v4.0: CVSS-BTE. Temporal when nothing environmental is given. */
    int environmental;
};

/* Reads "CVSS:3.1/AV:N/…" or "CVSS:4.0/…": each base metric once, no metric twice, only values that
 * the version has, v4.0 in the order of its specification, nothing before or after it. Works out
 * all three scores. Fault "malformed-cvss", whose `concerns` is the part that is wrong ("AV:Z"). */
struct fault *cvss_read(struct arena *arena, struct str text, struct cvss *out);

/* The letter that stands for a metric ("AV", "MSI"); 'X' when it is not given, 0 when the version
 * has no such metric. */
char cvss_metric(const struct cvss *cvss, const char *name);

/* The score that speaks for the whole vector: environmental, which is temporal or base where it
 * says no more. */
int cvss_score(const struct cvss *cvss);

enum cvss_severity cvss_severity(int score_tenths);
/* "緊急", "Critical"; the Japanese as JVN writes them (緊急 重要 警告 注意 なし). */
const char *cvss_severity_word(enum cvss_severity severity, bool english);
/* "9.8", "" for CVSS_NO_SCORE. */
struct str cvss_score_print(int score_tenths, char out[8]);

/* The metrics in the order of the specification, those not defined left out: the proper form. */
struct str cvss_print(struct arena *arena, const struct cvss *cvss);

/* v3 without its upper layers: the roundings of 3.0 and of 3.1 differ. Used by cvss_read(). */
void cvss3_score(struct cvss *cvss);
void cvss4_score(struct cvss *cvss);

#endif
