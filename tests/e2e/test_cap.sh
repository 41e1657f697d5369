#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A CAP message signed by a program that is not ours: dropped into the folder it sounds, with its text read
# aloud; its Cancel over HTTP ends it; what is not signed is refused and says why. Text on the command line.
set -u
. tests/e2e/station.sh
port=$(free_port)
at=http://127.0.0.1:$port

cap() { # IDENTIFIER TYPE MORE
	tr -d '\n' >"$SCRATCH/plain.xml" <<-XML
		<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>$1</identifier>
		<sender>pctt@tinh.vn</sender>
		<sent>$sent</sent><status>Actual</status><msgType>$2</msgType><scope>Public</scope>$3
		<info><language>vi-VN</language><category>Met</category><event>Lũ quét</event>
		<urgency>Immediate</urgency>
		<severity>Extreme</severity><certainty>Observed</certainty><headline>Lũ quét thôn hai</headline>
		<instruction>Di dời ngay</instruction><area><areaDesc>Thôn hai</areaDesc>
		<polygon>12,107 12,107.2 12.1,107.2 12.1,107 12,107</polygon></area></info></alert>
	XML
	echo >>"$SCRATCH/plain.xml"
	tests/support/cap_sign.sh sign "$SCRATCH/key.pem" "$SCRATCH/plain.xml" "$SCRATCH/signed.xml"
}
post() { curl -s -m 60 -X POST -H 'Content-Type: application/cap+xml' --data-binary "@$1" "$at/api/cap"; }
alarm() { status ".emergencies[0] | ($1)"; }
received() { entries | jqe -s "any(.[]; .kind == \"cap.received\" and $1)"; }

make_dir
sed -i 's/name: hai,/name: hai, at: "12.05,107.08",/' "$DIR/station.yaml"
tests/support/cap_sign.sh keys "$SCRATCH" || fail "no keys"
mkdir -p "$DIR/cap-keys"
cp "$SCRATCH/pub.pem" "$DIR/cap-keys/tinh.pem"
sent=$(date -Iseconds)
start_run "$port"
until_true 30 curl -sf "$at/api/status" || fail "no page"

cap VN-1 Alert ''
cp "$SCRATCH/signed.xml" "$DIR/cap/.vn-1"
mv "$DIR/cap/.vn-1" "$DIR/cap/vn-1.xml"
ours='.reason == "Lũ quét thôn hai" and .zones == ["hai"] and (.by | contains("CAP VN-1 của pctt@tinh.vn"))'
until_true 60 alarm "$ours" ||
	fail "no alarm: $("$V" status --json | jq -c .emergencies)"
until_true 90 alarm '.bulletin != null' ||
	fail "the text was not read: $("$V" status --json | jq -c .emergencies)"
until_true 60 test -f "$DIR/cap/done/vn-1.xml" || fail "not put away: $(ls -R "$DIR/cap")"
post "$SCRATCH/signed.xml" | jqe '.verdict == "silent" and .reason == "duplicate"' ||
	fail "twice: $(post "$SCRATCH/signed.xml")"
post "$SCRATCH/plain.xml" | jqe '.error.code == "refused"' || fail "an unsigned one: $(post "$SCRATCH/plain.xml")"
: >"$SCRATCH/empty"
post "$SCRATCH/empty" | jqe '.error.text | test("thiếu nội dung")' || fail "an empty one: $(post "$SCRATCH/empty")"
cap VN-2 Cancel "<references>pctt@tinh.vn,VN-1,$sent</references>"
post "$SCRATCH/signed.xml" | jqe '.verdict == "ended"' || fail "Cancel"
status '.emergencies == []' || fail "it goes on"
cp "$SCRATCH/plain.xml" "$DIR/cap/vn-3.xml"
until_true 60 test -f "$DIR/cap/refused/vn-3.xml.txt" || fail "no reason beside what was refused"
received '.verdict == "raised" and .identifier == "VN-1" and .signed_by == "tinh" and .emergency != null' ||
	fail "no entry of the alert"
received '.verdict == "refused" and .reason == "unsigned" and .identifier == null' ||
	fail "no entry of the refusal"
"$V" log --events >"$SCRATCH/events"
grep -q 'bản tin CAP VN-1 <pctt@tinh.vn>: phát khẩn cấp' "$SCRATCH/events" || fail "no words: $(cat "$SCRATCH/events")"
grep -q 'không đọc được mã.*từ chối (không có chữ ký số' "$SCRATCH/events" || fail "refused: $(cat "$SCRATCH/events")"
grep -q '{"' "$SCRATCH/events" && fail "JSON for people: $(cat "$SCRATCH/events")"
sha=$(entries | jq -r 'select(.kind == "cap.received" and .verdict == "raised") | .sha256')
sha256sum "$DIR/cap/kept/$sha.xml" | grep -q "^$sha" || fail "the message is not kept"

"$V" emergency --text 'Nước lên, di dời ngay.' --by 'Chủ tịch' --reason 'Thử lời' --drill >/dev/null ||
	fail "--text: $?"
until_true 90 alarm '.bulletin != null and .drill and (.text | startswith("Đây là diễn tập. Nước lên"))' ||
	fail "--text: $("$V" status --json | jq -c .emergencies)"
"$V" emergency --end >/dev/null || fail "--end"
"$V" verify --log-only >/dev/null || fail "verify: $("$V" verify --log-only)"
stop_run || fail "stop: $?"
