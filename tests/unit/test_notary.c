/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/journal.h"
#include "proof/notary.h"
#include "proof/tile.h"
#include "sys/chance.h"
#include "sys/disk_sim.h"
#include "support/notary_case.h"

#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Sanitizers look at the code, which one in five runs through as well, and take far longer. */
#if defined(VX_ASAN) || defined(VX_TSAN)
#define STRIDE 5
#else
#define STRIDE 1
#endif

START_TEST(every_entry_has_its_signed_head)
{
	for (int i = 1; i <= 520; i++) {
		case_add(1);
		ck_assert_int_eq(case_now().head, i);
		if (i % 85 == 0)
			case_check("log", i);
	}
	case_again();
	case_check("log", 520);
	ck_assert_int_eq(case_now().log, 1);
	ck_assert(!case_now().begun);
}
END_TEST

START_TEST(an_orderly_end_leaves_the_public_files_alone_and_durable)
{
	case_add(300);
	ck_assert(case_there("log/recent"));
	notary_close(case_notary);
	case_notary = NULL;
	ck_assert(!case_there("log/recent") && !case_there("log/checkpoint.new"));
	disk_sim_power_cut(case_sim, 0); /* takes whatever was not promised */
	case_check("log", 300);
	ck_assert(!case_there("log/recent"));
}
END_TEST

START_TEST(the_key_is_named_after_the_station_and_kept)
{
	struct buf a = {0}, b = {0};

	case_add(1);
	ck_assert(disk_read(case_disk(), "log/vkey", 1000, &a, &case_err));
	ck_assert(strncmp(buf_str(&a), "vangxa/dai+", 11) == 0);
	memset(case_how.seed, 9, sizeof(case_how.seed));
	snprintf(case_how.name, sizeof(case_how.name), "vangxa/khac");
	case_again();
	case_add(1);
	case_check("log", 2);
	ck_assert(disk_read(case_disk(), "log/vkey", 1000, &b, &case_err));
	ck_assert_str_eq(buf_str(&a), buf_str(&b));
	buf_finish(&a);
	buf_finish(&b);
}
END_TEST

START_TEST(a_full_disk_loses_no_entry_and_no_head)
{
	case_add(10);
	for (int room = 0; room < 40000; room += 977) {
		struct notary_state was = case_now();

		disk_sim_capacity(case_sim, room); /* less than is used: nothing more fits */
		if (!case_try(0))
			ck_assert_int_eq(case_now().size, was.size);
		disk_sim_capacity(case_sim, -1);
		case_add(1);
		ck_assert_int_eq(case_now().head, case_now().size);
	}
	int64_t size = case_now().size;
	case_again();
	case_check("log", size);
	ck_assert_int_eq(case_now().log, 1);
}
END_TEST

START_TEST(faults_of_the_disk_are_outlived)
{
	for (int fault = 0; fault < DISK_SIM_FAULTS; fault++)
		for (int in = 1; in < 8; in++) {
			int64_t size = case_now().size;

			disk_sim_fail(case_sim, (enum disk_sim_fault)fault, in, 0, EIO);
			bool ok = case_try(0);
			ck_assert_int_eq(case_now().size, size + (ok ? 1 : 0));
			disk_sim_fail(case_sim, (enum disk_sim_fault)fault, 0, 0, 0);
			case_add(1);
			ck_assert_int_eq(case_now().head, case_now().size);
		}
	int64_t size = case_now().size;
	case_again();
	case_check("log", size);
	ck_assert_int_eq(case_now().log, 1);
}
END_TEST

START_TEST(honest_disks_lose_nothing_at_any_moment)
{
	case_add(250); /* so that a bundle and a tile become full on the way */
	int64_t begin = disk_sim_operations(case_sim), end;
	struct disk_sim *kept = disk_sim_survivor(case_sim, 0);

	case_add(12);
	end = disk_sim_operations(case_sim);
	disk_sim_destroy(kept);
	for (int64_t at = 0; at < end - begin + 40; at += STRIDE) {
		int64_t told;

		case_teardown();
		case_setup();
		case_add(250);
		disk_sim_power_off_after(case_sim, at);
		while (case_now().size < 262 && case_try(0))
			;
		told = disk_sim_power_is_off(case_sim) ? case_now().size : 262;
		struct checkpoint c;
		notary_close(case_notary);
		case_notary = NULL;
		disk_sim_power_cut(case_sim, (uint64_t)at);
		case_boot("boot-2");
		case_begin();
		ck_assert_int_ge(case_now().size, told);
		ck_assert_msg(case_now().log == 1, "cut at %d: %s", (int)at, case_now().why);
		while (case_now().size <= case_now().silent_to)
			case_add(1);
		case_add(1);
		ck_assert(case_head(case_disk(), "log", &c));
		case_check("log", case_now().size);
	}
}
END_TEST

/* Every head that was ever signed for a log, as the outside has seen them. */
struct seen {
	struct hash roots[3000];
	bool there[3000];
};

static void see(struct seen *logs, int seed)
{
	struct checkpoint c;
	char dir[LOG_DIR_BYTES];
	int log = case_now().log;

	if (case_now().head == 0 || log > 8)
		return;
	log_dir(log, dir);
	ck_assert_msg(case_head(case_disk(), dir, &c), "%s", case_err.text);
	struct seen *s = &logs[log - 1];
	ck_assert_int_lt(c.size, 3000);
	ck_assert_msg(!s->there[c.size] || hash_equal(&s->roots[c.size], &c.root),
		      "seed %d: two heads of size %d", seed, (int)c.size);
	s->there[c.size] = true;
	s->roots[c.size] = c.root;
}

/* A disk that lies about every sync for a while, and loses all of it. */
static void live_and_lose(int seed, int percent)
{
	struct seen *logs = calloc(8, sizeof(*logs));
	struct chance chance = {.state = (uint64_t)seed};

	for (int life = 0; life < 12; life++) {
		int entries = (int)chance_below(&chance, 40);

		for (int i = 0; i < entries; i++) {
			/* Different words each life: a lost entry never comes again. */
			if (!case_try(life))
				break;
			see(logs, seed);
			/* The lie begins anywhere, and lasts for the last few entries. */
			if (i == entries - 1 - (int)chance_below(&chance, 7))
				disk_sim_lie(case_sim, percent, (uint64_t)seed);
		}
		/* No orderly end: the cut comes first. */
		disk_sim_power_cut(case_sim, chance_next(&chance));
		disk_sim_lie(case_sim, 0, 0);
		notary_close(case_notary);
		case_notary = NULL;
		char boot[20];
		snprintf(boot, sizeof(boot), "boot-%d", life + 2);
		case_boot(boot);
		case_begin();
		see(logs, seed);
	}
	free(logs);
}

START_TEST(lying_disks_make_no_second_head_of_a_size)
{
	for (int seed = 0; seed < 40; seed += STRIDE) {
		case_teardown();
		case_setup();
		live_and_lose(_i * 40 + seed, _i % 2 == 0 ? 100 : 40);
	}
}
END_TEST

START_TEST(a_disk_that_gives_back_other_bytes_is_found_out)
{
	case_add(5);
	case_overwrite("log/tile/entries/000.p/5", "\0\003{}\n", 5);
	ck_assert(!case_try(0));
	ck_assert_int_eq(case_err.kind, ERR_DAMAGED);
}
END_TEST

Suite *suite_notary(void);
Suite *suite_notary(void)
{
	Suite *s = suite_create("notary");
	TCase *t = tcase_create("notary");

	tcase_add_checked_fixture(t, case_setup, case_teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, every_entry_has_its_signed_head);
	tcase_add_test(t, an_orderly_end_leaves_the_public_files_alone_and_durable);
	tcase_add_test(t, the_key_is_named_after_the_station_and_kept);
	tcase_add_test(t, a_full_disk_loses_no_entry_and_no_head);
	tcase_add_test(t, faults_of_the_disk_are_outlived);
	tcase_add_test(t, honest_disks_lose_nothing_at_any_moment);
	tcase_add_loop_test(t, lying_disks_make_no_second_head_of_a_size, 0, 4);
	tcase_add_test(t, a_disk_that_gives_back_other_bytes_is_found_out);
	suite_add_tcase(s, t);
	return s;
}
