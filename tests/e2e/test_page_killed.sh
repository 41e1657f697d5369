#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The test of the page leaves nothing behind, even if it is killed in the middle.
set -u
. tests/e2e/station.sh

page_of() { # PID: the web process that it started
	pgrep -P "$1" -f '^[^ ]*vangxa web '
}

for signal in TERM KILL; do
	mkdir -p "$SCRATCH/tmp"
	TMPDIR=$SCRATCH/tmp ONLY='a slow drip' node tests/e2e/test_page.mjs >"$SCRATCH/out" 2>&1 &
	test=$!
	until_true 30 page_of $test || fail "no page: $(cat "$SCRATCH/out")"
	page=$(page_of $test)
	kill -$signal $test
	wait $test
	until_true 10 test ! -e "/proc/$page" || fail "$signal: the web process lives on"
done
echo "no process left behind"
