/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/sound.h"

#include "base/must.h"

#include <math.h>
#include <sndfile.h>
#include <stdlib.h>

void sound_sine(float *out, int64_t first, int frames, double hz, double amplitude)
{
	for (int i = 0; i < frames; i++)
		out[i] = (float)(amplitude * sin(2 * M_PI * hz * (double)(first + i) / 48000.0));
}

struct sound_file sound_read(const char *path)
{
	SF_INFO info = {0};
	SNDFILE *in = sf_open(path, SFM_READ, &info);
	struct sound_file f = {.channels = info.channels, .rate = info.samplerate};
	int64_t room = 1 << 16, n;

	must(in != NULL && info.channels > 0);
	/* Counted, not believed: an MP3's header may say less than there is. */
	f.data = malloc((size_t)room * (size_t)f.channels * sizeof(float));
	must(f.data != NULL);
	while ((n = sf_readf_float(in, f.data + f.frames * f.channels, room - f.frames)) > 0) {
		f.frames += n;
		if (f.frames < room)
			continue;
		room *= 2;
		f.data = realloc(f.data, (size_t)room * (size_t)f.channels * sizeof(float));
		must(f.data != NULL);
	}
	sf_close(in);
	return f;
}
