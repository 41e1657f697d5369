#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Whether a producer is rightly told that a recording is noisy: speech by espeak-ng in eight voices and five
# speeds, alone, over a bed of music, through MP3 and Opus, in a small room; music alone; each as it is and with
# white, pink, mains hum and a motor under it, from 40 to 10 dB below its loud moments. About 3 minutes; what
# was made is kept in build/bench/noise_floor. NOISE_SNR_MIN_DB was chosen by it.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
need espeak-ng ffmpeg
program=$(build_program noise_floor)
S=$W/noise_floor
snd=/usr/share/games/frozen-bubble/snd
mkdir -p "$S"
mapfile -t texts <"$here/same_sound.txt"

made() { # KIND OUT FFMPEG-OPTIONS…: at 48 kHz, one channel
	local kind=$1 out=$2
	shift 2
	[ -f "$out" ] || ffmpeg -nostdin -v error -y "$@" -ac 1 -ar 48000 "$out"
	echo "$kind $out" >>"$S/list"
}

coded() { # KIND IN ENDING CODEC-OPTIONS…
	local kind=$1 in=$2 ending=$3
	shift 3
	[ -f "$in.$kind.wav" ] || ffmpeg -nostdin -v error -y -i "$in" "$@" "$S/way.$ending"
	made "$kind" "$in.$kind.wav" -i "$S/way.$ending"
}

bed() { # IN OUT MUSIC: as loud as a station lays it under a notice
	local under="[1:a]aresample=48000,aformat=channel_layouts=mono,volume=-18dB[b]"
	made bed "$2" -i "$1" -stream_loop -1 -i "$snd/$3.ogg" -filter_complex \
		"$under;[0:a][b]amix=inputs=2:duration=first:normalize=0"
}

: >"$S/list"
n=0
for voice in vi vi-vn-x-central vi-vn-x-south vi+f3 vi+m5 en fr cmn; do
	for speed in 130 160 190 230 280; do
		raw=$S/$voice-$speed
		[ -f "$raw.raw.wav" ] || espeak-ng -v "$voice" -s "$speed" -w "$raw.raw.wav" \
			"${texts[n % 10]//@/hai} ${texts[(n + 3) % 10]//@/ba}"
		made speech "$raw.wav" -i "$raw.raw.wav"
		coded mp3 "$raw.wav" mp3 -ar 44100 -c:a libmp3lame -b:a 64k
		coded opus "$raw.wav" ogg -c:a libopus -b:a 24k
		made room "$raw.room.wav" -i "$raw.wav" -af 'aecho=0.9:0.9:23|41|67|97:0.4|0.3|0.22|0.15'
		music=introzik
		[ $((n % 2)) = 0 ] || music=frozen-mainzik-1p
		[ ! -f $snd/$music.ogg ] || bed "$raw.wav" "$raw.bed.wav" $music
		n=$((n + 1))
	done
done
for file in $snd/{introzik,frozen-mainzik-1p,frozen-mainzik-2p}.ogg; do
	for at in 5 40 75; do
		[ ! -f "$file" ] || made music "$S/$(basename "$file" .ogg)-$at.wav" -ss $at -t 25 -i "$file"
	done
done

"$program" "$S/list" >"$S/results"
echo "Told to be noisy, of each kind: as it is, then by noise so many dB below the loud moments"
awk '{k = $1 " " $2; at[k, $3]++; told[k, $3] += $4; keys[k]}
	END {split("0 40 35 30 25 22 20 18 15 12 10", snr, " ")
		printf "%-8s %-6s", "sound", "noise"
		for (i = 1; i <= 11; i++) printf " %7s", i == 1 ? "none" : snr[i]
		print ""
		for (k in keys) {split(k, w, " ")
			printf "%-8s %-6s", w[1], w[2]
			for (i = 1; i <= 11; i++) printf " %7s", at[k, snr[i]] ? told[k, snr[i]] "/" at[k, snr[i]] : ""
			print ""}}' "$S/results" | (read -r head; echo "$head"; sort)
echo "The figure beside the noise's RMS, dB: least, median, greatest (speech, noise at 20 dB)"
for noise in white pink hum motor; do
	awk -v n=$noise '$1 == "speech" && $2 == n && $3 == 20 {printf "%.1f\n", $5 - $6}' "$S/results" | sort -n |
		awk -v n=$noise '{v[NR] = $1} END {print n, v[1], v[int((NR + 1) / 2)], v[NR]}'
done
count() { awk -v want="$1" '$4 == want && '"$2"'' "$S/results" | wc -l; }
all() { awk "$1" "$S/results" | wc -l; }
clean='$1 != "music" && ($2 == "none" || $3 >= 30)' noisy='$1 != "music" && $2 != "none" && $3 <= 12'
wrong=$(count 1 "$clean") missed=$(count 0 "$noisy") music=$(count 1 '$1 == "music" && $2 == "none"')
figure "noise: told though 30 dB or more below, of $(all "$clean")" "0" "$wrong" "$(at_most "$wrong" 0)" \
	"speech, dense or over music, coded, in a room"
figure "noise: not told though 12 dB or less below, of $(all "$noisy")" "0" "$missed" "$(at_most "$missed" 0)" \
	"white, pink, hum, motor"
figure "noise: told of music alone, of $(all '$1 == "music" && $2 == "none"')" "-" "$music" "-" \
	"an unending bass is a hum to it"
exit $broken
