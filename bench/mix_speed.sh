#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The mixer alone: times real time on one core, FLAC decoding included.
set -e
cd "$(dirname "$0")/.."
dir=${VANGXA:+$(dirname "$VANGXA")}
dir=${dir:-build/plain}
make -s B="$dir" "$dir/bench/mix_speed"
"$dir/bench/mix_speed" 600
