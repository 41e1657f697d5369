#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The radio does not notice: the web process dies by kill -9 while a listener and a watcher are connected. The
# airing goes on to its end in full, the page is back by itself, and the listener can come back.
set -u
. tests/e2e/station.sh
port=$(free_port)
at=http://127.0.0.1:$port

page() { curl -sf -m 2 "$at/api/status"; }
another_than() { local now; now=$(child web) && [ "$now" != "$1" ]; }
bytes_more_than() { [ "$(stat -c %s "$1" 2>/dev/null || echo 0)" -gt "$2" ]; }
gone() { ! kill -0 "$1"; }
ended() { entries | jqe -s "any(.[]; .kind == \"airing.ended\" and .airing == \"$1\")"; }

listen() { # FILE
	curl -sN "$at/live.mp3" -o "$1" &
	listener=$!
	until_true 10 bytes_more_than "$1" 20000 || fail "no sound from /live.mp3"
}

make_dir
start_run "$port"
until_true 10 page || fail "no page"
station=$(child station)
web=$(child web)
listen "$SCRATCH/first.mp3"
curl -sN "$at/api/events" >"$SCRATCH/events" &
watcher=$!
until_true 10 grep -q level "$SCRATCH/events" || fail "no events: $(head -c 300 "$SCRATCH/events")"

until_true 20 on_air || fail "nothing on air"
airing=$("$V" status --json | jq -r '.on_air[0].airing')
kill -9 "$web"
until_true 10 gone "$listener" || fail "the listener's connection did not end with the web process"
until_true 10 gone "$watcher" || fail "the watcher's connection did not end with the web process"
until_true 20 another_than "$web" || fail "the supervisor did not start the web again"
until_true 10 page || fail "the page did not come back"
listen "$SCRATCH/second.mp3"
kill "$listener"
sox "$SCRATCH/second.mp3" -n stat 2>&1 | awk '/RMS.*amplitude/ { exit !($3 > 0.01) }' ||
	fail "silence in the stream after the restart"

[ "$(child station)" = "$station" ] || fail "the station was started again as well"
until_true 30 ended "$airing" || fail "$airing never ended"
entries | jqe "select(.kind == \"airing.ended\" and .airing == \"$airing\")
	| .xruns == 0 and (.result == \"full\" or .reason == \"overrun\" or .complete > 0)" >/dev/null ||
	fail "$airing suffered: $(entries | grep "\"$airing\"")"
rms() { sox "$1" -n trim 1 "$2" stat 2>&1 | awk '/RMS.*amplitude/ { print $3 }'; }
stop_run || fail "the supervisor ended with $?"
recording=$(find "$DIR/aircheck" -name '*-mot.mp3' | head -n 1)
[ -n "$recording" ] || fail "no recording"
echo "web killed; the station ran on: $(rms "$recording" 3) RMS in the recording"
