/* settings.c: the words after `hoshi serve`, and the two variables of the environment.
 * SPDX-License-Identifier: Apache-2.0 */
#include "proc/settings.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/number.h"
#include "label/label.h"

#include "base/banned.h"

enum { BACKLOG = 4096 };

/* ---- addresses */

static struct fault *unix_parse(struct arena *arena, struct str path, struct address *out)
{
    struct sockaddr_un *at = (struct sockaddr_un *)&out->at;
    if (path.bytes == 0 || path.bytes >= sizeof at->sun_path)
        return FAULT(arena, "malformed-setting", "the path of a unix socket has 1 to %zu bytes",
                     sizeof at->sun_path - 1);
    at->sun_family = AF_UNIX;
    memcpy(at->sun_path, path.at, path.bytes);
    out->n = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + path.bytes + 1);
    return NULL;
}

static struct fault *address_parse(struct arena *arena, const char *text, struct address *out)
{
    out->text = str_of(text);
    if (str_starts(out->text, "unix:"))
        return unix_parse(arena, str_skip(out->text, 5), out);
    const char *colon = strrchr(text, ':');
    if (!colon || colon == text || !colon[1])
        return FAULT(arena, "malformed-setting", "%s: an address is host:port or unix:path", text);
    struct str host = {text, (size_t)(colon - text)};
    int64_t port; /* getaddrinfo() takes 99999 for 34463 */
    if (!str_int(str_of(colon + 1), &port) || port < 0 || port > UINT16_MAX)
        return FAULT(arena, "malformed-setting", "%s: a port is 0 to %d", text, UINT16_MAX);
    if (host.bytes > 2 && host.at[0] == '[' && host.at[host.bytes - 1] == ']')
        host = (struct str){host.at + 1, host.bytes - 2};
    struct addrinfo wanted = {.ai_flags = AI_NUMERICSERV | AI_PASSIVE, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    int code = getaddrinfo(str_z(arena, host), colon + 1, &wanted, &found);
    if (code)
        return FAULT(arena, "malformed-setting", "%s: %s", text, gai_strerror(code));
    memcpy(&out->at, found->ai_addr, found->ai_addrlen);
    out->n = found->ai_addrlen;
    freeaddrinfo(found);
    return NULL;
}

struct fault *address_listen(struct arena *arena, struct address *address, int *fd)
{
    int on = 1, family = address->at.ss_family;
    if (family == AF_UNIX) { /* one that a server left behind */
        const char *path = ((struct sockaddr_un *)&address->at)->sun_path;
        struct stat about;
        if (*path && lstat(path, &about) == 0 && S_ISSOCK(about.st_mode))
            unlink(path);
    }
    *fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (*fd >= 0 && family != AF_UNIX) {
        setsockopt(*fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        setsockopt(*fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    if (*fd < 0 || bind(*fd, (struct sockaddr *)&address->at, address->n) || listen(*fd, BACKLOG))
        return FAULT(arena, "malformed-setting", "%.*s: %s", STR_F(address->text),
                     strerrordesc_np(errno));
    address->n = sizeof address->at;
    if (getsockname(*fd, (struct sockaddr *)&address->at, &address->n))
        return FAULT(arena, "malformed-setting", "%.*s: %s", STR_F(address->text),
                     strerrordesc_np(errno));
    return NULL;
}

struct str address_url(struct arena *arena, const struct address *address)
{
    char host[INET6_ADDRSTRLEN];
    if (address->at.ss_family == AF_INET) {
        const struct sockaddr_in *at = (const struct sockaddr_in *)&address->at;
        inet_ntop(AF_INET, &at->sin_addr, host, sizeof host);
        return str_print(arena, "http://%s:%d", host, ntohs(at->sin_port));
    }
    if (address->at.ss_family == AF_INET6) {
        const struct sockaddr_in6 *at = (const struct sockaddr_in6 *)&address->at;
        inet_ntop(AF_INET6, &at->sin6_addr, host, sizeof host);
        return str_print(arena, "http://[%s]:%d", host, ntohs(at->sin6_port));
    }
    return address->text;
}

/* ---- the relay */

static bool is_host_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           c == '-' || c == '.' || c == ':' || c == '[' || c == ']';
}

static struct fault *relay_parse(struct arena *arena, const char *text, const char *account,
                                 struct mail_relay *out)
{
    struct str rest = str_of(text);
    int64_t port = 25;
    if (account && !text)
        return FAULT(arena, "malformed-setting", "%s", "--mail-account goes with --mail");
    if (!text)
        return NULL;
    out->tls = str_starts(rest, "smtps://");
    bool good = out->tls || str_starts(rest, "smtp://");
    rest = str_skip(rest, good ? strlen(out->tls ? "smtps://" : "smtp://") : 0);
    if (str_ends(rest, "/"))
        rest.bytes--;
    good = good && rest.bytes && rest.at[0] != ':';
    for (size_t i = 0; i < rest.bytes; i++)
        good = good && is_host_char(rest.at[i]);
    if (out->tls)
        port = 465;
    for (size_t i = rest.bytes; good && i-- > 0 && rest.at[i] != ']';)
        if (rest.at[i] == ':') {
            good = str_int(str_skip(rest, i + 1), &port) && port > 0 && port <= UINT16_MAX;
            rest.bytes = i;
            break;
        }
    if (!good)
        return FAULT(arena, "malformed-setting",
                     "%s: a relay is smtp://host:port or smtps://host:port", text);
    out->port = (uint16_t)port;
    out->url = str_print(arena, "%s://%.*s:%d", out->tls ? "smtps" : "smtp", STR_F(rest),
                         (int)port);
    out->account = str_of(account);
    return NULL;
}

/* ---- the words */

static struct fault *word_next(struct arena *arena, int argc, char **argv, int *i, const char *name,
                               const char **out)
{
    size_t n = strlen(name);
    if (strncmp(argv[*i], name, n) || (argv[*i][n] && argv[*i][n] != '='))
        return NULL;
    if (argv[*i][n] == '=')
        *out = argv[*i] + n + 1;
    else if (*i + 1 < argc)
        *out = argv[++*i];
    else
        return FAULT(arena, "malformed-setting", "%s wants a value", name);
    return **out ? NULL : FAULT(arena, "malformed-setting", "%s is empty", name);
}

struct words_given {
    const char *data, *listen, *public, *base, *portal, *mail, *mail_account, *feeds;
};

static struct fault *words_read(struct arena *arena, int argc, char **argv, struct settings *out,
                                struct words_given *given)
{
    for (int i = 0; i < argc; i++) {
        int before = i;
        const char *value = NULL;
        struct {
            const char *name, **to;
        } options[] = {{"--data", &given->data},
                       {"--listen", &given->listen},
                       {"--public", &given->public},
                       {"--base", &given->base},
                       {"--portal", &given->portal},
                       {"--mail-account", &given->mail_account},
                       {"--feeds", &given->feeds},
                       {"--mail", &given->mail}};
        if (strcmp(argv[i], "--demo") == 0) {
            out->demo = true;
            continue;
        }
        if (strcmp(argv[i], "--watch-private") == 0) {
            out->watch_private = true;
            continue;
        }
        if (strcmp(argv[i], "--log") == 0) {
            out->log = true;
            continue;
        }
        for (size_t j = 0; j < sizeof options / sizeof *options && !value; j++) {
            TRY(word_next(arena, argc, argv, &i, options[j].name, &value));
            if (value)
                *options[j].to = value;
        }
        if (!value)
            return FAULT(arena, "malformed-setting", "serve does not know %s", argv[before]);
    }
    if (!given->data || !given->listen)
        return FAULT(arena, "malformed-setting", "serve wants --data DIR and --listen ADDR");
    return NULL;
}

static struct fault *today_read(struct arena *arena, struct settings *out)
{
    const char *today = getenv("HOSHI_TODAY");
    struct day day;
    if (!today || !*today)
        return NULL;
    if (!out->demo)
        return FAULT(arena, "malformed-setting", "HOSHI_TODAY sets the clock only with --demo");
    if (!day_parse(str_of(today), &day))
        return FAULT(arena, "malformed-setting", "HOSHI_TODAY is no day: %s", today);
    out->clock = clock_set_today(day);
    out->today_given = true;
    return NULL;
}

struct fault *settings_read(struct arena *arena, int argc, char **argv, struct settings *out)
{
    struct words_given given = {0};
    const char *database = getenv("HOSHI_DATABASE");
    *out = (struct settings){.database_url = str_of(database && *database ? database : NULL)};
    TRY(words_read(arena, argc, argv, out, &given));
    out->data_dir = str_of(given.data);
    while (out->data_dir.bytes > 1 && str_ends(out->data_dir, "/"))
        out->data_dir.bytes--;
    out->data_dir = str_copy(arena, out->data_dir);
    out->public_apart = given.public != NULL;
    TRY(address_parse(arena, given.listen, &out->listen));
    if (given.public)
        TRY(address_parse(arena, given.public, &out->public));
    TRY(relay_parse(arena, given.mail, given.mail_account, &out->mail));
    out->feeds = str_of(given.feeds);
    out->base_url = str_of(given.base);
    while (str_ends(out->base_url, "/"))
        out->base_url.bytes--;
    out->portal_url = str_of(given.portal);
    while (str_ends(out->portal_url, "/"))
        out->portal_url.bytes--;
    if (given.portal && !str_starts(out->portal_url, "https://") &&
        !str_starts(out->portal_url, "http://"))
        return FAULT(arena, "malformed-setting",
                     "%s: the portal's address begins with http:// or https://", given.portal);
    return today_read(arena, out);
}

struct fault *base_check(struct arena *arena, struct str base_url)
{
    struct str number, url;
    if (!str_starts(base_url, "http://") && !str_starts(base_url, "https://") &&
        !str_starts(base_url, "HTTP"))
        return FAULT(arena, "malformed-setting",
                     "%.*s: the base address begins with http:// or https://", STR_F(base_url));
    TRY(number_print(arena, STR("HS{yy}-{seq:5}-{check}"), 2099, 99999, &number));
    return label_address(arena, base_url, number, &url);
}
