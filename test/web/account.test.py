#!/usr/bin/env python3
# account.test.py: an invitation and its end, keys made and closed, makers to choose from, fields emptied again.
# SPDX-License-Identifier: Apache-2.0
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from client import HOSHI, TOP, Api, Server  # noqa: E402
from tap import Tap  # noqa: E402
from visitor import Visitor  # noqa: E402

PASSWORD = "correct horse battery staple 7"


def found(data, *more):
    said = subprocess.run([HOSHI, "init", "--data", str(data), *more], capture_output=True, text=True, check=True).stdout
    return dict(re.findall(r"^invitation (\S+) (\S+)$", said, re.M))


def test_invitation(tap, folder):
    """A registry without any demonstration: the first way in is the link that init has printed."""
    links = found(folder / "plain", "--body", str(TOP / "examples/body.json"))
    tap.check(len(links) > 1, "2.1.2-2 everyone of the body is invited", links)
    first, second = list(links.values())[:2]
    with Server(folder / "plain", demo=False) as server:
        visitor = Visitor(server)
        tap.equal(visitor.get(first.replace("/invitation/", "/signin/")).status, 404, "without --demo no link signs in by itself")
        page = visitor.get(first)
        tap.check(page.status == 200 and "session" not in visitor.jar, "looking at an invitation changes nothing", page.status)
        tap.check('lang="ja"' in Visitor(server, language="ja").get(first).text, "and is shown in Japanese too")
        page = visitor.post(first, {"password": "short", "again": "short"})
        tap.check(page.status == 422 and 'href="#password"' in page.text, "a short password is refused at its field", page.status)
        page = visitor.post(first, {"password": PASSWORD, "again": PASSWORD + "x"})
        tap.check(page.status == 422 and 'href="#again"' in page.text, "and two that differ", page.status)
        page = visitor.post(first, {"password": PASSWORD, "again": PASSWORD})
        tap.check(page.status == 303 and visitor.get("/account").status == 200, "a good one is taken, and signs in", page.status)
        mail = re.search(r"<dd>([^<]+@[^<]+)</dd>", visitor.get("/account").text).group(1)
        for method in ("GET", "POST"):
            page = Visitor(server).ask(method, first, "password=x" if method == "POST" else None)
            tap.check(page.status == 404 and "invitation-ended" in page.text, f"the link works once ({method})", page.status)
        page = Visitor(server).post("/signin", {"login": mail, "password": PASSWORD})
        tap.equal(page.location, "/", "from then on the password signs in")
        tap.equal(Visitor(server).get("/invitation/none").status, 404, "an invitation that never was")
        tap.check(Visitor(server).get(second).status == 200, "another's invitation is still open")
        old = int(time.time() * 1000) - 1
        with sqlite3.connect(server.data + "/casework.db") as rows:
            rows.execute("UPDATE signin_link SET ends = ?", (old,))
        page = Visitor(server).get(second)
        tap.check(page.status == 404 and "invitation-ended" in page.text, "until its day has passed", page.status)


def test_keys(tap, server):
    visitor = Visitor(server, "applicant-for-two")
    page = visitor.send("/account", "/account/keys", {"name": "nightly <job>"})
    key = re.search(r'id="new-key">([^<]+)<', page.text).group(1)
    row = re.search(r"<tr>(?:(?!</tr>).)*nightly &lt;job&gt;.*?</tr>", page.text, re.S)
    tap.check(row and "never" in row.group(0), "a new key is listed by its name, and was never used")
    tap.equal(Api(server.url, key).get("/api/v1/cases").status, 200, "it opens the API")
    page = visitor.get("/account")
    row = re.search(r"<tr>(?:(?!</tr>).)*nightly &lt;job&gt;.*?</tr>", page.text, re.S).group(0)
    tap.check("<time" in row, "its last day of use is shown", row)
    digest = re.search(r'name="key" value="([0-9a-f]+)"', row).group(1)
    other = Visitor(server, "applicant")
    tap.equal(other.send("/account", "/account/keys/close", {"key": digest}).status, 404, "nobody closes another's key")
    tap.equal(visitor.send("/account", "/account/keys/close", {"key": digest}).status, 303, "its owner does")
    tap.equal(Api(server.url, key).get("/api/v1/cases").status, 401, "and it opens nothing any more")
    tap.check(digest not in visitor.get("/account").text, "nor is it listed")
    tap.equal(visitor.send("/account", "/account/keys/close", {"key": digest}).status, 404, "once closed, it is not closed again")
    check = subprocess.run([HOSHI, "replay", "--check", "--data", server.data], capture_output=True, text=True)
    tap.equal(check.returncode, 0, "and the journal tells all of it")


def test_parties(tap, server):
    api, visitor = server.api("applicant-for-two"), Visitor(server, "applicant-for-two")
    parties = api.get("/api/v1/cases").body["parties"]
    tap.equal(len(parties), 2, "4.1.1-1 a person may act for two makers")

    def ask(**more):
        return api.call("POST", "/api/v1/cases", {"procedure": "self-declared", "level": 1, **more})
    answer = ask()
    tap.check(answer.status == 422 and answer.body["errors"][0]["pointer"] == "/party", "4.1.1-1 and then says for which", answer.body)
    tap.equal(ask(party="1234567890123").body["errors"][0]["code"], "field-not-listed", "4.1.1-1 but for no other")
    tap.equal(ask(party=5).status, 422, "nor by a number that is no text")
    for party in parties:
        tap.equal(ask(party=party["id"]).status, 201, f"4.1.1-1 for {party['name']['en']}")
    page = visitor.send("/applications", "/applications", {"party": ""})
    tap.check(page.status == 422 and 'id="e-party"' in page.text, "4.1.1-1 the portal asks for it at its field", page.status)
    page = visitor.send("/applications", "/applications", {"party": parties[1]["id"]})
    tap.equal(page.status, 303, "4.1.1-1 and takes the choice")
    tap.check('name="party"' not in Visitor(server, "applicant").get("/applications").text, "who acts for one maker is not asked")


def test_emptying(tap, server):
    api, visitor = server.api("applicant"), Visitor(server, "applicant")
    case = api.call("POST", "/api/v1/cases", {"procedure": "self-declared", "level": 1}).body["id"]
    path = f"/cases/{case}/draft/product"

    def save(fields):
        return api.call("POST", f"/api/v1/cases/{case}/steps/save", fields, {"Idempotency-Key": os.urandom(6).hex(), "If-Match": "*"})

    def filled():
        return api.get(f"/api/v1/cases/{case}").body["fields"]
    save({"firmware": "1.0", "models": ["A-1"], "contact-phone": "+81 3 0000 0000"})
    tap.equal(sorted(filled()), ["contact-phone", "firmware", "models"], "4.1.1-1 a draft is saved")
    tap.equal(save({"firmware": "", "models": None}).status, 200, "4.1.1-1 empty text and null are taken")
    tap.equal(sorted(filled()), ["contact-phone"], "and empty the field again; others stay")
    visitor.send(path, path, {"firmware": "2.0", "models": "B-1", "then": "stay"})
    tap.equal(filled().get("firmware"), "2.0", "the portal fills it")
    visitor.send(path, path, {"firmware": "", "models": "B-1", "then": "stay"})
    tap.equal(sorted(filled()), ["contact-phone", "models"], "and empties it, without touching another section")


def test_notices(tap, server):
    visitor = Visitor(server, "applicant-for-two")
    first, second = visitor.get("/notices").text, visitor.get("/notices").text
    tap.check("new: " in first and "new: " not in second, "notices are new once: shown is read")
    tap.check("Next, the step" in first, "and each case says what happens next")
    case, letter = re.search(r'href="/cases/([\w-]+)/letters/([\w-]+)">Open<span class="vh"> Application acceptance', first).groups()
    paper = Visitor(server, "applicant-for-two").get(f"/cases/{case}/letters/{letter}")
    words = subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper.raw, capture_output=True).stdout.decode()
    api = server.api("applicant-for-two")
    number = api.get(f"/api/v1/cases/{case}").body["numbers"]["acceptance-number"]
    tap.check(paper.headers["content-type"] == "application/pdf" and number in words and "Application acceptance form" in words,
              "4.1.1-1 the acceptance form is a PDF that names its number", words)
    tap.check(f"/cases/{case}/letters/{letter}" in visitor.get(f"/cases/{case}").text, "its case shows it")
    listed = api.get(f"/api/v1/cases/{case}/letters").body["letters"]
    tap.check(letter in [one["id"] for one in listed], "so does the API", listed)
    tap.equal(api.get(f"/api/v1/cases/{case}/letters/{letter}", {"Accept-Language": "en"}).raw, paper.raw, "which gives the same bytes")
    other = server.api("applicant")
    tap.equal(other.get(f"/api/v1/cases/{case}/letters/{letter}").status, 404, "another maker is given nothing")
    tap.equal(Visitor(server, "applicant").get(f"/cases/{case}/letters/{letter}").status, 404, "nor a page")
    tap.equal(api.get(f"/api/v1/cases/{case}/letters/none").status, 404, "no such letter")


def test_results(tap, server):
    """4.1.2-1: filled in on request, and then it is only a form that came back."""
    clerk = Visitor(server, "operational-personnel-2")
    for case in re.findall(r'href="/cases/([\w-]+)"', clerk.get("/inbox").text):
        page = clerk.get(f"/cases/{case}")
        if 'data-state="fee-settled"' in page.text:
            clerk.send(f"/cases/{case}/steps/declare-no-conflict", f"/cases/{case}/steps/declare-no-conflict", {})
            break
    path = f"/cases/{case}/steps/verify"
    before = clerk.get(path).text
    tap.check('id="fill"' in before and 'value="conforms" selected' not in before, "4.1.2-1 no result is assumed")
    page = clerk.send(path, path, {"fill": "conforms", "results.S1.1-01.result": "does-not"})
    tap.check(page.status == 200 and page.text.count('value="conforms" selected') >= 14, "4.1.2-1 what is declared so is filled in", page.status)
    tap.equal(page.text.count('value="does-not" selected'), 1, "4.1.2-1 what the officer chose stays")
    tap.check('data-state="fee-settled"' in clerk.get(f"/cases/{case}").text, "4.1.2-1 and nothing is recorded by it")


def main():
    os.environ.pop("HOSHI_DATABASE", None)  # several registries, each in its folder
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        test_invitation(tap, folder)
        with Server(folder / "demo") as server:
            test_keys(tap, server)
            test_parties(tap, server)
            test_emptying(tap, server)
            test_notices(tap, server)
            test_results(tap, server)
    tap.end()


main()
