# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by bench/*.sh: packages, the playlist, measuring, tables. Sourced with bash.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
top=$(cd "$here/.." && pwd)
VANGXA=${VANGXA:-$top/build/plain/vangxa}
W=${BENCH_DIR:-$top/build/bench}
DAY=2026-11-23 # of the render; any day will do
broken=0      # a program that should have run did not: the script's exit status
mkdir -p "$W"

# A figure for the table that bench/lib/all.sh prints in the end: what, target, value, yes or no ("-"
# without a target), and what stands beside it.
figure() {
	[ -z "${FIGURES:-}" ] || (IFS='|' && echo "$*" >>"$FIGURES")
}

at_most() { awk -v a="$1" -v b="$2" 'BEGIN {print a <= b ? "yes" : "no"}'; }

at_least() { at_most "$2" "$1"; }

over() { awk -v a="$1" -v b="$2" 'BEGIN {if (b > 0) printf "%.2f", a / b; else print "-"}'; }

# need COMMAND…: a script that cannot work without one says so and ends well.
need() {
	local command
	for command; do
		command -v "$command" >/dev/null && continue
		echo "${0##*/}: left out: $command is not installed (make bench-deps)"
		exit 0
	done
}

# Takes out of ONLY the peers that are not installed.
keep_installed() {
	local what command kept=
	for what in $ONLY; do
		for command in $(commands_of "$what"); do
			command -v "$command" >/dev/null && continue
			echo "${0##*/}: $what left out: $command is not installed (make bench-deps)"
			continue 2
		done
		kept+=" $what"
	done
	ONLY=$kept
}

commands_of() {
	case $1 in
	liquidsoap) echo liquidsoap icecast2 ;;
	ezstream) echo ezstream icecast2 ;;
	mpd) echo mpd mpc ;;
	ffmpeg*) echo ffmpeg ;;
	sox) echo sox ;;
	esac
}

# Builds bench/NAME.c beside the program and prints where it is. make names its targets from the top: by
# an absolute name an old binary would be "up to date".
build_program() {
	local dir
	dir=$(dirname "$VANGXA")
	make -s -C "$top" B="${dir#"$top"/}" "${dir#"$top"/}/bench/$1" >&2
	echo "$dir/bench/$1"
}

# The log of twenty years (log_make.c) in $dir, a folder that goes with the script, and no results yet for RUNS turns.
make_log() { # NAME
	local program
	COUNT=${COUNT:-876600} RUNS=${RUNS:-5}
	dir=$W/$1 results=$W/$1.results
	program=$(build_program log_make)
	rm -rf "$dir"
	mkdir -p "$dir"
	trap 'rm -rf "$dir"' EXIT
	: >"$results"
	"$program" "$dir" "$COUNT"
}

# timed NAME COMMAND…: adds "NAME CPU KB WALL" to $results. CPU is user + system, children included.
timed() {
	local name=$1
	shift
	/usr/bin/time -f '%U %S %M %e' -o "$W/time" "$@" >"$W/$name.out" 2>&1 || {
		echo "bench: $name failed, see $W/$name.out" >&2
		tail -3 "$W/$name.out" >&2
		return 1
	}
	tail -1 "$W/time" | awk -v n="$name" '{print n, $1 + $2, $3, $4}' >>"$results"
}

median_of() { # NAME COLUMN of $results
	awk -v n="$1" -v c="$2" '$1 == n {print $c}' "$results" | median
}

# The programs of ONLY, RUNS times, to and fro so that a change of the machine's load hits all alike.
in_turn() {
	local run what order
	for ((run = 0; run < RUNS; run++)); do
		order=$ONLY
		[ $((run % 2)) = 0 ] || order=$(tr -s ' ' '\n' <<<"$ONLY" | tac)
		for what in $order; do
			"run_$what" || broken=1
		done
	done
}

# Seconds of a sound file, decoded to count, rounded down.
whole_seconds() {
	ffmpeg -nostdin -v error -i "$1" -f s16le -ac 1 -ar 8000 - | wc -c | awk '{print int($1 / 16000)}'
}

to_mp3() { # IN OUT SECONDS: 44.1 kHz stereo, 128 kbit/s
	ffmpeg -nostdin -v error -y -i "$1" -t "$3" -ac 2 -ar 44100 -c:a libmp3lame -b:a 128k "$2"
}

speech() { # NUMBER: a bulletin of about two minutes
	local text
	case $1 in
	0)
		text="Kính thưa bà con. Đài truyền thanh xã xin thông báo lịch tiêm chủng mở \
rộng tháng này. Bà con có con dưới một tuổi đưa cháu đến trạm y \
tế xã từ bảy giờ ba mươi đến mười một giờ sáng thứ tư."
		;;
	1)
		text="Bản tin nông nghiệp. Tuần qua trời nắng xen kẽ mưa rào, rầy nâu xuất \
hiện trên lúa ở một số thôn. Bà con thăm đồng thường xuyên, phun \
thuốc đúng loại, đúng lúc, đúng liều lượng và đúng cách."
		;;
	2)
		text="Dự báo thời tiết. Đêm nay và ngày mai có mây, có mưa rào và dông vài \
nơi, gió nhẹ. Nhiệt độ thấp nhất hai mươi ba độ, cao nhất ba mươi \
hai độ. Trong cơn dông đề phòng lốc, sét và gió giật mạnh."
		;;
	*)
		text="Ủy ban nhân dân xã mời bà con thôn hai và thôn ba dự họp tại nhà văn \
hóa lúc mười chín giờ tối thứ sáu, bàn việc làm đường và quỹ \
khuyến học. Rất mong bà con đến dự đông đủ và đúng giờ."
		;;
	esac
	for _ in 1 2 3 4 5 6; do printf '%s\n' "$text"; done
}

make_items() { # FOLDER of the music: what all lists are made of
	local snd=$1 n s
	for n in 1 2; do
		s=$(whole_seconds "$snd/frozen-mainzik-${n}p.ogg")
		to_mp3 "$snd/frozen-mainzik-${n}p.ogg" "$W/items/m$n.mp3" "$s"
		echo "$s $W/items/m$n.mp3"
	done >"$W/music"
	for n in 0 1 2 3; do
		speech $n | espeak-ng -v vi -s 145 -w "$W/s.wav"
		s=$(whole_seconds "$W/s.wav")
		to_mp3 "$W/s.wav" "$W/items/s$n.mp3" "$s"
		echo "$s $W/items/s$n.mp3"
	done >"$W/spoken.new"
	to_mp3 "$snd/introzik.ogg" "$W/bed.mp3" 180
	mv "$W/spoken.new" "$W/spoken"
}

# $W/items/*.mp3 (whole seconds each), $W/list ("SECONDS PATH" lines, $1 seconds in all), $W/bed.mp3.
make_playlist() {
	local total=$1 at=0 i=0 s n snd=/usr/share/games/frozen-bubble/snd
	[ -f "$W/list" ] && [ "$(awk '{t += $1} END {print t}' "$W/list")" = "$total" ] && return
	[ -f "$snd/introzik.ogg" ] || {
		echo "${0##*/}: left out: no music, frozen-bubble-data is missing (make bench-deps)"
		exit 0
	}
	rm -f "$W/mix.wav" # of another list
	mkdir -p "$W/items"
	[ -f "$W/spoken" ] || make_items $snd
	: >"$W/list"
	while [ $at -lt "$total" ]; do
		# Two bulletins, then music.
		if [ $((i % 3)) = 2 ]; then
			read -r s n < <(sed -n "$((i / 3 % 2 + 1))p" "$W/music")
		else
			read -r s n < <(sed -n "$(((i - i / 3) % 4 + 1))p" "$W/spoken")
		fi
		if [ $((at + s)) -gt "$total" ]; then
			s=$((total - at))
			to_mp3 "$n" "$W/items/last.mp3" $s
			n=$W/items/last.mp3
		fi
		echo "$s $n" >>"$W/list"
		at=$((at + s)) i=$((i + 1))
	done
}

# A station in $1 whose timetable is the list, from second $2 of the day.
make_station() {
	local dir=$1 at=$2 s file
	mkdir -p "$dir/schedules"
	cat >"$dir/station.yaml" <<-END
	station: Đài đo thử
	id: do-thu
	timezone: Asia/Ho_Chi_Minh
	zones:
	  - {name: a, device: none, channel: 1}
	bed: $W/bed.mp3
	END
	{
		echo "timetable: Một giờ"
		echo "valid: {from: 2026-01-01}"
		echo "slots:"
		while read -r s file; do
			printf '  - name: Mục %d\n    start: "%02d:%02d:%02d"\n' $at \
				$((at / 3600)) $((at / 60 % 60)) $((at % 60))
			printf '    length: %ds\n    play: {file: %s}\n' "$s" "$file"
			printf '    ident: false\n    bed: true\n    overrun: cut\n    late: {join_within: 30m}\n'
			at=$((at + s))
			[ $at -lt 86400 ] || break
		done <"$W/list"
	} >"$dir/schedules/do.yaml"
}

cpu_name() { sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1; }

median() { # column of numbers
	sort -n | awk '{v[NR] = $1} END {if (NR) print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'
}
