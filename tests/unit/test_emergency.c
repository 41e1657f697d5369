/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/emergency.h"
#include "station/taking.h"

#include "base/json.h"
#include "mix/siren.h"
#include "proof/alarm.h"
#include "proof/entry.h"
#include "station/desk.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <errno.h>
#include <string.h>

static struct playing g;
static struct err e;
static struct bulletin *message;
static struct emergency *m;

#define SLOT "  - {name: Sáng, start: \"05:30\", length: 120s, ident: false,"   \
	     " play: {bulletins: {}}}\n"

static void setup(void)
{
	playing_open(&g, "2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 20);
	playing_bulletin(&g, "B2", 12, 60);
	message = playing_bulletin(&g, "B9", 19, 3);
	message->state = BULLETIN_RECEIVED;
	ck_assert(case_slots(g.c, SLOT));
	playing_begin(&g);
	playing_run(&g, 12);
}

static void teardown(void)
{
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

static struct emergency_order order(uint32_t zones)
{
	return (struct emergency_order){.zones = zones, .message = message, .by = "user:3",
					.reason = "Vỡ đập", .who = "user:7"};
}

static void raise(uint32_t zones)
{
	struct emergency_order o = order(zones);

	ck_assert_msg(emergency_raise(&g.p, &o, &m, &e), "%s", e.text);
}

static int64_t now(void)
{
	return (int64_t)g.sim.blocks * BLOCK_FRAMES;
}

/* Where in the zone, from frame `from` on, the alarm's sound begins; −1 nowhere. Compared a little
 * later, once what was there has faded. */
static int64_t siren_at(int zone, enum siren kind, int64_t from)
{
	int64_t frames, lag = FRAMES_PER_S / 10;
	const float *x = siren_sound(kind, &frames);

	for (int64_t f = from; f < from + FRAMES_PER_S / 2; f++) {
		int i = 0;
		while (i < 100 && g.mix[zone][f + lag + i] == x[(lag + i) % frames])
			i++;
		if (i == 100)
			return f;
	}
	return -1;
}

static const char *field(const char *kind, int n, const char *key)
{
	static char text[200];
	json_t *o = playing_entry(&g, kind, n);

	ck_assert_msg(o != NULL, "no %s %d", kind, n);
	snprintf(text, sizeof(text), "%s", json_get_text(o, key, ""));
	json_decref(o);
	return text;
}

START_TEST(it_sounds_at_once_and_says_so)
{
	int64_t at = now();

	raise(3);
	char id[ID_BYTES];
	memcpy(id, m->id, sizeof(id));
	ck_assert_str_eq(field(KIND_EMERGENCY_RAISED, 0, "by"), "user:3");
	ck_assert_str_eq(field(KIND_EMERGENCY_RAISED, 0, "bulletin"), "B9");
	playing_run(&g, 20);
	int64_t first = siren_at(0, SIREN_ALARM, at);
	ck_assert_int_ge(first, at);
	ck_assert_int_le(first, at + 2 * BLOCK_FRAMES); /* no wait for a disk or a deck */
	ck_assert_int_eq(playing_find(&g, 1, 19), first + 6 * FRAMES_PER_S);
	ck_assert_int_eq(playing_whole(&g, 0, 19), message->frames);
	playing_ck(&g, KIND_ENDED, 0, "B1", "cut", "emergency");
	playing_ck(&g, KIND_ENDED, 1, "", "full", "");
	ck_assert_str_eq(field(KIND_ENDED, 1, "file"), "siren");
	playing_ck(&g, KIND_ENDED, 2, "B9", "full", "");
	ck_assert_str_eq(field(KIND_ENDED, 2, "level"), "khan-cap");
	ck_assert_str_eq(field(KIND_ENDED, 2, "emergency"), id);
	ck_assert_str_eq(field(KIND_EMERGENCY_ENDED, 0, "why"), "played");
	ck_assert_ptr_null(g.p.emergencies);
}
END_TEST

START_TEST(it_repeats_until_its_time_above_everything)
{
	struct emergency_order o = order(1);

	o.every_s = 60;
	o.has_until = true;
	o.until = wall_add_ns(playout_now(&g.p), 100 * NS_PER_S);
	ck_assert(emergency_raise(&g.p, &o, &m, &e));
	playing_run(&g, 90);
	ck_assert_int_eq(m->turns, 2);
	playing_run(&g, 60);
	ck_assert_ptr_null(g.p.emergencies);
	ck_assert_str_eq(field(KIND_EMERGENCY_ENDED, 0, "why"), "expired");
	json_t *ended = playing_entry(&g, KIND_EMERGENCY_ENDED, 0);
	ck_assert_int_eq(json_get_integer(ended, "turns", 0), 2);
	json_decref(ended);
	ck_assert_int_ge(playing_count(&g, KIND_ENDED), 6);
}
END_TEST

START_TEST(two_are_heard_one_after_the_other)
{
	raise(1);
	raise(3);
	playing_run(&g, 5);
	ck_assert_int_ge(siren_at(1, SIREN_ALARM, now() - 5 * FRAMES_PER_S), 0);
	playing_run(&g, 30);
	ck_assert_ptr_null(g.p.emergencies);
	int files = 0;
	for (int i = 0; i < playing_count(&g, KIND_ENDED); i++)
		files += strcmp(field(KIND_ENDED, i, "file"), "siren") == 0;
	ck_assert_int_eq(files, 3); /* the second in zone 1 at once, and in zone 0 in its turn */
}
END_TEST

/* Its first zone is free again while it still sounds in the second: the zone would be held for
 * ever, by an emergency that never ends. */
START_TEST(each_zone_is_given_back_by_itself)
{
	message = NULL;
	raise(1);
	playing_run(&g, 10);
	raise(3); /* in zone 1 up to 40 s, in zone 0 from 30 s to 60 s */
	playing_run(&g, 45);
	ck_assert_int_eq(arbiter_holder(&g.p.arbiter, 0), AIR_EMERGENCY);
	ck_assert_int_ne(arbiter_holder(&g.p.arbiter, 1), AIR_EMERGENCY);
	playing_run(&g, 20);
	ck_assert_ptr_null(g.p.emergencies);
	ck_assert_int_ne(arbiter_holder(&g.p.arbiter, 0), AIR_EMERGENCY);
}
END_TEST

START_TEST(a_cut_zone_stays_silent_unless_it_is_said)
{
	struct emergency_order o = order(1);

	playout_cut(&g.p, 1, "user:5");
	ck_assert(!emergency_raise(&g.p, &o, &m, &e));
	ck_assert_int_eq(e.kind, ERR_CONFLICT);
	ck_assert_ptr_nonnull(strstr(e.text, "user:5"));
	o.zones = 3;
	ck_assert(emergency_raise(&g.p, &o, &m, &e));
	json_t *raised = playing_entry(&g, KIND_EMERGENCY_RAISED, 0);
	const json_t *cut = json_array_get(json_object_get(raised, "cut"), 0);
	ck_assert_str_eq(json_get_text(cut, "who", ""), "user:5");
	json_decref(raised);
	playing_run(&g, 1);
	ck_assert_int_eq(siren_at(0, SIREN_ALARM, now() - FRAMES_PER_S), -1);
	emergency_end(&g.p, m, "ended", "Nhầm", "user:7");
	playing_run(&g, 1);
	o.over_cut = true;
	int64_t at = now();
	ck_assert(emergency_raise(&g.p, &o, &m, &e));
	playing_run(&g, 1);
	ck_assert_int_ge(siren_at(0, SIREN_ALARM, at), at);
	playout_cut(&g.p, 3, "user:5"); /* and a hand that comes later is meant for it */
	playing_run(&g, 8);
	ck_assert_ptr_null(g.p.emergencies);
	ck_assert_str_eq(field(KIND_EMERGENCY_ENDED, 1, "why"), "cut");
}
END_TEST

START_TEST(a_message_that_comes_later_follows_the_siren)
{
	struct emergency_order o = order(3);

	o.message = NULL;
	o.waits = true;
	ck_assert(emergency_raise(&g.p, &o, &m, &e));
	playing_run(&g, 10); /* longer than a siren before a message: it goes on */
	ck_assert_int_eq(playing_count(&g, KIND_EMERGENCY_ENDED), 0);
	int64_t at = now();
	ck_assert(emergency_message(&g.p, m, message, "user:7", &e));
	playing_run(&g, 12);
	ck_assert_int_le(playing_find(&g, 0, 19), at + FRAMES_PER_S);
	ck_assert_int_eq(playing_whole(&g, 0, 19), message->frames);
	ck_assert_str_eq(field(KIND_EMERGENCY_CHANGED, 0, "bulletin"), "B9");
	ck_assert_ptr_null(g.p.emergencies);
}
END_TEST

START_TEST(a_drill_is_another_sound_and_says_so)
{
	struct emergency_order o = order(1);
	int64_t at = now();

	o.drill = true;
	ck_assert(emergency_raise(&g.p, &o, &m, &e));
	playing_run(&g, 5);
	ck_assert_int_ge(siren_at(0, SIREN_DRILL, at), at);
	raise(1); /* a real one does not wait for it */
	at = now();
	playing_run(&g, 2);
	ck_assert_int_ge(siren_at(0, SIREN_ALARM, at), at);
	playing_run(&g, 30);
	json_t *first = playing_entry(&g, KIND_EMERGENCY_RAISED, 0);
	ck_assert(json_get_bool(first, "drill", false));
	json_decref(first);
	ck_assert_ptr_null(g.p.emergencies);
}
END_TEST

/* The zone that a drill has waited for is free, and taken again before the drill begins in it. */
START_TEST(a_turn_that_is_taken_away_is_a_row)
{
	struct emergency_order drill = order(3);

	message = NULL;
	raise(1);
	uint64_t first = m->claim;
	playing_run(&g, 1);
	drill.drill = true;
	ck_assert(emergency_raise(&g.p, &drill, &m, &e));
	uint64_t second = m->claim;
	emergency_end(&g.p, g.p.emergencies, "ended", "", "user:7");
	taking_leave_claim(&g.p, first, 1);
	raise(1);
	ck_assert_int_eq(arbiter_holder(&g.p.arbiter, 0), AIR_EMERGENCY);
	for (const struct run *r = g.p.runs; r != NULL; r = r->next)
		ck_assert(r->claim != second || (r->zones & 1) == 0);
	playing_run(&g, 70);
	ck_assert_ptr_null(g.p.emergencies);
	playing_ck(&g, KIND_MISSED, 0, "", "", "emergency");
	ck_assert_str_eq(field(KIND_MISSED, 0, "file"), "drill-chime");
	for (const struct run *r = g.p.runs; r != NULL; r = r->next)
		ck_assert(!run_alarms(r));
	for (int i = 0; i < playing_count(&g, KIND_ENDED); i++) {
		json_t *o = playing_entry(&g, KIND_ENDED, i);
		ck_assert(!json_get_bool(o, "drill", false) ||
			  json_array_size(json_object_get(o, "zones")) == 1);
		json_decref(o);
	}
}
END_TEST

START_TEST(a_full_disk_silences_nobody)
{
	int64_t at = now();

	disk_sim_fail(g.disk, DISK_SIM_WRITE, 1, 1000, ENOSPC);
	raise(3);
	ck_assert_str_eq(m->id, "");
	playing_run(&g, 4);
	ck_assert_int_ge(siren_at(0, SIREN_ALARM, at), at);
	ck_assert_int_eq(playing_count(&g, KIND_EMERGENCY_RAISED), 0);
	disk_sim_fail(g.disk, DISK_SIM_WRITE, 0, 0, 0);
	playing_run(&g, 30);
	ck_assert_int_eq(playing_count(&g, KIND_EMERGENCY_RAISED), 1);
	ck_assert_int_eq(playing_whole(&g, 0, 19), message->frames);
	ck_assert_str_eq(field(KIND_EMERGENCY_ENDED, 0, "why"), "played");
	playing_run(&g, 60);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), playing_count(&g, KIND_ENDED));
}
END_TEST

/* What has sounded holds no deck while its rows wait for the disk. */
START_TEST(a_disk_that_stays_full_silences_nobody)
{
	struct emergency_order o = order(3);

	o.every_s = EMERGENCY_EVERY_S_MIN;
	disk_sim_fail(g.disk, DISK_SIM_WRITE, 1, 1000000, ENOSPC);
	ck_assert(emergency_raise(&g.p, &o, &m, &e));
	playing_run(&g, (DECKS_MAX + 4) * EMERGENCY_EVERY_S_MIN);
	ck_assert_int_ge(m->turns, DECKS_MAX + 4);
	disk_sim_fail(g.disk, DISK_SIM_WRITE, 0, 0, 0);
	playing_run(&g, 30);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), playing_count(&g, KIND_ENDED));
	ck_assert_int_ge(playing_count(&g, KIND_ENDED), DECKS_MAX + 4);
	for (int i = 0; i < playing_count(&g, KIND_MISSED); i++)
		ck_assert_str_ne(field(KIND_MISSED, i, "level"), "khan-cap");
}
END_TEST

/* Its intent is written when it is over: by whom it was ordered, not by whom it was ended. */
START_TEST(a_late_intent_names_who_ordered_it)
{
	message = NULL;
	disk_sim_fail(g.disk, DISK_SIM_WRITE, 1, 1000000, ENOSPC);
	raise(3);
	playing_run(&g, 4);
	emergency_end(&g.p, m, "ended", "", "user:9");
	playing_run(&g, 2);
	disk_sim_fail(g.disk, DISK_SIM_WRITE, 0, 0, 0);
	playing_run(&g, 30);
	int sirens = 0;
	for (int i = 0; i < playing_count(&g, KIND_INTENDED); i++) {
		json_t *o = playing_entry(&g, KIND_INTENDED, i);
		if (json_object_get(o, "emergency") != NULL) {
			ck_assert_str_eq(json_get_text(o, "who", ""), "user:7");
			sirens++;
		}
		json_decref(o);
	}
	ck_assert_int_eq(sirens, 1);
}
END_TEST

START_TEST(what_is_wrong_is_said)
{
	struct emergency_order o = order(1);

	o.by = "";
	ck_assert(!emergency_raise(&g.p, &o, &m, &e));
	o = order(1);
	o.reason = "";
	ck_assert(!emergency_raise(&g.p, &o, &m, &e));
	o = order(1);
	o.every_s = 5;
	ck_assert(!emergency_raise(&g.p, &o, &m, &e));
	o = order(1);
	o.has_until = true;
	ck_assert(!emergency_raise(&g.p, &o, &m, &e));
	message->state = BULLETIN_WITHDRAWN;
	o = order(1);
	ck_assert(!emergency_raise(&g.p, &o, &m, &e));
	message->state = BULLETIN_RECEIVED;
	ck_assert_ptr_null(emergency_find(&g.p, "", &e));
	for (int i = 0; i < EMERGENCIES_MAX; i++)
		raise(1);
	ck_assert(!emergency_raise(&g.p, &o, &m, &e));
	ck_assert_ptr_null(emergency_find(&g.p, "", &e));
	ck_assert_ptr_nonnull(emergency_find(&g.p, g.p.emergencies->id, &e));
	while (g.p.emergencies != NULL)
		emergency_end(&g.p, g.p.emergencies, "ended", "", "user:7");
	playing_run(&g, 8);
	ck_assert_int_le(g.p.arbiter.count, 1);
}
END_TEST

Suite *suite_emergency(void);
Suite *suite_emergency(void)
{
	Suite *s = suite_create("emergency");
	TCase *t = tcase_create("emergency");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, it_sounds_at_once_and_says_so);
	tcase_add_test(t, it_repeats_until_its_time_above_everything);
	tcase_add_test(t, two_are_heard_one_after_the_other);
	tcase_add_test(t, each_zone_is_given_back_by_itself);
	tcase_add_test(t, a_cut_zone_stays_silent_unless_it_is_said);
	tcase_add_test(t, a_message_that_comes_later_follows_the_siren);
	tcase_add_test(t, a_drill_is_another_sound_and_says_so);
	tcase_add_test(t, a_turn_that_is_taken_away_is_a_row);
	tcase_add_test(t, a_full_disk_silences_nobody);
	tcase_add_test(t, a_disk_that_stays_full_silences_nobody);
	tcase_add_test(t, a_late_intent_names_who_ordered_it);
	tcase_add_test(t, what_is_wrong_is_said);
	suite_add_tcase(s, t);
	return s;
}
