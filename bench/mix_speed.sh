#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The mixer alone: times real time on one core, FLAC decoding included.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
program=$(build_program mix_speed)
said=$("$program" 600)
echo "$said"
figure "mixer alone, deck and ducked bed, x real time" "-" \
	"$(sed -n 's/^deck and ducked bed *\([0-9]*\) .*/\1/p' <<<"$said")" "-" "FLAC decoding included"
