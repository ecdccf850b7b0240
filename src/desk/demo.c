/* demo.c: a registry to look at: who is in it, and their keys.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/demo.h"

#include <sys/stat.h>

#include "base/embedded.h"
#include "base/json.h"
#include "desk/act.h"
#include "desk/demo_part.h"
#include "desk/people.h"
#include "desk/post.h"
#include "store/files.h"
#include "store/put.gen.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { STORY_DAYS = 435, KEYS_BYTES_MAX = 1 << 16 };

extern const struct embedded seed_files[];

const struct principal *demo_person(const struct demo *demo, const char *key)
{
    for (size_t i = 0; i < demo->founders_n; i++)
        if (str_is(demo->founders[i].key, key))
            return &demo->founders[i].who;
    BUG("nobody is '%s' in the demonstration", key);
}

static struct fault *register_makers(struct demo *demo)
{
    size_t i;
    json_t *seed;
    json_array_foreach(json_object_get(demo->seed, "makers"), i, seed)
    {
        if (demo->makers_n == DEMO_MAKERS_MAX)
            break;
        struct demo_maker *maker = &demo->makers[demo->makers_n++];
        struct str domain = json_get(seed, "domain");
        struct maker_request request = {
            .name_ja = json_get(seed, "ja"), .name_en = json_get(seed, "en"),
            .corporate_number = json_get(seed, "corporate_number"),
            .country = json_get(seed, "country"), .person_ja = json_get(seed, "person_ja"),
            .person_en = json_get(seed, "person_en"),
            .mail = str_print(demo->arena, "desk@%.*s", STR_F(domain))};
        struct row_party_member *parties;
        size_t n;
        maker->seed = seed;
        TRY(desk_register_maker(&demo->desk, demo->arena, &request, &maker->who));
        TRY(sql_parties_of_person(demo->desk.store, demo->arena, maker->who.person, &parties, &n));
        maker->party = parties[0].party;
    }
    return NULL;
}

/* 2.1.3-1: someone of the body who may not touch a case of the first maker. */
static struct fault *bar_one(struct desk *desk, struct arena *arena, void *whom)
{
    const struct demo *demo = whom;
    const struct principal *barred = demo_person(demo, "with-conflict");
    char room[11];
    int64_t seq;
    TRY(desk_begin_entry(desk, arena, "declare", barred, STR_NONE, NULL, &seq));
    struct row_thing bar = {.id = id_new(arena), .kind = STR("bar"),
                            .person = barred->person, .word = STR("maker"),
                            .party = demo->makers[0].party,
                            .from_day = day_print(clock_today(desk->clock), room), .seq = seq};
    TRY(put_thing(desk->store, &bar));
    return journal_append(desk->store, arena);
}

/* The person of the second maker acts for the third as well. */
static struct fault *join_two(struct desk *desk, struct arena *arena, void *whom)
{
    const struct demo *demo = whom;
    const struct principal *who = &demo->makers[1].who;
    char room[11];
    int64_t seq;
    TRY(desk_begin_entry(desk, arena, "account", who, STR_NONE, NULL, &seq));
    struct row_party_member member = {.party = demo->makers[2].party, .person = who->person,
                                      .from_day = day_print(clock_today(desk->clock), room)};
    TRY(put_party_member(desk->store, &member));
    return journal_append(desk->store, arena);
}

static struct fault *read_criteria(struct demo *demo)
{
    struct row_criterion *rows;
    struct row_criteria_edition *edition;
    size_t n;
    char room[11];
    TRY(sql_criteria_edition_in_force(demo->desk.store, demo->arena, 1,
                                      day_print(demo->today, room), &edition));
    if (!edition)
        return FAULT(demo->arena, "broken-database", "no criteria for level 1");
    TRY(sql_criteria_of_edition(demo->desk.store, demo->arena, edition->id, &rows, &n));
    struct str *ids = NEW_ARRAY(demo->arena, n + 1, struct str);
    for (size_t i = 0; i < n; i++)
        ids[i] = rows[i].id;
    demo->criteria = (struct words){.at = ids, .n = n};
    return NULL;
}

static struct fault *write_keys(struct demo *demo)
{
    json_t *keys = json_new(demo->arena);
    struct str key;
    for (size_t i = 0; i < demo->founders_n; i++) {
        TRY(desk_make_key(&demo->desk, demo->arena, &demo->founders[i].who, STR("demo"), &key));
        json_put(keys, str_z(demo->arena, demo->founders[i].key), key);
    }
    TRY(desk_make_key(&demo->desk, demo->arena, &demo->makers[0].who, STR("demo"), &key));
    json_put(keys, "applicant", key);
    TRY(desk_make_key(&demo->desk, demo->arena, &demo->makers[1].who, STR("demo"), &key));
    json_put(keys, "applicant-for-two", key);
    TRY(desk_make_key(&demo->desk, demo->arena, &demo->facilities[0].who, STR("demo"), &key));
    json_put(keys, "evaluation-facility", key);
    struct str text = json_canonical(demo->arena, keys);
    struct str path = str_print(demo->arena, "%.*s/demo-keys.json", STR_F(demo->desk.data_dir));
    TRY(file_replace(demo->arena, demo->desk.data_dir, "demo-keys.json",
                     str_print(demo->arena, "%.*s\n", STR_F(text)), true));
    if (chmod(str_z(demo->arena, path), 0600))
        return FAULT(demo->arena, "broken-file", "%.*s: its mode cannot be set", STR_F(path));
    return NULL;
}

struct fault *demo_make(struct desk *desk, struct arena *arena)
{
    struct demo *demo = NEW(arena, struct demo);
    json_t *body, *seed;
    TRY(json_read(arena, embedded_find(seed_files, "demo-body.json"), &body));
    TRY(json_read(arena, embedded_find(seed_files, "demo-makers.json"), &seed));
    demo->desk = *desk;
    demo->desk.clock = &demo->clock;
    demo->desk.committed = NULL; /* the head is signed once, at the end */
    demo->arena = arena;
    demo->seed = seed;
    demo->today = clock_today(desk->clock);
    demo->clock.frozen_ms = day_begins(day_plus(demo->today, -STORY_DAYS)) + MS_A_DAY / 3;
    TRY(desk_found(&demo->desk, arena, body, &demo->founders, &demo->founders_n));
    TRY(register_makers(demo));
    TRY(demo_register_facilities(demo));
    TRY(desk_write(&demo->desk, arena, bar_one, demo));
    TRY(desk_write(&demo->desk, arena, join_two, demo));
    TRY(demo_begin_editions(demo));
    TRY(demo_settle_past(demo));
    TRY(read_criteria(demo));
    TRY(demo_tell_story(demo));
    TRY(demo_announce_edition(demo));
    TRY(demo_tell_security(demo));
    TRY(demo_put_right(demo));
    TRY(demo_undo(demo));
    TRY(demo_tell_vulnerability(demo));
    TRY(demo_appeal(demo));
    TRY(demo_settle_coming(demo));
    demo->clock = *desk->clock;
    demo->desk.committed = desk->committed;
    TRY(post_skip_past(&demo->desk, arena));
    return write_keys(demo);
}

struct fault *demo_roles(struct desk *desk, struct arena *arena, struct demo_role **roles,
                         size_t *n)
{
    struct str text, path = str_print(arena, "%.*s/demo-keys.json", STR_F(desk->data_dir));
    bool there;
    json_t *keys, *key;
    const char *role;
    *n = 0;
    TRY(file_whole(arena, path, KEYS_BYTES_MAX, &text, &there));
    if (!there)
        return FAULT(arena, "absent", "the registry holds no demonstration");
    TRY(json_read(arena, text, &keys));
    *roles = NEW_ARRAY(arena, json_object_size(keys) + 1, struct demo_role);
    json_object_foreach(keys, role, key)
    {
        struct row_account *account;
        struct hash digest = hash_of(json_text(key));
        TRY(sql_account_by_key_digest(desk->store, arena, hash_hex(arena, &digest), &account));
        if (!account)
            continue;
        struct demo_role *one = &(*roles)[(*n)++];
        *one = (struct demo_role){.role = str_of(role), .account = account->id,
                                  .key = json_text(key)};
        TRY(desk_make_link(desk, arena, account->id, false, &one->token));
    }
    return NULL;
}
