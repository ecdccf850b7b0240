# includes.test.py: who may include whom: the #include lines against the table of the architecture.
# SPDX-License-Identifier: Apache-2.0
import re
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "test"))
from tap import Tap  # noqa: E402

# room: the rooms it may include besides itself
TABLE = {
    "base": set(),
    "rule": {"base"},
    "csaf": {"base", "advisory"},
    "store": {"base", "rule"},
    "register": {"base", "rule", "label"},
    "label": {"base", "rule"},
    "letter": {"base"},
    "advisory": {"base"},
    "desk": {"base", "rule", "store", "register", "label", "letter", "advisory"},
    "web": {"base", "rule", "store", "desk", "register", "label", "letter", "advisory", "csaf"},
    "cli": {"base", "rule", "store", "desk", "register", "label", "letter", "advisory"},
    "proc": {"base", "rule", "store", "desk", "register", "label", "letter", "advisory", "web", "cli"},
}
# The public half's own table: label is before register, and neither knows the casework.
TABLE["register"] = {"base", "rule", "label", "csaf"}
# Made headers, and the room whose they are.
MADE = {"rulebook.gen.h": "rule"}
# Only the desk writes: these headers of store/ are for it and for store/ itself.
WRITING = {"store/journal.h", "store/put.gen.h"}
# Keys are the signer's alone; the rest of the house uses digests, random bytes and passwords.
KEY_HEADERS = re.compile(r"^(sodium/crypto_sign|openssl/(evp_pkey|pem|ec)\b|rnp/)|^proc/openpgp.h$")
KEY_FILES = ("signer.c", "openpgp.c", "openpgp.h")

tap = Tap()
wrong, found = [], 0
for path in sorted((TOP / "src").glob("*/**/*.[ch]")):
    room = path.relative_to(TOP / "src").parts[0]
    for number, line in enumerate(path.open(encoding="utf-8"), 1):
        read = re.match(r'\s*#\s*include\s+[<"]([^">]+)[">]', line)
        if not read:
            continue
        name, where = read[1], f"{path.relative_to(TOP)}:{number}: {line.strip()}"
        theirs = MADE.get(name) or (name.split("/")[0] if name.split("/")[0] in TABLE else None)
        if theirs and theirs != room:
            found += 1
            if theirs not in TABLE[room]:
                wrong.append(f"{where}: {room} may not include {theirs}")
        if name in WRITING and room not in ("store", "desk"):
            wrong.append(f"{where}: only the desk writes")
        if KEY_HEADERS.match(name) and path.name not in KEY_FILES:
            wrong.append(f"{where}: only proc/signer.c knows keys")
tap.none(wrong, f"each of {found} includes across rooms is allowed")
tap.check(found > 30, "there were includes to look at", f"{found}")

rooms = {p.name for p in (TOP / "src").iterdir() if p.is_dir()}
tap.none(rooms - set(TABLE), "every room of src/ is in the table")

# rule/ is pure: no clock, no allocator, no I/O
IMPURE = re.compile(r"\b(malloc|calloc|realloc|free|time|clock_\w+|gettimeofday|fopen|open|read|write|"
                    r"fprintf|getenv|random\w*|arena_\w+)\s*\(")
PURE = ["judge.c", "guard", "effect"]
impure = []
for path in sorted((TOP / "src/rule").glob("*.c")):
    text = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.S)
    for name in re.findall(r"#include <([^>]+)>", text):
        if name in ("time.h", "unistd.h", "stdlib.h", "sys/time.h", "fcntl.h"):
            impure.append(f"{path.name}: includes {name}")
    impure += [f"{path.name}: calls {m[1]}()" for m in IMPURE.finditer(text)]
tap.none(impure, "rule/ calls no clock, no allocator, no system")
tap.end()
