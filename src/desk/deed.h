/* deed.h: one step on its way through the desk, between the files of this folder.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_DEED_H
#define HOSHI_DEED_H

#include "desk/desk.h"
#include "desk/standing.h"
#include "store/put.gen.h"

/* Values of parameters as of today; read once for a deed. */
struct setting {
    const struct rulebook *book;
    struct str *values; /* by PARAMETER_… */
};

/* What one transaction reads once, though it take ten thousand steps: the parameters as of a day.
 * In the memory of the transaction. Whoever writes a parameter forgets them: setting_forget(). */
struct kept {
    struct arena *arena;
    struct day day;
    struct setting setting; /* values NULL: not read yet */
    const struct fact_row **facts; /* by name; NULL: not sorted yet */
};

/* What the case is about, as far as the judge asks: read once for a deed, not for each step that
 * is judged, of which an answer shows a dozen. */
struct about {
    bool known;
    const struct row_criteria_edition *edition; /* NULL where there is none, as the others */
    const struct row_tariff *tariff;
    const struct row_party *party;
    const struct row_label *label;
    struct words criteria; /* ids of the edition's lines */
    const struct row_thing *things; /* of the facility, or of the other party to an agreement */
    size_t things_n;
    struct words open_on_label; /* procedures of the other cases that are open on it */
    bool revocation_pending; /* a correction was required, or a revocation is to be decided */
    struct str preview_now;  /* digest of the preview as it is now; empty until it is asked for */
};

/* Is what an application on a label says of the product what was last decided (4.5-1)? Worked out
 * once before the form and once with it. */
struct comparison {
    bool known, unchanged;
    const json_t *fields;
};

/* What the case would change of its label (facts_change.c): worked out once for what is filled
 * in. */
struct changes {
    bool known, fit;
    const json_t *fields; /* of this request, as it was worked out with them */
    int64_t models_after;
    struct words names;
};

/* A decision that may be void, or was appealed against (facts_void.c): worked out once for the
 * entry that is named. */
struct void_act {
    int64_t entry;               /* of the journal; 0: none was asked for yet */
    const char *kind;            /* of its event: issued, extended …; "" of none */
    struct str detail;           /* of its event */
    bool latest, uninvolved;
    const struct row_label *before; /* the label as it was; NULL where there was none */
};

/* The decision that was last taken on a case, of those that can be appealed against
 * (facts_appeal.c); taken is NULL where there was none. */
struct decision {
    bool known, pending;             /* pending: another appeal against it is dealt with */
    struct row_casework *work;
    const struct row_case_step *taken;
    const struct step_row *step;
    struct day decided, until;       /* until: the last day to appeal */
};

/* What the actor did on the cases that this one grew out of (facts_matter.c); not asked for where
 * the procedure looks at none of it. */
struct sql_steps_above_row;
struct matter {
    bool known;
    struct sql_steps_above_row *above;
    size_t above_n;
};

struct row_mass;
struct row_mass_refusal;
struct mass_found;

/* Bills of materials that this request fills in, as they were read (bills.c). */
struct bills_read {
    struct row_case_sbom *rows;
    size_t n;
};

/* The part of a mass action that a step goes through (mass_run.c), to be written with it. */
struct mass_part {
    struct row_mass *row;
    struct row_mass_refusal *refusals;
    size_t refusals_n;
    int64_t items;
};

struct deed {
    struct desk *desk;
    struct arena *arena;
    const struct principal *who;
    int64_t now;                           /* is recorded */
    int64_t moment;                        /* of effect: now, or when the clock's step was due */
    struct day today;                      /* of effect; a given fact may move it in test builds */
    const struct procedure_row *procedure;
    const struct step_row *step;           /* NULL when there is no such step */
    struct row_casework work;              /* as found; then as it will be */
    int state;                             /* STATE_… as found */
    struct standing standing;
    int role;
    const struct row_thing *appointment;
    struct setting setting;
    struct row_case_step *steps;           /* the timeline so far */
    size_t steps_n;
    json_t *filled;                        /* all fields of the case; this request's on top */
    json_t *fields;                        /* this request's, checked */
    struct about about;
    bool given;                            /* a case of given facts: in test builds only */
    struct comparison comparison;
    bool opens_chosen;                     /* `then` opens a case on each of these labels, and */
    struct words opens_on;                 /* on none else */
    struct str certification;              /* the number that this step gives, if it does */
    struct changes changes;
    struct void_act void_act;
    struct matter matter;
    struct decision appealed;              /* by this appeal, or by the one that it rests on, */
    bool appeal_upheld;                    /* which was upheld */
    bool reopens;                          /* the case of that decision goes on after this step */
    const struct mass_found *found;        /* by the search that this request fills in */
    const json_t *found_by;                /* its fields */
    struct mass_part part;
    struct bills_read bills;
    struct facts facts;
    struct verdict verdict;
    int64_t seq;
    bool publishes;
};

/* deed.c: reads the case, its procedure, who the actor is today. Fault "unknown-case". */
struct fault *deed_begin(struct desk *desk, struct arena *arena, const struct principal *who,
                         struct str case_id, struct deed *deed);
/* Its timeline and what was filled in, as the store has them now; what it is about is looked up
 * anew when facts are loaded. */
struct fault *deed_read_case(struct deed *deed);
/* The party that a role of sort party stands for on this case; empty when there is none. */
struct str party_of_role(const struct rulebook *book, const struct row_casework *work, int role);
/* open.c: a case as it would begin, written nowhere yet. */
struct fault *deed_draft(struct desk *desk, struct arena *arena, const struct case_request *request,
                         struct deed *deed);
/* open_appeal.c: the draft of an appeal takes over what the decision is about; its party is that of
 * the parties of the decision which the person acts for, or none. */
struct fault *deed_take_decision(struct deed *deed, struct str decided, struct str named);
/* 6.5-6: what a case of a sealed procedure holds is ciphertext from its first entry on: its key is
 * put into the open entry, which is sealed from then on. Of any other procedure: nothing. */
struct fault *case_begin_seal(struct desk *desk, struct arena *arena,
                              const struct procedure_row *procedure, struct str case_id);
/* Names the step and the role under which the actor would take it. */
void deed_choose_step(struct deed *deed, struct str step);

/* facts.c: what the judge may know, from the store and from deed->filled. */
struct fault *deed_load_facts(struct deed *deed);
/* Those of them that change with the step that is chosen, where another one was chosen. */
struct fault *deed_facts_of_step(struct deed *deed);
/* facts_matter.c: steps that the actor took on the case, and as PROCEDURE/STEP those on the cases
 * that it grew out of. */
struct fault *deed_know_matter(struct deed *deed);
struct words deed_steps_of_actor(const struct deed *deed);
/* Did the actor take no step on the case, nor on any that it grew out of? */
struct fault *took_no_part(struct deed *deed, struct str case_id, bool *out);
/* facts_label.c */
void deed_load_label(struct deed *deed);
struct fault *deed_know_label(struct deed *deed);
/* What is known of a label, whatever case asks: for the judge, and for what may be done next. */
void label_know(const struct row_label *label, const struct row_criteria_edition *edition,
                const struct setting *setting, struct facts *facts);
/* The first of the days so many days before the last one ("180,90,30") that is after `after`. */
struct day day_before_last(struct str days, struct day last, struct day after);
struct life life_of_row(const struct row_label *label);
/* facts_facility.c: what is begun and ended for the facility of the case: read, then made facts. */
struct fault *deed_know_facility(struct deed *deed);
void deed_load_facility(struct deed *deed);
/* facts_certified.c: who takes part in an assessment, and its checklists. */
void deed_load_certified(struct deed *deed);
struct fault *deed_load_submitters(struct deed *deed);
struct fault *deed_load_comparison(struct deed *deed);
/* prefill.c: what a draft on a label begins with, into deed->filled. */
struct fault *deed_prefill(struct deed *deed);
/* named.c: the facility, the category and with it the edition, as the request names them. */
struct fault *deed_name(struct deed *deed, const json_t *given);
/* facts_edition.c: an edition of the criteria that is being made. */
struct fault *deed_load_edition(struct deed *deed);
/* A form about an edition, or a revision of a security notice, states it whole: what it leaves out
 * is none any more. */
void deed_leave_out(struct deed *deed);
/* facts_change.c */
struct fault *deed_load_changes(struct deed *deed);
/* facts_watch.c: what a surveillance led to, and the days of the corrective period. */
struct fault *deed_load_watch(struct deed *deed);
/* facts_mass.c; what is filled in on a mass action lies under what its items are judged by. */
struct fault *deed_load_mass(struct deed *deed);
void deed_take_mass(struct deed *deed);
/* mass_run.c: the items of the part, before the step itself is written. */
struct fault *deed_run_mass(struct deed *deed);
/* facts_void.c; by the number that is filled in, or as it is known otherwise */
struct fault *deed_load_void(struct deed *deed);
struct fault *deed_load_void_entry(struct deed *deed, int64_t entry);
/* facts_hearing.c */
void deed_load_hearing(struct deed *deed);
/* facts_appeal.c */
struct fault *deed_load_appeal(struct deed *deed);
struct fault *decision_of_case(struct deed *deed, struct str case_id, struct decision *out);
/* facts_security.c */
struct fault *deed_load_security(struct deed *deed);
/* Those that have a value, as canonical JSON (RFC 8785), for the journal. */
struct str facts_canonical(const struct deed *deed);

/* alarm.c: when the clock is to take its next step: on this case, as the step leaves it … */
struct fault *deed_set_alarm(struct deed *deed);
/* … and on the cases about the same label, facility or edition, when the step changes it. */
struct fault *deed_set_other_alarms(struct deed *deed);
/* Of a case that stands still, in an entry of its own. */
struct fault *deed_renew_alarm(struct deed *deed);
/* Those of the cases whose days depend on a parameter, as of the moment of this step. */
struct fault *deed_renew_alarms_by(struct deed *deed, int parameter,
                                   const struct row_casework *rows, size_t n);
bool parameter_moves_alarms(const struct rulebook *book, int parameter);

/* open.c: the case takes over what its label is; then its opening is written, in an entry. */
struct fault *deed_take_label(struct deed *deed, struct str number);
struct fault *deed_write_opening(struct deed *deed, struct str key, struct str digest);

/* opened.c: the cases that the step opens, each with an entry for its opening and its step. */
struct fault *deed_open_cases(struct deed *deed);
/* Whether its cases are begun by steps of other cases alone. */
bool is_opened_by_steps(const struct rulebook *book, const struct procedure_row *procedure);

/* effects.c: the rows that the verdict's effects change. */
struct fault *deed_do_effects(struct deed *deed);

/* effects_edition.c, likewise. */
struct fault *note_edition(struct deed *deed, const struct use *use);
struct fault *record_preview(struct deed *deed, const struct use *use);
struct fault *announce_edition(struct deed *deed, const struct use *use);
struct fault *cancel_edition(struct deed *deed, const struct use *use);

/* effects_label.c: what an effect does to the label, as the table of effects.c has it. */
struct fault *issue_label(struct deed *deed, const struct use *use);
struct fault *hold_lapse(struct deed *deed, const struct use *use);
struct fault *free_lapse(struct deed *deed, const struct use *use);
struct fault *extend_label(struct deed *deed, const struct use *use);
struct fault *record_lapse(struct deed *deed, const struct use *use);
struct fault *record_grace(struct deed *deed, const struct use *use);
struct fault *withdraw_label(struct deed *deed, const struct use *use);
struct fault *note_reminder(struct deed *deed, const struct use *use);

/* effects_certified.c: versions of what is filled in; re-certification, change of level. */
struct fault *name_facility(struct deed *deed, const struct use *use);
struct fault *keep_version(struct deed *deed, const struct use *use);
struct fault *renew_label(struct deed *deed, const struct use *use);
struct fault *set_level(struct deed *deed, const struct use *use);

/* effects_change.c: 4.4, 4.7, 4.9. */
struct fault *record_product_change(struct deed *deed, const struct use *use);
struct fault *set_product_information(struct deed *deed, const struct use *use);
struct fault *set_registrant(struct deed *deed, const struct use *use);
struct fault *revoke_label(struct deed *deed, const struct use *use);
struct fault *correct_label(struct deed *deed, const struct use *use);

/* The label says what `after` says, and its history what it was. detail: further members of the
 * event; others: further changes, may be NULL. */
struct fault *put_information(struct deed *deed, const json_t *before, const json_t *after,
                              const char *kind, json_t *detail, const json_t *others);
/* The label goes to `party`, with what is open about it; detail: further members of the event. */
struct fault *put_registrant(struct deed *deed, struct str party, const char *kind,
                             json_t *detail);
/* effects_name.c: 6.4-1. *changes: as information_differences() has them; NULL where there is
 * none. */
struct fault *correct_name(struct deed *deed, json_t **changes);
json_t *name_of_party(struct deed *deed, const struct row_party *party); /* {"ja", "en"} */

/* bills.c: bills of materials (4.8.3): read when they are filled in; kept; bound to the label. */
struct fault *deed_read_bills(struct deed *deed);
struct fault *deed_put_bills(struct deed *deed);
struct fault *bind_sbom(struct deed *deed, const struct use *use);

/* effects_void.c: 2.1.3, 6.6. */
struct fault *annul_act(struct deed *deed, const struct use *use);
struct fault *reinstate_label(struct deed *deed, const struct use *use);

/* effects_appeal.c: 6.6. The case goes on in an entry of its own, after that of the step. */
struct fault *reopen_case(struct deed *deed, const struct use *use);
struct fault *deed_reopen(struct deed *deed);

/* effects_mass.c */
struct fault *fix_items(struct deed *deed, const struct use *use);
struct fault *begin_rehearsal(struct deed *deed, const struct use *use);
struct fault *put_part(struct deed *deed, const struct use *use);
struct fault *record_rehearsal(struct deed *deed, const struct use *use);
struct fault *re_page_label(struct deed *deed, const struct use *use);

/* parameter.c: a change of a parameter: 6.3. */
struct fault *note_parameter(struct deed *deed, const struct use *use);
struct fault *set_parameter(struct deed *deed, const struct use *use);
struct fault *renew_alarms(struct deed *deed, const struct use *use);
struct fault *deed_load_parameter(struct deed *deed);

/* effects_sample.c: a planned sample: 4.6.3. */
struct fault *draw_sample(struct deed *deed, const struct use *use);
struct fault *open_on_sample(struct deed *deed, const struct use *use);
struct fault *publish_draw(struct deed *deed, const struct use *use);
/* effects_watch.c: 4.6.3, 4.6.4. */
struct fault *note_surveillance(struct deed *deed, const struct use *use);
struct fault *set_correction_due(struct deed *deed, const struct use *use);
/* effects_security.c: 4.8.1, 4.8.3. */
struct fault *publish_notice(struct deed *deed, const struct use *use);
struct fault *end_notice(struct deed *deed, const struct use *use);

/* effects_inquiry.c, facts_inquiry.c: 4.10. */
struct fault *publish_answer(struct deed *deed, const struct use *use);
struct fault *deed_load_inquiry(struct deed *deed);
/* misuse.c */
struct fault *publish_misuse(struct deed *deed, const struct use *use);
struct fault *note_mended(struct deed *deed, const struct use *use);
struct fault *name_claimed_label(struct deed *deed, const struct use *use);
struct fault *deed_load_misuse(struct deed *deed);

/* effects_vulnerability.c, facts_vulnerability.c: 4.8.2, 4.8.3. */
struct fault *take_label(struct deed *deed, const struct use *use);
struct fault *mark_advisory(struct deed *deed, const struct use *use);
struct fault *set_feed(struct deed *deed, const struct use *use);
struct fault *end_feed(struct deed *deed, const struct use *use);
struct fault *deed_load_vulnerability(struct deed *deed);
/* What tells one advisory about one label from another, to whoever has the key. */
struct fault *advisory_mark_of(struct store *store, struct arena *arena, struct str label,
                               struct str id, struct str *mark);
/* As the case has it: its day, and a digest of what it says. */
struct str advisory_modified_of(struct deed *deed);

/* effects_label.c: the label's row as the outcome has its life; effects that change it end so. */
struct fault *label_put_life(struct deed *deed);
/* effects_facility.c: dated things of a facility, and agreements with a party. */
struct fault *begin_facility_thing(struct deed *deed, const struct use *use);
struct fault *begin_accreditation(struct deed *deed, const struct use *use);
struct fault *end_approval(struct deed *deed, const struct use *use);
struct fault *end_facility_thing(struct deed *deed, const struct use *use);
struct fault *begin_nda(struct deed *deed, const struct use *use);
struct fault *end_nda(struct deed *deed, const struct use *use);

/* A dated event of the label's public history; detail holds public values only, NULL is {}. */
struct fault *label_note(struct deed *deed, const char *kind, struct day day, const json_t *detail);
/* notices.c: whom the step tells. */
struct fault *deed_tell(struct deed *deed);

/* numbers.c: the next number of a kind, and its place on the case. */
struct fault *deed_give_number(struct deed *deed, const char *kind, struct str *out);

/* setting.c */
struct fault *setting_load(struct store *store, struct arena *arena, const struct rulebook *book,
                           struct day today, struct setting *out);
/* The same for the transaction that the desk is in, if it is in one. */
struct fault *setting_keep(struct desk *desk, struct arena *arena, struct day today,
                           struct setting *out);
void setting_forget(struct desk *desk);
/* The office that a delegated role is today, by the parameter that has the role's name. */
int delegate_of(const struct setting *setting, int role);
/* The rule book's default where no row says otherwise. */
struct str setting_of(const struct setting *setting, const char *parameter);
/* A parameter that lists names with blanks between: does it have this one? */
bool setting_names(const struct setting *setting, const char *parameter, struct str name);
/* The target day of a state: by the shortest `within` of the steps that leave it. */
struct fault *due_of_state(struct store *store, struct arena *arena, const struct setting *setting,
                           const struct procedure_row *procedure, int state, struct day from,
                           struct day *out);

/* deed.c: a verdict that is not "allowed", as a fault. */
struct fault *verdict_fault(struct arena *arena, const struct verdict *verdict);

/* again.c: the same key again. *row is NULL when the key is new. */
struct fault *idempotency_find(struct desk *desk, struct arena *arena, struct str account,
                               struct str key, struct str request, struct row_idempotency **row);
struct str request_digest(struct arena *arena, const char *act, struct str subject,
                          struct str detail, const json_t *fields, int64_t version);

#endif
