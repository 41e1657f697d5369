# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by tests that hear: a PulseAudio of our own with a null sink `air`, reached through ALSA as the
# default device, and its monitor as a file. Needs $dir (an empty folder) and fail(); pids is ended by
# finish_pulse.
# shellcheck shell=bash
: "${dir:?an empty folder}"
. tests/e2e/until.sh
server=unix:$dir/socket
pids=()
export HOME=$dir XDG_RUNTIME_DIR=$dir XDG_CONFIG_HOME=$dir ALSA_CONFIG_PATH=$dir/asound.conf
export VANGXA_LANG=en JACK_NO_START_SERVER=1 VANGXA
if ! command -v pulseaudio >/dev/null || ! command -v parec >/dev/null; then
	echo "LEFT OUT: PulseAudio is not installed (make test-deps): nothing was heard"
	exit 0
fi
cat >"$dir/asound.conf" <<END
pcm.!default { type pulse server "$server" device "air" hint { show on description "pulse" } }
ctl.!default { type pulse server "$server" }
END

finish_pulse() {
	for p in "${pids[@]}"; do kill "$p" 2>/dev/null; done
	wait 2>/dev/null
}

# A sound server's own threads lose against a busy machine, and what it drops nobody can hear: real-time
# priority where it may be had, as a desktop gives it.
first=
chrt -f 20 true 2>/dev/null && first="chrt -f 20"

start_pulse() {
	$first pulseaudio -n --daemonize=no --exit-idle-time=-1 --disallow-exit --use-pid-file=no \
		-L "module-native-protocol-unix socket=$dir/socket auth-anonymous=1" \
		-L "module-null-sink sink_name=air rate=48000 format=float32le channels=1 channel_map=mono" \
		>"$dir/pulse.log" 2>&1 &
	pulse=$!
	pids+=("$pulse")
	until_true 10 pactl -s "$server" get-sink-volume air ||
		fail "PulseAudio does not start: $(tail -3 "$dir/pulse.log")"
}

# record_monitor FILE: what the sink plays, until the server ends.
record_monitor() {
	$first parec -s "$server" -d air.monitor --format=float32le --rate=48000 --channels=1 \
		--latency-msec=20 >"$dir/$1" 2>/dev/null &
	recorder=$!
	pids+=("$recorder")
}
