#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# prepare-var.sh VANGXA DIR: makes DIR a demonstration station: settings, timetables, sounds and a few
# sample bulletins. What is already there is never touched, so it can be run before every start.
# `make run` calls it; after `make install` it stands in PREFIX/share/vangxa for a first station.
set -eu
vangxa=${1:?usage: prepare-var.sh VANGXA DIR}
dir=${2:?usage: prepare-var.sh VANGXA DIR}
here=$(cd "$(dirname "$0")" && pwd)
# In the repository this stands in packaging/, beside schedules/, audio/ and seeds/; installed, above them.
share=$here
[ -d "$share/schedules" ] || share=$here/..

say() {
	printf '%s\n' "$*"
}

new_station=false
[ -e "$dir/station.yaml" ] || [ -e "$dir/log" ] || new_station=true
mkdir -p "$dir"

# Copies a file or folder that is not there yet; whole or not at all.
bring() {
	[ -e "$dir/$2" ] && return 0
	rm -rf "$dir/.$2.new"
	cp -R "$1" "$dir/.$2.new"
	mv "$dir/.$2.new" "$dir/$2"
	say "  + $dir/$2"
}

$new_station && say "Chuẩn bị đài trình diễn trong $dir (preparing a demonstration station):"
bring "$share/schedules" schedules
bring "$share/audio" audio
bring "$share/seeds" seeds
bring "$share/packaging/demo/station.yaml" station.yaml

# A sample bulletin: title, programme and kind from ban-tin/index.tsv.
add_samples() {
	local file title programme kind id count=0
	while IFS=$'\t' read -r file title programme kind; do
		case $file in '' | '#'*) continue ;; esac
		id=$("$vangxa" add "$dir/audio/ban-tin/$file" --data "$dir" --title "$title" --language vi \
			--programme "$programme" --kind "$kind" --json 2>"$dir/.add.text" |
			sed -n 's/.*"id": *"\([^"]*\)".*/\1/p')
		[ -n "$id" ] || { cat "$dir/.add.text" >&2; return 1; }
		"$vangxa" approve "$id" --data "$dir" --document "mẫu/$((count + 1))" >/dev/null || return 1
		count=$((count + 1))
	done <"$dir/audio/ban-tin/index.tsv"
	rm -f "$dir/.add.text"
	say "  + $count bản tin mẫu, đã duyệt (sample bulletins, approved)"
}

if $new_station; then
	add_samples || say "  ! chưa thêm được bản tin mẫu; đài vẫn chạy (sample bulletins could not be added)" >&2
fi
# Where the page is, only who starts the station knows: vangxa run says it.
say "Đài sẵn sàng (ready). Địa chỉ trang hiện ra khi chạy (its start prints the page's address): vangxa run --data $dir"
