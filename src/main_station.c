/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa-station: every subcommand; `vangxa` becomes it, and its children are this program again
 * (sys/proc.h). */
#include "base/text.h"
#include "cli/cli.h"

int main(int argc, char **argv)
{
	text_init();
	return cli_main(argc, argv, cli_light, cli_station);
}
