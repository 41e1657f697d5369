#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tidy.sh [TREE]: layers, sizes, banned calls and the rest of HACKING.md that a script can see. Says
# nothing when all is well; else file:line: what, and ends with status 1. `make tidy` runs it,
# tests/tidy/run.sh shows that each rule can fail.
set -u
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-.}" || exit 2
cache=build/tidy
mkdir -p $cache

# Source files without a unit test of their own, and why.
untested() {
	case $1 in
	src/main.c | src/main_*.c) return 0 ;; # two lines; e2e goes through them
	src/web/capin.c) return 0 ;;	# hands a body on: e2e test_cap
	src/cli/cmd_*.c) return 0 ;;	# thin: arguments in, text out; tests/e2e runs the real commands
	# Wiring of real devices, encoder and socket: tests/e2e test_orders, test_refusals, test_web_killed.
	src/station/station.c | src/station/air_live.c | src/station/events.c | src/station/status.c | \
		src/station/commands_air.c) return 0 ;;
	# A microphone, and the process that listens with it: e2e test_listened.
	src/mix/ear_child.c | src/mix/ears.c) return 0 ;;
	src/mix/line_child.c) return 0 ;; # PortAudio around line_tap.c
	src/cli/remote*.c) return 0 ;;	# station or folder, whoever answers; e2e test_add asks both
	*) return 1 ;;
	esac
}

# All files of the project, whether they are committed yet or not; without git (a tarball), all there are.
files() {
	git ls-files --cached --others --exclude-standard 2>/dev/null | while read -r f; do
		[ ! -e "$f" ] || printf '%s\n' "$f"
	done | sort -u
}
all=$(files)
[ -n "$all" ] || all=$(find . -type f -not -path './build/*' -not -path './var/*' \
	-not -path '*/node_modules/*' -not -path './.git/*' | sed 's|^\./||' | sort)

matching() {
	printf '%s\n' "$all" | grep -E "$1"
}

lines_of_c() {
	matching '^(src|tests|bench)/.*\.[ch]$' | xargs -r awk -f "$here/tidy.awk"
}

spdx_of_scripts() {
	matching '(\.sh|\.awk|\.ya?ml|\.m?js|(^|/)Makefile|^\.ci/run)$' | grep -vE '^(web/dist|tests/fuzz)/' |
		while read -r f; do
			head -n 2 "$f" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' ||
				echo "$f:1: no SPDX line in the first two lines"
		done
}

# C has its own count in tidy.awk, where tabs are eight columns wide.
shape_of_scripts() {
	# shellcheck disable=SC2016 # awk's own $
	matching '(\.sh|\.awk|\.m?js|(^|/)Makefile|^\.ci/run)$' | grep -v '^web/dist/' |
		xargs -r awk '
		/[ \t]$/ { print FILENAME ":" FNR ": white space at the end of the line" }
		{ line = $0; gsub(/[\200-\277]/, "", line); gsub(/\t/, "        ", line) }
		length(line) > 120 && FILENAME !~ /js$/ { print FILENAME ":" FNR ": more than 120 columns" }
		FNR == 501 { print FILENAME ":501: more than 500 lines; split the file" }'
	matching '\.(md|ya?ml|txt|1|service)$' | grep -v '^web/dist/' | xargs -r grep -nE '[ 	]$' |
		sed -E 's/^([^:]*:[0-9]+):.*/\1: white space at the end of the line/'
	matching '^tests/.*\.m?js$' | xargs -r grep -nH 'waitForTime''out' |
		sed -E 's/^([^:]*:[0-9]+):.*/\1: a test waits by the clock; wait for a condition/'
}

every_source_has_a_test() {
	matching '^src/.*\.c$' | while read -r f; do
		name=$(basename "$f" .c)
		untested "$f" || [ -f "tests/unit/test_$name.c" ] ||
			echo "$f:1: has no tests/unit/test_$name.c"
	done
	matching '^src/.*\.c$' | sed 's|.*/||' | sort | uniq -d | while read -r name; do
		echo "src/*/$name:1: two sources of one name would share one test"
	done
}

# One header by itself; a stamp newer than every header says that it was done.
header_stands_alone() {
	local h=$1 stamp=$cache/$1.ok
	mkdir -p "$(dirname "$stamp")"
	# shellcheck disable=SC2086 # flags are words
	if printf '#include "%s"\n' "${h#src/}" |
		${CC:-cc} -std=c11 -D_GNU_SOURCE -Isrc $header_flags -Wall -Wextra -Werror -fsyntax-only \
			-x c - 2>"$stamp.text"; then
		touch "$stamp"
	else
		echo "$h:1: does not compile alone: $(grep -m 1 error "$stamp.text")"
	fi
}

# Headers that no compiler has seen alone since any header changed. A source that includes its own header before all
# else shows the same once it has become an object: to look once more cost a fresh checkout's tidy half its time.
headers_not_seen_alone() {
	local h source object
	while read -r h; do
		source=${h%.h}.c object=build/plain/obj/${h#src/}
		object=${object%.h}.o
		if [ "$cache/$h.ok" -nt "$newest_header" ]; then
			continue
		elif [ -e "$source" ] && [ "$object" -nt "$newest_header" ] && [ "$object" -nt "$source" ] &&
			includes_first "$source" "${h#src/}"; then
			continue
		fi
		printf '%s\n' "$h"
	done
}

# includes_first SOURCE HEADER: nothing stands before it but comments.
includes_first() {
	local line
	while IFS= read -r line; do
		case $line in
		"#include \"$2\"") return 0 ;;
		'#'* | *';'*) return 1 ;;
		esac
	done <"$1"
	return 1
}

headers_stand_alone() {
	header_flags=$(pkg-config --cflags sndfile libmicrohttpd jansson libical 2>/dev/null)
	newest_header=$(matching '^src/.*\.h$' | xargs -r ls -t 2>/dev/null | head -n 1)
	export cache header_flags newest_header
	export -f header_stands_alone
	matching '^src/.*\.h$' | headers_not_seen_alone |
		xargs -r -P "$(nproc)" -I '{}' bash -c 'header_stands_alone "$1"' header_stands_alone '{}'
}

# Nothing lies about: each header is included, and each script, sound, seed and page named, somewhere. All
# lines are gathered once, each behind its file's name: a search of every file for every name took most of the time.
nothing_is_unreferenced() {
	local lines f name
	matching '^src/.*\.h$' | sed 's|^src/||' | sort >"$cache/headers"
	matching '^(src|tests|bench)/.*\.[ch]$' | xargs -r grep -hoE '^#include "[^"]+"' |
		cut -d '"' -f 2 | sort -u | comm -23 "$cache/headers" - | sed 's|.*|src/&:1: nobody includes it|'
	lines=$cache/lines
	printf '%s\n' "$all" | grep -vE '\.(flac|mp3|png|jpg|ico|woff2)$' | tr '\n' '\0' |
		xargs -0 grep -HIF '' 2>/dev/null >"$lines"
	matching '^(tools|packaging|audio|seeds|docs|bench|tests/support)/' |
		grep -vE '(README\.md|\.c)$' | while read -r f; do
		name=$(basename "$f")
		grep -F -- "${name%.*}" "$lines" | grep -v "^$f:" | cut -d : -f 2- | grep -qF -- "${name%.*}" ||
			echo "$f:1: nothing in the project names it"
	done
}

# docs/security.md answers every item of OWASP ASVS 5.0.0, level 1, and names tests that are there:
# `unit NAME/test`, `e2e NAME/what it is called`, `fuzz NAME`.
asvs_level_1='1.2.1-5 1.3.1-2 1.5.1 2.1.1 2.2.1-2 2.3.1 3.2.1-2 3.3.1 3.4.1-2 3.5.1-3 4.1.1 4.4.1 5.2.1-2 5.3.1-2
	6.1.1 6.2.1-8 6.3.1-2 6.4.1-2 7.2.1-4 7.4.1-2 8.1.1 8.2.1-2 8.3.1 9.1.1-3 9.2.1 10.4.1-5 11.3.1-2 11.4.1
	12.1.1 12.2.1-2 13.4.1 14.2.1 14.3.1 15.1.1 15.2.1 15.3.1'

security_names_what_is_there() {
	local doc=docs/security.md items n
	[ -e $doc ] || return 0
	for items in $asvs_level_1; do
		for n in $(seq "$(sed 's/.*\.//; s/-.*//' <<<"$items")" "${items##*[.-]}"); do
			[ "$(grep -cF "| ${items%.*}.$n | " $doc)" -eq 1 ] ||
				echo "$doc:1: item ${items%.*}.$n does not stand in it once"
		done
	done
	tests_named_are_there $doc
}

# docs/duties.md names them in the same way.
tests_named_are_there() {
	local doc=$1 at kind name case
	[ -e "$doc" ] || return 0
	grep -noE '`(unit|e2e|fuzz) [^`]+`' "$doc" | while IFS=: read -r at name; do
		name=${name//\`/}
		kind=${name%% *} name=${name#* } case=
		case $name in */*) case=${name#*/} name=${name%%/*} ;; esac
		case $kind in
		unit) grep -qsF "START_TEST($case${case:+)}" "tests/unit/test_$name.c" ;;
		e2e) grep -qshF -- "$case" "tests/e2e/test_$name".{sh,mjs} "tests/e2e/${name}_"*.mjs ;;
		fuzz) [ -e "tests/fuzz/fuzz_$name.c" ] && [ -d "tests/fuzz/$name" ] ;;
		esac || echo "$doc:$at: no such test: $kind $name${case:+/$case}"
	done
}

report=$(
	lines_of_c
	spdx_of_scripts
	shape_of_scripts
	every_source_has_a_test
	headers_stand_alone
	nothing_is_unreferenced
	security_names_what_is_there
	tests_named_are_there docs/duties.md
)
[ -n "$report" ] || exit 0
printf '%s\n' "$report"
exit 1
