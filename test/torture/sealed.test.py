# sealed.test.py: kill -9 under load on sealed cases alone, many times over; what is acknowledged is there, the rest
# is whole or absent, replay agrees, and nothing that was told in confidence stands in DATA at any time (6.5-6).
# SPDX-License-Identifier: Apache-2.0
# test: engines alone seconds=900
#
# KILLS, SEED and CLIENTS change the numbers.
import atexit
import hashlib
import http.client
import os
import random
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from client import HOSHI, Api, Server  # noqa: E402
from tap import Tap  # noqa: E402

KILLS = int(os.environ.get("KILLS", "20"))
CLIENTS = int(os.environ.get("CLIENTS", "4"))
SEED = int(os.environ.get("SEED", str(secrets.randbits(32))))
MARKER = "planted-" + secrets.token_hex(8)
STEPS = [
    ("report-vulnerability", "applicant", {"report-title": MARKER, "report-text": f"{MARKER} text"}, "vulnerability-received"),
    ("declare-no-conflict", "operational-personnel", {"remarks": MARKER}, "vulnerability-received"),
    ("assess-report", "operational-personnel", {"importance": "high", "assessment-reasons": MARKER}, "action-proposed"),
    ("answer-reporter", "operational-personnel", {"answer-to-reporter": f"{MARKER} answer"}, "action-proposed"),
]


def state_after(n):
    return STEPS[n - 1][3] if n else "start"


class Past:
    """What was acknowledged in earlier rounds."""

    def __init__(self, label):
        self.label, self.open, self.done, self.files = label, [], [], []
        self.whole = self.absent = 0


class Client(threading.Thread):
    """Takes one sealed case after the other; knows what was acknowledged and what is under way."""

    def __init__(self, server, number, past):
        super().__init__(daemon=True)
        self.server, self.past, self.wrong = server, past, []
        self.random = random.Random(f"{SEED} {number} {len(past.done)}")
        self.case, self.next = past.open.pop() if past.open else (None, 0)
        self.under_way = None  # (step index, key)

    def run(self):
        apis = {role: Api(self.server.url, key) for role, key in self.server.keys.items()}
        try:
            while True:
                self.one(apis)
        except (OSError, http.client.HTTPException):
            return  # the kill

    def must(self, what, answer):
        if answer.status not in (200, 201):
            self.wrong.append(f"{what}: {answer.status} {answer.raw[:300]!r}")
            raise OSError
        return answer.body

    def one(self, apis):
        if self.case is None:
            asked = {"procedure": "vulnerability", "label": self.past.label}
            self.case = self.must("open", apis["applicant"].call("POST", "/api/v1/cases", asked,
                                                                {"Idempotency-Key": secrets.token_hex(8)}))["id"]
            self.next = 0
            return
        if self.next == len(STEPS):
            self.past.done.append(self.case)
            self.case = None
            return
        if self.next == 0 and self.random.random() < 0.6:
            self.attach(apis["applicant"])
        step, role, fields, _ = STEPS[self.next]
        self.under_way = (self.next, secrets.token_hex(8))
        self.must(step, apis[role].step(self.case, step, fields, self.under_way[1], "*"))
        self.next += 1
        self.under_way = None

    def attach(self, api):
        content = f"{MARKER} ".encode() * self.random.randrange(1, 8000)
        path = f"/api/v1/cases/{self.case}/files/{MARKER}-{secrets.token_hex(4)}.bin"
        self.must("attach", api.call("PUT", path, raw=content, media_type="application/octet-stream"))
        self.past.files.append((path, hashlib.sha256(content).hexdigest()))


def settle(client, apis, past, wrong):
    """After the restart: is what was acknowledged there, and the step under way whole or absent?"""
    wrong += client.wrong
    if client.case is None:
        return
    seen = apis["applicant"].get(f"/api/v1/cases/{client.case}")
    if seen.status != 200:
        wrong.append(f"case {client.case} was acknowledged and is gone: {seen.status}")
        return
    allowed = {state_after(client.next)} | ({state_after(client.next + 1)} if client.under_way else set())
    if seen.body["state"] not in allowed:
        wrong.append(f"case {client.case}: {client.next} steps acknowledged, its state is {seen.body['state']}")
        return
    if client.under_way:
        at, key = client.under_way
        step, role, fields, after = STEPS[at]
        if state_after(at) != after:
            whole = seen.body["state"] == after
            past.whole, past.absent = past.whole + whole, past.absent + (not whole)
        again = apis[role].step(client.case, step, fields, key, "*")
        if again.status not in (200, 201) or again.body["state"] != after:
            wrong.append(f"case {client.case}: {step} asked again: {again.status} {again.raw[:300]!r}")
            return
        client.next += 1
    if client.next < len(STEPS):
        past.open.append((client.case, client.next))
    else:
        past.done.append(client.case)


def in_the_clear(server):
    """Files of DATA, and of its log, in which something stands that was told in confidence."""
    paths = [path for path in Path(server.data).rglob("*") if path.is_file()] + [Path(server.data + ".log")]
    return [str(path) for path in paths if MARKER.encode() in path.read_bytes()]


def replay(server):
    done = subprocess.run([HOSHI, "replay", "--check", "--data", server.data], env=server.env, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return [] if done.returncode == 0 else [f"exit {done.returncode}: {done.stdout[:500]}"]


def check_whole(server, past, wrong):
    """At the end: each case says what it was told, each file is what came."""
    api = server.api("applicant")
    for case in past.done:
        body = api.get(f"/api/v1/cases/{case}").body
        if body["fields"].get("report-text") != f"{MARKER} text":
            wrong.append(f"case {case} does not say what it was told")
    for path, digest in past.files:
        answer = api.get(path)
        if answer.status != 200 or hashlib.sha256(answer.raw).hexdigest() != digest:
            wrong.append(f"{path} was acknowledged: {answer.status}, {len(answer.raw)} bytes")


def main():
    tap = Tap()
    engine = "PostgreSQL" if os.environ.get("HOSHI_DATABASE") else "SQLite"
    wrong, clear, differ, chance = [], [], [], random.Random(SEED)
    with tempfile.TemporaryDirectory(prefix="hoshi-sealed-") as folder:
        server = Server(Path(folder) / "data")
        atexit.register(lambda: server.process.poll() is None and server.kill())
        server.start()
        past = Past(server.api("applicant").get("/api/v1/labels-of-mine").body["labels"][0]["number"])
        for n in range(KILLS):
            clients = [Client(server, f"{n} {i}", past) for i in range(CLIENTS)]
            for client in clients:
                client.start()
            time.sleep(chance.uniform(0.05, 0.5))
            server.kill()
            for client in clients:
                client.join(10)
            clear += in_the_clear(server)
            server.start()
            apis = {role: Api(server.url, key) for role, key in server.keys.items()}
            for client in clients:
                settle(client, apis, past, wrong)
            if n % 5 == 4:
                differ += replay(server)
            if wrong:
                break
        check_whole(server, past, wrong)
        clear += in_the_clear(server)
        differ += replay(server)
        server.stop()
        differ += replay(server)
    print(f"# seed {SEED}: {KILLS} kills, {len(past.done)} sealed cases done, {len(past.files)} files, "
          f"{past.whole} steps under way were whole and {past.absent} absent")
    tap.none(wrong, f"{engine}: after each of {KILLS} kills what was acknowledged is there, and nothing is half there")
    tap.check(past.done and past.files and past.whole + past.absent, f"{engine}: the kills fell into the work",
              len(past.done), len(past.files), past.whole, past.absent)
    tap.none(clear, f"{engine}: 6.5-6 nothing that was told in confidence stands in DATA after a kill")
    tap.none(differ, f"{engine}: replay agrees, beside the running server and when it is down")
    tap.end()


if __name__ == "__main__":
    main()
