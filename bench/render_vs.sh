#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One hour of music and speech with a bed under it, to MP3 (128 kbit/s stereo): `vangxa render` beside
# LAME alone, Liquidsoap, sox, MPD and ffmpeg. CPU is user + system of one process, memory its
# peak; medians of RUNS (3), the programs in turn so that a busy machine hits all alike.
#   RUNS=3 MINUTES=60 ONLY="lame vangxa wav" bench/render_vs.sh
# The peers take minutes for an hour; render_peers.sh gives them a shorter list.
# Each peer does the job in the way that is cheapest for it: 44.1 kHz from end to end, no loudness, no
# fades. VangXa mixes at 48 kHz from its masters; making those is the row "ingest", once per file.
# MPD has no bed, and its LAME stands at its default quality (3).
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
RUNS=${RUNS:-3} MINUTES=${MINUTES:-60}
TOTAL=$((MINUTES * 60))
ONLY=${ONLY:-lame vangxa wav}
results=$W/results

need ffmpeg espeak-ng /usr/bin/time
keep_installed
make -s -C "$top" build/plain/bench/lame_alone
make_playlist $TOTAL
cut -d' ' -f2 "$W/list" >"$W/files"
rm -rf "$W/station"
make_station "$W/station" $((8 * 3600))
from=${DAY}T08:00:00+07:00
to=$(TZ=Asia/Ho_Chi_Minh date -d "$DAY 08:00:00 +0700 $TOTAL sec" +%Y-%m-%dT%H:%M:%S%:z)

render() { "$VANGXA" render --data "$W/station" --from "$from" --to "$to" -o "$1"; }

run_ingest() { # the first render makes the masters
	rm -rf "$W/station/masters"
	timed ingest "$VANGXA" render --data "$W/station" --from "$from" \
		--to "${from%:00+07:00}:01+07:00" -o "$W/first.wav"
}

run_vangxa() {
	timed vangxa "$VANGXA" render --data "$W/station" --from "$from" --to "$to" \
		-o "$W/vangxa.mp3"
}

run_wav() {
	timed wav "$VANGXA" render --data "$W/station" --from "$from" --to "$to" -o "$W/mix.wav"
}

run_lame() {
	[ -f "$W/mix.wav" ] || render "$W/mix.wav" >/dev/null
	timed lame "$top/build/plain/bench/lame_alone" "$W/mix.wav" "$W/lame.mp3"
}

run_liquidsoap() {
	{
		echo 'set("init.allow_root", true)'
		echo 'set("log.stdout", true)'
		printf 'programme = sequence(['
		sed 's/.*/once(single("&")),/' "$W/files" | tr -d '\n' | sed 's/,$//'
		echo '])'
		echo "bed = amplify(0.1, single(\"$W/bed.mp3\"))"
		echo 'mix = max_duration('"$TOTAL"'., add(normalize=false, [programme, bed]))'
		echo 'clock.assign_new(sync="none", [mix])'
		echo 'output.file(%mp3(bitrate=128, stereo=true, samplerate=44100, internal_quality=5),'
		echo "  \"$W/liquidsoap.mp3\", fallible=true, on_stop=shutdown, mix)"
	} >"$W/mix.liq"
	timed liquidsoap liquidsoap "$W/mix.liq"
}

# Three of them: one joins the list, one repeats the bed, one mixes and encodes.
run_sox() {
	mapfile -t files <"$W/files"
	timed sox bash -c 'total=$1 out=$2 bed=$3; shift 3
		sox -V1 -m -v 1 "|sox -V1 $* -p" -v 0.1 "|sox -V1 $bed -p repeat $((total / 180 + 1))" \
			-C 128.5 "$out" trim 0 "$total"' \
		- $TOTAL "$W/sox.mp3" "$W/bed.mp3" "${files[@]}"
}

# Its recorder writes as fast as it can decode; it ends when the queue has been played.
run_mpd() {
	local port=16600
	cat >"$W/mpd.conf" <<-END
	music_directory "$W"
	bind_to_address "127.0.0.1"
	port "$port"
	log_file "$W/mpd.log"
	auto_update "no"
	database {
		plugin "simple"
		path "$W/mpd.db"
	}
	audio_output {
		type "recorder"
		name "file"
		path "$W/mpd.mp3"
		encoder "lame"
		bitrate "128"
		format "44100:16:2"
	}
	END
	sed "s|^$W/||" "$W/files" >"$W/mpd.list"
	timed mpd bash -c 'mpd --no-daemon "$1" & pid=$!; export MPD_HOST=127.0.0.1 MPD_PORT=$3
		for i in {1..100}; do mpc -q status 2>/dev/null && break; sleep 0.1; done
		mpc -q update --wait && mpc -q add <"$2" && mpc -q play
		while mpc status | grep -q "\[playing\]"; do sleep 0.5; done
		kill $pid; wait $pid' - "$W/mpd.conf" "$W/mpd.list" $port
}

run_ffmpeg() {
	sed "s/.*/file '&'/" "$W/files" >"$W/concat"
	timed ffmpeg ffmpeg -nostdin -v error -y -f concat -safe 0 -i "$W/concat" \
		-stream_loop -1 -i "$W/bed.mp3" -filter_complex \
		'[1]volume=0.1[bed];[0][bed]amix=inputs=2:duration=first:normalize=0' \
		-t $TOTAL -c:a libmp3lame -b:a 128k -compression_level 5 "$W/ffmpeg.mp3"
}

# The same, mixed down to one channel and doubled, as VangXa's mix is.
run_ffmpeg_mono() {
	local mono='pan=stereo|c0=.5*c0+.5*c1|c1=.5*c0+.5*c1'
	sed "s/.*/file '&'/" "$W/files" >"$W/concat"
	timed ffmpeg_mono ffmpeg -nostdin -v error -y -f concat -safe 0 -i "$W/concat" \
		-stream_loop -1 -i "$W/bed.mp3" -filter_complex \
		'[1]volume=0.1[bed];[0][bed]amix=inputs=2:duration=first:normalize=0,'"$mono" \
		-t $TOTAL -c:a libmp3lame -b:a 128k -compression_level 5 "$W/ffmpeg_mono.mp3"
}

: >"$W/results"
case " $ONLY " in *" vangxa "* | *" wav "* | *" lame "*) run_ingest ;; esac
in_turn

length() { # seconds of sound in what it made, decoded to count
	[ -f "$1" ] && whole_seconds "$1" || echo -
}

lame_cpu=$(median_of lame 2) vangxa_cpu=$(median_of vangxa 2)
echo "One list of $MINUTES minutes with a bed, to MP3 128 kbit/s stereo, $RUNS runs, $(nproc) cores,"
cpu_name
printf '%-12s %9s %9s %9s %9s %9s %9s\n' program CPU-s wall-s MiB "x LAME" "x vangxa" "made s"
for what in ingest $ONLY; do
	cpu=$(median_of "$what" 2)
	[ -n "$cpu" ] || continue
	made=$W/$what.mp3
	[ "$what" != wav ] || made=$W/mix.wav
	[ "$what" != ingest ] || made=
	awk -v n="$what" -v c="$cpu" -v w="$(median_of "$what" 4)" -v m="$(median_of "$what" 3)" \
		-v l="$lame_cpu" -v v="$vangxa_cpu" -v s="$(length "$made")" 'BEGIN {
		printf "%-12s %9.2f %9.2f %9.1f %9s %9s %9s\n", n, c, w, m / 1024,
			(l > 0 ? sprintf("%.2f", c / l) : "-"),
			(v > 0 ? sprintf("%.2f", c / v) : "-"), s
	}'
done
wav_wall=$(median_of wav 4) wav_cpu=$(median_of wav 2)
[ -z "$wav_wall" ] || {
	by_cpu=$(over $TOTAL "$wav_cpu") by_wall=$(over $TOTAL "$wav_wall")
	echo "render to WAV: ${by_cpu%.*} x real time by CPU, ${by_wall%.*} by the wall clock"
	figure "render to WAV, x real time by CPU" ">= 1000" "${by_cpu%.*}" \
		"$(at_least "$by_cpu" 1000)" "$MINUTES min, load $(cut -d' ' -f1 /proc/loadavg)"
	figure "render to WAV, x real time by the wall clock" ">= 1000" "${by_wall%.*}" \
		"$(at_least "$by_wall" 1000)" "shared with whatever else the machine does"
}
beside=
for what in $ONLY; do
	case $what in
	lame | vangxa | wav) ;;
	*) beside+=" $what $(over "$(median_of "$what" 2)" "$vangxa_cpu")x" ;;
	esac
done
if [ -n "$beside" ]; then
	most=$(tr ' ' '\n' <<<"$beside" | sed -n 's/^\([0-9.]*\)x$/\1/p' | sort -n | head -1)
	figure "render to MP3, CPU of peers over ours" "> 1 each" "$most at least" \
		"$(at_least "$most" 1)" "$MINUTES min:$beside"
elif [ -n "$lame_cpu" ] && [ -n "$vangxa_cpu" ]; then
	ratio=$(over "$vangxa_cpu" "$lame_cpu")
	figure "render to MP3, CPU over LAME alone" "<= 1.15" "$ratio" "$(at_most "$ratio" 1.15)" \
		"$MINUTES min: $vangxa_cpu s, LAME $lame_cpu s"
	mib=$(over "$(median_of vangxa 3)" 1024)
	figure "render to MP3, peak memory, MiB" "<= 16" "$mib" "$(at_most "$mib" 16)" ""
fi
exit $broken
