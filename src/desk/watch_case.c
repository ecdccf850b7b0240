/* watch_case.c: an advisory's matches become cases, one for each label: 4.8.3-1.
 * SPDX-License-Identifier: Apache-2.0
 *
 * All of one advisory in one transaction. The watch takes the steps that the rules give it, and is
 * judged as anybody is. */
#include <string.h>

#include "base/json.h"
#include "desk/act.h"
#include "desk/deed.h"
#include "desk/tidy.h"
#include "desk/watch.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { CASES_MAX = 500, MODELS_MAX = 5000, URL_MAX = 500 };

struct principal watcher_principal(void)
{
    return (struct principal){.person = STR("watcher"), .account = STR("watcher"),
                              .name_ja = STR("脆弱性情報の監視"), .name_en = STR("The watch"),
                              .machine = ROLE_WATCHER};
}

/* ---- what a form takes: nothing unseen, no more than so many characters */

static struct str cut_points(struct str text, size_t most)
{
    size_t n = 0, at = 0;
    for (; at < text.bytes && n <= most; at++)
        n += ((unsigned char)text.at[at] & 0xC0) != 0x80;
    return n <= most ? text : (struct str){text.at, at - 1};
}

/* One line or many; whoever wrote the advisory may have written anything. */
static struct str shown(struct arena *arena, struct str text, size_t most, bool lines)
{
    struct buf out = buf_new(arena, text.bytes * 3 + 1);
    text = tidy_lines(arena, text);
    for (size_t at = 0; at < text.bytes;) {
        size_t n = 1;
        while (at + n < text.bytes && ((unsigned char)text.at[at + n] & 0xC0) == 0x80)
            n++;
        struct str one = {text.at + at, n};
        if (tidy_is_clean(one, lines))
            buf_add(&out, one);
        else
            buf_add_char(&out, ' ');
        at += n;
    }
    return str_trim(cut_points(buf_str(&out), most));
}

static void put_shown(struct arena *arena, json_t *fields, const char *name, struct str text,
                      size_t most, bool lines)
{
    struct str value = shown(arena, text, most, lines);
    if (value.bytes)
        json_put(fields, name, value);
}

static void put_day(json_t *fields, const char *name, struct day day)
{
    char room[11];
    if (day_known(day))
        json_put(fields, name, day_print(day, room));
}

/* ---- the advisory, the same in each of its cases */

static struct str products_of(struct arena *arena, const struct advisory *advisory)
{
    struct buf out = buf_new(arena, 1 << 17);
    for (size_t i = 0; i < advisory->products_n && out.bytes < 60000; i++) {
        const struct advisory_product *product = &advisory->products[i];
        buf_printf(&out, "%.*s %.*s %.*s", STR_F(product->vendor), STR_F(product->product),
                   STR_F(product->model));
        for (size_t c = 0; c < product->versions.n && c < 20; c++)
            buf_printf(&out, "%s%.*s", c ? ", " : ": ",
                       STR_F(version_claim_print(arena, &product->versions.at[c])));
        buf_add_char(&out, '\n');
    }
    return buf_str(&out);
}

static struct str address_of(const struct advisory *advisory)
{
    for (size_t i = 0; i < advisory->references_n; i++) {
        struct str url = advisory->references[i].url;
        bool good = (str_starts(url, "https://") || str_starts(url, "http://")) &&
                    url.bytes <= URL_MAX;
        for (size_t k = 0; good && k < url.bytes; k++)
            good = url.at[k] > ' ' && url.at[k] < 0x7f && !strchr("\"<>\\^`{|}", url.at[k]);
        if (good)
            return url;
    }
    return STR_NONE;
}

static const char *kind_of(const struct advisory *advisory)
{
    switch (advisory->kind) {
    case ADVISORY_CVE: return "cve";
    case ADVISORY_JVN: return "jvn";
    case ADVISORY_CSAF:
    case ADVISORY_CSAF_VEX: break;
    }
    return "csaf";
}

static json_t *fields_of(struct arena *arena, const struct advisory *advisory,
                         const struct matches *matches, const struct importance_limits *limits)
{
    json_t *fields = json_new(arena);
    const struct advisory_vector *vector = advisory_vector_of_score(advisory);
    struct importance_reasons reasons;
    struct importance_facts about = {.score_tenths = advisory_score(advisory),
                                     .models = (int64_t)matches->models,
                                     .labels = (int64_t)matches->labels};
    put_shown(arena, fields, "advisory-id", advisory->id, 1000, false);
    json_put(fields, "advisory-kind", str_of(kind_of(advisory)));
    put_shown(arena, fields, "advisory-title", advisory->title, 2000, false);
    put_shown(arena, fields, "advisory-text", advisory->text, 20000, true);
    put_shown(arena, fields, "advisory-products", products_of(arena, advisory), 20000, true);
    if (address_of(advisory).bytes)
        json_put(fields, "advisory-url", address_of(advisory));
    put_day(fields, "advisory-published", advisory->published);
    put_day(fields, "advisory-modified", advisory->modified);
    if (vector && vector->cvss.version)
        put_shown(arena, fields, "cvss-vector", vector->text, 400, false);
    if (about.score_tenths >= 0)
        json_put_int(fields, "cvss-tenths", about.score_tenths);
    json_put_int(fields, "reach-models", about.models);
    json_put_int(fields, "reach-labels", about.labels);
    json_put(fields, "importance",
             str_of(importance_name(importance_of(limits, &about, &reasons))));
    return fields;
}

/* ---- the match, of one label */

/* 4.8.3-1: the evidence for a component: which bill of materials says that the label has it. */
static struct fault *put_component(struct watch *watch, struct arena *arena, json_t *fields,
                                   const struct match *best)
{
    enum { OF_COMPONENT = MATCH_PURL | MATCH_COMPONENT };
    struct row_label_sbom *bills;
    struct buf out = buf_new(arena, 4000);
    size_t n;
    if (!(best->reasons & OF_COMPONENT))
        return NULL;
    put_shown(arena, fields, "matched-component",
              str_print(arena, "%.*s %.*s", STR_F(best->by), STR_F(best->version)), 400, false);
    TRY(sql_sboms_of_label(watch->desk->store, arena, best->label, &bills, &n));
    for (size_t i = 0; i < n; i++)
        buf_printf(&out, "%.*s SHA-256 %.*s\n", STR_F(bills[i].form), STR_F(bills[i].digest));
    put_shown(arena, fields, "matched-sbom", buf_str(&out), 2000, true);
    return NULL;
}

static void put_reasons(struct arena *arena, json_t *fields, unsigned reasons)
{
    static const char *const words[] = {"vendor",    "model",   "series",        "product",
                                        "cpe",       "purl",    "component",     "version",
                                        "version-other", "vendor-other"};
    json_t *list = json_new_list(arena);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (reasons & (1u << i))
            json_add_str(list, str_of(words[i]));
    json_put_json(fields, "match-reasons", list);
}

static struct fault *put_models(struct watch *watch, struct arena *arena, json_t *fields,
                                const struct matches *matches, const struct match *best)
{
    struct row_label_model *models;
    json_t *list = json_new_list(arena);
    size_t n;
    TRY(put_component(watch, arena, fields, best));
    TRY(sql_label_models(watch->desk->store, arena, best->label, &models, &n));
    for (size_t i = 0; i < matches->n && json_array_size(list) < MODELS_MAX; i++)
        for (size_t m = 0; m < n && str_eq(matches->at[i].label, best->label); m++)
            if (models[m].position == watch_place_of(matches->at[i].key))
                json_add_str(list, models[m].model);
    json_put_json(fields, "matched-models", list);
    return NULL;
}

static json_t *with_match(struct arena *arena, json_t *about, const struct match *best)
{
    json_t *fields = json_new(arena);
    const char *name;
    json_t *value;
    json_object_foreach(about, name, value) json_put_json(fields, name, value);
    json_put(fields, "match-rank", str_of(match_rank_name(best->rank)));
    json_put_int(fields, "match-score", best->score > 0 ? best->score : 0);
    put_reasons(arena, fields, best->reasons);
    put_shown(arena, fields, "matched-version", best->version, 200, false);
    return fields;
}

/* ---- steps of the watch */

static struct fault *take(struct watch *watch, struct arena *arena, struct str case_id,
                          const char *step, json_t *fields, bool *taken)
{
    struct principal who = watcher_principal();
    struct act act = {.name = "step"};
    struct step_request request = {.case_id = case_id, .step = str_of(step), .fields = fields,
                                   .expected_version = -1, .who = &who};
    struct step_answer answer;
    TRY(store_savepoint(watch->desk->store, arena));
    struct fault *fault = desk_take_act(watch->desk, arena, &request, &act, &answer);
    *taken = !fault;
    if (!fault)
        return store_release(watch->desk->store, arena);
    journal_abandon(watch->desk->store);
    store_rollback_to(watch->desk->store);
    bool refused = fault->guard || str_is(str_of(fault->code), "wrong-state");
    return refused ? NULL : fault; /* a form of ours that is not taken is our own mistake */
}

static struct fault *open_case(struct watch *watch, struct arena *arena, struct str label,
                               struct str *case_id)
{
    struct principal who = watcher_principal();
    struct case_request request = {.procedure = STR("vulnerability"), .label = label, .who = &who};
    return desk_open_act(watch->desk, arena, &request, case_id);
}

/* The case that took the advisory in, if one has and is not at its end. */
static struct fault *case_there(struct watch *watch, struct arena *arena, struct str label,
                                struct str id, struct str *case_id, bool *ended)
{
    const struct rulebook *book = watch->desk->book;
    struct row_advisory_mark *row;
    struct row_casework *work = NULL;
    struct str mark;
    TRY(advisory_mark_of(watch->desk->store, arena, label, id, &mark));
    TRY(sql_advisory_mark_by_mark(watch->desk->store, arena, mark, &row));
    if (row)
        TRY(sql_case_by_id(watch->desk->store, arena, row->case_id, &work));
    *case_id = work ? work->id : STR_NONE;
    *ended = work && book->states[state_by_name(book, work->state)].final;
    return NULL;
}

static struct fault *write_label(struct watch *watch, struct arena *arena, json_t *fields,
                                 struct str label, struct watch_count *count)
{
    struct str case_id;
    bool ended, taken, forward = false;
    TRY(case_there(watch, arena, label, json_get(fields, "advisory-id"), &case_id, &ended));
    if (case_id.bytes && !ended) {
        TRY(take(watch, arena, case_id, "take-in-anew", fields, &taken));
    } else {
        TRY(store_savepoint(watch->desk->store, arena));
        TRY(open_case(watch, arena, label, &case_id));
        TRY(take(watch, arena, case_id, "take-in-match", fields, &taken));
        if (!taken) { /* of a case at its end that says the same: nothing was opened */
            store_rollback_to(watch->desk->store);
            return NULL;
        }
        TRY(store_release(watch->desk->store, arena));
    }
    if (taken)
        TRY(take(watch, arena, case_id, "put-forward", NULL, &forward));
    count->cases += taken;
    count->put_forward += forward;
    return NULL;
}

/* ---- one advisory */

struct writing {
    struct watch *watch;
    const struct advisory *advisory;
    const struct matches *matches;
    struct watch_count *count;
};

static enum match_rank least_rank(const struct setting *setting)
{
    struct str word = setting_of(setting, "match-from");
    for (int rank = MATCH_OUTSIDE; rank <= MATCH_STRONG; rank++)
        if (str_is(word, match_rank_name((enum match_rank)rank)))
            return (enum match_rank)rank;
    return MATCH_LIKELY;
}

static bool is_first_of_label(const struct matches *matches, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (str_eq(matches->at[i].label, matches->at[at].label))
            return false;
    return true;
}

/* How many labels become cases; *more: the advisory names so much that there may be others. */
static int64_t labels_shown(const struct matches *matches, enum match_rank least, bool *more)
{
    int64_t shown = 0;
    size_t i = 0, all = 0;
    while (i < matches->n && matches->at[i].rank >= least && shown < CASES_MAX)
        shown += is_first_of_label(matches, i++);
    for (int rank = (int)least; rank <= MATCH_STRONG; rank++)
        all += matches->by_rank[rank];
    *more = matches->cut || all > i;
    return shown;
}

static struct fault *write_all(struct desk *desk, struct arena *arena, void *whom)
{
    const struct writing *writing = whom;
    const struct matches *matches = writing->matches;
    struct setting setting;
    struct watch_count count = {0}; /* the work may be done twice */
    TRY(setting_load(desk->store, arena, desk->book, clock_today(desk->clock), &setting));
    struct importance_limits limits = importance_limits_of(&setting);
    json_t *about = fields_of(arena, writing->advisory, matches, &limits);
    bool more;
    int64_t shown = labels_shown(matches, least_rank(&setting), &more);
    if (more)
        json_put_int(about, "labels-shown", shown);
    count.broad = more;
    for (size_t i = 0; i < matches->n && count.cases < CASES_MAX; i++) {
        const struct match *best = &matches->at[i];
        if (best->rank < least_rank(&setting))
            break; /* best first */
        if (!is_first_of_label(matches, i))
            continue;
        json_t *fields = with_match(arena, about, best);
        TRY(put_models(writing->watch, arena, fields, matches, best));
        TRY(write_label(writing->watch, arena, fields, best->label, &count));
    }
    *writing->count = count;
    return NULL;
}

struct fault *watch_write(struct watch *watch, struct arena *arena,
                          const struct advisory *advisory, const struct matches *matches,
                          struct watch_count *count)
{
    struct watch_count written = {0};
    struct writing writing = {watch, advisory, matches, &written};
    if (matches->models)
        TRY(desk_write(watch->desk, arena, write_all, &writing));
    count->matched += matches->models > 0;
    count->cases += written.cases;
    count->put_forward += written.put_forward;
    count->broad += written.broad || matches->cut;
    return NULL;
}
