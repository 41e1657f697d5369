#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# An inspector takes the pack of a place and a month with its forms, opens it with an unpacker that is not ours, finds
# the checklist and the tables, and checks it with verify.py and vangxa verify; a form that somebody changed is named.
# The figures of the forms are those that anybody computes from the pack. SEED: of the log.
set -u
V=$VANGXA
here=$(dirname "$VANGXA")
export TMPDIR=$SCRATCH/tmp VANGXA_LANG=en
fail() { echo "test_inspection: $*" >&2; exit 1; }
dir=$SCRATCH/xa out=$SCRATCH/open
mkdir "$TMPDIR" "$dir" "$out"
cat >"$dir/station.yaml" <<-YAML
	station: Đài xã Một
	id: xa-1
	timezone: Asia/Ho_Chi_Minh
	zones: [{name: trung-tam, device: 'hw:1'}, {name: thon-1, device: 'hw:1'}, {name: thon-2, device: none}]
YAML
"$here/tests/random_log" "$dir" "${SEED:-7}" vangxa/xa-1 && "$V" rebuild --data "$dir" >/dev/null || fail "random_log"

"$V" pack --data "$dir" --period 2026-11 --forms -o "$SCRATCH/goi.zip" >"$SCRATCH/said" || fail "pack"
grep -q 'checklist F' "$SCRATCH/said" || fail "the command does not tell of the forms: $(cat "$SCRATCH/said")"
[ -z "$(ls -A "$TMPDIR")" ] || fail "something stays behind"
python3 -m zipfile -e "$SCRATCH/goi.zip" "$out" || fail "no zip file"
for format in pdf xlsx csv; do [ -s "$out/forms/F.$format" ] || fail "no checklist as $format"; done
for table in A B C E G H; do [ -s "$out/forms/$table.pdf" ] || fail "no table $table"; done
[ -e "$out/forms/D.pdf" ] && fail "a table without targets is there"
pdftotext -layout "$out/forms/F.pdf" - | grep -qi 'checklist' || fail "the checklist is not readable"
(cd "$out" && python3 verify.py . "$(cat "$dir/log/vkey")") >/dev/null || fail "verify.py"
"$V" verify "$SCRATCH/goi.zip" --key "$dir/log/vkey" >"$SCRATCH/said" || fail "verify: $(cat "$SCRATCH/said")"
grep -q 'No difference' "$SCRATCH/said" && grep -q 'forms/' "$SCRATCH/said" || fail "verify: $(cat "$SCRATCH/said")"
python3 - "$out" <<-'PYTHON' || fail "pack.json does not name each form with its hash"
	import hashlib, json, os, sys
	said = json.load(open(sys.argv[1] + "/pack.json"))["forms"]
	there = {"forms/" + f for f in os.listdir(sys.argv[1] + "/forms")}
	right = all(hashlib.sha256(open(sys.argv[1] + "/" + f, "rb").read()).hexdigest() == h for f, h in said.items())
	sys.exit(set(said) != there or not right)
PYTHON

# Counted from the pack alone: item and figures of each line. What still lasts is some seconds longer by then.
"$V" report F --period 2026-11 --from-pack "$SCRATCH/goi.zip" --format csv -o "$SCRATCH/F.csv" || fail "report"
python3 - "$out/forms/F.csv" "$SCRATCH/F.csv" <<-'PYTHON' || fail "the checklist is not what the pack says"
	import csv, sys
	rows = [list(csv.DictReader(open(f, encoding="utf-8-sig"))) for f in sys.argv[1:]]
	columns = ("What is looked at", "Result", "Count", "Of")
	told = [[r for r in t if r["Count"] or r["Note"]] for t in rows]
	figures = [[tuple(r[k] for k in columns) for r in t] for t in told]
	parts = lambda r: reversed(r["Time"].split(":")) if r["Time"] else []
	seconds = lambda r: sum(int(n) * 60 ** i for i, n in enumerate(parts(r)))
	later = [seconds(b) - seconds(a) for a, b in zip(*told)]
	sys.exit(figures[0] != figures[1] or len(figures[0]) < 12 or not all(0 <= n < 300 for n in later))
PYTHON

# change NAME PYTHON
change() {
	python3 - "$SCRATCH/goi.zip" "$SCRATCH/$1.zip" "$2" <<-'PYTHON'
		import sys, zipfile
		with zipfile.ZipFile(sys.argv[1]) as z:
		    m = {i: z.read(i) for i in z.namelist()}
		exec(sys.argv[3])
		with zipfile.ZipFile(sys.argv[2], "w") as z:
		    for name in m:
		        z.writestr(name, m[name])
	PYTHON
	"$V" verify "$SCRATCH/$1.zip" >"$SCRATCH/said"
	[ $? = 3 ] && grep -q "DIFFERENCE.*$3" "$SCRATCH/said" || fail "$1: $(cat "$SCRATCH/said")"
}
change other 'm["forms/F.csv"] = m["forms/F.csv"].replace(b"yes", b"no")' 'forms/F.csv: not the file'
change taken 'del m["forms/A.pdf"]' 'forms/A.pdf: missing'
change added 'm["forms/Z.pdf"] = b"%PDF"' 'forms/Z.pdf: pack.json tells of no such'

# Without them a pack is what it was: the same bytes each time, and nothing is said of forms.
for i in 1 2; do "$V" pack --data "$dir" --period 2026-11 -o "$SCRATCH/$i.zip" >/dev/null || fail "pack"; done
cmp -s "$SCRATCH/1.zip" "$SCRATCH/2.zip" || fail "two packs of one log and month differ"
python3 -m zipfile -l "$SCRATCH/1.zip" | grep -q forms/ && fail "forms that nobody asked for"
"$V" pack --data "$dir" --period 2026-11 --cycle report -o "$SCRATCH/4.zip" >"$SCRATCH/said" ||
	fail "pack of a reporting month"
grep -q '2026-10-15.*2026-11-14' "$SCRATCH/said" || fail "not from the 15th to the 14th: $(cat "$SCRATCH/said")"
"$V" pack --data "$dir" --from 2026-11-01 --to 2026-11-02 --cycle report -o "$SCRATCH/5.zip" 2>/dev/null
[ $? -eq 2 ] || fail "a cycle without a period was taken"
"$V" pack --data "$dir" --period 2026-11 --from 2026-11-01 --to 2026-11-02 -o "$SCRATCH/3.zip" 2>/dev/null
[ $? = 2 ] || fail "a month and days"
