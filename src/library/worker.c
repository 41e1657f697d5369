/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/worker.h"

#include "base/limits.h"
#include "library/decode.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* In the order in which they are asked. */
static const struct decoder *const decoders[] = {&decoder_sndfile, &decoder_mp3};

static void limit(int what, rlim_t most)
{
	/* Lowering a limit cannot be refused; if it were, the others still hold. */
	(void)setrlimit((__rlimit_resource_t)what, &(struct rlimit){most, most});
}

void worker_confine(void)
{
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, WORKER_CPU_S);
	limit(RLIMIT_FSIZE, 0);
/* Sanitizers map terabytes of shadow memory and open files of their own. */
#if !defined(VX_ASAN) && !defined(VX_TSAN)
	limit(RLIMIT_AS, WORKER_MEMORY_BYTES);
	limit(RLIMIT_NOFILE, 3);
#endif
}

static struct decoded decode_as(enum sniff kind, struct input *in, struct outlet *out)
{
	bool tried = false;

	for (size_t i = 0; i < sizeof(decoders) / sizeof(decoders[0]); i++) {
		if (!decoders[i]->probe(kind))
			continue;
		tried = true;
		struct decoded d = decoders[i]->decode(in, out);
		if (d.status != PCM_DAMAGED || out->begun)
			return d;
	}
	if (tried)
		return (struct decoded){PCM_DAMAGED, kind};
	bool sound = kind == SNIFF_M4A || kind == SNIFF_AAC || kind == SNIFF_AMR ||
		     kind == SNIFF_WMA || kind == SNIFF_MATROSKA;
	return (struct decoded){sound ? PCM_UNSUPPORTED : PCM_NOT_SOUND, kind};
}

int worker_main(void)
{
	static struct outlet out = {.fd = STDOUT_FILENO};
	struct input in;
	struct decoded d;

	worker_confine();
	out.in = &in;
	if (!input_init(&in, STDIN_FILENO))
		d = (struct decoded){PCM_UNREADABLE, errno};
	else if (in.size_bytes == 0)
		d = (struct decoded){PCM_EMPTY, 0};
	else
		d = decode_as(decode_kind(&in), &in, &out);
	if (in.error != 0)
		d = (struct decoded){PCM_UNREADABLE, in.error};
	outlet_end(&out, d.status, d.detail);
	return out.gone ? 1 : 0;
}
