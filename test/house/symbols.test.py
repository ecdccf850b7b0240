# symbols.test.py: no two rooms give the same name to different things: the linker would take one in silence.
# SPDX-License-Identifier: Apache-2.0
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "test"))
from tap import Tap  # noqa: E402

build = Path(os.environ.get("HOSHI_BUILD", TOP / "build"))
# What is built a second time for tests defines the same names by intent, and is linked instead of it.
libraries = [path for path in sorted((build / "src").glob("*/*.a")) if not path.stem.endswith("_given")]
places = defaultdict(list)
for library in libraries:
    said = subprocess.run(["nm", "--extern-only", "--defined-only", "-A", library], text=True, check=True,
                          stdout=subprocess.PIPE).stdout
    for line in said.splitlines():
        where, _, rest = line.rpartition(": ") if ": " in line else line.partition(" ")
        kind, name = line.split()[-2:]
        if kind not in "WV":  # weak ones are meant to be several
            places[name].append(":".join(where.split(":")[-2:]))

tap = Tap()
tap.check(len(libraries) > 8 and len(places) > 500, "the libraries were read", len(libraries), len(places))
tap.none([f"{name}: {', '.join(found)}" for name, found in places.items() if len(found) > 1],
         f"each of {len(places)} names is defined once in {len(libraries)} libraries")
tap.end()
