#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# start_error.sh [COUNT]: the error of planned starts at a device: JACK's dummy driver in real-time mode.
# Needs the packages jackd2 and libjack-jackd2-dev. See start_error.c for what is measured.
set -eu
cd "$(dirname "$0")/.."
count=${1:-100}
VANGXA=${VANGXA:-$PWD/build/plain/vangxa}
build=$(dirname "$VANGXA")
command -v jackd >/dev/null || { echo "start_error: jackd is not installed (package jackd2)"; exit 0; }
export VANGXA JACK_DEFAULT_SERVER=vangxa-bench VANGXA_LANG=en
# make names its targets from here: by an absolute name an old binary would be "up to date".
make -s B="${build#"$PWD"/}" "${build#"$PWD"/}/bench/start_error"
jackd -n "$JACK_DEFAULT_SERVER" -R -P 10 -d dummy -r 48000 -p 2048 >"$build/bench/jackd.log" 2>&1 &
jack=$!
trap 'kill $jack 2>/dev/null; wait 2>/dev/null' EXIT
jack_wait -s "$JACK_DEFAULT_SERVER" -w -t 10 >/dev/null 2>&1 || sleep 2
"$build/bench/start_error" "$count" 2>"$build/bench/start_error.log" ||
	{ tail -5 "$build/bench/start_error.log"; exit 1; }
