#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Two daemons on one folder, a port in use, a folder that cannot be written or is none, a full disk: one clear
# sentence each; what is on air goes on, and nothing acknowledged is lost.
set -u
. tests/e2e/station.sh
port=$(free_port)

# says STATUS WORD COMMAND…: the command ends with this status and one line on stderr that holds the word.
says() {
	local wanted=$1 word=$2 got
	shift 2
	timeout 120 "$@" >"$SCRATCH/out" 2>"$SCRATCH/err"
	got=$?
	[ "$got" -eq "$wanted" ] || fail "$*: status $got, not $wanted: $(cat "$SCRATCH/err")"
	[ "$(grep -c '^vangxa: ' "$SCRATCH/err")" -eq 1 ] || fail "$*: not one sentence: $(cat "$SCRATCH/err")"
	grep -q -- "$word" "$SCRATCH/err" || fail "$*: no \"$word\" in: $(cat "$SCRATCH/err")"
}

make_dir
start_run "$port"
says 1 "$DIR" "$V" station --data "$DIR"
says 1 "$port" "$V" web --data "$DIR" --listen "127.0.0.1:$port"
on_air || until_true 20 on_air || fail "two daemons: the first one fell silent"

# A whole second station is refused in the same way, and its supervisor gives up.
timeout 120 "$V" run --data "$DIR" --listen "127.0.0.1:$(free_port)" 2>"$SCRATCH/err"
[ $? -eq 1 ] || fail "vangxa run on a folder in use: status $?"
grep -q 'đang dùng' "$SCRATCH/err" || fail "vangxa run on a folder in use: $(cat "$SCRATCH/err")"
stop_run || fail "stop: $?"

# A supervised page whose port is in use says so once, stays, and comes when the port is free.
"$V" web --data "$DIR" --listen "127.0.0.1:$port" 2>"$SCRATCH/first" &
first=$!
until_true 10 grep -q "$port" "$SCRATCH/first" || fail "the first page: $(cat "$SCRATCH/first")"
: >"$SCRATCH/run.log"
start_run "$port"
until_true 10 grep -q "$port đang có" "$SCRATCH/run.log" || fail "a port in use is not told: $(cat "$SCRATCH/run.log")"
kill $first
wait $first
until_true 20 grep -q "http://127.0.0.1:$port/" "$SCRATCH/run.log" || fail "no page when the port is free"
curl -fs "http://127.0.0.1:$port/api/status" -o /dev/null || fail "the page does not answer"
[ "$(grep -c "$port đang có" "$SCRATCH/run.log")" -eq 1 ] && ! grep -q 'khởi động lại' "$SCRATCH/run.log" ||
	fail "a port in use is told again and again: $(cat "$SCRATCH/run.log")"
stop_run || fail "stop: $?"

says 2 '--from' "$V" log --from 2026-11-24 --to 2026-11-23
"$V" log --from 2026-11-24 --to 2026-11-24 >/dev/null || fail "log of one day: $?"
mv "$DIR/view.sqlite" "$SCRATCH/view"
says 1 'vangxa rebuild' "$V" log
says 1 'vangxa rebuild' "$V" plan
head -c 5000 /dev/urandom >"$DIR/view.sqlite"
says 3 'vangxa rebuild' "$V" log
mv "$SCRATCH/view" "$DIR/view.sqlite"
"$V" log >/dev/null || fail "log: $?"

# A pipe of a file's name has no end to wait for; neither has one that SQLite looks for beside its own.
piped() { # FILE STATUS WORD COMMAND…
	local file=$DIR/$1
	shift
	[ ! -e "$file" ] || mv "$file" "$SCRATCH/aside"
	mkdir -p "$(dirname "$file")" && mkfifo "$file" || fail "no pipe"
	says "$@"
	rm "$file"
	[ ! -e "$SCRATCH/aside" ] || mv "$SCRATCH/aside" "$file"
}
piped view.sqlite 1 view.sqlite "$V" log
piped view.sqlite-wal 1 view.sqlite-wal "$V" log
piped station.yaml 1 station.yaml "$V" plan
mv "$DIR/view.sqlite" "$SCRATCH/view" && mkfifo "$DIR/view.sqlite"
timeout 20 "$V" verify >"$SCRATCH/out" 2>&1
[ $? -eq 3 ] && grep -q 'view.sqlite: đây là ống' "$SCRATCH/out" || fail "verify: a pipe: $(cat "$SCRATCH/out")"
rm "$DIR/view.sqlite" && mv "$SCRATCH/view" "$DIR/view.sqlite"

says 1 "$SCRATCH/không có" "$V" station --data "$SCRATCH/không có"
echo x >"$SCRATCH/tep"
says 1 "$SCRATCH/tep" "$V" station --data "$SCRATCH/tep"
says 1 station.yaml "$V" station --data "$SCRATCH"
if [ "$(id -u)" -eq 0 ]; then
	chmod 755 "$SCRATCH" "$DIR"
	says 1 "$DIR" setpriv --reuid 65534 --regid 65534 --clear-groups "$V" station --data "$DIR"
else
	echo "SKIPPED: a folder of somebody else (needs root)"
fi

# The folder on a small disk of its own, which then fills up; beside both reserves (96 MiB, which only who is in need
# of them gives up) there is room for the sound.
small="$SCRATCH/nhỏ"
mkdir "$small"
if ! mount -t tmpfs -o size=150m none "$small" 2>/dev/null; then
	echo "SKIPPED: full disk (a tmpfs cannot be mounted here)"
	exit 0
fi
finish_small() {
	finish_station
	umount "$small"
}
trap finish_small EXIT
cp -R "$DIR" "$small/dir"
DIR=$small/dir
export VANGXA_DATA=$DIR
start_run "$port"
"$V" add "$DIR/audio/tieng.flac" --title "Trước khi đầy" >/dev/null || fail "add on an empty disk: $?"
dd if=/dev/zero of="$small/đầy" bs=1M 2>/dev/null
entries >"$SCRATCH/before"
"$V" add "$SCRATCH/../$(basename "$SCRATCH")/tin.wav" --title x >/dev/null 2>&1 &&
	fail "a file that is not there was taken"
sox -n -r 48000 -c 2 -b 16 "$SCRATCH/tin.wav" synth 60 whitenoise
says 1 'đĩa' "$V" add "$SCRATCH/tin.wav" --title "Không còn chỗ"
until_true 20 on_air || fail "full disk: nothing on air any more"
status '.banners | any(.text | test("Đĩa"))' >/dev/null || fail "full disk: no banner: $("$V" status)"
VANGXA_LANG=en "$V" status | grep -q '^! The disk is nearly full' || fail "a banner in another language than asked for"
# Nor is there silence after a power cut: what starts on a full disk is on air.
stop_run || fail "stop on a full disk: $?"
start_run "$port"
rm "$small/đầy"
"$V" add "$SCRATCH/tin.wav" --title "Có chỗ lại" >/dev/null || fail "add after the disk has room again: $?"
entries >"$SCRATCH/after"
head -n "$(wc -l <"$SCRATCH/before")" "$SCRATCH/after" | cmp -s - "$SCRATCH/before" || fail "full disk: entries changed"
stop_run || fail "stop: $?"
echo "refused clearly: second daemon, port, folder, disk"
