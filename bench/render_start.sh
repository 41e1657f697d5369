#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The error of planned starts in `render`, in samples: 40 clicks of one frame each, planned at odd
# seconds, are looked for in the file that comes out. Target: 0.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
need sox
dir=$W/starts-render
rm -rf "$dir"
mkdir -p "$dir/schedules"
printf 'station: Đo\nid: do\ntimezone: Asia/Ho_Chi_Minh\nzones:\n  - {name: a, device: none, channel: 1}\n' \
	>"$dir/station.yaml"
# One second: the first frame at half of full scale, the rest silent; 24-bit mono at 48 kHz.
sox -n -r 48000 -b 24 -c 1 "$W/click.wav" synth 1 square 24000 vol 0.5 trim 0 1s pad 0 47999s
{
	printf 'timetable: Đo\nvalid: {from: 2026-01-01}\nslots:\n'
	for ((i = 0; i < 40; i++)); do
		at=$((8 * 3600 + 7 + i * 37))
		printf '  - {name: s%d, start: "%02d:%02d:%02d", length: 5s, ident: false, bed: false, ' \
			$i $((at / 3600)) $((at / 60 % 60)) $((at % 60))
		printf 'play: {file: %s}}\n' "$W/click.wav"
	done
} >"$dir/schedules/do.yaml"
"$VANGXA" render --data "$dir" --from ${DAY}T08:00:00+07:00 --to ${DAY}T08:25:00+07:00 --bits 16 -o "$W/starts.wav"
said=$(sox "$W/starts.wav" -t s16 - | od -An -v -t d2 -w2 | awk '
	$1 > 1000 || $1 < -1000 { if (NR - last > 4800) hit[n++] = NR - 1; last = NR }
	END {
		for (i = 0; i < n; i++) {
			e = hit[i] - (7 + i * 37) * 48000
			if (e < 0) e = -e
			if (e > worst) worst = e
		}
		printf "render: %d of 40 starts found, worst error %d samples\n", n, worst
	}')
echo "$said"
worst=$(sed 's/.*worst error \([0-9]*\) .*/\1/' <<<"$said") found=$(sed 's/render: \([0-9]*\) .*/\1/' <<<"$said")
[ "$found" = 40 ] || worst="$worst, only $found of 40 found"
figure "start error in render, samples" "0" "$worst" "$([ "$worst" = 0 ] && echo yes || echo no)" "40 starts"
