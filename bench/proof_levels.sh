#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What proof levels B and C rest on: how often the right sound is found in what is recorded or heard, and how
# often a wrong one, the beginning alone, or one steady tone for another, is taken for it. Bulletins spoken by
# espeak-ng in six voices, and music; 4, 8 and 30 s; through a horn, with noise, other voices, echo, a second
# horn, clipping, clocks that drift by 500 ppm, a bed under it. The thresholds stand in src/base/heard.c.
# About 5 minutes. Another SEED is another village:
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

echo "Right sounds missed; others, beginnings (30 %) and steady tones taken for them, seed $SEED"
printf '%-13s %8s %8s %8s %8s %9s %9s %8s %8s\n' place right missed wrong taken "least r." "most w." steady taken
awk '{k = $1; if (!(k in seen)) {seen[k] = 1; order[++n] = k}
	if ($2 == "right") {r[k]++; miss[k] += !$8; if (!(k in lo) || $5 < lo[k]) lo[k] = $5}
	else if ($2 == "steady") {s[k]++; tone[k] += $8}
	else {w[k]++; hit[k] += $8; if ($5 > hi[k]) hi[k] = $5}}
	END {for (i = 1; i <= n; i++) {k = order[i]
		printf "%-13s %8d %8d %8d %8d %9.3f %9.3f %8d %8d\n", k, r[k], miss[k], w[k], hit[k], lo[k], hi[k],
			s[k], tone[k]}}' \
	"$S/results"
percent() { awk -v a="$1" -v b="$2" 'BEGIN {printf "%.2f", 100 * a / b}'; }
rate() { # PATTERN of places, TRUTH pattern, FOUND: count and all
	awk -v p="$1" -v t="$2" -v f="$3" '$1 ~ p && $2 ~ t {n++; c += $8 == f} END {print c + 0, n + 0}' "$S/results"
}
read -r n all < <(rate '^mix' other\|part 1)
figure "level B: wrong sounds found, of $all" 0 "$n" "$(at_most "$n" 0)" \
	"other bulletins, music, 30 % of the right one"
read -r n all < <(rate '^mix' right 0)
figure "level B: right sounds missed, of $all" 0 "$n" "$(at_most "$n" 0)" "with and without a bed"
read -r n all < <(rate . steady 1)
figure "levels B and C: one steady tone found for another, of $all" 0 "$n" "$(at_most "$n" 0)" "half a tone apart"
read -r n all < <(rate '^[^m]' other\|part 1)
figure "level C: wrong sounds found, % of $all" "<= 0.5" "$(percent "$n" "$all")" \
	"$(at_most "$((n * 200))" "$all")" "music that repeats itself among them"
read -r n all < <(rate '^(clean|horn$|horn[+](20|10|5)|babble[+](10|5)|echo|second|clipped|drift|all)' right 0)
figure "level C: right sounds missed, % of $all" "<= 1" "$(percent "$n" "$all")" \
	"$(at_most "$((n * 100))" "$all")" "noise at most as loud as a third of the sound"
exit $broken
