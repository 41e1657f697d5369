#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What proof levels B and C rest on: how often the right sound is found in what is recorded or heard, and how
# often a wrong one, or the beginning alone, is taken for it. Bulletins spoken by espeak-ng in six voices, and
# music; from 4 s to a minute; through a horn, with noise, other voices, echo, a second horn, clipping, clocks
# that drift by 500 ppm, a bed under it. The thresholds stand in src/base/heard.c; a table of others is printed
# below it. About 2 minutes. Another SEED is another village:
#   SEED=7 bench/proof_levels.sh
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
need espeak-ng ffmpeg
program=$(build_program proof_levels)
SEED=${SEED:-1}
S=$W/proof_levels
mkdir -p "$S"

to_master() { ffmpeg -nostdin -v error -y -i "$1" "${@:3}" -ac 1 -ar 48000 "$2"; }

mapfile -t texts < <(sed 's/@/hai/' "$here/same_sound.txt")
for voice in vi vi-vn-x-central vi-vn-x-south vi+f3 vi+m7 en; do
	for half in 0 1; do
		file=$S/${voice//-/}-$half.wav
		[ ! -f "$file" ] || continue
		espeak-ng -v "$voice" -s 120 -w "$S/raw.wav" "${texts[*]:$((half * 5)):5}"
		to_master "$S/raw.wav" "$file"
	done
done
n=0
for file in /usr/share/games/frozen-bubble/snd/{frozen-mainzik-1p,frozen-mainzik-2p,introzik}.ogg; do
	[ -f "$file" ] || continue
	for at in 5 75; do
		[ -f "$S/zmusic-$n.wav" ] || to_master "$file" "$S/zmusic-$n.wav" -ss $at -t 62
		n=$((n + 1))
	done
done
"$program" "$SEED" "$S"/*-?.wav >"$S/results"
