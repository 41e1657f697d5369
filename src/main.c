/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa: one program, many subcommands; see cli/cli.h. Those that ask a running station or only
 * read the log are done here, without the libraries of the station: loading them takes longer than
 * a proof. For all others, and where no station runs, it becomes vangxa-station. */
#include "base/text.h"
#include "cli/cli.h"
#include "cli/remote.h"

#include <stddef.h>

static char **called;

/* Nothing has been read from stdin nor said by then: none of those in cli_light does so before it
 * asks. getopt has put the options first, which means the same. */
bool remote_alone(const char *dir, const struct remote_call *call, json_t **reply, struct err *e)
{
	(void)dir;
	(void)call;
	(void)reply;
	return cli_become_station(called, e);
}

int main(int argc, char **argv)
{
	text_init();
	called = argv;
	return cli_main(argc, argv, cli_light, NULL);
}
