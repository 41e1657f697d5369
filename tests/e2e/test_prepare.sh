#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# packaging/prepare-var.sh fills an empty folder, adds the samples once, and never touches what is there.
# A stand-in for the program notes what it was asked, so that this test is about the script alone.
set -u
fail() { echo "$*"; exit 1; }
cat >"$SCRATCH/vangxa" <<'END'
#!/bin/bash
echo "$*" >>"$(dirname "$0")/asked"
[ "$1" != add ] || echo "{\"id\": \"B$(wc -l <"$(dirname "$0")/asked")\"}"
END
chmod +x "$SCRATCH/vangxa"
dir="$SCRATCH/một đài"

packaging/prepare-var.sh "$SCRATCH/vangxa" "$dir" >"$SCRATCH/said" || fail "first time: status $?"
for f in station.yaml schedules/hang-ngay.yaml schedules/trinh-dien.yaml audio/nhac-hieu.flac \
	audio/demo/thu-nghiem.flac seeds/tieng.yaml; do
	[ -s "$dir/$f" ] || fail "$f is missing"
done
grep -qF "vangxa run --data $dir" "$SCRATCH/said" || fail "not told how it starts"
! grep -q 'http://' "$SCRATCH/said" || fail "an address is printed that nobody knows yet"
added=$(grep -c '^add ' "$SCRATCH/asked")
approved=$(grep -c '^approve B' "$SCRATCH/asked")
samples=$(ls audio/ban-tin/*.flac | wc -l)
[ "$added" -eq "$samples" ] && [ "$approved" -eq "$samples" ] ||
	fail "$samples samples, $added added, $approved approved"

echo "station: của tôi" >"$dir/station.yaml"
rm "$dir/schedules/trinh-dien.yaml"
packaging/prepare-var.sh "$SCRATCH/vangxa" "$dir" >/dev/null || fail "second time: status $?"
[ "$(cat "$dir/station.yaml")" = "station: của tôi" ] || fail "station.yaml was overwritten"
[ ! -e "$dir/schedules/trinh-dien.yaml" ] || fail "a timetable that was deleted came back"
[ "$(grep -c '^add ' "$SCRATCH/asked")" -eq "$added" ] || fail "samples were added twice"

# A program that refuses leaves a station that can start, and says so.
printf '#!/bin/bash\necho "vangxa: no" >&2\nexit 1\n' >"$SCRATCH/vangxa"
packaging/prepare-var.sh "$SCRATCH/vangxa" "$SCRATCH/other" >/dev/null 2>"$SCRATCH/err" ||
	fail "refusing program: status $?"
grep -q 'no' "$SCRATCH/err" || fail "the refusal was not shown"
[ -s "$SCRATCH/other/station.yaml" ] || fail "no station.yaml after a refusal"
