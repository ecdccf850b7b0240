#!/usr/bin/env python3
# renewal.test.py: a maker's labels and extensions of many by API: 4.3.2-1, 4.3.3-1, 5-2.
# SPDX-License-Identifier: Apache-2.0
# test: engines seconds=600
from registry import Registry, Tap

tap = Tap()
with Registry() as registry:
    maker = registry.api("applicant")
    other = registry.api("applicant-for-two")

    def extend(body, key="k1", api=maker):
        return api.call("POST", "/api/v1/extensions", body, {"Idempotency-Key": key} if key else {})

    def refused(answer, status, code, what, pointer=None):
        found = answer.body or {}
        pointers = [error["pointer"] for error in found.get("errors", [])]
        tap.check(answer.status == status and found.get("code") == code and (pointer is None or pointer in pointers),
                  f"{what}: {status} {code} {pointer or ''}".strip(), f"{answer.status} {answer.raw[:300]}")

    mine = maker.call("GET", "/api/v1/labels-of-mine").body
    labels = mine["labels"]
    tap.check(mine["total"] == len(labels) > 2, "all labels of the maker are listed", str(mine)[:200])
    living = [one for one in labels if one["status"] in ("valid", "grace")]
    tap.check([one["expires"] for one in living] == sorted(one["expires"] for one in living), "what ends first goes first")
    tap.check(all(one["hint"]["kind"] and one["hint"]["clause"] and one["hint"]["text"]["ja"] for one in labels),
              "each has a hint with its clause and words", str(labels)[:300])
    by_status = {one["status"]: one for one in labels}
    tap.check({"valid", "grace", "withdrawn"} <= set(by_status), "4.6.1-1 the demonstration has labels of several states", str(set(by_status)))
    tap.check(by_status["grace"]["hint"]["kind"] == "grace" and not by_status["grace"]["extension"]["may"], "in grace: nothing more to file")
    page = maker.call("GET", "/api/v1/labels-of-mine?limit=1&skip=1").body
    tap.check([one["number"] for one in page["labels"]] == [labels[1]["number"]], "a page of it")
    found = maker.call("GET", f"/api/v1/labels-of-mine?q={labels[0]['number']}").body
    tap.check(found["total"] == 1, "found by its number")
    refused(maker.call("GET", "/api/v1/labels-of-mine?limit=0"), 400, "malformed-query", "no page of none")

    may = [one["number"] for one in labels if one["extension"]["may"]]
    fields = {"conditions-kept": "kept"}
    refused(extend({"labels": may, "fields": fields}, key=None), 400, "idempotency-key-missing", "a key is wanted")
    refused(extend({"fields": fields}), 422, "field-missing", "no labels", "/labels")
    refused(extend({"labels": [], "fields": fields}), 422, "field-missing", "an empty list", "/labels")
    refused(extend({"labels": "all", "fields": fields}), 422, "field-malformed", "a word", "/labels")
    refused(extend({"labels": [1], "fields": fields}), 422, "field-malformed", "a number", "/labels")
    refused(extend({"labels": may, "fields": []}), 422, "field-malformed", "fields that are a list", "/fields")
    refused(extend({"labels": may, "field": fields}), 422, "field-unknown", "a name that is none", "/field")
    refused(extend({"labels": ["X"] * 10001, "fields": fields}), 422, "field-too-many", "too many", "/labels")

    wrong = extend({"labels": may, "fields": {}}, "k2").body
    tap.check(wrong["filed"] == 0 and wrong["answers"][0]["problem"]["errors"][0]["pointer"] == "/conditions-kept",
              "4.3.3-1 the declaration is wanted", str(wrong)[:300])
    wrong = extend({"labels": may, "fields": {"conditions-kept": "not-kept"}}, "k3").body
    tap.check(wrong["answers"][0]["problem"]["guard"] == "conditions-declared" and wrong["answers"][0]["problem"]["clause"] == "4.3.3-1",
              "4.3.3-1 refused by its clause", str(wrong)[:300])
    asked = may + [by_status["withdrawn"]["number"], "HS99-99999-9"]
    first = extend({"labels": asked, "fields": fields})
    told = first.body
    tap.check(first.status == 200 and told["filed"] == len(may) and told["refused"] == 2, "4.3.2-1 those that may are filed", first.raw[:300])
    tap.check([one["label"] for one in told["answers"]] == asked, "an answer for each, in the order asked")
    cases = [one["case"] for one in told["answers"][:len(may)]]
    tap.check(len(set(cases)) == len(may), "4.3.2-1 each its own case")
    tap.check(told["answers"][-2]["problem"]["guard"] == "label-in-force", "4.3.2-1 a withdrawn label is refused by its clause", first.raw[-600:])
    case = maker.call("GET", f"/api/v1/cases/{cases[0]}").body
    tap.check(case["state"] == "received" and case["numbers"].get("application-number"), "4.3.2-1 received, with a number", str(case)[:300])
    again = extend({"labels": asked, "fields": fields}).body
    tap.check([one.get("case") for one in again["answers"][:len(may)]] == cases and again["answers"][0]["repeated"],
              "the same key: the same cases")
    twice = extend({"labels": may, "fields": fields}, "k9").body
    tap.check(twice["filed"] == 0 and twice["answers"][0]["problem"]["guard"] == "none-open", "4.3.2-1 one at a time", str(twice)[:300])
    theirs = extend({"labels": may, "fields": fields}, "k1", other).body
    tap.check(theirs["filed"] == 0, "2.1.3-2 not by another maker", str(theirs)[:300])
    tap.check(all(one["hint"]["kind"] in ("pending", "grace", "over") for one in maker.call("GET", "/api/v1/labels-of-mine").body["labels"]),
              "now there is nothing to do")
tap.end()
