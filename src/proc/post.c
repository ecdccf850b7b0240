/* post.c: the post's process: what the outbox holds goes to the relay by SMTP, in order.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It is there only with --mail. It alone of all processes opens connections outwards, to the
 * relay's port and no other, and reads no socket of the house. It writes how each mail fares, which
 * is no act on a case: no entry of the journal, no head to sign. */
#include <curl/curl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "desk/post.h"
#include "proc/child.h"
#include "proc/sandbox.h"
#include "store/files.h"

#include "base/banned.h"

enum {
    LOOK_US = 1000000,
    CONNECT_S = 20,
    SEND_S = 300, /* RFC 5321, 4.5.3.2: most of it is the relay's to use */
    ACCOUNT_BYTES_MAX = 1000,
    BATCH_BYTES_MAX = 1 << 28
};

/* One conversation with the relay. */
struct conversation {
    struct str left; /* of the mail */
    bool addressed;  /* the relay was asked about this very recipient */
    bool parted;     /* what it says now is farewell */
    char said[500];  /* its last line before that */
    size_t said_bytes;
};

/* ---- what libcurl asks for and tells */

static size_t give(char *to, size_t size, size_t n, void *whom)
{
    struct conversation *conversation = whom;
    size_t room = size * n, left = conversation->left.bytes, now = left < room ? left : room;
    memcpy(to, conversation->left.at, now);
    conversation->left = str_skip(conversation->left, now);
    return now;
}

static int heard(CURL *curl, curl_infotype kind, char *text, size_t bytes, void *whom)
{
    struct conversation *conversation = whom;
    struct str line = {text, bytes};
    (void)curl;
    if (kind == CURLINFO_HEADER_OUT && str_starts(line, "RCPT TO"))
        conversation->addressed = true;
    if (kind == CURLINFO_HEADER_OUT && str_starts(line, "QUIT"))
        conversation->parted = true;
    if (kind == CURLINFO_HEADER_IN && !conversation->parted) {
        line = str_trim(line);
        conversation->said_bytes =
            line.bytes < sizeof conversation->said ? line.bytes : sizeof conversation->said;
        memcpy(conversation->said, line.at, conversation->said_bytes);
    }
    return 0;
}

/* ---- the relay */

/* A first line with the user, a second with the password. */
static struct fault *set_account(struct arena *arena, const struct settings *settings, CURL *curl)
{
    struct str text, rest;
    bool there;
    if (!settings->mail.account.bytes)
        return NULL;
    TRY(file_whole(arena, settings->mail.account, ACCOUNT_BYTES_MAX, &text, &there));
    struct str user = str_trim(str_cut(text, '\n', &rest));
    struct str password = str_trim(str_cut(rest, '\n', &rest));
    if (!there || !user.bytes || !password.bytes)
        return FAULT(arena, "malformed-setting",
                     "%.*s: a line with the user's name, and a line with the password",
                     STR_F(settings->mail.account));
    curl_easy_setopt(curl, CURLOPT_USERNAME, str_z(arena, user));
    curl_easy_setopt(curl, CURLOPT_PASSWORD, str_z(arena, password));
    return NULL;
}

/* A password goes over TLS to a relay whose certificate holds, or not at all. Without one TLS is
 * used where it is offered, which is never worse than the plain words that would go otherwise. */
static struct fault *relay_open(struct arena *arena, const struct settings *settings, CURL **out)
{
    CURL *curl = curl_easy_init();
    if (!curl)
        return FAULT(arena, "no-memory", "%s", "libcurl");
    bool strict = settings->mail.account.bytes || settings->mail.tls;
    curl_easy_setopt(curl, CURLOPT_URL, str_z(arena, settings->mail.url));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SEND_S);
    curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(strict ? CURLUSESSL_ALL : CURLUSESSL_TRY));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, strict ? 1L : 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, strict ? 2L : 0L);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, heard);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    *out = curl;
    return set_account(arena, settings, curl);
}

/* What is said against this recipient, or this mail, for good; all else may be otherwise later. */
static enum posted judge_answer(CURLcode code, const struct conversation *conversation)
{
    if (code == CURLE_OK)
        return POSTED_SENT;
    bool for_good = conversation->said_bytes && conversation->said[0] == '5';
    return conversation->addressed && for_good ? POSTED_REFUSED : POSTED_LATER;
}

static enum posted send_one(struct arena *arena, CURL *curl, const struct posting *posting,
                            struct str *answer)
{
    struct conversation conversation = {.left = posting->bytes};
    if (!posting->bytes.bytes) {
        *answer = STR("no mail address");
        return POSTED_REFUSED;
    }
    struct curl_slist *to = curl_slist_append(NULL, str_z(arena, posting->to));
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, str_z(arena, posting->from));
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(curl, CURLOPT_READDATA, &conversation);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &conversation);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)posting->bytes.bytes);
    CURLcode code = curl_easy_perform(curl);
    enum posted posted = judge_answer(code, &conversation);
    curl_slist_free_all(to);
    *answer =
        str_print(arena, "%.*s%s%s", (int)conversation.said_bytes, conversation.said,
                  code == CURLE_OK ? "" : " / ", code == CURLE_OK ? "" : curl_easy_strerror(code));
    /* libcurl writes to these after the mail too, when the connection is used again */
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, NULL);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, NULL);
    return posted;
}

/* ---- the process */

_Noreturn static void work(struct desk *desk, CURL *curl)
{
    struct arena *batch = arena_new(BATCH_BYTES_MAX);
    for (;;) {
        struct posting posting;
        struct str answer;
        bool there;
        struct fault *fault = post_next(desk, batch, &posting, &there);
        if (!fault && there) {
            enum posted posted = send_one(batch, curl, &posting, &answer);
            if (posted != POSTED_SENT)
                fprintf(stderr, "hoshi: post: %.*s: %.*s\n", STR_F(posting.outbox),
                        STR_F(posting.stranger ? str_head(answer, 3) : answer));
            fault = post_end(desk, batch, &posting, posted, answer);
        }
        if (fault) /* of the engine: the next process goes on from here */
            child_fails("post", fault);
        arena_reset(batch);
        if (!there)
            usleep(LOOK_US);
    }
}

_Noreturn void child_post(struct arena *arena, const struct plumbing *plumbing)
{
    const struct str read[] = {STR("/etc/resolv.conf"),
                               STR("/etc/hosts"),
                               STR("/etc/host.conf"),
                               STR("/etc/gai.conf"),
                               STR("/etc/services"),
                               STR("/etc/nsswitch.conf"),
                               STR("/etc/ssl"),
                               STR("/etc/fonts"),
                               STR("/run/systemd/resolve"),
                               STR("/usr"),
                               STR("/lib"),
                               STR("/var/cache/fontconfig")};
    const struct settings *settings = plumbing->settings;
    struct store_settings about = {.data_dir = settings->data_dir,
                                   .database_url = settings->database_url};
    struct store *store;
    CURL *curl;
    sandbox_close_all_but((int[]){plumbing->ready}, 1);
    struct fault *fault = store_open(arena, &about, &store);
    if (!fault)
        fault = curl_global_init(CURL_GLOBAL_DEFAULT)
                    ? FAULT(arena, "broken-server", "%s", "libcurl")
                    : relay_open(arena, settings, &curl);
    if (fault)
        child_fails("post", fault);
    sandbox_enter_with((struct words){read, sizeof read / sizeof *read}, settings->data_dir,
                       settings->mail.port);
    struct desk desk = {.store = store,
                        .book = &hoshi_rulebook,
                        .clock = &settings->clock,
                        .base_url = settings->base_url,
                        .data_dir = settings->data_dir};
    child_says_ready(plumbing);
    work(&desk, curl);
}
