/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa-av: the worker with decoders for telephones' files; `vangxa worker av` becomes it. */
#include "library/worker.h"

#include <unistd.h>

int main(void)
{
	static const struct decoder *const decoders[] = {&decoder_amr, &decoder_av, NULL};

	_exit(worker_main(decoders));
}
