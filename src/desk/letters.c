/* letters.c: notices in words: addressee, sender, text with its blanks filled, table.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/letters.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/plain.h"
#include "store/sql.gen.h"

#include "base/banned.h"

enum { TEXT_BYTES_MAX = 1 << 16 };

/* Where the rules say no more about a notice than its title. */
static const struct text plain_texts[] = {
    {"「{product}」（{number}）について、次の手続が行われましたので、お知らせします：{step}。",
     "This is to tell you what was done about “{product}” ({number}): {step}."},
};
static const struct named plain_shows[] = {
    {NAMED_BLANK, BLANK_NUMBER}, {NAMED_BLANK, BLANK_PROCEDURE},
    {NAMED_BLANK, BLANK_PRODUCT}, {NAMED_BLANK, BLANK_DAY}};

struct wording wording_of(const struct rulebook *book, const struct notice_row *notice)
{
    if (notice->texts.n == 0)
        return (struct wording){plain_texts, sizeof plain_texts / sizeof *plain_texts, plain_shows,
                                sizeof plain_shows / sizeof *plain_shows};
    return (struct wording){&book->texts[notice->texts.first], notice->texts.n,
                            &book->shows[notice->shows.first], notice->shows.n};
}

/* ---- both languages, as JSON */

static json_t *both_new(struct arena *arena, struct str ja, struct str en)
{
    if (str_eq(ja, en))
        return json_new_str(arena, ja);
    json_t *both = json_new(arena);
    json_put(both, "ja", ja);
    json_put(both, "en", en);
    return both;
}

static struct str in_tongue(const json_t *both, bool english)
{
    return json_is_string(both) ? json_text(both) : json_get(both, english ? "en" : "ja");
}

static struct str blank_in(const json_t *blanks, struct arena *arena, struct str name, bool english)
{
    struct str value = in_tongue(json_object_get(blanks, str_z(arena, name)), english);
    return value.bytes ? value : STR("―");
}

static struct str text_filled(struct arena *arena, const char *text, const json_t *blanks,
                              bool english)
{
    struct buf out = buf_new(arena, TEXT_BYTES_MAX);
    struct str rest = str_of(text);
    for (;;) {
        buf_add(&out, str_cut(rest, '{', &rest));
        if (!rest.at)
            return buf_str(&out);
        struct str name = str_cut(rest, '}', &rest);
        buf_add(&out, blank_in(blanks, arena, name, english));
    }
}

/* ---- content: all that is on the paper */

struct composing {
    struct arena *arena;
    const struct rulebook *book;
    const struct notice_row *notice;
    const struct setting *setting;
    const json_t *blanks;
    struct str to_ja, to_en, day;
};

static json_t *setting_both(const struct composing *composing, const char *ja, const char *en)
{
    struct str a = setting_of(composing->setting, ja), b = setting_of(composing->setting, en);
    return both_new(composing->arena, str_is(a, "-") ? STR_NONE : a, str_is(b, "-") ? STR_NONE : b);
}

static json_t *texts_new(const struct composing *composing, const struct wording *wording)
{
    struct arena *arena = composing->arena;
    json_t *texts = json_new_list(arena);
    for (size_t i = 0; i < wording->texts_n; i++) {
        const struct text *text = &wording->texts[i];
        json_add(texts, both_new(arena, text_filled(arena, text->ja, composing->blanks, false),
                                 text_filled(arena, text->en, composing->blanks, true)));
    }
    return texts;
}

static const char *named_of(const struct rulebook *book, struct named named, struct text *words)
{
    *words = (struct text){"", ""};
    switch (named.kind) {
    case NAMED_BLANK: *words = book->blanks[named.id].text; return book->blanks[named.id].name;
    case NAMED_NUMBER: *words = book->numbers[named.id].text; return book->numbers[named.id].name;
    case NAMED_FIELD: *words = book->fields[named.id].text; return book->fields[named.id].name;
    case NAMED_FACT: *words = book->facts[named.id].text; return book->facts[named.id].name;
    case NAMED_NOTHING: break;
    }
    return "";
}

/* What has no value on this case has no line. */
static json_t *lines_new(const struct composing *composing, const struct wording *wording)
{
    json_t *lines = json_new_list(composing->arena);
    for (size_t i = 0; i < wording->shows_n; i++) {
        struct text words;
        const char *name = named_of(composing->book, wording->shows[i], &words);
        json_t *value = json_object_get(composing->blanks, name);
        if (!value)
            continue;
        json_t *line = json_new(composing->arena);
        json_put_json(line, "name",
                      both_new(composing->arena, str_of(words.ja), str_of(words.en)));
        json_put_json(line, "value", value);
        json_add(lines, line);
    }
    return lines;
}

/* The paper goes by the first number of its table. */
static struct str number_of_paper(const struct composing *composing, const struct wording *wording)
{
    for (size_t i = 0; i < wording->shows_n; i++) {
        struct named named = wording->shows[i];
        struct text words;
        const char *name = named_of(composing->book, named, &words);
        if (named.kind == NAMED_NUMBER ||
            (named.kind == NAMED_BLANK && named.id == BLANK_NUMBER))
            return json_get(composing->blanks, name);
    }
    return STR_NONE;
}

static json_t *content_new(const struct composing *composing)
{
    struct arena *arena = composing->arena;
    struct wording wording = wording_of(composing->book, composing->notice);
    json_t *content = json_new(arena);
    json_put_json(content, "to", both_new(arena, composing->to_ja, composing->to_en));
    json_put_json(content, "from", setting_both(composing, "sender-name-ja", "sender-name-en"));
    json_put_json(content, "address",
                  setting_both(composing, "sender-address-ja", "sender-address-en"));
    json_put_json(content, "contact",
                  setting_both(composing, "sender-contact-ja", "sender-contact-en"));
    json_put_json(content, "title", both_new(arena, str_of(composing->notice->text.ja),
                                             str_of(composing->notice->text.en)));
    json_put_json(content, "text", texts_new(composing, &wording));
    json_put_json(content, "lines", lines_new(composing, &wording));
    json_put(content, "number", number_of_paper(composing, &wording));
    json_put(content, "day", composing->day);
    json_put(content, "clause", str_of(composing->notice->clause));
    return content;
}

static struct letter letter_read(struct arena *arena, const json_t *content, bool english)
{
    const json_t *texts = json_object_get(content, "text");
    const json_t *lines = json_object_get(content, "lines");
    struct day day;
    struct str *paragraphs = NEW_ARRAY(arena, json_array_size(texts) + 1, struct str);
    struct letter_line *rows = NEW_ARRAY(arena, json_array_size(lines) + 1, struct letter_line);
    struct letter letter = {.english = english,
                            .number = json_get(content, "number"),
                            .to = in_tongue(json_object_get(content, "to"), english),
                            .from = in_tongue(json_object_get(content, "from"), english),
                            .address = in_tongue(json_object_get(content, "address"), english),
                            .contact = in_tongue(json_object_get(content, "contact"), english),
                            .title = in_tongue(json_object_get(content, "title"), english),
                            .paragraphs = {paragraphs, json_array_size(texts)},
                            .lines = rows,
                            .lines_n = json_array_size(lines),
                            .clause = json_get(content, "clause")};
    if (day_parse(json_get(content, "day"), &day))
        letter.day = day_words(arena, english, day);
    for (size_t i = 0; i < letter.paragraphs.n; i++)
        paragraphs[i] = in_tongue(json_array_get(texts, i), english);
    for (size_t i = 0; i < letter.lines_n; i++) {
        const json_t *line = json_array_get(lines, i);
        rows[i] = (struct letter_line){in_tongue(json_object_get(line, "name"), english),
                                       in_tongue(json_object_get(line, "value"), english)};
    }
    return letter;
}

/* ---- to whom */

static struct str or_else(struct str a, struct str b)
{
    return a.bytes ? a : b;
}

/* 株式会社みほん 御中, or with somebody there: 株式会社みほん ⏎ 見本 太郎 様. */
static void address_to(struct composing *composing, const struct row_party *party,
                       struct str person_ja, struct str person_en)
{
    struct arena *arena = composing->arena;
    struct str ja = party ? or_else(party->name_ja, party->name_en) : STR_NONE;
    struct str en = party ? or_else(party->name_en, party->name_ja) : STR_NONE;
    struct str name_ja = or_else(person_ja, person_en), name_en = or_else(person_en, person_ja);
    const char *between = party && name_ja.bytes ? "\n" : "";
    composing->to_ja =
        str_print(arena, "%.*s%s%.*s%s", STR_F(ja), between, STR_F(name_ja),
                  name_ja.bytes ? "　様" : party ? "　御中" : "");
    composing->to_en = str_print(arena, "%.*s%s%.*s", STR_F(en), between, STR_F(name_en));
}

static void address_to_role(struct composing *composing, struct str role)
{
    int id = role_by_name(composing->book, role);
    composing->to_ja = str_of(id ? composing->book->roles[id].text.ja : NULL);
    composing->to_en = str_of(id ? composing->book->roles[id].text.en : NULL);
}

static struct fault *address_notice(struct store *store, struct composing *composing,
                                    const struct row_notice *row, const struct row_person *reader)
{
    struct row_party *party = NULL;
    struct row_person *person = NULL;
    if (row->party.bytes)
        TRY(sql_party_by_id(store, composing->arena, row->party, &party));
    if (row->person.bytes)
        TRY(sql_person_by_id(store, composing->arena, row->person, &person));
    const struct row_person *whom = reader ? reader : person;
    if (whom || party)
        address_to(composing, party, whom ? whom->name_ja : STR_NONE,
                   whom ? whom->name_en : STR_NONE);
    else
        address_to_role(composing, row->role);
    return NULL;
}

/* ---- kept, and read */

struct fault *letter_keep(struct deed *deed, const struct notice_row *notice,
                          const struct row_notice *row)
{
    char day[11];
    struct composing composing = {.arena = deed->arena, .book = deed->desk->book, .notice = notice,
                                  .setting = &deed->setting, .day = day_print(deed->today, day)};
    json_t *blanks;
    TRY(json_read(deed->arena, row->blanks, &blanks));
    composing.blanks = blanks;
    const json_t *contact = json_object_get(deed->filled, "contact-name");
    if (row->party.bytes && str_eq(row->party, deed->work.party) && json_is_object(contact) &&
        deed->about.party)
        address_to(&composing, deed->about.party, json_get(contact, "ja"),
                   json_get(contact, "en"));
    else if (row->role.bytes && json_get(deed->filled, "claimant").bytes) /* no party of ours */
        address_to(&composing,
                   &(struct row_party){.name_ja = json_get(deed->filled, "claimant")}, STR_NONE,
                   STR_NONE);
    else
        TRY(address_notice(deed->desk->store, &composing, row, NULL));
    struct row_letter letter = {.notice = row->id,
                                .content = json_canonical(deed->arena, content_new(&composing))};
    return put_letter(deed->desk->store, &letter);
}

static struct fault *letter_made(struct store *store, struct arena *arena,
                                 const struct rulebook *book, const struct row_notice *row,
                                 const struct row_person *reader, json_t **content)
{
    char day[11];
    struct setting setting;
    json_t *blanks;
    int kind = notice_by_name(book, row->kind);
    struct day on = day_of_instant(row->at);
    if (!kind)
        return FAULT(arena, "no-such-page", "a notice '%.*s' that the rules do not know",
                     STR_F(row->kind));
    TRY(setting_load(store, arena, book, on, &setting));
    TRY(json_read(arena, row->blanks.bytes ? row->blanks : STR("{}"), &blanks));
    struct composing composing = {.arena = arena, .book = book, .notice = &book->notices[kind],
                                  .setting = &setting, .blanks = blanks,
                                  .day = day_print(on, day)};
    TRY(address_notice(store, &composing, row, reader));
    *content = content_new(&composing);
    return NULL;
}

struct fault *letter_of_notice(struct store *store, struct arena *arena,
                               const struct rulebook *book, const struct row_notice *row,
                               const struct row_person *reader, bool english, struct letter *out)
{
    struct row_letter *kept;
    json_t *content;
    TRY(sql_letter_of_notice(store, arena, row->id, &kept));
    if (kept)
        TRY(json_read(arena, kept->content, &content));
    else
        TRY(letter_made(store, arena, book, row, reader, &content));
    *out = letter_read(arena, content, english);
    return NULL;
}
