/* signer.c: signs heads of the journal.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A head is written at each commit without waiting for the disk: a power cut may bring back an
 * older one, whose followers are then counted as not yet signed. After a quiet second it is made
 * durable. */
#include "proc/signer.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proc/openpgp.h"
#include "proc/sandbox.h"
#include "store/files.h"
#include "store/head.h"

#include "base/banned.h"

enum { QUIET_MS = 1000 };

struct signer {
    struct str data_dir;
    const struct clock *clock;
    uint8_t key[crypto_sign_SECRETKEYBYTES];
    int lock;            /* DATA/head.key, locked while a head is compared and written */
    struct stat written; /* the head file as this process last left it */
    int64_t seq;         /* … and what it says */
    struct signed_head last;
    bool durable; /* the disk has `last` */
};

static struct fault *sign(void *whom, struct arena *arena, struct str text,
                          uint8_t signature[HEAD_SIGNATURE_BYTES])
{
    struct signer *signer = whom;
    if (crypto_sign_detached(signature, NULL, (const unsigned char *)text.at, text.bytes,
                             signer->key))
        return FAULT(arena, "broken-head", "Ed25519 fails");
    return NULL;
}

static void forget_key(void *whom)
{
    struct signer *signer = whom;
    sodium_memzero(signer->key, sizeof signer->key);
    close(signer->lock);
}

/* Written whole under another name, so that a crash leaves no half key. */
static struct fault *key_make(struct arena *arena, struct str data_dir)
{
    uint8_t public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    crypto_sign_keypair(public, secret);
    struct fault *fault = head_write_key(arena, data_dir, public);
    if (!fault) {
        mode_t before = umask(0077);
        fault = file_replace(arena, data_dir, "head.key",
                             (struct str){(const char *)secret, sizeof secret}, true);
        umask(before);
    }
    sodium_memzero(secret, sizeof secret);
    return fault;
}

static bool exists(struct arena *arena, struct str data_dir, const char *name)
{
    return access(str_print(arena, "%.*s/%s", STR_F(data_dir), name).at, F_OK) == 0;
}

struct fault *signer_open(struct arena *arena, struct str data_dir, const struct clock *clock,
                          struct signer **out)
{
    if (sodium_init() < 0)
        return FAULT(arena, "broken-server", "libsodium does not start");
    struct signer *signer = *out = NEW(arena, struct signer);
    *signer =
        (struct signer){.data_dir = str_copy(arena, data_dir), .clock = clock, .durable = true};
    struct str path = str_print(arena, "%.*s/head.key", STR_F(data_dir));
    if (!exists(arena, data_dir, "head.key")) {
        if (exists(arena, data_dir, "head"))
            return FAULT(arena, "broken-head", "there is a signed head, and no key: %s", path.at);
        TRY(key_make(arena, data_dir));
    }
    signer->lock = open(path.at, O_RDONLY | O_CLOEXEC);
    arena_at_end(arena, forget_key, signer);
    if (signer->lock < 0 ||
        read(signer->lock, signer->key, sizeof signer->key) != (ssize_t)sizeof signer->key)
        return FAULT(arena, "broken-head", "the key cannot be read: %s", path.at);
    struct stat about;
    if (fstat(signer->lock, &about) || about.st_mode & 077)
        return FAULT(arena, "broken-head", "others may read the key: %s", path.at);
    return NULL;
}

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec && a->st_size == b->st_size;
}

/* Under the lock: another process may have signed a later head. */
static struct fault *write_if_later(struct signer *signer, struct arena *arena,
                                    const struct head *head, bool durable)
{
    struct str path = str_print(arena, "%.*s/head", STR_F(signer->data_dir));
    struct stat now;
    bool there = stat(path.at, &now) == 0;
    if (there && !same_file(&now, &signer->written)) {
        struct signed_head other;
        TRY(head_read(arena, signer->data_dir, &other, &there));
        signer->seq = there ? other.head.seq : 0;
        signer->written = now;
    }
    if (there && (head->seq < signer->seq || (head->seq == signer->seq && !durable)))
        return NULL;
    signer->last = (struct signed_head){.head = *head, .at = clock_now(signer->clock)};
    struct head_signer by = {.sign = sign, .whom = signer};
    TRY(head_write(arena, signer->data_dir, &signer->last, &by, durable));
    signer->durable = durable;
    signer->seq = head->seq;
    stat(path.at, &signer->written);
    return NULL;
}

static struct fault *sign_head(struct signer *signer, struct arena *arena, const struct head *head,
                               bool durable)
{
    while (flock(signer->lock, LOCK_EX))
        if (errno != EINTR)
            return FAULT(arena, "broken-head", "the key cannot be locked: %s", strerror(errno));
    struct fault *fault = write_if_later(signer, arena, head, durable);
    flock(signer->lock, LOCK_UN);
    return fault;
}

/* ---- is what was signed still there? */

struct following {
    struct hasher *hasher;
    struct head at;
};

static struct fault *follow(void *whom, struct arena *arena, const struct journal_line *line)
{
    struct following *following = whom;
    struct hash next;
    journal_chain(following->hasher, &following->at.hash, line->entry, &next);
    if (line->seq != following->at.seq + 1 ||
        !str_eq(line->hash, (struct str){(const char *)next.bytes, sizeof next.bytes}))
        return FAULT(arena, "head-not-on-chain",
                     "journal entry %lld does not continue the chain that was signed",
                     (long long)line->seq);
    following->at = (struct head){line->seq, next};
    return NULL;
}

static struct fault *check_signed(struct arena *arena, struct store *store, const struct head *head)
{
    struct journal_line line;
    bool there;
    TRY(journal_read(store, arena, head->seq, &line, &there));
    if (!there)
        return FAULT(arena, "head-not-on-chain",
                     "entry %lld was signed, and the journal does not have it",
                     (long long)head->seq);
    if (!str_eq(line.hash, (struct str){(const char *)head->hash.bytes, sizeof head->hash.bytes}))
        return FAULT(arena, "head-not-on-chain", "entry %lld is not the one that was signed",
                     (long long)head->seq);
    return NULL;
}

static struct fault *check_and_sign(struct signer *signer, struct arena *arena, struct store *store)
{
    struct following following = {.hasher = hasher_new(arena)};
    struct signed_head head;
    bool there;
    TRY(head_read(arena, signer->data_dir, &head, &there));
    if (there) {
        following.at = head.head;
        if (head.head.seq)
            TRY(check_signed(arena, store, &head.head));
    }
    TRY(journal_each(store, arena, following.at.seq, follow, &following));
    struct head newest;
    TRY(journal_head(store, arena, &newest));
    if (newest.seq != following.at.seq ||
        (newest.seq && !hash_eq(&newest.hash, &following.at.hash)))
        return FAULT(arena, "head-not-on-chain", "the journal ends at %lld, its head says %lld",
                     (long long)following.at.seq, (long long)newest.seq);
    return newest.seq == 0 || (there && newest.seq == head.head.seq)
               ? NULL
               : sign_head(signer, arena, &newest, true);
}

struct fault *signer_catch_up(struct signer *signer, struct arena *arena, struct store *store)
{
    TRY(store_begin(store, arena, false));
    struct fault *fault = check_and_sign(signer, arena, store);
    store_rollback(store);
    return fault;
}

static struct fault *committed(void *whom, struct arena *arena, int64_t seq,
                               const struct hash *hash)
{
    return sign_head(whom, arena, &(struct head){seq, *hash}, false);
}

struct fault *signer_for_desk(struct arena *arena, struct desk *desk)
{
    struct signer *signer;
    TRY(signer_open(arena, desk->data_dir, desk->clock, &signer));
    TRY(signer_catch_up(signer, arena, desk->store));
    desk->committed = committed;
    desk->whom = signer;
    return NULL;
}

/* ---- the process */

static void complain(const struct fault *fault)
{
    fprintf(stderr, "hoshi: signer: %.*s\n", STR_F(fault->detail));
}

static bool answer_one(struct signer *signer, struct arena *arena, int fd)
{
    struct sign_request request;
    ssize_t n = recv(fd, &request, sizeof request, 0);
    if (n < 0)
        return errno == EINTR || errno == EAGAIN;
    if (n != (ssize_t)sizeof request)
        return false;
    struct fault *fault =
        sign_head(signer, arena, &(struct head){request.seq, request.hash}, false);
    if (fault)
        complain(fault);
    else
        send(fd, &request.seq, sizeof request.seq, MSG_NOSIGNAL);
    return true;
}

_Noreturn void signer_serve(struct arena *arena, struct str data_dir, const struct clock *clock,
                            const int fds[SIGNER_ASKERS + 1], int ready_fd)
{
    enum { DOCUMENTS = SIGNER_ASKERS };
    struct signer *signer;
    struct openpgp *openpgp;
    struct arena *job = arena_new(1 << 26);
    prctl(PR_SET_DUMPABLE, 0); /* nobody looks into the memory that holds the key */
    sandbox_close_all_but((int[]){fds[0], fds[1], fds[2], fds[DOCUMENTS], ready_fd},
                          SIGNER_ASKERS + 2);
    struct fault *fault = signer_open(arena, data_dir, clock, &signer);
    if (!fault)
        fault = openpgp_open(arena, data_dir, &openpgp);
    if (fault) {
        complain(fault);
        _exit(1);
    }
    sandbox_enter((struct words){0}, data_dir);
    if (write(ready_fd, "s", 1) != 1)
        _exit(1);
    close(ready_fd);
    for (;;) {
        struct pollfd wait[SIGNER_ASKERS + 1] = {{.fd = fds[0], .events = POLLIN},
                                                 {.fd = fds[1], .events = POLLIN},
                                                 {.fd = fds[2], .events = POLLIN},
                                                 {.fd = fds[DOCUMENTS], .events = POLLIN}};
        int ready = poll(wait, SIGNER_ASKERS + 1, signer->durable ? -1 : QUIET_MS);
        fault = ready == 0 ? sign_head(signer, job, &signer->last.head, true) : NULL;
        if (fault)
            complain(fault);
        for (int i = 0; i < SIGNER_ASKERS && ready > 0; i++)
            if (wait[i].revents && !answer_one(signer, job, wait[i].fd))
                _exit(0);
        if (ready > 0 && wait[DOCUMENTS].revents && !openpgp_answer(openpgp, job, fds[DOCUMENTS]))
            _exit(0);
        arena_reset(job);
    }
}
