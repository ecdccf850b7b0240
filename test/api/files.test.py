#!/usr/bin/env python3
# files.test.py: files under a case: put, replaced, read back, and the reading recorded (2.1.3-2).
# SPDX-License-Identifier: Apache-2.0
# test: engines seconds=600
import hashlib
from pathlib import Path
from urllib.parse import quote

from registry import Api, Registry, Tap

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
tap = Tap()
with Registry() as registry:
    applicant, staff = registry.api("applicant"), registry.api("operational-personnel")
    case = registry.open()

    def put(name, content, role="applicant", **headers):
        sent = {header.replace("_", "-"): value for header, value in headers.items()}
        return registry.api(role).call("PUT", f"/api/v1/cases/{case}/files/{quote(name)}", raw=content, headers=sent, media_type="text/html")

    one = put("宣言書.pdf", PDF)
    tap.check(one.status == 201 and one.body["name"] == "宣言書.pdf" and one.body["bytes"] == len(PDF), "4.1.1-1 a file is put under its name", one.raw[:300])
    tap.check(one.body["media_type"] == "application/pdf", "its media type is found in its bytes, not believed", one.body)
    tap.check(one.body["sha256"] == hashlib.sha256(PDF).hexdigest(), "its digest is told")
    tap.check(one.body["version"] == registry.look(case)["version"] == 2, "the case has a new version, which is told")
    answer = put("宣言書.pdf", PNG, If_None_Match="*")
    tap.check(answer.status == 412 and answer.body["code"] == "file-is-there", "If-None-Match: * does not replace", answer.raw[:200])
    two = put("宣言書.pdf", PNG)
    tap.check(two.status == 200 and two.body["id"] != one.body["id"] and two.body["media_type"] == "image/png", "a later file takes its place", two.raw[:200])
    files = {file["id"]: file["replaced"] for file in registry.look(case)["files"]}
    tap.check(files == {one.body["id"]: True, two.body["id"]: False}, "6.4-1 the earlier one stays on record")
    got = applicant.get(f"/api/v1/cases/{case}/files/{quote('宣言書.pdf')}")
    tap.check(got.status == 200 and got.raw == PNG and got.headers["content-type"] == "image/png", "it comes back as it was")
    tap.check(got.headers.get("x-content-type-options") == "nosniff" and got.headers["content-disposition"].startswith("attachment"), "and is not for showing in place")

    for name in ["a/b", "..", ".", "a\\b", "x" * 201, "a\nb", "a\u202efdp.exe", "a\u200bb", "\u2028"]:
        answer = applicant.call("PUT", f"/api/v1/cases/{case}/files/{quote(name, safe='')}", raw=PDF)
        tap.check(400 <= answer.status < 500, f"the name {name[:10]!r} is refused", answer.status)
    tap.check(put("empty.pdf", b"").status == 422, "an empty file is refused")
    big = bytes(range(256)) * (200 << 12)
    answer = put("big.bin", big)
    tap.check(answer.status == 201 and answer.body["bytes"] == 200 << 20, "200 MiB are taken", answer.raw[:200])
    answer = applicant.get(f"/api/v1/cases/{case}/files/big.bin")
    tap.check(answer.status == 200 and answer.raw == big, "and come back", answer.status)
    try:
        answer = put("bigger.bin", big + b"x").status
    except OSError:
        answer = 413  # cut while it was still sending
        applicant.close()
    tap.check(answer == 413, "one byte more: 413", answer)

    tap.check(Api(registry.url).call("PUT", f"/api/v1/cases/{case}/files/a.pdf", raw=PDF).status == 401, "no key: 401")
    unseen = b"a file that is refused leaves nothing behind"
    digest = hashlib.sha256(unseen).hexdigest()
    put("staff.txt", unseen, role="operational-personnel")
    put("a\u202eb.txt", unseen)
    tap.check(not (Path(registry.server.data) / "files" / digest[:2] / digest[2:]).exists(), "a file that is refused is not kept")
    answer = put("staff.pdf", PDF, role="operational-personnel")
    tap.check(answer.status == 404 and answer.body["code"] == "absent", "2.1.3-2 the body learns of no draft", answer.raw[:200])
    for role in ["administrator", "without-ethics"]:
        tap.check(put("x.pdf", PDF, role=role).status == 404, f"2.1.3-2 {role} learns of no case")
        tap.check(registry.api(role).get(f"/api/v1/cases/{case}/files/big.bin").status == 404, f"2.1.3-2 {role} reads no file")
    tap.check(applicant.get(f"/api/v1/cases/{case}/files/none.pdf").status == 404, "no such file: 404")

    registry.must("applicant", case, "file", registry.application(checklist=[
        {"id": line["id"], "result": "conforms", "evidence": "3章", "file": two.body["id"]}
        for line in Api(registry.url).get("/api/v1/editions/1").body["criteria"]]))
    answer = put("late.pdf", PDF)
    tap.check(answer.status == 409 and answer.body["guard"] == "state", "4.1.1-1 no file is added once it is filed", answer.raw[:200])
    before = registry.look(case)
    got = staff.get(f"/api/v1/cases/{case}/files/{quote('宣言書.pdf')}")
    after = registry.look(case)
    reads = [entry for entry in registry.look(case, "operational-personnel")["timeline"] if entry["act"] == "read"]
    tap.check(got.status == 200 and reads and reads[-1]["clause"] == "2.1.3-2", "2.1.3-2 the body's reading is an entry of the timeline")
    tap.check(reads[-1]["person"].get("ja") and after["version"] == before["version"], "with who read it; the version stays")
    named = [entry for entry in after["timeline"] if "person" in entry and entry["role"] != "applicant" and entry["person"]["en"] != "Hanako Mihon"]
    tap.none(named, "6.5-1 makers are not told the names of the body's personnel")
tap.end()
