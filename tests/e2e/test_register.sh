#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Registers through the command line, beside a running station and without one; what is in them is in the log and
# outlives the index.
set -u
. tests/e2e/station.sh
port=$(free_port)
at=http://127.0.0.1:$port

make_dir
start_run "$port"
until_true 10 curl -sf "$at/api/status" || fail "no page"

# The numbers of Bình Phước: 19 points, 957 + 2,263 = 3,220 million.
"$V" register points set name='Điểm 1' place='Bù Gia Mập' amount_total=3.220.000.000 \
	amount_district=957.000.000 amount_province='2.263.000.000 đồng' broadband=có state='đang hoạt động' \
	>"$SCRATCH/out" || fail "set: $?"
grep -q '^DHT1 .*Tổng kinh phí (đồng): 3220000000' "$SCRATCH/out" || fail "set: $(cat "$SCRATCH/out")"
"$V" register points set DHT1 amount_province=2.262.000.000 2>"$SCRATCH/err" && fail "a sum that is wrong was taken"
grep -q 'lệch 1000000 đồng' "$SCRATCH/err" || fail "unclear: $(cat "$SCRATCH/err")"
"$V" register difficulties set what='Loa hỏng' since=1/11/2026 state=beyond beyond='UBND tỉnh' \
	proposal='cấp loa mới' >/dev/null || fail "difficulty: $?"
"$V" register difficulties set KK1 state=solved 2>"$SCRATCH/err" && fail "solved without a day and a result"
grep -q 'Kết quả giải quyết' "$SCRATCH/err" && grep -q 'Ngày giải quyết' "$SCRATCH/err" ||
	fail "solved: $(cat "$SCRATCH/err")"
"$V" report E --period 2026 -o - 2>/dev/null | grep -q "uid:" && fail "a number in the place of a person"
"$V" register products set title='Video 1' kind=video >/dev/null || fail "product"
"$V" register products strike SP1 2>/dev/null && fail "struck out without a reason"
"$V" register products strike SP1 --reason 'ghi hai lần' >/dev/null || fail "strike: $?"
curl -sf "$at/api/registers/points" | jqe '.count == 1 and .rows[0].fields.amount_total == 3220000000' ||
	fail "GET points"
curl -sf "$at/api/registers/products?row=SP1" | jqe '.history | length == 2 and .[0].fields == null' ||
	fail "GET history"
curl -sf "$at/api/registers" | jqe '.registers | length == 8' || fail "GET registers"

# Taken away and taken in again, all stays as it is; a formula is a text, and stays that text.
"$V" register difficulties set what='=HYPERLINK("http://x")' since=2/11/2026 state=open note="'-1" >/dev/null ||
	fail "a text like a formula: $?"
"$V" register works set day=3/11/2026 person='Chị Hai' role=read pages=1,5 >/dev/null || fail "work: $?"
for name in points difficulties works; do
	"$V" register "$name" --export "$SCRATCH/$name.csv" || fail "export of $name: $?"
	curl -sf -o "$SCRATCH/over.csv" "$at/api/registers/$name.csv" || fail "GET $name.csv"
	cmp <(sed 's/,[^,]*$//' "$SCRATCH/$name.csv") <(sed 's/,[^,]*$//' "$SCRATCH/over.csv") ||
		fail "$name.csv differs over HTTP"
	"$V" register "$name" import "$SCRATCH/$name.csv" --json |
		jqe '.rows > 0 and .same == .rows and .bad == 0' || fail "the export of $name is not what there is"
done
head -c3 "$SCRATCH/points.csv" | cmp - <(printf '\xef\xbb\xbf') || fail "no mark for spreadsheets"
grep -q "\"'=HYPERLINK" "$SCRATCH/difficulties.csv" || fail "a formula went out: $(cat "$SCRATCH/difficulties.csv")"
"$V" register works --format json | jqe '.rows[0].fields == {"day": "2026-11-03", "person": "Chị Hai", "role": "read",
	"pages": 1.5}' || fail "works as JSON"
curl -sf "$at/api/registers/points.json" | jqe '.rows[0].fields.amount_total == 3220000000' || fail "GET points.json"
curl -sf -o "$SCRATCH/points.xlsx" "$at/api/registers/points.xlsx" || fail "GET points.xlsx"
/usr/bin/python3 - "$SCRATCH/points.xlsx" <<-'EOF' || fail "points.xlsx"
	import sys, openpyxl
	rows = list(openpyxl.load_workbook(sys.argv[1]).active.iter_rows(values_only=True))
	at = next(i for i, row in enumerate(rows) if row[0] == 'Mã dòng')
	row = dict(zip(rows[at], rows[at + 1]))
	assert row['Mã dòng'] == 'DHT1' and row['Tổng kinh phí (đồng)'] == 3220000000, row
	EOF
"$V" register points import "$SCRATCH/points.xlsx" --json | jqe '.rows > 0 and .same == .rows and .bad == 0' ||
	fail "points.xlsx is not what there is"
"$V" register points --format doc 2>/dev/null
[ $? -eq 2 ] || fail "a format that there is none of"

# A sheet over HTTP: looked at, every bad cell named, then written as it was seen and not otherwise.
"$V" user add lan --role operator <<<'loa xóm tôi hay rè' >/dev/null || fail "user add"
token=$(curl -s -H 'Content-Type: application/json' "$at/api/login" \
	-d '{"name":"lan","password":"loa xóm tôi hay rè","token":"bearer"}' | jq -r .session)
# send PATH TYPE BODY: the status; the answer is in $SCRATCH/answer.
send() {
	curl -s -m 60 -o "$SCRATCH/answer" -w '%{http_code}' -H "Authorization: Bearer $token" -H "Content-Type: $2" \
		--data-binary "$3" "$at/api/registers/difficulties/$1"
}
seen() { jq -c '{sheet, sha256, effect}' "$SCRATCH/answer"; }
printf 'what;since;state\nMất điện;mai;open\nNgập;1/10/2026;xong\n' >"$SCRATCH/bad.csv"
look() { send 'import?name=x.csv' text/csv "@$SCRATCH/$1"; }
[ "$(look bad.csv)" = 200 ] || fail "look: $(cat "$SCRATCH/answer")"
jqe '.bad == 2 and .faults[0].column == "B" and .faults[1].value == "xong" and .sheet == null' <"$SCRATCH/answer" ||
	fail "bad cells: $(cat "$SCRATCH/answer")"
printf 'id;what;since;state;result;solved\n%s\n;Ngập;1/10/2026;open\n' \
	'KK1;Loa hỏng;1/11/2026;đã giải quyết;đã thay;2/11/2026' >"$SCRATCH/good.csv"
[ "$(look good.csv)" = 200 ] || fail "look: $(cat "$SCRATCH/answer")"
jqe '.added == 1 and .changed == 1 and .examples[0].was.state == "beyond"' <"$SCRATCH/answer" ||
	fail "what would be: $(cat "$SCRATCH/answer")"
words=$(seen)
"$V" register difficulties set KK1 note='gọi lại' >/dev/null || fail "a change in between"
apply() { send import/apply application/json "$1"; }
[ "$(apply "$words")" = 409 ] || fail "another row was written over: $(cat "$SCRATCH/answer")"
[ "$(look good.csv)" = 200 ] || fail "look again: $(cat "$SCRATCH/answer")"
words=$(seen)
[ "$(apply "$words")" = 200 ] || fail "apply: $(cat "$SCRATCH/answer")"
written() {
	"$V" register difficulties --json |
		jqe '.count == 3 and .rows[0].fields.state == "solved" and .rows[0].source == "x.csv"'
}
until_true 20 written || fail "not written: $("$V" register difficulties)"
[ "$(apply "$words")" = 404 ] || fail "it was applied twice"
n=$("$V" register difficulties --json | jq .rows[0].n)
curl -sf -H "Authorization: Bearer $token" -o "$SCRATCH/kk1.tlog-proof" \
	"$at/api/registers/difficulties/proof?row=KK1&n=$n" || fail "no proof of entry $n"
"$V" verify "$SCRATCH/kk1.tlog-proof" --key "$(cat "$DIR/log/vkey")" >/dev/null || fail "its proof: $?"
curl -sf -H "Authorization: Bearer $token" "$at/api/registers/difficulties?find=ngap&by=since&to=2026-10-31" |
	jqe '.rows | length == 1 and .[0].fields.what == "Ngập"' || fail "the search"

entries | jqe -s 'any(.[]; .kind == "register.written" and .rows.DHT1.name == "Điểm 1")' || fail "no entry"
stop_run

# Without a station, and with an index that is made anew.
"$V" rebuild >/dev/null || fail "rebuild: $?"
"$V" register products set title='Video 2' kind=video >"$SCRATCH/out" || fail "set alone: $?"
grep -q '^SP2 ' "$SCRATCH/out" || fail "a number was given twice: $(cat "$SCRATCH/out")"
"$V" register difficulties --json | jqe '.rows[0].fields | .beyond == "UBND tỉnh" and .state == "solved"' ||
	fail "lost by the rebuild"
# A sheet with a bad cell: the look at it is done and says so, the writing of it refused.
printf 'title,kind,amount\nVideo 3,video,1.000\nVideo 4,video,nhiều\n' >"$SCRATCH/a.csv"
"$V" register products import "$SCRATCH/a.csv" >"$SCRATCH/out"
[ $? -eq 1 ] || fail "a look that found bad cells ended as if there were none"
grep -q 'dòng 3, cột C amount: "nhiều"' "$SCRATCH/out" || fail "unclear: $(cat "$SCRATCH/out")"
"$V" register products import "$SCRATCH/a.csv" --apply >/dev/null
[ $? -eq 1 ] || fail "bad cells and no status"
"$V" register products import "$SCRATCH/a.csv" --apply --json | jqe '.bad == 1 and .applying == false' ||
	fail "bad cells as JSON"
printf 'Mã dòng,title,kind,made\nSP999,,video,mai\n' >"$SCRATCH/c.csv"
"$V" register products import "$SCRATCH/c.csv" >"$SCRATCH/out"
grep -q 'cột A Mã dòng: "SP999"' "$SCRATCH/out" || fail "the id's column: $(cat "$SCRATCH/out")"
sed -i 's/nhiều/2.000/' "$SCRATCH/a.csv"
"$V" register products import "$SCRATCH/a.csv" --apply >/dev/null || fail "import: $?"
"$V" register products --json | jqe '.count == 3' || fail "rows after the import"

# The same from a spreadsheet: dates and numbers as they are, a formula only as the value that the file has of it.
/usr/bin/python3 - "$SCRATCH/b.xlsx" <<-'EOF' || fail "no spreadsheet"
	import sys, datetime, openpyxl
	book = openpyxl.Workbook()
	sheet = book.active
	sheet.title = 'Năm 2023'
	sheet.append(['SỔ SẢN PHẨM'])
	sheet.merge_cells('A1:D1')
	sheet.append(['Tên sản phẩm', 'Loại', 'Kinh phí (đồng)', 'Ngày sản xuất'])
	sheet.append(['@Video 5', 'video', 957000000, datetime.date(2023, 7, 4)])
	book.create_sheet('Sai').append(['title', 'kind', 'amount'])
	book['Sai'].append(['Video 6', 'video', '=1+1'])
	book.save(sys.argv[1])
	EOF
"$V" register products import "$SCRATCH/b.xlsx" --sheet sai --apply >"$SCRATCH/out"
[ $? -eq 1 ] || fail "a formula without a value was taken"
grep -q 'dòng 2, cột C amount: "=1+1": công thức' "$SCRATCH/out" || fail "unclear: $(cat "$SCRATCH/out")"
"$V" register products import "$SCRATCH/b.xlsx" --apply >"$SCRATCH/out" || fail "xlsx: $?"
grep -q 'trang tính "Năm 2023"): 1 dòng: 1 mới' "$SCRATCH/out" || fail "unclear: $(cat "$SCRATCH/out")"
"$V" register products --json | jqe 'any(.rows[].fields; .title == "@Video 5" and .amount == 957000000 and
	.made == "2023-07-04")' || fail "rows of the spreadsheet"
printf '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' >"$SCRATCH/c.xlsx"
"$V" register products import "$SCRATCH/c.xlsx" 2>"$SCRATCH/err" && fail "an old file was taken"
grep -q 'c.xlsx: .*lưu lại dưới dạng .xlsx hoặc .csv' "$SCRATCH/err" || fail "unclear: $(cat "$SCRATCH/err")"
"$V" verify >/dev/null || fail "verify: $?"
"$V" register posters 2>"$SCRATCH/err"
[ $? -eq 2 ] || fail "a register that there is none of"
