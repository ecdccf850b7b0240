# kill.test.py: kill -9 of the whole process tree at random moments under load, many times over.
# SPDX-License-Identifier: Apache-2.0
# test: engines alone seconds=1500
#
# Clients take cases through the whole procedure and note each answer. After each kill the server starts
# again, and:
#   - every acknowledged step is there (the case is where the last answer said, or further);
#   - the step that was under way when the kill came is there whole or not at all: asked again with the
#     same Idempotency-Key it succeeds, and the case has moved once;
#   - every tenth time, and at the end, replay rebuilds all rows and finds no difference.
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
from procedure import STEPS, states_after  # noqa: E402
from tap import Tap  # noqa: E402

KILLS = int(os.environ.get("KILLS", "100"))
CLIENTS = int(os.environ.get("CLIENTS", "6"))
SEED = int(os.environ.get("SEED", str(secrets.randbits(32))))


class Client(threading.Thread):
    """Takes one case after the other; knows what was acknowledged and what is under way."""

    def __init__(self, server, number, past):
        super().__init__(daemon=True)
        self.server, self.past = server, past
        self.random = random.Random(f"{SEED} {number} {len(past.done)}")
        self.case, self.next, self.etag = past.open.pop() if past.open else (None, 0, None)
        self.under_way = None  # (step index, key, fields, etag)
        self.wrong = []

    def run(self):
        apis = {role: Api(self.server.url, key) for role, key in self.server.keys.items()}
        try:
            while True:
                self.one(apis)
        except (OSError, http.client.HTTPException):
            return  # the kill

    def one(self, apis):
        if self.case is None:
            key = secrets.token_hex(8)
            answer = apis["applicant"].open_case(key=key)
            if answer.status != 201:
                self.wrong.append(f"open: {answer.status} {answer.raw[:300]!r}")
                raise OSError
            self.case, self.next, self.etag = answer.body["id"], 0, answer.headers["etag"]
            return
        if self.next == len(STEPS):
            self.past.done.append(self.case)
            self.case = None
            return
        if self.next == 0 and self.random.random() < 0.6:
            self.attach(apis["applicant"])
        step, role, fields = STEPS[self.next]
        asked = fields(self.random)
        self.under_way = (self.next, secrets.token_hex(8), asked, self.etag)
        answer = apis[role].step(self.case, step, asked, self.under_way[1], self.etag)
        if answer.status not in (200, 201):
            self.wrong.append(f"{step}: {answer.status} {answer.raw[:300]!r}")
            raise OSError
        self.next += 1
        self.etag, self.under_way = answer.headers["etag"], None

    def attach(self, api):
        content = self.random.randbytes(self.random.randrange(1, 200000))
        name = secrets.token_hex(4) + ".bin"
        path = f"/api/v1/cases/{self.case}/files/{name}"
        answer = api.call("PUT", path, raw=content, media_type="application/octet-stream")
        if answer.status in (200, 201):
            self.past.files.append((path, hashlib.sha256(content).hexdigest()))
            self.etag = f'"{answer.body["version"]}"'
        else:
            self.wrong.append(f"attach: {answer.status} {answer.raw[:300]!r}")


class Past:
    """What was acknowledged in earlier rounds."""

    def __init__(self):
        self.done, self.open, self.files = [], [], []
        self.steps = self.whole = self.absent = 0


def settle(client, apis, past, wrong):
    """After the restart: is what was acknowledged there, and the step under way whole or absent?"""
    wrong += client.wrong
    if client.case is None:
        return
    seen = apis["applicant"].get(f"/api/v1/cases/{client.case}")
    if seen.status != 200:
        wrong.append(f"case {client.case} was acknowledged and is gone: {seen.status}")
        return
    state, now = seen.body["state"], client.next
    allowed = {states_after(now)} | ({states_after(now + 1)} if client.under_way else set())
    if state not in allowed:
        wrong.append(f"case {client.case}: {now} steps acknowledged, its state is {state}, not {allowed}")
        return
    if client.under_way:
        at, key, asked, etag = client.under_way
        step, role, _ = STEPS[at]
        was_whole = state == states_after(at + 1) and state != states_after(at)
        if states_after(at + 1) != states_after(at):
            past.whole += was_whole
            past.absent += not was_whole
        again = apis[role].step(client.case, step, asked, key, etag)
        if again.status not in (200, 201):
            wrong.append(f"case {client.case}: {step} asked again: {again.status} {again.raw[:300]!r}")
            return
        moved = apis["applicant"].get(f"/api/v1/cases/{client.case}").body["state"]
        if moved != states_after(at + 1):
            wrong.append(f"case {client.case}: after {step} asked again it is {moved}")
            return
        client.next += 1
        seen = again
    past.steps += client.next
    if client.next < len(STEPS):
        past.open.append((client.case, client.next, seen.headers["etag"]))
    else:
        past.done.append(client.case)


def replay(server):
    done = subprocess.run([HOSHI, "replay", "--check", "--data", server.data], env=server.env, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout


def main():
    tap = Tap()
    engine = "PostgreSQL" if os.environ.get("HOSHI_DATABASE") else "SQLite"
    past, wrong, replays, slow = Past(), [], [], 0.0
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory(prefix="hoshi-torture-") as folder:
        server = Server(Path(folder) / "data")
        atexit.register(lambda: server.process.poll() is None and server.kill())
        server.start()
        for n in range(KILLS):
            clients = [Client(server, f"{n} {i}", past) for i in range(CLIENTS)]
            for client in clients:
                client.start()
            time.sleep(chance.uniform(0.02, 0.35))
            server.kill()
            for client in clients:
                client.join(10)
            begun = time.monotonic()
            server.start()
            slow = max(slow, time.monotonic() - begun)
            apis = {role: Api(server.url, key) for role, key in server.keys.items()}
            for client in clients:
                settle(client, apis, past, wrong)
            if n % 10 == 9:
                code, said = replay(server)
                replays.append((n, code, said))
            if wrong:
                break
        gone = 0
        api = server.api("applicant")
        for case in past.done:
            answer = api.get(f"/api/v1/cases/{case}")
            gone += answer.status != 200 or answer.body["state"] != states_after(len(STEPS))
        for path, digest in past.files:
            answer = api.get(path)
            if answer.status != 200 or hashlib.sha256(answer.raw).hexdigest() != digest:
                wrong.append(f"{path} was acknowledged: {answer.status}, {len(answer.raw)} bytes")
        code, said = replay(server)
        server.stop()
        after = replay(server)
    print(f"# seed {SEED}: {KILLS} kills, {past.steps} steps acknowledged, {len(past.done)} labels issued, "
          f"{past.whole} steps under way were whole and {past.absent} absent, {len(past.files)} files, "
          f"slowest start {slow * 1000:.0f} ms")
    tap.none(wrong, f"{engine}: after each of {KILLS} kills every acknowledged step is there, none is half there")
    tap.check(gone == 0, f"{engine}: all {len(past.done)} issued labels are still issued at the end")
    tap.check(past.done and past.whole + past.absent >= KILLS // 4,
              f"{engine}: the kills fell into steps under way", f"{past.whole} {past.absent}")
    tap.check(past.files, f"{engine}: all {len(past.files)} files that were acknowledged were read again")
    tap.none([f"after kill {n}: exit {c}: {s[:500]}" for n, c, s in replays if c],
             f"{engine}: replay agrees {len(replays)} times on the way, beside the running server")
    tap.check(code == 0 and after[0] == 0, f"{engine}: replay agrees at the end, and when the server is down",
              said[:1000], after[1][:1000])
    tap.end()


if __name__ == "__main__":
    main()
