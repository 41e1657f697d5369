/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each figure of table B, added up a second time from what was put into the log, and opened into
 * the rows of table A. */
#include "base/json.h"
#include "support/reportcase.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct reportcase *c;

static void setup(void)
{
	c = calloc(1, sizeof(*c));
	reportcase_open(c);
}

static void teardown(void)
{
	reportcase_close(c);
	free(c);
}

struct want {
	int count[REPORT_CLASSES], rows[REPORT_CLASSES], whole, sessions, days, zones;
	int planned, kept;
	int64_t own, shared;
};

static bool bears(const struct reportcase_airing *a, const char *programme)
{
	for (int i = 0; i < a->programme_count; i++)
		if (strcmp(a->programmes[i], programme) == 0)
			return true;
	return programme[0] == '\0' && a->programme_count == 0;
}

/* NULL: all. Days and sessions are counted in tables, not by sorting. */
static struct want add_up(const char *programme, const char *language, const char *kind)
{
	static bool sessions[2][REPORTCASE_DAYS][24], days[REPORTCASE_DAYS];
	struct want w = {.own = 0};
	bool zones[2] = {false, false};

	memset(sessions, 0, sizeof(sessions));
	memset(days, 0, sizeof(days));
	for (int i = 0; i < c->count; i++) {
		const struct reportcase_airing *a = &c->airings[i];
		if (a->day >= REPORTCASE_DAYS || (programme != NULL && !bears(a, programme)) ||
		    (language != NULL && strcmp(a->language, language) != 0) ||
		    (kind != NULL && strcmp(a->kind, kind) != 0))
			continue;
		w.rows[a->class]++;
		w.count[a->class] += !a->rest;
		w.planned += !a->rest && !a->by_hand;
		if (a->class != REPORT_AIRED)
			continue;
		w.kept += !a->rest && !a->by_hand;
		w.whole += a->whole && !a->rest;
		*(a->programme_count > 1 ? &w.shared : &w.own) += a->frames;
		sessions[a->by_hand][a->day][a->hour] = true;
		days[a->day] = zones[0] = true;
		zones[1] = zones[1] || a->both_zones;
	}
	for (int d = 0; d < REPORTCASE_DAYS; d++) {
		w.days += days[d];
		for (int h = 0; h < 48; h++)
			w.sessions += sessions[h / 24][d][h % 24];
	}
	w.zones = zones[0] + zones[1];
	return w;
}

static int figure(const json_t *row, const char *key)
{
	return (int)json_get_integer(row, key, -1);
}

static void same_figures(const json_t *row, const struct want *w)
{
	ck_assert_int_eq(figure(row, "aired"), w->count[REPORT_AIRED]);
	ck_assert_int_eq(figure(row, "not_aired"), w->count[REPORT_NOT_AIRED]);
	ck_assert_int_eq(figure(row, "unclear"), w->count[REPORT_UNCLEAR]);
	ck_assert_int_eq(figure(row, "whole"), w->whole);
	ck_assert_int_eq(figure(row, "sessions"), w->sessions);
	ck_assert_int_eq(figure(row, "days"), w->days);
	ck_assert_int_eq(figure(row, "zones"), w->zones);
	ck_assert_int_eq(llround(json_get_number(row, "own_s", -1) * FRAMES_PER_S), w->own);
	ck_assert_int_eq(llround(json_get_number(row, "shared_s", -1) * FRAMES_PER_S), w->shared);
	if (w->planned > 0)
		ck_assert_double_eq_tol(json_get_number(row, "plan_percent", -1),
					100.0 * w->kept / w->planned, 0.0501);
	else
		ck_assert(json_is_null(json_object_get(row, "plan_percent")));
}

static const char *asked(const json_t *open, const char *key)
{
	return json_string_value(json_object_get(open, key));
}

/* Table A of what a figure opens has its airings, and of those that aired its minutes. */
static void opens(const json_t *row, const char *key, enum report_class class,
		  const struct want *w)
{
	const json_t *open = json_object_get(json_object_get(row, "open"), key);
	struct report_filter all = c->report.filter;

	ck_assert_ptr_nonnull(open);
	c->report.filter = (struct report_filter){asked(open, "programme"),
						  asked(open, "language"), asked(open, "kind"),
						  asked(open, "fund"), -1, asked(open, "place"),
						  asked(open, "producer")};
	ck_assert(report_class_parse(asked(open, "only"), &c->report.filter.only));
	json_t *table = reportcase_json(c, "A");
	ck_assert_uint_eq(json_array_size(json_object_get(table, "rows")), w->rows[class]);
	if (class == REPORT_AIRED)
		ck_assert_int_eq(llround(json_get_number(json_object_get(table, "sum"),
							 "length_s", -1) * FRAMES_PER_S),
				 w->own + w->shared);
	json_decref(table);
	c->report.filter = all;
}

static void check_row(const json_t *row, const struct want *w)
{
	same_figures(row, w);
	opens(row, "aired", REPORT_AIRED, w);
	opens(row, "not_aired", REPORT_NOT_AIRED, w);
	opens(row, "unclear", REPORT_UNCLEAR, w);
}

START_TEST(each_figure_is_the_sum_of_its_airings)
{
	reportcase_fill(c, 1000 + (uint64_t)_i);
	json_t *table = reportcase_json(c, "B"), *row;
	struct want all = add_up(NULL, NULL, NULL);
	size_t i, rows = 0;

	json_array_foreach(json_object_get(table, "rows"), i, row) {
		const json_t *open = json_object_get(json_object_get(row, "open"), "aired");
		struct want w = add_up(asked(open, "programme"), asked(open, "language"),
				       asked(open, "kind"));
		check_row(row, &w);
		rows += (size_t)(w.rows[0] + w.rows[1] + w.rows[2]) > 0;
	}
	ck_assert_uint_eq(rows, i);
	ck_assert_uint_ge(rows, 12); /* of four programmes with none, two languages, two kinds */
	check_row(json_object_get(table, "sum"), &all);
	json_decref(table);
}
END_TEST

START_TEST(one_programme_alone)
{
	reportcase_fill(c, 77);
	c->report.filter.programme = "P2";
	json_t *table = reportcase_json(c, "B"), *row;
	struct want w = add_up("P2", NULL, NULL);
	size_t i;

	json_array_foreach(json_object_get(table, "rows"), i, row)
		ck_assert_str_eq(json_get_text(row, "programme", ""), "P2");
	same_figures(json_object_get(table, "sum"), &w);
	json_decref(table);
}
END_TEST

static bool noted(const json_t *table, const char *words)
{
	const json_t *note;
	size_t i;

	json_array_foreach(json_object_get(table, "notes"), i, note)
		if (strstr(json_string_value(note), words) != NULL)
			return true;
	return false;
}

START_TEST(a_period_with_nothing_says_so)
{
	json_t *table = reportcase_json(c, "B");

	ck_assert_uint_eq(json_array_size(json_object_get(table, "rows")), 0);
	ck_assert_int_eq(figure(json_object_get(table, "sum"), "aired"), 0);
	ck_assert(noted(table, "không có lần phát nào"));
	json_decref(table);
}
END_TEST

/* P1 ends on the 15th under one name and goes on under another until the 20th; nobody knows P2. */
START_TEST(codes_that_end_or_change_their_name_meanwhile)
{
	c->lists[CODES_PROGRAMMES].list[0].to = (struct date){2026, 11, 15};
	struct code *later = codes_add(&c->lists[CODES_PROGRAMMES]);
	*later = c->lists[CODES_PROGRAMMES].list[0];
	snprintf(later->name, sizeof(later->name), "Tên mới");
	later->from = (struct date){2026, 11, 16};
	later->to = (struct date){2026, 11, 20};
	reportcase_fill(c, 5);
	int outside = 0;
	for (int i = 0; i < c->count; i++)
		outside += bears(&c->airings[i], "P1") && c->airings[i].day >= 20 &&
			   c->airings[i].day < REPORTCASE_DAYS &&
			   strcmp(c->airings[i].language, "vi") == 0 &&
			   strcmp(c->airings[i].kind, "ban-tin") == 0;
	json_t *table = reportcase_json(c, "B"), *row;
	char want[80];
	size_t i;

	json_array_foreach(json_object_get(table, "rows"), i, row)
		if (strcmp(json_get_text(row, "programme", ""), "P1") == 0)
			ck_assert_str_eq(json_get_text(row, "name", ""), "Tên mới");
	ck_assert(noted(table, "P1: đến hết ngày 15/11/2026 có tên \"Chương trình một\""));
	snprintf(want, sizeof(want), "P1: %d lần phát vào những ngày mã này không có hiệu lực",
		 outside);
	ck_assert_int_gt(outside, 0);
	ck_assert(noted(table, want));
	ck_assert(noted(table, "P2: mã này không có trong danh mục"));
	ck_assert(noted(table, "Thời lượng dùng chung"));
	json_decref(table);
}
END_TEST

START_TEST(new_bulletins_are_counted_once)
{
	struct bulletin b = log_sample_bulletin("Tin");
	char id[ID_BYTES];

	for (int i = 0; i < 3; i++) {
		entry_id('B', log_sample_add(&c->sample, entry_bulletin_received(&b, NULL,
										 json_array(), "")),
			 id);
		if (i < 2)
			log_sample_add(&c->sample,
				       entry_bulletin_approved(id, b.sha256, "1", NULL, "user:7"));
	}
	json_t *table = reportcase_json(c, "B"), *row;
	size_t i;

	ck_assert_uint_eq(json_array_size(json_object_get(table, "rows")), 2);
	json_array_foreach(json_object_get(table, "rows"), i, row)
		ck_assert_int_eq(figure(row, "new"), 2);
	ck_assert_int_eq(figure(json_object_get(table, "sum"), "new"), 2);
	json_decref(table);
}
END_TEST

static void air_half(int programmes, int64_t frames)
{
	struct airing_facts f = log_sample_airing(NULL, LOG_SAMPLE_START);
	char id[ID_BYTES];

	f.programme_count = programmes;
	f.programmes[0] = "P1";
	f.programmes[1] = "P2";
	f.proof = "A";
	f.frames = frames;
	entry_id('A', log_sample_add(&c->sample, entry_airing_intended(&f, &c->sample.tz)), id);
	f.airing = id;
	log_sample_add(&c->sample, entry_airing_ended(&f, &c->sample.tz));
}

static bool tells_rounding(void)
{
	json_t *table = reportcase_json(c, "B"), *o;
	bool found = false;
	size_t i;

	json_array_foreach(json_object_get(table, "notes"), i, o)
		found = found || strstr(json_string_value(o), "làm tròn đến giây") != NULL;
	json_decref(table);
	return found;
}

/* 0:00:11 and 0:00:11, where table A says 0:00:21. */
START_TEST(two_sums_that_are_rounded_say_so)
{
	air_half(1, 21 * FRAMES_PER_S / 2);
	ck_assert(!tells_rounding());
	air_half(2, 21 * FRAMES_PER_S / 2);
	ck_assert(tells_rounding());
	air_half(1, FRAMES_PER_S / 2);
	ck_assert(!tells_rounding());
}
END_TEST

Suite *suite_totals(void);
Suite *suite_totals(void)
{
	Suite *s = suite_create("totals");
	TCase *t = tcase_create("totals");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, each_figure_is_the_sum_of_its_airings, 0, 3);
	tcase_add_test(t, one_programme_alone);
	tcase_add_test(t, a_period_with_nothing_says_so);
	tcase_add_test(t, codes_that_end_or_change_their_name_meanwhile);
	tcase_add_test(t, new_bulletins_are_counted_once);
	tcase_add_test(t, two_sums_that_are_rounded_say_so);
	suite_add_tcase(s, t);
	return s;
}
