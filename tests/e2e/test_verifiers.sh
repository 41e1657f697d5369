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
go build -o "$SCRATCH/go" tests/verifiers/*.go || fail "go build"

# Each is asked about a folder, and told the keys behind it.
python() { python3 packaging/verify.py "$@" >"$SCRATCH/python.out" 2>&1; }
ours() {
	local keys=() folder=$1 key
	shift
	for key; do keys+=(--key "$key"); done
	"$VANGXA" verify --log-only --data "$folder" "${keys[@]}" >"$SCRATCH/ours.out" 2>&1
}
go_says() { "$SCRATCH/go" "${@:2}" "$1" >"$SCRATCH/go.out" 2>&1; }
believed() { # FOLDER [VKEY…]
	for who in python go_says ours; do
		$who "$@" || fail "$who refuses $(basename "$1"): $(cat "$SCRATCH"/*.out)"
	done
}
refused() {
	for who in python go_says ours; do
		! $who "$@" || fail "$who believes $(basename "$1"): $(cat "$SCRATCH"/*.out)"
	done
	ours "$@"
	[ $? = 3 ] || fail "no difference, but $(cat "$SCRATCH/ours.out")"
}

mkdir "$good"
# A few entries over two bundles: what a change can hit is all there.
for entries in 1 2 255 256 257 600; do
	"$here/tests/signed_log" "$good" $entries || fail "signed_log"
	believed "$good"
	root=$(sed -n 3p "$good/log/checkpoint")
	grep -qF "$root" "$SCRATCH/python.out" && grep -qF "$root" "$SCRATCH/go.out" || fail "another root"
done

# A head that somebody wrote down: the log goes on from it, or is another, however right by itself.
seen() { # WHAT HEAD…: both say so, 0 or 3
	local want=$1 folder=$2 words=() head
	shift 2
	for head; do words+=(--seen "$head"); done
	python "$folder" "$@"
	[ $? = $((want == 0 ? 0 : 1)) ] || fail "python, seen $*: $(cat "$SCRATCH/python.out")"
	"$VANGXA" verify --log-only --data "$folder" "${words[@]}" >"$SCRATCH/ours.out" 2>&1
	[ $? = "$want" ] || fail "ours, seen $*: $(cat "$SCRATCH/ours.out")"
}
head_of() { sed -n '2{h;d};3{H;x;s/\n/:/;p}' "$1/log/checkpoint"; }
mkdir "$SCRATCH/seen"
"$here/tests/signed_log" "$SCRATCH/seen" 7 || fail "signed_log"
early=$(head_of "$SCRATCH/seen")
cp -r "$SCRATCH/seen" "$SCRATCH/older" && cp "$SCRATCH/seen/log/checkpoint" "$SCRATCH/kept"
"$here/tests/signed_log" "$SCRATCH/seen" 300 || fail "signed_log"
late=$(head_of "$SCRATCH/seen")
seen 0 "$SCRATCH/seen" "$early" "$late"
grep -q 'nối tiếp 2 đầu sổ' "$SCRATCH/ours.out" || fail "nobody says that it goes on: $(cat "$SCRATCH/ours.out")"
seen 3 "$SCRATCH/older" "$early" "$late"
grep -q 'không nối tiếp' "$SCRATCH/ours.out" || fail "seen: $(cat "$SCRATCH/ours.out")"
seen 3 "$SCRATCH/seen" "${early/7:/8:}"
seen 3 "$SCRATCH/seen" "7:${late#*:}"
"$VANGXA" verify --log-only --data "$SCRATCH/seen" --seen "$SCRATCH/kept" >/dev/null || fail "a kept checkpoint"
sed 's/^7$/6/' "$SCRATCH/kept" >"$SCRATCH/changed"
"$VANGXA" verify --log-only --data "$SCRATCH/seen" --seen "$SCRATCH/changed" >/dev/null
[ $? = 3 ] || fail "a checkpoint of another log is continued"

# Whoever follows must be named by what was before, or by who asks: anybody can write a log and sign it.
station() { # NAME: a copy of the one log
	rm -rf "${SCRATCH:?}/$1" && cp -r "$good" "$SCRATCH/$1"
}
log() { "$here/tests/signed_log" "$SCRATCH/$1" "${@:2}" || fail "signed_log $*"; }
key() { cat "$SCRATCH/$1/vkey"; }

station rotated && log rotated rotate 6 && log rotated 40
believed "$SCRATCH/rotated"
believed "$SCRATCH/rotated" "$(key rotated/log)"
believed "$SCRATCH/rotated" "$(key rotated/log-2)" "$(key rotated/log)"

station lost && rm "$SCRATCH/lost/key" && log lost 40 8
refused "$SCRATCH/lost"
refused "$SCRATCH/lost" "$(key lost/log)"
grep -qF "$(key lost/log-2)" "$SCRATCH/ours.out" && grep -qF "$(key lost/log-2)" "$SCRATCH/python.out" ||
	fail "the key is not told: $(cat "$SCRATCH"/*.out)"
believed "$SCRATCH/lost" "$(key lost/log-2)"
believed "$SCRATCH/lost" "$(key lost/log)" "$(key lost/log-2)"
refused "$SCRATCH/lost" "$(key lost/log)" "$(key rotated/log-2)"

# A rotation that the log before does not tell of, whoever vouches for the key; and one to another key.
station claimed && rm "$SCRATCH/claimed/key" && log claimed 40 6 7 rotated
refused "$SCRATCH/claimed"
refused "$SCRATCH/claimed" "$(key claimed/log-2)"
station usurped && log usurped rotate 6 && log usurped 40
rm -r "$SCRATCH"/usurped/{log-2,heads,key} && log usurped 40 9
refused "$SCRATCH/usurped"

# Entries that were lost, as the log after them says: no difference, and told.
station shorter && log shorter 650 && rm -r "$SCRATCH/shorter/log" && cp -r "$good/log" "$SCRATCH/shorter" &&
	log shorter 40
believed "$SCRATCH/shorter"
grep -q 'log WARNING: lost, or a witness has others, from 600 on: shortened' "$SCRATCH/python.out" &&
	grep -q '600.*649' "$SCRATCH/ours.out" ||
	fail "lost entries are not told: $(cat "$SCRATCH"/*.out)"

# They were there when the next log began, and an older copy of the first was put back since.
station older && log older 650 && log older doubt && log older 40
rm -r "$SCRATCH"/older/{log,heads} && cp -r "$good/log" "$SCRATCH/older"
refused "$SCRATCH/older"

# A head over no entries vouches for none, though the log's own key signed it; nothing remembers a better one.
station none && log none none && rm -r "$SCRATCH/none/heads"
refused "$SCRATCH/none"

# Nothing of the first log but its key, beside the one that followed it; and nothing at all but a key.
station emptied && log emptied rotate 6 && log emptied 40
rm -r "$SCRATCH"/emptied/log/{tile,checkpoint}
refused "$SCRATCH/emptied"
refused "$SCRATCH/emptied" "$(key emptied/log)"
mkdir "$SCRATCH/emptied/log/tile"
refused "$SCRATCH/emptied"
rm -r "$SCRATCH"/emptied/log-2
refused "$SCRATCH/emptied"

# Of the log that was signed last the folders alone: its key was named, and the heads remember what it had.
station bare && log bare rotate 6 && log bare 40
find "$SCRATCH/bare/log-2" -type f -delete
refused "$SCRATCH/bare"
grep -q 'log-2.* 40 ' "$SCRATCH/ours.out" || fail "what the heads say is not told: $(cat "$SCRATCH/ours.out")"

# The log whose key was named is gone, with all that remembers it.
rm -r "$SCRATCH"/rotated/{log-2,heads}
refused "$SCRATCH/rotated"
refused "$SCRATCH/rotated" "$(key rotated/log)"

# The same key under the next name, as the station goes on after damage; entries that no head covers, written while a
# witness was asked, the next log vouches for.
"$here/tests/signed_log" "$good" held 620 && "$here/tests/signed_log" "$good" doubt &&
	"$here/tests/signed_log" "$good" 40 && [ -e "$good/log-2/checkpoint" ] ||
	fail "signed_log: no log-2"
believed "$good"
believed "$good" "$(cat "$good/log/vkey")"

grep -q 'mục đầu của log-2 nêu gốc\|first entry of log-2 names' "$SCRATCH/ours.out" ||
	fail "the end is not told: $(cat "$SCRATCH/ours.out")"

# Written anew with its hash, without any key.
station forged && python3 - "$SCRATCH/forged/log/tile" <<-'PY' || fail "no forgery"
	import hashlib, sys
	names = [sys.argv[1] + "/%s/002.p/108" % level for level in ("entries", "0")]
	data, tile = (bytearray(open(name, "rb").read()) for name in names)
	begin = at = 0
	for _ in range(108): begin, at = at + 2, at + 2 + int.from_bytes(data[at:at + 2], "big")
	data[begin:at] = data[begin:at].replace(b"note.added", b"note.adder")
	tile[-32:] = hashlib.sha256(b"\0" + data[begin:at]).digest()
	for name, content in zip(names, (data, tile)): open(name, "wb").write(content)
PY
refused "$SCRATCH/forged"

# No hashes of entries at all, in a log of fewer than fill a file; and no log, with copies of its heads alone.
mkdir "$SCRATCH/short" && log short 40 && believed "$SCRATCH/short"
mv "$SCRATCH/short/log/tile/0" "$SCRATCH/tile0"
refused "$SCRATCH/short"
rm -r "$SCRATCH/short/log"
refused "$SCRATCH/short"
grep -q '40' "$SCRATCH/ours.out" || fail "what the heads say is not told: $(cat "$SCRATCH/ours.out")"

# Files that are empty, or nonsense: one sentence, and no trace of a program.
spoiled() { # FILE BYTES
	rm -rf "$SCRATCH/spoiled" && cp -r "$good" "$SCRATCH/spoiled"
	printf %b "$2" >"$SCRATCH/spoiled/$1"
	refused "$SCRATCH/spoiled"
	[ "$(wc -l <"$SCRATCH/python.out")" = 1 ] && grep -q "^DIFFERENCE: .*/log" "$SCRATCH/python.out" ||
		fail "$1 is '$2': $(cat "$SCRATCH/python.out")"
}
for bytes in '' 'x' 'a+b' 'vangxa/thu+00000000+!' '\0377\0n'; do spoiled log/vkey "$bytes"; done
for bytes in '' '\n\n' 'vangxa/thu\nx\ny\n\n' '\0377\n\n\0376'; do spoiled log/checkpoint "$bytes"; done

# A file that no station keeps in that place is not taken for the right one, and is told.
station stray && rm -f "$SCRATCH"/stray/log/recent
cp "$good/log/tile/0/002.p/108" "$SCRATCH/stray/log/tile/entries/002.p/200"
believed "$SCRATCH/stray"
grep -q 'log/tile/entries/002.p/200' "$SCRATCH/ours.out" || fail "a stray file: $(cat "$SCRATCH/ours.out")"

# What has a pack's tables or texts, and does not say what it should hold.
station pack && mkdir "$SCRATCH/pack/tables" && rm -r "$SCRATCH"/pack/{key,heads}
for who in python go_says; do
	! $who "$SCRATCH/pack" && grep -q 'DIFFERENCE: no pack.json' "$SCRATCH"/*.out ||
		fail "$who: no pack.json: $(cat "$SCRATCH"/*.out)"
done
touch "$SCRATCH/pack/pack.json"
for who in python go_says; do $who "$SCRATCH/pack" || fail "$who: $(cat "$SCRATCH"/*.out)"; done

# A witness has seen another head: whether a log ended for that or not, all warn.
warned() {
	believed "$1"
	for out in python go; do
		grep -q 'WARNING: .*a witness' "$SCRATCH/$out.out" || fail "$out: $(cat "$SCRATCH/$out.out")"
	done
}
station doubted && log doubted doubted
warned "$SCRATCH/doubted"
for why in witness-larger witness-forked; do
	station "$why" && log "$why" doubt "$why" && log "$why" 40
	warned "$SCRATCH/$why"
	grep -q 'CẢNH BÁO' "$SCRATCH/ours.out" || fail "ours: $(cat "$SCRATCH/ours.out")"
done

# A line in the log's own name by a key of another number is nobody's known: it is skipped (C2SP signed-note).
mkdir "$SCRATCH/signature" && log signature 40 || fail "no log"
python3 - "$SCRATCH/signature/log/checkpoint" <<-'PY' || fail "no line"
	import base64, sys
	text, lines = open(sys.argv[1], encoding="utf-8").read().split("\n\n", 1)
	name = lines.split(" ")[1]
	strange = "\u2014 %s %s\n" % (name, base64.b64encode(b"none" + bytes(64)).decode())
	open(sys.argv[1], "w", encoding="utf-8").write(text + "\n\n" + strange + lines)
PY
believed "$SCRATCH/signature"

mkdir "$SCRATCH/another" "$SCRATCH/resigned"
"$here/tests/signed_log" "$SCRATCH/another" 600 5 8 && "$here/tests/signed_log" "$SCRATCH/resigned" 600 7 ||
	fail "signed_log: other logs"

VANGXA_LANG=en python3 tests/verifiers/tamper.py "$good" "$SCRATCH"/{another,resigned} "$SCRATCH" \
	"$seed" "${TIMES:-4}" "$SCRATCH/go" \
	"$VANGXA verify --log-only --data" || fail "they do not agree"
