/* hint.c: what the registrant of a label can do next, judged by the rows of the application itself.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rule/hint.h"

#include <string.h>

#include "base/banned.h"

static const struct procedure_row *extension_of(const struct rulebook *book, struct str route)
{
    if (str_is(route, "self-declared"))
        return &book->procedures[PROCEDURE_EXTEND_SELF_DECLARED];
    return str_is(route, "certified") ? &book->procedures[PROCEDURE_EXTEND_CERTIFIED] : NULL;
}

struct verdict hint_judge(const struct rulebook *book, const struct facts *facts,
                          const struct procedure_row **procedure)
{
    const struct str registrant = STR("registrant"), nothing = STR_NONE;
    struct facts asked = *facts;
    asked.actor_parties = (struct words){.at = &registrant, .n = 1};
    asked.actor_steps = (struct words){.at = &nothing};
    asked.conditions_kept = STR("kept");
    *procedure = extension_of(book, facts->route);
    if (!*procedure)
        return (struct verdict){.kind = VERDICT_UNKNOWN};
    return judge(book, *procedure, STR("apply"), ROLE_REGISTRANT, STATE_START, &asked);
}

/* 5-2: after the last day of extension there is none, however long the label is valid. */
static struct hint may_extend(const struct facts *facts)
{
    if (facts->extension_ends.n < facts->expires.n)
        return (struct hint){.kind = HINT_HURRY, .day = facts->extension_ends, .clause = "5-2"};
    if (facts->today.n < facts->extension_advised.n)
        return (struct hint){.kind = HINT_WAIT, .day = facts->extension_advised};
    return (struct hint){.kind = HINT_EXTEND, .day = facts->expires};
}

/* 4.3.6-1, as its own row asks: by the parameter also before the total is used up, or not. */
static bool may_recertify(const struct rulebook *book, const struct facts *facts)
{
    const struct step_row *step = step_by_name(book, &book->procedures[PROCEDURE_CERTIFIED],
                                               STR("file-recertification"));
    for (size_t i = 0; step && i < step->whens.n; i++) {
        const struct use *use = &book->uses[step->whens.first + i];
        if (use->id == GUARD_EXTENSIONS_USED_UP)
            return book->guards[use->id].holds(facts, use->arg);
    }
    return false;
}

static struct hint may_not(const struct rulebook *book, const struct facts *facts, int guard)
{
    switch (guard) {
    case GUARD_EXTENSION_WINDOW_OPEN:
        return (struct hint){.kind = HINT_WAIT, .day = facts->extension_opens};
    case GUARD_EDITION_ALLOWS_EXTENSION:
        return (struct hint){.kind = HINT_ANEW, .day = facts->expires};
    case GUARD_APPLICATIONS_BELOW:
    case GUARD_TOTAL_WITHIN:
        return (struct hint){.kind = may_recertify(book, facts) ? HINT_RECERTIFY : HINT_USED_UP,
                             .day = facts->expires};
    default:
        return (struct hint){.kind = HINT_PENDING, .day = facts->expires};
    }
}

struct hint hint_of(const struct rulebook *book, const struct facts *facts)
{
    struct life life = life_of(facts);
    enum life_state state = life_state_on(&life, facts->today);
    if (life.end != LIFE_GOES_ON)
        return (struct hint){HINT_OVER, life.ended,
                             life.end == LIFE_WITHDRAWN ? "4.6.2-1" : "4.6.1-1", NULL};
    if (state == LIFE_STATE_GRACE)
        return (struct hint){HINT_GRACE, day_plus(facts->grace_end, -1), "4.6.1-1", NULL};
    if (state != LIFE_STATE_VALID)
        return (struct hint){HINT_OVER, day_plus(life.expires, 1), "4.6.1-1", NULL};
    if (life.pending)
        return (struct hint){HINT_PENDING, life.expires, "4.3.2-1", NULL};
    const struct procedure_row *procedure;
    struct verdict verdict = hint_judge(book, facts, &procedure);
    bool may = verdict.kind == VERDICT_ALLOWED;
    struct hint hint = may ? may_extend(facts) : may_not(book, facts, verdict.guard_id);
    if (!hint.clause)
        hint.clause = verdict.clause;
    if (may)
        hint.procedure = procedure;
    return hint;
}

const char *hint_word(enum hint_kind kind)
{
    static const char *const words[HINT_KINDS] = {
        [HINT_OVER] = "over", [HINT_GRACE] = "grace",        [HINT_PENDING] = "pending",
        [HINT_WAIT] = "wait", [HINT_EXTEND] = "extend",      [HINT_HURRY] = "hurry",
        [HINT_ANEW] = "anew", [HINT_RECERTIFY] = "recertify", [HINT_USED_UP] = "used-up"};
    return words[kind];
}

static const struct text texts[HINT_KINDS] = {
    [HINT_OVER] = {"{day}から有効ではありません。必要なら新たに申請してください。",
                   "Not in force since {day}. Apply for a new label where one is needed."},
    [HINT_GRACE] =
        {"有効期間は満了し、延長を審査中です。{day}までに決まらなければ失効します。",
         "Validity is over; the extension is under examination. Not decided by {day}, "
         "the label lapses."},
    [HINT_PENDING] = {"延長を審査中です。することはありません。",
                      "An extension is under examination. There is nothing to do."},
    [HINT_WAIT] = {"{day}まで、することはありません。", "Nothing to do until {day}."},
    [HINT_EXTEND] = {"{day}までに延長を申請してください。", "Apply for extension by {day}."},
    [HINT_HURRY] = {"適合基準が変わります。延長の申請は{day}までです。",
                    "The criteria change: apply for extension by {day}."},
    [HINT_ANEW] = {"適合基準が変わったため延長できません。{day}までに新たに申請してください。",
                   "The criteria have changed: it cannot be extended. Apply anew by {day}."},
    [HINT_RECERTIFY] = {"延長の上限です。{day}までに再認証を受けてください。",
                        "No extension is left: be re-certified by {day}."},
    [HINT_USED_UP] = {"延長の上限です。通算の期間の前は再認証も申請できません。"
                      "{day}までに新たに申請してください。",
                      "No extension is left, and re-certification is not open before the total "
                      "period is over: apply anew by {day}."}};

struct str hint_sentence(struct arena *arena, enum hint_kind kind, bool english, struct str day)
{
    static const char blank[] = "{day}";
    const char *text = text_in(texts[kind], english), *at = strstr(text, blank);
    if (!at)
        return str_of(text);
    return str_print(arena, "%.*s%.*s%s", (int)(at - text), text, STR_F(day),
                     at + sizeof blank - 1);
}
