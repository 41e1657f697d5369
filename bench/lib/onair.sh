# SPDX-License-Identifier: GPL-3.0-or-later
# Programs on air on 127.0.0.1, for bench/*.sh: each start_NAME adds its processes to pids. Sourced
# after common.sh.

pids=() listener=

end_all() {
	local p
	for p in $listener "${pids[@]}"; do
		kill "$p" 2>/dev/null || true
		wait "$p" 2>/dev/null || true
	done
	pids=() listener=
}
trap end_all EXIT

# Every hour of the day is the list, so that something is always on air. The masters are made once.
make_onair_station() {
	local dir=$W/onair times i
	times=$(awk '{t += $1} END {print int(86400 / t) + 1}' "$W/list")
	cp "$W/list" "$W/list.once"
	for ((i = 0; i < times; i++)); do cat "$W/list.once"; done >"$W/list"
	rm -rf "$dir"
	make_station "$dir" 0
	mv "$W/list.once" "$W/list"
	"$VANGXA" check --data "$dir" >"$W/check.log" 2>&1 || true
	"$VANGXA" render --data "$dir" --from ${DAY}T08:00:00+07:00 --to ${DAY}T08:00:01+07:00 \
		-o "$W/first.wav"
}

start_vangxa() { # PORT [DIR]
	"$VANGXA" run --data "${2:-$W/onair}" --listen 127.0.0.1:$1 >"$W/vangxa.log" 2>&1 &
	pids+=($!)
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

start_icecast() { # PORT
	local i
	mkdir -p "$W/icecast"
	chmod 777 "$W/icecast"
	icecast_conf $1 >"$W/icecast.xml"
	icecast2 -c "$W/icecast.xml" >"$W/icecast.log" 2>&1 &
	pids+=($!)
	for i in {1..50}; do
		curl -s -o /dev/null "http://127.0.0.1:$1/" && break
		sleep 0.1
	done
}

start_liquidsoap() { # PORT of icecast
	cat >"$W/onair.liq" <<-END
	set("init.allow_root", true)
	set("log.stdout", true)
	programme = playlist(mode="normal", reload_mode="never", "$W/files")
	bed = amplify(0.1, single("$W/bed.mp3"))
	mix = mksafe(add(normalize=false, [programme, bed]))
	output.icecast(%mp3(mono, bitrate=64, samplerate=44100, internal_quality=5),
	  host="127.0.0.1", port=$1, password="bench", mount="live.mp3", mean(mix))
	END
	liquidsoap "$W/onair.liq" >"$W/liquidsoap.log" 2>&1 &
	pids+=($!)
}

# It neither mixes nor encodes: it sends the files as they are.
start_ezstream() { # PORT of icecast
	cat >"$W/ezstream.xml" <<-END
	<ezstream><servers><server><hostname>127.0.0.1</hostname><port>$1</port>
	<password>bench</password></server></servers>
	<streams><stream><mountpoint>/live.mp3</mountpoint><format>MP3</format></stream></streams>
	<intakes><intake><filename>$W/files.m3u</filename></intake></intakes></ezstream>
	END
	cp "$W/files" "$W/files.m3u"
	chmod 600 "$W/ezstream.xml"
	ezstream -c "$W/ezstream.xml" >"$W/ezstream.log" 2>&1 &
	pids+=($!)
}

mpd_conf() { # PORT of its stream; its control is one above
	cat >"$W/onair-mpd.conf" <<-END
	music_directory "$W"
	bind_to_address "127.0.0.1"
	port "$(($1 + 1))"
	log_file "$W/mpd.log"
	auto_update "no"
	state_file "$W/mpd.state"
	database {
		plugin "simple"
		path "$W/mpd.db"
	}
	audio_output {
		type "httpd"
		name "live"
		encoder "lame"
		bind_to_address "127.0.0.1"
		port "$1"
		bitrate "64"
		format "44100:16:1"
		always_on "yes"
	}
	END
}

start_mpd() { # PORT
	mpd_conf $1
	mpd --no-daemon "$W/onair-mpd.conf" >"$W/mpd.log" 2>&1 &
	pids+=($!)
}

# Fills its queue and plays; its state file keeps that for the next start.
tell_mpd() { # PORT
	local i
	export MPD_HOST=127.0.0.1 MPD_PORT=$(($1 + 1))
	for i in {1..100}; do mpc -q status 2>/dev/null && break || sleep 0.1; done
	mpc -q update --wait
	mpc -q clear
	sed "s|^$W/||" "$W/files" | mpc -q add
	mpc -q repeat on
	mpc -q play
}

tree() { # PID…: they and all below
	local p
	for p; do
		echo "$p"
		# shellcheck disable=SC2046
		tree $(ps -o pid= --ppid "$p")
	done
}

kib() { # Pss or Rss: the sum
	local p
	for p in $(tree "${pids[@]}"); do
		grep "^$1:" "/proc/$p/smaps_rollup" 2>/dev/null || true
	done | awk '{t += $2} END {print t + 0}'
}
