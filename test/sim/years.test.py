#!/usr/bin/env python3
# years.test.py: a short while of the simulation, twice from one seed: the same years both times.
# SPDX-License-Identifier: Apache-2.0
# test: engines seconds=600
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tap import Tap  # noqa: E402

tap = Tap()
SIM = Path(os.environ["BUILD"]) / "test/sim/sim"


def years(seed, n=2, *more):
    words = [SIM, "--seed", str(seed), "--years", str(n), "--makers", "5", "--actions", "3", *more]
    run = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print("".join("# " + line for line in run.stdout.splitlines(True)))
    return run.returncode, run.stdout.splitlines()


code, first = years(7)
tap.check(code == 0 and first[-1].endswith(" 0 differences"),
      "two years with crashes: replay equal, nothing broken, nothing acknowledged lost")
tap.check("crashes" in first[-1] and " 0 crashes" not in first[-1], "there were crashes")
tap.check(int(first[-2].split(" labels")[0].split()[-1]) > 20, "labels were issued")
tap.check(int(first[-2].split(" by the clock")[0].split()[-1]) > 0, "the clock took steps")
code, again = years(7)
tap.check(again == first, "the same seed makes the same years again")
code, other = years(8)
tap.check(code == 0 and other[-1] != first[-1], "another seed makes others")
tap.check(all(int(line.split()[0]) > 50000 for line in first if "published bytes" in line),
          "6.5-6 the register was looked at, whole, at the end of each year")
code, leaky = years(7, 1, "--leaked", "product")
tap.check(code == 1 and any(line.startswith("# broken: 6.5-6") for line in leaky),
          "a product's name, were it confidential, is found in the published register")
tap.end()
