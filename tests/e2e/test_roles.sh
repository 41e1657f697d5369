#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every address of the API as every role, over HTTP: who may is let through, who may not is told so, a stranger
# must log in. Approval binds to the bytes and names the account; a disabled account is out at once.
set -u
. tests/e2e/station.sh
port=$(free_port)
at=http://127.0.0.1:$port
secret='loa xóm tôi hay rè'
declare -A token

code_of() { # TOKEN METHOD PATH [BODY]
	curl -s -o "$SCRATCH/answer" -w '%{http_code}' -m 60 -X "$2" ${1:+-H "Authorization: Bearer $1"} \
		-H 'Content-Type: application/json' -d "${4:-}" "$at$3"
}
login() { # NAME PASSWORD [MORE]
	curl -s -m 60 -D "$SCRATCH/head" -H 'Content-Type: application/json' \
		-d "{\"name\":\"$1\",\"password\":\"$2\"${3:-}}" "$at/api/login"
}
is() { # WHAT WANTED GOT
	[ "$2" = "$3" ] || fail "$1: $3 instead of $2: $(head -c 300 "$SCRATCH/answer")"
}

make_dir
sox -n -r 48000 -c 1 -b 16 "$SCRATCH/loi.flac" synth 2 sine 880 vol 0.3
start_run "$port"
until_true 10 curl -sf "$at/api/status" || fail "no page"

# As long as there is no account everything is as before, but for what must name a person.
is "status without accounts" 200 "$(code_of '' GET /api/status)"
is "the calendar without accounts" 200 "$(code_of '' GET /lich.ics)"
id=$("$V" add "$SCRATCH/loi.flac" --title "Lời nhắn" --json | jq -r .id)
sha=$("$V" bulletins --json | jq -r '.[0].sha256')
is "approval without accounts" 403 "$(code_of '' POST "/api/bulletins/$id/approve" '{}')"

for role in operator producer approver inspector admin; do
	"$V" user add "$role" --role $role <<<"$secret" >/dev/null || fail "user add $role: $?"
	token[$role]=$(login $role "$secret" ',"token":"bearer"' | jq -r .session)
	[ ${#token[$role]} = 64 ] || fail "no session for $role: ${token[$role]}"
done

# METHOD PATH BODY and who may: o p a i m. Nothing here changes what is on air for long.
table() {
	cat <<-ROWS
		GET /api/status - opaim
		GET /api/day - opaim
		GET /api/plan - opaim
		GET /api/plan/free?length_s=60 - opaim
		GET /api/timetables - opaim
		GET /api/timetables/thu - opaim
		GET /api/timetables/thu/history - opaim
		PUT /api/timetables/thu bad om
		POST /api/timetables/thu/preview bad om
		POST /api/timetables/thu/edit {"op":"x"} om
		POST /api/timetables/thu/days {"op":"x"} om
		POST /api/timetables/thu/ics bad om
		GET /api/airings - opaim
		GET /api/airings.csv - opaim
		GET /api/airings/A999999 - opaim
		GET /api/airings/A999999/recording - opaim
		GET /api/airings/A999999/waveform - opaim
		GET /api/words - opaim
		GET /api/bulletins - opaim
		GET /api/bulletins/$id - opaim
		POST /api/bulletins?title=x bad opam
		GET /api/bulletins/$id/outlook - opaim
		GET /api/bulletins/$id/past - opaim
		POST /api/bulletins/B999/edit {"title":"x"} opam
		POST /api/bulletins/B999/approve {"sha256":"$sha"} am
		POST /api/bulletins/B999/refuse {"reason":"x"} am
		POST /api/bulletins/B999/withdraw {"reason":"x"} am
		GET /gui - opam
		POST /gui no-form opam
		GET /gui/0123456789abcdef0123456789abcdef - opam
		POST /api/cut {"zone":"hai"} oam
		POST /api/resume {"zone":"hai"} om
		POST /api/play {"bulletin":"B999"} om
		POST /api/tone {"zone":"khong-co"} om
		GET /api/duplicates?limit=0 - oaim
		POST /api/duplicates {"first":"B999","second":"B999","decision":"same","reason":"x"} oam
		GET /api/settings - opaim
		POST /api/settings {} m
		GET /api/users - m
		GET /api/devices - m
		POST /api/users {"name":"x","role":"king"} m
		POST /api/users/999/role {"role":"producer"} m
		POST /api/users/999/password {} m
		POST /api/users/999/disable {} m
		POST /api/users/999/enable {} m
		POST /api/users/999/end {} m
		POST /api/me/password {} opaim
		GET /api/me/sessions - opaim
		GET /api/me/calendar - opaim
		POST /api/me/calendar {} opaim
		POST /api/me/calendar/end {} opaim
	ROWS
}
while read -r method path body who; do
	is "$method $path of a stranger" 401 "$(code_of '' "$method" "$path" "$body")"
	is "$method $path with a made-up token" 401 "$(code_of "${token[admin]//[0-9]/a}" "$method" "$path" "$body")"
	for role in operator producer approver inspector admin; do
		letter=${role:0:1}
		[ $role != admin ] || letter=m
		code=$(code_of "${token[$role]}" "$method" "$path" "$body")
		case $who in
		*$letter*) [[ $code != 401 && $code != 403 && $code != 5* ]] || fail "$method $path as $role: $code" ;;
		*) is "$method $path as $role" 403 "$code" ;;
		esac
	done
done < <(table)
is "the stream of a stranger" 200 "$(stream_code "$at/live.mp3")"

# A phone's calendar shows the token of its address, and a session is none.
curl -s -m 60 -X POST -H "Authorization: Bearer ${token[producer]}" -H 'Content-Type: application/json' -d '{}' \
	"$at/api/me/calendar" >"$SCRATCH/calendar"
calendar=$(jq -r .token "$SCRATCH/calendar")
is "the calendar of a stranger" 401 "$(code_of '' GET /lich.ics)"
is "the calendar by a session" 401 "$(code_of '' GET "/lich.ics?token=${token[producer]}")"
is "the calendar" 200 "$(code_of '' GET "/lich.ics?token=$calendar")"
grep -q '^END:VCALENDAR' "$SCRATCH/answer" || fail "no calendar: $(head -c 500 "$SCRATCH/answer")"
is "a session by the calendar's token" 401 "$(code_of "$calendar" GET /api/status)"
is "its end" 200 "$(code_of "${token[producer]}" POST /api/me/calendar/end '{}')"
is "the calendar that ended" 401 "$(code_of '' GET "/lich.ics?token=$calendar")"
is "the events of a stranger" 401 "$(curl -s -o /dev/null -w '%{http_code}' -m 60 "$at/api/events")"
is "the events of an inspector" 200 "$(stream_code "$at/api/events" \
	-H "Authorization: Bearer ${token[inspector]}")"

# A producer sees their own bulletins and nothing of the others, whatever is asked.
sox -n -r 48000 -c 1 -b 16 "$SCRATCH/tôi.flac" synth 2 sine 550 vol 0.3
own=$(curl -s -m 60 -H "Authorization: Bearer ${token[producer]}" --data-binary "@$SCRATCH/tôi.flac" \
	-H 'Content-Type: audio/flac' "$at/api/bulletins?title=T%C3%B4i" | jq -r .bulletin.id)
for path in status day plan airings airings.csv bulletins "bulletins/$own"; do
	is "$path of a producer" 200 "$(code_of "${token[producer]}" GET "/api/$path")"
	! grep -q -e 'Lời nhắn' -e "$sha" "$SCRATCH/answer" || fail "$path tells a producer of others"
done
rm "$DIR"/masters/*.wave # they are drawn again when asked for
for path in "$id" "$id/audio" "$id/waveform" "$id/outlook" "$id/past"; do
	is "$path for a producer" 404 "$(code_of "${token[producer]}" GET "/api/bulletins/$path")"
	is "$path for an inspector" 200 "$(code_of "${token[inspector]}" GET "/api/bulletins/$path")"
	is "${path/$id/$own} of one's own" 200 "$(code_of "${token[producer]}" GET "/api/bulletins/${path/$id/$own}")"
done

# The log names everybody's bulletins.
is "the log for a producer" 403 "$(code_of "${token[producer]}" GET /log/checkpoint)"
for path in checkpoint checkpoint vkey; do
	is "the log for an inspector" 200 "$(code_of "${token[inspector]}" GET /log/$path)"
done
grep -q '^dai-thu\|^vangxa/' "$SCRATCH/answer" || fail "not the log's own text: $(head -c 200 "$SCRATCH/answer")"
is "the log for an operator" 200 "$(code_of "${token[operator]}" GET /log/checkpoint)"

# A half sent file is its sender's: to go on with, to ask about, to give up.
tus() { # ROLE METHOD PATH [MORE…]: the status
	curl -s -m 60 -o "$SCRATCH/answer" -D "$SCRATCH/head" -w '%{http_code}' -X "$2" -H 'Tus-Resumable: 1.0.0' \
		-H "Authorization: Bearer ${token[$1]}" "${@:4}" "$at$3"
}
is "an upload of a producer" 201 "$(tus producer POST /files -H 'Upload-Length: 9' -H 'Upload-Metadata: title VGlu')"
half=$(sed -n 's/^Location: \([^\r]*\).*/\1/p' "$SCRATCH/head")
for role in operator approver admin; do
	is "its HEAD for $role" 403 "$(tus $role HEAD "$half" -I)"
	is "its state for $role" 403 "$(tus $role GET "$half")"
	is "its end by $role" 403 "$(tus $role DELETE "$half")"
	is "its next piece by $role" 403 "$(tus $role PATCH "$half" -H 'Upload-Offset: 0' \
		-H 'Content-Type: application/offset+octet-stream' --data-binary abc)"
done
is "its HEAD for whom it belongs to" 200 "$(tus producer HEAD "$half" -I)"
is "its end by whom it belongs to" 204 "$(tus producer DELETE "$half")"

# An inspector's looks are entries, once an hour each; nobody else's are. Nothing they ask changes anything else.
looks() { entries | jq -r 'select(.kind == "inspection.viewed") | [.what, .thing, .who] | join(" ")' | sort; }
today=$(TZ=Asia/Ho_Chi_Minh date +%F)
looks | jq -Rse --arg day "day $today user:4" --arg id "$id" 'split("\n")[:-1] | index($day) != null
	and (["bulletin", "master", "master-outline", "past"] | map("\(.) \($id) user:4")) - . == []
	and index("head log user:4") != null and all(endswith("user:4"))
	and length == (unique | length)' >/dev/null || fail "an inspector's looks: $(looks)"

# Approval: these bytes, in this name.
decide() { code_of "${token[$1]}" POST "/api/bulletins/$id/$2" "$3"; }
other=$(tr 0-9a-f 1-9a-f0 <<<"$sha")
is "approval without bytes" 400 "$(decide approver approve '{}')"
is "approval of other bytes" 409 "$(decide approver approve "{\"sha256\":\"$other\"}")"
is "approval" 200 "$(decide approver approve "{\"sha256\":\"$sha\",\"document\":\"12/QĐ\"}")"
entries | jqe "select(.kind == \"bulletin.approved\")
	| .who == \"user:3\" and .document == \"12/QĐ\" and .sha256 == \"$sha\"" >/dev/null ||
	fail "the log does not say who: $(entries | grep bulletin.approved)"
# On air: a producer's event stream gives another's bulletin the name of its slot.
"$V" play "$id" --zone hai >/dev/null || fail "play: $?"
until_true 10 status '.on_air[] | select(.title == "Lời nhắn")' || fail "not on air: $(answers)"
# Who cut stands there for everybody; by name for those who may know it.
is "a cut" 200 "$(code_of "${token[approver]}" POST /api/cut '{"zone":"mot"}')"
for role in producer inspector; do
	curl -sN -m 60 -H "Authorization: Bearer ${token[$role]}" "$at/api/events" |
		sed '/^event: level/q' >"$SCRATCH/events.$role"
done
grep -q 'event: status' "$SCRATCH/events.producer" || fail "no events for a producer"
! grep -q 'Lời nhắn' "$SCRATCH/events.producer" || fail "the events tell a producer of others"
hold_of() {
	sed -n '/^event: status/{n;s/^data: //p;q}' "$SCRATCH/events.$1" |
		jq -c '.zones[] | select(.held) | [.name, .hold.name, .hold.role]'
}
is "who cut, to a producer" '["mot",null,"approver"]' "$(hold_of producer)"
is "who cut, to an inspector" '["mot","approver","approver"]' "$(hold_of inspector)"
is "resume" 200 "$(code_of "${token[operator]}" POST /api/resume '{"zone":"mot"}')"
# A new version by the sender: the old one airs on until it is approved. A producer replaces nobody else's.
newer() { curl -s -m 60 -H "Authorization: Bearer ${token[$1]}" --data-binary "@$SCRATCH/tôi.flac" \
	-H 'Content-Type: audio/flac' "$at/api/bulletins?title=x&replaces=$id"; }
newer producer | jqe '.error.code == "not_found"' || fail "a producer replaces another's bulletin"
second=$(newer operator | jq -r .bulletin.id)
"$V" bulletins --json | jqe ".[] | select(.id == \"$id\") | .state == \"approved\"" || fail "replaced too early"
"$V" approve "$second" >/dev/null || fail "approve: $?"
"$V" bulletins --json | jqe ".[] | select(.id == \"$id\") | .state == \"replaced\" and .replaced_by == \"$second\"" ||
	fail "not replaced: $("$V" bulletins)"
is "approval again" 409 "$(decide admin approve "{\"sha256\":\"$sha\"}")"
is "withdrawal of what is replaced" 409 "$(decide approver withdraw '{"reason":"sai tên"}')"
id=$second
is "withdrawal" 200 "$(decide approver withdraw '{"reason":"sai tên"}')"

# The cookie of a browser; what ends it.
login operator "$secret" >"$SCRATCH/answer"
grep -qi '^set-cookie: vangxa=[0-9a-f]*; .*HttpOnly; SameSite=Strict' "$SCRATCH/head" ||
	fail "cookie: $(cat "$SCRATCH/head")"
jqe 'has("session") | not' <"$SCRATCH/answer" >/dev/null || fail "the token stands in the answer as well"
cookie=$(sed -n 's/^[Ss]et-[Cc]ookie: \(vangxa=[0-9a-f]*\);.*/\1/p' "$SCRATCH/head")
with_cookie() { curl -s -o /dev/null -w '%{http_code}' -m 60 -H "Cookie: $cookie" "$@"; }
is "with the cookie" 200 "$(with_cookie "$at/api/status")"
is "logout" 200 "$(with_cookie -X POST -H 'Content-Type: application/json' -d '{}' "$at/api/logout")"
is "after logout" 401 "$(with_cookie "$at/api/status")"
web=$(child web)
kill -9 "$web"
until_true 20 curl -sf "$at/api/me" || fail "the page did not come back"
is "a session after the page's restart" 200 "$(code_of "${token[operator]}" GET /api/status)"
"$V" user disable operator >/dev/null || fail "disable: $?"
is "a disabled account" 401 "$(code_of "${token[operator]}" GET /api/status)"
login operator "$secret" | jqe '.error.code == "login"' || fail "a disabled account logs in"
login nobody "$secret" >"$SCRATCH/nobody"
login admin 'sai mật khẩu' | cmp - "$SCRATCH/nobody" || fail "the answer tells which names exist"
for _ in {1..12}; do login admin 'sai mật khẩu' >"$SCRATCH/answer"; done
jqe '.error.code == "too_many"' <"$SCRATCH/answer" || fail "guessing is not slowed down: $(cat "$SCRATCH/answer")"
! grep -q "$secret" "$SCRATCH/run.log" || fail "a password was told"
stop_run || fail "the station ended with $?"
