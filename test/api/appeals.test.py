#!/usr/bin/env python3
# appeals.test.py: an appeal by API against what was decided on a case: 6.6-1.
# SPDX-License-Identifier: Apache-2.0
# test: seconds=600
from registry import Registry, Tap

tap = Tap()

with Registry() as registry:
    maker, other = registry.api("applicant"), registry.api("applicant-for-two")
    cases = maker.call("GET", "/api/v1/cases").body["cases"]
    issued = next(one["id"] for one in cases if one["state"] == "issued")

    def appeal(api, key, **more):
        return api.call("POST", "/api/v1/cases", {"procedure": "appeal", **more}, {"Idempotency-Key": key})

    def refused(answer, status, code, what):
        found = answer.body or {}
        tap.check(answer.status == status and found.get("code") == code, f"{what}: {status} {code}",
                  f"{answer.status} {answer.raw[:400]}")

    refused(appeal(maker, "a1"), 422, "field-missing", "6.6-1 the case of the decision is wanted")
    refused(appeal(maker, "a2", case=7), 422, "field-malformed", "it is named by its id")
    refused(appeal(maker, "a3", case="nothing-of-the-kind"), 422, "field-not-listed", "it is one that there is")
    refused(appeal(other, "a4", case=issued), 422, "field-not-listed", "2.1.3-2 and that this person may see")
    answer = appeal(maker, "a5", case=issued)
    tap.check(answer.status == 409 and answer.body.get("guard") == "can-be-appealed",
              "6.6-1 an issuance is nothing to appeal against", f"{answer.status} {answer.raw[:400]}")
tap.end()
