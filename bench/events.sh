#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# CLIENTS (200) pages watch one station: how long an event takes to each of them, from the moment at which
# the station says it. Beside it, in turn, what a few lines of node do for the same pages. RUNS (3).
#   CLIENTS=200 RUNS=3 bench/events.sh
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
RUNS=${RUNS:-3} ONLY="vangxa node"
export CLIENTS=${CLIENTS:-200}
results=$W/events.results

need node
: >"$results"

one() {
	local said
	said=$(VANGXA=$VANGXA node "$here/events.mjs" "$1") || return 1
	# shellcheck disable=SC2086
	set -- "$1" $said
	[ "$5" = "$6" ] || echo "$1: $5 of $6 events came" >&2
	echo "$*" >>"$results"
}

run_vangxa() { one vangxa; }
run_node() { one node; }

arrived() { # NAME: percent
	awk -v n="$1" '$1 == n {a += $5; b += $6} END {if (b) print 100 * a / b}' "$results"
}

in_turn
echo "An event to each of $CLIENTS pages, ms, medians of $RUNS, $(nproc) cores, $(cpu_name)"
printf '%-10s %8s %8s %8s %10s\n' server median p99 largest arrived
for what in $ONLY; do
	printf '%-10s %8s %8s %8s %9s%%\n' "$what" "$(median_of "$what" 2)" "$(median_of "$what" 3)" \
		"$(median_of "$what" 4)" "$(arrived "$what")"
done
p99=$(median_of vangxa 3)
[ -z "$p99" ] || figure "an event to $CLIENTS pages, 99 %, ms" "<= 50" "$p99" "$(at_most "$p99" 50)" \
	"node $(median_of node 3)"
exit $broken
