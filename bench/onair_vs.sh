#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# On air in real time with one listener: CPU and memory of all processes of `vangxa run` (one zone, live
# stream and recording, 64 kbit/s mono) beside Liquidsoap with Icecast and MPD with its own HTTP
# output (64 kbit/s mono too, no recording). CPU from /proc/PID/stat over SECONDS_ON (60) after
# a warm-up; memory is PSS, so that shared pages count once. Everything listens on 127.0.0.1 and
# is ended at the end.
#   SECONDS_ON=60 WARM_UP=10 ONLY="vangxa liquidsoap mpd" bench/onair_vs.sh
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
SECONDS_ON=${SECONDS_ON:-60} WARM_UP=${WARM_UP:-10} PORT=${PORT:-18600}
ONLY=${ONLY:-vangxa liquidsoap mpd}
pids=() listener=

need_packages
[ -f "$W/list" ] || make_playlist 3600 # any list will do
cut -d' ' -f2 "$W/list" >"$W/files"

end_all() {
	local p
	for p in $listener "${pids[@]}"; do
		kill "$p" 2>/dev/null || true
		wait "$p" 2>/dev/null || true
	done
	pids=() listener=
}
trap end_all EXIT

tree() { # PID…: they and all below
	local p
	for p; do
		echo "$p"
		# shellcheck disable=SC2046
		tree $(ps -o pid= --ppid "$p")
	done
}

cpu_ticks() { # user + system of the trees of $pids
	local p
	for p in $(tree "${pids[@]}"); do
		sed 's/.*) //' "/proc/$p/stat" 2>/dev/null || true
	done | awk '{t += $12 + $13} END {print t + 0}'
}

pss_kib() {
	local p
	for p in $(tree "${pids[@]}"); do
		grep '^Pss:' "/proc/$p/smaps_rollup" 2>/dev/null || true
	done | awk '{t += $2} END {print t + 0}'
}

listen_to() { # URL: waits at most 20 s for the first bytes, then goes on listening
	local i got
	for i in {1..40}; do
		got=$(curl -fs -m 1 "$1" 2>/dev/null | head -c 1000 | wc -c || true)
		[ "$got" -gt 0 ] && break
		sleep 0.5
	done
	curl -fs -o /dev/null "$1" &
	listener=$!
}

report() { # NAME
	local before after pss count
	sleep "$WARM_UP"
	kill -0 "$listener" 2>/dev/null || {
		echo "$1: no listener could stay, see $W/$1.log"
		end_all
		return
	}
	before=$(cpu_ticks)
	sleep "$SECONDS_ON"
	after=$(cpu_ticks) pss=$(pss_kib) count=$(tree "${pids[@]}" | wc -l)
	awk -v n="$1" -v t=$((after - before)) -v hz="$(getconf CLK_TCK)" -v s="$SECONDS_ON" \
		-v p="$pss" -v c="$count" 'BEGIN {
		printf "%-12s %8.2f %9.1f %10d\n", n, 100 * t / hz / s, p / 1024, c}'
	end_all
}

# Every hour of the day is the list, so that something is always on air.
run_vangxa() {
	local dir=$W/onair midnight
	rm -rf "$dir"
	cp "$W/list" "$W/list.once"
	midnight=$(awk '{t += $1} END {print int(86400 / t) + 1}' "$W/list")
	for ((i = 0; i < midnight; i++)); do cat "$W/list.once"; done >"$W/list"
	make_station "$dir" 0
	mv "$W/list.once" "$W/list"
	"$VANGXA" run --data "$dir" --listen 127.0.0.1:$PORT >"$W/vangxa.log" 2>&1 &
	pids=($!)
	listen_to http://127.0.0.1:$PORT/live.mp3
	report vangxa
}

icecast_conf() { # as root it must become somebody else
	cat <<-END
	<icecast><limits><sources>2</sources></limits>
	<authentication><source-password>bench</source-password>
	<admin-user>admin</admin-user><admin-password>bench</admin-password></authentication>
	<hostname>127.0.0.1</hostname>
	<listen-socket><port>$1</port><bind-address>127.0.0.1</bind-address></listen-socket>
	<paths><basedir>/usr/share/icecast2</basedir><logdir>$W/icecast</logdir>
	<webroot>/usr/share/icecast2/web</webroot><adminroot>/usr/share/icecast2/admin</adminroot>
	</paths>
	<logging><errorlog>error.log</errorlog><loglevel>2</loglevel></logging>
	<security><chroot>0</chroot>
	$([ "$(id -u)" != 0 ] || echo "<changeowner><user>nobody</user><group>nogroup</group></changeowner>")
	</security></icecast>
	END
}

run_liquidsoap() {
	local port=$((PORT + 1)) i
	mkdir -p "$W/icecast"
	chmod 777 "$W/icecast"
	icecast_conf $port >"$W/icecast.xml"
	icecast2 -c "$W/icecast.xml" >"$W/icecast.log" 2>&1 &
	pids=($!)
	for i in {1..50}; do
		curl -s -o /dev/null "http://127.0.0.1:$port/" && break
		sleep 0.1
	done
	cat >"$W/onair.liq" <<-END
	set("init.allow_root", true)
	set("log.stdout", true)
	programme = playlist(mode="normal", reload_mode="never", "$W/files")
	bed = amplify(0.1, single("$W/bed.mp3"))
	mix = mksafe(add(normalize=false, [programme, bed]))
	output.icecast(%mp3(mono, bitrate=64, samplerate=44100, internal_quality=5),
	  host="127.0.0.1", port=$port, password="bench", mount="live.mp3", mean(mix))
	END
	liquidsoap "$W/onair.liq" >"$W/liquidsoap.log" 2>&1 &
	pids+=($!)
	listen_to http://127.0.0.1:$port/live.mp3
	report liquidsoap
}

run_mpd() {
	local port=$((PORT + 2)) i
	cat >"$W/onair-mpd.conf" <<-END
	music_directory "$W"
	bind_to_address "127.0.0.1"
	port "$((port + 1))"
	log_file "$W/mpd.log"
	auto_update "no"
	database {
		plugin "simple"
		path "$W/mpd.db"
	}
	audio_output {
		type "httpd"
		name "live"
		encoder "lame"
		bind_to_address "127.0.0.1"
		port "$port"
		bitrate "64"
		format "44100:16:1"
		always_on "yes"
	}
	END
	mpd --no-daemon "$W/onair-mpd.conf" >"$W/mpd.log" 2>&1 &
	pids=($!)
	export MPD_HOST=127.0.0.1 MPD_PORT=$((port + 1))
	for i in {1..100}; do mpc -q status 2>/dev/null && break || sleep 0.1; done
	mpc -q update --wait
	sed "s|^$W/||" "$W/files" | mpc -q add
	mpc -q repeat on
	mpc -q play
	listen_to http://127.0.0.1:$port/
	report mpd
}

echo "On air for $SECONDS_ON s with one listener, 64 kbit/s mono, $(nproc) cores,"
echo "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"
printf '%-12s %8s %9s %10s\n' program "CPU %" "PSS MiB" processes
for what in $ONLY; do
	"run_$what"
done
