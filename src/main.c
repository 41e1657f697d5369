/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa: one program, many subcommands; see cli/cli.h. */
#include "base/text.h"
#include "cli/cli.h"

int main(int argc, char **argv)
{
	text_init();
	return cli_main(argc, argv);
}
