#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Half a day of the demonstration station as a file, a part of it twice with the same bytes: a line of JSON
# for each airing with its start exactly as planned, sound where something was planned and silence where
# nothing was.
set -u
. tests/e2e/jqe.sh
fail() { echo "test_render: $*" >&2; exit 1; }
V=$VANGXA
export VANGXA_DATA="$SCRATCH/đài"
packaging/prepare-var.sh "$V" "$VANGXA_DATA" >/dev/null || fail "prepare-var: $?"
sed -i 's/^enabled: true/enabled: false/' "$VANGXA_DATA/schedules/trinh-dien.yaml"

day=2026-11-23 # a Monday
render() { "$V" render --from "$1" --to "$2" -o "$3" --as-run "${3%.*}.jsonl"; }
render ${day}T04:00 ${day}T12:00 "$SCRATCH/mot.flac" || fail "render: $?"
[ "$(soxi -s "$SCRATCH/mot.flac")" = $((8 * 3600 * 48000)) ] || fail "not 8 hours: $(soxi "$SCRATCH/mot.flac")"

# The as-run lines.
jqe -s 'length > 0 and all(.[]; .kind == "airing.ended" or .kind == "airing.missed")' \
	"$SCRATCH/mot.jsonl" >/dev/null || fail "as-run: $(head -n 2 "$SCRATCH/mot.jsonl")"
late=$(jq -c 'select(.kind == "airing.ended" and .start != .planned)' "$SCRATCH/mot.jsonl")
[ -z "$late" ] || fail "not exactly as planned: $late"
jqe -s '[.[] | select(.kind == "airing.ended")] | length > 10 and all(.[]; .proof == null and .start_error_ms == 0)' \
	"$SCRATCH/mot.jsonl" >/dev/null || fail "as-run: start_error_ms or proof"
"$V" plan --from $day --json >"$SCRATCH/plan.json" || fail "plan: $?"

# The morning as a WAV, which sox can look into without decoding all before.
from_s=$((4 * 3600 + 55 * 60)) to_s=$((6 * 3600))
render ${day}T04:55 ${day}T06:00 "$SCRATCH/sang.wav" || fail "render the morning: $?"

# No clipping, and the ceiling holds.
peak=$(sox "$SCRATCH/sang.wav" -n stat 2>&1 | awk '/Maximum amplitude/ { print $3 }')
awk "BEGIN { exit !($peak > 0.2 && $peak < 0.892) }" || fail "peak $peak"

# Sound within each airing of the morning, silence where nothing is planned.
loud() { # SECONDS-OF-DAY LENGTH
	sox "$SCRATCH/sang.wav" -n trim $(($1 - from_s)) "$2" stat 2>&1 | awk '/RMS.*amplitude/ { print ($3 > 0.003) }'
}
of_day() { date -d "$1" +%s; }
zero=$(of_day "${day}T00:00:00+07:00")
count=0
while read -r start end; do
	from=$(($(of_day "$start") - zero)) to=$(($(of_day "$end") - zero))
	[ $to -lt $to_s ] || continue
	[ "$(loud $((from + 1)) $((to - from - 2)))" = 1 ] || fail "silence from $start to $end"
	count=$((count + 1))
done < <(jq -r 'select(.kind == "airing.ended") | "\(.start) \(.end)"' "$SCRATCH/mot.jsonl")
[ $count -ge 5 ] || fail "only $count airings in the morning"
for quiet in $from_s $((to_s - 60)); do
	[ "$(loud $quiet 60)" = 0 ] || fail "a sound at second $quiet, where nothing is planned"
done

# A stretch that begins in the middle of an airing is the same as that part of the day.
for file in phan lai; do
	render ${day}T05:30:20 ${day}T05:40 "$SCRATCH/$file.wav" || fail "render a part: $?"
done
cmp "$SCRATCH/phan.wav" "$SCRATCH/lai.wav" || fail "two renders differ"
cmp "$SCRATCH/phan.jsonl" "$SCRATCH/lai.jsonl" || fail "two as-run logs differ"
sox "$SCRATCH/sang.wav" "$SCRATCH/cat.wav" trim $((5 * 3600 + 30 * 60 + 20 - from_s)) 580
cmp <(sox "$SCRATCH/phan.wav" -t raw -) <(sox "$SCRATCH/cat.wav" -t raw -) || fail "a part differs from the whole"

# Wrong words.
for words in "" "--from x --to y -o a.wav" "--from $day --to $day -o a.wav" "--from $day --to 2026-11-24" \
	"--from $day --to 2026-11-24 -o a.xyz" "--from $day --to 2027-11-24 -o a.wav"; do
	# shellcheck disable=SC2086 # words
	(cd "$SCRATCH" && "$V" render $words 2>err && exit 1
	[ "$(grep -c '^vangxa: ' err)" -eq 1 ] && [ ! -e a.wav ] && [ ! -e a.xyz ]) ||
		fail "render $words: $(cat "$SCRATCH/err")"
done
"$V" render --from $day --to 2026-11-24 -o "$SCRATCH/x.wav" --zone khong-co 2>/dev/null && fail "no such zone"
echo "$count airings in the file, each where it was planned; peak $peak"
