/* sandbox.c: Landlock by raw system calls, and the descriptors that are not to be had.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The C library has no wrappers for Landlock. The kernel is asked which version it has; rights of
 * later versions than Debian 12's header are named here. */
#include "proc/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/banned.h"

/* linux/landlock.h, versions 2 to 6 */
enum {
    FS_1 = (1 << 13) - 1,
    FS_REFER = 1 << 13,     /* 2 */
    FS_TRUNCATE = 1 << 14,  /* 3 */
    FS_IOCTL_DEV = 1 << 15, /* 5 */
    NET_ALL = 3,            /* 4: bind, connect */
    NET_CONNECT = 2,
    RULE_NET_PORT = 2,
    NAME_SERVER = 53,
    SCOPE_ALL = 3,          /* 6: abstract unix sockets and signals outwards */
    FS_READ = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
};

struct ruleset {
    uint64_t fs, net, scoped;
};

void sandbox_follow_parent(int parent_pid)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent_pid) /* it ended before we asked */
        _exit(1);
}

void sandbox_close_all_but(const int *kept, size_t n)
{
    int none = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (none < 0 || dup2(none, 0) < 0 || dup2(none, 1) < 0)
        _exit(1);
    unsigned from = 3;
    for (;;) {
        int next = -1;
        for (size_t i = 0; i < n; i++)
            if (kept[i] >= (int)from && (next < 0 || kept[i] < next))
                next = kept[i];
        if (syscall(SYS_close_range, from, next < 0 ? ~0u : (unsigned)next - 1, 0) &&
            errno != EINVAL)
            _exit(1);
        if (next < 0)
            return;
        from = (unsigned)next + 1;
    }
}

static struct ruleset ruleset_for(long version)
{
    struct ruleset set = {.fs = FS_1};
    if (version >= 2)
        set.fs |= FS_REFER;
    if (version >= 3)
        set.fs |= FS_TRUNCATE;
    if (version >= 4)
        set.net = NET_ALL;
    if (version >= 5)
        set.fs |= FS_IOCTL_DEV;
    if (version >= 6)
        set.scoped = SCOPE_ALL;
    return set;
}

static bool allow(int ruleset, struct str folder, uint64_t rights)
{
    char path[4096];
    if (folder.bytes == 0 || folder.bytes >= sizeof path)
        return folder.bytes == 0;
    memcpy(path, folder.at, folder.bytes);
    path[folder.bytes] = 0;
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT;
    struct stat about;
    if (fstat(fd, &about) == 0 && !S_ISDIR(about.st_mode))
        rights &= ~(uint64_t)LANDLOCK_ACCESS_FS_READ_DIR;
    struct landlock_path_beneath_attr under = {.allowed_access = rights, .parent_fd = fd};
    long failed = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &under, 0);
    close(fd);
    return !failed;
}

/* struct landlock_net_port_attr, version 4 */
struct port_rule {
    uint64_t rights, port;
};

static bool allow_port(int ruleset, uint16_t port)
{
    struct port_rule rule = {NET_CONNECT, port};
    return !syscall(SYS_landlock_add_rule, ruleset, RULE_NET_PORT, &rule, 0);
}

static bool enter(struct words read, struct str write, uint16_t port, bool outwards)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) {
        perror("hoshi: no new privileges");
        return false;
    }
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) {
        fprintf(stderr, "hoshi: this kernel has no Landlock: the process stands on its closed "
                        "descriptors alone\n");
        return false;
    }
    struct ruleset set = ruleset_for(version);
    if (outwards)
        set.net &= ~(uint64_t)NET_CONNECT;
    size_t size = version >= 6   ? sizeof set
                  : version >= 4 ? offsetof(struct ruleset, scoped)
                                 : sizeof set.fs;
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &set, size, 0);
    bool good = ruleset >= 0;
    for (size_t i = 0; good && i < read.n; i++)
        good = allow(ruleset, read.at[i], FS_READ);
    if (good)
        good = allow(ruleset, write, set.fs & ~(uint64_t)LANDLOCK_ACCESS_FS_EXECUTE);
    if (good && port && set.net)
        good = allow_port(ruleset, port) && allow_port(ruleset, NAME_SERVER);
    if (good)
        good = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    if (!good)
        perror("hoshi: Landlock");
    if (ruleset >= 0)
        close(ruleset);
    return good;
}

bool sandbox_enter_with(struct words read, struct str write, uint16_t port)
{
    return enter(read, write, port, false);
}

bool sandbox_enter_outwards(struct words read, struct str write)
{
    return enter(read, write, 0, true);
}

bool sandbox_enter(struct words read, struct str write)
{
    return enter(read, write, 0, false);
}
