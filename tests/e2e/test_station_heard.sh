#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What was meant is what was heard, through the whole station: a timetable that begins in a few seconds,
# real speech, PortAudio, ALSA and a PulseAudio of our own. The recording of its monitor, the rendering of
# the same minutes and the station's own recording must be the same sound, and the log must say so. Then
# the sound server dies in the middle of an item and comes back. TZ_NAME=Asia/Kathmandu moves the hour, at which
# the recording changes its file, by a quarter.
# By itself: it compares what was heard sample by sample.
set -u
. tests/e2e/jqe.sh
dir=${SCRATCH:?}/heard
zone=${TZ_NAME:-Asia/Ho_Chi_Minh}
compare=$(dirname "$VANGXA")/tests/compare
data=$dir/data
mkdir -p "$data/schedules" "$data/audio"

fail() {
	echo "test_station_heard: $*"
	tail -20 "$dir/station.log" "$dir/pulse.log" 2>/dev/null
	"$VANGXA" log --data "$data" --json 2>/dev/null | tail -12
	exit 1
}

. tests/e2e/pulse.sh
trap finish_pulse EXIT

# The monitor gives nothing before somebody plays: one stream of silence stays open for ever, and the
# first seconds of a server are not to be trusted (3 s must have come before anything counts).
record() {
	$first pacat -s "$server" -d air --raw --format=float32le --rate=48000 --channels=1 </dev/zero 2>/dev/null &
	pids+=("$!")
	record_monitor "$1"
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

hms() { TZ=$zone date -d "@$1" +%H:%M:%S; }
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

cat >"$data/station.yaml" <<END
station: Đài nghe thử
id: nghe-thu
timezone: $zone
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

# A machine that is too busy to play makes gaps, and the log says so; nothing can be compared then. Once more,
# and no third time.
not_disturbed() { # jq condition on airings that the log must not call disturbed
	local signs='any(.[]; .xruns > 0 or (.detail.code // "" | startswith("device-")))'
	log_of "$1" | jqe -s "$signs" >/dev/null || return 0
	[ -z "${ONCE_MORE:-}" ] || return 0
	echo "the machine was too busy, and the log says so: once more"
	finish_pulse
	mkdir "$SCRATCH/again"
	ONCE_MORE=1 SCRATCH=$SCRATCH/again exec bash "$0"
}
not_disturbed true
is "Lời chào" result '"full"'
for slot in "Lời chào" "Bản tin"; do
	is "$slot" 'proof | IN("A", "B")' true # B once the recording has been listened to
	is "$slot" xruns 0
	is "$slot" 'device | length > 3' true
	is "$slot" 'start_error_ms | type' '"number"'
	is "$slot" detail null
done

# The server dies while the weather is read.
on_air() { "$VANGXA" status --data "$data" --json | jqe '[.on_air[].slot] | index("Thời tiết")'; }
until_true 20 on_air || fail "the weather is not on air"
until_true 10 bigger "$dir/first.raw" $(($(stat -c %s "$dir/first.raw") + 48000 * 4)) || fail "nothing more to record"
kill -9 "$pulse"
until_true 15 event_of '.kind == "device.lost"' || fail "nobody noticed that the sound server died"
until_true 30 aired "Thời tiết" 1 || fail "the station did not go on"
is "Thời tiết" proof null
is "Thời tiết" result '"full"'
is "Thời tiết" detail.code '"device-in-part"'
start_pulse
record second.raw
until_true 75 event_of '.kind == "device.back"' || fail "the device was not taken up again"
weather=$("$VANGXA" bulletins --data "$data" --json | jq -r '.. | objects | select(.title? == "Thời tiết") | .id')
"$VANGXA" play "$weather" --data "$data" >/dev/null || fail "play"
read_twice() { [ "$(log_of ".bulletin == \"$weather\"" | wc -l)" -eq 2 ]; }
until_true 40 read_twice || fail "the second reading"
not_disturbed .manual
log_of ".bulletin == \"$weather\"" | tail -1 | jqe '(.proof | IN("A", "B")) and .xruns == 0' >/dev/null ||
	fail "the second reading is not proven"
kill -TERM "$station"
wait "$station" || fail "the station ended with $?"

# What was meant.
from=$((begin - 1))
iso() { TZ=$zone date -d "@$1" +%FT%T%:z; }
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

# And the station's own recording, decoded by a program that is not ours: one stretch from the first item to
# the end of the weather, since the second reading alone fits it as well; two stretches where the hour, and
# with it the file, changes in between.
recorded() { # START END, seconds after $from
	local mp3
	[ $(($2 - $1)) -ge 3 ] || return 0
	mp3=$data/aircheck/$(TZ=$zone date -d "@$((from + $1))" +%Y/%m/%d/%H)-trung-tam.mp3
	sox "$mp3" -t f32 -r 48000 -c 1 "$dir/aircheck.raw" || fail "$mp3 does not decode"
	"$compare" envelope "$dir/aircheck.raw" "$dir/meant.wav" "$1" $(($2 - $1)) >"$dir/compared" ||
		fail "compare aircheck"
	fits 0.98 0 0 <"$dir/compared" || fail "the recording is not what was meant"
}
into_hour=$(TZ=$zone date -d "@$from" '+%-M * 60 + %-S')
hour=$((3600 - (into_hour)))
recorded 1 $((hour < 45 ? hour : 45))
recorded $((hour < 45 ? (hour > 1 ? hour : 1) : 45)) 45
log_of true | jq -r '[.planned, .slot, .result, .proof, .start_error_ms, .xruns, .detail_text, .device] | @tsv'
