/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `vangxa fetch URL`: an upper station's bytes, for a relay; started by the station, not by people.
 * It is another program, for the reason of cmd_witness.c. */
#include "base/text.h"
#include "cli/become.h"
#include "cli/cli.h"

#include <stdio.h>

int cmd_fetch(int argc, char **argv)
{
	if (argc == 2)
		return become("vangxa-net", argv,
			      T("lấy tiếng của đài cấp trên", "fetches an upper station's sound"));
	fprintf(stderr, "vangxa: %s: %s\n", argv[0],
		T("lệnh này do đài tự chạy", "this command is run by the station itself"));
	return 2;
}
