/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A master on disk as a source: FLAC read by libsndfile. */
#include "base/must.h"
#include "base/text.h"
#include "mix/feeder.h"

#include <sndfile.h>
#include <stdlib.h>
#include <unistd.h>

#define STEREO_FRAMES 512 /* read at once from a master of two channels */

struct master {
	struct source source;
	SNDFILE *file;
	int channels;
	int64_t frames; /* as its header says */
	int64_t at;
};

/* Two channels become one by their mean: a sound that is in the middle keeps its level, and nothing
 * can grow louder than the louder channel. */
static int64_t read_stereo(struct master *m, float *out, int64_t frames)
{
	float pairs[2 * STEREO_FRAMES];
	int64_t done = 0;

	while (done < frames) {
		int64_t want = frames - done < STEREO_FRAMES ? frames - done : STEREO_FRAMES;
		int64_t got = sf_readf_float(m->file, pairs, want);

		for (int64_t i = 0; i < got; i++)
			out[done + i] = (pairs[2 * i] + pairs[2 * i + 1]) * 0.5f;
		if (got <= 0)
			break;
		done += got;
	}
	return done;
}

static int64_t master_read(struct source *s, float *out, int64_t frames)
{
	struct master *m = (struct master *)s;
	int64_t got = m->channels == 1 ? sf_readf_float(m->file, out, frames)
				       : read_stereo(m, out, frames);

	/* libsndfile tells of a damaged file by reading less of it, not always by an error. */
	if (got <= 0)
		return m->at == m->frames ? 0 : -1;
	m->at += got;
	return got;
}

static bool master_rewind(struct source *s)
{
	struct master *m = (struct master *)s;

	m->at = 0;
	return sf_seek(m->file, 0, SEEK_SET) == 0;
}

static void master_close(struct source *s)
{
	struct master *m = (struct master *)s;

	sf_close(m->file);
	free(m);
}

static const struct source_ops master_ops = {master_read, master_rewind, master_close};

struct source *source_open_master(const char *path, struct err *e)
{
	SF_INFO info = {0};
	SNDFILE *file = sf_open(path, SFM_READ, &info);

	if (file == NULL) {
		if (access(path, R_OK) != 0)
			err_errno(e, T("không mở được bản chủ %s", "cannot open master %s"), path);
		else
			err_set(e, ERR_FAILED,
				T("bản chủ %s hỏng (%s): hãy nạp lại tệp gốc",
				  "master %s is damaged (%s): add the original again"),
				path, sf_strerror(NULL));
		return NULL;
	}
	if (info.samplerate != FRAMES_PER_S || info.channels < 1 || info.channels > 2) {
		err_set(e, ERR_FAILED,
			T("bản chủ %s có %d Hz, %d kênh: cần 48000 Hz, 1 hoặc 2 kênh; "
			  "hãy nạp lại tệp gốc",
			  "master %s has %d Hz, %d channels: 48000 Hz and 1 or 2 channels are "
			  "needed; add the original again"),
			path, info.samplerate, info.channels);
		sf_close(file);
		return NULL;
	}
	struct master *m = calloc(1, sizeof(*m));
	must(m != NULL);
	*m = (struct master){{&master_ops}, file, info.channels, info.frames, 0};
	return &m->source;
}
