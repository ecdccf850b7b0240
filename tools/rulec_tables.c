/* rulec_tables.c: rulebook.gen.c: every row as a const C row, and the pools that rows point into.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rulec_row.h"

#include "base/banned.h"

static struct pool pool_new(struct arena *arena)
{
    return (struct pool){.text = buf_new(arena, 1 << 22)};
}

static void roles_write(const struct book *book, FILE *out, struct pools *pools)
{
    static const char *const sorts[][2] = {
        {"office", "ROLE_SORT_OFFICE"},   {"delegated", "ROLE_SORT_DELEGATED"},
        {"any", "ROLE_SORT_ANY"},         {"board", "ROLE_SORT_BOARD"},
        {"party", "ROLE_SORT_PARTY"},     {"outside", "ROLE_SORT_OUTSIDE"},
        {"machine", "ROLE_SORT_MACHINE"}, {"audience", "ROLE_SORT_AUDIENCE"},
    };
    table_open(out, "role_row", "roles");
    for (size_t i = 1; i < book->nouns_n[KIND_ROLE]; i++) {
        const struct row *role = book->nouns[KIND_ROLE][i];
        const struct row *by = below_first(role, KIND_APPOINTED_BY),
                         *stands = below_first(role, KIND_STANDS_FOR);
        row_open(out, role);
        for (size_t s = 0; s < sizeof sorts / sizeof *sorts; s++)
            if (str_is(role->word[1], sorts[s][0]))
                fprintf(out, ", .sort = %s", sorts[s][1]);
        text_write(out, "text", role);
        clause_write(out, role);
        if (by)
            fprintf(out, ", .appointed_by = %d", number_of(book, KIND_ROLE, by->word[0]));
        if (stands)
            fprintf(out, ", .stands_for = %d", number_of(book, KIND_ROLE, stands->word[0]));
        uses_write(book, out, pools, "whens", role, KIND_WHEN, KIND_GUARD);
        fprintf(out, "},\n");
    }
    fprintf(out, "};\n\n");
}

static void states_write(const struct book *book, FILE *out, struct pools *pools)
{
    table_open(out, "state_row", "states");
    for (size_t i = 1; i < book->nouns_n[KIND_STATE]; i++) {
        const struct row *state = book->nouns[KIND_STATE][i];
        bool final = str_is(state->word[1], "final");
        struct words turn = {.at = state->word + 1, .n = final ? 0 : state->words_n - 1};
        row_open(out, state);
        ids_write(book, out, pools, "turn", KIND_ROLE, turn);
        fprintf(out, ", .final = %s", final ? "true" : "false");
        text_write(out, "text", state);
        clause_write(out, state);
        fprintf(out, "},\n");
    }
    fprintf(out, "};\n\n");
}

static void acts_write(const struct book *book, FILE *out)
{
    table_open(out, "act_row", "acts");
    for (size_t i = 1; i < book->nouns_n[KIND_ACT]; i++) {
        const struct row *act = book->nouns[KIND_ACT][i];
        row_open(out, act);
        upper_write(out, ", .sort = ACT_", act->word[1]);
        if (act->words_n > 2)
            fprintf(out, ", .function = %d", number_of(book, KIND_FUNCTION, act->word[2]));
        text_write(out, "text", act);
        clause_write(out, act);
        fprintf(out, "},\n");
    }
    fprintf(out, "};\n\n");
}

static void fact_write(FILE *out, struct str name, struct str kind, struct str subject,
                       const struct row *row, int field)
{
    fprintf(out, "    {.name = ");
    z_write(out, name);
    upper_write(out, ", .kind = FACT_KIND_", kind);
    lower_write(out, ", .offset = offsetof(struct facts, ", name);
    fprintf(out, "), .subject = ");
    z_write(out, subject);
    text_write(out, "text", row);
    clause_write(out, row);
    fprintf(out, ", .field = %d", field);
}

static void facts_table_write(const struct book *book, FILE *out, struct pools *pools)
{
    table_open(out, "fact_row", "facts");
    for (size_t i = 1; i < book->nouns_n[KIND_FACT]; i++) {
        const struct row *fact = book->nouns[KIND_FACT][i];
        fact_write(out, fact->word[0], fact->word[1], fact->word[2], fact, 0);
        ids_write(book, out, pools, "by", KIND_PARAMETER, words_after(fact, "by"));
        fprintf(out, "},\n");
    }
    for (size_t i = 1; i < book->nouns_n[KIND_FIELD]; i++) {
        const struct row *field = book->nouns[KIND_FIELD][i];
        const char *kind = fact_kind_of_field(field->word[1]);
        if (!kind)
            continue;
        fact_write(out, field->word[0], str_of(kind), STR("own"), field, (int)i);
        fprintf(out, "},\n");
    }
    fprintf(out, "};\n\n");
}

int fact_number(const struct book *book, struct str name)
{
    int n = (int)book->nouns_n[KIND_FACT], known = number_of(book, KIND_FACT, name);
    for (size_t i = 1; !known && i < book->nouns_n[KIND_FIELD]; i++) {
        const struct row *field = book->nouns[KIND_FIELD][i];
        if (!fact_kind_of_field(field->word[1]))
            continue;
        if (str_eq(field->word[0], name))
            return n;
        n++;
    }
    return known;
}

static void guards_write(const struct book *book, FILE *out, struct pools *pools)
{
    table_open(out, "guard_row", "guards");
    for (size_t i = 1; i < book->nouns_n[KIND_GUARD]; i++) {
        const struct row *guard = book->nouns[KIND_GUARD][i];
        struct words reads = words_after(guard, "reads"), takes = words_after(guard, "takes");
        const char *family = row_has(guard, "forbidden")   ? "GUARD_FORBIDDEN"
                             : row_has(guard, "malformed") ? "GUARD_MALFORMED"
                                                           : "GUARD_REFUSED";
        row_open(out, guard);
        fprintf(out, ", .family = %s", family);
        lower_write(out, ", .holds = guard_", guard->word[0]);
        fprintf(out, ", .takes_function = %s",
                takes.n && str_is(takes.at[0], "function") ? "true" : "false");
        text_write(out, "text", guard);
        text_write(out, "cure", below_first(guard, KIND_CURE));
        clause_write(out, guard);
        int first = pools->ids.n;
        for (size_t r = 0; r < reads.n; r++, pools->ids.n++)
            buf_printf(&pools->ids.text, "    %d, /* %.*s */\n", fact_number(book, reads.at[r]),
                       STR_F(reads.at[r]));
        range_write(out, "reads", first, pools->ids.n);
        fprintf(out, "},\n");
    }
    fprintf(out, "};\n\n");
}

static void effects_write(const struct book *book, FILE *out, struct pools *pools)
{
    table_open(out, "effect_row", "effects");
    for (size_t i = 1; i < book->nouns_n[KIND_EFFECT]; i++) {
        const struct row *effect = book->nouns[KIND_EFFECT][i];
        row_open(out, effect);
        if (row_has(effect, "works"))
            lower_write(out, ", .works = effect_", effect->word[0]);
        ids_write(book, out, pools, "sets", KIND_SUBJECT, words_after(effect, "sets"));
        text_write(out, "text", effect);
        clause_write(out, effect);
        fprintf(out, "},\n");
    }
    fprintf(out, "};\n\n");
}

static void field_limits_write(const struct book *book, FILE *out, const struct row *field)
{
    int64_t min, max;
    struct span from, to;
    if (field->words_n < 3)
        return;
    if (str_is(field->word[1], "one-of") || str_is(field->word[1], "some-of"))
        fprintf(out, ", .list = %d", number_of(book, KIND_LIST, field->word[2]));
    else if (bounds_read(field->word[2], &min, &max))
        fprintf(out, ", .min = %lld, .max = %lld", (long long)min, (long long)max);
    else if (ahead_read(field->word[2], &from, &to))
        fprintf(out, ", .ahead_min = {%d, '%c'}, .ahead_max = {%d, '%c'}", from.n, from.unit, to.n,
                to.unit);
}

static void fields_write(const struct book *book, FILE *out)
{
    table_open(out, "field_row", "fields");
    for (size_t i = 1; i < book->nouns_n[KIND_FIELD]; i++) {
        const struct row *field = book->nouns[KIND_FIELD][i];
        row_open(out, field);
        upper_write(out, ", .sort = FIELD_", field->word[1]);
        field_limits_write(book, out, field);
        text_write(out, "text", field);
        text_write(out, "hint", below_first(field, KIND_HINT));
        clause_write(out, field);
        fprintf(out, ", .fact = %d},\n", fact_number(book, field->word[0]));
    }
    fprintf(out, "};\n\n");
}

static void forms_write(const struct book *book, FILE *out, struct pools *pools)
{
    table_open(out, "form_row", "forms");
    for (size_t i = 1; i < book->nouns_n[KIND_FORM]; i++) {
        const struct row *form = book->nouns[KIND_FORM][i];
        int first = pools->form_fields.n;
        row_open(out, form);
        text_write(out, "text", form);
        for (const struct row *row = form->below; row; row = row->next)
            for (size_t w = 0; w < row->words_n; w++, pools->form_fields.n++)
                buf_printf(&pools->form_fields.text, "    {%d, %s}, /* %.*s */\n",
                           number_of(book, KIND_FIELD, row->word[w]),
                           row->kind == KIND_HAS ? "true" : "false", STR_F(row->word[w]));
        range_write(out, "fields", first, pools->form_fields.n);
        clause_write(out, form);
        fprintf(out, "},\n");
    }
    fprintf(out, "};\n\n");
}

static void lists_write(const struct book *book, FILE *out, struct pools *pools)
{
    table_open(out, "list_row", "lists");
    for (size_t i = 1; i < book->nouns_n[KIND_LIST]; i++) {
        const struct row *list = book->nouns[KIND_LIST][i];
        int first = pools->items.n;
        row_open(out, list);
        text_write(out, "text", list);
        EACH_ITEM (item, book, list) {
            buf_printf(&pools->items.text, "    {\"%.*s\", {\"%.*s\", \"%.*s\"}},\n",
                       STR_F(item->word[0]), STR_F(item->ja), STR_F(item->en));
            pools->items.n++;
        }
        range_write(out, "items", first, pools->items.n);
        fprintf(out, "},\n");
    }
    fprintf(out, "};\n\n");
}

/* "a b c": what a parameter may be, where that is a choice. */
static void choices_write(FILE *out, struct words words)
{
    fprintf(out, ", .choices = \"");
    for (size_t i = 0; i < words.n; i++)
        fprintf(out, "%s%.*s", i ? " " : "", STR_F(words.at[i]));
    fprintf(out, "\"");
}

static void words_write(const struct book *book, FILE *out, enum kind kind, const char *name)
{
    table_open(out, "word_row", name);
    for (size_t i = 1; i < book->nouns_n[kind]; i++) {
        const struct row *row = book->nouns[kind][i];
        row_open(out, row);
        if (kind == KIND_DOCUMENT || kind == KIND_PARAMETER) {
            fprintf(out, ", .sort = ");
            z_write(out, row->word[1]);
        }
        if (kind == KIND_PARAMETER || kind == KIND_NUMBER) {
            fprintf(out, ", .value = ");
            z_write(out, row->word[kind == KIND_PARAMETER ? 2 : 1]);
        }
        if (kind == KIND_PARAMETER)
            choices_write(out, words_after(row, "of"));
        text_write(out, "text", row);
        clause_write(out, row);
        fprintf(out, "},\n");
    }
    fprintf(out, "};\n\n");
}

static void clauses_write(const struct book *book, FILE *out)
{
    table_open(out, "clause_row", "clauses");
    for (size_t i = 1; i < book->nouns_n[KIND_CLAUSE]; i++) {
        const struct row *clause = book->nouns[KIND_CLAUSE][i];
        fprintf(out, "    {.id = ");
        z_write(out, clause->clause);
        fprintf(out, ", .kind = ");
        z_write(out, clause->word[0]);
        fprintf(out, ", .where = ");
        z_write(out, clause->word[1]);
        text_write(out, "text", clause);
        fprintf(out, "},\n");
    }
    fprintf(out, "};\n\n");
}

static void faults_write(const struct book *book, FILE *out)
{
    table_open(out, "fault_row", "faults");
    for (size_t i = 1; i < book->nouns_n[KIND_FAULT]; i++) {
        const struct row *fault = book->nouns[KIND_FAULT][i];
        fprintf(out, "    {.code = ");
        z_write(out, fault->word[0]);
        fprintf(out, ", .status = %.*s, .exit = %.*s", STR_F(fault->word[1]),
                STR_F(fault->word[2]));
        text_write(out, "text", fault);
        text_write(out, "cure", below_first(fault, KIND_CURE));
        fprintf(out, "},\n");
    }
    fprintf(out, "};\n\n");
}

static void pool_write(FILE *out, const char *type, const char *name, const struct pool *pool,
                       const char *none)
{
    fprintf(out, "static const %s %s[] = {\n%.*s%s};\n\n", type, name, STR_F(buf_str(&pool->text)),
            pool->n ? "" : none);
}

static void book_write(const struct book *book, FILE *out)
{
    static const char *const tables[] = {
        "roles",      "states",  "acts",    "functions", "facts",       "guards",     "effects",
        "procedures", "steps",   "fields",  "forms",     "form_fields", "lists",      "items",
        "documents",  "notices", "numbers", "things",    "subjects",    "parameters", "clauses",
        "faults",     "uses",    "tells",   "aparts",    "thens",       "ids",        "blanks",
        "texts",      "shows",
    };
    const struct row *manual = book->nouns[KIND_MANUAL][book->nouns_n[KIND_MANUAL] - 1];
    fprintf(out,
            "const struct rulebook hoshi_rulebook = {\n    .edition = \"%.*s %.*s\",\n    .digest "
            "= {",
            STR_F(manual->word[0]), STR_F(manual->word[1]));
    for (int i = 0; i < HASH_BYTES; i++)
        fprintf(out, "%s0x%02x", i ? ", " : "", book->digest.bytes[i]);
    fprintf(out, "},\n");
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        fprintf(out, "    .%s = %s, .%s_n = sizeof %s / sizeof *%s,\n", tables[i], tables[i],
                tables[i], tables[i], tables[i]);
    fprintf(out, "};\n");
}

void tables_write(const struct book *book, FILE *out)
{
    struct arena *arena = book->arena;
    struct pools pools = {pool_new(arena), pool_new(arena), pool_new(arena), pool_new(arena),
                          pool_new(arena), pool_new(arena), pool_new(arena), pool_new(arena),
                          pool_new(arena)};
    fprintf(out, "/* rulebook.gen.c: made by rulec from rules/; edit those.\n"
                 " * SPDX-License-Identifier: Apache-2.0 */\n#include \"rulebook.gen.h\"\n\n");
    roles_write(book, out, &pools);
    states_write(book, out, &pools);
    acts_write(book, out);
    words_write(book, out, KIND_FUNCTION, "functions");
    facts_table_write(book, out, &pools);
    guards_write(book, out, &pools);
    effects_write(book, out, &pools);
    procedures_write(book, out, &pools);
    steps_write(book, out, &pools);
    fields_write(book, out);
    forms_write(book, out, &pools);
    lists_write(book, out, &pools);
    words_write(book, out, KIND_DOCUMENT, "documents");
    blanks_write(book, out);
    notices_write(book, out, &pools);
    words_write(book, out, KIND_NUMBER, "numbers");
    words_write(book, out, KIND_THING, "things");
    words_write(book, out, KIND_SUBJECT, "subjects");
    words_write(book, out, KIND_PARAMETER, "parameters");
    clauses_write(book, out);
    faults_write(book, out);
    pool_write(out, "struct form_field", "form_fields", &pools.form_fields, "    {0},\n");
    pool_write(out, "struct item_row", "items", &pools.items, "    {0},\n");
    pool_write(out, "struct use", "uses", &pools.uses, "    {0},\n");
    pool_write(out, "struct tell_row", "tells", &pools.tells, "    {0},\n");
    pool_write(out, "struct apart_row", "aparts", &pools.aparts, "    {0},\n");
    pool_write(out, "struct text", "texts", &pools.texts, "    {0},\n");
    pool_write(out, "struct then_row", "thens", &pools.thens, "    {0},\n");
    pool_write(out, "struct named", "shows", &pools.shows, "    {0},\n");
    pool_write(out, "uint16_t", "ids", &pools.ids, "    0,\n");
    book_write(book, out);
}
