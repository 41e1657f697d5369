/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} commands[] = {
	{"devices", cmd_devices},
	{"sink", cmd_sink},
	{"worker", cmd_worker},
	{"web", cmd_web},
	{NULL, NULL},
};

int cli_main(int argc, char **argv)
{
	for (int i = 0; argc > 1 && commands[i].name != NULL; i++)
		if (strcmp(commands[i].name, argv[1]) == 0)
			return commands[i].run(argc - 1, argv + 1);
	fprintf(stderr, "vangxa: %s\n", T("không có lệnh này", "no such command"));
	return 2;
}
