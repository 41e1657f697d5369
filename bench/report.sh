#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Tables over a month and a year in the middle of twenty years of a busy commune (876,600 entries, 59 airings
# a day): `vangxa report`, the start of the program included. COUNT: how many entries. Its rows are
# read from the log (proof/afresh.h). Targets: 100 ms, 500 ms.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
ONLY="A.month B.month A.year B.year html.year"

run_A.month() { timed A.month "$VANGXA" report A --data "$dir" --period 2036-11 -o "$dir/out"; }
run_B.month() { timed B.month "$VANGXA" report B --data "$dir" --period 2036-11 -o "$dir/out"; }
run_A.year() { timed A.year "$VANGXA" report A --data "$dir" --period 2036 -o "$dir/out"; }
run_B.year() { timed B.year "$VANGXA" report B --data "$dir" --period 2036 -o "$dir/out"; }
run_html.year() { timed html.year "$VANGXA" report A --data "$dir" --period 2036 --format html -o "$dir/out"; }

make_log report
"$VANGXA" rebuild --data "$dir"
in_turn
for table in A B; do
	for of in month:0.1 year:0.5; do
		name=$table.${of%:*} target=${of#*:}
		s=$(median_of "$name" 4)
		mib=$(median_of "$name" 3 | awk '{print int($1 / 1024 + 0.5)}')
		figure "table $table of a ${of%:*} of $COUNT entries, s" "<= $target" "$s" "$(at_most "$s" "$target")" \
			"$(median_of "$name" 2) s of processor, $mib MiB"
		echo "table $table of a ${of%:*}: $s s, $(median_of "$name" 2) s of processor, $mib MiB"
	done
done
echo "table A of a year as HTML: $(median_of html.year 4) s, $(median_of html.year 2) s of processor"
exit $broken
