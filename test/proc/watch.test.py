#!/usr/bin/env python3
# watch.test.py: a server's watch: a file, an address, what is hostile; the loop: 4.8.3-1, 4.8.1-1, 4.6.3-1, 6.5-6.
# SPDX-License-Identifier: Apache-2.0
# test: engines seconds=600
import datetime
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from client import HOSHI, Api, Server, children, free_port  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
folder = tempfile.mkdtemp()
MARKER = "planted-9d3e"
IN_A_MONTH = (datetime.date.today() + datetime.timedelta(30)).isoformat()


def cve(number, vendor, product, text, vector="CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", updated="2026-11-02"):
    org = "00000000-0000-4000-8000-000000000000"
    return {"dataType": "CVE_RECORD", "dataVersion": "5.1",
            "cveMetadata": {"cveId": number, "assignerOrgId": org, "state": "PUBLISHED",
                            "datePublished": "2026-11-01T00:00:00.000Z", "dateUpdated": updated + "T00:00:00.000Z"},
            "containers": {"cna": {"providerMetadata": {"orgId": org}, "title": text,
                                   "descriptions": [{"lang": "en", "value": text}],
                                   "affected": [{"vendor": vendor, "product": product, "defaultStatus": "affected"}],
                                   "metrics": [{"cvssV3_1": {"version": "3.1", "vectorString": vector, "baseScore": 9.8,
                                                             "baseSeverity": "CRITICAL"}}],
                                   "references": [{"url": f"https://cve.example/{number}"}]}}}


def wait_until(holds, seconds=40):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = holds()
        if found:
            return found
        time.sleep(0.1)
    return None


class Feed(http.server.BaseHTTPRequestHandler):
    """A feed's server: what it has, an ETag, and ways to lead a reader astray."""
    body, asked = b"[]", []

    def do_GET(self):
        Feed.asked.append((self.path, dict(self.headers)))
        if self.path == "/astray":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        elif self.headers.get("If-None-Match") == '"one"':
            self.send_response(304)
            self.end_headers()
        else:
            self.send_response(200)
            self.send_header("ETag", '"one"')
            self.send_header("Content-Length", str(len(Feed.body)))
            self.end_headers()
            self.wfile.write(Feed.body)

    def log_message(self, *words):
        pass


def cases(api, procedure):
    return [one for one in api.call("GET", "/api/v1/cases?limit=500").body["cases"] if one["procedure"] == procedure]


def begin_feed(api, place, kind="cve5", expect=200):
    case = api.call("POST", "/api/v1/cases", {"procedure": "feed"}, {"Idempotency-Key": os.urandom(9).hex()}).body["id"]
    api.step(case, "declare-no-conflict", {})
    answer = api.step(case, "begin-feed", {"feed-name": "架空の公表元", "feed-kind": kind, "feed-place": place, "feed-hours": 1})
    tap.check(answer.status == expect, f"a feed at {place[:40]}: {expect}", answer.raw[:300])
    return case


def hoshi(*words):
    done = subprocess.run([HOSHI, *words], capture_output=True, text=True, check=False,
                          env=dict(os.environ, LANG="en_US.UTF-8"))
    return done.returncode, done.stdout + done.stderr


web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Feed)
threading.Thread(target=web.serve_forever, daemon=True).start()
place = f"http://127.0.0.1:{web.server_port}"
data = folder + "/data"
with Server(data) as server:
    tm, op = server.api("technical-manager"), server.api("operational-personnel")
    maker = server.api("applicant")
    label = [one for one in maker.get("/api/v1/labels-of-mine").body["labels"] if one["status"] == "valid"][-1]
    label = Api(server.url).get(f"/api/v1/labels/{label['number']}").body
    vendor, model = label["registrant"]["ja"], label["models"][0]
    names = [Path(f"/proc/{pid}/comm").read_text().strip() for pid in children(server.process.pid)]
    tap.check("hoshi-watch" in names, "the watch is a process of its own", names)

    # ---- the loop
    os.makedirs(data + "/feeds/loop")
    begin_feed(tm, "feeds/loop")
    began = time.monotonic()
    Path(data + "/feeds/loop/1.json").write_text(json.dumps(cve("CVE-2026-91001", vendor, model, MARKER)), encoding="utf-8")
    found = wait_until(lambda: [one for one in cases(tm, "vulnerability") if one["label"] == label["number"]
                                and one["state"] == "action-proposed"])
    tap.check(found, "4.8.3-1 an advisory that appears is a case before the Technical Manager", server.log_tail())
    case = found[0]["id"]
    whole = tm.call("GET", f"/api/v1/cases/{case}").body
    tap.check(whole["fields"]["importance"] == "serious" and model in whole["fields"]["matched-models"],
              "4.8.3-1 with its importance and the models that match", str(whole)[:300])
    tap.check(not [one for one in cases(server.api("applicant"), "vulnerability")], "6.5-6 the registrant sees nothing of it")
    tap.check(server.api("managing-director").call("GET", f"/api/v1/cases/{case}").status == 404, "6.5-6 nor who does not need it")
    tm.step(case, "declare-no-conflict", {})
    answer = tm.step(case, "order-surveillance", {"surveillance-cause": "vulnerability", "reasons": MARKER,
                                                    "watch-until": IN_A_MONTH})
    tap.check(answer.status == 200, "4.6.3-1 the Technical Manager orders surveillance", answer.raw[:300])
    surveillance = [one for one in cases(tm, "surveillance") if one["label"] == label["number"]]
    tap.check(surveillance and surveillance[0]["state"] == "ordered", "4.6.3-1 its case is open", str(surveillance)[:300])
    notice = maker.call("POST", "/api/v1/cases", {"procedure": "security-notice", "label": label["number"]},
                        {"Idempotency-Key": "loop-notice"}).body["id"]
    for step, api, fields in [
            ("apply", maker, {"security-kind": "advisory", "security-title": {"ja": "輪の公示", "en": "Notice of the loop"},
                              "security-summary": {"ja": "架空の概要", "en": "A fictional summary"}, "cves": "CVE-2026-91001",
                              "cvss": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "affected-version": "1.0", "remedy": "workaround",
                              "remedy-text": {"ja": "使用を止める", "en": "Stop using it"},
                              "release-day": time.strftime("%Y-%m-%d", time.gmtime(time.time() + 9 * 3600))}),
            ("declare-no-conflict", op, {}), ("confirm-notice", op, {"outcome": "conforms"}),
            ("declare-no-conflict", tm, {}), ("publish-notice", tm, {})]:
        answer = api.step(notice, step, fields)
        if answer.status != 200:
            tap.check(False, f"4.8.1-1 the notice: {step}", answer.raw[:500])
    page = wait_until(lambda: b"Notice of the loop" in Api(server.url).get(f"/L/{label['number']}?lang=en").raw)
    tap.check(page, "4.8.1-1 the registrant's notice stands on the label page")
    took = time.monotonic() - began
    tap.check(took < 60, f"from the advisory to the order and the notice on the label page: {took:.1f} s")

    # ---- an address
    web_case = begin_feed(tm, place + "/feed.json")
    time.sleep(3)
    tap.check(not Feed.asked, "an address that is not public is not connected to")
    Feed.body = json.dumps([cve("CVE-2026-91002", vendor, model, MARKER + " web")]).encode()
    code, said = hoshi("watch", "--data", data, "--watch-private")
    tap.check(code == 0 and Feed.asked and "1 put forward" in said, "with --watch-private it is read", said)
    code, said = hoshi("watch", "--data", data, "--watch-private")
    tap.check(code == 0 and Feed.asked[-1][1].get("If-None-Match") == '"one"', "and asked for by its ETag the next time", said)
    begin_feed(tm, place + "/astray")
    begin_feed(tm, "ftp://feeds.example/", expect=422)
    begin_feed(tm, "feeds/../head.key", expect=422)
    code, said = hoshi("watch", "--data", data, "--watch-private")
    tap.check(code == 0, "a redirect to a file leads nowhere, and stops no other feed", said)

    # ---- what is hostile
    os.makedirs(data + "/feeds/xml")
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9)) + "]><a>&j;</a>"
    Path(data + "/feeds/xml/bomb.xml").write_text(bomb)
    Path(data + "/feeds/xml/file.xml").write_text('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')
    Path(data + "/feeds/xml/cut.xml").write_text("<rdf:RDF xmlns:rdf='x'><item>")
    begin_feed(tm, "feeds/xml", "myjvn")
    with open(data + "/feeds/large.json", "w", encoding="utf-8") as file:
        record = json.dumps(cve("CVE-2026-9%04d", "無関係", "X-1", "x" * 1500))
        file.write("[")
        for i in range(50000):
            file.write(("," if i else "") + record.replace("CVE-2026-9%04d", f"CVE-2025-{10000 + i}"))
        file.write("]")
    size = os.path.getsize(data + "/feeds/large.json")
    begin_feed(tm, "feeds/large.json")
    began = time.monotonic()
    code, said = hoshi("watch", "--data", data, "--watch-private")
    tap.check(code == 0 and size > 100_000_000, f"a feed of {size // 1_000_000} MB and 50,000 records: {time.monotonic() - began:.0f} s", said)
    tap.check(tm.get("/api/v1/cases?limit=1").status == 200, "the portal goes on beside it")

    # ---- what stands of it in DATA
    server.stop()
    planted = []
    for path in Path(data).rglob("*"):
        if path.is_file() and "feeds" not in path.parts and MARKER.encode() in path.read_bytes():
            planted.append(str(path))
    tap.check(not planted, "6.5-6 nothing of what was planted stands in DATA", planted)
    os.rename(data + "/seal.key", data + "/seal.aside")
    done = subprocess.run([HOSHI, "serve", "--data", data, "--listen", f"127.0.0.1:{free_port()}", "--demo"],
                          capture_output=True, text=True, timeout=60, check=False)
    tap.check(done.returncode != 0 and "seal.key" in done.stderr, "6.5-6 without its key nothing is served", done.stderr[-300:])
    code, said = hoshi("replay", "--check", "--data", data)
    tap.check(code == 0, "6.5-6 and every row is rebuilt without it", said[-300:])
    os.rename(data + "/seal.aside", data + "/seal.key")
web.shutdown()
tap.end()
