#!/usr/bin/env python3
# together.test.py: steps that come in the same turn of the loop share a transaction, and nothing else.
# SPDX-License-Identifier: Apache-2.0
# test: engines seconds=300
#
# That they share it, and that the disk is told before any answer, test/torture/durable.test.py shows.
from registry import Registry, Tap, step

AT_ONCE, MORE = 12, 80

tap = Tap()


def connected(registry, n):
    """Connections of their own, already open."""
    apis = [registry.server.api("applicant") for _ in range(n)]
    for api in apis:
        api.get("/api/v1/cases")
    return apis


with Registry() as registry:
    apis = connected(registry, AT_ONCE)
    draft = {"firmware": "1.0"}

    case = registry.open()
    saves = [(step, api, case, "save", draft, f"same-version-{n}", 1) for n, api in enumerate(apis)]
    got = registry.server.in_one_turn(saves)
    tap.equal(sorted(a.status for a in got), [200] + [412] * (AT_ONCE - 1), "of steps on the same version one is taken")
    tap.equal(registry.look(case)["version"], 2, "and the case is one version further")

    case = registry.open()
    got = registry.server.in_one_turn([(step, api, case, "save", draft, "same-key", 1) for api in apis])
    tap.check(all(a.status == 200 and a.raw == got[0].raw for a in got), "the same key at once gets the same answer",
              *[a.raw for a in got])
    tap.equal(sum("idempotency-replayed" not in a.headers for a in got), 1, "of which one is the first")
    tap.equal(registry.look(case)["version"], 2, "and one step was taken")

    got = registry.server.in_one_turn([(api.open_case, "self-declared", 1, "open-once") for api in apis])
    tap.equal(len({a.body["id"] for a in got}), 1, "cases opened at once under one key are one case")

    cases = [registry.open() for _ in range(AT_ONCE)]
    asked = [(step, api, one, "save", draft, f"mixed-{one}", 1) for api, one in zip(apis, cases)]
    asked[1] = (step, apis[1], cases[1], "file", {}, "mixed-form", 1)
    asked[3] = (step, apis[3], cases[3], "issue", {}, "mixed-role", 1)
    asked[5] = (apis[5].call, "POST", f"/api/v1/cases/{cases[5]}/steps/save", None,
                {"Idempotency-Key": "mixed-json", "If-Match": '"1"'}, b"{", "application/json")
    asked[7] = (step, apis[7], "AAAAAAAAAAAA", "save", draft, "mixed-case", 1)
    refused = {1: 422, 3: 403, 5: 400, 7: 404}
    got = registry.server.in_one_turn(asked)
    tap.equal([a.status for a in got], [refused.get(n, 200) for n in range(AT_ONCE)], "each has its own refusal")
    tap.equal([registry.look(one)["version"] for one in cases], [1 if n in refused else 2 for n in range(AT_ONCE)],
              "and leaves the others as they are")

    got = registry.server.in_one_turn([(api.call, "POST", "/api/v1/cases", {"procedure": "self-declared", "level": 1})
                                       for api in connected(registry, MORE)])
    tap.check(all(a.status == 201 for a in got) and len({a.body["id"] for a in got}) == MORE,
              "more than one transaction holds are taken in two", *[a.raw for a in got if a.status != 201])
tap.end()
