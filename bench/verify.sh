#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Twenty years of a busy commune, 876,600 entries, verified from the entries; beside it sha256sum over the
# same entries. Then everything that verify looks at, once: the view (made by rebuild), each airing against
# the timetable of then, the hashes of masters. COUNT: how many entries. Targets: 3 s, 64 MiB, 220 MB on the disk.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
ONLY="verify sha256sum"

run_verify() { timed verify "$VANGXA" verify --log-only --data "$dir"; }

run_sha256sum() { timed sha256sum sh -c "xargs gzip -dcf <$dir/bundles | sha256sum"; }

make_log verify
rm -f "$dir/log/reserve" # kept free for a full disk; not the log's own bytes
find "$dir/log/tile/entries" -type f >"$dir/bundles"
in_turn
mb=$(du -s --apparent-size -B 1000000 "$dir/log" | cut -f1)
wall=$(median_of verify 4)
cpu=$(median_of verify 2)
mib=$(median_of verify 3 | awk '{print int($1 / 1024 + 0.5)}')
beside=$(median_of sha256sum 4)
echo "verify --log-only: $wall s, $cpu s of processor, $mib MiB;" \
	"gunzip and sha256sum of the same bytes: $beside s; $mb MB on the disk"
figure "verify --log-only of $COUNT entries, s" "<= 3" "$wall" "$(at_most "$wall" 3)" \
	"gunzip and sha256sum of the same bytes: $beside s"
figure "its memory, MiB" "<= 64" "$mib" "$(at_most "$mib" 64)" "$cpu s of processor"
figure "the log of $COUNT entries, MB" "<= 220" "$mb" "$(at_most "$mb" 220)" "reserve not counted"

timed rebuild "$VANGXA" rebuild --data "$dir" || broken=1
timed whole "$VANGXA" verify --data "$dir" || broken=1
whole=$(median_of whole 4)
mib=$(median_of whole 3 | awk '{print int($1 / 1024 + 0.5)}')
echo "verify of everything: $whole s, $(median_of whole 2) s of processor, $mib MiB; rebuild: $(median_of rebuild 4) s"
figure "verify of everything, $COUNT entries, s" "" "$whole" "-" "rebuild alone: $(median_of rebuild 4) s"
figure "its memory, MiB" "<= 64" "$mib" "$(at_most "$mib" 64)" "$(median_of whole 2) s of processor"
exit $broken
