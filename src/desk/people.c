/* people.c: persons, accounts, parties.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/people.h"

#include "base/json.h"
#include "base/number.h"
#include "desk/act.h"
#include "desk/form_part.h"
#include "desk/tidy.h"
#include "store/put.gen.h"
#include "store/sql.gen.h"

#include "base/banned.h"

/* The fields of registration: no step asks for them, so their rows stand here. */
enum { MAKER_JA, MAKER_EN, NUMBER, COUNTRY, PERSON_JA, PERSON_EN, MAIL, KIND, FIELDS };
static const struct field_row fields[FIELDS] = {
    [MAKER_JA] =
        {.name = "maker_ja", .sort = FIELD_TEXT, .min = 1, .max = 200, .clause = "4.1.1-1"},
    [MAKER_EN] =
        {.name = "maker_en", .sort = FIELD_TEXT, .min = 1, .max = 200, .clause = "4.1.1-1"},
    [NUMBER] = {.name = "corporate_number", .sort = FIELD_CORPORATE_NUMBER, .clause = "4.1.1-1"},
    [COUNTRY] = {.name = "country", .sort = FIELD_COUNTRY, .clause = "4.1.1-1"},
    [PERSON_JA] =
        {.name = "person_ja", .sort = FIELD_TEXT, .min = 1, .max = 100, .clause = "4.1.1-1"},
    [PERSON_EN] =
        {.name = "person_en", .sort = FIELD_TEXT, .min = 1, .max = 100, .clause = "4.1.1-1"},
    [KIND] = {.name = "kind", .sort = FIELD_TEXT, .max = 20, .clause = "6.1.1-1"},
    [MAIL] = {.name = "mail", .sort = FIELD_EMAIL, .max = 254, .clause = "4.1.1-1"},
};

static void check_one(struct check *check, int field, bool must, struct str *value)
{
    *value = str_trim(*value);
    if (value->bytes == 0) {
        if (must)
            check_wrong(check, &fields[field], "field-missing", "/%s", fields[field].name);
        return;
    }
    if (!str_is_text(*value)) {
        check_wrong(check, &fields[field], "field-malformed", "/%s", fields[field].name);
        return;
    }
    json_t *stored = check_text(check, &fields[field], json_new_str(check->arena, *value));
    if (stored)
        *value = json_text(stored);
}

static struct fault *check_maker(struct arena *arena, struct maker_request *request)
{
    struct check check = {.arena = arena};
    check.last = &check.first;
    check_one(&check, MAKER_JA, true, &request->name_ja);
    check_one(&check, MAKER_EN, true, &request->name_en);
    check_one(&check, COUNTRY, true, &request->country);
    check_one(&check, NUMBER, str_is(request->country, "JP"), &request->corporate_number);
    check_one(&check, PERSON_JA, true, &request->person_ja);
    check_one(&check, PERSON_EN, true, &request->person_en);
    check_one(&check, MAIL, true, &request->mail);
    if (request->kind.bytes && !str_is(request->kind, "maker") &&
        !str_is(request->kind, "facility"))
        check_wrong(&check, &fields[KIND], "field-not-listed", "/%s", fields[KIND].name);
    request->mail = str_lower(arena, request->mail);
    return check.first;
}

struct registering {
    struct maker_request *request;
    struct principal *out;
};

static struct fault *put_people(struct desk *desk, struct arena *arena,
                                const struct maker_request *request, struct principal *out)
{
    char room[11];
    struct row_person person = {.id = id_new(arena), .name_ja = request->person_ja,
                                .name_en = request->person_en, .mail = request->mail,
                                .language = str_is(request->country, "JP") ? STR("ja") : STR("en")};
    struct row_account account = {.id = id_new(arena), .person = person.id,
                                  .login = request->mail, .password = request->password_hash};
    struct row_party party = {.id = id_new(arena), .name_ja = request->name_ja,
                              .name_en = request->name_en,
                              .corporate_number = request->corporate_number,
                              .country = request->country,
                              .kind = str_is(request->kind, "facility") ? request->kind
                                                                        : STR_NONE};
    struct row_party_member member = {.party = party.id, .person = person.id,
                                      .from_day = day_print(clock_today(desk->clock), room)};
    *out = (struct principal){.person = person.id, .account = account.id,
                              .name_ja = person.name_ja, .name_en = person.name_en};
    TRY(put_person(desk->store, &person));
    TRY(put_account(desk->store, &account));
    TRY(put_party(desk->store, &party));
    return put_party_member(desk->store, &member);
}

static struct fault *field_fault(struct arena *arena, const char *code, const char *pointer)
{
    struct fault *fault = FAULT(arena, code, "%s", pointer);
    fault->concerns = str_of(pointer);
    return fault;
}

static struct fault *register_maker(struct desk *desk, struct arena *arena, void *whom)
{
    const struct registering *registering = whom;
    const struct maker_request *request = registering->request;
    struct row_account *account;
    struct row_party *party = NULL;
    int64_t seq;
    TRY(sql_account_by_login(desk->store, arena, request->mail, &account));
    if (account)
        return field_fault(arena, "login-taken", "/mail");
    if (request->corporate_number.bytes)
        TRY(sql_party_by_corporate_number(desk->store, arena, request->corporate_number, &party));
    if (party) /* who may act for it is for its own people to say, not for whoever comes next */
        return field_fault(arena, "maker-known", "/corporate_number");
    struct principal nobody_yet = {0};
    TRY(desk_begin_entry(desk, arena, "account", &nobody_yet, STR_NONE, NULL, &seq));
    TRY(put_people(desk, arena, request, registering->out));
    return journal_append(desk->store, arena);
}

struct fault *desk_register_maker(struct desk *desk, struct arena *arena,
                                  const struct maker_request *request, struct principal *out)
{
    struct maker_request tidy = *request;
    TRY(check_maker(arena, &tidy));
    return desk_write(desk, arena, register_maker, &(struct registering){&tidy, out});
}

struct change {
    const struct principal *who;
    struct str value, *key;
};

static struct fault *set_password(struct desk *desk, struct arena *arena, void *whom)
{
    const struct change *change = whom;
    struct row_account *account;
    int64_t seq;
    TRY(sql_account_by_id(desk->store, arena, change->who->account, &account));
    if (!account || account->closed)
        return FAULT(arena, "absent", "no such account");
    TRY(desk_begin_entry(desk, arena, "account", change->who, STR_NONE, NULL, &seq));
    account->password = change->value;
    TRY(put_account(desk->store, account));
    return journal_append(desk->store, arena);
}

struct fault *desk_set_password(struct desk *desk, struct arena *arena, const struct principal *who,
                                struct str password_hash)
{
    return desk_write(desk, arena, set_password, &(struct change){who, password_hash, NULL});
}

static struct fault *make_key(struct desk *desk, struct arena *arena, void *whom)
{
    const struct change *change = whom;
    int64_t seq;
    *change->key = random_name(arena, 32);
    struct hash digest = hash_of(*change->key);
    TRY(desk_begin_entry(desk, arena, "account", change->who, STR_NONE, NULL, &seq));
    struct row_api_key row = {.digest = hash_hex(arena, &digest), .account = change->who->account,
                              .name = change->value};
    TRY(put_api_key(desk->store, &row));
    return journal_append(desk->store, arena);
}

struct fault *desk_make_key(struct desk *desk, struct arena *arena, const struct principal *who,
                            struct str name, struct str *key)
{
    return desk_write(desk, arena, make_key, &(struct change){who, name, key});
}

static struct fault *close_key(struct desk *desk, struct arena *arena, void *whom)
{
    const struct change *change = whom;
    struct row_api_key *keys;
    size_t n, i = 0;
    int64_t seq;
    TRY(sql_api_keys_of_account(desk->store, arena, change->who->account, &keys, &n));
    while (i < n && (keys[i].closed || !str_eq(keys[i].digest, change->value)))
        i++;
    if (i == n)
        return FAULT(arena, "absent", "no open key of this account has that digest");
    TRY(desk_begin_entry(desk, arena, "account", change->who, STR_NONE, NULL, &seq));
    keys[i].closed = 1;
    TRY(put_api_key(desk->store, &keys[i]));
    return journal_append(desk->store, arena);
}

struct fault *desk_close_key(struct desk *desk, struct arena *arena, const struct principal *who,
                             struct str digest)
{
    return desk_write(desk, arena, close_key, &(struct change){who, digest, NULL});
}

struct fault *desk_principal(struct store *store, struct arena *arena, struct str account,
                             struct principal *out)
{
    struct row_account *row;
    struct row_person *person;
    TRY(sql_account_by_id(store, arena, account, &row));
    if (!row || row->closed)
        return FAULT(arena, "absent", "no such account");
    TRY(sql_person_by_id(store, arena, row->person, &person));
    if (!person)
        return FAULT(arena, "broken-database", "account %.*s is nobody's", STR_F(account));
    *out = (struct principal){.person = row->person, .account = row->id, .name_ja = person->name_ja,
                              .name_en = person->name_en, .administrator = row->administrator};
    return NULL;
}
