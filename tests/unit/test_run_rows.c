/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was planned and did not air, or was stamped wrongly: one row, and one word on how to read
 * it. */
#include "base/json.h"
#include "proof/entry.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <errno.h>

static struct playing g;

static void open_at(const char *now)
{
	playing_open(&g, now);
}

static void teardown(void)
{
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

#define SLOT(name, start, more)                                                                    \
	"  - {name: " name ", start: \"" start "\", length: 60s, play: {bulletins: {}}" more "}\n"

/* A new version takes its place while the slot is on air: the old one is not called withdrawn. */
START_TEST(a_new_version_takes_its_place_in_the_middle_of_a_slot)
{
	open_at("2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 10);
	struct bulletin *b = playing_bulletin(&g, "B2", 12, 10);
	struct bulletin *c = playing_bulletin(&g, "B3", 13, 10);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")));
	playing_begin(&g);
	playing_run(&g, 13);
	b->state = BULLETIN_REPLACED;
	c->state = BULLETIN_WITHDRAWN;
	playout_set_world(&g.p, &g.c->in);
	playing_ck(&g, KIND_MISSED, 0, "B2", NULL, "new-version"); /* at once */
	playing_ck(&g, KIND_MISSED, 1, "B3", NULL, "withdrawn");
	playing_run(&g, 40);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 2);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 1);
	teardown();
}
END_TEST

/* While the disk takes nothing a step of the clock opens the same slots again: what waits to be
 * written down is not said twice. */
START_TEST(what_the_disk_did_not_take_is_missed_once)
{
	open_at("2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 5);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")));
	playing_begin(&g);
	playing_run(&g, 1);
	disk_sim_fail(g.disk, DISK_SIM_WRITE, 1, 1000000, ENOSPC);
	playing_run(&g, 20);
	clock_sim_set_wall(&g.clock, wall_add_ns(clock_wall(&g.clock.clock), 30 * NS_PER_S));
	playing_run(&g, 20);
	disk_sim_fail(g.disk, DISK_SIM_WRITE, 0, 0, 0);
	playing_run(&g, 90);
	playing_ck(&g, KIND_MISSED, 0, "B1", NULL, "disk-full");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
	teardown();
}
END_TEST

/* Approved at noon: no step of the clock makes it one that the morning owes. */
START_TEST(what_was_approved_later_was_not_missed_earlier)
{
	open_at("2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 5);
	struct bulletin *b = playing_bulletin(&g, "B2", 12, 5);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")));
	b->state = BULLETIN_RECEIVED;
	playing_begin(&g);
	playing_run(&g, 100);
	b->state = BULLETIN_APPROVED;
	b->decided = clock_wall(&g.clock.clock);
	playout_set_world(&g.p, &g.c->in);
	clock_sim_set_wall(&g.clock, wall_add_ns(clock_wall(&g.clock.clock), NS_PER_S));
	playing_run(&g, 60);
	ck_assert_int_eq(playing_count(&g, KIND_CLOCK_STEPPED), 1);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	teardown();
}
END_TEST

static const char *text_of(const json_t *entry, const char *key)
{
	return json_get_text(entry, key, "");
}

/* A dead battery: what an operator plays meanwhile is stamped 1970. Twenty minutes later a time
 * server is reached, and one entry says how those stamps are to be read. */
START_TEST(stamps_of_1970_are_corrected_by_one_entry)
{
	struct err err;
	struct wall start;

	open_at("2026-11-23T05:10:00");
	struct bulletin *b = playing_bulletin(&g, "B1", 11, 5);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")));
	ck_assert(ledger_boot(g.ledger, "1f3a9c2e-aaaa", &err));
	clock_sim_unsync(&g.clock);
	clock_sim_set_wall(&g.clock, (struct wall){0});
	playing_begin_after(&g, "2026-11-23T05:00:00", REASON_POWER_OFF);
	playing_run(&g, 60);
	ck_assert(playout_play(&g.p, b, 3, "thử", "uid:7", &err));
	playing_run(&g, 1140);
	ck_assert_int_eq(playing_count(&g, KIND_CLOCK_CORRECTED), 0);
	clock_sim_sync(&g.clock, 5, "timesyncd");
	playing_run(&g, 30);
	json_t *c = playing_entry(&g, KIND_CLOCK_CORRECTED, 0);
	json_t *ended = playing_entry(&g, KIND_ENDED, 0);
	ck_assert_int_eq(playing_count(&g, KIND_CLOCK_CORRECTED), 1);
	ck_assert_int_eq(json_get_integer(c, "from_n", -1), 0);
	ck_assert_int_eq(json_get_integer(c, "to_n", -1), json_get_integer(ended, "n", -2));
	ck_assert(json_get_time(ended, "start", &start));
	start.ns += json_get_integer(c, "offset_ms", 0) * NS_PER_MS;
	struct wall truly;
	ck_assert(wall_parse("2026-11-23T05:11:00", &g.c->settings.tz, &truly));
	ck_assert_int_le(start.ns - truly.ns, NS_PER_S);
	ck_assert_int_ge(start.ns - truly.ns, 0);
	ck_assert_str_eq(text_of(json_object_get(c, "clock"), "source"), "timesyncd");
	json_decref(c);
	json_decref(ended);
	teardown();
}
END_TEST

Suite *suite_run_rows(void);
Suite *suite_run_rows(void)
{
	Suite *s = suite_create("run_rows");
	TCase *c = tcase_create("run_rows");

	tcase_add_test(c, a_new_version_takes_its_place_in_the_middle_of_a_slot);
	tcase_add_test(c, what_the_disk_did_not_take_is_missed_once);
	tcase_add_test(c, what_was_approved_later_was_not_missed_earlier);
	tcase_add_test(c, stamps_of_1970_are_corrected_by_one_entry);
	suite_add_tcase(s, c);
	return s;
}
