/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `vangxa worker`: one untrusted file in, its sound out; started by ingest, not by people.
 * `vangxa worker av` is another program: FFmpeg's libraries bring a hundred others with them, which
 * no other process of the station shall load. */
#include "base/text.h"
#include "cli/become.h"
#include "cli/cli.h"
#include "library/worker.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

int cmd_worker(int argc, char **argv)
{
	/* Not by way of exit(3): there is nothing to flush, and what libraries do at the end (a
	 * leak checker's threads) is no longer allowed. */
	if (argc == 1)
		_exit(worker_main(worker_decoders));
	if (argc == 2 && strcmp(argv[1], "av") == 0)
		return become("vangxa-av", argv + argc,
			      T("giải mã tệp của điện thoại", "decodes telephones' files"));
	fprintf(stderr, "vangxa: %s: %s\n", argv[0],
		T("lệnh này không có tham số", "this command takes no arguments"));
	return 2;
}
