/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
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

static json_t *about(const char *what, const char *id, const char *field, const char *text)
{
	return json_pack("{s:s, s:s, s:s}", "do", what, "bulletin", id, field, text);
}

static void state_becomes(json_t *request, const char *state)
{
	json_t *answer = deskcase_ask(&c, request);

	ck_assert_str_eq(json_get_text(json_object_get(answer, "bulletin"), "state", ""), state);
	json_decref(answer);
}

START_TEST(a_decision_is_made_once)
{
	const char *id = deskcase_add(&c, "Tin một");

	deskcase_refused(&c, about("bulletin.refuse", id, "reason", ""), "usage", "reason");
	state_becomes(about("bulletin.approve", id, "document", "12/QĐ"), "approved");
	deskcase_refused(&c, about("bulletin.approve", id, "document", ""), "conflict", "Tin một");
	deskcase_refused(&c, about("bulletin.refuse", id, "reason", "x"), "conflict", id);
	state_becomes(about("bulletin.withdraw", id, "reason", "sai số liệu"), "withdrawn");
	deskcase_refused(&c, about("bulletin.withdraw", id, "reason", "x"), "conflict", id);
	id = deskcase_add(&c, "Tin hai");
	state_becomes(about("bulletin.refuse", id, "reason", "chưa rõ"), "refused");
	deskcase_refused(&c, about("bulletin.withdraw", id, "reason", "x"), "conflict", id);
}
END_TEST

START_TEST(one_bulletin_is_told)
{
	const char *id = deskcase_add(&c, "Tin một");
	json_t *answer = deskcase_ask(&c, json_pack("{s:s, s:s}", "do", "bulletin", "bulletin",
						    id));
	const json_t *told = json_object_get(answer, "bulletin");

	ck_assert_str_eq(json_get_text(told, "id", ""), id);
	ck_assert_str_eq(json_get_text(told, "title", ""), "Tin một");
	json_decref(answer);
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "bulletin", "bulletin", "B99"),
			 "not_found", "B99");
}
END_TEST

START_TEST(nobody_knows_that_bulletin)
{
	deskcase_refused(&c, about("bulletin.approve", "B99", "document", ""), "not_found", "B99");
	deskcase_refused(&c, json_pack("{s:s}", "do", "bulletin.approve"), "usage", "bulletin");
}
END_TEST


/* Ids of the bulletins that a list request gives, "B3 B1 "; count: its own figure. */
static const char *ids(json_t *request, int count)
{
	static char text[200];
	json_t *answer = deskcase_ask(&c, request), *b;
	size_t i, used = 0;

	text[0] = '\0';
	json_array_foreach(json_object_get(answer, "bulletins"), i, b)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s ",
					 json_get_text(b, "title", ""));
	ck_assert_int_eq((int)json_get_integer(answer, "count", -1), count);
	json_decref(answer);
	return text;
}

static json_t *list(const char *field, const char *text)
{
	return json_pack("{s:s, s:s}", "do", "bulletins", field, text);
}

START_TEST(a_list_can_be_searched_and_taken_piece_by_piece)
{
	char second[ID_BYTES];

	deskcase_add(&c, "Tiêm phòng");
	snprintf(second, sizeof(second), "%s", deskcase_add(&c, "Đường liên xã"));
	json_decref(deskcase_ask(&c, about("bulletin.refuse", second, "reason", "x")));
	deskcase_add(&c, "Phòng cháy");
	ck_assert_str_eq(ids(list("find", "phong"), 2), "Phòng cháy Tiêm phòng ");
	ck_assert_str_eq(ids(list("find", "PHÒNG tiem"), 1), "Tiêm phòng ");
	ck_assert_str_eq(ids(list("find", "dUong  "), 1), "Đường liên xã ");
	ck_assert_str_eq(ids(list("find", second), 1), "Đường liên xã ");
	ck_assert_str_eq(ids(list("state", "refused"), 1), "Đường liên xã ");
	ck_assert_str_eq(ids(list("state", "waiting"), 2), "Phòng cháy Tiêm phòng ");
	ck_assert_str_eq(ids(list("limit", "2"), 3), "Phòng cháy Đường liên xã ");
	ck_assert_str_eq(ids(list("before", second), 3), "Tiêm phòng ");
	deskcase_refused(&c, list("state", "lost"), "usage", "lost");
	deskcase_refused(&c, list("limit", "0"), "usage", "limit");
	deskcase_refused(&c, list("limit", "2x"), "usage", "limit");
	deskcase_refused(&c, list("before", "A1"), "usage", "before");
}
END_TEST

static void ck_texts(const json_t *b, const char *key, const char *want)
{
	ck_assert_str_eq(json_get_text(b, key, ""), want);
}

START_TEST(a_new_version_takes_the_place_when_it_is_approved)
{
	char old[ID_BYTES], next[ID_BYTES];
	const struct bulletin *b;

	snprintf(old, sizeof(old), "%s", deskcase_add(&c, "Tin một"));
	state_becomes(about("bulletin.approve", old, "document", ""), "approved");
	c.replaces = old;
	snprintf(next, sizeof(next), "%s", deskcase_add(&c, "Tin một, bản hai"));
	ck_assert_int_eq(world_bulletin(&c.desk.world, old)->state, BULLETIN_APPROVED);
	state_becomes(about("bulletin.approve", next, "document", ""), "approved");
	b = world_bulletin(&c.desk.world, old);
	ck_assert_int_eq(b->state, BULLETIN_REPLACED);
	ck_assert_str_eq(b->replaced_by, next);
	deskcase_refused(&c, about("bulletin.withdraw", old, "reason", "x"), "conflict", next);
	deskcase_refused(&c, about("bulletin.edit", old, "title", "x"), "conflict", next);
	json_t *again = json_pack("{s:s, s:s, s:s, s:s}", "do", "bulletin.add", "path",
				  deskcase_sound(&c, "tin.wav", 2), "title", "x", "replaces", old);
	deskcase_refused(&c, again, "conflict", next);
	again = json_pack("{s:s, s:s, s:s, s:s}", "do", "bulletin.add", "path",
			  deskcase_sound(&c, "tin.wav", 2), "title", "x", "replaces", "B99");
	deskcase_refused(&c, again, "not_found", "B99");
}
END_TEST

/* Two were sent in the place of one: the second that is approved ends the first. */
START_TEST(of_two_new_versions_the_last_approved_airs)
{
	char old[ID_BYTES], one[ID_BYTES], two[ID_BYTES];

	snprintf(old, sizeof(old), "%s", deskcase_add(&c, "Tin"));
	c.replaces = old;
	snprintf(one, sizeof(one), "%s", deskcase_add(&c, "Bản hai"));
	snprintf(two, sizeof(two), "%s", deskcase_add(&c, "Bản ba"));
	state_becomes(about("bulletin.approve", one, "document", ""), "approved");
	ck_assert_int_eq(world_bulletin(&c.desk.world, old)->state, BULLETIN_REPLACED);
	state_becomes(about("bulletin.approve", two, "document", ""), "approved");
	ck_assert_int_eq(world_bulletin(&c.desk.world, one)->state, BULLETIN_REPLACED);
	ck_assert_str_eq(world_bulletin(&c.desk.world, one)->replaced_by, two);
}
END_TEST

START_TEST(what_is_decided_is_told_with_who_and_why)
{
	const char *id = deskcase_add(&c, "Tin một");
	json_t *answer = deskcase_ask(&c, about("bulletin.refuse", id, "reason", "sai tên xã"));
	const json_t *b = json_object_get(answer, "bulletin"), *d = json_object_get(b, "decided");

	ck_texts(d, "by", "uid:7");
	ck_texts(d, "why", "sai tên xã");
	ck_texts(d, "at", "2026-11-23T05:00:00.000+07:00");
	ck_texts(b, "sender", "uid:7");
	ck_assert(json_is_null(json_object_get(b, "sender_name")));
	json_decref(answer);
}
END_TEST

Suite *suite_commands_bulletins(void);
Suite *suite_commands_bulletins(void)
{
	Suite *s = suite_create("commands_bulletins");
	TCase *t = tcase_create("commands_bulletins");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_decision_is_made_once);
	tcase_add_test(t, one_bulletin_is_told);
	tcase_add_test(t, nobody_knows_that_bulletin);
	tcase_add_test(t, a_list_can_be_searched_and_taken_piece_by_piece);
	tcase_add_test(t, a_new_version_takes_the_place_when_it_is_approved);
	tcase_add_test(t, of_two_new_versions_the_last_approved_airs);
	tcase_add_test(t, what_is_decided_is_told_with_who_and_why);
	suite_add_tcase(s, t);
	return s;
}
