# tidy.test.py: the habits of the code that a machine can see.
# SPDX-License-Identifier: Apache-2.0
import os
import re
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "test"))
from tap import Tap  # noqa: E402

BUILD = Path(os.environ.get("BUILD", TOP / "build"))
LINE_MAX, FILE_MAX, FUNCTION_MAX = 100, 400, 60

tracked = subprocess.run(["git", "ls-files"], cwd=TOP, check=True, text=True,
                         stdout=subprocess.PIPE).stdout.split("\n")
files = [TOP / f for f in tracked if f and (TOP / f).is_file()]
ours = [f for f in files if f.suffix in (".c", ".h", ".py", ".mjs", ".sh", ".build", ".sql", ".rules", ".cases")
        or f.name in ("Makefile", "run") or f.parent.name == "scripts"]
c_files = [f for f in ours if f.suffix in (".c", ".h")]
text = {f: f.read_text(encoding="utf-8") for f in ours}


def name(path, line=None):
    return f"{path.relative_to(TOP)}" + (f":{line}" if line else "")


tap = Tap()
tap.none([name(f) for f in ours if "SPDX-License-Identifier: Apache-2.0" not in "".join(
    text[f].splitlines(True)[:3])], "the second or third line of each file names the licence")
tap.none([name(f) for f in c_files if not re.match(r"/\* [\w.]+[.][ch]: ", text[f])],
         "the first line of each C file is its caption")
tap.none([name(f, n) for f in c_files for n, line in enumerate(text[f].split("\n"), 1)
          if len(line) > LINE_MAX], f"no line of C is longer than {LINE_MAX} characters")
tap.none([f"{name(f)}: {len(text[f].splitlines())} lines" for f in c_files
          if len(text[f].splitlines()) > FILE_MAX], f"no C file is longer than {FILE_MAX} lines")
tap.none([f"{name(f, n)}: {line.strip()}" for f in ours if f.name != "tidy.test.py"
          for n, line in enumerate(text[f].split("\n"), 1)
          if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line) and "SKIP" not in line],
         "nothing is left for later in a comment")
tap.none([name(f) for f in c_files if f.suffix == ".c" and f.parts[-2] != "fuzz" and
          (re.findall(r'#\s*include\s+[<"]([^">]+)', text[f]) or [""])[-1] != "base/banned.h"
          and "refuse" not in f.parts],
         "every .c includes base/banned.h last")
tap.none([name(f) for f in c_files if re.search(r"typedef\s+(struct|union)\b[^(;{]*[;{]", text[f])],
         "no typedef of a struct")
tap.none([f"{name(f)}: {w}" for f in c_files
          for w in set(re.findall(r"\b\w*(?:_manager|_handler|_service|_util|_utils|_helper|_helpers)\b",
                                  text[f]))
          if not w.startswith(("MHD_", "PQ", "sqlite3_")) and
          w != "product_identification_helper"],  # a member's name, of CSAF 2.0
         "no manager, handler, service, util, helper among the names")


def functions(path):
    """(first line, lines, name) of each function: a body opens with { in the first column."""
    lines = text[path].split("\n")
    opened = None
    for n, line in enumerate(lines):
        if line == "{":
            opened = n
        elif line == "}" and opened is not None:
            head = " ".join(lines[max(0, opened - 6):opened])
            found = re.findall(r"(\w+)\s*\(", head.split("}")[-1].split(";")[-1])
            yield opened + 1, n - opened - 1, found[0] if found else "?"
            opened = None


long = [f"{name(f, n)}: {what}() has {lines} lines" for f in c_files for n, lines, what in functions(f)
        if lines >= FUNCTION_MAX]
tap.none(long, f"no function has {FUNCTION_MAX} lines or more")

# No global state that changes: what the compiler put into writable sections, read from the objects.
objects = sorted(BUILD.glob("src/**/*.o"))
tap.check(objects, "the build left objects to look into")
state = []
for made in objects:
    shown = subprocess.run(["objdump", "-t", made], text=True, stdout=subprocess.PIPE).stdout
    for line in shown.split("\n"):
        read = re.match(r"[0-9a-f]+ .{7} (\.t?data|\.t?bss|\*COM\*)\t([0-9a-f]+) (?:\.hidden )?(\S+)$", line)
        if read and not read[3].startswith(".") and int(read[2], 16):
            state.append(f"{made.name}: {read[3]} in {read[1]}")
tap.none(state, "no global state that changes: nothing in .data or .bss")
tap.end()
