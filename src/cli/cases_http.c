/* cases_http.c: cases by the server: a fresh case each, given and taken over HTTP.
 * SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/json.h"
#include "cli/cases.h"

#include "base/banned.h"

enum { LINE_BYTES_MAX = 4096 };

/* A port that is free now: the system names it. */
static int free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t bytes = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bool bound = fd >= 0 && !bind(fd, (struct sockaddr *)&address, bytes) &&
                 !getsockname(fd, (struct sockaddr *)&address, &bytes);
    if (fd >= 0)
        close(fd);
    return bound ? ntohs(address.sin_port) : 0;
}

static struct fault *serve(struct cases *cases, int *said)
{
    struct arena *arena = cases->cli->arena;
    int pipes[2];
    const char *data = str_z(arena, str_print(arena, "%s/registry", cases->folder));
    const char *listen = str_z(arena, str_print(arena, "127.0.0.1:%d", cases->client.port));
    if (pipe(pipes))
        return FAULT(arena, "no-answer", "pipe: %s", strerror(errno));
    cases->server = fork();
    if (cases->server == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        dup2(pipes[1], STDOUT_FILENO);
        close(pipes[0]);
        close(pipes[1]);
        execl(cases->program, cases->program, "serve", "--demo", "--data", data, "--listen", listen,
              (char *)NULL);
        _exit(127);
    }
    close(pipes[1]);
    *said = pipes[0];
    return cases->server < 0 ? FAULT(arena, "no-answer", "fork: %s", strerror(errno)) : NULL;
}

static struct fault *await_ready(struct cases *cases, int said)
{
    FILE *lines = fdopen(said, "r");
    char line[LINE_BYTES_MAX];
    bool ready = false;
    while (lines && !ready && fgets(line, sizeof line, lines))
        ready = str_starts(str_of(line), "ready ");
    if (lines)
        fclose(lines);
    return ready ? NULL : FAULT(cases->cli->arena, "no-answer", "%s serve does not come up",
                                cases->program);
}

static struct fault *http_begin(struct cases *cases)
{
    struct arena *arena = cases->cli->arena;
    struct reply reply;
    json_t *keys;
    int said = -1;
    cases->client = (struct client){.port = free_port(), .fd = -1};
    TRY(cases_prepare(cases));
    TRY(serve(cases, &said));
    TRY(await_ready(cases, said));
    TRY(client_ask(&cases->client, arena, "GET", STR("/demo/keys"), STR_NONE, STR_NONE, &reply));
    TRY(json_read(arena, reply.body, &keys));
    cases->key = json_get(keys, "applicant");
    return NULL;
}

static struct fault *post(struct cases *cases, struct arena *arena, struct str path,
                          const json_t *body, struct reply *reply, json_t **told)
{
    struct str headers =
        str_print(arena,
                  "Authorization: Bearer %.*s\r\nContent-Type: application/json\r\n"
                  "Idempotency-Key: case-%lld\r\nIf-Match: *\r\n",
                  STR_F(cases->key), (long long)cases->client.n++);
    TRY(client_ask(&cases->client, arena, "POST", path, headers, json_canonical(arena, body),
                   reply));
    return json_read(arena, reply->body, told);
}

/* Of a label that the step issues, the last valid day stands on its page: the same answer that the
 * public gets. Of any other, the step's answer tells it. */
static struct fault *expires_of(struct cases *cases, struct arena *arena, struct str number,
                                struct day *out)
{
    struct reply reply;
    json_t *label;
    struct str path = str_print(arena, "/api/v1/labels/%.*s", STR_F(number));
    TRY(client_ask(&cases->client, arena, "GET", path, STR_NONE, STR_NONE, &reply));
    TRY(json_read(arena, reply.body, &label));
    if (!day_parse(json_get(label, "expires"), out))
        return FAULT(arena, "no-answer", "%d: %.*s", reply.status, STR_F(reply.body));
    return NULL;
}

static struct fault *http_answer(struct cases *cases, struct arena *arena,
                                 const struct case_line *line, const struct case_known *known,
                                 struct case_answer *out)
{
    json_t *given = json_new(arena), *told;
    struct reply reply;
    json_put(given, "procedure", line->procedure);
    json_put(given, "state", line->state);
    json_put_int(given, "level", 1);
    json_put(given, "edition", cases->edition);
    json_put_json(given, "facts", case_facts_json(arena, line));
    TRY(post(cases, arena, STR("/api/v1/test/given"), given, &reply, &told));
    if (reply.status != 201)
        return FAULT(arena, "no-answer", "given: %d: %.*s", reply.status, STR_F(reply.body));
    struct str path = str_print(arena, "/api/v1/cases/%.*s/steps/%.*s", STR_F(json_get(told, "id")),
                                STR_F(line->step));
    TRY(post(cases, arena, path,
             case_fields_json(cases, arena, known, line->step, json_get(told, "id")), &reply,
             &told));
    *out = (struct case_answer){.allowed = reply.status == 200, .to = json_get(told, "state"),
                                .expires = DAY_NONE, .clause = json_get(told, "clause"),
                                .guard = json_get(told, "guard")};
    if (!out->allowed && !out->clause.bytes)
        return FAULT(arena, "no-answer", "%d: %.*s", reply.status, STR_F(reply.body));
    struct str number = json_get(json_object_get(told, "numbers"), "registration-number");
    day_parse(json_get(told, "expires"), &out->expires);
    return out->allowed && number.bytes ? expires_of(cases, arena, number, &out->expires) : NULL;
}

static void http_end(struct cases *cases)
{
    client_close(&cases->client);
    if (cases->server > 0) {
        kill(cases->server, SIGTERM);
        waitpid(cases->server, NULL, 0);
    }
    cases_clean(cases);
}

const struct road road_http = {"http", http_begin, http_answer, http_end};
