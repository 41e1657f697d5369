#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# emergency.sh [COUNT]: from the order to the siren's first sample at a device: JACK's dummy driver in real-time mode,
# whose period is 256 frames (5.3 ms). See emergency.c for what is measured. Beside it, on the same device, Liquidsoap:
# a queue above everything else, into which the command server is told to push a sound.
# Needs the packages jackd2 and libjack-jackd2-dev.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
. "$here/lib/jack.sh"
count=${1:-${COUNT:-30}}
ONLY=${ONLY:-liquidsoap}
need sox
keep_installed
start_jack 256
program=$(build_program emergency)
dir=$W/emergency
start_jack_station "$dir"
soap=()
if [ -n "${ONLY// /}" ]; then
	sox -n -r 48000 -c 2 -b 16 "$W/siren.wav" synth 3 sine 800 vol 0.5
	soap=("$(free_port)" "$W/siren.wav")
	cat >"$W/emergency.liq" <<-END
	set("init.allow_root", true)
	set("frame.audio.samplerate", 48000)
	set("server.telnet", true)
	set("server.telnet.bind_addr", "127.0.0.1")
	set("server.telnet.port", ${soap[0]})
	alarm = request.queue(id="alarm")
	output.jack(id="soap", fallback(track_sensitive=false, [alarm, blank()]))
	END
	$at_once liquidsoap "$W/emergency.liq" >"$W/emergency.soap" 2>&1 &
	pids+=($!)
fi
said=$($at_once "$program" "$count" "$port" "$dir" "${soap[@]}" 2>"$W/emergency.log") || {
	echo "$said"
	tail -n 5 "$W/emergency.log" "$dir/run.log"
	exit 1
}
echo "$said"
beside=$(sed -n 's/^liquidsoap median \(.*\) worst \(.*\)/Liquidsoap \1, worst \2/p' <<<"$said")
while read -r way _ median _ worst; do
	[ "$way" != liquidsoap ] || continue
	figure "emergency to its first sample, $way, ms" "<= 50" "$median" "$(at_most "$median" 50)" \
		"worst $worst of $count, JACK's period of 5.3 ms in it; $beside"
done <<<"$said"
