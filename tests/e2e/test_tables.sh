#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Random logs, and each figure of each table computed a second time by a script that shares no line with
# the program (tests/e2e/tables.py). SEED: the first of them.
set -u
V=$VANGXA
here=$(dirname "$VANGXA")
fail() { echo "test_tables: seed $seed: $*" >&2; exit 1; }

for seed in $(seq "${SEED:-1}" $((${SEED:-1} + 2))); do
	dir=$SCRATCH/$seed
	mkdir "$dir"
	cat >"$dir/station.yaml" <<-YAML
		station: Đài thử
		id: thu
		timezone: Asia/Ho_Chi_Minh
		place: xa-mau
		zones: [{name: trung-tam, device: 'hw:1'}, {name: thon-1, device: 'hw:1'},
		  {name: thon-2, device: none, place: xa}]
	YAML
	"$here/tests/random_log" "$dir" "$seed" || fail "random_log"
	"$V" rebuild --data "$dir" >/dev/null || fail "rebuild"
	python3 tests/e2e/tables.py "$dir" "$V" || fail "a figure is not as the log"
	python3 tests/e2e/sums.py "$dir" "$V" || fail "a sum is not that of its rows"

	# A commune is its zones, each airing once.
	printf 'dia_ban:\n  - {ma: %s, ten: %s, cap: xa}\n  - {ma: %s, ten: %s, cap: xa}\n' xa-mau 'Xã Mẫu' xa 'Xã Xa' \
		>"$dir/seeds/dia-ban.yaml"
	rows() { "$V" report "$1" 2026-11 --place "$2" --data "$dir" --format json -o - | jq -c '[.rows, .sum]'; }
	for table in A B; do
		[ "$(rows $table 'xa mau')" = "$(rows $table trung-tam,thon-1)" ] || fail "table $table of a commune"
		[ "$(rows $table xa)" = "$(rows $table thon-2)" ] || fail "table $table of one zone"
		[ "$(rows $table 'xa mau')" != "$(rows $table xa)" ] || fail "table $table is not narrowed"
	done
	all=$("$V" report A 2026-11 --data "$dir" --format json -o - |
		jq '[.rows[] | select(.zones | tostring | test("trung-tam|thon-1"))] | length')
	[ "$(rows A xa-mau | jq '.[0] | length')" = "$all" ] || fail "airings of a commune: not $all"
done
