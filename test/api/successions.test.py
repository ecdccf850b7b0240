#!/usr/bin/env python3
# successions.test.py: the succession to many labels by one form with one proof, by API: 4.9-1.
# SPDX-License-Identifier: Apache-2.0
# test: engines seconds=600
import json
import secrets

from registry import Registry, Tap

tap = Tap()
FORM = {"succession-kind": "merger", "contact-name": {"ja": "架空 太郎", "en": "Taro Kakuu"},
        "contact-mail": "taro@kakuu.example", "consent-nda": "given", "consent-court": "given"}
SUCCESSOR = "7999999900002"


def multipart(request, files):
    mark = secrets.token_hex(8)
    out = f'--{mark}\r\nContent-Disposition: form-data; name="request"\r\nContent-Type: application/json\r\n\r\n'.encode()
    out += json.dumps(request).encode() + b"\r\n"
    for field, name, data in files:
        out += f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode() + data + b"\r\n"
    return out + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


with Registry() as registry:
    maker, other = registry.api("applicant"), registry.api("applicant-for-two")
    FORM["succession-day"] = registry.server_day()
    PROOF = [("proof", "merger.pdf", b"%PDF-1.4 a merger\n"), ("proof", "register.txt", b"an extract\n")]

    def succeed(labels, fields=FORM, files=PROOF, key="m1", api=other, party=SUCCESSOR):
        request = {"labels": labels, "fields": fields, "party": party}
        raw, kind = multipart(request, files)
        return api.call("POST", "/api/v1/successions", None, {"Idempotency-Key": key} if key else {}, raw, kind, 60)

    def refused(answer, status, code, what, pointer=None):
        found = answer.body or {}
        pointers = [error["pointer"] for error in found.get("errors", [])]
        tap.check(answer.status == status and found.get("code") == code and (pointer is None or pointer in pointers),
                  f"{what}: {status} {code} {pointer or ''}".strip(), f"{answer.status} {answer.raw[:400]}")

    def cases():
        return {one["id"] for one in other.call("GET", "/api/v1/cases").body["cases"]}

    mine = maker.call("GET", "/api/v1/labels-of-mine").body["labels"]
    living = [one["number"] for one in mine if one["status"] in ("valid", "grace")]
    ended = next(one["number"] for one in mine if one["status"] == "withdrawn")
    own = next(one["number"] for one in other.call("GET", "/api/v1/labels-of-mine").body["labels"]
               if maker.call("GET", f"/api/v1/labels/{one['number']}").body is not None)
    before = cases()

    refused(succeed(living, key=None), 400, "idempotency-key-missing", "a key is wanted")
    refused(succeed([]), 422, "field-missing", "no label", "/labels")
    refused(succeed(["X"] * 10001), 422, "field-too-many", "too many", "/labels")
    refused(succeed(living, {}), 422, "field-missing", "4.9-1 the form is wanted, told once", "/succession-kind")
    refused(succeed(living, files=[]), 422, "refused-form", "4.9-1 without proof")
    tap.check(succeed(living, files=[]).body["guard"] == "proof-filed", "4.9-1 by its condition")
    refused(succeed(living, party=""), 422, "field-missing", "who acts for two makers says for which", "/party")
    refused(succeed(living, party="8999999900001"), 422, "field-not-listed", "and for no other", "/party")
    refused(succeed(living, files=[("remarks", "a.txt", b"x")]), 422, "field-unknown", "a file for no field of files", "/remarks")
    refused(succeed(living, files=[("proof", "a.txt", b"")]), 422, "empty-file", "an empty file", "/proof")
    refused(other.call("POST", "/api/v1/successions", {"labels": living, "fields": FORM, "who": 1}, {"Idempotency-Key": "m0"}),
            422, "field-unknown", "a name that is none", "/who")
    refused(other.call("POST", "/api/v1/successions", {"labels": living, "fields": FORM, "party": SUCCESSOR}, {"Idempotency-Key": "m0"}),
            422, "refused-form", "4.9-1 as JSON alone there is no proof")

    # one that is inadmissible: none is filed, and it is named with its clause
    wrong = succeed(living + [ended, "HS99-99999-9", own], key="m2")
    refused(wrong, 409, "none-filed", "4.9-1 all or none")
    told = {one["label"]: one for one in wrong.body["answers"]}
    tap.check(wrong.body["filed"] == 0 and wrong.body["refused"] == 3, "three are in the way", wrong.raw[:400])
    tap.check(told[ended]["problem"]["guard"] == "label-not-ended" and told[ended]["problem"]["clause"] == "4.9-1",
              "4.9-1 one has ended", str(told[ended])[:300])
    tap.check(told["HS99-99999-9"]["problem"]["code"] == "field-not-listed", "one is no label", str(told["HS99-99999-9"])[:300])
    tap.check(told[own]["problem"]["guard"] == "successor-is-another", "4.9-1 one is its own", str(told[own])[:300])
    tap.check(all("problem" not in told[number] and "case" not in told[number] for number in living), "the others are not to blame, nor filed")
    tap.check(cases() == before, "nothing was begun")

    # several, and the same again
    first = succeed(living, key="m2")
    tap.check(first.status == 200 and first.body["filed"] == len(living) and first.body["refused"] == 0,
              "4.9-1 the key of what was refused is free: all are filed", first.raw[:400])
    filed = [one["case"] for one in first.body["answers"]]
    tap.check(len(set(filed)) == len(living) > 1, "4.9-1 a case for each label")
    case = other.call("GET", f"/api/v1/cases/{filed[-1]}").body
    tap.check(case["state"] == "received" and case["numbers"].get("application-number"), "received, with a number", str(case)[:300])
    tap.check(sorted(file["name"] for file in case["files"]) == ["merger.pdf", "register.txt"] and len(case["fields"]["proof"]) == 2,
              "4.9-1 each has the proof", str(case["files"])[:300])
    tap.check(other.call("GET", f"/api/v1/cases/{filed[0]}/files/merger.pdf").raw == b"%PDF-1.4 a merger\n", "its bytes")
    again = succeed(living, key="m2").body
    tap.check([one["case"] for one in again["answers"]] == filed and all(one["repeated"] for one in again["answers"]),
              "the same key: the same cases", str(again)[:300])
    refused(succeed(living, files=PROOF[:1], key="m2"), 409, "none-filed", "the same key with another proof")
    twice = succeed(living, key="m3")
    refused(twice, 409, "none-filed", "another key: each is open already")
    tap.check(twice.body["answers"][0]["problem"]["guard"] == "none-open", "by its condition", twice.raw[:300])
    tap.check(cases() == before | set(filed), "filed once")
    seen = maker.call("GET", f"/api/v1/cases/{filed[0]}")
    tap.check(seen.status == 200 and other.call("GET", "/api/v1/labels-of-mine").body["total"] > 0, "4.9-1 the registrant sees that it is claimed")

    # one label
    another = next(one for one in registry.api("operational-personnel").call("GET", "/api/v1/labels?status=valid&limit=100").body["labels"]
                   if one["number"] not in living and one["number"] not in
                   [o["number"] for o in other.call("GET", "/api/v1/labels-of-mine?limit=1000").body["labels"]])["number"]
    alone = succeed([another, another], key="m4")
    tap.check(alone.status == 200 and alone.body["answers"][0]["case"] == alone.body["answers"][1]["case"],
              "4.9-1 one label, named twice: one case", alone.raw[:300])
tap.end()
