/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/room.h"

#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>

static struct plan_case *c;
static struct room list[ROOM_MAX];
static int count;

static void setup(void)
{
	c = case_create("");
	count = -1;
}

static void finish(void)
{
	case_destroy(c);
}

#define SLOT(name, start, length, more)                                                            \
	"  - {name: " name ", start: \"" start "\", length: " length ", ident: false, "           \
	"play: {bulletins: {}}" more "}\n"

static void find(const struct bulletin *b)
{
	struct err e = {0};
	struct wall now;

	ck_assert(wall_parse("2026-11-23T05:00:00", &c->settings.tz, &now));
	ck_assert_msg(room_find(&c->in, b, now, list, &count, &e), "%s", e.text);
}

static struct bulletin guest(int64_t length_s)
{
	return (struct bulletin){.frames = length_s * 48000, .language = "vi",
				 .received = {1000 * NS_PER_S}};
}

START_TEST(the_next_six_are_told)
{
	struct bulletin b = guest(300);

	ck_assert(case_slots(c, SLOT("a", "06:00", "10m", "") SLOT("b", "17:00", "3m", "")));
	find(&b);
	ck_assert_int_eq(count, ROOM_MAX);
	for (int i = 0; i < count; i++) {
		ck_assert_str_eq(list[i].slot->name, "a"); /* b is too short */
		ck_assert(i == 0 || list[i].start.ns > list[i - 1].start.ns);
	}
}
END_TEST

/* A full slot is no room, neither for one that waits behind nor for one that would push others. */
START_TEST(nobody_is_pushed_out)
{
	struct bulletin b = guest(300);

	ck_assert(case_slots(c, SLOT("a", "06:00", "10m", "")));
	case_bulletin(c, "B1", 400);
	find(&b);
	ck_assert_int_eq(count, 0);
	b.level = LEVEL_URGENT;
	find(&b);
	ck_assert_int_eq(count, 0);
	b.frames = (int64_t)150 * 48000;
	find(&b);
	ck_assert_int_eq(count, ROOM_MAX);
	ck_assert_int_eq(list[0].planned.ns, list[0].start.ns); /* the urgent one comes first */
}
END_TEST

START_TEST(slots_ask_for_what_they_play)
{
	struct bulletin b = guest(60);

	ck_assert(case_slots(c, "  - {name: a, start: \"06:00\", length: 10m, play: {bulletins: "
				"{language: [khmer]}}}\n"
				"  - {name: d, start: \"07:00\", length: 10m, demo: true, play: "
				"{bulletins: {}}}\n"));
	find(&b);
	ck_assert_int_eq(count, 0);
	snprintf(b.language, sizeof(b.language), "khmer");
	find(&b);
	ck_assert_int_eq(count, ROOM_MAX);
	b.has_to = true;
	b.to = (struct date){2026, 11, 24};
	find(&b);
	ck_assert_int_eq(count, 2);
}
END_TEST

START_TEST(a_relays_fallback_is_no_place)
{
	struct bulletin b = guest(60);

	c->settings.relay_count = 1;
	snprintf(c->settings.relays[0].name, sizeof(c->settings.relays[0].name), "vov1");
	ck_assert(case_slots(c, "  - {name: r, start: \"06:00\", length: 10m, play: {relay: vov1}, "
				"fallback: {bulletins: {}}}\n" SLOT("b", "17:00", "10m", "")));
	find(&b);
	ck_assert_int_eq(count, ROOM_MAX);
	for (int i = 0; i < count; i++)
		ck_assert_str_eq(list[i].slot->name, "b");
}
END_TEST

Suite *suite_room(void)
{
	Suite *s = suite_create("room");
	TCase *t = tcase_create("room");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_add_test(t, the_next_six_are_told);
	tcase_add_test(t, nobody_is_pushed_out);
	tcase_add_test(t, slots_ask_for_what_they_play);
	tcase_add_test(t, a_relays_fallback_is_no_place);
	suite_add_tcase(s, t);
	return s;
}
