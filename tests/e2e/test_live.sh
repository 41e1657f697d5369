#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Speaking live, with sound: by the station's microphone and by a browser's parts, over a programme that goes on
# beneath and is back afterwards; a microphone that goes away; a second person; sound that is none.
# Alone: it needs the machine's time.
set -u
. tests/e2e/jqe.sh
. tests/e2e/free_port.sh
dir=${SCRATCH:?}/live
data=$dir/data
mkdir -p "$data/schedules" "$data/audio"
V=$VANGXA
export VANGXA_DATA=$data

fail() {
	echo "test_live: $*"
	tail -20 "$dir/run.log" "$dir/pulse.log" 2>/dev/null
	exit 1
}

. tests/e2e/pulse.sh
trap finish_pulse EXIT
echo "pcm.micro { type pulse server \"$server\" device \"mic.monitor\" hint { show on description \"micro\" } }" \
	>>"$dir/asound.conf"
start_pulse
pactl -s "$server" load-module module-null-sink sink_name=mic rate=48000 format=float32le channels=1 \
	channel_map=mono >/dev/null || fail "no microphone"
sox -n -r 48000 -c 1 -b 16 "$data/audio/tieng.flac" synth 58 sine 440 vol 0.3
cat >"$data/station.yaml" <<END
station: Đài thử
id: dai-thu
timezone: Asia/Ho_Chi_Minh
zones:
  - {name: mot, device: default, channel: 1}
live: {device: micro, minutes: 5}
END
cat >"$data/schedules/thu.yaml" <<END
timetable: Lịch thử
slots:
  - {name: Luôn, start: "00:00:00", length: 60s, repeat: {every: 60s, until: "23:59:00"},
     play: {file: audio/tieng.flac}, late: {join_within: 60s}, ident: false}
END
sox -n -t f32 -r 48000 -c 1 - synth 600 sine 1500 vol 0.3 |
	pacat -s "$server" -d mic --raw --format=float32le --rate=48000 --channels=1 2>/dev/null &
pids+=("$!")
port=$(free_port)
setpriv --pdeathsig TERM "$V" run --data "$data" --listen "127.0.0.1:$port" >>"$dir/run.log" 2>&1 &
run_pid=$!
pids+=("$run_pid")
status() { "$V" status --json 2>/dev/null | jqe "$1"; }
until_true 60 status '.on_air | length > 0' || fail "nothing on air"
record_monitor heard.f32

# tone HZ: whether it is heard now, in the last half second.
tone() {
	local bytes
	bytes=$(stat -c %s "$dir/heard.f32")
	[ "$bytes" -gt 96000 ] || return 1
	tail -c "+$(((bytes - 96000) / 4 * 4 + 1))" "$dir/heard.f32" >"$dir/part.f32"
	sox -t f32 -r 48000 -c 1 "$dir/part.f32" -n sinc "$(($1 - 60))-$(($1 + 60))" stat 2>&1 |
		awk '/RMS.*amplitude/ { heard = $3 > 0.02 } END { exit !heard }'
}
quiet() { ! tone "$1"; }
ended() { "$V" log --json | jqe -s "map(select(.file == \"live:$1\" and .result == \"$2\")) | length == $3"; }
reason() { "$V" log --json | jqe -s "map(select(.file == \"live:$1\"))[-1].reason == \"$2\""; }

until_true 60 tone 440 || fail "the programme is not heard"
"$V" live start --by "Chủ tịch xã" >"$dir/out" || fail "start"
until_true 60 tone 1500 || fail "the microphone is not heard: $(status .live)"
"$V" live start --by "Người khác" 2>"$dir/err" && fail "two at once"
grep -q "Chủ tịch xã is speaking" "$dir/err" || fail "who speaks? $(cat "$dir/err")"
"$V" live stop >/dev/null || fail "stop"
until_true 60 quiet 1500 || fail "it does not stop"
until_true 60 tone 440 || fail "the programme is not back"
until_true 60 ended microphone full 1 || fail "not in the log: $("$V" log | tail -3)"

"$V" live start --by "Chủ tịch xã" --minutes 2 >/dev/null || fail "again"
until_true 60 tone 1500 || fail "not heard again"
# As a device that is pulled out: its process ends. (PulseAudio gives silence for a source that is gone.)
station=$(pgrep -P "$run_pid" -f '^vangxa station')
kill "$(pgrep -P "$station" -f '^vangxa line')" || fail "no process of the microphone's"
until_true 60 ended microphone partial 1 || fail "unplugged: $(status .live)"
reason microphone microphone-lost || fail "unplugged, no reason: $("$V" log | tail -1)"

# A browser.
sox -n -t ul -r 16000 -c 1 "$dir/voice.ul" synth 1 sine 1000 vol 0.5
post() { curl -sS -m 60 -H 'Content-Type: application/json' -d "$2" "http://127.0.0.1:$port/api/live$1"; }
id=$(post '' '{"source":"browser"}' | jq -r .live)
[ -n "$id" ] && [ "$id" != null ] || fail "a browser may not begin"
b64=$(base64 -w0 <"$dir/voice.ul")
code() { jqe ".error.code == \"$1\""; }
post /sound "{\"live\":\"0123\",\"sound\":\"$b64\"}" | code not_found || fail "somebody else's id"
post /sound "{\"live\":\"$id\",\"sound\":\"???\"}" | code usage || fail "no base64"
much=$(head -c 60000 /dev/zero | base64 -w0)
post /sound "{\"live\":\"$id\",\"sound\":\"$much\"}" | jqe '.error' || fail "too much"
# A person speaks no faster than the clock goes: ffmpeg paces.
parts() {
	local part
	while part=$(head -c 8000 | base64 -w0) && [ -n "$part" ]; do
		post /sound "{\"live\":\"$id\",\"sound\":\"$part\"}" >/dev/null
	done
}
ffmpeg -nostdin -loglevel error -re -stream_loop -1 -f mulaw -ar 16000 -i "$dir/voice.ul" -f mulaw -flush_packets 1 - \
	> >(parts) &
speaker=$!
pids+=("$speaker")
until_true 60 tone 1000 || fail "the browser is not heard: $(status .live)"
kill "$speaker"
# The page is closed: nothing comes any more.
until_true 60 ended browser partial 1 || fail "a page that went: $(status .live)"
reason browser voice-lost || fail "a page that went, no reason"
until_true 60 tone 440 || fail "the programme is not back after the browser"
"$V" live stop 2>/dev/null && fail "nobody speaks, and stop says yes"
"$V" verify --log-only >"$dir/verify" || fail "verify: $(cat "$dir/verify")"
exit 0
