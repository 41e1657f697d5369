#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# On air in real time with one listener: CPU and memory of all processes of `vangxa run` (one zone, live
# stream and recording, 64 kbit/s mono) beside Liquidsoap with Icecast and MPD with its own HTTP
# output (64 kbit/s mono too, no recording). CPU by the scheduler's own account (/proc/PID/schedstat; ticks
# miss what wakes briefly) over SECONDS_ON (30) after a warm-up, medians of RUNS (3), in turn; memory is
# PSS (shared pages count once) and the sum of RSS. Everything listens on 127.0.0.1 and is ended at the end.
#   RUNS=3 SECONDS_ON=30 WARM_UP=8 ONLY="vangxa liquidsoap mpd" bench/onair_vs.sh
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
. "$here/lib/onair.sh"
RUNS=${RUNS:-3} SECONDS_ON=${SECONDS_ON:-30} WARM_UP=${WARM_UP:-8} PORT=${PORT:-18600}
ONLY=${ONLY:-vangxa liquidsoap mpd}
results=$W/onair.results

need ffmpeg espeak-ng curl
keep_installed
[ -f "$W/list" ] || make_playlist 3600 # any list will do
cut -d' ' -f2 "$W/list" >"$W/files"

cpu_ns() { # of all threads of the trees of $pids
	local p
	for p in $(tree "${pids[@]}"); do
		cat /proc/"$p"/task/*/schedstat 2>/dev/null || true
	done | awk '{t += $1} END {printf "%.0f", t}'
}

listen_to() { # URL: waits at most 20 s for the first bytes, then goes on listening
	local i got
	for i in {1..40}; do
		got=$(curl -fs -m 1 "$1" 2>/dev/null | head -c 1000 | wc -c || true)
		[ "$got" -gt 0 ] && break
		sleep 0.5
	done
	curl -fs -o /dev/null "$1" &
	listener=$!
}

measure() { # NAME: adds "NAME PERCENT PSS RSS PROCESSES" to $results
	local before after count
	sleep "$WARM_UP"
	kill -0 "$listener" 2>/dev/null || {
		echo "$1: no listener could stay, see $W/$1.log" >&2
		end_all
		return 1
	}
	before=$(cpu_ns)
	sleep "$SECONDS_ON"
	after=$(cpu_ns) count=$(tree "${pids[@]}" | wc -l)
	awk -v n="$1" -v t=$((after - before)) -v s="$SECONDS_ON" -v p="$(kib Pss)" \
		-v r="$(kib Rss)" -v c="$count" 'BEGIN {
		printf "%s %.3f %.1f %.1f %d\n", n, t / 1e7 / s, p / 1024, r / 1024, c}' >>"$results"
	end_all
}

run_vangxa() {
	# What has aired in part is not aired again: each run is the first of its station.
	rm -rf "$W/onair/"{log,aircheck,view.sqlite*}
	start_vangxa $PORT
	listen_to http://127.0.0.1:$PORT/live.mp3
	"$VANGXA" status --data "$W/onair" --json >"$W/status.json"
	grep -q '"on_air": \[$' "$W/status.json" || echo "vangxa: nothing is on air" >&2
	measure vangxa
}

run_liquidsoap() {
	start_icecast $((PORT + 1))
	start_liquidsoap $((PORT + 1))
	listen_to http://127.0.0.1:$((PORT + 1))/live.mp3
	measure liquidsoap
}

run_mpd() {
	start_mpd $((PORT + 2))
	tell_mpd $((PORT + 2))
	listen_to http://127.0.0.1:$((PORT + 2))/
	measure mpd
}

: >"$results"
make_onair_station
in_turn
echo "On air for $SECONDS_ON s with one listener, 64 kbit/s mono, medians of $RUNS, $(nproc) cores,"
cpu_name
printf '%-12s %8s %9s %9s %10s\n' program "CPU %" "PSS MiB" "RSS MiB" processes
for what in $ONLY; do
	printf '%-12s %8s %9s %9s %10s\n' "$what" "$(median_of "$what" 2)" "$(median_of "$what" 3)" \
		"$(median_of "$what" 4)" "$(median_of "$what" 5)"
done
beside() { # COLUMN: the peers
	for what in $ONLY; do
		[ "$what" = vangxa ] || printf '%s %s, ' "$what" "$(median_of "$what" "$1")"
	done | sed 's/, $//'
}
cpu=$(median_of vangxa 2) pss=$(median_of vangxa 3) rss=$(median_of vangxa 4)
[ -z "$cpu" ] || {
	figure "on air, % of a core" "<= 1" "$cpu" "$(at_most "$cpu" 1)" "$(beside 2)"
	figure "on air, memory (PSS), MiB" "<= 40" "$pss" "$(at_most "$pss" 40)" "$(beside 3)"
	figure "on air, memory (sum of RSS), MiB" "<= 40" "$rss" "$(at_most "$rss" 40)" "$(beside 4)"
}
exit $broken
