# tap.py: what the tests in Python print: TAP.
# SPDX-License-Identifier: Apache-2.0
import sys


class Tap:
    """Counts what holds; end() gives the exit code."""

    def __init__(self):
        self.n = self.failed = 0

    def check(self, holds, what, *details):
        self.n += 1
        self.failed += not holds
        print(f"{'ok' if holds else 'not ok'} {self.n} - {what}", flush=True)
        if not holds:
            for detail in details:
                for line in str(detail).splitlines()[:30]:
                    print(f"# {line}", flush=True)
        return holds

    def none(self, wrong, what):
        """Holds when the list of what is wrong is empty."""
        return self.check(not wrong, what, *list(wrong)[:20])

    def equal(self, got, wanted, what):
        return self.check(got == wanted, what, f"got    {got!r}", f"wanted {wanted!r}")

    def end(self):
        print(f"1..{self.n}", flush=True)
        sys.exit(1 if self.failed else 0)
