#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is to be handed in, by the command line and without a station: told, marked, and an entry.
set -u
cd "$(dirname "$0")" || exit 1
fail() { echo "$*"; exit 1; }
here=$PWD
dir=$SCRATCH/data
mkdir -p "$dir/seeds" "$dir/schedules"
cp "$here/../../packaging/demo/station.yaml" "$dir/station.yaml"
day=$(date -d '+7 days' +%F)
printf 'thoi_han:\n  - {ma: a, viec: Báo cáo, chua_qua: %s}\n' "$day" >"$dir/seeds/thoi-han.yaml"

"$VANGXA" deadlines --data "$dir" | grep -q '^! .*Báo cáo.*\[a@'"$day"'\]' || fail "it is not told as near"
"$VANGXA" deadlines "a@$day" --document 15/BC-UBND --on "$(date +%F)" --data "$dir" | grep -q 'đã nộp 15/BC-UBND' ||
	fail "the mark is not told"
"$VANGXA" log --events --data "$dir" | grep -q 'đã nộp 15/BC-UBND' || fail "the mark is no entry"
"$VANGXA" deadlines "a" --document 1 --on "$(date +%F)" --data "$dir" 2>"$SCRATCH/err" &&
	fail "a word that is no deadline"
grep -q 'MÃ@NGÀY' "$SCRATCH/err" || fail "no sentence on what is needed"
"$VANGXA" deadlines "b@$day" --document 1 --on "$(date +%F)" --data "$dir" 2>/dev/null &&
	fail "a code that is not there"
exit 0
