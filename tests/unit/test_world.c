/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files and bulletins as one world, with a station and beside one. */
#include "station/world.h"

#include "proof/entry.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct deskcase c;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static void ck_input(const struct world *w)
{
	ck_assert_ptr_eq(w->input.settings, &w->files->settings);
	ck_assert_ptr_eq(w->input.schedule, &w->files->schedule);
	ck_assert_ptr_eq(w->input.bulletins, w->bulletins);
	ck_assert_int_eq(w->input.bulletin_count, w->bulletin_count);
}

START_TEST(a_reader_beside_the_station_sees_its_bulletins)
{
	struct world w;
	struct err e = {0};
	char first[ID_BYTES];

	snprintf(first, sizeof(first), "%s", deskcase_add(&c, "Tin một"));
	const char *second = deskcase_add(&c, "Tin hai");
	ck_assert_msg(world_open(&w, c.dir, NULL, &e), "%s", e.text);
	ck_input(&w);
	ck_assert_int_eq(w.bulletin_count, 2);
	ck_assert_str_eq(world_bulletin(&w, first)->title, "Tin một");
	ck_assert_str_eq(world_bulletin(&w, second)->title, "Tin hai");
	ck_assert_int_eq(world_bulletin(&w, second)->state, BULLETIN_RECEIVED);
	ck_assert_ptr_null(world_bulletin(&w, "B99"));
	ck_assert_ptr_null(world_bulletin(&w, ""));
	world_finish(&w);
	ck_assert_ptr_null(w.files);
}
END_TEST

START_TEST(what_was_put_aside_is_marked_until_it_is_released)
{
	struct world *w = &c.desk.world;
	struct err e = {0};
	char first[ID_BYTES];
	int64_t n, released;

	snprintf(first, sizeof(first), "%s", deskcase_add(&c, "Tin một"));
	const struct bulletin *b = world_bulletin(w, first);
	char sha256[SHA256_HEX_BYTES];
	memcpy(sha256, b->sha256, sizeof(sha256));
	ck_assert_int_eq(b->aside_n, 0);
	for (int i = 0; i < 2; i++) {
		ck_assert(ledger_append(c.desk.ledger,
					entry_item_quarantined(first, sha256, "A1", "A2"), &n,
					&e));
		ck_assert(world_refresh(w, ledger_view(c.desk.ledger), &e));
		ck_assert_int_eq(world_bulletin(w, first)->aside_n, n);
		ck_assert(ledger_append(c.desk.ledger,
					entry_item_released(first, sha256, "user:7"), &released,
					&e));
		ck_assert(world_refresh(w, ledger_view(c.desk.ledger), &e));
		ck_assert_int_eq(world_bulletin(w, first)->aside_n, 0);
	}
}
END_TEST

START_TEST(read_again_it_has_each_bulletin_once)
{
	struct world *w = &c.desk.world;
	struct err e = {0};
	char title[32];

	for (int i = 0; i < 3; i++) {
		snprintf(title, sizeof(title), "Tin %d", i);
		deskcase_add(&c, title);
	}
	for (int i = 0; i < 2; i++) {
		ck_assert(world_refresh(w, ledger_view(c.desk.ledger), &e));
		ck_assert_int_eq(w->bulletin_count, 3);
		ck_input(w);
	}
}
END_TEST

static void decided(json_t *entry)
{
	char *text = json_dumps(entry, JSON_COMPACT);

	ck_assert(world_decide(77, text, strlen(text), &c.desk.world));
	free(text);
	json_decref(entry);
}

/* On a full disk the view stands still, and decisions must count all the same. */
START_TEST(decisions_past_the_view_count)
{
	struct world *w = &c.desk.world;
	char old[ID_BYTES], next[ID_BYTES];

	snprintf(old, sizeof(old), "%s", deskcase_add(&c, "Tin"));
	c.replaces = old;
	snprintf(next, sizeof(next), "%s", deskcase_add(&c, "Tin hai"));
	decided(entry_bulletin_approved(old, "00", "", NULL, "user:1"));
	decided(entry_bulletin_endorsed(next, "00", "", "user:1"));
	ck_assert_int_eq(world_bulletin(w, next)->state, BULLETIN_ENDORSED);
	ck_assert_str_eq(world_bulletin(w, next)->endorsed_by, "user:1");
	struct bulletin words = *world_bulletin(w, next);
	snprintf(words.title, sizeof(words.title), "Tin ba");
	decided(entry_bulletin_edited(world_bulletin(w, next), &words, "user:2"));
	ck_assert_str_eq(world_bulletin(w, next)->title, "Tin ba");
	ck_assert_int_eq(world_bulletin(w, next)->revision, 77);
	ck_assert_int_eq(world_bulletin(w, next)->state, BULLETIN_RECEIVED);
	decided(entry_bulletin_approved(next, "00", "", old, "user:1"));
	ck_assert_int_eq(world_bulletin(w, next)->state, BULLETIN_APPROVED);
	ck_assert_int_eq(world_bulletin(w, old)->state, BULLETIN_REPLACED);
	ck_assert_str_eq(world_bulletin(w, old)->replaced_by, next);
}
END_TEST

START_TEST(where_nothing_ran_yet_there_are_no_bulletins)
{
	struct world w;
	struct err e = {0};
	char view[96], log[96], away[96];

	snprintf(view, sizeof(view), "%s/view.sqlite", c.dir);
	snprintf(log, sizeof(log), "%s/log", c.dir);
	snprintf(away, sizeof(away), "%s/log.away", c.dir);
	desk_close(&c.desk);
	ck_assert_int_eq(remove(view), 0);
	/* A log without its view: not silently a station without bulletins. */
	ck_assert(!world_open(&w, c.dir, NULL, &e));
	ck_assert_ptr_nonnull(strstr(e.text, "vangxa rebuild"));
	ck_assert_int_eq(rename(log, away), 0);
	ck_assert_msg(world_open(&w, c.dir, NULL, &e), "%s", e.text);
	ck_input(&w);
	ck_assert_int_eq(w.bulletin_count, 0);
	ck_assert_int_eq(w.files->schedule.slot_count, 1);
	world_finish(&w);
	ck_assert_msg(desk_open(&c.desk, c.dir, &c.clock.clock, &e), "%s", e.text);
}
END_TEST

START_TEST(a_folder_that_is_none_is_told)
{
	struct world w;
	struct err e = {0};
	char path[96];

	snprintf(path, sizeof(path), "%s/khong", c.dir);
	ck_assert(!world_open(&w, path, NULL, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
}
END_TEST

Suite *suite_world(void)
{
	Suite *s = suite_create("world");
	TCase *t = tcase_create("world");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_reader_beside_the_station_sees_its_bulletins);
	tcase_add_test(t, what_was_put_aside_is_marked_until_it_is_released);
	tcase_add_test(t, read_again_it_has_each_bulletin_once);
	tcase_add_test(t, decisions_past_the_view_count);
	tcase_add_test(t, where_nothing_ran_yet_there_are_no_bulletins);
	tcase_add_test(t, a_folder_that_is_none_is_told);
	suite_add_tcase(s, t);
	return s;
}
