/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa ear NAME: the child that listens with one microphone; started by the station. */
#include "base/text.h"
#include "cli/cli.h"
#include "mix/ear.h"

#include <stdio.h>
#include <unistd.h>

int cmd_ear(int argc, char **argv)
{
	if (argc == 2 && !isatty(STDOUT_FILENO))
		return ear_run(argv[1]);
	fprintf(stderr, "vangxa ear: %s\n",
		T("chỉ đài tự chạy lệnh này", "only the station itself runs this command"));
	return 2;
}
