/* world.c: a registry with the demonstration's people and two makers.
 * SPDX-License-Identifier: Apache-2.0 */
#include "world.h"

#include <sodium.h>
#include <string.h>

#include "base/embedded.h"
#include "base/json.h"
#include "desk/act.h"
#include "desk/letters.h"
#include "desk/sample.h"
#include "store/head.h"
#include "store/put.gen.h"
#include "store/replay.h"

#include "base/banned.h"

extern const struct embedded seed_files[];

void world_day(struct world *world, const char *day)
{
    struct day to;
    if (!day_parse(str_of(day), &to))
        BUG("no day %s", day);
    world->clock.frozen_ms = day_begins(to) + 9 * 3600000;
}

static void make_maker(struct world *world, const char *name, const char *mail, const char *number,
                       struct principal *out)
{
    struct maker_request request = {.name_ja = str_of(name), .name_en = str_of(name),
                                    .corporate_number = str_of(number), .country = STR("JP"),
                                    .person_ja = STR("見本 花子"), .person_en = STR("Hanako Mihon"),
                                    .mail = str_of(mail)};
    MUST(desk_register_maker(&world->desk, world->arena, &request, out));
}

static struct fault *bar(struct desk *desk, struct arena *arena, void *whom)
{
    struct world *world = whom;
    struct row_party_member *parties;
    size_t n;
    int64_t seq;
    TRY(sql_parties_of_person(desk->store, arena, world->maker.person, &parties, &n));
    const struct principal *barred = world_person(world, "with-conflict");
    TRY(desk_begin_entry(desk, arena, "declare", barred, STR_NONE, NULL, &seq));
    struct row_thing row = {.id = id_new(arena), .kind = STR("bar"), .person = barred->person,
                            .word = STR("maker"), .party = parties[0].party,
                            .from_day = STR("2026-01-05"), .seq = seq};
    TRY(put_thing(desk->store, &row));
    return journal_append(desk->store, arena);
}

struct world *world_new(void)
{
    struct place *place = place_new();
    struct world *world = NEW(place->arena, struct world);
    json_t *body;
    struct row_criterion *rows;
    size_t n;
    world->place = place;
    world->arena = place->arena;
    world_day(world, "2026-01-05");
    world->desk = (struct desk){.store = place_open(place, place->arena, false),
                                .book = &hoshi_rulebook, .clock = &world->clock,
                                .base_url = STR("HTTP://L.EXAMPLE"),
                                .data_dir = place->settings.data_dir};
    MUST(json_read(world->arena, embedded_find(seed_files, "demo-body.json"), &body));
    MUST(desk_found(&world->desk, world->arena, body, &world->founders, &world->founders_n));
    make_maker(world, "株式会社みほん", "a@mihon.example", "7999999900101", &world->maker);
    make_maker(world, "架空電機株式会社", "b@kakuu.example", "6999999900102", &world->other_maker);
    MUST(desk_write(&world->desk, world->arena, bar, world));
    MUST(sql_criteria_of_edition(world->desk.store, world->arena, STR("JST-CR-01-01-2024R1"), &rows,
                                 &n));
    struct str *ids = NEW_ARRAY(world->arena, n + 1, struct str);
    for (size_t i = 0; i < n; i++)
        ids[i] = rows[i].id;
    world->criteria = (struct words){.at = ids, .n = n};
    return world;
}

void world_end(struct world *world)
{
    place_end(world->place);
}

const struct principal *world_person(const struct world *world, const char *key)
{
    for (size_t i = 0; i < world->founders_n; i++)
        if (str_is(world->founders[i].key, key))
            return &world->founders[i].who;
    BUG("nobody is %s", key);
}

json_t *world_fields(struct world *world, const char *step, const char *own)
{
    const struct procedure_row *procedure =
        procedure_by_name(&hoshi_rulebook, STR("self-declared"));
    const struct step_row *row = step_by_name(&hoshi_rulebook, procedure, str_of(step));
    json_t *given = NULL, *fields;
    const char *name;
    json_t *value;
    if (*own)
        MUST(json_read(world->arena, str_of(own), &given));
    fields = sample_fields(&hoshi_rulebook, world->arena, row ? row->form : 0,
                           clock_today(&world->clock), world->criteria, given);
    json_object_foreach(given, name, value) json_put_json(fields, name, value);
    return fields;
}

struct fault *world_take(struct world *world, struct str case_id, const char *step,
                         const struct principal *who, const char *own, struct step_answer *answer)
{
    struct step_answer unseen;
    struct step_request request = {.case_id = case_id, .step = str_of(step), .expected_version = -1,
                                   .who = who, .fields = world_fields(world, step, own)};
    return desk_take_step(&world->desk, world->arena, &request, answer ? answer : &unseen);
}

struct fault *world_open(struct world *world, const struct principal *who, struct str party,
                         struct str key, struct str *id)
{
    struct case_request request = {.procedure = STR("self-declared"), .level = 1, .party = party,
                                   .idempotency_key = key, .who = who};
    return desk_open_case(&world->desk, world->arena, &request, id);
}

static struct fault *join(struct desk *desk, struct arena *arena, void *whom)
{
    struct row_party_member *member = whom;
    int64_t seq;
    TRY(desk_begin_entry(desk, arena, "account", NULL, STR_NONE, NULL, &seq));
    TRY(put_party_member(desk->store, member));
    return journal_append(desk->store, arena);
}

void world_join(struct world *world, const struct principal *who, struct str party)
{
    struct row_party_member member = {.party = party, .person = who->person,
                                      .from_day = STR("2026-01-05")};
    MUST(desk_write(&world->desk, world->arena, join, &member));
}

struct str world_case_after(struct world *world, const char *last)
{
    static const struct {
        const char *step, *who, *own;
    } way[] = {
        {"file", "", "{\"consent-nda\":\"given\",\"consent-court\":\"given\"}"},
        {"declare-no-conflict", "operational-personnel", ""},
        {"accept", "operational-personnel", ""},
        {"record-fee", "operational-personnel", "{\"fee-kind\":\"paid\",\"fee-amount\":198000}"},
        {"declare-no-conflict", "operational-personnel-2", ""},
        {"verify", "operational-personnel-2", "{\"outcome\":\"conforms\"}"},
        {"draft-label", "operational-personnel", ""},
        {"declare-no-conflict", "technical-manager", ""},
        {"approve-technical", "technical-manager", ""},
        {"declare-no-conflict", "managing-director", ""},
        {"issue", "managing-director", ""},
    };
    struct str id;
    MUST(world_open(world, &world->maker, STR_NONE, STR_NONE, &id));
    if (strcmp(last, "open") == 0)
        return id;
    for (size_t i = 0; i < sizeof way / sizeof *way; i++) {
        const struct principal *who = *way[i].who ? world_person(world, way[i].who) : &world->maker;
        MUST(world_take(world, id, way[i].step, who, way[i].own, NULL));
        if (strcmp(way[i].step, last) == 0)
            return id;
    }
    BUG("the way has no step %s", last);
}

struct row_casework *world_case(struct world *world, struct str case_id)
{
    struct row_casework *work;
    MUST(sql_case_by_id(world->desk.store, world->arena, case_id, &work));
    if (!work)
        BUG("no case");
    return work;
}

int64_t world_seq(struct world *world)
{
    struct head head;
    MUST(journal_head(world->desk.store, world->arena, &head));
    return head.seq;
}

const char *said(struct world *world, const struct fault *fault)
{
    if (!fault)
        return "";
    return str_z(world->arena, str_print(world->arena, "%s %s %s", fault->code,
                                         fault->guard ? fault->guard : "-",
                                         fault->clause ? fault->clause : "-"));
}

struct str world_told(struct world *world, const struct principal *who, struct str case_id,
                      const char *kind, bool english)
{
    struct store *store = world->desk.store;
    struct sql_portal_notices_row *rows;
    struct row_notice *notice;
    struct letter letter;
    size_t n;
    char room[11];
    struct str today = day_print(clock_today(&world->clock), room);
    MUST(sql_portal_notices(store, world->arena, who->person, today, 500, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (!str_is(rows[i].kind, kind) || !str_eq(rows[i].case_id, case_id))
            continue;
        MUST(sql_notice_by_id(store, world->arena, rows[i].id, &notice));
        MUST(letter_of_notice(store, world->arena, world->desk.book, notice, NULL, english,
                              &letter));
        return letter_text(world->arena, &letter, STR_NONE, false);
    }
    return STR_NONE;
}

static struct fault *sign(void *whom, struct arena *arena, struct str text,
                          uint8_t signature[HEAD_SIGNATURE_BYTES])
{
    (void)arena;
    crypto_sign_detached(signature, NULL, (const unsigned char *)text.at, text.bytes, whom);
    return NULL;
}

static void say(void *whom, struct str table, struct str key, struct str column)
{
    (void)whom;
    printf("# differs: %.*s %.*s %.*s\n", STR_F(table), STR_F(key), STR_F(column));
}

int64_t world_replay(struct world *world)
{
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    struct head_signer signer = {.sign = sign, .whom = secret};
    struct signed_head head = {.at = clock_now(&world->clock)};
    struct replay_report report = {0};
    crypto_sign_keypair(public_key, secret);
    MUST(head_write_key(world->arena, world->desk.data_dir, public_key));
    MUST(journal_head(world->desk.store, world->arena, &head.head));
    MUST(head_write(world->arena, world->desk.data_dir, &head, &signer, false));
    struct store *reader = place_open(world->place, world->arena, true);
    MUST(replay_check(reader, world->arena, world->desk.data_dir, say, NULL, &report));
    return report.differences;
}
