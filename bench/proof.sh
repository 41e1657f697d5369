#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The proof of one airing out of twenty years (log_make.c): COUNT random ones, each by a `vangxa prove` of its own
# (process start included) and by the same code within one process (proof_time.c); beside it the size of an
# RFC 3161 token, which says of a hash that it was there and not of what. ENTRIES: of the log.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
COUNT=${COUNT:-100}
ENTRIES=${ENTRIES:-876600}
SEED=${SEED:-1}
make_log=$(build_program log_make)
time_proofs=$(build_program proof_time)
dir=$W/proof
rm -rf "$dir"
mkdir -p "$dir/tsa"
trap 'rm -rf "$dir"' EXIT

"$make_log" "$dir" "$ENTRIES"
read -r inside worst_inside largest alone <<<"$("$time_proofs" "$dir" "$COUNT" "$SEED" "$dir/names")"
# By bash's own clock, µs: date(1) would be a process of its own within what is measured.
while read -r name; do
	began=${EPOCHREALTIME/[.,]/}
	"$VANGXA" prove "$name" --data "$dir" -o "$dir/proof" >/dev/null || broken=1
	echo $((${EPOCHREALTIME/[.,]/} - began))
done <"$dir/names" | sort -n | awk '{printf "%.2f\n", $1 / 1000}' >"$dir/ms"
prove_all() {
	while read -r name; do
		"$VANGXA" prove "$name" --data "$dir" -o "$dir/proof" >/dev/null
	done <"$dir/names"
}
TIMEFORMAT='%U %S' # of the processor: what a crowded machine does not lengthen so much
cpu=$({ time prove_all; } 2>&1 | awk -v n="$COUNT" '{printf "%.1f", ($1 + $2) * 1000 / n}')
whole=$(sed -n "$(((COUNT + 1) / 2))p" "$dir/ms")
worst=$(tail -1 "$dir/ms")
start=$(for _ in 1 2 3 4 5 6 7 8 9; do
	began=${EPOCHREALTIME/[.,]/}
	"$VANGXA" --version >/dev/null
	echo $((${EPOCHREALTIME/[.,]/} - began))
done | sort -n | sed -n 5p | awk '{printf "%.2f", $1 / 1000}')
"$top/tests/support/tsa.sh" make "$dir/tsa"
echo 01 >"$dir/tsa/serial"
openssl ts -query -data "$dir/log/checkpoint" -sha256 -cert -out "$dir/tsa/query" 2>/dev/null
"$top/tests/support/tsa.sh" reply "$dir/tsa" "$dir/tsa/query" "$dir/tsa/token"
token=$(wc -c <"$dir/tsa/token")

echo "proof: $largest bytes at most ($alone without the entry); in one process $inside ms, worst $worst_inside;" \
	"vangxa prove $whole ms, worst $worst, of which starting $start, $cpu ms of processor;" \
	"an RFC 3161 token: $token bytes"
figure "the largest of $COUNT proofs, bytes" "<= 2000" "$largest" "$(at_most "$largest" 2000)" \
	"$alone without the entry; an RFC 3161 token $token"
figure "making one, ms" "<= 10" "$inside" "$(at_most "$inside" 10)" "worst $worst_inside"
figure "vangxa prove as a process, ms" "<= 10" "$whole" "$(at_most "$whole" 10)" \
	"worst $worst; starting takes $start; $cpu ms of processor"
exit $broken
