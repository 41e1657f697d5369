/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/resample.h"

#include "base/moment.h"
#include "base/must.h"
#include "library/pcmpipe.h"

#include <soxr.h>
#include <stdlib.h>
#include <string.h>

struct resample {
	soxr_t soxr; /* NULL: the rate is ours already */
	unsigned channels;
	float out[PCM_CHUNK_FRAMES * 2];
};

/* VHQ (28 bit, double precision inside): costs no more than HQ here, and keeps its own noise below
 * the 24 bits of the master, so that a recording that is raised by 20 dB on air raises nothing of
 * ours. One thread: the process beside us encodes. */
struct resample *resample_create(unsigned rate_hz, unsigned channels)
{
	struct resample *r = calloc(1, sizeof(*r));
	soxr_quality_spec_t quality = soxr_quality_spec(SOXR_VHQ, 0);
	soxr_io_spec_t io = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I);
	soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
	soxr_error_t error = NULL;

	must(r != NULL && channels >= 1 && channels <= 2);
	r->channels = channels;
	if (rate_hz == FRAMES_PER_S)
		return r;
	r->soxr = soxr_create(rate_hz, (double)FRAMES_PER_S, channels, &error, &io, &quality,
			      &runtime);
	must(error == NULL);
	return r;
}

void resample_destroy(struct resample *r)
{
	if (r == NULL)
		return;
	soxr_delete(r->soxr);
	free(r);
}

static bool pass(struct resample *r, const float *samples, size_t frames,
		 bool (*take)(void *arg, float *samples, size_t frames), void *arg)
{
	while (frames > 0) {
		size_t n = frames < PCM_CHUNK_FRAMES ? frames : PCM_CHUNK_FRAMES;

		memcpy(r->out, samples, n * r->channels * sizeof(float));
		if (!take(arg, r->out, n))
			return false;
		samples += n * r->channels;
		frames -= n;
	}
	return true;
}

bool resample_push(struct resample *r, const float *samples, size_t frames,
		   bool (*take)(void *arg, float *samples, size_t frames), void *arg)
{
	size_t done = 0, made = 1;
	bool ending = frames == 0;

	if (r->soxr == NULL)
		return pass(r, samples, frames, take, arg);
	while (done < frames || (ending && made > 0)) {
		size_t used = 0;
		soxr_error_t error = soxr_process(r->soxr, ending ? NULL : samples, frames - done,
						  &used, r->out, PCM_CHUNK_FRAMES, &made);

		must(error == NULL && (ending || used > 0 || made > 0));
		if (made > 0 && !take(arg, r->out, made))
			return false;
		samples = ending ? NULL : samples + used * r->channels;
		done += used;
	}
	return true;
}
