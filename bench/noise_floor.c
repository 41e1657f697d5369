/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether what a producer is told about noise holds: noise_floor LIST. A line of LIST is "KIND
 * FILE": a clean sound at 48 kHz with one channel. Each is looked at as it is and with noise under
 * it, so many dB below its loud moments (the level that a tenth of its tenths of a second exceed).
 * One line for each: "KIND NOISE SNR_DB TOLD(0|1) FLOOR_DB NOISE_DB FILE". */
#include "base/must.h"
#include "base/units.h"
#include "library/inspect.h"
#include "sys/chance.h"

#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATE 48000
#define TENTH (RATE / 10)

static const double snrs_db[] = {40, 35, 30, 25, 22, 20, 18, 15, 12, 10};

static double white(struct chance *c)
{
	return (double)(chance_next(c) >> 11) / (double)(1LL << 52) - 1;
}

/* Pink: Paul Kellet's filter, −3 dB per octave within 0.05 dB above 9 Hz (musicdsp.org, 76). */
static double pink(struct chance *c)
{
	static const double pole[] = {0.99886, 0.99332, 0.96900, 0.86650, 0.55000, -0.7616};
	static const double gain[] = {0.0555179, 0.0750759, 0.1538520, 0.3104856, 0.5329522,
				      -0.0168980};
	static double state[6], last;
	double w = white(c), sum = last + w * 0.5362;

	for (int i = 0; i < 6; i++) {
		state[i] = pole[i] * state[i] + gain[i] * w;
		sum += state[i];
	}
	last = w * 0.115926;
	return sum;
}

/* The mains, as a bad cable gives it: 50 Hz and what a rectifier makes of it. */
static double hum(double t_s)
{
	static const double parts[] = {1, 0.5, 0.6, 0.2, 0.3, 0.1, 0.2};
	double sum = 0;

	for (int i = 0; i < 7; i++)
		sum += parts[i] * sin(2 * M_PI * 50 * (i + 1) * t_s + i * i);
	return sum;
}

/* A fan or a generator beside the microphone: low noise and a hum that is not the mains'. */
static double motor(struct chance *c, double t_s)
{
	static double low;

	low += 0.05 * (white(c) - low);
	return 4 * low + 0.3 * sin(2 * M_PI * 117 * t_s) + 0.2 * sin(2 * M_PI * 234 * t_s);
}

static const char *const noises[] = {"white", "pink", "hum", "motor"};

/* Of RMS 1. */
static void make_noise(int which, float *out, size_t frames)
{
	struct chance c = {7};
	double squares = 0;

	for (size_t i = 0; i < frames; i++) {
		double t_s = (double)i / RATE;
		double x = which == 0 ? white(&c) : which == 1 ? pink(&c)
			 : which == 2 ? hum(t_s) : motor(&c, t_s);
		out[i] = (float)x;
		squares += x * x;
	}
	for (size_t i = 0; i < frames; i++)
		out[i] /= (float)sqrt(squares / (double)frames);
}

static int by_value(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

static double loud_db(const float *x, size_t frames)
{
	size_t count = frames / TENTH, used = 0;
	float *levels = calloc(count + 1, sizeof(*levels));

	must(levels != NULL && count > 0);
	for (size_t b = 0; b < count; b++) {
		float squares = 0;
		for (int i = 0; i < TENTH; i++)
			squares += x[b * TENTH + (size_t)i] * x[b * TENTH + (size_t)i];
		if (squares / TENTH > 1e-7f)
			levels[used++] = squares / TENTH;
	}
	qsort(levels, used, sizeof(*levels), by_value);
	double db = 10 * log10((double)levels[(size_t)((double)used * 0.9)]);
	free(levels);
	return db;
}

static void look(const char *kind, const char *noise, double snr_db, double noise_db,
		 const float *x, size_t frames, const char *path)
{
	struct pcm_levels levels = {0};
	struct warnings w = {""};
	struct inspect *in = inspect_create();

	inspect_add(in, x, frames);
	inspect_end(in, &levels, &w);
	printf("%s %s %.0f %d %.1f %.1f %s\n", kind, noise, snr_db,
	       strstr(w.text, "\"noisy\"") != NULL, inspect_noise_db(in), noise_db, path);
	inspect_destroy(in);
}

static float *load(const char *path, size_t *frames)
{
	SF_INFO info = {0};
	SNDFILE *file = sf_open(path, SFM_READ, &info);

	must(file != NULL && info.samplerate == RATE && info.channels == 1 && info.frames > 0);
	float *x = malloc((size_t)info.frames * sizeof(*x));
	must(x != NULL && sf_readf_float(file, x, info.frames) == info.frames);
	sf_close(file);
	*frames = (size_t)info.frames;
	return x;
}

static void judge(const char *kind, const char *path)
{
	size_t frames;
	float *clean = load(path, &frames);
	float *noise = malloc(frames * sizeof(*noise)), *x = malloc(frames * sizeof(*x));
	double loud = loud_db(clean, frames);

	must(noise != NULL && x != NULL);
	look(kind, "none", 0, -144, clean, frames, path);
	for (int n = 0; n < 4; n++) {
		make_noise(n, noise, frames);
		for (size_t s = 0; s < sizeof(snrs_db) / sizeof(snrs_db[0]); s++) {
			float gain = gain_of_db(loud - snrs_db[s]);
			for (size_t i = 0; i < frames; i++)
				x[i] = clean[i] + gain * noise[i];
			look(kind, noises[n], snrs_db[s], loud - snrs_db[s], x, frames, path);
		}
	}
	free(clean);
	free(noise);
	free(x);
}

int main(int argc, char **argv)
{
	char line[300], *rest;
	FILE *list = argc == 2 ? fopen(argv[1], "r") : NULL;

	if (list == NULL) {
		fprintf(stderr, "noise_floor LIST\n");
		return 2;
	}
	while (fgets(line, sizeof(line), list) != NULL) {
		const char *kind = strtok_r(line, " \n", &rest);
		const char *path = strtok_r(NULL, " \n", &rest);

		if (kind != NULL && path != NULL)
			judge(kind, path);
	}
	fclose(list);
	return 0;
}
