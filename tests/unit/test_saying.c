/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/saying.h"

#include "base/json.h"

#include <check.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>

static char words[200];

static void ck_words(json_t *said, bool english, const char *expected)
{
	saying_words(said, english, words, sizeof(words));
	ck_assert_str_eq(words, expected);
	json_decref(said);
}

START_TEST(a_code_and_its_figures_become_words_of_either_language)
{
	json_t *said = saying(SAYING_SINK_SIGNAL);

	json_object_set_new(said, "number", json_integer(11));
	ck_words(json_incref(said), false, "tiến trình phát bị dừng bởi tín hiệu 11");
	ck_words(said, true, "the sound process was ended by signal 11");
}
END_TEST

START_TEST(numbers_and_lengths_are_written_as_people_do)
{
	json_t *said = saying(SAYING_CUT_SHORT);

	json_object_set_new(said, "said_s", json_real(3725));
	json_object_set_new(said, "came_s", json_real(59.5));
	saying_words(said, false, words, sizeof(words));
	ck_assert_ptr_nonnull(strstr(words, "dài 1:02:05 nhưng chỉ đọc được 59,5 giây"));
	json_object_set_new(said, "came_s", json_integer(185));
	saying_words(said, true, words, sizeof(words));
	ck_assert_ptr_nonnull(strstr(words, "only 3:05 could"));
	json_decref(said);
	said = saying(SAYING_OFFSET);
	json_object_set_new(said, "percent", json_real(2.5));
	saying_words(said, false, words, sizeof(words));
	ck_assert_ptr_nonnull(strstr(words, "2,5 %"));
	json_decref(said);
}
END_TEST

START_TEST(days_and_moments_are_written_as_people_do)
{
	static const char *const figures[][2] = {
		{"2026-11-22", "22/11/2026"},
		{"2026-11-22T05:30:59.123+07:00", "05:30 22/11/2026"},
		{"2026-11-22T05:30", "05:30 22/11/2026"},
		{"2026-02-30", "2026-02-30"}, /* no day */
		{"2026-11-22T05", "2026-11-22T05"},
		{"2026-11-22T25:00:00", "2026-11-22T25:00:00"},
		{"2026-11-22 họp", "2026-11-22 họp"}, /* somebody's own words */
		{"2026-11-22/2026-11-23", "22/11/2026 – 23/11/2026"},
		{"2026-11-22T16:19:00+07:00/2026-11-22T16:20:00+07:00",
		 "16:19 22/11/2026 – 16:20 22/11/2026"},
		{"B4/2026-11-23", "B4, 23/11/2026"},
		{"12/QĐ", "12/QĐ"},
		{"", ""},
	};

	for (size_t i = 0; i < sizeof(figures) / sizeof(figures[0]); i++) {
		json_t *said = saying(SAYING_LAST_ALIVE);
		char expected[100];
		json_object_set_new(said, "at", json_string(figures[i][0]));
		snprintf(expected, sizeof(expected), "last sign of life at %s", figures[i][1]);
		ck_words(said, true, expected);
	}
}
END_TEST

START_TEST(lists_and_sayings_within_a_saying)
{
	json_t *cut = saying(SAYING_CUT), *silent = saying(SAYING_DEVICE_SILENT);

	json_object_set_new(cut, "zones", json_pack("[s, s]", "mot", "hai"));
	ck_words(cut, true, "an operator cut: mot, hai");
	json_object_set_new(silent, "device", json_string("hw:1"));
	json_object_set_new(silent, "fault", saying(SAYING_STALLED));
	saying_words(silent, true, words, sizeof(words));
	ck_assert_ptr_nonnull(strstr(words, "hw:1"));
	ck_assert_ptr_nonnull(strstr(words, "takes no more sound"));
	json_decref(silent);
}
END_TEST

START_TEST(what_was_stored_is_read_again)
{
	char stored[100];

	saying_store(stored, sizeof(stored), SAYING_SINK_STATUS, "number", json_integer(3));
	ck_assert_str_eq(stored, "{\"code\":\"sink-status\",\"number\":3}");
	ck_words(saying_read(stored), true, "the sound process ended with status 3");
	saying_store(stored, sizeof(stored), SAYING_NO_DEVICE, NULL, NULL);
	saying_tell(stored, words, sizeof(words));
	ck_assert_str_eq(words, "không đưa ra thiết bị nào");
	/* What does not fit as JSON is kept in words. */
	json_t *long_one = saying(SAYING_NO_PORTAUDIO);
	json_object_set_new(long_one, "why", json_string("vì sao"));
	char small[30];
	saying_keep(small, sizeof(small), json_incref(long_one));
	ck_assert_ptr_null(strchr(small, '{'));
	ck_assert_int_eq(strncmp(small, "PortAudio", 9), 0);
	saying_keep(stored, sizeof(stored), long_one);
	ck_words(saying_read(stored), false, "PortAudio không khởi động được: vì sao");
}
END_TEST

START_TEST(a_figure_that_is_not_there_leaves_no_gap)
{
	json_t *said = json_pack("{s:s, s:s, s:s, s:s}", "code", "hold.set", "from", "2026-11-01",
				 "to", "2026-11-02", "reason", "thanh tra");

	ck_words(json_incref(said), true,
		 "recordings from 01/11/2026 to 02/11/2026 are to be kept: thanh tra");
	ck_words(json_incref(said), false,
		 "lệnh giữ bản ghi âm từ 01/11/2026 đến 02/11/2026: thanh tra");
	json_t *lost = json_pack("{s:s, s:s, s:{s:s}}", "code", "relay.lost", "relay", "vov1",
				 "detail", "code", "relay-silent");
	saying_words(lost, true, words, sizeof(words)); /* of an older program */
	ck_assert_ptr_null(strstr(words, "fallback"));
	json_object_set_new(lost, "instead", saying(SAYING_RELAY_NO_FALLBACK));
	saying_words(lost, true, words, sizeof(words));
	ck_assert_ptr_nonnull(strstr(words, ") – nothing stands in for it but the bed"));
	json_decref(lost);
	json_t *back = json_pack("{s:s, s:s, s:i}", "code", "relay.back", "relay", "vov1",
				 "lost_s", 12);
	saying_words(back, true, words, sizeof(words)); /* of an older program */
	ck_assert_ptr_null(strstr(words, "fallback"));
	json_object_set_new(back, "moment", saying(SAYING_RELAY_IN_PAUSE));
	saying_words(back, true, words, sizeof(words));
	ck_assert_ptr_nonnull(strstr(words, " – in a pause of its fallback"));
	json_decref(back);
	json_object_set_new(said, "zone", json_string("xa"));
	ck_words(said, false, "lệnh giữ bản ghi âm từ 01/11/2026 đến 02/11/2026 xa: thanh tra");
}
END_TEST

/* Logs of an older program hold sentences, those of a newer one codes that are not known here. */
START_TEST(what_is_no_saying_of_ours_stays_readable)
{
	ck_words(saying_read("last sign of life at 5"), false, "last sign of life at 5");
	ck_words(saying_read("{no JSON"), false, "{no JSON");
	ck_words(saying_read("{\"a\":1}"), false, "{\"a\":1}");
	ck_words(saying_read("{\"code\":\"from-the-future\",\"x\":1}"), true, "from-the-future");
	ck_words(NULL, true, "");
	ck_assert_ptr_null(saying_read(""));
	ck_words(saying(SAYING_SINK_STATUS), true, "the sound process ended with status ");
}
END_TEST

START_TEST(words_that_do_not_fit_are_cut_at_a_character)
{
	json_t *said = json_string("đĩa đầy");

	saying_words(said, false, words, 3);
	ck_assert_str_eq(words, "đ");
	json_decref(said);
}
END_TEST

START_TEST(every_saying_has_its_own_code_and_two_languages)
{
	for (int i = 0; i < SAYING_COUNT; i++) {
		json_t *one = saying((enum saying)i), *texts = saying_texts(one);
		ck_assert_str_ne(json_get_text(texts, "vi", ""), "");
		ck_assert_str_ne(json_get_text(texts, "en", ""), "");
		ck_assert_str_ne(json_get_text(texts, "vi", ""), json_get_text(texts, "en", ""));
		json_decref(texts);
		for (int k = 0; k < i; k++) {
			json_t *other = saying((enum saying)k);
			ck_assert_int_eq(json_equal(one, other), 0);
			json_decref(other);
		}
		json_decref(one);
	}
}
END_TEST

/* Whatever the log may hold, but airings, which are rows of a table: a kind without words would be
 * shown to people as JSON. */
static int kinds_of(const char *file)
{
	FILE *f = fopen(file, "re");
	char line[300], kind[100], *at;
	int count = 0;

	ck_assert_msg(f != NULL, "%s", file);
	while (fgets(line, sizeof(line), f) != NULL) {
		if (strncmp(line, "#define KIND_", 13) != 0 || (at = strchr(line, '"')) == NULL)
			continue;
		snprintf(kind, sizeof(kind), "%.*s", (int)strcspn(at + 1, "\""), at + 1);
		if (strncmp(kind, "airing.", 7) == 0)
			continue;
		for (int english = 0; english < 2; english++) {
			json_t *said = json_pack("{s:s}", "code", kind);
			saying_words(said, english, words, sizeof(words));
			ck_assert_msg(strcmp(words, kind) != 0, "%s: no words", kind);
			json_decref(said);
		}
		count++;
	}
	fclose(f);
	return count;
}

START_TEST(each_kind_of_entry_has_words)
{
	glob_t headers;
	int count = 0;

	ck_assert_int_eq(glob("src/*/*.h", 0, NULL, &headers), 0);
	for (size_t i = 0; i < headers.gl_pathc; i++)
		count += kinds_of(headers.gl_pathv[i]);
	ck_assert_int_ge(count, 40);
	globfree(&headers);
}
END_TEST

Suite *suite_saying(void)
{
	Suite *s = suite_create("saying");
	TCase *t = tcase_create("saying");

	tcase_add_test(t, a_code_and_its_figures_become_words_of_either_language);
	tcase_add_test(t, numbers_and_lengths_are_written_as_people_do);
	tcase_add_test(t, days_and_moments_are_written_as_people_do);
	tcase_add_test(t, lists_and_sayings_within_a_saying);
	tcase_add_test(t, what_was_stored_is_read_again);
	tcase_add_test(t, what_is_no_saying_of_ours_stays_readable);
	tcase_add_test(t, words_that_do_not_fit_are_cut_at_a_character);
	tcase_add_test(t, every_saying_has_its_own_code_and_two_languages);
	tcase_add_test(t, a_figure_that_is_not_there_leaves_no_gap);
	tcase_add_test(t, each_kind_of_entry_has_words);
	suite_add_tcase(s, t);
	return s;
}
