#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# COUNT (500) connections that are silent, drip, stop in the middle, take nothing or talk nonsense, while
# somebody asks for the page and its status and a listener hears the programme: how long the answers take,
# and whether the air suffers (xruns, and seconds heard of seconds passed). Beside it Icecast, with its own
# page and a listener, under the same. RUNS (2) of SECONDS_ON (20), in turn.
#   COUNT=500 SECONDS_ON=20 RUNS=2 bench/slow_clients.sh
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
. "$here/lib/onair.sh"
RUNS=${RUNS:-2} PORT=${PORT:-18660}
export COUNT=${COUNT:-500} SECONDS_ON=${SECONDS_ON:-20}
ONLY=${ONLY:-vangxa icecast}
results=$W/slow.results

commands_of() { [ "$1" = icecast ] && echo icecast2 ezstream; }
need node ffmpeg espeak-ng curl
keep_installed
[ -f "$W/list" ] || make_playlist 3600
cut -d' ' -f2 "$W/list" >"$W/files"
: >"$results"

# NAME URL PATH…: the table's line, from the asking and from who listens.
attack() {
	local name=$1 url=$2 port said
	port=${url#*127.0.0.1:} port=${port%%/*}
	for _ in {1..60}; do
		[ "$(curl -fs -m 1 "$url" 2>/dev/null | head -c 1000 | wc -c || true)" -gt 0 ] && break
		sleep 0.5
	done
	curl -fs -o "$W/slow.mp3" "$url" &
	listener=$!
	said=$(node "$here/slow_clients.mjs" "$port" "${@:3}")
	kill $listener 2>/dev/null || true
	wait $listener 2>/dev/null || true
	listener=
	heard=$(ffprobe -v error -show_entries format=duration -of csv=p=0 "$W/slow.mp3" 2>/dev/null || echo 0)
	echo "$name $said $heard ${xruns:--}" >>"$results"
}

run_vangxa() {
	rm -rf "$W/onair/"{log,aircheck,view.sqlite*}
	start_vangxa $PORT
	attack vangxa http://127.0.0.1:$PORT/live.mp3 / /api/status
	"$VANGXA" status --data "$W/onair" --json >"$W/status.json"
	end_all
	"$VANGXA" log --data "$W/onair" --json |
		awk -F'"xruns":' 'NF > 1 {split($2, a, /[,}]/); n += a[1]} END {print n + 0}' >>"$W/slow.xruns"
}

run_icecast() {
	start_icecast $((PORT + 1))
	start_ezstream $((PORT + 1))
	attack icecast http://127.0.0.1:$((PORT + 1))/live.mp3 /status.xsl /status-json.xsl
	end_all
}

: >"$W/slow.xruns"
make_onair_station
in_turn
xruns=$(awk '{n += $1} END {print n + 0}' "$W/slow.xruns")
echo "Answers beside $COUNT bad connections, ms, medians of $RUNS, $(nproc) cores, $(cpu_name)"
printf '%-10s %8s %8s %8s %8s %8s\n' server median p99 largest failed "heard s"
for what in $ONLY; do
	printf '%-10s %8s %8s %8s %8s %8s\n' "$what" "$(median_of "$what" 2)" "$(median_of "$what" 3)" \
		"$(median_of "$what" 4)" "$(median_of "$what" 5)" "$(median_of "$what" 7)"
done
echo "xruns on air: $xruns"
largest=$(median_of vangxa 4) failed=$(median_of vangxa 5)
[ -z "$largest" ] || {
	figure "an answer beside $COUNT bad connections, ms" "<= 1000" "$largest" \
		"$([ "$failed" = 0 ] && at_most "$largest" 1000 || echo no)" "icecast $(median_of icecast 4)"
	figure "xruns on air meanwhile" "0" "$xruns" "$(at_most "$xruns" 0)" ""
}
exit $broken
