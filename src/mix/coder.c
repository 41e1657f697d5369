/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/coder.h"

#include "base/must.h"

#include <string.h>

const struct mp3_config coder_mp3 = {.channels = 1, .bitrate_kbps = 64, .cuttable = true};

int coder_frame_bytes(void)
{
	return MP3_FRAMES / 8 * 1000 * coder_mp3.bitrate_kbps / (int)FRAMES_PER_S;
}

static void create_mp3(struct coder *c)
{
	struct err e;

	must(mp3_create(&c->mp3, &coder_mp3, &e)); /* a setting that LAME knows */
}

void coder_init(struct coder *c, struct recorder *recorder, struct livecast *live)
{
	*c = (struct coder){.recorder = recorder, .live = live};
	create_mp3(c);
}

static void deliver(struct coder *c, size_t bytes, const struct recorder_time *time)
{
	size_t one = (size_t)mp3_frame_bytes(c->mp3);

	must(bytes % one == 0);
	for (size_t done = 0; done < bytes; done += one, c->made++) {
		int64_t at = c->base + c->made * MP3_FRAMES - MP3_DELAY_FRAMES;
		if (c->recorder != NULL)
			recorder_frame(c->recorder, c->out + done, (struct frame){at}, time);
		if (c->live != NULL)
			livecast_frame(c->live, c->out + done);
	}
}

static void encode(struct coder *c, const float *samples, int frames,
		   const struct recorder_time *time)
{
	deliver(c, mp3_encode(c->mp3, samples, samples, frames, c->out, sizeof(c->out)), time);
	c->next += frames;
}

static void restart(struct coder *c, const struct recorder_time *time)
{
	deliver(c, mp3_flush(c->mp3, c->out, sizeof(c->out)), time);
	mp3_destroy(c->mp3);
	create_mp3(c);
	c->started = false;
}

static void fill(struct coder *c, int64_t frames, const struct recorder_time *time)
{
	static const float silence[BLOCK_FRAMES];

	if (c->recorder != NULL)
		recorder_lost(c->recorder, frames);
	for (; frames > 0; frames -= BLOCK_FRAMES)
		encode(c, silence, frames < BLOCK_FRAMES ? (int)frames : BLOCK_FRAMES, time);
}

void coder_block(struct coder *c, int64_t first, const float *samples,
		 const struct recorder_time *time)
{
	int64_t gap = c->started ? first - c->next : 0;

	if (gap > 0 && gap <= ENCODER_GAP_S * FRAMES_PER_S)
		fill(c, gap, time);
	else if (gap != 0)
		restart(c, time);
	if (!c->started) {
		c->started = true;
		c->base = c->next = first;
		c->made = 0;
	}
	encode(c, samples, BLOCK_FRAMES, time);
}

void coder_finish(struct coder *c, const struct recorder_time *time)
{
	if (c->started)
		deliver(c, mp3_flush(c->mp3, c->out, sizeof(c->out)), time);
	if (c->recorder != NULL)
		recorder_stop(c->recorder);
	mp3_destroy(c->mp3);
	c->mp3 = NULL;
}
