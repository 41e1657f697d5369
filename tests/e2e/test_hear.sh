#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What was meant is what is heard: an engine plays a count of its frames through PortAudio, ALSA and a
# PulseAudio of our own, whose monitor is recorded and compared sample by sample. Then the sound server
# dies and comes back.
set -u
dir=$(mktemp -d)
hear=${HEAR:-$(dirname "$VANGXA")/tests/hear}
server=unix:$dir/socket
pids=()
export HOME=$dir XDG_RUNTIME_DIR=$dir XDG_CONFIG_HOME=$dir ALSA_CONFIG_PATH=$dir/asound.conf
export VANGXA_LANG=en VANGXA

finish() {
	for p in "${pids[@]}"; do kill "$p" 2>/dev/null; done
	wait 2>/dev/null
	rm -rf "$dir"
}
trap finish EXIT

fail() {
	echo "test_hear: $*" >&2
	sed 's/^/    /' "$dir/events" >&2
	exit 1
}

# until SECONDS COMMAND…: waits for the condition, not for the clock.
until_true() {
	local n=$(($1 * 10))
	shift
	while ! "$@" 2>/dev/null; do
		[ $((n--)) -gt 0 ] || return 1
		sleep 0.1
	done
}

# Real-time priority where it may be had, as a desktop gives it: on a busy machine a sound server without it
# drops sound, and that is not ours to hear.
first=
chrt -f 20 true 2>/dev/null && first="chrt -f 20"

start_pulse() {
	$first pulseaudio -n --daemonize=no --exit-idle-time=-1 --disallow-exit --use-pid-file=no \
		-L "module-native-protocol-unix socket=$dir/socket auth-anonymous=1" \
		-L "module-null-sink sink_name=air rate=48000 format=float32le channels=1 channel_map=mono" \
		>"$dir/pulse.log" 2>&1 &
	pulse=$!
	pids+=("$pulse")
	until_true 10 pactl -s "$server" get-sink-volume air >/dev/null ||
		fail "PulseAudio does not start: $(tail -3 "$dir/pulse.log")"
}

record() {
	$first parec -s "$server" -d air.monitor --format=float32le --rate=48000 --channels=1 \
		--latency-msec=20 >"$dir/$1" 2>/dev/null &
	recorder=$!
	pids+=("$recorder")
	until_true 10 test -s "$dir/$1" || fail "nothing to record"
}

told() { grep -q "^$1" "$dir/events"; }
heard_s() { "$hear" check "$dir/$1" "$2" >/dev/null; }

cat >"$dir/asound.conf" <<END
pcm.!default { type pulse server "$server" device "air" hint { show on description "pulse" } }
ctl.!default { type pulse server "$server" }
END
: >"$dir/events"
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
