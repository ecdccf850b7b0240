/* public_editions.c: the editions of the criteria with their days, as pages and as JSON.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "web/public_own.h"
#include "web/public_pages.gen.h"

#include "base/banned.h"

/* What an edition is on a day follows from its days, whatever the clock has recorded. */
enum edition_state edition_state_on(const struct public_edition *edition, struct day today)
{
    if (!day_is_none(edition->cancelled))
        return EDITION_CANCELLED;
    if (today.n < edition->starts.n)
        return EDITION_ANNOUNCED;
    bool ended = !day_is_none(edition->acceptance_ends) && today.n > edition->acceptance_ends.n;
    return ended ? EDITION_CLOSED : EDITION_IN_USE;
}

static const struct {
    const char *word, *title, *badge;
} states[] = {
    [EDITION_ANNOUNCED] = {"announced", N_("Announced"), "provisional"},
    [EDITION_IN_USE] = {"in-use", N_("In use"), "valid"},
    [EDITION_CLOSED] = {"closed", N_("Closed to applications"), "lapsed"},
    [EDITION_CANCELLED] = {"cancelled", N_("Cancelled"), "revoked"},
};

const char *edition_state_title(bool english, enum edition_state state)
{
    return word(english, states[state].title);
}

const char *edition_state_badge(enum edition_state state)
{
    return states[state].badge;
}

struct fault *public_editions_page(struct ask *ask, struct str rest)
{
    (void)rest;
    struct public_edition *editions;
    size_t n;
    ask->path = STR("/criteria");
    TRY(folder_editions(ask->half->folder, ask->arena, STR_NONE, &editions, &n));
    page_public_editions(&ask->html, ask, editions, n);
    public_send_page(ask, 200);
    return NULL;
}

static struct fault *find_edition(struct ask *ask, struct str id, struct public_edition **edition,
                                  struct public_criterion **criteria, size_t *criteria_n)
{
    size_t n;
    TRY(folder_editions(ask->half->folder, ask->arena, id, edition, &n));
    if (!id.bytes || !n)
        return FAULT(ask->arena, "no-such-edition", "%.*s", STR_F(id));
    return folder_criteria(ask->half->folder, ask->arena, id, criteria, criteria_n);
}

struct fault *public_edition_page(struct ask *ask, struct str rest)
{
    struct public_edition *edition;
    struct public_criterion *criteria;
    size_t n;
    TRY(find_edition(ask, rest, &edition, &criteria, &n));
    ask->path = str_print(ask->arena, "/criteria/%.*s", STR_F(url_part(ask->arena, rest)));
    page_public_edition(&ask->html, ask, edition, criteria, n);
    public_send_page(ask, 200);
    return NULL;
}

/* ---- as JSON */

static json_t *edition_json(struct ask *ask, const struct public_edition *edition)
{
    json_t *object = json_new(ask->arena);
    json_put(object, "id", edition->id);
    json_put_int(object, "level", edition->level);
    public_put_text(object, "category", edition->category);
    public_put_names(ask->arena, object, "title", edition->title_ja, edition->title_en);
    json_put(object, "state", str_of(states[edition_state_on(edition, ask->today)].word));
    public_put_day(object, "starts", edition->starts);
    public_put_day(object, "acceptance_ends", edition->acceptance_ends);
    public_put_day(object, "extension_ends", edition->extension_ends);
    public_put_day(object, "announced", edition->announced);
    public_put_day(object, "cancelled", edition->cancelled);
    public_put_text(object, "replaces", edition->replaces);
    json_put_bool(object, "editorial", edition->editorial);
    json_put_int(object, "labels", edition->labels);
    return object;
}

struct fault *public_api_editions(struct ask *ask, struct str rest)
{
    (void)rest;
    struct public_edition *editions;
    size_t n;
    TRY(folder_editions(ask->half->folder, ask->arena, STR_NONE, &editions, &n));
    json_t *object = json_new(ask->arena), *list = json_new_list(ask->arena);
    for (size_t i = 0; i < n; i++)
        json_add(list, edition_json(ask, &editions[i]));
    json_put_json(object, "editions", list);
    return public_send_json(ask, object);
}

struct fault *public_api_edition(struct ask *ask, struct str rest)
{
    struct public_edition *edition;
    struct public_criterion *criteria;
    size_t n;
    TRY(find_edition(ask, rest, &edition, &criteria, &n));
    json_t *object = edition_json(ask, edition), *list = json_new_list(ask->arena);
    for (size_t i = 0; i < n; i++) {
        json_t *one = json_new(ask->arena);
        json_put(one, "id", criteria[i].id);
        public_put_names(ask->arena, one, "text", criteria[i].text_ja, criteria[i].text_en);
        json_put_bool(one, "provisional", criteria[i].provisional);
        json_add(list, one);
    }
    json_put_json(object, "criteria", list);
    return public_send_json(ask, object);
}
