/* allowed.c: every column that may enter the public register, and nothing else.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A row here is a decision to publish: what is not named stays in the casework. A party is
 * published only while a label or an approval names it (register/apply.c): that a maker or a
 * facility applies is confidential (6.5). */
#include "register/allowed.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"

#include "base/banned.h"

const struct allowed_column allowed_columns[] = {
    {"label", "number", "label", "number", true},
    {"label", "party", "label", "party", false},
    {"label", "level", "label", "level", false},
    {"label", "route", "label", "route", false},
    {"label", "certification", "label", "certification", false},
    {"label", "facility", "label", "facility", false},
    {"label", "edition", "label", "edition", false},
    {"label", "product_ja", "label", "product_ja", false},
    {"label", "product_en", "label", "product_en", false},
    {"label", "category", "label", "category", false},
    {"label", "firmware", "label", "firmware", false},
    {"label", "issued", "label", "issued", false},
    {"label", "expires", "label", "expires", false},
    {"label", "support_end", "label", "support_end", false},
    {"label", "contact_ja", "label", "contact_ja", false},
    {"label", "contact_en", "label", "contact_en", false},
    {"label", "contact_mail", "label", "contact_mail", false},
    {"label", "contact_phone", "label", "contact_phone", false},
    {"label", "security_mail", "label", "security_mail", false},
    {"label", "policy_url", "label", "policy_url", false},
    {"label", "product_url", "label", "product_url", false},

    {"label_model", "label", "label_model", "label", true},
    {"label_model", "position", "label_model", "position", true},
    {"label_model", "model", "label_model", "model", false},

    {"label_page", "label", "label_page", "label", true},
    {"label_page", "seq", "label_page", "seq", false},

    {"label_event", "label", "label_event", "label", true},
    {"label_event", "seq", "label_event", "seq", true},
    {"label_event", "kind", "label_event", "kind", true},
    {"label_event", "day", "label_event", "day", false},
    {"label_event", "detail", "label_event", "detail", false},

    {"party", "id", "party", "id", true},
    {"party", "name_ja", "party", "name_ja", false},
    {"party", "name_en", "party", "name_en", false},
    {"party", "corporate_number", "party", "corporate_number", false},
    {"party", "country", "party", "country", false},

    {"criteria_edition", "id", "edition", "id", true},
    {"criteria_edition", "level", "edition", "level", false},
    {"criteria_edition", "category", "edition", "category", false},
    {"criteria_edition", "title_ja", "edition", "title_ja", false},
    {"criteria_edition", "title_en", "edition", "title_en", false},
    {"criteria_edition", "starts", "edition", "starts", false},
    {"criteria_edition", "acceptance_ends", "edition", "acceptance_ends", false},
    {"criteria_edition", "extension_ends", "edition", "extension_ends", false},
    {"criteria_edition", "editorial", "edition", "editorial", false},
    {"criteria_edition", "replaces", "edition", "replaces", false},
    {"criteria_edition", "announced", "edition", "announced", false},
    {"criteria_edition", "cancelled", "edition", "cancelled", false},

    {"criterion", "edition", "criterion", "edition", true},
    {"criterion", "id", "criterion", "id", true},
    {"criterion", "position", "criterion", "position", false},
    {"criterion", "text_ja", "criterion", "text_ja", false},
    {"criterion", "text_en", "criterion", "text_en", false},
    {"criterion", "provisional", "criterion", "provisional", false},

    /* 6.1.1-1: the list of facilities; of the dated things only the kinds below */
    {"thing", "id", "facility_thing", "id", true},
    {"thing", "kind", "facility_thing", "kind", false},
    {"thing", "party", "facility_thing", "party", false},
    {"thing", "word", "facility_thing", "word", false},
    {"thing", "detail", "facility_thing", "detail", false},
    {"thing", "from_day", "facility_thing", "from_day", false},
    {"thing", "to_day", "facility_thing", "to_day", false},

    /* 4.10-1: without the case, which leads to whoever asked */
    {"published_answer", "number", "answer", "number", true},
    {"published_answer", "day", "answer", "day", false},
    {"published_answer", "edition", "answer", "edition", false},
    {"published_answer", "criteria", "answer", "criteria", false},
    {"published_answer", "question_ja", "answer", "question_ja", false},
    {"published_answer", "question_en", "answer", "question_en", false},
    {"published_answer", "answer_ja", "answer", "answer_ja", false},
    {"published_answer", "answer_en", "answer", "answer_en", false},
    {"published_answer", "replaced_by", "answer", "replaced_by", false},

    /* likewise, without whoever reported */
    {"misuse_fact", "number", "misuse", "number", true},
    {"misuse_fact", "day", "misuse", "day", false},
    {"misuse_fact", "kind", "misuse", "kind", false},
    {"misuse_fact", "claimant", "misuse", "claimant", false},
    {"misuse_fact", "claimed", "misuse", "claimed", false},
    {"misuse_fact", "label", "misuse", "label", false},
    {"misuse_fact", "facts_ja", "misuse", "facts_ja", false},
    {"misuse_fact", "facts_en", "misuse", "facts_en", false},
    {"misuse_fact", "mended", "misuse", "mended", false},
    /* 4.8.1, 4.8.3: each revision of a security notice, as it was published */
    {"security_notice", "id", "security_notice", "id", true},
    {"security_notice", "revision", "security_notice", "revision", true},
    {"security_notice", "label", "security_notice", "label", false},
    {"security_notice", "issuer", "security_notice", "issuer", false},
    {"security_notice", "kind", "security_notice", "kind", false},
    {"security_notice", "state", "security_notice", "state", false},
    {"security_notice", "at", "security_notice", "at", false},
    {"security_notice", "title_ja", "security_notice", "title_ja", false},
    {"security_notice", "title_en", "security_notice", "title_en", false},
    {"security_notice", "summary_ja", "security_notice", "summary_ja", false},
    {"security_notice", "summary_en", "security_notice", "summary_en", false},
    {"security_notice", "models", "security_notice", "models", false},
    {"security_notice", "every_model", "security_notice", "every_model", false},
    {"security_notice", "affected", "security_notice", "affected", false},
    {"security_notice", "fixed", "security_notice", "fixed", false},
    {"security_notice", "cves", "security_notice", "cves", false},
    {"security_notice", "vectors", "security_notice", "vectors", false},
    {"security_notice", "links", "security_notice", "links", false},
    {"security_notice", "remedy", "security_notice", "remedy", false},
    {"security_notice", "remedy_ja", "security_notice", "remedy_ja", false},
    {"security_notice", "remedy_en", "security_notice", "remedy_en", false},
    {"security_notice", "justification", "security_notice", "justification", false},
    {"security_notice", "ground", "security_notice", "ground", false},
    {"security_notice", "text_ja", "security_notice", "text_ja", false},
    {"security_notice", "text_en", "security_notice", "text_en", false},
    {"security_notice", "product_ja", "security_notice", "product_ja", false},
    {"security_notice", "product_en", "security_notice", "product_en", false},
    {"security_notice", "maker_ja", "security_notice", "maker_ja", false},
    {"security_notice", "maker_en", "security_notice", "maker_en", false},
    {"security_notice", "maker_url", "security_notice", "maker_url", false},
    {"security_notice", "maker_mail", "security_notice", "maker_mail", false},
    {"security_notice", "body_ja", "security_notice", "body_ja", false},
    {"security_notice", "body_en", "security_notice", "body_en", false},
    {"security_notice", "source_id", "security_notice", "source_id", false},
    {"security_notice", "source_by", "security_notice", "source_by", false},
    {"security_notice", "source_url", "security_notice", "source_url", false},

    {"parameter", "name", "parameter", "name", true},
    {"parameter", "valid_from", "parameter", "valid_from", true},
    {"parameter", "value", "parameter", "value", false},
};
const size_t allowed_columns_n = sizeof allowed_columns / sizeof *allowed_columns;

static const char *const allowed_parameters[] = {
    "registration-number-format", /* so that a mistyped number is told from an unknown one */
    "grace-longest",              /* so that grace ends on its day, whatever sleeps */
    "sender-name-ja",             /* who provides the security notices, and where to report */
    "sender-name-en",
    "security-contact",
    "security-txt-days",
};

/* Their words and details hold public values only (desk/effects_facility.c); a bar, an agreement or
 * the name of an evaluator is nobody's business. */
static const char *const allowed_things[] = {"approval", "scope", "accreditation"};

const struct allowed_column *allowed_table(struct str table, size_t *n)
{
    size_t first = 0;
    while (first < allowed_columns_n && !str_is(table, allowed_columns[first].table))
        first++;
    size_t end = first;
    while (end < allowed_columns_n && str_is(table, allowed_columns[end].table))
        end++;
    *n = end - first;
    return *n ? &allowed_columns[first] : NULL;
}

static bool one_of(struct str name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(name, names[i]))
            return true;
    return false;
}

/* Where the element that begins at `at` ends, of a list in canonical JSON: at its comma, or at the
 * bracket of the list. */
static size_t end_of(struct str text, size_t at)
{
    bool quoted = false;
    for (int depth = 0; at < text.bytes; at++) {
        char c = text.at[at];
        if (quoted && c == '\\')
            at++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '[' || c == '{'))
            depth++;
        else if (!quoted && (c == ']' || c == '}') && depth-- == 0)
            return at;
        else if (!quoted && c == ',' && depth == 0)
            return at;
    }
    return text.bytes;
}

struct str allowed_effects(struct arena *arena, struct str payload)
{
    static const char begins[] = "{\"effects\":[";
    struct str text = str_skip(payload, sizeof begins - 1);
    struct buf out = buf_new(arena, payload.bytes + 2);
    if (!str_starts(payload, begins))
        return STR_NONE;
    for (size_t at = 0, end; at < text.bytes && text.at[at] != ']'; at = end + 1) {
        size_t n;
        end = end_of(text, at);
        struct str effect = {text.at + at, end - at}, rest;
        str_cut(effect, '"', &rest); /* ["table",… */
        if (allowed_table(str_cut(rest, '"', &rest), &n)) {
            buf_add_char(&out, out.bytes ? ',' : '[');
            buf_add(&out, effect);
        }
        if (end < text.bytes && text.at[end] == ']')
            break;
    }
    if (out.bytes)
        buf_add_char(&out, ']');
    return buf_str(&out);
}

bool allowed_effect(const json_t *effect)
{
    size_t n;
    struct str table = json_text(json_array_get(effect, 0));
    const json_t *row = json_array_get(effect, 1);
    if (str_is(table, "parameter"))
        return one_of(json_get(row, "name"), allowed_parameters,
                      sizeof allowed_parameters / sizeof *allowed_parameters);
    if (str_is(table, "thing"))
        return one_of(json_get(row, "kind"), allowed_things,
                      sizeof allowed_things / sizeof *allowed_things);
    return allowed_table(table, &n) != NULL;
}
