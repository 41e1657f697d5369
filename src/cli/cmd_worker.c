/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `vangxa worker`: one untrusted file in, its sound out; started by ingest, not by people. */
#include "base/text.h"
#include "cli/cli.h"
#include "library/worker.h"

#include <stdio.h>

int cmd_worker(int argc, char **argv)
{
	if (argc == 1)
		return worker_main();
	fprintf(stderr, "vangxa: %s: %s\n", argv[0],
		T("lệnh này không có tham số", "this command takes no arguments"));
	return 2;
}
