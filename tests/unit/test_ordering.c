/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody says which priority bulletin goes first, or nobody does. */
#include "station/ordering.h"

#include "base/json.h"
#include "proof/entry.h"
#include "support/deskcase.h"
#include "support/playing.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct deskcase c;
static char id[3][ID_BYTES];

static void setup(void)
{
	deskcase_open(&c);
	deskcase_people(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

/* Bulletin i, approved. */
static void add(int i, const char *level)
{
	char title[16];

	snprintf(title, sizeof(title), "Tin %d", i);
	c.as = NULL;
	snprintf(id[i], ID_BYTES, "%s", deskcase_add(&c, title));
	json_decref(deskcase_told(&c, json_pack("{s:s, s:s, s:s}", "do", "bulletin.edit",
						"bulletin", id[i], "level", level)));
	json_decref(deskcase_told(&c, json_pack("{s:s, s:s}", "do", "bulletin.approve", "bulletin",
						id[i])));
	c.as = "user:1";
}

static json_t *order(const char *first, const char *second)
{
	return json_pack("{s:s, s:[s, s]}", "do", "order", "bulletins", first, second);
}

/* What a reply says of the first meeting: its bulletins, the order, and whether it was given. */
static const char *first_of(json_t *reply)
{
	static char text[256];
	const json_t *one = json_array_get(json_object_get(reply, "orders"), 0), *b;
	size_t i, len = 0;

	text[0] = '\0';
	json_array_foreach(json_object_get(one, "bulletins"), i, b)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s ",
					json_get_text(b, "title", ""));
	snprintf(text + len, sizeof(text) - len, "%s",
		 json_get_bool(one, "given", false) ? "given" : "open");
	json_decref(reply);
	return text;
}

static json_t *orders(void)
{
	return deskcase_told(&c, json_pack("{s:s}", "do", "orders"));
}

START_TEST(what_meets_is_listed_and_put_in_order)
{
	add(0, "uu-tien");
	json_t *reply = orders();
	ck_assert_uint_eq(json_array_size(json_object_get(reply, "orders")), 0);
	json_decref(reply);
	add(1, "uu-tien");
	ck_assert_str_eq(first_of(orders()), "Tin 0 Tin 1 open");
	ck_assert_str_eq(first_of(deskcase_told(&c, order(id[1], id[0]))), "Tin 1 Tin 0 given");
	ck_assert_str_eq(first_of(orders()), "Tin 1 Tin 0 given");
	reply = orders(); /* and whose word it was */
	const json_t *one = json_array_get(json_object_get(reply, "orders"), 0);
	ck_assert_str_eq(json_get_text(one, "who", ""), "user:1");
	ck_assert_str_ne(json_get_text(one, "name", ""), "");
	ck_assert_ptr_nonnull(json_get_text(one, "said", NULL));
	json_decref(reply);
	ck_assert_str_eq(first_of(deskcase_told(&c, order(id[0], id[1]))), "Tin 0 Tin 1 given");
}
END_TEST

/* It lies in the log: whoever opens the folder again knows it. */
START_TEST(an_order_survives_a_restart_and_ends_with_what_it_names)
{
	struct err e = {0};

	add(0, "uu-tien");
	add(1, "uu-tien");
	json_decref(deskcase_told(&c, order(id[1], id[0])));
	desk_close(&c.desk);
	ck_assert_msg(desk_open(&c.desk, c.dir, &c.clock.clock, &e), "%s", e.text);
	ck_assert_str_eq(first_of(orders()), "Tin 1 Tin 0 given");
	add(2, "uu-tien");
	ck_assert_str_eq(first_of(orders()), "Tin 1 Tin 0 Tin 2 open");
	c.as = "user:3";
	json_decref(deskcase_told(&c, json_pack("{s:s, s:s, s:s}", "do", "bulletin.withdraw",
						"bulletin", id[2], "reason", "sai")));
	ck_assert_str_eq(first_of(orders()), "Tin 1 Tin 0 given");
	json_decref(deskcase_told(&c, json_pack("{s:s, s:s, s:s}", "do", "bulletin.withdraw",
						"bulletin", id[1], "reason", "sai")));
	json_t *reply = orders();
	ck_assert_uint_eq(json_array_size(json_object_get(reply, "orders")), 0);
	json_decref(reply);
}
END_TEST

START_TEST(what_is_no_order_is_refused)
{
	add(0, "uu-tien");
	add(1, "thong-thuong");
	deskcase_refused(&c, order(id[0], id[1]), "conflict", "ưu tiên");
	deskcase_refused(&c, order(id[0], id[0]), "usage", "hai lần");
	deskcase_refused(&c, order(id[0], "B999"), "not_found", "B999");
	deskcase_refused(&c, json_pack("{s:s, s:[s]}", "do", "order", "bulletins", id[0]), "usage",
			 "2");
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "order", "bulletins", id[0]), "usage",
			 "2");
	deskcase_refused(&c, json_pack("{s:s, s:[i, i]}", "do", "order", "bulletins", 1, 2),
			 "not_found", "");
	deskcase_refused(&c, json_pack("{s:s}", "do", "order"), "usage", "2");
	json_t *many = json_array();
	for (int i = 0; i <= COLLISION_MAX; i++)
		json_array_append_new(many, json_string(id[0]));
	deskcase_refused(&c, json_pack("{s:s, s:o}", "do", "order", "bulletins", many), "usage",
			 "16");
	c.as = "user:2"; /* a producer */
	deskcase_refused(&c, order(id[0], id[1]), "refused", "");
}
END_TEST

/* On air. */

static struct playing g;

static void station(const char *now)
{
	playing_open(&g, now);
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"05:30\", length: 30s, ident: false, "
				  "late: {join_within: 30s}, play: {bulletins: {}}}\n"));
	for (int i = 0; i < 2; i++) {
		snprintf(id[i], ID_BYTES, "B%d", i + 1);
		playing_bulletin(&g, id[i], 11 + (uint32_t)i, 10)->level = LEVEL_PRIORITY;
	}
}

START_TEST(nobody_answers_and_the_default_is_told_once)
{
	station("2026-11-23T05:29:30");
	playing_begin(&g);
	json_t *banners = ordering_banners(&g.p);
	ck_assert_uint_eq(json_array_size(banners), 1);
	json_decref(banners);
	playing_run(&g, 28);
	ck_assert_int_eq(playing_count(&g, KIND_ORDER_DEFAULT), 0);
	playing_run(&g, 60);
	ck_assert_int_eq(playing_count(&g, KIND_ORDER_DEFAULT), 1);
	json_t *entry = playing_entry(&g, KIND_ORDER_DEFAULT, 0);
	ck_assert_str_eq(json_get_text(entry, "slot", ""), "Sáng");
	ck_assert_str_eq(json_string_value(json_array_get(json_object_get(entry, "bulletins"), 0)),
			 "B1");
	json_decref(entry);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	playing_ck(&g, KIND_ENDED, 1, "B2", "full", "");
	playing_close(&g);
}
END_TEST

/* Two slots that overlap; the bulletins name theirs. */
static void overlapping(int64_t word)
{
	playing_open(&g, "2026-11-23T05:29:30");
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"05:30\", length: 60s, ident: false, "
				  "play: {bulletins: {}}}\n"
				  "  - {name: Tin, start: \"05:30:30\", length: 60s, ident: false, "
				  "play: {bulletins: {}}}\n"));
	for (int i = 0; i < 2; i++) {
		snprintf(id[i], ID_BYTES, "B%d", i + 1);
		struct bulletin *b = playing_bulletin(&g, id[i], 11 + (uint32_t)i, i ? 10 : 45);
		b->level = LEVEL_PRIORITY;
		b->slot_count = 1;
		snprintf(b->slots[0], sizeof(b->slots[0]), "%s", i ? "Tin" : "Sáng");
		b->order_n = word;
		b->order_place = i;
	}
	playing_begin(&g);
	playing_run(&g, 120);
}

START_TEST(of_two_slots_the_one_that_was_put_first_is_heard_to_its_end)
{
	overlapping(9);
	ck_assert_int_eq(playing_count(&g, KIND_ORDER_DEFAULT), 0);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	playing_ck(&g, KIND_ENDED, 1, "B2", "full", "");
	json_t *second = playing_entry(&g, KIND_ENDED, 1);
	ck_assert_str_eq(json_get_text(second, "occurrence", ""), "2026-11-23T05:30:30.000+07:00");
	ck_assert_int_eq(strncmp(json_get_text(second, "start", ""), "2026-11-23T05:30:45.0", 21),
			 0);
	json_decref(second);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	playing_close(&g);
}
END_TEST

START_TEST(of_two_slots_the_later_takes_over_and_the_log_says_that_nobody_chose)
{
	overlapping(0);
	ck_assert_int_eq(playing_count(&g, KIND_ORDER_DEFAULT), 1);
	json_t *entry = playing_entry(&g, KIND_ORDER_DEFAULT, 0);
	ck_assert_str_eq(json_get_text(entry, "slot", ""), "Sáng");
	ck_assert_str_eq(json_get_text(entry, "with", ""), "Tin");
	ck_assert_str_eq(json_string_value(json_array_get(json_object_get(entry, "bulletins"), 0)),
			 "B2");
	json_decref(entry);
	playing_ck(&g, KIND_ENDED, 0, "B1", "partial", "overrun");
	playing_ck(&g, KIND_ENDED, 1, "B2", "full", "");
	playing_close(&g);
}
END_TEST

/* Seconds before the slot, when its run is open already. */
START_TEST(a_word_at_the_last_moment_counts)
{
	station("2026-11-23T05:29:30");
	playing_begin(&g);
	playing_run(&g, 25);
	for (int i = 0; i < 2; i++) {
		g.c->bulletins[i].order_n = 9;
		g.c->bulletins[i].order_place = 1 - i;
	}
	playout_set_world(&g.p, &g.c->in);
	json_t *banners = ordering_banners(&g.p);
	ck_assert_uint_eq(json_array_size(banners), 0);
	json_decref(banners);
	playing_run(&g, 60);
	ck_assert_int_eq(playing_count(&g, KIND_ORDER_DEFAULT), 0);
	playing_ck(&g, KIND_ENDED, 0, "B2", "full", "");
	playing_ck(&g, KIND_ENDED, 1, "B1", "full", "");
	playing_close(&g);
}
END_TEST

START_TEST(a_slot_that_is_joined_late_tells_it_too)
{
	station("2026-11-23T05:30:05");
	playing_begin(&g);
	playing_run(&g, 60);
	ck_assert_int_eq(playing_count(&g, KIND_ORDER_DEFAULT), 1);
	playing_close(&g);
}
END_TEST

Suite *suite_ordering(void);
Suite *suite_ordering(void)
{
	Suite *s = suite_create("ordering");
	TCase *t = tcase_create("desk");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, what_meets_is_listed_and_put_in_order);
	tcase_add_test(t, an_order_survives_a_restart_and_ends_with_what_it_names);
	tcase_add_test(t, what_is_no_order_is_refused);
	suite_add_tcase(s, t);
	t = tcase_create("air");
	tcase_set_timeout(t, 120);
	tcase_add_test(t, nobody_answers_and_the_default_is_told_once);
	tcase_add_test(t, a_word_at_the_last_moment_counts);
	tcase_add_test(t, of_two_slots_the_one_that_was_put_first_is_heard_to_its_end);
	tcase_add_test(t, of_two_slots_the_later_takes_over_and_the_log_says_that_nobody_chose);
	tcase_add_test(t, a_slot_that_is_joined_late_tells_it_too);
	suite_add_tcase(s, t);
	return s;
}
