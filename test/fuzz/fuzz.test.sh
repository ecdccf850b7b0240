#!/bin/bash
# fuzz.test.sh: every fuzz target for a few seconds, about a minute in all; `make fuzz` takes longer.
# SPDX-License-Identifier: Apache-2.0
# test: seconds=900
exec "$(dirname "$0")/run" --seconds 7
