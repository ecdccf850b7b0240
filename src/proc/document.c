/* document.c: asks the signer for a signature on a document.
 * SPDX-License-Identifier: Apache-2.0 */
#include "proc/document.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/hash.h"

#include "base/banned.h"

enum { TRIES = 50, WAIT_MS = 200 };

static bool send_asking(int fd, const struct document_request *request, int document)
{
    union {
        char room[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control = {0};
    struct document_request copy = *request;
    struct iovec bytes = {&copy, sizeof copy};
    struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1};
    if (document >= 0) {
        message.msg_control = control.room;
        message.msg_controllen = sizeof control.room;
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(head), &document, sizeof document);
    }
    return sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)sizeof copy;
}

/* The next answer to this request, within a short while; those to earlier ones are passed over. */
static bool receive(int fd, const struct document_request *request, char *room, size_t *n)
{
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    while (poll(&wait, 1, WAIT_MS) > 0) {
        ssize_t got = recv(fd, room, DOCUMENT_ANSWER_MAX, MSG_DONTWAIT);
        if (got == 0)
            return false;
        if (got >= (ssize_t)sizeof *request && memcmp(room, request, sizeof *request) == 0) {
            *n = (size_t)got - sizeof *request;
            return true;
        }
    }
    return false;
}

/* A signer that has just crashed is started again on the same socket: it is asked again. */
static struct fault *ask(int fd, struct arena *arena, uint32_t what, int document, struct str *out)
{
    char *room = arena_alloc(arena, DOCUMENT_ANSWER_MAX);
    struct document_request request = {.what = what};
    size_t n;
    random_bytes(&request.number, sizeof request.number);
    for (int i = 0; i < TRIES; i++) {
        if (!send_asking(fd, &request, document) && errno != EAGAIN)
            break;
        if (!receive(fd, &request, room, &n))
            continue;
        *out = (struct str){room + sizeof request, n};
        return n ? NULL : FAULT(arena, "broken-signature", "the signer cannot sign the document");
    }
    return FAULT(arena, "broken-signature", "the signer does not answer");
}

static bool write_all(int fd, struct str text)
{
    while (text.bytes) {
        ssize_t n = write(fd, text.at, text.bytes);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        text = str_skip(text, (size_t)n);
    }
    return true;
}

struct fault *document_sign(int fd, struct arena *arena, struct str document, struct str *signature)
{
    int memory = memfd_create("document", MFD_CLOEXEC);
    if (memory < 0 || !write_all(memory, document)) {
        if (memory >= 0)
            close(memory);
        return FAULT(arena, "broken-signature", "memory: %s", strerrordesc_np(errno));
    }
    struct fault *fault = ask(fd, arena, DOCUMENT_SIGN, memory, signature);
    close(memory);
    return fault;
}

struct fault *document_key(int fd, struct arena *arena, struct str *fingerprint, struct str *key)
{
    struct str answer;
    TRY(ask(fd, arena, DOCUMENT_KEY, -1, &answer));
    *fingerprint = str_cut(answer, '\n', key);
    return NULL;
}
