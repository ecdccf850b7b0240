/* register.h: the public register: one folder, made from the journal, read by anyone.
 * SPDX-License-Identifier: Apache-2.0
 *
 * DATA/register/register.db   SQLite, journal_mode=DELETE, renamed into place, opened immutable=1.
 * Only the columns of the allow-list in register/allowed.c ever enter it.
 * The status is not stored: it is computed from dates and events for the day of reading. */
#ifndef HOSHI_REGISTER_H
#define HOSHI_REGISTER_H

#include "base/day.h"
#include "base/fault.h"
#include "base/number.h"

/* A file of another form is made anew from the first entry. */
enum { REGISTER_FORM = 4 };

enum label_status {
    LABEL_PROVISIONAL,
    LABEL_VALID,
    LABEL_GRACE,
    LABEL_LAPSED,
    LABEL_WITHDRAWN,
    LABEL_REVOKED,
    LABEL_STATUS_N
};

struct label_dates {
    struct day issued, expires;    /* expires: last valid day, inclusive, Tokyo */
    struct day withdrawn, revoked; /* DAY_NONE when not; else the first day of it */
    struct day grace_ends;         /* last day of grace; none, or 0: while it is pending */
    bool extension_pending;        /* filed in time, not yet decided */
    bool provisional;
};

/* Pure. Order: revoked, withdrawn, provisional, valid, grace, lapsed. Before its day of issuance a
 * label is provisional. */
enum label_status label_status_on(const struct label_dates *dates, struct day today);
const char *label_status_word(enum label_status status); /* "valid" … */
bool label_status_read(struct str word, enum label_status *status);

/* ---- reading; what is found lives in the arena */

struct folder; /* an opened register folder */

/* A label as the public sees it. Member names are the columns of the register. */
struct public_label {
    struct str number;
    int64_t level, models_n;
    struct str route, certification; /* self-declared, certified; "" for none */
    struct str facility_ja, facility_en, facility_number; /* corporate number */
    struct str edition, edition_ja, edition_en;
    struct str product_ja, product_en, category, firmware;
    struct str maker_ja, maker_en, corporate_number, country;
    struct label_dates dates;
    struct day support_end;
    struct str contact_ja, contact_en, contact_mail, contact_phone;
    struct str security_mail, policy_url, product_url;
};
struct public_event {
    struct day day;
    struct str kind;   /* issued, extended, withdrawn, revoked … */
    struct str detail; /* canonical JSON of public values, "{}" for none */
};
/* An edition of the criteria with its days; DAY_NONE for open, or none. */
struct public_edition {
    struct str id, category, title_ja, title_en, replaces;
    int64_t level;
    bool editorial;
    struct day starts, acceptance_ends, extension_ends, announced, cancelled;
    int64_t labels; /* issued under it, whatever became of them */
};
struct public_criterion {
    struct str id, text_ja, text_en;
    bool provisional;
};
/* What a list asks for. Statuses and levels are sets of bits, 0 for all. */
struct public_query {
    struct str words;  /* as typed: each word must be found in number, names or model numbers */
    unsigned statuses; /* 1u << LABEL_VALID | … */
    unsigned levels;   /* 1u << 1 | … */
    struct str after;  /* cursor: the last number of the page before, "" at the start */
    size_t limit;
    struct day today;
};
struct public_counts {
    int64_t all;                      /* that match the words alone */
    int64_t chosen;                   /* that match everything but the cursor */
    int64_t statuses[LABEL_STATUS_N]; /* by status, with the levels chosen */
    int64_t levels[5];                /* by level, with the statuses chosen */
};

struct fault *folder_open(struct arena *arena, struct str path, struct folder **out);
/* Opens the file anew when another has been renamed into place. Fault "register-absent" when there
 * is none yet. *generation differs whenever the content may. */
struct fault *folder_look(struct folder *folder, struct arena *arena, int64_t *generation);

struct fault *folder_meta(struct folder *folder, struct arena *arena, const char *name,
                          struct str *out);
/* Reads a number as typed or scanned against every format that numbers have had. */
struct fault *folder_read_number(struct folder *folder, struct arena *arena, struct str typed,
                                 struct str *number, enum number_reading *reading);
/* NULL in *out when there is no such number. */
struct fault *folder_label(struct folder *folder, struct arena *arena, struct str number,
                           struct public_label **out);
/* Model numbers in the applicant's order; `like` "" for all, else those whose folded form holds it.
 */
struct fault *folder_models(struct folder *folder, struct arena *arena, struct str number,
                            struct str like, size_t limit, struct words *out);
struct fault *folder_events(struct folder *folder, struct arena *arena, struct str number,
                            struct public_event **out, size_t *n);
/* What the label's page said at the end of that day: the label as it was then, and the events up to
 * then. NULL in *out before its first event. Models: `like` and limit as of folder_models(). */
struct fault *folder_label_on(struct folder *folder, struct arena *arena, struct str number,
                              struct day day, struct public_label **out);
struct fault *folder_models_on(struct folder *folder, struct arena *arena, struct str number,
                               struct day day, struct str like, size_t limit, struct words *out);

/* editions.c: newest first of each level; "" for all, else that one alone. */
struct fault *folder_editions(struct folder *folder, struct arena *arena, struct str id,
                              struct public_edition **out, size_t *n);
struct fault *folder_criteria(struct folder *folder, struct arena *arena, struct str edition,
                              struct public_criterion **out, size_t *n);

/* answers.c: the latest first, 5000 at most. */
struct public_answer { /* 4.10-1; in one language where the other is empty */
    struct str number, edition, criteria;
    struct str question_ja, question_en, answer_ja, answer_en, replaced_by;
    struct day day;
};
struct public_misuse {
    struct str number, kind, claimant, claimed, label, facts_ja, facts_en;
    struct day day, mended; /* mended: DAY_NONE while it is not */
};
struct fault *folder_answers(struct folder *folder, struct arena *arena,
                             struct public_answer **out, size_t *n);
struct fault *folder_misuses(struct folder *folder, struct arena *arena,
                             struct public_misuse **out, size_t *n);

/* Newest number first. *more: a page follows. */
struct fault *folder_list(struct folder *folder, struct arena *arena,
                          const struct public_query *query, struct public_label **out, size_t *n,
                          bool *more);
struct fault *folder_counts(struct folder *folder, struct arena *arena,
                            const struct public_query *query, struct public_counts *out);
/* Is this box covered? The labels that name exactly this model number, however it is typed. */
struct fault *folder_covering(struct folder *folder, struct arena *arena, struct str model,
                              size_t limit, struct public_label **out, struct str **models,
                              size_t *n);

/* ---- Evaluation Facilities (6.1.1-1): few, so they are read whole */

struct public_line { /* of the scope, or an accreditation */
    struct str word; /* "3:router", "4:*" · number of the accreditation */
    struct str sort; /* accreditation: accredited, interim */
    struct day from, until; /* until: last day, DAY_NONE while it has none */
};
struct public_facility {
    struct str party, number; /* of the approval, the last one where there were several */
    struct str name_ja, name_en, corporate_number, country, site_ja, site_en;
    struct day approved, until;
    const struct public_line *scope, *accreditations; /* all that there were, the oldest first */
    size_t scope_n, accreditations_n;
    const struct public_line *approvals; /* words: their numbers */
    size_t approvals_n;
};
/* Facilities that are or were approved, in the order of their numbers. */
struct fault *folder_facilities(struct folder *folder, struct arena *arena,
                                struct public_facility **out, size_t *n);
bool public_line_on(const struct public_line *line, struct day today);

enum facility_status { FACILITY_ENDED, FACILITY_APPROVED, FACILITY_ENDING };
/* Ending: approved today, and the last day is known. */
enum facility_status facility_status_on(const struct public_facility *facility, struct day today);
const char *facility_status_word(enum facility_status status);
/* The accreditation in force on the day; NULL when there is none, which ends no approval. */
const struct public_line *facility_accredited_on(const struct public_facility *facility,
                                                 struct day today);

/* ---- security notices (4.8.1, 4.8.3): notices.c */

/* A revision as it was published; texts of many lines hold one entry a line. */
struct public_notice {
    struct str id, label, kind; /* advisory, not-affected */
    int64_t revision, at;       /* at: instant */
    bool of_body, ended, every_model;
    struct str title_ja, title_en, summary_ja, summary_en;
    struct str models, affected, fixed, cves, vectors, links;
    struct str remedy, remedy_ja, remedy_en, justification, ground;
    struct str text_ja, text_en; /* what it changes, or why it has ended */
    struct str product_ja, product_en, maker_ja, maker_en, maker_url, maker_mail;
    struct str body_ja, body_en, source_id, source_by, source_url;
};
struct public_document { /* of the last revision, as CSAF 2.0 */
    struct str id, title;
    int64_t published, updated; /* instants: of the first and of the last revision */
    struct str body, signature; /* signature: "" while nobody has signed it */
};

/* Its revisions, the oldest first; *n is 0 when there is no such notice. */
struct fault *folder_notice(struct folder *folder, struct arena *arena, struct str id,
                            struct public_notice **out, size_t *n);
/* The last revision of each notice about the label at the end of that day, the latest first. */
struct fault *folder_notices_of_label(struct folder *folder, struct arena *arena, struct str label,
                                      struct day day, struct public_notice **out, size_t *n);
/* The last revision of every notice, that changed last first; `before`: an id, "" for the start. */
struct fault *folder_notices(struct folder *folder, struct arena *arena, struct str before,
                             size_t limit, struct public_notice **out, size_t *n, bool *more);
/* All of them, without body and signature, that changed last first. */
struct fault *folder_documents(struct folder *folder, struct arena *arena,
                               struct public_document **out, size_t *n);
/* Its id is empty when there is none. */
struct fault *folder_document(struct folder *folder, struct arena *arena, struct str id,
                              struct public_document *out);

/* A published parameter as of the day; "" when there is none. */
struct fault *folder_parameter(struct folder *folder, struct arena *arena, const char *name,
                               struct day day, struct str *out);
/* The day on which the registry was founded, by its parameters. */
struct fault *folder_first_day(struct folder *folder, struct arena *arena, struct day *out);

#endif
