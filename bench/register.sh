#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A sheet of COUNT products (100,000), as CSV and as XLSX: `vangxa register products import`, looked at and written
# into the log, the start of the program included; Python reading the same files into a list, by its csv module and
# by openpyxl. Then `vangxa duplicates` over them. One title in ten has been there before, one in forty
# with the same length.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
ONLY=${ONLY:-"look.csv look.xlsx openpyxl python_csv write.csv write.xlsx duplicates"}
COUNT=${COUNT:-100000} RUNS=${RUNS:-2}
need /usr/bin/python3
dir=$W/register results=$W/register.results
export VANGXA_LANG=en

make_sheets() {
	/usr/bin/python3 - "$COUNT" "$W/register.csv" "$W/register.xlsx" <<-'EOP'
		import csv, sys
		count = int(sys.argv[1])
		head = ["title", "kind", "number", "producer", "language", "length_s", "made", "amount"]
		def rows():
		    yield head
		    for i in range(count):
		        same = i % 10 == 9
		        title = f"Bản tin số {i // 20 if same else i}: nước sạch và vệ sinh môi trường"
		        yield [title, "video" if i % 3 else "audio", f"{i}/SP", f"Đài xã {i % 300}", "vi",
		               60 + (i // 20 if i % 40 == 39 else i) % 600, f"2026-{i % 11 + 1:02d}-{i % 28 + 1:02d}",
		               1000000 + i % 5000000]
		with open(sys.argv[2], "w", newline="", encoding="utf-8-sig") as f:
		    csv.writer(f).writerows(rows())
		try:
		    import openpyxl
		except ImportError:
		    sys.exit(0)
		book = openpyxl.Workbook(write_only=True)
		sheet = book.create_sheet("SP")
		for row in rows():
		    sheet.append(row)
		book.save(sys.argv[3])
	EOP
}

# A station without a timetable; the program itself writes its log.
fresh_station() {
	rm -rf "$dir"
	mkdir -p "$dir"
	printf 'station: Đo thử\nid: do-thu\ntimezone: Asia/Ho_Chi_Minh\nzones: [{name: mot, device: none}]\n' \
		>"$dir/station.yaml"
}

import() { # NAME FILE [--apply]
	local name=$1 file=$2
	shift 2
	timed "$name" "$VANGXA" register products import "$file" --data "$dir" "$@"
}

run_look.csv() { import look.csv "$W/register.csv"; }
run_look.xlsx() { import look.xlsx "$W/register.xlsx"; }
run_write.csv() { fresh_station && import write.csv "$W/register.csv" --apply; }
run_write.xlsx() { fresh_station && import write.xlsx "$W/register.xlsx" --apply; }
run_duplicates() { timed duplicates "$VANGXA" duplicates --json --data "$dir"; }
run_openpyxl() {
	timed openpyxl /usr/bin/python3 -c 'import openpyxl, sys
rows = list(openpyxl.load_workbook(sys.argv[1], read_only=True).active.iter_rows(values_only=True))
assert len(rows) == int(sys.argv[2]) + 1' "$W/register.xlsx" "$COUNT"
}
run_python_csv() {
	timed python_csv /usr/bin/python3 -c 'import csv, sys
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline="")))
assert len(rows) == int(sys.argv[2]) + 1' "$W/register.csv" "$COUNT"
}

trap 'rm -rf "$dir" "$W"/register.csv "$W"/register.xlsx' EXIT
make_sheets
[ -e "$W/register.xlsx" ] || {
	echo "${0##*/}: XLSX left out: python3-openpyxl is not installed (make bench-deps)"
	ONLY="look.csv python_csv write.csv duplicates"
}
: >"$results"
fresh_station
for ((turn = 0; turn < RUNS; turn++)); do
	for what in $ONLY; do
		"run_$what" || broken=1
	done
done
for what in look.csv:python_csv look.xlsx:openpyxl write.csv: write.xlsx: duplicates:; do
	name=${what%:*} peer=${what#*:}
	grep -q "^$name " "$results" || continue
	s=$(median_of "$name" 2) mib=$(median_of "$name" 3 | awk '{print int($1 / 1024 + 0.5)}') beside=
	[ -z "$peer" ] || beside=", $(over "$s" "$(median_of "$peer" 2)") of $peer's $(median_of "$peer" 2) s, $(
		median_of "$peer" 3 | awk '{print int($1 / 1024 + 0.5)}') MiB"
	figure "$name of $COUNT products, s of processor" - "$s" - "$mib MiB$beside"
	echo "$name of $COUNT products: $s s of processor, $(median_of "$name" 4) s, $mib MiB$beside"
done
exit $broken
