/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/select.h"
#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct plan_case *c;
static struct arena arena;
static struct slot slot;
static int64_t first, last;

static void setup(void)
{
	c = case_create("");
	slot = (struct slot){.name = "Sáng"};
}

static void finish(void)
{
	arena_finish(&arena);
	case_destroy(c);
}

/* The ids chosen for a day, one behind the other. */
static const char *chosen(const char *day)
{
	static char text[256];
	const struct bulletin *list[CASE_BULLETINS];
	struct candidates all, mine;
	struct date d;
	size_t len = 0;

	ck_assert(date_parse(day, &d));
	select_approved(&all, &c->in, 0, 40000, &arena);
	select_slot(&mine, &all, &slot, &slot.play, &arena);
	first = INT64_MIN;
	last = INT64_MAX;
	int count = select_day(&mine, date_to_days(d), list, &first, &last);
	text[0] = '\0';
	for (int i = 0; i < count; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s", list[i]->id);
	return text;
}

START_TEST(takes_only_what_may_air)
{
	case_bulletin(c, "A", 10);
	case_bulletin(c, "B", 10)->state = BULLETIN_RECEIVED;
	case_bulletin(c, "C", 10)->state = BULLETIN_WITHDRAWN;
	case_bulletin(c, "D", 0);
	struct bulletin *e = case_bulletin(c, "E", 10);
	e->has_from = e->has_to = true;
	e->from = (struct date){2026, 11, 23};
	e->to = (struct date){2026, 11, 24};
	ck_assert_str_eq(chosen("2026-11-22"), "A");
	ck_assert_int_eq(last, date_to_days((struct date){2026, 11, 22}));
	ck_assert_str_eq(chosen("2026-11-24"), "AE");
	ck_assert_int_eq(first, date_to_days((struct date){2026, 11, 23}));
	ck_assert_int_eq(last, date_to_days((struct date){2026, 11, 24}));
	ck_assert_str_eq(chosen("2026-11-25"), "A");
	ck_assert_int_eq(first, date_to_days((struct date){2026, 11, 25}));
	ck_assert_int_eq(last, INT64_MAX);
}
END_TEST

/* As a fallback, too; on which days is another question. */
START_TEST(a_slot_takes_what_it_or_its_fallback_plays)
{
	ck_assert(case_slots(c, "  - {name: a, start: \"06:00\", length: 5m,\n"
				"     play: {bulletins: {language: [vi]}}}\n"
				"  - {name: b, start: \"07:00\", length: 5m, play: {relay: vov1},\n"
				"     fallback: {bulletins: {language: [stieng]}}}\n"));
	struct bulletin *b = case_bulletin(c, "A", 10);
	b->has_to = true;
	b->to = (struct date){2020, 1, 1};
	ck_assert(select_takes(b, &c->schedule.slots[0]));
	ck_assert(!select_takes(b, &c->schedule.slots[1]));
	snprintf(b->language, sizeof(b->language), "stieng");
	ck_assert(!select_takes(b, &c->schedule.slots[0]));
	ck_assert(select_takes(b, &c->schedule.slots[1]));
	b->slot_count = 1;
	snprintf(b->slots[0], sizeof(b->slots[0]), "a");
	ck_assert(!select_takes(b, &c->schedule.slots[1]));
}
END_TEST

START_TEST(filters)
{
	struct bulletin *b = case_bulletin(c, "A", 10);
	snprintf(b->language, sizeof(b->language), "stieng");
	b = case_bulletin(c, "B", 10);
	snprintf(b->programmes[0], CODE_BYTES, "KHAC");
	snprintf(b->programmes[1], CODE_BYTES, "NTM.TT");
	b->programme_count = 2;
	b = case_bulletin(c, "C", 10);
	snprintf(b->slots[0], NAME_BYTES, "Chiều");
	b->slot_count = 1;
	b = case_bulletin(c, "D", 10);
	snprintf(b->slots[0], NAME_BYTES, "Chiều");
	snprintf(b->slots[1], NAME_BYTES, "Sáng");
	b->slot_count = 2;
	ck_assert_str_eq(chosen("2026-11-22"), "ABD");
	slot.play = (struct play){.languages = {"stieng", "mnong"}, .language_count = 2};
	ck_assert_str_eq(chosen("2026-11-22"), "A");
	slot.play = (struct play){.programmes = {"GNBV.D7", "NTM.TT"}, .programme_count = 2};
	ck_assert_str_eq(chosen("2026-11-22"), "B");
}
END_TEST

START_TEST(orders)
{
	struct bulletin *b = case_bulletin(c, "A", 10); /* oldest */
	snprintf(b->language, sizeof(b->language), "stieng");
	case_bulletin(c, "B", 10);
	case_bulletin(c, "C", 10)->level = LEVEL_PRIORITY;
	case_bulletin(c, "D", 10)->level = LEVEL_URGENT;
	ck_assert_str_eq(chosen("2026-11-22"), "DCAB");
	slot.play = (struct play){.languages = {"vi", "stieng"}, .language_count = 2};
	ck_assert_str_eq(chosen("2026-11-22"), "DCBA");
	slot.order[0] = ORDER_NEWEST;
	slot.order_count = 1;
	ck_assert_str_eq(chosen("2026-11-22"), "DCBA");
	slot.order[0] = ORDER_OLDEST; /* it says nothing of levels: they count before it */
	ck_assert_str_eq(chosen("2026-11-22"), "DCAB");
	snprintf(c->bulletins[2].title, TITLE_BYTES, "0");
	slot.order[0] = ORDER_TITLE;
	ck_assert_str_eq(chosen("2026-11-22"), "DCAB");
	slot.order[1] = ORDER_LEVEL; /* it does: they count where it says */
	slot.order_count = 2;
	ck_assert_str_eq(chosen("2026-11-22"), "CABD");
}
END_TEST

START_TEST(ties_end_at_the_id)
{
	static const char *const ids[] = {"B10", "B9", "B11", "B2"};

	for (int i = 0; i < 4; i++)
		case_bulletin(c, ids[i], 10)->received.ns = 7;
	ck_assert_str_eq(chosen("2026-11-22"), "B2B9B10B11");
}
END_TEST

/* Among themselves only: what the slot's own order makes of the others stays. */
START_TEST(priority_bulletins_change_places_as_somebody_ordered)
{
	static const char *const ids[] = {"A", "B", "C", "D", "E"};
	struct bulletin *b[5];

	for (int i = 0; i < 5; i++) {
		b[i] = case_bulletin(c, ids[i], 10);
		b[i]->level = i == 1 ? LEVEL_ORDINARY : LEVEL_PRIORITY;
	}
	slot.order[0] = ORDER_OLDEST;
	slot.order[1] = ORDER_LEVEL;
	slot.order_count = 2;
	ck_assert_str_eq(chosen("2026-11-22"), "ABCDE");
	b[4]->order_n = b[2]->order_n = 7;
	b[2]->order_place = 1;
	ck_assert_str_eq(chosen("2026-11-22"), "EBCAD");
	b[3]->order_n = b[0]->order_n = 9;
	b[0]->order_place = 1;
	ck_assert_str_eq(chosen("2026-11-22"), "DBAEC");
	slot.order_count = 0;
	ck_assert_str_eq(chosen("2026-11-22"), "DAECB");
	b[1]->order_n = 20; /* its level was lowered since */
	ck_assert_str_eq(chosen("2026-11-22"), "DAECB");
}
END_TEST

Suite *suite_select(void);
Suite *suite_select(void)
{
	Suite *s = suite_create("select");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_add_test(t, takes_only_what_may_air);
	tcase_add_test(t, a_slot_takes_what_it_or_its_fallback_plays);
	tcase_add_test(t, filters);
	tcase_add_test(t, orders);
	tcase_add_test(t, ties_end_at_the_id);
	tcase_add_test(t, priority_bulletins_change_places_as_somebody_ordered);
	suite_add_tcase(s, t);
	return s;
}
