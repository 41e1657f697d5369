/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two stations that have one bulletin, in tables and in words. Figures over random logs:
 * tests/e2e/tables_merged.py. */
#include "report/together.h"

#include "base/json.h"
#include "proof/reader.h"
#include "proof/view.h"
#include "report/summary.h"
#include "support/reportcase.h"
#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHA "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"

static struct reportcase *c; /* what is asked; its own log is of nobody */
static struct log_sample *of[2];
static char dir[64], path[2][PATH_BYTES];
static struct report_across across;
static struct together *all;
static struct document d;
static struct err e;

/* Approved at both, aired at both once. */
static void fill(struct log_sample *s)
{
	struct bulletin b = {.title = "Tiêm chủng", .frames = 480000, .sha256 = SHA,
			     .kind = "ban-tin"};
	char bulletin[ID_BYTES], airing[ID_BYTES];

	entry_id('B', log_sample_add(s, entry_bulletin_received(&b, NULL, json_array(), "user:3")),
		 bulletin);
	log_sample_add(s, entry_bulletin_approved(bulletin, SHA, "", NULL, "user:7"));
	struct airing_facts f = log_sample_airing(bulletin, LOG_SAMPLE_START);
	entry_id('A', log_sample_add(s, entry_airing_intended(&f, &s->tz)), airing);
	f.airing = airing;
	f.proof = "A";
	log_sample_add(s, entry_airing_ended(&f, &s->tz));
	log_sample_add(s, entry_device_lost("hw:1", NULL));
}

static bool write_one(void *arg, const struct report *r, const char *table,
		      struct table_writer *w, struct err *why)
{
	return together_write(arg, r, table, w, why);
}

static bool tell_notes(void *arg, struct table_writer *w, struct err *why)
{
	(void)arg;
	return table_note(w, "xa-1: gói a.zip", why);
}

static void setup(void)
{
	static const struct together_station names[2] = {{"v/xa-1", "xa-1", "a.zip"},
							 {"v/xa-2", "xa-2", "b.zip"}};

	c = calloc(1, sizeof(*c));
	reportcase_open(c);
	tmpdir_make(dir);
	across = (struct report_across){.write = write_one, .notes = tell_notes};
	all = across.arg = together_begin(&across, "từ hai gói");
	c->report.across = &across;
	c->report.view = NULL;
	for (int i = 0; i < 2; i++) {
		struct view *v;

		snprintf(path[i], sizeof(path[i]), "%s/%d.sqlite", dir, i);
		of[i] = calloc(1, sizeof(*of[i]));
		log_sample_open(of[i], path[i]);
		fill(of[i]);
		ck_assert_msg(reader_open(&v, path[i], &e), "%s", e.text);
		together_add(all, &names[i], v, &of[i]->tz);
	}
}

static void teardown(void)
{
	document_finish(&d);
	together_end(all);
	numbers_finish(&across.days);
	for (int i = 0; i < 2; i++) {
		log_sample_close(of[i]);
		free(of[i]);
	}
	tmpdir_remove(dir);
	reportcase_close(c);
	free(c);
}

static json_t *table(const char *letter, enum report_by by)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	struct table_writer w = {.out = out, .format = &table_json};

	c->report.by = by;
	ck_assert_msg(together_write(all, &c->report, letter, &w, &e) && table_end(&w, &e), "%s",
		      e.text);
	table_finish(&w);
	fclose(out);
	json_t *told = json_read(text, len, &e);
	ck_assert_msg(told != NULL, "%s", text);
	free(text);
	return told;
}

START_TEST(a_bulletin_of_both_is_one_product_and_two_airings)
{
	for (int i = 0; i < 2; i++) {
		json_t *told = table("B", i == 0 ? REPORT_BY_LANGUAGE : REPORT_BY_ALL);
		const json_t *sum = json_object_get(told, "sum");

		ck_assert_int_eq(json_get_integer(sum, "new", 0), 1);
		ck_assert_int_eq(json_get_integer(sum, "aired", 0), 2);
		json_decref(told);
	}
	ck_assert(together_shared(all));
}
END_TEST

START_TEST(a_table_of_every_letter_is_written)
{
	const struct report_table *t;

	for (int i = 0; (t = report_table(i)) != NULL; i++)
		json_decref(table(t->letter, REPORT_BY_ALL));
}
END_TEST

static bool says(const char *words)
{
	for (int i = 0; i < d.count; i++)
		if (strstr(d.lines[i].text, words) != NULL)
			return true;
	return false;
}

/* Figures of all, whose difficulty it is, and which packs. */
START_TEST(words_are_of_them_all)
{
	static struct model model = {
		.span = MODEL_MONTH, .subject = "Kết quả", .closing = "Hết.", .part_count = 1,
		.parts = {{.heading = "Một",
			   .blocks = {MODEL_TOTALS, MODEL_MISSED, MODEL_COMPARED},
			   .block_count = 3}},
		.from = {1, 1, 1}, .to = {9999, 12, 31},
	};

	c->report.models = &model;
	c->report.model_count = 1;
	ck_assert_msg(summary_make(&c->report, &d, &e), "%s", e.text);
	ck_assert(says("Kết quả: 1 bản tin mới, 2 lượt phát, "));
	ck_assert(says("- xa-1: ") && says("- xa-2: "));
	ck_assert(says("- xa-1: gói a.zip"));
	ck_assert_str_eq(d.lines[d.count - 1].text, "Hết.");
}
END_TEST

/* What is wrong is told with the pack in which it is. */
START_TEST(what_cannot_be_read_is_named)
{
	struct view *v;

	ck_assert(view_open_scratch(&v, &e));
	ck_assert_int_eq(sqlite3_exec(v->db, "DROP TABLE airings", NULL, NULL, NULL), SQLITE_OK);
	together_add(all, &(struct together_station){"v/xa-3", "xa-3", "c.zip"}, v, &of[0]->tz);
	struct table_writer w = {.format = &table_json};
	ck_assert(!together_write(all, &c->report, "A", &w, &e));
	ck_assert_msg(strstr(e.text, "c.zip") != NULL, "%s", e.text);
	table_finish(&w);
}
END_TEST

Suite *suite_together(void);
Suite *suite_together(void)
{
	Suite *s = suite_create("together");
	TCase *t = tcase_create("together");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_bulletin_of_both_is_one_product_and_two_airings);
	tcase_add_test(t, a_table_of_every_letter_is_written);
	tcase_add_test(t, words_are_of_them_all);
	tcase_add_test(t, what_cannot_be_read_is_named);
	suite_add_tcase(s, t);
	return s;
}
