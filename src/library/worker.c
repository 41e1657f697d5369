/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/worker.h"

#include "base/limits.h"
#include "library/decode.h"
#include "sys/jail.h"
#include "sys/log.h"

#include <errno.h>
#include <unistd.h>

/* In the order in which they are asked. */
const struct decoder *const worker_decoders[] = {&decoder_sndfile, &decoder_mp3, NULL};

bool worker_confine(struct err *e)
{
	return jail_enter(&(struct jail_limits){.cpu_s = WORKER_CPU_S,
						.memory_bytes = WORKER_MEMORY_BYTES},
			  e);
}

static struct decoded decode_as(const struct decoder *const decoders[], enum sniff kind,
				struct input *in, struct outlet *out)
{
	bool tried = false;

	for (size_t i = 0; decoders[i] != NULL; i++) {
		if (!decoders[i]->probe(kind))
			continue;
		tried = true;
		struct decoded d = decoders[i]->decode(in, out);
		if (d.status != PCM_DAMAGED || out->begun)
			return d;
	}
	if (tried)
		return (struct decoded){PCM_DAMAGED, kind};
	return (struct decoded){sniff_is_phone(kind) ? PCM_UNSUPPORTED : PCM_NOT_SOUND, kind};
}

/* The whole job, behind the fence. */
static bool decode_all(const struct decoder *const decoders[], struct input *in, bool is_file,
		       int why)
{
	static struct outlet out = {.fd = STDOUT_FILENO};
	struct decoded d;

	out.in = in;
	if (!is_file)
		d = (struct decoded){PCM_UNREADABLE, why};
	else if (in->size_bytes == 0)
		d = (struct decoded){PCM_EMPTY, 0};
	else
		d = decode_as(decoders, decode_kind(in), in, &out);
	if (in->error != 0)
		d = (struct decoded){PCM_UNREADABLE, in->error};
	outlet_end(&out, d.status, d.detail);
	out.in = NULL;
	return !out.gone;
}

int worker_main(const struct decoder *const decoders[])
{
	struct input in;
	struct err e = {0};
	/* Asks the kernel what stdin is; behind the fence it would get no answer. */
	bool is_file = input_init(&in, STDIN_FILENO);
	int why = errno;

	if (worker_confine(&e))
		return decode_all(decoders, &in, is_file, why) ? 0 : 1;
	log_warn("worker: %s", e.text);
	return 1;
}
