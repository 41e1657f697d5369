/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/buf.h"
#include "support/plan_case.h"

#include <check.h>
#include <string.h>

static struct plan_case *c;

static void setup(void)
{
	c = case_create("");
}

static void finish(void)
{
	case_destroy(c);
}

static bool parse(const char *text)
{
	return schedule_parse(&c->schedule, &c->settings, "hang-ngay.yaml", text, strlen(text),
			      &c->faults);
}

#define SLOT(name) "  - {name: " name ", start: \"06:00\", length: 5m, play: {bulletins: {}}}\n"

START_TEST(reads_the_example)
{
	ck_assert(parse("timetable: Lịch hằng ngày\n"
			"valid: {from: 2026-01-01}            # to: open\n"
			"slots:\n"
			"  - name: Tiếp âm VOV1\n"
			"    start: \"05:00\"                    # HH:MM[:SS]\n"
			"    length: 30m\n"
			"    days: mon-sat\n"
			"    except: [2026-09-02]\n"
			"    play: {relay: vov1}\n"
			"    fallback: {bulletins: {}}\n"
			"  - name: Bản tin sáng\n"
			"    start: \"05:30\"\n"
			"    length: 20m\n"
			"    play: {bulletins: {programme: [\"1719.10.1.2\"], language: [vi, "
			"stieng]}}\n"
			"    order: level, language, oldest    # within the slot\n"
			"    overrun: fade                     # fade | finish | cut\n"
			"    late: {join_within: 10m}\n"
			"    volume_db: -6\n"
			"    zones: [trung-tam, thon-2]\n"
			"    repeat: {every: 30m, until: \"07:00\"}\n"
			"    confirm: {by: \"…\", reason: \"…\"}\n"));
	ck_assert_int_eq(c->schedule.slot_count, 2);
	ck_assert_str_eq(c->schedule.tables[0].name, "Lịch hằng ngày");
	ck_assert_int_eq(c->schedule.slots[1].valid_from.year, 2026);
	ck_assert_int_eq(c->schedule.slots[1].order_count, 3);
}
END_TEST

START_TEST(narrows_validity)
{
	ck_assert(parse("timetable: a\nvalid: {from: 2026-01-01, to: 2026-12-31}\nslots:\n"
			"  - {name: a, start: \"06:00\", length: 5m, play: {bulletins: {}}, valid: "
			"{to: 2026-06-30}}\n"));
	const struct slot *s = c->schedule.slots;
	ck_assert_int_eq(s->valid_from.month, 1);
	ck_assert_int_eq(s->valid_to.month, 6);
	ck_assert(!parse("timetable: b\nvalid: {from: 2026-01-01, to: 2026-12-31}\nslots:\n"
			 "  - {name: a, start: \"06:00\", length: 5m, play: {bulletins: {}}, "
			 "valid: {to: 2027-06-30}}\n"));
	ck_assert_ptr_nonnull(case_fault(&c->faults, 4, "vượt ra ngoài"));
}
END_TEST

START_TEST(a_faulty_table_adds_nothing)
{
	ck_assert(parse("timetable: a\nslots:\n" SLOT("a")));
	ck_assert(!parse("timetable: b\nslots:\n" SLOT("b") "  - {name: c}\n"));
	ck_assert_int_eq(c->schedule.table_count, 1);
	ck_assert_int_eq(c->schedule.slot_count, 1);
	ck_assert_str_eq(c->schedule.slots[0].name, "a");
}
END_TEST

START_TEST(can_be_switched_off)
{
	ck_assert(parse("timetable: a\nenabled: false\nslots:\n" SLOT("a")));
	ck_assert_int_eq(c->schedule.slot_count, 0);
	ck_assert_int_eq(c->schedule.table_count, 1);
	ck_assert(!c->schedule.tables[0].enabled);
	ck_assert(parse("timetable: b\nslots:\n" SLOT("b")
			"  - {name: c, enabled: no, start: \"06:00\", length: 5m, play: "
			"{bulletins: {}}}\n" SLOT("d")));
	ck_assert_int_eq(c->schedule.slot_count, 2);
	ck_assert_str_eq(c->schedule.slots[1].name, "d");
	ck_assert(!parse("timetable: e\nenabled: false\nslots:\n  - {name: f}\n"));
}
END_TEST

START_TEST(names_are_unique)
{
	ck_assert(!parse("timetable: a\nslots:\n" SLOT("a") SLOT("b") SLOT("a")));
	ck_assert_int_eq(c->faults.count, 1);
	ck_assert_ptr_nonnull(case_fault(&c->faults, 5, "đã dùng ở dòng 3"));
}
END_TEST

START_TEST(refuses_ten_thousand_slots_in_one_sentence)
{
	struct buf b = {0};

	buf_text(&b, "timetable: a\nslots:\n");
	for (int i = 0; i < 10000; i++)
		buf_print(&b, "  - {name: s%d, start: \"06:00\", length: 5m, play: {bulletins: "
			      "{}}}\n", i);
	ck_assert(!parse(buf_str(&b)));
	ck_assert_int_eq(c->faults.count, 1);
	ck_assert_ptr_nonnull(case_fault(&c->faults, 3, "quá nhiều khung giờ: 10000"));
	buf_finish(&b);
}
END_TEST

#define EACH_SECOND(name, more) \
	"  - {name: " name ", start: \"06:00\", length: 1s, repeat: {every: 1s, until: " \
	"\"19:59:59\"}, play: {bulletins: {}}" more "}\n"

START_TEST(refuses_more_starts_a_day_than_can_be_planned)
{
	ck_assert(parse("timetable: A\nslots:\n" EACH_SECOND("a", "") EACH_SECOND("b", ", enabled: "
									       "false")));
	ck_assert_int_eq((int)c->schedule.day_starts, 14 * 3600);
	ck_assert(!parse("timetable: B\nslots:\n" EACH_SECOND("c", "") EACH_SECOND("d", "")));
	ck_assert_int_eq(c->faults.count, 1);
	ck_assert_ptr_nonnull(case_fault(&c->faults, 3, "100000"));
	ck_assert_int_eq((int)c->schedule.day_starts, 14 * 3600);
}
END_TEST

START_TEST(counts_slots_over_all_files)
{
	struct buf b = {0};

	buf_text(&b, "timetable: a\nslots:\n");
	for (int i = 0; i < SLOTS_MAX - 1; i++)
		buf_print(&b, "  - {name: s%d, start: \"06:00\", length: 5m, play: {bulletins: "
			      "{}}}\n", i);
	ck_assert(parse(buf_str(&b)));
	ck_assert(!parse("timetable: b\nslots:\n" SLOT("a") SLOT("b")));
	ck_assert(parse("timetable: b\nslots:\n" SLOT("a")));
	ck_assert_int_eq(c->schedule.slot_count, SLOTS_MAX);
	buf_finish(&b);
}
END_TEST

static const struct {
	const char *text, *part;
} bad[] = {
	{"", "tệp trống"},
	{"slots: []\n", "thiếu tên lịch"},
	{"timetable: a\n", "thiếu \"slots\""},
	{"timetable: a\nslots: {a: b}\n", "cần một danh sách"},
	{"timetable: a\nslots: []\ninclude: b.yaml\n", "không có khóa \"include\""},
	{"timetable: a\nslot: []\n", "ý bạn là \"slots\"?"},
	{"timetable: a\nslots: []\nvalid: 2026\n", "khóa: giá trị"},
	{"timetable: a\nslots: &s\n  - *s\n", "vòng lặp"},
	{"- a\n", "khóa: giá trị"},
};

START_TEST(refuses)
{
	ck_assert(!parse(bad[_i].text));
	ck_assert_msg(case_fault(&c->faults, 0, bad[_i].part) != NULL, "%s",
		      fault_text(&c->faults.list[0]));
	ck_assert_int_eq(c->schedule.table_count, 0);
}
END_TEST

START_TEST(an_empty_list_is_a_timetable)
{
	ck_assert(parse("timetable: a\nslots: []\n"));
	ck_assert(parse("timetable: b\nslots:\n"));
	ck_assert_int_eq(c->schedule.table_count, 2);
}
END_TEST

START_TEST(refuses_too_many_files)
{
	for (int i = 0; i < TIMETABLES_MAX; i++)
		ck_assert(parse("timetable: a\nslots: []\n"));
	ck_assert(!parse("timetable: a\nslots: []\n"));
	ck_assert_ptr_nonnull(case_fault(&c->faults, 0, "quá nhiều tệp lịch"));
}
END_TEST

Suite *suite_timetable(void);
Suite *suite_timetable(void)
{
	Suite *s = suite_create("timetable");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_add_test(t, reads_the_example);
	tcase_add_test(t, narrows_validity);
	tcase_add_test(t, a_faulty_table_adds_nothing);
	tcase_add_test(t, can_be_switched_off);
	tcase_add_test(t, names_are_unique);
	tcase_add_test(t, refuses_ten_thousand_slots_in_one_sentence);
	tcase_add_test(t, refuses_more_starts_a_day_than_can_be_planned);
	tcase_add_test(t, counts_slots_over_all_files);
	tcase_add_loop_test(t, refuses, 0, sizeof(bad) / sizeof(bad[0]));
	tcase_add_test(t, an_empty_list_is_a_timetable);
	tcase_add_test(t, refuses_too_many_files);
	suite_add_tcase(s, t);
	return s;
}
