/* SPDX-License-Identifier: GPL-3.0-or-later */
/* .amr files: a word of magic, then frames to the end (RFC 4867 §5). */
#include "library/amr.h"
#include "library/decode.h"

#include <string.h>

#define READ_BYTES 4096

static const char narrow_magic[] = "#!AMR\n";
static const char wide_magic[] = "#!AMR-WB\n";

static bool begins(struct input *in, const char *magic)
{
	char head[sizeof(wide_magic)];
	size_t len = strlen(magic);

	return input_peek(in, 0, head, len) == len && memcmp(head, magic, len) == 0;
}

static void decode_frames(struct amr *a, struct input *in, struct outlet *out)
{
	uint8_t data[READ_BYTES];
	size_t have = 0;
	ssize_t n;

	while ((n = input_read(in, data + have, sizeof(data) - have)) > 0) {
		have += (size_t)n;
		size_t done = amr_write(a, data, have, out);

		if (done == 0) /* not one frame in so many bytes, or enough */
			break;
		have -= done;
		memmove(data, data + done, have);
	}
	if (have > 0)
		out->torn = true;
}

static struct decoded decode(struct input *in, struct outlet *out)
{
	bool wide = begins(in, wide_magic);
	unsigned rate_hz = wide ? AMR_WIDE_HZ : AMR_NARROW_HZ;
	struct amr a;

	if (!wide && !begins(in, narrow_magic))
		return (struct decoded){PCM_DAMAGED, SNIFF_AMR};
	in->at_bytes = (int64_t)strlen(wide ? wide_magic : narrow_magic);
	outlet_begin(out, "amr", rate_hz, 1, -1);
	enum pcm_status status = outlet_format(out, rate_hz, 1, NULL);
	if (status != PCM_DONE)
		return (struct decoded){status, rate_hz};
	amr_init(&a, wide);
	decode_frames(&a, in, out);
	amr_finish(&a);
	return (struct decoded){PCM_DONE, 0};
}

static bool probe(enum sniff kind)
{
	return kind == SNIFF_AMR;
}

const struct decoder decoder_amr = {"amr", probe, decode};
