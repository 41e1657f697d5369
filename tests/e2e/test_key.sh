#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The log's key is rotated while the station is on air: the log goes on under the next name, both name each
# other, and what aired before is proven by the old key still, to our verifier, the page's and the pack's own.
set -u
SLOT_S=4
. tests/e2e/station.sh
port=$(free_port)
make_dir
start_run "$port"

# The newest airing that has ended, not this one.
ended() { "$V" log --json | jqe -rs "[.[] | select(.result == \"full\" and .id != \"$1\")][-1].id // empty"; }
another() { [ -n "$(ended "$1")" ]; }
until_true 60 another none || fail "nothing has aired: $("$V" log)"
old=$(ended none)
cp "$DIR/log/vkey" "$SCRATCH/old.vkey"
secret=$(sha256sum <"$DIR/key")

"$V" key rotate 2>/dev/null && fail "a rotation without a reason"
"$V" key rotate --reason 'định kỳ' --json >"$SCRATCH/out" || fail "key rotate: $(cat "$SCRATCH/out")"
jqe ".previous == \"$(cat "$SCRATCH/old.vkey")\" and (.vkey | startswith(\"vangxa/dai-thu/2+\"))" \
	"$SCRATCH/out" >/dev/null ||
	fail "the answer: $(cat "$SCRATCH/out")"
cp "$DIR/log-2/vkey" "$SCRATCH/new.vkey"
[ "$(jq -r .vkey "$SCRATCH/out")" = "$(cat "$SCRATCH/new.vkey")" ] || fail "another key than was told"
[ "$(sha256sum <"$DIR/key")" != "$secret" ] || fail "the secret is the old one"
frozen=$(sha256sum "$DIR/log/checkpoint")
status '.log.number == 2 and .on_air != null' >/dev/null || fail "status: $("$V" status --json | jq -c .log)"
status '[.banners[].said.code] | index("log-continued") == null' >/dev/null || fail "a rotation is no cause for worry"

begun=$(ended none)
until_true 60 another "$begun" || fail "nothing airs under the new key: $("$V" log)"
new=$(ended "$begun")
"$V" log --events --json | jqe -s "[.[] | select(.kind == \"key.rotated\" or .kind == \"log.continued\")] |
	length == 2 and
	(.[0].next_vkey == \"$(cat "$SCRATCH/new.vkey")\") and (.[0].reason == \"định kỳ\") and (.[1].n > .[0].n) and
	(.[1].why == \"rotated\") and (.[1].previous.vkey == \"$(cat "$SCRATCH/old.vkey")\")" >/dev/null ||
	fail "the entries: $("$V" log --events | tail)"

# What is printed names the log it was made from.
"$V" log --csv | tail -n 1 | grep -q ",vangxa/dai-thu/2,[1-9][0-9]*,[\"'A-Za-z0-9+/]*=\"*.\$" ||
	fail "the sheet: $("$V" log --csv | tail -n 1)"
"$V" log | tail -n 1 | grep -q '^Sổ nhật ký vangxa/dai-thu/2: [1-9][0-9]* mục đã ký, mã gốc ' ||
	fail "the list: $("$V" log | tail -n 1)"

# proves AIRING KEY OTHER: by its own log's key, and by no other; to us, and as the page does it.
page() { # AIRING: what the page fetches
	curl -fsS "http://127.0.0.1:$port/api/airings/$1/proof"
}
proves() {
	"$V" prove "$1" -o "$SCRATCH/$1" >/dev/null || fail "$1 has no proof"
	"$V" verify "$SCRATCH/$1" --key "$(cat "$2")" --json | jqe '.ok and .key_known' >/dev/null ||
		fail "$1 is not proven"
	"$V" verify "$SCRATCH/$1" --key "$(cat "$3")" --json 2>/dev/null | jqe '.key_known' >/dev/null &&
		fail "$1 is proven by another log's key"
	page "$1" >"$SCRATCH/page.proof" && node tests/e2e/test_verify_page.mjs "$SCRATCH/page.proof" "$2" "$1" \
		>"$SCRATCH/out" || fail "the page, $1: $(cat "$SCRATCH/out")"
	node tests/e2e/test_verify_page.mjs "$SCRATCH/page.proof" "$3" "$1" >/dev/null &&
		fail "the page takes another log's key for $1"
}
proves "$old" "$SCRATCH/old.vkey" "$SCRATCH/new.vkey"
proves "$new" "$SCRATCH/new.vkey" "$SCRATCH/old.vkey"
for log in log log-2; do
	# The web process may read only logs that were there when it began: for a new one it begins anew.
	curl -sS --retry 20 --retry-all-errors -o "$SCRATCH/vkey" "http://127.0.0.1:$port/$log/vkey"
	cmp "$SCRATCH/vkey" "$DIR/$log/vkey" || fail "nobody is given the key of $log: $(cat "$SCRATCH/vkey")"
done

# A pack holds both, and is checked by either key and by a program that is not ours.
"$V" pack --from 2020-01-01 --to 2030-12-31 -o "$SCRATCH/p.zip" >"$SCRATCH/out" || fail "no pack"
grep -qF "$SCRATCH/p.zip" "$SCRATCH/out" && [ "$(wc -l <"$SCRATCH/out")" = 1 ] || fail "it says: $(cat "$SCRATCH/out")"
"$V" pack --from 2020-01-01 --to 2020-01-02 -o "$SCRATCH/empty.zip" >"$SCRATCH/out" || fail "no pack of nothing"
grep -q 'LƯU Ý' "$SCRATCH/out" || fail "nothing is told of an empty period: $(cat "$SCRATCH/out")"
for key in old new; do
	"$V" verify "$SCRATCH/p.zip" --key "$(cat "$SCRATCH/$key.vkey")" --json >"$SCRATCH/out" ||
		fail "the pack, $key key: $(cat "$SCRATCH/out")"
	"$V" verify "$SCRATCH/p.zip" --key "$SCRATCH/$key.vkey" >"$SCRATCH/out" ||
		fail "the pack, the file of the $key key: $(cat "$SCRATCH/out")"
done
python3 -m zipfile -e "$SCRATCH/p.zip" "$SCRATCH/u" || fail "the pack does not open"
[ -e "$SCRATCH/u/log/checkpoint" ] && [ -e "$SCRATCH/u/log-2/checkpoint" ] ||
	fail "the pack lacks a log: $(ls "$SCRATCH/u")"
python3 "$SCRATCH/u/verify.py" "$SCRATCH/u" "$(cat "$SCRATCH/old.vkey")" >"$SCRATCH/out" 2>&1 ||
	fail "the pack's own verifier: $(cat "$SCRATCH/out")"

# The page hands out the same, and Go's own note and tlog believe it; a changed byte they do not.
curl -fsS "http://127.0.0.1:$port/api/pack?from=2020-01-01&to=2030-12-31" -o "$SCRATCH/page.zip" ||
	fail "no pack of the page"
"$V" verify "$SCRATCH/page.zip" --key "$SCRATCH/old.vkey" >"$SCRATCH/out" ||
	fail "the page's pack: $(cat "$SCRATCH/out")"
python3 -m zipfile -e "$SCRATCH/page.zip" "$SCRATCH/page" || fail "the page's pack does not open"
GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS='' GOPROXY=off CGO_ENABLED=0 GOCACHE=$(dirname "$V")/tests/go \
	go build -o "$SCRATCH/go" tests/verifiers/*.go || fail "go build"
"$SCRATCH/go" "$(cat "$SCRATCH/old.vkey")" "$SCRATCH/page" >"$SCRATCH/out" 2>&1 ||
	fail "Go, the page's pack: $(cat "$SCRATCH/out")"
entries=$(find "$SCRATCH/page/log/tile/entries" -type f | head -n 1)
sed -i '1s/"kind":"station/"kind":"ztation/' "$entries"
"$SCRATCH/go" "$(cat "$SCRATCH/old.vkey")" "$SCRATCH/page" >/dev/null 2>&1 && fail "Go believes a changed pack"

# Without its later log it is no whole pack: the first log's last word names that log's key.
rm -r "$SCRATCH/u/log-2"
(cd "$SCRATCH/u" && python3 -m zipfile -c "$SCRATCH/cut.zip" ./*) || fail "no zip"
"$V" verify "$SCRATCH/cut.zip" --key "$SCRATCH/old.vkey" --json >"$SCRATCH/out"
[ $? = 3 ] && jqe '[.differences[].code] | index("log-missing") != null' "$SCRATCH/out" >/dev/null ||
	fail "a pack without its later log: $(cat "$SCRATCH/out")"
python3 "$SCRATCH/u/verify.py" "$SCRATCH/u" >"$SCRATCH/out" 2>&1 && fail "its own verifier believes it"

stop_run || fail "the supervisor ended with $?"
"$V" verify --key "$(cat "$SCRATCH/old.vkey")" >"$SCRATCH/out" || fail "verify: $(cat "$SCRATCH/out")"
start_run "$port"
status '.log.number == 2' >/dev/null || fail "it went back to the first log"
stop_run || fail "the supervisor ended with $?"
[ "$(sha256sum "$DIR/log/checkpoint")" = "$frozen" ] || fail "the first log was signed again"
[ ! -e "$DIR/log-3" ] || fail "a third log was begun"
"$V" verify >/dev/null || fail "verify after a restart: $?"

# Whoever edits the view makes nothing go outward that the log does not say.
outward() { # EXPECTED STATUS
	for form in --csv --json --events ''; do
		"$V" log $form >"$SCRATCH/out" 2>"$SCRATCH/err"
		[ $? = "$1" ] || fail "log $form: $(cat "$SCRATCH/err")"
		[ "$1" = 0 ] || [ ! -s "$SCRATCH/out" ] || fail "log $form says: $(cat "$SCRATCH/out")"
	done
	"$V" pack --from 2020-01-01 --to 2030-12-31 -o "$SCRATCH/p2.zip" >"$SCRATCH/out" 2>"$SCRATCH/err"
	[ $? = "$1" ] || fail "pack: $(cat "$SCRATCH/err")"
	"$V" report A --from 2020-01-01 --to 2030-12-31 -o "$SCRATCH/r.csv" 2>"$SCRATCH/err"
	[ $? = "$1" ] || fail "report: $(cat "$SCRATCH/err")"
}
outward 0
rm "$SCRATCH/p2.zip" "$SCRATCH/r.csv"
python3 - "$DIR/view.sqlite" "$new" <<'EOF' || fail "the view could not be edited"
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE airings SET end_ms = end_ms + 60000 WHERE n = ?", [int(sys.argv[2][1:])])
db.commit()
EOF
outward 3
grep -q "$new.*vangxa rebuild" "$SCRATCH/err" || fail "it does not say which and what to do: $(cat "$SCRATCH/err")"
[ ! -e "$SCRATCH/p2.zip" ] && [ ! -e "$SCRATCH/r.csv" ] || fail "something was given out all the same"
"$V" rebuild >/dev/null && outward 0
echo "two logs, $old by the old key, $new by the new one"
