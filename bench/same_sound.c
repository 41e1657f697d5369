/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fingerprints of real sounds, compared: same_sound LIST. A line of LIST is a pair, "same|other
 * KIND A B", of sound files at 48 kHz with one channel; each is answered by a line "same|other KIND
 * SHARE A B", SHARE 0 for sounds that are told apart. Then what it cost.
 * same_sound amr12|amr7 IN OUT: at 8 kHz, through AMR narrow band and back. (ffmpeg in Debian reads
 * AMR and does not write it.) */
#include "base/must.h"
#include "library/alike.h"

#include <opencore-amrnb/interf_dec.h>
#include <opencore-amrnb/interf_enc.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FILES_MAX 4000
#define COMPARED_MAX 5000
#define AMR_FRAME 160

static struct known {
	char path[256];
	struct print print;
} known[FILES_MAX];
static int known_count;
static double made_s, sound_s;

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void make(struct known *k)
{
	SF_INFO info = {0};
	SNDFILE *file = sf_open(k->path, SFM_READ, &info);

	must(file != NULL && info.samplerate == 48000 && info.channels == 1);
	float *samples = malloc((size_t)info.frames * sizeof(*samples));
	must(samples != NULL && sf_readf_float(file, samples, info.frames) == info.frames);
	sf_close(file);
	double began = now_s();
	struct print_maker *m = print_begin();
	print_add(m, samples, (size_t)info.frames);
	print_end(m, &k->print);
	made_s += now_s() - began;
	sound_s += (double)info.frames / info.samplerate;
	free(samples);
}

static const struct print *of(const char *path)
{
	int i = 0;

	while (i < known_count && strcmp(known[i].path, path) != 0)
		i++;
	if (i == known_count) {
		must(known_count < FILES_MAX);
		snprintf(known[known_count++].path, sizeof(known[0].path), "%s", path);
		make(&known[i]);
	}
	return &known[i].print;
}

static int through_amr(enum Mode mode, const char *from, const char *to)
{
	SF_INFO info = {0};
	SNDFILE *in = sf_open(from, SFM_READ, &info);

	must(in != NULL && info.samplerate == 8000 && info.channels == 1);
	SNDFILE *out = sf_open(to, SFM_WRITE, &info);
	void *encoder = Encoder_Interface_init(0), *decoder = Decoder_Interface_init();
	short samples[AMR_FRAME];
	unsigned char frame[64];

	must(out != NULL && encoder != NULL && decoder != NULL);
	while (sf_readf_short(in, samples, AMR_FRAME) == AMR_FRAME) {
		Encoder_Interface_Encode(encoder, mode, samples, frame, 0);
		Decoder_Interface_Decode(decoder, frame, samples, 0);
		must(sf_writef_short(out, samples, AMR_FRAME) == AMR_FRAME);
	}
	Encoder_Interface_exit(encoder);
	Decoder_Interface_exit(decoder);
	sf_close(in);
	return sf_close(out);
}

int main(int argc, char **argv)
{
	if (argc == 4)
		return through_amr(strcmp(argv[1], "amr12") == 0 ? MR122 : MR74, argv[2], argv[3]);
	char line[640];
	FILE *list = argc == 2 ? fopen(argv[1], "r") : NULL;

	if (list == NULL)
		return 2;
	while (fgets(line, sizeof(line), list) != NULL) {
		char *rest, *truth = strtok_r(line, " \n", &rest);
		const char *kind = strtok_r(NULL, " \n", &rest);
		const char *a = strtok_r(NULL, " \n", &rest), *b = strtok_r(NULL, " \n", &rest);
		must(truth != NULL && kind != NULL && a != NULL && b != NULL);
		printf("%s %s %.3f %s %s\n", truth, kind, alike(of(a), of(b)), a, b);
	}
	fclose(list);
	double began = now_s(), sum = 0;
	for (int i = 0; i < COMPARED_MAX && known_count > 0; i++)
		sum += alike(&known[0].print, &known[i % known_count].print);
	printf("cost compare_ms %.1f of %d (%.0f)\n", (now_s() - began) * 1000, COMPARED_MAX, sum);
	printf("cost make_s_per_hour %.2f\n", made_s / sound_s * 3600);
	return 0;
}
