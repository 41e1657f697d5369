/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Priority bulletins of two slots that overlap: who is asked about, and what the answer does. */
#include "plan/meet.h"

#include "base/buf.h"
#include "plan/collide.h"
#include "plan/plan_text.h"
#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define S FRAMES_PER_S

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

/* For one slot only, of this level. */
static struct bulletin *put(const char *id, double length_s, const char *slot, enum level level)
{
	struct bulletin *b = case_bulletin(c, id, length_s);

	b->level = level;
	b->slot_count = 1;
	snprintf(b->slots[0], sizeof(b->slots[0]), "%s", slot);
	return b;
}

static void word(struct bulletin *b, int place)
{
	b->order_n = 9;
	b->order_place = place;
}

/* The plan of 2026-11-23, and how many meet in it. */
static int find(void)
{
	plan_finish(&p);
	case_plan(c, "2026-11-23", "2026-11-24", &p);
	return collide_find(&p, (struct wall){0}, met, COLLISIONS_MAX);
}

static void ck_item(int occurrence, int i, const char *id, int64_t from_s, int64_t length_s)
{
	const struct occurrence *o = &p.list[occurrence];

	ck_assert_int_lt(i, o->item_count);
	ck_assert_str_eq(o->items[i].bulletin->id, id);
	ck_assert_int_eq(o->items[i].offset_frames, from_s * S);
	ck_assert_int_eq(o->items[i].length_frames, length_s * S);
}

#define OVERLAP \
	"  - {name: Huyện, start: \"06:00\", length: 10m, play: {bulletins: {}}}\n" \
	"  - {name: Xã, start: \"06:05\", length: 10m, play: {bulletins: {}}}\n"
#define TOGETHER \
	"  - {name: Huyện, start: \"06:00\", length: 10m, play: {bulletins: {}}}\n" \
	"  - {name: Xã, start: \"06:00\", length: 5m, play: {bulletins: {}}}\n"

/* Until somebody says, the later slot takes over, as a timetable has it. */
START_TEST(what_the_later_breaks_off_is_asked_about)
{
	ck_assert(case_slots(c, OVERLAP));
	put("B1", 400, "Huyện", LEVEL_PRIORITY);
	put("B2", 60, "Xã", LEVEL_PRIORITY);
	ck_assert_int_eq(find(), 1);
	ck_assert_str_eq(met[0].at->slot->name, "Huyện");
	ck_assert_str_eq(met[0].with->name, "Xã");
	ck_assert_int_eq(met[0].with_start.ns - met[0].at->start.ns, 300 * NS_PER_S);
	ck_assert_str_eq(met[0].list[0]->id, "B2");
	ck_assert_str_eq(met[0].list[1]->id, "B1");
	ck_assert(!met[0].given);
	ck_item(0, 0, "B1", 0, 300);
	ck_item(1, 0, "B2", 0, 60);
	ck_assert_ptr_null(p.list[1].after);
}
END_TEST

START_TEST(the_word_gives_it_its_time_and_the_other_begins_behind_it)
{
	struct buf b = {0};

	ck_assert(case_slots(c, OVERLAP));
	word(put("B1", 400, "Huyện", LEVEL_PRIORITY), 0);
	word(put("B2", 60, "Xã", LEVEL_PRIORITY), 1);
	put("B3", 60, "Huyện", LEVEL_ORDINARY); /* this one still gives way */
	ck_assert_int_eq(find(), 1);
	ck_assert(met[0].given);
	ck_assert_str_eq(met[0].list[0]->id, "B1");
	ck_assert_int_eq(p.list[0].item_count, 1);
	ck_item(0, 0, "B1", 0, 400);
	ck_assert_ptr_eq(p.list[0].taken_by, p.list[1].slot);
	ck_assert_int_eq(p.list[0].length_frames, 400 * S);
	ck_item(1, 0, "B2", 100, 60);
	ck_assert_str_eq(p.list[1].after->name, "Huyện");
	plan_text(&b, &p, &c->in);
	ck_assert_ptr_nonnull(strstr(buf_str(&b), "= thứ tự đã được chọn: B1 B2\n"));
	ck_assert_ptr_nonnull(
		strstr(buf_str(&b), "phát sau bản tin ưu tiên của khung giờ \"Huyện\""));
	buf_finish(&b);
}
END_TEST

START_TEST(the_word_may_be_what_happens_anyway)
{
	ck_assert(case_slots(c, OVERLAP));
	word(put("B1", 400, "Huyện", LEVEL_PRIORITY), 1);
	word(put("B2", 60, "Xã", LEVEL_PRIORITY), 0);
	ck_assert_int_eq(find(), 1);
	ck_assert(met[0].given);
	ck_item(0, 0, "B1", 0, 300);
	ck_item(1, 0, "B2", 0, 60);
}
END_TEST

/* Nothing is lost, or nothing of priority, or by nothing of priority, or it comes again there. */
START_TEST(who_loses_nothing_is_not_asked)
{
	ck_assert(case_slots(c, OVERLAP));
	put("B1", 300, "Huyện", LEVEL_PRIORITY);
	struct bulletin *two = put("B2", 60, "Xã", LEVEL_PRIORITY);
	ck_assert_int_eq(find(), 0);
	c->bulletins[0].frames += 100 * S;
	ck_assert_int_eq(find(), 1);
	two->level = LEVEL_ORDINARY;
	ck_assert_int_eq(find(), 0);
	two->level = LEVEL_PRIORITY;
	c->bulletins[0].level = LEVEL_ORDINARY;
	ck_assert_int_eq(find(), 0);
	c->bulletins[0].level = LEVEL_PRIORITY;
	c->bulletins[0].slot_count = 0; /* it fits either slot */
	find();
	ck_assert_ptr_null(p.list[0].meeting);
	ck_assert_ptr_null(p.list[1].after);
}
END_TEST

/* Its slot is on its way by then, and what it would lose was left out. */
START_TEST(a_word_that_comes_too_late_changes_nothing)
{
	ck_assert(case_slots(c, OVERLAP));
	struct bulletin *one = put("B1", 400, "Huyện", LEVEL_PRIORITY);
	struct bulletin *two = put("B2", 60, "Xã", LEVEL_PRIORITY);
	word(one, 0);
	word(two, 1);
	find();
	struct wall start = p.list[0].start;
	one->ordered = two->ordered = wall_add_ns(start, -MEET_AHEAD_NS + 1);
	find();
	ck_assert(!met[0].given);
	ck_item(1, 0, "B2", 0, 60);
	one->ordered = two->ordered = wall_add_ns(start, -MEET_AHEAD_NS);
	find();
	ck_assert(met[0].given);
	ck_item(1, 0, "B2", 100, 60);
}
END_TEST

/* Two at one moment: the first in the timetable holds the air; the word lets the other begin. */
START_TEST(two_at_one_moment)
{
	ck_assert(case_slots(c, TOGETHER));
	struct bulletin *one = put("B1", 60, "Huyện", LEVEL_PRIORITY);
	struct bulletin *two = put("B2", 90, "Xã", LEVEL_PRIORITY);
	ck_assert_int_eq(find(), 1);
	ck_assert_str_eq(met[0].at->slot->name, "Xã");
	ck_assert_str_eq(met[0].with->name, "Huyện");
	ck_assert_str_eq(met[0].list[0]->id, "B1");
	ck_item(0, 0, "B1", 0, 60);
	ck_assert_int_eq(p.list[1].item_count, 0);
	word(two, 0);
	word(one, 1);
	ck_assert_int_eq(find(), 1);
	ck_item(1, 0, "B2", 0, 90);
	ck_item(0, 0, "B1", 90, 60);
	word(two, 1);
	word(one, 0);
	find();
	ck_assert(met[0].given);
	ck_item(0, 0, "B1", 0, 60);
	ck_assert_int_eq(p.list[1].item_count, 0);
}
END_TEST

START_TEST(what_leaves_the_other_no_time_takes_all_of_it)
{
	ck_assert(case_slots(c, "  - {name: Huyện, start: \"06:00\", length: 10m, "
				"play: {bulletins: {}}}\n"
				"  - {name: Xã, start: \"06:05\", length: 2m, "
				"play: {bulletins: {}}}\n"));
	word(put("B1", 600, "Huyện", LEVEL_PRIORITY), 0);
	word(put("B2", 60, "Xã", LEVEL_PRIORITY), 1);
	ck_assert_int_eq(find(), 1);
	ck_item(0, 0, "B1", 0, 600);
	ck_assert_ptr_null(p.list[0].taken_by);
	ck_assert_int_eq(p.list[1].item_count, 0);
	ck_assert_ptr_eq(p.list[1].taken_by, p.list[0].slot);
	ck_assert_int_eq(p.list[1].omissions[0].why, OMIT_CONFLICT);
}
END_TEST

/* Each is asked about with all that it meets, and a slot that nobody spoke of still takes over. */
START_TEST(a_third_slot_has_its_own_say)
{
	ck_assert(case_slots(c, OVERLAP "  - {name: Thôn, start: \"06:06\", length: 4m, "
					"play: {bulletins: {}}}\n"));
	struct bulletin *one = put("B1", 400, "Huyện", LEVEL_PRIORITY);
	struct bulletin *two = put("B2", 30, "Xã", LEVEL_PRIORITY);
	word(one, 0);
	word(two, 1);
	put("B3", 60, "Thôn", LEVEL_ORDINARY);
	find();
	ck_item(0, 0, "B1", 0, 360);
	ck_assert_int_eq(p.list[1].item_count, 0); /* its time is over before it may begin */
	struct bulletin *three = put("B4", 60, "Thôn", LEVEL_PRIORITY);
	ck_assert_int_eq(find(), 2); /* and of two of them, where nobody loses to the third */
	ck_assert_int_eq(met[0].count, 3);
	ck_assert(!met[0].given && !met[1].given);
	word(three, 2);
	ck_assert_int_eq(find(), 2);
	ck_assert(met[0].given && met[1].given);
	ck_item(0, 0, "B1", 0, 400);
	ck_item(1, 0, "B2", 100, 30);
	ck_item(2, 0, "B4", 70, 60);
}
END_TEST

START_TEST(other_zones_and_demonstrations_do_not_meet)
{
	ck_assert(case_slots(c, "  - {name: Huyện, start: \"06:00\", length: 10m, "
				"zones: [trung-tam], play: {bulletins: {}}}\n"
				"  - {name: Xã, start: \"06:05\", length: 10m, "
				"zones: [thon-2], play: {bulletins: {}}}\n"));
	put("B1", 400, "Huyện", LEVEL_PRIORITY);
	put("B2", 60, "Xã", LEVEL_PRIORITY);
	ck_assert_int_eq(find(), 0);
	ck_assert(case_slots(c, "  - {name: Huyện, start: \"06:00\", length: 10m, demo: true, "
				"play: {bulletins: {}}}\n"
				"  - {name: Xã, start: \"06:05\", length: 10m, demo: true, "
				"play: {bulletins: {}}}\n"));
	ck_assert_int_eq(find(), 0);
}
END_TEST

/* Each start plays the same: what the next one breaks off it plays itself. */
START_TEST(a_slot_that_meets_itself_asks_nobody)
{
	ck_assert(case_slots(c, "  - {name: Bão, start: \"06:00\", length: 50m, "
				"play: {bulletins: {}}, repeat: {every: 50m, until: \"05:30\"}, "
				"confirm: {by: Chủ tịch xã, reason: bão}}\n"));
	put("B1", 1700, "Bão", LEVEL_PRIORITY);
	put("B2", 1200, "Bão", LEVEL_PRIORITY);
	plan_finish(&p);
	case_plan(c, "2026-11-23", "2026-11-25", &p);
	const struct occurrence *last = NULL;
	for (int i = 1; i < p.count && last == NULL; i++)
		if (p.list[i - 1].taken_by != NULL)
			last = &p.list[i - 1];
	ck_assert_ptr_nonnull(last);
	ck_assert_ptr_eq(last->taken_by, last->slot);
	ck_assert_ptr_null(last->meeting);
	ck_assert_int_eq(last->length_frames, 40 * 60 * S);
}
END_TEST

/* A rule without an end costs no more on a day that is far away. */
START_TEST(a_rule_that_never_ends_occurs_on_any_day)
{
	ck_assert(case_slots(c, "  - {name: a, start: \"06:00\", length: 5m, "
				"play: {bulletins: {}}, rrule: \"FREQ=DAILY\"}\n"
				"  - {name: b, start: \"07:00\", length: 5m, "
				"play: {bulletins: {}}, "
				"rrule: \"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"}\n"));
	put("B1", 60, "a", LEVEL_ORDINARY);
	plan_finish(&p);
	case_plan(c, "2075-11-23", "2075-11-24", &p);
	ck_assert_int_eq(p.count, 1);
	ck_item(0, 0, "B1", 0, 60);
}
END_TEST

Suite *suite_meet(void);
Suite *suite_meet(void)
{
	Suite *s = suite_create("meet");
	TCase *t = tcase_create("meet");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_add_test(t, what_the_later_breaks_off_is_asked_about);
	tcase_add_test(t, the_word_gives_it_its_time_and_the_other_begins_behind_it);
	tcase_add_test(t, the_word_may_be_what_happens_anyway);
	tcase_add_test(t, who_loses_nothing_is_not_asked);
	tcase_add_test(t, a_word_that_comes_too_late_changes_nothing);
	tcase_add_test(t, two_at_one_moment);
	tcase_add_test(t, what_leaves_the_other_no_time_takes_all_of_it);
	tcase_add_test(t, a_third_slot_has_its_own_say);
	tcase_add_test(t, other_zones_and_demonstrations_do_not_meet);
	tcase_add_test(t, a_slot_that_meets_itself_asks_nobody);
	tcase_add_test(t, a_rule_that_never_ends_occurs_on_any_day);
	suite_add_tcase(s, t);
	return s;
}
