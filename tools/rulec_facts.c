/* rulec_facts.c: doc/facts.md: every word that a case file may give.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rulec.h"

#include "base/banned.h"

static const char head[] =
    "# Case files and facts · 事例ファイルと事実\n\n"
    "<!-- made by rulec from rules/: edit those, then build/tools/rulec rules doc doc -->\n\n"
    "A case file says, line by line, what the rules answer to given facts. Anyone can write one "
    "and run it: "
    "`hoshi cases FILE` (on the judge), `hoshi cases --via cli FILE`, `hoshi cases --via http "
    "FILE`. It ends "
    "with `N passed, N failed`.\n\n"
    "事例ファイルは、与えた事実に対する規則の答えを1行ずつ記します。`hoshi cases FILE` "
    "で確かめられます。\n\n"
    "```\n"
    "# comment\n"
    "given FACT…                                  holds for the lines below; forgets what was "
    "given before\n"
    "and FACT…                                    more of it (at most eight rows in all)\n"
    "PROCEDURE STEP ROLE STATE [FACT…] -> STATE [YYYY-MM-DD]\n"
    "PROCEDURE STEP ROLE STATE [FACT…] -> refused CLAUSE [GUARD]\n"
    "```\n\n"
    "- A fact on the line goes before the same fact given above. Nothing given means that nothing "
    "is known, "
    "and then every condition refuses.\n"
    "- ROLE is the role under which the step is asked for; `none` is somebody who holds no role of "
    "the body "
    "(an administrator, say).\n"
    "- STATE is the state of the case before the step; after the arrow, the state that follows. "
    "The day is the "
    "last valid day (inclusive, Tokyo) of the label that the step issues.\n"
    "- CLAUSE is that of the row that refuses; GUARD its name, or `authority` (ROLE does not take "
    "the step), "
    "`apart` (the actor took a step that this one must be apart from), `state`, "
    "`due` (a step by the clock whose day, or instant, is not reached).\n"
    "- The first refusal wins: authority, the role's own conditions, apart, state, due, the step's "
    "conditions, "
    "each in the order of the rules.\n\n"
    "| kind · 種類 | written · 書き方 |\n|---|---|\n"
    "| flag | `name` or `name=yes`; `name=no` |\n"
    "| number | `name=3` |\n"
    "| day | `name=2026-01-15` |\n"
    "| word | `name=word`; `name=` is an empty one |\n"
    "| words | `name=one,two`; `name=` is none at all, which is not the same as not known |\n"
    "| span | `name=2y`, `6m`, `30d` |\n\n";

static const char example[] =
    "## Example · 例\n\n"
    "```\n"
    "given today=2026-01-15 actor-appointed actor-ethics actor-unbarred actor-cleared "
    "actor-steps=\n"
    "self-declared issue managing-director approved                    -> issued 2028-01-15\n"
    "self-declared issue managing-director approved actor-steps=verify -> refused 2.1.3-1 apart\n"
    "self-declared issue none approved                                 -> refused A-MD authority\n"
    "```\n\n";

static void names_write(const struct book *book, FILE *out, enum kind kind, const char *heading)
{
    fprintf(out, "\n### %s\n\n", heading);
    for (size_t i = 1; i < book->nouns_n[kind]; i++) {
        const struct row *row = book->nouns[kind][i];
        if (!str_is(row->word[0], "same"))
            fprintf(out, "- `%.*s` %.*s · %.*s\n", STR_F(row->word[0]), STR_F(row->ja),
                    STR_F(row->en));
    }
}

static void values_write(const struct book *book, FILE *out, const struct row *field)
{
    const struct row *list = field->words_n > 2 ? noun(book, KIND_LIST, field->word[2]) : NULL;
    if (!list || !str_is(field->word[1], "one-of"))
        return;
    fprintf(out, ": ");
    EACH_ITEM (item, book, list)
        fprintf(out, "%s`%.*s`", item == item_first(book, list) ? "" : " ", STR_F(item->word[0]));
}

static void guards_reading(const struct book *book, FILE *out, struct str fact)
{
    size_t n = 0;
    for (size_t i = 1; i < book->nouns_n[KIND_GUARD]; i++) {
        const struct row *guard = book->nouns[KIND_GUARD][i];
        if (words_have(words_after(guard, "reads"), fact))
            fprintf(out, "%s`%.*s`", n++ ? " " : "", STR_F(guard->word[0]));
    }
    if (str_is(fact, "actor-steps"))
        fprintf(out, "`apart`");
}

static void facts_table_write(const struct book *book, FILE *out)
{
    fprintf(out, "## Facts · 事実\n\n| fact · 語 | kind | about | 意味 | meaning | read by · "
                 "読む条件 | clause |\n"
                 "|---|---|---|---|---|---|---|\n");
    for (size_t i = 1; i < book->nouns_n[KIND_FACT]; i++) {
        const struct row *fact = book->nouns[KIND_FACT][i];
        fprintf(out, "| `%.*s` | %.*s | %.*s | %.*s | %.*s | ", STR_F(fact->word[0]),
                STR_F(fact->word[1]), STR_F(fact->word[2]), STR_F(fact->ja), STR_F(fact->en));
        guards_reading(book, out, fact->word[0]);
        fprintf(out, " | %.*s |\n", STR_F(fact->clause));
    }
    fprintf(out, "\n## Fields of forms are facts too · 用紙の項目も事実\n\n"
                 "The value is what the step fills in, else what was last filled in on the "
                 "case.\n\n"
                 "| fact · 語 | kind | 意味 | meaning | read by · 読む条件 | clause "
                 "|\n|---|---|---|---|---|---|\n");
    for (size_t i = 1; i < book->nouns_n[KIND_FIELD]; i++) {
        const struct row *field = book->nouns[KIND_FIELD][i];
        const char *kind = fact_kind_of_field(field->word[1]);
        if (!kind)
            continue;
        fprintf(out, "| `%.*s` | %s", STR_F(field->word[0]), kind);
        values_write(book, out, field);
        fprintf(out, " | %.*s | %.*s | ", STR_F(field->ja), STR_F(field->en));
        guards_reading(book, out, field->word[0]);
        fprintf(out, " | %.*s |\n", STR_F(field->clause));
    }
}

static void steps_write(const struct book *book, FILE *out)
{
    for (size_t i = 1; i < book->nouns_n[KIND_PROCEDURE]; i++) {
        const struct row *procedure = book->nouns[KIND_PROCEDURE][i];
        fprintf(out, "\n### Steps of `%.*s` · 手続\n\n", STR_F(procedure->word[0]));
        EACH_BELOW (step, procedure, KIND_STEP) {
            const struct row *act = noun(book, KIND_ACT, step->word[0]);
            fprintf(out, "- `%.*s` %.*s · %.*s (%.*s)\n", STR_F(step->word[0]), STR_F(act->ja),
                    STR_F(act->en), STR_F(step_by(step).at[0]));
        }
    }
}

void facts_write(const struct book *book, FILE *out)
{
    fputs(head, out);
    fputs(example, out);
    facts_table_write(book, out);
    fprintf(out, "\n## Other words · その他の語\n");
    steps_write(book, out);
    names_write(book, out, KIND_ROLE, "Roles · 役割");
    names_write(book, out, KIND_STATE, "States · 状態");
}
