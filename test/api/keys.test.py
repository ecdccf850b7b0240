#!/usr/bin/env python3
# keys.test.py: who asks, for what, and how: keys, paths, methods, languages.
# SPDX-License-Identifier: Apache-2.0
# test: engines seconds=600
from registry import Api, Registry, Tap

tap = Tap()


def open_once(api, level=1):
    return api.call("POST", "/api/v1/cases", {"procedure": "self-declared", "level": level}, {"Idempotency-Key": "open-once"})


with Registry() as registry:
    nobody = Api(registry.url)
    for method, path in [("GET", "/api/v1/cases"), ("POST", "/api/v1/cases"), ("GET", "/api/v1/cases/x"),
                         ("POST", "/api/v1/cases/x/steps/file"), ("GET", "/api/v1/cases/x/files/a.pdf")]:
        answer = nobody.call(method, path)
        tap.check(answer.status == 401, f"{method} {path} without a key: 401", answer.status)
        tap.check(answer.headers.get("www-authenticate", "").startswith("Bearer"), "which names the scheme")
        tap.check(answer.headers.get("content-type") == "application/problem+json", "as problem details")
        tap.check(answer.body["code"] == "unauthorized" and answer.body["status"] == 401, "with a code")
    for bad in ["Bearer", "Bearer wrong", "Basic eDp5", "Bearer " + "x" * 300, "bearer  "]:
        answer = nobody.call("GET", "/api/v1/cases", headers={"Authorization": bad})
        tap.check(answer.status == 401, f"the key {bad[:20]!r}: 401", answer.status)
    key = registry.keys["applicant"]
    answer = nobody.call("GET", "/api/v1/cases", headers={"Authorization": "bearer " + key})
    tap.check(answer.status == 200, "the scheme is read in any case")

    answer = nobody.get("/api/v1/cases")
    tap.check(answer.body["title"].startswith("サインイン") and answer.headers["content-language"] == "ja",
              "Japanese where no language is asked for")
    for wanted, language in [("en", "en"), ("en-GB,en;q=0.9,ja;q=0.8", "en"), ("ja,en;q=0.5", "ja"), ("fr", "ja"),
                             ("*", "ja"), ("fr, en;q=0.1", "en"), (";;,,,", "ja")]:
        answer = nobody.get("/api/v1/cases", {"Accept-Language": wanted})
        tap.check(answer.headers["content-language"] == language, f"Accept-Language {wanted}: {language}")

    applicant = registry.api("applicant")
    for path in ["/api", "/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v2/cases", "/api/v1/cases/", "/api/v1/cases/a/b",
                 "/api/v1/cases/a/steps/", "/api/v1/problems/nothing", "/api/v1/editions/9", "/api/v1/editions/x"]:
        answer = applicant.get(path)
        tap.check(answer.status == 404 and answer.body["code"] == "absent", f"{path}: 404", answer.status)
    for method, path, allowed in [("DELETE", "/api/v1/cases", "GET, HEAD, POST"), ("PUT", "/api/v1/cases/x", "GET, HEAD"),
                                  ("GET", "/api/v1/cases/x/steps/file", "POST"),
                                  ("DELETE", "/api/v1/cases/x/files/y", "GET, HEAD, PUT"), ("OPTIONS", "/demo/keys", "GET, HEAD")]:
        answer = applicant.call(method, path)
        tap.check(answer.status == 405 and answer.headers.get("allow") == allowed, f"{method} {path}: 405, Allow {allowed}",
                  f"{answer.status} {answer.headers.get('allow')}")
    answer = applicant.call("HEAD", "/api/v1/editions/1")
    tap.check(answer.status == 200 and answer.raw == b"", "HEAD answers without a body")

    problem = nobody.get("/api/v1/problems/version-differs").body
    tap.check(problem["status"] == 412 and problem["title"]["ja"] and problem["title"]["en"], "a problem's type says more")
    edition = nobody.get("/api/v1/editions/1").body
    tap.check(len(edition["criteria"]) == 16 and edition["criteria"][0]["text"]["ja"], "5-1 the criteria in force, 16 for level 1")

    mine = applicant.get("/api/v1/cases").body["cases"]
    case = registry.open()
    tap.check(case in [one["id"] for one in applicant.get("/api/v1/cases").body["cases"]], "an opened case is on the list")
    tap.check(any(one["procedure"] == "self-declared" for one in mine), "the maker sees its own")
    tap.check(applicant.get("/api/v1/cases/AAAAAAAAAAAA").status == 404, "a case that is not: 404")
    for role in ["administrator", "without-ethics"]:
        tap.check(registry.api(role).get("/api/v1/cases").body["cases"] == [], f"2.1.3-2 the list of {role} is empty")
        answer = registry.api(role).get(f"/api/v1/cases/{case}")
        tap.check(answer.status == 404 and answer.body["code"] == "absent", f"2.1.3-2 a case that {role} may not see: 404")

    for fields, pointer, code in [({}, "/procedure", "field-missing"), ({"procedure": "self-declared"}, "/level", "field-missing"),
                                  ({"procedure": "nothing", "level": 1}, "/procedure", "field-not-listed"),
                                  ({"procedure": 7, "level": 1}, "/procedure", "field-malformed"),
                                  ({"procedure": "self-declared", "level": "1"}, "/level", "field-malformed"),
                                  ({"procedure": "self-declared", "level": 5}, "/level", "field-out-of-range"),
                                  ({"procedure": "self-declared", "level": 0}, "/level", "field-out-of-range"),
                                  ({"procedure": "self-declared", "level": 1, "id": "x"}, "/id", "field-unknown")]:
        answer = applicant.call("POST", "/api/v1/cases", fields)
        tap.check(answer.status == 422 and answer.body["errors"][0]["pointer"] == pointer and
                  answer.body["errors"][0]["code"] == code, f"opening with {fields}: 422 {pointer} {code}", answer.raw)
    # what no form can cure is said when the case opens, not after it was filled in
    answer = applicant.call("POST", "/api/v1/cases", {"procedure": "self-declared", "level": 3})
    tap.check(answer.status == 422 and answer.body["clause"] == "4.1.1-1", "4.1.1-1 opening at level 3: 422", answer.raw)
    one, two = open_once(applicant), open_once(applicant)
    tap.check(one.status == two.status == 201 and one.body["id"] == two.body["id"], "opening twice with one key is once")
    tap.check(one.headers["location"] == "/api/v1/cases/" + one.body["id"] and one.headers["etag"] == '"1"', "Location and ETag")
    tap.check(set(one.body) >= {"id", "state", "turn", "steps", "numbers"}, "id, state, turn, steps, numbers")
    answer = open_once(applicant, 2)
    tap.check(answer.status == 422 and answer.body["code"] == "idempotency-key-reused", "the key for another request: 422")
    for role in ["administrator", "operational-personnel"]:
        answer = open_once(registry.api(role))
        tap.check(answer.status == 403 and answer.body["guard"] == "authority", f"4.1.1-1 {role} opens no application")
tap.end()
