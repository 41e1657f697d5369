/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>

static struct plan_case *c;

static void setup(void)
{
	c = case_create("");
}

static void finish(void)
{
	case_destroy(c);
}

START_TEST(reads_every_field)
{
	ck_assert(case_slots(c, "  - name: Bản tin sáng\n"
				"    start: \"05:30\"\n"
				"    length: 20m\n"
				"    days: t2-t7\n"
				"    except: [2026-09-02, 2026-01-01]\n"
				"    valid: {from: 2026-01-01, to: 2026-12-31}\n"
				"    play: {bulletins: {programme: [\"1719.10.1.2\"], language: "
				"[vi, stieng]}}\n"
				"    order: language, newest\n"
				"    overrun: cut\n"
				"    after_break: restart\n"
				"    late: {join_within: 10m}\n"
				"    volume_db: -6\n"
				"    zones: [thon-2]\n"
				"    repeat: {every: 30m, until: \"07:00\"}\n"
				"    confirm: {by: \"Nguyễn Văn A\", reason: \"lũ về\"}\n"
				"    ident: false\n    bed: true\n    demo: true\n"));
	const struct slot *s = &c->schedule.slots[0];
	ck_assert_str_eq(s->name, "Bản tin sáng");
	ck_assert_str_eq(s->file, "lich-1.yaml");
	ck_assert_int_eq(s->line, 3);
	ck_assert_int_eq(s->start_s, 19800);
	ck_assert_int_eq(s->length_s, 1200);
	ck_assert_int_eq(s->days, 0x3f);
	ck_assert_int_eq(s->except_count, 2);
	ck_assert_int_eq(s->except[0].month, 1); /* ascending */
	ck_assert(s->has_valid_to);
	ck_assert_int_eq(s->valid_to.day, 31);
	ck_assert_int_eq(s->play.kind, PLAY_BULLETINS);
	ck_assert_str_eq(s->play.programmes[0], "1719.10.1.2");
	ck_assert_int_eq(s->play.language_count, 2);
	ck_assert_str_eq(s->play.languages[1], "stieng");
	ck_assert_int_eq(s->order_count, 2);
	ck_assert_int_eq(s->order[1], ORDER_NEWEST);
	ck_assert_int_eq(s->overrun, OVERRUN_CUT);
	ck_assert_int_eq(s->after_break, AFTER_BREAK_RESTART);
	ck_assert_int_eq(s->join_within_s, 600);
	ck_assert_double_eq(s->volume_db, -6);
	ck_assert_uint_eq(s->zones, 2);
	ck_assert_int_eq(s->repeat_every_s, 1800);
	ck_assert_int_eq(s->repeat_until_s, 25200);
	ck_assert_str_eq(s->confirm_by, "Nguyễn Văn A");
	ck_assert(!s->ident && s->bed && s->demo);
}
END_TEST

START_TEST(has_defaults)
{
	ck_assert(case_slots(c, "  - {name: a, start: \"06:00\", length: 30m, play: {relay: vov1},"
				" fallback: {file: audio/a.flac}}\n"
				"  - {name: b, start: \"07:00\", length: 1h, play: {bulletins: "
				"{}}, dates: [2026-11-23]}\n"));
	const struct slot *s = c->schedule.slots;
	ck_assert_int_eq(s->days, 0x7f);
	ck_assert_uint_eq(s->zones, 3);
	ck_assert(s->ident && !s->bed && !s->demo && !s->has_valid_to);
	ck_assert_int_eq(s->play.kind, PLAY_RELAY);
	ck_assert(s->has_fallback);
	ck_assert_int_eq(s->fallback.kind, PLAY_FILE);
	ck_assert_int_eq(s->overrun, OVERRUN_FADE);
	ck_assert_int_eq(s->after_break, AFTER_BREAK_RESUME);
	ck_assert_int_eq(s->order_count, 0);
	ck_assert_int_eq(s[1].date_count, 1);
}
END_TEST

#define OK "name: a, start: \"06:00\", length: 30m, play: {bulletins: {}}"
static const struct {
	const char *slot, *part;
} bad[] = {
	{"{}", "thiếu \"name\""},
	{"{name: a, start: \"25:00\", length: 30m, play: {bulletins: {}}}", "25:00"},
	{"{name: a, start: \"06:60\", length: 30m, play: {bulletins: {}}}", "06:60"},
	{"{name: a, start: \"06:00\", length: 0, play: {bulletins: {}}}", "length"},
	{"{name: a, start: \"06:00\", length: 25h, play: {bulletins: {}}}", "length"},
	{"{name: a, start: \"06:00\", length: -5m, play: {bulletins: {}}}", "length"},
	{"{name: a, length: 5m, play: {bulletins: {}}}", "thiếu giờ bắt đầu"},
	{"{name: a, start: \"06:00\", play: {bulletins: {}}}", "thiếu độ dài"},
	{"{name: a, start: \"06:00\", length: 5m}", "thiếu \"play\""},
	{"{" OK ", lenght: 3}", "ý bạn là \"length\"?"},
	{"{" OK ", include: khac.yaml}", "không có khóa \"include\""},
	{"{" OK ", zones: [thon-9]}", "không có cụm loa \"thon-9\"; station.yaml có: trung-tam, "
				      "thon-2"},
	{"{" OK ", zones: []}", "không có cụm loa nào"},
	{"{" OK ", days: mon-abc}", "days: mon-abc"},
	{"{" OK ", days: []}", "không có ngày nào"},
	{"{" OK ", dates: []}", "không có ngày nào"},
	{"{" OK ", dates: [2026-02-30]}", "2026-02-30"},
	{"{" OK ", days: mon, dates: [2026-02-20]}", "chỉ dùng một"},
	{"{" OK ", rrule: \"FREQ=X\"}", "rrule"},
	{"{" OK ", rrule: \"FREQ=DAILY;COUNT=3\"}", "valid: {from"},
	{"{" OK ", lunar: [\"0/1\"]}", "ngày âm lịch"},
	{"{" OK ", lunar: [\"1/1\"], days: mon}", "một trong bốn"},
	{"{" OK ", holidays: never}", "holidays"},
	{"{" OK ", holidays: skip}", "chưa có seeds/ngay-le.yaml"},
	{"{" OK ", valid: {from: 2026-05-01, to: 2026-04-01}}", "sau ngày kết thúc"},
	{"{" OK ", repeat: {every: 10m, until: \"07:00\"}}", "chồng lên nhau"},
	{"{" OK ", repeat: {every: 30m}}", "cần cả hai"},
	{"{" OK ", repeat: {every: 30m, until: \"24:00\"}}", "24:00"},
	{"{" OK ", repeat: {every: 1h, until: \"22:00\"}}", "phát lúc 21:00"},
	{"{" OK ", order: loudest}", "order: loudest"},
	{"{" OK ", overrun: stop}", "overrun: stop"},
	{"{" OK ", after_break: later}", "resume, restart"},
	{"{name: a, start: \"06:00\", length: 30m, play: {relay: vov1}, after_break: restart}",
	 "không phát lại từ đầu được"},
	{"{" OK ", late: {join_within: soon}}", "join_within"},
	{"{" OK ", volume_db: 30}", "volume_db"},
	{"{" OK ", confirm: {by: a}}", "lý do"},
	{"{" OK ", ident: maybe}", "true hoặc false"},
	{"{" OK ", fallback: {relay: vov1}}", "không thể lại là tiếp âm"},
	{"{name: a, start: \"03:15\", length: 30m, play: {bulletins: {}}}", "phát lúc 03:15, chạm "
									    "giờ yên tĩnh "
									    "21:00–05:00"},
	{"{name: a, start: \"20:45\", length: 30m, play: {bulletins: {}}}", "phát lúc 20:45"},
	{"chữ", "khóa: giá trị"},
};

START_TEST(refuses)
{
	char text[512];

	snprintf(text, sizeof(text), "  - %s\n", bad[_i].slot);
	ck_assert(!case_slots(c, text));
	ck_assert_msg(case_fault(&c->faults, 3, bad[_i].part) != NULL, "%s: %s", bad[_i].part,
		      fault_text(&c->faults.list[0]));
	ck_assert_int_eq(c->schedule.slot_count, 0);
}
END_TEST

/* For a form, which has fields and no lines. */
START_TEST(a_fault_says_what_of_the_slot)
{
	static const struct {
		const char *slot, *field;
	} faulty[] = {
		{"{name: a, start: \"25:00\", length: 10m, play: {bulletins: {}}}", "start"},
		{"{name: a, length: 10m, play: {bulletins: {}}}", "start"},
		{"{name: a, start: \"05:30\", length: lâu, play: {bulletins: {}}}", "length"},
		{"{" OK ", days: []}", "days"},
		{"{" OK ", days: [mo]}", "days"},
		{"{" OK ", zones: []}", "zones"},
		{"{" OK ", volume_db: 99}", "volume_db"},
		{"{" OK ", repeat: {every: 1m, until: \"07:00\"}}", "repeat"},
		{"{" OK ", except: [2026-02-30]}", "except"},
		{"{name: a, start: \"05:30\", length: 10m, play: {relay: vov9}}", "play"},
		{"{name: a, start: \"22:30\", length: 10m, play: {bulletins: {}}}", "confirm"},
		{"{" OK ", confirm: {by: A}}", "confirm"},
		{"{" OK ", strat: 1}", ""},
	};
	char text[512];

	for (size_t i = 0; i < sizeof(faulty) / sizeof(faulty[0]); i++) {
		faults_finish(&c->faults);
		snprintf(text, sizeof(text), "  - %s\n", faulty[i].slot);
		ck_assert(!case_slots(c, text));
		ck_assert_str_eq(c->faults.list[0].slot, "a");
		ck_assert_str_eq(c->faults.list[0].field, faulty[i].field);
	}
	faults_finish(&c->faults);
	ck_assert(!case_slots(c, "  - {" OK "}\n  - {" OK "}\n"));
	ck_assert_str_eq(c->faults.list[0].field, "name"); /* used twice */
}
END_TEST

START_TEST(confirmed_slots_may_be_quiet)
{
	ck_assert(case_slots(c, "  - {name: a, start: \"03:15\", length: 30m, play: {bulletins: "
				"{}},"
				" confirm: {by: A, reason: lũ}}\n"));
}
END_TEST

/* One slip is one fault: nothing is told that only follows from it. */
START_TEST(no_fault_follows_from_another)
{
	static const char *const slots[] = {
		"{name: a, start: \"25:00\", length: 10m, play: {bulletins: {}}}",
		"{name: a, strat: \"03:00\", length: 10m, play: {bulletins: {}}}",
		"{name: a, start: \"06:00\", lenght: 10m, play: {bulletins: {}}}",
		"{name: a, start: \"06:00\", length: 10m, play: {bulletin: {}}}",
		"{name: a, start: \"03:00\", length: 10m, confirm: {by: A}, play: {bulletins: "
		"{}}}",
		"{name: a, start: \"06:00\", length: 10m, play: {bulletins: {}}, valid: {from: "
		"2026-02-30}, rrule: \"FREQ=DAILY;INTERVAL=2\"}",
		"{name: a, start: \"06:00\", length: soon, repeat: {every: 5m, until: "
		"\"07:00\"}, play: {bulletins: {}}}",
	};
	char text[512];

	for (size_t i = 0; i < sizeof(slots) / sizeof(slots[0]); i++) {
		faults_finish(&c->faults);
		snprintf(text, sizeof(text), "  - %s\n", slots[i]);
		ck_assert(!case_slots(c, text));
		ck_assert_msg(c->faults.count == 1, "%s: %s; %s", slots[i],
			      fault_text(&c->faults.list[0]),
			      c->faults.count > 1 ? fault_text(&c->faults.list[1]) : "");
	}
}
END_TEST

START_TEST(faulty_settings_are_not_blamed_on_the_timetable)
{
	c->settings.faulty = true;
	ck_assert(case_slots(c, "  - {name: a, start: \"06:00\", length: 5m, zones: [thon-9], "
				"play: {relay: vov9}}\n"));
	ck_assert_uint_ne(c->schedule.slots[0].zones, 0);
}
END_TEST

START_TEST(lists_every_fault_of_a_slot)
{
	ck_assert(!case_slots(c, "  - name: Sáng\n    start: \"03:00\"\n    length: 10m\n"
				 "    zones: [x]\n    volume_db: loud\n    play: {relay: vov9}\n"));
	ck_assert_int_eq(c->faults.count, 4);
	ck_assert_ptr_nonnull(case_fault(&c->faults, 6, "khung giờ \"Sáng\": không có cụm loa"));
	ck_assert_ptr_nonnull(case_fault(&c->faults, 7, "volume_db"));
	ck_assert_ptr_nonnull(case_fault(&c->faults, 8, "không có nguồn tiếp âm \"vov9\""));
	ck_assert_ptr_nonnull(case_fault(&c->faults, 3, "03:00"));
}
END_TEST

Suite *suite_slot_parse(void);
Suite *suite_slot_parse(void)
{
	Suite *s = suite_create("slot_parse");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_add_test(t, reads_every_field);
	tcase_add_test(t, has_defaults);
	tcase_add_loop_test(t, refuses, 0, sizeof(bad) / sizeof(bad[0]));
	tcase_add_test(t, a_fault_says_what_of_the_slot);
	tcase_add_test(t, confirmed_slots_may_be_quiet);
	tcase_add_test(t, no_fault_follows_from_another);
	tcase_add_test(t, faulty_settings_are_not_blamed_on_the_timetable);
	tcase_add_test(t, lists_every_fault_of_a_slot);
	suite_add_tcase(s, t);
	return s;
}
