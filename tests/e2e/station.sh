# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by tests that need a station of their own: a folder in which something is always on air, to no
# device; starting, waiting for a condition, and stopping what was started here and nothing else.
# shellcheck shell=bash
. tests/e2e/jqe.sh
. tests/e2e/free_port.sh
. tests/e2e/until.sh
DIR="$SCRATCH/đài"
V=$VANGXA
export VANGXA_DATA=$DIR
run_pid=
SLOT_S=${SLOT_S:-20} # seconds; divides a minute

finish_station() {
	[ -z "$run_pid" ] || { kill "$run_pid" 2>/dev/null; wait "$run_pid" 2>/dev/null; }
}
trap finish_station EXIT

fail() {
	echo "$(basename "$0" .sh): $*" >&2
	[ ! -e "$SCRATCH/run.log" ] || tail -n 20 "$SCRATCH/run.log" | sed 's/^/    /' >&2
	exit 1
}

# Two zones that go to no device; a slot of SLOT_S every SLOT_S plays a sound file two seconds shorter.
make_dir() {
	mkdir -p "$DIR/schedules" "$DIR/audio"
	sox -n -r 48000 -c 1 -b 16 "$DIR/audio/tieng.flac" synth $((SLOT_S - 2)) sine 440 vol 0.3
	cat >"$DIR/station.yaml" <<-YAML
		station: Đài thử
		id: dai-thu
		timezone: Asia/Ho_Chi_Minh
		zones:
		  - {name: mot, device: none, channel: 1}
		  - {name: hai, device: none, channel: 2}
	YAML
	timetable 'Luôn có tiếng' >"$DIR/schedules/thu.yaml"
}

# A timetable whose only slot has this name.
timetable() {
	cat <<-YAML
		timetable: Lịch thử
		valid: {from: 2026-01-01}
		slots:
		  - name: $1
		    start: "00:00:00"
		    length: ${SLOT_S}s
		    repeat: {every: ${SLOT_S}s, until: "23:59:$((60 - SLOT_S))"}
		    play: {file: audio/tieng.flac}
		    late: {join_within: ${SLOT_S}s}
		    ident: false
	YAML
}

status() { "$V" status --json 2>/dev/null | jqe "$1"; }
answers() { "$V" status --json; }
on_air() { status '.on_air | length > 0'; }

# stream_code URL [CURL…]: the status of an answer that has no end.
stream_code() {
	curl -sN -m 60 -D "$SCRATCH/stream.head" "${@:2}" "$1" | head -c 1 >/dev/null
	sed -n '1s/^[^ ]* \([0-9]*\).*/\1/p' "$SCRATCH/stream.head"
}

# start_run PORT: station and web, until something is on air.
start_run() {
	# A test that is killed takes its station along.
	setpriv --pdeathsig TERM "$V" run --data "$DIR" --listen "127.0.0.1:$1" >>"$SCRATCH/run.log" 2>&1 &
	run_pid=$!
	until_true 40 on_air || fail "nothing on air: $("$V" status 2>&1)"
}

stop_run() {
	kill "$run_pid"
	wait "$run_pid"
	local ended=$?
	run_pid=
	return $ended
}

# The process of this name under the supervisor.
child() { pgrep -P "$run_pid" -f "^vangxa $1 "; }

# entries [LOG]: all entries of a log, one JSON object a line, read from its files by nothing of ours: each is a
# line preceded by its length in two bytes. The last bundle is renamed with every entry that it gets, N.p/7 to
# N.p/8, and what is written behind those seven is none yet: whoever finds it gone looks again.
entries() {
	perl -MFile::Find -e '
		sub all {
			my ($text, %named, @files) = ("");
			-d $_[0] or return $text;
			find({no_chdir => 1, wanted => sub {
				-d && m{[.]p$} and $named{$_} += 0;
				m{/([0-9]+|[0-9]+[.]p/[0-9]+)$} && -f or return;
				push @files, $_;
				m{(.*[.]p)/} and $named{$1}++;
			}}, $_[0]);
			for my $file (sort @files) {
				my ($full, $count) = $file =~ m{(.*)[.]p/([0-9]+)$} ? ($1, $2) : ("", 256);
				next if $full ne "" && -e $full;
				open(my $in, "<:raw", $file) or return;
				local $/;
				my $data = <$in>;
				for (my $i = 0; $count > 0 && $i + 2 <= length $data; $count--) {
					my $n = unpack("n", substr($data, $i, 2));
					$text .= substr($data, $i + 2, $n);
					$i += 2 + $n;
				}
			}
			return (grep { $_ == 0 } values %named) ? undef : $text;
		}
		my $text;
		for (my $i = 0; $i < 200 && !defined $text; $i++) { $text = all(@ARGV); }
		print $text if defined $text;' "$DIR/${1:-log}/tile/entries"
}
