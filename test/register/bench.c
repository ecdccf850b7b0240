/* bench.c: a clerk over a journal in memory.
 * SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

const char *bench_path(struct bench *bench, const char *name)
{
    return str_print(bench->arena, "%.*s/%s", STR_F(bench->clerk.data_dir), name).at;
}

void bench_begin(struct bench *bench)
{
    char *dir = str_z(bench->arena, STR("/tmp/hoshi-clerk-XXXXXX"));
    if (!mkdtemp(dir))
        BUG("no temporary directory");
    bench->clerk = (struct clerk){.data_dir = str_of(dir),
                                  .number_format = STR("HS{yy}-{seq:5}-{check}"),
                                  .source = source_of(&bench->source),
                                  .clock = &bench->clock};
}

void bench_end(struct bench *bench)
{
    static const char *const names[] = {"register/register.db", "clerk.db", "clerk.db-journal",
                                        "clerk.new", "register"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        remove(bench_path(bench, names[i]));
    remove(bench->clerk.data_dir.at);
    source_end(&bench->source);
    bench->source.given = bench->source.fails_at = 0;
}

struct fault *bench_publish(struct bench *bench, bool *renamed)
{
    int64_t seq;
    struct arena *arena = arena_new(64 << 20);
    struct fault *fault = clerk_publish(&bench->clerk, arena, &seq, renamed);
    if (fault)
        printf("# %s: %.*s\n", fault->code, STR_F(fault->detail));
    struct fault *kept =
        fault ? FAULT(bench->arena, "broken-register", "%.*s", STR_F(fault->detail)) : NULL;
    arena_free(arena);
    return kept;
}

void bench_fill(struct source *source, int part)
{
    if (part == 0) {
        source_party(source, "p1", "株式会社みほん", "Mihon Corporation");
        source_party(source, "p2", "架空電機株式会社", "Kakuu Electric");
        source_label(source, "HS26-00001-A", "p1", "みほんカメラ", "Mihon Camera", "2026-06-15",
                     "2028-06-15", 12);
    } else if (part == 1) {
        source_label(source, "HS26-00002-B", "p2", "見守り", "Watcher", "2026-07-01", "2028-07-01",
                     3);
        source_party(source, "p1", "株式会社見本", "Mihon Inc.");
        source_event(source, "HS26-00001-A", "2026-08-01", "withdrawn");
    } else if (part == 2) {
        source_entry(source);
        source_drop(source, "label_model",
                    json_pack("{s:s, s:i}", "label", "HS26-00002-B", "position", 2));
        source_event(source, "HS26-00002-B", "2028-05-01", "extension-filed");
    } else {
        source_label(source, "HS26-00002-B", "p1", "見守り", "Watcher", "2026-07-01", "2029-07-01",
                     2);
        source_event(source, "HS26-00002-B", "2028-07-01", "extended");
    }
}
