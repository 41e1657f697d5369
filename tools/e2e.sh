#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# e2e.sh [NAME…]: runs tests/e2e/test_*.sh and test_*.mjs against the program in $VANGXA, one after the
# other (they use sound servers and ports). Each gets an empty folder in $SCRATCH, removed afterwards.
# A test fails by its exit status; what it printed is shown then. What it could not do on this machine it
# says in a line "LEFT OUT: …", which is always shown. Ends like Check does: "100%: …".
set -u
: "${VANGXA:?the program to test}"
export VANGXA
bound_s=300 # a test that hangs is a failure, not a wait for ever

wanted() {
	local name=$1
	shift
	[ $# -eq 0 ] && return 0
	for w in "$@"; do
		[ "$name" = "$w" ] && return 0
	done
	return 1
}

run=0 failed=0
for file in tests/e2e/test_*.sh tests/e2e/test_*.mjs; do
	name=$(basename "${file%.*}")
	[ -e "$file" ] || continue
	wanted "${name#test_}" "$@" || continue
	SCRATCH=$(mktemp -d)
	export SCRATCH
	case $file in *.mjs) with=node ;; *) with=bash ;; esac
	run=$((run + 1))
	began=$SECONDS
	if timeout -k 5 "$bound_s" "$with" "$file" >"$SCRATCH.out" 2>&1 </dev/null; then
		printf '  ok    %s (%d s)\n' "${name#test_}" $((SECONDS - began))
		sed -n 's/^LEFT OUT: /  LEFT OUT: /p' "$SCRATCH.out"
	else
		status=$?
		failed=$((failed + 1))
		sed 's/^/    /' "$SCRATCH.out"
		printf '  FAIL  %s (status %d)\n' "${name#test_}" "$status"
	fi
	rm -rf "$SCRATCH" "$SCRATCH.out"
done
[ "$run" -gt 0 ] || { echo "e2e: no test of that name" >&2; exit 1; }
printf '%d%%: e2e: %d, Failures: %d\n' $(((run - failed) * 100 / run)) "$run" "$failed"
[ "$failed" -eq 0 ]
