/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/resample.h"
#include "support/soundfile.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct sink {
	float data[200000];
	size_t frames, stop_after;
	unsigned channels;
};

static bool take(void *arg, float *samples, size_t frames)
{
	struct sink *s = arg;

	memcpy(s->data + s->frames * s->channels, samples, frames * s->channels * sizeof(float));
	s->frames += frames;
	return s->stop_after == 0 || s->frames < s->stop_after;
}

static struct sink *run(const struct clip *c, int64_t cut)
{
	struct sink *s = calloc(1, sizeof(*s));
	struct resample *r = resample_create((unsigned)c->rate, (unsigned)c->channels);

	s->channels = (unsigned)c->channels;
	for (int64_t at = 0; at < c->frames; at += cut)
		ck_assert(resample_push(r, c->data + at * c->channels,
					(size_t)(c->frames - at < cut ? c->frames - at : cut), take,
					s));
	ck_assert(resample_push(r, NULL, 0, take, s));
	resample_destroy(r);
	return s;
}

/* A full-scale tone comes out as itself, its noise below −110 dB. */
START_TEST(a_tone_stays_a_tone)
{
	struct clip c = clip_tone(44100, 1, 1, 1000, 1);
	struct sink *s = run(&c, 1000);
	double noise = 0;

	ck_assert_int_eq((int)s->frames, 48000);
	for (int i = 4800; i < 43200; i++)
		noise = fmax(noise, fabs(s->data[i] - sin(2 * M_PI * 1000 * i / 48000.0)));
	ck_assert_double_lt(noise, 3e-6);
	free(s);
	clip_free(&c);
}
END_TEST

START_TEST(the_cut_into_calls_does_not_matter)
{
	struct clip c = clip_mixed(22050, 1, 6);
	struct sink *a = run(&c, 22050), *b = run(&c, 7), *d = run(&c, 4096);

	ck_assert_uint_eq(a->frames, b->frames);
	ck_assert_mem_eq(a->data, b->data, a->frames * 2 * sizeof(float));
	ck_assert_mem_eq(a->data, d->data, a->frames * 2 * sizeof(float));
	free(a);
	free(b);
	free(d);
	clip_free(&c);
}
END_TEST

START_TEST(our_own_rate_passes_untouched)
{
	struct clip c = clip_mixed(48000, 1, 6);
	struct sink *s = run(&c, 10000);

	ck_assert_uint_eq(s->frames, 48000);
	ck_assert_mem_eq(s->data, c.data, 48000 * 2 * sizeof(float));
	free(s);
	clip_free(&c);
}
END_TEST

START_TEST(a_taker_that_says_no_is_not_asked_again)
{
	static const int rates[] = {44100, 48000};
	struct clip c = clip_tone(rates[_i], 1, 1, 440, 1);
	static struct sink s;
	struct resample *r = resample_create((unsigned)c.rate, 1);

	s = (struct sink){.channels = 1, .stop_after = 1};
	ck_assert(!resample_push(r, c.data, (size_t)c.frames, take, &s));
	ck_assert_uint_le(s.frames, 4096);
	resample_destroy(r);
	clip_free(&c);
}
END_TEST

Suite *suite_resample(void)
{
	Suite *s = suite_create("resample");
	TCase *t = tcase_create("resample");

	tcase_add_test(t, a_tone_stays_a_tone);
	tcase_add_test(t, the_cut_into_calls_does_not_matter);
	tcase_add_test(t, our_own_rate_passes_untouched);
	tcase_add_loop_test(t, a_taker_that_says_no_is_not_asked_again, 0, 2);
	suite_add_tcase(s, t);
	return s;
}
