/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "support/reportcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(a_code_among_others)
{
	ck_assert(report_lists("P1,P2", "P1") && report_lists("P1,P2", "P2"));
	ck_assert(!report_lists("P1,P2", "P") && !report_lists("P12", "P1"));
	ck_assert(!report_lists("P1,P2", "P1,P2"));
	ck_assert(report_lists("", "") && !report_lists("P1", "") && !report_lists("", "P1"));
}
END_TEST

static struct diary_row row(const char *file, const char *kind, const char *emergency)
{
	return (struct diary_row){.file = file, .kind = kind, .emergency = emergency,
				  .language = "vi", .fund = "", .programmes = "P1,P2",
				  .zones = "trung-tam,thon-2", .sender = "user:3", .proof = "A",
				  .by_zone = "",
				  .sum = ROW_IN_PART};
}

START_TEST(each_table_is_listed_by_its_letter)
{
	const struct report_table *t;
	struct err e = {0};
	int count = 0;

	for (; (t = report_table(count)) != NULL; count++) {
		ck_assert_ptr_eq(report_table_find(t->letter), t);
		ck_assert(t->vi[0] != '\0' && t->en[0] != '\0' && t->write != NULL);
	}
	ck_assert_int_ge(count, 2);
	ck_assert_ptr_null(report_table_find("Z"));
	ck_assert(!report_no_table("Z", &e) && e.kind == ERR_USAGE);
	for (int i = 0; i < count; i++)
		ck_assert_ptr_nonnull(strstr(e.text, report_table(i)->vi));
}
END_TEST

START_TEST(each_airing_has_a_kind)
{
	struct diary_row r = row("relay:vov1", "", "");

	ck_assert_str_eq(report_kind(&r), "tiep-song");
	r = row("live:microphone", "", "");
	ck_assert_str_eq(report_kind(&r), "truc-tiep");
	r = row("", "ban-tin", "K3");
	ck_assert_str_eq(report_kind(&r), "khan-cap");
	r = row("audio/relay:x.flac", "", "");
	ck_assert_str_eq(report_kind(&r), "");
	r = row("", "thong-bao", "");
	ck_assert_str_eq(report_kind(&r), "thong-bao");
}
END_TEST

START_TEST(a_filter_takes_what_it_names)
{
	struct diary_row r = row("", "ban-tin", "");
	const struct {
		struct report_filter f;
		bool takes;
	} cases[] = {
		{{.only = -1}, true},
		{{"P2", "vi", "ban-tin", "", REPORT_AIRED, "thon-2", "user:3"}, true},
		{{.programme = "P3", .only = -1}, false},
		{{.programme = "", .only = -1}, false},
		{{.language = "tay", .only = -1}, false},
		{{.kind = "thong-bao", .only = -1}, false},
		{{.fund = "NS", .only = -1}, false},
		{{.only = REPORT_UNCLEAR}, false},
		{{.only = -1, .place = "thon"}, false},
		{{.only = -1, .place = ""}, false},
		{{.only = -1, .place = "thon,thon-2"}, true},
		{{.only = -1, .place = "thon,thon-1x"}, false},
		{{.only = -1, .producer = "user:1"}, false},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		ck_assert(report_takes(&cases[i].f, &r) == cases[i].takes);
}
END_TEST

START_TEST(classes_and_tables_by_name)
{
	struct reportcase *c = calloc(1, sizeof(*c));
	struct table_writer w = {.format = &table_csv};
	struct err e = {0};
	int only;

	for (int i = 0; i < REPORT_CLASSES; i++) {
		ck_assert(report_class_parse(report_class_code((enum report_class)i), &only));
		ck_assert_int_eq(only, i);
	}
	ck_assert(!report_class_parse("whole", &only));
	reportcase_open(c);
	ck_assert(!report_write(&c->report, "Z", &w, &e));
	ck_assert_int_eq(e.kind, ERR_USAGE);
	ck_assert_str_eq(report_name(&c->report, CODES_PROGRAMMES, "P1",
				     (struct date){2026, 11, 1}), "Chương trình một");
	ck_assert_str_eq(report_name(&c->report, CODES_PROGRAMMES, "P9",
				     (struct date){2026, 11, 1}), "P9");
	reportcase_close(c);
	free(c);
}
END_TEST

START_TEST(a_choice_has_the_words_of_its_register)
{
	ck_assert_str_eq(report_choice("difficulties", "state", "beyond"), "vượt thẩm quyền");
	ck_assert_str_eq(report_choice("works", "role", "read"), "đọc");
	ck_assert_str_eq(report_choice("products", "level", "of another time"), "of another time");
	ck_assert_str_eq(report_choice("products", "level", ""), "");
}
END_TEST

/* Once in the list, and so in each table. */
START_TEST(a_table_has_the_title_of_the_list)
{
	struct reportcase *c = calloc(1, sizeof(*c));

	reportcase_open(c);
	for (int i = 0; report_table(i) != NULL; i++) {
		json_t *table = reportcase_json(c, report_table(i)->letter);
		ck_assert_str_eq(json_get_text(table, "table", ""), report_table(i)->letter);
		ck_assert_str_eq(json_get_text(table, "title", ""), report_table(i)->vi);
		json_decref(table);
	}
	reportcase_close(c);
	free(c);
}
END_TEST

Suite *suite_report(void);
Suite *suite_report(void)
{
	Suite *s = suite_create("report");
	TCase *t = tcase_create("report");

	tcase_add_test(t, a_code_among_others);
	tcase_add_test(t, each_table_is_listed_by_its_letter);
	tcase_add_test(t, each_airing_has_a_kind);
	tcase_add_test(t, a_filter_takes_what_it_names);
	tcase_add_test(t, a_choice_has_the_words_of_its_register);
	tcase_add_test(t, a_table_has_the_title_of_the_list);
	tcase_add_test(t, classes_and_tables_by_name);
	suite_add_tcase(s, t);
	return s;
}
