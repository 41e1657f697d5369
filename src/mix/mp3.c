/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/mp3.h"

#include "base/moment.h"
#include "base/must.h"
#include "base/text.h"

#include <lame/lame.h>
#include <stdarg.h>
#include <stdlib.h>

struct mp3 {
	lame_t lame;
	int frame_bytes;
	bool info_tag;
};

/* LAME would tell stderr itself; its return values say enough. */
static void silent(const char *format, va_list args)
{
	(void)format;
	(void)args;
}

static void configure(lame_t lame, const struct mp3_config *config, float scale)
{
	lame_set_errorf(lame, silent);
	lame_set_msgf(lame, silent);
	lame_set_debugf(lame, silent);
	lame_set_in_samplerate(lame, FRAMES_PER_S);
	lame_set_out_samplerate(lame, FRAMES_PER_S);
	lame_set_num_channels(lame, config->channels);
	lame_set_mode(lame, config->channels == 1 ? MONO : JOINT_STEREO);
	lame_set_VBR(lame, vbr_off);
	lame_set_brate(lame, config->bitrate_kbps);
	lame_set_quality(lame, 5);
	lame_set_disable_reservoir(lame, config->cuttable);
	lame_set_scale(lame, scale);
	lame_set_bWriteVbrTag(lame, config->info_tag);
	lame_set_write_id3tag_automatic(lame, 0);
}

/* NULL: a bit rate that LAME takes the nearest for, silently. */
static lame_t start(const struct mp3_config *config, float scale)
{
	lame_t lame = lame_init();

	must(lame != NULL);
	configure(lame, config, scale);
	if (lame_init_params(lame) >= 0 && lame_get_brate(lame) == config->bitrate_kbps)
		return lame;
	lame_close(lame);
	return NULL;
}

/* At most bit rates LAME multiplies the scale by 0.95 against clipping, and tells only
 * afterwards. Our limiter leaves room, and listeners and evidence shall have the level of the
 * mix: ask, then undo. */
static lame_t start_unscaled(const struct mp3_config *config)
{
	lame_t lame = start(config, 1.0f);

	if (lame == NULL || lame_get_scale(lame) == 1.0f)
		return lame;
	float scale = 1.0f / lame_get_scale(lame);
	lame_close(lame);
	return start(config, scale);
}

bool mp3_create(struct mp3 **m, const struct mp3_config *config, struct err *e)
{
	must(config->channels == 1 || config->channels == 2);
	lame_t lame = start_unscaled(config);

	if (lame == NULL)
		return err_set(e, ERR_USAGE,
			       T("MP3 không có tốc độ %d kbit/s; dùng 64, 128 hoặc 192",
				 "MP3 has no bit rate of %d kbit/s; use 64, 128 or 192"),
			       config->bitrate_kbps);
	must(lame_get_encoder_delay(lame) + 529 == MP3_DELAY_FRAMES);
	*m = calloc(1, sizeof(**m));
	must(*m != NULL);
	(*m)->lame = lame;
	(*m)->info_tag = config->info_tag;
	(*m)->frame_bytes = 144 * 1000 * config->bitrate_kbps / (int)FRAMES_PER_S;
	return true;
}

void mp3_destroy(struct mp3 *m)
{
	if (m == NULL)
		return;
	lame_close(m->lame);
	free(m);
}

int mp3_frame_bytes(const struct mp3 *m)
{
	return m->frame_bytes;
}

size_t mp3_encode(struct mp3 *m, const float *left, const float *right, int frames, uint8_t *out,
		  size_t out_bytes)
{
	must(out_bytes >= MP3_OUT_BYTES(frames));
	int n = lame_encode_buffer_ieee_float(m->lame, left, right, frames, out, (int)out_bytes);

	must(n >= 0); /* all its errors are a buffer too small or a broken setup */
	return (size_t)n;
}

size_t mp3_flush(struct mp3 *m, uint8_t *out, size_t out_bytes)
{
	must(out_bytes >= MP3_OUT_BYTES(0));
	int n = lame_encode_flush(m->lame, out, (int)out_bytes);

	must(n >= 0);
	return (size_t)n;
}

size_t mp3_tag(struct mp3 *m, uint8_t *out, size_t out_bytes)
{
	if (!m->info_tag)
		return 0;
	size_t n = lame_get_lametag_frame(m->lame, out, out_bytes);

	must(n <= out_bytes);
	return n;
}
