/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/print.h"

#include "base/limits.h"
#include "support/soundfile.h"
#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define S 48000

static char dir[64];
static struct err e;

static void setup(void)
{
	char path[128];

	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/masters", dir);
	ck_assert_int_eq(mkdir(path, 0700), 0);
}

static void teardown(void)
{
	tmpdir_remove(dir);
}

static struct print made(const float *x, size_t frames, size_t piece)
{
	struct print_maker *m = print_begin();
	struct print p;

	for (size_t at = 0, n; at < frames; at += n) {
		n = frames - at < piece ? frames - at : piece;
		print_add(m, x + at, n);
	}
	print_end(m, &p);
	return p;
}

static void expect_same(struct print a, struct print b)
{
	ck_assert_uint_gt(a.count, 0);
	ck_assert_uint_eq(a.count, b.count);
	ck_assert_mem_eq(a.words, b.words, a.count * sizeof(*a.words));
	print_free(&a);
	print_free(&b);
}

START_TEST(neither_cut_nor_level_change_it)
{
	struct clip c = clip_mixed(S, 6, 3);
	float *x = calloc((size_t)c.frames, sizeof(*x));
	float *soft = calloc((size_t)c.frames, sizeof(*soft));

	for (int64_t i = 0; i < c.frames; i++) {
		x[i] = c.data[2 * i + 1];
		soft[i] = x[i] / 4; /* exactly −12 dB, so that not one bit may differ */
	}
	expect_same(made(x, (size_t)c.frames, 4099), made(x, (size_t)c.frames, 100000));
	expect_same(made(x, (size_t)c.frames, 1), made(soft, (size_t)c.frames, 4096));
	free(x);
	free(soft);
	clip_free(&c);
}
END_TEST

START_TEST(silence_before_and_after_is_left_out_and_pauses_are_marked)
{
	struct clip c = clip_mixed(S, 4, 5);
	float *x = calloc(20 * S, sizeof(*x));

	for (int i = 0; i < 2 * S; i++) {
		x[5 * S + i] = c.data[2 * i + 1];
		x[9 * S + i] = c.data[2 * (2 * S + i) + 1];
	}
	struct print p = made(x, 20 * S, 4096);
	size_t heard = 0;
	for (size_t i = 0; i < p.count; i++)
		heard += (p.words[i] & PRINT_LOUD) != 0;
	/* Six seconds, of which two are a pause; a spectrum is a third of a second wide. */
	ck_assert_double_eq_tol((double)p.count / PRINT_WORDS_PER_S, 6, 0.5);
	ck_assert_double_eq_tol((double)heard / PRINT_WORDS_PER_S, 4, 0.8);
	ck_assert(p.words[0] & PRINT_LOUD && p.words[p.count - 1] & PRINT_LOUD);
	print_free(&p);
	free(x);
	clip_free(&c);
}
END_TEST

START_TEST(silence_and_next_to_nothing_have_none)
{
	float *x = calloc(5 * S, sizeof(*x));
	struct print p = made(x, 5 * S, 4096);

	ck_assert_uint_eq(p.count, 0);
	ck_assert(print_save(&p, dir, "none", &e));
	print_free(&p);
	x[100] = 1;
	p = made(x, 4800, 4096);
	ck_assert_uint_eq(p.count, 0);
	print_free(&p);
	ck_assert(print_load(&p, dir, "none", &e));
	ck_assert_uint_eq(p.count, 0);
	print_free(&p);
	print_end(NULL, NULL);
	free(x);
}
END_TEST

START_TEST(it_is_kept_beside_the_master)
{
	struct print p = {calloc(3, sizeof(uint32_t)), 3}, got;
	char path[128];
	size_t len;

	p.words[0] = PRINT_LOUD | 0x12345678;
	p.words[2] = PRINT_LOUD | 1;
	ck_assert(!print_load(&got, dir, "abc", &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	ck_assert(print_save(&p, dir, "abc", &e));
	ck_assert(print_load(&got, dir, "abc", &e));
	expect_same(p, got);
	snprintf(path, sizeof(path), "%s/masters/abc.print", dir);
	uint8_t *bytes = file_load(path, &len);
	static const struct {
		int at, value;
		size_t len;
	} broken[] = {{0, 'X', 20},  {8, 0x78, 19}, {8, 0x78, 7},
		      {8, 0x78, 0}, {4, 2, 20},	  {7, 0x7f, 20}};
	ck_assert_uint_eq(len, 20);
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		uint8_t copy[20];
		memcpy(copy, bytes, sizeof(copy));
		copy[broken[i].at] = (uint8_t)broken[i].value;
		file_save(path, copy, broken[i].len);
		ck_assert_msg(!print_load(&got, dir, "abc", &e), "%zu", i);
		ck_assert_int_eq(e.kind, ERR_DAMAGED);
		ck_assert_ptr_null(got.words);
	}
	free(bytes);
}
END_TEST

Suite *suite_print(void);
Suite *suite_print(void)
{
	Suite *s = suite_create("print");
	TCase *t = tcase_create("print");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, neither_cut_nor_level_change_it);
	tcase_add_test(t, silence_before_and_after_is_left_out_and_pauses_are_marked);
	tcase_add_test(t, silence_and_next_to_nothing_have_none);
	tcase_add_test(t, it_is_kept_beside_the_master);
	suite_add_tcase(s, t);
	return s;
}
