/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/print.h"

#include "base/limits.h"
#include "base/moment.h"
#include "base/must.h"
#include "base/path.h"
#include "base/text.h"
#include "library/store.h"
#include "sys/plain.h"

#include <kissfft/kiss_fftr.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DOWN 8 /* 48 kHz → 6 kHz */
#define RATE_HZ (FRAMES_PER_S / DOWN)
/* Of the filter before that. From 4 kHz on, which would fold into the bands, it takes 50 dB. */
#define TAPS 80
#define FILTER_HZ 3000.0
#define POINTS 2048 /* of one spectrum: 0.34 s */
#define HOP 256	    /* to the next; six of them must give PRINT_WORDS_PER_S */
#define BANDS (PRINT_BITS + 1)
#define LOWEST_HZ 300.0
#define HIGHEST_HZ 2000.0
#define BATCH 4096 /* samples taken at once */
#define HEAD_BYTES 8
#define MAGIC "VXP1" /* changes with anything above */

struct print_maker {
	kiss_fftr_cfg fft;
	float taps[TAPS], window[POINTS];
	int edges[BANDS + 1]; /* first bins of the bands, and where the last one ends */
	float in[TAPS + BATCH], low[POINTS];
	size_t in_have, low_have;
	float bands[BANDS]; /* of the spectrum before */
	bool has_bands;
	uint32_t *words;
	float *energies; /* of each word */
	size_t count, room;
};

static void set_tables(struct print_maker *m)
{
	float sum = 0;

	for (int i = 0; i < TAPS; i++) {
		double t = i - (TAPS - 1) / 2.0, x = 2 * M_PI * FILTER_HZ / FRAMES_PER_S * t;
		m->taps[i] = (float)(sin(x) / x * (0.54 + 0.46 * cos(2 * M_PI * t / TAPS)));
		sum += m->taps[i];
	}
	for (int i = 0; i < TAPS; i++)
		m->taps[i] /= sum;
	for (int i = 0; i < POINTS; i++)
		m->window[i] = (float)(0.5 - 0.5 * cos(2 * M_PI * i / POINTS));
	for (int i = 0; i <= BANDS; i++)
		m->edges[i] = (int)lrint(LOWEST_HZ *
					 pow(HIGHEST_HZ / LOWEST_HZ, i / (double)BANDS) * POINTS /
					 (double)RATE_HZ);
}

struct print_maker *print_begin(void)
{
	struct print_maker *m = calloc(1, sizeof(*m));

	must(m != NULL);
	m->fft = kiss_fftr_alloc(POINTS, 0, NULL, NULL);
	must(m->fft != NULL);
	set_tables(m);
	return m;
}

static void keep(struct print_maker *m, uint32_t word, float energy)
{
	if (m->count == m->room) {
		m->room = m->room > 0 ? 2 * m->room : 4096;
		m->words = realloc(m->words, m->room * sizeof(*m->words));
		m->energies = realloc(m->energies, m->room * sizeof(*m->energies));
		must(m->words != NULL && m->energies != NULL);
	}
	m->words[m->count] = word;
	m->energies[m->count++] = energy;
}

static void look(struct print_maker *m)
{
	float windowed[POINTS], bands[BANDS] = {0}, energy = 0;
	kiss_fft_cpx bins[POINTS / 2 + 1];
	uint32_t word = 0;

	for (int i = 0; i < POINTS; i++)
		windowed[i] = m->low[i] * m->window[i];
	kiss_fftr(m->fft, windowed, bins);
	for (int b = 0; b < BANDS; b++) {
		for (int i = m->edges[b]; i < m->edges[b + 1]; i++)
			bands[b] += bins[i].r * bins[i].r + bins[i].i * bins[i].i;
		energy += bands[b];
	}
	for (int b = 0; b < PRINT_BITS; b++)
		word |= (uint32_t)(bands[b] - bands[b + 1] > m->bands[b] - m->bands[b + 1]) << b;
	if (m->has_bands)
		keep(m, word, energy);
	memcpy(m->bands, bands, sizeof(bands));
	m->has_bands = true;
}

static void add_low(struct print_maker *m, float sample)
{
	m->low[m->low_have++] = sample;
	if (m->low_have < POINTS)
		return;
	look(m);
	m->low_have = POINTS - HOP;
	memmove(m->low, m->low + HOP, m->low_have * sizeof(*m->low));
}

static void filter(struct print_maker *m)
{
	size_t at = 0;

	for (; at + TAPS <= m->in_have; at += DOWN) {
		const float *in = m->in + at;
		float sum = 0;
#pragma omp simd reduction(+ : sum)
		for (int i = 0; i < TAPS; i++)
			sum += in[i] * m->taps[i];
		add_low(m, sum);
	}
	m->in_have -= at;
	memmove(m->in, m->in + at, m->in_have * sizeof(*m->in));
}

void print_add(struct print_maker *m, const float *samples, size_t frames)
{
	for (size_t n; frames > 0; samples += n, frames -= n) {
		n = frames < BATCH ? frames : BATCH;
		memcpy(m->in + m->in_have, samples, n * sizeof(*samples));
		m->in_have += n;
		filter(m);
	}
}

static int by_value(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

/* Above it a moment is heard. Against the loud moments and not the loudest: a knock on the
 * microphone is no measure of the speech. */
static float least_energy(const struct print_maker *m)
{
	float *sorted = calloc(m->count + 1, sizeof(*sorted)), loud = 0;

	must(sorted != NULL);
	if (m->count > 0) {
		memcpy(sorted, m->energies, m->count * sizeof(*sorted));
		qsort(sorted, m->count, sizeof(*sorted), by_value);
		loud = sorted[(m->count - 1) * 9 / 10];
	}
	free(sorted);
	return fmaxf(loud * powf(10, -PRINT_PAUSE_DB / 10), 1e-6f);
}

/* Marks what is heard, and leaves out what lies before and after it. */
static void trim(const struct print_maker *m, struct print *p)
{
	float least = least_energy(m);
	size_t first = m->count, end = 0;

	for (size_t i = 0; i < m->count; i++) {
		if (m->energies[i] < least)
			continue;
		m->words[i] |= PRINT_LOUD;
		first = first < i ? first : i;
		end = i + 1;
	}
	p->count = end > first ? end - first : 0;
	p->words = malloc((p->count + 1) * sizeof(*p->words));
	must(p->words != NULL);
	if (p->count > 0)
		memcpy(p->words, m->words + first, p->count * sizeof(*p->words));
}

void print_end(struct print_maker *m, struct print *p)
{
	if (m == NULL)
		return;
	if (p != NULL)
		trim(m, p);
	kiss_fftr_free(m->fft);
	free(m->words);
	free(m->energies);
	free(m);
}

void print_free(struct print *p)
{
	free(p->words);
	*p = (struct print){0};
}

static void put_u32(uint8_t *to, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		to[i] = (uint8_t)(value >> (8 * i));
}

static uint32_t get_u32(const uint8_t *from)
{
	return from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 | (uint32_t)from[3] << 24;
}

bool print_save(const struct print *p, const char *dir, const char *sha256, struct err *e)
{
	size_t len = HEAD_BYTES + 4 * p->count;
	uint8_t *bytes = malloc(len);

	must(bytes != NULL);
	memcpy(bytes, MAGIC, 4);
	put_u32(bytes + 4, (uint32_t)p->count);
	for (size_t i = 0; i < p->count; i++)
		put_u32(bytes + HEAD_BYTES + 4 * i, p->words[i]);
	bool ok = store_beside(dir, sha256, ".print", bytes, len, e);
	free(bytes);
	return ok;
}

static bool read_words(FILE *f, struct print *p)
{
	uint8_t head[HEAD_BYTES], word[4];

	if (fread(head, sizeof(head), 1, f) != 1 || memcmp(head, MAGIC, 4) != 0 ||
	    get_u32(head + 4) > AUDIO_MAX_S * PRINT_WORDS_PER_S)
		return false;
	p->count = get_u32(head + 4);
	p->words = malloc((p->count + 1) * sizeof(*p->words));
	must(p->words != NULL);
	for (size_t i = 0; i < p->count; i++) {
		if (fread(word, sizeof(word), 1, f) != 1)
			return false;
		p->words[i] = get_u32(word);
	}
	return fgetc(f) == EOF;
}

bool print_load(struct print *p, const char *dir, const char *sha256, struct err *e)
{
	char path[PATH_MASTER_BYTES];

	*p = (struct print){0};
	path_master(path, dir, sha256, ".print");
	int fd = plain_open(path, 0, e);
	if (fd < 0)
		return false;
	FILE *f = fdopen(fd, "r");
	must(f != NULL);
	bool ok = read_words(f, p);
	fclose(f);
	if (ok)
		return true;
	print_free(p);
	return err_set(e, ERR_DAMAGED, T("%s bị hỏng", "%s is damaged"), path);
}
