/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/registerout.h"

#include "base/json.h"
#include "proof/registers.h"
#include "support/reportcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct reportcase *c;

static const char *person(void *arg, const char *id)
{
	(void)arg;
	return strcmp(id, "user:7") == 0 ? "Nguyễn Thị An" : id;
}

static void setup(void)
{
	c = calloc(1, sizeof(*c));
	reportcase_open(c);
	log_sample_add(&c->sample, log_sample_note("mở đầu", NULL, NULL));
	c->report.made = LOG_SAMPLE_START;
}

static void teardown(void)
{
	reportcase_close(c);
	free(c);
}

static void write(const char *name, const char *id, json_t *fields)
{
	log_sample_add(&c->sample, registers_entry(name, json_pack("{s:o}", id, fields), "user:7",
						   "", NULL, NULL));
}

/* In a format, or as JSON for NULL. */
static char *out(const char *name, const struct table_format *format)
{
	struct registerout o = {&c->report, register_find(name), person, NULL};
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);
	struct table_writer w = {.out = f, .format = format};
	struct err e;

	ck_assert(f != NULL && (format != NULL ? registerout_table(&o, &w, &e)
					       : registerout_json(&o, f, &e)));
	if (format != NULL)
		table_finish(&w);
	ck_assert(fclose(f) == 0);
	return text;
}

START_TEST(a_row_and_which_entry_wrote_it)
{
	write("works", "TL1", json_pack("{s:s, s:s, s:s, s:i, s:f}", "day", "2026-11-23", "person",
					"user:7", "role", "read", "count", 1200, "pages", 1.5));
	write("works", "TL2", json_pack("{s:s, s:s, s:s}", "day", "2026-11-24", "person",
					"Một cộng tác viên", "role", "write"));
	write("works", "TL2", json_null());
	char *text = out("works", &table_csv);
	ck_assert_ptr_nonnull(strstr(text, "\xEF\xBB\xBFMã dòng,Ngày,Người làm,Công việc,"));
	ck_assert_ptr_nonnull(strstr(text, "\r\nTL1,2026-11-23,Nguyễn Thị An,đọc,\"\",\"\",\"\","
					   "1200,1.5,\"\",\"\",1,5:R+ot=\r\n"));
	ck_assert_ptr_null(strstr(text, "TL2"));
	free(text);
}
END_TEST

START_TEST(no_text_is_a_formula)
{
	write("difficulties", "KK1", json_pack("{s:s, s:s, s:s, s:s}", "what", "=HYPERLINK(1)",
					       "since", "2026-11-01", "state", "open", "note",
					       "-1"));
	char *text = out("difficulties", &table_csv);
	ck_assert_ptr_nonnull(strstr(text, "KK1,\"'=HYPERLINK(1)\",2026-11-01,"));
	ck_assert_ptr_nonnull(strstr(text, "\"'-1\""));
	free(text);
}
END_TEST

START_TEST(programs_get_what_the_log_has)
{
	struct err e;

	write("works", "TL1", json_pack("{s:s, s:s, s:s}", "day", "2026-11-23", "person", "user:7",
					"role", "read"));
	char *text = out("works", NULL);
	json_t *o = json_read(text, strlen(text), &e);
	const json_t *row = json_array_get(json_object_get(o, "rows"), 0);
	ck_assert_str_eq(json_get_text(o, "register", ""), "works");
	ck_assert_str_eq(json_get_text(o, "mark", ""), "5:R+ot=");
	ck_assert_str_eq(json_get_text(row, "row", ""), "TL1");
	ck_assert_int_eq(json_get_integer(row, "n", -1), 1);
	ck_assert_str_eq(json_get_text(json_object_get(row, "fields"), "role", ""), "read");
	ck_assert_str_eq(json_get_text(json_object_get(row, "fields"), "person", ""), "user:7");
	ck_assert_str_eq(json_get_text(json_object_get(o, "people"), "user:7", ""), "user:7");
	json_decref(o);
	free(text);
}
END_TEST

/* Its columns fit into a table, and an empty register is a form to be filled in. */
START_TEST(every_register_has_a_head)
{
	for (int i = 0; register_at(i) != NULL; i++) {
		char *text = out(register_at(i)->name, &table_csv);
		ck_assert_ptr_nonnull(strstr(text, register_at(i)->fields[0].vi));
		ck_assert_ptr_eq(strchr(text, '\n'), strrchr(text, '\n'));
		free(text);
	}
}
END_TEST

Suite *suite_registerout(void);
Suite *suite_registerout(void)
{
	Suite *s = suite_create("registerout");
	TCase *t = tcase_create("registerout");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_row_and_which_entry_wrote_it);
	tcase_add_test(t, no_text_is_a_formula);
	tcase_add_test(t, programs_get_what_the_log_has);
	tcase_add_test(t, every_register_has_a_head);
	suite_add_tcase(s, t);
	return s;
}
