#!/usr/bin/env python3
# feeds.test.py: MyJVN and CSAF feeds from a server of their own, by the schedule: 4.8.3-1.
# SPDX-License-Identifier: Apache-2.0
#
# ETag and Last-Modified with 304, redirects, answers that are slow, huge, cut, endless, broken or not to be trusted;
# what they say is that of the samples, which the standards' own validators judge (test/advisory).
# test: engines seconds=900
import http.server
import os
import re
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "test"), str(TOP / "test/web")]
from client import Api, Server  # noqa: E402
from tap import Tap  # noqa: E402
from visitor import Visitor  # noqa: E402

tap = Tap()
folder = Path(tempfile.mkdtemp())
SAMPLES = TOP / "test/advisory/samples"


def wait_until(holds, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = holds()
        if found:
            return found
        time.sleep(0.1)
    return None


class Feeds(http.server.BaseHTTPRequestHandler):
    """Pages by path, with what makes a reader's life easy or hard."""
    pages, asked = {}, []
    protocol_version = "HTTP/1.1"

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        Feeds.asked.append((self.path, dict(self.headers)))
        try:
            getattr(self, "page_" + self.path.strip("/").split(".")[0], self.page)()
        except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
            self.close_connection = True

    def page(self):
        body, etag, modified = Feeds.pages[self.path]
        if (etag and self.headers.get("If-None-Match") == etag) or (
                modified and not etag and self.headers.get("If-Modified-Since") == modified):
            self.answer(304, **({"ETag": etag} if etag else {}))
        else:
            self.answer(200, body, **({"ETag": etag} if etag else {}), **({"Last_Modified": modified} if modified else {}))

    def page_moved(self):
        self.answer(302, Location="/elsewhere")

    def page_elsewhere(self):
        self.answer(301, Location="/target.json")

    def page_loop(self):
        self.answer(302, Location="/loop")

    def page_down(self):
        self.answer(503, b"<html>later</html>", Retry_After="60")

    def page_huge(self):
        self.send_response(200)
        self.send_header("Content-Length", str(300 << 20))
        self.end_headers()
        self.wfile.write(b"[" * 1000)
        self.close_connection = True

    def page_endless(self):
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        while True:
            self.wfile.write(b"[ \n" * 100_000)

    def page_cut(self):
        body = Feeds.pages["/whole"][0]
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"cut"')
        self.end_headers()
        self.wfile.write(body[:len(body) // 2])
        self.close_connection = True

    def page_slow(self):
        self.send_response(200)
        self.send_header("Content-Length", "5000")
        self.end_headers()
        for _ in range(60):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(2)
        self.close_connection = True

    def log_message(self, *words):
        pass


def serve(context=None):
    web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Feeds)
    web.daemon_threads = True
    if context:
        web.socket = context.wrap_socket(web.socket, server_side=True)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    return web


def certificate():
    """One that nobody vouches for."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-keyout", key, "-out", cert], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


def asked(path):
    return [headers for at, headers in Feeds.asked if at == path]


def cases(api):
    return [one for one in api.get("/api/v1/cases?limit=500").body["cases"] if one["procedure"] == "vulnerability"]


def fields_of(api, named):
    """The case of the label whose advisory has that id."""
    for one in cases(api):
        fields = api.get(f"/api/v1/cases/{one['id']}").body["fields"]
        if one["label"] == label["number"] and fields.get("advisory-id") == named:
            return fields
    return None


def begin_feed(api, place, kind):
    case = api.call("POST", "/api/v1/cases", {"procedure": "feed"}, {"Idempotency-Key": os.urandom(9).hex()}).body["id"]
    api.step(case, "declare-no-conflict", {})
    answer = api.step(case, "begin-feed", {"feed-name": "架空の公表元", "feed-kind": kind, "feed-place": place, "feed-hours": 1})
    tap.check(answer.status == 200, f"a feed of {kind} at {place[-14:]} begins", answer.raw[:300])
    return case


def row_of(case):
    """The feed's row on the page of feeds, in words."""
    page = Visitor(server, "technical-manager", language="en").get("/feeds").text
    found = re.search(rf'<tr><td><b><a href="/cases/{case}">.*?</tr>', page, re.S)
    return re.sub(r"<[^>]+>", " ", found.group(0)) if found else ""


def goes_wrong(case, words, what, seconds=60):
    tap.check(wait_until(lambda: words in row_of(case), seconds), what, row_of(case))


def a_day_on():
    visitor = Visitor(server, language="en")
    answer = visitor.send("/demo/time", "/demo/time", {"days": "1"})
    tap.check(answer.status == 303, "a day passes", answer.status)


def named(text, title):
    """A sample about the labelled product, under ids of its own."""
    for was, now in (("星野電機株式会社", label["registrant"]["ja"]), ("ネットワークカメラ HC-100A", label["models"][0]),
                     ("HC-100A ファームウェア", label["models"][0]), ('"HC-100A", "HC-100A-W"', f'"{label["models"][0]}"'),
                     ("HC-100A", label["models"][0]), ("JVNDB-2026-000001", title), ("CVE-2026-10001", "CVE-2026-" + title[-5:]),
                     ("TSUKIYO-VEX-1", title), ("Tsukiyo", label["registrant"]["ja"]), ("TR-2000", label["models"][0]),
                     ("HD-2026-01", title), ("hd-2026-01", title.lower()), ("cpe:2.3:h:hoshino_denki:hc-100a:", "cpe:2.3:h:fictional:other:"),
                     ("cpe:/o:hoshino_denki:hc-100a_firmware", "cpe:/o:fictional:other_firmware")):
        text = text.replace(was, now)
    return text


web, secret = serve(), serve(certificate())
place, safe = f"http://127.0.0.1:{web.server_port}", f"https://localhost:{secret.server_port}"
server = Server(folder / "data", words=("--watch-private",)).start(180)
tm = server.api("technical-manager")
number = [one for one in server.api("applicant").get("/api/v1/labels-of-mine").body["labels"] if one["status"] == "valid"][-1]["number"]
label = Api(server.url).get(f"/api/v1/labels/{number}").body
overview = (SAMPLES / "myjvn-overview.xml").read_text(encoding="utf-8")
details = (SAMPLES / "vuldef.xml").read_text(encoding="utf-8")
csaf = (SAMPLES / "csaf.json").read_text(encoding="utf-8")
vex = (SAMPLES / "vex.json").read_text(encoding="utf-8")

# ---- what is said by each, as their standards have it
Feeds.pages = {"/overview.xml": (named(overview, "JVNDB-2026-900001").encode(), '"one"', "Tue, 01 Dec 2026 00:00:00 GMT"),
               "/details.xml": (named(details, "JVNDB-2026-900002").encode(), None, "Tue, 01 Dec 2026 00:00:00 GMT"),
               "/csaf.json": (named(csaf, "FC-2026-90003").encode(), '"c1"', None),
               "/vex.json": (named(vex, "FV-2026-90004").encode(), '"v1"', None),
               "/target.json": (named(csaf, "FC-2026-90005").encode(), '"t1"', None),
               "/whole": (named(csaf, "FC-2026-90006").encode(), None, None),
               "/error.xml": ((SAMPLES / "myjvn-error.xml").read_bytes(), '"e1"', None),
               "/other.json": (Path(SAMPLES / "cve.json").read_bytes(), '"o1"', None)}
feeds = {path: begin_feed(tm, place + path, kind) for path, kind in (
    ("/overview.xml", "myjvn"), ("/details.xml", "myjvn"), ("/csaf.json", "csaf"), ("/vex.json", "csaf"), ("/moved", "csaf"))}
for advisory, kind, score in (("JVNDB-2026-900001", "jvn", 98), ("JVNDB-2026-900002", "jvn", 98), ("FC-2026-90003", "csaf", 98),
                              ("FC-2026-90005", "csaf", 98)):
    fields = wait_until(lambda: fields_of(tm, advisory)) or {}
    tap.check(fields.get("advisory-kind") == kind and label["models"][0] in fields.get("matched-models", []),
              f"4.8.3-1 {advisory} is matched to the labelled model", str(fields)[:600], server.log_tail())
    tap.check("の脆弱性" in fields.get("advisory-title", ""), "with its words", fields.get("advisory-title"))
    tap.check(fields.get("cvss-tenths") == score and fields.get("cvss-vector", "").startswith("CVSS:3."), "and its severity", fields.get("cvss-vector"))
fields = fields_of(tm, "JVNDB-2026-900001") or {}
tap.check(fields.get("advisory-published") == "2026-11-30" and fields.get("advisory-modified") == "2026-12-01", "its days are those of Tokyo",
          str(fields)[:300])
tap.check(asked("/vex.json") and not fields_of(tm, "FV-2026-90004"), "4.8.3-1 of what a maker says is not affected no case is made")
tap.check(asked("/elsewhere") and asked("/target.json"), "two redirects are followed")
tap.check("nothing" in row_of(feeds["/overview.xml"]) and not any("If-None-Match" in one for one in asked("/overview.xml")), "the page says that all went well",
          row_of(feeds["/overview.xml"]))

# ---- the next time: by what each server gave to know it by
before = len(cases(tm))
a_day_on()
tap.check(wait_until(lambda: len(asked("/overview.xml")) > 1 and len(asked("/details.xml")) > 1 and len(asked("/target.json")) > 1),
          "when it is due each is asked for again", Feeds.asked[-6:])
tap.equal(asked("/overview.xml")[-1].get("If-None-Match"), '"one"', "by its ETag")
tap.equal(asked("/details.xml")[-1].get("If-Modified-Since"), "Tue, 01 Dec 2026 00:00:00 GMT", "or by the day of its last change")
tap.equal(asked("/target.json")[-1].get("If-None-Match"), '"t1"', "after a redirect by that of the page itself")
time.sleep(2)
tap.equal(len(cases(tm)), before, "unchanged: no case more")
tap.check("nothing" in row_of(feeds["/overview.xml"]), "and nothing went wrong", row_of(feeds["/overview.xml"]))
newer = named(overview, "JVNDB-2026-900001").replace("2026-12-01T00:10+09:00", "2026-12-02T00:10+09:00").replace("の脆弱性</title>", "の脆弱性（更新）</title>")
Feeds.pages["/overview.xml"] = (newer.encode(), '"two"', None)
a_day_on()
tap.check(wait_until(lambda: "(更新)" in (fields_of(tm, "JVNDB-2026-900001") or {}).get("advisory-title", "")),
          "4.8.3-1 what was modified is brought up to date", server.log_tail())
tap.equal(len(cases(tm)), before, "on the case that is there")

# ---- what is slow, huge, cut, broken, or not to be trusted: said, and in nobody's way
wrong = {path: begin_feed(tm, place + path, kind) for path, kind in (
    ("/loop", "csaf"), ("/down", "csaf"), ("/huge", "csaf"), ("/cut", "csaf"), ("/error.xml", "myjvn"), ("/other.json", "csaf"),
    ("/endless", "csaf"))}
wrong["https"] = begin_feed(tm, safe + "/csaf.json", "csaf")
for path, words in (("/loop", "The feed cannot be read"), ("/down", "The feed cannot be read"), ("/huge", "This is too large"),
                    ("/cut", "The feed cannot be read"), ("/error.xml", "The advisory is not well formed"),
                    ("/other.json", "The advisory is not well formed"), ("/endless", "This is too large"), ("https", "The feed cannot be read")):
    goes_wrong(wrong[path], words, f"{path}: {words}", 120)
tap.check(len(asked("/loop")) <= 12, "redirects end", len(asked("/loop")))
tap.check(not fields_of(tm, "FC-2026-90006"), "of what was cut nothing is taken in")
tap.equal(len(cases(tm)), before, "nor of all that")
tap.check(tm.get("/api/v1/cases?limit=1").status == 200, "the portal goes on beside it")
seen = len(asked("/error.xml"))
a_day_on()
tap.check(wait_until(lambda: len(asked("/error.xml")) > seen, 120) and not asked("/error.xml")[-1].get("If-None-Match"),
          "what could not be read is asked for whole again", asked("/error.xml")[-1])
goes_wrong(wrong["/error.xml"], "The advisory is not well formed", "and still said to be wrong")
Feeds.pages["/error.xml"] = (named(overview, "JVNDB-2026-900007").encode(), '"e1"', None)
a_day_on()
tap.check(wait_until(lambda: fields_of(tm, "JVNDB-2026-900007"), 120), "once it is mended it is taken in", server.log_tail())
tap.check(wait_until(lambda: "nothing" in row_of(wrong["/error.xml"])), "and no longer said to be wrong", row_of(wrong["/error.xml"]))

# ---- slow: given up after a minute
begun = time.monotonic()
slow = begin_feed(tm, place + "/slow", "csaf")
goes_wrong(slow, "The feed cannot be read", "what comes a byte at a time is given up", 150)
tap.check(40 < time.monotonic() - begun < 140, f"after a minute: {time.monotonic() - begun:.0f} s")
server.stop()
web.shutdown()
secret.shutdown()
tap.end()
