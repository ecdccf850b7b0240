/* model.h: an exhaustive walk over a label's life, drawn from the rule book itself.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A world is one label, the cases open on it, and a day. From each world every step of every
 * procedure is tried by each of three persons, in every scene that the case files of the rule book
 * set for that step; the label, the day and who did what are the world's own, everything else
 * (fields, editions, facilities) is the scene's, its days moved along with the day of the world.
 * Time goes on in steps that cross every boundary of the label. A later section is walked without
 * new code, because its rows and its cases are.
 *
 * Invariants are said here in other words than the guards', and asked of every step allowed. */
#ifndef HOSHI_MODEL_H
#define HOSHI_MODEL_H

#include "base/arena.h"
#include "rule/case_judge.h"
#include "rule/judge.h"

enum { PERSONS = 3, OPEN_MAX = 4, STEPS_MAX = 64, NOBODY = PERSONS };

/* steps: by bit, as they stand in the procedure. Persons are interchangeable: kept in order. */
struct open_case {
    uint64_t by[PERSONS];
    uint8_t procedure, state, entry, level; /* entry: the step, from 1; 0 while a draft */
    uint8_t marks;                          /* MARK_…: as the model saw it, whatever facts say */
};

/* 4.6.3, 4.6.4: ordered by the Technical Manager; corrective action required; its period over; a
 * correction filed and not examined since. */
enum { MARK_ORDERED = 1, MARK_REQUIRED = 2, MARK_OVER = 4, MARK_UNEXAMINED = 8 };

struct world {
    struct life life;
    struct day today;
    uint8_t route;                       /* procedure that issued the label, 0 for none yet */
    uint8_t registrations, certificates; /* how often a number of the kind was given */
    uint8_t filed;                       /* extensions applied for, as the model counts them */
    uint8_t open_n;
    struct open_case open[OPEN_MAX];
};

/* What a case file sets for a step, the same but for what the world has left out. */
struct scene {
    struct case_known known;
    const struct step_row *step;
    size_t step_index;                   /* within the procedure */
    bool plain;                          /* the first line that allows the step */
};

struct model {
    const struct rulebook *book;
    struct arena *arena;
    struct scene **scenes;
    size_t scenes_n;
    uint64_t *told_as;                   /* by step: the bit that tells of it, 0 for none */
    size_t open_max;                     /* cases open at once */
    bool plain_only;                     /* no scenes but the plain ones: fewer, so deeper */
    int fact_entry, fact_siblings, fact_no_label; /* FACT_… where the book has them, else 0 */
};

/* A step that the judge allowed. before_open: the case as it was; NULL where the step opens it. */
struct taken {
    const struct model *model;
    const struct world *before, *after;
    const struct open_case *was, *is;    /* is: with this step on it, also when that ended it */
    const struct scene *scene;
    int person;                          /* NOBODY: a party or the clock */
    const struct facts *facts;           /* as judged */
};

/* scene.c: every case line of these texts that could ever be allowed. False: a line is no case. */
bool model_read(struct model *model, struct arena *arena, const struct rulebook *book,
                const struct str *texts, size_t texts_n);

/* world.c: each world that follows from this one; stops when `met` says so. */
typedef bool world_met(void *whom, const struct world *next, const struct taken *taken);
void world_follow(const struct model *model, const struct world *world, world_met *met, void *whom);
struct world world_first(const struct model *model);

/* invariant.c: NULL when all hold, else which is broken, with its clause. */
const char *invariant_broken(const struct taken *taken);

/* walk.c: breadth first, until nothing new follows, the depth, the states or the seconds are used
 * up. Prints the way to the first broken one. */
struct walk_limits {
    int depth;
    size_t states;
    int seconds;
};
struct walk_end {
    size_t states, steps;
    int depth;
    bool whole;          /* nothing more follows */
    const char *broken;  /* the first that was met; NULL for none */
};
struct walk_end model_walk(const struct model *model, struct walk_limits limits, bool tell);

#endif
