/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa-report: `vangxa report`, and registers as files, with the libraries that print and fill
 * spreadsheets. */
#include "base/text.h"
#include "cli/cli.h"

#include <stddef.h>

int main(int argc, char **argv)
{
	static const struct cli_command own[] = {{"report", cmd_report},
						   {"register", cmd_register_out},
						   {NULL, NULL}};

	text_init();
	return cli_main(argc, argv, own, NULL);
}
