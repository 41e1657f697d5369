#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What was meant is what was heard, through the whole station: a timetable that begins in a few seconds,
# real speech, PortAudio, ALSA and a PulseAudio of our own. The recording of its monitor, the rendering of
# the same minutes and the station's own recording must be the same sound, and the log must say so. Then
# the sound server dies in the middle of an item and comes back.
set -u
. tests/e2e/jqe.sh
if ! command -v pulseaudio >/dev/null || ! command -v parec >/dev/null; then
	echo "  SKIPPED: PulseAudio is not installed (make test-deps): nothing was heard" | tee /dev/stderr
	exit 0
fi
dir=${SCRATCH:-$(mktemp -d)}/heard
compare=$(dirname "$VANGXA")/tests/compare
server=unix:$dir/socket
pids=()
mkdir -p "$dir/data/schedules" "$dir/data/audio"
export HOME=$dir XDG_RUNTIME_DIR=$dir XDG_CONFIG_HOME=$dir ALSA_CONFIG_PATH=$dir/asound.conf
export VANGXA_LANG=en JACK_NO_START_SERVER=1 VANGXA
data=$dir/data

finish() {
	for p in "${pids[@]}"; do kill "$p" 2>/dev/null; done
	wait 2>/dev/null
}
trap finish EXIT

fail() {
	echo "test_station_heard: $*"
	tail -20 "$dir/station.log" "$dir/pulse.log" 2>/dev/null
	"$VANGXA" log --data "$data" --json 2>/dev/null | tail -12
	exit 1
}

# Waits for the condition, not for the clock.
until_true() {
	local n=$(($1 * 10))
	shift
	while ! "$@" >/dev/null 2>&1; do
		[ $((n--)) -gt 0 ] || return 1
		sleep 0.1
	done
}

# A sound server's own threads lose against a busy machine, and what it drops nobody can hear: real-time
# priority where it may be had, as a desktop gives it.
first=
chrt -f 20 true 2>/dev/null && first="chrt -f 20"

start_pulse() {
	$first pulseaudio -n --daemonize=no --exit-idle-time=-1 --disallow-exit --use-pid-file=no \
		-L "module-native-protocol-unix socket=$dir/socket auth-anonymous=1" \
		-L "module-null-sink sink_name=air rate=48000 format=float32le channels=1 channel_map=mono" \
		>"$dir/pulse.log" 2>&1 &
	pulse=$!
	pids+=("$pulse")
	until_true 10 pactl -s "$server" get-sink-volume air || fail "PulseAudio does not start"
}

# The monitor gives nothing before somebody plays: one stream of silence stays open for ever, and the
# first seconds of a server are not to be trusted (3 s must have come before anything counts).
record() {
	$first pacat -s "$server" -d air --raw --format=float32le --rate=48000 --channels=1 </dev/zero 2>/dev/null &
	pids+=("$!")
	$first parec -s "$server" -d air.monitor --format=float32le --rate=48000 --channels=1 \
		--latency-msec=20 >"$dir/$1" 2>/dev/null &
	pids+=("$!")
	until_true 20 bigger "$dir/$1" $((3 * 48000 * 4)) || fail "nothing to record"
}

bigger() { [ "$(stat -c %s "$1")" -ge "$2" ]; }


say() { # FILE TEXT
	espeak-ng -v vi -s 150 -w "$dir/$1.wav" "$2"
}

add() { # FILE TITLE KIND PROGRAMME
	id=$("$VANGXA" add "$dir/$1.wav" --data "$data" --title "$2" --language vi --kind "$3" \
		--programme "$4" --json | jq -r .id) && [ -n "$id" ] || fail "add $1"
	"$VANGXA" approve "$id" --data "$data" --document thử >/dev/null || fail "approve $1"
}

hms() { TZ=Asia/Ho_Chi_Minh date -d "@$1" +%H:%M:%S; }
# Outcomes only: what is on air now has none yet.
log_of() { "$VANGXA" log --data "$data" --json | jq -c "select(.result != \"on-air\") | select($1)"; }
event_of() { "$VANGXA" log --data "$data" --events --json | jqe -c "select($1)"; }
aired() { [ "$(log_of ".slot == \"$1\"" | wc -l)" -ge "$2" ]; }

# One airing of the log: `is SLOT FIELD VALUE`, for all its items.
is() {
	local bad
	bad=$(log_of ".slot == \"$1\"" | jq -c "select((.$2) != $3) | .$2")
	[ -z "$bad" ] || fail "$1: $2 is $bad, not $3"
}

cat >"$dir/asound.conf" <<END
pcm.!default { type pulse server "$server" device "air" hint { show on description "pulse" } }
ctl.!default { type pulse server "$server" }
END
cat >"$data/station.yaml" <<END
station: Đài nghe thử
id: nghe-thu
timezone: Asia/Ho_Chi_Minh
zones:
  - {name: trung-tam, device: default, channel: 1}
loudness: {target_lufs: -16, peak_dbtp: -1}
bed: audio/nhac-nen.flac
END
cp audio/nhac-nen.flac "$data/audio/"
say loi "Đây là đài truyền thanh xã. Kính mời bà con đón nghe chương trình buổi sáng của đài."
sox -D -v 0.8 "$dir/loi.wav" -r 48000 "$data/audio/loi-chao.wav"
say mot "Thông báo. Sáng thứ tư, trạm y tế xã tiêm chủng mở rộng cho các cháu dưới một tuổi."
say hai "Tin nông nghiệp. Rầy nâu xuất hiện trên lúa ở một số thôn, bà con thăm đồng thường xuyên."
say ba "Tin thời tiết. Đêm nay và ngày mai có mây, có mưa rào và dông vài nơi, gió nhẹ. Nhiệt độ thấp \
nhất hai mươi ba độ, cao nhất ba mươi hai độ. Trong cơn dông đề phòng lốc, sét và gió giật mạnh."
add mot "Tiêm chủng" thong-bao 1719.10.1.2
add hai "Rầy nâu" ban-tin 1719.10.1.2
add ba "Thời tiết" ban-tin 1719.10.1.3
start_pulse
record first.raw

# Whole seconds, so that what is rendered from there begins on the same frame as what is aired.
begin=$(($(date +%s) + 6))
cat >"$data/schedules/thu.yaml" <<END
timetable: Nghe thử
slots:
  - {name: Lời chào, start: "$(hms $begin)", length: 8s, play: {file: audio/loi-chao.wav}}
  - name: Bản tin
    start: "$(hms $((begin + 9)))"
    length: 20s
    order: oldest
    play: {bulletins: {programme: ["1719.10.1.2"]}}
  - name: Thời tiết
    start: "$(hms $((begin + 30)))"
    length: 18s
    play: {bulletins: {programme: ["1719.10.1.3"]}}
END
"$VANGXA" station --data "$data" 2>"$dir/station.log" &
station=$!
pids+=("$station")
until_true 45 aired "Bản tin" 2 || fail "nothing aired"

is "Lời chào" result '"full"'
for slot in "Lời chào" "Bản tin"; do
	is "$slot" proof '"A"'
	is "$slot" xruns 0
	is "$slot" 'device | length > 3' true
	is "$slot" 'start_error_ms | type' '"number"'
	is "$slot" detail null
done

# The server dies while the weather is read.
on_air() { "$VANGXA" status --data "$data" --json | jqe '[.on_air[].slot] | index("Thời tiết")'; }
until_true 20 on_air || fail "the weather is not on air"
sleep 1
kill -9 "$pulse"
until_true 15 event_of '.kind == "device.lost"' || fail "nobody noticed that the sound server died"
until_true 30 aired "Thời tiết" 1 || fail "the station did not go on"
is "Thời tiết" proof null
is "Thời tiết" result '"full"'
is "Thời tiết" 'detail | length > 3' true
start_pulse
record second.raw
until_true 75 event_of '.kind == "device.back"' || fail "the device was not taken up again"
weather=$("$VANGXA" bulletins --data "$data" --json | jq -r '.. | objects | select(.title? == "Thời tiết") | .id')
"$VANGXA" play "$weather" --data "$data" >/dev/null || fail "play"
read_twice() { [ "$(log_of ".bulletin == \"$weather\"" | wc -l)" -eq 2 ]; }
until_true 40 read_twice || fail "the second reading"
log_of ".bulletin == \"$weather\"" | tail -1 | jqe '.proof == "A" and .xruns == 0' >/dev/null ||
	fail "the second reading is not proven"
kill -TERM "$station"
wait "$station" || fail "the station ended with $?"

# What was meant.
from=$((begin - 1))
iso() { TZ=Asia/Ho_Chi_Minh date -d "@$1" +%FT%T%:z; }
"$VANGXA" render --data "$data" --from "$(iso $from)" --to "$(iso $((begin + 50)))" -o "$dir/meant.wav" \
	--as-run "$dir/as-run" || fail "render"
stretches() { # jq condition on as-run lines → START LENGTH …
	jq -r "select(.kind == \"airing.ended\" and $1) | [.start, .frames] | @tsv" "$dir/as-run" |
		while read -r start frames; do
			echo "$(date -d "$start" +%s.%N) $frames"
		done | awk -v f="$from" '{printf "%.5f %.5f ", $1 - f, $2 / 48000}'
}
# Every line of compare: corr ≥ $1, worst ≥ $2, nothing silent, lags at most $3 frames apart.
fits() {
	awk -v c="$1" -v w="$2" -v spread="$3" '
		{ print }
		$6 < c || (NF > 6 && ($8 < w || $10 > 0)) { bad = 1 }
		NR == 1 || $4 < min { min = $4 }
		NR == 1 || $4 > max { max = $4 }
		END { print "lags within", max - min, "frames"; exit bad || NR == 0 || max - min > spread }'
}
before_death=$(stretches '.slot != "Thời tiết"')
"$compare" sound "$dir/first.raw" "$dir/meant.wav" $before_death >"$dir/compared" || fail "compare"
fits 0.99 0.99 480 <"$dir/compared" || fail "what was heard is not what was meant"
"$compare" sound "$dir/second.raw" "$dir/meant.wav" $(stretches '.slot == "Thời tiết"') >"$dir/compared" ||
	fail "compare after the device came back"
fits 0.99 0.99 0 <"$dir/compared" || fail "after the device came back it is not what was meant"

# And the station's own recording, decoded by a program that is not ours.
n=0
for mp3 in $(find "$data/aircheck" -name '*.mp3' | sort); do
	sox "$mp3" -t f32 -r 48000 -c 1 - >>"$dir/aircheck.raw" || fail "$mp3 does not decode"
	n=$((n + 1))
done
[ $n -ge 1 ] || fail "no recording"
# One stretch from the first item to the end of the weather: the second reading alone fits it as well.
"$compare" envelope "$dir/aircheck.raw" "$dir/meant.wav" 1 44 >"$dir/compared" || fail "compare aircheck"
fits 0.98 0 0 <"$dir/compared" || fail "the recording is not what was meant"
log_of true | jq -r '[.planned, .slot, .result, .proof, .start_error_ms, .xruns, .detail, .device] | @tsv'
