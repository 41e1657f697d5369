#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Upper stations, relayed, each in a zone of its own: MP3 over HTTP and HLS are heard; what falls silent gives way
# to its fallback and comes back; and what is no radio at all (a page, headers without an end, not a byte,
# 192 kHz in eight channels, a stream that turns into that) is named in a sentence while the others go on.
set -u
. tests/e2e/station.sh
port=$(free_port)
upper=$(free_port)

mkdir -p "$DIR/schedules" "$DIR/audio"
sox -n -r 48000 -c 1 -b 16 "$DIR/audio/the-cho.flac" synth 6 sine 300 vol 0.3
sox -n -r 48000 -c 1 -b 16 "$SCRATCH/sound.wav" synth 30 sine 440 vol 0.2
sox -n -r 48000 -c 1 -b 16 "$SCRATCH/silence.wav" trim 0 30
sox -n -r 192000 -c 8 -b 16 "$SCRATCH/other.flac" synth 1 sine 440 vol 0.2
for f in sound silence; do
	ffmpeg -v error -i "$SCRATCH/$f.wav" -c:a libmp3lame -b:a 64k -reservoir 0 -write_xing 0 -id3v2_version 0 \
		"$SCRATCH/$f.mp3" || fail "no MP3"
done
setpriv --pdeathsig TERM node tests/e2e/radio.mjs "$upper" "$SCRATCH/sound.mp3" "$SCRATCH/silence.mp3" \
	"$SCRATCH/other.flac" &
radio=$!
trap 'kill $radio; finish_station' EXIT
radio() { curl -fsS -m 5 "http://127.0.0.1:$upper/$1" >/dev/null; }
until_true 20 radio live.m3u8 || fail "no upper station"

relays=(stream live.m3u8 html headers stall other turns)
{
	printf 'station: Đài thử\nid: dai-thu\ntimezone: Asia/Ho_Chi_Minh\nzones:\n'
	for i in "${!relays[@]}"; do echo "  - {name: z$i, device: none, channel: $((i + 1))}"; done
	printf 'relays:\n'
	for i in "${!relays[@]}"; do
		echo "  r$i: {url: \"http://127.0.0.1:$upper/${relays[i]}\", silence_s: 2}"
	done
} >"$DIR/station.yaml"
# Before their hour, each can be tried: what comes of it is told, and nothing of it is heard.
tried() { status ".relays[$1].tried | (.running | not) and ($2)"; }
try_relays() {
	for i in "${!relays[@]}"; do
		curl -s --fail-with-body -m 20 -o "$SCRATCH/try" -H 'Content-Type: application/json' \
			-d "{\"relay\":\"r$i\"}" "http://127.0.0.1:$port/api/relays/try" ||
			fail "r$i cannot be tried: $(cat "$SCRATCH/try")"
	done
	until_true 60 tried 0 '.sounds and .lufs < -10 and .codec == "MP3" and .rate_hz == 48000 and .channels == 1' \
		|| fail "a stream: $("$V" status --json | jq -c .relays)"
	until_true 60 tried 1 '.sounds' || fail "HLS: $("$V" status --json | jq -c .relays)"
	until_true 60 tried 2 '.texts.vi | startswith("địa chỉ trả về trang web")' || fail "a page"
	until_true 60 tried 3 '.texts.vi | startswith("máy chủ trả lời sai")' || fail "headers"
	until_true 60 tried 4 '.sounds | not' || fail "not a byte"
	until_true 60 tried 5 '.texts.vi | startswith("tần số")' || fail "eight channels"
	status '.on_air == []' || fail "what is tried is on air"
}
# The same from the command line, without a station.
"$V" relay try r0 --data "$DIR" --json >"$SCRATCH/told" || fail "relay try r0: $(cat "$SCRATCH/told")"
jq -e '.sounds and .codec == "MP3" and .channels == 1 and (.lufs < -10)' "$SCRATCH/told" >/dev/null ||
	fail "relay try r0 tells $(cat "$SCRATCH/told")"
VANGXA_LANG=en "$V" relay try "http://127.0.0.1:$upper/html" --data "$DIR" >"$SCRATCH/told" && fail "a page is no sound"
grep -q '^It does not work: .*page' "$SCRATCH/told" || fail "a page: $(cat "$SCRATCH/told")"
VANGXA_LANG=en "$V" relay try none --data "$DIR" 2>"$SCRATCH/told" && fail "there is no relay of that name"
grep -q 'no relay "none"' "$SCRATCH/told" || fail "no relay: $(cat "$SCRATCH/told")"
"$V" relay listen r0 --data "$DIR" 2>/dev/null
[ $? = 2 ] || fail "relay listen"

setpriv --pdeathsig TERM "$V" run --data "$DIR" --listen "127.0.0.1:$port" >>"$SCRATCH/run.log" 2>&1 &
run_pid=$!
until_true 60 curl -sf -o "$SCRATCH/try" "http://127.0.0.1:$port/api/status" || fail "no page"
try_relays
stop_run || fail "stop: $?"
# Long enough from now on for the station to start and connect before.
begin=$(TZ=Asia/Ho_Chi_Minh date -d "@$(($(date +%s) + 14))" +%H:%M:%S)
{
	printf 'timetable: Lịch thử\nslots:\n'
	for i in "${!relays[@]}"; do
		cat <<-YAML
			  - {name: Tiếp âm $i, start: "$begin", length: 10m, zones: [z$i], play: {relay: r$i},
			     fallback: {file: audio/the-cho.flac}}
		YAML
	done
} >"$DIR/schedules/thu.yaml"
setpriv --pdeathsig TERM "$V" run --data "$DIR" --listen "127.0.0.1:$port" >>"$SCRATCH/run.log" 2>&1 &
run_pid=$!

on() { status ".on_air | any(.slot == \"Tiếp âm $1\" and .kind == \"$2\")"; }
lost() { entries | jqe -s "any(.[]; .kind == \"relay.lost\" and .relay == \"r$1\" and .detail.code == \"$2\")"; }
said() { grep -qF "$1" "$SCRATCH/run.log"; }
until_true 90 on 0 relay || fail "HTTP is not relayed: $("$V" status)"
until_true 60 on 1 relay || fail "HLS is not relayed: $("$V" status)"

radio 'set?mode=silent'
until_true 60 on 0 file || fail "silence: no fallback"
until_true 60 lost 0 relay-silent || fail "silence is not in the log: $(entries | grep relay.lost)"
until_true 60 said "“r6”: âm thanh gửi đến bị hỏng hoặc đổi loại giữa chừng" || fail "another kind is not named"
back() { entries | grep -qF '"kind":"relay.back"'; }
back && fail "back in silence"
radio 'set?mode=sound'
until_true 90 on 0 relay || fail "not back: $("$V" status)"
until_true 60 back || fail "no relay.back" # the log may grow under the hands of who reads it

until_true 60 lost 2 relay-not-sound || fail "a page: $(entries | grep relay.lost)"
until_true 60 lost 3 relay-headers || fail "headers: $(entries | grep relay.lost)"
until_true 60 lost 4 net-slow || fail "not a byte: $(entries | grep relay.lost)"
until_true 60 lost 5 relay-form || fail "eight channels: $(entries | grep relay.lost)"
for i in 0 1 6; do
	until_true 60 on $i relay || fail "r$i does not go on: $("$V" status)"
done
"$V" log --events >"$SCRATCH/events" || fail "log"
grep -q 'mất tiếp âm r2 (địa chỉ trả về trang web' "$SCRATCH/events" || fail "words: $(cat "$SCRATCH/events")"
stop_run || fail "the station ended with $?"
entries | jqe -s 'any(.[]; .kind == "airing.missed" and .relay == "r5" and .reason == "relay-lost")' ||
	fail "what could not begin has no row"
"$V" verify --data "$DIR" >"$SCRATCH/verify" 2>&1 || fail "verify: $(cat "$SCRATCH/verify")"
