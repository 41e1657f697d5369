#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What was meant is what is heard: an engine plays a count of its frames through PortAudio, ALSA and a
# PulseAudio of our own, whose monitor is recorded and compared sample by sample. Then the sound server
# dies and comes back.
# Alone: it compares what was heard sample by sample.
set -u
dir=${SCRATCH:?}/heard
hear=${HEAR:-$(dirname "$VANGXA")/tests/hear}
mkdir -p "$dir"
: >"$dir/events"

fail() {
	echo "test_hear: $*" >&2
	sed 's/^/    /' "$dir/events" >&2
	exit 1
}

. tests/e2e/pulse.sh
trap finish_pulse EXIT

record() {
	record_monitor "$1"
	until_true 10 test -s "$dir/$1" || fail "nothing to record"
}

told() { grep -q "^$1" "$dir/events"; }
heard_s() { "$hear" check "$dir/$1" "$2" >/dev/null; }

start_pulse
record first.raw
"$hear" play default 90 >"$dir/events" &
player=$!
pids+=("$player")
until_true 10 told on || fail "the device does not come on"
until_true 30 heard_s first.raw 6 || { "$hear" check "$dir/first.raw" 6; fail "gaps"; }
"$hear" check "$dir/first.raw" 6
kill -9 "$pulse"
until_true 15 told lost || fail "nobody noticed that the sound server died"
start_pulse
record second.raw
until_true 20 told back || fail "the device was not taken up again"
until_true 30 heard_s second.raw 4 || { "$hear" check "$dir/second.raw" 4; fail "gaps"; }
"$hear" check "$dir/second.raw" 4
kill -TERM "$player"
wait "$player" || fail "the player ended with $?"
told 'end on=1' || fail "no account at the end"
cat "$dir/events"
