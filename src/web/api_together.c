/* api_together.c: calls that write: those of one turn of the loop share one transaction.
 * SPDX-License-Identifier: Apache-2.0
 *
 * They share what costs: the commit of which the disk is told, the signed head, the clerk's waking.
 * Each keeps its savepoint, its memory and its refusal, and no answer leaves before the commit. Who
 * comes alone waits for nobody: the loop goes on at once. */
#include "web/api_part.h"

#include "base/banned.h"

enum { TOGETHER_MAX = 64, FAULTS_BYTES_MAX = 1 << 20 };

struct waiting_call {
    struct call call;
    call_answer *answer;
    struct response response;
};

struct together {
    struct web *web;
    struct arena *arena; /* of one transaction: its faults */
    struct waiting_call *calls[TOGETHER_MAX];
    size_t n;
};

struct together *together_new(struct web *web, struct arena *arena)
{
    struct together *together = NEW(arena, struct together);
    *together = (struct together){.web = web, .arena = arena_new(FAULTS_BYTES_MAX)};
    if (!together->arena)
        BUG("out of memory");
    return together;
}

/* From the start, each time: the engine may ask for the whole transaction again. */
static struct fault *answer_call(void *whom)
{
    struct waiting_call *waiting = whom;
    waiting->response = (struct response){0};
    waiting->call.published_by = 0;
    call_begin(&waiting->call);
    return waiting->answer(&waiting->call);
}

static void refuse(struct waiting_call *waiting, const struct joint_act *act)
{
    if (act->cut || setjmp(*arena_guard(waiting->call.arena))) {
        waiting->response = response_outgrown();
        return;
    }
    waiting->response = (struct response){0};
    call_begin(&waiting->call);
    call_refuse(&waiting->call, act->fault);
}

static void send_answer(struct waiting_call *waiting, const struct joint_act *act)
{
    const struct web *web = waiting->call.web;
    struct http_exchange *exchange = waiting->call.request->exchange;
    bool kept = !act->cut && !act->fault;
    if (!kept)
        refuse(waiting, act);
    if (kept && waiting->call.published_by && web->await_published)
        web->await_published(web->publisher, exchange, waiting->call.published_by,
                             &waiting->response);
    else
        http_resume(exchange, &waiting->response);
}

static void take_all(void *whom)
{
    struct together *together = whom;
    struct joint_act acts[TOGETHER_MAX];
    size_t n = together->n;
    together->n = 0;
    for (size_t i = 0; i < n; i++)
        acts[i] = (struct joint_act){.arena = together->calls[i]->call.arena,
                                     .work = answer_call,
                                     .whom = together->calls[i]};
    if (n)
        desk_write_jointly(together->web->desk, together->arena, acts, n);
    for (size_t i = 0; i < n; i++)
        send_answer(together->calls[i], &acts[i]);
    arena_reset(together->arena);
}

void together_add(struct call *call, call_answer *answer)
{
    struct together *together = call->web->together;
    struct waiting_call *waiting = NEW(call->arena, struct waiting_call);
    *waiting = (struct waiting_call){.call = *call, .answer = answer};
    waiting->call.response = &waiting->response;
    call->response->status = 0;
    http_suspend(call->request->exchange);
    if (together->n == 0)
        http_timer(call->web->http, 0, take_all, together);
    together->calls[together->n++] = waiting;
    if (together->n == TOGETHER_MAX)
        take_all(together);
}
