/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/master.h"

#include "base/moment.h"
#include "base/must.h"
#include "base/text.h"
#include "library/pcmpipe.h"
#include "library/store.h"

#include <errno.h>
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define FULL_SCALE_24 8388608.0f
/* 0–1 for libFLAC's 0–8. Level 2: fixed predictors; decodes fastest, and level 5 would save 5 % of
 * the bytes for a third more time. */
#define COMPRESSION (2 / 8.0)

struct master {
	struct store store;
	SNDFILE *file;
	int64_t frames;
	int pcm[PCM_CHUNK_FRAMES]; /* 24 bits, left-justified as libsndfile wants them */
};

static bool open_file(struct master *m, struct err *e)
{
	SF_INFO info = {.samplerate = (int)FRAMES_PER_S,
			.channels = 1,
			.format = SF_FORMAT_FLAC | SF_FORMAT_PCM_24};
	double compression = COMPRESSION;

	m->file = sf_open_fd(m->store.fd, SFM_WRITE, &info, SF_FALSE);
	if (m->file == NULL)
		return err_set(e, ERR_FAILED, T("không ghi được bản gốc FLAC: %s",
						"cannot write the FLAC master: %s"),
			       sf_strerror(NULL));
	sf_command(m->file, SFC_SET_COMPRESSION_LEVEL, &compression, sizeof(compression));
	return true;
}

struct master *master_create(const char *dir, struct err *e)
{
	struct master *m = calloc(1, sizeof(*m));

	must(m != NULL);
	if (store_begin(&m->store, dir, "masters", e) && open_file(m, e))
		return m;
	store_abandon(&m->store);
	free(m);
	return NULL;
}

void master_destroy(struct master *m)
{
	if (m == NULL)
		return;
	if (m->file != NULL)
		sf_close(m->file);
	store_abandon(&m->store);
	free(m);
}

/* libsndfile does not always pass errno on. */
static bool cannot_write(struct err *e)
{
	errno = errno != 0 ? errno : EIO;
	return err_errno(e, T("không ghi được bản gốc FLAC", "cannot write the FLAC master"));
}

/* Rounds to 24 bits in place; the float is exactly what a reader of the master gets. */
static int round_24(float *sample)
{
	long value = lrintf(*sample * FULL_SCALE_24);

	if (!(*sample > -1.0f)) /* NaN too: the worker is not believed */
		value = *sample <= -1.0f ? -8388608 : 0;
	if (*sample >= 1.0f || value > 8388607)
		value = 8388607;
	*sample = (float)value / FULL_SCALE_24;
	return (int)(value * 256);
}

bool master_write(struct master *m, float *samples, size_t frames, struct err *e)
{
	must(m->file != NULL && frames <= PCM_CHUNK_FRAMES);
	for (size_t i = 0; i < frames; i++)
		m->pcm[i] = round_24(samples + i);
	m->frames += (int64_t)frames;
	errno = 0;
	if (sf_writef_int(m->file, m->pcm, (sf_count_t)frames) == (sf_count_t)frames)
		return true;
	return cannot_write(e);
}

int64_t master_frames(const struct master *m)
{
	return m->frames;
}

bool master_commit(struct master *m, char sha256[static SHA256_HEX_BYTES], struct err *e)
{
	must(m->file != NULL);
	errno = 0;
	int failed = sf_close(m->file);
	m->file = NULL;
	if (failed != 0)
		return cannot_write(e);
	return store_commit(&m->store, ".flac", sha256, e);
}
