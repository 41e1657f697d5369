/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/quarantine.h"

#include "base/json.h"
#include "base/saying.h"
#include "proof/entry.h"
#include "station/recover.h"
#include "support/deskcase.h"
#include "support/fake.h"
#include "support/log_sample.h"
#include "support/playing.h"

#include <check.h>
#include <stdio.h>
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

static int64_t append(json_t *entry)
{
	struct err e = {0};
	int64_t n;

	ck_assert_msg(desk_append(&c.desk, entry, &n, &e), "%s", e.text);
	return n;
}

static struct airing_facts facts(const char *bulletin)
{
	struct airing_facts f = log_sample_airing(bulletin, clock_wall(&c.clock.clock));

	if (strcmp(bulletin, "B1") != 0)
		f.sha256 = "b2";
	return f;
}

static int64_t intend(const char *bulletin)
{
	struct airing_facts f = facts(bulletin);

	clock_sim_advance(&c.clock, 60 * NS_PER_S);
	return append(entry_airing_intended(&f, &c.desk.tz));
}

static void end_well(const char *bulletin, int64_t n)
{
	struct airing_facts f = facts(bulletin);
	char id[ID_BYTES];

	entry_id('A', n, id);
	f.airing = id;
	f.result = "full";
	append(entry_airing_ended(&f, &c.desk.tz));
}

/* The program starts; boot "": in the boot in which it ended. */
static struct quarantine start(const char *boot)
{
	static struct recovery r;
	struct err e = {0};

	if (boot[0] != '\0')
		snprintf(c.desk.boot.id, sizeof(c.desk.boot.id), "%s", boot);
	ck_assert_msg(recover(&c.desk, &r, &e), "%s", e.text);
	return r.quarantine;
}

START_TEST(the_second_end_in_a_row_puts_an_item_aside)
{
	json_t *entry = NULL;
	struct err e;

	start("boot-1");
	intend("B1");
	ck_assert_int_eq(start("").count, 0); /* somebody may have killed the program */
	intend("B1");
	struct quarantine q = start("");
	ck_assert_int_eq(q.count, 1);
	ck_assert_str_eq(q.list[0].item, "B1");
	ck_assert(quarantine_has(&q, q.list[0].sha256));
	ck_assert(reader_last(ledger_view(c.desk.ledger), KIND_QUARANTINED, &entry, &e));
	ck_assert_str_eq(json_get_text(entry, "item", ""), "B1");
	ck_assert_str_eq(json_get_text(entry, "first", ""), "A1");
	json_decref(entry);
	q = start(""); /* it stays there */
	ck_assert_int_eq(q.count, 1);
	q = start("boot-2");
	ck_assert_int_eq(q.count, 1);
}
END_TEST

START_TEST(a_whole_airing_between_clears_it)
{
	start("boot-1");
	intend("B1");
	start("");
	end_well("B1", intend("B1"));
	intend("B1");
	ck_assert_int_eq(start("").count, 0);
}
END_TEST

START_TEST(power_cuts_are_nobodys_fault)
{
	start("boot-1");
	intend("B1");
	start("boot-2");
	intend("B1");
	ck_assert_int_eq(start("boot-3").count, 0);
}
END_TEST

START_TEST(two_at_once_are_one_end)
{
	start("boot-1");
	intend("B1");
	intend("B1"); /* in another zone */
	ck_assert_int_eq(start("").count, 0);
}
END_TEST

START_TEST(another_item_between_does_not_hide_it)
{
	start("boot-1");
	intend("B1");
	start("");
	end_well("B2", intend("B2"));
	intend("B1");
	ck_assert_int_eq(start("").count, 1);
}
END_TEST

START_TEST(what_was_released_begins_anew)
{
	struct err e;

	start("boot-1");
	intend("B1");
	start("");
	intend("B1");
	struct quarantine q = start("");
	ck_assert_int_eq(q.count, 1);
	append(entry_item_released("B1", q.list[0].sha256, "user:7"));
	ck_assert_int_eq(start("").count, 0);
	intend("B1");
	ck_assert_int_eq(start("").count, 0); /* once again is once */
	intend("B1");
	ck_assert_int_eq(start("").count, 1);
	ck_assert(quarantine_find(&c.desk, NULL, &q, &e));
	ck_assert_int_eq(q.count, 0);
}
END_TEST

START_TEST(what_is_put_aside_does_not_air_until_it_is_released)
{
	static struct playing g;
	struct err e = {0};

	playing_open(&g, "2026-11-23T05:29:50");
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"05:30\", length: 20s, ident: false, "
				  "repeat: {every: 30s, until: \"06:00\"}, "
				  "play: {bulletins: {}}}\n"));
	struct bulletin *b = playing_bulletin(&g, "B1", 11, 10);
	playing_begin(&g);
	g.p.quarantine.count = 1;
	snprintf(g.p.quarantine.list[0].item, PATH_BYTES, "B1");
	memcpy(g.p.quarantine.list[0].sha256, b->sha256, SHA256_HEX_BYTES);
	playing_run(&g, 20);
	playing_ck(&g, KIND_MISSED, 0, "B1", NULL, "quarantined");
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 0);
	ck_assert(!playout_play(&g.p, b, 3, "", "uid:7", &e));
	ck_assert_int_eq(e.kind, ERR_REFUSED);
	json_t *banners = quarantine_banners(&g.p);
	ck_assert_uint_eq(json_array_size(banners), 1);
	json_decref(banners);
	ck_assert(!quarantine_release(&g.p, "B2", "user:7", &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	ck_assert(quarantine_release(&g.p, "B1", "user:7", &e));
	ck_assert_int_eq(playing_count(&g, KIND_RELEASED), 1);
	playing_run(&g, 60);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	playing_close(&g);
}
END_TEST

/* The next bulletin takes its place, at its time, and what follows comes as much earlier. */
START_TEST(what_is_put_aside_leaves_no_hole)
{
	static struct playing g;

	playing_open(&g, "2026-11-23T05:29:50");
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"05:30\", length: 60s, ident: false, "
				  "play: {bulletins: {}}}\n"));
	playing_bulletin(&g, "B1", 11, 5);
	struct bulletin *b = playing_bulletin(&g, "B2", 12, 10);
	char aside[SHA256_HEX_BYTES];
	memcpy(aside, b->sha256, sizeof(aside));
	playing_bulletin(&g, "B3", 13, 5);
	playing_bulletin(&g, "B4", 14, 5);
	playing_begin(&g);
	g.p.quarantine.count = 1;
	snprintf(g.p.quarantine.list[0].item, PATH_BYTES, "B2");
	memcpy(g.p.quarantine.list[0].sha256, aside, SHA256_HEX_BYTES);
	playing_run(&g, 40);
	playing_ck(&g, KIND_MISSED, 0, "B2", NULL, "quarantined");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	playing_ck(&g, KIND_ENDED, 1, "B3", "full", "");
	playing_ck(&g, KIND_ENDED, 2, "B4", "full", "");
	ck_assert_int_eq(playing_find(&g, 0, 13), playing_frame(&g, "2026-11-23T05:30:05"));
	ck_assert_int_eq(playing_find(&g, 0, 14), playing_frame(&g, "2026-11-23T05:30:10"));
	ck_assert_int_eq(playing_find(&g, 0, 12), -1);
	json_t *third = playing_entry(&g, KIND_INTENDED, 1);
	ck_assert_str_eq(json_get_text(third, "planned", ""), "2026-11-23T05:30:05.000+07:00");
	json_decref(third);
	playing_close(&g);
}
END_TEST

Suite *suite_quarantine(void)
{
	Suite *s = suite_create("quarantine");
	TCase *t = tcase_create("quarantine");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, the_second_end_in_a_row_puts_an_item_aside);
	tcase_add_test(t, a_whole_airing_between_clears_it);
	tcase_add_test(t, power_cuts_are_nobodys_fault);
	tcase_add_test(t, two_at_once_are_one_end);
	tcase_add_test(t, another_item_between_does_not_hide_it);
	tcase_add_test(t, what_was_released_begins_anew);
	tcase_add_test(t, what_is_put_aside_does_not_air_until_it_is_released);
	tcase_add_test(t, what_is_put_aside_leaves_no_hole);
	suite_add_tcase(s, t);
	return s;
}
