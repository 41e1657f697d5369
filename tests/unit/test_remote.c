/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands without a station: on the desk alone, or not at all. */
#include "cli/remote.h"

#include "base/json.h"
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

static bool call(const char *what, json_t **reply, struct err *e)
{
	*e = (struct err){0};
	return remote_call(c.dir, json_pack("{s:s}", "do", what), NULL, NULL, reply, e);
}

/* A station that is starting holds the folder: status must not wait for it, nor want it. */
START_TEST(sound_without_a_station)
{
	struct err e;
	json_t *reply;

	ck_assert(!call("status", &reply, &e));
	ck_assert_int_eq(e.kind, ERR_CONFLICT);
	ck_assert_ptr_nonnull(strstr(e.text, "vangxa run"));
}
END_TEST

START_TEST(a_folder_in_use_is_said_to_be)
{
	struct err e;
	json_t *reply;

	ck_assert(!call("bulletins", &reply, &e));
	ck_assert_int_eq(e.kind, ERR_CONFLICT);
	ck_assert_ptr_nonnull(strstr(e.text, c.dir));
}
END_TEST

START_TEST(the_desk_alone_answers_without_the_socket_s_fields)
{
	struct err e;
	json_t *reply;

	desk_close(&c.desk);
	ck_assert_msg(call("bulletins", &reply, &e), "%s", e.text);
	ck_assert(json_is_array(json_object_get(reply, "bulletins")));
	ck_assert_ptr_null(json_object_get(reply, "id"));
	ck_assert_ptr_null(json_object_get(reply, "ok"));
	json_decref(reply);
	ck_assert(!call("phat", &reply, &e));
	ck_assert_int_eq(e.kind, ERR_USAGE);
	ck_assert_msg(desk_open(&c.desk, c.dir, &c.clock.clock, &e), "%s", e.text);
}
END_TEST

Suite *suite_remote(void)
{
	Suite *s = suite_create("remote");
	TCase *t = tcase_create("remote");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, sound_without_a_station);
	tcase_add_test(t, a_folder_in_use_is_said_to_be);
	tcase_add_test(t, the_desk_alone_answers_without_the_socket_s_fields);
	suite_add_tcase(s, t);
	return s;
}
