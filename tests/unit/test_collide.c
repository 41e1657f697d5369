/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which priority bulletins meet, and whose word on it counts. */
#include "plan/collide.h"

#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct plan_case *c;
static struct plan p;
static struct collision met[COLLISIONS_MAX];

static void setup(void)
{
	c = case_create("");
}

static void finish(void)
{
	plan_finish(&p);
	case_destroy(c);
}

static struct bulletin *priority(const char *id, double length_s)
{
	struct bulletin *b = case_bulletin(c, id, length_s);

	b->level = LEVEL_PRIORITY;
	return b;
}

static void put(struct bulletin *b, int64_t n, int place)
{
	b->order_n = n;
	b->order_place = place;
}

/* What meets within 24 hours from 2026-11-23. */
static int find(void)
{
	plan_finish(&p);
	case_plan(c, "2026-11-23", "2026-11-24", &p);
	return collide_find(&p, (struct wall){0}, met, COLLISIONS_MAX);
}

static const char *ids(const struct collision *one)
{
	static char text[256];
	size_t len = 0;

	text[0] = '\0';
	for (int i = 0; i < one->count; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s ", one->list[i]->id);
	return text;
}

static const char twice_a_day[] =
	"  - {name: Sáng, start: \"06:00\", length: 10m, play: {bulletins: {}}}\n"
	"  - {name: Chiều, start: \"17:00\", length: 10m, play: {bulletins: {}}}\n";

START_TEST(two_of_priority_meet_and_others_do_not)
{
	ck_assert(case_slots(c, twice_a_day));
	case_bulletin(c, "B1", 60);
	priority("B2", 60);
	case_bulletin(c, "B3", 60)->level = LEVEL_URGENT;
	ck_assert_int_eq(find(), 0);
	priority("B4", 60);
	ck_assert_int_eq(find(), 1);
	ck_assert_str_eq(ids(&met[0]), "B2 B4 ");
	ck_assert_str_eq(met[0].at->slot->name, "Sáng");
	ck_assert_int_eq(met[0].starts, 2);
	ck_assert(!met[0].given);
	ck_assert_int_eq(collide_find(&p, p.list[0].start, met, COLLISIONS_MAX), 1);
	ck_assert_str_eq(met[0].at->slot->name, "Chiều");
	ck_assert_int_eq(collide_find(&p, p.list[0].start, met, 0), 0);
}
END_TEST

/* The plan goes by the word, until there is one more who was not asked about. */
START_TEST(an_order_is_given_to_those_it_names)
{
	ck_assert(case_slots(c, twice_a_day));
	struct bulletin *two = priority("B2", 60), *four = priority("B4", 60);
	put(four, 9, 0);
	put(two, 9, 1);
	ck_assert_int_eq(find(), 1);
	ck_assert_str_eq(ids(&met[0]), "B4 B2 ");
	ck_assert(met[0].given);
	struct bulletin *five = priority("B5", 60);
	ck_assert_int_eq(find(), 1);
	ck_assert_str_eq(ids(&met[0]), "B4 B2 B5 ");
	ck_assert(!met[0].given);
	put(two, 10, 1);
	put(five, 10, 0);
	ck_assert_int_eq(find(), 1);
	ck_assert_str_eq(ids(&met[0]), "B5 B2 B4 ");
	ck_assert(!met[0].given);
	two->state = BULLETIN_WITHDRAWN;
	five->state = BULLETIN_REPLACED;
	ck_assert_int_eq(find(), 0);
}
END_TEST

/* Whoever comes first is the one that airs: that is worth a question. */
START_TEST(what_finds_no_place_meets_too)
{
	ck_assert(case_slots(c, twice_a_day));
	priority("B1", 400);
	struct bulletin *two = priority("B2", 400);
	ck_assert_int_eq(find(), 1);
	ck_assert_str_eq(ids(&met[0]), "B1 B2 ");
	ck_assert_int_eq(p.list[0].item_count, 1);
	put(two, 9, 0);
	put(&c->bulletins[0], 9, 1);
	find();
	ck_assert_str_eq(ids(&met[0]), "B2 B1 ");
	ck_assert_ptr_eq(p.list[0].items[0].bulletin, two);
}
END_TEST

START_TEST(demonstrations_and_other_days_do_not_meet)
{
	ck_assert(case_slots(c, "  - {name: Thử, start: \"06:00\", length: 10m, demo: true, "
				"play: {bulletins: {}}}\n"));
	priority("B1", 60);
	priority("B2", 60);
	ck_assert_int_eq(find(), 0);
	ck_assert(case_slots(c, twice_a_day));
	struct bulletin *later = priority("B3", 60);
	c->bulletins[1].state = BULLETIN_REFUSED;
	later->has_from = true;
	later->from = (struct date){2026, 12, 1};
	ck_assert_int_eq(find(), 0);
	later->has_from = false;
	ck_assert_int_eq(find(), 1);
}
END_TEST

START_TEST(no_more_than_there_is_room_for)
{
	char id[16];

	ck_assert(case_slots(c, twice_a_day));
	for (int i = 0; i < COLLISION_MAX + 5; i++) {
		snprintf(id, sizeof(id), "B%d", i);
		priority(id, 10);
	}
	ck_assert_int_eq(find(), 1);
	ck_assert_int_eq(met[0].count, COLLISION_MAX);
}
END_TEST

Suite *suite_collide(void);
Suite *suite_collide(void)
{
	Suite *s = suite_create("collide");
	TCase *t = tcase_create("collide");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_add_test(t, two_of_priority_meet_and_others_do_not);
	tcase_add_test(t, an_order_is_given_to_those_it_names);
	tcase_add_test(t, what_finds_no_place_meets_too);
	tcase_add_test(t, demonstrations_and_other_days_do_not_meet);
	tcase_add_test(t, no_more_than_there_is_room_for);
	suite_add_tcase(s, t);
	return s;
}
