# measure.py: what a tree of processes uses, and what a load generator saw.
# SPDX-License-Identifier: Apache-2.0
import os
import re
import statistics
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP / "test"))
from client import children  # noqa: E402

TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid):
    """utime + stime of a process and all below it, with those that have ended and were waited for."""
    total = 0
    for one in children(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(map(int, fields[11:13]))
        total += sum(map(int, fields[13:15])) if one == pid else 0
    return total / TICK


def pss_mib(pid):
    """Memory of a tree, shared pages counted once."""
    total = 0
    for one in children(pid):
        try:
            read = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{one}/smaps_rollup").read_text(), re.M)
        except OSError:
            continue
        total += int(read[1]) if read else 0
    return total / 1024


def wrk(url, seconds, connections):
    """(requests a second, requests, p99 in ms, errors) of one run of wrk."""
    said = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", url], text=True,
                          check=True, stdout=subprocess.PIPE).stdout
    p99 = re.search(r"^\s+99%\s+([\d.]+)(us|ms|s)", said, re.M)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    socket = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    errors = (int(bad[1]) if bad else 0) + (sum(map(int, socket.groups())) if socket else 0)
    requests = int(re.search(r"(\d+) requests in", said)[1])
    return (float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), requests,
            float(p99[1]) * {"us": 0.001, "ms": 1, "s": 1000}[p99[2]], errors)


def median(values):
    return statistics.median(values)


def spread(values):
    return f"{min(values):.2f} to {max(values):.2f}"


def say(what, ours, theirs, unit, aim=None):
    """One line: the ratio first, because only it means anything on another machine."""
    ratio = ours / theirs
    print(f"{what:44} {ratio:5.2f}   {ours:10.2f} {unit} against {theirs:.2f}{f'   aim {aim}' if aim else ''}",
          flush=True)
    return ratio
