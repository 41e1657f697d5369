#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# kill -9 while a recording is open, and another of the same length is put in its place before the next start:
# what the log had vouched for is not in it, and that is told before that start, at it, and for good.
set -u
SLOT_S=6
. tests/e2e/station.sh
port=$(free_port)

vouched() {
	entries | jqe -s '(map(select(.kind == "station.started"))[-1].n) as $start
		| any(.[]; .n > $start and .kind == "airing.ended" and (.prefixes | length) > 0)' >/dev/null
}
open_recording() { entries | jq -rs 'map(select(.kind == "airing.ended" and .frames > 0))[-1].prefixes[0].file'; }
told_differs() {
	entries | jqe -s 'any(.[]; .kind == "recording.closed" and .file == $f
		and .differs.code == "recording.not-vouched")' --arg f "$1" >/dev/null
}
told_closed() { entries | jqe -s 'any(.[]; .kind == "recording.closed" and .file == $f)' --arg f "$1" >/dev/null; }
not_vouched() {
	"$V" verify --json >"$SCRATCH/verdict"
	[ $? = 3 ] && jqe '[.differences[].code] | index("recording-not-vouched")' "$SCRATCH/verdict" >/dev/null ||
		fail "$1: $(cat "$SCRATCH/verdict")"
}
kill_recording() {
	until_true 60 vouched || fail "nothing that is recorded is vouched for: $(entries | tail -n 3)"
	file=$(open_recording)
	kill -9 "$run_pid" "$(child station)"
	wait "$run_pid" 2>/dev/null
}

make_dir
start_run "$port"
kill_recording
"$V" verify >"$SCRATCH/verdict" || fail "after a kill: $(cat "$SCRATCH/verdict")"
start_run "$port"
until_true 60 told_closed "$file" || fail "$file was not closed"
told_differs "$file" && fail "nobody exchanged $file, and it is said"
kill_recording
# Another sound of the same length and the same time.
tr '\000' '\001' <"$DIR/$file" >"$SCRATCH/other.mp3"
cmp -s "$DIR/$file" "$SCRATCH/other.mp3" && fail "the other is the same"
touch -r "$DIR/$file" "$SCRATCH/other.mp3"
cp -p "$SCRATCH/other.mp3" "$DIR/$file"
not_vouched "before the next start"
start_run "$port"
until_true 60 told_differs "$file" || fail "the exchanged $file is signed as if it were what aired"
stop_run || fail "the supervisor ended with $?"
not_vouched "after the next start"
"$V" log --events | grep -q "KHÔNG phải bản ghi" || fail "people are not told: $("$V" log --events)"
echo "an exchanged recording is named before, at and after the next start"
