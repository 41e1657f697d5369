/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries by a clock that is wrong in every way, read again once a right one is there: the truth is
 * always within what the correction promises. */
#include "proof/stamp.h"

#include "base/json.h"
#include "proof/entry.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define MINUTE_NS (60 * NS_PER_S)
#define HOUR_NS (60 * MINUTE_NS)

/* 2026-11-23T05:30:00+07:00 */
static const struct wall morning = {INT64_C(1795386600) * NS_PER_S};
static const char boot[] = "1f3a9c2e-0000-4000-8000-000000000001";

static struct clock_sim now;
static struct stamps stamps;
static struct tz tz;

/* What was written, and what only the test knows. */
static struct written {
	json_t *entry;
	struct wall was, truly; /* as stamped; as it was */
	int64_t up_ns;
} logged[64];
static int count;

static void setup(void)
{
	tz_fixed(&tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	clock_sim_init(&now, morning);
	stamps_init(&stamps, &now.clock);
	stamps_boot(&stamps, boot);
	count = 0;
}

static void teardown(void)
{
	for (int i = 0; i < count; i++)
		json_decref(logged[i].entry);
}

static json_t *add_entry(json_t *entry)
{
	struct stamp stamp = stamps_take(&stamps);

	json_object_set_new(entry, "at", json_time(stamp.wall, &tz));
	json_object_set_new(entry, "clock", stamps_json(&stamps, &stamp, &tz));
	stamps_wrote(&stamps, count, &stamp);
	logged[count++] = (struct written){entry, now.now_wall, now.now_true, stamp.up_ns};
	return json_object_get(entry, "clock");
}

static json_t *add(void)
{
	return add_entry(json_pack("{s:s}", "kind", "note.added"));
}

static void boot_at_1970(void)
{
	clock_sim_unsync(&now);
	clock_sim_set_wall(&now, (struct wall){0});
}

/* Writes down every correction there is; how many entries they speak of. Each must bring the times
 * of its entries to the truth, as near as it says. */
static int correct_all(void)
{
	int told = 0;

	for (json_t *c; (c = stamps_correction(&stamps)) != NULL; add_entry(c)) {
		int64_t offset_ns = json_get_integer(c, "offset_ms", 0) * NS_PER_MS;
		ck_assert_str_eq(json_get_text(c, "boot", ""), "1f3a9c2e");
		for (int64_t n = json_get_integer(c, "from_n", -1);
		     n <= json_get_integer(c, "to_n", -1); n++, told++) {
			const struct written *w = &logged[n];
			int64_t between_ns = clock_up_ns(&now.clock) - w->up_ns;
			int64_t off_ns = w->was.ns + offset_ns - w->truly.ns;
			ck_assert_int_le(llabs(off_ns),
					 51 * NS_PER_MS + between_ns / 1000000 *
					 json_get_integer(c, "drift_ppm", 0));
		}
	}
	return told;
}

START_TEST(test_synced_says_all)
{
	now.now_state = (struct clock_state){true, 16.1, "chronyd"};
	json_t *clock = add();

	ck_assert(json_get_bool(clock, "synced", false));
	ck_assert_double_eq(json_get_number(clock, "max_error_ms", 0), 16.1);
	ck_assert_str_eq(json_get_text(clock, "source", ""), "chronyd");
	ck_assert_uint_eq(json_object_size(clock), 3);
	ck_assert_int_eq(correct_all(), 0);
}
END_TEST

START_TEST(test_nobody_disciplines)
{
	clock_sim_unsync(&now);
	clock_sim_advance(&now, 90 * NS_PER_S);
	json_t *clock = add();

	ck_assert(!json_get_bool(clock, "synced", true));
	ck_assert(json_is_null(json_object_get(clock, "max_error_ms")));
	ck_assert(json_is_null(json_object_get(clock, "source")));
	ck_assert_ptr_null(json_object_get(clock, "not_before")); /* nothing is known yet */
	ck_assert_str_eq(json_get_text(clock, "boot", ""), "1f3a9c2e");
	ck_assert_int_eq(json_get_integer(clock, "up_ms", 0), 90000);
}
END_TEST

START_TEST(test_1970_and_synced_after_twenty_minutes)
{
	boot_at_1970();
	for (int i = 0; i < 20; i++) {
		add();
		ck_assert_ptr_null(stamps_correction(&stamps));
		clock_sim_advance(&now, MINUTE_NS);
	}
	clock_sim_sync(&now, 5, "timesyncd");
	ck_assert_int_eq(correct_all(), 20);
	ck_assert_int_eq(count, 21); /* one entry for all of them */
	ck_assert_int_eq(json_get_integer(logged[20].entry, "offset_ms", 0),
			 morning.ns / NS_PER_MS);
	ck_assert_ptr_null(stamps_correction(&stamps)); /* and once */
}
END_TEST

/* Set back by hand, then forward, then right: each stretch has a difference of its own. */
START_TEST(test_steps_before_the_sync)
{
	clock_sim_unsync(&now);
	add();
	clock_sim_set_wall(&now, wall_add_ns(morning, -3 * HOUR_NS));
	add();
	add();
	clock_sim_advance(&now, MINUTE_NS);
	clock_sim_set_wall(&now, wall_add_ns(morning, 9 * HOUR_NS));
	add();
	clock_sim_sync(&now, 1, "ntpd");
	ck_assert_int_eq(correct_all(), 4);
	ck_assert_int_eq(count, 4 + 3);
}
END_TEST

/* 120 ppm is what a cheap quartz has in a hot room; the counter is off by as much. */
START_TEST(test_drift)
{
	now.drift_ppb = 120000;
	clock_sim_unsync(&now);
	for (int i = 0; i < 40; i++) {
		add();
		clock_sim_advance(&now, 12 * HOUR_NS);
	}
	clock_sim_sync(&now, 20, "chronyd");
	ck_assert_int_eq(correct_all(), 40);
	ck_assert_int_gt(json_get_integer(logged[40].entry, "offset_ms", 0), 200000);
}
END_TEST

/* What the machine slept is in both: nothing is off by it. */
START_TEST(test_sleep)
{
	clock_sim_unsync(&now);
	add();
	clock_sim_sleep(&now, 8 * HOUR_NS);
	add();
	clock_sim_sync(&now, 1, "chronyd");
	ck_assert_int_eq(correct_all(), 2);
	ck_assert_int_eq(count, 3);
	ck_assert_int_eq(json_get_integer(logged[2].entry, "offset_ms", -1), 0);
}
END_TEST

/* Synchronised, lost, and found again: what was right needs no word. */
START_TEST(test_synced_between)
{
	clock_sim_unsync(&now);
	add();
	clock_sim_sync(&now, 1, "chronyd");
	add();
	ck_assert_int_eq(correct_all(), 1);
	clock_sim_unsync(&now);
	add();
	clock_sim_sync(&now, 1, "chronyd");
	ck_assert_int_eq(correct_all(), 1);
}
END_TEST

START_TEST(test_more_steps_than_are_kept)
{
	clock_sim_unsync(&now);
	for (int i = 0; i <= STRETCHES_MAX; i++) {
		struct stamp stamp = stamps_take(&stamps);
		stamp.wall.ns += i * HOUR_NS;
		stamps_wrote(&stamps, i, &stamp);
	}
	clock_sim_sync(&now, 1, "chronyd");
	for (int i = 0; i < STRETCHES_MAX; i++)
		json_decref(stamps_correction(&stamps));
	ck_assert_ptr_null(stamps_correction(&stamps));
}
END_TEST

/* The last entry of a right clock, less its error, and what the machine has counted since. */
START_TEST(test_not_before)
{
	struct wall t;

	ck_assert(!stamps_bound(&stamps, &t));
	now.now_state.max_error_ms = 250;
	add();
	boot_at_1970();
	clock_sim_advance(&now, HOUR_NS);
	json_t *clock = add();
	ck_assert(json_get_time(clock, "not_before", &t));
	ck_assert_int_eq(t.ns, morning.ns - 250 * NS_PER_MS + HOUR_NS - 1800 * NS_PER_MS);
	ck_assert_int_le(t.ns, now.now_true.ns);
}
END_TEST

/* A synchronised clock that shows less than has surely passed is not believed silently. */
START_TEST(test_synced_and_too_early)
{
	struct wall t;

	add();
	clock_sim_set_wall(&now, wall_add_ns(morning, -2 * HOUR_NS));
	ck_assert(json_get_time(add(), "not_before", &t));
	ck_assert_int_eq(t.ns, morning.ns);
	stamps_forget(&stamps); /* a person knows better */
	ck_assert_ptr_null(json_object_get(add(), "not_before"));
}
END_TEST

START_TEST(test_a_witness_knows)
{
	struct wall t;

	boot_at_1970();
	stamps_learn(&stamps, morning);
	ck_assert(json_get_time(add(), "not_before", &t));
	ck_assert_int_eq(t.ns, morning.ns);
	stamps_learn(&stamps, wall_add_ns(morning, -HOUR_NS)); /* older news is no news */
	ck_assert(stamps_bound(&stamps, &t));
	ck_assert_int_eq(t.ns, morning.ns);
}
END_TEST

/* A new program reads what the one before it left. */
static void start_anew(const char *in_boot)
{
	stamps_init(&stamps, &now.clock);
	if (count > 0)
		stamps_resume(&stamps, logged[count - 1].entry);
	stamps_boot(&stamps, in_boot);
	for (int i = 0; i < count; i++)
		stamps_review(&stamps, i, logged[i].entry);
}

START_TEST(test_killed_before_the_sync)
{
	boot_at_1970();
	add();
	add();
	clock_sim_advance(&now, 4 * MINUTE_NS);
	start_anew(boot);
	add();
	clock_sim_sync(&now, 5, "timesyncd");
	ck_assert_int_eq(correct_all(), 3);
	ck_assert_int_eq(count, 4);
	start_anew(boot); /* and nothing is told again */
	ck_assert_int_eq(correct_all(), 0);
}
END_TEST

/* The counter of another boot says nothing of this one's. */
START_TEST(test_another_boot)
{
	struct wall t;

	add();
	boot_at_1970();
	add();
	now.now_mono.ns = 0;
	start_anew("77777777-0000-4000-8000-000000000002");
	ck_assert(stamps_bound(&stamps, &t)); /* but what had passed has passed */
	ck_assert_int_eq(t.ns, morning.ns);
	clock_sim_sync(&now, 5, "timesyncd");
	ck_assert_int_eq(correct_all(), 0);
}
END_TEST

/* Without the kernel's word for the boot nothing is promised; bad entries say nothing. */
START_TEST(test_no_boot_and_nonsense)
{
	json_t *bad = json_pack("{s:s, s:i, s:{s:b, s:s, s:s}}", "kind", "note.added", "at", 7,
				"clock", "synced", 0, "boot", "1f3a9c2e", "not_before", "soon");
	struct wall t;

	stamps_review(&stamps, 0, bad);
	stamps_review(&stamps, 1, NULL);
	stamps_resume(&stamps, bad);
	stamps_resume(&stamps, NULL);
	ck_assert_int_eq(stamps.count, 0);
	ck_assert(!stamps_bound(&stamps, &t));
	stamps_boot(&stamps, "");
	clock_sim_unsync(&now);
	ck_assert_ptr_null(json_object_get(add(), "up_ms"));
	clock_sim_sync(&now, 5, "chronyd");
	ck_assert_int_eq(correct_all(), 0);
	json_decref(bad);
}
END_TEST

Suite *suite_stamp(void);
Suite *suite_stamp(void)
{
	Suite *s = suite_create("stamp");
	TCase *c = tcase_create("stamp");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, test_synced_says_all);
	tcase_add_test(c, test_nobody_disciplines);
	tcase_add_test(c, test_1970_and_synced_after_twenty_minutes);
	tcase_add_test(c, test_steps_before_the_sync);
	tcase_add_test(c, test_drift);
	tcase_add_test(c, test_sleep);
	tcase_add_test(c, test_synced_between);
	tcase_add_test(c, test_more_steps_than_are_kept);
	tcase_add_test(c, test_not_before);
	tcase_add_test(c, test_synced_and_too_early);
	tcase_add_test(c, test_a_witness_knows);
	tcase_add_test(c, test_killed_before_the_sync);
	tcase_add_test(c, test_another_boot);
	tcase_add_test(c, test_no_boot_and_nonsense);
	suite_add_tcase(s, c);
	return s;
}
