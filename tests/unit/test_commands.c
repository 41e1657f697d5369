/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/commands.h"

#include "base/json.h"
#include "base/text.h"
#include "support/deskcase.h"

#include <check.h>
#include <string.h>

static struct deskcase c;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

START_TEST(help_lists_every_command_with_its_fields)
{
	json_t *answer = deskcase_ask(&c, json_pack("{s:s, s:i}", "do", "help", "id", 5));
	const json_t *list = json_object_get(answer, "commands"), *one;
	bool play = false, add = false;
	size_t i;

	ck_assert_int_eq(json_get_integer(answer, "id", 0), 5);
	json_array_foreach(list, i, one) {
		play = play || strcmp(json_get_text(one, "do", ""), "play") == 0;
		add = add || (strcmp(json_get_text(one, "do", ""), "bulletin.add") == 0 &&
			      strstr(json_get_text(one, "fields", ""), "title") != NULL);
	}
	ck_assert(play && add);
	json_decref(answer);
}
END_TEST

START_TEST(what_is_no_command_is_refused)
{
	deskcase_refused(&c, json_pack("{s:s}", "do", "phat"), "usage", "phat");
	deskcase_refused(&c, json_object(), "usage", "\"do\"");
	deskcase_refused(&c, json_pack("{s:i}", "do", 3), "usage", "\"do\"");
}
END_TEST

START_TEST(an_error_is_in_the_language_that_was_asked_for)
{
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "phat", "lang", "en"), "usage",
			 "no command");
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "phat", "lang", "vi"), "usage",
			 "không có lệnh");
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "phat", "lang", "fr"), "usage",
			 "không có lệnh");
	deskcase_refused(&c, json_pack("{s:s, s:i}", "do", "phat", "lang", 7), "usage",
			 "không có lệnh");
	ck_assert_int_eq(text_speaks(), TEXT_OWN);
}
END_TEST

START_TEST(a_page_is_told_of_no_command_line)
{
	json_t *answer = deskcase_ask(&c, json_pack("{s:s, s:s, s:n}", "do", "bulletin", "bulletin",
						    "B9", "session"));
	const char *text = json_get_text(json_object_get(answer, "error"), "text", "");

	ck_assert_msg(strstr(text, "B9") != NULL && strstr(text, "vangxa") == NULL, "%s", text);
	json_decref(answer);
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "bulletin", "bulletin", "B9"),
			 "not_found", "vangxa bulletins");
}
END_TEST

START_TEST(commands_with_sound_need_a_station)
{
	const char *const names[] = {"status", "cut", "resume", "play", "watch", "clock.trust"};
	struct err e = {0};

	for (int i = 0; i < 6; i++) {
		deskcase_refused(&c, json_pack("{s:s}", "do", names[i]), "conflict", "vangxa run");
		ck_assert(!commands_alone(names[i], &e));
		ck_assert_int_eq(e.kind, ERR_CONFLICT);
	}
	ck_assert(commands_alone("bulletins", &e));
	ck_assert(commands_alone("phat", &e)); /* told apart by whoever runs it */
}
END_TEST

START_TEST(text_fields_are_checked)
{
	struct err e = {0};
	const char *text;
	json_t *args = json_pack("{s:s, s:i, s:s, s:n, s:s%, s:s}", "good", "Bản tin", "number", 4,
				 "bad", "a\x1b[2J", "none", "nul", "a\0b", (size_t)3, "blank",
				 " \u00a0\u200b");
	struct request rq = {.args = args};

	ck_assert(request_text(&rq, "good", true, &text, &e));
	ck_assert_str_eq(text, "Bản tin");
	ck_assert(request_text(&rq, "missing", false, &text, &e) && text[0] == '\0');
	ck_assert(request_text(&rq, "none", false, &text, &e) && text[0] == '\0');
	ck_assert(!request_text(&rq, "missing", true, &text, &e));
	ck_assert_ptr_nonnull(strstr(e.text, "missing"));
	ck_assert(!request_text(&rq, "blank", true, &text, &e));
	ck_assert(request_text(&rq, "blank", false, &text, &e) && text[0] == '\0');
	ck_assert(!request_text(&rq, "number", false, &text, &e));
	ck_assert(!request_text(&rq, "bad", false, &text, &e));
	ck_assert(!request_text(&rq, "nul", false, &text, &e));
	ck_assert_int_eq(e.kind, ERR_USAGE);
	json_decref(args);
}
END_TEST

Suite *suite_commands(void)
{
	Suite *s = suite_create("commands");
	TCase *t = tcase_create("commands");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_page_is_told_of_no_command_line);
	tcase_add_test(t, an_error_is_in_the_language_that_was_asked_for);
	tcase_add_test(t, help_lists_every_command_with_its_fields);
	tcase_add_test(t, what_is_no_command_is_refused);
	tcase_add_test(t, commands_with_sound_need_a_station);
	tcase_add_test(t, text_fields_are_checked);
	suite_add_tcase(s, t);
	return s;
}
