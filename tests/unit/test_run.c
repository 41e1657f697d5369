/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs: joined late, pushed, taken off the air, and accounted for. */
#include "station/run.h"

#include "base/json.h"
#include "proof/entry.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct playing g;

static void teardown(void)
{
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

#define SLOT(name, start, length, more)                                                            \
	"  - {name: " name ", start: \"" start "\", length: " length                               \
	", ident: false, play: {bulletins: {}}" more "}\n"

/* Power comes back 15 s into the slot: the first of two bulletins of 10 s is behind. */
static void start_late(const char *rule)
{
	char slot[300];

	playing_open(&g, "2026-11-23T05:30:15");
	playing_bulletin(&g, "B1", 11, 10);
	playing_bulletin(&g, "B2", 12, 10);
	snprintf(slot, sizeof(slot), SLOT("Sáng", "05:30", "60s", "%s"), rule);
	ck_assert(case_slots(g.c, slot));
	playing_begin_after(&g, "2026-11-23T05:00:00", REASON_POWER_OFF);
	playing_run(&g, 40);
}

START_TEST(joined_late_it_plays_what_still_fits)
{
	start_late(", late: {join_within: 30s}");
	ck_assert_int_eq(playing_whole(&g, 0, 11), 480000);
	ck_assert_int_eq(playing_whole(&g, 0, 12), 480000);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	playing_ck(&g, KIND_ENDED, 1, "B2", "full", "");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
}
END_TEST

/* Nobody knows a cause (the first start of a folder): what no longer fits had no room. */
START_TEST(joined_late_what_finds_no_room_says_so)
{
	playing_open(&g, "2026-11-23T05:30:15");
	playing_bulletin(&g, "B1", 11, 10);
	playing_bulletin(&g, "B2", 12, 10);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", "30s", ", late: {join_within: 30s}")));
	playing_begin_after(&g, "2026-11-23T05:00:00", REASON_LATE);
	playing_run(&g, 30);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	playing_ck(&g, KIND_MISSED, 0, "B2", NULL, "slot-full");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
}
END_TEST

START_TEST(too_late_to_join_what_lies_behind_is_missed_once)
{
	start_late(", late: {join_within: 5s}");
	ck_assert_int_eq(playing_find(&g, 0, 11), -1);
	ck_assert_int_eq(playing_find(&g, 0, 12), -1);
	playing_ck(&g, KIND_MISSED, 0, "B1", NULL, "power-off");
	playing_ck(&g, KIND_MISSED, 1, "B2", NULL, "power-off");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 2);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 0);
}
END_TEST

START_TEST(what_the_log_has_is_not_aired_again_after_a_restart)
{
	playing_open(&g, "2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 10);
	playing_bulletin(&g, "B2", 12, 10);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", "60s", "")));
	playing_begin(&g);
	playing_run(&g, 12);
	playout_finish(&g.p);
	air_sim_finish(&g.sim);
	memset(g.mix[0], 0, 20 * FRAMES_PER_S * sizeof(float));
	playing_begin(&g);
	playing_run(&g, 40);
	ck_assert_int_eq(playing_find(&g, 0, 11), -1);
	ck_assert_int_eq(playing_whole(&g, 0, 12), 480000);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 2);
}
END_TEST

START_TEST(the_next_slot_gets_the_air_in_silence)
{
	playing_open(&g, "2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 30);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", "20s", ", overrun: finish")
				     SLOT("Tiếp", "05:30:20", "60s", "")));
	playing_begin(&g);
	playing_run(&g, 75);
	int64_t next = playing_frame(&g, "2026-11-23T05:30:20");
	ck_assert_int_le(playing_whole(&g, 0, 11), 20 * FRAMES_PER_S);
	for (int i = 0; i < 16; i++) /* the new one alone, from its first sample on */
		ck_assert(g.mix[0][next + i] == fake_noise_at(11, i));
}
END_TEST

START_TEST(a_withdrawn_bulletin_falls_silent_and_the_next_keeps_its_time)
{
	playing_open(&g, "2026-11-23T05:29:50");
	struct bulletin *b = playing_bulletin(&g, "B1", 11, 10);
	playing_bulletin(&g, "B2", 12, 10);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", "60s", "")));
	playing_begin(&g);
	playing_run(&g, 15);
	int64_t now = (int64_t)g.sim.blocks * BLOCK_FRAMES;
	b->state = BULLETIN_WITHDRAWN;
	run_withdraw(&g.p, g.p.runs);
	playing_run(&g, 20);
	playing_ck(&g, KIND_ENDED, 0, "B1", "cut", "withdrawn");
	int64_t second = playing_frame(&g, "2026-11-23T05:30:10");
	for (int64_t f = now + FRAMES_PER_S / 2; f < second; f++)
		if (g.mix[0][f] != 0.0f)
			ck_abort_msg("sound after it was withdrawn");
	ck_assert_int_eq(playing_find(&g, 0, 12), second);
}
END_TEST

/* Three items of 10 s, one after the other, the last with a crossfade of a second. */
static struct run *three(void)
{
	struct run *r = calloc(1, sizeof(*r) + 3 * sizeof(r->items[0]));

	ck_assert_ptr_nonnull(r);
	r->item_count = 3;
	r->zones = 1;
	for (int i = 0; i < 3; i++) {
		r->items[i].at.n = i * 480000;
		r->items[i].item.length_frames = 480000;
		r->items[i].tag = 100 + (uint64_t)i;
	}
	r->items[2].item.fade_in_frames = 48000;
	r->items[2].at.n -= 48000;
	return r;
}

START_TEST(what_follows_a_late_start_waits_and_nothing_else_does)
{
	struct run *r = three();

	r->items[0].at.n = 1000;
	run_push(r, &r->items[0]);
	ck_assert_int_eq(r->items[1].at.n, 481000);
	ck_assert_int_eq(r->items[2].at.n, 961000 - 48000);
	r->items[0].at.n = 0;
	run_push(r, &r->items[0]); /* nothing is drawn forward */
	ck_assert_int_eq(r->items[1].at.n, 481000);
	r->items[1].state = AIRING_CUED;
	r->items[0].at.n = 5000;
	run_push(r, &r->items[0]); /* what the mixer has stays */
	ck_assert_int_eq(r->items[1].at.n, 481000);
	r->items[1].state = AIRING_DONE;
	r->items[0].at.n = 700000;
	run_push(r, &r->items[0]); /* what was missed between them holds nothing back */
	ck_assert_int_eq(r->items[2].at.n, 700000 + 480000 - 48000);
	free(r);
}
END_TEST

START_TEST(what_is_planned_is_forgotten_and_what_sounds_stays)
{
	struct run *r = three();

	r->items[0].state = AIRING_ON;
	ck_assert_ptr_eq(run_find(r, 102), &r->items[2]);
	ck_assert_ptr_null(run_find(r, 103));
	run_forget(r);
	ck_assert_int_eq(r->items[0].state, AIRING_ON);
	ck_assert_int_eq(r->items[1].state, AIRING_DONE);
	free(r);
}
END_TEST

Suite *suite_run(void)
{
	Suite *s = suite_create("run");
	TCase *t = tcase_create("run"), *pure = tcase_create("one run");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, joined_late_it_plays_what_still_fits);
	tcase_add_test(t, joined_late_what_finds_no_room_says_so);
	tcase_add_test(t, too_late_to_join_what_lies_behind_is_missed_once);
	tcase_add_test(t, what_the_log_has_is_not_aired_again_after_a_restart);
	tcase_add_test(t, the_next_slot_gets_the_air_in_silence);
	tcase_add_test(t, a_withdrawn_bulletin_falls_silent_and_the_next_keeps_its_time);
	tcase_add_test(pure, what_follows_a_late_start_waits_and_nothing_else_does);
	tcase_add_test(pure, what_is_planned_is_forgotten_and_what_sounds_stays);
	suite_add_tcase(s, t);
	suite_add_tcase(s, pure);
	return s;
}
