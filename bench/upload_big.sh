#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A sound file of 2 GB and one of 200 MB, sent by tus to a station on air, decoded and taken into its library:
# the most memory (PSS, all processes of `vangxa run`) that each takes, beside that of the station alone.
# Constant memory is a ratio near 1: only the loudness of each 100 ms is kept. The files are noise: silence
# would be packed.
#   MEGABYTES="200 2048" bench/upload_big.sh
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
. "$here/lib/onair.sh"
PORT=${PORT:-18680} MEGABYTES=${MEGABYTES:-200 2048}
at=http://127.0.0.1:$PORT

need ffmpeg espeak-ng curl
[ -f "$W/list" ] || make_playlist 3600
free=$(df --output=avail -B1M "$W" | tail -1)
[ "$free" -gt 8000 ] || { echo "${0##*/}: left out: 8 GB of room are needed in $W"; exit 0; }

make_noise() { # MEGABYTES FILE: stereo, 16 bit, 48 kHz
	ffmpeg -nostdin -v error -y -f lavfi -i "anoisesrc=r=48000:c=pink:a=0.1:d=$(($1 * 1048576 / 192000))" \
		-ac 2 -c:a pcm_s16le "$2"
}

# The most that the tree took, in KiB, sampled until the file says stop.
watch_memory() {
	local most=0 now
	while [ ! -e "$W/stop" ]; do
		now=$(kib Pss)
		[ "$now" -le "$most" ] || most=$now
		sleep 0.1
	done
	echo "$most" >"$W/most"
}

send() { # FILE: until the station has said its word; sets seconds
	local size place began=$SECONDS state=
	size=$(stat -c %s "$1")
	place=$(curl -fsS -X POST "$at/files" -H 'Tus-Resumable: 1.0.0' -H "Upload-Length: $size" \
		-H "Upload-Metadata: title $(printf 'noise %d' $RANDOM | base64 -w 0)" -D - -o /dev/null |
		tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
	curl -fsS -X PATCH -T "$1" "$at$place" -H 'Tus-Resumable: 1.0.0' -H 'Upload-Offset: 0' \
		-H 'Content-Type: application/offset+octet-stream'
	seconds=$((SECONDS - began))
	while [ $((SECONDS - began)) -lt 600 ]; do
		state=$(curl -fs "$at$place" | grep -o '"state": *"[a-z]*"' | head -n 1 | cut -d '"' -f 4)
		[ "$state" != adding ] && [ "$state" != waiting ] && [ "$state" != receiving ] && break
		sleep 0.2
	done
	[ "$state" = "done" ] || { echo "${0##*/}: the upload ended as: $state" >&2; broken=1; }
}

make_onair_station
start_vangxa $PORT
for _ in {1..100}; do
	curl -fs -o /dev/null $at/api/status && break
	sleep 0.1
done
sleep 5
idle=$(kib Pss)
echo "Most memory of all processes (PSS, MiB); before any upload $((idle / 1024))"
printf '%-10s %10s %10s\n' "file, MB" "most" "sent in s"
first='' most=
for megabytes in $MEGABYTES; do
	make_noise "$megabytes" "$W/noise.wav"
	rm -f "$W/stop"
	watch_memory &
	watcher=$!
	pids+=($watcher)
	send "$W/noise.wav"
	touch "$W/stop"
	wait $watcher
	most=$(cat "$W/most")
	first=${first:-$most}
	printf '%-10s %10s %10s\n' "$megabytes" "$((most / 1024))" "$seconds"
done
rm -f "$W/noise.wav"
end_all
ratio=$(over "$most" "$first")
figure "memory: upload of 2 GB over one of 200 MB" "<= 1.2" "$ratio" "$(at_most "$ratio" 1.2)" \
	"$((most / 1024)) MiB PSS"
exit $broken
