/* scene.c: the case lines of the rule book as scenes in which a step may be tried.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "model.h"

#include "base/banned.h"

enum { SCENES_MAX = 8192 };

/* Facts that the world has itself: of the label, of the actor's steps, of the case. */
static bool is_of_world(const struct model *model, int fact)
{
    const struct fact_row *row = &model->book->facts[fact];
    static const char *const own[] = {"today", "now", "actor-steps", "case-level", "route",
                                      "case-entry", "open-on-label", "about-no-label"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (!strcmp(row->name, own[i]))
            return true;
    return !strcmp(row->subject, "label");
}

static bool reads_world(const struct model *model, int guard)
{
    struct range reads = model->book->guards[guard].reads;
    bool own = false;
    for (size_t i = 0; i < reads.n; i++) { /* days of a scene move with today: they alone are not */
        int fact = model->book->ids[reads.first + i];
        bool today = !strcmp(model->book->facts[fact].name, "today");
        own |= !today && is_of_world(model, fact);
    }
    return own;
}

/* Would it be refused whatever the world is? */
static bool is_dead(const struct model *model, const struct scene *scene)
{
    const struct rulebook *book = model->book;
    const struct range whens[] = {book->roles[scene->known.role].whens, scene->step->whens};
    for (size_t r = 0; r < 2; r++)
        for (size_t i = 0; i < whens[r].n; i++) {
            const struct use *use = &book->uses[whens[r].first + i];
            struct arg arg = use->arg;
            if (book->guards[use->id].takes_function) {
                arg.id = book->acts[scene->step->act].function;
                arg.word = book->functions[arg.id].name;
            }
            if (!reads_world(model, use->id) &&
                !book->guards[use->id].holds(&scene->known.facts, arg))
                return true;
        }
    return false;
}

static size_t fact_bytes(enum fact_kind kind)
{
    switch (kind) {
    case FACT_KIND_FLAG: return sizeof(bool);
    case FACT_KIND_NUMBER:
    case FACT_KIND_INSTANT: return sizeof(int64_t);
    case FACT_KIND_DAY: return sizeof(struct day);
    case FACT_KIND_SPAN: return sizeof(struct span);
    case FACT_KIND_WORD:
    case FACT_KIND_WORDS: break;
    }
    return 0;
}

static bool same_fact(const struct fact_row *fact, const struct facts *a, const struct facts *b,
                      int32_t moved)
{
    const void *one = (const char *)a + fact->offset, *other = (const char *)b + fact->offset;
    if (fact->kind == FACT_KIND_WORD)
        return str_eq(*(const struct str *)one, *(const struct str *)other);
    if (fact->kind == FACT_KIND_WORDS) {
        const struct words *w = one, *v = other;
        if (w->n != v->n || !w->at != !v->at)
            return false;
        for (size_t i = 0; i < w->n; i++)
            if (!str_eq(w->at[i], v->at[i]))
                return false;
        return true;
    }
    if (fact->kind == FACT_KIND_DAY && ((const struct day *)one)->n > 0)
        return ((const struct day *)one)->n + moved == ((const struct day *)other)->n;
    return !memcmp(one, other, fact_bytes(fact->kind));
}

static bool same_scene(const struct model *model, const struct scene *a, const struct scene *b)
{
    const struct rulebook *book = model->book;
    int32_t moved = b->known.facts.today.n - a->known.facts.today.n;
    if (a->step != b->step || a->known.role != b->known.role)
        return false;
    for (size_t i = 1; i < book->facts_n; i++)
        if (!is_of_world(model, (int)i) &&
            !same_fact(&book->facts[i], &a->known.facts, &b->known.facts, moved))
            return false;
    /* the level of the case is the scene's until the case is open */
    return a->known.facts.case_level == b->known.facts.case_level;
}

static bool line_read(struct model *model, const struct case_line *line)
{
    struct scene *scene = NEW(model->arena, struct scene);
    struct str unknown;
    if (!case_know(model->book, line, &scene->known, &unknown))
        return false;
    scene->step = step_by_name(model->book, scene->known.procedure, line->step);
    scene->step_index = (size_t)(scene->step - model->book->steps) -
                        scene->known.procedure->steps.first;
    scene->plain = line->allowed;
    for (size_t i = 0; i < model->scenes_n && scene->plain; i++)
        scene->plain = !(model->scenes[i]->step == scene->step && model->scenes[i]->plain);
    if (!scene->known.role || is_dead(model, scene) || model->scenes_n == SCENES_MAX)
        return true;
    for (size_t i = 0; i < model->scenes_n; i++)
        if (same_scene(model, model->scenes[i], scene))
            return true;
    model->scenes[model->scenes_n++] = scene;
    return true;
}

static bool is_apart(const struct rulebook *book, const struct step_row *step, const char *from)
{
    for (size_t a = 0; a < step->aparts.n; a++)
        if (!strcmp(book->aparts[step->aparts.first + a].step, from))
            return true;
    return false;
}

/* Do all rows `apart` of the procedure, and the sorts of their acts, take the two for one? */
static bool alike(const struct rulebook *book, const struct procedure_row *procedure,
                  const struct step_row *a, const struct step_row *b)
{
    const struct act_row *one = &book->acts[a->act], *other = &book->acts[b->act];
    for (size_t i = 0; i < procedure->steps.n; i++) {
        const struct step_row *step = &book->steps[procedure->steps.first + i];
        if (is_apart(book, step, a->name) != is_apart(book, step, b->name))
            return false;
    }
    return one->sort == other->sort &&
           (one->sort != ACT_DECIDES || one->function == other->function);
}

/* Who took a step matters where another is to be apart from it, or where it assesses or decides;
 * of steps that are alike the first tells. */
static void steps_tell(struct model *model, const struct procedure_row *procedure)
{
    const struct rulebook *book = model->book;
    for (size_t i = 0; i < procedure->steps.n && i < STEPS_MAX; i++) {
        const struct step_row *step = &book->steps[procedure->steps.first + i];
        enum act_sort sort = book->acts[step->act].sort;
        bool tells = sort == ACT_ASSESSES || sort == ACT_DECIDES;
        for (size_t k = 0; k < procedure->steps.n; k++)
            tells |= is_apart(book, &book->steps[procedure->steps.first + k], step->name);
        size_t first = 0;
        while (!alike(book, procedure, &book->steps[procedure->steps.first + first], step))
            first++;
        model->told_as[procedure->steps.first + i] = tells ? UINT64_C(1) << first : 0;
    }
}

bool model_read(struct model *model, struct arena *arena, const struct rulebook *book,
                const struct str *texts, size_t texts_n)
{
    *model = (struct model){.book = book, .arena = arena,
                            .scenes = NEW_ARRAY(arena, SCENES_MAX, struct scene *),
                            .fact_entry = fact_by_name(book, STR("case-entry")),
                            .fact_siblings = fact_by_name(book, STR("open-on-label")),
                            .fact_no_label = fact_by_name(book, STR("about-no-label"))};
    model->open_max = OPEN_MAX;
    model->told_as = NEW_ARRAY(arena, book->steps_n, uint64_t);
    for (size_t i = 1; i < book->procedures_n; i++)
        steps_tell(model, &book->procedures[i]);
    for (size_t i = 0; i < texts_n; i++) {
        struct case_reader reader = case_reader_of(texts[i]);
        enum case_read read;
        while ((read = case_next(&reader)) == CASE_LINE)
            if (!line_read(model, &reader.now))
                return false;
        if (read != CASE_END)
            return false;
    }
    return true;
}
