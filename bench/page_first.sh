#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The page in a telephone that sees it for the first time, behind 400 kbit/s and 300 ms, with a processor six
# times slower (Chromium's own emulation): when something is painted, and when today's programme can be read,
# at the demonstration station, which has something to say every few minutes.
# Beside it Icecast's status page, which has neither script nor programme. Medians of RUNS (5), in turn.
#   KBIT_S=400 LATENCY_MS=300 SLOWER=6 RUNS=5 bench/page_first.sh
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
. "$here/lib/onair.sh"
RUNS=${RUNS:-5} PORT=${PORT:-18700}
ONLY=${ONLY:-vangxa icecast}
results=$W/page.results

commands_of() { [ "$1" = icecast ] && echo icecast2; }
need node curl chromium
keep_installed
: >"$results"

run_vangxa() { echo "vangxa $(node "$here/page_first.mjs" http://127.0.0.1:$PORT/ '.line')" >>"$results"; }
run_icecast() {
	echo "icecast $(node "$here/page_first.mjs" http://127.0.0.1:$((PORT + 1))/status.xsl h1)" >>"$results"
}

rm -rf "$W/demo"
(cd "$top" && packaging/prepare-var.sh "$VANGXA" "$W/demo") >"$W/prepare.log" 2>&1
start_vangxa $PORT "$W/demo"
[[ $ONLY != *icecast* ]] || start_icecast $((PORT + 1))
for _ in {1..100}; do
	curl -fs -o /dev/null http://127.0.0.1:$PORT/api/status && break
	sleep 0.1
done
in_turn
end_all
echo "A telephone's first look, ${KBIT_S:-400} kbit/s, ${LATENCY_MS:-300} ms, ${SLOWER:-6} times slower," \
	"medians of $RUNS"
printf '%-10s %14s %14s %8s\n' page "first paint ms" "content ms" kB
for what in $ONLY; do
	printf '%-10s %14s %14s %8s\n' "$what" "$(median_of "$what" 2)" "$(median_of "$what" 3)" \
		"$(median_of "$what" 4)"
done
content=$(median_of vangxa 3)
[ -z "$content" ] || figure "first content on a slow telephone, ms" "<= 2000" "$content" \
	"$(at_most "$content" 2000)" "icecast $(median_of icecast 3)"
exit $broken
