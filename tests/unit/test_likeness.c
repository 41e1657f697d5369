/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/likeness.h"

#include "base/json.h"
#include "base/moment.h"
#include "support/deskcase.h"
#include "support/spoken.h"

#include <check.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct deskcase c;
static const char *const as_is[] = {"-f", "wav", NULL};

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

/* Adds the speech as sent; what was found, as "code code ", and the last text. */
static const char *found(const char *title, const char *speech, const char *const args[],
			 const char *replaces, char *text, size_t size)
{
	static char codes[200];
	char path[128];
	const json_t *one;
	size_t i;

	snprintf(path, sizeof(path), "%s/sent", c.dir);
	spoken_save(speech, path, args);
	json_t *answer = deskcase_ask(
		&c, json_pack("{s:s, s:s, s:s, s:s, s:s}", "do", "bulletin.add", "path", path,
			      "title", title, "fund", "xa", "replaces", replaces));
	const json_t *findings = json_object_get(json_object_get(answer, "bulletin"), "findings");
	ck_assert_msg(json_is_true(json_object_get(answer, "ok")), "%s", title);
	codes[0] = text[0] = '\0';
	json_array_foreach(findings, i, one) {
		size_t len = strlen(codes);
		if (strncmp(json_get_text(one, "code", ""), "s", 1) != 0)
			continue; /* what is said of its sound */
		snprintf(codes + len, sizeof(codes) - len, "%s ", json_get_text(one, "code", ""));
		snprintf(text, size, "%s", json_get_text(json_object_get(one, "texts"), "vi", ""));
	}
	json_decref(answer);
	return codes;
}

static int prints(bool remove_them)
{
	char pattern[128];
	glob_t g = {0};

	snprintf(pattern, sizeof(pattern), "%s/masters/*.print", c.dir);
	int count = glob(pattern, 0, NULL, &g) == 0 ? (int)g.gl_pathc : 0;
	for (int i = 0; remove_them && i < count; i++)
		ck_assert_int_eq(unlink(g.gl_pathv[i]), 0);
	globfree(&g);
	return count;
}

START_TEST(a_bulletin_that_was_sent_on_is_told_with_its_fund)
{
	char text[700];

	ck_assert_str_eq(found("Sâu bệnh", SPOKEN_FIELD, as_is, "", text, sizeof(text)), "");
	ck_assert_str_eq(found("Cắt điện", SPOKEN_POWER, as_is, "", text, sizeof(text)), "");
	ck_assert_int_eq(prints(false), 2);
	ck_assert_str_eq(found("Tên khác", SPOKEN_FIELD, spoken_sent_on, "", text, sizeof(text)),
			 "sounds-same ");
	ck_assert_msg(strstr(text, "nghe giống") != NULL && strstr(text, "Sâu bệnh") != NULL &&
			      strstr(text, "kinh phí xa") != NULL &&
			      strstr(text, "23/11/2026") != NULL && strstr(text, " %") != NULL,
		      "%s", text);
}
END_TEST

START_TEST(a_missing_fingerprint_is_made_from_the_master)
{
	char text[700];

	found("Sâu bệnh", SPOKEN_FIELD, as_is, "", text, sizeof(text));
	found("Cắt điện", SPOKEN_POWER, as_is, "", text, sizeof(text));
	ck_assert_int_eq(prints(true), 2);
	ck_assert_str_eq(found("Tên khác", SPOKEN_FIELD, spoken_sent_on, "", text, sizeof(text)),
			 "sounds-same ");
	ck_assert_int_eq(prints(false), 3);
}
END_TEST

/* A second version at another level is what it replaces. */
START_TEST(what_it_replaces_is_not_told)
{
	char text[700];
	const json_t *b;

	found("Sâu bệnh", SPOKEN_FIELD, as_is, "", text, sizeof(text));
	json_t *list = deskcase_ask(&c, json_pack("{s:s}", "do", "bulletins"));
	b = json_array_get(json_object_get(list, "bulletins"), 0);
	ck_assert_str_eq(found("Sâu bệnh 2", SPOKEN_FIELD, spoken_sent_on,
			       json_get_text(b, "id", ""), text, sizeof(text)), "");
	json_decref(list);
}
END_TEST

START_TEST(only_bulletins_of_like_length_are_looked_at)
{
	struct likeness like;
	_Atomic bool cancel = false;
	char text[700];

	found("Sâu bệnh", SPOKEN_FIELD, as_is, "", text, sizeof(text));
	json_t *list = deskcase_ask(&c, json_pack("{s:s}", "do", "bulletins"));
	const json_t *b = json_array_get(json_object_get(list, "bulletins"), 0);
	prints(true);
	likeness_look(c.dir, json_get_text(b, "sha256", ""), 60 * FRAMES_PER_S, "", &cancel, &like);
	ck_assert_str_eq(like.bulletin, "");
	likeness_look(c.dir, "0000", 10 * FRAMES_PER_S, "", &cancel, &like); /* has no master */
	ck_assert_str_eq(like.bulletin, "");
	ck_assert_int_eq(prints(false), 0);
	json_decref(list);
}
END_TEST

Suite *suite_likeness(void);
Suite *suite_likeness(void)
{
	Suite *s = suite_create("likeness");
	TCase *t = tcase_create("likeness");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, a_bulletin_that_was_sent_on_is_told_with_its_fund);
	tcase_add_test(t, a_missing_fingerprint_is_made_from_the_master);
	tcase_add_test(t, what_it_replaces_is_not_told);
	tcase_add_test(t, only_bulletins_of_like_length_are_looked_at);
	suite_add_tcase(s, t);
	return s;
}
