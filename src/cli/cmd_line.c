/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa line NAME CHANNEL: the child that brings an input of a sound card, for a relay; started by
 * the station. */
#include "base/text.h"
#include "cli/cli.h"
#include "mix/line.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int cmd_line(int argc, char **argv)
{
	if (argc == 3 && !isatty(STDOUT_FILENO))
		return line_run(argv[1], (int)strtol(argv[2], NULL, 10));
	fprintf(stderr, "vangxa line: %s\n",
		T("chỉ đài tự chạy lệnh này", "only the station itself runs this command"));
	return 2;
}
