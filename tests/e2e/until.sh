# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by tests that wait. A machine that also builds and checks needs several times what an idle one
# needs: the seconds are those of an idle one.
# shellcheck shell=bash

# until_true SECONDS COMMAND…: waits for the condition, not for the clock.
until_true() {
	local n=$(($1 * 80))
	shift
	while ! "$@" >/dev/null 2>&1; do
		[ $((n--)) -gt 0 ] || return 1
		sleep 0.05
	done
}
