#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Products that are perhaps one, at a running station: found over what was sent in and what registers say, decided by
# a named person, and table C as it was decided; taken back, and with an index that is made anew.
set -u
. tests/e2e/station.sh
port=$(free_port)
at=http://127.0.0.1:$port

list() { curl -sf "$at/api/duplicates${1:-}"; }
decide() { "$V" duplicates "$1" "$2" --decision "$3" --reason "${4-đã nghe cả hai}"; }
row_c() { # BULLETIN-OR-ROW FILTER
	"$V" report C --period "$(date +%Y-%m)" --format json -o - |
		jqe --arg name "$1" ".rows[] | select(.bulletin == \$name or (.bulletin == null and .row == \$name)) |
			$2"
}
table_c() { "$V" report C --period "$(date +%Y-%m)" --format json -o - | jqe "$1"; }

make_dir
start_run "$port"
until_true 10 curl -sf "$at/api/status" || fail "no page"

# The same sound under two funds, the second time in another file; and one in another language.
sox -n -r 48000 -c 1 -b 16 "$SCRATCH/mot.wav" synth 5 sine 500 vol 0.3
sox "$SCRATCH/mot.wav" "$SCRATCH/hai.flac"
sox -n -r 48000 -c 1 -b 16 "$SCRATCH/ba.flac" synth 7 sine 900 vol 0.3
one=$("$V" add "$SCRATCH/mot.wav" --title 'Phòng lũ' --language vi --fund 1719 --json | jq -r .id)
two=$("$V" add "$SCRATCH/hai.flac" --title 'Mưa to' --language vi --fund xa --json | jq -r .id)
three=$("$V" add "$SCRATCH/ba.flac" --title 'phòng, lũ' --language stieng --json | jq -r .id)
for id in "$one" "$two" "$three"; do
	"$V" approve "$id" --document 12/QĐ >/dev/null || fail "approve $id: $?"
done
list | jqe --arg a "$one" --arg b "$two" '.open == {count: 1, red: 1} and .versions == 1 and
	(.pairs[0] | .first.name == $a and .second.name == $b and .kind == "two-funds" and .how == "same-file" and
	.severity == "red")' || fail "not found: $(list)"
list '?list=versions' | jqe --arg c "$three" '.pairs[0] | .second.name == $c and .kind == "other-language"' ||
	fail "no version: $(list '?list=versions')"
"$V" duplicates | grep -q '^! .*hai nguồn kinh phí: cùng một tệp' || fail "not told: $("$V" duplicates)"
row_c "$two" ".twin == \"$one, KHÁC NGUỒN KINH PHÍ\"" || fail "C does not suspect it"
table_c '.notes | any(contains("hai nguồn kinh phí"))' || fail "C does not warn"
table_c '.sum.number == 3' || fail "C does not count what nobody has decided about"

# The province's: the row of the register, and the bulletin that uses it.
"$V" register products set title='PHÒNG LŨ!' kind=ban-tin language=vi length_s=5 level=tỉnh fund=1719 \
	amount=400000 >/dev/null || fail "register"
"$V" register products set bulletin="$one" amount=900000 >/dev/null || fail "register"
list | jqe --arg a "$one" '.open.count == 2 and (.pairs[1] | .first.name == "SP1" and .second.name == $a and
	.kind == "reuse")' || fail "no reuse: $(list)"

# A person decides.
decide "$one" "$two" same >/dev/null || fail "decide: $?"
decide SP1 "$one" reuse 'sản phẩm của tỉnh' | grep -q 'mục [0-9]' || fail "decide: $?"
decide SP1 "$one" reuse '' 2>/dev/null && fail "decided without a reason"
decide "$two" "$two" same 2>/dev/null && fail "one product is two"
decide "$two" B99999 same 2>"$SCRATCH/err" && fail "there is no such product"
grep -q 'B99999' "$SCRATCH/err" || fail "unclear: $(cat "$SCRATCH/err")"
list | jqe '.open.count == 0 and .decided == 2' || fail "still open: $(list)"
list '?list=decided' | jqe '.pairs[0].decided | .decision == "reuse" and .reason == "sản phẩm của tỉnh"' ||
	fail "not told"
entries | jqe -s 'any(.[]; .kind == "duplicate.decided" and .decision == "reuse" and .first == "SP1" and
	.suspected == "reuse" and .how == "same-title" and (.who | startswith("uid:")))' || fail "no entry"
"$V" log --events | grep -q "SP1 và $one: dùng lại, kinh phí 0; sản phẩm của tỉnh" || fail "no words"
row_c "$one" '.amount == 0 and .reused == "có" and .number == null and .twin == "dùng lại SP1"' || fail "it costs"
row_c "$two" ".number == null and .twin == \"một sản phẩm với $one, không tính lại\"" || fail "it counts twice"
table_c '.sum.number == 2 and .sum.amount == 400000 and (.notes | any(contains("hai nguồn")) | not)' ||
	fail "C is not as decided: $("$V" report C --period "$(date +%Y-%m)" --format json -o - | jq -c '.sum, .notes')"

# And takes it back; what was decided is in the log and not in the index.
decide "$one" "$two" open 'nhầm' >/dev/null || fail "open: $?"
stop_run
"$V" rebuild >/dev/null || fail "rebuild: $?"
"$V" duplicates --json | jqe '.open == {count: 1, red: 1} and .decided == 1' || fail "lost by the rebuild"
row_c "$two" '.number != null' || fail "it does not count"
"$V" verify >/dev/null || fail "verify: $?"
"$V" duplicates posters 2>/dev/null
[ $? -eq 2 ] || fail "a list that there is none of"
