#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What people hand in while the station is on air: missing, empty, cut short, wrongly named, no sound at all, a
# device, a pipe nobody writes to, hours of it: success or one clear sentence with the file's name, and the
# station answers throughout.
set -u
. tests/e2e/station.sh
port=$(free_port)

refused() { # FILE WORD
	"$V" add "$1" --title "Thử" >"$SCRATCH/out" 2>"$SCRATCH/err" && fail "$1 was taken: $(cat "$SCRATCH/out")"
	[ "$(wc -l <"$SCRATCH/err")" -eq 1 ] || fail "$1: not one sentence: $(cat "$SCRATCH/err")"
	grep -q "^vangxa: .*$(basename "$1").*$2" "$SCRATCH/err" || fail "$1: unclear: $(cat "$SCRATCH/err")"
}
taken() { # FILE
	"$V" add "$@" --title "Thử" --json >"$SCRATCH/out" 2>"$SCRATCH/err" || fail "$1: $(cat "$SCRATCH/err")"
	jqe '.id | startswith("B")' "$SCRATCH/out" >/dev/null || fail "$1: no bulletin: $(cat "$SCRATCH/out")"
}

make_dir
cp -R seeds "$DIR/seeds"
cd "$SCRATCH" || exit 1
: >trong.mp3
echo "xin chào" >thu.wav
mkdir thu-muc.mp3
mkfifo ong.mp3
sox "$DIR/audio/tieng.flac" tieng.mp3
cp tieng.mp3 that-ra-mp3.wav
sox "$DIR/audio/tieng.flac" mot.ogg
cat mot.ogg mot.ogg >noi.ogg
head -c $(($(stat -c %s mot.ogg) / 2)) mot.ogg >cut.ogg
sox -n -r 48000 -c 1 ngan.wav synth 0.2 sine 440
head -c 40000 "$DIR/audio/tieng.flac" >cut.flac
hours=${HOURS:-2} # HOURS=10 for a long one; a slow PC needs minutes for it
sox -n -r 8000 -c 1 -b 8 dai.wav trim 0 $((hours * 3600))
sox -n -r 48000 -c 1 im.flac trim 0 3

start_run "$port"
"$V" add dai.wav --title "Thật dài" --json >dai.json 2>dai.err &
long=$!
refused khong-co.mp3 'không có'
refused trong.mp3 'trống'
refused thu.wav 'văn bản'
refused thu-muc.mp3 'tệp'
refused ong.mp3 'tệp'
refused /dev/zero 'tệp'
taken that-ra-mp3.wav
taken tieng.mp3 --language stieng --programme 1719.10.1.2 --level uu-tien --from 2026-01-01 --to 2026-12-31
jqe '.language == "stieng" and .programmes == ["1719.10.1.2"] and .level == "uu-tien" and
	.to == "2026-12-31" and .state == "received" and (.length_s - 18 | fabs) < 0.1' out >/dev/null ||
	fail "not as asked for: $(cat out)"
taken noi.ogg # joined: both parts, and no word of warning
jqe '(.length_s - 36 | fabs) < 0.1 and .findings == []' out >/dev/null || fail "half of a joined file: $(cat out)"
warned() { # FILE WORD [OPTION…]
	taken "$1" "${@:3}"
	jqe --arg word "$2" '[.findings[].texts.vi] | any(contains($word))' out >/dev/null ||
		fail "$1: no warning: $(cat out)"
	grep -q "^vangxa: .*$2" err || fail "$1: the sender is not told: $(cat err)"
}
warned im.flac 'im lặng'
warned cut.flac 'cắt khi gửi'
warned cut.ogg 'cắt khi gửi'
warned ngan.wav '0,2 giây'
warned tieng.mp3 'Khung không có' --slot 'Khung không có'
warned tieng.mp3 '31/01/2026' --from 2026-01-01 --to 2026-01-31
answers >/dev/null || fail "the station does not answer beside a long upload"
kill -0 $long 2>/dev/null || wait $long || fail "the long one: $(cat dai.err)"
until_true 25 on_air || fail "nothing on air beside a long upload"
wait $long || fail "the long one: $(cat dai.err)"
jqe ".length_s == $((hours * 3600))" dai.json >/dev/null || fail "the long one: $(cat dai.json)"

# Words that are wrong name the option that is.
for words in "--title" "--title x --level gap" "--title x --from hôm-nay" "--title x --la" \
	"--title x --from 2026-12-05 --to 2026-12-01" "--title x --language klingon" "--title x --programme 9.9" ""; do
	# shellcheck disable=SC2086 # words
	"$V" add tieng.mp3 $words >/dev/null 2>err
	[ $? -eq 2 ] || fail "add tieng.mp3 $words: status $?"
	grep -qE -- "--[a-z]|\"(title|level|from|language|programme)\"|mức" err ||
		fail "add tieng.mp3 $words: does not say what is wrong: $(cat err)"
done
entries | jqe -s '[.[] | select(.kind == "airing.ended") | .xruns] | all(. == 0)' >/dev/null || fail "xruns"
stop_run || fail "stop: $?"

# A file that the station may not read.
if [ "$(id -u)" -eq 0 ]; then
	chmod -R a+rwX "$SCRATCH"
	chmod 600 tieng.mp3
	setpriv --reuid 65534 --regid 65534 --clear-groups "$V" add tieng.mp3 --title x >/dev/null 2>err &&
		fail "a file that may not be read was taken"
	grep -q '^vangxa: .*tieng.mp3: .*quyền đọc' err || fail "a file that may not be read: $(cat err)"
else
	echo "SKIPPED: a file of somebody else (needs root)"
fi
[ -z "$(find "$DIR/masters" "$DIR/originals" -name '*.new*' -o -name '*.tmp*')" ] || fail "rests in the library"
echo "taken or refused in a sentence: all of them"
