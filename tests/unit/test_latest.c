/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/latest.h"

#include <check.h>
#include <pthread.h>

START_TEST(test_nothing_put)
{
	struct latest l = {0};
	int64_t w[2] = {7, 7};

	ck_assert(!latest_get(&l, w, 2));
	ck_assert_uint_eq(latest_count(&l), 0);
}
END_TEST

START_TEST(test_last_wins)
{
	struct latest l = {0};
	int64_t w[2];

	latest_put(&l, (int64_t[]){1, 2}, 2);
	latest_put(&l, (int64_t[]){3, INT64_MIN}, 2);
	ck_assert(latest_get(&l, w, 2));
	ck_assert_int_eq(w[0], 3);
	ck_assert(w[1] == INT64_MIN);
	ck_assert_uint_eq(latest_count(&l), 2);
}
END_TEST

START_TEST(test_dead_writer)
{
	struct latest l = {0};
	int64_t w[1];

	latest_put(&l, (int64_t[]){5}, 1);
	l.seq++; /* as if it was killed in the middle of a put */
	ck_assert(!latest_get(&l, w, 1));
	latest_put(&l, (int64_t[]){6}, 1);
	ck_assert(latest_get(&l, w, 1));
	ck_assert_int_eq(w[0], 6);
}
END_TEST

#define PUTS 200000

static void *writer(void *arg)
{
	for (int64_t i = 1; i <= PUTS; i++)
		latest_put(arg, (int64_t[]){i, -i, i * 3}, 3);
	return NULL;
}

START_TEST(test_never_torn)
{
	struct latest l = {0};
	pthread_t thread;
	int64_t w[3] = {0};

	ck_assert_int_eq(pthread_create(&thread, NULL, writer, &l), 0);
	while (w[0] < PUTS) {
		if (!latest_get(&l, w, 3))
			continue;
		ck_assert_int_eq(w[1], -w[0]);
		ck_assert_int_eq(w[2], 3 * w[0]);
	}
	pthread_join(thread, NULL);
}
END_TEST

Suite *suite_latest(void)
{
	Suite *s = suite_create("latest");
	TCase *t = tcase_create("latest");

	tcase_add_test(t, test_nothing_put);
	tcase_add_test(t, test_last_wins);
	tcase_add_test(t, test_dead_writer);
	tcase_add_test(t, test_never_torn);
	suite_add_tcase(s, t);
	return s;
}
