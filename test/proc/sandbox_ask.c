/* sandbox_ask.c: enters the sandbox of the public process, and tries what must not work there.
 * SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "proc/sandbox.h"

#include "base/banned.h"

static bool say(bool good, const char *what)
{
    printf("%s %s\n", good ? "good" : "bad", what);
    return good;
}

static bool opens(const char *folder, const char *name, int how)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, how | O_CLOEXEC, 0600);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

int main(int argc, char **argv)
{
    char folder[4096];
    if (argc != 2 || snprintf(folder, sizeof folder, "%s/register", argv[1]) >= (int)sizeof folder)
        return 2;
    struct str read[] = {str_of(folder)};
    bool before = opens(argv[1], "demo-keys.json", O_RDONLY);
    int wanted =
        opens(argv[1], "casework.db", O_RDONLY) ? EACCES : ENOENT; /* the other engine has none */
    if (!sandbox_enter((struct words){read, 1}, STR_NONE))
        return 2;
    bool good = say(before && opens(folder, "register.db", O_RDONLY), "the register can be read");
    good &= say(!opens(folder, "register.db", O_RDWR), "but not written");
    good &= say(!opens(folder, "new", O_WRONLY | O_CREAT), "nor anything made beside it");
    good &= say(!opens(argv[1], "casework.db", O_RDONLY) && errno == wanted,
                "casework.db cannot be opened");
    good &=
        say(!opens(argv[1], "head.key", O_RDONLY) && !opens(argv[1], "demo-keys.json", O_RDONLY),
            "nor the keys");
    good &= say(!opendir(argv[1]) && !opens("/etc", "passwd", O_RDONLY), "nor anything else");
    fflush(stdout);
    _exit(good ? 0 : 1); /* not exit(): in here the leak checker cannot look at /proc */
}
