#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# suites.sh RUNNER [NAME…]: every unit suite, or those named, in a process of its own, two at a time,
# and the sum of their checks on the last line. Check forks for each test, and what a sanitizer remembers
# of all the suites before makes each fork dearer: one by one they take a quarter of the time.
set -u
runner=${1:?usage: suites.sh RUNNER [NAME…]}
shift
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
export runner logs
names() {
	if [ $# -gt 0 ]; then
		printf '%s\n' "$@"
	else
		find tests/unit -name 'test_*.c' | sed 's|.*/test_||; s|\.c$||' | sort
	fi
}
names "$@" |
	xargs -P 2 -I{} bash -c '"$runner" {} >"$logs/{}" 2>&1 || touch "$logs/{}.failed"'
for failed in "$logs"/*.failed; do
	[ -e "$failed" ] || continue
	printf '== %s\n' "$(basename "${failed%.failed}")"
	tail -n 40 "${failed%.failed}"
done
cat "$logs"/* | awk -F'[ ,:%]+' '
	/^[0-9]+%: Checks: / { checks += $3; failures += $5; errors += $7 }
	END {
		percent = checks == 0 ? 0 : int(100 * (checks - failures - errors) / checks)
		printf "%d%%: Checks: %d, Failures: %d, Errors: %d\n",
			percent, checks, failures, errors
	}'
! ls "$logs"/*.failed >/dev/null 2>&1
