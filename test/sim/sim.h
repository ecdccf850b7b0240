/* sim.h: a scheme through the years: random actors, slips, outages and crashes, from one seed.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Time goes by in chunks. Each chunk is lived by a process of its own, which may be killed between
 * any two statements; another takes over where it stood, from what the database says and from the
 * few numbers that both share. The same seed makes the same choices in the same order. */
#ifndef HOSHI_SIM_H
#define HOSHI_SIM_H

#include "../store/place.h"
#include "desk/desk.h"

struct row_casework;

enum { ACTORS_MAX = 400, OPEN_CASES_MAX = 200000, LABELS_MAX = 100000 };

/* Shared with the process that lives the chunk: what must outlive its death. */
struct tally_of_years {
    uint64_t random, crash_random; /* where the two streams of numbers stand */
    int64_t now_ms;                /* the clock */
    int64_t end_ms;                /* of the chunk */
    int64_t cases, steps, refused, clock_steps, malformed;
    int64_t acknowledged;          /* journal entry of the last step that was answered */
    int64_t crashes, lost, differences, broken;
    int64_t published_bytes;       /* of the register, looked at at the end of the last year */
    char leaked[40];               /* a field marked though published: it must be found */
    int64_t labels, certified;     /* as the last check found them */
    bool crashing;                 /* this chunk may be killed */
    bool over;                     /* the chunk was lived to its end */
};

struct actor {
    struct principal who;
    bool party;                    /* a maker's or a facility's person */
    bool facility;
    struct str of_party;
};

struct sim {
    struct place *place;
    struct arena *arena;           /* of the chunk */
    struct clock clock;
    struct desk desk;
    struct tally_of_years *shared;
    struct actor actors[ACTORS_MAX];
    size_t actors_n;
    struct actor guest;            /* without an account: with the link of the case at hand */
    struct str *open;              /* ids of cases that are not closed */
    size_t open_n;
    struct str *labels;            /* registration numbers */
    size_t labels_n;
};

/* random.c: splitmix64; below(n) is in 0 … n - 1. */
uint64_t random_next(uint64_t *state);
size_t random_below(struct sim *sim, size_t n);
bool random_chance(struct sim *sim, unsigned percent);

/* crash.c: the linker leads the engines' calls through here: a process dies there, once in so many
 * statements as the seed will have it. */
void crash_arm(struct tally_of_years *shared, int64_t statements);

/* people.c: the body's people, makers and facilities; found again by their logins. */
void people_found(struct sim *sim, int makers);
void people_find(struct sim *sim);
/* By the first part of the login, of the body's people; the program ends where there is none. */
const struct actor *people_named(const struct sim *sim, const char *login);
/* A facility's person, or a maker's. */
const struct actor *people_any(struct sim *sim, bool facility);
/* Somebody who could take the step, by the roles of its row; NULL when nobody is known. */
const struct actor *people_for(struct sim *sim, const struct row_casework *work,
                               const struct step_row *step);

/* fill.c: what the form of a step asks for, filled in with what may be right or wrong. */
json_t *fill_form(struct sim *sim, struct arena *arena, const struct actor *actor,
                  const struct row_casework *work, const struct step_row *step);

/* All that the form must have, right, with what stands in `own` in its place, and with files. */
json_t *fill_whole(struct sim *sim, struct arena *arena, const struct actor *actor,
                   const struct row_casework *work, const struct step_row *step, json_t *own);

/* facilities.c: facilities with agreement, approval and evaluators. */
void facilities_found(struct sim *sim);

/* confidential.c: what people write and nobody publishes carries a mark, which folding leaves alone
 * and which is searched for in every byte of the register. */
#define CONFIDENTIAL "kakushi7x9q"
bool is_published(const struct sim *sim, const struct field_row *field);
struct str confidential_text(struct arena *arena, const char *about);
void confidential_check(struct sim *sim);

/* live.c: the days up to the end of the chunk, from where the shared clock stands. */
void chunk_live(struct sim *sim, int actions_a_day);

/* check.c: what must hold at the end of a year: replay, and the manual's promises, row by row. */
void year_check(struct sim *sim);

#endif
