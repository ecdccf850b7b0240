#!/bin/bash
# scripts.test.sh: shellcheck finds nothing in our scripts; the package lists are as they should be.
# SPDX-License-Identifier: Apache-2.0
set -u
cd "$(dirname "$0")/../.." || exit 1
. test/tap.sh

for script in $(git ls-files | grep -v -e node_modules -e '\.md$'); do
    head -c 30 "$script" | head -1 | grep -aqE '^#!/bin/(ba)?sh' || continue
    check "shellcheck $script" shellcheck --severity=warning "$script"
done
installed() { # every package of a list is one that Debian knows, and is there now
    [ "$(sed 's/#.*//' "$1" | tr -s ' \t\n' '\n' | grep -c .)" -gt 0 ] &&
        scripts/install-debian --check "$1"
}
check "packages.run is complete and there" installed scripts/packages.run
check "packages.test is complete and there" installed scripts/packages.test
nothing_done() { # nothing is installed or compiled again; how long that takes is the bench's matter
    local said
    said=$(scripts/install-debian scripts/packages.run 2>&1) && [ -z "$said" ] &&
        ninja -C "${BUILD:-build}" -n hoshi hoshi-test | grep 'no work to do'
}
check "a second start does no work before the program" nothing_done
tap_end
