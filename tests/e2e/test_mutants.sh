#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Spoilt files of every format, sent to a station on air: each gets an answer, none disturbs who listens.
# MUTANTS=5000 SEED=7 for a longer look.
# Alone: no xrun is allowed while the decoders work.
set -u
. tests/e2e/station.sh
port=$(free_port)
count=${MUTANTS:-130}
make_dir
mutants=$(dirname "$V")/tests/mutants

cd "$SCRATCH" || exit 1
sox -n -r 44100 -c 2 -b 16 a.wav synth 0.4 pinknoise synth 0.4 sine mix 300-900
for form in a.flac a.ogg "-c:a libopus a.opus" a.mp3 a.aiff "-c:a aac a.m4a" "-c:a alac alac.m4a" "-c:a aac a.aac" \
	"-c:a wmav2 a.wma" "-c:a libopus a.webm" "-c:a flac -f ogg a.oga" "-c:a aac -f 3gp a.3gp"; do
	# shellcheck disable=SC2086 # options are words
	ffmpeg -nostdin -loglevel error -i a.wav $form || fail "ffmpeg: $form"
done
printf '#!AMR\n' >a.amr # frames of AMR 12.2 full of noise; any bits are speech to it
head -c 640 /dev/urandom | perl -0777 -ne 'while (/(.{31})/gs) { print "\x3c$1" }' >>a.amr
cd - >/dev/null || exit 1

start_run "$port"
curl -s -N "http://127.0.0.1:$port/live.mp3" >"$SCRATCH/heard.mp3" &
listener=$!
began=$SECONDS
"$mutants" "$DIR" "$count" "${SEED:-1}" "$SCRATCH"/a.* "$SCRATCH"/alac.m4a || fail "seed ${SEED:-1}: see above"
took=$((SECONDS - began))
on_air || until_true 10 on_air || fail "nothing on air any more"
kill $listener
stop_run || fail "stop: $?"

ended() { entries | jqe -s "[.[] | select(.kind == \"airing.ended\")] | $1" >/dev/null; }
ended 'length > 0 and all(.xruns == 0)' || fail "xruns"
# The first was joined in the middle of its slot; the last ended with the station.
ended '.[1:-1] | all(.result == "full")' ||
	fail "an item suffered: $(entries | jq -c 'select(.kind == "airing.ended") | [.result, .reason]')"
[ "$(find "$DIR/masters" "$DIR/originals" "$DIR/incoming" -name '.tmp*' 2>/dev/null | wc -l)" -eq 0 ] ||
	fail "half-made files are left"
heard_s=$(sox "$SCRATCH/heard.mp3" -n stat 2>&1 | awk '/^Length/ { print int($3) }')
[ "$heard_s" -ge $((took - 2)) ] || fail "the listener heard $heard_s s of $took"
echo "$heard_s s heard while $count spoilt files came in $took s"
