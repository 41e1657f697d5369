/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `vangxa worker`: one untrusted file in, its sound out; started by ingest, not by people. */
#include "base/text.h"
#include "cli/cli.h"
#include "library/worker.h"

#include <stdio.h>
#include <unistd.h>

int cmd_worker(int argc, char **argv)
{
	/* Not by way of exit(3): there is nothing to flush, and what libraries do at the end (a leak
	 * checker's threads) is no longer allowed. */
	if (argc == 1)
		_exit(worker_main());
	fprintf(stderr, "vangxa: %s: %s\n", argv[0],
		T("lệnh này không có tham số", "this command takes no arguments"));
	return 2;
}
