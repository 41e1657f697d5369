/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One product at two stations: where it counts, and whose money. Over random logs of three
 * stations: tests/e2e/tables_merged.py. */
#include "report/several.h"

#include "base/json.h"
#include "proof/registers.h"
#include "support/reportcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define SHA "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"

static struct reportcase *c[2];
static struct report_across across;
static char id[2][ID_BYTES];
static char text[REASON_BYTES];

static void setup(void)
{
	for (int i = 0; i < 2; i++) {
		c[i] = calloc(1, sizeof(*c[i]));
		reportcase_open(c[i]);
		log_sample_add(&c[i]->sample, log_sample_note("mở đầu", NULL, NULL));
	}
	across = (struct report_across){.several = several_begin()};
}

static void teardown(void)
{
	several_end(across.several);
	for (int i = 0; i < 2; i++) {
		reportcase_close(c[i]);
		free(c[i]);
	}
}

/* Approved there, of that kind. */
static void bulletin(int at, const char *sha256, const char *kind)
{
	struct log_sample *s = &c[at]->sample;
	struct bulletin b = {.title = "Tiêm chủng", .frames = 480000};

	snprintf(b.sha256, sizeof(b.sha256), "%s", sha256);
	snprintf(b.kind, sizeof(b.kind), "%s", kind);
	entry_id('B', log_sample_add(s, entry_bulletin_received(&b, NULL, json_array(), "user:3")),
		 id[at]);
	log_sample_add(s, entry_bulletin_approved(id[at], sha256, "", NULL, "user:7"));
}

static void paid(int at, int amount, const char *fund)
{
	json_t *rows = json_pack("{s:{s:s, s:s, s:i, s:s}}", "SP1", "title", "Tiêm chủng",
				 "bulletin", id[at], "amount", amount, "fund", fund);

	log_sample_add(&c[at]->sample,
		       registers_entry("products", rows, "user:3", "", NULL, NULL));
}

static void settle(void)
{
	struct err e;

	for (int i = 0; i < 2; i++)
		ck_assert_msg(several_add(across.several, &c[i]->report, i == 0 ? "xa-1" : "xa-2",
					  &e), "%s", e.text);
	several_settle(across.several);
}

static const struct several_found *at(int station)
{
	across.station = station;
	return several_find(&across, id[station], "");
}

START_TEST(the_same_bytes_count_where_they_were_approved_first)
{
	bulletin(0, SHA, "ban-tin");
	log_sample_add(&c[1]->sample, log_sample_note("sau", NULL, NULL));
	bulletin(1, SHA, "ban-tin");
	settle();
	ck_assert_ptr_null(at(0));
	ck_assert(at(1)->counted && !at(1)->paid);
	several_tell(&across, at(1), text);
	ck_assert_ptr_nonnull(strstr(text, id[0]));
	ck_assert_ptr_nonnull(strstr(text, "xa-1"));
}
END_TEST

START_TEST(the_higher_level_comes_first_whenever_it_came)
{
	bulletin(0, SHA, "ban-tin");
	log_sample_add(&c[1]->sample, log_sample_note("sau", NULL, NULL));
	bulletin(1, SHA, "tinh");
	settle();
	ck_assert(at(0)->counted);
	ck_assert_ptr_null(at(1));
}
END_TEST

START_TEST(other_bytes_and_one_station_alone_are_left_as_they_are)
{
	bulletin(0, SHA, "ban-tin");
	bulletin(0, SHA, "ban-tin"); /* its own people decide about these two */
	bulletin(1, "ab", "ban-tin");
	settle();
	ck_assert(at(0) == NULL && at(1) == NULL && !several_any(across.several));
}
END_TEST

START_TEST(money_is_added_once_and_two_funds_are_called_so)
{
	bulletin(0, SHA, "ban-tin");
	paid(0, 500000, "xa");
	log_sample_add(&c[1]->sample, log_sample_note("sau", NULL, NULL));
	bulletin(1, SHA, "ban-tin");
	paid(1, 700000, "tinh");
	settle();
	ck_assert(at(1)->counted && at(1)->paid && at(0) == NULL);
	several_tell(&across, at(1), text);
	ck_assert_ptr_nonnull(strstr(text, "KHÁC NGUỒN KINH PHÍ"));
}
END_TEST

/* Where it counts nobody says an amount: that of the other holds. */
START_TEST(an_amount_that_stands_once_is_added)
{
	bulletin(0, SHA, "ban-tin");
	log_sample_add(&c[1]->sample, log_sample_note("sau", NULL, NULL));
	bulletin(1, SHA, "ban-tin");
	paid(1, 700000, "tinh");
	settle();
	ck_assert(at(1)->counted && !at(1)->paid);
}
END_TEST

START_TEST(of_one_station_there_is_nothing_to_ask)
{
	ck_assert_ptr_null(several_find(NULL, "B1", ""));
	ck_assert_ptr_null(several_find(&(struct report_across){.station = 1}, "B1", ""));
}
END_TEST

Suite *suite_several(void);
Suite *suite_several(void)
{
	Suite *s = suite_create("several");
	TCase *t = tcase_create("several");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_same_bytes_count_where_they_were_approved_first);
	tcase_add_test(t, the_higher_level_comes_first_whenever_it_came);
	tcase_add_test(t, other_bytes_and_one_station_alone_are_left_as_they_are);
	tcase_add_test(t, money_is_added_once_and_two_funds_are_called_so);
	tcase_add_test(t, an_amount_that_stands_once_is_added);
	tcase_add_test(t, of_one_station_there_is_nothing_to_ask);
	suite_add_tcase(s, t);
	return s;
}
