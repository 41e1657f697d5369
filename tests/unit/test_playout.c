/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Playout on a simulated clock: what starts when, who gives way, what the clock may do. */
#include "base/json.h"
#include "proof/entry.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

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

START_TEST(an_item_starts_on_its_frame_and_is_whole)
{
	open_at("2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 7.5);
	playing_bulletin(&g, "B2", 12, 3);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")));
	playing_begin(&g);
	playing_run(&g, 40);
	int64_t first = playing_frame(&g, "2026-11-23T05:30:00");
	for (int z = 0; z < 2; z++) {
		ck_assert_int_eq(playing_find(&g, z, 11), first);
		ck_assert_int_eq(playing_whole(&g, z, 11), 360000);
		ck_assert_int_eq(playing_find(&g, z, 12), first + 360000);
		ck_assert_int_eq(playing_whole(&g, z, 12), 144000);
	}
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	playing_ck(&g, KIND_ENDED, 1, "B2", "full", "");
	json_t *ended = playing_entry(&g, KIND_ENDED, 0);
	ck_assert(json_get_number(ended, "start_error_ms", 9) == 0);
	ck_assert_str_eq(json_get_text(ended, "proof", ""), ""); /* no device took it */
	json_decref(ended);
	teardown();
}
END_TEST

START_TEST(the_intent_is_written_before_the_first_sample)
{
	open_at("2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 5);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")));
	playing_begin(&g);
	playing_run(&g, 9.9);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 1);
	ck_assert_int_eq(playing_find(&g, 0, 11), -1);
	teardown();
}
END_TEST

START_TEST(a_full_disk_airs_nothing_new_and_stops_nothing)
{
	open_at("2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 20);
	playing_bulletin(&g, "B2", 12, 5);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")));
	playing_begin(&g);
	playing_run(&g, 15); /* B1 is on air */
	disk_sim_fail(g.disk, DISK_SIM_WRITE, 1, 1000, ENOSPC);
	playing_run(&g, 20);
	ck_assert_int_eq(playing_whole(&g, 0, 11), 960000);
	ck_assert_int_eq(playing_find(&g, 0, 12), -1);
	disk_sim_fail(g.disk, DISK_SIM_WRITE, 0, 0, 0);
	playing_run(&g, 70);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	playing_ck(&g, KIND_MISSED, 0, "B2", NULL, "disk-full");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
	teardown();
}
END_TEST

START_TEST(cut_fades_at_once_and_holds_what_follows)
{
	open_at("2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 10);
	playing_bulletin(&g, "B2", 12, 10);
	playing_bulletin(&g, "B3", 13, 10);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")));
	playing_begin(&g);
	playing_run(&g, 15);
	int64_t cut = (int64_t)g.sim.blocks * BLOCK_FRAMES;
	playout_cut(&g.p, 3, "uid:7");
	playing_run(&g, 10);
	for (int64_t f = cut + FRAMES_PER_S / 5; f < (int64_t)g.sim.blocks * BLOCK_FRAMES; f++)
		if (g.mix[0][f] != 0.0f || g.mix[1][f] != 0.0f)
			ck_abort_msg("sound at frame %lld after the cut", (long long)(f - cut));
	playing_ck(&g, KIND_ENDED, 0, "B1", "cut", "cut-by-operator");
	playing_ck(&g, KIND_MISSED, 0, "B2", NULL, "held-by-operator");
	json_t *held = playing_entry(&g, KIND_MISSED, 0);
	ck_assert_str_eq(json_get_text(held, "who", ""), "uid:7");
	ck_assert_int_eq((int)json_array_size(json_object_get(json_object_get(held, "detail"),
							      "zones")), 2);
	json_decref(held);
	playout_resume(&g.p, 3, "uid:7");
	playing_run(&g, 30);
	ck_assert_int_eq(playing_find(&g, 0, 13), playing_frame(&g, "2026-11-23T05:30:20"));
	playing_ck(&g, KIND_ENDED, 1, "B3", "full", "");
	json_t *ended = playing_entry(&g, KIND_ENDED, 0);
	ck_assert_str_eq(json_get_text(ended, "who", ""), "uid:7");
	ck_assert(json_get_number(ended, "complete", 9) > 0.4);
	ck_assert(json_get_number(ended, "complete", 9) < 0.6);
	json_decref(ended);
	teardown();
}
END_TEST

START_TEST(one_zone_held_the_other_goes_on)
{
	open_at("2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 10);
	playing_bulletin(&g, "B2", 12, 10);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")));
	playing_begin(&g);
	playing_run(&g, 15);
	playout_cut(&g.p, 2, "uid:7");
	struct wall at = g.p.cut_by[1].at;
	playing_run(&g, 30);
	playout_cut(&g.p, 3, "user:8"); /* who cut first is still who cut */
	ck_assert_str_eq(g.p.cut_by[1].who, "uid:7");
	ck_assert_int_eq(g.p.cut_by[1].at.ns, at.ns);
	ck_assert_int_eq(playing_whole(&g, 0, 11), 480000);
	ck_assert_int_lt(playing_whole(&g, 1, 11), 300000);
	ck_assert_int_eq(playing_whole(&g, 0, 12), 480000);
	ck_assert_int_eq(playing_find(&g, 1, 12), -1);
	json_t *second = playing_entry(&g, KIND_ENDED, 1);
	const json_t *zones = json_object_get(second, "zones");
	ck_assert_int_eq((int)json_array_size(zones), 1);
	ck_assert_str_eq(json_string_value(json_array_get(zones, 0)), "trung-tam");
	const json_t *silent = json_object_get(json_object_get(second, "detail"), "zones");
	const json_t *cut = json_array_get(silent, 0);
	ck_assert_int_eq((int)json_array_size(silent), 1);
	ck_assert_str_eq(json_get_text(cut, "code", ""), "zone-cut");
	ck_assert_str_eq(json_get_text(cut, "zone", ""), "thon-2");
	ck_assert_str_eq(json_get_text(cut, "who", ""), "uid:7");
	struct wall since;
	ck_assert(json_get_time(cut, "at", &since) && since.ns / NS_PER_MS == at.ns / NS_PER_MS);
	json_decref(second);
	teardown();
}
END_TEST

START_TEST(a_manual_play_takes_the_air_and_gives_it_back)
{
	struct err e = {0};

	open_at("2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 10);
	playing_bulletin(&g, "B2", 12, 10);
	struct bulletin *b = playing_bulletin(&g, "B9", 19, 3);
	struct bulletin *no = playing_bulletin(&g, "B8", 18, 3);
	snprintf(b->slots[0], sizeof(b->slots[0]), "Khác");
	b->slot_count = 1;
	no->state = BULLETIN_RECEIVED;
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")));
	playing_begin(&g);
	playing_run(&g, 12);
	static const char *const said[BULLETIN_STATES] = {
		[BULLETIN_RECEIVED] = "đang chờ duyệt",	 [BULLETIN_REFUSED] = "đã bị từ chối",
		[BULLETIN_WITHDRAWN] = "đã rút lại",	 [BULLETIN_REPLACED] = "bản mới",
		[BULLETIN_ENDORSED] = "có một người duyệt"};
	for (int i = 0; i < BULLETIN_STATES; i++) {
		no->state = (enum bulletin_state)i;
		if (said[i] == NULL)
			continue;
		ck_assert(!playout_play(&g.p, no, 3, "", "uid:7", &e));
		ck_assert_int_eq(e.kind, ERR_REFUSED);
		ck_assert_msg(strstr(e.text, said[i]) != NULL, "%s", e.text);
	}
	no->state = BULLETIN_RECEIVED;
	ck_assert(!playout_play(&g.p, no, 3, "", "uid:7", &e));
	ck_assert_int_eq(e.kind, ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(e.text, "B8"));
	int opened = g.opened;
	struct settings *settings = &g.c->settings; /* it is half past five */
	settings->quiet_to_s = 6 * 3600;
	ck_assert(!playout_play(&g.p, b, 3, "", "uid:7", &e));
	ck_assert_int_eq(e.kind, ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(e.text, "giờ yên tĩnh"));
	ck_assert(playout_play(&g.p, b, 3, "báo lũ", "uid:7", &e));
	playing_run(&g, 1);
	ck_assert_int_eq(g.opened, opened + 1);
	playing_run(&g, 19);
	playing_ck(&g, KIND_ENDED, 0, "B1", "cut", "replaced-by-operator");
	playing_ck(&g, KIND_ENDED, 1, "B9", "full", NULL);
	json_t *ended = playing_entry(&g, KIND_ENDED, 1);
	ck_assert_str_eq(json_get_text(ended, "who", ""), "uid:7");
	ck_assert_int_eq(json_get_integer(ended, "frames", 0), 144000);
	json_decref(ended);
	ck_assert_int_eq(playing_whole(&g, 0, 12), 480000);
	ck_assert_int_eq(playing_find(&g, 0, 12), playing_frame(&g, "2026-11-23T05:30:10"));
	teardown();
}
END_TEST

START_TEST(what_cannot_sound_takes_nothing_off_the_air)
{
	struct err e = {0};

	open_at("2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 10);
	struct bulletin *gone = playing_bulletin(&g, "B9", 19, 3);
	snprintf(gone->sha256, sizeof(gone->sha256), "%064d", 0);
	snprintf(gone->slots[0], sizeof(gone->slots[0]), "Khác");
	gone->slot_count = 1;
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")));
	playing_begin(&g);
	playing_run(&g, 12);
	ck_assert(!playout_play(&g.p, gone, 3, "", "uid:7", &e));
	ck_assert_int_eq(e.kind, ERR_CONFLICT);
	ck_assert_ptr_nonnull(strstr(e.text, "B9"));
	playing_run(&g, 20);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", NULL);
	teardown();
}
END_TEST

START_TEST(a_manual_play_does_not_sound_where_the_air_is_cut)
{
	struct err e = {0};

	open_at("2026-11-23T05:00:00");
	struct bulletin *b = playing_bulletin(&g, "B9", 19, 3);
	playing_begin(&g);
	playout_cut(&g.p, 3, "uid:7");
	ck_assert(!playout_play(&g.p, b, 3, "", "uid:7", &e));
	ck_assert_int_eq(e.kind, ERR_CONFLICT);
	ck_assert_ptr_nonnull(strstr(e.text, "vangxa resume"));
	playout_resume(&g.p, 1, "uid:7");
	ck_assert_msg(playout_play(&g.p, b, 3, "", "uid:7", &e), "%s", e.text);
	playing_run(&g, 10);
	ck_assert_int_eq(playing_whole(&g, 0, 19), 144000);
	ck_assert_int_eq(playing_find(&g, 1, 19), -1);
	json_t *ended = playing_entry(&g, KIND_ENDED, 0);
	ck_assert_uint_eq(json_array_size(json_object_get(ended, "zones")), 1);
	json_decref(ended);
	teardown();
}
END_TEST

START_TEST(a_withdrawn_bulletin_of_an_open_run_does_not_air)
{
	open_at("2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 10);
	struct bulletin *b = playing_bulletin(&g, "B2", 12, 10);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")));
	playing_begin(&g);
	playing_run(&g, 13);
	b->state = BULLETIN_WITHDRAWN;
	playout_set_world(&g.p, &g.c->in);
	playing_run(&g, 30);
	ck_assert_int_eq(playing_whole(&g, 0, 11), 480000);
	ck_assert_int_eq(playing_find(&g, 0, 12), -1);
	playing_ck(&g, KIND_MISSED, 0, "B2", NULL, "withdrawn");
	teardown();
}
END_TEST

START_TEST(a_clock_of_1970_keeps_the_timetable_waiting_until_it_is_set)
{
	open_at("1970-01-01T05:29:55");
	playing_bulletin(&g, "B1", 11, 5);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")));
	playing_begin_after(&g, "2026-11-23T05:00:00", REASON_POWER_OFF);
	g.p.floor = g.p.owed.from;
	playing_run(&g, 20);
	ck_assert(!g.p.trusted);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 0);
	struct wall now;
	ck_assert(wall_parse("2026-11-24T05:29:50", &g.c->settings.tz, &now));
	clock_sim_set_wall(&g.clock, now);
	playing_run(&g, 30);
	ck_assert(g.p.trusted && playout_accounted(&g.p));
	ck_assert_int_eq(playing_find(&g, 0, 11), playing_frame(&g, "2026-11-24T05:30:00"));
	playing_ck(&g, KIND_MISSED, 0, "B1", NULL, "power-off"); /* of the 23rd */
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
	ck_assert_int_eq(playing_count(&g, KIND_CLOCK_STEPPED), 1);
	teardown();
}
END_TEST

/* Off until six, then on without the program until eight: each hour has its own reason. */
START_TEST(a_machine_that_ran_without_the_program_blames_no_power_cut)
{
	open_at("2026-11-23T08:00:00");
	playing_bulletin(&g, "B1", 11, 5);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")
				  SLOT("Trễ", "06:30", ", ident: false")));
	g.machine_up_ns = 7200 * NS_PER_S;
	playing_begin_after(&g, "2026-11-23T05:00:00", REASON_POWER_OFF);
	playing_run(&g, 5);
	playing_ck(&g, KIND_MISSED, 0, "B1", NULL, "power-off");
	playing_ck(&g, KIND_MISSED, 1, "B1", NULL, "program-ended");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 2);
	teardown();
}
END_TEST

START_TEST(an_operator_may_vouch_for_the_clock)
{
	open_at("2026-11-22T05:29:50");
	playing_bulletin(&g, "B1", 11, 5);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")));
	playing_begin_after(&g, "2026-11-23T06:00:00", REASON_POWER_OFF);
	playing_run(&g, 2);
	ck_assert(!g.p.trusted);
	playout_trust_clock(&g.p, "uid:7");
	playing_run(&g, 20);
	ck_assert(g.p.trusted);
	ck_assert_int_eq(playing_count(&g, KIND_NOTE), 1);
	ck_assert_int_eq(playing_whole(&g, 0, 11), 240000);
	teardown();
}
END_TEST

START_TEST(a_clock_set_back_airs_nothing_twice)
{
	open_at("2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 5);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")));
	playing_begin(&g);
	playing_run(&g, 20);
	struct wall back = wall_add_ns(clock_wall(&g.clock.clock), -20 * NS_PER_S);
	clock_sim_set_wall(&g.clock, back);
	playing_run(&g, 40);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 1);
	ck_assert_int_eq(playing_count(&g, KIND_CLOCK_STEPPED), 1);
	teardown();
}
END_TEST

START_TEST(a_clock_set_forward_misses_what_it_leapt_over)
{
	open_at("2026-11-23T05:29:00");
	playing_bulletin(&g, "B1", 11, 5);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")
				     SLOT("Trưa", "06:30", ", ident: false")));
	playing_begin(&g);
	playing_run(&g, 5);
	struct wall ahead;
	ck_assert(wall_parse("2026-11-23T06:29:50", &g.c->settings.tz, &ahead));
	clock_sim_set_wall(&g.clock, ahead);
	playing_run(&g, 30);
	playing_ck(&g, KIND_MISSED, 0, "B1", NULL, "clock-stepped-forward");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
	ck_assert_int_eq(playing_find(&g, 0, 11), playing_frame(&g, "2026-11-23T06:30:00"));
	teardown();
}
END_TEST

START_TEST(a_gap_after_a_reboot_is_accounted_for_once)
{
	open_at("2026-11-25T05:35:00");
	playing_bulletin(&g, "B1", 11, 5);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")));
	playing_begin_after(&g, "2026-11-23T05:00:00", REASON_POWER_OFF);
	playing_run(&g, 10);
	ck_assert(playout_accounted(&g.p));
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 3); /* 23rd, 24th, 25th */
	for (int i = 0; i < 3; i++)
		playing_ck(&g, KIND_MISSED, i, "B1", NULL, "power-off");
	playout_finish(&g.p);
	air_sim_finish(&g.sim);
	playing_begin_after(&g, "2026-11-23T05:00:00", REASON_POWER_OFF);
	playing_run(&g, 10);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 3);
	teardown();
}
END_TEST

START_TEST(a_stop_fades_and_leaves_the_rest_to_the_next_start)
{
	open_at("2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 10);
	playing_bulletin(&g, "B2", 12, 10);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")));
	playing_begin(&g);
	playing_run(&g, 12);
	playout_stop(&g.p);
	playing_run(&g, 6);
	ck_assert(!playout_busy(&g.p));
	playing_ck(&g, KIND_ENDED, 0, "B1", "cut", "station-stopped");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	teardown();
}
END_TEST

/* Ten seconds ahead a slot is opened, and in these somebody may still approve what it waits for. */
START_TEST(what_is_left_out_is_said_when_its_time_has_come)
{
	open_at("2026-11-23T05:29:45");
	struct bulletin *b = playing_bulletin(&g, "B1", 11, 5);
	b->state = BULLETIN_RECEIVED;
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")
				  SLOT("Trễ", "05:31", ", ident: false")));
	playing_begin(&g);
	playing_run(&g, 14.9);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	playing_run(&g, 0.3);
	playing_ck(&g, KIND_MISSED, 0, NULL, NULL, "nothing-to-play");
	playing_run(&g, 54);
	b->state = BULLETIN_APPROVED;
	playout_set_world(&g.p, &g.c->in);
	playing_run(&g, 20);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	teardown();
}
END_TEST

/* A start between two steps. */
START_TEST(what_began_since_the_last_step_is_told_of_by_its_own_plan)
{
	open_at("2026-11-23T05:29:50.050");
	playing_bulletin(&g, "B1", 11, 50);
	playing_bulletin(&g, "B2", 12, 40);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")
				  SLOT("Trưa", "06:30", ", ident: false")));
	playing_begin(&g);
	playing_run(&g, 10);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	struct schedule old = g.c->schedule;
	g.c->schedule = (struct schedule){0};
	ck_assert(case_slots(g.c, SLOT("Trưa", "06:30", ", ident: false")));
	playout_set_world(&g.p, &g.c->in);
	schedule_finish(&old);
	playing_ck(&g, KIND_MISSED, 0, "B2", NULL, "slot-full");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
	teardown();
}
END_TEST

START_TEST(what_began_since_the_last_step_is_told_of_though_the_clock_leaps_over_it)
{
	open_at("2026-11-23T05:29:50.050");
	playing_bulletin(&g, "B1", 11, 50);
	playing_bulletin(&g, "B2", 12, 40);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")));
	playing_begin(&g);
	playing_run(&g, 10);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	clock_sim_set_wall(&g.clock, wall_add_ns(clock_wall(&g.clock.clock), 120 * NS_PER_S));
	playing_run(&g, 1);
	playing_ck(&g, KIND_MISSED, 0, "B2", NULL, "slot-full");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
	teardown();
}
END_TEST

Suite *suite_playout(void)
{
	Suite *s = suite_create("playout");
	TCase *c = tcase_create("playout");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, an_item_starts_on_its_frame_and_is_whole);
	tcase_add_test(c, the_intent_is_written_before_the_first_sample);
	tcase_add_test(c, a_full_disk_airs_nothing_new_and_stops_nothing);
	tcase_add_test(c, cut_fades_at_once_and_holds_what_follows);
	tcase_add_test(c, one_zone_held_the_other_goes_on);
	tcase_add_test(c, a_manual_play_takes_the_air_and_gives_it_back);
	tcase_add_test(c, what_cannot_sound_takes_nothing_off_the_air);
	tcase_add_test(c, a_manual_play_does_not_sound_where_the_air_is_cut);
	tcase_add_test(c, a_withdrawn_bulletin_of_an_open_run_does_not_air);
	tcase_add_test(c, a_clock_of_1970_keeps_the_timetable_waiting_until_it_is_set);
	tcase_add_test(c, an_operator_may_vouch_for_the_clock);
	tcase_add_test(c, a_machine_that_ran_without_the_program_blames_no_power_cut);
	tcase_add_test(c, a_clock_set_back_airs_nothing_twice);
	tcase_add_test(c, a_clock_set_forward_misses_what_it_leapt_over);
	tcase_add_test(c, a_gap_after_a_reboot_is_accounted_for_once);
	tcase_add_test(c, a_stop_fades_and_leaves_the_rest_to_the_next_start);
	tcase_add_test(c, what_is_left_out_is_said_when_its_time_has_come);
	tcase_add_test(c, what_began_since_the_last_step_is_told_of_by_its_own_plan);
	tcase_add_test(c,
		       what_began_since_the_last_step_is_told_of_though_the_clock_leaps_over_it);
	suite_add_tcase(s, c);
	return s;
}
