#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One table of the packs of several stations (report --from-pack): each figure once more by a script over their logs
# (tables_merged.py), and packs that must not count, each named in the document and on stderr, the others' figures
# untouched. SEED: the first of three.
set -u
V=$VANGXA
here=$(dirname "$VANGXA")
export TMPDIR=$SCRATCH/tmp VANGXA_LANG=en
mkdir "$TMPDIR"
fail() { echo "test_merge: seed $seed: $*" >&2; exit 1; }
seed=${SEED:-1}

# station FOLDER SEED NAME
station() {
	mkdir "$SCRATCH/$1"
	cat >"$SCRATCH/$1/station.yaml" <<-YAML
		station: Đài thử
		id: thu
		timezone: Asia/Ho_Chi_Minh
		zones: [{name: trung-tam, device: 'hw:1'}, {name: thon-1, device: 'hw:1'}, {name: thon-2, device: none}]
	YAML
	"$here/tests/random_log" "$SCRATCH/$1" "$2" "$3" || fail "random_log"
	"$V" rebuild --data "$SCRATCH/$1" >/dev/null || fail "rebuild"
}

# pack FOLDER NAME FROM TO
pack() { "$V" pack --data "$SCRATCH/$1" --from "$3" --to "$4" -o "$SCRATCH/$2.zip" >/dev/null || fail "pack $2"; }

# change PACK NAME PYTHON: a copy of it, of whose members (m: name to bytes) the words make others.
change() {
	python3 - "$SCRATCH/$1.zip" "$SCRATCH/$2.zip" "$3" <<-'PYTHON' || fail "change $2"
		import sys, zipfile
		with zipfile.ZipFile(sys.argv[1]) as z:
		    m = {i: z.read(i) for i in z.namelist()}
		exec(sys.argv[3])
		with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as z:
		    for name in m:
		        z.writestr(name, m[name])
	PYTHON
}

report() { # OUT PACK… [OPTION…]
	local out=$1 words=()
	shift
	while [ $# -gt 0 ] && [ "${1#-}" = "$1" ]; do words+=(--from-pack "$SCRATCH/$1.zip") && shift; done
	"$V" report B --period 2026-11 -o "$out" "${words[@]}" "$@" 2>"$SCRATCH/err"
}

figures() {
	python3 -c 'import json, sys; d = json.load(open(sys.argv[1])); print(json.dumps([d["rows"], d["sum"]]))' "$1"
}

# left NAME WHAT [OPTION…]: beside two good packs it is left out, and why.
left() {
	local name=$1 what=$2
	shift 2
	report "$SCRATCH/left.json" 1 "$name" 2 "$@"
	[ $? = 3 ] || fail "$name: the exit status does not tell"
	grep -q "left out: .*$name.zip: .*$what" "$SCRATCH/err" || fail "$name: $(cat "$SCRATCH/err")"
	grep -q "LEFT OUT.*$name.zip: .*$what" "$SCRATCH/left.json" || fail "$name: the document does not name it"
	[ "$(figures "$SCRATCH/left.json")" = "$good" ] || fail "$name: figures are not those of the others"
	[ -z "$(ls -A "$TMPDIR")" ] || fail "$name: something stays behind"
}

for i in 1 2 3; do
	station "$i" $((seed + i - 1)) "vangxa/xa-$i" && pack "$i" "$i" 2025-10-01 2026-12-31
done
(cd "$SCRATCH" && python3 "$OLDPWD/tests/e2e/tables_merged.py" "$V" 1 1.zip 2 2.zip 3 3.zip) || fail "a figure"

report "$SCRATCH/good.json" 1 2 || fail "two good packs: $(cat "$SCRATCH/err")"
good=$(figures "$SCRATCH/good.json")
station twin $((seed + 50)) vangxa/xa-1 && pack twin twin 2025-10-01 2026-12-31
pack 1 longer 2025-01-01 2026-12-31
pack 3 short 2026-11-02 2026-12-31
change 3 damaged 'n = max(x for x in m if "tile/entries" in x); m[n] = m[n].replace(b"vi\"", b"en\"", 1)'
change 3 table 'm["tables/airings.csv"] = m["tables/airings.csv"].replace(b"full", b"none", 1)'
change 3 headless 'del m["log/checkpoint"]'
change 3 old 'm["pack.json"] = __import__("re").sub(rb"\"format\":\d+", b"\"format\":1", m["pack.json"])'
head -c $(($(stat -c %s "$SCRATCH/3.zip") - 4000)) "$SCRATCH/3.zip" >"$SCRATCH/cut.zip"
echo 'thư mời họp' >"$SCRATCH/letter.zip"
: >"$SCRATCH/empty.zip"
left damaged "entr"
left table "line .* is not as in the log"
left headless ""
left old "old form"
left cut "zip"
left letter "neither a pack"
left empty "empty"
left nowhere "cannot be opened"
left short "2026-11-02"
left 1 "given twice"
left longer "overlap"
left twin "another key"
keys=$SCRATCH/keys
cat "$SCRATCH"/[12]/log/vkey >"$keys"
left 3 "no --key" --key "$keys"
report "$SCRATCH/keys.json" twin 2 --key "$keys"
[ $? = 3 ] && grep -q "left out: .*twin.zip" "$SCRATCH/err" || fail "another key than was given counts"
report "$SCRATCH/left.json" 1 2 --key "$keys" && ! grep -q "pack's own" "$SCRATCH/left.json" || fail "right keys"
grep -q "pack's own" "$SCRATCH/good.json" || fail "nobody says that keys were not compared"

# A filter that nothing has is refused, whatever table: a table of zeros would be believed.
unknown() { # WORDS SAYS
	for table in A B D H tom-tat; do
		"$V" report $table --period 2026-11 --format json -o "$SCRATCH/unknown.json" $1 \
			--from-pack "$SCRATCH/1.zip" --from-pack "$SCRATCH/2.zip" 2>"$SCRATCH/err" &&
			fail "$table $1: it is made"
		grep -q "$2" "$SCRATCH/err" || fail "$table $1: $(cat "$SCRATCH/err")"
		[ ! -e "$SCRATCH/unknown.json" ] || fail "$table $1: a file"
	done
}
unknown "--programme NTM.XX" 'programme "NTM.XX": neither the catalogue nor'
unknown "--place thon-9" 'no pack has such a zone in this period (there are: .*thon-1'
unknown "--producer abc" 'write who sent it by number'

report "$SCRATCH/none.pdf" letter cut && fail "nothing to be counted, and a table"
[ $? = 1 ] && grep -q "none of the 2 packs can be used" "$SCRATCH/err" || fail "no good pack: $(cat "$SCRATCH/err")"
[ -z "$(ls "$SCRATCH"/none.pdf* 2>/dev/null)" ] || fail "no good pack, and a file"
report "$SCRATCH/paper.pdf" 1 2 letter
[ $? = 3 ] && pdftotext -layout "$SCRATCH/paper.pdf" - | grep -q 'LEFT OUT' || fail "paper does not name it"
