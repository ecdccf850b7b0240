/* rulec_manual_forms.c: the rule book for people: forms, choices, conditions, parameters.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "rulec_page.h"

#include "base/banned.h"

/* "0..20y" as "0〜20年", "0 to 20 years". */
static void limit_put(const struct page *page, struct str limit)
{
    for (size_t i = 0; i < limit.bytes; i++)
        if (limit.at[i] == '.' && i + 1 < limit.bytes && limit.at[i + 1] == '.') {
            fputs(tr(page, "〜", " to "), page->out);
            i++;
        } else if (limit.at[i] == 'y' && i && limit.at[i - 1] >= '0' && limit.at[i - 1] <= '9')
            fputs(tr(page, "年", limit.at[i - 1] == '1' ? " year" : " years"), page->out);
        else
            fputc(limit.at[i], page->out);
}

/* "email 254" as a sentence; a sort without one stands as it is written. */
static void limits_write(const struct page *page, const struct row *field)
{
    static const struct {
        const char *sort, *ja, *en;
    } sorts[] = {
        {"ja-en", "日本語と英語、各%.*s文字まで",
         "Japanese and English, up to %.*s characters each"},
        {"text", "文字列、%.*s文字", "text, %.*s characters"},
        {"lines", "文章、%.*s文字まで", "text of several lines, up to %.*s characters"},
        {"email", "メールアドレス、%.*s文字まで", "e-mail address, up to %.*s characters"},
        {"phone", "電話番号、%.*s文字まで", "telephone number, up to %.*s characters"},
        {"url", "URL、%.*s文字まで", "URL, up to %.*s characters"},
        {"models", "型番、%.*s件", "model numbers, %.*s of them"},
        {"checklist", "項目ごとの回答、%.*s件", "an answer to each criterion, %.*s of them"},
        {"by-criterion", "項目ごとの記載、%.*s件", "a remark on each criterion concerned, %.*s of them"},
        {"facility", "評価機関の承認番号、%.*s文字", "approval number of a facility, %.*s characters"},
        {"criteria", "適合基準の項目、%.*s件", "criteria, %.*s of them"},
        {"yen", "金額、%.*s円", "amount, %.*s yen"},
        {"day", "日付、記入の日から%.*s", "day, %.*s from the day of filling in"},
        {"one-of", "選択肢`%.*s`から一つ", "one of the choices `%.*s`"},
        {"some-of", "選択肢`%.*s`から選ぶ", "some of the choices `%.*s`"},
    };
    struct str limit = field->words_n > 2 ? field->word[2] : STR_NONE;
    for (size_t i = 0; limit.bytes && i < sizeof sorts / sizeof *sorts; i++)
        if (str_is(field->word[1], sorts[i].sort)) {
            const char *words = page->english ? sorts[i].en : sorts[i].ja;
            const char *place = strstr(words, "%.*s");
            fprintf(page->out, "%.*s", (int)(place - words), words);
            limit_put(page, limit);
            fputs(place + 4, page->out);
            return;
        }
    fprintf(page->out, "`%.*s`", STR_F(field->word[1]));
}

void lists_put(const struct page *page)
{
    fprintf(page->out, "\n## %s\n\n%s\n|---|---|---|\n", tr(page, "選択肢", "Choices"),
            tr(page, "| 選択肢 | 名 | 内容 |", "| Choices | Name | What they are |"));
    for (size_t i = 1; i < page->book->nouns_n[KIND_LIST]; i++) {
        const struct row *list = page->book->nouns[KIND_LIST][i];
        fprintf(page->out, "| %.*s | `%.*s` | ", STR_F(text_of(page, list)), STR_F(list->word[0]));
        EACH_ITEM (item, page->book, list)
            fprintf(page->out, "%s%.*s `%.*s`", item == item_first(page->book, list) ? "" : "<br>",
                    STR_F(text_of(page, item)), STR_F(item->word[0]));
        fprintf(page->out, " |\n");
    }
}

static void field_write(const struct page *page, struct str name, bool must)
{
    const struct row *field = noun(page->book, KIND_FIELD, name);
    if (!field)
        return;
    fprintf(page->out, "| %.*s | `%.*s` | %s | ", STR_F(text_of(page, field)), STR_F(name),
            must ? tr(page, "必須", "must") : tr(page, "任意", "may"));
    limits_write(page, field);
    fprintf(page->out, " | ");
    clause_put(page, field);
    fprintf(page->out, " |\n");
}

void forms_put(const struct page *page)
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

void guards_put(const struct page *page)
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
        clause_put(page, guard);
        fprintf(page->out, " |\n");
    }
}

void parameters_put(const struct page *page)
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
        clause_put(page, row);
        fprintf(page->out, " |\n");
    }
}
