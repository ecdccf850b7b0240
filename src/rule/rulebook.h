/* rulebook.h: the shapes of the rows that rulec makes of rules/: the manual is the program.
 * SPDX-License-Identifier: Apache-2.0
 *
 * rulec writes rulebook.gen.h (enums ROLE_…, STATE_…, PROCEDURE_…, GUARD_…, EFFECT_…, FIELD_ID_…,
 * FORM_…, BLANK_…, NOTICE_…, NUMBER_…, PARAMETER_…, FACT_…, DOCUMENT_…, ACT_…, FUNCTION_…, THING_…,
 * SUBJECT_…, LIST_…, and `struct facts`) and
 * rulebook.gen.c (the one const `struct rulebook hoshi_rulebook`). Names are those of the .rules
 * files, with '-' turned to '_'. Index 0 of every enum is …_NONE; row 0 of every table is empty.
 *
 * Everything is const and has static storage; a test may copy a table and change the copy. */
#ifndef HOSHI_RULEBOOK_H
#define HOSHI_RULEBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/day.h"
#include "base/str.h"

struct facts;   /* generated: one typed member for each fact and each scalar field */
struct outcome; /* judge.h */

struct text {
    const char *ja, *en;
};

/* A run of entries in one of the index arrays below. */
struct range {
    uint16_t first, n;
};

/* The argument of a `when` or `does`: at most one of them is set, by what the row takes. */
struct arg {
    struct span span;    /* takes span */
    int64_t count;       /* takes count */
    const char *word;    /* takes an item, act, thing, number, procedure, parameter: its name */
    int id;              /* the enum value of that word, where its kind has an enum */
};

enum role_sort { ROLE_SORT_OFFICE, ROLE_SORT_DELEGATED, ROLE_SORT_ANY, ROLE_SORT_BOARD,
                 ROLE_SORT_PARTY, ROLE_SORT_OUTSIDE, ROLE_SORT_MACHINE, ROLE_SORT_AUDIENCE };

struct role_row {
    const char *name;
    enum role_sort sort;
    struct text text;
    const char *clause;
    int appointed_by;      /* ROLE_… or ROLE_NONE */
    int stands_for;        /* ROLE_… or ROLE_NONE */
    struct range whens;    /* into rulebook.uses: what must hold for every step the role takes */
};

struct state_row {
    const char *name;
    struct range turn;     /* into rulebook.ids: ROLE_…; empty when final */
    bool final;
    struct text text;
    const char *clause;
};

enum act_sort { ACT_FILES, ACT_RECEIVES, ACT_RECORDS, ACT_ASSESSES, ACT_DECIDES, ACT_TURNS,
                ACT_REOPENS };

struct act_row {
    const char *name;
    enum act_sort sort;
    int function;          /* FUNCTION_… that a qualification or an office must cover (3.1-1) */
    struct text text;      /* the words of the button */
    const char *clause;
};

enum fact_kind { FACT_KIND_FLAG, FACT_KIND_NUMBER, FACT_KIND_DAY, FACT_KIND_INSTANT,
                 FACT_KIND_WORD, FACT_KIND_WORDS, FACT_KIND_SPAN };

/* flag: bool · number: int64_t · day: struct day · instant: int64_t · word: struct str ·
 * words: struct words · span: struct span */
struct fact_row {
    const char *name;
    enum fact_kind kind;
    size_t offset;         /* into struct facts */
    const char *subject;   /* today, actor, own, application, label … */
    struct text text;
    const char *clause;
    int field;             /* FIELD_ID_… when the fact is a field of a form, else 0 */
    struct range by;       /* into rulebook.ids: PARAMETER_… that it depends on */
};

enum guard_family { GUARD_FORBIDDEN, GUARD_REFUSED, GUARD_MALFORMED }; /* 403, 409, 422 */

struct guard_row {
    const char *name;
    enum guard_family family;
    bool (*holds)(const struct facts *facts, struct arg arg);
    bool takes_function;   /* the judge gives it the function of the step's act */
    struct text text;      /* the words of the refusal */
    struct text cure;      /* how to cure it */
    const char *clause;
    struct range reads;    /* into rulebook.ids: FACT_… */
};

struct effect_row {
    const char *name;
    /* Works out the values (a last day, say) into *outcome; NULL where there are none. */
    void (*works)(const struct facts *facts, struct arg arg, struct outcome *outcome);
    struct text text;
    const char *clause;
    struct range sets;     /* into rulebook.ids: SUBJECT_… that it changes */
};

/* A guard or an effect as a step uses it. */
struct use {
    int id;                /* GUARD_… or EFFECT_… */
    struct arg arg;
    const char *clause;
};

struct tell_row {
    struct range to;       /* into rulebook.ids: ROLE_… */
    int notice;
    const char *clause;
};

struct step_row {
    const char *name;      /* unique within the procedure */
    int act;
    struct range from;     /* into rulebook.ids: STATE_…; STATE_START for `start` */
    int to;                /* STATE_…; STATE_SAME for `same` */
    struct range by;       /* into rulebook.ids: ROLE_… */
    struct range needs;    /* DOCUMENT_… */
    int form;              /* FORM_… or FORM_NONE */
    struct range whens;    /* into rulebook.uses */
    struct range aparts;   /* into rulebook.aparts */
    struct range does;     /* into rulebook.uses */
    struct range tells;    /* into rulebook.tells */
    int within;            /* PARAMETER_… target time, or PARAMETER_NONE */
    int at;                /* by clock: FACT_… of the day or instant it is due; else FACT_NONE */
    const char *at_clause;
    struct range thens;    /* into rulebook.thens: cases that it opens on the same subject */
    const char *clause;
};

struct apart_row {
    const char *step;      /* name of the step whose taker may not take this one */
    const char *clause;
};

/* A case that a step opens, and the step taken on it at once by the same actor. */
struct then_row {
    int procedure;
    const char *step;
    const char *clause;
};

struct procedure_row {
    const char *name;
    const char *subject;
    struct text title, note;
    struct range seen_by;  /* ROLE_… */
    struct range steps;    /* into rulebook.steps */
    const char *clause, *section; /* "4.1.1-1", "4.1-self-declared.rules" */
    const char *sealed;    /* by which clause its cases are kept as ciphertext; NULL: not */
};

enum field_sort { FIELD_TEXT, FIELD_LINES, FIELD_EMAIL, FIELD_PHONE, FIELD_URL, FIELD_DAY,
                  FIELD_NUMBER, FIELD_YEN, FIELD_YESNO, FIELD_ONE_OF, FIELD_SOME_OF, FIELD_MODELS,
                  FIELD_CHECKLIST, FIELD_FILE, FIELD_CORPORATE_NUMBER, FIELD_COUNTRY, FIELD_LABEL,
                  FIELD_CASE, FIELD_PERSON, FIELD_SPAN, FIELD_JA_EN, FIELD_FACILITY,
                  FIELD_BY_CRITERION, FIELD_CRITERIA, FIELD_SETTING };

struct field_row {
    const char *name;
    enum field_sort sort;
    int64_t min, max;      /* characters, numbers or items, by sort */
    struct span ahead_min, ahead_max; /* days: how far from today */
    int list;              /* LIST_… of one-of and some-of */
    struct text text, hint;
    const char *clause;
    int fact;              /* FACT_… that carries it, or FACT_NONE */
};

struct form_field {
    int field;
    bool must;
};

struct form_row {
    const char *name;
    struct text text;
    struct range fields;   /* into rulebook.form_fields */
    const char *clause;
};

struct item_row {
    const char *name;
    struct text text;
};

struct list_row {
    const char *name;
    struct text text;
    struct range items;    /* into rulebook.items */
};

/* A word with a text and no more: documents, numbers, subjects, things, parameters. */
struct word_row {
    const char *name;
    const char *sort;      /* parameter: days, flag … */
    const char *value;     /* parameter: the documented default */
    const char *choices;   /* parameter of sort word or words: "a b c", what it may be */
    struct text text;
    const char *clause;
};

/* What a text leaves open, as "{product}", filled in when it is sent. */
struct blank_row {
    const char *name;
    bool open;             /* public; else of one case alone, and then no audience is told */
    struct text text;
    const char *clause;
};

enum notice_sort { NOTICE_SORT_INBOX, NOTICE_SORT_MAIL, NOTICE_SORT_LETTER, NOTICE_SORT_PUBLIC };

struct notice_row {
    const char *name;
    enum notice_sort sort;
    struct text text;      /* its title */
    const char *clause;
    struct range texts;    /* into rulebook.texts: its paragraphs */
    struct range shows;    /* into rulebook.shows: what stands in its table */
};

/* What a text or a table of a notice names. */
enum named_kind { NAMED_NOTHING, NAMED_BLANK, NAMED_NUMBER, NAMED_FIELD, NAMED_FACT };

struct named {
    enum named_kind kind;
    int id;                /* BLANK_…, NUMBER_…, FIELD_ID_… or FACT_… */
};

struct clause_row {
    const char *id;        /* as in clauses.tsv */
    const char *kind;      /* rule, duty, authority, record, notice */
    struct text text;
    const char *where;     /* rules, words, shared, code */
};

struct fault_row {
    const char *code;
    int status;            /* HTTP */
    int exit;              /* of the CLI */
    struct text text, cure;
};

struct rulebook {
    const char *edition;       /* "JSM-01 2025-07-01" */
    uint8_t digest[32];        /* SHA-256 of the .rules files, in order of their names */
    const struct role_row *roles;             size_t roles_n;
    const struct state_row *states;           size_t states_n;
    const struct act_row *acts;               size_t acts_n;
    const struct word_row *functions;         size_t functions_n;
    const struct fact_row *facts;             size_t facts_n;
    const struct guard_row *guards;           size_t guards_n;
    const struct effect_row *effects;         size_t effects_n;
    const struct procedure_row *procedures;   size_t procedures_n;
    const struct step_row *steps;             size_t steps_n;
    const struct field_row *fields;           size_t fields_n;
    const struct form_row *forms;             size_t forms_n;
    const struct form_field *form_fields;     size_t form_fields_n;
    const struct list_row *lists;             size_t lists_n;
    const struct item_row *items;             size_t items_n;
    const struct word_row *documents;         size_t documents_n;
    const struct blank_row *blanks;           size_t blanks_n;
    const struct notice_row *notices;         size_t notices_n;
    const struct text *texts;                 size_t texts_n;
    const struct named *shows;                size_t shows_n;
    const struct word_row *numbers;           size_t numbers_n;
    const struct word_row *things;            size_t things_n;
    const struct word_row *subjects;          size_t subjects_n;
    const struct word_row *parameters;        size_t parameters_n;
    const struct clause_row *clauses;         size_t clauses_n;
    const struct fault_row *faults;           size_t faults_n;
    const struct use *uses;                   size_t uses_n;
    const struct tell_row *tells;             size_t tells_n;
    const struct apart_row *aparts;           size_t aparts_n;
    const struct then_row *thens;             size_t thens_n;
    const uint16_t *ids;                      size_t ids_n;
};

extern const struct rulebook hoshi_rulebook;

/* Look-ups by name; NULL or …_NONE (0) when there is none. Linear: the tables are small. */
const struct procedure_row *procedure_by_name(const struct rulebook *book, struct str name);
const struct step_row *step_by_name(const struct rulebook *book,
                                    const struct procedure_row *procedure, struct str name);
int role_by_name(const struct rulebook *book, struct str name);
int state_by_name(const struct rulebook *book, struct str name);
int field_by_name(const struct rulebook *book, struct str name);
int parameter_by_name(const struct rulebook *book, struct str name);
int fact_by_name(const struct rulebook *book, struct str name);
int notice_by_name(const struct rulebook *book, struct str name);
/* What stands in braces in a text; NAMED_NOTHING when there is no such name. */
struct named named_by_name(const struct rulebook *book, struct str name);
int guard_by_name(const struct rulebook *book, struct str name);
/* By the name that a verdict or a fault carries, which may be NULL, or be no guard ("due"). */
const struct guard_row *guard_row_of(const struct rulebook *book, const char *name);
const struct fault_row *fault_row_of(const struct rulebook *book, const char *code);
/* The step by which anyone begins the procedure; NULL when nobody can without an account. */
const struct step_row *open_step(const struct rulebook *book,
                                 const struct procedure_row *procedure);
bool step_is_open(const struct rulebook *book, const struct step_row *step);

const char *text_in(struct text text, bool english);

#endif
