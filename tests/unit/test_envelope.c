/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/envelope.h"

#include "support/sound.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define FRAMES (2 * 48000)

static float sound[FRAMES];

static struct envelope made(const float *x, size_t frames, size_t piece)
{
	struct envelope e = {0};
	struct envelope_maker *m = envelope_begin(envelope_keep, &e);

	for (size_t at = 0, n; at < frames; at += n) {
		n = frames - at < piece ? frames - at : piece;
		envelope_add(m, x + at, n);
	}
	envelope_end(m);
	return e;
}

/* Bands are a third of an octave and more: 870 Hz lie in the fourth of eight. */
START_TEST(a_tone_fills_its_band_and_no_other)
{
	sound_sine(sound, 0, FRAMES, 870, 1);
	struct envelope e = made(sound, FRAMES, FRAMES);

	ck_assert_int_ge(e.count, 98);
	ck_assert_int_le(e.count, 100);
	for (int64_t i = 2; i < 98; i++)
		for (int b = 0; b < ENVELOPE_BANDS; b++)
			ck_assert_msg(b == 3 ? abs(e.hops[i].band[b] - 220) <= 4
					     : e.hops[i].band[b] < 150,
				      "hop %d, band %d: %d", (int)i, b, e.hops[i].band[b]);
	envelope_free(&e);
	ck_assert_ptr_null(e.hops);
}
END_TEST

START_TEST(six_decibels_are_twelve_steps)
{
	sound_sine(sound, 0, FRAMES, 870, 0.5);
	struct envelope half = made(sound, FRAMES, FRAMES);
	sound_sine(sound, 0, FRAMES, 870, 0.25);
	struct envelope quarter = made(sound, FRAMES, FRAMES);

	ck_assert_int_eq(half.hops[50].band[3] - quarter.hops[50].band[3], 12);
	envelope_free(&half);
	envelope_free(&quarter);
}
END_TEST

START_TEST(how_it_is_cut_into_calls_does_not_matter)
{
	for (int i = 0; i < FRAMES; i++)
		sound[i] = (float)(i * 7919 % 2003) / 2003 - 0.5f;
	struct envelope whole = made(sound, FRAMES, FRAMES), cut = made(sound, FRAMES, 331);

	ck_assert_int_eq(whole.count, cut.count);
	ck_assert_mem_eq(whole.hops, cut.hops, (size_t)whole.count * sizeof(*whole.hops));
	envelope_free(&whole);
	envelope_free(&cut);
}
END_TEST

/* The hop's number says where its sound is: that is what offsets in the log rest on. */
START_TEST(a_hop_is_of_the_sound_at_its_place)
{
	memset(sound, 0, sizeof(sound));
	sound_sine(sound + 48000, 0, 960, 870, 1);
	struct envelope e = made(sound, FRAMES, 480);
	int64_t loudest = 0;

	for (int64_t i = 0; i < e.count; i++)
		if (e.hops[i].band[3] > e.hops[loudest].band[3])
			loudest = i;
	ck_assert_int_eq(loudest, 50);
	ck_assert_int_eq(e.hops[10].band[3], 1); /* silence, which is known */
	envelope_free(&e);
}
END_TEST

Suite *suite_envelope(void);
Suite *suite_envelope(void)
{
	Suite *s = suite_create("envelope");
	TCase *c = tcase_create("envelope");

	tcase_add_test(c, a_tone_fills_its_band_and_no_other);
	tcase_add_test(c, six_decibels_are_twelve_steps);
	tcase_add_test(c, how_it_is_cut_into_calls_does_not_matter);
	tcase_add_test(c, a_hop_is_of_the_sound_at_its_place);
	suite_add_tcase(s, c);
	return s;
}
