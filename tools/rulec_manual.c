/* rulec_manual.c: the rule book for people, in one language: doc/rulebook.ja.md, .en.md.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rule/mentions.h"

#include "rulec.h"

#include "base/banned.h"

struct page {
    const struct book *book;
    bool english;
    FILE *out;
};

static const char *tr(const struct page *page, const char *ja, const char *en)
{
    return page->english ? en : ja;
}

static struct str text_of(const struct page *page, const struct row *row)
{
    return !row ? STR_NONE : page->english ? row->en : row->ja;
}

static void name_write(const struct page *page, enum kind kind, struct str name)
{
    const struct row *row = noun(page->book, kind, name);
    fprintf(page->out, "%.*s", STR_F(row ? text_of(page, row) : name));
}

static void names_write(const struct page *page, enum kind kind, struct words names)
{
    for (size_t i = 0; i < names.n; i++) {
        fprintf(page->out, "%s", i ? tr(page, "、", ", ") : "");
        name_write(page, kind, names.at[i]);
    }
}

static void clause_write(const struct page *page, const struct row *row)
{
    struct str id = row->clause;
    fprintf(page->out, "%.*s%s", STR_F(id), row->ours ? tr(page, "（当方の想定）", " (ours)") : "");
}

static void roles_write(const struct page *page)
{
    fprintf(page->out, "\n## %s\n\n%s\n|---|---|---|---|---|\n", tr(page, "役割", "Roles"),
            tr(page, "| 役割 | 名 | 任命する者 | 手続を行う条件 | 条項 |",
               "| Role | Name | Appointed by | Must hold for every step | Clause |"));
    for (size_t i = 1; i < page->book->nouns_n[KIND_ROLE]; i++) {
        const struct row *role = page->book->nouns[KIND_ROLE][i];
        const struct row *by = below_first(role, KIND_APPOINTED_BY);
        fprintf(page->out, "| %.*s | `%.*s` | ", STR_F(text_of(page, role)), STR_F(role->word[0]));
        if (by)
            name_write(page, KIND_ROLE, by->word[0]);
        fprintf(page->out, " | ");
        EACH_BELOW (when, role, KIND_WHEN)
            fprintf(page->out, "%s`%.*s` %.*s", when == below_first(role, KIND_WHEN) ? "" : "<br>",
                    STR_F(when->word[0]), STR_F(when->clause));
        fprintf(page->out, " | ");
        clause_write(page, role);
        fprintf(page->out, " |\n");
    }
}

static void step_uses_write(const struct page *page, const struct row *step)
{
    EACH_BELOW (when, step, KIND_WHEN) {
        const struct row *guard = noun(page->book, KIND_GUARD, when->word[0]);
        fprintf(page->out, "- %s `%.*s%s%.*s` ", tr(page, "条件", "Condition"),
                STR_F(when->word[0]), when->words_n > 1 ? " " : "",
                STR_F(when->words_n > 1 ? when->word[1] : STR_NONE));
        clause_write(page, when);
        fprintf(page->out, "%s%.*s\n", tr(page, "　満たさないとき：", ". Otherwise: "),
                STR_F(text_of(page, guard)));
    }
    EACH_BELOW (apart, step, KIND_APART)
        for (size_t i = 0; i < apart->words_n; i++) {
            fprintf(page->out, "- %s", tr(page, "別人：「", "Not by whoever took “"));
            name_write(page, KIND_ACT, apart->word[i]);
            fprintf(page->out, "%s", tr(page, "」を行った者は行えない ", "” "));
            clause_write(page, apart);
            fputc('\n', page->out);
        }
    EACH_BELOW (does, step, KIND_DOES) {
        fprintf(page->out, "- %s", tr(page, "効果：", "Effect: "));
        name_write(page, KIND_EFFECT, does->word[0]);
        if (does->words_n > 1)
            fprintf(page->out, " `%.*s`", STR_F(does->word[1]));
        fputc(' ', page->out);
        clause_write(page, does);
        fputc('\n', page->out);
    }
}

static void step_rest_write(const struct page *page, const struct row *step)
{
    EACH_BELOW (tells, step, KIND_TELLS) {
        fprintf(page->out, "- %s", tr(page, "通知：", "Notice: "));
        name_write(page, KIND_NOTICE, tells->word[tells->words_n - 1]);
        fprintf(page->out, " → ");
        names_write(page, KIND_ROLE, (struct words){.at = tells->word, .n = tells->words_n - 1});
        fputc(' ', page->out);
        clause_write(page, tells);
        fputc('\n', page->out);
    }
    EACH_BELOW (within, step, KIND_WITHIN) {
        const struct row *parameter = noun(page->book, KIND_PARAMETER, within->word[0]);
        bool working = parameter && str_is(parameter->word[1], "working-days");
        fprintf(page->out, "- %s%.*s%s ", tr(page, "目標期間：", "Target time: "),
                STR_F(parameter ? parameter->word[2] : STR_NONE),
                working ? tr(page, "営業日", " working days") : tr(page, "日", " days"));
        clause_write(page, within);
        fputc('\n', page->out);
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
    clause_write(page, step);
    fprintf(page->out, "\n- %s", tr(page, "行う者：", "By: "));
    names_write(page, KIND_ROLE, step_by(step));
    fputc('\n', page->out);
    if (asks) {
        fprintf(page->out, "- %s", tr(page, "用紙：", "Form: "));
        name_write(page, KIND_FORM, asks->word[0]);
        fputc('\n', page->out);
    }
    step_uses_write(page, step);
    step_rest_write(page, step);
}

static void procedure_write(const struct page *page, const struct row *procedure)
{
    const struct row *seen = below_first(procedure, KIND_SEEN_BY),
                     *note = below_first(procedure, KIND_NOTE);
    struct str name = procedure->word[0];
    struct str title = text_of(page, below_first(procedure, KIND_TITLE));
    fprintf(page->out, "\n## %.*s\n\n`%.*s` ", STR_F(title), STR_F(name));
    clause_write(page, procedure);
    fprintf(page->out, " · rules/%s\n\n![%.*s](diagrams/%.*s.%s.svg)\n\n", procedure->file,
            STR_F(title), STR_F(name), page->english ? "en" : "ja");
    if (note)
        fprintf(page->out, "> %.*s\n\n", STR_F(text_of(page, note)));
    if (seen) {
        fprintf(page->out, "%s", tr(page, "案件を見られる者：", "Who may see a case: "));
        names_write(page, KIND_ROLE, (struct words){.at = seen->word, .n = seen->words_n});
        fprintf(page->out, " (%.*s)\n", STR_F(seen->clause));
    }
    fprintf(page->out, "\n### %s\n", tr(page, "手続", "Steps"));
    EACH_BELOW (step, procedure, KIND_STEP)
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
        clause_write(page, state);
        fprintf(page->out, " |\n");
    }
}

static void field_write(const struct page *page, struct str name, bool must)
{
    const struct row *field = noun(page->book, KIND_FIELD, name);
    const struct row *list =
        field && field->words_n > 2 ? noun(page->book, KIND_LIST, field->word[2]) : NULL;
    if (!field)
        return;
    fprintf(page->out, "| %.*s | `%.*s` | %s | `%.*s", STR_F(text_of(page, field)), STR_F(name),
            must ? tr(page, "必須", "must") : tr(page, "任意", "may"), STR_F(field->word[1]));
    if (field->words_n > 2)
        fprintf(page->out, " %.*s", STR_F(field->word[2]));
    fprintf(page->out, "`");
    if (list && (str_is(field->word[1], "one-of") || str_is(field->word[1], "some-of")))
        EACH_BELOW (item, list, KIND_ITEM)
            fprintf(page->out, "<br>`%.*s` %.*s", STR_F(item->word[0]), STR_F(text_of(page, item)));
    fprintf(page->out, " | ");
    clause_write(page, field);
    fprintf(page->out, " |\n");
}

static void forms_write(const struct page *page)
{
    fprintf(page->out, "\n## %s\n", tr(page, "用紙", "Forms"));
    for (size_t i = 1; i < page->book->nouns_n[KIND_FORM]; i++) {
        const struct row *form = page->book->nouns[KIND_FORM][i];
        fprintf(page->out, "\n### %.*s `%.*s`\n\n%s\n|---|---|---|---|---|\n",
                STR_F(text_of(page, form)), STR_F(form->word[0]),
                tr(page, "| 項目 | 名 | 記入 | 種類と限度 | 条項 |",
                   "| Field | Name | Filled in | Sort and limits | Clause |"));
        for (const struct row *row = form->below; row; row = row->next)
            for (size_t w = 0; w < row->words_n; w++)
                field_write(page, row->word[w], row->kind == KIND_HAS);
    }
}

static void guards_write(const struct page *page)
{
    fprintf(page->out, "\n## %s\n\n%s\n|---|---|---|---|---|\n", tr(page, "条件", "Conditions"),
            tr(page, "| 条件 | 満たさないとき | 直し方 | 読む事実 | 条項 |",
               "| Condition | When it does not hold | Cure | Facts it reads | Clause |"));
    for (size_t i = 1; i < page->book->nouns_n[KIND_GUARD]; i++) {
        const struct row *guard = page->book->nouns[KIND_GUARD][i];
        struct words reads = words_after(guard, "reads");
        fprintf(page->out, "| `%.*s` | %.*s | %.*s | ", STR_F(guard->word[0]),
                STR_F(text_of(page, guard)), STR_F(text_of(page, below_first(guard, KIND_CURE))));
        for (size_t r = 0; r < reads.n; r++)
            fprintf(page->out, "%s`%.*s`", r ? " " : "", STR_F(reads.at[r]));
        fprintf(page->out, " | ");
        clause_write(page, guard);
        fprintf(page->out, " |\n");
    }
}

static void parameters_write(const struct page *page)
{
    fprintf(page->out, "\n## %s\n\n%s\n\n%s\n|---|---|---|---|---|\n",
            tr(page, "パラメータ", "Parameters"),
            tr(page,
               "規程が下位の手順に委ね、その手順が公表されていない事項です。既定値は当方の想定で、"
               "日付のある行で変えられます。",
               "What the manual leaves to procedures that are not public. The defaults are "
               "assumptions of ours; "
               "dated rows change them."),
            tr(page, "| 事項 | 名 | 種類 | 既定値 | 条項 |",
               "| What | Name | Sort | Default | Clause |"));
    for (size_t i = 1; i < page->book->nouns_n[KIND_PARAMETER]; i++) {
        const struct row *row = page->book->nouns[KIND_PARAMETER][i];
        fprintf(page->out, "| %.*s | `%.*s` | %.*s | `%.*s` | ", STR_F(text_of(page, row)),
                STR_F(row->word[0]), STR_F(row->word[1]), STR_F(row->word[2]));
        clause_write(page, row);
        fprintf(page->out, " |\n");
    }
}

static void clauses_write(const struct page *page)
{
    fprintf(page->out, "\n## %s\n\n%s\n\n%s\n|---|---|---|\n", tr(page, "条項", "Clauses"),
            tr(page,
               "手続がまだない条項は「—」です。`hoshi clauses` は語の行、事例、試験も示します。",
               "— marks a clause that no step carries yet. `hoshi clauses` also shows rows of "
               "words, cases and tests."),
            tr(page, "| 条項 | 内容 | 手続 |", "| Clause | About | Steps |"));
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
    roles_write(&page);
    for (size_t i = 1; i < book->nouns_n[KIND_PROCEDURE]; i++)
        procedure_write(&page, book->nouns[KIND_PROCEDURE][i]);
    states_write(&page);
    forms_write(&page);
    guards_write(&page);
    parameters_write(&page);
    clauses_write(&page);
}
