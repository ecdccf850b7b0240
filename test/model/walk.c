/* walk.c: all worlds that follow, breadth first, each met once.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A world met is remembered by 128 bits of SHA-256 of its bytes: the chance that two of a hundred
 * million worlds share them is less than one in 10^22. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/hash.h"
#include "model.h"

#include "base/banned.h"

struct mark {
    uint64_t a, b; /* never both 0 */
};

/* How a world was met: enough to tell the way to it. */
struct node {
    uint32_t parent;
    uint16_t step, person; /* step 0: a day went by */
    int32_t today;
};

struct walk {
    const struct model *model;
    struct hasher *hasher;
    struct mark *marks;
    size_t marks_room;
    struct node *nodes;
    size_t nodes_n, nodes_room;
    struct world *now, *next;
    size_t now_n, next_n, next_room;
    size_t first_of_now;    /* node of now[0] */
    uint32_t parent;
    struct walk_limits limits;
    struct walk_end end;
    bool tell, full;
};

static void *grown(void *at, size_t *room, size_t wanted, size_t each)
{
    if (wanted <= *room)
        return at;
    *room = *room ? *room * 2 : 1024;
    at = realloc(at, *room * each);
    if (!at)
        abort();
    return at;
}

/* Values alone: what lies between the members of a struct is nobody's. */
static struct mark mark_of(struct walk *walk, const struct world *world)
{
    struct mark mark;
    const struct life *life = &world->life;
    int64_t values[] = {life->issued.n,       life->expires.n, life->term_start.n, life->level,
                        life->extensions,     life->pending,   life->end,          life->ended.n,
                        world->today.n,       world->route,    world->registrations,
                        world->certificates,  world->filed,    world->open_n};
    hasher_start(walk->hasher);
    hasher_add(walk->hasher, values, sizeof values);
    for (size_t i = 0; i < world->open_n; i++) {
        const struct open_case *open = &world->open[i];
        uint8_t small[] = {open->procedure, open->state, open->entry, open->level};
        hasher_add(walk->hasher, open->by, sizeof open->by);
        hasher_add(walk->hasher, small, sizeof small);
    }
    struct hash hash = hasher_end(walk->hasher);
    memcpy(&mark, hash.bytes, sizeof mark);
    mark.b |= 1;
    return mark;
}

static void marks_grow(struct walk *walk)
{
    struct mark *old = walk->marks;
    size_t room = walk->marks_room;
    walk->marks_room = room ? room * 2 : 1 << 16;
    walk->marks = calloc(walk->marks_room, sizeof *walk->marks);
    if (!walk->marks)
        abort();
    for (size_t i = 0; i < room; i++) {
        size_t k = old[i].a & (walk->marks_room - 1);
        while (old[i].b && walk->marks[k].b)
            k = (k + 1) & (walk->marks_room - 1);
        if (old[i].b)
            walk->marks[k] = old[i];
    }
    free(old);
}

/* False when it was met before. */
static bool meet(struct walk *walk, const struct world *world)
{
    struct mark mark = mark_of(walk, world);
    if (walk->end.states * 2 >= walk->marks_room)
        marks_grow(walk);
    size_t k = mark.a & (walk->marks_room - 1);
    while (walk->marks[k].b) {
        if (walk->marks[k].a == mark.a && walk->marks[k].b == mark.b)
            return false;
        k = (k + 1) & (walk->marks_room - 1);
    }
    walk->marks[k] = mark;
    walk->end.states++;
    return true;
}

static void way_print(const struct walk *walk, uint32_t node)
{
    char day[11];
    if (node)
        way_print(walk, walk->nodes[node].parent);
    const struct node *at = &walk->nodes[node];
    printf("#   %.*s  %s", STR_F(day_print((struct day){at->today}, day)),
           at->step ? walk->model->book->steps[at->step].name : "");
    if (at->step && at->person != NOBODY)
        printf(" by person %d", at->person + 1);
    printf("\n");
}

static bool met(void *whom, const struct world *next, const struct taken *taken)
{
    struct walk *walk = whom;
    const char *broken = taken ? invariant_broken(taken) : NULL;
    walk->end.steps++;
    bool new = meet(walk, next);
    if (!new && !broken)
        return true;
    walk->nodes = grown(walk->nodes, &walk->nodes_room, walk->nodes_n + 1, sizeof *walk->nodes);
    walk->nodes[walk->nodes_n++] = (struct node){
        .parent = walk->parent, .today = next->today.n,
        .step = taken ? (uint16_t)(taken->scene->step - walk->model->book->steps) : 0,
        .person = taken ? (uint16_t)taken->person : NOBODY};
    if (broken) {
        walk->end.broken = broken;
        if (walk->tell) {
            printf("# broken: %s\n", broken);
            way_print(walk, (uint32_t)walk->nodes_n - 1);
        }
        return false;
    }
    walk->next = grown(walk->next, &walk->next_room, walk->next_n + 1, sizeof *walk->next);
    walk->next[walk->next_n++] = *next;
    if (walk->end.states >= walk->limits.states)
        walk->full = true;
    return !walk->full;
}

static void level_walk(struct walk *walk, time_t until)
{
    for (size_t i = 0; i < walk->now_n && !walk->full && !walk->end.broken; i++) {
        walk->parent = (uint32_t)(walk->first_of_now + i);
        world_follow(walk->model, &walk->now[i], met, walk);
        walk->full |= time(NULL) >= until;
    }
}

struct walk_end model_walk(const struct model *model, struct walk_limits limits, bool tell)
{
    struct world first = world_first(model);
    struct walk walk = {.model = model, .limits = limits, .tell = tell,
                        .hasher = hasher_new(model->arena)};
    time_t until = time(NULL) + limits.seconds;
    met(&walk, &first, NULL);
    while (walk.next_n && walk.end.depth < limits.depth && !walk.full && !walk.end.broken) {
        free(walk.now);
        walk.first_of_now = walk.nodes_n - walk.next_n;
        walk.now = walk.next;
        walk.now_n = walk.next_n;
        walk.next = NULL;
        walk.next_n = walk.next_room = 0;
        level_walk(&walk, until);
        walk.end.depth++;
        if (tell)
            printf("depth %d: %zu states, %zu steps allowed\n", walk.end.depth, walk.end.states,
                   walk.end.steps);
    }
    walk.end.whole = !walk.next_n && !walk.full && !walk.end.broken;
    free(walk.now);
    free(walk.next);
    free(walk.nodes);
    free(walk.marks);
    return walk.end;
}
