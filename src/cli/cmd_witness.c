/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `vangxa witness`: speaks with those who see the log from outside; started by the station, not by
 * people. It is another program: libcurl and libcrypto bring two dozen libraries with them, and no
 * other process of the station reaches out into the network. */
#include "base/text.h"
#include "cli/become.h"
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

int cmd_witness(int argc, char **argv)
{
	static const struct {
		const char *mode;
		int argc;
	} modes[] = {{"post", 4}, {"query", 2}, {"token", 2}};

	for (size_t i = 0; argc > 1 && i < sizeof(modes) / sizeof(modes[0]); i++)
		if (strcmp(argv[1], modes[i].mode) == 0 && argc == modes[i].argc)
			return become("vangxa-net", argv + 1,
				      T("gửi đầu nhật ký cho nhân chứng bên ngoài",
					"sends the log's head to outside witnesses"));
	fprintf(stderr, "vangxa: %s: %s\n", argv[0],
		T("lệnh này do đài tự chạy", "this command is run by the station itself"));
	return 2;
}
