/* incoming.c: a mail taken apart.
 * SPDX-License-Identifier: Apache-2.0 */
#include "letter/incoming.h"

#include <gmime/gmime.h>
#include <string.h>

#include "base/buf.h"

#include "base/banned.h"

enum {
    MARKS_MAX = 20000,      /* lines that could part one part from the next */
    HEADERS_MAX = 50000,    /* lines that could be headers */
    HEADER_BYTES_MAX = 2000 /* of one that is kept */
};

struct reading {
    struct arena *arena;
    struct incoming *out;
    struct buf text;
    struct incoming_file *files;
    size_t parts;
    struct fault *fault;
};

static void walk(struct reading *reading, GMimeObject *part, int depth, bool quiet);

/* ---- before it is taken apart: what would be dear to take apart */

static bool begins_header(struct str line)
{
    size_t i = 0;
    while (i < line.bytes && line.at[i] > ' ' && line.at[i] != ':')
        i++;
    return i && i < 80 && i < line.bytes && line.at[i] == ':';
}

static struct fault *look(struct arena *arena, struct str message)
{
    size_t marks = 0, headers = 0;
    if (message.bytes > INCOMING_BYTES_MAX)
        return FAULT(arena, "too-large", "at most %d bytes", (int)INCOMING_BYTES_MAX);
    for (struct str rest = message; rest.bytes;) {
        struct str line = str_cut(rest, '\n', &rest);
        marks += str_starts(line, "--");
        headers += begins_header(line);
    }
    if (!headers)
        return FAULT(arena, "malformed-mail", "%s", "no header");
    if (marks > MARKS_MAX || headers > HEADERS_MAX)
        return FAULT(arena, "malformed-mail", "%zu marks, %zu headers", marks, headers);
    return NULL;
}

/* ---- headers */

/* Visible in one line: a folded header is one. */
static struct str one_line(struct arena *arena, const char *z)
{
    struct str text = str_trim(str_head(str_of(z), HEADER_BYTES_MAX));
    char *out = str_z(arena, text);
    for (size_t i = 0; i < text.bytes; i++)
        if (out[i] == '\n' || out[i] == '\r' || out[i] == '\t')
            out[i] = ' ';
    return incoming_utf8(arena, (struct str){out, text.bytes}, STR("utf-8"));
}

static struct str header_of(struct reading *reading, GMimeObject *message, const char *name)
{
    return str_trim(str_head(str_copy(reading->arena,
                                      str_of(g_mime_object_get_header(message, name))),
                             HEADER_BYTES_MAX));
}

static void read_address(struct reading *reading, GMimeMessage *message)
{
    InternetAddressList *lists[] = {g_mime_message_get_reply_to(message),
                                    g_mime_message_get_from(message)};
    for (size_t i = 0; i < 2 && !reading->out->from_mail.bytes; i++) {
        InternetAddress *one = lists[i] && internet_address_list_length(lists[i]) > 0
                                   ? internet_address_list_get_address(lists[i], 0)
                                   : NULL;
        if (!one || !INTERNET_ADDRESS_IS_MAILBOX(one))
            continue;
        const char *address = internet_address_mailbox_get_idn_addr(INTERNET_ADDRESS_MAILBOX(one));
        reading->out->from_mail = one_line(reading->arena, address);
        reading->out->from_name = one_line(reading->arena, internet_address_get_name(one));
    }
}

/* RFC 3834, 2: a machine's message is recognized by what it says of itself, or of its way back. */
static bool is_automatic(struct reading *reading, GMimeObject *message)
{
    struct str rest, back = header_of(reading, message, "Return-Path");
    struct str submitted = str_trim(str_cut(header_of(reading, message, "Auto-Submitted"), ';',
                                            &rest));
    struct str precedence = header_of(reading, message, "Precedence");
    bool bounced = str_is(back, "<>") || str_starts(str_lower(reading->arena, back),
                                                    "<mailer-daemon") ||
                   str_starts(str_lower(reading->arena, back), "mailer-daemon");
    return bounced || (submitted.bytes && !str_eq_nocase(submitted, STR("no"))) ||
           str_eq_nocase(precedence, STR("bulk")) || str_eq_nocase(precedence, STR("junk")) ||
           str_eq_nocase(precedence, STR("list"));
}

/* ---- parts */

static bool is_type(GMimeObject *part, const char *type, const char *subtype)
{
    return g_mime_content_type_is_type(g_mime_object_get_content_type(part), type, subtype);
}

static void release_stream(void *what)
{
    g_object_unref(what);
}

static struct str bytes_of(struct reading *reading, GMimeObject *part)
{
    GMimeStream *stream = g_mime_stream_mem_new();
    arena_at_end(reading->arena, release_stream, stream);
    if (GMIME_IS_PART(part)) {
        GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(part));
        if (content)
            g_mime_data_wrapper_write_to_stream(content, stream);
    } else {
        g_mime_object_write_to_stream(part, NULL, stream);
    }
    GByteArray *made = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    return (struct str){.at = made && made->len ? (const char *)made->data : "",
                        .bytes = made ? made->len : 0};
}

static void add_file(struct reading *reading, struct str name, struct str bytes)
{
    for (size_t i = name.bytes; i-- > 0;)
        if (name.at[i] == '/' || name.at[i] == '\\') {
            name = str_skip(name, i + 1);
            break;
        }
    reading->files[reading->out->files_n++] = (struct incoming_file){name, bytes};
}

static void keep_part(struct reading *reading, GMimeObject *part)
{
    const char *name = NULL;
    if (GMIME_IS_PART(part))
        name = g_mime_part_get_filename(GMIME_PART(part));
    else if (GMIME_IS_MESSAGE_PART(part))
        name = "message.eml";
    GMimeObject *held = part;
    if (GMIME_IS_MESSAGE_PART(part))
        held = (GMimeObject *)g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
    if (held)
        add_file(reading, one_line(reading->arena, name), bytes_of(reading, held));
}

static bool is_text_part(GMimeObject *part)
{
    const char *how = g_mime_object_get_disposition(part);
    return GMIME_IS_PART(part) &&
           (is_type(part, "text", "plain") || is_type(part, "text", "html")) &&
           !g_mime_part_get_filename(GMIME_PART(part)) &&
           !(how && str_eq_nocase(str_of(how), STR("attachment")));
}

static void add_text(struct reading *reading, GMimeObject *part, bool quiet)
{
    struct arena *arena = reading->arena;
    struct str bytes = bytes_of(reading, part);
    if (bytes.bytes > INCOMING_TEXT_BYTES_MAX) {
        add_file(reading, is_type(part, "text", "html") ? STR("text.html") : STR("text.txt"),
                 bytes);
        return;
    }
    struct str text = incoming_utf8(
        arena, bytes, str_of(g_mime_object_get_content_type_parameter(part, "charset")));
    if (is_type(part, "text", "html"))
        text = incoming_html(arena, text);
    if (quiet || !str_trim(text).bytes)
        return;
    buf_add_z(&reading->text, reading->text.bytes ? "\n\n" : "");
    buf_add(&reading->text, str_trim(text));
}

/* Of several forms of one text the plain one; what the others hold besides is kept. */
static bool has_plain(GMimeObject *parts)
{
    int n = g_mime_multipart_get_count(GMIME_MULTIPART(parts));
    for (int i = 0; i < n && is_type(parts, "multipart", "alternative"); i++) {
        GMimeObject *part = g_mime_multipart_get_part(GMIME_MULTIPART(parts), i);
        if (is_type(part, "text", "plain") && is_text_part(part))
            return true;
    }
    return false;
}

static void walk_parts(struct reading *reading, GMimeObject *parts, int depth, bool quiet)
{
    int n = g_mime_multipart_get_count(GMIME_MULTIPART(parts));
    bool plain = has_plain(parts);
    for (int i = 0; i < n; i++) {
        GMimeObject *part = g_mime_multipart_get_part(GMIME_MULTIPART(parts), i);
        walk(reading, part, depth + 1, quiet || (plain && !is_type(part, "text", "plain")));
    }
}

static bool is_encrypted(GMimeObject *part)
{
    struct str kind = str_of(g_mime_object_get_content_type_parameter(part, "smime-type"));
    return is_type(part, "multipart", "encrypted") ||
           ((is_type(part, "application", "pkcs7-mime") ||
             is_type(part, "application", "x-pkcs7-mime")) &&
            !str_eq_nocase(kind, STR("signed-data")));
}

static void walk(struct reading *reading, GMimeObject *part, int depth, bool quiet)
{
    if (reading->fault || !part)
        return;
    if (depth > INCOMING_DEPTH_MAX || ++reading->parts > INCOMING_PARTS_MAX) {
        reading->fault = FAULT(reading->arena, "malformed-mail", "%zu parts, %d deep",
                               reading->parts, depth);
        return;
    }
    if (is_encrypted(part))
        reading->out->encrypted = true;
    else if (GMIME_IS_MULTIPART(part))
        walk_parts(reading, part, depth, quiet);
    else if (is_text_part(part))
        add_text(reading, part, quiet);
    else
        keep_part(reading, part);
}

/* ---- the whole */

/* Kana or kanji, in UTF-8: U+3041 to U+9FFF. */
static bool has_japanese(struct str text)
{
    for (size_t i = 0; i + 2 < text.bytes; i++) {
        const unsigned char *p = (const unsigned char *)text.at + i;
        if ((p[0] == 0xE3 && p[1] >= 0x81) || (p[0] >= 0xE4 && p[0] <= 0xE9))
            return true;
    }
    return false;
}

static bool has_letters(struct str text)
{
    for (size_t i = 0; i < text.bytes; i++)
        if ((text.at[i] | 0x20) >= 'a' && (text.at[i] | 0x20) <= 'z')
            return true;
    return false;
}

static bool holds_cipher(struct str text)
{
    static const char begin[] = "-----BEGIN PGP MESSAGE-----";
    return text.bytes && memmem(text.at, text.bytes, begin, sizeof begin - 1);
}

/* What is in cipher stands as it came: a part of it alone could not be opened by anyone. */
static void keep_whole(struct reading *reading, struct str message)
{
    struct incoming *out = reading->out;
    out->text = STR_NONE;
    out->files_n = 0;
    add_file(reading, STR("message.eml"), message);
}

static struct fault *read_message(struct reading *reading, GMimeMessage *message,
                                  struct str whole)
{
    struct incoming *out = reading->out;
    GMimeObject *object = GMIME_OBJECT(message), *body = g_mime_message_get_mime_part(message);
    read_address(reading, message);
    out->message_id = header_of(reading, object, "Message-ID");
    out->date = header_of(reading, object, "Date");
    out->subject = one_line(reading->arena, g_mime_message_get_subject(message));
    out->automatic =
        is_automatic(reading, object) || (body && is_type(body, "multipart", "report"));
    walk(reading, body, 0, false);
    if (reading->fault)
        return reading->fault;
    out->text = buf_str(&reading->text);
    out->encrypted = out->encrypted || holds_cipher(out->text);
    if (out->encrypted)
        keep_whole(reading, whole);
    if (!out->subject.bytes && !out->text.bytes && !out->files_n)
        return FAULT(reading->arena, "malformed-mail", "%s", "it says nothing");
    out->english = !has_japanese(out->subject) && !has_japanese(out->text) &&
                   (has_letters(out->subject) || has_letters(out->text));
    return NULL;
}

static GMimeParserOptions *options_new(void)
{
    static const char *charsets[] = {"utf-8", "iso-2022-jp", "cp932", "euc-jp", "iso-8859-1", NULL};
    GMimeParserOptions *options = g_mime_parser_options_new();
    g_mime_parser_options_set_fallback_charsets(options, charsets);
    return options;
}

struct fault *incoming_read(struct arena *arena, struct str message, struct incoming *out)
{
    *out = (struct incoming){0};
    TRY(look(arena, message));
    struct reading reading = {.arena = arena,
                              .out = out,
                              .text = buf_new(arena, message.bytes * 4 + 64),
                              .files = NEW_ARRAY(arena, INCOMING_PARTS_MAX + 1,
                                                 struct incoming_file)};
    out->files = reading.files;
    g_mime_init();
    GMimeParserOptions *options = options_new();
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(message.at, message.bytes);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *read = g_mime_parser_construct_message(parser, options);
    struct fault *fault = read ? read_message(&reading, read, message)
                               : FAULT(arena, "malformed-mail", "%s", "no message");
    if (read)
        g_object_unref(read);
    g_object_unref(parser);
    g_object_unref(stream);
    g_mime_parser_options_free(options);
    return fault;
}
