#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Verifiers that are not ours: a script in Python's standard library and openssl, and Go's own note and
# tlog, look at the logs that ours writes. They agree on good ones, and on every one that was tampered with.
set -u
here=$(dirname "$VANGXA")
good=$SCRATCH/good
seed=${SEED:-1}

fail() {
	echo "test_verifiers: seed $seed: $*" >&2
	exit 1
}

export GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS='' GOPROXY=off CGO_ENABLED=0
export GOCACHE=$here/tests/go
go build -o "$SCRATCH/go" tests/verifiers/verify.go || fail "go build"

python() { python3 packaging/verify.py "$1" >"$SCRATCH/python.out" 2>&1; }
ours() { "$VANGXA" verify --log-only --data "$1" >"$SCRATCH/ours.out" 2>&1; }
go_says() { "$SCRATCH/go" "$1" >"$SCRATCH/go.out" 2>&1; }

mkdir "$good"
# A few entries over two bundles: what a change can hit is all there.
for entries in 1 2 255 256 257 600; do
	"$here/tests/signed_log" "$good" $entries || fail "signed_log"
	for who in python go_says ours; do
		$who "$good" || fail "$who refuses a good log of $entries: $(cat "$SCRATCH"/*.out)"
	done
	root=$(sed -n 3p "$good/log/checkpoint")
	grep -qF "$root" "$SCRATCH/python.out" && grep -qF "$root" "$SCRATCH/go.out" || fail "another root"
done

# Another key, and a second log, which must name the end of the first.
rm "$good/key"
"$here/tests/signed_log" "$good" 40 6 && [ -e "$good/log-2/checkpoint" ] || fail "signed_log: no log-2"
for who in python go_says ours; do
	$who "$good" || fail "$who refuses two good logs: $(cat "$SCRATCH"/*.out)"
done

mkdir "$SCRATCH/another" "$SCRATCH/resigned"
"$here/tests/signed_log" "$SCRATCH/another" 600 5 8 && "$here/tests/signed_log" "$SCRATCH/resigned" 600 7 ||
	fail "signed_log: other logs"

VANGXA_LANG=en python3 tests/verifiers/tamper.py "$good" "$SCRATCH"/{another,resigned} "$SCRATCH" \
	"$seed" "${TIMES:-4}" "$SCRATCH/go" \
	"$VANGXA verify --log-only --data" || fail "they do not agree"
