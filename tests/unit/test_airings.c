/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of table A; its sums against a second count: test_totals. */
#include "base/json.h"
#include "proof/alarm.h"
#include "proof/reason.h"
#include "support/reportcase.h"

#include <check.h>
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

static void is(const json_t *row, const char *key, const char *want)
{
	ck_assert_msg(strcmp(json_get_text(row, key, "(null)"), want) == 0, "%s: %s, not %s", key,
		      json_get_text(row, key, "(null)"), want);
}

static struct wall at_half_past_five(void)
{
	return tz_wall(&c->sample.tz, (struct date){2026, 11, 30}, 19800);
}

static void air(struct airing_facts *f)
{
	char id[ID_BYTES];

	entry_id('A', log_sample_add(&c->sample, entry_airing_intended(f, &c->sample.tz)), id);
	f->airing = id;
	log_sample_add(&c->sample, entry_airing_ended(f, &c->sample.tz));
}

static const char *named(void *arg, const char *id)
{
	(void)arg;
	return strcmp(id, "user:2") == 0 ? "Lê Thị Hoa" : id;
}

/* The log has no names: a report that shows them says whose they are. */
START_TEST(names_are_said_to_be_the_stations)
{
	struct airing_facts f = log_sample_airing(NULL, at_half_past_five());

	f.who = "user:3";
	air(&f);
	c->report.person = named;
	json_t *table = reportcase_json(c, "A");
	ck_assert_uint_eq(json_array_size(json_object_get(table, "notes")), 0);
	json_decref(table);
	f.who = "user:2";
	air(&f);
	table = reportcase_json(c, "A");
	const json_t *notes = json_object_get(table, "notes");
	ck_assert_uint_eq(json_array_size(notes), 1);
	const char *note = json_string_value(json_array_get(notes, 0));
	ck_assert_ptr_nonnull(strstr(note, "Tên người (1 chỗ)"));
	ck_assert_ptr_nonnull(strstr(note, "không bảo chứng tên"));
	is(json_array_get(json_object_get(table, "rows"), 1), "operator", "Lê Thị Hoa");
	json_decref(table);
}
END_TEST

START_TEST(a_row_tells_all_of_its_airing)
{
	struct bulletin b = log_sample_bulletin("=Nước sạch");
	char id[ID_BYTES];

	entry_id('B', log_sample_add(&c->sample, entry_bulletin_received(&b, NULL, json_array(),
									 "user:3")), id);
	log_sample_add(&c->sample, entry_bulletin_endorsed(id, b.sha256, NULL, "user:5"));
	log_sample_add(&c->sample, entry_bulletin_approved(id, b.sha256, "12/QĐ", NULL, "user:7"));
	struct airing_facts f = log_sample_airing(id, at_half_past_five());
	f.who = "user:2";
	f.programmes[1] = "P1";
	f.programme_count = 2;
	air(&f);
	json_t *table = reportcase_json(c, "A");
	const json_t *row = json_array_get(json_object_get(table, "rows"), 0);
	static const char *const want[][2] = {
		{"day", "2026-11-30"}, {"planned", "05:30:00"}, {"start", "05:30:00"},
		{"end", "05:31:30"}, {"title", "=Nước sạch"}, {"bulletin", "B0"},
		{"kind", "ban-tin"}, {"level", "ưu tiên"}, {"language", "vi"},
		{"programmes", "1719.10.1.2,P1"}, {"fund", "(null)"},
		{"zones", "trung-tam,thon-2"}, {"producer", "user:3"},
		{"approver", "user:5, user:7"}, {"document", "12/QĐ"}, {"operator", "user:2"},
		{"result", "phát đủ"}, {"reason", "(null)"}, {"proof", "A"}, {"airing", "A3"}};
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		is(row, want[i][0], want[i][1]);
	is(row, "sha256", b.sha256);
	ck_assert_int_eq(json_get_integer(row, "entry", -1), 4);
	ck_assert_int_eq(json_get_integer(row, "number", -1), 1);
	ck_assert_double_eq(json_get_number(row, "length_s", -1), 90);
	json_decref(table);
	char *csv = reportcase_text(c, "A", "csv");
	ck_assert_ptr_nonnull(strstr(csv, "\"'=Nước sạch\""));
	free(csv);
}
END_TEST

START_TEST(what_did_not_air_has_its_reason_and_no_minutes)
{
	struct airing_facts f = log_sample_airing(NULL, at_half_past_five());

	f.reason = reason_code(REASON_POWER_OFF);
	log_sample_add(&c->sample, entry_airing_missed(&f, &c->sample.tz));
	/* The first moment of December is no November any more. */
	f = log_sample_airing(NULL, tz_wall(&c->sample.tz, (struct date){2026, 12, 1}, 0));
	f.reason = reason_code(REASON_LATE);
	log_sample_add(&c->sample, entry_airing_missed(&f, &c->sample.tz));
	json_t *table = reportcase_json(c, "A");
	ck_assert_uint_eq(json_array_size(json_object_get(table, "rows")), 1);
	const json_t *row = json_array_get(json_object_get(table, "rows"), 0);
	is(row, "result", "không phát");
	is(row, "reason", "mất điện hoặc máy tắt");
	is(row, "start", "(null)");
	is(row, "airing", "M0");
	ck_assert_double_eq(json_get_number(row, "length_s", -1), 0);
	json_decref(table);
}
END_TEST

START_TEST(emergency_voice_and_rest)
{
	struct alarm_facts alarm = {.by = "Chủ tịch xã", .reason = "lũ", .who = "user:2",
				    .zones = json_array(), .cut = json_array(),
				    .over = json_array()};
	struct airing_facts f = log_sample_airing(NULL, at_half_past_five());
	char id[ID_BYTES];

	entry_id('K', log_sample_add(&c->sample, entry_emergency_raised(&alarm, &c->sample.tz)),
		 id);
	f.emergency = id;
	air(&f);
	f = log_sample_airing(NULL, wall_add_ns(at_half_past_five(), NS_PER_S));
	f.live = "microphone";
	f.by = "user:4";
	f.resumes = "A1";
	f.from_frames = 10;
	air(&f);
	json_t *table = reportcase_json(c, "A");
	const json_t *rows = json_object_get(table, "rows");
	is(json_array_get(rows, 0), "kind", "khan-cap");
	is(json_array_get(rows, 0), "approver", "Chủ tịch xã");
	is(json_array_get(rows, 1), "kind", "truc-tiep");
	is(json_array_get(rows, 1), "approver", "user:4");
	is(json_array_get(rows, 1), "title", "Nói trực tiếp (phần còn lại)");
	json_decref(table);
}
END_TEST

START_TEST(corrected_times_are_told)
{
	struct airing_facts f = log_sample_airing(NULL, (struct wall){0});

	f.reason = reason_code(REASON_LATE);
	int64_t n = log_sample_add(&c->sample, entry_airing_missed(&f, &c->sample.tz));
	log_sample_add(&c->sample, entry_clock_corrected(n, n, at_half_past_five().ns / NS_PER_MS,
							 "boot", 1));
	json_t *table = reportcase_json(c, "A");
	is(json_array_get(json_object_get(table, "rows"), 0), "day", "2026-11-30");
	is(json_array_get(json_object_get(table, "rows"), 0), "planned", "05:30:00");
	ck_assert_ptr_nonnull(strstr(json_string_value(json_array_get(
					     json_object_get(table, "notes"), 0)),
				     "1 lần phát có giờ đã sửa"));
	json_decref(table);
}
END_TEST

START_TEST(a_period_with_nothing_says_so)
{
	char *html = reportcase_text(c, "A", "html");

	ck_assert_ptr_nonnull(strstr(html, "Trong kỳ không có lần phát nào"));
	ck_assert_ptr_nonnull(strstr(html, "Đài &lt;thử&gt;"));
	free(html);
}
END_TEST

/* As wide as these are; a figure is a letter, and a point half of one. */
static const struct {
	const char *column, *text;
} widest[] = {{"number", "21.600"}, {"bulletin", "B876600"}, {"entry", "8.766.000"}};

static void look_at_widths(struct table_writer *w)
{
	for (int i = 0; i < w->head->column_count; i++)
		for (size_t k = 0; k < sizeof(widest) / sizeof(widest[0]); k++) {
			const char *text = widest[k].text;
			int halves = 0;

			for (int at = 0; text[at] != '\0'; at++)
				halves += text[at] == '.' ? 1 : 2;
			if (strcmp(w->head->columns[i].key, widest[k].column) == 0)
				ck_assert_int_ge(2 * w->head->columns[i].width, halves);
		}
}

static void no_row(struct table_writer *w, const struct table_cell *row)
{
	(void)w;
	(void)row;
}

static void no_note(struct table_writer *w, const char *text)
{
	(void)w;
	(void)text;
}

static void nothing(struct table_writer *w)
{
	(void)w;
}

/* Of a year, in a log of twenty: broken in two they are hard to read, and each is laid out anew. */
START_TEST(numbers_have_room_on_paper)
{
	static const struct table_format looking = {look_at_widths, no_row, no_row, no_note,
						    nothing, nothing};
	struct table_writer w = {.format = &looking};
	struct err e = {0};

	ck_assert_msg(report_write(&c->report, "A", &w, &e), "%s", e.text);
	table_finish(&w);
}
END_TEST

Suite *suite_airings(void);
Suite *suite_airings(void)
{
	Suite *s = suite_create("airings");
	TCase *t = tcase_create("airings");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_row_tells_all_of_its_airing);
	tcase_add_test(t, names_are_said_to_be_the_stations);
	tcase_add_test(t, numbers_have_room_on_paper);
	tcase_add_test(t, what_did_not_air_has_its_reason_and_no_minutes);
	tcase_add_test(t, emergency_voice_and_rest);
	tcase_add_test(t, corrected_times_are_told);
	tcase_add_test(t, a_period_with_nothing_says_so);
	suite_add_tcase(s, t);
	return s;
}
