/* rulec_row.h: how a row is written as C: shared by the files that write the tables.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_RULEC_ROW_H
#define HOSHI_RULEC_ROW_H

#include "rulec.h"

/* What ranges point into, gathered while the tables are written, written after them. */
struct pool {
    struct buf text;
    int n;
};
struct pools {
    struct pool ids, uses, tells, aparts, thens, form_fields, items, texts, shows;
};

void z_write(FILE *out, struct str text);
void text_write(FILE *out, const char *member, const struct row *row);
void clause_write(FILE *out, const struct row *row);
void range_write(FILE *out, const char *member, int first, int end);
void ids_write(const struct book *book, FILE *out, struct pools *pools, const char *member,
                      enum kind kind, struct words names);
void table_open(FILE *out, const char *type, const char *name);
void row_open(FILE *out, const struct row *row);
void uses_write(const struct book *book, FILE *out, struct pools *pools, const char *member,
                       const struct row *of, enum kind kind, enum kind called);
/* The number of a fact or of the fact that carries a field; as rulec_header.c numbers them. */
int fact_number(const struct book *book, struct str name);
void upper_write(FILE *out, const char *prefix, struct str name);
void lower_write(FILE *out, const char *prefix, struct str name);

/* rulec_notice.c */
void blanks_write(const struct book *book, FILE *out);
void notices_write(const struct book *book, FILE *out, struct pools *pools);

/* rulec_steps.c */
void steps_write(const struct book *book, FILE *out, struct pools *pools);
void procedures_write(const struct book *book, FILE *out, struct pools *pools);

#endif
