/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/relayform.h"

#include "base/limits.h"
#include "base/must.h"

bool relay_form_is(const struct relay_form *f)
{
	return f->codec < RELAY_CODEC_COUNT && f->zero[0] == 0 && f->zero[1] == 0 &&
	       f->channels >= 1 && f->channels <= RELAY_CHANNELS_MAX && f->rate_hz >= 1 &&
	       f->rate_hz <= RELAY_RATE_MAX_HZ;
}

const char *relay_codec_word(enum relay_codec codec)
{
	static const char *const words[] = {
#define X(name, word) word,
		RELAY_CODECS(X)
#undef X
	};

	must(codec < RELAY_CODEC_COUNT);
	return words[codec];
}
