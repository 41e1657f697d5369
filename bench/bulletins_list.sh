#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The list of COUNT (5000) bulletins, half of them approved, 50 that may still air: what the station takes to
# answer the page (list, search, further down, one bulletin, the page's start), and the bytes on the wire.
# Medians of RUNS (9).
#   COUNT=5000 RUNS=9 bench/bulletins_list.sh
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
RUNS=${RUNS:-9} COUNT=${COUNT:-5000}
need curl
. "$top/tests/e2e/free_port.sh"
program=$(build_program bulletins_list)
dir=$W/bulletins port=$(free_port)
pid=
trap '[ -z "$pid" ] || { kill "$pid" && wait "$pid"; } 2>/dev/null || true' EXIT

rm -rf "$dir"
"$top/packaging/prepare-var.sh" "$VANGXA" "$dir" >"$W/bulletins.log" 2>&1
"$program" "$dir" "$COUNT"
"$VANGXA" run --data "$dir" --listen "127.0.0.1:$port" >>"$W/bulletins.log" 2>&1 &
pid=$!
for _ in {1..200}; do
	curl -fs "http://127.0.0.1:$port/api/status" >/dev/null && break
	sleep 0.1
done

# NAME ADDRESS: sets ms and bytes of the middle one of RUNS.
ask() {
	local said
	said=$(for ((i = 0; i < RUNS; i++)); do
		curl -fs -o /dev/null --compressed -w '%{time_total} %{size_download}\n' \
			"http://127.0.0.1:$port$2"
	done | sort -n | sed -n "$(((RUNS + 1) / 2))p")
	ms=$(awk '{printf "%.1f", $1 * 1000}' <<<"$said") bytes=${said#* }
	printf '%-34s %8s ms %9s bytes\n' "$1" "$ms" "$bytes"
}

# One that may still air: ids are numbers of entries, and not every entry is a bulletin.
one=$(curl -fs "http://127.0.0.1:$port/api/bulletins?limit=1&before=B60" | grep -o '"id":"B[0-9]*"' | grep -o 'B[0-9]*')
echo "$COUNT bulletins, medians of $RUNS, $(nproc) cores, $(cpu_name)"
worst=0
for what in "list|/api/bulletins?limit=50" "further down|/api/bulletins?limit=50&before=B2500" \
	"search|/api/bulletins?limit=50&find=tiem%20chung" \
	"search, nothing found|/api/bulletins?limit=50&find=xyz" \
	"waiting|/api/bulletins?limit=50&state=waiting" "one|/api/bulletins/$one" \
	"its past|/api/bulletins/$one/past" "its outlook|/api/bulletins/$one/outlook" \
	"the page's start|/api/start" "all of them|/api/bulletins"; do
	ask "${what%%|*}" "${what#*|}"
	case $what in all*) continue ;; esac
	worst=$(awk -v a="$worst" -v b="$ms" 'BEGIN {print (a > b) ? a : b}')
done
figure "what a page asks of $COUNT bulletins, slowest, ms" "<= 200" "$worst" "$(at_most "$worst" 200)" \
	"all at once: $ms"
exit $broken
