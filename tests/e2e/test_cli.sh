#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The command line as a stranger meets it: wrong words end with 2, one sentence on stderr, in the language
# asked for, and nothing on stdout.
set -u
fail() { echo "$*"; exit 1; }

said=$("$VANGXA" phat-song 2>"$SCRATCH/err"); status=$?
[ $status -eq 2 ] || fail "unknown command: status $status"
[ -z "$said" ] || fail "unknown command: said something on stdout: $said"
grep -q '^vangxa: ' "$SCRATCH/err" || fail "unknown command: no sentence on stderr"

"$VANGXA" 2>"$SCRATCH/err" >/dev/null; status=$?
[ $status -eq 2 ] || fail "no command: status $status"

VANGXA_LANG=en "$VANGXA" phat-song 2>"$SCRATCH/en"
"$VANGXA" phat-song 2>"$SCRATCH/vi"
! cmp -s "$SCRATCH/en" "$SCRATCH/vi" || fail "English and Vietnamese are the same"
grep -q 'không' "$SCRATCH/vi" || fail "not Vietnamese by default"

# A proof is made before the station's libraries would have been loaded: vangxa itself has none of them.
! ldd "$VANGXA" | grep -E 'portaudio|microhttpd|archive|ical|sndfile' || fail "vangxa loads what the station needs"

# Whoever raises the alarm where no station runs hears so after one wait, though another program takes over.
mkdir -p "$SCRATCH/no-station"
"$VANGXA" emergency --data "$SCRATCH/no-station" --by A --reason B 2>"$SCRATCH/err" && fail "an alarm without a station"
[ "$(grep -c 'đang khởi động: đợi' "$SCRATCH/err")" = 1 ] || fail "not one wait: $(cat "$SCRATCH/err")"
grep -q 'loa KHÔNG phát gì: đài chưa chạy' "$SCRATCH/err" || fail "an alarm without a station: $(cat "$SCRATCH/err")"
