/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa line NAME CHANNEL [MS]: the child that brings an input of a sound card, for a relay or a
 * live voice; started by the station. */
#include "base/limits.h"
#include "base/text.h"
#include "cli/cli.h"
#include "mix/line.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int cmd_line(int argc, char **argv)
{
	if ((argc == 3 || argc == 4) && !isatty(STDOUT_FILENO))
		return line_run(argv[1], (int)strtol(argv[2], NULL, 10),
				argc == 4 ? (int)strtol(argv[3], NULL, 10) : SINK_LATENCY_MS);
	fprintf(stderr, "vangxa line: %s\n",
		T("chỉ đài tự chạy lệnh này", "only the station itself runs this command"));
	return 2;
}
