/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table D, each figure added up by hand. */
#include "base/json.h"
#include "proof/registers.h"
#include "support/reportcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct reportcase *c;
static int numbers;
static struct report_target targets[8];

static void setup(void)
{
	struct err e;

	c = calloc(1, sizeof(*c));
	reportcase_open(c);
	ck_assert(period_parse("2026", PERIOD_CALENDAR, &c->report.period, &e));
	/* 30 November 2026. */
	c->report.made = wall_add_ns(LOG_SAMPLE_START, INT64_C(7) * 86400 * NS_PER_S);
	c->report.targets = targets;
	numbers = 0;
}

static void teardown(void)
{
	reportcase_close(c);
	free(c);
}

static struct report_target *target(enum report_measure measure, int64_t low, struct date from,
				    struct date to)
{
	struct report_target *t = &targets[c->report.target_count++];

	*t = (struct report_target){.code = "t", .what = "Việc", .source = "1/KH", .who = "",
				    .kind = "", .programme = "", .called = "kế hoạch",
				    .unit = "cái", .measure = measure, .low = low, .high = low,
				    .from = from, .to = to};
	return t;
}

static struct date on(int month, int day)
{
	return (struct date){2026, month, day};
}

static void row(const char *name, const char *prefix, json_t *fields)
{
	char id[ID_BYTES];

	snprintf(id, sizeof(id), "%s%d", prefix, ++numbers);
	log_sample_add(&c->sample, registers_entry(name, json_pack("{s:o}", id, fields), "user:1",
						   "", NULL, NULL));
}

static void product(const char *kind, const char *made, bool reused)
{
	row("products", "SP", json_pack("{s:s, s:s, s:s, s:b, s:[s], s:i}", "title", "Phim",
					"kind", kind, "made", made, "reused", reused, "programmes",
					"P1", "amount", 1500000));
}

/* "period done after percent left late state; …", −1 for what is empty. */
static void rows_are(const char *want)
{
	static const char *const keys[] = {"period", "done", "after", "plan_percent", "days_left",
					   "days_late"};
	json_t *table = reportcase_json(c, "D"), *o;
	char told[900] = "";
	size_t i, len = 0;

	json_array_foreach(json_object_get(table, "rows"), i, o) {
		for (int k = 0; k < 6; k++)
			len += (size_t)snprintf(told + len, sizeof(told) - len, "%.10g ",
						json_get_number(o, keys[k], -1));
		len += (size_t)snprintf(told + len, sizeof(told) - len, "%s; ",
					json_get_text(o, "state", ""));
	}
	ck_assert_str_eq(told, want);
	json_decref(table);
}

static bool noted(const char *words)
{
	json_t *table = reportcase_json(c, "D"), *o;
	bool found = false;
	size_t i;

	json_array_foreach(json_object_get(table, "notes"), i, o)
		found = found || strstr(json_string_value(o), words) != NULL;
	json_decref(table);
	return found;
}

/* Four videos: one before the target's days, two in them, one behind; one is used again, one is an
 * infographic, and one is dated behind the day of the report. */
START_TEST(products_of_a_kind_by_their_days)
{
	target(REPORT_PRODUCTS, 7, on(2, 1), on(6, 30))->kind = "video";
	target(REPORT_PRODUCTS, 2, on(2, 1), on(12, 31))->kind = "video";
	target(REPORT_PRODUCTS, 3, on(2, 1), on(6, 30))->kind = "video";
	product("video", "2026-01-31", false);
	product("video", "2026-02-01", false);
	product("video", "2026-06-30", false);
	product("video", "2026-07-01", false);
	product("video", "2026-05-01", true);
	product("infographic", "2026-05-01", false);
	product("video", "2026-12-05", false);
	rows_are("2 2 1 28.6 -1 153 trễ hạn, chưa đạt; 2 2 1 66.7 -1 153 đủ số, nhưng sau hạn; "
		 "3 3 0 150 31 -1 đạt; ");
}
END_TEST

/* The money of products and of points of one programme; a part of a sum stays empty. */
START_TEST(money_and_what_cannot_be_told_apart)
{
	target(REPORT_MONEY, 10000000, on(1, 1), on(12, 31))->programme = "P1";
	target(REPORT_MONEY, 4000000, on(1, 1), on(12, 31))->part = true;
	product("video", "2026-03-01", false);
	row("points", "DHT", json_pack("{s:s, s:s, s:s, s:[s], s:i, s:i}", "name", "Điểm 1",
				       "place", "Xã A", "since", "2026-04-01", "programmes", "P1",
				       "amount_province", 2000000, "amount_district", 500000));
	row("points", "DHT", json_pack("{s:s, s:s, s:s, s:[s], s:i}", "name", "Điểm 2", "place",
				       "Xã B", "since", "2026-04-01", "programmes", "P2",
				       "amount_total", 900000));
	rows_are("4000000 4000000 0 40 31 -1 đang làm; -1 -1 -1 -1 31 -1 không tách được; ");
	ck_assert(noted("không tách được phần riêng"));
}
END_TEST

static void station(const char *place, bool in_scope, const char *since)
{
	row("stations", "DT", json_pack("{s:s, s:s, s:b, s:s}", "name", "Đài", "place", place,
					"in_scope", in_scope, "since", since));
}

/* Two places of 70, one of them with two stations; visits and trainings by their rows; points that
 * are planned are none. */
START_TEST(registers_and_coverage)
{
	target(REPORT_PLACES, 70, on(1, 1), on(12, 31))->grade = REPORT_SCOPE;
	target(REPORT_TRAININGS, 3, on(7, 4), on(7, 6));
	target(REPORT_VISITS, 1, on(11, 1), on(11, 30));
	target(REPORT_POINTS, 3, (struct date){1, 1, 1}, (struct date){9999, 12, 31})->high = 4;
	station("Xã A", true, "2020-01-01");
	station("xã a", true, "2026-02-01");
	station("Xã B", true, "2026-02-01");
	station("Xã C", false, "2026-02-01");
	station("Xã D", true, "2026-12-01");
	row("activities", "HD", json_pack("{s:s, s:s, s:s, s:s}", "title", "Lớp", "kind",
					  "training", "from", "2026-07-04", "to", "2026-07-06"));
	row("activities", "HD", json_pack("{s:s, s:s, s:s}", "title", "Họp", "kind", "meeting",
					  "from", "2026-07-04"));
	row("inspections", "KT", json_pack("{s:s, s:s, s:s}", "place", "Xã A", "month", "2026-11",
					   "state", "done"));
	row("inspections", "KT", json_pack("{s:s, s:s, s:s}", "place", "Xã B", "month", "2026-11",
					   "state", "planned"));
	row("points", "DHT", json_pack("{s:s, s:s, s:s, s:s}", "name", "Một", "place", "Xã A",
				       "since", "2019-04-01", "state", "working"));
	row("points", "DHT", json_pack("{s:s, s:s, s:s, s:s}", "name", "Hai", "place", "Xã A",
				       "since", "2026-04-01", "state", "planned"));
	rows_are("1 1 0 33.3 -1 147 trễ hạn, chưa đạt; 1 1 0 100 0 -1 đạt; "
		 "2 2 -1 2.9 31 -1 phủ 2/70; 0 1 -1 33.3 -1 -1 đang làm; ");
	ck_assert(noted("không ghi chương trình"));
}
END_TEST

/* Airings and minutes are those that table B has; opened they are the rows of table A. */
START_TEST(airings_and_minutes_are_of_the_log)
{
	char want[200];
	int aired = 0;
	int64_t frames = 0;

	reportcase_fill(c, 7);
	for (int i = 0; i < c->count; i++) {
		const struct reportcase_airing *a = &c->airings[i];
		bool bears = false;
		for (int k = 0; k < a->programme_count; k++)
			bears = bears || strcmp(a->programmes[k], "P2") == 0;
		if (!bears || a->class != REPORT_AIRED || a->day >= 30)
			continue;
		aired += !a->rest;
		frames += a->frames;
	}
	ck_assert_int_gt(aired, 20);
	target(REPORT_AIRINGS, aired, on(1, 1), on(12, 31))->programme = "P2";
	target(REPORT_MINUTES, 0, on(1, 1), on(12, 31))->programme = "P2";
	targets[0].grade = REPORT_TOLD;
	snprintf(want, sizeof(want),
		 "%d %d 0 100 -1 -1 sổ có đúng số đã báo cáo; %d %d 0 -1 31 -1 đạt; ", aired,
		 aired, (int)(frames / 48000 / 60), (int)(frames / 48000 / 60));
	rows_are(want);
}
END_TEST

START_TEST(a_target_of_other_days_is_no_row)
{
	target(REPORT_PRODUCTS, 7, (struct date){2023, 1, 1}, (struct date){2023, 12, 31});
	rows_are("");
	ck_assert(noted("không có chỉ tiêu nào"));
}
END_TEST

/* Neither a zone nor a sender tells a target's share: the figures stay, and a note says so. */
START_TEST(narrowed_by_place_or_sender_it_says_that_it_is_not)
{
	target(REPORT_PRODUCTS, 7, on(2, 1), on(6, 30));
	product("video", "2026-02-01", false);
	ck_assert(!noted("không lọc theo cụm loa"));
	c->report.filter.place = "chinh";
	ck_assert(noted("không lọc theo cụm loa"));
	c->report.filter.place = NULL;
	c->report.filter.producer = "user:7";
	ck_assert(noted("không lọc theo cụm loa"));
	rows_are("1 1 0 14.3 -1 153 trễ hạn, chưa đạt; ");
}
END_TEST

/* What began before the period needs rows of before it; registers are whole anyway. */
START_TEST(the_view_is_asked_from_the_beginning_on)
{
	ck_assert_int_eq(date_compare(report_first(&c->report, "D"), on(1, 1)), 0);
	target(REPORT_POINTS, 7, (struct date){1, 1, 1}, on(12, 31));
	ck_assert_int_eq(date_compare(report_first(&c->report, "D"), on(1, 1)), 0);
	target(REPORT_AIRINGS, 7, (struct date){2025, 7, 1}, on(12, 31));
	ck_assert_int_eq(report_first(&c->report, "D").year, 2025);
	ck_assert_int_eq(report_first(&c->report, "A").year, 2026);
}
END_TEST

Suite *suite_plan_done(void);
Suite *suite_plan_done(void)
{
	Suite *s = suite_create("plan_done");
	TCase *t = tcase_create("plan_done");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, products_of_a_kind_by_their_days);
	tcase_add_test(t, money_and_what_cannot_be_told_apart);
	tcase_add_test(t, registers_and_coverage);
	tcase_add_test(t, airings_and_minutes_are_of_the_log);
	tcase_add_test(t, a_target_of_other_days_is_no_row);
	tcase_add_test(t, narrowed_by_place_or_sender_it_says_that_it_is_not);
	tcase_add_test(t, the_view_is_asked_from_the_beginning_on);
	suite_add_tcase(s, t);
	return s;
}
