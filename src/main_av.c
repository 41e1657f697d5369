/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa-av: the worker with decoders for telephones' files, `vangxa worker av`, and for relays,
 * `vangxa worker stream`. */
#include "library/relayed.h"
#include "library/worker.h"

#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static const struct decoder *const decoders[] = {&decoder_amr, &decoder_av, NULL};

	if (argc > 1 && strcmp(argv[1], "stream") == 0)
		_exit(relayed_main());
	_exit(worker_main(decoders));
}
