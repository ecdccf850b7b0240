# hardened.test.py: the program is built as it is meant to be: PIE, RELRO, NOW, canaries, fortified.
# SPDX-License-Identifier: Apache-2.0
import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "test"))
from tap import Tap  # noqa: E402

HOSHI = os.environ.get("HOSHI", str(TOP / "build/hoshi"))


def readelf(*options):
    return subprocess.run(["readelf", "-W", *options, HOSHI], check=True, text=True,
                          stdout=subprocess.PIPE).stdout


tap = Tap()
dynamic, segments, symbols = readelf("-d"), readelf("-l"), readelf("--dyn-syms")
tap.check("Flags: NOW PIE" in dynamic or ("PIE" in dynamic and "NOW" in dynamic),
          "position-independent, bound at start", dynamic)
tap.check("GNU_RELRO" in segments, "relocations are read-only after start")
stack = [line for line in segments.split("\n") if "GNU_STACK" in line]
tap.check(stack and "RWE" not in stack[0], "the stack is not executable")
tap.check("__stack_chk_fail" in symbols, "functions have canaries")
tap.check("_chk@" in symbols.replace("__stack_chk_fail", ""), "copies are checked (_FORTIFY_SOURCE)")
rwx = [line for line in segments.split("\n") if "LOAD" in line and "RWE" in line]
tap.none(rwx, "no segment is writable and executable")
needed = [line.split("[")[1].split("]")[0] for line in dynamic.split("\n") if "NEEDED" in line]
tap.none([lib for lib in needed if "asan" in lib or "node" in lib], "no library of the tests is needed to run")
tap.end()
