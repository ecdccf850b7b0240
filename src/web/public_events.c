/* public_events.c: the words of a label's history: what happened, and what it was and is.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Members of an event's detail that have words here: "expires" (day), "level", "from" (levels),
 * "was" and "now" ({"ja","en"}: registrants), "changes" (each with "item", a field of the rule
 * book, and "was" and "now", or "added" and "removed"), "certification", "ground" (of a
 * revocation, an item of the list revocation-ground), "seed", "on", "digest", "population", "size",
 * "of-level" (of a draw), "clause", "annulled" (the kind of what was
 * void). */
#include "base/json.h"
#include "web/public_own.h"

#include "base/banned.h"

static const struct {
    const char *kind, *words;
} kinds[] = {
    {"issued", N_("Label issued")},
    {"provisional", N_("Provisional registration")},
    {"extension-filed", N_("Application for extension received")},
    {"extended", N_("Validity extended")},
    {"extension-refused", N_("Extension refused")},
    {"extension-withdrawn", N_("Application for extension withdrawn")},
    {"renewed", N_("Certified again, the validity begins anew")},
    {"maintained", N_("Label maintained after a change of the product")},
    {"level-changed", N_("Level changed")},
    {"information-changed", N_("Registered information changed")},
    {"succeeded", N_("Label taken over by another registrant")},
    {"grace", N_("Validity ended, extension under examination")},
    {"lapsed", N_("Lapsed, as the validity ended")},
    {"withdrawn", N_("Label withdrawn by the registrant")},
    {"drawn", N_("Drawn by lot for a surveillance, which has ended")},
    {"drawn-unused", N_("Drawn by lot for a surveillance that was not made")},
    {"surveyed", N_("Surveillance closed, no grounds found")},
    {"revoked", N_("Label revoked")},
    {"notice-published", N_("Security information published")},
    {"notice-revised", N_("Security information revised")},
    {"notice-ended", N_("Security information ended")},
    {"warning-published", N_("Warning by the Label-issuing Body")},
    {"warning-lifted", N_("Warning by the Label-issuing Body lifted")},
    {"corrected", N_("Registered information corrected")},
    {"annulled", N_("Void decision annulled")},
    {"reinstated", N_("Label reinstated")},
};

static const char *words_of(struct str kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_is(kind, kinds[i].kind))
            return kinds[i].words;
    return N_("Registered information changed");
}

/* ---- what it was and is: each part only where the detail has it */

static void put_part(struct html *html, struct str part)
{
    if (!part.bytes)
        return;
    buf_add_z(&html->out, html->english ? "; " : "、");
    html_put_str(html, part);
}

static struct str expires_words(struct html *html, const json_t *detail)
{
    struct day day;
    if (!day_parse(json_get(detail, "expires"), &day))
        return STR_NONE;
    return say(html, "valid through %.*s", STR_F(day_words(html->arena, html->english, day)));
}

static struct str level_words(struct html *html, const json_t *detail)
{
    int64_t from = json_get_int(detail, "from", 0);
    int64_t to = json_get_int(detail, "level", 0);
    if (from && to)
        return say(html, "from level %d to level %d", (int)from, (int)to);
    return to ? say(html, "level %d", (int)to) : STR_NONE;
}

/* A text, or one of two in the page's language. */
static void put_value(struct html *html, const struct ask *ask, struct str item,
                      const json_t *value)
{
    struct day day;
    if (json_is_object(value))
        put_either(html, json_get(value, "ja"), json_get(value, "en"));
    else if (str_is(item, "category"))
        html_put_str(html, category_words(ask, json_text(value)));
    else if (day_parse(json_text(value), &day))
        html_put_str(html, day_words(html->arena, html->english, day));
    else
        html_put_str(html, json_text(value));
}

static void put_was_and_now(struct html *html, const struct ask *ask, struct str item,
                            const json_t *of)
{
    put_value(html, ask, item, json_object_get(of, "was"));
    html_put_str(html, STR(" → "));
    put_value(html, ask, item, json_object_get(of, "now"));
}

/* From one registrant to another. */
static void put_registrants(struct html *html, const struct ask *ask, const json_t *detail)
{
    if (!json_is_object(json_object_get(detail, "was")) ||
        !json_is_object(json_object_get(detail, "now")))
        return;
    buf_add_z(&html->out, html->english ? "; " : "、");
    put_was_and_now(html, ask, STR_NONE, detail);
}

static const char *field_words(const struct ask *ask, struct str name)
{
    const struct rulebook *book = ask->half->settings.book;
    for (size_t i = 1; book && i < book->fields_n; i++)
        if (str_is(name, book->fields[i].name))
            return ask->english ? book->fields[i].text.en : book->fields[i].text.ja;
    return NULL;
}

static int count_of(const json_t *change, const char *name)
{
    return (int)json_array_size(json_object_get(change, name));
}

static struct str models_words(struct html *html, const json_t *change)
{
    int added = count_of(change, "added"), removed = count_of(change, "removed");
    if (added && removed)
        return say(html, "models: %d added, %d removed", added, removed);
    return added ? say(html, "models: %d added", added) : say(html, "models: %d removed", removed);
}

/* What was registered, and what is now. */
static void put_changes(struct html *html, const struct ask *ask, const json_t *detail)
{
    const json_t *change;
    size_t i;
    json_array_foreach(json_object_get(detail, "changes"), i, change)
    {
        struct str item = json_get(change, "item");
        const char *words = field_words(ask, item);
        if (str_is(item, "models")) {
            put_part(html, models_words(html, change));
            continue;
        }
        put_part(html, words ? str_of(words) : item);
        buf_add_z(&html->out, html->english ? ": " : "：");
        put_was_and_now(html, ask, item, change);
    }
}

/* 2.1.3-1: which decision was void. */
static void put_annulled(struct html *html, struct str kind)
{
    if (kind.bytes)
        put_part(html, say(html, "void decision: %s", word(html->english, words_of(kind))));
}

/* What anyone needs to draw again (doc/surveillance.md). */
static void put_draw(struct html *html, const json_t *detail)
{
    struct day day;
    struct str seed = json_get(detail, "seed"), digest = json_get(detail, "digest");
    int64_t level = json_get_int(detail, "of-level", 0);
    if (!seed.bytes || !day_parse(json_get(detail, "on"), &day))
        return;
    put_part(html,
             say(html, "%d of the %d labels in force on %.*s", (int)json_get_int(detail, "size", 0),
                 (int)json_get_int(detail, "population", 0),
                 STR_F(day_words(html->arena, html->english, day))));
    if (level)
        put_part(html, say(html, "level %d", (int)level));
    put_part(html, say(html, "seed %.*s", STR_F(seed)));
    put_part(html, say(html, "digest of the population %.*s", STR_F(digest)));
}

void put_event(struct html *html, const struct ask *ask, const struct public_event *event)
{
    json_t *detail;
    html_put_z(html, word(html->english, words_of(event->kind)));
    if (json_read(html->arena, event->detail, &detail))
        return;
    put_annulled(html, json_get(detail, "annulled"));
    put_part(html, level_words(html, detail));
    put_registrants(html, ask, detail);
    put_changes(html, ask, detail);
    put_part(html, json_get(detail, "certification"));
    put_part(html, expires_words(html, detail));
    put_part(html, listed_words(ask, "revocation-ground", json_get(detail, "ground")));
    put_draw(html, detail);
    struct str clause = json_get(detail, "clause");
    if (clause.bytes)
        put_part(html, str_print(html->arena, "§ %.*s", STR_F(clause)));
}

const char *route_words(bool english, struct str route)
{
    return word(english, str_is(route, "certified") ? N_("Assessed by a facility and certified")
                                                    : N_("Self-declaration of conformity"));
}
