/* rulec_header.c: rulebook.gen.h: the enums, and struct facts with a member for each fact.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rulec.h"

#include "base/banned.h"

static void name_write(FILE *out, struct str name, bool upper)
{
    for (size_t i = 0; i < name.bytes; i++) {
        char c = name.at[i];
        if (upper && c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        fputc(c == '-' || c == '.' ? '_' : c, out);
    }
}

static void enum_write(const struct book *book, FILE *out, enum kind kind, const char *prefix)
{
    fprintf(out, "enum {\n    %s_NONE,\n", prefix);
    for (size_t i = 1; i < book->nouns_n[kind]; i++) {
        fprintf(out, "    %s_", prefix);
        name_write(out, book->nouns[kind][i]->word[0], true);
        fprintf(out, ",\n");
    }
    fprintf(out, "    %s_COUNT\n};\n\n", prefix);
}

static const char *c_type_of(struct str fact_kind)
{
    static const struct {
        const char *kind, *type;
    } types[] = {
        {"flag", "bool"},        {"number", "int64_t"},  {"day", "struct day"},
        {"instant", "int64_t"},  {"word", "struct str"}, {"words", "struct words"},
        {"span", "struct span"},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_is(fact_kind, types[i].kind))
            return types[i].type;
    return "struct str"; /* rulec_link.c has refused any other */
}

static void member_write(FILE *out, struct str name, struct str kind, struct str meaning)
{
    fprintf(out, "    %s ", c_type_of(kind));
    name_write(out, name, false);
    fprintf(out, "; /* %.*s */\n", STR_F(meaning));
}

static void facts_struct_write(const struct book *book, FILE *out)
{
    fprintf(out, "/* All zero means that nothing is known, and then every guard refuses: a day is "
                 "known\n"
                 " * after 1970-01-01, words are known (and may be none) when `at` is not NULL. "
                 "*/\n"
                 "struct facts {\n");
    for (size_t i = 1; i < book->nouns_n[KIND_FACT]; i++) {
        const struct row *fact = book->nouns[KIND_FACT][i];
        member_write(out, fact->word[0], fact->word[1], fact->en);
    }
    fprintf(out, "    /* fields of forms: as filled in by this step, else as last filled in on the "
                 "case */\n");
    for (size_t i = 1; i < book->nouns_n[KIND_FIELD]; i++) {
        const struct row *field = book->nouns[KIND_FIELD][i];
        const char *kind = fact_kind_of_field(field->word[1]);
        if (kind)
            member_write(out, field->word[0], str_of(kind), field->en);
    }
    fprintf(out, "};\n\n");
}

/* Facts are numbered as their members stand: declared ones, then fields. */
static void fact_enum_write(const struct book *book, FILE *out)
{
    fprintf(out, "enum {\n    FACT_NONE,\n");
    for (size_t i = 1; i < book->nouns_n[KIND_FACT]; i++) {
        fprintf(out, "    FACT_");
        name_write(out, book->nouns[KIND_FACT][i]->word[0], true);
        fprintf(out, ",\n");
    }
    for (size_t i = 1; i < book->nouns_n[KIND_FIELD]; i++) {
        const struct row *field = book->nouns[KIND_FIELD][i];
        if (!fact_kind_of_field(field->word[1]))
            continue;
        fprintf(out, "    FACT_");
        name_write(out, field->word[0], true);
        fprintf(out, ",\n");
    }
    fprintf(out, "    FACT_COUNT\n};\n\n");
}

static void functions_write(const struct book *book, FILE *out)
{
    for (size_t i = 1; i < book->nouns_n[KIND_GUARD]; i++) {
        fprintf(out, "bool guard_");
        name_write(out, book->nouns[KIND_GUARD][i]->word[0], false);
        fprintf(out, "(const struct facts *facts, struct arg arg);\n");
    }
    for (size_t i = 1; i < book->nouns_n[KIND_EFFECT]; i++) {
        const struct row *effect = book->nouns[KIND_EFFECT][i];
        if (!row_has(effect, "works"))
            continue;
        fprintf(out, "void effect_");
        name_write(out, effect->word[0], false);
        fprintf(out, "(const struct facts *facts, struct arg arg, struct outcome *outcome);\n");
    }
}

void header_write(const struct book *book, FILE *out)
{
    static const struct {
        enum kind kind;
        const char *prefix;
    } enums[] = {
        {KIND_ROLE, "ROLE"},         {KIND_STATE, "STATE"},
        {KIND_FUNCTION, "FUNCTION"}, {KIND_ACT, "ACT"},
        {KIND_SUBJECT, "SUBJECT"},   {KIND_THING, "THING"},
        {KIND_NUMBER, "NUMBER"},     {KIND_DOCUMENT, "DOCUMENT"},
        {KIND_NOTICE, "NOTICE"},     {KIND_PARAMETER, "PARAMETER"},
        {KIND_GUARD, "GUARD"},       {KIND_EFFECT, "EFFECT"},
        {KIND_LIST, "LIST"},         {KIND_FIELD, "FIELD_ID"},
        {KIND_FORM, "FORM"},         {KIND_PROCEDURE, "PROCEDURE"},
        {KIND_BLANK, "BLANK"},
    };
    fprintf(out, "/* rulebook.gen.h: made by rulec from rules/; edit those.\n"
                 " * SPDX-License-Identifier: Apache-2.0 */\n"
                 "#ifndef HOSHI_RULEBOOK_GEN_H\n#define HOSHI_RULEBOOK_GEN_H\n\n"
                 "#include \"rule/rulebook.h\"\n\n");
    for (size_t i = 0; i < sizeof enums / sizeof *enums; i++)
        enum_write(book, out, enums[i].kind, enums[i].prefix);
    fact_enum_write(book, out);
    facts_struct_write(book, out);
    functions_write(book, out);
    fprintf(out, "\n#endif\n");
}
