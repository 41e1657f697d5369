#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# From the start of the process to the first sample at the sink and to the first byte at a listener, in ms;
# medians of RUNS (5), the programs in turn. A station whose masters are made, in the middle of a
# slot (it joins late); peers with their playlists ready, icecast already running, MPD playing
# by its state file. The listener asks again every 10 ms until there is something; the first
# sample is the start that the log's entry gives (null sink, so device latency is 0).
#   RUNS=5 ONLY="vangxa ezstream mpd liquidsoap" bench/start_time.sh
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
. "$here/lib/onair.sh"
RUNS=${RUNS:-5} PORT=${PORT:-18620}
ONLY=${ONLY:-vangxa ezstream mpd liquidsoap}

need ffmpeg espeak-ng curl
keep_installed
[ -f "$W/list" ] || make_playlist 3600
cut -d' ' -f2 "$W/list" >"$W/files"
results=$W/starts
: >"$results"

now_ms() { echo $(($(date +%s%N) / 1000000)); }

# Waits at most 20 s for a byte from URL; sets byte_ms.
await_byte() {
	local end=$(($(now_ms) + 20000))
	until [ "$(curl -fsN -m 20 "$1" 2>/dev/null | head -c 1 | wc -c)" = 1 ]; do
		[ "$(now_ms)" -lt $end ] || return 1
		sleep 0.01
	done
	byte_ms=$(now_ms)
}

keep() { # NAME BEGAN_MS
	if await_byte "$3"; then
		echo "$1-byte $((byte_ms - $2))" >>"$results"
	else
		echo "$1: nothing came, see $W/$1.log" >&2
	fi
}

# The latest airing's start, in ms since 1970: when its first sample was at the sink.
first_sample_ms() {
	local start
	start=$("$VANGXA" log --data "$W/onair" --json | grep '"start":"2' | tail -1 |
		sed 's/.*"start":"\([^"]*\)".*/\1/')
	echo $(($(date -d "$start" +%s%N) / 1000000))
}

# Its first byte may be of silence: the first sample of a programme is waited for, at most 10 s.
await_on_air() {
	local i
	for i in {1..100}; do
		"$VANGXA" status --data "$W/onair" --json >"$W/status.json" 2>/dev/null || true
		grep -q '"on_air": \[$' "$W/status.json" && return
		sleep 0.1
	done
	echo "vangxa: nothing came on air" >&2
	return 1
}

run_vangxa() {
	local began
	# What has aired in part is not aired again: each run is the first of its station. A log that is
	# gone alone would be missed, and a second one begun behind it.
	find "$W/onair" -mindepth 1 -maxdepth 1 ! -name masters ! -name originals ! -name schedules \
		! -name station.yaml -exec rm -rf {} +
	began=$(now_ms)
	start_vangxa $PORT
	keep vangxa $began http://127.0.0.1:$PORT/live.mp3
	await_on_air
	end_all # faded, its outcome written
	echo "vangxa-sample $(($(first_sample_ms) - began))" >>"$results"
}

run_ezstream() {
	local began
	start_icecast $((PORT + 1))
	began=$(now_ms)
	start_ezstream $((PORT + 1))
	keep ezstream $began http://127.0.0.1:$((PORT + 1))/live.mp3
	end_all
}

run_liquidsoap() {
	local began
	start_icecast $((PORT + 1))
	began=$(now_ms)
	start_liquidsoap $((PORT + 1))
	keep liquidsoap $began http://127.0.0.1:$((PORT + 1))/live.mp3
	end_all
}

run_mpd() {
	local began port=$((PORT + 2))
	[ -f "$W/mpd.ready" ] || {
		start_mpd $port
		tell_mpd $port
		end_all # writes its state
		touch "$W/mpd.ready"
	}
	began=$(now_ms)
	start_mpd $port
	keep mpd $began http://127.0.0.1:$port/
	end_all
}

beside=
make_onair_station
rm -f "$W/mpd.ready"
in_turn
echo "From process start, ms, medians of $RUNS, $(nproc) cores, $(cpu_name)"
printf '%-12s %12s %12s\n' program "first sample" "first byte"
for what in $ONLY; do
	sample=$(median_of "$what-sample" 2)
	byte=$(median_of "$what-byte" 2)
	printf '%-12s %12s %12s\n' "$what" "${sample:--}" "${byte:--}"
	[ "$what" = vangxa ] || beside+="$what ${byte:--}, "
done
sample=$(median_of vangxa-sample 2) byte=$(median_of vangxa-byte 2)
[ -z "$byte" ] || {
	figure "start to first sample, ms" "<= 300" "$sample" "$(at_most "$sample" 300)" ""
	figure "start to a listener's first byte, ms" "<= 500" "$byte" "$(at_most "$byte" 500)" \
		"${beside%, }"
}
exit $broken
