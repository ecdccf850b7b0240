#!/usr/bin/env python3
# portal.test.py: the portal's gate: sessions, forged requests, declared fields, sign-in, who sees what.
# SPDX-License-Identifier: Apache-2.0
# test: engines
import re
import socket
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from client import TOP, Server  # noqa: E402
from tap import Tap  # noqa: E402
from visitor import Visitor  # noqa: E402

PASSWORD = "correct horse battery staple 7"
MAKER = {"person_ja": "試 見太郎", "person_en": "Kentaro Kokoromi", "mail": "k@kokoromi.example", "password": PASSWORD,
         "again": PASSWORD, "maker_ja": "株式会社こころみ", "maker_en": "Kokoromi Inc.", "country": "JP",
         "corporate_number": "2999912345678"}


def test_gate(tap, server):
    nobody, applicant = Visitor(server), Visitor(server, "applicant")
    for path in ["/inbox", "/applications", "/account", "/notices", "/cases", "/cases/x", "/cases/x/steps/accept"]:
        page = nobody.get(path)
        tap.check(page.status == 303 and page.location.startswith("/signin?next=%2F"), f"{path} asks to sign in", page.location)
    for path in ["/inbox", "/cases", "/issued"]:
        tap.equal(applicant.get(path).status, 403, f"2.1.3-2 {path} is not for makers")
    tap.equal(applicant.get("/nowhere").status, 404, "what is not there is said so")
    tap.equal(applicant.ask("DELETE", "/inbox").status, 405, "other methods are refused")
    tap.equal(applicant.get("/cases/no-such-case").status, 404, "a case that is not there")
    page = applicant.get("/applications")
    tap.check("default-src 'self'" in page.headers["content-security-policy"] and page.headers["cache-control"] == "no-store"
              and page.headers["x-content-type-options"] == "nosniff", "pages carry their policies", page.headers)
    tap.check(nobody.get("/signin?lang=ja").headers["content-language"] == "ja", "the language by ?lang")
    tap.check(nobody.get("/signin").headers["content-language"] == "ja", "and by the cookie after it")
    head = applicant.ask("HEAD", "/applications")
    tap.check(head.status == 200 and not head.text, "HEAD has no body")


def test_sessions(tap, server):
    visitor = Visitor(server)
    page = visitor.get(urlsplit(server.signin["applicant"]).path)
    cookie = next((one for one in page.cookies if one.startswith("session=")), "")
    tap.check(all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Path=/")), "the session's cookie is guarded", cookie)
    tap.check(len(visitor.jar["session"]) >= 43, "and has 256 bits")
    first = visitor.jar["session"]
    visitor.get(urlsplit(server.signin["applicant"]).path)
    tap.check(visitor.jar["session"] != first, "a new sign-in makes a new session")
    old = Visitor(server)
    old.jar["session"] = first
    tap.equal(old.get("/applications").status, 303, "and ends the one before it")
    kept = visitor.jar["session"]
    tap.equal(visitor.post("/signout", {"form": visitor.get("/applications").field("form")}).status, 303, "signing out")
    old.jar["session"] = kept
    tap.equal(old.get("/applications").status, 303, "ends the session on the server too")


def test_forged(tap, server):
    applicant = Visitor(server, "applicant")
    page = applicant.get("/applications")
    good = {"form": page.field("form"), "once": page.field("once")}
    host = {"Host": applicant.host}
    for what, fields, headers in [
            ("without the session's token", {"once": "a1"}, {}), ("with another token", {"form": "x", "once": "a2"}, {}),
            ("from another origin", good, {"Origin": "https://evil.example"}),
            ("from an opaque origin", good, {"Origin": "null"}),
            ("across sites", good, {"Sec-Fetch-Site": "cross-site"}),
            ("from a sister site", good, {"Sec-Fetch-Site": "same-site"})]:
        page = applicant.post("/applications", fields, {**host, **headers})
        tap.check(page.status == 403 and "forged-request" in page.text, f"a form {what} is refused", page.status)
    tap.equal(applicant.post("/applications", {**good, "level": "4"}).status, 422, "a field that the form does not have is refused")
    page = applicant.post("/applications", good, {"Origin": server.url, "Sec-Fetch-Site": "same-origin"})
    tap.check(page.status == 303 and page.location.endswith("/draft/contacts"), "the page's own form is taken", page.status, page.location)
    again = applicant.post("/applications", good)
    tap.equal(again.location, page.location, "sent twice, it opens one case")
    return page.location.split("/")[2]


def test_signin(tap, server):
    visitor = Visitor(server)
    page = visitor.post("/join", {**MAKER, "corporate_number": "1234567890123"})
    tap.check(page.status == 422 and 'href="#corporate_number"' in page.text, "4.1.1-1 a corporate number with a wrong check digit is shown at its field")
    page = visitor.post("/join", {**MAKER, "password": "short", "again": "short"})
    tap.check(page.status == 422 and 'id="password"' in page.text, "a short password is refused")
    page = visitor.post("/join", {**MAKER, "again": "another one altogether"})
    tap.check(page.status == 422 and "passwords-differ" not in page.text and 'href="#again"' in page.text, "two passwords that differ")
    page = visitor.post("/join", MAKER)
    tap.check(page.status == 303 and page.location == "/applications", "4.1.1-1 a maker registers itself", page.status, re.findall('(?s)<div class="errs".*?</div>', page.text))
    tap.check(PASSWORD not in page.text and "試 見太郎" in Visitor.get(visitor, "/applications?lang=ja").text, "and is signed in")
    tap.equal(Visitor(server).post("/join", {**MAKER, "corporate_number": ""}).status, 422, "the same address is not taken twice")

    other = Visitor(server)
    wrong = other.post("/signin", {"login": MAKER["mail"], "password": "wrong wrong wrong"})
    unknown = other.post("/signin", {"login": "n@kokoromi.example", "password": "wrong wrong wrong"})
    same = wrong.text.replace(MAKER["mail"], "n@kokoromi.example") == unknown.text
    tap.check(wrong.status == unknown.status == 422 and same, "an unknown login and a wrong password get the same answer")
    page = other.post("/signin", {"login": MAKER["mail"].upper(), "password": PASSWORD, "next": "/account"})
    tap.check(page.status == 303 and page.location == "/account", "the password signs in, and goes where one was going", page.location)
    for away in ["//evil.example", "https://evil.example", "/\\evil.example"]:
        page = Visitor(server).post("/signin", {"login": MAKER["mail"], "password": PASSWORD, "next": away})
        tap.equal(page.location, "/", f"but never away to {away}")
    tap.equal(other.post("/signin", {"login": MAKER["mail"], "password": PASSWORD}).status, 403,
              "who is signed in is not signed in as another by a forged form")
    other = Visitor(server)
    for login in [MAKER["mail"], "n@kokoromi.example"]:
        for _ in range(5):
            other.post("/signin", {"login": login, "password": "wrong wrong wrong"})
        page = other.post("/signin", {"login": login, "password": PASSWORD})
        tap.equal(page.status, 429, f"after five failures the door is closed, for {login}")
    return visitor


def test_steps(tap, server, draft):
    applicant, clerk = Visitor(server, "applicant"), Visitor(server, "operational-personnel")
    page = applicant.send(f"/cases/{draft}/draft/product", f"/cases/{draft}/draft/product",
                          {"product.ja": "試験機", "product.en": "", "models": "A-1\nA-1", "then": "next"})
    tap.check(page.status == 422 and 'href="/cases/' in page.text and "#models" in page.text, "what is wrong is shown at the top and at the field")
    tap.check("A-1\nA-1" in page.text, "and what was typed is kept")
    page = applicant.send(f"/cases/{draft}/draft/product", f"/cases/{draft}/draft/product",
                          {"product.ja": "<b>試験機", "product.en": "Test <i>unit", "models": "A-1\nA-2", "then": "next"})
    tap.check(page.status == 303, "a section is saved", page.text[-500:])
    page = applicant.get(f"/cases/{draft}/draft/review")
    tap.check("Test &lt;i&gt;unit" in page.text and "<i>unit" not in page.text, "what people type is text, never markup")
    page = applicant.send(f"/cases/{draft}/draft/review", f"/cases/{draft}/draft/review", {})
    tap.check(page.status == 422 and "field" not in page.location, "4.1.1-1 an application with empty fields is not filed", page.status)
    maker = Visitor(server)
    maker.post("/signin", {"login": "nobody@kokoromi.example", "password": PASSWORD})

    inbox = clerk.get("/inbox").text
    cases = re.findall(r'href="/cases/([\w-]+)"', inbox)
    tap.check(len(cases) > 3 and draft not in cases, "2.2.1-2 the inbox shows cases, and no drafts")
    case = next(one for one in cases if "#why" in (text := clerk.get(f"/cases/{one}").text) and "/steps/declare-no-conflict" in text)
    page = clerk.get(f"/cases/{case}")
    tap.check('id="why"' in page.text and "/clauses/2.1.3-1" in page.text, "2.1.3-1 the case says why the next step is not open")
    step = re.search(r'\?why=([\w-]+)#why', page.text).group(1)
    page = clerk.get(f"/cases/{case}/steps/{step}")
    tap.check(page.status in (403, 409) and "/clauses/" in page.text, f"the page of {step} refuses by its clause", page.status)
    token = clerk.get(f"/cases/{case}/steps/declare-no-conflict").field("form")
    page = clerk.post(f"/cases/{case}/steps/{step}", {"form": token, "once": "t1"})
    tap.check(page.status in (403, 409) and "/clauses/" in page.text, f"posted all the same, {step} is refused by its clause", page.status)
    page = clerk.post(f"/cases/{case}/steps/declare-no-conflict", {"form": token, "once": "t2", "outcome": "conforms"})
    tap.check(page.status == 422 and "field-unknown" in page.text, "a field that the step does not ask for is refused")
    administrator = Visitor(server, "administrator")
    page = administrator.get(f"/cases/{case}/steps/{step}")
    tap.check(page.status in (403, 404), "A-OP an administrator takes no step for being one", page.status)
    fields = {"form": token, "once": "t3"}
    first, second = (clerk.post(f"/cases/{case}/steps/declare-no-conflict", fields) for _ in range(2))
    tap.check(first.status == 303 and first.location == second.location, "2.1.3-1 a form sent twice is one step", first.text[-300:], second.location)
    tap.equal(clerk.get(first.location).status, 200, "and is confirmed on a page of its own")
    tap.equal(applicant.get(f"/cases/{case}/files/x").status, 404, "2.1.3-2 a file of another's case is not there")


def test_refused_form(tap, server):
    applicant = Visitor(server, "applicant")
    labels = re.findall(r'href="/my-labels/([\w-]+)"', applicant.get("/my-labels").text)
    page = next(page for number in labels if (page := applicant.send(
        f"/my-labels/{number}", f"/my-labels/{number}/begin", {"procedure": "withdrawal", "step": "apply"})).status == 303)
    form = urlsplit(page.location).path
    tap.check("Voluntary withdrawal of a label" in applicant.get(form).text, "4.6.2-1 the form says of which procedure it is")
    past = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 9 * 3600 - 86400))
    page = applicant.send(form, form, {"withdrawal-day": past, "reasons": "no longer made"})
    tap.check(page.status == 422 and "The day of withdrawal is past" in page.text and "/clauses/4.6.2-1" in page.text,
              "what a rule refuses is said above the form, with its clause", page.status)
    tap.check(past in page.text and "no longer made" in page.text, "and what was filled in is kept")
    first = applicant.get(f"/my-labels/{labels[1]}").text
    level = re.search(r'name="level" value="2"', first)
    page = applicant.send(f"/my-labels/{labels[1]}", f"/my-labels/{labels[1]}/begin",
                          {"procedure": "self-declared", "step": "apply-level", "level": "2"})
    tap.check(bool(level) and page.status == 303, "4.5-1 a change of level can be begun", page.status)
    product = re.search(r"<h1[^>]*>([^<]+)", first).group(1).strip()
    tap.check(f'value="{product}"' in applicant.get(urlsplit(page.location).path).text,
              "4.5-1 its form begins with the product as last decided", product)


def test_lists(tap, server):
    nobody = Visitor(server, "without-ethics")
    for path in ("/inbox", "/cases"):
        page = nobody.get(path)
        tap.check(page.status == 200 and not re.search(r'href="/cases/[\w-]+"', page.text),
                  f"2.1.3-2 {path} lists no case to who may see none", page.status)
    # changes of the criteria and appeals
    chief = Visitor(server, "chief-executive-officer")
    listed = {case for path in ("/inbox", "/cases") for case in re.findall(r'href="(/cases/[\w-]+)"', chief.get(path).text)}
    shut = [case for case in listed if chief.get(case).status != 200]
    tap.check(listed and not shut, "2.1.3-2 the Chief Executive Officer is listed no case that is shut to that office", shut)
    tap.check('href="/cases/' in Visitor(server, "technical-manager").get("/cases").text, "2.1.3-2 and lists them for whoever may")


def test_guesses(tap, server):
    """Sent at once, so that none is verified before the last has come."""
    with ThreadPoolExecutor(20) as pool:
        guesses = [pool.submit(Visitor(server).post, "/signin", {"login": "g@kokoromi.example", "password": f"guess {i}"}) for i in range(20)]
        found = sorted(guess.result().status for guess in guesses)
    tap.equal(found, [422] * 5 + [429] * 15, "of twenty guesses at once five are looked at")


def parts(fields):
    lines = b"".join(b'--parts-of-it\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value.encode()) for name, value in fields)
    return lines + b"--parts-of-it--\r\n", {"Content-Type": "Multipart/form-data; boundary=parts-of-it"}


def test_outgrown(tap, server, draft):
    """What grows most when it is tidied, in a form whose names are as long as the library takes."""
    applicant = Visitor(server, "applicant")
    path = f"/cases/{draft}/draft/product"
    token = applicant.get(path).field("form")
    for names in [0, 100, 1200]:
        fields = [("form", token), ("once", f"o{names}"), *[("form." + "x" * 15000, "")] * names, ("models", "\n".join(["\ufdfa" * 110] * 5000))]
        page = applicant.ask("POST", path, *parts(fields))
        tap.check(400 <= page.status < 500, f"a form that grows, with {names} long names, is refused", page.status)
        page = applicant.send(path, path, {"firmware": f"1.{names}"})
        tap.equal(page.status, 303, "and the next is taken")
    tap.equal(Visitor(server).ask("POST", "/join", *parts([("mail", "x")])).status, 401, "files and their like want a session")


def test_spool(tap, server):
    """Uploads that stop in the middle, under a key that is none."""
    held = []
    for _ in range(3):
        talk = socket.create_connection((urlsplit(server.url).hostname, server.port), timeout=10)
        talk.sendall(b"PUT /api/v1/cases/x/files/y HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer none\r\nCookie: session=none\r\n"
                     b"Content-Length: 20000000\r\n\r\n" + b"x" * 100000)
        held.append(talk)
    time.sleep(0.5)
    tap.none(server.spooled(), "nothing is put down for a key that is none")
    for talk in held:
        talk.close()


def test_clauses(tap, server):
    anyone = Visitor(server, language="en")
    rows = [row.split()[-1] for row in (TOP / "rules/clauses.rules").read_text().splitlines() if row.startswith("clause ")]
    tap.check(len(rows) > 50, "1.3-1 the rule book has its clauses", len(rows))
    missing = [row for row in rows if anyone.get(f"/clauses/{row}").status != 200]
    tap.none(missing, "every clause has its page")
    tap.equal(anyone.get("/clauses/4.1").status, 200, "and so has a section")
    tap.equal(anyone.get("/clauses/99.9").status, 404, "a clause that is none has none")
    text = re.sub(r"<header.*?</header>", "", anyone.get("/clauses").text, flags=re.S)
    tap.none(re.findall(r"[぀-ヿ一-鿿]+", text), "1.3-1 the rule book in English has no Japanese left in it")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder) / "data") as server:
        test_gate(tap, server)
        test_sessions(tap, server)
        draft = test_forged(tap, server)
        test_signin(tap, server)
        test_steps(tap, server, draft)
        test_refused_form(tap, server)
        test_lists(tap, server)
        test_guesses(tap, server)
        test_outgrown(tap, server, draft)
        test_spool(tap, server)
        test_clauses(tap, server)
    tap.end()


main()
