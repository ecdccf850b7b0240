/* server.c: answers that exercise the glue; driven by http.test.py.
 * SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <poll.h>

#include "base/buf.h"
#include "web/http.h"

#include "base/banned.h"

struct server {
    struct http *http;
    struct MHD_Response *page;
};

static void text(struct response *response, int status, struct str body)
{
    response->status = status;
    response->media_type = STR("text/plain; charset=utf-8");
    response->body = body;
}

static void sleep_a_little(void *what)
{
    (void)what;
    usleep(100000);
}

static void awake(void *what, struct http_exchange *exchange)
{
    struct response response = {.status = 0};
    (void)what;
    text(&response, 200, STR("awake"));
    http_resume(exchange, &response);
}

static void later(void *whom)
{
    awake(NULL, whom);
}

static void say_request(struct request *request, struct response *response)
{
    struct buf out = buf_new(request->arena, 1 << 20);
    buf_printf(&out, "method %d\npath %.*s\nq %.*s\ncookie %.*s\nbody %lld\n", request->method,
               STR_F(request->path), STR_F(request_query(request, "q")),
               STR_F(request_cookie(request, "b")), (long long)request->body_bytes);
    for (size_t i = 0; i < request->fields_n; i++)
        buf_printf(&out, "field %.*s=%.*s\n", STR_F(request->fields[i].name),
                   STR_F(request->fields[i].value));
    for (size_t i = 0; i < request->files_n; i++)
        buf_printf(&out, "file %.*s %.*s %lld %.*s\n", STR_F(request->files[i].field),
                   STR_F(request->files[i].name), (long long)request->files[i].bytes,
                   STR_F(hash_hex(request->arena, &request->files[i].digest)));
    text(response, 200, buf_str(&out));
}

static void big(struct request *request, struct response *response)
{
    size_t n = 20 << 20;
    text(response, 200, (struct str){arena_alloc(request->arena, n), n});
}

static void answer(void *whom, struct request *request, struct response *response)
{
    struct server *server = whom;
    struct str path = request->path;
    if (str_is(path, "/page")) {
        response->status = 200;
        response->prebuilt = server->page;
    } else if (str_is(path, "/big")) {
        big(request, response);
    } else if (str_is(path, "/greedy")) {
        for (;;)
            arena_alloc(request->arena, 1 << 20);
    } else if (str_is(path, "/work")) {
        if (!http_work(request->exchange, sleep_a_little, awake, NULL))
            text(response, 503, STR("busy"));
    } else if (str_is(path, "/later")) {
        http_suspend(request->exchange);
        http_timer(server->http, 50, later, request->exchange);
    } else if (str_is(path, "/soon")) {
        http_suspend(request->exchange);
        awake(NULL, request->exchange);
    } else {
        say_request(request, response);
    }
}

static void admit(void *whom, struct request *request, struct response *response)
{
    (void)whom;
    if (str_is(request->path, "/closed"))
        text(response, 401, STR("no key"));
}

static void told_to_end(void *whom, short events)
{
    (void)events;
    http_stop(whom);
}

static int listening(void)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof here;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&here, n) || listen(fd, 4096) ||
        getsockname(fd, (struct sockaddr *)&here, &n))
        BUG("no socket to listen on");
    printf("%d\n", ntohs(here.sin_port));
    fflush(stdout);
    return fd;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    struct arena *arena = arena_new(1 << 20);
    struct server server = {.http = NULL};
    struct http_settings settings = {.body_bytes_max = 64 << 10,
                                     .file_bytes_max = 8 << 20,
                                     .header_ms = 1000,
                                     .body_ms = 1000,
                                     .idle_ms = 5000,
                                     .answer_ms = 1000,
                                     .bytes_a_ms = 16384,
                                     .spool_dir = str_of(argv[1]),
                                     .answer = answer,
                                     .admit = admit,
                                     .whom = &server};
    if (argc == 3) /* "patient": many connections are to be held */
        settings.header_ms = settings.idle_ms = 60000;
    struct fault *fault = http_new(arena, &settings, &server.http);
    if (!fault)
        fault = http_listen(server.http, arena, listening());
    if (fault)
        BUG("%.*s", STR_F(fault->detail));
    char page[6144];
    memset(page, 'x', sizeof page);
    struct response whole = {
        .status = 200, .body = {page, sizeof page}, .media_type = STR("text/html")};
    server.page = response_build(&whole);
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    http_watch(server.http, signalfd(-1, &signals, SFD_CLOEXEC), POLLIN, told_to_end, server.http);
    http_run(server.http);
    response_free(server.page);
    http_free(server.http);
    arena_free(arena);
    return 0;
}
