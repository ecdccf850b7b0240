/* rulec_steps.c: procedures and their steps as C rows.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rulec_row.h"

#include "base/banned.h"

/* When the clock takes it, and what it opens. */
static void step_life_write(const struct book *book, FILE *out, struct pools *pools,
                            const struct row *step)
{
    const struct row *at = below_first(step, KIND_AT);
    int first = pools->thens.n;
    if (at) {
        fprintf(out, ", .at = %d, .at_clause = ", fact_number(book, at->word[0]));
        z_write(out, at->clause);
    }
    EACH_BELOW (then, step, KIND_THEN) {
        buf_printf(&pools->thens.text, "    {%d, \"%.*s\", \"%.*s\"}, /* %.*s */\n",
                   number_of(book, KIND_PROCEDURE, then->word[0]), STR_F(then->word[1]),
                   STR_F(then->clause), STR_F(then->word[0]));
        pools->thens.n++;
    }
    range_write(out, "thens", first, pools->thens.n);
}

static void step_links_write(const struct book *book, FILE *out, struct pools *pools,
                             const struct row *step)
{
    const struct row *within = below_first(step, KIND_WITHIN), *asks = below_first(step, KIND_ASKS);
    int apart_first = pools->aparts.n, tell_first = pools->tells.n, needs_first = pools->ids.n;
    EACH_BELOW (needs, step, KIND_NEEDS)
        for (size_t i = 0; i < needs->words_n; i++, pools->ids.n++)
            buf_printf(&pools->ids.text, "    %d, /* %.*s */\n",
                       number_of(book, KIND_DOCUMENT, needs->word[i]), STR_F(needs->word[i]));
    range_write(out, "needs", needs_first, pools->ids.n);
    EACH_BELOW (apart, step, KIND_APART)
        for (size_t i = 0; i < apart->words_n; i++, pools->aparts.n++)
            buf_printf(&pools->aparts.text, "    {\"%.*s\", \"%.*s\"},\n", STR_F(apart->word[i]),
                       STR_F(apart->clause));
    range_write(out, "aparts", apart_first, pools->aparts.n);
    EACH_BELOW (tells, step, KIND_TELLS) {
        int to = pools->ids.n;
        for (size_t i = 0; i + 1 < tells->words_n; i++, pools->ids.n++)
            buf_printf(&pools->ids.text, "    %d, /* %.*s */\n",
                       number_of(book, KIND_ROLE, tells->word[i]), STR_F(tells->word[i]));
        struct str notice = tells->word[tells->words_n - 1];
        buf_printf(&pools->tells.text,
                   "    {.to = {%d, %d}, .notice = %d, .clause = \"%.*s\"}, /* %.*s */\n", to,
                   pools->ids.n - to, number_of(book, KIND_NOTICE, notice), STR_F(tells->clause),
                   STR_F(notice));
        pools->tells.n++;
    }
    range_write(out, "tells", tell_first, pools->tells.n);
    fprintf(out, ", .form = %d", asks ? number_of(book, KIND_FORM, asks->word[0]) : 0);
    fprintf(out, ", .within = %d", within ? number_of(book, KIND_PARAMETER, within->word[0]) : 0);
}

void steps_write(const struct book *book, FILE *out, struct pools *pools)
{
    table_open(out, "step_row", "steps");
    for (size_t i = 1; i < book->nouns_n[KIND_STEP]; i++) {
        const struct row *step = book->nouns[KIND_STEP][i];
        row_open(out, step);
        fprintf(out, ", .act = %d", number_of(book, KIND_ACT, step->word[0]));
        ids_write(book, out, pools, "from", KIND_STATE, step_from(step));
        fprintf(out, ", .to = %d", number_of(book, KIND_STATE, step_to(step)));
        ids_write(book, out, pools, "by", KIND_ROLE, step_by(step));
        step_links_write(book, out, pools, step);
        step_life_write(book, out, pools, step);
        uses_write(book, out, pools, "whens", step, KIND_WHEN, KIND_GUARD);
        uses_write(book, out, pools, "does", step, KIND_DOES, KIND_EFFECT);
        clause_write(out, step);
        fprintf(out, "},\n");
    }
    fprintf(out, "};\n\n");
}

void procedures_write(const struct book *book, FILE *out, struct pools *pools)
{
    table_open(out, "procedure_row", "procedures");
    for (size_t i = 1; i < book->nouns_n[KIND_PROCEDURE]; i++) {
        const struct row *procedure = book->nouns[KIND_PROCEDURE][i];
        int first = 0, n = 0, seen_first = pools->ids.n;
        EACH_BELOW (step, procedure, KIND_STEP) {
            first = first ? first : step->number;
            n++;
        }
        row_open(out, procedure);
        fprintf(out, ", .subject = ");
        z_write(out, procedure->word[2]);
        text_write(out, "title", below_first(procedure, KIND_TITLE));
        text_write(out, "note", below_first(procedure, KIND_NOTE));
        EACH_BELOW (seen, procedure, KIND_SEEN_BY)
            for (size_t w = 0; w < seen->words_n; w++, pools->ids.n++)
                buf_printf(&pools->ids.text, "    %d, /* %.*s */\n",
                           number_of(book, KIND_ROLE, seen->word[w]), STR_F(seen->word[w]));
        range_write(out, "seen_by", seen_first, pools->ids.n);
        range_write(out, "steps", first, first + n);
        clause_write(out, procedure);
        const struct row *sealed = below_first(procedure, KIND_SEALED);
        if (sealed)
            fprintf(out, ", .sealed = \"%.*s\"", STR_F(sealed->clause));
        fprintf(out, ", .section = \"%s\"},\n", procedure->file);
    }
    fprintf(out, "};\n\n");
}
