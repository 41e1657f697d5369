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
/* 0–1 for libFLAC's 0–8. Level 2: fixed predictors with stereo decorrelation; decodes fastest, and
 * level 5 would save 5 % of the bytes for a third more time. */
#define COMPRESSION (2 / 8.0)

struct master {
	char dir[PATH_BYTES];
	struct store store;
	SNDFILE *file;
	unsigned channels;
	int64_t frames;
	int pcm[PCM_CHUNK_FRAMES * 2]; /* 24 bits, left-justified as libsndfile wants them */
};

static bool open_file(struct master *m, unsigned channels, struct err *e)
{
	SF_INFO info = {.samplerate = (int)FRAMES_PER_S,
			.channels = (int)channels,
			.format = SF_FORMAT_FLAC | SF_FORMAT_PCM_24};
	double compression = COMPRESSION;

	m->channels = channels;
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
	snprintf(m->dir, sizeof(m->dir), "%s", dir);
	if (store_begin(&m->store, dir, "masters", e) && open_file(m, 1, e))
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

static bool write_pcm(struct master *m, size_t frames, struct err *e)
{
	errno = 0;
	if (sf_writef_int(m->file, m->pcm, (sf_count_t)frames) == (sf_count_t)frames)
		return true;
	return cannot_write(e);
}

/* The sound so far, written as one channel, once more as two. Happens at most once a master, nearly
 * always within its first second: real stereo differs from the start. */
static bool widen(struct master *m, struct err *e)
{
	struct store narrow = m->store;
	SF_INFO info = {0};
	bool ok = true;
	sf_count_t n;

	sf_close(m->file);
	m->file = NULL;
	if (!store_begin(&m->store, m->dir, "masters", e)) {
		m->store = narrow;
		return false;
	}
	ok = open_file(m, 2, e);
	lseek(narrow.fd, 0, SEEK_SET);
	SNDFILE *in = m->frames > 0 && ok ? sf_open_fd(narrow.fd, SFM_READ, &info, SF_FALSE) : NULL;
	while (in != NULL && ok && (n = sf_readf_int(in, m->pcm, PCM_CHUNK_FRAMES)) > 0) {
		for (sf_count_t i = n - 1; i >= 0; i--)
			m->pcm[2 * i] = m->pcm[2 * i + 1] = m->pcm[i];
		ok = write_pcm(m, (size_t)n, e);
	}
	if (in != NULL)
		sf_close(in);
	store_abandon(&narrow);
	return ok;
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

static bool differs(const int *pcm, size_t frames)
{
	for (size_t i = 0; i < frames; i++)
		if (pcm[2 * i] != pcm[2 * i + 1])
			return true;
	return false;
}

bool master_write(struct master *m, float *samples, unsigned channels, size_t frames, struct err *e)
{
	must(m->file != NULL && frames <= PCM_CHUNK_FRAMES && (channels == 1 || channels == 2));
	for (int again = 0; again < 2; again++) {
		for (size_t i = 0; i < frames * channels; i++)
			m->pcm[i] = round_24(samples + i);
		if (again || m->channels == 2 || channels == 1 || !differs(m->pcm, frames))
			break;
		if (!widen(m, e)) /* uses m->pcm, hence once more */
			return false;
	}
	if (m->channels == 1 && channels == 2)
		for (size_t i = 0; i < frames; i++)
			m->pcm[i] = m->pcm[2 * i];
	if (m->channels == 2 && channels == 1)
		for (size_t i = frames; i-- > 0;)
			m->pcm[2 * i] = m->pcm[2 * i + 1] = m->pcm[i];
	m->frames += (int64_t)frames;
	return write_pcm(m, frames, e);
}

int64_t master_frames(const struct master *m)
{
	return m->frames;
}

unsigned master_channels(const struct master *m)
{
	return m->channels;
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
