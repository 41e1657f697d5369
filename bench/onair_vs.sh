#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# On air in real time with one listener: CPU and memory of all processes of `vangxa run` (one zone, live
# stream and recording, 64 kbit/s mono) beside Liquidsoap with Icecast and MPD with its own HTTP
# output (64 kbit/s mono too, no recording). CPU from /proc/PID/stat over SECONDS_ON (60) after
# a warm-up; memory is PSS (shared pages count once) and the sum of RSS. Everything listens on 127.0.0.1 and
# is ended at the end.
#   SECONDS_ON=60 WARM_UP=10 ONLY="vangxa liquidsoap mpd" bench/onair_vs.sh
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
. "$here/lib/onair.sh"
SECONDS_ON=${SECONDS_ON:-60} WARM_UP=${WARM_UP:-10} PORT=${PORT:-18600}
ONLY=${ONLY:-vangxa liquidsoap mpd}

need_packages
[ -f "$W/list" ] || make_playlist 3600 # any list will do
cut -d' ' -f2 "$W/list" >"$W/files"

tree() { # PID…: they and all below
	local p
	for p; do
		echo "$p"
		# shellcheck disable=SC2046
		tree $(ps -o pid= --ppid "$p")
	done
}

cpu_ticks() { # user + system of the trees of $pids
	local p
	for p in $(tree "${pids[@]}"); do
		sed 's/.*) //' "/proc/$p/stat" 2>/dev/null || true
	done | awk '{t += $12 + $13} END {print t + 0}'
}

kib() { # Pss or Rss: the sum
	local p
	for p in $(tree "${pids[@]}"); do
		grep "^$1:" "/proc/$p/smaps_rollup" 2>/dev/null || true
	done | awk '{t += $2} END {print t + 0}'
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

report() { # NAME
	local before after count
	sleep "$WARM_UP"
	kill -0 "$listener" 2>/dev/null || {
		echo "$1: no listener could stay, see $W/$1.log"
		end_all
		return
	}
	before=$(cpu_ticks)
	sleep "$SECONDS_ON"
	after=$(cpu_ticks) count=$(tree "${pids[@]}" | wc -l)
	awk -v n="$1" -v t=$((after - before)) -v hz="$(getconf CLK_TCK)" -v s="$SECONDS_ON" \
		-v p="$(kib Pss)" -v r="$(kib Rss)" -v c="$count" 'BEGIN {
		printf "%-12s %8.2f %9.1f %9.1f %10d\n", n, 100 * t / hz / s, p / 1024, r / 1024, c}'
	end_all
}

run_vangxa() {
	make_onair_station
	start_vangxa $PORT
	listen_to http://127.0.0.1:$PORT/live.mp3
	"$VANGXA" status --data "$W/onair" --json >"$W/status.json"
	grep -q '"on_air": \[$' "$W/status.json" || echo "vangxa: nothing is on air" >&2
	report vangxa
}

run_liquidsoap() {
	start_icecast $((PORT + 1))
	start_liquidsoap $((PORT + 1))
	listen_to http://127.0.0.1:$((PORT + 1))/live.mp3
	report liquidsoap
}

run_mpd() {
	start_mpd $((PORT + 2))
	tell_mpd $((PORT + 2))
	listen_to http://127.0.0.1:$((PORT + 2))/
	report mpd
}

echo "On air for $SECONDS_ON s with one listener, 64 kbit/s mono, $(nproc) cores,"
echo "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"
printf '%-12s %8s %9s %9s %10s\n' program "CPU %" "PSS MiB" "RSS MiB" processes
for what in $ONLY; do
	"run_$what"
done
