# faults.test.py: every fault that the sources name has its row, in both languages, and its use.
# SPDX-License-Identifier: Apache-2.0
import re
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "test"))
from tap import Tap  # noqa: E402

rows = set(re.findall(r"^fault\s+([a-z0-9-]+)", (TOP / "rules/faults.rules").read_text(encoding="utf-8"),
                      re.M))
used = {}
for path in sorted((TOP / "src").glob("*/**/*.[ch]")):
    text = path.read_text(encoding="utf-8")
    for read in re.finditer(r'FAULT\(\s*[^,()]+(?:\([^()]*\))?\s*,\s*"([^"]+)"', text):
        used.setdefault(read[1], f"{path.relative_to(TOP)}:{text[:read.start()].count(chr(10)) + 1}")

tap = Tap()
tap.check(len(rows) > 10, "rules/faults.rules has rows", f"{len(rows)}")
tap.check(len(used) > 10, "the sources name faults", f"{len(used)}")
for code in sorted(used):
    tap.check(code in rows, f"fault {code} has its row", f"named at {used[code]}")
tap.end()
