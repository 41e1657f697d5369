#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows that tools/tidy.sh can fail: a clean tree must pass in silence, and each bad file put into it
# must bring exactly the complaint meant for it. Offending words are put together here from halves, so
# that this file does not offend by itself. Silent when all is well, as tidy itself.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
spdx='/* SPDX-License-Identifier: GPL-3.0-or-later */'
failed=0

# put FILE LINE…: a file of the tree.
put() {
	mkdir -p "$tree/$(dirname "$1")"
	printf '%s\n' "${@:2}" >"$tree/$1"
}

header() {
	put "$1" "$spdx" "#ifndef $2" "#define $2" "${@:3}" '#endif'
}

clean_tree() {
	rm -rf "${tree:?}"/*
	header src/base/good.h VX_BASE_GOOD_H 'int good(void);'
	put src/base/good.c "$spdx" '#include "base/good.h"' '' 'int good(void)' '{' '	return 1;' '}'
	put tests/unit/test_good.c "$spdx" '#include "base/good.h"' 'int test_good(void);'
}

# expect WHAT: tidy ends with 1 and says it.
expect() {
	local said
	if said=$("$top/tools/tidy.sh" "$tree") || ! grep -qE -- "$1" <<<"$said"; then
		echo "tests/tidy/run.sh:1: tidy did not say: $1"
		printf '%s\n' "$said" | sed 's/^/    it said: /'
		failed=1
	fi
	clean_tree
}

# body LINE…: a function with these lines in src/sys, which may do nearly everything.
body() {
	put src/sys/bad.c "$spdx" 'void bad(void);' 'void bad(void)' '{' "${@}" '}'
	put tests/unit/test_bad.c "$spdx"
}

clean_tree
if ! said=$("$top/tools/tidy.sh" "$tree") || [ -n "$said" ]; then
	echo "tests/tidy/run.sh:1: tidy complains about a clean tree: $said"
	failed=1
fi

put src/base/good.c '#include "base/good.h"'
expect 'good.c:1: first line is not'

put src/base/good.c "$spdx" '#include "sys/clock.h"' '#include "base/good.h"'
expect 'good.c:2: src/base may not include sys/clock.h'

put src/plan/up.c "$spdx" '#include "mix/mixer.h"'
expect 'up.c:2: src/plan may not include mix/mixer.h'

put src/report/up.c "$spdx" '#include "proof/ledger.h"'
expect 'up.c:2: src/report may not include proof/ledger.h'

put src/web/up.c "$spdx" '#include "station/air.h"'
expect 'up.c:2: src/web may not include station/air.h'

put src/magic/wand.c "$spdx"
expect 'wand.c:1: no such layer'

put src/base/good.c "$spdx" '#include "good.h"'
expect 'good.c:2: include "good.h" is not of the form'

put src/base/good.c "$spdx" '#include "base/good.h"' '#include <time.h>'
expect 'good.c:3: base is pure'

put src/base/good.c "$spdx" '#include "base/good.h"' 'int good(void)' '{' '	return fopen("a", "r");' '}'
expect 'good.c:5: fopen\(\) in src/base'

for call in 'strc''py(a, b)' 'spri''ntf(a, b)' 'str''tok(a, b)' 'ato''i(a)' 'syst''em(a)' 'po''pen(a, b)' \
	'local''time(a)' 'ra''nd()' 'all''oca(9)' 'set''jmp(a)' 'sig''nal(1, a)' \
	'ge''ts(a)' 'stdlib_''x, as''sert(a)'; do
	body "	$call;"
	name=${call%%(*}
	expect "bad.c:5: ${name##* }\(\) is banned; use "
done

# In comments and strings, and as a member, the same words are fine.
body "	/* never strc""py(a, b) */" '	puts("ato''i(x)");' \
	'	d->ops->sig''nal(1);' '	my_ato''i(1);'
if "$top/tools/tidy.sh" "$tree" | grep -q banned; then
	echo "tests/tidy/run.sh:1: tidy bans a word in a comment, a string or a member"
	failed=1
fi
clean_tree

put tests/unit/test_good.c "$spdx" '#include "base/good.h"' 'void f(void)' '{' '	uslee''p(1);' '}'
expect 'test_good.c:5: uslee''p\(\) in a test'

body "	/* $(printf 'é%.0s' {1..93}) */"
expect 'bad.c:5: more than 100 columns \(107\)'

body '	int a;  '
expect 'bad.c:5: white space at the end'

body "	/* TO""DO: later */"
expect 'bad.c:5: a note to do something later'

# shellcheck disable=SC2046 # seventy-one lines as words
body $(printf 'a(); %.0s' {1..71})
expect 'bad.c:76: function of 72 lines'

# shellcheck disable=SC2046
put tests/unit/test_good.c "$spdx" '#include "base/good.h"' $(printf 'a; %.0s' {1..500})
expect 'test_good.c:501: more than 500 lines'

put src/base/good.c "$spdx" '#include "base/good.h"' 'typedef str''uct good good_t;'
expect "good.c:3: typedef'd struct"

header src/base/good.h VX_GOOD_H 'int good(void);'
expect 'good.h:1: include guard is not VX_BASE_GOOD_H'

header src/base/good.h VX_BASE_GOOD_H 'struct date good(void);' 'int32_t other;'
expect 'good.h:1: does not compile alone'

# An object shows that a header stands alone, but neither an old one nor that of a source with more before it.
header src/base/good.h VX_BASE_GOOD_H 'int32_t other;'
put build/plain/obj/base/good.o
touch -d '1 hour ago' "$tree/build/plain/obj/base/good.o"
expect 'good.h:1: does not compile alone'

header src/base/good.h VX_BASE_GOOD_H 'int32_t other;'
put src/base/good.c "$spdx" '#include <stdint.h>' '#include "base/good.h"' '' 'int32_t other;'
put build/plain/obj/base/good.o
touch -d '1 hour' "$tree/build/plain/obj/base/good.o"
expect 'good.h:1: does not compile alone'

rm "$tree/tests/unit/test_good.c"
expect 'good.c:1: has no tests/unit/test_good.c'

put src/sys/good.c "$spdx"
expect 'good.c:1: two sources of one name'

header src/base/lonely.h VX_BASE_LONELY_H
expect 'lonely.h:1: nobody includes it'

put tools/lonely.sh '#!/bin/bash' '# SPDX-License-Identifier: GPL-3.0-or-later'
expect 'lonely.sh:1: nothing in the project names it'

put tools/good.sh '#!/bin/bash'
expect 'good.sh:1: no SPDX line'

put docs/security.md 'README: security.md' '| 1.2.1 | x | y | `unit good/no_such` |'
expect 'security.md:2: no such test: unit good/no_such'

put docs/security.md '| 1.2.1 | x | y | z |'
expect 'security.md:1: item 15.3.1 does not stand in it once'

exit $failed
