/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compare sound|envelope HEARD MEANT START LENGTH…: finds each stretch of MEANT (seconds from its
 * beginning) in HEARD and tells on stdout, a line each, where it lies and how well it fits:
 *	START LENGTH lag FRAMES corr C worst W silent N
 * lag: frame in HEARD − frame in MEANT. corr: correlation of the whole stretch at this one lag;
 * worst: of its worst tenth of a second in which anything sounds; silent: tenths that should
 * sound and are dead silent. envelope: loudness curves instead of samples, for sound that went
 * through MP3 or air. Both files 48 kHz mono; .raw is float32, the rest whatever libsndfile
 * reads. Exit status 1: cannot be compared. */
#include <math.h>
#include <sndfile.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATE 48000
#define HOP 480	    /* of the envelope: 10 ms */
#define TENTH 4800
#define PROBE RATE  /* the fine lag is looked for with one second, the loudest */
#define FINE (3 * HOP) /* around the coarse lag */
#define SOUNDS_RMS 0.005

struct sound {
	float *samples;
	int64_t count;
	float *envelope; /* rms of each HOP */
	int64_t hops;
};

static void make_envelope(struct sound *s)
{
	s->hops = s->count / HOP;
	s->envelope = calloc((size_t)s->hops + 1, sizeof(float));
	for (int64_t h = 0; h < s->hops; h++) {
		double sum = 0;
		for (int i = 0; i < HOP; i++)
			sum += (double)s->samples[h * HOP + i] * (double)s->samples[h * HOP + i];
		s->envelope[h] = (float)sqrt(sum / HOP);
	}
}

static bool load(struct sound *s, const char *path)
{
	SF_INFO info = {0};
	size_t len = strlen(path);

	if (len > 4 && strcmp(path + len - 4, ".raw") == 0)
		info = (SF_INFO){.samplerate = RATE, .channels = 1,
				 .format = SF_FORMAT_RAW | SF_FORMAT_FLOAT | SF_ENDIAN_LITTLE};
	SNDFILE *f = sf_open(path, SFM_READ, &info);
	if (f == NULL || info.samplerate != RATE || info.channels != 1)
		return fprintf(stderr, "compare: %s: %s\n", path,
			       f == NULL ? sf_strerror(NULL) : "not 48 kHz mono"), false;
	s->samples = calloc((size_t)info.frames + 1, sizeof(float));
	s->count = sf_readf_float(f, s->samples, info.frames);
	sf_close(f);
	make_envelope(s);
	return true;
}

static double correlation(const float *a, const float *b, int64_t count, bool level)
{
	double ma = 0, mb = 0, ab = 0, aa = 0, bb = 0;

	for (int64_t i = 0; level && i < count; i++) {
		ma += (double)a[i] / (double)count;
		mb += (double)b[i] / (double)count;
	}
	for (int64_t i = 0; i < count; i++) {
		double x = (double)a[i] - ma, y = (double)b[i] - mb;
		ab += x * y;
		aa += x * x;
		bb += y * y;
	}
	return aa > 0 && bb > 0 ? ab / sqrt(aa * bb) : 0;
}

/* The lag in `from` … `to` at which b[at …] lies best in a; −1 in *best: nowhere. */
static int64_t search(const float *a, int64_t a_count, const float *b, int64_t at, int64_t count,
		      int64_t from, int64_t to, bool level, double *best)
{
	int64_t best_lag = 0;

	*best = -1;
	for (int64_t lag = from; lag <= to; lag++) {
		if (at + lag < 0 || at + lag + count > a_count)
			continue;
		double c = correlation(a + at + lag, b + at, count, level);
		if (c > *best) {
			*best = c;
			best_lag = lag;
		}
	}
	return best_lag;
}

/* Loudest second of the stretch: the sharpest peak. */
static int64_t probe(const struct sound *meant, int64_t at, int64_t count)
{
	int64_t best = at;
	double most = -1;

	for (int64_t p = at; p + PROBE <= at + count; p += HOP) {
		double sum = 0;
		for (int64_t h = p / HOP; h < (p + PROBE) / HOP; h++)
			sum += (double)meant->envelope[h];
		if (sum > most) {
			most = sum;
			best = p;
		}
	}
	return best;
}

/* The envelope's hops need not begin where HEARD's do: half a hop costs some per cent. */
static int64_t finer(const struct sound *heard, const struct sound *meant, int64_t at,
		     int64_t count, int64_t coarse, double *best)
{
	int64_t best_lag = coarse;

	for (int64_t lag = coarse - HOP; lag <= coarse + HOP; lag += HOP / 10) {
		int64_t from = at / HOP * HOP + lag;
		if (from < 0 || from + count > heard->count)
			continue;
		struct sound s = {.samples = heard->samples + from, .count = count};
		make_envelope(&s);
		double c = correlation(s.envelope, meant->envelope + at / HOP, s.hops, true);
		free(s.envelope);
		if (c > *best) {
			*best = c;
			best_lag = lag;
		}
	}
	return best_lag;
}

static double rms(const float *s, int64_t count)
{
	double sum = 0;

	for (int64_t i = 0; i < count; i++)
		sum += (double)s[i] * (double)s[i];
	return sqrt(sum / (double)count);
}

static void tell_tenths(const float *heard, const float *meant, int64_t count)
{
	double worst = 1;
	int silent = 0;

	for (int64_t t = 0; t + TENTH <= count; t += TENTH) {
		if (rms(meant + t, TENTH) < SOUNDS_RMS)
			continue;
		double c = correlation(heard + t, meant + t, TENTH, false);
		worst = c < worst ? c : worst;
		silent += rms(heard + t, TENTH) == 0;
	}
	printf(" worst %.5f silent %d\n", worst, silent);
}

static bool compare(const struct sound *heard, const struct sound *meant, bool envelope,
		    const char *start, const char *length)
{
	int64_t at = llround(strtod(start, NULL) * RATE);
	int64_t count = llround(strtod(length, NULL) * RATE);
	double c;

	if (at < 0 || count < PROBE || at + count > meant->count)
		return fprintf(stderr, "compare: no stretch of %s s at %s s\n", length, start),
		       false;
	int64_t hops = search(heard->envelope, heard->hops, meant->envelope, at / HOP, count / HOP,
			      -meant->hops, heard->hops, true, &c);
	if (envelope) {
		int64_t fine = finer(heard, meant, at, count, hops * HOP, &c);
		return printf("%s %s lag %lld corr %.5f\n", start, length, (long long)fine, c) > 0;
	}
	int64_t p = probe(meant, at, count < 2 * PROBE ? PROBE : count);
	int64_t lag = search(heard->samples, heard->count, meant->samples, p, PROBE,
			     hops * HOP - FINE, hops * HOP + FINE, false, &c);
	if (at + lag < 0 || at + lag + count > heard->count)
		return fprintf(stderr, "compare: the stretch at %s s was not heard to its end\n",
			       start), false;
	printf("%s %s lag %lld corr %.5f", start, length, (long long)lag,
	       correlation(heard->samples + at + lag, meant->samples + at, count, false));
	tell_tenths(heard->samples + at + lag, meant->samples + at, count);
	return true;
}

int main(int argc, char **argv)
{
	struct sound heard = {0}, meant = {0};
	bool ok = argc >= 6 && argc % 2 == 0;

	if (!ok || (strcmp(argv[1], "sound") != 0 && strcmp(argv[1], "envelope") != 0)) {
		fprintf(stderr, "usage: compare sound|envelope HEARD MEANT START LENGTH…\n");
		return 2;
	}
	ok = load(&heard, argv[2]) && load(&meant, argv[3]);
	for (int i = 4; ok && i < argc; i += 2)
		ok = compare(&heard, &meant, argv[1][0] == 'e', argv[i], argv[i + 1]);
	free(heard.samples);
	free(heard.envelope);
	free(meant.samples);
	free(meant.envelope);
	return ok ? 0 : 1;
}
