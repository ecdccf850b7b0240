# founding.test.py: a founding that is killed at any moment leaves nothing that the next start stumbles over.
# SPDX-License-Identifier: Apache-2.0
# test: alone seconds=240
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
sys.path.insert(0, str(TOP / "test"))
from client import HOSHI, Api, Server, free_port  # noqa: E402
from tap import Tap  # noqa: E402

KILLS = 12
tap = Tap()
folder = Path(tempfile.mkdtemp())


def begin_and_kill(data, ms):
    """Starts a founding and kills all of it; what then lies in the folder."""
    process = subprocess.Popen([HOSHI, "serve", "--data", data, "--listen", f"127.0.0.1:{free_port()}", "--demo"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(ms / 1000)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return set(os.listdir(data)) if data.exists() else set()


def replay(data):
    return subprocess.run([HOSHI, "replay", "--check", "--data", data], capture_output=True, text=True)


# ---- how long a founding takes here, so that the kills fall into it
begun = time.monotonic()
whole = Server(folder / "whole").start(60)
took = (time.monotonic() - begun) * 1000
left = set(os.listdir(whole.data))
tap.check(not left & {"founding", "founded"} and "casework.db" in left, "a founding leaves no scaffold", left)
whole.stop()

chance, seen, wrong = random.Random(6), set(), []
for n in range(KILLS):
    data = folder / f"d{n}"
    left = begin_and_kill(data, took * chance.uniform(0.02, 0.95))
    seen.add("founding" if "founding" in left else "placed" if "casework.db" in left else "nothing")
    if n % 3 == 0:
        begin_and_kill(data, took * chance.uniform(0.02, 0.6))
    try:
        with Server(data) as server:
            listed = Api(server.url).get("/api/v1/labels")
            if listed.status != 200 or not server.signin:
                wrong.append(f"{n}: {listed.status} {server.signin}")
    except RuntimeError as problem:
        wrong.append(f"{n}: {problem}")
        continue
    again = replay(data)
    if again.returncode:
        wrong.append(f"{n}: replay {again.returncode} {again.stdout[:200]} {again.stderr[:200]}")
    if {"founding", "founded"} & set(os.listdir(data)):
        wrong.append(f"{n}: {os.listdir(data)}")
tap.none(wrong, f"after each of {KILLS} interrupted foundings the next start founds, serves, and replay agrees")
tap.check("founding" in seen, "the kills fell into foundings", seen)

# ---- between any two of the moves, by hand
data = folder / "moved"
shutil.copytree(whole.data, data)
(data / "founded").mkdir()
for name in sorted(set(os.listdir(data)) - {"founded", "lock", "register", "head", "spool"}):
    if not name.startswith(("clerk.", "casework.db-")):
        os.rename(data / name, data / "founded" / name)
tap.check((data / "founded/casework.db").exists(), "half of the moves are done")
with Server(data) as server:
    tap.check(not (data / "founded").exists() and (data / "casework.db").exists(), "a start goes on moving",
              os.listdir(data))
tap.check(replay(data).returncode == 0, "and replay agrees")

# ---- what was served is never founded anew
os.rename(data / "casework.db", folder / "taken-away")
for beside in data.glob("casework.db-*"):
    beside.unlink()
done = subprocess.run([HOSHI, "serve", "--data", data, "--listen", f"127.0.0.1:{free_port()}", "--demo"],
                      stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20)
tap.check(done.returncode != 0 and "signed" in done.stderr, "a registry whose database is gone is not founded anew",
          done.returncode, done.stderr)
shutil.rmtree(folder)
tap.end()
