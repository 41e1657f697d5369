/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lame_alone IN.wav OUT.mp3: LAME and nothing else, on samples that are finished: what an MP3
 * of a mix costs at the very least. 128 kbit/s joint stereo, quality 5, a mono file on both
 * channels, as `vangxa render` makes it. Prints CPU seconds and the audio's length. */
#include <lame/lame.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#define CHUNK 65536

static float in[CHUNK * 2], left[CHUNK], right[CHUNK];
static unsigned char out[CHUNK * 5 / 4 + 7200];

static int split(SNDFILE *wav, int channels)
{
	int n = (int)sf_readf_float(wav, in, CHUNK);

	for (int i = 0; i < n; i++) {
		left[i] = in[i * channels];
		right[i] = in[i * channels + channels - 1];
	}
	return n;
}

static lame_t encoder(int rate)
{
	lame_t lame = lame_init();

	lame_set_in_samplerate(lame, rate);
	lame_set_out_samplerate(lame, rate);
	lame_set_num_channels(lame, 2);
	lame_set_mode(lame, JOINT_STEREO);
	lame_set_brate(lame, 128);
	lame_set_quality(lame, 5);
	return lame_init_params(lame) < 0 ? NULL : lame;
}

int main(int argc, char **argv)
{
	SF_INFO info = {0};
	SNDFILE *wav = argc == 3 ? sf_open(argv[1], SFM_READ, &info) : NULL;
	FILE *mp3 = wav != NULL ? fopen(argv[2], "wb") : NULL;
	lame_t lame = mp3 != NULL && info.channels <= 2 ? encoder(info.samplerate) : NULL;
	long long frames = 0;
	int n;

	if (lame == NULL) {
		fprintf(stderr, "lame_alone IN.wav OUT.mp3 (mono or stereo)\n");
		return 2;
	}
	while ((n = split(wav, info.channels)) > 0) {
		frames += n;
		n = lame_encode_buffer_ieee_float(lame, left, right, n, out, sizeof(out));
		if (n < 0 || fwrite(out, 1, (size_t)n, mp3) != (size_t)n)
			return 1;
	}
	n = lame_encode_flush(lame, out, sizeof(out));
	if (fwrite(out, 1, (size_t)n, mp3) != (size_t)n || fclose(mp3) != 0)
		return 1;
	struct rusage r;
	getrusage(RUSAGE_SELF, &r);
	printf("%.2f CPU-s for %.1f s of audio\n",
	       (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) +
		       (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6,
	       (double)frames / info.samplerate);
	sf_close(wav);
	lame_close(lame);
	return 0;
}
