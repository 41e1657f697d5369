# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by tests that wait. A machine that also builds and checks needs several times what an idle one
# needs: the seconds are those of an idle one. A condition is most often two programs started anew (`vangxa
# status`, jq): asked twenty times a second, asking took more of the machine than what it waited for.
# shellcheck shell=bash

# until_true SECONDS COMMAND…: waits for the condition, not for the clock.
until_true() {
	local n=$(($1 * 20))
	shift
	while ! "$@" >/dev/null 2>&1; do
		[ $((n--)) -gt 0 ] || return 1
		sleep 0.2
	done
}
