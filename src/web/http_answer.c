/* http_answer.c: answers, as the library wants them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "web/http_inside.h"

#include "base/banned.h"

void response_header(struct response *response, const char *name, struct str value)
{
    size_t most = sizeof response->headers / sizeof response->headers[0];
    if (response->headers_n == most)
        BUG("more than %zu headers in one answer", most);
    response->headers[response->headers_n++] = (struct header){str_of(name), value};
}

struct response response_outgrown(void)
{
    return (struct response){.status = 413,
                             .media_type = STR("application/problem+json"),
                             .body = STR("{\"status\":413,\"code\":\"too-large\"}\n")};
}

void response_redirect(struct response *response, int status, struct str location)
{
    response->status = status;
    response_header(response, "Location", location);
}

/* The library wants NUL-terminated strings; it refuses CR and LF in them. */
static void add(struct MHD_Response *answer, struct str name, struct str value)
{
    char small[600];
    size_t n = name.bytes + value.bytes + 2;
    char *z = n <= sizeof small ? small : malloc(n);
    if (!z)
        return;
    memcpy(z, name.at, name.bytes);
    z[name.bytes] = 0;
    if (value.bytes)
        memcpy(z + name.bytes + 1, value.at, value.bytes);
    z[n - 1] = 0;
    MHD_add_response_header(answer, z, z + name.bytes + 1);
    if (z != small)
        free(z);
}

/* Nothing from elsewhere, no script but a file of ours on the page that has one, no frame around
 * us. */
static void add_security(struct MHD_Response *answer, bool scripted)
{
    static const char policy[] = "default-src 'self'; script-src 'none'; base-uri 'none'; "
                                 "form-action 'self'; frame-ancestors 'none'; object-src 'none'";
    static const char with_script[] =
        "default-src 'self'; script-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'; object-src 'none'";
    const char *const lines[][2] = {
        {"Content-Security-Policy", scripted ? with_script : policy},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        MHD_add_response_header(answer, lines[i][0], lines[i][1]);
}

static struct MHD_Response *of_open_file(int fd, int64_t from)
{
    struct stat about;
    struct MHD_Response *answer = NULL;
    if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && about.st_size >= from)
        answer = MHD_create_response_from_fd_at_offset64((uint64_t)(about.st_size - from), fd,
                                                         (uint64_t)from);
    if (!answer)
        close(fd);
    return answer;
}

static struct MHD_Response *of_file(struct str path, int64_t from)
{
    char z[4096];
    if (path.bytes >= sizeof z)
        return NULL;
    memcpy(z, path.at, path.bytes);
    z[path.bytes] = 0;
    int fd = open(z, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    return fd < 0 ? NULL : of_open_file(fd, from);
}

struct MHD_Response *answer_make(const struct response *response)
{
    struct MHD_Response *answer =
        response->body_file > 0 ? of_open_file(response->body_file, 0)
        : response->body_path.bytes
            ? of_file(response->body_path, response->body_from)
            : MHD_create_response_from_buffer(
                  response->body.bytes, (void *)(uintptr_t)response->body.at,
                  response->body.bytes ? MHD_RESPMEM_MUST_COPY : MHD_RESPMEM_PERSISTENT);
    if (!answer)
        return NULL;
    if (response->media_type.bytes)
        add(answer, STR("Content-Type"), response->media_type);
    if (!response->plain)
        add_security(answer, response->scripted);
    for (size_t i = 0; i < response->headers_n; i++)
        add(answer, response->headers[i].name, response->headers[i].value);
    return answer;
}

struct MHD_Response *response_build(const struct response *response)
{
    return answer_make(response);
}

void response_free(struct MHD_Response *prebuilt)
{
    if (prebuilt)
        MHD_destroy_response(prebuilt);
}

/* Refusals of the glue itself, before anybody looked at the request: RFC 9457, English, closing. */
struct MHD_Response *answer_bare(int status, const char *why)
{
    char text[400];
    int n = snprintf(text, sizeof text,
                     "{\"type\":\"about:blank\",\"status\":%d,\"code\":\"%s\",\"detail\":\"%s\"}\n",
                     status,
                     status == 413   ? "too-large"
                     : status >= 500 ? "busy"
                                     : "malformed-request",
                     why);
    struct response response = {.status = status,
                                .media_type = STR("application/problem+json"),
                                .body = {text, n > 0 ? (size_t)n : 0}};
    response_header(&response, "Connection", STR("close"));
    if (status == 503)
        response_header(&response, "Retry-After", STR("1"));
    return answer_make(&response);
}
