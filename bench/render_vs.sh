#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One hour of music and speech with a bed under it, to MP3 (128 kbit/s stereo): `vangxa render` beside
# LAME alone, Liquidsoap, sox, MPD and ffmpeg. CPU is user + system of one process, memory its
# peak; medians of RUNS (3), the programs in turn so that a busy machine hits all alike.
#   RUNS=3 MINUTES=60 ONLY="lame vangxa" bench/render_vs.sh
# Each peer does the job in the way that is cheapest for it: 44.1 kHz from end to end, no loudness, no
# fades. VangXa mixes at 48 kHz from its masters; making those is the row "ingest", once per file.
# MPD has no bed, and its LAME stands at its default quality (3).
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
RUNS=${RUNS:-3} MINUTES=${MINUTES:-60}
TOTAL=$((MINUTES * 60))
ONLY=${ONLY:-lame vangxa wav liquidsoap sox mpd ffmpeg ffmpeg_mono}

need_packages
make -s -C "$top" build/plain/bench/lame_alone
make_playlist $TOTAL
cut -d' ' -f2 "$W/list" >"$W/files"
rm -rf "$W/station"
make_station "$W/station" $((8 * 3600))
from=${DAY}T08:00:00+07:00
to=$(TZ=Asia/Ho_Chi_Minh date -d "$DAY 08:00:00 +0700 $TOTAL sec" +%Y-%m-%dT%H:%M:%S%:z)

timed() { # NAME COMMAND…: adds "NAME CPU KB WALL" to the results
	local name=$1
	shift
	/usr/bin/time -f '%U %S %M %e' -o "$W/time" "$@" >"$W/$name.out" 2>&1 || {
		echo "bench: $name failed, see $W/$name.out" >&2
		tail -3 "$W/$name.out" >&2
		return 1
	}
	tail -1 "$W/time" | awk -v n="$name" '{print n, $1 + $2, $3, $4}' >>"$W/results"
}

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
for ((run = 0; run < RUNS; run++)); do
	for what in $ONLY; do
		"run_$what" || true
	done
done

of() { # NAME COLUMN: the median
	awk -v n="$1" -v c="$2" '$1 == n {print $c}' "$W/results" | median
}

length() { # seconds of sound in what it made, decoded to count
	[ -f "$1" ] && whole_seconds "$1" || echo -
}

lame_cpu=$(of lame 2) vangxa_cpu=$(of vangxa 2)
echo "One list of $MINUTES minutes with a bed, to MP3 128 kbit/s stereo, $RUNS runs, $(nproc) cores,"
echo "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"
printf '%-12s %9s %9s %9s %9s %9s %9s\n' program CPU-s wall-s MiB "x LAME" "x vangxa" "made s"
for what in ingest $ONLY; do
	cpu=$(of "$what" 2)
	[ -n "$cpu" ] || continue
	made=$W/$what.mp3
	[ "$what" != wav ] || made=$W/mix.wav
	[ "$what" != ingest ] || made=
	awk -v n="$what" -v c="$cpu" -v w="$(of "$what" 4)" -v m="$(of "$what" 3)" \
		-v l="$lame_cpu" -v v="$vangxa_cpu" -v s="$(length "$made")" 'BEGIN {
		printf "%-12s %9.2f %9.2f %9.1f %9s %9s %9s\n", n, c, w, m / 1024,
			(l > 0 ? sprintf("%.2f", c / l) : "-"),
			(v > 0 ? sprintf("%.2f", c / v) : "-"), s
	}'
done
wall=$(of wav 4)
[ -z "$wall" ] || awk -v t=$TOTAL -v w="$wall" -v c="$(of wav 2)" 'BEGIN {
	printf "render to WAV: %.0f x real time by CPU, %.0f by the wall clock\n", t / c,
		t / (w > 0 ? w : 0.01)
}'
