#!/usr/bin/env python3
# openly.test.py: forms for anyone without an account, and the API without a key.
# SPDX-License-Identifier: Apache-2.0
#
# Hostile, huge, twice, late and token-less posts, limits, links, files; the same question found first;
# numbers that do not exist.
# test: engines
import hashlib
import json
import re
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from client import HOSHI, TOP, Api, Server  # noqa: E402
from tap import Tap  # noqa: E402
from visitor import Visitor  # noqa: E402

XSS = "<script>alert(\"1\")</script>&'"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c636001000000ffff03000006000557bfabd4"
                    "0000000049454e44ae426082")


def multipart(fields, files=()):
    mark, out = "b" + secrets.token_hex(12), b""
    for name, value in fields.items():
        out += f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    for name, file, media, data in files:
        out += (f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
                f"Content-Type: {media}\r\n\r\n").encode() + data + b"\r\n"
    return out + f"--{mark}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={mark}"}


def send(visitor, procedure, fields, files=(), once=None, headers=None):
    """As the form would: with a token of its own, unless one is given."""
    token = visitor.get(f"/open/{procedure}").field("once") if once is None else once
    body, head = multipart({**({"once": token} if token else {}), **fields}, files)
    return visitor.ask("POST", f"/open/{procedure}", body, {**head, **(headers or {})})


def asks(**other):
    return {"inquiry-title": "Zxqv wjkp", "inquiry-text": "Qwzx vbnm plok?", **other}


def test_forms(tap, server):
    for language, words in (("ja", "機関への届出と照会"), ("en", "Tell or ask the body")):
        visitor = Visitor(server, language=language)
        page = visitor.get("/open")
        tap.check(page.status == 200 and words in page.text, f"{language}: the list of forms")
        found = re.findall(r'href="/open/([a-z-]+)"', page.text)
        tap.check({"inquiry", "misuse"} <= set(found), f"{language}: each procedure that the rules leave open", found)
        for name in found:
            page = visitor.get(f"/open/{name}")
            tap.check(page.status == 200 and len(page.field("once")) > 40 and ("<script" in page.text) == (name == "inquiry"),
                      f"{language}: {name} has its form, with a token; a script has that of an inquiry alone")
    tap.equal(Visitor(server).get("/open/self-declared").status, 404, "what no rule opens has no form")
    tap.equal(Visitor(server).get("/open/nothing").status, 404, "nor has what is no procedure")
    prefilled = Visitor(server).get("/open/misuse?label=HS26-00001-X")
    tap.check('value="HS26-00001-X"' in prefilled.text, "the page of a label fills in its number")


def test_filing(tap, server):
    visitor = Visitor(server)
    token = visitor.get("/open/inquiry").field("once")
    first = send(visitor, "inquiry", asks(), once=token)
    tap.check(first.status == 303 and re.match(r"^/follow/[0-9a-f]{64}\?filed=1$", first.location), "sent without a session",
              first.status, first.location)
    again = send(visitor, "inquiry", asks(), once=token)
    tap.check(again.status == 303 and again.location == first.location, "a double click files once, with the same link")
    other = send(visitor, "inquiry", asks(**{"inquiry-text": "another"}), once=token)
    tap.equal(other.status, 422, "the same token with another text is refused")
    page = visitor.get(first.location)
    number = re.search(r'data-number="receipt-number">([^<]+)<', page.text)
    tap.check(page.status == 200 and number and 'data-state="inquired"' in page.text, "the receipt number and the state")
    tap.check("no-store" in page.headers["cache-control"], "the page is kept nowhere")
    ja = Visitor(server, language="ja").get(first.location)
    tap.check("受け付けました" in ja.text and "We have received" not in ja.text, "in the reader's language")
    tap.equal(visitor.get("/follow/" + "0" * 64).status, 404, "a link that was guessed")
    tap.equal(visitor.get("/follow/x").status, 404, "no link at all")
    return first.location.split("?")[0]


def test_refusals(tap, server):
    visitor = Visitor(server)
    for what, page in (("no token", send(visitor, "inquiry", asks(), once="")),
                       ("a token made up", send(visitor, "inquiry", asks(), once="a" * 24 + ".1700000000000." + "0" * 32)),
                       ("the token of another form", send(visitor, "inquiry", asks(), once=visitor.get("/open/misuse").field("once")))):
        tap.check(page.status == 409 and "too old" in page.text and "Qwzx vbnm plok?" in page.text,
                  f"{what}: told so, and what was typed stays", page.status)
    tap.equal(send(visitor, "inquiry", asks(), headers={"Origin": "https://evil.example"}).status, 403, "another site's form")
    tap.equal(send(visitor, "inquiry", asks(), headers={"Sec-Fetch-Site": "cross-site"}).status, 403, "by what the browser says")
    tap.equal(send(visitor, "inquiry", asks(reasons="x")).status, 422, "a field that is none of the form's")
    page = send(visitor, "inquiry", {"inquiry-title": "", "asker-mail": "no address"})
    tap.check(page.status == 422 and 'href="#inquiry-title"' in page.text and 'href="#asker-mail"' in page.text,
              "each field that is wrong is named", page.status)
    page = send(Visitor(server, language="ja"), "inquiry", {"inquiry-text": "x" * 5000, "inquiry-title": "件名です"})
    tap.check(page.status == 422 and "長すぎ" in page.text, "too long, in Japanese", page.status)
    page = send(visitor, "inquiry", asks(**{"inquiry-text": "x" * 300_000}))
    tap.check(page.status == 422 and "too long" in page.text.lower(), "long: told at its field", page.status, page.text[:200])
    page = send(visitor, "inquiry", asks(**{"inquiry-text": "x" * 22_000_000}))
    tap.check(page.status == 413 and "too large" in page.text, "huge: a page says so", page.status, page.text[:200])
    page = send(visitor, "misuse", {"misuse-kind": "other", "claim-text": "x"}, [("misuse-pictures", "a.png", "image/png", b"x" * 22_400_000)])
    tap.check(page.status == 413 and "too large" in page.text, "a huge file: likewise", page.status)
    page = send(visitor, "misuse", {"misuse-kind": "other", "claim-text": "x"}, [("claim-text", "a.png", "image/png", PNG)])
    tap.equal(page.status, 422, "a file for a field that takes none")
    page = send(visitor, "misuse", {"misuse-kind": "other", "claim-text": "xyz"}, [("misuse-pictures", "../../a", "image/png", PNG)])
    tap.check(page.status == 422 and "misuse-pictures" in page.text, "a name with a path in it", page.status)
    page = send(visitor, "misuse", {"misuse-kind": "other", "claim-text": "xyz"}, [("misuse-pictures", "a", "image/png", b"")])
    tap.equal(page.status, 422, "an empty file")
    page = visitor.ask("POST", "/open/inquiry", b"\xff\xfe=%ff", {"Content-Type": "application/x-www-form-urlencoded"})
    tap.equal(page.status, 400, "bytes that are no text")
    tap.equal(visitor.ask("PUT", "/open/inquiry", b"x").status, 401, "no other method takes a body")


def test_files(tap, server, data):
    before = sum(1 for f in (data / "files").rglob("*") if f.is_file())
    page = send(Visitor(server), "misuse", {"misuse-kind": "nothing", "claim-text": "x"},
                [("misuse-pictures", "no.png", "image/png", PNG + secrets.token_bytes(9))])
    after = sum(1 for f in (data / "files").rglob("*") if f.is_file())
    tap.check(page.status == 422 and after == before, "what is refused leaves no file", page.status, before, after)
    page = send(Visitor(server), "misuse", {"misuse-kind": "no-number", "claim-text": XSS, "asker-mail": "stranger@example.test"},
                [("misuse-pictures", "page.png", "image/png", b"<!doctype html><html><script>x</script></html>"),
                 ("misuse-pictures", "写真.png", "text/html", PNG)])
    tap.check(page.status == 303, "two pictures come with the form", page.status, page.text[:300])
    officer = Visitor(server, "operational-personnel")
    claims = officer.get("/claims")
    tap.check(claims.status == 200 and XSS not in claims.text and "&lt;script&gt;" in claims.text, "personnel see the report, escaped")
    case = next(path for path in re.findall(r'href="(/cases/[^"/]+)"', claims.text) if "写真.png" in officer.get(path).text)
    page = officer.get(case)
    tap.check("写真.png" in page.text and "page.png" in page.text and XSS not in page.text, "and its pictures")
    files = re.findall(rf'href="({re.escape(case)}/files/[^"]+)"', page.text)
    kinds = {officer.get(path).headers["content-type"] for path in files}
    tap.check(kinds == {"image/png", "text/html"}, "their types are found in the bytes", kinds)
    tap.check(all(officer.get(path).headers["content-disposition"].startswith("attachment") for path in files), "none is shown as a page of ours")


def test_reply(tap, server, path):
    visitor, criteria = Visitor(server), Visitor(server, "criteria-personnel")
    page = criteria.get("/questions")
    case = next(c for c in re.findall(r'href="(/cases/[^"/]+)"', page.text) if "Qwzx vbnm plok?" in criteria.get(c).text)
    tap.check(page.status == 200 and 'data-late="yes"' in page.text, "4.10-1 the overdue inquiry is shown")
    criteria.send(f"{case}/steps/declare-no-conflict", f"{case}/steps/declare-no-conflict", {})
    done = criteria.send(f"{case}/steps/ask-asker", f"{case}/steps/ask-asker", {"question-to-asker": "Which <b>model</b>?"})
    tap.check(done.status == 303, "4.10-1 criteria personnel ask back", done.status, done.text[-900:])
    page = visitor.get(path)
    tap.check("Which &lt;b&gt;model&lt;/b&gt;?" in page.text and 'id="do-reply-to-body"' in page.text, "the asker sees it, and can reply")
    body, head = multipart({"once": page.field("once"), "asker-reply": "None in particular."}, [("inquiry-files", "n.txt", "text/plain", b"a note\n")])
    tap.equal(visitor.ask("POST", f"{path}/draft-answer", body, head).status, 404, "no step of the body by the link")
    done = visitor.ask("POST", f"{path}/reply-to-body", body, head)
    tap.check(done.status == 303 and done.location == path, "a reply with a file", done.status, done.text[-900:])
    tap.equal(visitor.ask("POST", f"{path}/reply-to-body", body, head).status, 303, "twice is once")
    page = visitor.get(path)
    tap.check('data-state="inquired"' in page.text and "do-reply-to-body" not in page.text, "it is the body's turn again")
    officer = Visitor(server, "applicant")
    tap.equal(officer.get(case).status, 404, "2.1.3-2 a maker does not see the case")


def test_alike(tap, server):
    visitor = Visitor(server)
    same = asks(**{"inquiry-title": "default password on a sticker", "inquiry-text": "May the default password that differs by device be printed on a sticker?"})
    page = send(visitor, "inquiry", same)
    tap.check(page.status == 200 and 'id="alike"' in page.text and "HQ" in page.text, "4.10-1 the same question: the answer is shown first", page.status)
    tap.check('name="sure"' in page.text and page.field("once"), "and it can be sent all the same")
    page = send(visitor, "inquiry", {**same, "sure": "yes"}, once=page.field("once"))
    tap.equal(page.status, 303, "which files it")
    ja = send(Visitor(server, language="ja"), "inquiry", {"inquiry-title": "パスワードのシール", "inquiry-text": "機器ごとの初期パスワードをシールに印刷してよいですか"})
    tap.check(ja.status == 200 and 'id="alike"' in ja.text, "in Japanese, without words being cut", ja.status)
    for query, wanted in (("パスワード シール", 1), ("sticker", 1), ("zzzzqqqq", 0)):
        found = Api(server.url).get(f"/api/v1/inquiries?q={re.sub(' ', '+', __import__('urllib.parse', fromlist=['quote']).quote(query, safe=' '))}").body["inquiries"]
        tap.check(len(found) >= wanted if wanted else not found, f"the API finds {query}", len(found))
    one = Api(server.url).get("/api/v1/inquiries").body["inquiries"][0]
    tap.check(set(one) == {"number", "day", "edition", "criteria", "question", "answer", "replaced_by"}, "and says nothing of who asked", one)


def typed(visitor, text, headers=None, language="en"):
    return visitor.ask("POST", f"/alike?lang={language}", urlencode({"q": text}).encode(),
                       {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})})


def test_typed(tap, server, data):
    visitor, scripted = Visitor(server), []
    for path in ("/", "/open", "/open/misuse", "/open/inquiry", "/signin", "/labels", "/inquiries"):
        page = visitor.get(path)
        policy = page.headers["content-security-policy"]
        if "<script" in page.text:
            scripted.append(path)
        allowed = "script-src 'self'" in policy
        tap.check(allowed == (path == "/open/inquiry") and "unsafe" not in policy and ("script-src 'none'" in policy or "default-src 'none'" in policy or allowed),
                  f"{path}: scripts are allowed where there is one, and nowhere else", policy)
    tap.equal(scripted, ["/open/inquiry"], "the one page with a script")
    page = visitor.get("/open/inquiry").text
    tap.check(len(re.findall(r"<script", page)) == 1 and re.search(r'<script src="/static/alike\.js\?v=[0-9a-f]{16}" defer></script>', page) and "neither kept nor logged" in page,
              "it is a file of ours, and the page says what becomes of what is typed")
    got = visitor.get(re.search(r"/static/alike\.js[^\"]*", page)[0])
    tap.check(got.status == 200 and got.headers["content-type"].startswith("text/javascript"), "the file is there")
    got = typed(visitor, "May a default password be printed on a sticker? Jabberwock")
    found = json.loads(got.text)
    tap.check(got.status == 200 and 1 <= len(found["answers"]) <= 5 and found["said"] and got.headers["cache-control"] == "no-store",
              "4.10-1 answers like what is typed", got.status, got.text[:200])
    tap.check(set(found["answers"][0]) == {"number", "lang", "question", "answer", "link"}, "and nothing of who asked", found["answers"][0])
    ja = json.loads(typed(visitor, "機器ごとの初期パスワードをシールに印刷", language="ja").text)
    tap.check(ja["answers"] and "公表済み" in ja["said"], "in Japanese", ja["said"])
    none = json.loads(typed(visitor, "zzzzqqqq").text)
    tap.check(none["answers"] == [] and none["said"], "none is like it: that is said", none)
    tap.check(typed(visitor, "x" * 60000).status == 200 and typed(visitor, "").status == 200, "much and nothing are no harm")
    tap.equal(visitor.ask("POST", "/alike", b"q=x&who=y", {"Content-Type": "application/x-www-form-urlencoded"}).status, 422, "no other field")
    tap.equal(visitor.ask("POST", "/alike", b"q=x", {"Content-Type": "application/x-www-form-urlencoded", "Origin": "https://other.example"}).status, 403, "not from elsewhere")
    log = Path(str(data) + ".log").read_text(errors="replace")
    held = b"".join(f.read_bytes() for f in data.rglob("*") if f.is_file())
    tap.check("/alike" in log and "Jabberwock" not in log and b"Jabberwock" not in held, "what was typed is in no log and in no file")


def test_typed_limits(tap, server):
    visitor, answered = Visitor(server), 0
    while answered < 700 and typed(visitor, "sticker", {"X-Forwarded-For": "203.0.113.77"}).status == 200:
        answered += 1
    late = typed(visitor, "sticker", {"X-Forwarded-For": "203.0.113.77"})
    tap.check(answered == 600 and late.status == 429 and int(late.headers["retry-after"]) > 0, "so often from one address in an hour", answered, late.status)
    tap.equal(typed(visitor, "sticker", {"X-Forwarded-For": "203.0.113.78"}).status, 200, "another address is another's")
    page = send(visitor, "inquiry", asks(), headers={"X-Forwarded-For": "203.0.113.77"})
    tap.equal(page.status, 303, "the question itself is taken all the same")


def test_api(tap, server):
    api, key = Api(server.url), secrets.token_urlsafe(24)
    answer = api.call("POST", "/api/v1/open/inquiry", asks(), {"Idempotency-Key": key})
    tap.check(answer.status == 201 and answer.body["state"] == "inquired" and len(answer.body["link"]) == 64, "one call, without a key",
              answer.status, answer.body)
    again = api.call("POST", "/api/v1/open/inquiry", asks(), {"Idempotency-Key": key})
    tap.check(again.body["link"] == answer.body["link"] and again.headers.get("idempotency-replayed") == "true", "the same again")
    guess = hashlib.sha256(b"link\n" + key.encode()).hexdigest()
    tap.equal(Api(server.url, guess).get(f"/api/v1/cases/{answer.body['id']}").status, 401, "who guesses the key has no link by it")
    tap.equal(api.call("POST", "/api/v1/open/inquiry", asks(), {"Idempotency-Key": "short"}).body["code"], "malformed-once", "a key that could be guessed")
    tap.equal(api.call("POST", "/api/v1/open/inquiry", asks(), {}).status, 400, "none at all")
    tap.equal(api.call("POST", "/api/v1/open/certified", {}, {"Idempotency-Key": key}).status, 404, "what no rule opens")
    wrong = api.call("POST", "/api/v1/open/inquiry", {"inquiry-text": "x"}, {"Idempotency-Key": secrets.token_urlsafe(24)})
    tap.check(wrong.status == 422 and wrong.body["errors"][0]["pointer"] == "/inquiry-title", "a field is missing", wrong.body)
    own = Api(server.url, answer.body["link"])
    case = answer.body["id"]
    seen = own.get(f"/api/v1/cases/{case}")
    tap.check(seen.status == 200 and seen.body["fields"]["inquiry-title"] == "Zxqv wjkp" and seen.body["told"], "the link is a key to the case", seen.status)
    for path in ("/api/v1/cases", "/api/v1/labels-of-mine", "/api/v1/requests", f"/api/v1/cases/{case}/letters"):
        tap.equal(own.get(path).status, 401, f"and to nothing else: {path}")
    other = api.call("POST", "/api/v1/open/inquiry", asks(), {"Idempotency-Key": secrets.token_urlsafe(24)}).body
    tap.equal(own.get(f"/api/v1/cases/{other['id']}").status, 404, "not to another's case")
    taken = own.call("POST", f"/api/v1/cases/{case}/steps/take-back-inquiry", {}, {"Idempotency-Key": "k1", "If-Match": "*"})
    tap.check(taken.status == 200 and taken.body["state"] == "inquiry-taken-back", "a step by the link", taken.body)
    body, head = multipart({"fields": json.dumps({"misuse-kind": "other", "claim-text": "by API"})}, [("misuse-pictures", "a.png", "image/png", PNG)])
    visitor = Visitor(server)
    page = visitor.ask("POST", "/api/v1/open/misuse", body, {**head, "Idempotency-Key": secrets.token_urlsafe(24)})
    tap.check(page.status == 201 and json.loads(page.text)["receipt"].startswith("HR"), "with a file, as multipart", page.status, page.text[:300])


def test_numbers(tap, server):
    number = Api(server.url).get("/api/v1/labels?status=valid").body["labels"][0]["number"]
    at = number.index("-") + 1
    like = number[:at] + ("7" if number[at] != "7" else "8") + number[at + 1:]
    visitor = Visitor(server)
    for _ in range(3):
        tap.equal(visitor.get(f"/L/{like.lower()}").status, 404, "a number that is none")
    visitor.get("/L/%3Cscript%3E"), visitor.get("/L/" + "A1" * 30)
    page = Visitor(server, "operational-personnel").get("/claims")
    row = re.search(rf"<b>{like}</b>.*?</tr>", page.text, re.S)
    tap.check(row and number in row.group(0) and ">3" in row.group(0), "it is counted, and what it resembles is found", row and row.group(0))
    tap.check("A1A1A1" not in page.text, "what cannot be a number is not")
    label = Visitor(server).get(f"/L/{number}?lang=en")
    tap.check(f'/open/misuse?lang=en&amp;label={number}"' in label.text and "/open/inquiry" in label.text, "the label's page leads to the forms")
    published = Visitor(server).get("/misuse")
    tap.check(published.status == 200 and "HM" in published.text and "stranger@example.test" not in published.text, "published facts, without who reported")


def test_late(tap, server):
    visitor = Visitor(server)
    token = visitor.get("/open/inquiry").field("once")
    Visitor(server, "operational-personnel").send("/demo/time", "/demo/time", {"days": "1"})
    page = send(visitor, "inquiry", asks(), once=token)
    tap.check(page.status == 409 and "too old" in page.text, "a form of yesterday is told to be too old", page.status)
    page = send(visitor, "inquiry", asks(), once=page.field("once"))
    tap.equal(page.status, 303, "and its page can be sent again as it stands")


def test_limits(tap, server):
    visitor, taken = Visitor(server), 0
    for _ in range(25):
        page = send(visitor, "inquiry", asks(), headers={"X-Forwarded-For": "203.0.113.9"})
        if page.status != 303:
            break
        taken += 1
    tap.check(taken == 20 and page.status == 429 and int(page.headers["retry-after"]) > 0, "so many from one address in an hour", taken, page.status)
    tap.check("Too many" in page.text, "and a page says so")
    answer = Api(server.url).call("POST", "/api/v1/open/inquiry", asks(), {"Idempotency-Key": secrets.token_urlsafe(24), "X-Forwarded-For": "203.0.113.9"})
    tap.check(answer.status == 429 and answer.body["code"] == "too-many-filings", "the API counts with it", answer.status)
    page = send(visitor, "inquiry", asks(), headers={"X-Forwarded-For": "203.0.113.10"})
    tap.equal(page.status, 303, "another address is another's")
    page = send(visitor, "inquiry", asks(), headers={"X-Forwarded-For": "2001:db8:1:2::1"})
    tap.equal(page.status, 303, "and so is a network of IPv6")


tap = Tap()
with tempfile.TemporaryDirectory() as folder:
    data = Path(folder) / "data"
    server = Server(data, words=["--log"]).start()
    try:
        test_forms(tap, server)
        link = test_filing(tap, server)
        test_numbers(tap, server)
        test_reply(tap, server, link)
        test_alike(tap, server)
        test_typed(tap, server, data)
        server.stop()
        server = Server(data, words=["--log"]).start()  # limits are counted in memory: they begin anew
        test_refusals(tap, server)
        test_files(tap, server, data)
        test_api(tap, server)
        server.stop()
        log = Path(str(data) + ".log").read_text(errors="replace")
        tap.check("/follow" in log and link[8:] not in log, "the log holds no link")
        database = (data / "casework.db").read_bytes() if (data / "casework.db").exists() else b""
        tap.check(link[8:].encode() not in database, "nor does the database")
        server = Server(data).start()
        test_typed_limits(tap, server)
        test_limits(tap, server)
        test_late(tap, server)
    finally:
        server.__exit__()
    done = subprocess.run([HOSHI, "replay", "--check", "--data", str(data)], capture_output=True, text=True, check=False)
    tap.check(done.returncode == 0, "6.4-1 every row follows from the journal", done.stdout[-400:], done.stderr[-400:])
tap.end()
