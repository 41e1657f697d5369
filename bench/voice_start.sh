#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# voice_start.sh [COUNT]: a live voice from a browser: from the first part of it that is sent to its first sample at a
# device, JACK's dummy driver in real-time mode with a period of 5.3 ms; and from the push of the button, which has the
# tenth of a second in it that the page gathers before it sends. No chime before. With real-time priority where that
# is allowed.
# Needs the packages jackd2 and libjack-jackd2-dev.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
. "$here/lib/jack.sh"
count=${1:-${COUNT:-20}}
need node
start_jack 256
program=$(build_program ear)
dir=$W/voice-start
start_jack_station "$dir" "live: {minutes: 5, chime: false}"
$at_once "$program" voice PortAudio >"$dir/heard" 2>"$dir/ear.log" &
pids+=($!)
failed() {
	tail -n 5 "$dir/run.log"
	exit 1
}
until_true 60 grep -q joined "$dir/heard" || failed
$at_once node "$here/voice_start.mjs" "$port" "$count" >"$dir/said" || failed
end_jack
# Of each push: what is heard first after it.
sort -k2,2 -n "$dir/said" <(grep 'voice [0-9]' "$dir/heard") | awk '
	$1 == "pushed" { pushed = $2; heard = 0 }
	$1 == "part" { part = $2 }
	$1 == "voice" && !heard {
		heard = 1
		printf "%.1f %.1f\n", ($2 - part) * 1000, ($2 - pushed) * 1000
	}' >"$dir/ms"
got=$(wc -l <"$dir/ms")
[ "$got" = "$count" ] || { echo "voice_start.sh: heard $got of $count" >&2; exit 1; }
part=$(cut -d' ' -f1 "$dir/ms" | median)
pushed=$(cut -d' ' -f2 "$dir/ms" | median)
worst=$(cut -d' ' -f1 "$dir/ms" | sort -n | tail -n 1)
echo "a live voice: $part ms from its first part to the device, worst $worst, of $count; $pushed ms from the button"
figure "a live voice, first part sent to first sample, ms" "-" "$part" "-" \
	"worst $worst of $count; from the button $pushed"
