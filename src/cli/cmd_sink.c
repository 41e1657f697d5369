/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa sink NAME: the child that drives one sound device; started by the station, with the shared
 * memory as descriptor 3. vangxa sink --list: the devices as JSON, for `vangxa devices`. */
#include "base/text.h"
#include "cli/cli.h"
#include "mix/sink.h"

#include <stdio.h>
#include <string.h>

#define RING_FD 3

int cmd_sink(int argc, char **argv)
{
	struct err e = {0};

	if (argc == 2 && strcmp(argv[1], "--list") == 0)
		return sink_list();
	struct shmring *ring = shmring_open(RING_FD, &e);
	if (ring == NULL) {
		fprintf(stderr, "vangxa sink: %s\n", e.text);
		return 2;
	}
	return sink_run(ring);
}
