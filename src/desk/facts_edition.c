/* facts_edition.c: the editions of the criteria: that of the case, and one that is being made.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/deed.h"
#include "desk/preview.h"
#include "rule/facts.h"
#include "store/sql.gen.h"

#include "base/banned.h"

static bool makes_edition(const struct deed *deed)
{
    return str_is(str_of(deed->procedure->subject), "criteria-edition");
}

static struct day day_filled(const struct deed *deed, const char *field)
{
    struct day day = {0};
    day_parse(json_get(deed->filled, field), &day);
    return day;
}

static bool stands(const struct row_criteria_edition *edition)
{
    return !edition->cancelled.bytes;
}

/* That its end is not set, and that it is of the same level and category; where there is none of
 * these the edition is a first one. */
static bool fits(const struct deed *deed, const struct row_criteria_edition *editions, size_t n)
{
    struct str replaces = json_get(deed->filled, "replaces");
    struct str category = json_get(deed->filled, "edition-category");
    bool there = false;
    for (size_t i = 0; i < n; i++) {
        bool open = stands(&editions[i]) && !editions[i].acceptance_ends.bytes;
        if (open && str_eq(editions[i].category, category))
            there = there || !replaces.bytes || str_eq(editions[i].id, replaces);
    }
    return replaces.bytes ? there : !there;
}

static struct fault *load_draft(struct deed *deed)
{
    struct row_criteria_edition *same, *editions;
    struct facts *facts = &deed->facts;
    struct str id = json_get(deed->filled, "edition-id");
    size_t n;
    TRY(sql_criteria_edition_by_id(deed->desk->store, deed->arena, id, &same));
    TRY(sql_editions_of_level(deed->desk->store, deed->arena, deed->work.level, &editions, &n));
    facts->edition_unused = id.bytes && !same;
    facts->replaced_fits = fits(deed, editions, n);
    facts->edition_lines =
        (int64_t)json_array_size(json_object_get(deed->filled, "criteria"));
    bool editorial = json_is_true(json_object_get(deed->filled, "editorial"));
    str_int(setting_of(&deed->setting, editorial ? "notice-of-editorial" : "notice-of-criteria"),
            &facts->notice_days);
    return NULL;
}

/* 5-2: one mail for each registrant, however many labels it has under the former edition; not for
 * what was past when the state of today began. */
static struct day extension_reminder(const struct deed *deed, struct day extension)
{
    struct day last, since = day_of_instant(deed->work.since);
    if (!day_parse(json_get(deed->filled, "reminded"), &last) || last.n < since.n)
        last = since;
    return day_before_last(setting_of(&deed->setting, "criteria-reminder-days"), extension, last);
}

/* The clock comes at 0:00 of the day after a last day. */
static void load_clock(struct deed *deed)
{
    struct facts *facts = &deed->facts;
    struct day begins = day_filled(deed, "edition-begins");
    struct day acceptance = day_filled(deed, "former-acceptance-end");
    struct day extension = day_filled(deed, "former-extension-end");
    if (!json_get(deed->filled, "replaces").bytes) {
        facts->first_use_begins = begins;
        return;
    }
    facts->use_begins = begins;
    if (!day_known(acceptance))
        return;
    if (json_is_true(json_object_get(deed->filled, "editorial"))) {
        facts->editorial_over = day_plus(acceptance, 1);
        return;
    }
    facts->acceptance_over = day_plus(acceptance, 1);
    if (!day_known(extension))
        return;
    facts->extension_over = day_plus(extension, 1);
    facts->extension_reminder = extension_reminder(deed, extension);
}

/* Made again from the labels of now, where a decision will ask; once for a deed. */
static struct fault *load_preview(struct deed *deed)
{
    struct str signed_digest = json_get(deed->filled, "preview-digest");
    struct preview_terms terms;
    struct preview preview;
    struct day as_of;
    bool asks = deed->state == STATE_EDITION_PREVIEWED || deed->state == STATE_APPROVED;
    deed->facts.preview_signed = signed_digest;
    if (!asks || !signed_digest.bytes ||
        !day_parse(json_get(deed->filled, "preview-as-of"), &as_of))
        return NULL;
    if (!deed->about.preview_now.bytes) {
        TRY(preview_terms_of(deed->desk, deed->arena, deed->filled, as_of, &terms));
        TRY(preview_make(deed->desk->store, deed->arena, &terms, &preview));
        deed->about.preview_now = hash_hex(deed->arena, &preview.digest);
    }
    deed->facts.preview_now = deed->about.preview_now;
    return NULL;
}

struct fault *deed_load_edition(struct deed *deed)
{
    if (!makes_edition(deed))
        return NULL;
    TRY(load_draft(deed));
    load_clock(deed);
    return load_preview(deed);
}

/* A revision of a security notice is stated whole too (4.8.1-1). */
static bool states_whole(const struct deed *deed)
{
    return makes_edition(deed) || deed->step->form == FORM_SECURITY_REVISION;
}

void deed_leave_out(struct deed *deed)
{
    const struct rulebook *book = deed->desk->book;
    const struct form_row *form = &book->forms[deed->step->form];
    for (size_t i = 0; states_whole(deed) && i < form->fields.n; i++) {
        const struct form_field *part = &book->form_fields[form->fields.first + i];
        const char *name = book->fields[part->field].name;
        if (!json_object_get(deed->fields, name) && json_object_get(deed->filled, name)) {
            json_object_del(deed->filled, name);
            json_put_json(deed->fields, name, json_null());
        }
    }
}
