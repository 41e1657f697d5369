/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/wave.h"

#include "base/json.h"
#include "support/soundfile.h"
#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static struct wave w;
static float part[5000];

static void add(int64_t frames, float level)
{
	for (size_t i = 0; i < 5000; i++)
		part[i] = i % 2 ? level : -level / 2;
	for (int64_t n; frames > 0; frames -= n) {
		n = frames < 4999 ? frames : 4999;
		wave_add(&w, part, (size_t)n);
	}
}

START_TEST(a_short_sound_has_a_pair_every_ten_milliseconds)
{
	w = (struct wave){0};
	add(480, 0.5f);
	add(480, 0.25f);
	add(100, 1);
	ck_assert_int_eq(w.count, 2);
	ck_assert_float_eq(w.pairs[0].most, 0.5f);
	ck_assert_float_eq(w.pairs[0].least, -0.25f);
	ck_assert_float_eq(w.pairs[1].most, 0.25f);
	ck_assert_float_eq(w.pairs[2].most, 1);
}
END_TEST

/* However long it is; what was loud is still seen at its place. */
START_TEST(a_long_one_is_told_in_about_a_thousand)
{
	w = (struct wave){0};
	add(48000LL * 600, 0.1f);
	add(48000LL * 2, 0.9f);
	add(48000LL * 598, 0.1f);
	ck_assert_int_ge(w.count, WAVE_PAIRS_MAX / 2);
	ck_assert_int_lt(w.count, WAVE_PAIRS_MAX);
	ck_assert_int_eq(w.frames, 48000LL * 1200);
	int loud = (int)(48000LL * 601 / w.pair_frames);
	ck_assert_float_eq(w.pairs[loud].most, 0.9f);
	ck_assert_float_eq(w.pairs[loud - 4].most, 0.1f);
	ck_assert_float_eq(w.pairs[loud + 4].most, 0.1f);
}
END_TEST

START_TEST(it_is_kept_beside_the_master)
{
	char dir[64], path[128];
	struct err e = {0};
	size_t len;

	tmpdir_make(dir);
	w = (struct wave){0};
	add(480, 2); /* louder than full scale */
	add(10, 0.5f);
	ck_assert(!wave_save(&w, dir, "abc", &e)); /* no folder */
	snprintf(path, sizeof(path), "%s/masters", dir);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	ck_assert(wave_save(&w, dir, "abc", &e));
	snprintf(path, sizeof(path), "%s/masters/abc.wave", dir);
	char *text = (char *)file_load(path, &len);
	json_t *o = json_read(text, len, &e), *pairs = json_object_get(o, "pairs");
	ck_assert_int_eq(json_get_integer(o, "frames", 0), 490);
	ck_assert_int_eq(json_get_integer(o, "pair_frames", 0), 480);
	ck_assert_uint_eq(json_array_size(pairs), 4);
	ck_assert_int_eq(json_integer_value(json_array_get(pairs, 0)), -127);
	ck_assert_int_eq(json_integer_value(json_array_get(pairs, 1)), 127);
	ck_assert_int_eq(json_integer_value(json_array_get(pairs, 3)), 64);
	json_decref(o);
	free(text);
	tmpdir_remove(dir);
}
END_TEST

/* For who wants to know where a master has sound. */
START_TEST(it_is_read_again_as_levels)
{
	static struct wave_levels l;
	char dir[64], path[128];
	struct err e = {0};

	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/masters", dir);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	ck_assert(!wave_load(&l, dir, "abc", &e));
	w = (struct wave){0};
	add(4800, 0.5f);
	add(4800, 0);
	add(4800, 0.01f);
	ck_assert(wave_save(&w, dir, "abc", &e));
	ck_assert(wave_load(&l, dir, "abc", &e));
	ck_assert_int_eq(l.count, 30);
	ck_assert(wave_reaches(&l, 0, 14400, 0.49));
	ck_assert(!wave_reaches(&l, 0, 14400, 0.6));
	ck_assert(!wave_reaches(&l, 4800, 9600, 0.0001));
	ck_assert(!wave_reaches(&l, 4321, 9600, 0.0001)); /* whole pairs only */
	ck_assert(wave_reaches(&l, 4320, 9600, 0.4));
	ck_assert(wave_reaches(&l, 4800, 14400, 0.002)); /* one step of 127 */
	ck_assert(!wave_reaches(&l, 14400, 99999, 0));
	ck_assert(!wave_reaches(&l, -4800, 479, 0));
	ck_assert(wave_is_of(dir, "abc") && !wave_is_of(dir, "bad"));
	snprintf(path, sizeof(path), "%s/masters/abc.wave", dir);
	char other[128];
	snprintf(other, sizeof(other), "%s/masters/other.wave", dir);
	ck_assert_int_eq(rename(path, other), 0);
	ck_assert(!wave_is_of(dir, "other") && !wave_load(&l, dir, "other", &e));
	snprintf(path, sizeof(path), "%s/masters/bad.wave", dir);
	static const char *const bad[] = {"", "{\"pair_frames\":0,\"pairs\":[1,2]}",
					  "{\"pair_frames\":480,\"pairs\":\"x\"}"};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		file_save(path, bad[i], strlen(bad[i]));
		ck_assert(!wave_load(&l, dir, "bad", &e));
	}
	tmpdir_remove(dir);
}
END_TEST

Suite *suite_wave(void);
Suite *suite_wave(void)
{
	Suite *s = suite_create("wave");
	TCase *t = tcase_create("wave");

	tcase_add_test(t, a_short_sound_has_a_pair_every_ten_milliseconds);
	tcase_add_test(t, a_long_one_is_told_in_about_a_thousand);
	tcase_add_test(t, it_is_kept_beside_the_master);
	tcase_add_test(t, it_is_read_again_as_levels);
	suite_add_tcase(s, t);
	return s;
}
