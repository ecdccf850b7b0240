/* public_serve.c: the public half alone, over a register made from a journal in memory.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   public_serve DIR TODAY [LABELS]
 * makes DIR/register, listens on a free port of 127.0.0.1, and prints the port. A line on standard
 * input is a command: "day YYYY-MM-DD", "revoke NUMBER DAY"; each is answered by "ok". The end of
 * the input ends it. */
#include <arpa/inet.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "source.h"
#include "web/public.h"

#include "base/banned.h"

struct serving {
    struct arena *arena;
    struct clock clock;
    struct source source;
    struct clerk clerk;
    struct public_half *half;
    struct http *http;
    struct arena *request;
};

static void publish(struct serving *serving)
{
    struct arena *arena = arena_new(1 << 30);
    int64_t seq;
    bool renamed;
    struct fault *fault = clerk_publish(&serving->clerk, arena, &seq, &renamed);
    if (fault)
        BUG("%.*s", STR_F(fault->detail));
    arena_free(arena);
}

static const char xss[] = "<script>alert('\"x&y\")</script>";

/* A label that changed: what it says, its level, its registrant. */
static void fill_life(struct source *source)
{
    source_party(source, "f1", "見本評価機関", "Sample Facility");
    source_change(source, "HS26-00001-1", "2026-07-15", "information-changed",
                  "{\"changes\":[{\"item\":\"product\",\"was\":{\"ja\":\"みほんゲートウェイ\","
                  "\"en\":\"Mihon Gateway\"},\"now\":{\"ja\":\"みほんゲートウェイ2\",\"en\":"
                  "\"Mihon Gateway 2\"}},{\"item\":\"models\",\"added\":[\"A\"],\"removed\":"
                  "[\"B\",\"C\"]}]}",
                  json_pack("{s:s, s:s}", "product_ja", "みほんゲートウェイ2", "product_en",
                            "Mihon Gateway 2"));
    source_change(source, "HS26-00001-1", "2026-09-01", "level-changed", "{\"from\":1,\"level\":3}",
                  json_pack("{s:i, s:s, s:s, s:s}", "level", 3, "route", "certified",
                            "certification", "HC26-00001", "facility", "f1"));
    source_event_of(source, "HS26-00001-1", "2026-10-01", "succeeded",
                    "{\"was\":{\"ja\":\"旧登録者\",\"en\":\"Former\"},"
                    "\"now\":{\"ja\":\"株式会社みほん\",\"en\":\"Mihon Corporation\"}}");
}

static void fill(struct source *source, int labels)
{
    source_entry(source);
    source_put(source, "criteria_edition",
               json_pack("{s:s, s:i, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:s, s:s}", "id",
                         "JST-CR-01-01-2024R1", "level", 1, "category", "", "title_ja",
                         "★1 適合基準（見本）", "title_en", "★1 criteria (sample)", "starts",
                         "2024-01-01", "acceptance_ends", "2027-03-31", "extension_ends",
                         "2027-03-31", "editorial", 0, "replaces", "", "announced", "",
                         "cancelled", ""));
    source_put(source, "criterion",
               json_pack("{s:s, s:s, s:i, s:s, s:s, s:i}", "edition", "JST-CR-01-01-2024R1", "id",
                         "S1.1-01", "position", 0, "text_ja", "見本の項目", "text_en",
                         "A sample criterion", "provisional", 1));
    source_put(source, "parameter",
               json_pack("{s:s, s:s, s:s}", "name", "grace-longest", "valid_from", "2025-01-06",
                         "value", "90d"));
    source_party(source, "p1", "株式会社みほん", "Mihon Corporation");
    source_party(source, "p2", xss, xss);
    source_party(source, "p3", "架空電機株式会社", "");
    source_label(source, "HS26-00427-J", "p1", "みほんホームカメラ MH-Cシリーズ",
                 "Mihon Home Camera MH-C series", "2026-06-15", "2028-06-15", 477);
    source_label(source, "HS26-00001-1", "p1", "みほんゲートウェイ", "Mihon Gateway", "2026-06-15",
                 "2028-06-15", 5000);
    fill_life(source);
    source_label(source, "HS26-00002-0", "p2", xss, xss, "2026-07-01", "2028-07-01", 0);
    source_entry(source);
    source_put(source, "label_model",
               json_pack("{s:s, s:i, s:s}", "label", "HS26-00002-0", "position", 0, "model", xss));
    source_put(
        source, "label_model",
        json_pack("{s:s, s:i, s:s}", "label", "HS26-00002-0", "position", 1, "model", "=1+1"));
    source_label(source, "HS24-00018-Z", "p1", "みほんカメラ", "Mihon Camera", "2024-11-10",
                 "2026-11-10", 3);
    source_label(source, "HS24-00031-6", "p1", "みほんカメラ", "Mihon Camera", "2024-11-10",
                 "2026-11-10", 3);
    source_event(source, "HS24-00031-6", "2026-10-20", "extension-filed");
    source_label(source, "HS25-00206-2", "p3", "=みほんカメラ", "", "2025-08-01", "2027-08-01", 3);
    source_event(source, "HS25-00206-2", "2026-10-02", "revoked");
    source_label(source, "HS25-00207-Z", "p1", "みほんルーター", "Mihon Router", "2025-08-01",
                 "2027-08-01", 1);
    source_event(source, "HS25-00207-Z", "2026-09-01", "withdrawn");
    source_label(source, "HS26-00500-T", "p1", "みほん見守り", "Mihon Watcher", "2026-11-01",
                 "2028-11-01", 2);
    source_event(source, "HS26-00500-T", "2026-11-01", "provisional");
    for (int i = 0; i < labels; i++) {
        char number[40];
        snprintf(number, sizeof number, "HS20-%06d", i);
        source_label(source, number, "p1", "みほんセンサー", "Mihon Sensor", "2026-01-15",
                     "2028-01-15", 3);
    }
}

static void command(struct serving *serving, char *line)
{
    char number[40], day[11];
    struct day today;
    if (sscanf(line, "day %10s", day) == 1 && day_parse(str_of(day), &today))
        serving->clock = clock_set_today(today);
    else if (sscanf(line, "instant %10s", day) == 1 && day_parse(str_of(day), &today))
        serving->clock = (struct clock){.frozen_ms = day_begins(today) - 1000};
    else if (sscanf(line, "revoke %39s %10s", number, day) == 2) {
        source_event(&serving->source, number, day, "revoked");
        publish(serving);
    }
    puts("ok");
    fflush(stdout);
}

static void heard(void *whom, short events)
{
    struct serving *serving = whom;
    char line[200] = "";
    size_t n = 0;
    (void)events;
    while (n + 1 < sizeof line && read(STDIN_FILENO, line + n, 1) == 1 && line[n] != '\n')
        n++;
    if (!n && line[0] != '\n')
        http_stop(serving->http);
    else
        command(serving, line);
}

static int listening(int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t bytes = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, bytes) || listen(fd, 128) ||
        getsockname(fd, (struct sockaddr *)&address, &bytes))
        BUG("cannot listen");
    *port = ntohs(address.sin_port);
    return fd;
}

int main(int argc, char **argv)
{
    static struct serving serving;
    struct day today;
    int port;
    if (argc < 3 || !day_parse(str_of(argv[2]), &today))
        return 2;
    serving.arena = arena_new(256 << 20);
    serving.clock = clock_set_today(today);
    serving.clerk = (struct clerk){.data_dir = str_of(argv[1]),
                                   .number_format = STR("HS{yy}-{seq:5}-{check}"),
                                   .source = source_of(&serving.source),
                                   .clock = &serving.clock};
    struct public_settings settings = {.folder = str_print(serving.arena, "%s/register", argv[1]),
                                       .base_url = STR("HTTPS://HOSHI.EXAMPLE"),
                                       .clock = &serving.clock,
                                       .book = &hoshi_rulebook,
                                       .demo = true};
    fill(&serving.source, argc > 3 ? (int)strtol(argv[3], NULL, 10) : 0);
    publish(&serving);
    struct fault *fault = public_new(serving.arena, &settings, &serving.half);
    struct http_settings http = {.answer = public_answer, .whom = serving.half};
    if (!fault)
        fault = http_new(serving.arena, &http, &serving.http);
    if (!fault)
        fault = http_listen(serving.http, serving.arena, listening(&port));
    if (fault)
        BUG("%.*s", STR_F(fault->detail));
    printf("%d\n", port);
    fflush(stdout);
    http_watch(serving.http, STDIN_FILENO, POLLIN, heard, &serving);
    http_run(serving.http);
    http_free(serving.http);
    arena_free(serving.arena);
    source_end(&serving.source);
    return 0;
}
