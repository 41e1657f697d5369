#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# start_engine.sh [COUNT]: the error of planned starts of the engine alone, at JACK's dummy driver in real-time mode.
# Needs the packages jackd2 and libjack-jackd2-dev. See start_engine.c for what is measured.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
. "$here/lib/jack.sh"
count=${1:-${COUNT:-20}}
start_jack 2048
program=$(build_program start_engine)
said=$("$program" "$count" 2>"$W/start_engine.log") || {
	tail -5 "$W/start_engine.log"
	exit 1
}
echo "$said"
spread=$(sed 's/.*spread_ms \([0-9.]*\) .*/\1/' <<<"$said")
figure "start error of the engine alone (JACK), spread, ms" "<= 1" "$spread" "$(at_most "$spread" 1)" "$count starts"
