#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# kill -9 of the station at ten random instants while it is on air: the supervisor starts it again by
# itself, what had begun is "interrupted", nothing airs twice (but anew what was broken off, as the log says),
# and no acknowledged entry is gone. The log blames the program while the machine runs on, and the power only
# when the machine has booted since.
set -u
SLOT_S=6
. tests/e2e/station.sh
port=$(free_port)
released=0
RANDOM=${SEED:-$$}
echo "seed $RANDOM (SEED=n repeats it)"

another_than() { local now; now=$(child station) && [ "$now" != "$1" ]; }
open_ends() {
	entries | jq -rs '[.[] | select(.kind == "airing.intended") | "A\(.n)"]
		- [.[] | select(.kind == "airing.ended") | .airing] | length'
}
reasons() { entries | jq -r 'select(.result == "interrupted") | .reason' | sort | uniq -c | tr -s ' \n' ' '; }
# A machine that has booted since, as far as a process can see: the kernel's name of the boot is another.
# Needs the right to mount; without it this part is left out, and the simulated week holds it alone.
other_boot() { echo 01234567-89ab-cdef-0123-456789abcdef >"$SCRATCH/boot_id" && unshare -m true 2>/dev/null; }
after_boot() {
	# shellcheck disable=SC2016
	unshare -m sh -c 'mount --bind "$1" /proc/sys/kernel/random/boot_id && shift && exec "$@"' boot \
		"$SCRATCH/boot_id" "$V" run --data "$DIR" --listen "127.0.0.1:$port" >>"$SCRATCH/run.log" 2>&1 &
	run_pid=$!
	until_true 20 on_air || fail "nothing on air after another boot: $("$V" status 2>&1)"
}
# end_station PID WHAT: kills it, and waits for the next.
end_station() {
	kill -9 "$1"
	until_true 40 another_than "$1" || fail "$2: the supervisor did not start it again"
	until_true 20 answers || fail "$2: no answer after the restart"
	# Twice in a row at one file puts it aside; here the file is not to blame.
	"$V" release audio/tieng.flac >/dev/null 2>&1 && released=$((released + 1))
}
# One kill: while something is on air, 0 to 900 ms after a bulletin was acknowledged.
kill_once() {
	local pid id n
	pid=$(child station) || fail "$1: no station process"
	id=$("$V" add "$DIR/audio/tieng.flac" --title "Tin $1" --json | jq -r .id)
	[[ $id == B* ]] || fail "$1: the station did not take a bulletin: $id"
	until_true 20 on_air || fail "$1: nothing on air"
	n=$((RANDOM % 900))
	sleep "$(printf '0.%03d' $n)" # the random instant itself, nobody waits for anything here
	entries >"$SCRATCH/before"
	end_station "$pid" "$1"
	entries >"$SCRATCH/after"
	head -n "$(wc -l <"$SCRATCH/before")" "$SCRATCH/after" | cmp -s - "$SCRATCH/before" ||
		fail "$1: entries changed or lost"
	"$V" bulletins --json | jqe "any(.[]; .id == \"$id\")" >/dev/null ||
		fail "$1: bulletin $id was acknowledged and is gone"
}

# What hangs says nothing any more, and is killed by the supervisor: the log tells so.
hang() {
	local pid
	pid=$(child station)
	kill -STOP "$pid"
	until_true 120 another_than "$pid" || fail "a station that hangs was left alone"
	until_true 60 answers || fail "no answer after it hung"
	until_true 20 told_hung || fail "the log does not tell that it hung: $(entries | tail -n 5)"
}
told_hung() { entries | grep -q '"code":"was-hung"'; }

# The signer alone: the station notices at its next entry, and starts it again without missing one.
signer() { pgrep -P "$(child station)" -f 'vangxa signer'; }
written_since() { [ "$(entries 2>/dev/null | wc -l)" -gt "$1" ]; } # the file is renamed while it is read
kill_signer() {
	local station before
	station=$(child station)
	before=$(entries | wc -l)
	kill -9 "$(signer)" || fail "no signer to kill"
	"$V" add "$DIR/audio/tieng.flac" --title "Tin sau người ký $1" --json | jqe '.id' >/dev/null ||
		fail "without its signer the station took nothing"
	[ "$(child station)" = "$station" ] || fail "the station went with its signer"
	until_true 10 written_since "$before" || fail "nothing was written after the signer was killed"
}

# A recording that goes while nothing runs: the next start says so, and no other sound gets its name.
recorded() { [ -n "$(open_recording)" ]; }
open_recording() {
	entries | jq -rs '(map(select(.kind == "station.started"))[-1].n) as $start
		| map(select(.n > $start and .kind == "airing.ended" and .frames > 0).recording // empty)[-1] // empty'
}
told_lost() { entries | jqe -s 'any(.[]; .kind == "recording.lost" and .file == $f)' --arg f "$1" >/dev/null; }
lose_recording() {
	local file
	start_run "$port"
	until_true 60 recorded || fail "nothing was recorded"
	file=$(open_recording)
	kill -9 "$run_pid" "$(child station)"
	wait "$run_pid" 2>/dev/null
	rm "$DIR/$file" || fail "no $file"
	start_run "$port"
	until_true 60 told_lost "$file" || fail "nobody said that $file is gone"
	stop_run || fail "after a lost recording: the supervisor ended with $?"
	[ ! -e "$DIR/$file" ] || fail "the name $file was used again"
}

make_dir
start_run "$port"
for i in 1 2 3 4; do
	kill_once $i
done
# A busy machine is so slow between two kills that an airing comes to its end, and nothing is put aside: then
# three without anything in between.
for i in 1 2 3; do
	[ "$released" -eq 0 ] || break
	until_true 60 on_air || fail "at once, $i: nothing on air"
	end_station "$(child station)" "at once, $i"
done
[ "$released" -ge 1 ] || fail "ends at one file, and it was never put aside"
hang
"$V" release audio/tieng.flac >/dev/null 2>&1
kill_signer 1
kill_signer 2
stop_run || fail "the supervisor ended with $?"
cp -r "$DIR" "$SCRATCH/older"
# Six more without the supervisor's growing patience between starts.
for i in 5 6 7 8 9 10; do
	start_run "$port"
	kill_once $i
	stop_run || fail "$i: the supervisor ended with $?"
done

[ "$(reasons | awk '{ print $2 }')" = program-ended ] || fail "kills, but the log says: $(reasons)"
if other_boot; then
	start_run "$port"
	until_true 20 on_air || fail "nothing on air"
	kill -9 "$run_pid" "$(child station)"
	wait "$run_pid" 2>/dev/null
	after_boot
	[ "$(entries | jq -rs '[.[] | select(.result == "interrupted")][-1].reason')" = power-off ] ||
		fail "the machine has booted since, but the log says: $(reasons)"
	stop_run || fail "after another boot: the supervisor ended with $?"
else
	echo "no right to mount: another boot is not shown here"
fi

lose_recording
[ "$(open_ends)" = 0 ] || fail "airings without an outcome after a clean stop: $(open_ends)"
interrupted=$(entries | jq -s '[.[] | select(.result == "interrupted")] | length')
[ "$interrupted" -ge 5 ] || fail "only $interrupted of 10 kills left something interrupted"
twice=$(entries | jq -r 'select(.kind == "airing.intended")
	| .resumes // "\(.slot)|\(.occurrence)|\(.file)\(.bulletin)"' | sort | uniq -d)
[ -z "$twice" ] || fail "aired twice: $twice"
odd=$(entries | jq -rs '([.[] | select(.kind == "airing.intended").resumes // empty]
	- [.[] | select(.kind == "airing.ended" and .result == "interrupted").airing]) | join(" ")')
[ -z "$odd" ] || fail "begun anew, and not interrupted: $odd"
wrong=$(entries | jq -r 'select(.result == "interrupted" and (.reason == null or .detail == null)) | .airing')
[ -z "$wrong" ] || fail "interrupted without reason: $wrong"
[ ! -e "$DIR/log-2" ] || fail "the log was ended by kills: $(entries | tail -3)"
# All that came of it holds, and a log put back to an older state is known by what the station remembers.
"$V" verify >"$SCRATCH/verdict" || fail "verify: $? $(cat "$SCRATCH/verdict")"
[ "$(tail -n 1 "$SCRATCH/verdict")" = "Không có gì khác biệt." ] || fail "verify: $(cat "$SCRATCH/verdict")"
grep -q "1 bản ghi biến mất" "$SCRATCH/verdict" || fail "verify names no lost recording: $(cat "$SCRATCH/verdict")"
"$V" verify --data "$SCRATCH/older" >/dev/null || fail "verify of the older copy: $?"
cp -r "$DIR" "$SCRATCH/restored"
rm -r "$SCRATCH/restored/log"
cp -r "$SCRATCH/older/log" "$SCRATCH/restored/log"
"$V" verify --data "$SCRATCH/restored" --json >"$SCRATCH/verdict"
[ $? = 3 ] && jqe ".first.code == \"entries-missing\" and .first.n == $(DIR=$SCRATCH/older && entries | wc -l)" \
	"$SCRATCH/verdict" >/dev/null || fail "a restored log: $(cat "$SCRATCH/verdict")"
"$V" rebuild >/dev/null || fail "rebuild: $?"
[ "$("$V" log --json | wc -l)" -eq "$(entries | grep -c '"kind":"airing\.\(intended\|missed\)"')" ] ||
	fail "the view and the log differ in airings"
echo "10 kills, $interrupted airings interrupted, $(entries | wc -l) entries, none lost, none aired twice"
