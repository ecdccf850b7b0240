# tap.sh: what the tests in shell print: TAP. To be read with `. test/tap.sh`; ends with `tap_end`.
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
tap_n=0
tap_failed=0

check() { # WHAT COMMAND…: holds when the command does; else its first words are shown
    local what=$1 said
    shift
    tap_n=$((tap_n + 1))
    if said=$("$@" 2>&1); then
        echo "ok $tap_n - $what"
    else
        echo "not ok $tap_n - $what"
        head -40 <<<"$said" | sed 's/^/# /'
        tap_failed=1
    fi
}

tap_end() {
    echo "1..$tap_n"
    exit $tap_failed
}
