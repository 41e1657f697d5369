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
		zones: [{name: trung-tam, device: 'hw:1'}, {name: thon-1, device: 'hw:1'}, {name: thon-2, device: none}]
	YAML
	"$here/tests/random_log" "$dir" "$seed" || fail "random_log"
	"$V" rebuild --data "$dir" >/dev/null || fail "rebuild"
	python3 tests/e2e/tables.py "$dir" "$V" || fail "a figure is not as the log"
done
