#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Whole stations in simulation (tests/sim/test_week.c, storm): random emergencies and drills, cuts, relays lost and
# back, power losses, kills, sleep, clock steps, people who change the plan. Nothing may break a promise.
# SEEDS worlds of DAYS days each, from seed SEED on, each run twice in processes of its own: entries and sound must
# come out the same. The target of 100 seeds with 365 days in all:
#   SEED=310000 SEEDS=100 DAYS=4 bench/sim_year.sh
# which is about an hour of a processor; two halves (SEED=310050 SEEDS=50) may run at once. A world keeps every
# promise of its time in memory, so 20 days are the longest.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
SEEDS=${SEEDS:-2} DAYS=${DAYS:-2} SEED=${SEED:-20000}
program=$(dirname "$VANGXA")/tests/run-sim
make -s -C "$top" B="$(realpath --relative-to="$top" "$(dirname "$VANGXA")")" \
	"$(realpath --relative-to="$top" "$program")" >&2
TIMEFORMAT=%U

worlds() { # FILE
	VANGXA_SEED=$SEED VANGXA_STORMS=$SEEDS VANGXA_STORM_DAYS=$DAYS CK_RUN_CASE=storm \
		"$program" week >"$1" 2>/dev/null || true
}

cpu_s=$({ time { worlds "$W/storm.txt"; worlds "$W/storm_again.txt"; }; } 2>&1)
grep -E '^storm|^[0-9]+%|:[FE]:' "$W/storm.txt" || true
failed=$(grep -c ':[FE]:' "$W/storm.txt" || true)
other=$(diff <(grep '^storm' "$W/storm.txt") <(grep '^storm' "$W/storm_again.txt") | grep -c '^<' || true)
figure "simulated stations that broke a promise, of $SEEDS" "0" "$failed" "$(at_most "$failed" 0)" \
	"$DAYS days each, $cpu_s s of processor with the replay"
figure "simulated stations that went otherwise when replayed" "0" "$other" "$(at_most "$other" 0)" ""
echo "worlds $SEEDS days $DAYS failed $failed other $other cpu_s $cpu_s"
