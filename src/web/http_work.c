/* http_work.c: one thread for work too long for the loop.
 * SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <signal.h>
#include <unistd.h>

#include "web/http_inside.h"

#include "base/banned.h"

enum { WAITING_MAX = 100 };

struct job {
    struct job *next;
    struct http_exchange *exchange;
    void (*work)(void *what);
    void (*done)(void *what, struct http_exchange *exchange);
    void *what;
};

struct jobs {
    struct job *first, **last;
    size_t n;
};

struct worker {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t come;
    struct jobs waiting, finished;
    int bell; /* eventfd: work was done */
    bool ending;
};

static void push(struct jobs *jobs, struct job *job)
{
    job->next = NULL;
    *jobs->last = job;
    jobs->last = &job->next;
    jobs->n++;
}

static struct job *pop(struct jobs *jobs)
{
    struct job *job = jobs->first;
    if (!job)
        return NULL;
    jobs->first = job->next;
    if (!jobs->first)
        jobs->last = &jobs->first;
    jobs->n--;
    return job;
}

static void *run(void *whom)
{
    struct worker *worker = whom;
    pthread_mutex_lock(&worker->lock);
    while (!worker->ending) {
        struct job *job = pop(&worker->waiting);
        if (!job) {
            pthread_cond_wait(&worker->come, &worker->lock);
            continue;
        }
        pthread_mutex_unlock(&worker->lock);
        job->work(job->what);
        pthread_mutex_lock(&worker->lock);
        push(&worker->finished, job);
        eventfd_write(worker->bell, 1);
    }
    pthread_mutex_unlock(&worker->lock);
    return NULL;
}

static void finished(void *whom, short events)
{
    struct http *http = whom;
    struct worker *worker = http->worker;
    eventfd_t n;
    (void)events;
    eventfd_read(worker->bell, &n);
    for (;;) {
        pthread_mutex_lock(&worker->lock);
        struct job *job = pop(&worker->finished);
        pthread_mutex_unlock(&worker->lock);
        if (!job)
            return;
        job->done(job->what, job->exchange);
    }
}

static struct worker *worker_start(struct http *http)
{
    struct worker *worker = calloc(1, sizeof *worker);
    if (!worker)
        return NULL;
    worker->waiting.last = &worker->waiting.first;
    worker->finished.last = &worker->finished.first;
    pthread_mutex_init(&worker->lock, NULL);
    pthread_cond_init(&worker->come, NULL);
    worker->bell = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    sigset_t all, before; /* signals are the loop's */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = worker->bell >= 0 && pthread_create(&worker->thread, NULL, run, worker) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!started) {
        free(worker);
        return NULL;
    }
    http_watch(http, worker->bell, POLLIN, finished, http);
    return worker;
}

bool http_work(struct http_exchange *exchange, void (*work)(void *what),
               void (*done)(void *what, struct http_exchange *exchange), void *what)
{
    struct http *http = exchange->http;
    if (!http->worker)
        http->worker = worker_start(http);
    struct worker *worker = http->worker;
    if (!worker)
        return false;
    struct job *job = NEW(exchange->request.arena, struct job);
    *job = (struct job){.exchange = exchange, .work = work, .done = done, .what = what};
    pthread_mutex_lock(&worker->lock);
    bool room = worker->waiting.n < WAITING_MAX;
    if (room) {
        push(&worker->waiting, job);
        pthread_cond_signal(&worker->come);
    }
    pthread_mutex_unlock(&worker->lock);
    if (room)
        http_suspend(exchange);
    return room;
}

void worker_stop(struct http *http)
{
    struct worker *worker = http->worker;
    if (!worker)
        return;
    pthread_mutex_lock(&worker->lock);
    worker->ending = true;
    pthread_cond_signal(&worker->come);
    pthread_mutex_unlock(&worker->lock);
    pthread_join(worker->thread, NULL);
    http_unwatch(http, worker->bell);
    close(worker->bell);
    free(worker);
    http->worker = NULL;
}
