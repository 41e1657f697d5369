#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# start_engine.sh [COUNT]: the error of planned starts of the engine alone, at JACK's dummy driver in real-time mode.
# Needs the packages jackd2 and libjack-jackd2-dev. See start_engine.c for what is measured.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
count=${1:-${COUNT:-20}}
need jackd jack_wait pkg-config
pkg-config --exists jack || { echo "start_engine.sh: left out: libjack-jackd2-dev is not installed"; exit 0; }
export VANGXA JACK_DEFAULT_SERVER=vangxa-bench-$$ VANGXA_LANG=en
program=$(build_program start_engine)
jackd -n "$JACK_DEFAULT_SERVER" -R -P 10 -d dummy -r 48000 -p 2048 >"$W/jackd.log" 2>&1 &
jack=$!
trap 'kill $jack 2>/dev/null; wait 2>/dev/null' EXIT
jack_wait -s "$JACK_DEFAULT_SERVER" -w -t 10 >/dev/null 2>&1 || sleep 2
kill -0 $jack 2>/dev/null || { echo "start_engine.sh: left out: jackd cannot run here in real time"; exit 0; }
said=$("$program" "$count" 2>"$W/start_engine.log") || {
	tail -5 "$W/start_engine.log"
	exit 1
}
echo "$said"
spread=$(sed 's/.*spread_ms \([0-9.]*\) .*/\1/' <<<"$said")
figure "start error of the engine alone (JACK), spread, ms" "<= 1" "$spread" "$(at_most "$spread" 1)" "$count starts"
