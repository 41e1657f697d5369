/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/heard.h"

#include "base/must.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STEPS 256	    /* levels of a hop */
#define LOUD_PERMILLE 950   /* a band's loud moments begin here */
#define DEEP_STEPS (2 * HEARD_DEEP_DB)
#define LEAST_SPREAD 4.0    /* steps²: a variance below it is flat, a steady tone or silence */
#define LIVELY_SHARE 0.5    /* of a part's seconds; more must not be */
#define LINE_PARTS_MAX 128  /* the line is sought with so many parts, spread over all */
#define DRIFT_PARTS_MIN 4   /* fewer say nothing of how sure they are */
#define DRIFT_SURE_PPM 200  /* what may be further off is not told; 30 s of sound are enough */
#define LAG_SPREAD_MIN 0.01 /* hops²: no part is known better than to a tenth of a hop, 2 ms */

const struct heard_limits heard_recording = {.score = 0.70, .part = 0.50, .share = 0.95};
const struct heard_limits heard_microphone = {.score = 0.60, .part = 0.30, .share = 0.80};

int heard_judged_min(const char *method, int parts)
{
	if (strcmp(method, HEARD_METHOD) == 0)
		return (int)ceil(HEARD_JUDGED_MIN * parts);
	return strcmp(method, "envelope-1") == 0 || strcmp(method, "envelope-2") == 0 ? 1 : -1;
}

/* An envelope as numbers; what lies deep is levelled. */
struct levels {
	const struct envelope *envelope;
	uint8_t floor[ENVELOPE_BANDS];
};

struct search {
	struct levels sound, in;
	const struct heard_where *where;
	int64_t lags, parts;
	float *fits; /* parts × lags; NAN: not judged */
};

static void level(struct levels *l, const struct envelope *e)
{
	int64_t counts[STEPS];

	l->envelope = e;
	for (int b = 0; b < ENVELOPE_BANDS; b++) {
		int64_t left = e->count * (1000 - LOUD_PERMILLE) / 1000;
		int loud = STEPS - 1;
		memset(counts, 0, sizeof(counts));
		for (int64_t i = 0; i < e->count; i++)
			counts[e->hops[i].band[b]]++;
		while (loud > 0 && (left -= counts[loud]) >= 0)
			loud--;
		l->floor[b] = (uint8_t)(loud > DEEP_STEPS ? loud - DEEP_STEPS : 0);
	}
}

static float at(const struct levels *l, int64_t hop, int band)
{
	uint8_t step = 0;

	if (hop >= 0 && hop < l->envelope->count)
		step = l->envelope->hops[hop].band[band];
	return step > l->floor[band] ? step : l->floor[band];
}

/* One part of the sound, each band less its mean. */
struct part {
	float x[ENVELOPE_BANDS][HEARD_PART_HOPS];
	double spread; /* sum of squares */
	bool flat;
	int64_t first;
	int hops;
};

/* Of one second of it by itself. */
static bool is_lively(const struct part *p, int from, int hops)
{
	double spread = 0;

	for (int b = 0; b < ENVELOPE_BANDS; b++) {
		double sum = 0, squares = 0;
		for (int i = from; i < from + hops; i++) {
			sum += (double)p->x[b][i];
			squares += (double)(p->x[b][i] * p->x[b][i]);
		}
		spread += squares - sum * sum / hops;
	}
	return spread >= LEAST_SPREAD * hops * ENVELOPE_BANDS;
}

/* An edge alone, as at either end of a tone, makes a part's variance; nothing is known by it. */
static bool is_flat(const struct part *p)
{
	int seconds = p->hops / ENVELOPE_HOPS_PER_S, lively = 0;

	for (int i = 0; i < seconds; i++)
		lively += is_lively(p, i * ENVELOPE_HOPS_PER_S, ENVELOPE_HOPS_PER_S);
	return p->spread < LEAST_SPREAD * p->hops * ENVELOPE_BANDS ||
	       lively <= LIVELY_SHARE * seconds;
}

static void take_part(const struct search *s, int64_t number, struct part *p)
{
	int64_t all = s->sound.envelope->count;

	/* The last one is as long as the others and shares some of the one before. */
	p->hops = (int)(all < HEARD_PART_HOPS ? all : HEARD_PART_HOPS);
	p->first = number * HEARD_PART_HOPS;
	if (p->first > all - p->hops)
		p->first = all - p->hops;
	p->spread = 0;
	for (int b = 0; b < ENVELOPE_BANDS; b++) {
		float mean = 0;
		for (int i = 0; i < p->hops; i++)
			mean += p->x[b][i] = at(&s->sound, p->first + i, b);
		mean /= (float)p->hops;
		for (int i = 0; i < p->hops; i++) {
			p->x[b][i] -= mean;
			p->spread += (double)(p->x[b][i] * p->x[b][i]);
		}
	}
	p->flat = is_flat(p);
}

/* Of the part against every lag: y runs once over all that the part may lie on. */
static void fit_part(const struct search *s, const struct part *p, float *fits)
{
	int64_t from = s->where->expected - s->where->early_hops + p->first;
	int64_t span = s->lags + p->hops - 1;
	float *y = calloc((size_t)span, sizeof(*y));
	double *products = calloc((size_t)s->lags, 2 * sizeof(*products));

	must(y != NULL && products != NULL);
	double *spreads = products + s->lags;
	for (int b = 0; b < ENVELOPE_BANDS; b++) {
		double sum = 0, squares = 0;
		for (int64_t i = 0; i < span; i++)
			y[i] = at(&s->in, from + i, b);
		for (int i = 0; i < p->hops; i++) {
			sum += (double)y[i];
			squares += (double)(y[i] * y[i]);
		}
		for (int64_t lag = 0; lag < s->lags; lag++) {
			float product = 0;
#pragma omp simd reduction(+ : product)
			for (int i = 0; i < p->hops; i++)
				product += p->x[b][i] * y[lag + i];
			products[lag] += (double)product;
			spreads[lag] += squares - sum * sum / p->hops;
			if (lag + 1 == s->lags)
				break;
			double out = (double)y[lag], in = (double)y[lag + p->hops];
			sum += in - out;
			squares += in * in - out * out;
		}
	}
	for (int64_t lag = 0; lag < s->lags; lag++)
		fits[lag] = p->flat ? NAN : spreads[lag] < 1 ? 0 :
			    (float)(products[lag] / sqrt(p->spread * spreads[lag]));
	free(products);
	free(y);
}

static void fit_all(struct search *s)
{
	struct part *p = calloc(1, sizeof(*p));

	must(p != NULL);
	for (int64_t i = 0; i < s->parts; i++) {
		take_part(s, i, p);
		fit_part(s, p, s->fits + i * s->lags);
	}
	free(p);
}

struct line {
	double lag, slope; /* lags a part */
	double score;
};

/* Best of the lag itself and its neighbours: drift within the line, echo, a clock's jitter. */
static float near(const struct search *s, int64_t part, double lag)
{
	const float *fits = s->fits + part * s->lags;
	int64_t middle = llround(lag);
	float best = -1;

	for (int64_t i = middle - 1; i <= middle + 1; i++)
		if (i >= 0 && i < s->lags && !(fits[i] <= best))
			best = fits[i];
	return best;
}

static double mean_along(const struct search *s, double lag, double slope, int64_t step)
{
	double sum = 0;
	int64_t n = 0;

	for (int64_t i = 0; i < s->parts; i += step) {
		int64_t l = llround(lag + slope * (double)i);
		float fit = l >= 0 && l < s->lags ? s->fits[i * s->lags + l] : -1;
		if (isnan(s->fits[i * s->lags]))
			continue;
		sum += (double)fit;
		n++;
	}
	return n > 0 ? sum / (double)n : 0;
}

static struct line best_line(const struct search *s)
{
	double drift = s->where->drift_ppm * 1e-6 * HEARD_PART_HOPS;
	int64_t steps = (int64_t)ceil(drift * (double)(s->parts - 1));
	int64_t every = (s->parts + LINE_PARTS_MAX - 1) / LINE_PARTS_MAX;
	struct line best = {.score = -2};

	/* The least drift first: of lines that fit alike it is the likeliest. */
	for (int64_t i = 0; i <= 2 * steps; i++) {
		int64_t d = i % 2 == 0 ? i / 2 : -(i + 1) / 2;
		double slope = steps > 0 ? drift * (double)d / (double)steps : 0;
		for (int64_t lag = 0; lag < s->lags; lag++) {
			double score = mean_along(s, (double)lag, slope, every);
			if (score > best.score)
				best = (struct line){(double)lag, slope, score};
		}
	}
	return best;
}

/* The vertex of a parabola through three values, from the middle one; 0: it is no peak there. */
static double vertex(double before, double here, double after)
{
	double bend = before - 2 * here + after;

	return bend < -1e-6 && fabs(before - after) < -bend ? (before - after) / (2 * bend) : 0;
}

/* A parabola through the mean at the best lag and its neighbours. */
static double between_hops(const struct search *s, const struct line *l)
{
	double before = mean_along(s, l->lag - 1, l->slope, 1);
	double here = mean_along(s, l->lag, l->slope, 1);

	return vertex(before, here, mean_along(s, l->lag + 1, l->slope, 1));
}

/* Where a part by itself fits best, near the line; NAN where it does not fit. */
static double own_lag(const struct search *s, int64_t part, double lag, double least)
{
	const float *fits = s->fits + part * s->lags;
	int64_t middle = llround(lag), best = middle;

	if (middle < 2 || middle + 2 >= s->lags)
		return NAN;
	for (int64_t i = middle - 1; i <= middle + 1; i++)
		if (fits[i] > fits[best])
			best = i;
	if (!((double)fits[best] >= least))
		return NAN;
	return (double)best + vertex((double)fits[best - 1], (double)fits[best],
				     (double)fits[best + 1]);
}

/* By least squares through where the parts fit. The best line's own slope is too coarse: it comes
 * in steps of a hop over all of the sound, and within one step all slopes fit alike. */
static double drift_of(const struct search *s, const struct line *l, double least)
{
	double n = 0, t = 0, y = 0, tt = 0, ty = 0, yy = 0;

	for (int64_t i = 0; i < s->parts; i++) {
		double part = (double)i, lag = own_lag(s, i, l->lag + l->slope * part, least);
		if (isnan(lag))
			continue;
		n++;
		t += part;
		y += lag - l->lag;
		tt += part * part;
		ty += part * (lag - l->lag);
		yy += (lag - l->lag) * (lag - l->lag);
	}
	if (n < DRIFT_PARTS_MIN)
		return NAN;
	double spread = tt - t * t / n, slope = (ty - t * y / n) / spread;
	double rest = (yy - y * y / n - slope * slope * spread) / (n - 2);
	double error = sqrt(fmax(rest, LAG_SPREAD_MIN) / spread);
	return 2 * error / HEARD_PART_HOPS * 1e6 <= DRIFT_SURE_PPM ?
	       slope / HEARD_PART_HOPS * 1e6 : NAN;
}

static void judge(const struct search *s, const struct line *l, const struct heard_limits *limits,
		  struct heard *out)
{
	double sum = 0;
	int fitting = 0;

	out->parts = (int)s->parts;
	for (int64_t i = 0; i < s->parts; i++) {
		if (isnan(s->fits[i * s->lags]))
			continue;
		double fit = (double)near(s, i, l->lag + l->slope * (double)i);
		out->judged++;
		sum += fit;
		fitting += fit >= limits->part;
	}
	if (out->judged == 0)
		return;
	out->score = sum / out->judged;
	out->share = (double)fitting / out->judged;
	out->offset_ms = (l->lag + between_hops(s, l) - s->where->early_hops) * 1000.0 /
			 ENVELOPE_HOPS_PER_S;
	out->drift_ppm = drift_of(s, l, limits->part);
	out->fits = out->score >= limits->score && out->share >= limits->share;
	out->found = out->fits && out->judged >= heard_judged_min(HEARD_METHOD, out->parts);
}

void heard_search(const struct envelope *sound, const struct envelope *in,
		  const struct heard_where *where, const struct heard_limits *limits,
		  struct heard *out)
{
	struct search s = {.where = where, .lags = where->early_hops + where->late_hops + 1};

	*out = (struct heard){.score = 0};
	must(where->early_hops >= 0 && where->late_hops >= 0);
	if (sound->count < HEARD_LEAST_HOPS)
		return;
	s.parts = (sound->count + HEARD_PART_HOPS - 1) / HEARD_PART_HOPS;
	s.fits = malloc((size_t)(s.parts * s.lags) * sizeof(*s.fits));
	must(s.fits != NULL);
	level(&s.sound, sound);
	level(&s.in, in);
	fit_all(&s);
	struct line line = best_line(&s);
	judge(&s, &line, limits, out);
	free(s.fits);
}
