/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/known.h"

#include "proof/registers.h"
#include "support/reportcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct reportcase *c;
static struct err e;

static void setup(void)
{
	c = calloc(1, sizeof(*c));
	reportcase_open(c);
	reportcase_fill(c, 7);
}

static void teardown(void)
{
	reportcase_close(c);
	free(c);
}

/* P2 stands in no list, and on air; P9 in a register alone. */
START_TEST(what_neither_list_nor_log_has_is_refused)
{
	static const char *const good[] = {"P1", "P2", "P9", ""};

	log_sample_add(&c->sample, registers_entry("points", json_pack(
		"{s:{s:s, s:s, s:[s]}}", "DHT1", "name", "Một", "place", "Xã A", "programmes",
		"P9"), "user:1", "", NULL, NULL));
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		c->report.filter.programme = good[i];
		ck_assert_msg(known_filter(&c->report, &e), "%s: %s", good[i], e.text);
	}
	c->report.filter.programme = "XYZ";
	ck_assert(!known_filter(&c->report, &e));
	ck_assert_int_eq(e.kind, ERR_USAGE);
	ck_assert(strstr(e.text, "\"XYZ\"") != NULL && strstr(e.text, "hiện có: P1") != NULL);
	c->report.filter.programme = NULL;
	c->report.filter.language = "lạ"; /* of languages there is no list */
	ck_assert(known_filter(&c->report, &e));
}
END_TEST

START_TEST(a_place_is_a_cluster_and_a_sender_a_number)
{
	static const struct report_zone zones[] = {{"thon-1", "hw:1"}};

	c->report.zones = zones;
	c->report.zone_count = 1;
	c->report.filter.place = "thon-1";
	ck_assert(known_filter(&c->report, &e));
	c->report.filter.place = "khong-co";
	ck_assert(!known_filter(&c->report, &e) && strstr(e.text, "thon-1") != NULL);
	c->report.filter.place = NULL;
	c->report.filter.producer = "user:7";
	ck_assert(known_filter(&c->report, &e));
	c->report.filter.producer = "uid:0";
	ck_assert(known_filter(&c->report, &e));
	c->report.filter.producer = "abc";
	ck_assert(!known_filter(&c->report, &e) && e.kind == ERR_USAGE);
}
END_TEST

/* Of two stations: the second has a code that the first has not, and neither has settings. */
START_TEST(of_several_what_any_has_is_known)
{
	static struct report_across across;
	struct reportcase *empty = calloc(1, sizeof(*empty));

	reportcase_open(empty);
	empty->report.across = c->report.across = &across;
	struct report both[2] = {empty->report, c->report};

	both[0].filter.programme = "P2";
	ck_assert_msg(known_filters(both, 2, &e), "%s", e.text);
	ck_assert(!known_filters(both, 1, &e));
	both[0].filter.programme = NULL;
	both[0].filter.place = "trung-tam";
	ck_assert_msg(known_filters(both, 2, &e), "%s", e.text);
	both[0].filter.place = "trung";
	ck_assert(!known_filters(both, 2, &e));
	ck_assert_int_eq(e.kind, ERR_USAGE);
	ck_assert_msg(strstr(e.text, "(có: t") != NULL && strstr(e.text, "trung-tam") != NULL &&
		      strstr(e.text, "thon-2") != NULL, "%s", e.text);
	ck_assert(!known_filters(both, 1, &e));
	ck_assert_msg(strstr(e.text, "(có: –)") != NULL, "%s", e.text);
	reportcase_close(empty);
	free(empty);
}
END_TEST

Suite *suite_known(void);
Suite *suite_known(void)
{
	Suite *s = suite_create("known");
	TCase *t = tcase_create("known");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_neither_list_nor_log_has_is_refused);
	tcase_add_test(t, of_several_what_any_has_is_known);
	tcase_add_test(t, a_place_is_a_cluster_and_a_sender_a_number);
	suite_add_tcase(s, t);
	return s;
}
