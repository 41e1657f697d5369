#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The packs of PACKS stations (70), a year of each, as one table: `vangxa report --from-pack`, each pack verified.
# What they are: logs of log_make.c, 120 entries a day (59 airings), seven lengths of a year and some hours, ten
# stations of each; every station has a name and a key of its own, its log is signed with it and its pack is made
# by `vangxa pack`, without recordings. Target: 60 s. Beside it: sha256sum of the packs.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
PACKS=${PACKS:-70} RUNS=${RUNS:-1} YEAR=43834
ONLY=${ONLY:-merge.B merge.A sha256sum}

run_merge.B() { timed merge.B "$VANGXA" report B --from $FROM --to $TO "${words[@]}" -o "$dir/B.csv"; }
run_merge.A() { timed merge.A "$VANGXA" report A --from $FROM --to $TO "${words[@]}" -o "$dir/A.csv"; }
run_sha256sum() { timed sha256sum sh -c "cat $dir/*.zip | sha256sum"; }

FROM=2026-11-23 TO=2027-11-22
program=$(build_program log_make)
dir=$W/merge results=$W/merge.results words=()
rm -rf "$dir"
mkdir -p "$dir"
trap 'rm -rf "$dir"' EXIT
: >"$results"
export TMPDIR=$dir

# One of seven: its view is that of all stations of one length, whose entries are the same.
view_of() {
	[ -e "$dir/$1.sqlite" ] && return
	mkdir "$dir/base"
	"$program" "$dir/base" $((YEAR + $1 * 8)) >/dev/null
	"$VANGXA" rebuild --data "$dir/base" >/dev/null
	cp "$dir/base/view.sqlite" "$dir/$1.sqlite"
	rm -rf "$dir/base"
}

for i in $(seq 1 "$PACKS"); do
	view_of $((i % 7))
	mkdir "$dir/one"
	"$program" "$dir/one" $((YEAR + i % 7 * 8)) "vangxa/xa-$i" >/dev/null
	cp "$dir/$((i % 7)).sqlite" "$dir/one/view.sqlite"
	"$VANGXA" pack --data "$dir/one" --from $FROM --to $TO --no-recordings -o "$dir/$i.zip" >/dev/null
	rm -rf "$dir/one"
	words+=(--from-pack "$dir/$i.zip")
done
rm -f "$dir"/*.sqlite
in_turn
for table in B A; do
	grep -q "^merge.$table " "$results" || continue
	s=$(median_of merge.$table 4)
	mib=$(median_of merge.$table 3 | awk '{print int($1 / 1024 + 0.5)}')
	echo "table $table of a year of $PACKS packs: $s s, $(median_of merge.$table 2) s of processor," \
		"$mib MiB in the largest process"
	figure "table $table of a year, $PACKS packs merged, s" "<= 60" "$s" "$(at_most "$s" 60)" \
		"$(median_of merge.$table 2) s of processor, $mib MiB"
done
echo "sha256sum of the packs: $(median_of sha256sum 4) s"
exit $broken
