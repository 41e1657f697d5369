/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/tags.h"

#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static bool read(const char *text, struct bulletin *b, struct err *e)
{
	json_t *args = json_loads(text, 0, NULL);
	struct request rq = {.args = args};

	ck_assert_ptr_nonnull(args);
	*b = (struct bulletin){0};
	*e = (struct err){0};
	bool ok = tags_read(&rq, b, e);
	json_decref(args);
	return ok;
}

START_TEST(what_is_not_said_has_a_usual_value)
{
	struct bulletin b;
	struct err e;

	ck_assert_msg(read("{\"title\":\"Nước sạch\"}", &b, &e), "%s", e.text);
	ck_assert_str_eq(b.title, "Nước sạch");
	ck_assert_str_eq(b.language, "vi");
	ck_assert_str_eq(b.kind, "ban-tin");
	ck_assert_int_eq(b.level, LEVEL_ORDINARY);
	ck_assert(!b.has_from && !b.has_to);
	ck_assert_int_eq(b.programme_count, 0);
}
END_TEST

START_TEST(lists_and_dates)
{
	struct bulletin b;
	struct err e;

	ck_assert_msg(read("{\"title\":\"T\",\"programmes\":[\"1719.10.2\",\"NTM.TT\"],"
			   "\"slots\":\"Sáng\",\"from\":\"2026-11-01\",\"level\":\"khan-cap\"}",
			   &b, &e), "%s", e.text);
	ck_assert_int_eq(b.programme_count, 2);
	ck_assert_str_eq(b.programmes[1], "NTM.TT");
	ck_assert_int_eq(b.slot_count, 1);
	ck_assert_str_eq(b.slots[0], "Sáng");
	ck_assert(b.has_from && b.from.month == 11);
	ck_assert_int_eq(b.level, LEVEL_URGENT);
}
END_TEST

START_TEST(the_sentence_names_the_field)
{
	static const struct {
		const char *request, *word;
	} wrong[] = {
		{"{}", "title"},
		{"{\"title\":\"\"}", "title"},
		{"{\"title\":\"  \"}", "title"},
		{"{\"title\":\"T\",\"level\":\"gap\"}", "gap"},
		{"{\"title\":\"T\",\"from\":\"2026-02-30\"}", "2026-02-30"},
		{"{\"title\":\"T\",\"from\":\"2026-12-05\",\"to\":\"2026-12-01\"}",
		 "05/12/2026"},
		{"{\"title\":\"T\",\"language\":"
		 "\"mot-ngon-ngu-co-ten-rat-dai-khong-the-luu\"}", "language"},
		{"{\"title\":\"T\",\"programmes\":[1]}", "programmes"},
		{"{\"title\":\"T\","
		 "\"slots\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]}",
		 "slots"},
	};
	struct bulletin b;
	struct err e;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		ck_assert_msg(!read(wrong[i].request, &b, &e), "%s", wrong[i].request);
		ck_assert_int_eq(e.kind, ERR_USAGE);
		ck_assert_msg(strstr(e.text, wrong[i].word) != NULL, "%s", e.text);
	}
}
END_TEST

static struct deskcase c;

static void setup(void)
{
	char seeds[80];

	deskcase_open(&c);
	snprintf(seeds, sizeof(seeds), "%s/seeds", c.dir);
	ck_assert_int_eq(mkdir(seeds, 0755), 0);
	deskcase_write(&c, "seeds/tieng.yaml", "tieng: [{ma: vi}, {ma: stieng}]\n");
	deskcase_write(&c, "seeds/chuong-trinh.yaml", "chuong_trinh: [{ma: KHAC}, {ma: NTM.TT}]\n");
}

static void teardown(void)
{
	deskcase_close(&c);
}

static bool check(const char *text, struct warnings *w, struct err *e)
{
	struct bulletin b;

	ck_assert_msg(read(text, &b, e), "%s", e->text);
	*w = (struct warnings){""};
	return tags_check(&c.desk, &b, w, e);
}

START_TEST(codes_that_the_station_does_not_know_are_refused)
{
	struct warnings w;
	struct err e;

	ck_assert(check("{\"title\":\"T\",\"language\":\"stieng\",\"programmes\":[\"KHAC\"],"
			"\"slots\":[\"Sáng\"],\"to\":\"2026-11-23\"}", &w, &e));
	ck_assert_str_eq(w.text, "");
	ck_assert(!check("{\"title\":\"T\",\"language\":\"xx\"}", &w, &e));
	ck_assert_ptr_nonnull(strstr(e.text, "xx"));
	ck_assert(!check("{\"title\":\"T\",\"programmes\":[\"KHAC\",\"NTM.T\"]}", &w, &e));
	ck_assert_ptr_nonnull(strstr(e.text, "NTM.T\""));
	ck_assert_int_eq(e.kind, ERR_USAGE);
}
END_TEST

START_TEST(what_may_still_come_right_is_a_warning)
{
	struct warnings w;
	struct err e;

	ck_assert(check("{\"title\":\"T\",\"slots\":[\"Sáng\",\"Khuya\"]}", &w, &e));
	ck_assert_ptr_nonnull(strstr(w.text, "Khuya"));
	ck_assert_ptr_null(strchr(w.text, '\n'));
	ck_assert(check("{\"title\":\"T\",\"to\":\"2026-11-22\"}", &w, &e)); /* yesterday */
	ck_assert_ptr_nonnull(strstr(w.text, "2026-11-22"));
}
END_TEST

Suite *suite_tags(void)
{
	TCase *known = tcase_create("known");
	Suite *s = suite_create("tags");
	TCase *t = tcase_create("tags");

	tcase_add_test(t, what_is_not_said_has_a_usual_value);
	tcase_add_test(t, lists_and_dates);
	tcase_add_test(t, the_sentence_names_the_field);
	suite_add_tcase(s, t);
	tcase_add_checked_fixture(known, setup, teardown);
	tcase_add_test(known, codes_that_the_station_does_not_know_are_refused);
	tcase_add_test(known, what_may_still_come_right_is_a_warning);
	suite_add_tcase(s, known);
	return s;
}
