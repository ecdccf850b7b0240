/* scene.c: a registry with a signed head.
 * SPDX-License-Identifier: Apache-2.0 */
#include "scene.h"

#include <stdlib.h>

#include "base/json.h"
#include "rows.h"
#include "store/head.h"
#include "store/put.gen.h"

#include "base/banned.h"

/* ---- the signed head */

static struct fault *sign(void *whom, struct arena *arena, struct str text,
                          uint8_t signature[HEAD_SIGNATURE_BYTES])
{
    (void)arena;
    crypto_sign_detached(signature, NULL, (const unsigned char *)text.at, text.bytes, whom);
    return NULL;
}

void scene_sign_head(struct scene *scene, unsigned char *secret)
{
    struct signed_head head = {.at = 1767225600000};
    struct head_signer signer = {.sign = sign, .whom = secret};
    MUST(journal_head(scene->store, scene->arena, &head.head));
    MUST(head_write(scene->arena, scene->place->settings.data_dir, &head, &signer, true));
}

/* ---- looking */

static void say(void *whom, struct str table, struct str key, struct str column)
{
    struct scene *scene = whom;
    buf_printf(&scene->said, "%.*s %.*s %.*s\n", STR_F(table), STR_F(key), STR_F(column));
}

int64_t scene_look(struct scene *scene)
{
    scene->said = buf_new(scene->arena, 1 << 20);
    struct fault *fault = replay_check(scene->store, scene->arena, scene->place->settings.data_dir,
                                       say, scene, &scene->report);
    scene->fault = fault ? fault->code : "";
    return fault ? -1 : scene->report.differences;
}

bool scene_names(struct scene *scene, const char *line)
{
    struct str rest = buf_str(&scene->said), one;
    while (rest.bytes) {
        one = str_cut(rest, '\n', &rest);
        if (str_is(one, line))
            return true;
    }
    printf("# no \"%s\" in:\n# %.*s", line, STR_F(buf_str(&scene->said)));
    return false;
}

void scene_hand(struct scene *scene, struct str sql)
{
    const char *error = place_hand(scene->place, sql.at);
    if (error) {
        printf("not ok - %.*s: %s\n", STR_F(sql), error);
        exit(1);
    }
}

void scene_all_is_well(struct scene *scene, const char *after)
{
    int64_t n = scene_look(scene);
    if (!CHECK(&scene->tally, n == 0, "%s: put back, nothing differs", after))
        printf("# %s %.*s", scene->fault, STR_F(buf_str(&scene->said)));
    arena_reset(scene->arena);
}

struct str scene_literal(struct scene *scene, const struct value *value)
{
    if (value->kind == VALUE_INT)
        return str_print(scene->arena, "%lld", (long long)value->n);
    if (value->kind == VALUE_TEXT)
        return str_print(scene->arena, "'%.*s'", STR_F(value->text));
    struct str hex = hex_print(scene->arena, value->text);
    return str_print(scene->arena, store_is_postgres(scene->store) ? "'\\x%.*s'" : "X'%.*s'",
                     STR_F(hex));
}

void scene_add_person(struct scene *scene, const char *id, const char *mail)
{
    struct row_person person = {.id = str_of(id),
                                .name_ja = STR("架空 花子"),
                                .name_en = STR("Kaku Hanako"),
                                .mail = str_of(mail)};
    entry_begin(scene->store, scene->arena, "account");
    MUST(put_person(scene->store, &person));
    entry_commit(scene->store, scene->arena);
}

struct scene scene_new(void)
{
    struct scene scene = {.place = place_new(),
                          .arena = arena_new((size_t)1 << 28),
                          .store_arena = arena_new((size_t)1 << 28)};
    unsigned char public[crypto_sign_PUBLICKEYBYTES];
    scene.store = place_open(scene.place, scene.store_arena, false);
    printf("# %.*s\n", STR_F(store_engine(scene.store, scene.store_arena)));
    crypto_sign_keypair(public, scene.secret);
    MUST(head_write_key(scene.arena, scene.place->settings.data_dir, public));
    CHECK(&scene.tally, scene_look(&scene) == 0, "an empty registry");
    fill_every_table(scene.store, scene.arena, 2);
    scene_add_person(&scene, "p1", "true@example.jp");
    scene_add_person(&scene, "p2", "two@example.jp");
    entry_begin(scene.store, scene.arena, "account");
    MUST(drop_person(scene.store, STR("p2")));
    entry_commit(scene.store, scene.arena);
    scene_add_person(&scene, "p9", "last@example.jp");
    scene_sign_head(&scene, scene.secret);
    scene_all_is_well(&scene, "the beginning");
    return scene;
}

int scene_end(struct scene *scene)
{
    arena_free(scene->store_arena);
    arena_free(scene->arena);
    place_end(scene->place);
    return tally_end(&scene->tally);
}
