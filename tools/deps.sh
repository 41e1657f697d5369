#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# deps.sh LIST…: installs the Debian or Ubuntu packages named in the lists, one a line, "#" starts a
# comment. A name ending in "?" may be unknown to this distribution; then it is left out and said so.
# Repeatable; asks dpkg first, so that nothing is fetched when everything is there.
set -eu

names() {
	sed 's/#.*//' "$@" | awk 'NF { print $1 }'
}

installed() {
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

say() {
	printf 'deps: %s\n' "$*"
}

if ! command -v dpkg-query >/dev/null; then
	say "this is neither Debian nor Ubuntu; install what these files name: $*" >&2
	exit 1
fi

missing=()
for name in $(names "$@"); do
	installed "${name%\?}" || missing+=("$name")
done
if [ ${#missing[@]} -eq 0 ]; then
	say "all packages of $* are installed"
	exit 0
fi

root=()
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null; then
		say "packages are missing and only root may install them (there is no sudo here);" \
			"as root run: apt-get install ${missing[*]//\?/}" >&2
		exit 1
	fi
	root=(sudo)
fi

say "fetching the package lists (apt-get update)"
"${root[@]}" apt-get -qq update
wanted=()
for name in "${missing[@]}"; do
	if [ "${name%\?}" != "$name" ] && ! apt-cache show "${name%\?}" >/dev/null 2>&1; then
		say "this distribution has no package ${name%\?}; going on without it"
	else
		wanted+=("${name%\?}")
	fi
done
[ ${#wanted[@]} -gt 0 ] || exit 0
say "installing: ${wanted[*]}"
"${root[@]}" env DEBIAN_FRONTEND=noninteractive \
	apt-get -qq -y --no-install-recommends install "${wanted[@]}" </dev/null
say "done"
