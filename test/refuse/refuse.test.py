# refuse.test.py: rulec refuses each bad book in the manual's own terms, with file and line; the good
# one, and the real one, it takes.  refuse.test.py RULEC
# SPDX-License-Identifier: Apache-2.0
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from tap import Tap  # noqa: E402


def check(rulec, folder):
    done = subprocess.run([rulec, str(folder), "check"], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def change(books, change_lines):
    """'-' lines, found once in a book, give place to the '+' lines that follow them."""
    at = None
    for line in change_lines:
        if line.startswith("- "):
            at = [(book, book.index(line[2:])) for book in books.values() if line[2:] in book]
            assert len(at) == 1, f"not found once: {line}"
            del at[0][0][at[0][1]]
        elif line.startswith("+ "):
            book, place = at[0]
            book.insert(place, line[2:])
            at = [(book, place + 1)]


rulec = sys.argv[1]
tap = Tap()
code, said = check(rulec, HERE.parents[1] / "rules")
tap.check(code == 0 and not said, "the real book is good", said)
code, said = check(rulec, HERE)
tap.check(code == 0 and not said, "the small book is good", said)
for path in sorted(HERE.glob("*.bad")):
    first, *rest = path.read_text(encoding="utf-8").splitlines()
    wanted = first[2:]
    books = {name: (HERE / name).read_text(encoding="utf-8").splitlines() for name in ("also.rules", "good.rules", "good.cases")}
    change(books, rest)
    with tempfile.TemporaryDirectory() as folder:
        for name, lines in books.items():
            (Path(folder) / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        code, said = check(rulec, folder)
    lines = said.splitlines()
    tap.check(code == 1 and any(wanted in line for line in lines), f"{path.stem}: {wanted}", said)
    tap.check(lines and all(re.match(r"[^:\s]+\.(rules|cases):\d+: ", line) for line in lines),
              f"{path.stem}: every line names file and line", said)
tap.end()
