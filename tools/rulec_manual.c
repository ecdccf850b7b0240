/* rulec_manual.c: the rule book for people, in one language: doc/rulebook.ja.md, .en.md.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rule/mentions.h"

#include "rulec_page.h"

#include "base/banned.h"

static void roles_write(const struct page *page)
{
    fprintf(page->out, "\n## %s\n\n%s\n|---|---|---|---|---|\n", tr(page, "役割", "Roles"),
            tr(page, "| 役割 | 名 | 任命する者 | 共通の断る場合 | 条項 |",
               "| Role | Name | Appointed by | Common refusals | Clause |"));
    for (size_t i = 1; i < page->book->nouns_n[KIND_ROLE]; i++) {
        const struct row *role = page->book->nouns[KIND_ROLE][i];
        const struct row *by = below_first(role, KIND_APPOINTED_BY),
                         *stands = below_first(role, KIND_STANDS_FOR);
        fprintf(page->out, "| %.*s | `%.*s` | ", STR_F(text_of(page, role)), STR_F(role->word[0]));
        if (by)
            name_write(page, KIND_ROLE, by->word[0]);
        if (stands) {
            fprintf(page->out, "%s", tr(page, "委任元：", "stands for: "));
            name_write(page, KIND_ROLE, stands->word[0]);
        }
        fprintf(page->out, " | ");
        EACH_BELOW(when, role, KIND_WHEN)
        {
            fputs(when == below_first(role, KIND_WHEN) ? "" : "<br>", page->out);
            fprintf(page->out, "%.*s%s%.*s%s",
                    STR_F(text_of(page, noun(page->book, KIND_GUARD, when->word[0]))),
                    tr(page, "（", " ("), STR_F(when->clause), tr(page, "）", ")"));
        }
        fprintf(page->out, " | ");
        clause_put(page, role);
        fprintf(page->out, " |\n");
    }
}

/* What each role may do: every step of every procedure that names it. */
static void duties_write(const struct page *page)
{
    fprintf(page->out, "\n### %s\n\n%s\n|---|---|\n",
            tr(page, "役割ごとの手順", "Steps of each role"),
            tr(page, "| 役割 | 行える手順 |", "| Role | Steps that it takes |"));
    for (size_t i = 1; i < page->book->nouns_n[KIND_ROLE]; i++) {
        const struct row *role = page->book->nouns[KIND_ROLE][i];
        size_t n = 0;
        for (size_t s = 1; s < page->book->nouns_n[KIND_STEP]; s++) {
            const struct row *step = page->book->nouns[KIND_STEP][s];
            if (!words_have(step_by(step), role->word[0]))
                continue;
            if (!n++)
                fprintf(page->out, "| %.*s | ", STR_F(text_of(page, role)));
            else
                fputs(tr(page, "、", ", "), page->out);
            name_write(page, KIND_ACT, step->word[0]);
        }
        fputs(n ? " |\n" : "", page->out);
    }
}

/* On the case itself, or on one that it grew out of. */
static void apart_write(const struct page *page, const struct row *apart, struct str word)
{
    const struct row *own = apart->above->above, *procedure = own;
    const struct row *step = step_apart_named(page->book, word, &procedure);
    struct str of = text_of(page, below_first(procedure, KIND_TITLE));
    fprintf(page->out, "%s", tr(page, "- 断る場合：**", "- Refused when: **"));
    if (procedure == own)
        fprintf(page->out, "%s", tr(page, "同じ案件で「", "the same person took “"));
    else if (page->english)
        fprintf(page->out, "the same person took “");
    else
        fprintf(page->out, "この案件のもとになった案件（%.*s）で「", STR_F(of));
    name_write(page, KIND_ACT, step->word[0]);
    if (procedure == own || !page->english)
        fprintf(page->out, "%s", tr(page, "」を行った本人である** ", "” on the case** "));
    else
        fprintf(page->out, "” on the case that this one grew out of (%.*s)** ", STR_F(of));
    clause_put(page, apart);
    fputc('\n', page->out);
}

static void step_uses_write(const struct page *page, const struct row *step)
{
    EACH_BELOW(when, step, KIND_WHEN)
    {
        const struct row *guard = noun(page->book, KIND_GUARD, when->word[0]);
        const struct row *cure = below_first(guard, KIND_CURE);
        fprintf(page->out, "- %s**%.*s** ", tr(page, "断る場合：", "Refused when: "),
                STR_F(text_of(page, guard)));
        clause_put(page, when);
        fprintf(page->out, "%s%.*s `%.*s%s%.*s`\n", tr(page, "　直し方：", ". Cure: "),
                STR_F(text_of(page, cure)), STR_F(when->word[0]), when->words_n > 1 ? " " : "",
                STR_F(when->words_n > 1 ? when->word[1] : STR_NONE));
    }
    EACH_BELOW(apart, step, KIND_APART)
    for (size_t i = 0; i < apart->words_n; i++)
        apart_write(page, apart, apart->word[i]);
    EACH_BELOW(does, step, KIND_DOES)
    {
        fprintf(page->out, "- %s", tr(page, "行われること：", "What it does: "));
        name_write(page, KIND_EFFECT, does->word[0]);
        if (does->words_n > 1)
            fprintf(page->out, " `%.*s`", STR_F(does->word[1]));
        fputc(' ', page->out);
        clause_put(page, does);
        fputc('\n', page->out);
    }
}

static void days_write(const struct page *page, const struct row *within)
{
    const struct row *parameter = noun(page->book, KIND_PARAMETER, within->word[0]);
    bool working = parameter && str_is(parameter->word[1], "working-days");
    fprintf(page->out, "%.*s%s", STR_F(parameter ? parameter->word[2] : STR_NONE),
            working ? tr(page, "営業日", " working days") : tr(page, "日", " days"));
}

/* The day on which the clock takes it. */
static void at_write(const struct page *page, const struct row *step)
{
    EACH_BELOW (at, step, KIND_AT) {
        const struct row *fact = noun(page->book, KIND_FACT, at->word[0]);
        fact = fact ? fact : noun(page->book, KIND_FIELD, at->word[0]);
        fprintf(page->out,
                tr(page, "- 時計が行う日時：**%.*s** `%.*s` ",
                   "- The clock takes it on: **%.*s** `%.*s` "),
                STR_F(text_of(page, fact)), STR_F(at->word[0]));
        clause_put(page, at);
        fputc('\n', page->out);
    }
}

static void then_write(const struct page *page, const struct row *step)
{
    EACH_BELOW (then, step, KIND_THEN) {
        const struct row *opened = noun(page->book, KIND_PROCEDURE, then->word[0]);
        fprintf(page->out, "- %s", tr(page, "続いて始まる手続：", "What it begins: "));
        fprintf(page->out, "%.*s%s", STR_F(text_of(page, below_first(opened, KIND_TITLE))),
                tr(page, "、", ", "));
        name_write(page, KIND_ACT, then->word[1]);
        fprintf(page->out, " `%.*s %.*s` ", STR_F(then->word[0]), STR_F(then->word[1]));
        clause_put(page, then);
        fputc('\n', page->out);
    }
}

static void step_rest_write(const struct page *page, const struct row *step)
{
    EACH_BELOW(tells, step, KIND_TELLS)
    {
        fprintf(page->out, "- %s", tr(page, "通知：", "Notice: "));
        name_write(page, KIND_NOTICE, tells->word[tells->words_n - 1]);
        fprintf(page->out, " → ");
        names_write(page, KIND_ROLE, (struct words){.at = tells->word, .n = tells->words_n - 1});
        fputc(' ', page->out);
        clause_put(page, tells);
        fputc('\n', page->out);
    }
    EACH_BELOW(within, step, KIND_WITHIN)
    {
        fprintf(page->out, "- %s", tr(page, "目標期間：", "Target time: "));
        days_write(page, within);
        fputc(' ', page->out);
        clause_put(page, within);
        fputc('\n', page->out);
    }
}

/* The procedure at a glance: who does what, what follows, in how many days. */
static void overview_write(const struct page *page, const struct row *procedure)
{
    fprintf(page->out, "\n### %s\n\n%s\n|---|---|---|---|---|\n", tr(page, "流れ", "At a glance"),
            tr(page, "| 手順 | 行う者 | その後の状態 | 目標期間 | 条項 |",
               "| Step | Who | State that follows | Target time | Clause |"));
    EACH_BELOW(step, procedure, KIND_STEP)
    {
        const struct row *within = below_first(step, KIND_WITHIN);
        fprintf(page->out, "| ");
        name_write(page, KIND_ACT, step->word[0]);
        fprintf(page->out, " | ");
        names_write(page, KIND_ROLE, step_by(step));
        fprintf(page->out, " | ");
        name_write(page, KIND_STATE, step_to(step));
        fprintf(page->out, " | ");
        if (within)
            days_write(page, within);
        fprintf(page->out, " | ");
        clause_put(page, step);
        fprintf(page->out, " |\n");
    }
}

static void step_write(const struct page *page, const struct row *step)
{
    const struct row *asks = below_first(step, KIND_ASKS);
    fprintf(page->out, "\n#### ");
    name_write(page, KIND_ACT, step->word[0]);
    fprintf(page->out, " `%.*s`\n\n- ", STR_F(step->word[0]));
    names_write(page, KIND_STATE, step_from(step));
    fprintf(page->out, " → **");
    name_write(page, KIND_STATE, step_to(step));
    fprintf(page->out, "** ");
    clause_put(page, step);
    if (step->file != step->above->file)
        fprintf(page->out, " · rules/%s", step->file);
    fprintf(page->out, "\n- %s", tr(page, "行う者：", "By: "));
    names_write(page, KIND_ROLE, step_by(step));
    fputc('\n', page->out);
    if (asks) {
        fprintf(page->out, "- %s", tr(page, "用紙：", "Form: "));
        name_write(page, KIND_FORM, asks->word[0]);
        fputc('\n', page->out);
    }
    at_write(page, step);
    step_uses_write(page, step);
    then_write(page, step);
    step_rest_write(page, step);
}

static void procedure_write(const struct page *page, const struct row *procedure)
{
    const struct row *first = below_first(procedure, KIND_SEEN_BY);
    struct str name = procedure->word[0];
    struct str title = text_of(page, below_first(procedure, KIND_TITLE));
    fprintf(page->out, "\n## %.*s\n\n`%.*s` ", STR_F(title), STR_F(name));
    clause_put(page, procedure);
    fprintf(page->out, " · rules/%s\n\n![%.*s](diagrams/%.*s.%s.svg)\n\n", procedure->file,
            STR_F(title), STR_F(name), page->english ? "en" : "ja");
    EACH_BELOW (note, procedure, KIND_NOTE)
        fprintf(page->out, "> %.*s\n\n", STR_F(text_of(page, note)));
    EACH_BELOW (seen, procedure, KIND_SEEN_BY) {
        fprintf(page->out, "%s",
                seen == first ? tr(page, "案件を見られる者：", "Who may see a case: ")
                              : tr(page, "、", ", "));
        names_write(page, KIND_ROLE, (struct words){.at = seen->word, .n = seen->words_n});
        fprintf(page->out, " (%.*s)", STR_F(seen->clause));
    }
    fputs(first ? "\n" : "", page->out);
    EACH_BELOW (sealed, procedure, KIND_SEALED)
        fprintf(page->out, "\n%s (%.*s)\n",
                tr(page, "案件の内容は暗号化して保管し、閲覧を記録する。",
                   "What a case holds is kept encrypted, and each reading of it is recorded."),
                STR_F(sealed->clause));
    overview_write(page, procedure);
    fprintf(page->out, "\n### %s\n", tr(page, "手順", "Steps"));
    EACH_BELOW(step, procedure, KIND_STEP)
    step_write(page, step);
}

static void states_write(const struct page *page)
{
    fprintf(page->out, "\n## %s\n\n%s\n|---|---|---|---|\n", tr(page, "状態", "States"),
            tr(page, "| 状態 | 名 | 手番 | 条項 |", "| State | Name | Whose turn | Clause |"));
    for (size_t i = 1; i < page->book->nouns_n[KIND_STATE]; i++) {
        const struct row *state = page->book->nouns[KIND_STATE][i];
        bool final = str_is(state->word[1], "final");
        if (str_is(state->word[0], "same"))
            continue;
        fprintf(page->out, "| %.*s | `%.*s` | ", STR_F(text_of(page, state)),
                STR_F(state->word[0]));
        if (final)
            fprintf(page->out, "%s", tr(page, "（終わり）", "(end)"));
        else
            names_write(page, KIND_ROLE,
                        (struct words){.at = state->word + 1, .n = state->words_n - 1});
        fprintf(page->out, " | ");
        clause_put(page, state);
        fprintf(page->out, " |\n");
    }
}

static void clauses_write(const struct page *page)
{
    fprintf(page->out, "\n## %s\n\n%s\n\n%s\n|---|---|---|\n", tr(page, "条項", "Clauses"),
            tr(page,
               "手順がまだない条項は「—」です。`hoshi clauses` は語の行、事例、試験も示します。",
               "— marks a clause that no step carries yet. `hoshi clauses` also shows rows of "
               "words, cases and tests."),
            tr(page, "| 条項 | 内容 | 手順 |", "| Clause | About | Steps |"));
    for (size_t i = 1; i < page->book->nouns_n[KIND_CLAUSE]; i++) {
        const struct row *clause = page->book->nouns[KIND_CLAUSE][i];
        size_t n = 0;
        fprintf(page->out, "| %.*s | %.*s | ", STR_F(clause->clause), STR_F(text_of(page, clause)));
        for (size_t s = 1; s < page->book->nouns_n[KIND_STEP]; s++) {
            const struct row *step = page->book->nouns[KIND_STEP][s];
            bool carries = clause_covers(step->clause, clause->clause);
            for (const struct row *row = step->below; row; row = row->next)
                carries |= clause_covers(row->clause, clause->clause);
            if (carries)
                fprintf(page->out, "%s`%.*s`", n++ ? " " : "", STR_F(step->word[0]));
        }
        fprintf(page->out, "%s |\n", n ? "" : "—");
    }
}

/* How to read it, for somebody who certifies and does not program. */
static void reading_write(const struct page *page)
{
    fprintf(page->out, "\n## %s\n\n%s", tr(page, "読み方", "How to read it"),
            tr(page,
               "- "
               "**手続**（申請から発行まで、など）は**手順**からなります。手順は、案件をある**状態*"
               "*から"
               "次の状態へ進めます。図は手続の全体です。\n"
               "- 手順ごとに、行う者、記入する用紙、断る場合とその直し方、行われること、通知、"
               "目標期間を示します。ここに書かれた条件をすべて満たすときだけ、手順を行えます。\n"
               "- 番号（4.1.1-1など）は規程の条項です。「当方の想定」は規程にない補いで、"
               "公式の定めが分かれば差し替えます。\n"
               "- `このような文字`は、規則の原文（`rules/`）とAPIでの名です。読み飛ばせます。\n",
               "- A **procedure** (from application to issuance, say) is made of **steps**. A step "
               "takes a case from one **state** to another; the diagram shows the whole.\n"
               "- Each step says who takes it, which form is filled in, when it is refused and the "
               "cure, what it does, who is told, and the target time. It can be taken only while "
               "all its conditions hold.\n"
               "- Numbers like 4.1.1-1 are clauses of the manual. “Ours” marks an assumption that "
               "the manual does not state, to be replaced once the official text is known.\n"
               "- `Words like this` are the names in the rules (`rules/`) and the API; pass over "
               "them.\n"));
}

void manual_write(const struct book *book, bool english, FILE *out)
{
    struct page page = {.book = book, .english = english, .out = out};
    const struct row *manual = book->nouns[KIND_MANUAL][book->nouns_n[KIND_MANUAL] - 1];
    fprintf(out,
            "# %s\n\n<!-- made by rulec from rules/: edit those, "
            "then build/tools/rulec rules doc doc -->\n\n",
            tr(&page, "規則集", "The rule book"));
    fprintf(out,
            tr(&page,
               "%.*s（%.*s版）「%.*s」を、当方の読みで表した規則です。公式の文書ではありません。"
               "「当方の想定」は規程にない補いです。\n",
               "%.*s, edition of %.*s, “%.*s”, as we read it. This is no official text; “ours” "
               "marks what we "
               "added to the manual.\n"),
            STR_F(manual->word[0]), STR_F(manual->word[1]), STR_F(text_of(&page, manual)));
    reading_write(&page);
    roles_write(&page);
    duties_write(&page);
    for (size_t i = 1; i < book->nouns_n[KIND_PROCEDURE]; i++)
        procedure_write(&page, book->nouns[KIND_PROCEDURE][i]);
    states_write(&page);
    forms_put(&page);
    lists_put(&page);
    guards_put(&page);
    parameters_put(&page);
    clauses_write(&page);
}
