# SPDX-License-Identifier: GPL-3.0-or-later
# A JACK server of one's own on the dummy driver, in real-time mode, for bench/*.sh. Sourced after common.sh.

. "$top/tests/e2e/until.sh"
. "$top/tests/e2e/free_port.sh"
pids=()
# For programs that are compared: what else the machine does is not what is measured.
at_once=
! chrt -r 5 true 2>/dev/null || at_once="chrt -r 5"

some_run() {
	local p
	for p; do ! kill -0 "$p" 2>/dev/null || return 0; done
	return 1
}

# The clients first: Liquidsoap waits for ever for a server that is gone.
end_jack() {
	local i clients=("${pids[@]:1}")
	kill "${clients[@]}" 2>/dev/null || true
	for ((i = 0; i < 50; i++)); do
		some_run "${clients[@]}" || break
		sleep 0.1
	done
	kill -9 "${clients[@]}" 2>/dev/null || true
	kill "${pids[@]}" 2>/dev/null || true
	wait 2>/dev/null || true
	pids=()
}
trap end_jack EXIT

# start_jack PERIOD: ends the script well where there is none.
start_jack() {
	need jackd jack_wait pkg-config
	pkg-config --exists jack || {
		echo "${0##*/}: left out: libjack-jackd2-dev is not installed"
		exit 0
	}
	export VANGXA JACK_DEFAULT_SERVER=vangxa-bench-$$ VANGXA_LANG=en
	jackd -n "$JACK_DEFAULT_SERVER" -R -P 10 -d dummy -r 48000 -p "$1" >"$W/jackd.log" 2>&1 &
	pids=($!)
	jack_wait -s "$JACK_DEFAULT_SERVER" -w -t 10 >/dev/null 2>&1 || sleep 2
	kill -0 "${pids[0]}" 2>/dev/null || {
		echo "${0##*/}: left out: jackd cannot run here in real time"
		exit 0
	}
}

# start_jack_station DIR [LINE]…: a station with one zone at JACK's device, with these lines in its settings; sets
# $port, writes DIR/run.log.
start_jack_station() {
	local dir=$1
	shift
	rm -rf "$dir"
	mkdir -p "$dir/schedules"
	cat >"$dir/station.yaml" <<-END
	station: Đài thử
	id: bench-${dir##*/}
	timezone: Asia/Ho_Chi_Minh
	zones:
	  - {name: mot, device: "JACK Audio Connection Kit: system", channel: 1}
	END
	printf '%s\n' "$@" >>"$dir/station.yaml"
	port=$(free_port)
	$at_once "$VANGXA" run --data "$dir" --listen 127.0.0.1:$port >"$dir/run.log" 2>&1 &
	pids+=($!)
}
