#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# start_error.sh [COUNT]: what a slot's second is worth at the loudspeaker. A whole station on air, COUNT (200) slots,
# one every two seconds; beside it, on the same JACK server and at the same time, Liquidsoap (a switch whose predicate
# names the seconds, as its cookbook has it) and MPD (somebody's timer says `mpc play`). All play the same 1.5 s, of
# which 0.3 sound, to JACK's dummy driver in real-time mode; a client that knows nothing of them (ear.c) says when each
# began. The moments are the system clock's even seconds for us, odd ones for Liquidsoap, 0.5 s after even ones for MPD,
# so that they do not start at once. With real-time priority for all three where that is allowed: other work on the
# machine is not what is measured.
# Needs the packages jackd2 and libjack-jackd2-dev.
#   ONLY="vangxa liquidsoap mpd" bench/start_error.sh 200
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
. "$here/lib/jack.sh"
count=${1:-${COUNT:-200}} PORT=${PORT:-18650}
ONLY=${ONLY:-vangxa liquidsoap mpd}
need sox
keep_installed
start_jack 1024
program=$(build_program ear)
dir=$W/start_error
rm -rf "$dir"
mkdir -p "$dir/mpd"
sox -n -r 48000 -c 2 -b 16 "$dir/mpd/nhip.wav" synth 0.3 square 1000 vol 0.3 pad 0 1.2
declare -A offset=([vangxa]=0 [liquidsoap]=1 [mpd]=0.5)
declare -A pattern=([vangxa]=PortAudio [liquidsoap]=soap: [mpd]=mpd:)

# Where it is midday now: a slot every two seconds needs the evening before it.
midday() {
	local west=$((10#$(date -u +%H) - 12))
	printf 'Etc/GMT%+d' $west | sed 's/+0$//'
}

begin_vangxa() {
	local zone
	zone=$(midday)
	mkdir -p "$dir/schedules" "$dir/audio"
	sox "$dir/mpd/nhip.wav" -c 1 "$dir/audio/nhip.flac"
	cat >"$dir/station.yaml" <<-END
	station: Đài đo thử
	id: bench-gio
	timezone: $zone
	zones:
	  - {name: mot, device: "JACK Audio Connection Kit: system", channel: 1}
	END
	cat >"$dir/schedules/do.yaml" <<-END
	timetable: Mỗi hai giây
	slots:
	  - {name: Nhịp, start: "$(TZ=$zone date -d '@'$(($(date +%s) / 2 * 2 + 14)) +%T)", length: 2s, ident: false,
	     play: {file: audio/nhip.flac}, repeat: {every: 2s, until: "14:00"}}
	END
	$at_once "$VANGXA" run --data "$dir" --listen "127.0.0.1:$PORT" >"$dir/vangxa.log" 2>&1 &
	pids+=($!)
}

begin_liquidsoap() {
	local when
	when=$(seq -s ' or ' -f '%gs' 1 2 59)
	cat >"$dir/do.liq" <<-END
	set("init.allow_root", true)
	set("frame.audio.samplerate", 48000)
	clip = single("$dir/mpd/nhip.wav")
	output.jack(id="soap", add(normalize=false, [blank(), switch([({$when}, clip)])]))
	END
	$at_once liquidsoap "$dir/do.liq" >"$dir/liquidsoap.log" 2>&1 &
	pids+=($!)
}

# Its output stays open, which is the best it can do.
begin_mpd() {
	local i
	cat >"$dir/mpd.conf" <<-END
	music_directory "$dir/mpd"
	bind_to_address "127.0.0.1"
	port "$((PORT + 1))"
	log_file "$dir/mpd.log"
	state_file "$dir/mpd.state"
	database {
		plugin "simple"
		path "$dir/mpd.db"
	}
	audio_output {
		type "jack"
		name "jack"
		client_name "mpd"
		autoconnect_ports "no"
		always_on "yes"
	}
	END
	$at_once mpd --no-daemon "$dir/mpd.conf" >"$dir/mpd.out" 2>&1 &
	pids+=($!)
	export MPD_HOST=127.0.0.1 MPD_PORT=$((PORT + 1))
	for ((i = 0; i < 100; i++)); do mpc -q status 2>/dev/null && break || sleep 0.1; done
	mpc -q update --wait
	mpc -q add nhip.wav
	$at_once bash -c 'while :; do
		sleep "$(date +%s.%N | awk '\''{n = int($1 / 2) * 2 + 0.5; print (n > $1 ? n : n + 2) - $1}'\'')"
		mpc -q play
	done' &
	pids+=($!)
}

ears=()
for what in $ONLY; do
	begin_$what
	ears+=("$what" "${pattern[$what]}")
done
"$program" "${ears[@]}" >"$dir/heard" 2>"$dir/ear.log" &
pids+=($!)
for what in $ONLY; do
	until_true 60 grep -q "^$what joined" "$dir/heard" || { tail -n 5 "$dir/$what.log"; exit 1; }
done
# Our first starts count as well, the peers' newest: theirs began before.
enough() { [ "$(grep -c "^${ONLY%% *} [0-9]" "$dir/heard")" -ge "$count" ]; }
ONLY=$(xargs <<<"$ONLY")
until_true $((2 * count + 60)) enough
end_jack

# NAME OFFSET: how many; median, 99th percentile and most of |error|, and the mean, in ms. The moment is an even second
# of the clock and OFFSET later.
errors_of() {
	awk -v n="$1" -v o="$2" '$1 == n && $2 != "joined" {
		t = $2 - o
		printf "%.4f\n", (t - 2 * int(t / 2 + 0.5)) * 1000
	}' "$dir/heard" | tail -n "$count" >"$dir/$1.errors"
	awk '{print $1 < 0 ? -$1 : $1}' "$dir/$1.errors" | sort -n | awk '{v[NR] = $1; s += $1}
		END {if (NR) printf "%d %.2f %.2f %.2f", NR, v[int((NR + 1) / 2)],
			v[int(NR * 0.99 + 0.999)], v[NR]}'
	awk '{s += $1} END {if (NR) printf " %.2f\n", s / NR; else print "0 - - - -"}' "$dir/$1.errors"
}

echo "Errors of starts at a device, ms, JACK's period 21 ms, ${at_once:-no real-time priority}," \
	"load $(cut -d' ' -f1 /proc/loadavg)"
printf '%-12s %8s %8s %8s %8s %8s\n' program starts median 99% worst mean
beside=
for what in $ONLY; do
	read -r starts median nines worst mean < <(errors_of "$what" "${offset[$what]}")
	printf '%-12s %8s %8s %8s %8s %8s\n' "$what" "$starts" "$median" "$nines" "$worst" "$mean"
	[ "$what" = vangxa ] || beside+="$what $median, 99 % $nines ($starts); "
	[ "$what" != vangxa ] || ours="$starts $median $nines $worst"
done
[ -n "${ours:-}" ] || exit 0
read -r starts median nines worst <<<"$ours"
figure "start error of a station at a device, median, ms" "<= 1" "$median" "$(at_most "$median" 1)" "$beside"
figure "start error of a station at a device, 99 %, ms" "<= 5" "$nines" "$(at_most "$nines" 5)" \
	"worst $worst of $starts"
[ "$starts" = "$count" ] || { echo "start_error.sh: heard $starts of $count" >&2; exit 1; }
