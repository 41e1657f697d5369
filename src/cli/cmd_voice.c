/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `vangxa voice [COMMAND]`: a text on stdin, WAV on stdout; started by library/speech.c. */
#include "base/text.h"
#include "cli/cli.h"
#include "library/speech.h"

#include <stdio.h>

int cmd_voice(int argc, char **argv)
{
	if (argc <= 2)
		return speech_voice(argc == 2 ? argv[1] : "");
	fprintf(stderr, "vangxa: %s: %s\n", argv[0],
		T("lệnh này chỉ nhận một giọng đọc", "this command takes one voice"));
	return 2;
}
