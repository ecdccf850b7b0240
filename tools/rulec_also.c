/* rulec_also.c: `also PROCEDURE`: what another file adds to a procedure comes to stand below it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The steps of the procedure's own file come first, then those of the other files, in order of the
 * files' names. The steps of one procedure stand together in the tables, so all are numbered anew.
 */
#include "rulec.h"

#include "base/banned.h"

static void rows_hang(struct row *procedure, struct row *also)
{
    if (!also->below)
        return;
    for (struct row *row = also->below; row; row = row->next)
        row->above = procedure;
    if (procedure->below_last)
        procedure->below_last->next = also->below;
    else
        procedure->below = also->below;
    procedure->below_last = also->below_last;
    also->below = also->below_last = NULL;
}

static void steps_number(struct book *book)
{
    size_t n = 1;
    for (size_t i = 1; i < book->nouns_n[KIND_PROCEDURE]; i++)
        EACH_BELOW(step, book->nouns[KIND_PROCEDURE][i], KIND_STEP)
        {
            step->number = (int)n;
            book->nouns[KIND_STEP][n++] = step;
        }
}

void also_hang(struct book *book)
{
    for (size_t i = 0; i < book->rows_n; i++) {
        struct row *also = book->rows[i];
        if (also->kind != KIND_ALSO)
            continue;
        struct row *procedure = noun(book, KIND_PROCEDURE, also->word[0]);
        if (procedure)
            rows_hang(procedure, also);
        else
            say(book, also, "no such procedure '%.*s'", STR_F(also->word[0]));
    }
    if (!book->found)
        steps_number(book);
}
