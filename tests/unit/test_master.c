/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/master.h"
#include "support/sound.h"
#include "support/tmpdir.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char dir[64], sha[SHA256_HEX_BYTES];
static struct err e;

static void setup(void)
{
	tmpdir_make(dir);
}

static void teardown(void)
{
	tmpdir_remove(dir);
}

static struct sound_file finish(struct master *m)
{
	char path[256];

	ck_assert_msg(master_commit(m, sha, &e), "%s", e.text);
	master_destroy(m);
	snprintf(path, sizeof(path), "%s/masters/%s.flac", dir, sha);
	return sound_read(path);
}

/* What comes back in `samples` is bit for bit what a reader of the file gets. */
START_TEST(samples_are_clipped_and_rounded_and_say_so)
{
	float in[] = {0, 0.1f, -0.1f, 1.5f, -1.5f, 1, -1, 3e38f, NAN, INFINITY, -INFINITY, 1e-9f};
	int count = sizeof(in) / sizeof(in[0]);
	struct master *m = master_create(dir, &e);

	ck_assert(master_write(m, in, (size_t)count, &e));
	struct sound_file f = finish(m);
	ck_assert_int_eq((int)f.frames, count);
	ck_assert_int_eq(f.channels, 1);
	for (int i = 0; i < count; i++)
		ck_assert_float_eq(f.data[i], in[i]);
	ck_assert_float_eq(in[3], 8388607 / 8388608.0f);
	ck_assert_float_eq(in[4], -1);
	ck_assert_float_eq(in[7], 8388607 / 8388608.0f);
	ck_assert_float_eq(in[8], 0);
	ck_assert_float_eq(in[9], 8388607 / 8388608.0f);
	ck_assert_float_eq(in[10], -1);
	ck_assert_float_eq(in[11], 0);
	free(f.data);
}
END_TEST

START_TEST(an_uncommitted_master_vanishes)
{
	float x = 0.5f;
	char path[128];
	struct master *m = master_create(dir, &e);

	ck_assert(master_write(m, &x, 1, &e));
	master_destroy(m);
	master_destroy(NULL);
	snprintf(path, sizeof(path), "%s/masters", dir);
	ck_assert_int_eq(rmdir(path), 0); /* it is empty */
	ck_assert_ptr_null(master_create("/khong-co", &e));
}
END_TEST

Suite *suite_master(void)
{
	Suite *s = suite_create("master");
	TCase *t = tcase_create("master");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, samples_are_clipped_and_rounded_and_say_so);
	tcase_add_test(t, an_uncommitted_master_vanishes);
	suite_add_tcase(s, t);
	return s;
}
