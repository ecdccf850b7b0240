#!/usr/bin/env python3
# steps.test.py: a step is asked for with a key of its own and the version that was seen; refusals name their clause.
# SPDX-License-Identifier: Apache-2.0
# test: engines seconds=600
from registry import Registry, Tap, step

tap = Tap()


def refused(answer, status, code, guard=None, clause=None, what=""):
    body = answer.body or {}
    tap.check(answer.status == status and body.get("code") == code and (guard is None or body.get("guard") == guard) and
              (clause is None or body.get("clause") == clause), f"{clause or ''} {what}: {status} {guard or code}".strip(),
              f"{answer.status} {answer.raw[:300]}")


with Registry() as registry:
    applicant, staff = registry.api("applicant"), registry.api("operational-personnel")
    case = registry.open()
    at = f"/api/v1/cases/{case}/steps/save"
    draft = {"firmware": "1.0"}
    key = {"Idempotency-Key": "k1"}

    refused(applicant.call("POST", at, draft, {"If-Match": '"1"'}), 400, "idempotency-key-missing", what="no Idempotency-Key")
    for bad in ["a b", "x" * 201, "é"]:
        answer = applicant.call("POST", at, draft, {"If-Match": '"1"', "Idempotency-Key": bad.encode("latin-1")})
        refused(answer, 400, "malformed-idempotency-key", what=f"Idempotency-Key {bad[:8]!r}")
    refused(applicant.call("POST", at, draft, key), 428, "version-missing", what="no If-Match")
    for bad in ["1", '"', '""', '"x"', 'W/"1"', '"1", "2"', '"-1"', '"99999999999999999999"']:
        refused(applicant.call("POST", at, draft, {**key, "If-Match": bad}), 400, "malformed-version", what=f"If-Match {bad}")
    refused(applicant.call("POST", at, draft, {**key, "If-Match": '"7"'}), 412, "version-differs", what="another version")

    first = applicant.call("POST", at, draft, {**key, "If-Match": '"1"'})
    tap.check(first.status == 200 and first.headers["etag"] == '"2"' and first.body["version"] == 2, "a step gives the new version")
    again = applicant.call("POST", at, draft, {**key, "If-Match": '"1"'})
    tap.check(again.status == 200 and again.raw == first.raw, "the same key again gives the first answer, byte for byte")
    tap.check(again.headers.get("idempotency-replayed") == "true" and "idempotency-replayed" not in first.headers, "and says so")
    refused(applicant.call("POST", at, {"firmware": "2.0"}, {**key, "If-Match": '"1"'}), 422, "idempotency-key-reused",
            what="the same key with another body")
    tap.check(registry.look(case)["version"] == 2, "and changes nothing")
    tap.check(applicant.call("POST", at, {"firmware": "3"}, {"Idempotency-Key": "k2", "If-Match": "*"}).status == 200, "If-Match: * is any")

    refused(step(applicant, case, "nothing", version=3), 404, "unknown-step", what="no such step")
    refused(step(applicant, "AAAAAAAAAAAA", "file", version=1), 404, "absent", what="no such case")
    refused(step(staff, case, "accept", version=3), 403, "forbidden", "no-conflict", "2.1.3-1", "personnel without a declaration")

    answer = step(applicant, case, "file", {}, version=3)
    pointers = {error["pointer"]: error for error in answer.body.get("errors", [])}
    tap.check(answer.status == 422 and {"/product", "/models", "/checklist", "/contact-mail"} <= set(pointers), "4.1.1-1 every missing field is named", answer.raw)
    tap.check(pointers["/models"]["code"] == "field-missing" and pointers["/checklist"]["clause"] == "4.1.2-1", "with its code and clause")

    filed = registry.take("applicant", case, "file", registry.application())
    tap.check(filed.status == 200 and filed.body["state"] == "received" and filed.body["turn"] == ["operational-personnel"],
              "4.1.1-1 the application is filed, and it is the body's turn", filed.raw[:300])
    tap.check("application-number" in filed.body["numbers"], "4.1.1-1 with a number")
    refused(registry.take("applicant", case, "file", registry.application()), 409, "wrong-state", "state", None, "filed twice")

    for role, guard, clause in [("applicant", "authority", "A-OP"), ("administrator", "authority", "A-OP"), ("technical-manager", "authority", "A-OP"),
                                ("without-ethics", "ethics-signed", "2.2.1-3"), ("with-conflict", "no-conflict", "2.1.3-1")]:
        refused(registry.take(role, case, "accept"), 403, "forbidden", guard, clause, f"{role} accepts")
    answer = registry.take("administrator", case, "accept")
    tap.check(answer.body["title"] and answer.body["cure"] and answer.body["type"] == "/api/v1/problems/forbidden", "a refusal has a title, a cure and a type")

    for consent, clause, guard in [("consent_nda", "6.5-1", "consents-to-nda"), ("consent_court", "6.7-1", "consents-to-court")]:
        for value in ["not-given", None]:
            case = registry.cleared(**{consent: value})
            refused(registry.take("operational-personnel", case, "accept"), 409, "refused", guard, clause, f"accepting with {consent} {value}")
            answer = registry.take("operational-personnel", case, "reject", {"refusal-ground": "nda-not-consented", "reasons": "同意がないため。"})
            tap.check(answer.status == 200 and answer.body["state"] == "rejected", f"4.1.2-1 rejecting is possible ({consent} {value})", answer.raw[:200])

    case = registry.drafted(verifier="deputy")
    refused(registry.take("deputy", case, "approve-technical"), 403, "forbidden", "apart", "2.1.3-1", "the verifier decides")
    registry.must("technical-manager", case, "approve-technical")
    refused(registry.take("technical-manager", case, "issue"), 403, "forbidden", "authority", "A-MD", "the Technical Manager issues")
    refused(registry.take("deputy", case, "issue"), 403, "forbidden", "apart", "2.1.3-1", "the verifier issues")
    version = registry.look(case)["version"]
    one = registry.take("managing-director", case, "issue", key="issue-1", version=version)
    two = registry.take("managing-director", case, "issue", key="issue-1", version=version)
    tap.check(one.status == 200 and one.raw == two.raw, "4.1.2-1 issued once, however often it is asked", two.raw[:300])
    tap.check("registration-number" in one.body["numbers"] and one.body["turn"] == [], "4.1.2-1 with a registration number")
    case = registry.drafted()
    registry.must("deputy", case, "approve-technical")
    refused(registry.take("deputy", case, "issue"), 403, "forbidden", "apart", "2.1.3-1", "the same decider twice")
    label = one.body["numbers"]["registration-number"]
    public = registry.api("applicant").get(f"/api/v1/labels/{label}")
    tap.check(public.status == 200 and public.body["status"] == "valid", "4.1.2-1 and the label is public when the answer comes", public.raw[:200])
tap.end()
