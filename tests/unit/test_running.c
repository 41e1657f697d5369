/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/err.h"
#include "support/plan_case.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct plan_case *c;
static struct plan p;

static void setup(void)
{
	c = case_create("ident: audio/ident.flac\n");
	case_asset(c, "audio/ident.flac", 4);
}

static void finish(void)
{
	plan_finish(&p);
	case_destroy(c);
}

static void day(void)
{
	plan_finish(&p);
	case_plan(c, "2026-11-23", "2026-11-24", &p);
}

#define SLOT(name, start, length, more)                                                      \
	"  - {name: " name ", start: \"" start "\", length: " length ", play: {bulletins: {}}" \
	more "}\n"

START_TEST(plans_a_day)
{
	ck_assert(case_slots(c, SLOT("a", "05:30", "20m", ", repeat: {every: 30m, until: "
							  "\"07:00\"}")
				SLOT("b", "17:00", "1m", ", ident: false")));
	case_bulletin(c, "A", 50);
	case_bulletin(c, "B", 30.5);
	day();
	ck_assert_int_eq(p.count, 5);
	char text[32];
	wall_print(p.list[0].start, &c->settings.tz, text);
	ck_assert_str_eq(text, "2026-11-23T05:30:00.000+07:00");
	ck_assert_int_eq(p.list[0].item_count, 3);
	ck_assert_int_eq(p.list[0].items[0].kind, ITEM_IDENT);
	ck_assert_int_eq(p.list[0].items[1].offset_frames, 168000); /* 3.5 s */
	ck_assert_int_eq(p.list[0].items[2].offset_frames, 168000 + 49 * 48000 + 24000);
	ck_assert_int_eq(p.list[4].item_count, 1);
	ck_assert_int_eq(p.list[4].omission_count, 1);
	ck_assert(p.list[4].over_long);
	ck_assert_str_eq(p.list[4].omissions[0].bulletin->id, "B");
}
END_TEST

START_TEST(sees_neighbours_beyond_the_window)
{
	ck_assert(case_slots(c, SLOT("a", "06:00", "30m", "") SLOT("b", "06:10", "30m", "")));
	case_bulletin(c, "A", 1200);
	case_plan(c, "2026-11-23T06:00:00", "2026-11-23T06:01:00", &p);
	ck_assert_int_eq(p.count, 1);
	ck_assert(p.list[0].shortened);
	ck_assert_int_eq(p.list[0].length_frames, 600 * 48000);
	ck_assert_str_eq(p.list[0].taken_by->name, "b");
	const struct plan_item *last = &p.list[0].items[p.list[0].item_count - 1];
	ck_assert_int_eq(last->offset_frames + last->length_frames, 600 * 48000);
}
END_TEST

START_TEST(tells_both_sides_of_a_conflict)
{
	ck_assert(case_slots(c, SLOT("a", "06:00", "30m", "") SLOT("b", "06:00", "10m", "")));
	case_bulletin(c, "A", 60);
	day();
	ck_assert_int_eq(p.count, 2);
	ck_assert(!p.list[0].shortened);
	ck_assert_int_eq(p.list[1].item_count, 0);
	ck_assert_int_eq(p.list[1].omissions[0].why, OMIT_CONFLICT);
	ck_assert_str_eq(p.list[1].taken_by->name, "a");
}
END_TEST

START_TEST(guards_quiet_hours_itself)
{
	ck_assert(case_slots(c, SLOT("a", "20:00", "30m", "")));
	case_bulletin(c, "A", 60);
	c->schedule.slots[0].start_s = 3 * 3600 + 900; /* as no file could say it */
	day();
	ck_assert_int_eq(p.list[0].item_count, 0);
	ck_assert_int_eq(p.list[0].omissions[0].why, OMIT_QUIET);
}
END_TEST

START_TEST(a_slot_off_is_there_and_takes_nothing_from_others)
{
	ck_assert(case_slots(c, SLOT("a", "06:00", "30m",
				     ", except: [{on: 2026-11-23, by: \"user:7\", reason: họp}, "
				     "{from: 2026-11-24, by: \"user:3\"}]")
				SLOT("b", "06:10", "30m", "")));
	case_bulletin(c, "A", 60);
	case_plan(c, "2026-11-23T00:00:00", "2026-11-25T00:00:00", &p);
	ck_assert_int_eq(p.count, 4);
	ck_assert_int_eq(p.list[0].item_count, 0);
	ck_assert_int_eq(p.list[0].omissions[0].why, OMIT_SKIPPED);
	ck_assert_str_eq(p.list[0].off->by, "user:7");
	ck_assert_ptr_null(p.list[0].taken_by);
	ck_assert_int_eq(p.list[2].omissions[0].why, OMIT_PAUSED);
	ck_assert_str_eq(p.list[2].off->by, "user:3");
	ck_assert_int_gt(p.list[1].item_count, 0);
	ck_assert_ptr_null(p.list[1].off);
}
END_TEST

START_TEST(finishes_only_until_quiet)
{
	ck_assert(case_slots(c, SLOT("a", "20:30", "20m", ", overrun: finish, ident: false")));
	case_bulletin(c, "A", 1500);
	day();
	ck_assert_int_eq(p.list[0].items[0].length_frames, (int64_t)1500 * 48000);
	c->bulletins[0].frames = (int64_t)1801 * 48000; /* past 21:00 */
	day();
	ck_assert_int_eq(p.list[0].items[0].length_frames, (int64_t)1200 * 48000);
}
END_TEST

START_TEST(refuses_too_much)
{
	struct err e = {0};
	struct wall from = {0}, to = {(int64_t)(PLAN_DAYS_MAX + 2) * 86400 * NS_PER_S};

	ck_assert(!plan_make(&p, &c->in, from, to, &e));
	ck_assert_ptr_nonnull(strstr(e.text, "ngày"));
	ck_assert_int_eq(p.count, 0);
	ck_assert(plan_make(&p, &c->in, to, from, &e)); /* nothing lies between */
	ck_assert_int_eq(p.count, 0);
}
END_TEST

START_TEST(is_the_same_from_any_order)
{
	struct plan other;

	ck_assert(case_slots(c, SLOT("a", "06:00", "10m", "")));
	for (int i = 0; i < 40; i++) {
		char id[ID_BYTES];
		snprintf(id, sizeof(id), "B%d", i);
		case_bulletin(c, id, 20 + i % 7)->received.ns = i / 4;
	}
	day();
	for (int i = 0; i < 20; i++) {
		struct bulletin b = c->bulletins[i];
		c->bulletins[i] = c->bulletins[39 - i];
		c->bulletins[39 - i] = b;
	}
	case_plan(c, "2026-11-20", "2026-11-30", &other);
	const struct occurrence *x = &p.list[0], *y = &other.list[3];
	ck_assert_int_eq(x->start.ns, y->start.ns);
	ck_assert_int_eq(x->item_count, y->item_count);
	ck_assert_int_gt(x->item_count, 10);
	for (int i = 1; i < x->item_count; i++)
		ck_assert_int_eq(x->items[i].offset_frames, y->items[i].offset_frames);
	plan_finish(&other);
}
END_TEST

START_TEST(rejoins_late)
{
	struct plan late;
	bool aired[8] = {true, true};

	ck_assert(case_slots(c, SLOT("a", "06:00", "5m", "")));
	case_bulletin(c, "A", 60);
	case_bulletin(c, "B", 100);
	case_bulletin(c, "C", 90);
	day();
	ck_assert_int_eq(p.list[0].item_count, 4);
	case_plan(c, "2026-11-23", "2026-11-24", &late);
	struct occurrence *o = &late.list[0];
	ck_assert(plan_rejoin(o, &c->in, 200 * 48000, aired));
	ck_assert_int_eq(o->item_count, 1);
	ck_assert_str_eq(o->items[0].bulletin->id, "B");
	ck_assert_int_eq(o->items[0].offset_frames, 200 * 48000);
	ck_assert_int_eq(o->omission_count, 1);
	ck_assert_str_eq(o->omissions[0].bulletin->id, "C");
	ck_assert(!plan_rejoin(o, &c->in, 250 * 48000, (bool[8]){false}));
	ck_assert_int_eq(o->omission_count, 2);
	plan_finish(&late);
	ck_assert(plan_rejoin(&p.list[0], &c->in, 0, (bool[8]){false}));
	ck_assert_int_eq(p.list[0].item_count, 4);
	ck_assert_int_eq(p.list[0].items[0].kind, ITEM_IDENT);
}
END_TEST

/* Each was planned, and needs an answer: of those that a slot never came to only the first have. */
START_TEST(a_rejoin_names_all_that_no_longer_fit)
{
	struct plan late;
	char id[16];

	ck_assert(case_slots(c, SLOT("a", "06:00", "60m", "")));
	for (int i = 0; i < 2 * SLOT_WAITING_MAX; i++) {
		snprintf(id, sizeof(id), "B%d", i + 1);
		case_bulletin(c, id, 60);
	}
	case_plan(c, "2026-11-23", "2026-11-24", &late);
	struct occurrence *o = &late.list[0];
	bool aired[2 * SLOT_WAITING_MAX + 2] = {false};
	ck_assert_int_ge(o->item_count, 2 * SLOT_WAITING_MAX);
	ck_assert(plan_rejoin(o, &c->in, INT64_C(58) * 60 * 48000, aired));
	ck_assert_int_eq(o->item_count + o->omission_count, 2 * SLOT_WAITING_MAX);
	ck_assert_int_eq(o->more, 0);
	plan_finish(&late);
}
END_TEST

START_TEST(gains)
{
	struct settings s = {.target_lufs = -16, .peak_dbtp = -1};

	ck_assert_double_eq_tol(plan_gain_db(&s, -20, -10), 4, 1e-9);
	ck_assert_double_eq_tol(plan_gain_db(&s, -10, -1), -6, 1e-9);
	ck_assert_double_eq_tol(plan_gain_db(&s, -40, -10), 15, 1e-9); /* peaks 6 dB over */
	ck_assert_double_eq(plan_gain_db(&s, -70, -80), 0);
	ck_assert_double_eq(plan_gain_db(&s, (double)NAN, -80), 0);
	ck_assert_double_eq(plan_gain_db(&s, -(double)INFINITY, -80), 0);
}
END_TEST

START_TEST(has_words_for_reasons)
{
	for (int i = 0; i <= OMIT_PAUSED; i++) {
		ck_assert_int_gt((int)strlen(omission_code((enum omission)i)), 3);
		ck_assert_int_gt((int)strlen(omission_text((enum omission)i)), 3);
		ck_assert_str_ne(omission_words((enum omission)i, true),
				 omission_words((enum omission)i, false));
	}
	ck_assert_str_eq(omission_code(OMIT_CONFLICT), "slot-taken");
	ck_assert_str_eq(omission_code(OMIT_NOTHING), "nothing-to-play");
}
END_TEST

Suite *suite_running(void);
Suite *suite_running(void)
{
	Suite *s = suite_create("running");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_add_test(t, plans_a_day);
	tcase_add_test(t, sees_neighbours_beyond_the_window);
	tcase_add_test(t, tells_both_sides_of_a_conflict);
	tcase_add_test(t, guards_quiet_hours_itself);
	tcase_add_test(t, a_slot_off_is_there_and_takes_nothing_from_others);
	tcase_add_test(t, finishes_only_until_quiet);
	tcase_add_test(t, refuses_too_much);
	tcase_add_test(t, is_the_same_from_any_order);
	tcase_add_test(t, rejoins_late);
	tcase_add_test(t, a_rejoin_names_all_that_no_longer_fit);
	tcase_add_test(t, gains);
	tcase_add_test(t, has_words_for_reasons);
	suite_add_tcase(s, t);
	return s;
}
