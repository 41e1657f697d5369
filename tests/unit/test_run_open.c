/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was planned when a slot began, and what is in force when the station comes back into it. */
#include "station/run.h"

#include "base/json.h"
#include "proof/entry.h"
#include "station/versions.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define SETTINGS                                                                                   \
	"station: Thử\nid: thu\ntimezone: Asia/Ho_Chi_Minh\n"                                    \
	"zones: [{name: trung-tam, device: none}, {name: thon-2, device: none}]\n"               \
	"crossfade_ms: 0\nloudness: {target_lufs: -20}\n"
#define SLOT                                                                                       \
	"  - {name: Sáng, start: \"05:30\", length: 10m, play: {bulletins: {}}, ident: false,"   \
	" late: {join_within: 5m}}\n"
#define NARROW                                                                                     \
	"  - {name: Sáng, start: \"05:30\", length: 25s, play: {bulletins: {}}, ident: false}\n"
#define ELSEWHERE                                                                                  \
	"  - {name: Chiều, start: \"17:00\", length: 10m, play: {bulletins: {}}}\n"

static struct playing g;
static struct bulletin *b[3];
static struct err e;

static void keep(const char *text, char sha256[static SHA256_HEX_BYTES])
{
	versions_hash(text, strlen(text), sha256);
	ck_assert(versions_put(disk_sim_disk(g.disk), sha256, text, strlen(text), &e));
}

static void append(json_t *entry)
{
	int64_t n;

	ck_assert_msg(ledger_append(g.ledger, entry, &n, &e), "%s", e.text);
}

static void in_force(const char *slots)
{
	char hashes[2][SHA256_HEX_BYTES], text[1024];
	const struct entry_file files[] = {{"station.yaml", hashes[0]},
					   {"schedules/thu.yaml", hashes[1]}};

	snprintf(text, sizeof(text), "timetable: Thử\nvalid: {from: 2026-01-01}\nslots:\n%s",
		 slots);
	schedule_finish(&g.c->schedule);
	g.c->schedule = (struct schedule){0};
	ck_assert(case_slots(g.c, slots));
	keep(SETTINGS, hashes[0]);
	keep(text, hashes[1]);
	append(entry_timetable_changed(files, 2, true, ""));
}

/* 05:29: the station is off; three bulletins of ten seconds are approved. */
static void setup(void)
{
	playing_open(&g, "2026-11-23T05:29:00");
	in_force(SLOT);
	for (int i = 0; i < 3; i++) {
		char id[ID_BYTES];
		entry_id('B', ledger_next(g.ledger), id);
		b[i] = playing_bulletin(&g, id, (uint32_t)(11 + i), 10);
		append(entry_bulletin_received(b[i], "", json_array(), "uid:1"));
		append(entry_bulletin_approved(id, b[i]->sha256, "", NULL, "uid:1"));
	}
}

static void teardown(void)
{
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

/* 05:30:15 is fifteen seconds into the slot. */
static void wait_s(int64_t s)
{
	clock_sim_advance(&g.clock, s * NS_PER_S);
}

START_TEST(what_still_holds_is_joined)
{
	wait_s(75);
	playing_begin_after(&g, "2026-11-23T05:29:30", REASON_POWER_OFF);
	playing_run(&g, 45);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 3);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
}
END_TEST

/* Withdrawn on the command line while the station was off: it was planned, so it has its row; and
 * those behind it do not wait for it. */
START_TEST(what_was_withdrawn_meanwhile_is_told_and_leaves_no_hole)
{
	wait_s(70);
	append(entry_bulletin_withdrawn(b[0]->id, "", "uid:1"));
	append(entry_bulletin_withdrawn(b[2]->id, "", "uid:1"));
	b[0]->state = b[2]->state = BULLETIN_WITHDRAWN;
	wait_s(5);
	playing_begin_after(&g, "2026-11-23T05:29:30", REASON_POWER_OFF);
	playing_run(&g, 1);
	playing_ck(&g, KIND_MISSED, 0, b[0]->id, NULL, "power-off");
	playing_ck(&g, KIND_MISSED, 1, b[2]->id, NULL, "withdrawn");
	playing_ck(&g, KIND_INTENDED, 0, b[1]->id, NULL, NULL);
	playing_run(&g, 30);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 1);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 2);
}
END_TEST

START_TEST(what_was_approved_meanwhile_was_not_missed)
{
	b[1]->state = BULLETIN_WITHDRAWN;
	append(entry_bulletin_withdrawn(b[1]->id, "", "uid:1"));
	wait_s(70);
	b[1]->state = BULLETIN_APPROVED;
	append(entry_bulletin_approved(b[1]->id, b[1]->sha256, "", NULL, "uid:1"));
	wait_s(800);
	playing_begin_after(&g, "2026-11-23T05:29:30", REASON_POWER_OFF);
	playing_run(&g, 1);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 2);
	playing_ck(&g, KIND_MISSED, 0, b[0]->id, NULL, "power-off");
	playing_ck(&g, KIND_MISSED, 1, b[2]->id, NULL, "power-off");
}
END_TEST

/* Somebody takes the slot out of the file while the station is off: what was planned then is told,
 * and nothing of it sounds. */
START_TEST(a_slot_that_is_gone_is_told_and_not_joined)
{
	wait_s(75);
	in_force(ELSEWHERE);
	playing_begin_after(&g, "2026-11-23T05:29:30", REASON_POWER_OFF);
	playing_run(&g, 30);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 0);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 3);
	playing_ck(&g, KIND_MISSED, 0, b[0]->id, NULL, "power-off");
	playing_ck(&g, KIND_MISSED, 1, b[1]->id, NULL, "power-off");
	playing_ck(&g, KIND_MISSED, 2, b[2]->id, NULL, "timetable-changed");
	for (int i = 0; i < 3; i++) {
		json_t *entry = playing_entry(&g, KIND_MISSED, i);
		ck_assert_int_eq(json_get_integer(entry, "item", -1), i);
		json_decref(entry);
	}
}
END_TEST

/* A slot of the new timetable that would have begun before anybody read it was never planned. */
START_TEST(a_slot_that_is_new_owes_nothing_of_before)
{
	schedule_finish(&g.c->schedule);
	in_force(ELSEWHERE);
	wait_s(75);
	in_force(SLOT);
	playing_begin_after(&g, "2026-11-23T05:29:30", REASON_POWER_OFF);
	playing_run(&g, 30);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 0);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
}
END_TEST

/* Saved after its start, joined, and then the program died: the log knows it, so it goes on. */
START_TEST(a_slot_that_was_joined_when_it_was_saved_goes_on_after_a_restart)
{
	in_force(ELSEWHERE);
	wait_s(75);
	playing_begin(&g);
	playing_run(&g, 1);
	struct schedule old = g.c->schedule;
	g.c->schedule = (struct schedule){0};
	in_force(SLOT);
	playout_set_world(&g.p, &g.c->in);
	schedule_finish(&old);
	playing_run(&g, 4);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 1);
	playout_finish(&g.p);
	air_sim_finish(&g.sim);
	playing_begin(&g);
	playing_run(&g, 40);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 3);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
}
END_TEST

/* The dead battery of a clock that was set right for a second: the slot is open already, and sounds
 * on; the third bulletin, for which it has no room, is told of all the same, and once. */
START_TEST(what_a_slot_leaves_out_is_told_though_no_clock_was_believed_as_it_began)
{
	in_force(NARROW);
	playing_begin(&g);
	playing_run(&g, 58);
	clock_sim_unsync(&g.clock);
	clock_sim_set_wall(&g.clock, (struct wall){3600 * NS_PER_S});
	playing_run(&g, 3);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	clock_sim_sync(&g.clock, 5, "chronyd");
	playing_run(&g, 30);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 2);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
	playing_ck(&g, KIND_MISSED, 0, b[2]->id, NULL, "slot-full");
}
END_TEST

START_TEST(what_a_clock_that_went_back_and_forth_over_a_start_left_out_is_told)
{
	clock_sim_sync(&g.clock, 5, "chronyd");
	append(entry_bulletin_withdrawn(b[1]->id, "", "uid:1"));
	b[1]->state = BULLETIN_WITHDRAWN;
	playing_begin(&g);
	playing_run(&g, 65);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 1);
	clock_sim_set_wall(&g.clock, wall_add_ns(g.clock.now_wall, -20 * NS_PER_S));
	playing_run(&g, 1);
	append(entry_bulletin_approved(b[1]->id, b[1]->sha256, "", NULL, "uid:1"));
	b[1]->state = BULLETIN_APPROVED;
	playout_set_world(&g.p, &g.c->in);
	playing_run(&g, 1);
	clock_sim_set_wall(&g.clock, wall_add_ns(g.clock.now_wall, 20 * NS_PER_S));
	playing_run(&g, 20);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 2);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
	playing_ck(&g, KIND_MISSED, 0, b[1]->id, NULL, "clock-stepped-forward");
}
END_TEST

Suite *suite_run_open(void);
Suite *suite_run_open(void)
{
	Suite *s = suite_create("run_open");
	TCase *c = tcase_create("run_open");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, what_still_holds_is_joined);
	tcase_add_test(c, what_was_withdrawn_meanwhile_is_told_and_leaves_no_hole);
	tcase_add_test(c, what_was_approved_meanwhile_was_not_missed);
	tcase_add_test(c, a_slot_that_is_gone_is_told_and_not_joined);
	tcase_add_test(c, a_slot_that_is_new_owes_nothing_of_before);
	tcase_add_test(c, a_slot_that_was_joined_when_it_was_saved_goes_on_after_a_restart);
	tcase_add_test(
		c, what_a_slot_leaves_out_is_told_though_no_clock_was_believed_as_it_began);
	tcase_add_test(c,
		       what_a_clock_that_went_back_and_forth_over_a_start_left_out_is_told);
	suite_add_tcase(s, c);
	return s;
}
