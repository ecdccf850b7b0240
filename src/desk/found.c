/* found.c: a new registry: its people, its parameters, its criteria.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/found.h"

#include "base/embedded.h"
#include "base/json.h"
#include "desk/act.h"
#include "desk/deed.h"
#include "store/put.gen.h"
#include "store/seal.h"
#include "store/sql.gen.h"
#include "store/aside.gen.h"

#include "base/banned.h"

extern const struct embedded seed_files[];

struct founding {
    struct desk *desk;
    struct arena *arena;
    const json_t *body;
    struct str from; /* first day of what is founded */
    struct founder *founders;
    size_t n;
    int64_t seq;
};

static struct fault *seed_read(struct arena *arena, const char *name, json_t **out)
{
    return json_read(arena, embedded_find(seed_files, name), out);
}

/* ---- what the manual leaves to procedures: our documented defaults, each shown as such */

static struct fault *put_parameters(struct founding *founding)
{
    const struct rulebook *book = founding->desk->book;
    const json_t *own = json_object_get(founding->body, "parameters");
    for (size_t i = 1; i < book->parameters_n; i++) {
        struct str value = json_get(own, book->parameters[i].name);
        struct row_parameter row = {
            .name = str_of(book->parameters[i].name),
            .valid_from = founding->from,
            .value = value.bytes ? value : str_of(book->parameters[i].value),
            .clause = str_of(book->parameters[i].clause),
            .note = STR("当方の想定（規程に定めなし） / our assumption, not in the manual")};
        TRY(put_parameter(founding->desk->store, &row));
    }
    setting_forget(founding->desk);
    return NULL;
}

static struct fault *put_holidays(struct founding *founding)
{
    json_t *seed, *day;
    size_t i;
    TRY(seed_read(founding->arena, "holidays.json", &seed));
    json_array_foreach(json_object_get(seed, "days"), i, day)
    {
        struct row_holiday row = {.day = json_text(json_array_get(day, 0)),
                                  .name_ja = json_text(json_array_get(day, 1)),
                                  .name_en = json_text(json_array_get(day, 2))};
        TRY(put_holiday(founding->desk->store, &row));
    }
    return NULL;
}

static struct fault *put_tariffs(struct founding *founding)
{
    json_t *seed, *one;
    size_t i;
    TRY(seed_read(founding->arena, "tariff.json", &seed));
    json_array_foreach(json_object_get(seed, "rows"), i, one)
    {
        struct row_tariff row = {.procedure = json_get(one, "procedure"),
                                 .level = json_get_int(one, "level", 0),
                                 .valid_from = json_get(one, "from"),
                                 .yen = json_get_int(one, "yen", 0), .note = json_get(one, "note")};
        TRY(put_tariff(founding->desk->store, &row));
    }
    return NULL;
}

static const json_t *edition_named(const json_t *editions, struct str id)
{
    for (size_t i = 0; id.bytes && i < json_array_size(editions); i++)
        if (str_eq(json_get(json_array_get(editions, i), "id"), id))
            return json_array_get(editions, i);
    return NULL;
}

/* The lines of the edition that it includes come before its own: a level has those below it. */
static struct fault *put_criteria(struct founding *founding, const json_t *editions,
                                  const json_t *from, struct str id, int64_t *position)
{
    const json_t *included = edition_named(editions, json_get(from, "includes"));
    size_t i;
    json_t *one;
    if (included)
        TRY(put_criteria(founding, editions, included, id, position));
    json_array_foreach(json_object_get(from, "criteria"), i, one)
    {
        struct row_criterion row = {.edition = id,
                                    .id = json_get(one, "id"),
                                    .position = (*position)++,
                                    .text_ja = json_get(one, "ja"),
                                    .text_en = json_get(one, "en"),
                                    .provisional =
                                        json_is_true(json_object_get(one, "provisional"))};
        TRY(put_criterion(founding->desk->store, &row));
    }
    return NULL;
}

static struct fault *put_editions(struct founding *founding)
{
    json_t *seed, *one;
    size_t i;
    TRY(seed_read(founding->arena, "criteria.json", &seed));
    json_array_foreach(json_object_get(seed, "editions"), i, one)
    {
        const json_t *title = json_object_get(one, "title");
        struct row_criteria_edition row = {.id = json_get(one, "id"),
                                           .level = json_get_int(one, "level", 0),
                                           .category = json_get(one, "category"),
                                           .title_ja = json_get(title, "ja"),
                                           .title_en = json_get(title, "en"),
                                           .starts = json_get(one, "starts"),
                                           .acceptance_ends = json_get(one, "acceptance_ends"),
                                           .extension_ends = json_get(one, "extension_ends"),
                                           .replaces = json_get(one, "replaces")};
        int64_t position = 0;
        TRY(put_criteria_edition(founding->desk->store, &row));
        TRY(put_criteria(founding, json_object_get(seed, "editions"), one, row.id, &position));
    }
    return NULL;
}

/* ---- people */

static struct fault *wrong_body(struct founding *founding, size_t person, const char *member,
                                struct str why)
{
    struct fault *fault = FAULT(founding->arena, "malformed-body", "person %zu, %s: %.*s",
                                person + 1, member, STR_F(why));
    fault->concerns = str_print(founding->arena, "/people/%zu/%s", person, member);
    return fault;
}

static struct str office_of(struct str written, bool *deputy)
{
    *deputy = str_starts(written, "deputy ");
    return *deputy ? str_skip(written, 7) : written;
}

static bool is_filled(const json_t *body, const char *office)
{
    size_t p, o;
    json_t *person, *written;
    bool deputy;
    json_array_foreach(json_object_get(body, "people"), p, person)
    {
        json_array_foreach(json_object_get(person, "offices"), o, written)
        {
            struct str name = office_of(json_text(written), &deputy);
            if (!deputy && str_is(name, office))
                return true;
        }
    }
    return false;
}

static struct fault *put_thing_of(struct founding *founding, struct str person, const char *kind,
                                  struct str word, struct str detail)
{
    struct row_thing row = {.id = id_new(founding->arena), .kind = str_of(kind),
                            .person = person, .word = word, .detail = detail,
                            .from_day = founding->from, .seq = founding->seq};
    return put_thing(founding->desk->store, &row);
}

static struct fault *put_offices(struct founding *founding, size_t i, const json_t *person,
                                 struct str id)
{
    const struct rulebook *book = founding->desk->book;
    size_t o;
    json_t *written;
    json_array_foreach(json_object_get(person, "offices"), o, written)
    {
        bool deputy;
        struct str office = office_of(json_text(written), &deputy);
        int role = role_by_name(book, office);
        if (!role || book->roles[role].sort != ROLE_SORT_OFFICE)
            return wrong_body(founding, i, "offices", str_print(founding->arena,
                              "no office '%.*s' in the rule book", STR_F(office)));
        int by = book->roles[role].appointed_by;
        if (by && !is_filled(founding->body, book->roles[by].name))
            return wrong_body(founding, i, "offices", str_print(founding->arena,
                              "%.*s is appointed by the %s, and nobody is", STR_F(office),
                              book->roles[by].name));
        TRY(put_thing_of(founding, id, "appointment", office,
                         deputy ? STR("deputy") : STR("holder")));
    }
    return NULL;
}

static struct fault *put_functions(struct founding *founding, const json_t *person, struct str id)
{
    size_t f;
    json_t *written;
    json_array_foreach(json_object_get(person, "functions"), f, written)
    {
        struct str levels, function = str_cut(json_text(written), ' ', &levels);
        TRY(put_thing_of(founding, id, "qualification", function, str_trim(levels)));
    }
    return NULL;
}

static struct fault *put_one_person(struct founding *founding, size_t i, const json_t *person)
{
    struct arena *arena = founding->arena;
    struct store *store = founding->desk->store;
    struct row_person row = {.id = id_new(arena), .name_ja = json_get(person, "ja"),
                             .name_en = json_get(person, "en"),
                             .mail = str_lower(arena, json_get(person, "mail")),
                             .language = str_is(json_get(person, "language"), "en") ? STR("en")
                                                                                    : STR("ja")};
    struct row_account account = {
        .id = id_new(arena), .person = row.id, .login = row.mail,
        .administrator = json_is_true(json_object_get(person, "administrator"))};
    struct row_account *other;
    if (!row.name_ja.bytes || !row.name_en.bytes || !row.mail.bytes)
        return wrong_body(founding, i, "mail", STR("ja, en and mail are needed"));
    TRY(sql_account_by_login(store, arena, row.mail, &other));
    if (other)
        return wrong_body(founding, i, "mail", STR("twice"));
    founding->founders[founding->n++] = (struct founder){
        .key = json_get(person, "key").bytes ? json_get(person, "key") : row.mail,
        .who = {.person = row.id, .account = account.id, .name_ja = row.name_ja,
                .name_en = row.name_en, .administrator = account.administrator}};
    TRY(put_person(store, &row));
    TRY(put_account(store, &account));
    TRY(put_offices(founding, i, person, row.id));
    TRY(put_functions(founding, person, row.id));
    if (json_is_true(json_object_get(person, "ethics")))
        TRY(put_thing_of(founding, row.id, "ethics", STR("signed"), STR_NONE));
    return NULL;
}

static struct fault *put_people(struct founding *founding)
{
    size_t i;
    json_t *person;
    const json_t *body = json_object_get(founding->body, "body");
    struct row_party itself = {.id = id_new(founding->arena), .name_ja = json_get(body, "ja"),
                               .name_en = json_get(body, "en"),
                               .corporate_number = json_get(body, "corporate_number"),
                               .country = STR("JP"), .body_itself = 1};
    TRY(put_party(founding->desk->store, &itself));
    json_array_foreach(json_object_get(founding->body, "people"), i, person)
    {
        TRY(put_one_person(founding, i, person));
    }
    return NULL;
}

static struct fault *found(struct desk *desk, struct arena *arena, void *whom)
{
    struct founding *founding = whom;
    struct sql_registry_size_row *size;
    TRY(sql_registry_size(desk->store, arena, 1, &size));
    if (size->n)
        return FAULT(arena, "already-founded", "the registry holds entries");
    founding->n = 0;
    TRY(desk_begin_entry(desk, arena, "found", NULL, STR_NONE, founding->body, &founding->seq));
    TRY(put_parameters(founding));
    TRY(put_holidays(founding));
    TRY(put_tariffs(founding));
    TRY(put_editions(founding));
    TRY(put_people(founding));
    return journal_append(desk->store, arena);
}

struct fault *desk_found(struct desk *desk, struct arena *arena, const json_t *body,
                         struct founder **founders, size_t *n)
{
    const json_t *people = json_object_get(body, "people");
    struct day from;
    struct founding founding = {.desk = desk, .arena = arena, .body = body,
                                .from = json_get(body, "from")};
    if (!json_is_array(people) || !json_array_size(people) || !day_parse(founding.from, &from) ||
        !json_get(json_object_get(body, "body"), "ja").bytes)
        return FAULT(arena, "malformed-body", "wants \"from\" (a day), \"body\" and \"people\"");
    founding.founders = NEW_ARRAY(arena, json_array_size(people), struct founder);
    TRY(seal_make_key(arena, desk->data_dir));
    TRY(desk_write(desk, arena, found, &founding));
    *founders = founding.founders;
    *n = founding.n;
    return NULL;
}

enum { LINK_MS = 14 * MS_A_DAY };

struct link {
    struct str account, *token;
    bool once;
};

static struct fault *make_link(struct desk *desk, struct arena *arena, void *whom)
{
    const struct link *link = whom;
    *link->token = random_name(arena, 24);
    struct hash digest = hash_of(*link->token);
    return sqlx_signin_link_make(desk->store, arena, hash_hex(arena, &digest), link->account,
                                clock_now(desk->clock) + LINK_MS, link->once);
}

struct fault *desk_make_link(struct desk *desk, struct arena *arena, struct str account, bool once,
                             struct str *token)
{
    return desk_write(desk, arena, make_link, &(struct link){account, token, once});
}
