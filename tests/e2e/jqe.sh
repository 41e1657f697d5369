# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by tests that ask jq whether something holds.
# shellcheck shell=bash

# jqe ARG…: jq -e, but no answer is not true: jq 1.6 ends with 0 when there was nothing to read, so that
# a program that failed and said nothing would pass.
jqe() {
	local said status
	said=$(jq -e "$@")
	status=$?
	[ -n "$said" ] || return 4
	printf '%s\n' "$said"
	return $status
}
