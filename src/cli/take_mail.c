/* take_mail.c: hoshi take-mail: a mail on the standard input, as a mail server's pipe gives it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The exit code is the mail server's (sysexits.h): 0 it is ours now, 75 it is to come again, 65 it
 * is to go back, with our words in both languages, which begin with the status of RFC 3463. Only
 * what is wrong with the message itself goes back; whatever is wrong here is for later. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "cli/cli.h"
#include "desk/mailed.h"

#include "base/banned.h"

enum { READING_S = 60, BLOCK_BYTES = 1 << 16 };

static const char unreadable[] =
    "5.6.0 メールとして読み取れませんでした。本文と添付ファイルだけの簡単な形で送り直してください。"
    " / This mail could not be read. Send it again in a simple form: a text, and files.\n";
static const char large[] =
    "5.3.4 メールが大きすぎます。添付ファイルを減らして送り直してください。"
    " / This mail is too large. Send it again with less attached.\n";
static const char many[] =
    "4.7.1 短い時間に多くの届出を受け付けたため、後で受け付けます。"
    " / Too many reports came within a short time; it is taken later.\n";
static const char later[] =
    "4.3.0 今は受け付けられないため、後で受け付けます。"
    " / It cannot be taken now; it is taken later.\n";

/* ---- the message */

/* All of the input is read, so that the mail server may finish what it says; what is beyond the
 * limit is let go. */
static bool read_message(struct arena *arena, size_t bytes_max, struct str *out, bool *whole)
{
    size_t size = BLOCK_BYTES, n = 0;
    char *at = arena_alloc(arena, size);
    *whole = true;
    for (;;) {
        if (n == size && size < bytes_max) {
            size_t more = size * 2 < bytes_max ? size * 2 : bytes_max;
            char *larger = arena_alloc(arena, more);
            memcpy(larger, at, n);
            at = larger;
            size = more;
        }
        char beyond[4096];
        bool full = n == size;
        ssize_t got = full ? read(0, beyond, sizeof beyond) : read(0, at + n, size - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            *out = (struct str){at, n};
            return got == 0;
        }
        *whole = *whole && !full;
        n += full ? 0 : (size_t)got;
    }
}

/* ---- while it is taken apart: what breaks the reader, or takes too long, goes back */

static void go_back(int number, siginfo_t *about, void *context)
{
    ssize_t wrote = write(2, unreadable, sizeof unreadable - 1);
    (void)number;
    (void)about;
    (void)context;
    (void)wrote;
    _exit(EX_DATAERR);
}

static const int breaking[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGXCPU};
enum { BREAKING_N = sizeof breaking / sizeof *breaking };

static struct fault *read_guarded(struct arena *arena, struct str message, struct incoming *out)
{
    struct sigaction before[BREAKING_N], go = {.sa_sigaction = go_back,
                                                      .sa_flags = SA_ONSTACK | SA_SIGINFO};
    char *stack = arena_alloc(arena, BLOCK_BYTES);
    struct rlimit time, limited;
    sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = BLOCK_BYTES}, NULL);
    getrlimit(RLIMIT_CPU, &time);
    limited = time;
    limited.rlim_cur = READING_S;
    setrlimit(RLIMIT_CPU, &limited);
    for (size_t i = 0; i < BREAKING_N; i++)
        sigaction(breaking[i], &go, &before[i]);
    struct fault *fault = incoming_read(arena, message, out);
    for (size_t i = 0; i < BREAKING_N; i++)
        sigaction(breaking[i], &before[i], NULL);
    setrlimit(RLIMIT_CPU, &time);
    sigaltstack(&(stack_t){.ss_flags = SS_DISABLE}, NULL);
    return fault;
}

/* ---- what the mail server is told */

static int say(const char *words, int code)
{
    fputs(words, stderr);
    return code;
}

static bool is(const struct fault *fault, const char *code)
{
    return str_is(str_of(fault->code), code);
}

static int answer_fault(struct cli *cli, const struct fault *fault)
{
    if (is(fault, "too-large"))
        return say(large, EX_DATAERR);
    if (is(fault, "malformed-mail"))
        return say(unreadable, EX_DATAERR);
    if (is(fault, "too-many-filings"))
        return say(many, EX_TEMPFAIL);
    say(later, EX_TEMPFAIL);
    cli_fault(cli, fault);
    return EX_TEMPFAIL;
}

static int answer(const struct cli *cli, const struct mail_answer *taken)
{
    const char *words = taken->outcome == MAIL_TAKEN
                            ? cli_text(cli, "受け付けました", "taken")
                        : taken->outcome == MAIL_TAKEN_BEFORE
                            ? cli_text(cli, "受付け済みです", "taken before")
                            : cli_text(cli, "自動送信のメールのため、案件としません",
                                       "sent by a machine: not made a case");
    printf("%s %.*s\n", words, STR_F(taken->number));
    return EX_OK;
}

static struct fault *take(struct cli *cli, const char *data, struct mail_answer *taken)
{
    struct desk *desk;
    struct str message;
    struct incoming mail;
    size_t bytes_max;
    bool whole;
    TRY(cli_open_registry(cli, data, &desk));
    TRY(mail_bytes_max(desk, cli->arena, &bytes_max));
    if (!read_message(cli->arena, bytes_max, &message, &whole))
        return FAULT(cli->arena, "broken-file", "standard input: %s", strerror(errno));
    if (!whole)
        return FAULT(cli->arena, "too-large", "more than %zu bytes", bytes_max);
    TRY(read_guarded(cli->arena, message, &mail));
    return desk_take_mail(desk, cli->arena, &mail, taken);
}

int cli_take_mail(struct cli *cli)
{
    const char *data = cli_data(cli);
    struct mail_answer taken;
    if (cli_left_over(cli, "take-mail"))
        return EX_USAGE;
    if (cli->argc)
        return cli_usage(cli, "take-mail", "引数は --data DIR だけです", "takes --data DIR alone");
    umask(077);
    struct rlimit core = {0};
    setrlimit(RLIMIT_CORE, &core); /* what was told in confidence lies in memory */
    struct fault *fault = take(cli, data, &taken);
    return fault ? answer_fault(cli, fault) : answer(cli, &taken);
}
