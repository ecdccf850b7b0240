/* child.h: the processes of a server, and what the parent leaves to each.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   signer   holds the keys, answers (seq, hash) with a signed head, and documents with signatures
 *   public   the register's folder and two sockets, nothing else
 *   clerk    journal → register, when woken, and tells the portal how far it came
 *   clock    takes the steps that are due, by the desk
 *   watch    feeds of advisories → matches as cases, by the desk
 *   post     the outbox → the relay of --mail; only where there is one
 *   portal   the desk: pages and API of the casework; forwards what is public */
#ifndef HOSHI_CHILD_H
#define HOSHI_CHILD_H

#include "base/hash.h"
#include "desk/desk.h"
#include "proc/settings.h"

struct plumbing {
    const struct settings *settings;
    int parent;              /* its process id */
    int listen, public;      /* listening sockets; public -1 when not apart */
    int inner;               /* listening: portal → public, an abstract unix socket … */
    struct address inner_at; /* … at this address */
    int signer[2];           /* [0] the portal's end, [1] the signer's */
    int clock[2];            /* [0] the clock's end, [1] the signer's */
    int documents[2];        /* [0] the clerk's end, [1] the signer's */
    int watch[2];            /* [0] the watch's end, [1] the signer's */
    int clerk[2];            /* [0] the portal's end, [1] the clerk's */
    int missed[2];           /* likewise, [1] the public process's: numbers that are none */
    int ready;               /* a byte is written when the process accepts */
};

_Noreturn void child_signer(struct arena *arena, const struct plumbing *plumbing);
_Noreturn void child_public(struct arena *arena, const struct plumbing *plumbing);
_Noreturn void child_clerk(struct arena *arena, const struct plumbing *plumbing);
_Noreturn void child_clock(struct arena *arena, const struct plumbing *plumbing);
_Noreturn void child_watch(struct arena *arena, const struct plumbing *plumbing);
_Noreturn void child_post(struct arena *arena, const struct plumbing *plumbing);
_Noreturn void child_portal(struct arena *arena, const struct plumbing *plumbing);

/* For those who have no business with the casework: its address, which may hold a password, is
 * wiped from this process, environment and all. */
void child_forgets_database(const struct plumbing *plumbing);

/* The head of a commit, signed by the signer at the other end of fd: before anybody is answered. */
struct fault *child_has_signed(int fd, struct arena *arena, int64_t seq, const struct hash *hash);

/* For children that write the casework beside the portal: a desk on the open store, whose commits
 * wake the clerk and are signed at the other end of `signer`. The writer must outlive the desk. */
struct writer {
    const struct plumbing *plumbing;
    int signer;
};
struct desk child_desk(const struct writer *writer, struct store *store);
void child_wakes_clerk(const struct plumbing *plumbing);
/* For children without a loop: a byte, told once. */
void child_says_ready(const struct plumbing *plumbing);

struct http;
/* For children with a loop: SIGTERM and SIGINT end it. */
void child_ends_on_signal(struct http *http);
void child_ready(const struct plumbing *plumbing, struct http *http);
/* Says what is wrong on standard error, and ends. */
_Noreturn void child_fails(const char *who, const struct fault *fault);

#endif
