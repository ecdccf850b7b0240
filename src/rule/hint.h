/* hint.h: what the registrant of a label can do next to keep it, until when, and by which clause.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Pure, and judged by the same rules as the application itself: a page, a letter and the API say
 * the same. */
#ifndef HOSHI_HINT_H
#define HOSHI_HINT_H

#include "base/arena.h"
#include "rule/judge.h"

enum hint_kind {
    HINT_OVER,      /* withdrawn, revoked or lapsed: from `day` on */
    HINT_GRACE,     /* validity is over, the extension is examined: until `day` */
    HINT_PENDING,   /* an extension is under examination: nothing to do */
    HINT_WAIT,      /* nothing to do until `day` */
    HINT_EXTEND,    /* apply for extension: by `day`, the last of the validity */
    HINT_HURRY,     /* apply for extension: by `day`, after which the criteria bar it (5-2) */
    HINT_ANEW,      /* the criteria bar an extension: apply anew, by `day` */
    HINT_RECERTIFY, /* no extension is left: be re-certified, by `day` */
    HINT_USED_UP,   /* nor is re-certification open: apply anew, by `day` */
    HINT_KINDS
};

struct hint {
    enum hint_kind kind;
    struct day day;
    const char *clause;                    /* of the row that the reason rests on */
    const struct procedure_row *procedure; /* to begin now; NULL when there is none */
};

/* facts: those of the subject `label`, as the desk knows them. */
struct hint hint_of(const struct rulebook *book, const struct facts *facts);
const char *hint_word(enum hint_kind kind); /* "extend" …: for programs */
/* The sentence of the hint, with its day as the caller writes days. */
struct str hint_sentence(struct arena *arena, enum hint_kind kind, bool english, struct str day);

/* Would an application for extension with nothing but its declaration be received today? */
struct verdict hint_judge(const struct rulebook *book, const struct facts *facts,
                          const struct procedure_row **procedure);

#endif
