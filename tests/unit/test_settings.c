/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/settings.h"
#include "support/plan_case.h"

#include <check.h>
#include <string.h>

static struct settings s;
static struct faults faults;

static bool parse(const char *text)
{
	return settings_parse(&s, "station.yaml", text, strlen(text), case_tz, &faults);
}

static void finish(void)
{
	faults_finish(&faults);
}

START_TEST(reads_the_example)
{
	ck_assert(parse("station: Đài truyền thanh xã Bù Gia Mập\n"
			"id: bp-bugiamap\n"
			"timezone: Asia/Ho_Chi_Minh\n"
			"zones:\n"
			"  - {name: trung-tam, device: default, channel: 1}\n"
			"  - {name: thon-2, device: \"USB Audio\", channel: 2, place: thon-2, "
			"microphone: \"USB Mic\"}\n"
			"quiet: {from: \"21:00\", to: \"05:00\"}\n"
			"relays:\n"
			"  vov1: {url: \"http://vov1/\", silence_s: 30}\n"
			"loudness: {target_lufs: -18, peak_dbtp: -2}\n"
			"ident: audio/nhac-hieu.flac\n"
			"ident_out: audio/het.flac\n"
			"bed: audio/nhac-nen.flac\n"
			"bed_db: -15\nduck_db: -9\ncrossfade_ms: 0\n"
			"stream: thon-2\nrecord: false\n"
			"approval: {persons: 2, document: true}\nkeep: {recordings_days: 365}\n"
			"place: xa-bu-gia-map\n"));
	ck_assert_int_eq(s.keep_days, 365);
	ck_assert_int_eq(s.approval_persons, 2);
	ck_assert_str_eq(s.place, "xa-bu-gia-map");
	ck_assert_str_eq(s.zones[0].place, "");
	ck_assert_str_eq(s.zones[1].place, "thon-2");
	ck_assert_str_eq(s.zones[0].microphone, "");
	ck_assert_str_eq(s.zones[1].microphone, "USB Mic");
	ck_assert(s.approval_document);
	ck_assert_str_eq(s.name, "Đài truyền thanh xã Bù Gia Mập");
	ck_assert_str_eq(s.id, "bp-bugiamap");
	ck_assert_int_eq(tz_offset_s(&s.tz, (struct wall){0}), 7 * 3600);
	ck_assert_int_eq(s.zone_count, 2);
	ck_assert_str_eq(s.zones[1].device, "USB Audio");
	ck_assert_int_eq(s.zones[1].channel, 2);
	ck_assert_int_eq(settings_zone(&s, "thon-2"), 1);
	ck_assert_int_eq(settings_zone(&s, "thon-3"), -1);
	ck_assert(s.has_quiet);
	ck_assert_int_eq(s.quiet_from_s, 21 * 3600);
	ck_assert_int_eq(settings_relay(&s, "vov1"), 0);
	ck_assert_int_eq(settings_relay(&s, "vov2"), -1);
	ck_assert_int_eq(s.relays[0].silence_s, 30);
	ck_assert_double_eq(s.target_lufs, -18);
	ck_assert_double_eq(s.peak_dbtp, -2);
	ck_assert_str_eq(s.ident, "audio/nhac-hieu.flac");
	ck_assert_int_eq(s.bed_line, 13);
	ck_assert_double_eq(s.bed_db, -15);
	ck_assert_double_eq(s.duck_db, -9);
	ck_assert_int_eq(s.crossfade_ms, 0);
	ck_assert_str_eq(s.stream_zone, "thon-2");
	ck_assert(!s.record);
}
END_TEST

START_TEST(has_defaults)
{
	ck_assert(parse("station: Đài\nid: d\n"));
	ck_assert_int_eq(s.zone_count, 1);
	ck_assert_str_eq(s.zones[0].name, "chinh");
	ck_assert_str_eq(s.stream_zone, "chinh");
	ck_assert_double_eq(s.target_lufs, -16);
	ck_assert_double_eq(s.peak_dbtp, -1);
	ck_assert_int_eq(s.crossfade_ms, 500);
	ck_assert(s.record && !s.has_quiet);
	ck_assert_int_eq(s.approval_persons, 1);
	ck_assert_int_eq(s.keep_days, 180);
	ck_assert(!s.approval_document);
	ck_assert_int_eq(tz_offset_s(&s.tz, (struct wall){0}), 7 * 3600);
}
END_TEST

START_TEST(lists_every_fault)
{
	ck_assert(!parse("station: Đài\n"
			 "id: BP 1\n"
			 "timezone: Asia/Saigonn\n"
			 "zones:\n"
			 "  - {name: a, chanel: 1}\n"
			 "  - {name: a, channel: 0}\n"
			 "  - {device: default}\n"
			 "quiet: {from: \"21:00\"}\n"
			 "relays: [vov1]\n"
			 "loudnes: {target_lufs: -16}\n"
			 "loudness: {target_lufs: 3}\n"
			 "crossfade_ms: 9999\n"
			 "stream: b\n"
			 "record: maybe\n"
			 "approval: {persons: 3}\n"));
	static const struct {
		int line;
		const char *part;
	} want[] = {
		{2, "chữ thường"}, {3, "Asia/Saigonn"}, {5, "\"channel\"?"}, {6, "từ 1 đến 64"},
		{6, "cùng tên"}, {7, "thiếu \"name\""}, {8, "cần cả hai"}, {9, "relays"},
		{10, "\"loudness\"?"}, {11, "từ -36 đến -8"}, {12, "9999"}, {13, "không có cụm "
										 "loa"},
		{14, "true hoặc false"}, {15, "từ 1 đến 2"},
	};
	int count = sizeof(want) / sizeof(want[0]);
	for (int i = 0; i < count; i++)
		ck_assert_msg(case_fault(&faults, want[i].line, want[i].part) != NULL, "%s",
			      want[i].part);
	ck_assert_int_eq(faults.count, count);
}
END_TEST

START_TEST(stays_usable_after_rubbish)
{
	ck_assert(!parse("[1, 2"));
	ck_assert_int_eq(s.zone_count, 1);
	ck_assert_str_eq(s.stream_zone, "chinh");
	ck_assert(!parse("- a\n- b\n"));
	ck_assert(!parse("zones: 5\n"));
	ck_assert_ptr_nonnull(case_fault(&faults, 1, "\"zones\""));
	ck_assert_ptr_nonnull(case_fault(&faults, 1, "thiếu tên đài"));
	ck_assert_ptr_nonnull(case_fault(&faults, 1, "thiếu mã đài"));
	ck_assert(!parse("station: a\nid: a\nzones: [{name: a},{name: b},{name: c},{name: "
			 "d},{name: e},"
			 "{name: f},{name: g},{name: h},{name: i}]\n"));
	ck_assert_ptr_nonnull(case_fault(&faults, 3, "nhiều nhất 8"));
}
END_TEST

Suite *suite_settings(void);
Suite *suite_settings(void)
{
	Suite *suite = suite_create("settings");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, NULL, finish);
	tcase_add_test(t, reads_the_example);
	tcase_add_test(t, has_defaults);
	tcase_add_test(t, lists_every_fault);
	tcase_add_test(t, stays_usable_after_rubbish);
	suite_add_tcase(suite, t);
	return suite;
}
