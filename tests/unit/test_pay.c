/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table G. */
#include "base/json.h"
#include "proof/registers.h"
#include "support/reportcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct reportcase *c;
static int rows;

/* As of 2014, and from 20 November on 1,000 more for a reading. */
static bool rate(void *arg, const char *role, const char *language, struct date day,
		 struct report_rate *out)
{
	int64_t more = day.day >= 20 ? 1000 : 0;

	(void)arg;
	if (strcmp(role, "write") == 0)
		*out = (struct report_rate){75000, 0, 350};
	else
		*out = (struct report_rate){(strcmp(language, "vi") == 0 ? 15000 : 20000) + more,
					    100000, 0};
	return strcmp(role, "operate") != 0;
}

static void setup(void)
{
	c = calloc(1, sizeof(*c));
	reportcase_open(c);
	c->report.rate = rate;
	rows = 0;
}

static void teardown(void)
{
	reportcase_close(c);
	free(c);
}

static void work(const char *day, const char *person, const char *role, const char *language,
		 int count, double pages)
{
	char id[ID_BYTES];

	snprintf(id, sizeof(id), "TL%d", ++rows);
	json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:i, s:f}", "day", day, "person", person,
			      "role", role, "language", language, "count", count, "pages", pages);
	log_sample_add(&c->sample, registers_entry("works", json_pack("{s:o}", id, o), "user:1", "",
						   NULL, NULL));
}

/* "person count rate before capped sum; …" */
static void rows_are(const char *want)
{
	json_t *table = reportcase_json(c, "G"), *o;
	char told[512] = "";
	size_t i;

	json_array_foreach(json_object_get(table, "rows"), i, o) {
		size_t len = strlen(told);
		snprintf(told + len, sizeof(told) - len, "%s %d %d %d %d %d; ",
			 json_get_text(o, "person", ""), (int)json_get_integer(o, "count", -1),
			 (int)json_get_integer(o, "rate", -1),
			 (int)json_get_integer(o, "before", -1),
			 (int)json_get_integer(o, "capped", -1),
			 (int)json_get_integer(o, "sum", -1));
	}
	ck_assert_str_eq(told, want);
	json_decref(table);
}

/* Five at 20,000 are the cap; what comes after on that day is paid nothing, in any language. */
START_TEST(a_day_has_a_cap)
{
	work("2026-11-03", "An", "read", "vi", 6, 0);
	work("2026-11-03", "An", "read", "vi", 2, 0);
	work("2026-11-04", "An", "read", "stieng", 5, 0);
	work("2026-11-04", "An", "read", "vi", 1, 0);
	work("2026-11-04", "Be", "read", "vi", 1, 0);
	work("2026-12-04", "Be", "read", "vi", 1, 0);
	rows_are("An 5 20000 100000 0 100000; An 9 15000 135000 35000 100000; "
		 "Be 1 15000 15000 0 15000; ");
}
END_TEST

START_TEST(pages_and_rates_that_change_meanwhile)
{
	work("2026-11-03", "An", "write", "vi", 1, 1.5);
	work("2026-11-03", "An", "read", "vi", 1, 0);
	work("2026-11-20", "An", "read", "vi", 1, 0);
	work("2026-11-20", "An", "operate", "vi", 3, 0);
	rows_are("An 3 -1 -1 -1 -1; An 1 15000 15000 0 15000; An 1 16000 16000 0 16000; "
		 "An 1 75000 112500 0 112500; ");
}
END_TEST

/* On 23 November. */
static void live(const char *by, bool heard)
{
	struct airing_facts f = log_sample_airing(NULL, LOG_SAMPLE_START);
	char id[ID_BYTES];

	f.live = "microphone";
	f.by = by;
	f.sha256 = NULL;
	f.proof = "A";
	entry_id('A', log_sample_add(&c->sample, entry_airing_intended(&f, &c->sample.tz)), id);
	f.airing = id;
	f.proof = heard ? "A" : NULL;
	log_sample_add(&c->sample, entry_airing_ended(&f, &c->sample.tz));
}

static bool noted(const char *words)
{
	json_t *table = reportcase_json(c, "G"), *o;
	bool found = false;
	size_t i;

	json_array_foreach(json_object_get(table, "notes"), i, o)
		found = found || strstr(json_string_value(o), words) != NULL;
	json_decref(table);
	return found;
}

/* One person to the cap, however the name was typed; marks tell two people apart. */
START_TEST(a_name_typed_otherwise_is_the_same_person)
{
	work("2026-11-03", "Chị Hai", "read", "vi", 6, 0);
	work("2026-11-03", "chị  hai", "read", "vi", 2, 0);
	work("2026-11-03", "CHỊ HAI", "read", "stieng", 1, 0);
	work("2026-11-03", "Chị Hải", "read", "vi", 1, 0);
	rows_are("Chị Hai 1 20000 20000 20000 0; Chị Hai 8 15000 120000 20000 100000; "
		 "Chị Hải 1 15000 15000 0 15000; ");
}
END_TEST

/* It is nobody's wish to be paid nothing. */
START_TEST(pages_that_nobody_wrote_down_are_asked_for)
{
	work("2026-11-03", "An", "write", "vi", 1, 1.5);
	ck_assert(!noted("số trang"));
	work("2026-11-04", "An", "write", "vi", 1, 0);
	ck_assert(noted("1 việc trả theo trang mà sổ công việc không ghi số trang"));
}
END_TEST

/* Two readings written down are the first two voices of that person; the third was only heard. A
 * row of a bulletin, of another day or of other work stands for no voice. */
START_TEST(what_was_heard_and_written_down_is_paid_once)
{
	for (int i = 0; i < 3; i++)
		live("user:5", true);
	ck_assert(!noted("chỉ tính một lần"));
	work("2026-11-23", "user:5", "read", "vi", 2, 0);
	rows_are("user:5 2 16000 32000 0 32000; user:5 1 16000 16000 0 16000; ");
	ck_assert(noted("2 lượt nói trực tiếp đã có trong sổ công việc"));
	work("2026-11-24", "user:5", "read", "vi", 1, 0);
	work("2026-11-23", "user:6", "read", "vi", 1, 0);
	json_t *of = json_pack("{s:s, s:s, s:s, s:s, s:s}", "day", "2026-11-23", "person",
			       "user:5", "role", "read", "language", "vi", "bulletin", "B1");
	log_sample_add(&c->sample, registers_entry("works", json_pack("{s:o}", "TL9", of), "user:1",
						   "", NULL, NULL));
	rows_are("user:5 4 16000 64000 0 64000; user:5 1 16000 16000 0 16000; "
		 "user:6 1 16000 16000 0 16000; ");
}
END_TEST

/* A voice that the log heard is a reading, and one that nobody surely heard is none. */
START_TEST(live_voices_are_paid_by_the_log)
{
	live("user:5", true);
	live("user:5", false);
	rows_are("user:5 1 16000 16000 0 16000; ");
}
END_TEST

START_TEST(nothing_to_pay_says_so)
{
	json_t *table = reportcase_json(c, "G");
	const json_t *notes = json_object_get(table, "notes");

	ck_assert_ptr_nonnull(strstr(json_string_value(json_array_get(notes, 0)), "không có việc"));
	json_decref(table);
}
END_TEST

Suite *suite_pay(void);
Suite *suite_pay(void)
{
	Suite *s = suite_create("pay");
	TCase *t = tcase_create("pay");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_day_has_a_cap);
	tcase_add_test(t, pages_and_rates_that_change_meanwhile);
	tcase_add_test(t, live_voices_are_paid_by_the_log);
	tcase_add_test(t, a_name_typed_otherwise_is_the_same_person);
	tcase_add_test(t, pages_that_nobody_wrote_down_are_asked_for);
	tcase_add_test(t, what_was_heard_and_written_down_is_paid_once);
	tcase_add_test(t, nothing_to_pay_says_so);
	suite_add_tcase(s, t);
	return s;
}
