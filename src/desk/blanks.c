/* blanks.c: what the texts of notices leave open: one small function for each blank of the rule
 * book, and any number, field or fact of the case by its name.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/blanks.h"

#include "base/json.h"
#include "base/plain.h"
#include "desk/letters.h"
#include "rule/facts.h"
#include "rule/hint.h"
#include "store/sql.gen.h"

#include "base/banned.h"

/* What the blanks of one step are filled from, read once. */
struct source {
    struct deed *deed;
    struct arena *arena;
    struct row_case_number *numbers;
    size_t numbers_n;
    struct row_label *label;    /* as the step leaves it; NULL where there is none, as the next */
    struct row_party *maker, *facility;
};

static struct str pick(bool english, struct str ja, struct str en)
{
    return (english && en.bytes) || !ja.bytes ? en : ja;
}

static struct str words_of_day(const struct source *source, bool english, struct str written)
{
    struct day day;
    return day_parse(written, &day) ? day_words(source->arena, english, day) : STR_NONE;
}

static struct str number_of_kind(const struct source *source, const char *kind)
{
    for (size_t i = 0; i < source->numbers_n; i++)
        if (str_is(source->numbers[i].kind, kind))
            return source->numbers[i].number;
    if (str_is(str_of(kind), "registration-number"))
        return source->deed->work.label;
    if (str_is(str_of(kind), "certification-number") && source->label)
        return source->label->certification;
    return STR_NONE;
}

static struct str blank_product(const struct source *source, bool english)
{
    const struct row_casework *work = &source->deed->work;
    struct str product = pick(english, work->title_ja, work->title_en);
    return product.bytes || !source->label
               ? product
               : pick(english, source->label->product_ja, source->label->product_en);
}

static struct str blank_maker(const struct source *source, bool english)
{
    return source->maker ? pick(english, source->maker->name_ja, source->maker->name_en) : STR_NONE;
}

static struct str blank_facility(const struct source *source, bool english)
{
    return source->facility ? pick(english, source->facility->name_ja, source->facility->name_en)
                            : STR_NONE;
}

static struct str blank_models(const struct source *source, bool english)
{
    size_t n = json_array_size(json_object_get(source->deed->filled, "models"));
    if (!n)
        return STR_NONE;
    struct str count = count_words(source->arena, (int64_t)n);
    return english ? count : str_print(source->arena, "%.*s型番", STR_F(count));
}

static struct str blank_level(const struct source *source, bool english)
{
    (void)english;
    int64_t level = source->deed->work.level;
    return level ? str_print(source->arena, "★%lld", (long long)level) : STR_NONE;
}

/* What the case is called: by the label that it is about, else by its application. */
static struct str blank_number(const struct source *source, bool english)
{
    (void)english;
    struct str number = source->deed->work.label;
    return number.bytes ? number : number_of_kind(source, "application-number");
}

static struct str blank_procedure(const struct source *source, bool english)
{
    return str_of(text_in(source->deed->procedure->title, english));
}

static struct str blank_step(const struct source *source, bool english)
{
    const struct rulebook *book = source->deed->desk->book;
    return str_of(text_in(book->acts[source->deed->step->act].text, english));
}

static struct str blank_criteria(const struct source *source, bool english)
{
    const struct row_criteria_edition *edition = source->deed->about.edition;
    return edition ? pick(english, edition->title_ja, edition->title_en) : STR_NONE;
}

/* 5-2: of the edition that the case is about, as it was announced. */
static struct str blank_last_extension(const struct source *source, bool english)
{
    const struct row_criteria_edition *edition = source->deed->about.edition;
    return edition ? words_of_day(source, english, edition->extension_ends) : STR_NONE;
}

static struct str blank_day(const struct source *source, bool english)
{
    return day_words(source->arena, english, source->deed->today);
}

static struct str blank_filed(const struct source *source, bool english)
{
    const struct deed *deed = source->deed;
    for (size_t i = 0; i < deed->steps_n; i++)
        if (str_is(deed->steps[i].from_state, "start") && !str_is(deed->steps[i].to_state, "start"))
            return day_words(source->arena, english, day_of_instant(deed->steps[i].at));
    return blank_day(source, english); /* it is being filed now */
}

static struct str blank_fee(const struct source *source, bool english)
{
    const struct deed *deed = source->deed;
    int64_t yen = deed->verdict.outcome.fee_yen;
    if (!yen)
        yen = json_get_int(deed->filled, "fee-due", 0);
    return yen ? yen_words(source->arena, english, yen) : STR_NONE;
}

static struct str blank_issued(const struct source *source, bool english)
{
    return source->label ? words_of_day(source, english, source->label->issued) : STR_NONE;
}

static struct str blank_expires(const struct source *source, bool english)
{
    return source->label ? words_of_day(source, english, source->label->expires) : STR_NONE;
}

/* 4.3: what its registrant can do to keep the label, and why, as the page of labels says it. */
static struct str blank_hint(const struct source *source, bool english)
{
    struct deed *deed = source->deed;
    struct hint hint = hint_of(deed->desk->book, &deed->facts);
    return source->label ? hint_sentence(source->arena, hint.kind, english,
                                         day_words(source->arena, english, hint.day))
                         : STR_NONE;
}

static struct str blank_due(const struct source *source, bool english)
{
    return words_of_day(source, english, source->deed->work.due);
}

static struct str blank_body(const struct source *source, bool english)
{
    return setting_of(&source->deed->setting, english ? "sender-name-en" : "sender-name-ja");
}

/* 6.6-1: the procedure and the act of the decision, and what its case is called. */
static struct str blank_appealed(const struct source *source, bool english)
{
    const struct deed *deed = source->deed;
    const struct rulebook *book = deed->desk->book;
    const struct decision *decision = &deed->appealed;
    if (!decision->step)
        return STR_NONE;
    const struct procedure_row *procedure = procedure_by_name(book, decision->work->procedure);
    return str_print(source->arena, english ? "%s: %s" : "%s：%s",
                     text_in(procedure->title, english),
                     text_in(book->acts[decision->step->act].text, english));
}

static struct str (*const fills[BLANK_COUNT])(const struct source *source, bool english) = {
    [BLANK_PRODUCT] = blank_product, [BLANK_MAKER] = blank_maker,
    [BLANK_MODELS] = blank_models, [BLANK_LEVEL] = blank_level,
    [BLANK_NUMBER] = blank_number, [BLANK_PROCEDURE] = blank_procedure,
    [BLANK_STEP] = blank_step, [BLANK_CRITERIA] = blank_criteria,
    [BLANK_FILED] = blank_filed, [BLANK_DAY] = blank_day,
    [BLANK_FEE] = blank_fee, [BLANK_ISSUED] = blank_issued,
    [BLANK_EXPIRES] = blank_expires, [BLANK_FACILITY] = blank_facility,
    [BLANK_DUE] = blank_due, [BLANK_BODY] = blank_body,
    [BLANK_HINT] = blank_hint, [BLANK_APPEALED] = blank_appealed,
    [BLANK_LAST_EXTENSION] = blank_last_extension,
};

/* ---- numbers, fields and facts */

static struct str fact_words(const struct source *source, const struct fact_row *fact, bool english)
{
    const void *at = (const char *)&source->deed->facts + fact->offset;
    switch (fact->kind) {
    case FACT_KIND_NUMBER: return count_words(source->arena, *(const int64_t *)at);
    case FACT_KIND_DAY: {
        struct day day = *(const struct day *)at;
        return day.n > 0 ? day_words(source->arena, english, day) : STR_NONE;
    }
    case FACT_KIND_INSTANT: {
        int64_t instant = *(const int64_t *)at;
        return instant ? instant_words(source->arena, english, instant) : STR_NONE;
    }
    case FACT_KIND_WORD: return *(const struct str *)at;
    case FACT_KIND_FLAG:
    case FACT_KIND_WORDS:
    case FACT_KIND_SPAN:
        break;
    }
    return STR_NONE;
}

static struct str words_of_named(const struct source *source, struct named named, bool english)
{
    const struct rulebook *book = source->deed->desk->book;
    const json_t *value;
    switch (named.kind) {
    case NAMED_BLANK:
        if (!fills[named.id])
            BUG("blank '%s' is filled by nothing", book->blanks[named.id].name);
        return fills[named.id](source, english);
    case NAMED_NUMBER: return number_of_kind(source, book->numbers[named.id].name);
    case NAMED_FIELD:
        value = json_object_get(source->deed->filled, book->fields[named.id].name);
        return value ? field_words(book, source->arena, english, &book->fields[named.id], value)
                     : STR_NONE;
    case NAMED_FACT: return fact_words(source, &book->facts[named.id], english);
    case NAMED_NOTHING: break;
    }
    return STR_NONE;
}

/* ---- all that a notice names */

static struct fault *source_read(struct deed *deed, struct source *out)
{
    struct store *store = deed->desk->store;
    const struct row_casework *work = &deed->work;
    *out = (struct source){.deed = deed, .arena = deed->arena};
    struct str maker = work->party.bytes ? work->party : work->registrant;
    TRY(sql_case_numbers(store, deed->arena, work->id, &out->numbers, &out->numbers_n));
    if (work->label.bytes)
        TRY(sql_label_by_number(store, deed->arena, work->label, &out->label));
    TRY(sql_party_by_id(store, deed->arena, maker, &out->maker));
    if (work->facility.bytes)
        TRY(sql_party_by_id(store, deed->arena, work->facility, &out->facility));
    return NULL;
}

static void put_named(const struct source *source, struct named named, const char *name,
                      json_t *out)
{
    struct str ja = words_of_named(source, named, false), en = words_of_named(source, named, true);
    if (!ja.bytes && !en.bytes)
        return;
    if (str_eq(ja, en)) {
        json_put(out, name, ja);
        return;
    }
    json_t *both = json_new(source->arena);
    json_put(both, "ja", ja);
    json_put(both, "en", en);
    json_put_json(out, name, both);
}

static void put_text(const struct source *source, const char *text, json_t *out)
{
    const struct rulebook *book = source->deed->desk->book;
    struct str rest = str_of(text);
    for (str_cut(rest, '{', &rest); rest.at; str_cut(rest, '{', &rest)) {
        struct str name = str_cut(rest, '}', &rest);
        put_named(source, named_by_name(book, name), str_z(source->arena, name), out);
    }
}

static const char *name_of(const struct rulebook *book, struct named named)
{
    switch (named.kind) {
    case NAMED_BLANK: return book->blanks[named.id].name;
    case NAMED_NUMBER: return book->numbers[named.id].name;
    case NAMED_FIELD: return book->fields[named.id].name;
    case NAMED_FACT: return book->facts[named.id].name;
    case NAMED_NOTHING: break;
    }
    return "";
}

struct fault *blanks_fill(struct deed *deed, const struct notice_row *notice, json_t **out)
{
    const struct rulebook *book = deed->desk->book;
    struct source source;
    *out = json_new(deed->arena);
    TRY(source_read(deed, &source));
    struct wording wording = wording_of(book, notice);
    for (size_t i = 0; i < wording.texts_n; i++) /* both languages name the same */
        put_text(&source, wording.texts[i].ja, *out);
    for (size_t i = 0; i < wording.shows_n; i++)
        put_named(&source, wording.shows[i], name_of(book, wording.shows[i]), *out);
    return NULL;
}
