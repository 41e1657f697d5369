#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What `make bench` runs: every script of bench/, one after the other, then one table of all figures. A figure
# that misses its target does not fail; a script that breaks does, and the others still run. About 35
# minutes; RUNS, MINUTES, SECONDS_ON, COUNT and ONLY lengthen or shorten a single script, called by itself.
#   SCRIPTS="plan_year ingest_vs" bench/lib/all.sh
set -u
bench=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$bench/../build/bench"
export FIGURES=$bench/../build/bench/figures
unset RUNS MINUTES SECONDS_ON WARM_UP COUNT ONLY
SCRIPTS=${SCRIPTS:-plan_year bulletins_list mix_speed render_start render_vs render_peers ingest_vs onair_vs \
	start_time start_error start_engine emergency voice_start relay events slow_clients page_first upload_big \
	same_sound noise_floor proof_levels append_cost verify report register merge proof tamper sim_year}
broken=
began=$(date +%s)
: >"$FIGURES"
for script in $SCRIPTS; do
	printf '== %s, load %s\n' "$script" "$(cut -d' ' -f1-3 /proc/loadavg)"
	timeout -k 30 900 "$bench/$script.sh" </dev/null || broken+=" $script"
	echo
done
printf '== %s, %d minutes\n' "$(date +%F)" $((($(date +%s) - began + 30) / 60))
awk -F'|' 'BEGIN { printf "%-46s %8s %9s  %-7s  %s\n", "what", "target", "value", "reached", "beside it" }
	{ printf "%-46s %8s %9s  %-7s  %s\n", $1, $2, $3, $4, $5 }' "$FIGURES"
[ -z "$broken" ] || echo "broken:$broken"
[ -z "$broken" ]
