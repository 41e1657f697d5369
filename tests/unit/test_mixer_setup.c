/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/mixer_state.h"

#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Pages of ours in memory, from the kernel. */
static long resident_pages(void)
{
	char text[100] = "", *second;
	FILE *f = fopen("/proc/self/statm", "r");

	ck_assert_ptr_nonnull(f);
	ck_assert_ptr_nonnull(fgets(text, sizeof(text), f));
	fclose(f);
	ck_assert_ptr_nonnull(second = strchr(text, ' '));
	return strtol(second, NULL, 10);
}

/* Makes a mixer and runs it a little; returns the pages that it took. */
static long pages_of_one(void)
{
	float block[BLOCK_FRAMES], *out[1] = {block};
	long before = resident_pages();
	struct mixer *m = mixer_create(&(struct mixer_config){1, -1});

	for (int i = 0; i < 10; i++)
		mixer_block(m, out);
	long pages = resident_pages() - before;
	mixer_destroy(m);
	return pages;
}

START_TEST(test_decks_that_nobody_feeds_cost_no_memory)
{
	/* The first one brings code and libraries into memory. */
	long first = pages_of_one(), second = pages_of_one();

	ck_assert_int_lt(second, 200); /* of the 1,024 that all rings have */
	ck_assert_int_ge(first, 0);
}
END_TEST

START_TEST(test_begins_at_frame_0_with_nothing_to_tell)
{
	struct mixer *m = mixer_create(&(struct mixer_config){ZONES_MAX, -1});
	struct mix_event ev;

	ck_assert_int_eq(mixer_now(m).n, 0);
	ck_assert(!mixer_event(m, &ev));
	for (int z = 0; z < ZONES_MAX; z++)
		ck_assert(mixer_peak(m, z) == 0.0f);
	mixer_destroy(m);
	mixer_destroy(NULL);
}
END_TEST

START_TEST(test_zones_are_bounded)
{
	mixer_create(&(struct mixer_config){_i == 0 ? 0 : ZONES_MAX + 1, -1});
}
END_TEST

Suite *suite_mixer_setup(void)
{
	Suite *s = suite_create("mixer_setup");
	TCase *t = tcase_create("mixer_setup");

	tcase_add_test(t, test_decks_that_nobody_feeds_cost_no_memory);
	tcase_add_test(t, test_begins_at_frame_0_with_nothing_to_tell);
	tcase_add_loop_test_raise_signal(t, test_zones_are_bounded, SIGABRT, 0, 2);
	suite_add_tcase(s, t);
	return s;
}
