/* public_notices_api.c: security notices as JSON.
 * SPDX-License-Identifier: Apache-2.0 */
#include "csaf/csaf.h"
#include "web/public_own.h"

#include "base/banned.h"

enum { NOTICES_A_PAGE = 100 };

static json_t *lines(struct arena *arena, struct str text)
{
    json_t *list = json_new_list(arena);
    while (text.bytes) {
        struct str line = str_trim(str_cut(text, '\n', &text));
        if (line.bytes)
            json_add_str(list, line);
    }
    return list;
}

static void put_instant(json_t *object, const char *name, int64_t instant)
{
    char room[30];
    json_put(object, name, instant_print(instant, room));
}

/* What lists say of it. */
static json_t *brief(struct ask *ask, const struct public_notice *notice)
{
    struct arena *arena = ask->arena;
    json_t *out = json_new(arena);
    json_put(out, "number", notice->id);
    json_put(out, "label", notice->label);
    json_put(out, "issuer", notice->of_body ? STR("body") : STR("registrant"));
    json_put(out, "kind", notice->kind);
    json_put(out, "state", notice->ended ? STR("ended") : STR("published"));
    json_put_int(out, "revision", notice->revision);
    put_instant(out, "revised", notice->at);
    public_put_names(arena, out, "title", notice->title_ja, notice->title_en);
    json_put_json(out, "cves", lines(arena, notice->cves));
    return out;
}

static json_t *whole(struct ask *ask, const struct public_notice *notice)
{
    struct arena *arena = ask->arena;
    json_t *out = brief(ask, notice);
    public_put_names(arena, out, "summary", notice->summary_ja, notice->summary_en);
    public_put_names(arena, out, "product", notice->product_ja, notice->product_en);
    public_put_names(arena, out, "registrant", notice->maker_ja, notice->maker_en);
    json_put_bool(out, "every_model", notice->every_model);
    json_put_json(out, "models", lines(arena, notice->models));
    public_put_text(out, "affected_through", notice->affected);
    public_put_text(out, "fixed_in", notice->fixed);
    json_put_json(out, "cvss", lines(arena, notice->vectors));
    public_put_text(out, "remedy", notice->remedy);
    public_put_names(arena, out, "remedy_text", notice->remedy_ja, notice->remedy_en);
    public_put_text(out, "justification", notice->justification);
    public_put_text(out, "ground", notice->ground);
    json_put_json(out, "references", lines(arena, notice->links));
    public_put_names(arena, out, "change", notice->text_ja, notice->text_en);
    return out;
}

struct fault *public_put_notices(struct ask *ask, json_t *object, struct str label, struct day day)
{
    struct public_notice *rows;
    size_t n;
    json_t *list = json_new_list(ask->arena);
    TRY(folder_notices_of_label(ask->half->folder, ask->arena, label, day, &rows, &n));
    for (size_t i = 0; i < n; i++)
        json_add(list, brief(ask, &rows[i]));
    json_put_json(object, "security_notices", list);
    return NULL;
}

struct fault *public_api_notices(struct ask *ask, struct str rest)
{
    (void)rest;
    struct public_notice *rows;
    size_t n;
    bool more;
    json_t *object = json_new(ask->arena), *list = json_new_list(ask->arena);
    struct str before = str_upper(ask->arena, str_trim(request_query(ask->request, "before")));
    TRY(folder_notices(ask->half->folder, ask->arena, before, NOTICES_A_PAGE, &rows, &n, &more));
    for (size_t i = 0; i < n; i++)
        json_add(list, brief(ask, &rows[i]));
    json_put_json(object, "security_notices", list);
    public_put_text(object, "next", more ? rows[n - 1].id : STR_NONE);
    if (more)
        response_header(ask->answer, "Link",
                        str_print(ask->arena,
                                  "</api/v1/security-notices?before=%.*s>; rel=\"next\"",
                                  STR_F(rows[n - 1].id)));
    return public_send_json(ask, object);
}

struct fault *public_api_notice(struct ask *ask, struct str rest)
{
    struct public_notice *rows;
    size_t n;
    struct str id = str_upper(ask->arena, rest);
    TRY(folder_notice(ask->half->folder, ask->arena, id, &rows, &n));
    if (!n)
        return FAULT(ask->arena, "no-such-notice", "%.*s", STR_F(rest));
    json_t *object = whole(ask, &rows[n - 1]), *list = json_new_list(ask->arena);
    for (size_t i = 0; i < n; i++)
        json_add(list, whole(ask, &rows[i]));
    put_instant(object, "published", rows[0].at);
    json_put_json(object, "revisions", list);
    json_put(object, "csaf",
             str_print(ask->arena, "%.*s/.well-known/csaf/white/%.*s/%.*s",
                       STR_F(ask->half->settings.base_url),
                       STR_F(csaf_year(ask->arena, rows[0].at)),
                       STR_F(csaf_file_name(ask->arena, id))));
    return public_send_json(ask, object);
}
