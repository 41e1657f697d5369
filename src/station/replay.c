/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/replay.h"

#include "base/must.h"
#include "library/decoding.h"
#include "mix/coder.h"
#include "sys/log.h"
#include "sys/plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define PIECE_FRAMES 5000 /* MP3 frames: two minutes, 1 MB */
#define LEAST_FRAMES 100  /* fewer at the end go with the piece before, to be known as MP3 */
#define WAIT_MS 500

struct replay {
	const char *dir;
	const struct recording *recording;
	void (*each)(void *arg, const float *samples, size_t frames);
	void *arg;
	int64_t frame_bytes, frames; /* MP3 frames in all parts */
	int64_t skip;		     /* samples still to be left out */
	bool damaged;
	struct decoding decoding;
};

/* MP3 frame `at` of all parts and those after it, at most `frames` of one file; how many were
 * copied to `to`, −1 the file is not there. */
static int64_t copy_some(const struct replay *r, int64_t at, int64_t frames, int to)
{
	char path[PATH_BYTES * 2];
	uint8_t bytes[MP3_FRAME_BYTES_MAX * 16];
	int part = 0;
	struct err ignored;

	while (at >= r->recording->parts[part].bytes / r->frame_bytes)
		at -= r->recording->parts[part++].bytes / r->frame_bytes;
	const struct recording_part *p = &r->recording->parts[part];
	int64_t left = p->bytes / r->frame_bytes - at, copied = 0;
	snprintf(path, sizeof(path), "%s/%s", r->dir, p->file);
	int fd = plain_open(path, 0, &ignored);
	if (fd < 0)
		return -1;
	left = (left < frames ? left : frames) * r->frame_bytes;
	off_t from = (off_t)(p->first + at * r->frame_bytes);
	while (copied < left) {
		size_t want = (size_t)(left - copied) < sizeof(bytes) ? (size_t)(left - copied)
								      : sizeof(bytes);
		ssize_t n = pread(fd, bytes, want, from + copied);
		if (n <= 0 || write(to, bytes, (size_t)n) != n)
			break;
		copied += n;
	}
	close(fd);
	return copied < left ? copied / r->frame_bytes : left / r->frame_bytes;
}

/* Of the worker's samples those between the warming up and what is expected. */
static void take(struct replay *r, const float *samples, int64_t count, int64_t *warm,
		 int64_t *wanted)
{
	int64_t out = *warm < count ? *warm : count;

	*warm -= out;
	samples += out;
	count -= out;
	count = count < *wanted ? count : *wanted;
	*wanted -= count;
	out = r->skip < count ? r->skip : count;
	r->skip -= out;
	r->each(r->arg, samples + out, (size_t)(count - out));
}

static void add_silence(struct replay *r, int64_t samples)
{
	static const float nothing[4800];
	int64_t warm = 0;

	while (samples > 0)
		take(r, nothing, samples < 4800 ? samples : 4800, &warm, &samples);
}

static void decode(struct replay *r, int fd, int64_t warm, int64_t wanted)
{
	struct err e = {0};
	enum pcm_got got = PCM_WAIT;

	decoding_init(&r->decoding);
	if (decoding_start(&r->decoding, fd, false, &e)) {
		const struct pcm_record *record = &r->decoding.pipe.record;
		while ((got = decoding_next(&r->decoding, WAIT_MS)) != PCM_BROKEN) {
			if (got == PCM_GOT && record->kind == PCM_END)
				break;
			if (got == PCM_GOT && record->kind == PCM_DATA)
				take(r, r->decoding.pipe.samples, record->frames, &warm, &wanted);
		}
	} else {
		log_warn("%s", e.text);
	}
	decoding_end(&r->decoding);
	r->damaged = r->damaged || wanted > 0;
	add_silence(r, wanted);
}

/* MP3 frames [at, at + frames); with the one before, without which a decoder gives no whole
 * first. */
static bool read_piece(struct replay *r, int64_t at, int64_t frames)
{
	int64_t warm = at > 0 ? 1 : 0, begin = at - warm, end = at + frames, n = 1;
	int fd = memfd_create("replay", MFD_CLOEXEC);

	must(fd >= 0);
	for (int64_t done = begin; done < end && n > 0; done += n)
		n = copy_some(r, done, end - done, fd);
	if (n >= 0)
		decode(r, fd, warm * MP3_FRAMES, frames * MP3_FRAMES);
	close(fd);
	return n >= 0;
}

bool replay_samples(const char *dir, const struct recording *recording, int64_t skip_frames,
		    void (*each)(void *arg, const float *samples, size_t frames), void *arg,
		    bool *damaged)
{
	struct replay *r = calloc(1, sizeof(*r));
	bool there = true;

	must(r != NULL);
	*r = (struct replay){.dir = dir, .recording = recording, .each = each, .arg = arg,
			     .skip = skip_frames, .frame_bytes = coder_frame_bytes()};
	for (int i = 0; i < recording->count; i++)
		r->frames += recording->parts[i].bytes / r->frame_bytes;
	for (int64_t at = 0, n; at < r->frames && there; at += n) {
		n = r->frames - at < PIECE_FRAMES + LEAST_FRAMES ? r->frames - at : PIECE_FRAMES;
		there = read_piece(r, at, n);
	}
	*damaged = r->damaged;
	free(r);
	return there;
}
