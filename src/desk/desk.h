/* desk.h: the one writer. Every change is one step (or act) of one case, in one transaction.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   begin; facts = facts_load(case, actor); verdict = judge(…); form; apply effects as rows;
 *   journal; notices; commit; signed head; tell the clerk.
 *
 * A refusal is a fault with code, clause and guard, and changes nothing. */
#ifndef HOSHI_DESK_H
#define HOSHI_DESK_H

#include <jansson.h>

#include "base/clock.h"
#include "rule/judge.h"
#include "store/store.h"

struct desk {
    struct store *store;
    const struct rulebook *book;
    const struct clock *clock;
    struct str base_url;      /* of the public pages: "HTTP://…"; goes into the code on the label */
    struct str data_dir;
    /* after commit, may be NULL: signs the head (before the answer), and wakes the clerk */
    struct fault *(*committed)(void *whom, struct arena *arena, int64_t seq,
                               const struct hash *hash);
    void *whom;
    bool joint; /* within desk_write_jointly() */
    struct kept *kept; /* within a transaction: what is read once in it (deed.h) */
};

/* Who acts: known by session or key; ids are views into the request's arena. */
struct principal {
    struct str person, account;
    struct str name_ja, name_en;
    bool administrator;       /* looks after accounts; takes no step for it */
    int64_t due;              /* of the clock alone: when its step was to be taken; people: 0 */
    int machine;              /* ROLE_… of a machine other than the clock; people: 0 */
    const struct mass_turn *mass; /* of the run of a mass action: its item (mass.h); else NULL */
    struct str guest;         /* without account: the one case that its link is for; else empty */
};

struct step_request {
    struct str case_id, step;
    json_t *fields;             /* object; NULL is {} */
    struct str idempotency_key; /* may be empty (portal: the form's own token) */
    int64_t expected_version;   /* -1: none given */
    const struct principal *who;
};

struct step_answer {
    struct verdict verdict;
    int64_t seq, version;       /* journal number; version of the case after it */
    bool repeated;              /* the same key and the same request: the first answer again */
    bool publishes;             /* the public register changes by it */
    int64_t items;              /* of a mass action that it went through */
};

/* Whoever acts for several makers says for which: its id, or its corporate number. */
struct case_request {
    struct str procedure;
    int64_t level;              /* asked for; 0 where the procedure is about no application */
    struct str label;           /* registration number; empty where the case is about none */
    struct str category;        /* of the product; may be empty, and named later */
    struct str decided;         /* an appeal: the case of the decision; else empty */
    struct str party;           /* may be empty where the person acts for one maker */
    struct str idempotency_key; /* may be empty */
    const struct principal *who; /* without account (openly.h): its guest is the id of the case */
};

/* Faults: "unknown-procedure"; "field-…", concerning /procedure, /level, /label, /case or
 * /party. */
struct fault *desk_open_case(struct desk *desk, struct arena *arena,
                             const struct case_request *request, struct str *case_id);
struct fault *desk_take_step(struct desk *desk, struct arena *arena,
                             const struct step_request *request, struct step_answer *answer);

/* A list of steps in one transaction, each under its own savepoint: answers[i] or faults[i].
 * With all_or_none the first fault undoes the whole batch. */
struct fault *desk_take_batch(struct desk *desk, struct arena *arena,
                              const struct step_request *requests, size_t n, bool all_or_none,
                              struct step_answer *answers, struct fault **faults);

/* The acts of several requests in one transaction, each under its own savepoint and in its own
 * arena: they share the commit and the signed head. What work() writes through the desk is kept, or
 * taken back when it finds a fault, which leaves the others. It must bear being called again. */
struct joint_act {
    struct arena *arena;
    struct fault *(*work)(void *whom);
    void *whom;
    struct fault *fault; /* NULL: it is committed; all have one when the commit fails */
    bool cut;            /* it outgrew its arena: nothing of it is kept */
};
void desk_write_jointly(struct desk *desk, struct arena *arena, struct joint_act *acts, size_t n);

/* Puts a file on a case (act "attach"); bytes are already in DATA/files under their digest. */
struct fault *desk_attach(struct desk *desk, struct arena *arena, const struct principal *who,
                          struct str case_id, struct str name, struct str media_type,
                          const struct hash *digest, int64_t bytes, struct str *file_id);

/* Would that file be taken? Asked before its bytes are kept. */
struct fault *desk_may_attach(struct desk *desk, struct arena *arena, const struct principal *who,
                              struct str case_id, struct str name);

/* The steps of the case's procedure as this person meets them: for buttons and for `why`. */
struct offer {
    const struct step_row *step;
    int role;                   /* under which the person would act, ROLE_NONE when under none */
    bool open;                  /* passes everything that can be judged before the form */
    struct verdict verdict;     /* of judge_before_form */
    struct why_line *lines; /* all checks, including those that read the form as last filled in */
    size_t lines_n;
};
struct fault *desk_offers(struct desk *desk, struct arena *arena, const struct principal *who,
                          struct str case_id, struct offer **offers, size_t *n);

/* May this person see the case at all (seen-by, or the party's own)? Fault "absent" when not. */
struct fault *desk_may_see(struct desk *desk, struct arena *arena, const struct principal *who,
                           struct str case_id);

/* May this person see what came to the case at that instant? A former registrant (4.9-1) sees what
 * came before its successor. */
struct fault *desk_may_see_of(struct desk *desk, struct arena *arena, const struct principal *who,
                              struct str case_id, int64_t at);

/* May this person see the procedure's cases by an office? Lists leave out what they may not. */
struct fault *desk_may_list(struct desk *desk, struct arena *arena, const struct principal *who,
                            const struct procedure_row *procedure, bool *out);

/* A read of a confidential file is an act too (2.1.3-2): on the timeline, in the journal. Fault
 * "absent" when this person may not see the case, or the file is not on it. */
struct row_case_file;
struct fault *desk_read_document(struct desk *desk, struct arena *arena,
                                 const struct principal *who, struct str case_id,
                                 struct str file_id, struct row_case_file **file);

/* 6.5-6: each reading of a sealed case is an act: on its timeline, in the journal; of several at
 * once, one each. Nothing is written of a case that is not sealed, or that this person may not see,
 * which whoever shows it finds out. */
struct fault *desk_read_cases(struct desk *desk, struct arena *arena, const struct principal *who,
                              const struct str *case_ids, size_t n);

/* The facts as the judge would see them for this step by this person. Fault "unknown-step". */
struct fault *desk_facts(struct desk *desk, struct arena *arena, const struct principal *who,
                         struct str case_id, struct str step, struct facts *facts);

/* access.c: a procedure on a label whose registrant is not among those that see it: neither are its
 * cases counted where the registrant could tell. */
bool is_confidential(const struct rulebook *book, const struct procedure_row *procedure);
/* Whether an act on the case is for the eyes of `who`, who is not of the body: of a procedure that
 * anyone may begin, only what parties and outsiders did and said, and what was their own; never
 * what the body keeps on the case (4.6.3-1, 6.5-6). step: "" for an act that is none. */
bool act_is_told(const struct rulebook *book, const struct procedure_row *procedure,
                 struct str step, struct str person, const struct principal *who);

#endif
