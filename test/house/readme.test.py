# readme.test.py: what the README and HACKING tell a person to type and to open is there.
# SPDX-License-Identifier: Apache-2.0
import os
import re
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "test"))
from tap import Tap  # noqa: E402

HOSHI = os.environ.get("HOSHI", str(TOP / "build/hoshi"))
tap = Tap()
targets = set(re.findall(r"^([a-z-]+):", (TOP / "Makefile").read_text(encoding="utf-8"), re.M))
helped = subprocess.run([HOSHI, "--help"], text=True, stdout=subprocess.PIPE).stdout
commands = set(re.findall(r"^\s+(?:hoshi )?([a-z]+)\b", helped, re.M))
for page in ("README.md", "HACKING.md", "doc/architecture.md"):
    text = (TOP / page).read_text(encoding="utf-8")
    shown = re.findall(r"`([^`\n]+)`", text) + [
        line.strip() for block in re.findall(r"```[a-z]*\n(.*?)```", text, re.S) for line in block.split("\n")]
    tap.none([f"make {t}" for line in shown for t in re.findall(r"^(?:[A-Z]+=\S+ )*make ([a-z-]+)", line)
              if t not in targets], f"{page}: every make target exists")
    tap.none([f"hoshi {c}" for line in shown for c in re.findall(r"(?:^|/)hoshi ([a-z]+)", line)
              if c not in commands], f"{page}: every command exists")
    tap.none([target for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
              if not ((TOP / page).parent / target).exists()], f"{page}: every link leads to a file")
tap.end()
