/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `vangxa signer`: appends to the log and signs it; started by the station, not by people. */
#include "base/text.h"
#include "cli/cli.h"
#include "proof/signer_inside.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

int cmd_signer(int argc, char **argv)
{
	struct stat st;

	if (argc == 5 && fstat(SIGNER_FD, &st) == 0 && S_ISSOCK(st.st_mode))
		_exit(signer_main(argv[1], argv[2], argv[3], strstr(argv[4], SIGNER_NEXT) != NULL,
				  strstr(argv[4], SIGNER_HELD) != NULL));
	fprintf(stderr, "vangxa: %s: %s\n", argv[0],
		T("lệnh này do đài tự chạy", "this command is run by the station itself"));
	return 2;
}
