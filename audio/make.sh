#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# make.sh: makes every sound of this folder anew with sox and espeak-ng, the same each time. The FLAC
# files are committed, so nobody needs this to run a station; README.md says what each is for.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sox_q() { sox -R --no-dither -V2 "$@"; }

# note FILE HZ SECONDS: one plucked string with a struck bell an octave above it, dying away.
note() {
	sox_q -r 48000 -n -c 1 "$work/string.wav" synth "$3" pluck "$2" fade l 0.003 "$3" "$3"
	sox_q -r 48000 -n -c 1 "$work/bell.wav" synth "$3" sine "$2" sine "$(calc "$2*2")" \
		sine "$(calc "$2*3.01")" remix 1 fade l 0.005 "$3" "$(calc "$3*0.98")"
	sox_q -m -v 0.15 "$work/string.wav" -v 0.05 "$work/bell.wav" "$1"
}

calc() {
	awk "BEGIN { printf \"%.4f\", $1 }"
}

# melody FILE SECONDS NAME:START:LENGTH:GAIN…: notes of a pentatonic scale on D laid over one another.
melody() {
	local out=$1 length=$2 parts=() spec name at long gain i=0
	shift 2
	for spec; do
		IFS=: read -r name at long gain <<<"$spec"
		note "$work/raw.wav" "${pitch[$name]}" "$long"
		sox_q "$work/raw.wav" "$work/part$i.wav" pad "$at" 0
		parts+=(-v "$gain" "$work/part$i.wav")
		i=$((i + 1))
	done
	sox_q -m "${parts[@]}" "$work/dry.wav" pad 0 "$length" trim 0 "$length" \
		compand 0.002,0.1 6:-70,-70,-24,-18,-9,-12,0,-9
	sox_q "$work/dry.wav" "$out" highpass 70 reverb 35 60 70 100 10 -2
}

loudness_of() {
	ffmpeg -hide_banner -nostats -i "$1" -af ebur128 -f null - 2>&1 |
		awk '/Summary/ { on = 1 } on && $1 == "I:" { print $2 }'
}

# level IN OUT LUFS [STEP]: brings a sound to an integrated loudness (EBU R 128), peaks limited at -2.5 dB, and
# packs it. Nothing above 5.2 kHz, and samples in multiples of STEP (16: 12 bits, for speech): more
# than a horn gives back, at a third of the size.
level() {
	local gain
	sox_q "$1" "$work/band.wav" gain -12 sinc -5200
	gain=$(calc "$3-($(loudness_of "$work/band.wav"))")
	for _ in 1 2 3; do # the limiter takes some away: what is missing goes on top
		ffmpeg -v error -y -i "$work/band.wav" -c:a pcm_s32le -af \
			"volume=${gain}dB:precision=double,alimiter=limit=0.75:attack=3:release=80:level=0" \
			"$work/limited.wav"
		gain=$(calc "$gain+$3-($(loudness_of "$work/limited.wav"))")
	done
	sox_q "$work/limited.wav" -b 16 "$work/eighth.wav" vol "$(calc "1/${4:-16}")"
	sox_q "$work/eighth.wav" -b 16 -r 48000 -c 1 "$work/level.wav" vol "${4:-16}"
	flac --silent --best -e -p --force --no-padding --no-seektable -o "$2" "$work/level.wav"
}

# speech TEXT OUT : a text read by espeak-ng, made a little fuller, with quiet at both ends.
speech() {
	espeak-ng -v vi -s 148 -p 42 -g 2 -a 25 -f "$1" -w "$work/voice.wav"
	sox_q "$work/voice.wav" -r 48000 -c 1 "$work/speech.wav" rate -h 48000 highpass 90 \
		equalizer 250 1q 2 equalizer 3000 1q 2 compand 0.01,0.15 6:-60,-40,-15 -9 -90 0.05 \
		pad 0.3 0.4 fade h 0.02 0 0.05
	level "$work/speech.wav" "$2" -16
}

# A pentatonic scale on D (Rê Mi Fa# La Si), as a đàn tranh is often tuned.
declare -A pitch=([D3]=146.83 [A3]=220.00 [D4]=293.66 [E4]=329.63 [F4]=369.99 [A4]=440.00 [B4]=493.88
	[D5]=587.33 [E5]=659.26 [F5]=739.99 [A5]=880.00 [G2]=98.00 [B2]=123.47 [A2]=110.00 [B3]=246.94
	[E3]=164.81 [F3]=185.00 [G3]=196.00)

idents() {
	melody "$work/in.wav" 6 D3:0:4:.5 A4:0:3:.8 B4:.35:3:.8 D5:.7:3:.9 F5:1.25:3:.9 E5:1.8:3:.8 \
		D5:2.15:3:.8 B4:2.5:3:.7 A4:2.85:3:.7 D5:3.4:2.6:1 D4:3.4:2.6:.7 A4:3.43:2.6:.5 F5:3.46:2.5:.4
	sox_q "$work/in.wav" "$work/in2.wav" fade h 0 6 1.2
	level "$work/in2.wav" nhac-hieu.flac -16 2
	melody "$work/out.wav" 4 F5:0:3:.8 D5:.3:3:.8 B4:.6:3:.8 A4:.9:3:.8 D4:1.4:2.6:.9 D3:1.4:2.6:.6 \
		A4:1.44:2.5:.4 D5:1.48:2.5:.5
	sox_q "$work/out.wav" "$work/out2.wav" fade h 0 4 1
	level "$work/out2.wav" nhac-cat.flac -16 2
}

# A minute of quiet music that ends where it begins: what rings on after the end is laid
# over the start, so that the loop has no seam.
bed() {
	local chords=("D3 A3 F4 D5" "B2 F3 D4 B4" "G2 D3 B3 A4" "A2 E3 A3 E5") seconds=60 notes=() at=0 i j n
	for ((i = 0; i < 8; i++)); do
		j=0
		for n in ${chords[i % 4]}; do
			notes+=("$n:$(calc "$at+$j*1.25"):6:$(calc "0.8-$j*0.1")")
			j=$((j + 1))
		done
		notes+=("A4:$(calc "$at+5.6"):4:.35" "D4:$(calc "$at+6.25"):4:.45")
		at=$(calc "$at+7.5")
	done
	melody "$work/long.wav" $((seconds + 8)) "${notes[@]}"
	sox_q "$work/long.wav" "$work/body.wav" trim 0 $seconds lowpass 3500
	sox_q "$work/long.wav" "$work/tail.wav" trim $seconds lowpass 3500 fade h 0 8 3 pad 0 $((seconds - 8))
	sox_q -m -v 1 "$work/body.wav" -v 1 "$work/tail.wav" "$work/bed.wav"
	level "$work/bed.wav" nhac-nen.flac -20 4
}

signals() {
	melody "$work/chime.wav" 3 D5:0:2.5:.9 A4:.5:2.5:.9 F5:1:2:.9
	sox_q "$work/chime.wav" "$work/chime2.wav" fade h 0 3 .6
	level "$work/chime2.wav" chuong.flac -16 2
	# Rising and falling between 400 and 900 Hz, twice, with odd partials that carry far.
	local sweep=()
	for pair in 400:900 900:400 400:900 900:400; do
		sox_q -r 48000 -n -c 1 "$work/s${#sweep[@]}.wav" synth 3 sine "${pair/:/-}" overdrive 12 gain -6
		sweep+=("$work/s${#sweep[@]}.wav")
	done
	sox_q "${sweep[@]}" "$work/siren.wav" lowpass 5000 fade h .1 12 .3
	level "$work/siren.wav" coi.flac -14
	sox_q -r 48000 -n -b 16 -c 1 "$work/tone.wav" synth 5 sine 1000 gain -18 fade h .01 5 .01
	flac --silent --best --force --no-padding --no-seektable -o am-chuan.flac "$work/tone.wav"
}

bulletins() {
	local text
	for text in ban-tin/*.txt; do
		speech "$text" "${text%.txt}.flac"
	done
}

# Five spoken parts with music between them, then over the bed: 174 seconds, for a slot of three minutes.
demonstration() {
	local at=8 i=0 length parts=()
	melody "$work/d-in.wav" 6 A4:0:3:.8 B4:.35:3:.8 D5:.7:3:.9 F5:1.25:3:.9 E5:1.8:3:.8 D5:2.15:3:.8 \
		B4:2.5:3:.7 A4:2.85:3:.7 D5:3.4:2.6:1 D4:3.4:2.6:.7 A4:3.43:2.6:.5
	level "$work/d-in.wav" "$work/d-in.flac" -18
	csplit -s -z -f "$work/say" demo/thu-nghiem.txt '/^---$/' '{*}'
	for text in "$work"/say0*; do
		sed -i '/^---$/d' "$text"
		speech "$text" "$work/said.flac"
		length=$(soxi -D "$work/said.flac")
		sox_q "$work/said.flac" "$work/said$i.wav" pad "$at" 0
		parts+=(-v .9 "$work/said$i.wav")
		at=$(calc "$at+$length+19")
		i=$((i + 1))
	done
	sox_q nhac-nen.flac "$work/under.wav" repeat 2 trim 0 174 gain -7
	sox_q -m -v .9 "$work/d-in.flac" "${parts[@]}" -v 1 "$work/under.wav" "$work/demo.wav" \
		trim 0 174 fade h .5 174 6
	level "$work/demo.wav" demo/thu-nghiem.flac -18
	printf 'demonstration: speech ends at %s s of 174\n' "$(calc "$at-19")"
}

idents
bed
signals
bulletins
demonstration
