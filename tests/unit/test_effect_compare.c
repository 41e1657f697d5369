/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a change of the timetable is said to do, sentence by sentence. */
#include "base/json.h"
#include "plan/effect.h"
#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct plan_case *c[2];
static struct effect_view view[2];
static json_t *told;

static void setup(void)
{
	for (int i = 0; i < 2; i++) {
		c[i] = case_create("");
		snprintf(case_bulletin(c[i], "B1", 120)->title, TITLE_BYTES, "Tiêm phòng");
	}
}

static void finish(void)
{
	for (int i = 0; i < 2; i++) {
		effect_finish(&view[i]);
		case_destroy(c[i]);
	}
	json_decref(told);
	told = NULL;
}

#define SLOT(name, start, length, more)                                                            \
	"  - {name: " name ", start: \"" start "\", length: " length ", ident: false, "           \
	"play: {bulletins: {}}" more "}\n"

/* What becomes of these slots; now: Monday, 2026-11-23. */
static void change(const char *from, const char *to, const char *now_text)
{
	struct err e = {0};
	struct wall now;

	ck_assert(wall_parse(now_text, &c[0]->settings.tz, &now));
	ck_assert(case_slots(c[0], from));
	ck_assert(case_slots(c[1], to));
	for (int i = 0; i < 2; i++)
		ck_assert(effect_look(&view[i], &c[i]->in, now, &e));
	told = effect_compare(&view[0], &view[1], &c[0]->settings.tz, now);
}

static int count(void)
{
	return (int)json_array_size(json_object_get(told, "changes"));
}

static const char *words(int i)
{
	const json_t *one = json_array_get(json_object_get(told, "changes"), (size_t)i);

	return json_get_text(json_object_get(one, "texts"), "vi", "");
}

static bool grave(int i)
{
	return json_get_bool(json_array_get(json_object_get(told, "changes"), (size_t)i), "grave",
			     false);
}

#define NIGHT "2026-11-23T00:30:00"
#define ALL "23/11, 24/11, 25/11, 26/11, 27/11, 28/11, 29/11"

START_TEST(nothing_changes)
{
	change(SLOT("a", "06:00", "10m", ""), SLOT("a", "06:00", "10m", ", order: oldest"), NIGHT);
	ck_assert_int_eq(count(), 0);
	ck_assert(json_is_true(json_object_get(told, "same")));
}
END_TEST

START_TEST(moves_of_a_week_are_one_sentence)
{
	change(SLOT("a", "06:00", "10m", ""), SLOT("a", "06:15", "10m", ""), NIGHT);
	ck_assert_int_eq(count(), 1);
	ck_assert_str_eq(words(0), "“a”: chuyển từ 06:00 sang 06:15 (" ALL ")");
	const json_t *one = json_array_get(json_object_get(told, "changes"), 0);
	ck_assert_int_eq(json_get_integer(one, "count", 0), 7);
	ck_assert_str_eq(json_string_value(json_array_get(json_object_get(one, "starts"), 0)),
			 "2026-11-23T06:15:00.000+07:00");
}
END_TEST

START_TEST(what_appears_goes_and_is_never_heard_again)
{
	change(SLOT("a", "06:00", "10m", ", days: mon"),
	       "  - {name: b, start: \"07:00\", length: 20m, days: tue, play: {bulletins: "
	       "{language: [khmer]}}}\n",
	       NIGHT);
	ck_assert_int_eq(count(), 4);
	ck_assert_str_eq(words(0), "“Tiêm phòng” sẽ không phát lần nào trong 7 ngày tới");
	ck_assert_str_eq(words(1), "“b” lúc 07:00 sẽ không phát: không có bản tin đã duyệt nào "
				   "phù hợp (24/11)");
	ck_assert(grave(0) && grave(1) && !grave(2));
	ck_assert_str_eq(words(2), "“a”: không còn lúc 06:00 (23/11)");
	ck_assert_str_eq(words(3), "“b”: thêm lúc 07:00, dài 20:00 (24/11)");
}
END_TEST

START_TEST(a_new_slot_takes_the_air)
{
	change(SLOT("a", "06:00", "10m", ", days: mon"),
	       SLOT("a", "06:00", "10m", ", days: mon") SLOT("b", "06:01", "5m", ", days: mon"),
	       NIGHT);
	ck_assert_int_eq(count(), 2);
	ck_assert_str_eq(words(0), "“a” lúc 06:00 chỉ còn 1:00 vì “b” bắt đầu (23/11)");
	ck_assert(grave(0) && !grave(1));
}
END_TEST

START_TEST(who_comes_second_at_one_time_is_silent)
{
	change(SLOT("b", "06:00", "5m", ", days: mon"),
	       SLOT("a", "06:00", "10m", ", days: mon") SLOT("b", "06:00", "5m", ", days: mon"),
	       NIGHT);
	ck_assert_str_eq(words(0), "“b” lúc 06:00 sẽ không phát vì “a” chiếm loa (23/11)");
}
END_TEST

START_TEST(skipping_and_pausing_say_so)
{
	change(SLOT("a", "06:00", "10m", ", days: [mon, tue]"),
	       SLOT("a", "06:00", "10m", ", days: [mon, tue], except: [{on: 2026-11-24, by: x}]"),
	       NIGHT);
	ck_assert_int_eq(count(), 1);
	ck_assert_str_eq(words(0), "“a” lúc 06:00 sẽ không phát: được cho nghỉ riêng lần này "
				   "(24/11)");
}
END_TEST

START_TEST(a_day_off_is_no_airing)
{
	static const char off[] = ", days: [mon, tue], except: [{on: 2026-11-24, by: x}]";
	char was[512], is[512];

	snprintf(was, sizeof(was), SLOT("a", "06:00", "10m", "%s"), off);
	snprintf(is, sizeof(is), SLOT("a", "06:15", "15m", "%s"), off);
	change(was, is, NIGHT);
	ck_assert_int_eq(count(), 2);
	ck_assert_str_eq(words(0), "“a”: chuyển từ 06:00 sang 06:15 (23/11)");
	ck_assert_str_eq(words(1), "“a” lúc 06:15: dài 15:00, trước là 10:00 (23/11)");
	finish();
	setup();
	change("", was, NIGHT); /* appears with a day off */
	ck_assert_str_eq(words(0), "“a”: thêm lúc 06:00, dài 10:00 (23/11)");
	ck_assert_int_eq(count(), 1);
	finish();
	setup();
	change(was, SLOT("b", "08:00", "10m", ", days: mon"), NIGHT);
	ck_assert_str_eq(words(0), "“a”: không còn lúc 06:00 (23/11)");
	finish();
	setup();
	change(was, SLOT("a", "06:15", "10m", ", days: [mon, tue]"), NIGHT); /* and back again */
	ck_assert_int_eq(count(), 2);
	ck_assert_str_eq(words(0), "“a”: chuyển từ 06:00 sang 06:15 (23/11)");
	ck_assert_str_eq(words(1), "“a” lúc 06:15 sẽ phát, trước đó thì không (24/11)");
}
END_TEST

START_TEST(figures_of_a_slot)
{
	change(SLOT("a", "06:00", "10m", ", days: mon"),
	       SLOT("a", "06:00", "20m", ", days: mon, volume_db: -6, zones: [thon-2]"), NIGHT);
	ck_assert_int_eq(count(), 3);
	ck_assert_str_eq(words(0), "“a” lúc 06:00: dài 20:00, trước là 10:00 (23/11)");
	ck_assert_str_eq(words(1), "“a” lúc 06:00: phát ra thon-2, trước là trung-tam, thon-2 "
				   "(23/11)");
	ck_assert_str_eq(words(2), "“a” lúc 06:00: âm lượng -6 dB, trước là 0 dB (23/11)");
}
END_TEST

START_TEST(a_bulletin_loses_its_place)
{
	for (int i = 0; i < 2; i++)
		snprintf(case_bulletin(c[i], "B2", 300)->title, TITLE_BYTES, "Dài");
	change(SLOT("a", "06:00", "10m", ", days: mon") SLOT("b", "07:00", "10m", ", days: mon"),
	       SLOT("a", "06:00", "3m", ", days: mon") SLOT("b", "07:00", "10m", ", days: mon"),
	       NIGHT);
	ck_assert_int_eq(count(), 2);
	ck_assert_str_eq(words(0), "“a” lúc 06:00 không còn “Dài” (23/11)");
	ck_assert(grave(0));
}
END_TEST

START_TEST(within_quiet_hours_somebody_is_named)
{
	change(SLOT("a", "06:00", "10m", ", days: tue"),
	       SLOT("a", "03:15", "10m", ", days: tue, confirm: {by: Chủ tịch, reason: lũ}"),
	       NIGHT);
	ck_assert_int_eq(count(), 2);
	ck_assert_str_eq(words(0), "“a” lúc 03:15 phát trong giờ yên tĩnh, người cho phép: Chủ "
				   "tịch (24/11)");
	ck_assert(grave(0));
}
END_TEST

START_TEST(what_is_on_air_goes_on_until_another_needs_the_loudspeakers)
{
	change(SLOT("a", "06:00", "10m", ", days: mon"), SLOT("b", "07:00", "10m", ", days: mon"),
	       "2026-11-23T06:01:00");
	ck_assert_str_eq(words(0), "“a” đang phát thì vẫn phát cho hết");
	finish();
	setup();
	change(SLOT("a", "06:00", "10m", ", days: mon"), SLOT("b", "06:02", "10m", ", days: mon"),
	       "2026-11-23T06:01:00");
	ck_assert_str_eq(words(0), "“a” đang phát sẽ bị ngắt lúc 06:02 vì “b” bắt đầu");
	ck_assert(grave(0));
}
END_TEST

/* It would be said to come on a day on which its start is past. */
START_TEST(a_start_that_has_passed_is_joined_or_too_late)
{
	change("", SLOT("b", "06:00", "10m", ", days: mon, late: {join_within: 5m}"),
	       "2026-11-23T06:02:00");
	ck_assert_str_eq(words(0), "“b” lúc 06:00: giờ bắt đầu đã qua; lưu xong là phát ngay");
	ck_assert(!grave(0));
	finish();
	setup();
	change("", SLOT("b", "06:00", "10m", ", days: mon, late: {join_within: 1m}"),
	       "2026-11-23T06:02:00");
	ck_assert_str_eq(words(0), "“b” lúc 06:00: giờ bắt đầu đã qua; phần lẽ ra đã phát thì lần "
				   "này bỏ");
	ck_assert(grave(0));
}
END_TEST

/* It goes on for minutes by the timetable, and has nothing to play any more. */
START_TEST(what_has_played_all_is_not_on_air)
{
	change(SLOT("a", "06:00", "30m", ", days: mon"), SLOT("b", "07:00", "10m", ", days: mon"),
	       "2026-11-23T06:25:00");
	ck_assert_ptr_null(strstr(words(0), "đang phát"));
}
END_TEST

START_TEST(repeats_are_gathered)
{
	change(SLOT("a", "06:00", "5m", ", days: mon, repeat: {every: 10m, until: \"09:00\"}"),
	       SLOT("b", "10:00", "5m", ", days: mon"), NIGHT);
	ck_assert_int_eq(count(), 2);
	ck_assert_str_eq(words(0), "“a”: không còn lúc 06:00, 06:10, 06:20, 06:30, 06:40, 06:50, "
				   "… (23/11)");
	const json_t *one = json_array_get(json_object_get(told, "changes"), 0);
	ck_assert_int_eq(json_get_integer(one, "count", 0), 19);
	ck_assert_int_eq((int)json_array_size(json_object_get(one, "starts")), 19);
}
END_TEST

Suite *suite_effect_compare(void)
{
	Suite *s = suite_create("effect_compare");
	TCase *t = tcase_create("effect_compare");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_add_test(t, nothing_changes);
	tcase_add_test(t, moves_of_a_week_are_one_sentence);
	tcase_add_test(t, what_appears_goes_and_is_never_heard_again);
	tcase_add_test(t, a_new_slot_takes_the_air);
	tcase_add_test(t, who_comes_second_at_one_time_is_silent);
	tcase_add_test(t, skipping_and_pausing_say_so);
	tcase_add_test(t, a_day_off_is_no_airing);
	tcase_add_test(t, figures_of_a_slot);
	tcase_add_test(t, a_bulletin_loses_its_place);
	tcase_add_test(t, within_quiet_hours_somebody_is_named);
	tcase_add_test(t, what_is_on_air_goes_on_until_another_needs_the_loudspeakers);
	tcase_add_test(t, a_start_that_has_passed_is_joined_or_too_late);
	tcase_add_test(t, what_has_played_all_is_not_on_air);
	tcase_add_test(t, repeats_are_gathered);
	suite_add_tcase(s, t);
	return s;
}
