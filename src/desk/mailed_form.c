/* mailed_form.c: subject, text, files and sender of a mail in the fields of a report.
 * SPDX-License-Identifier: Apache-2.0 */
#include "desk/mailed_form.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "desk/deed.h"
#include "desk/form.h"
#include "desk/tidy.h"
#include "letter/mail.h"
#include "store/media.h"

#include "base/banned.h"

enum { NAME_BYTES_MAX = 120, NOTES_BYTES_MAX = 1 << 16, NOTES_POINTS_MAX = 2000 };

struct filling {
    struct arena *arena;
    const struct rulebook *book;
    const struct incoming *mail;
    struct mail_form *out;
    struct str *bytes;
    struct buf notes;
    int64_t room;
};

static int64_t points_max_of(const struct filling *filling, const char *field)
{
    return filling->book->fields[field_by_name(filling->book, str_of(field))].max;
}

/* ---- text as the form takes it */

static size_t point_bytes(char lead)
{
    unsigned char c = (unsigned char)lead;
    return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

/* Without what is not to be seen: direction marks, control characters. */
static struct str seen_only(struct arena *arena, struct str text, bool lines)
{
    struct buf out = buf_new(arena, text.bytes + 1);
    while (text.bytes) {
        size_t n = point_bytes(text.at[0]);
        struct str point = {text.at, n < text.bytes ? n : text.bytes};
        if (str_is_text(point) && tidy_is_clean(point, lines))
            buf_add(&out, point);
        text = str_skip(text, n);
    }
    return tidy_lines(arena, buf_str(&out));
}

static struct str head_points(struct str text, int64_t points)
{
    size_t at = 0;
    while (at < text.bytes && points-- > 0)
        at += point_bytes(text.at[at]);
    return (struct str){text.at, at < text.bytes ? at : text.bytes};
}

static struct str line_of(struct arena *arena, struct str text)
{
    return tidy_width(arena, seen_only(arena, text, false));
}

/* ---- what is said beside it */

static void note(struct filling *filling, const char *ja, const char *en, struct str what)
{
    buf_printf(&filling->notes, filling->mail->english ? en : ja, STR_F(what));
    buf_add_char(&filling->notes, '\n');
}

/* ---- files */

static void keep(struct filling *filling, struct str name, struct str bytes)
{
    struct mail_form *out = filling->out;
    struct hash digest = hash_of(bytes);
    out->files[out->files_n] = (struct open_file){.field = STR("report-files"),
                                                  .name = name,
                                                  .media_type = media_of_bytes(filling->arena,
                                                                               bytes),
                                                  .digest = digest,
                                                  .bytes = (int64_t)bytes.bytes};
    filling->bytes[out->files_n++] = bytes;
    filling->room -= (int64_t)bytes.bytes;
}

static struct str name_of(struct filling *filling, struct str name, size_t number)
{
    name = str_head(line_of(filling->arena, name), NAME_BYTES_MAX);
    bool dots = str_is(name, ".") || str_is(name, "..");
    for (size_t i = 0; i < filling->out->files_n; i++) /* a later one would stand in its place */
        if (str_eq(filling->out->files[i].name, name))
            return str_print(filling->arena, "%zu-%.*s", number, STR_F(name));
    return name.bytes && !dots ? name : str_print(filling->arena, "attachment-%zu", number);
}

static void add_files(struct filling *filling)
{
    const struct incoming *mail = filling->mail;
    int64_t most = points_max_of(filling, "report-files");
    for (size_t i = 0; i < mail->files_n; i++) {
        struct str bytes = mail->files[i].bytes;
        struct str name = name_of(filling, mail->files[i].name, i + 1);
        struct str told = str_print(filling->arena, "%.*s (%zu bytes)", STR_F(name), bytes.bytes);
        if (!bytes.bytes)
            note(filling, "空の添付ファイルは保存していません：%.*s",
                 "An attachment is empty and was left out: %.*s", told);
        else if ((int64_t)filling->out->files_n >= most || (int64_t)bytes.bytes > filling->room)
            note(filling, "数又は大きさの上限を超えるため、保存していない添付ファイル：%.*s",
                 "Left out, beyond the limits in number or size: %.*s", told);
        else
            keep(filling, name, bytes);
    }
}

/* ---- fields */

static void add_title(struct filling *filling)
{
    int64_t most = points_max_of(filling, "report-title");
    struct str whole = line_of(filling->arena, filling->mail->subject);
    struct str title = str_trim(head_points(whole, most));
    if (title.bytes < whole.bytes)
        note(filling, "件名の全体：%.*s", "The whole subject: %.*s", whole);
    if (str_points(title) < 2)
        title = filling->mail->english ? STR("(no subject)") : STR("（件名なし）");
    json_put(filling->out->fields, "report-title", title);
}

static void add_text(struct filling *filling)
{
    struct str text = seen_only(filling->arena, filling->mail->text, true);
    int64_t room = points_max_of(filling, "report-text") - NOTES_POINTS_MAX;
    struct str head = head_points(text, room);
    if (head.bytes < text.bytes) {
        note(filling, "長い本文の続きは %.*s にあります。",
             "The text is long; all of it stands in %.*s.", STR("mail.txt"));
        keep(filling, STR("mail.txt"), text);
    }
    json_put(filling->out->fields, "report-text", head);
}

/* An address or a name that the form does not take is told in the text. */
static void add_sender(struct filling *filling, int form)
{
    struct arena *arena = filling->arena;
    struct form_setting setting = {0};
    json_t *fields = json_new(arena), *checked;
    json_put(fields, "reporter-name", line_of(arena, filling->mail->from_name));
    json_put(fields, "reporter-mail", filling->mail->from_mail);
    struct fault *fault = form_check(filling->book, arena, form, fields, &setting, &checked);
    for (; fault; fault = fault->next)
        if (str_starts(fault->concerns, "/reporter-"))
            json_object_del(fields, str_z(arena, str_skip(fault->concerns, 1)));
    struct str name = json_get(fields, "reporter-name"), mail = json_get(fields, "reporter-mail");
    if (name.bytes)
        json_put(filling->out->fields, "reporter-name", name);
    if (mail.bytes && mail_address_good(mail))
        json_put(filling->out->fields, "reporter-mail", mail);
    else
        note(filling, "返信できる差出人のアドレスがありません：%.*s",
             "It names no address that can be answered: %.*s",
             line_of(arena, filling->mail->from_mail));
}

static void add_notes(struct filling *filling)
{
    struct str notes = head_points(str_trim(buf_str(&filling->notes)), NOTES_POINTS_MAX - 4);
    struct str text = json_get(filling->out->fields, "report-text");
    json_put(filling->out->fields, "report-text",
             str_print(filling->arena, "%.*s%s%.*s", STR_F(text), text.bytes ? "\n\n" : "",
                       STR_F(notes)));
}

struct fault *mail_form_fill(struct desk *desk, struct arena *arena, const struct incoming *mail,
                             struct mail_form *out)
{
    struct setting setting;
    const struct procedure_row *procedure =
        procedure_by_name(desk->book, STR("vulnerability"));
    struct filling filling = {.arena = arena,
                              .book = desk->book,
                              .mail = mail,
                              .out = out,
                              .bytes = NEW_ARRAY(arena, INCOMING_PARTS_MAX + 2, struct str),
                              .notes = buf_new(arena, NOTES_BYTES_MAX)};
    *out = (struct mail_form){.fields = json_new(arena), .bytes = filling.bytes};
    out->files = NEW_ARRAY(arena, INCOMING_PARTS_MAX + 2, struct open_file);
    TRY(setting_load(desk->store, arena, desk->book, clock_today(desk->clock), &setting));
    str_int(setting_of(&setting, "open-file-bytes"), &filling.room);
    note(&filling, "――%.*s\nこの届出はメールで届きました。", "--%.*s\nThis report came by mail.",
         STR_NONE);
    if (mail->encrypted)
        note(&filling, "暗号化されたメールです。届いたままの全体を%.*sに保存しました。",
             "It is encrypted: the whole of it, as it came, stands in %.*s.", STR("message.eml"));
    add_title(&filling);
    add_text(&filling);
    add_files(&filling);
    add_sender(&filling, open_step(desk->book, procedure)->form);
    add_notes(&filling);
    return NULL;
}
