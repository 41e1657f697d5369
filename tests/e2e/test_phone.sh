#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What telephones and browsers record is taken by a station on air, by the decoders of vangxa-av: beside the
# program, installed, and missing.
set -u
. tests/e2e/station.sh
port=$(free_port)
make_dir
start_run "$port"

espeak-ng -v vi -w "$SCRATCH/noi.wav" "Thông báo. Sáng thứ tư, trạm y tế xã tiêm chủng mở rộng cho các cháu."
length=$(soxi -D "$SCRATCH/noi.wav")

# taken FILE: its length is that of what was said, to a tenth of a second.
taken() {
	"$V" add "$SCRATCH/$1" --title "Từ điện thoại: $1" --json >"$SCRATCH/out" 2>"$SCRATCH/err" ||
		fail "$1: $(cat "$SCRATCH/err")"
	jqe "(.length_s - $length) | fabs < 0.1" "$SCRATCH/out" >/dev/null ||
		fail "$1: not $length s: $(cat "$SCRATCH/out")"
}

for form in "ghi-am.m4a -c:a aac" "ghi-am.webm -c:a libopus" "ghi-am.wma -c:a wmav2" "ghi-am.aac -c:a aac"; do
	read -r name options <<<"$form"
	# shellcheck disable=SC2086 # options are words
	ffmpeg -nostdin -loglevel error -i "$SCRATCH/noi.wav" $options "$SCRATCH/$name" || fail "ffmpeg: $name"
	taken "$name"
done
# Four codings of one sound: from the second on the sender is told.
"$V" bulletins --json | jqe '[.[] | select(any(.findings[]; .code == "sounds-same"))] | length == 3' \
	>/dev/null || fail "the same sound is not known again: $("$V" bulletins --json)"
entries | jqe -s '[.[] | select(.kind == "bulletin.received")] | length == 4' >/dev/null || fail "not four entries"
stop_run || fail "stop: $?"

# Installed, station and decoders stand where people do not look for commands.
mkdir -p "$SCRATCH/usr/bin" "$SCRATCH/usr/libexec/vangxa"
cp "$V" "$SCRATCH/usr/bin/vangxa"
"$SCRATCH/usr/bin/vangxa" plan 2>"$SCRATCH/err" && fail "a plan without the station's program"
grep -q 'vangxa-station' "$SCRATCH/err" || fail "the missing program is not named: $(cat "$SCRATCH/err")"
cp "$(dirname "$V")/vangxa-station" "$SCRATCH/usr/libexec/vangxa/"
decoded() { "$SCRATCH/usr/bin/vangxa" worker av <"$SCRATCH/ghi-am.m4a" 2>"$SCRATCH/err" | wc -c; }
[ "$(decoded)" -eq 0 ] || fail "decoded without decoders"
grep -q 'vangxa-av' "$SCRATCH/err" || fail "the missing program is not named: $(cat "$SCRATCH/err")"
cp "$(dirname "$V")/vangxa-av" "$SCRATCH/usr/libexec/vangxa/"
[ "$(decoded)" -gt 100000 ] || fail "installed decoders are not found: $(cat "$SCRATCH/err")"
