#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Faults in timetables: `vangxa check` lists them all with file:line; a running station keeps the old plan and
# says why, takes over the mended file, and does not cut what is on air.
set -u
. tests/e2e/station.sh
port=$(free_port)

check() { "$V" check --data "$DIR" >"$SCRATCH/check" 2>&1; }
told() { grep -q -- "$1" "$SCRATCH/check" || fail "check does not tell $1: $(cat "$SCRATCH/check")"; }

make_dir
cat >"$DIR/schedules/sai.yaml" <<'YAML'
timetable: Sai
slots:
  - name: Một
    strat: "05:00"
    length: 10m
    play: {bulletins: {}}
  - name: Hai
    start: "25:00"
    length: 10m
    play: {bulletins: {}}
  - name: Ba
    start: "06:00"
    length: 10m
    zones: [thon-khong-co]
    play: {bulletins: {}}
  - name: Bốn
    start: "07:00"
    play: {file: audio/khong-co.flac}
YAML
printf 'timetable: Vòng\nslots: &a\n  - *a\n' >"$DIR/schedules/vong.yaml"
cp "$DIR/station.yaml" "$SCRATCH/station.yaml"
echo 'zoness: []' >>"$DIR/station.yaml"
check && fail "check finds nothing in station.yaml"
told 'station.yaml:[0-9]*: '
grep -q 'vangxa check' "$SCRATCH/check" && fail "check sends to itself: $(cat "$SCRATCH/check")"
cp "$SCRATCH/station.yaml" "$DIR/station.yaml"
check && fail "check found nothing"
told '^schedules/sai.yaml:4: .*strat'
told '^schedules/sai.yaml:8: .*25:00'
told '^schedules/sai.yaml:14: .*thon-khong-co'
told '^schedules/sai.yaml:1[67]: .*length'
told '^schedules/vong.yaml:3: '
[ "$(grep -c 'sai.yaml:[2-5]:' "$SCRATCH/check")" -eq 1 ] || fail "strat, twice: $(cat "$SCRATCH/check")"
[ "$(grep -c 'sai.yaml:\([6-9]\|10\):' "$SCRATCH/check")" -eq 1 ] || fail "25:00, twice: $(cat "$SCRATCH/check")"

# What works with the timetables does the rest, names what is left out, and ends with 1.
timeout 120 "$V" plan --data "$DIR" >"$SCRATCH/plan" 2>"$SCRATCH/told"
[ $? -eq 1 ] || fail "plan with faulty timetables: status is not 1"
[ -s "$SCRATCH/plan" ] || fail "plan with faulty timetables: nothing planned"
[ "$(grep -c 'schedules/sai.yaml, schedules/vong.yaml: .*vangxa check' "$SCRATCH/told")" -eq 1 ] ||
	fail "plan does not tell: $(cat "$SCRATCH/told")"
timeout 120 "$V" render --data "$DIR" --from 2026-11-23T06:00 --to 2026-11-23T06:01 -o "$SCRATCH/a.wav" \
	2>"$SCRATCH/told"
[ $? -eq 1 ] || fail "render with faulty timetables: status is not 1"
[ -s "$SCRATCH/a.wav" ] || fail "render with faulty timetables: no file"
grep -q 'schedules/vong.yaml: .*vangxa check' "$SCRATCH/told" || fail "render does not tell: $(cat "$SCRATCH/told")"

# A pipe in schedules/ is a fault like another, and nobody waits for it.
mkfifo "$DIR/schedules/ong.yaml"
timeout 120 "$V" check --data "$DIR" >"$SCRATCH/check" 2>&1
[ $? -eq 1 ] || fail "a pipe as a timetable: status is not 1"
told '^schedules/ong.yaml: '
rm "$DIR/schedules/ong.yaml"

# Ten thousand slots: more than a station has; a fault and no crash, and soon.
{
	echo "timetable: Dài"
	echo "slots:"
	for i in $(seq 10000); do
		echo "  - {name: k$i, start: \"05:00\", length: 1m, play: {bulletins: {}}}"
	done
} >"$DIR/schedules/dai.yaml"
timeout 120 "$V" check --data "$DIR" >"$SCRATCH/check" 2>&1
[ $? -eq 1 ] || fail "10,000 slots: status $?"
told '^schedules/dai.yaml:[0-9]*: .*4000'
told '^schedules/sai.yaml:4: .*strat'
[ "$(wc -l <"$SCRATCH/check")" -lt 600 ] || fail "10,000 slots: $(wc -l <"$SCRATCH/check") lines"
rm "$DIR/schedules/"{sai,vong,dai}.yaml

start_run "$port"
airing() { "$V" status --json | jq -r '.on_air[0].airing // empty'; }
refused() { status '.banners | any(.text | test("thu.yaml:5"))'; }
next_is() { status ".next[0].slot == \"$1\""; }
new_airing() { airing >"$SCRATCH/now"; [ -s "$SCRATCH/now" ] && ! grep -qx "$1" "$SCRATCH/now"; }

new_airing none || until_true 25 new_airing none
until_true 25 new_airing "$(airing)" || fail "nothing new on air" # from its start: 18 s to work in
before=$(cat "$SCRATCH/now")
changes() { entries | grep -c '"kind":"timetable.changed"'; }
changed=$(changes)
timetable 'Có lỗi' | sed 's/"00:00:00"/"25:00"/' >"$DIR/schedules/thu.yaml"
until_true 15 refused || fail "the fault is not on the page: $("$V" status)"
next_is 'Luôn có tiếng' || fail "the old plan is gone: $("$V" status)"
status '.banners | any((.texts.en | test("thu.yaml:5.*25:00.*a time")) and (.texts.vi | test("25:00.*giờ dạng")))' ||
	fail "the fault is not told in both languages: $("$V" status --json | jq .banners)"
timetable 'Đã sửa' >"$DIR/schedules/thu.yaml"
until_true 15 next_is 'Đã sửa' || fail "the mended file was not taken over: $("$V" status)"
refused && fail "the fault is still on the page"
ended() { entries | jqe -s "any(.[]; .airing == \"$before\")"; }
after=$(airing)
# On a busy machine its time was over by then: the log, below, says whether it was cut.
[ "$before" = "$after" ] || ended || fail "what was on air changed from $before to $after"
[ "$(changes)" -gt "$changed" ] || fail "no timetable.changed"
until_true 25 ended || fail "$before never ended"
entries | jqe "select(.airing == \"$before\") | .result == \"full\"" >/dev/null ||
	fail "what was on air was cut: $(entries | grep "\"airing\":\"$before\"")"

# Over the page: read, tried, refused when another was quicker, saved in somebody's name, and put back.
at=http://127.0.0.1:$port/api/timetables
"$V" user add lan --role operator --person 'Lê Thị Lan' <<<'loa xóm tôi hay rè' >/dev/null || fail "user add: $?"
token=$(curl -s -H 'Content-Type: application/json' "${at%/*}/login" \
	-d '{"name":"lan","password":"loa xóm tôi hay rè","token":"bearer"}' | jq -r .session)
api() { # METHOD PATH [CURL…]
	curl -s -m 60 -o "$SCRATCH/answer" -w '%{http_code}' -H "Authorization: Bearer $token" \
		-H "Content-Type: application/${type:-yaml}" -X "$1" "$at$2" "${@:3}"
}
is() { [ "$2" = "$3" ] || fail "$1: $3 instead of $2: $(head -c 500 "$SCRATCH/answer")"; }
is "one timetable" 200 "$(api GET /thu -H 'Accept: application/yaml' -D "$SCRATCH/head")"
cmp "$SCRATCH/answer" "$DIR/schedules/thu.yaml" || fail "it is told otherwise"
tag=$(sed -n 's/^ETag: \(.*\)\r$/\1/ip' "$SCRATCH/head")
[ "$tag" = "\"$(sha256sum <"$DIR/schedules/thu.yaml" | cut -c 1-64)\"" ] || fail "ETag: $tag"
timetable 'Lan đặt' >"$SCRATCH/moi.yaml"
is "a preview" 200 "$(api POST /thu/preview --data-binary "@$SCRATCH/moi.yaml")"
jqe '.effect.changes | any(.texts.vi | test("Đã sửa.*không còn")) and any(.texts.vi | test("Lan đặt.*thêm lúc"))' \
	<"$SCRATCH/answer" >/dev/null || fail "the effect: $(head -c 2000 "$SCRATCH/answer")"
# A start that has passed: joined when it is saved, or not heard this time.
passed() { # JOIN-WITHIN
	printf 'timetable: Thử\nslots:\n  - {name: %s, start: "%s", length: 30m, late: {%s}, play: {%s}}\n' \
		'Đã qua' "$(TZ=Asia/Ho_Chi_Minh date -d '-3 minutes' +%H:%M)" "join_within: $1" \
		'file: audio/tieng.flac' >"$SCRATCH/qua.yaml"
	is "a preview" 200 "$(api POST /thu/preview --data-binary "@$SCRATCH/qua.yaml")"
}
passed 20m
jqe '.effect.changes | any((.grave | not) and (.texts.vi | test("Đã qua.*đã qua; lưu xong là phát ngay")))' \
	<"$SCRATCH/answer" >/dev/null || fail "not joined: $(head -c 2000 "$SCRATCH/answer")"
passed 1m
jqe '.effect.changes | any(.grave and (.texts.vi | test("Đã qua.*phần lẽ ra đã phát thì lần này bỏ")))' \
	<"$SCRATCH/answer" >/dev/null || fail "not too late: $(head -c 2000 "$SCRATCH/answer")"
is "blind" 412 "$(api PUT /thu --data-binary "@$SCRATCH/moi.yaml")"
is "late" 412 "$(api PUT /thu -H 'If-Match: "00"' --data-binary "@$SCRATCH/moi.yaml")"
is "faulty" 422 "$(api PUT /thu -H "If-Match: $tag" --data-binary 'timetable: [')"
jqe '.faults[0].line == 2 and .faults[0].file == "schedules/thu.yaml"' <"$SCRATCH/answer" >/dev/null ||
	fail "no place: $(cat "$SCRATCH/answer")"
english=(-H 'Accept-Language: en-GB,en;q=0.9,vi;q=0.8')
words() { jqe ".$1 | test(\"$2\")" <"$SCRATCH/answer" >/dev/null || fail "not \"$2\": $(cat "$SCRATCH/answer")"; }
is "faulty, in English" 422 "$(api PUT /thu -H "If-Match: $tag" "${english[@]}" --data-binary 'timetable: [')"
words 'faults[0].text' 'not well-formed'
is "no such, in English" 404 "$(api GET '/khong-co?lang=en')"
words error.text '^no timetable'
is "no such, in the station's language" 404 "$(api GET /khong-co)"
words error.text '^không có lịch phát'
is "saving" 200 "$(api PUT /thu -H "If-Match: $tag" --data-binary "@$SCRATCH/moi.yaml")"
cmp "$SCRATCH/moi.yaml" "$DIR/schedules/thu.yaml" || fail "not what was saved"
until_true 5 next_is 'Lan đặt' || fail "saved, and not in force: $("$V" status)"
entries | tail -n 5 | jqe -s 'any(.[]; .kind == "timetable.changed" and .who == "user:1")' >/dev/null ||
	fail "the log does not say who"
is "what was" 200 "$(api GET /thu/history)"
jqe '.versions[0].who == "user:1" and .people["user:1"] == "Lê Thị Lan" and .versions[1].kept' <"$SCRATCH/answer" \
	>/dev/null || fail "history: $(cat "$SCRATCH/answer")"
before=$(jq -r '.versions[1].sha256' "$SCRATCH/answer")
is "the version before" 200 "$(api GET "/thu?version=$before" -H 'Accept: application/yaml')"
[ "\"$(sha256sum <"$SCRATCH/answer" | cut -c 1-64)\"" = "$tag" ] || fail "another version"

# One slot skipped with a button: the plan and, when its time is over, the log say who and why.
day=$("$V" status --json | jq -r '.now[:10]')
is "skipping" 200 "$(type=json api POST /thu/edit \
	-d "{\"op\":\"skip\",\"slot\":\"Lan đặt\",\"date\":\"$day\",\"reason\":\"họp xã\"}")"
jqe '.effect.changes[0] | .grave and (.texts.vi | test("được cho nghỉ"))' <"$SCRATCH/answer" >/dev/null ||
	fail "the effect of skipping: $(head -c 2000 "$SCRATCH/answer")"
jq -j .text "$SCRATCH/answer" >"$SCRATCH/bo.yaml"
tag="\"$(jq -r .was "$SCRATCH/answer")\""
is "saving the skip" 200 "$(api PUT /thu -H "If-Match: $tag" --data-binary "@$SCRATCH/bo.yaml")"
skipped() { entries | jqe -s 'any(.[]; .kind == "airing.missed" and .reason == "skipped-once" and .who == "user:1"
	and .detail.reason == "họp xã")'; }
until_true 45 skipped || fail "the log does not say who skipped it"

# The same on the command line, with the station and without.
says() { "$V" timetable "$@" >"$SCRATCH/out" 2>"$SCRATCH/told"; }
outs() { grep -q -- "$1" "$SCRATCH/out" || fail "timetable does not tell $1: $(cat "$SCRATCH/out" "$SCRATCH/told")"; }
says list && outs '^thu  *đang dùng  *' || fail "list: $(cat "$SCRATCH/told")"
says show thu && cmp "$SCRATCH/out" "$DIR/schedules/thu.yaml" || fail "show: $(cat "$SCRATCH/told")"
says history thu && outs 'Lê Thị Lan  *[0-9a-f]\{64\}$'
says show thu --version "$before" || fail "an old version: $(cat "$SCRATCH/told")"
[ "$(sha256sum <"$SCRATCH/out" | cut -c 1-64)" = "$before" ] || fail "another version"
timetable 'Gõ lệnh' >"$SCRATCH/go.yaml"
says check thu "$SCRATCH/go.yaml" && outs 'Gõ lệnh.*thêm lúc'
grep -q 'Gõ lệnh' "$DIR/schedules/thu.yaml" && fail "trying saved it"
says put thu - <<<'timetable: [' && fail "a faulty one was saved"
grep -q 'schedules/thu.yaml:2: lỗi' "$SCRATCH/told" && grep -q 'chưa lưu' "$SCRATCH/told" ||
	fail "unclear: $(cat "$SCRATCH/told")"
says put thu "$SCRATCH/go.yaml" --was "$before" && fail "what another changed was undone"
says put thu "$SCRATCH/go.yaml" && outs '^schedules/thu.yaml: đã lưu, đài dùng' || fail "put: $(cat "$SCRATCH/told")"
cmp "$SCRATCH/go.yaml" "$DIR/schedules/thu.yaml" || fail "not what was saved"
next_is 'Gõ lệnh' || fail "saved, and not in force: $("$V" status)"
says skip thu --slot 'Không có' --date "$day" && fail "a slot that is not there"
says skip thu --slot 'Gõ lệnh' && fail "no day"
says skip thu --slot 'Gõ lệnh' --date "$day" --to "$day" && fail "an option of another verb"
[ "$(cat "$SCRATCH/told" | wc -l)" = 1 ] || fail "unclear: $(cat "$SCRATCH/told")"
says put ../thu "$SCRATCH/go.yaml" && fail "a path as a name"
says put thu "$SCRATCH/khong-co.yaml" && fail "no such file"
says frobnicate thu && fail "a verb that is none"
stop_run || fail "stop: $?"
says skip thu --slot 'Gõ lệnh' --date "$day" --reason 'mất điện' && grep -q 'mất điện' "$DIR/schedules/thu.yaml" ||
	fail "skip without a station: $(cat "$SCRATCH/out" "$SCRATCH/told")"
says back thu --slot 'Gõ lệnh' --from "$day" && ! grep -q 'mất điện' "$DIR/schedules/thu.yaml" ||
	fail "back: $(cat "$SCRATCH/told")"
sed 's/Gõ lệnh/Gõ lẻ/' "$SCRATCH/go.yaml" >"$SCRATCH/le.yaml"
says check "$SCRATCH/le.yaml" || fail "a file by its own name: $(cat "$SCRATCH/told")"

# Off, somebody copies a file: slots of one name and start, which the log could not tell apart. The station goes on with
# what was in force, and says so; mended, it takes the files.
cp "$DIR/schedules/thu.yaml" "$DIR/schedules/ba.yaml"
start_run "$port"
until_true 20 next_is 'Gõ lệnh' || fail "twins: $("$V" status)"
status '.banners | any(.texts.vi | test("trùng cả tên lẫn giờ"))' || fail "nobody says so: $("$V" status)"
mended() { status '.banners | all(.texts.vi | test("trùng cả tên") | not)'; }
rm "$DIR/schedules/ba.yaml"
until_true 20 mended || fail "mended, and still: $("$V" status)"
stop_run || fail "stop: $?"
echo "faults listed; old plan kept; mended file taken over; $before played to its end"
