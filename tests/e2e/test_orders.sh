#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Cut, resume and play through the command line and through the page's API: each is heard, seen by whoever
# watches, and written down with who did it.
set -u
. tests/e2e/station.sh
port=$(free_port)
at=http://127.0.0.1:$port

post() { curl -sf -m 60 -X POST -H 'Content-Type: application/json' -d "$2" "$at/api/$1"; }
code_of() {
	curl -s -o /dev/null -w '%{http_code}' -m 60 -X POST -H 'Content-Type: application/json' -d "$2" "$at/api/$1"
}
sha_of() { "$V" bulletins --json | jq -r ".[] | select(.id == \"$1\") | .sha256"; }
silent() { status '.on_air == [] and .held'; }
zone_held() { status "any(.zones[]; .name == \"$1\" and .held == $2)"; }
plays() { status "any(.on_air[]; .title == \"$1\")"; }
outcome() { entries | jqe -s "any(.[]; .kind == \"airing.ended\" and $1)"; }
seen() { grep -q "$1" "$SCRATCH/events"; }

make_dir
sox -n -r 48000 -c 1 -b 16 "$SCRATCH/loi.flac" synth 30 sine 880 vol 0.3
start_run "$port"
until_true 10 curl -sf "$at/api/status" || fail "no page"
curl -sN "$at/api/events" >"$SCRATCH/events" &
watcher=$!
until_true 10 seen '^event: status' || fail "no first status: $(head -c 300 "$SCRATCH/events")"
until_true 10 seen '^event: level' || fail "no levels"

# By the command line.
until_true 25 on_air || fail "nothing on air"
"$V" cut >/dev/null || fail "cut: $?"
until_true 5 silent || fail "cut: $("$V" status)"
until_true 10 outcome '.result == "cut" and .reason == "cut-by-operator" and (.who | startswith("uid:"))' ||
	fail "no outcome of the cut: $(entries | tail -n 3)"
until_true 10 seen '"held":true' || fail "the watcher was not told of the cut"
missed() { entries | jqe -s 'any(.[]; .kind == "airing.missed" and .reason == "held-by-operator")'; }
until_true 30 missed || fail "what was held is not in the log"
"$V" resume >/dev/null || fail "resume: $?"
until_true 30 on_air || fail "nothing on air after resume"

# One zone only.
"$V" cut --zone hai >/dev/null || fail "cut one zone: $?"
zone_held hai true || fail "zone hai is not held"
zone_held mot false || fail "zone mot is held as well"
status '.held == false' >/dev/null || fail "one zone held is not the whole"
"$V" resume --zone hai >/dev/null || fail "resume one zone: $?"
zone_held hai false || fail "zone hai is still held"

slot=$(entries | jq -r 'select(.kind == "airing.ended" and .result == "cut") | .slot' | head -n 1)
"$V" why "$slot" | grep -q 'Người ra lệnh: uid:' || fail "why does not say who cut: $("$V" why "$slot")"

# A bulletin by hand, over what is on air: only once it is approved.
id=$("$V" add "$SCRATCH/loi.flac" --title "Lời nhắn" --json | jq -r .id)
"$V" play "$id" 2>"$SCRATCH/err" && fail "an unapproved bulletin was played"
grep -q "$id" "$SCRATCH/err" || fail "unclear: $(cat "$SCRATCH/err")"
"$V" approve "$id" --document "12/QĐ" >/dev/null || fail "approve: $?"
until_true 25 on_air || fail "nothing on air"
"$V" play "$id" >/dev/null || fail "play: $?"
until_true 10 plays 'Lời nhắn' || fail "play: $("$V" status)"
until_true 10 outcome '.reason == "replaced-by-operator"' || fail "what was played over has no outcome"
# Who comes to the stream hears a little of what was before.
carries() {
	hz=$(curl -sN -m 60 "$at/live.mp3" | head -c 24000 | sox -t mp3 - -n stat 2>&1 | awk '/Rough/ { print $3 }')
	[ "${hz:-0}" -gt 700 ]
}
until_true 10 carries || fail "the stream does not carry 880 Hz: $hz"

# By the page.
post cut '{}' >/dev/null || fail "POST cut"
until_true 5 silent || fail "POST cut: $("$V" status)"
until_true 10 outcome ".bulletin == \"$id\" and .result == \"cut\" and .complete > 0 and .complete < 1" ||
	fail "no outcome of the bulletin: $(entries | tail -n 2)"
# What was recorded of it, cut out of a file that is still being written: that sound, that long.
read -r airing frames < <(entries | jq -r "select(.kind == \"airing.ended\" and .bulletin == \"$id\")
	| \"\(.airing) \(.frames)\"")
heard() {
	curl -sf -m 60 "$at/api/airings/$airing/recording" >"$SCRATCH/heard.mp3" &&
		sox "$SCRATCH/heard.mp3" -n stat 2>&1 | awk -v want="$frames" '/^Length/ { s = $3 } /Rough/ { hz = $3 }
			END { exit !(s >= want / 48000 && s < want / 48000 + 0.1 && hz > 800 && hz < 960) }'
}
until_true 5 heard || fail "recording of $airing, $frames frames: $(sox "$SCRATCH/heard.mp3" -n stat 2>&1)"
[ "$(curl -s -r 0-191 "$at/api/airings/$airing/recording" | wc -c)" = 192 ] || fail "no Range of a recording"
curl -sf "$at/api/airings/$airing" | jqe ".recording.exact and .decisions[-1].document == \"12/QĐ\"" >/dev/null ||
	fail "one airing: $(curl -s "$at/api/airings/$airing")"
# A cut holds for whoever plays by hand, too: refused with what to do, or heard where nothing is cut.
"$V" play "$id" 2>"$SCRATCH/err" && fail "played although the air is cut"
grep -q 'vangxa resume' "$SCRATCH/err" || fail "unclear: $(cat "$SCRATCH/err")"
[ "$(code_of play "{\"bulletin\":\"$id\"}")" = 409 ] || fail "POST play while cut is no 409"
post resume '{"zone":"mot"}' >/dev/null || fail "POST resume of a zone"
post play "{\"bulletin\":\"$id\"}" | jqe '.zones == ["mot"] and .held == ["hai"]' >/dev/null ||
	fail "POST play does not say which zone is silent"
until_true 10 plays 'Lời nhắn' || fail "POST play: $("$V" status)"
status '.on_air | map(select(.title == "Lời nhắn"))[0].zones == ["mot"]' >/dev/null ||
	fail "played where the air is cut: $("$V" status --json)"
post resume '{}' >/dev/null || fail "POST resume"
status '.held == false' >/dev/null || fail "POST resume: still held"
# Without its master nothing is taken off for it, and nothing claims to play.
mv "$DIR/masters/$(sha_of "$id").flac" "$SCRATCH/ban.flac"
"$V" play "$id" 2>"$SCRATCH/err" && fail "plays without a master"
grep -q "$id" "$SCRATCH/err" || fail "unclear: $(cat "$SCRATCH/err")"
"$V" check | grep -q "$id" || fail "check does not tell of the missing master: $("$V" check)"
# Nor with another sound under its name: nobody approved that one.
find "$DIR/masters" -name '*.flac' ! -name "$(sha_of "$id").flac" | head -n 1 >"$SCRATCH/other"
cp "$(cat "$SCRATCH/other")" "$DIR/masters/$(sha_of "$id").flac" || fail "no other master to put in its place"
"$V" play "$id" 2>"$SCRATCH/err" && fail "plays a sound that nobody approved"
grep -q "$id" "$SCRATCH/err" || fail "unclear: $(cat "$SCRATCH/err")"
"$V" check | grep -q "$id" || fail "check does not tell of the changed master: $("$V" check)"
mv "$SCRATCH/ban.flac" "$DIR/masters/$(sha_of "$id").flac"
"$V" check | grep "$id" && fail "check tells of a master that is there"
# A test of the loudspeakers waits for what airs, and is no airing.
[ "$(code_of tone '{}')" = 409 ] || fail "POST tone over a programme is no 409"
[ "$(code_of tone '{"seconds":"11"}')" = 400 ] || fail "POST tone of 11 s is no 400"
mv "$DIR/schedules/thu.yaml" "$SCRATCH/thu.yaml"
until_true 10 status '.next == []' || fail "the timetable is still there: $("$V" status --json)"
post cut '{}' >/dev/null && post resume '{}' >/dev/null || fail "cut and resume"
tested() { "$V" tone --zone hai --seconds 1; }
until_true 10 tested || fail "tone: $("$V" tone --zone hai 2>&1)"
until_true 10 status '.tone.fate == "unsent" and .tone.zones == ["hai"]' ||
	fail "tone: $("$V" status --json | jq -c .tone)"
entries | jqe -s 'any(.[]; .kind == "test.ended" and .result == "full" and .frames == 48000)' ||
	fail "the log has no test: $(entries | tail -n 2)"
"$V" log --json | jqe -s 'all(.[]; .id | startswith("T") | not)' || fail "a test is among the airings"
mv "$SCRATCH/thu.yaml" "$DIR/schedules/thu.yaml"
# An emergency: the siren at once, a file behind it, in spite of a cut only if that is said; then it is ended.
id_played=$id
alarm() { status ".emergencies[0] | ($1)" >/dev/null; }
post cut '{"zone":"hai"}' >/dev/null || fail "cut before the emergency"
[ "$(code_of emergency '{"by":"Chủ tịch xã"}')" = 400 ] || fail "an emergency without a reason is no 400"
# Of a name typed wrong nothing sounds, and nothing stands in the way of the next order.
"$V" emergency "$SCRATCH/khong-co.flac" --by "Chủ tịch xã" --reason "Lũ" 2>"$SCRATCH/err" &&
	fail "a file that is not there"
grep -q 'chưa phát gì.*khong-co.flac' "$SCRATCH/err" || fail "a file that is not there: $(cat "$SCRATCH/err")"
status '.emergencies == []' || fail "an emergency without its file: $("$V" status)"
# It waits for nothing that the station is busy with: here a long sound that is being taken in.
sox -n -r 48000 -c 2 -b 24 "$SCRATCH/dai.flac" synth 900 pinknoise vol 0.3
"$V" add "$SCRATCH/dai.flac" --title "Bản tin dài" >"$SCRATCH/added" 2>&1 &
adding=$!
taken_in() { pgrep -P "$(child station)" -f 'vangxa worker' >/dev/null; }
until_true 30 taken_in || fail "the long sound is not being taken in"
"$V" emergency "$SCRATCH/loi.flac" --by "Chủ tịch xã" --reason "Vỡ đập" --repeat 5m >"$SCRATCH/out" ||
	fail "emergency: $?"
kill -0 $adding || fail "the long sound was in before the emergency: it shows nothing"
grep -q 'hai IM LẶNG' "$SCRATCH/out" || fail "emergency does not say which zone is cut: $(cat "$SCRATCH/out")"
alarm '.sounding and (.zones | length) == 2 and .bulletin != null and .cut[0].zone == "hai"' ||
	fail "emergency: $("$V" status --json | jq -c .emergencies)"
plays 'Còi báo động' || plays 'Vỡ đập' || fail "no siren: $("$V" status)"
until_true 15 plays 'Vỡ đập' || fail "no message: $("$V" status)"
id=$("$V" status --json | jq -r '.emergencies[0].id')
post "emergency/$id/end" '{"reason":"Nước rút"}' >/dev/null || fail "POST end"
status '.emergencies == []' || fail "it goes on"
until_true 60 outcome '.emergency == "'"$id"'" and .level == "khan-cap" and .file == "siren" and .result == "full"' ||
	fail "no outcome of the siren: $(entries | tail -n 4)"
ended() { entries | jqe -s "any(.[]; .kind == \"emergency.ended\" and $1)"; }
until_true 60 ended '.why == "ended" and .reason == "Nước rút"' ||
	fail "not ended: $(entries | tail -n 3)"
"$V" verify --log-only >/dev/null || fail "verify: $("$V" verify --log-only)"
post resume '{}' >/dev/null || fail "resume after the emergency"
# Two priority bulletins in a slot of hours later: somebody says which comes first.
cat >"$DIR/schedules/uu-tien.yaml" <<-YAML
	timetable: Ưu tiên
	slots:
	  - {name: Ưu tiên, start: "$(TZ=Asia/Ho_Chi_Minh date -d '+6 hours' +%H):30:05", length: 14s, ident: false,
	     play: {bulletins: {language: [stieng]}}}
YAML
for i in 1 2; do
	sox -n -r 48000 -c 1 -b 16 "$SCRATCH/uu$i.flac" synth 3 sine $((500 * i)) vol 0.3
	"$V" add "$SCRATCH/uu$i.flac" --title "Ưu tiên $i" --language stieng --level uu-tien --json |
		jq -r .id >"$SCRATCH/uu$i"
	"$V" approve "$(cat "$SCRATCH/uu$i")" >/dev/null || fail "approve: $?"
done
read -r one <"$SCRATCH/uu1" && read -r two <"$SCRATCH/uu2"
until_true 60 status '.orders[0] | (.given | not) and .bulletins[0].bulletin == "'"$one"'"' ||
	fail "no meeting: $("$V" status --json | jq -c .orders)"
status 'any(.banners[]; .said.code == "order.waits")' || fail "nobody is asked: $("$V" status --json | jq -c .banners)"
"$V" order | grep -q 'chưa ai chọn' || fail "order: $("$V" order)"
"$V" order "$two" 2>/dev/null && fail "an order of one"
"$V" order "$two" "$one" | grep -q '1\. '"$two" || fail "order: $("$V" order)"
status '.orders[0].given and all(.banners[]; .said.code != "order.waits")' || fail "still asked"
post order "{\"bulletins\":[\"$one\",\"$two\"]}" |
	jqe '.orders[0].bulletins[0].bulletin == "'"$one"'"' >/dev/null ||
	fail "POST order"
"$V" plan --days 2 | grep -q "= thứ tự đã được chọn: $one $two" || fail "plan: $("$V" plan --days 2 | tail -n 5)"
# And of two slots that overlap: the later takes over until somebody says otherwise, then it waits.
cat >"$DIR/schedules/chong.yaml" <<-YAML
	timetable: Chồng giờ
	slots:
	  - {name: Huyện, start: "$(TZ=Asia/Ho_Chi_Minh date -d '+7 hours' +%H):31:00", length: 20s, ident: false,
	     play: {bulletins: {language: [khmer]}}}
	  - {name: Xã, start: "$(TZ=Asia/Ho_Chi_Minh date -d '+7 hours' +%H):31:10", length: 20s, ident: false,
	     play: {bulletins: {language: [mnong]}}}
YAML
for i in khmer:15 mnong:5; do
	sox -n -r 48000 -c 1 -b 16 "$SCRATCH/${i%:*}.flac" synth "${i#*:}" sine 700 vol 0.3
	"$V" add "$SCRATCH/${i%:*}.flac" --title "Tin ${i%:*}" --language "${i%:*}" --level uu-tien --json |
		jq -r .id >"$SCRATCH/${i%:*}"
	"$V" approve "$(cat "$SCRATCH/${i%:*}")" >/dev/null || fail "approve: $?"
done
read -r huyen <"$SCRATCH/khmer" && read -r xa <"$SCRATCH/mnong"
until_true 60 status 'any(.banners[]; .said.code == "order.meets" and .said.with == "Xã")' ||
	fail "nobody is asked of two slots: $("$V" status --json | jq -c '.banners, .orders')"
"$V" plan --days 2 | grep -q '? chưa ai chọn thứ tự, khung giờ "Xã" chiếm sóng' || fail "plan: $("$V" plan --days 2)"
"$V" order "$huyen" "$xa" | grep -q 'Huyện chồng giờ với Xã: .* đã chọn' || fail "order: $("$V" order)"
"$V" why "$xa" | grep -q 'Thứ tự giữa các bản tin ưu tiên: .* chọn lúc' || fail "why: $("$V" why "$xa")"
"$V" plan --days 2 | grep -q '! phát sau bản tin ưu tiên của khung giờ "Huyện"' || fail "plan: $("$V" plan --days 2)"
[ "$(code_of order '{"bulletins":["B999","B998"]}')" = 404 ] || fail "POST order of nothing is no 404"
[ "$(code_of play '{"bulletin":"B999"}')" = 404 ] || fail "POST play of nothing is no 404"
[ "$(code_of cut '{"zone":"khong-co"}')" = 404 ] || fail "POST cut of no zone is no 404"
wait $adding || fail "the long sound was not taken in beside the emergency: $(cat "$SCRATCH/added")"
# The disk hangs, as far as the station can tell: nobody answers for the log. The siren sounds at once all the
# same, the page says so, an order that cannot be written is refused, and afterwards the log has everything.
signer=$(pgrep -P "$(child station)" -f 'vangxa signer')
kill -STOP "$signer"
"$V" emergency --by "Chủ tịch xã" --reason "Lũ về" >"$SCRATCH/out" || fail "emergency on a disk that hangs: $?"
alarm '.reason == "Lũ về" and .sounding and .id == ""' || fail "it waits: $("$V" status --json | jq -c .emergencies)"
until_true 60 plays 'Còi báo động' || fail "no siren while the disk hangs: $("$V" status)"
until_true 60 status '.disk.stalled and any(.banners[]; .said.code == "disk-stalled")' ||
	fail "no banner: $("$V" status --json | jq -c .banners)"
"$V" withdraw "$id_played" --reason thử 2>"$SCRATCH/err" && fail "withdrawn without a word in the log"
grep -q 'đĩa không trả lời' "$SCRATCH/err" || fail "unclear: $(cat "$SCRATCH/err")"
[ "$(code_of cut '{"zone":"khong-co"}')" = 404 ] || fail "the station does not answer while its disk hangs"
entries | grep -q 'Lũ về' && fail "an entry without its signer"
kill -CONT "$signer"
written() { entries | jqe -s "any(.[]; $1)"; }
until_true 60 written '.kind == "emergency.raised" and .reason == "Lũ về"' ||
	fail "it was never written: $(entries | tail -n 5)"
until_true 60 written '.kind == "disk.stalled" and .stalled_s >= 2' ||
	fail "the log does not tell: $(entries | tail -n 5)"
until_true 60 status '.disk.stalled == false and .emergencies[0].id != ""' || fail "it goes on: $("$V" status)"
[ "$("$V" emergency --end)" = "Đã kết thúc; lịch phát tiếp tục" ] || fail "--end"
until_true 60 outcome '.file == "siren" and .emergency != "'"$id"'"' || fail "no outcome: $(entries | tail -n 4)"
"$V" bulletins --json | jqe "any(.[]; .id == \"$id_played\" and .state == \"approved\")" >/dev/null ||
	fail "what was refused was done"
"$V" verify --log-only >/dev/null || fail "verify: $("$V" verify --log-only)"
kill $watcher
stop_run || fail "stop: $?"
notes=$(entries | jq -r 'select(.kind == "note.added") | .said.code' | sort | uniq -c | tr '\n' ';')
echo "notes: $notes"
[ "$(entries | jq -s '[.[] | select(.kind == "note.added" and .said.code == "cut")] | length')" = 5 ] ||
	fail "five cuts, but in the log: $notes"
entries | tail -n 1 | jqe '.kind == "station.stopped"' >/dev/null || fail "the last entry is $(entries | tail -n 1)"

# The first moment after a start: the first command that is answered at all raises it, before anything airs.
setpriv --pdeathsig TERM "$V" run --data "$DIR" --listen "127.0.0.1:$port" >>"$SCRATCH/run.log" 2>&1 &
run_pid=$!
raised() { "$V" emergency --by "Chủ tịch xã" --reason "Lũ về" 2>/dev/null; }
until_true 40 raised >/dev/null || fail "no emergency after a start: $("$V" emergency --by A --reason B 2>&1)"
until_true 10 plays 'Còi báo động' || fail "no siren after a start: $("$V" status)"
"$V" emergency --end >/dev/null || fail "--end after a start"
stop_run || fail "the second stop: $?"

# What all this makes in a report, and once more by jq over the log's own entries.
today=$(TZ=Asia/Ho_Chi_Minh date +%F)
early=$(TZ=Asia/Ho_Chi_Minh date -d yesterday +%F) # the test may have begun before midnight
"$V" report B --from "$early" --to "$today" --format json -o "$SCRATCH/b.json" || fail "report B"
"$V" report A --from "$early" --to "$today" --only aired -o "$SCRATCH/a.csv" || fail "report A"
# No device is here, so that nothing was heard: each airing is told as one that did not air, and none is left out.
by_jq=$(entries | jq -cs '[.[] | select(.demo == false and
	(.kind == "airing.missed" or (.kind == "airing.ended" and (.from_frames // 0) == 0)))]
	| [length, ([.[] | select(.proof != null or ([.by_zone[]?.proof] | any(. != null)))] | length)]')
echo "airings, of them heard: $by_jq"
jqe '.[0] > 0 and .[1] == 0' <<<"$by_jq" >/dev/null || fail "nothing was meant to air, or something was heard: $by_jq"
by_report=$(jq -c '.sum | [.aired + .not_aired + .unclear, .aired + .own_s + .shared_s]' "$SCRATCH/b.json")
[ "$by_jq" = "$by_report" ] || fail "report says $by_report, the entries $by_jq"
[ "$(grep -c '^[0-9]*,20' "$SCRATCH/a.csv")" = 0 ] || fail "table A: $(cat "$SCRATCH/a.csv")"
"$V" report Z --from "$today" --to "$today" -o - 2>/dev/null; [ $? -eq 2 ] || fail "report Z is no table"
"$V" report A --period 2026-13 -o - 2>/dev/null; [ $? -eq 2 ] || fail "2026-13 is no month"
[ ! -e "$SCRATCH/a.csv.part" ] || fail "a half report is left"
