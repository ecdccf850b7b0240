/* rulec.h: the compiler of the rule book: rows as they are read, and who does what with them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A book is a list of rows. Every row has a kind, words, texts and a clause; some stand below
 * another (a `when` below its step). Rows that declare a noun are numbered within their kind from
 * 1: that number is the value of the enum in rulebook.gen.h. Nothing else is kept: whoever writes
 * or checks walks the rows. */
#ifndef HOSHI_RULEC_H
#define HOSHI_RULEC_H

#include <stdbool.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/day.h"
#include "base/hash.h"
#include "base/str.h"

enum kind {
    KIND_NONE,
    /* nouns, each declared once */
    KIND_MANUAL, KIND_ROLE, KIND_STATE, KIND_FUNCTION, KIND_ACT, KIND_SUBJECT, KIND_THING,
    KIND_NUMBER, KIND_DOCUMENT, KIND_NOTICE, KIND_PARAMETER, KIND_FACT, KIND_GUARD, KIND_EFFECT,
    KIND_LIST, KIND_FIELD, KIND_FORM, KIND_BLANK, KIND_CLAUSE, KIND_FAULT, KIND_PROCEDURE,
    /* rows below another */
    KIND_ITEM, KIND_STEP, KIND_APPOINTED_BY, KIND_STANDS_FOR, KIND_WHEN, KIND_CURE, KIND_HINT,
    KIND_HAS, KIND_MAY, KIND_TITLE, KIND_NOTE, KIND_SEEN_BY, KIND_NEEDS, KIND_ASKS, KIND_APART,
    KIND_DOES, KIND_TELLS, KIND_WITHIN, KIND_ALSO, KIND_AT, KIND_THEN, KIND_TEXT, KIND_SHOWS,
    KIND_SEALED,
    KINDS
};

enum { ROW_WORDS_MAX = 24, NOUNS_MAX = 512, ROWS_MAX = 8192, FILES_MAX = 64 };

/* What a row of a kind looks like: the grammar is this table (rulec_shape.c). */
struct shape {
    const char *name;
    enum kind below[3];      /* kinds it stands below; KIND_NONE for rows at the top */
    size_t words_min, words_max;
    bool texts, clause;      /* must have ja and en; must end with a clause */
    const char *usage;
    const char *sorts;       /* allowed second words, separated by blanks; NULL for any */
};
extern const struct shape shapes[KINDS];

struct row {
    enum kind kind;
    struct str word[ROW_WORDS_MAX];
    size_t words_n;
    struct str ja, en, clause;
    bool ours;               /* our assumption, beside the clause that it serves */
    const char *file;
    int line;
    int number;              /* of a noun, within its kind, from 1; of a step, in the book */
    struct row *above, *below, *below_last, *next; /* next: the next row below the same one */
};

struct rule_file {
    const char *name;        /* without folder */
    struct str text;
};

struct book {
    struct arena *arena;
    struct rule_file rules[FILES_MAX], cases[FILES_MAX];
    size_t rules_n, cases_n;
    struct row **rows;
    size_t rows_n;
    struct row *nouns[KINDS][NOUNS_MAX]; /* from 1, in order of the files */
    size_t nouns_n[KINDS];               /* including row 0, which is none */
    struct hash digest;
    int found;                           /* what is wrong with the book, so far */
};

/* rulec_read.c */
void book_read(struct book *book, const char *folder);
void say(struct book *book, const struct row *row, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void say_at(struct book *book, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* rulec_find.c */
struct row *noun(const struct book *book, enum kind kind, struct str name); /* NULL: no such */
int number_of(const struct book *book, enum kind kind, struct str name);    /* 0: no such */
struct row *below_first(const struct row *row, enum kind kind);             /* NULL: none */
struct row *below_next(const struct row *row); /* the next of its kind */
#define EACH_BELOW(each, of, kind) \
    for (struct row *each = below_first((of), (kind)); each; each = below_next(each))
/* The items of a list: its own rows, or all nouns of the kind that it is `of`. */
const struct row *item_first(const struct book *book, const struct row *list);
const struct row *item_next(const struct book *book, const struct row *item);
#define EACH_ITEM(each, book, list)                          \
    for (const struct row *each = item_first((book), (list)); each; \
         each = item_next((book), each))
/* The words after it; none when it is not there. */
struct words words_after(const struct row *row, const char *word);
struct words words_before(const struct row *row, size_t first, const char *word);
bool row_has(const struct row *row, const char *word);
/* step NAME FROM… -> TO by ROLE… */
struct words step_from(const struct row *step);
struct str step_to(const struct row *step);
struct words step_by(const struct row *step);
/* The kind of a fact, or of the fact that carries a field; NULL: neither. */
const char *fact_kind_named(const struct book *book, struct str name);
struct row *step_named(const struct row *procedure, struct str name); /* NULL: no such */
/* Of an `apart`: a step of the procedure, or PROCEDURE/STEP, and then *procedure is that one. NULL:
 * no such. */
struct row *step_apart_named(const struct book *book, struct str name,
                             const struct row **procedure);
/* Does a step of the one begin cases of the other (`then`), or of one whose steps do? */
bool grows_out_of(const struct book *book, const struct row *procedure, const struct row *first);
bool role_of_sort(const struct book *book, struct str role, const char *sort);
/* An id of the manual, or a prefix of one. */
bool is_clause(const struct book *book, struct str id);
const char *fact_kind_of_field(struct str sort); /* "word", "day" …; NULL: no fact carries it */
bool bounds_read(struct str text, int64_t *min, int64_t *max);
bool ahead_read(struct str text, struct span *min, struct span *max);

/* rulec_link.c: every word a row uses is one, and takes what it is given. */
void book_link(struct book *book);
/* rulec_notice.c: what notices say, and what they name. */
void notice_link(struct book *book, const struct row *row);
void notices_check(struct book *book);
/* rulec_also.c: steps that another file adds to a procedure come to stand below it. */
void also_hang(struct book *book);
/* rulec_check.c: the laws of a good book. rulec_machine.c: those about states.
 * rulec_clock.c: those about the clock and what a step opens. rulec_cases.c: those about cases. */
void book_check(struct book *book);
void machine_check(struct book *book, const struct row *procedure);
void clock_check(struct book *book, const struct row *step);
void then_check(struct book *book, const struct row *step);
void stands_check(struct book *book, const struct row *role);
void cases_check(struct book *book);

/* What it makes. */
void header_write(const struct book *book, FILE *out);
void tables_write(const struct book *book, FILE *out);
void mentions_write(struct book *book, const char *tests, FILE *out, FILE *depends,
                    const char *made);
void manual_write(const struct book *book, bool english, FILE *out);
void facts_write(const struct book *book, FILE *out);
void diagram_write(const struct book *book, const struct row *procedure, bool english, FILE *out);

#endif
