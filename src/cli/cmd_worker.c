/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `vangxa worker`: one untrusted file in, its sound out; started by ingest, not by people; `vangxa
 * worker stream`: a stream, for relays.
 * `vangxa worker av` is another program: FFmpeg's libraries bring a hundred others with them, which
 * no other process of the station shall load. */
#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"
#include "cli/become.h"
#include "cli/cli.h"
#include "library/worker.h"
#include "plan/ics_events.h"
#include "sys/jail.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A stranger's calendar from stdin, its events as one line of JSON on stdout; in which language is
 * told, since it has no environment. */
static int read_calendar(const char *language)
{
	const struct jail_limits limits = {.cpu_s = ICS_MS / 1000,
					   .memory_bytes = ICS_MEMORY_BYTES};
	static char piece[4096];
	struct buf text = {0};
	struct err e = {0};
	ssize_t n;

	text_speak(text_reader(language));
	if (!jail_enter(&limits, &e))
		return 1;
	while ((n = read(STDIN_FILENO, piece, sizeof(piece))) > 0 && text.len <= ICS_BYTES_MAX)
		buf_add(&text, piece, (size_t)n);
	json_t *events = n == 0 ? ics_events(buf_str(&text), &e) : NULL;
	json_t *answer = events != NULL ? json_pack("{s:o}", "events", events)
					: json_pack("{s:s}", "error", e.text);
	char *line = json_dumps(answer, JSON_COMPACT);
	size_t done = 0, len = line != NULL ? strlen(line) : 0;
	while (done < len && (n = write(STDOUT_FILENO, line + done, len - done)) > 0)
		done += (size_t)n;
	return done == len && len > 0 ? 0 : 1;
}

int cmd_worker(int argc, char **argv)
{
	/* Not by way of exit(3): there is nothing to flush, and what libraries do at the end (a
	 * leak checker's threads) is no longer allowed. */
	if (argc == 1)
		_exit(worker_main(worker_decoders));
	if (argc == 2 && strcmp(argv[1], "av") == 0)
		return become("vangxa-av", argv + argc,
			      T("giải mã tệp của điện thoại", "decodes telephones' files"));
	if (argc == 2 && strcmp(argv[1], "cap") == 0)
		return become("vangxa-cap", argv + argc,
			      T("đọc bản tin cảnh báo CAP", "reads CAP messages"));
	if ((argc == 2 || argc == 3) && strcmp(argv[1], "sheet") == 0)
		return become("vangxa-sheet", argv + 2,
			      T("đọc bảng tính", "reads spreadsheets"));
	if (argc == 3 && strcmp(argv[1], "ics") == 0)
		_exit(read_calendar(argv[2]));
	if (argc == 2 && strcmp(argv[1], "stream") == 0)
		return become("vangxa-av", argv + 1,
			      T("giải mã tiếp âm", "decodes what is relayed"));
	fprintf(stderr, "vangxa: %s: %s\n", argv[0],
		T("lệnh này không có tham số", "this command takes no arguments"));
	return 2;
}
