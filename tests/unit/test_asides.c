/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/asides.h"

#include "proof/entry.h"
#include "support/log_sample.h"

#include <check.h>
#include <string.h>

/* As the entries had it up to each of them: put aside, let back, and put aside once more. */
START_TEST(the_newest_word_before_an_entry_counts)
{
	static struct log_sample sample;
	struct bulletin list[2] = {log_sample_bulletin("Tin"), log_sample_bulletin("Tin")};
	struct stock s = {list, 2, 2};
	struct err e = {0};
	int64_t n[3];

	log_sample_open(&sample, ":memory:");
	struct view *v = ledger_view(sample.ledger);
	list[1].sha256[0] = list[1].sha256[0] == 'a' ? 'b' : 'a';
	list[1].aside_n = 99; /* of no entry */
	for (int i = 0; i < 3; i++)
		n[i] = log_sample_add(&sample,
				      i == 1 ? entry_item_released("B1", list[0].sha256, "uid:1")
					     : entry_item_quarantined("B1", list[0].sha256, "A1",
								      "A2"));
	const int64_t until[] = {n[0], n[1], n[2], INT64_MAX};
	const int64_t wanted[] = {0, n[0], 0, n[2]};
	for (int i = 0; i < 4; i++) {
		ck_assert_msg(asides_read(&s, v, until[i], &e), "%s", e.text);
		ck_assert_int_eq(list[0].aside_n, wanted[i]);
		ck_assert_int_eq(list[1].aside_n, 0);
	}
	log_sample_close(&sample);
}
END_TEST

Suite *suite_asides(void);
Suite *suite_asides(void)
{
	Suite *s = suite_create("asides");
	TCase *t = tcase_create("all");

	tcase_add_test(t, the_newest_word_before_an_entry_counts);
	suite_add_tcase(s, t);
	return s;
}
