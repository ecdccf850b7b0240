# serve.test.py: the six processes: what each may touch, what a crash does, what the start refuses.
# SPDX-License-Identifier: Apache-2.0
# test: engines seconds=240
import json
import os
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "test"))
from client import HOSHI, Api, Server, children, free_port  # noqa: E402
from procedure import STEPS  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
folder = tempfile.mkdtemp()
POSTGRES = os.environ.get("HOSHI_DATABASE", "")


def refused(*more, env=None, data=None):
    """What a start that must fail says; None when it does not fail."""
    try:
        done = subprocess.run([HOSHI, "serve", "--data", data or folder + "/none", "--listen",
                               f"127.0.0.1:{free_port()}", *more], env=dict(os.environ, **(env or {})),
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20)
    except subprocess.TimeoutExpired:
        return None
    return done.stderr if done.returncode else None


def processes(server):
    """The children, by name."""
    found = {}
    for pid in children(server.process.pid)[1:]:
        try:
            found[Path(f"/proc/{pid}/comm").read_text().strip().removeprefix("hoshi-")] = pid
        except FileNotFoundError:
            pass
    return found


def descriptors(pid):
    found = []
    for name in os.listdir(f"/proc/{pid}/fd"):
        try:
            found.append(os.readlink(f"/proc/{pid}/fd/{name}"))
        except OSError:
            pass
    return found


def issue(server):
    """One application through the whole procedure; its registration number."""
    chance = random.Random(1)
    case = server.api("applicant").open_case().body["id"]
    for step, role, fields in STEPS:
        answer = server.api(role).step(case, step, fields(chance))
        if answer.status != 200:
            return f"{step}: {answer.status} {answer.body}"
    return answer.body["numbers"]["registration-number"]


def wait_until(holds, seconds=10):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.05)
    return False


# ---- what the start refuses
words = refused("--demo", "--base", "https://labels.example.co.jp/")
tap.check(words and "38" in words, "a base address that no label can carry is refused", words)
words = refused(env={"HOSHI_TODAY": "2027-01-01"})
tap.check(words and "--demo" in words, "HOSHI_TODAY without --demo is refused", words)
words = refused("--demo", env={"HOSHI_TODAY": "2027-02-30"})
tap.check(words and "2027-02-30" in words, "HOSHI_TODAY that is no day is refused", words)
words = refused()
tap.check(words and "init" in words, "no registry, and no --demo: says how to make one", words)
words = refused("--demo", "--listen", "nonsense")
tap.check(words and "nonsense" in words, "an address that is none", words)
words = refused("--demo", "--listen", "127.0.0.1:99999")
tap.check(words and "99999" in words, "a port that is none", words)
words = refused("--wrong")
tap.check(words and "--wrong" in words, "an unknown word", words)

# ---- it serves
server = Server(folder + "/data", public=True).start(60)
tap.check(sorted(processes(server)) == ["clerk", "clock", "portal", "public", "signer", "watch"], "six processes", processes(server))
tap.check(refused("--demo", data=server.data), "two servers cannot share a registry")
number = issue(server)
page = Api(server.url).get(f"/L/{number}")
tap.check(page.status == 200 and number.encode() in page.raw, "4.1.2-1 the label page is there when `issue` is answered", number)
signed = Path(server.data + "/head").read_text()
tap.check('"signature"' in signed and (os.stat(server.data + "/head.key").st_mode & 0o777) == 0o600,
          "the head is signed, and the key is its owner's alone")

# ---- forwarded is the same as direct
here, there = Api(server.url), Api(f"http://127.0.0.1:{server.public}")
for path in (f"/L/{number}", f"/L/{number.lower()}?lang=en", f"/api/v1/labels/{number}", "/api/v1/labels?q=MH",
             f"/art/{number}.svg", f"/art/{number}.png", "/labels", "/labels.csv", "/L/HS99-99999-A", "/L/%E3%81%82"):
    a, b = (api.get(path, {"Accept-Language": "en", "Origin": "https://other.example"}) for api in (here, there))
    for answer in (a, b):
        answer.headers.pop("date", None)
    tap.check((a.status, a.headers, a.raw) == (b.status, b.headers, b.raw), f"forwarded as direct: {path}",
              a.status, b.status, a.headers, b.headers)
tag = there.get(f"/api/v1/labels/{number}").headers.get("etag")
tap.check([api.get(f"/api/v1/labels/{number}", {"If-None-Match": tag}).status for api in (here, there)] == [304, 304],
          "If-None-Match is passed on", tag)
heads = [api.call("HEAD", f"/L/{number}") for api in (here, there)]
tap.check(heads[0].headers["content-length"] == heads[1].headers["content-length"] != "0" and heads[0].raw == b"",
          "HEAD is passed on", heads[0].headers, heads[1].headers)

# ---- what the public process has
public = processes(server)["public"]
other = [o for o in descriptors(public)
         if not (o.startswith(("socket:", "anon_inode:", "/dev/null", "pipe:")) or o.endswith(".log")
                 or o.startswith(server.data + "/register/"))]
tap.none(other, "the public process has sockets and register files open, and nothing else")
maps = [line.split(maxsplit=5)[5].strip() for line in open(f"/proc/{public}/maps") if len(line.split(maxsplit=5)) > 5]
tap.none([m for m in maps if m.startswith(server.data) and "/register/" not in m], "nor mapped")
state = Path(f"/proc/{public}/status").read_text()
tap.check("NoNewPrivs:\t1" in state, "it can gain no privileges")
# The same sandbox, asked from inside: a small program of ours enters it and tries.
for name in ["public", "signer"]:
    environment = Path(f"/proc/{processes(server)[name]}/environ").read_text()
    tap.check("PATH=" in environment and (not POSTGRES or POSTGRES not in environment), f"{name} has forgotten where the casework is")
asked = subprocess.run([os.environ.get("HOSHI_BUILD", str(TOP / "build")) + "/test/proc/sandbox-ask", server.data],
                       capture_output=True, text=True)
for line in asked.stdout.splitlines():
    tap.check(line.startswith("good "), "Landlock: " + line.partition(" ")[2])
tap.check(asked.returncode == 0 and asked.stdout.count("\n") == 6, "the sandbox answered all", asked.stderr)

# ---- crashes
for name in ("public", "clerk", "clock", "signer", "portal"):
    before = processes(server)[name]
    os.kill(before, signal.SIGKILL)
    good = wait_until(lambda: processes(server).get(name, before) != before)
    tap.check(good, f"{name} is started again")

def page_there():
    try:
        return Api(server.url).get(f"/L/{number}").status == 200
    except OSError:
        return False


tap.check(wait_until(page_there), "and pages are served again")
number = issue(server)
tap.check(re.fullmatch(r"HS\d\d-\d{5}-[0-9A-Z]", number) and Api(server.url).get(f"/L/{number}").status == 200,
          "and labels issued", number)
os.kill(processes(server)["public"], signal.SIGSTOP)
began = time.monotonic()
answer = Api(server.url).get("/labels")
tap.check(answer.status == 502 and time.monotonic() - began < 8, "a public process that hangs: 502", answer.status)
tap.check(Api(server.url).get("/signin").status == 200, "and the portal goes on")
os.kill(processes(server).get("public", 0) or public, signal.SIGCONT)

# ---- the end
tree = children(server.process.pid)
os.kill(server.process.pid, signal.SIGKILL)
server.process.wait()
gone = wait_until(lambda: not any(os.path.exists(f"/proc/{p}") and "Z" not in Path(f"/proc/{p}/stat").read_text().split()[2]
                                  for p in tree[1:]), 3)
tap.check(gone, "the parent killed, no child is left")
began = time.monotonic()
server.start()
took = time.monotonic() - began
tap.check(took < 10, f"a second start: {took:.2f} s (the bench measures it; here only that it comes)")
tree = children(server.process.pid)
tap.check(server.stop() == 0 and not any(os.path.exists(f"/proc/{p}") for p in tree), "SIGTERM ends all")

# ---- the signed head is looked at before a newer one is signed
done = subprocess.run([HOSHI, "replay", "--check", "--data", server.data], capture_output=True, text=True)
tap.check(done.returncode == 0, "replay agrees", done.stdout[-500:], done.stderr[-500:])

# ---- a unix socket
path = folder + "/s"
process = subprocess.Popen([HOSHI, "serve", "--data", server.data, "--listen", "unix:" + path, "--demo"],
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
for line in process.stdout:
    if line.startswith("ready "):
        break
with socket.socket(socket.AF_UNIX) as s:
    s.connect(path)
    s.sendall(b"GET /signin HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    tap.check(s.recv(100).startswith(b"HTTP/1.1 200"), "serves on a unix socket")
process.terminate()
tap.check(process.wait(10) == 0, "and ends")

# ---- a tail that was cut is found before anything is served
CUT = """DELETE FROM journal WHERE seq = (SELECT seq FROM journal_head);
DELETE FROM journal_payload WHERE seq = (SELECT seq FROM journal_head);
UPDATE journal_head SET seq = seq - 1, hash = (SELECT j.hash FROM journal j WHERE j.seq = journal_head.seq - 1);"""
if POSTGRES:
    subprocess.run(["psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-c", CUT, POSTGRES], check=True)
else:
    with sqlite3.connect(server.data + "/casework.db") as db:
        db.executescript(CUT)
signed_seq = str(json.loads(Path(server.data + "/head").read_text())["seq"])
words = refused("--demo", data=server.data)
tap.check(words and signed_seq in words, "a journal whose tail was cut is not served", words)
shutil.rmtree(folder)
tap.end()
