#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# emergency.sh [COUNT]: from the order to the siren's first sample at a device: JACK's dummy driver in real-time mode,
# whose period is 256 frames (5.3 ms). See emergency.c for what is measured.
# Needs the packages jackd2 and libjack-jackd2-dev.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
count=${1:-${COUNT:-30}}
need jackd jack_wait pkg-config
pkg-config --exists jack || { echo "emergency.sh: left out: libjack-jackd2-dev is not installed"; exit 0; }
. "$top/tests/e2e/free_port.sh"
export VANGXA JACK_DEFAULT_SERVER=vangxa-bench-$$ VANGXA_LANG=en
program=$(build_program emergency)
jackd -n "$JACK_DEFAULT_SERVER" -R -P 10 -d dummy -r 48000 -p 256 >"$W/jackd.log" 2>&1 &
pids=($!)
trap 'kill "${pids[@]}" 2>/dev/null; wait 2>/dev/null' EXIT
jack_wait -s "$JACK_DEFAULT_SERVER" -w -t 10 >/dev/null 2>&1 || sleep 2
kill -0 "${pids[0]}" 2>/dev/null || { echo "emergency.sh: left out: jackd cannot run here in real time"; exit 0; }
dir=$W/emergency
rm -rf "$dir"
mkdir -p "$dir/schedules"
cat >"$dir/station.yaml" <<'END'
station: Đài thử
id: bench-khan-cap
timezone: Asia/Ho_Chi_Minh
zones:
  - {name: mot, device: "JACK Audio Connection Kit: system", channel: 1}
END
port=$(free_port)
"$VANGXA" run --data "$dir" --listen 127.0.0.1:$port >"$W/emergency.run" 2>&1 &
pids+=($!)
said=$("$program" "$count" "$port" "$dir" 2>"$W/emergency.log") || {
	tail -n 5 "$W/emergency.log" "$W/emergency.run"
	exit 1
}
echo "$said"
while read -r way _ median _ worst; do
	figure "emergency to its first sample, $way, ms" "<= 50" "$median" "$(at_most "$median" 50)" \
		"worst $worst of $count, JACK's period of 5.3 ms in it"
done <<<"$said"
