/* many.h: one form filed for many labels in one act: a case for each.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_MANY_H
#define HOSHI_MANY_H

#include "desk/openly.h"

enum many_sort {
    MANY_EXTENSIONS, /* 4.3.2-1: each for itself; what is refused keeps none of the others */
    MANY_SUCCESSIONS /* 4.9-1: filed together: all of them, or none */
};
enum { MANY_MAX = 10000 };

struct many_request {
    enum many_sort sort;
    const struct str *labels;
    size_t n;
    json_t *fields;                /* of the form; NULL is {} */
    const struct open_file *files; /* for its fields of sort file; they lie in place */
    size_t files_n;
    void (*drop)(void *whom);      /* takes the files away again; may be NULL */
    void *whom;
    struct str party;              /* who files; may be empty where the person acts for one maker */
    struct str idempotency_key;    /* may be empty */
    const struct principal *who;
};

struct many_answer {
    struct str case_id;  /* empty when it was refused, or nothing was filed */
    bool repeated;       /* the same key again: filed before */
    struct fault *fault; /* NULL, or why this label's was not filed */
};

/* All in one transaction, each under its own savepoint: answers[i] belongs to labels[i]. Where all
 * or none are filed: fault "none-filed" when one is refused, and the answers say which; what is
 * wrong with the form itself is the fault of the whole, at once. */
struct fault *desk_file_many(struct desk *desk, struct arena *arena,
                             const struct many_request *request, struct many_answer *answers);

#endif
