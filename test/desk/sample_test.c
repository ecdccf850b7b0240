/* sample_test.c: a planned sample for surveillance: drawn by the clock from what nobody chose, all
 * of it looked at, and published so that anyone draws it again: 4.6.3; on the engine of the run.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "acts.h"
#include "desk/draw.h"
#include "watched.h"

#include "base/banned.h"

enum { LABELS = 6, DRAWN = 2 };

static json_t *field_of(struct world *w, struct str id, const char *field)
{
    struct row_case_field *rows;
    size_t n;
    MUST(sql_case_fields(w->desk.store, w->arena, id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        json_t *list;
        if (!str_is(rows[i].field, field))
            continue;
        MUST(json_read(w->arena, str_print(w->arena, "[%.*s]", STR_F(rows[i].value)), &list));
        return json_array_get(list, 0);
    }
    return NULL;
}

/* What the entry said whose hash is the seed, as one who reads the journal finds it. */
static struct str hash_of_entry(struct world *w, int64_t seq)
{
    struct sql_journal_hash_row *row;
    MUST(sql_journal_hash(w->desk.store, w->arena, seq, &row));
    struct hash hash;
    if (!row || row->hash.bytes != HASH_BYTES)
        BUG("no entry %lld", (long long)seq);
    memcpy(hash.bytes, row->hash.at, HASH_BYTES);
    return hash_hex(w->arena, &hash);
}

static size_t events_of(struct world *w, struct str label, const char *kind, struct str *detail)
{
    struct row_label_event *rows;
    size_t n, found = 0;
    MUST(sql_label_events(w->desk.store, w->arena, label, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].kind, kind)) {
            found++;
            *detail = rows[i].detail;
        }
    return found;
}

static struct str planned(struct world *w, const char *day)
{
    const struct principal *manager = world_person(w, "technical-manager");
    struct str id, fields;
    struct case_request request = {.procedure = STR("surveillance-sample"), .who = manager};
    MUST(desk_open_case(&w->desk, w->arena, &request, &id));
    fields =
        str_print(w->arena, "{\"sample-size\":%d,\"sample-day\":\"%s\",\"reasons\":\"年度の計画\"}",
                  DRAWN, day);
    MUST(take(w, id, "declare-no-conflict", manager, "{}"));
    MUST(take(w, id, "plan-sample", manager, str_z(w->arena, fields)));
    return id;
}

static void close_all(struct world *w, struct str sample)
{
    const struct principal *officer = world_person(w, "operational-personnel");
    struct row_casework *rows;
    size_t n;
    MUST(sql_cases_below(w->desk.store, w->arena, sample, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        decide(w, rows[i].id, "begin-examination", "operational-personnel", "{}");
        MUST(take(w, rows[i].id, "report-examination", officer,
                  "{\"surveillance-outcome\":\"no-grounds\",\"surveillance-report-text\":\"-\"}"));
        MUST(take(w, rows[i].id, "close-clean", world_person(w, "technical-manager"),
                  "{\"reasons\":\"なし\"}"));
    }
}

static void test_draw(struct tally *t, struct world *w, struct str id, struct words population)
{
    world_day(w, "2026-02-02");
    sweep(w);
    CHECK_STR(t, world_case(w, id)->state, "sample-planned", "4.6.3-1 not before its day");
    world_day(w, "2026-02-03");
    sweep(w);
    CHECK_STR(t, world_case(w, id)->state, "sample-drawn", "4.6.3-1 the clock draws");
    struct str seed = json_text(field_of(w, id, "sample-seed"));
    CHECK(t, str_eq(seed, hash_of_entry(w, json_integer_value(field_of(w, id, "sample-entry")))),
          "4.6.3-1 the seed is the hash of an entry of the journal");
    struct hash digest = draw_population_digest(w->arena, population);
    CHECK(t, str_eq(json_text(field_of(w, id, "sample-digest")), hash_hex(w->arena, &digest)),
          "4.6.3-1 the population is the labels in force, by its digest");
    struct words again = draw_of(w->arena, seed, population, DRAWN);
    struct str text = str_print(w->arena, "%.*s\n%.*s", STR_F(again.at[0]), STR_F(again.at[1]));
    CHECK_STR(t, json_text(field_of(w, id, "sample-labels")), str_z(w->arena, text),
              "4.6.3-1 whoever draws again draws the same");
}

int main(void)
{
    struct tally tally = {0};
    struct world *w = world_new();
    struct str numbers[LABELS], detail = STR_NONE;
    world_day(w, "2026-01-15");
    for (size_t i = 0; i < LABELS; i++)
        numbers[i] = world_case(w, world_case_after(w, "issue"))->label;
    struct words population = {numbers, LABELS};
    const struct principal *manager = world_person(w, "technical-manager");
    struct str id = planned(w, "2026-02-03");
    test_draw(&tally, w, id, population);
    MUST(take(w, id, "order-sample", manager,
              "{\"surveillance-cause\":\"planned-sample\",\"reasons\":\"年度の計画\"}"));
    struct row_casework *opened;
    size_t n;
    MUST(sql_cases_below(w->desk.store, w->arena, id, &opened, &n));
    CHECK(&tally, n == DRAWN && str_is(opened[0].state, "ordered"),
          "4.6.3-1 a surveillance for each label drawn");
    CHECK_STR(&tally, str_of(said(w, take(w, id, "close-sample", manager, "{}"))),
              "refused none-open-below 4.6.3-1", "4.6.3-1 nothing is published while they run");
    for (size_t i = 0; i < LABELS; i++)
        CHECK(&tally, !events_of(w, numbers[i], "drawn", &detail), "4.6.3-1 nor in any history");
    close_all(w, id);
    MUST(take(w, id, "close-sample", manager, "{}"));
    size_t drawn = 0;
    for (size_t i = 0; i < LABELS; i++)
        drawn += events_of(w, numbers[i], "drawn", &detail);
    CHECK(&tally, drawn == DRAWN, "4.6.3-1 then the draw is public, at each label drawn");
    json_t *said_of_it;
    MUST(json_read(w->arena, detail, &said_of_it));
    CHECK(&tally,
          str_eq(json_get(said_of_it, "seed"), json_text(field_of(w, id, "sample-seed"))) &&
              json_get_int(said_of_it, "population", 0) == LABELS &&
              str_is(json_get(said_of_it, "on"), "2026-02-02"),
          "4.6.3-1 with its seed, its population and its day");
    struct str unused = planned(w, "2026-02-04");
    world_day(w, "2026-02-04");
    sweep(w);
    MUST(take(w, unused, "discard-sample", manager, "{\"reasons\":\"要員が足りない。\"}"));
    drawn = 0;
    for (size_t i = 0; i < LABELS; i++)
        drawn += events_of(w, numbers[i], "drawn-unused", &detail);
    CHECK(&tally, drawn == DRAWN, "4.6.3-1 a draw that was not used is public too");
    CHECK(&tally, world_replay(w) == 0, "6.4-1 every row follows from the journal");
    world_end(w);
    return tally_end(&tally);
}
