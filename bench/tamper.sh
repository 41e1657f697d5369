#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# COUNT random damages of a small station's folder, one after the other: bytes changed, files cut, lengthened, removed,
# exchanged between logs too, entries left out or shuffled, rows of the view edited. Each must be noticed and its place
# be named. See tamper.c. Two programs, each half of them; SEED repeats a run.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
COUNT=${COUNT:-100000}
SEED=${SEED:-$RANDOM}
program=$(build_program tamper)
memory=$([ -w /dev/shm ] && echo /dev/shm || echo "$W")
dir=$(mktemp -d "$memory/tamper.XXXXXX")
trap 'rm -rf "$dir"' EXIT
half() {
	mkdir "$dir/$1"
	"$program" "$dir/$1" $((COUNT / 2)) $((SEED + $1)) >"$dir/$1.said" 2>&1
}
wrong=0
half 1 &
half 2 || wrong=1
wait $! || wrong=1
cat "$dir"/*.said | tee "$W/tamper.said"
bad=$(grep -c '^UNNOTICED\|^MISNAMED' "$W/tamper.said" || true)
figure "damages unnoticed or misnamed, of $COUNT" "0" "$bad" "$([ $wrong = 0 ] && echo yes || echo no)" "seed $SEED"
exit $wrong
