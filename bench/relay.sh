#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# relay.sh [COUNT]: an upper station falls silent and comes back, COUNT times, on air: how long after the limit of
# silence is the fallback heard, and is there a gap or an overlap on the way back. Heard in the mix, as a listener of
# /live.mp3 gets it; see relay.c for what is measured. The fallback is a file of 20 s, which is heard to its end:
# only then the relay may come back.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
count=${1:-${COUNT:-4}}
need node sox ffmpeg curl jq
cd "$top"
. tests/e2e/free_port.sh
. tests/e2e/until.sh
LIMIT_S=2
program=$(build_program relay)
dir=$W/relay
rm -rf "$dir"
mkdir -p "$dir/schedules" "$dir/audio"
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; wait 2>/dev/null' EXIT
sox -n -r 48000 -c 1 -b 16 "$dir/audio/the-cho.flac" synth 20 sine 3000 vol 0.3
sox -n -r 48000 -c 1 -b 16 "$dir/sound.wav" synth 30 sine 1000 vol 0.2
sox -n -r 48000 -c 1 -b 16 "$dir/silent.wav" trim 0 30
for f in sound silent; do
	ffmpeg -nostdin -v error -y -i "$dir/$f.wav" -c:a libmp3lame -b:a 64k -reservoir 0 -write_xing 0 \
		-id3v2_version 0 "$dir/$f.mp3"
done
port=$(free_port)
upper=$(free_port)
node tests/e2e/radio.mjs "$upper" "$dir/sound.mp3" "$dir/silent.mp3" &
pids+=($!)
set_to() { curl -fsS -m 5 "http://127.0.0.1:$upper/set?mode=$1" >/dev/null; }
until_true 20 set_to sound
cat >"$dir/station.yaml" <<END
station: Đài thử
id: bench-tiep-am
timezone: Asia/Ho_Chi_Minh
zones: [{name: mot, device: none}]
relays: {tren: {url: "http://127.0.0.1:$upper/stream", silence_s: $LIMIT_S}}
END
begin=$(TZ=Asia/Ho_Chi_Minh date -d "@$(($(date +%s) + 40))" +%H:%M:%S)
cat >"$dir/schedules/thu.yaml" <<END
timetable: Lịch thử
slots:
  - {name: Tiếp âm, start: "$begin", length: 55s, ident: false, play: {relay: tren},
     fallback: {file: audio/the-cho.flac}, repeat: {every: 1m, until: "23:58"}, late: {join_within: 1m}}
END
"$VANGXA" run --data "$dir" --listen "127.0.0.1:$port" >"$W/relay.run" 2>&1 &
pids+=($!)
on() { "$VANGXA" status --data "$dir" --json | jq -e "any(.on_air[]; .kind == \"$1\")"; }
until_true 60 on relay || { tail -n 5 "$W/relay.run"; exit 1; }
nothing() { "$VANGXA" status --data "$dir" --json | jq -e '.on_air == []'; }
curl -sN "http://127.0.0.1:$port/live.mp3" >"$dir/heard.mp3" &
pids+=($!)
until_true 20 test -s "$dir/heard.mp3"
# One a slot: within one nothing airs twice, the fallback neither.
for ((i = 0; i < count; i++)); do
	until_true 60 on relay || { echo "relay.sh: it does not begin" >&2; exit 1; }
	sleep 3
	set_to silent
	until_true 30 on file || { echo "relay.sh: no fallback" >&2; exit 1; }
	set_to sound
	until_true 60 on relay || { echo "relay.sh: it did not come back" >&2; exit 1; }
	until_true 60 nothing
done
kill "${pids[2]}"
ffmpeg -nostdin -v error -y -i "$dir/heard.mp3" -ac 1 -ar 48000 -f f32le "$dir/heard.raw"
"$program" $LIMIT_S <"$dir/heard.raw" >"$dir/changes"
cat "$dir/changes"
read -r losses loss backs gap < <(awk '
	$1 == "loss" { n++; if ($2 > loss) loss = $2 }
	$1 == "back" { m++; g = $2 < 0 ? -$2 : $2; if (g > gap) gap = g }
	END { printf "%d %.2f %d %.1f\n", n, loss, m, gap }' "$dir/changes")
if [ "$losses" != "$count" ] || [ "$backs" != "$count" ]; then
	echo "relay.sh: heard $losses and $backs of $count" >&2
	exit 1
fi
figure "a silent relay: fallback after the limit, worst, s" "<= 2" "$loss" "$(at_most "$loss" 2)" \
	"$count times, limit $LIMIT_S s"
figure "the relay again: gap or overlap, worst, ms" "<= 10" "$gap" "$(at_most "$gap" 10)" "looked at every 2.5 ms"
