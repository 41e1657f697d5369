#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The relay of Trung Lộc (5 December 2025, typed for 03:15): what stands between such a slip and a sleeping
# commune, barrier by barrier: check, the running station, the page's form, saving over the API, a confirmation
# without a name, the effect that is shown, the look at tomorrow, the banner.
set -u
. tests/e2e/station.sh
port=$(free_port)

mkdir -p "$DIR/schedules" "$DIR/audio" "$DIR/seeds"
cp seeds/*.yaml "$DIR/seeds/"
sox -n -r 48000 -c 1 -b 16 "$DIR/audio/tieng.flac" synth 5 sine 440 vol 0.3
cat >"$DIR/station.yaml" <<'YAML'
station: Đài thử
id: dai-thu
timezone: Asia/Ho_Chi_Minh
zones: [{name: mot, device: none}]
quiet: {from: "21:00", to: "05:00"}
relays: {vov1: {url: "http://127.0.0.1:1/"}}
preflight: "00:00"
YAML
table() { # START CONFIRM
	cat <<-YAML
		timetable: Hằng ngày
		slots:
		  - name: Tiếp âm
		    start: "$1"
		    length: 10m
		    play: {relay: vov1}
		    fallback: {file: audio/tieng.flac}
		$2
	YAML
}
good() { table 05:15 ''; }
slip() { table 03:15 ''; }
confirmed() { table 03:15 "    confirm: {by: Nguyễn Văn An, reason: báo lũ}"; }

# check; without quiet hours nothing would hold such a slip back, and it says so
good >"$DIR/schedules/a.yaml"
"$V" check --data "$DIR" 2>&1 | grep -q 'chưa có giờ yên tĩnh' && fail "check misses quiet hours that are set"
sed -i.set '/^quiet:/d' "$DIR/station.yaml"
"$V" check --data "$DIR" 2>&1 | grep -q 'station.yaml: chưa có giờ yên tĩnh.*quiet: {from' ||
	fail "check does not tell that there are no quiet hours"
mv "$DIR/station.yaml.set" "$DIR/station.yaml"
slip >"$DIR/schedules/a.yaml"
"$V" check --data "$DIR" >"$SCRATCH/check" 2>&1 && fail "check finds nothing"
grep -q 'a.yaml:3: .*03:15.*giờ yên tĩnh 21:00–05:00' "$SCRATCH/check" || fail "check: $(cat "$SCRATCH/check")"
for half in '{by: An}' '{reason: lũ}' '{by: "", reason: lũ}' '{by: An, reason: ""}' '{}' 'true'; do
	table 03:15 "    confirm: $half" >"$DIR/schedules/a.yaml"
	"$V" check --data "$DIR" >"$SCRATCH/check" 2>&1 && fail "confirm: $half is taken"
done

# A file changed by hand beside a running station: the old plan stays.
good >"$DIR/schedules/a.yaml"
setpriv --pdeathsig TERM "$V" run --data "$DIR" --listen "127.0.0.1:$port" >"$SCRATCH/run.log" 2>&1 &
run_pid=$!
until_true 20 status '.next | length > 0' || fail "the station does not start"
slip >"$DIR/schedules/a.yaml"
refused() { status '.banners | any(.text | test("a.yaml:3.*03:15"))'; }
until_true 15 refused || fail "the slip is not on the page: $("$V" status)"
status '.next | all(.slot != "Tiếp âm" or (.start | test("T03:15") | not))' || fail "03:15 is in force"
good >"$DIR/schedules/a.yaml"
mended() { ! refused; }
until_true 15 mended || fail "mended, and still refused"

# The page's form and saving over the API.
at=http://127.0.0.1:$port/api
"$V" user add lan --role operator --person 'Lê Thị Lan' <<<'loa xóm tôi hay rè' >/dev/null || fail "user add"
token=$(curl -s -H 'Content-Type: application/json' "$at/login" \
	-d '{"name":"lan","password":"loa xóm tôi hay rè","token":"bearer"}' | jq -r .session)
api() { # METHOD PATH TYPE [CURL…]
	curl -s -m 60 -o "$SCRATCH/answer" -w '%{http_code}' -H "Authorization: Bearer $token" \
		-H "Content-Type: $3" -X "$1" "$at$2" "${@:4}"
}
is() { [ "$2" = "$3" ] || fail "$1: $3 instead of $2: $(head -c 500 "$SCRATCH/answer")"; }
said() { jqe "$1" <"$SCRATCH/answer" >/dev/null || fail "not $1: $(head -c 900 "$SCRATCH/answer")"; }
tag="\"$(sha256sum <"$DIR/schedules/a.yaml" | cut -c 1-64)\""
is "the form" 200 "$(api POST /timetables/a/edit application/json \
	-d '{"op":"set","slot":"Tiếp âm","set":{"start":"03:15"}}')"
said '.faults | any(.grade == "error" and .slot == "Tiếp âm" and (.text | test("03:15.*giờ yên tĩnh")))'
said '.effect == null and .saved == false'
slip >"$SCRATCH/slip"
is "saving" 422 "$(api PUT /timetables/a application/yaml -H "If-Match: $tag" --data-binary "@$SCRATCH/slip")"
cmp -s "$DIR/schedules/a.yaml" <(good) || fail "it was saved all the same"

# Confirmed by a name: what it does is shown first, and in red.
confirmed >"$SCRATCH/confirmed"
is "a preview" 200 "$(api POST /timetables/a/preview application/yaml --data-binary "@$SCRATCH/confirmed")"
said '.effect.changes | any(.grave and (.texts.vi | test("03:15")) and (.texts.vi | test("yên tĩnh")))'
is "saving what is confirmed" 200 \
	"$(api PUT /timetables/a application/yaml -H "If-Match: $tag" --data-binary "@$SCRATCH/confirmed")"

# The evening before: the 24 hours to come, and the start at night among what is to be looked at.
timeout 120 "$V" preflight --data "$DIR" >"$SCRATCH/told"
[ $? -eq 3 ] || fail "preflight: not 3: $(cat "$SCRATCH/told")"
grep -q '^! 03:15 “Tiếp âm” phát trong giờ yên tĩnh' "$SCRATCH/told" || fail "preflight: $(cat "$SCRATCH/told")"
made() { entries | jqe -s 'any(.[]; .kind == "preflight.made")'; }
until_true 60 made || fail "no look at tomorrow by itself"
again() {
	entries | jqe -s 'any(.[]; .kind == "preflight.made" and .who != null and (.starts | index("03:15 Tiếp âm")) and
		(.findings | any(.code == "preflight.quiet" and .at == "03:15")))'
}
asked() { [ "$(api POST /preflight application/json -d '{}')" = 200 ]; }
until_true 20 asked || fail "preflight: $(cat "$SCRATCH/answer")"
until_true 60 again || fail "not in the entry: $(entries | grep preflight | tail -n 1)"
entries | grep preflight.made | grep -q 'Nguyễn Văn An' && fail "a person's name stands in the log"
status '.banners | any(.said.code == "preflight" and (.text | test("1 điều")))' ||
	fail "no banner: $("$V" status --json | jq .banners)"
is "for the page" 200 "$(api GET /preflight application/json)"
said '.last.findings[0].texts.en | test("03:15.*quiet hours")'

# Its only timetable faulty: nothing would air, and that is not in order.
mkdir -p "$SCRATCH/bad/schedules"
cp "$DIR/station.yaml" "$SCRATCH/bad/"
printf 'timetable: A\nslots:\n  - {name: x, start: "25:00", length: 1m, play: {bulletins: {}}}\n' \
	>"$SCRATCH/bad/schedules/a.yaml"
timeout 60 "$V" preflight --data "$SCRATCH/bad" >"$SCRATCH/told" 2>/dev/null
[ $? -eq 1 ] && grep -q 'a.yaml:3.*25:00' "$SCRATCH/told" && ! grep -q 'Không có gì' "$SCRATCH/told" ||
	fail "preflight of a faulty timetable: $(cat "$SCRATCH/told")"
timeout 60 "$V" preflight --json --data "$SCRATCH/bad" >"$SCRATCH/told" 2>/dev/null
[ $? -eq 1 ] && jqe '.faults | any(.place == "schedules/a.yaml:3" and (.text | test("25:00")))' <"$SCRATCH/told" ||
	fail "preflight --json of a faulty timetable: $(cat "$SCRATCH/told")"

# What cannot be heard has a name.
mkdir -p "$SCRATCH/bad/audio"
sox -n -r 48000 -c 1 -b 16 "$SCRATCH/bad/audio/im.flac" trim 0 5
printf 'timetable: A\nslots:\n  - {name: x, start: "20:19", length: 1m, play: {file: audio/im.flac}}\n' \
	>"$SCRATCH/bad/schedules/a.yaml"
timeout 60 "$V" preflight --data "$SCRATCH/bad" >"$SCRATCH/told" 2>/dev/null
grep -q '20:19 “audio/im.flac”' "$SCRATCH/told" || fail "preflight of a silent file: $(cat "$SCRATCH/told")"

# Confirmed for 21:30, and then moved to 03:15 under the same name: Trung Lộc all the same.
night() { table "$1" "    confirm: {by: Nguyễn Văn An, reason: giao thừa}"; }
tag() { echo "If-Match: \"$(sha256sum <"$DIR/schedules/a.yaml" | cut -c 1-64)\""; }
night 21:30 >"$SCRATCH/night"
is "for half past nine" 200 "$(api PUT /timetables/a application/yaml -H "$(tag)" --data-binary "@$SCRATCH/night")"
night 03:15 >"$SCRATCH/night"
is "moved with its name" 422 "$(api PUT /timetables/a application/yaml -H "$(tag)" --data-binary "@$SCRATCH/night")"
said '.faults | any(.field == "confirm" and (.text | test("21:30.*03:15.*cho phép lại")))'
"$V" check --data "$DIR" | grep -q 'cho phép lại' && fail "check of what is in force"
cp "$SCRATCH/night" "$DIR/schedules/a.yaml"
until_true 15 refused || fail "moved by hand, and in force: $("$V" status)"
"$V" check --data "$DIR" >"$SCRATCH/told" && fail "check lets it pass"
grep -q '21:30.*03:15.*cho phép lại' "$SCRATCH/told" || fail "check: $(cat "$SCRATCH/told")"
night 21:30 >"$DIR/schedules/a.yaml"
until_true 15 mended || fail "as it was, and still refused"

# One night a week becomes every night under the same words; given anew it is another leave.
nights() { # DAYS ON
	table 21:30 "$(printf '    days: %s\n    confirm: {by: Nguyễn Văn An, reason: họp dân%s}' "$1" "$2")"
}
nights sat '' >"$SCRATCH/night"
is "on Saturdays" 200 "$(api PUT /timetables/a application/yaml -H "$(tag)" --data-binary "@$SCRATCH/night")"
nights daily '' >"$SCRATCH/night"
is "every night" 422 "$(api PUT /timetables/a application/yaml -H "$(tag)" --data-binary "@$SCRATCH/night")"
said '.faults | any(.field == "confirm" and (.text | test("những ngày.*chưa cho phép")))'
nights daily ', on: "2026-11-23 10:15"' >"$SCRATCH/night"
is "every night, allowed anew" 200 \
	"$(api PUT /timetables/a application/yaml -H "$(tag)" --data-binary "@$SCRATCH/night")"

# A calendar from elsewhere meets the same guard; what cannot be a slot is told, and a page is no calendar.
printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:x BEGIN:VEVENT UID:1 SUMMARY:Đêm \
	'DTSTART;TZID=Asia/Ho_Chi_Minh:20261123T031500' DURATION:PT10M 'RRULE:FREQ=WEEKLY;BYDAY=MO' END:VEVENT \
	BEGIN:VEVENT UID:2 SUMMARY:Họp 'DTSTART;VALUE=DATE:20261124' END:VEVENT END:VCALENDAR >"$SCRATCH/dem.ics"
"$V" timetable import "$SCRATCH/dem.ics" >"$SCRATCH/dem.yaml" 2>"$SCRATCH/told"
[ $? -eq 3 ] && grep -q 'Họp.*cả ngày' "$SCRATCH/told" || fail "import: $(cat "$SCRATCH/told")"
"$V" timetable check "$SCRATCH/dem.yaml" >"$SCRATCH/told" 2>&1 && fail "a calendar's night is taken"
grep -q 'Đêm.*03:15.*giờ yên tĩnh' "$SCRATCH/told" || fail "import, check: $(cat "$SCRATCH/told")"
echo '<html>404</html>' | "$V" timetable import - >/dev/null 2>"$SCRATCH/told" && fail "a page is a calendar"
grep -q 'iCalendar' "$SCRATCH/told" || fail "import of a page: $(cat "$SCRATCH/told")"
echo '<html>404</html>' | VANGXA_LANG=en "$V" timetable import - >/dev/null 2>"$SCRATCH/told"
grep -q 'not an iCalendar file' "$SCRATCH/told" || fail "import, in English: $(cat "$SCRATCH/told")"
