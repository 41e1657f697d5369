#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Whole stations in simulation (tests/sim/test_week.c, storm): random emergencies and drills, cuts, relays lost and
# back, power losses, kills, sleep, clock steps, people who change the plan. Nothing may break a promise.
# SEEDS worlds of DAYS days each, from seed SEED on; the target of 100 seeds of 365 days is
#   for s in $(seq 18); do SEED=${s}0000 SEEDS=100 DAYS=20 bench/sim_year.sh; done
# and takes days of a processor: a world keeps every promise of its time in memory, so 20 days are the longest.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
SEEDS=${SEEDS:-2} DAYS=${DAYS:-2} SEED=${SEED:-20000}
program=$(dirname "$VANGXA")/tests/run-sim
make -s -C "$top" B="$(realpath --relative-to="$top" "$(dirname "$VANGXA")")" \
	"$(realpath --relative-to="$top" "$program")" >&2
TIMEFORMAT=%U
cpu_s=$({ time VANGXA_SEED=$SEED VANGXA_STORMS=$SEEDS VANGXA_STORM_DAYS=$DAYS CK_RUN_CASE=storm \
	"$program" week >"$W/storm.txt" 2>/dev/null || true; } 2>&1)
grep -E '^storm|^[0-9]+%|:[FE]:' "$W/storm.txt" || true
failed=$(grep -c ':[FE]:' "$W/storm.txt" || true)
figure "simulated stations that broke a promise, of $SEEDS" "0" "$failed" "$(at_most "$failed" 0)" \
	"$DAYS days each, $cpu_s s of processor"
echo "worlds $SEEDS days $DAYS failed $failed cpu_s $cpu_s"
