/* public_own.h: what the files of the public half share.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_PUBLIC_OWN_H
#define HOSHI_PUBLIC_OWN_H

#include "base/json.h"
#include "register/register.h"
#include "web/html.h"
#include "web/public.h"

enum {
    PUBLIC_PAGE_MAX = 1 << 20,
    PUBLIC_BODY_MAX = 64 << 20,
    FIRST_MODELS = 10,
    MODELS_MAX = 5000,
    PUBLIC_LIST_PAGE = 20
};

/* public_cache.c: answers made before, by what was asked, in which language, on which day, of which
 * register; bounded in number and bytes. */
struct kept {
    struct str key;
    struct MHD_Response *answer, *not_modified; /* the second NULL when the answer has no ETag */
    int status;
    char etag[40];
    size_t bytes;
};
struct cache;
struct cache *cache_new(struct arena *arena);
struct kept *cache_find(struct cache *cache, struct str key);
/* Builds and keeps the answer; NULL when memory is short. */
struct kept *cache_keep(struct cache *cache, struct str key, const struct response *response);

struct public_half {
    struct public_settings settings;
    struct folder *folder;
    struct cache *cache;
    struct str host;      /* "hoshi.example", for people to compare */
    char css_version[20]; /* "?v=…" */
    int64_t turn, generation; /* when the folder was last looked at, and what was there */
};

/* One question to the public half on its way to an answer. */
struct ask {
    struct public_half *half;
    const struct request *request;
    struct arena *arena;
    struct response *answer;
    bool english;
    struct day today;
    struct html html;
    struct str path; /* of this page in its proper form, for links to itself */
    struct str more; /* its query but for lang: "" or "&q=…" */
};

/* Routes: the rest of the path after the prefix is given. */
struct fault *public_label_page(struct ask *ask, struct str rest);
struct fault *public_list_page(struct ask *ask, struct str rest);
struct fault *public_csv(struct ask *ask, struct str rest);
struct fault *public_art(struct ask *ask, struct str rest);
struct fault *public_api_label(struct ask *ask, struct str rest);
struct fault *public_api_list(struct ask *ask, struct str rest);
struct fault *public_answers_page(struct ask *ask, struct str rest);
struct fault *public_answer_page(struct ask *ask, struct str rest);
struct fault *public_api_answers(struct ask *ask, struct str rest);
struct fault *public_misuse_page(struct ask *ask, struct str rest);
struct fault *public_api_misuse(struct ask *ask, struct str rest);
struct fault *public_editions_page(struct ask *ask, struct str rest);
struct fault *public_edition_page(struct ask *ask, struct str rest);
struct fault *public_api_editions(struct ask *ask, struct str rest);
struct fault *public_api_edition(struct ask *ask, struct str rest);
struct fault *public_facilities_page(struct ask *ask, struct str rest);
struct fault *public_api_facilities(struct ask *ask, struct str rest);
struct fault *public_notices_page(struct ask *ask, struct str rest);
struct fault *public_notice_page(struct ask *ask, struct str rest);
struct fault *public_api_notices(struct ask *ask, struct str rest);
struct fault *public_api_notice(struct ask *ask, struct str rest);
struct fault *public_csaf_file(struct ask *ask, struct str rest);
struct fault *public_security_txt(struct ask *ask, struct str rest);
struct fault *public_static(struct ask *ask, struct str rest);

/* Finds a label by what was typed. Faults "unknown-number", "mistyped-number". *proper: typed as it
 * should be. */
struct fault *public_find(struct ask *ask, struct str typed, struct public_label **label,
                          bool *proper);
/* `on` of the query, or today; *past: it is another day. Faults "malformed-query", "day-ahead". */
struct fault *public_read_day(struct ask *ask, struct day *day, bool *past);
/* The label as its page said on the day. Fault "no-label-then". */
struct fault *public_label_on(struct ask *ask, struct day day, struct public_label **label);
/* Reads q, status (or s), level (or l), after, limit. Fault "malformed-query" naming which. */
struct fault *public_read_query(struct ask *ask, struct public_query *query);

void public_send(struct ask *ask, int status, const char *media_type, struct str body);
void public_send_page(struct ask *ask, int status);
void public_refuse(struct ask *ask, const struct fault *fault, bool api);
void public_open_to_all(struct response *response); /* CORS */

/* public_api.c: members of an answer; null for no day and no text. */
void public_put_day(json_t *object, const char *name, struct day day);
void public_put_text(json_t *object, const char *name, struct str text);
void public_put_names(struct arena *arena, json_t *object, const char *name, struct str ja,
                      struct str en);
struct fault *public_send_json(struct ask *ask, const json_t *value);

/* public_editions.c */
enum edition_state { EDITION_ANNOUNCED, EDITION_IN_USE, EDITION_CLOSED, EDITION_CANCELLED };
enum edition_state edition_state_on(const struct public_edition *edition, struct day today);
const char *edition_state_title(bool english, enum edition_state state);
const char *edition_state_badge(enum edition_state state); /* class of its colour */

/* public_notices.c: what a notice is, in words and by the class of its badge. */
const char *notice_title(bool english, const struct public_notice *notice);
const char *notice_badge(const struct public_notice *notice);
/* The words of an item of a list of the rule book; the item itself where it has none. */
struct str item_words(const struct ask *ask, const char *list, struct str item);
/* "9.8（緊急）" of a CVSS vector; "" when it cannot be read. */
struct str vector_words(struct html *html, struct str vector);
/* public_notices_api.c */
struct fault *public_put_notices(struct ask *ask, json_t *object, struct str label, struct day day);

/* ---- words */
const char *status_title(bool english, enum label_status status); /* 失効 */
const char *status_remark(bool english, enum label_status status); /* （有効期限切れ）, or "" */
struct str category_words(const struct ask *ask, struct str category);
/* What an item of a list of the rule book is called; the value itself where it is none. */
struct str listed_words(const struct ask *ask, const char *name, struct str value);
/* public_events.c */
void put_event(struct html *html, const struct ask *ask, const struct public_event *event);
const char *route_words(bool english, struct str route);
/* One of two texts in the page's language; the other, marked with its language, when it is empty.
 */
void put_either(struct html *html, struct str ja, struct str en);

/* Model numbers do not wrap, unless one is wider than its column. */
const char *models_class(struct words models);
const char *lang_query(const struct html *html);       /* ?lang= of this page */
const char *lang_query_other(const struct html *html); /* … of the page in the other language */

/* ---- what the pages read */
struct moment {
    struct day day;
    const char *words;  /* translated */
    const char *remark; /* in brackets, or NULL */
    bool now;
};
struct label_view {
    const struct ask *ask;
    const struct public_label *label;
    struct day day;      /* today, or the day asked for */
    bool past;           /* … and that is another */
    enum label_status status;
    bool in_force;       /* valid on the day */
    struct words models; /* the first, or those that pass the filter */
    struct str filter;
    const struct public_event *events;
    size_t events_n;
    struct public_notice *notices; /* about it, the latest first */
    size_t notices_n;
    struct moment moments[8];
    size_t moments_n;
};
struct box_view { /* "is this box covered?" */
    bool asked;
    struct str model, number;
    struct public_label *labels; /* that cover it */
    struct str *models;          /* as each of them writes it */
    size_t n;
    struct public_label *named; /* the label of `number`, or NULL */
    const char *number_fault;   /* code, when the number leads nowhere */
};
struct facility_event {
    struct day day;
    struct str words; /* translated */
};
struct facility_view {
    const struct public_facility *facility;
    enum facility_status status;
    const struct public_line *accredited; /* today, or NULL */
    struct str scope[2];                  /* of today, levels 3 and 4, in words; "" for none */
    struct facility_event *events;        /* the latest first, none of days to come */
    size_t events_n;
};
struct answers_view {
    const struct ask *ask;
    struct str asked, edition; /* "" for all */
    const struct public_answer *answers;
    size_t n;
    bool single; /* a page of its own */
};
struct notice_view {
    const struct ask *ask;
    const struct public_notice *notice;    /* the revision shown */
    const struct public_notice *revisions; /* all, the oldest first */
    size_t n;
    bool last; /* the one shown is the last */
    struct str document; /* path of its CSAF document */
};
struct notices_view {
    const struct ask *ask;
    const struct public_notice *notices;
    size_t n;
    struct str next; /* id after which the next page begins, "" at the end */
};
struct list_view {
    const struct ask *ask;
    const struct public_query *query;
    struct public_label *labels;
    struct words *matches; /* for each label, model numbers that the words found */
    size_t n;
    struct public_counts counts;
    struct str next; /* "&after=…", "" at the end */
    struct box_view box;
};

#endif
