#!/usr/bin/env python3
# bodies.test.py: bodies of every bad kind get a clear answer; large good ones are taken.
# SPDX-License-Identifier: Apache-2.0
# test: engines seconds=600
import json

from registry import Registry, Tap

tap = Tap()
with Registry() as registry:
    applicant = registry.api("applicant")
    case = registry.open()
    path, times = f"/api/v1/cases/{case}/steps/save", 0

    def save(raw=None, media_type="application/json", body=None):
        global times
        times += 1
        return applicant.call("POST", path, body, {"Idempotency-Key": f"b{times}", "If-Match": "*"}, raw=raw, media_type=media_type)

    def refused(answer, status, code, what, pointer=None):
        found = answer.body or {}
        pointers = [error["pointer"] for error in found.get("errors", [])]
        tap.check(answer.status == status and found.get("code") == code and (pointer is None or pointer in pointers),
                  f"{what}: {status} {code} {pointer or ''}".strip(), f"{answer.status} {answer.raw[:300]}")

    for raw, what in [(b"{", "cut short"), (b'{"a":1}x', "something after it"), (b"[]", "a list"), (b'"x"', "a string"),
                      (b'{"firmware":"a","firmware":"b"}', "a name twice"), (b'{"firmware":"\xff\xfe"}', "no UTF-8"),
                      (b'{"firmware":"\xed\xa0\x80"}', "a surrogate"), (b'{"firmware":"\\u0000"}', "NUL"),
                      (b'{"firmware":1.5}', "a fraction"), (b'{"firmware":1e999}', "an endless number"),
                      (b'{"a":' + b"[" * 40 + b"]" * 40 + b"}", "40 levels deep"), (b'{"a":' + b"[" * 50000, "50,000 levels deep"),
                      (b"\xef\xbb\xbf{}", "a byte order mark"), (b'{"n":99999999999999999999}', "a number beyond 64 bits")]:
        refused(save(raw), 400, "malformed-json", what)
    for media_type in ["text/plain", "application/xml", "application/jsonx", "text/json", ""]:
        refused(save(b"{}", media_type), 415, "unsupported-media-type", f"media type {media_type!r}")
    refused(save(b"firmware=1", "application/x-www-form-urlencoded"), 415, "unsupported-media-type", "a form")
    tap.check(save(b'{"firmware":"1"}', "application/json; charset=utf-8").status == 200, "a charset may be named")
    try:
        status = save(b"{" + b" " * (5 << 20) + b"}").status
    except OSError:
        status = 413  # cut while it was still sending
        applicant.close()
    tap.check(status == 413, "5 MiB: 413, or cut", status)
    tap.check(registry.look(case)["fields"]["firmware"] == "1", "none of it changed anything")

    refused(save(body={"colour": "red"}), 422, "field-unknown", "an unknown field", "/colour")
    refused(save(body={"remarks": "x"}), 422, "field-unknown", "a field of another form", "/remarks")
    refused(save(body={"product": {"ja": "x", "en": "y", "fr": "z"}}), 422, "field-unknown", "a third language", "/product/fr")
    for field, value, pointer in [("product", "x", "/product"), ("models", {"a": 1}, "/models"), ("models", [1], "/models/0"),
                                  ("contact-mail", "no address", "/contact-mail"), ("policy-url", "javascript:alert(1)", "/policy-url"),
                                  ("support-end", "2027-02-30", "/support-end"), ("category", "spaceship", "/category"),
                                  ("firmware", "x" * 201, "/firmware"), ("firmware", "a\u0007b", "/firmware")]:
        answer = save(body={field: value})
        pointers = [error["pointer"] for error in (answer.body or {}).get("errors", [])]
        tap.check(answer.status == 422 and pointer in pointers, f"{field} {str(value)[:24]!r}: 422 {pointer}", f"{answer.status} {answer.raw[:300]}")

    refused(save(body={"models": ["A-1", "B-1", "A-1"]}), 422, "field-twice", "a model twice", "/models/2")
    answer = save(body={"models": ["ＡＢ－１"]})
    tap.check(answer.status == 200 and registry.look(case)["fields"]["models"] == ["AB-1"], "a full-width model is made half-width",
              registry.look(case)["fields"]["models"])
    refused(save(body={"models": ["AB-1", "ＡＢ－１"]}), 422, "field-twice", "the same model in two widths", "/models/1")
    many = [f"MH-{n:05d}-JAPAN" for n in range(5001)]
    refused(save(body={"models": many}), 422, "field-too-many", "4.1.1-1 5,001 models", "/models")
    answer = save(body={"models": many[:5000]})
    tap.check(answer.status == 200 and registry.look(case)["fields"]["models"] == many[:5000], "4.1.1-1 5,000 models", answer.raw[:200])
    longest = [f"{n:04d}" + "漢" * 60 for n in range(5000)]
    answer = save(json.dumps({"models": longest}, ensure_ascii=False).encode())
    tap.check(answer.status == 200, "4.1.1-1 5,000 models of 64 characters, 940 kB", f"{answer.status} {answer.raw[:200]}")
    refused(save(body={"models": ["x" * 65]}), 422, "field-too-long", "a model of 65 characters", "/models/0")
    wrong = save(body={"models": ["\u0001"] * 300})
    tap.check(wrong.status == 422 and 0 < len(wrong.body["errors"]) <= 100, "at most 100 faults are worth the reading", len(wrong.body.get("errors", [])))
    tap.check(registry.api("applicant").get("/api/v1/editions/1").status == 200, "the server still answers")
tap.end()
