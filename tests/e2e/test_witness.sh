#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Those outside who see the log: a witness and a time-stamp authority that are not ours (witness.mjs, openssl ts), a
# network that fails in every way, and a log that was put back behind what the witness has seen.
set -u
SCRATCH=${SCRATCH:-$(mktemp -d)}
. tests/e2e/station.sh
W=$SCRATCH/w
node_pid=
finish_all() {
	finish_station
	[ -z "$node_pid" ] || kill "$node_pid" 2>/dev/null
}
trap finish_all EXIT
mkdir -p "$W/tsa"
tests/support/tsa.sh make "$W/tsa" || fail "no time-stamp authority"
WPORT=$(free_port)
mode() { echo "$1" >"$W/mode"; }
start_node() {
	setpriv --pdeathsig TERM node tests/e2e/witness.mjs "$WPORT" "$W" &
	node_pid=$!
	until_true 10 curl -s -o /dev/null "http://127.0.0.1:$WPORT/" || fail "the witness does not start"
}
start_node
make_dir
cp "$DIR/station.yaml" "$SCRATCH/plain.yaml"
# ask HOST: the addresses change, and everybody is asked anew.
ask() {
	cat "$SCRATCH/plain.yaml" - >"$DIR/station.new" <<-YAML
		evidence:
		  tsa: http://$1:$WPORT/tsa
		  tsa_ca: tsa.pem
		  witnesses:
		    - {name: mot, url: "http://$1:$WPORT/w/", key: "$(cat "$W/vkey")"}
	YAML
	mv "$DIR/station.new" "$DIR/station.yaml"
}
ask 127.0.0.1
cp "$W/tsa/ca.pem" "$DIR/tsa.pem"
# As start_run, without waiting for the air.
start_again() {
	setpriv --pdeathsig TERM "$V" station --data "$DIR" >>"$SCRATCH/run.log" 2>&1 &
	run_pid=$!
	until_true 20 answers || fail "the station does not start"
}
witness() { status ".log.witnesses[] | select(.name == \"mot\") | $1"; }
tsa() { status ".log.witnesses[] | select(.name == \"_tsa\") | $1"; }
# has LOG KIND LEAST [MOST]: so many entries of that kind.
count() { entries "$1" | grep -c "\"kind\":\"$2\""; }
has() { local n; n=$(count "$1" "$2"); [ "$n" -ge "$3" ] && [ "$n" -le "${4:-$n}" ]; }

# It does not know the log; the time-stamp comes nevertheless.
mode good
"$V" check --data "$DIR" >"$SCRATCH/check" 2>&1
grep -q 'station.yaml.*mot' "$SCRATCH/check" && fail "check complains: $(cat "$SCRATCH/check")"
start_run "$(free_port)"
until_true 30 witness '.fault_texts.en | test("does not know this log")' ||
	fail "a strange log is not told: $("$V" status --json)"
until_true 30 tsa '.size > 0' || fail "no time-stamp"
stamp=$(find "$DIR/log/tsa" -name '*.tsr')
openssl ts -verify -data "${stamp%.tsr}.checkpoint" -in "$stamp" -CAfile "$W/tsa/ca.pem" >"$SCRATCH/openssl" 2>&1 ||
	fail "openssl does not accept the token: $(cat "$SCRATCH/openssl")"
openssl ts -verify -data "${stamp%.tsr}.checkpoint" -in "$stamp" -CAfile "$W/tsa/other.pem" \
	>/dev/null 2>&1 && fail "openssl accepts anything"

# Now it does; the air goes on meanwhile.
cp "$DIR/log/vkey" "$W/log.vkey"
ask localhost
until_true 30 witness '.size > 0 and .fault == null' || fail "not witnessed: $("$V" status --json)"
grep -q '^— witness.example/w1 ' "$DIR/log/witnessed" || fail "no cosignature is kept"
grep -q '^— vangxa/dai-thu ' "$DIR/log/witnessed" || fail "the head in witnessed is not signed"
until_true 10 has log witness.seen 2 || fail "entries of witnesses: $(count log witness.seen)"
"$V" status | grep -q 'mot đã thấy' || fail "status does not tell: $("$V" status)"
until_true 20 on_air || fail "nothing on air"

# What an inspector takes away carries the witness's name, and is checked without the station's folder.
log_key=$(cat "$DIR/log/vkey")
"$V" prove 0 -o "$SCRATCH/p" >/dev/null && "$V" pack --from 2020-01-01 --to 2030-12-31 -o "$SCRATCH/p.zip" ||
	fail "prove or pack"
"$V" verify "$SCRATCH/p" --key "$log_key" --key "$(cat "$W/vkey")" --json >"$SCRATCH/out" ||
	fail "proof: $(cat "$SCRATCH/out")"
jqe '.key_known and ([.signatures[] | select(.checked)] | length == 2)' "$SCRATCH/out" ||
	fail "proof: $(cat "$SCRATCH/out")"
"$V" verify "$SCRATCH/p.zip" --key "$log_key" --key "$(cat "$W/vkey")" --json >"$SCRATCH/out" ||
	fail "pack: $(cat "$SCRATCH/out")"
jqe '[.notes[].code] | index("cosigned") != null' "$SCRATCH/out" || fail "pack: $(cat "$SCRATCH/out")"
"$V" verify "$SCRATCH/p" | sed -n 1p | grep -q '^CHƯA BIẾT AI KÝ' || fail "a proof without a key is not told of"
"$V" verify "$SCRATCH/p" --key "$(cat "$W/vkey")x" 2>/dev/null && fail "a broken key is taken"
"$V" verify "$SCRATCH/p.zip" --key "$log_key" --json >"$SCRATCH/out" || fail "pack: $(cat "$SCRATCH/out")"
jqe '.ok and ([.checks[].check] | index("tables") and index("recordings"))
	and any(.notes[]; .code == "stamps" and .count > 0)' "$SCRATCH/out" ||
	fail "pack: $(cat "$SCRATCH/out")"
python3 -m zipfile -e "$SCRATCH/p.zip" "$SCRATCH/u" &&
	python3 "$SCRATCH/u/verify.py" "$SCRATCH/u" "$log_key" >/dev/null || fail "the pack's own verifier"
stamp=$(cd "$SCRATCH/u" && find log/tsa -name "*.tsr" | head -1)
(cd "$SCRATCH/u" && openssl ts -verify -data "${stamp%.tsr}.checkpoint" -in "$stamp" \
	-CAfile "$W/tsa/ca.pem") >/dev/null 2>&1 || fail "openssl does not accept the pack's time-stamp"
mkdir "$SCRATCH/s" && cp -r "$SCRATCH/u/." "$SCRATCH/s"
printf x | dd of="$SCRATCH/s/${stamp%.tsr}.tsq" bs=1 seek=40 conv=notrunc status=none
(cd "$SCRATCH/s" && python3 -m zipfile -c ../q.zip ./*)
"$V" verify "$SCRATCH/q.zip" --json >"$SCRATCH/out"
[ $? -eq 3 ] && jqe '.first.code == "stamp-damaged"' "$SCRATCH/out" ||
	fail "a time-stamp of another question: $(cat "$SCRATCH/out")"
sed -i '2s/,/;/' "$SCRATCH/u/tables/events.csv" && (cd "$SCRATCH/u" && python3 -m zipfile -c ../q.zip ./*)
"$V" verify "$SCRATCH/q.zip" --json >"$SCRATCH/out"
[ $? -eq 3 ] && jqe '.first.file == "tables/events.csv"' "$SCRATCH/out" ||
	fail "a table that was changed: $(cat "$SCRATCH/out")"
sed -i '2s/;/,/' "$SCRATCH/u/tables/events.csv" && sed -i 's/KEY-2$/KEY-3/' "$SCRATCH/u/README.txt" &&
	(cd "$SCRATCH/u" && python3 -m zipfile -c ../q.zip ./*)
"$V" verify "$SCRATCH/q.zip" --json >"$SCRATCH/out"
[ $? -eq 3 ] && jqe '.first.file == "README.txt" and .differ == 1' "$SCRATCH/out" ||
	fail "a text that was changed: $(cat "$SCRATCH/out")"
head -c 3000 "$SCRATCH/p.zip" >"$SCRATCH/q.zip"
"$V" verify "$SCRATCH/q.zip" 2>"$SCRATCH/err" && fail "half a pack is taken"
grep -q 'q.zip: .*zip' "$SCRATCH/err" || fail "half a pack: $(cat "$SCRATCH/err")"

# What is wrong in the answers is told, and nothing of it is kept; a redirect is not followed.
kept=$(sha256sum "$DIR/log/witnessed")
wrong() { # wrong MODE HOST WITNESS TSA: what the page says of the two
	mode "$1"
	ask "$2"
	until_true 30 witness ".fault_texts.en // \"\" | test(\"$3\")" || fail "$1: $("$V" status --json | jq -c .log)"
	until_true 30 tsa ".fault_texts.en // \"\" | test(\"$4\")" || fail "$1: $("$V" status --json | jq -c .log)"
	[ "$(sha256sum "$DIR/log/witnessed")" = "$kept" ] || fail "$1: something was kept"
}
wrong wrong 127.0.0.1 'not by the key' ''
wrong huge localhost 'too long' 'too long'
wrong redirect 127.0.0.1 'HTTP 302' 'HTTP 302'
grep -q elsewhere "$W/asked" && fail "a redirect was followed"
mode good
ask localhost
until_true 30 tsa '.fault == null' || fail "a good answer is not taken: $("$V" status --json)"
mode replay
ask 127.0.0.1
until_true 30 tsa '.fault_texts.en // "" | test("other data or another question")' ||
	fail "replayed: $("$V" status --json)"
kill "$node_pid"
wait "$node_pid" 2>/dev/null
kept=$(sha256sum "$DIR/log/witnessed")
wrong nobody localhost 'not reached' 'not reached'

# A drip that would last for ever holds nobody up.
start_node
mode drip
ask 127.0.0.1
until_true 30 grep -q '^drip /w' "$W/asked" || fail "nobody is asked"
stop_run || fail "a station that waits for a drip does not stop"

# The network is back; then the witness has seen more than there is: no head is signed under that name again.
mode good
start_again
until_true 30 witness '.fault == null and .size > 0' ||
	fail "the network is back, and nobody asks: $("$V" status --json)"
jq -c '.size += 1000' "$W/state" >"$W/state.new" && mv "$W/state.new" "$W/state"
# What a start writes before the witness has answered no head of that log will ever cover.
stop_run || fail "the station does not stop"
start_again
until_true 30 status '.log.number == 2 and .log.head > 0' || fail "the log goes on: $("$V" status --json)"
# The banner stands until the witness says that it does not know the new log; what was said of the old one stays.
larger_told() {
	status '.banners[] | select(.said.code == "witness-larger") | .texts.en | test("an old copy of the disk")' ||
		{ status '.banners[] | select(.said.code == "past-lost")' &&
			grep -q 'đĩa đã bị chép lại bản cũ' "$SCRATCH/run.log"; }
}
until_true 30 larger_told ||
	fail "no banner: $("$V" status --json | jq -c .banners)"
until_true 10 has log-2 witness.doubted 1 1 || fail "no entry tells of the doubt"
has log-2 log.continued 1 1 || fail "the second log does not begin with the first"
grep -q '^vangxa/dai-thu/2$' "$DIR/log-2/checkpoint" || fail "another name: $(cat "$DIR/log-2/checkpoint")"
ended=$(sha256sum "$DIR/log/checkpoint")
stop_run || fail "the station does not stop"
start_again
status '.log.number == 2' || fail "it went back to the first log"
[ "$(sha256sum "$DIR/log/checkpoint")" = "$ended" ] || fail "the first log was signed again"
stop_run
# The folder and its pack: nothing is cut short, and the end of the first log is vouched for.
"$V" pack --data "$DIR" --from 2020-01-01 --to 2030-12-31 --no-recordings -o "$SCRATCH/two.zip" || fail "pack"
rm -rf "$SCRATCH/u" && unzip -q "$SCRATCH/two.zip" -d "$SCRATCH/u" && python3 "$SCRATCH/u/verify.py" "$SCRATCH/u" ||
	fail "the pack's own verifier"
for what in "$DIR" "$SCRATCH/two.zip"; do
	if [ -d "$what" ]; then set -- --data "$what"; else set -- "$what"; fi
	"$V" verify "$@" --json >"$SCRATCH/out" || fail "verify: $(cat "$SCRATCH/out")"
	jqe '[.notes[].code] | index("vouched") and index("lost-elsewhere")' "$SCRATCH/out" ||
		fail "the first log's end: $(jq -c .notes "$SCRATCH/out")"
done
