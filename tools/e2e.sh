#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# e2e.sh [NAME…]: runs tests/e2e/test_*.sh and test_*.mjs against the program in $VANGXA, two at a time
# (E2E_JOBS): most of what they do is waiting. Those with "# Alone:" in their heads, because they hear what a
# busy machine spoils, have the machine for themselves when the others are done, and the process
# $E2E_ALONE_AFTER if one is named: two at a time where each has a processor, for they listen more than they compute
# and each has a sound server of its own. One with "# By itself:" has nobody beside it even then. Each gets an empty
# folder in $SCRATCH, and one in $TMPDIR for what the
# programs that it starts leave behind (a browser that was killed, a sound server), removed afterwards. A test
# fails by its exit status; what it printed is shown then. What it could not do on this machine it says in
# a line "LEFT OUT: …", which is always shown. Ends like Check does: "100%: …".
set -u
TIMEFORMAT='%U + %S'
: "${VANGXA:?the program to test}"
export VANGXA
bound_s=600 # a test that hangs is a failure, not a wait for ever
jobs=${E2E_JOBS:-2}
all=$(mktemp -d)
chmod 711 "$all" # a test may open its folder to another user
trap 'rm -rf "$all"' EXIT

wanted() {
	local name=$1
	shift
	[ $# -eq 0 ] && return 0
	for w in "$@"; do
		[ "$name" = "$w" ] && return 0
	done
	return 1
}

# run_one FILE NAME: leaves $all/NAME.failed if it fails. Its lines come out together.
run_one() {
	local began=$SECONDS with=bash status=0 out=$all/$2.out
	[[ $1 != *.mjs ]] || with=node
	mkdir -m 700 "$all/$2"
	mkdir -m 1777 "$all/$2.tmp"
	{
		time SCRATCH=$all/$2 TMPDIR=$all/$2.tmp timeout -k 5 "$bound_s" "$with" "$1" \
			>"$out" 2>&1 </dev/null || status=$?
	} 2>"$out.cpu"
	if [ $status -eq 0 ]; then
		printf '  ok    %s (%d s, processor %s s)\n' "$2" $((SECONDS - began)) "$(cat "$out.cpu")"
		sed -n 's/^LEFT OUT: /  LEFT OUT: /p' "$out"
	else
		: >"$all/$2.failed"
		sed 's/^/    /' "$out"
		printf '  FAIL  %s (status %d)\n' "$2" "$status"
	fi >"$out.told"
	cat "$out.told"
	rm -rf "${all:?}/$2" "${all:?}/$2.tmp"
}

# The longest first: one that is left for the end is waited for by nobody but itself.
in_order() {
	local name
	for name in listened looks page kill timetable tables orders refusals relay verifiers add render reports merge \
		roles witness people; do
		ls tests/e2e/test_$name.*
	done
	ls tests/e2e/test_*.mjs tests/e2e/test_*.sh
}

# at_most N: waits until there is room for one more.
at_most() {
	while [ "$(jobs -rp | wc -l)" -ge "$1" ]; do
		wait -n
	done
}

run=0
alone=()
by_itself=()
for file in $(in_order | awk '!told[$0]++'); do
	name=$(basename "${file%.*}")
	name=${name#test_}
	wanted "$name" "$@" || continue
	run=$((run + 1))
	if head -n 12 "$file" | grep -q '^# Alone:'; then
		alone+=("$file")
		continue
	elif head -n 12 "$file" | grep -q '^# By itself:'; then
		by_itself+=("$file")
		continue
	fi
	at_most "$jobs"
	run_one "$file" "$name" &
done
wait
last=("${alone[@]}" "${by_itself[@]}")
while [ ${#last[@]} -gt 0 ] && [ -n "${E2E_ALONE_AFTER:-}" ] && kill -0 "$E2E_ALONE_AFTER" 2>/dev/null; do
	sleep 1
done
[ "$jobs" -le 2 ] || jobs=2
[ "$jobs" -le "$(nproc)" ] || jobs=$(nproc)
for file in "${last[@]}"; do
	name=$(basename "${file%.*}")
	[[ " ${by_itself[*]} " != *" $file "* ]] || jobs=1
	at_most "$jobs"
	run_one "$file" "${name#test_}" &
done
wait
[ "$run" -gt 0 ] || { echo "e2e: no test of that name" >&2; exit 1; }
failed=$(find "$all" -name '*.failed' | wc -l)
printf '%d%%: e2e: %d, Failures: %d\n' $(((run - failed) * 100 / run)) "$run" "$failed"
[ "$failed" -eq 0 ]
