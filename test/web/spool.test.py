#!/usr/bin/env python3
# spool.test.py: what lies on the disk while a file comes in: nothing that can be read, and no name (6.5-6).
# SPDX-License-Identifier: Apache-2.0
import json
import secrets
import socket
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from client import Server  # noqa: E402
from tap import Tap  # noqa: E402

MARKER = b"planted-" + secrets.token_hex(8).encode()
CONTENT = (MARKER + b" ") * 12000  # some 300 KB: several blocks


def begin(server, head, part):
    """A request of which a part has arrived."""
    talk = socket.create_connection((urlsplit(server.url).hostname, server.port), timeout=20)
    talk.sendall(head + part)
    until = time.monotonic() + 10
    while sum(map(len, server.spooled())) < len(part) // 2 and time.monotonic() < until:
        time.sleep(0.05)
    return talk


def answer(talk):
    got = b""
    while more := talk.recv(65536):
        got += more
    talk.close()
    return got


def head(method, path, length, headers):
    lines = [f"{method} {path} HTTP/1.1", "Host: x", "Connection: close", f"Content-Length: {length}", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def on_disk(server):
    """Names of DATA in which the marker stands, and of what lies in the spool."""
    found = [str(path) for path in Path(server.data).rglob("*") if path.is_file() and MARKER in path.read_bytes()]
    return found + [str(path) for path in (Path(server.data) / "spool").iterdir()]


def check_under_way(tap, server, what):
    spooled = server.spooled()
    tap.check(sum(map(len, spooled)) > 100000, f"{what}: it lies on the disk as it comes in", list(map(len, spooled)))
    tap.check(not any(MARKER in one for one in spooled), f"{what}: 6.5-6 and cannot be read there")
    tap.none(on_disk(server), f"{what}: nor anywhere else in DATA, nor has it a name")


def sealed_case(server):
    maker = server.api("applicant")
    label = maker.get("/api/v1/labels-of-mine").body["labels"][0]["number"]
    opened = maker.call("POST", "/api/v1/cases", {"procedure": "vulnerability", "label": label}, {"Idempotency-Key": "spool"})
    return maker, opened.body["id"]


def test_put(tap, server):
    maker, case = sealed_case(server)
    path = f"/api/v1/cases/{case}/files/proof.bin"
    headers = [f"Authorization: Bearer {maker.key}", "Content-Type: application/octet-stream"]
    talk = begin(server, head("PUT", path, len(CONTENT), headers), CONTENT[:200000])
    check_under_way(tap, server, "PUT")
    talk.sendall(CONTENT[200000:])
    tap.check(b" 201 " in answer(talk)[:20], "it is taken when it is whole")
    got = maker.get(path)
    tap.check(got.raw == CONTENT, "and read again as it came", got.status, len(got.raw))
    tap.none(on_disk(server), "6.5-6 on the case it is sealed")
    tap.none(server.spooled(), "and the spool is empty")


def test_multipart(tap, server):
    fields = json.dumps({"report-title": "x1", "report-text": "y"})
    body = (f'--boundary17\r\nContent-Disposition: form-data; name="fields"\r\n\r\n{fields}\r\n').encode()
    for name in ("a.bin", "b.bin"):
        body += (f'--boundary17\r\nContent-Disposition: form-data; name="report-files"; filename="{name}"\r\n'
                 "Content-Type: application/octet-stream\r\n\r\n").encode() + name.encode() + CONTENT + b"\r\n"
    body += b"--boundary17--\r\n"
    headers = ["Content-Type: multipart/form-data; boundary=boundary17", f"Idempotency-Key: {secrets.token_urlsafe(24)}"]
    talk = begin(server, head("POST", "/api/v1/open/vulnerability", len(body), headers), body[:500000])
    check_under_way(tap, server, "multipart")
    talk.sendall(body[500000:])
    got = answer(talk)
    tap.check(b" 201 " in got[:20], "two files in one form are taken", got[:300])
    brief = json.loads(got[got.index(b"{"):])
    officer = server.api("operational-personnel")
    names = [one["name"] for one in officer.get(f"/api/v1/cases/{brief['id']}").body["files"]]
    read = [officer.get(f"/api/v1/cases/{brief['id']}/files/{name}").raw for name in names]
    tap.check(sorted(read) == [b"a.bin" + CONTENT, b"b.bin" + CONTENT], "each is read again as it came", names, list(map(len, read)))
    tap.none(on_disk(server), "6.5-6 nothing of them can be read in DATA")


def test_kill(tap, server):
    maker, case = sealed_case(server)
    headers = [f"Authorization: Bearer {maker.key}"]
    talk = begin(server, head("PUT", f"/api/v1/cases/{case}/files/cut.bin", len(CONTENT), headers), CONTENT[:200000])
    check_under_way(tap, server, "before the kill")
    server.kill()
    talk.close()
    tap.none(on_disk(server), "after kill -9 nothing is left of it")
    server.start()
    names = [one["name"] for one in server.api("applicant").get(f"/api/v1/cases/{case}").body["files"]]
    tap.check("cut.bin" not in names and "proof.bin" in names, "and the case has only what was whole", names)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder) / "data") as server:
        test_put(tap, server)
        test_multipart(tap, server)
        test_kill(tap, server)
    tap.end()


main()
