#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A stereo MP3 of MINUTES (10) becomes a master: `vangxa add` (decoding in the worker, to one channel, to
# 48 kHz, loudness, true peak, FLAC of 24 bits, SHA-256, the entry in the log) beside one ffmpeg that
# decodes, mixes down, resamples, measures (ebur128, with and without true peak) and writes FLAC. CPU
# is user + system, children included; medians of RUNS (5), in turn.
#   RUNS=5 MINUTES=10 ONLY="vangxa ffmpeg ffmpeg_no_peak" bench/ingest_vs.sh
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
RUNS=${RUNS:-5} MINUTES=${MINUTES:-10}
ONLY=${ONLY:-vangxa ffmpeg ffmpeg_no_peak}
results=$W/ingest.results

need ffmpeg espeak-ng /usr/bin/time
keep_installed
[ -f "$W/list" ] || make_playlist 3600
long=$W/long-$MINUTES.mp3
[ -f "$long" ] || {
	cut -d' ' -f2 "$W/list" | sed "s/.*/file '&'/" >"$W/concat"
	ffmpeg -nostdin -v error -y -f concat -safe 0 -i "$W/concat" -t $((MINUTES * 60)) \
		-ac 2 -ar 44100 -c:a libmp3lame -b:a 128k "$W/long.mp3"
	mv "$W/long.mp3" "$long"
}

run_vangxa() { # into a station that has nothing yet
	rm -rf "$W/ingest"
	mkdir -p "$W/ingest"
	cat >"$W/ingest/station.yaml" <<-END
	station: Đo
	id: do
	timezone: Asia/Ho_Chi_Minh
	zones:
	  - {name: a, device: none, channel: 1}
	END
	timed vangxa "$VANGXA" add "$long" --data "$W/ingest" --title "Đo thử"
}

with_ffmpeg() { # NAME EBUR128
	timed "$1" ffmpeg -nostdin -v info -nostats -y -i "$long" \
		-af "aformat=sample_rates=48000:channel_layouts=mono,$2" \
		-c:a flac -sample_fmt s32 -bits_per_raw_sample 24 "$W/$1.flac"
}

run_ffmpeg() { with_ffmpeg ffmpeg ebur128=peak=true:framelog=verbose; }

run_ffmpeg_no_peak() { with_ffmpeg ffmpeg_no_peak ebur128=framelog=verbose; }

: >"$results"
in_turn
vangxa_cpu=$(median_of vangxa 2) vangxa_wall=$(median_of vangxa 4)
echo "A stereo MP3 of $MINUTES minutes becomes a master, medians of $RUNS, $(nproc) cores, $(cpu_name)"
printf '%-15s %9s %9s %9s %9s %9s\n' program CPU-s wall-s MiB "x vangxa" "by wall"
for what in $ONLY; do
	cpu=$(median_of "$what" 2)
	[ -n "$cpu" ] || continue
	printf '%-15s %9s %9s %9s %9s %9s\n' "$what" "$cpu" "$(median_of "$what" 4)" \
		"$(over "$(median_of "$what" 3)" 1024)" "$(over "$cpu" "$vangxa_cpu")" \
		"$(over "$(median_of "$what" 4)" "$vangxa_wall")"
done
other=$(median_of ffmpeg 2)
[ -z "$vangxa_cpu" ] || [ -z "$other" ] || {
	ratio=$(over "$vangxa_cpu" "$other") wall=$(over "$vangxa_wall" "$(median_of ffmpeg 4)")
	figure "a master of $MINUTES min, CPU over ffmpeg's" "<= 1" "$ratio" "$(at_most "$ratio" 1)" \
		"$vangxa_cpu s, ffmpeg $other s; without its true peak $(median_of ffmpeg_no_peak 2) s"
	figure "a master of $MINUTES min, wall over ffmpeg's" "<= 1" "$wall" "$(at_most "$wall" 1)" \
		"$vangxa_wall s, ffmpeg $(median_of ffmpeg 4) s"
}
exit $broken
