#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What systemd hears (sd_notify(3)), on a socket of this test: that the station is on air and not before, that it
# lives for as long as it mixes, that it stops. One that is stopped in its tracks says nothing any more: alone,
# systemd ends it; under `vangxa run` that does so itself, starts another, and the log says why.
set -u
. tests/e2e/station.sh
port=$(free_port)
make_dir

perl -MSocket -e '
	$| = 1;
	my $s;
	socket($s, AF_UNIX, SOCK_DGRAM, 0) && bind($s, pack_sockaddr_un($ARGV[0])) or die;
	while (defined recv($s, my $word, 200, 0)) { printf "%d %s\n", time, join " ", split /\n/, $word; }
' "$SCRATCH/notify" >"$SCRATCH/words" &
systemd=$!
trap 'kill -CONT $(cat "$SCRATCH/stopped" 2>/dev/null) 2>/dev/null; kill $systemd; finish_station' EXIT
until_true 20 test -S "$SCRATCH/notify" || fail "no socket"
export NOTIFY_SOCKET=$SCRATCH/notify WATCHDOG_USEC=15000000

# said WORD [COUNT]: at least so often since the words were last forgotten.
said() { [ "$(grep -c " $1\$" "$SCRATCH/words")" -ge "${2:-1}" ]; }
forget() { : >"$SCRATCH/words"; }
quiet_for() { [ $(($(date +%s) - $(tail -n 1 "$SCRATCH/words" | cut -d' ' -f1))) -ge "$1" ]; }

setpriv --pdeathsig TERM "$V" station --data "$DIR" >>"$SCRATCH/run.log" 2>&1 &
run_pid=$!
until_true 40 said READY=1 || fail "alone: never ready"
[ "$(head -n 1 "$SCRATCH/words" | cut -d' ' -f2)" = READY=1 ] || fail "alone: $(head -n 1 "$SCRATCH/words")"
until_true 20 said WATCHDOG=1 3 || fail "alone: not fed"
echo "$run_pid" >"$SCRATCH/stopped"
kill -STOP "$run_pid"
until_true 40 quiet_for 5 || fail "fed by a station that stands still: $(tail -n 3 "$SCRATCH/words")"
kill -CONT "$run_pid"
until_true 40 status '.on_air | length > 0' || fail "does not go on"
stop_run || fail "alone: ended with $?"
said STOPPING=1 || fail "alone: not said that it stops"

forget
start_run "$port"
until_true 40 said READY=1 || fail "never ready"
until_true 20 said WATCHDOG=1 3 || fail "not fed"
old=$(child station)
echo "$old" >"$SCRATCH/stopped"
kill -STOP "$old"
another() { [ -n "$(child station)" ] && [ "$(child station)" != "$old" ]; }
until_true 60 another || fail "one that hangs is not replaced"
until_true 60 said READY=1 2 || fail "the next is never ready: $(cat "$SCRATCH/words")"
until_true 40 on_air || fail "nothing on air behind it"
hung() { entries | grep -q '"code":"was-hung"'; }
until_true 20 hung || fail "the log does not say why: $(entries | tail -n 5)"
stop_run || fail "ended with $?"
said STOPPING=1 || fail "not said that it stops"
