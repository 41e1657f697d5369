#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Accounts by the command line: with and without a running station, by pipe, and what is refused.
set -u
. tests/e2e/station.sh
port=$(free_port)

says() { "$V" "$@" >"$SCRATCH/out" 2>"$SCRATCH/err"; }
add() { says user add "$1" --role "$2" --person "$3" <<<"$4"; }
has() { "$V" user list --json | jqe "any(.[]; .name == \"$1\" and $2)"; }

make_dir
"$V" user list --json | jqe '. == []' || fail "a new station has accounts"
[ ! -e "$DIR/people/users.sqlite" ] || fail "looking made the file"
add lan admin 'Nguyễn Thị Lan' 'loa xóm tôi hay rè' || fail "add: $(cat "$SCRATCH/err")"
[ "$(stat -c %a "$DIR/people/users.sqlite")" = 600 ] ||
	fail "the file is for all: $(stat -c %a "$DIR/people/users.sqlite")"
add lan operator 'Ai đó' 'loa xóm tôi hay rè' && fail "the name was taken twice"
add minh operator 'Minh' 12345678 && fail "a password that everybody tries"
add minh operator 'Minh' '' && fail "an empty password"
add minh king 'Minh' 'loa xóm tôi hay rè' && fail "a role that is none"
says user add minh <<<'loa xóm tôi hay rè' && fail "no role"
says user frobnicate minh && fail "a verb that is none"
start_run "$port"
add minh operator 'Minh' 'chim sẻ đậu cành đa' || fail "add with a station: $(cat "$SCRATCH/err")"
says user passwd minh <<<'một câu ngắn khác' || fail "passwd: $(cat "$SCRATCH/err")"
says user disable minh || fail "disable: $(cat "$SCRATCH/err")"
has minh '.enabled == false and .user == "user:2"' || fail "not disabled: $("$V" user list)"
says user enable minh || fail "enable: $(cat "$SCRATCH/err")"
has minh .enabled || fail "not enabled: $("$V" user list)"
says user disable 'khong-co' && fail "an account that is none"
grep -q 'vangxa user list' "$SCRATCH/err" || fail "unclear: $(cat "$SCRATCH/err")"
says log --events
grep -q 'tài khoản user:2 (operator) bị khóa' "$SCRATCH/out" || fail "the log does not tell: $(cat "$SCRATCH/out")"
stop_run || fail "the station ended with $?"
! grep -rq -e 'Nguyễn Thị Lan' -e 'loa xóm' "$DIR/log" "$SCRATCH/run.log" || fail "a name or password went into the log"
! grep -aq -e 'loa xóm' -e 'chim sẻ' "$DIR"/people/users.sqlite* || fail "a password stands in the file"
