# clock.test.py: the clock's process: after an outage, in order, exactly once, whatever is killed meanwhile.
# SPDX-License-Identifier: Apache-2.0
# test: engines seconds=240
import datetime
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "test"), str(TOP / "test/web")]
from client import HOSHI, Api, Server, children  # noqa: E402
from procedure import STEPS, today  # noqa: E402
from tap import Tap  # noqa: E402
from visitor import Visitor  # noqa: E402

tap = Tap()
folder = tempfile.mkdtemp()


def pid_of(server, name):
    for pid in children(server.process.pid)[1:]:
        try:
            if Path(f"/proc/{pid}/comm").read_text().strip() == f"hoshi-{name}":
                return pid
        except FileNotFoundError:
            pass
    return None


def wait_until(holds, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.1)
    return False


def issue(server):
    """A label; the case that it was issued on, and its number."""
    chance = random.Random(7)
    case = server.api("applicant").open_case().body["id"]
    for step, role, fields in STEPS:
        answer = server.api(role).step(case, step, fields(chance))
        if answer.status != 200:
            return case, f"{step}: {answer.status} {answer.body}"
    return case, answer.body["numbers"]["registration-number"]


def label(server, number):
    answer = Api(server.url).get(f"/api/v1/labels/{number}")
    return answer.body if answer.status == 200 else {}


def hoshi(*words, env=None):
    return subprocess.run([HOSHI, *words], env=dict(os.environ, LANG="en", **(env or {})),
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)


def replays(server):
    done = hoshi("replay", "--check", "--data", server.data)
    return done.returncode == 0, done.stdout + done.stderr


# ---- a label is issued; then nothing runs for more than two years
server = Server(folder + "/data").start(90)
case, number = issue(server)
before = label(server, number)
tap.check(before.get("status") == "valid", "a label in force", before)
server.kill()
begun = today()
late = (begun + datetime.timedelta(days=2 * 366 + 40)).isoformat()
server = Server(folder + "/data", env={"HOSHI_TODAY": late}).start(90)
tap.check(label(server, number).get("status") == "lapsed", "4.6.1-1 its status is read from the days, at once",
          label(server, number))

# ---- what was due meanwhile is taken while the clock is killed again and again
kills = 0
while kills < 4:
    pid = pid_of(server, "clock")
    if pid:
        os.kill(pid, signal.SIGKILL)
        kills += 1
    time.sleep(0.15)
tap.check(wait_until(lambda: pid_of(server, "clock")), "the clock is started again")
hand = [subprocess.Popen([HOSHI, "clock", "--once", "--data", server.data], env=dict(os.environ, LANG="en", HOSHI_TODAY=late),
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for _ in range(2)]
said = [(one.communicate(timeout=120)[0], one.returncode) for one in hand]
tap.check(all(code == 0 for _, code in said), "by hand beside it, twice at once", said)


def quiet():
    done = hoshi("clock", "--once", "--data", server.data, env={"HOSHI_TODAY": late})
    return done.returncode == 0 and done.stdout.startswith("0 steps taken")


tap.check(wait_until(quiet), "then nothing is left to do")
events = [event.get("event") for event in label(server, number).get("history", [])]
tap.check(wait_until(lambda: [e.get("event") for e in label(server, number).get("history", [])].count("lapsed") == 1),
          "4.6.1-1 the lapse is published, once, within a minute", events, label(server, number))
good, words = replays(server)
tap.check(good, "and every row follows from the journal", words)

# ---- what it holds
held = [os.readlink(f"/proc/{pid_of(server, 'clock')}/fd/{name}") for name in os.listdir(f"/proc/{pid_of(server, 'clock')}/fd")]
status = Path(f"/proc/{pid_of(server, 'clock')}/status").read_text()
tap.check(not any("head.key" in path or "lock" == Path(path).name for path in held) and "NoNewPrivs:\t1" in status,
          "the clock holds neither the key nor the lock, and gains no privilege", held)

# ---- a clock that is let alone ends with the server
pid = pid_of(server, "clock")
server.process.send_signal(signal.SIGTERM)
server.process.wait(20)
tap.check(not Path(f"/proc/{pid}").exists(), "the clock ends with the server")
tap.check(hoshi("clock", "--data", server.data, "x").returncode == 64, "hoshi clock takes no other words")
os.environ.pop("HOSHI_DATABASE", None)  # what follows is about other registries
done = hoshi("clock", "--once", "--data", folder + "/none")
tap.check(done.returncode != 0 and done.stderr, "and wants a registry", done.stderr)
# ---- in a demonstration the clock can be turned on, and nobody is signed out by it
server = Server(folder + "/other").start(90)
visitor = Visitor(server, "managing-director")
page = visitor.get("/demo/time")
tap.check(page.status == 200 and "Let time pass" in page.text and page.headers.get("cache-control"), "the page of time", page.text[:300])
case, number = issue(server)
tap.check(number.startswith("HS"), "a label of that day", number)
for wrong in ({"days": "-30"}, {"days": "2"}, {"days": ""}, {"weeks": "1"}):
    tap.check(visitor.send("/demo/time", "/demo/time", wrong).status == 422, f"no such turn: {wrong}")
tap.check(visitor.post("/demo/time", {"days": "365", "form": "x"}).status == 403, "another site's form turns no clock")
for _ in range(3):
    answer = visitor.send("/demo/time", "/demo/time", {"days": "365"})
    tap.check(answer.status == 303 and answer.location == "/demo/time", "a year on", answer.text[:300])
tap.check(visitor.get("/inbox").status == 200, "who was signed in still is")
tap.check(label(server, number).get("status") == "lapsed", "the label's page knows the day at once")
tap.check(wait_until(lambda: [e.get("event") for e in label(server, number).get("history", [])].count("lapsed") == 1, 90),
          "4.6.1-1 and its lapse is published soon", label(server, number))
dates = [e.get("date") for e in label(server, number).get("history", [])]
expires = datetime.date.fromisoformat(label(server, number)["expires"])
tap.check(dates[-1] == (expires + datetime.timedelta(days=1)).isoformat(), "as of the day after its last", dates)
good, words = replays(server)
tap.check(good, "and every row follows from the journal", words)
server.stop()
server = Server(folder + "/other").start(90)
tap.check(label(server, number).get("status") == "lapsed", "a demonstration that is started again goes on from its day")
server.stop()
server = Server(folder + "/other", demo=False).start(90)
tap.check(Api(server.url).get("/demo/time").status == 404, "without --demo no page turns a clock")
server.stop()
shutil.rmtree(folder)
tap.end()
