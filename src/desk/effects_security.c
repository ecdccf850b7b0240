/* effects_security.c: revisions of security notices, as they are published: 4.8.1, 4.8.3.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A row says all that the page and the CSAF document say, with the names of the day, so that what
 * was published does not change with the label. */
#include "base/buf.h"
#include "base/json.h"
#include "desk/deed.h"
#include "desk/security.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { LINES_BYTES_MAX = 1 << 20 };

static struct str filled_text(const struct deed *deed, const char *field)
{
    return json_get(deed->filled, field);
}

static struct str tongue_of(const struct deed *deed, const char *field, const char *tongue)
{
    return json_get(json_object_get(deed->filled, field), tongue);
}

static bool is_warning(const struct deed *deed)
{
    return deed->procedure == &deed->desk->book->procedures[PROCEDURE_WARNING];
}

static struct str lines_of(struct arena *arena, struct words words)
{
    struct buf out = buf_new(arena, LINES_BYTES_MAX);
    for (size_t i = 0; i < words.n; i++) {
        if (i)
            buf_add_char(&out, '\n');
        buf_add(&out, words.at[i]);
    }
    return buf_str(&out);
}

/* The step of the first revision has given it; a case that a case file puts into its state has
 * none. */
static struct fault *number_of_case(struct deed *deed, struct str *out)
{
    struct row_case_number *rows;
    size_t n;
    TRY(sql_case_numbers(deed->desk->store, deed->arena, deed->work.id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].kind, "notice-number"))
            *out = rows[i].number;
    return out->bytes ? NULL : deed_give_number(deed, "notice-number", out);
}

/* Who speaks, and of what, under the names of today. */
static struct fault *name_sides(struct deed *deed, struct row_security_notice *row)
{
    const struct row_label *label = deed->about.label;
    struct row_party *maker;
    if (!label)
        return FAULT(deed->arena, "broken-database", "a notice about no label");
    TRY(sql_party_by_id(deed->desk->store, deed->arena, label->party, &maker));
    row->product_ja = label->product_ja;
    row->product_en = label->product_en;
    row->maker_ja = maker ? maker->name_ja : STR_NONE;
    row->maker_en = maker ? maker->name_en : STR_NONE;
    row->maker_url = label->product_url.bytes ? label->product_url : label->policy_url;
    row->maker_mail = label->security_mail;
    row->body_ja = setting_of(&deed->setting, "sender-name-ja");
    row->body_en = setting_of(&deed->setting, "sender-name-en");
    return NULL;
}

static void say(const struct deed *deed, struct row_security_notice *row)
{
    row->kind = filled_text(deed, "security-kind");
    row->title_ja = tongue_of(deed, "security-title", "ja");
    row->title_en = tongue_of(deed, "security-title", "en");
    row->summary_ja = tongue_of(deed, "security-summary", "ja");
    row->summary_en = tongue_of(deed, "security-summary", "en");
    row->affected = filled_text(deed, "affected-version");
    row->fixed = filled_text(deed, "fixed-version");
    row->cves = filled_text(deed, "cves");
    row->vectors = filled_text(deed, "cvss");
    row->links = filled_text(deed, "links");
    row->remedy = filled_text(deed, "remedy");
    row->remedy_ja = tongue_of(deed, "remedy-text", "ja");
    row->remedy_en = tongue_of(deed, "remedy-text", "en");
    row->justification = filled_text(deed, "justification");
    row->ground = is_warning(deed) ? filled_text(deed, "warning-ground") : STR_NONE;
    row->text_ja = tongue_of(deed, "revision-text", "ja");
    row->text_en = tongue_of(deed, "revision-text", "en");
}

/* The label's history tells that there is a notice; what it says stands in the notice itself. */
static struct fault *note(struct deed *deed, const char *kind,
                          const struct row_security_notice *row)
{
    json_t *detail = json_new(deed->arena), *title = json_new(deed->arena);
    json_put(detail, "notice", row->id);
    json_put_int(detail, "revision", row->revision);
    json_put(title, "ja", row->title_ja);
    json_put(title, "en", row->title_en);
    json_put_json(detail, "title", title);
    return label_note(deed, kind, deed->today, detail);
}

/* The revision as the case would publish it now, but for its number. */
static struct fault *compose(struct deed *deed, struct row_security_notice *row)
{
    struct row_security_notice *before;
    struct words models;
    size_t n;
    bool every;
    *row = (struct row_security_notice){.label = deed->work.label,
                                        .case_id = deed->work.id,
                                        .state = STR("published"),
                                        .at = deed->now};
    TRY(sql_security_notice_of_case(deed->desk->store, deed->arena, deed->work.id, &before, &n));
    row->revision = (int64_t)n + 1;
    row->issuer = is_warning(deed) ? STR("body") : STR("registrant");
    say(deed, row);
    if (!n) {
        row->text_ja = STR("初版");
        row->text_en = STR("Initial version");
    }
    TRY(name_sides(deed, row));
    TRY(security_models(deed, &models, &every));
    row->models = lines_of(deed->arena, models);
    row->every_model = every;
    return security_source(deed, &row->source_id, &row->source_by, &row->source_url);
}

struct fault *desk_notice_preview(struct desk *desk, struct arena *arena,
                                  const struct principal *who, struct str case_id,
                                  struct row_security_notice *row)
{
    struct deed deed;
    TRY(desk_may_see(desk, arena, who, case_id));
    TRY(deed_begin(desk, arena, who, case_id, &deed));
    TRY(deed_load_facts(&deed)); /* knows the label */
    if (!json_get(deed.filled, "security-kind").bytes)
        return FAULT(arena, "no-such-page", "nothing is filled in yet");
    return compose(&deed, row);
}

struct fault *publish_notice(struct deed *deed, const struct use *use)
{
    (void)use;
    struct row_security_notice row;
    TRY(compose(deed, &row));
    TRY(number_of_case(deed, &row.id));
    TRY(put_security_notice(deed->desk->store, &row));
    return note(deed,
                is_warning(deed)   ? "warning-published"
                : row.revision > 1 ? "notice-revised"
                                   : "notice-published",
                &row);
}

/* What it said last stays; the end is a revision of its own, with why. */
struct fault *end_notice(struct deed *deed, const struct use *use)
{
    (void)use;
    struct row_security_notice *before;
    size_t n;
    TRY(sql_security_notice_of_case(deed->desk->store, deed->arena, deed->work.id, &before, &n));
    if (!n) /* of a case that a case file puts into its state */
        return NULL;
    struct row_security_notice row = before[n - 1];
    row.revision++;
    row.state = STR("ended");
    row.at = deed->now;
    row.text_ja = tongue_of(deed, "end-text", "ja");
    row.text_en = tongue_of(deed, "end-text", "en");
    TRY(put_security_notice(deed->desk->store, &row));
    return note(deed, is_warning(deed) ? "warning-lifted" : "notice-ended", &row);
}
