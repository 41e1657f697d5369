#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Whether fingerprints know a sound again, and take no other for it. Right pairs: a bulletin spoken by
# espeak-ng beside itself with silence added and sound cut off, 12 dB lower, as MP3 64 kbit/s, AMR,
# Opus, and several of these at once. Wrong pairs: other texts by the same voice, the same text by
# another voice, speed, pitch or language, the same text with one word changed, music. About 3 minutes; what was
# made is kept in build/bench/same_sound. Threshold and method were chosen by the defaults; other words and
# speeds check them:
#   SPEED=175 WORDS="năm mười" bench/same_sound.sh
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
need espeak-ng ffmpeg
program=$(build_program same_sound)
SPEED=${SPEED:-150} WORDS=${WORDS:-hai tám}
read -r word changed <<<"$WORDS"
S=$W/same_sound/$SPEED-${WORDS// /-}
mkdir -p "$S"

# Bulletins as communes send them; @ is the word that changes from one week to the next.
mapfile -t texts <"$here/same_sound.txt"
voices=(vi vi-vn-x-central vi-vn-x-south vi+f3)

wav() { # OUT ESPEAK-OPTIONS… TEXT: at 48 kHz, one channel
	local out=$1
	shift
	[ -f "$out" ] && return
	espeak-ng -w "$S/raw.wav" "$@"
	to_master "$S/raw.wav" "$out"
}

to_master() { ffmpeg -nostdin -v error -y -i "$1" -ac 1 -ar 48000 "$2"; }

by_way_of() { # OUT IN ENDING FFMPEG-OPTIONS…
	local out=$1 in=$2 ending=$3
	shift 3
	[ -f "$out" ] && return
	ffmpeg -nostdin -v error -y -i "$in" "$@" "$S/way.$ending"
	to_master "$S/way.$ending" "$out"
}

by_amr() { # OUT IN amr12|amr7
	[ -f "$1" ] && return
	ffmpeg -nostdin -v error -y -i "$2" -ar 8000 "$S/way.wav"
	"$program" "$3" "$S/way.wav" "$S/amr.wav"
	to_master "$S/amr.wav" "$1"
}

same() { echo "same $1 $2 $3" >>"$S/pairs"; }
other() { echo "other $1 $2 $3" >>"$S/pairs"; }

altered() { # BASE: the same bulletin as others would send it
	local b=$1 silence=adelay=2300,apad=pad_dur=3.1
	by_way_of "$b.quiet.wav" "$b.wav" wav -af volume=-12dB
	by_way_of "$b.silence.wav" "$b.wav" wav -af "$silence"
	by_way_of "$b.cut.wav" "$b.wav" wav -ss 0.613
	by_way_of "$b.mp3.wav" "$b.wav" mp3 -ar 44100 -c:a libmp3lame -b:a 64k
	by_amr "$b.amr.wav" "$b.wav" amr12
	by_way_of "$b.opus.wav" "$b.wav" ogg -c:a libopus -b:a 24k
	by_way_of "$b.later.wav" "$b.quiet.wav" wav -af "$silence"
	by_amr "$b.all.wav" "$b.later.wav" amr7
	for how in quiet silence cut mp3 amr opus all; do same $how "$b.wav" "$b.$how.wav"; done
	same opus-amr "$b.opus.wav" "$b.amr.wav"
}

rm -f "$S/pairs"
t=0
for text in "${texts[@]}"; do
	v=0
	for voice in "${voices[@]}"; do
		b=$S/t$t-v$v
		wav "$b.wav" -v "$voice" -s "$SPEED" "${text//@/$word}"
		altered "$b"
		wav "$b.word.wav" -v "$voice" -s "$SPEED" "${text//@/$changed}"
		wav "$b.fast.wav" -v "$voice" -s $((SPEED + 10)) "${text//@/$word}"
		wav "$b.high.wav" -v "$voice" -s "$SPEED" -p 62 "${text//@/$word}"
		other one-word "$b.wav" "$b.word.wav"
		other speed "$b.wav" "$b.fast.wav"
		other pitch "$b.wav" "$b.high.wav"
		for ((u = 0; u < v; u++)); do other voice "$b.wav" "$S/t$t-v$u.wav"; done
		for ((u = 0; u < t; u++)); do
			other text "$b.wav" "$S/t$u-v$v.wav"
			other text-amr "$b.amr.wav" "$S/t$u-v$v.amr.wav"
		done
		v=$((v + 1))
	done
	wav "$S/t$t-en.wav" -v en -s "$SPEED" "${text//@/$word}"
	other language "$S/t$t-v0.wav" "$S/t$t-en.wav"
	t=$((t + 1))
done
n=0
for file in /usr/share/games/frozen-bubble/snd/{introzik,frozen-mainzik-1p,frozen-mainzik-2p}.ogg; do
	[ -f "$file" ] || continue
	for at in 5 40 75 110; do
		m=$S/music$n
		by_way_of "$m.wav" "$file" wav -ss $at -t 15
		by_way_of "$m.mp3.wav" "$m.wav" mp3 -af volume=-12dB -c:a libmp3lame -b:a 64k
		same music-mp3 "$m.wav" "$m.mp3.wav"
		other music-speech "$m.wav" "$S/t$((n % t))-v0.wav"
		for ((u = 0; u < n; u++)); do other music "$m.wav" "$S/music$u.wav"; done
		n=$((n + 1))
	done
done

"$program" "$S/pairs" >"$S/results"
echo "Fingerprints, $(grep -c ^same "$S/pairs") right and $(grep -c ^other "$S/pairs") wrong pairs"
printf '%-8s %-14s %6s %6s %9s %9s\n' truth kind pairs alike least most
awk '$1 != "cost" {k = $1 " " $2; n[k]++; hit[k] += $3 > 0; if (!(k in lo) || $3 < lo[k]) lo[k] = $3
		if ($3 > hi[k]) hi[k] = $3}
	END {for (k in n) {split(k, w, " ")
		printf "%-8s %-14s %6d %6d %9.3f %9.3f\n", w[1], w[2], n[k], hit[k], lo[k], hi[k]}}' \
	"$S/results" | sort -k1,1r -k2
grep ^cost "$S/results"
missed=$(awk '$1 == "same" && $3 == 0' "$S/results" | wc -l)
wrong=$(awk '$1 == "other" && $3 > 0' "$S/results" | wc -l)
figure "same sound: not known again, of $(grep -c ^same "$S/pairs")" "-" "$missed" "-" \
	"trimmed, -12 dB, MP3, AMR, Opus"
figure "same sound: wrongly known, of $(grep -c ^other "$S/pairs")" "0" "$wrong" \
	"$(at_most "$wrong" 0)" "other text, voice, word, speed, music"
cost=$(sed -n 's/^cost compare_ms \([0-9.]*\) .*/\1/p' "$S/results")
figure "same sound: compared with 5,000, ms of CPU" "<= 100" "$cost" "$(at_most "$cost" 100)" "without reading them"
exit $broken
