/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/filepast.h"

#include "base/json.h"
#include "proof/entry.h"
#include "support/deskcase.h"

#include <check.h>
#include <string.h>

#define FILE_HERE "schedules/thu.yaml"

static struct deskcase c;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static void changed(const char *who, const char *file, const char *sha256)
{
	deskcase_log(&c, json_pack("{s:s, s:s, s:[{s:s, s:s}]}", "kind", KIND_TIMETABLE, "who", who,
				   "files", "file", file, "sha256", sha256));
}

static json_t *told(void)
{
	struct request rq = {.desk = &c.desk};
	json_t *reply = json_object();
	struct err e = {0};

	ck_assert(filepast_tell(&rq, KIND_TIMETABLE, FILE_HERE, reply, &e));
	return reply;
}

static void is_version(const json_t *reply, size_t i, const char *sha256, const char *who)
{
	const json_t *v = json_array_get(json_object_get(reply, "versions"), i);

	ck_assert_str_eq(json_get_text(v, "sha256", "none"), sha256);
	ck_assert_str_eq(json_get_text(v, "who", ""), who);
	ck_assert(!json_get_bool(v, "kept", true));
}

/* An entry names all files: who changed another one did not make this version. */
START_TEST(a_version_is_of_who_brought_it_first)
{
	changed("uid:1", FILE_HERE, "aa");
	changed("uid:2", FILE_HERE, "bb");
	changed("uid:3", FILE_HERE, "bb");
	changed("uid:4", FILE_HERE, "aa");
	json_t *reply = told();
	ck_assert_uint_eq(json_array_size(json_object_get(reply, "versions")), 3);
	is_version(reply, 0, "aa", "uid:4");
	is_version(reply, 1, "bb", "uid:2");
	is_version(reply, 2, "aa", "uid:1");
	json_decref(reply);
}
END_TEST

START_TEST(a_file_that_was_away_began_anew)
{
	changed("uid:1", FILE_HERE, "aa");
	changed("uid:2", "schedules/khac.yaml", "bb");
	changed("uid:3", FILE_HERE, "aa");
	json_t *reply = told();
	ck_assert_uint_eq(json_array_size(json_object_get(reply, "versions")), 3);
	is_version(reply, 0, "aa", "uid:3");
	is_version(reply, 2, "aa", "uid:1");
	json_decref(reply);
}
END_TEST

START_TEST(people_are_named_and_no_more_told_than_the_limit)
{
	char sha256[16];

	deskcase_people(&c);
	for (int i = 0; i < FILE_VERSIONS_TOLD + 3; i++) {
		snprintf(sha256, sizeof(sha256), "%04x", i);
		changed("user:1", FILE_HERE, sha256);
	}
	json_t *reply = told();
	ck_assert_uint_eq(json_array_size(json_object_get(reply, "versions")), FILE_VERSIONS_TOLD);
	snprintf(sha256, sizeof(sha256), "%04x", FILE_VERSIONS_TOLD + 2);
	is_version(reply, 0, sha256, "user:1");
	ck_assert_ptr_nonnull(json_object_get(json_object_get(reply, "people"), "user:1"));
	json_decref(reply);
}
END_TEST

Suite *suite_filepast(void);
Suite *suite_filepast(void)
{
	Suite *s = suite_create("filepast");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_version_is_of_who_brought_it_first);
	tcase_add_test(t, a_file_that_was_away_began_anew);
	tcase_add_test(t, people_are_named_and_no_more_told_than_the_limit);
	suite_add_tcase(s, t);
	return s;
}
