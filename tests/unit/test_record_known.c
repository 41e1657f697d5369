/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/record.h"

#include "base/json.h"
#include "proof/entry.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <math.h>
#include <string.h>

static struct playing g;

static struct source *open_live(void *arg)
{
	(void)arg;
	return fake_noise(77, INT64_C(1) << 40, 1.0f, FAKE_ENDS);
}

static void setup(void)
{
	playing_open(&g, "2026-11-23T05:29:50");
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"05:30\", length: 60s, overrun: cut, "
				  "play: {relay: vov1}, fallback: {bulletins: {}}}\n"));
	playing_bulletin(&g, "B1", 11, 8);
	playing_begin(&g);
	g.sim.open_relay = open_live;
	g.sim.relay_now = (struct relay_state){.lufs = -INFINITY, .since = {INT64_MAX}};
	g.sim.relay_why = RELAY_CONNECT;
}

static void teardown(void)
{
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

static int relay_missed(void)
{
	int count = 0;

	for (int i = 0; i < playing_count(&g, KIND_MISSED); i++) {
		json_t *o = playing_entry(&g, KIND_MISSED, i);
		count += strcmp(json_get_text(o, "relay", ""), "vov1") == 0;
		json_decref(o);
	}
	return count;
}

/* While the disk hangs the relay is lost: of the slot that it misses there is one row, and words
 * that it is lost, which wait to be written as well, are not taken for it. */
START_TEST(that_a_relay_is_lost_is_no_row_that_it_was_missed)
{
	playing_run(&g, 5);
	g.stall.hangs = true;
	playing_run(&g, 70);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 0);
	g.stall.hangs = false;
	playing_run(&g, 20);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 1);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_BACK), 0);
	ck_assert_int_eq(relay_missed(), 1);
}
END_TEST

/* It answers while the disk takes no promise: nobody hears it, so it is not back. */
START_TEST(what_nobody_hears_is_not_back)
{
	playing_run(&g, 22);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 1);
	g.stall.hangs = true;
	g.sim.relay_why = RELAY_NONE;
	g.sim.relay_now.coming = g.sim.relay_now.ready = true;
	g.sim.relay_now.since = clock_mono(&g.clock.clock);
	for (int i = 0; i < 600; i++) {
		g.sim.relay_now.sounded = clock_mono(&g.clock.clock);
		playing_run(&g, 0.1);
	}
	g.stall.hangs = false;
	playing_run(&g, 20);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_BACK), 0);
	playing_ck(&g, KIND_MISSED, 0, "", NULL, "relay-lost");
}
END_TEST

Suite *suite_record_known(void);
Suite *suite_record_known(void)
{
	Suite *s = suite_create("record_known");
	TCase *t = tcase_create("record_known");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, that_a_relay_is_lost_is_no_row_that_it_was_missed);
	tcase_add_test(t, what_nobody_hears_is_not_back);
	suite_add_tcase(s, t);
	return s;
}
