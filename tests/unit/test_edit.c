/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/edit.h"

#include "base/json.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct deskcase c;
static char id[ID_BYTES];

static void setup(void)
{
	deskcase_tin(&c, id);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static const struct bulletin *of(const char *which)
{
	return world_bulletin(&c.desk.world, which);
}

static void tell(const char *as, const char *what, const char *field, const char *text)
{
	c.as = as;
	json_t *answer = deskcase_told(&c, json_pack("{s:s, s:s, s:s, s:s}", "do", what, "bulletin",
						     id, field, text, "sha256", of(id)->sha256));
	json_decref(answer);
}

/* Changes one word; the id of the bulletin that then bears it. */
static const char *edited(const char *as, const char *field, json_t *value)
{
	static char which[ID_BYTES];

	c.as = as;
	json_t *answer = deskcase_told(&c, json_pack("{s:s, s:s, s:o}", "do", "bulletin.edit",
						     "bulletin", id, field, value));
	snprintf(which, sizeof(which), "%s",
		 json_get_text(json_object_get(answer, "bulletin"), "id", ""));
	json_decref(answer);
	return which;
}

START_TEST(what_waits_is_changed_in_place_and_the_log_says_how)
{
	struct err e = {0};
	json_t *entry;

	ck_assert_str_eq(edited("user:2", "title", json_string("Tin đúng")), id);
	ck_assert_str_eq(of(id)->title, "Tin đúng");
	ck_assert_str_eq(of(id)->language, "vi"); /* what is not named stays */
	ck_assert(reader_last(ledger_view(c.desk.ledger), KIND_EDITED, &entry, &e));
	ck_assert_str_eq(json_get_text(json_object_get(entry, "was"), "title", ""), "Tin");
	ck_assert_uint_eq(json_object_size(json_object_get(entry, "was")), 1);
	ck_assert_str_eq(json_get_text(entry, "who", ""), "user:2");
	json_decref(entry);
}
END_TEST

START_TEST(no_change_is_no_entry)
{
	int64_t before = ledger_next(c.desk.ledger);

	ck_assert_str_eq(edited("user:2", "title", json_string("Tin")), id);
	ck_assert_int_eq(ledger_next(c.desk.ledger), before);
}
END_TEST

START_TEST(less_air_needs_no_new_approval)
{
	tell("user:3", "bulletin.approve", "document", "1");
	ck_assert_str_eq(edited("user:1", "to", json_string("2026-12-01")), id);
	ck_assert_str_eq(edited("user:1", "slots", json_pack("[s]", "Sáng")), id);
	ck_assert_int_eq(of(id)->state, BULLETIN_APPROVED);
	ck_assert_int_eq(of(id)->to.day, 1);
	ck_assert_str_eq(of(id)->decided_by, "user:3");
}
END_TEST

/* The approved one goes on until the other is approved. */
START_TEST(anything_else_is_a_new_version_that_waits)
{
	char next[ID_BYTES];

	tell("user:3", "bulletin.approve", "document", "1");
	snprintf(next, sizeof(next), "%s", edited("user:1", "title", json_string("Tên mới")));
	ck_assert_str_ne(next, id);
	ck_assert_int_eq(of(id)->state, BULLETIN_APPROVED);
	ck_assert_str_eq(of(id)->title, "Tin");
	ck_assert_int_eq(of(next)->state, BULLETIN_RECEIVED);
	ck_assert_str_eq(of(next)->sha256, of(id)->sha256);
	ck_assert_str_eq(of(next)->replaces, id);
	ck_assert_str_eq(of(next)->sender, "user:2"); /* who sees it: the one who sent the sound */
	c.as = "user:1";
	deskcase_refused(&c, json_pack("{s:s, s:s, s:s}", "do", "bulletin.edit", "bulletin", id,
				       "fund", "Khác"), "conflict", next);
	snprintf(id, sizeof(id), "%s", next);
	tell("user:3", "bulletin.approve", "document", "2");
	ck_assert_int_eq(of(of(id)->replaces)->state, BULLETIN_REPLACED);
}
END_TEST

START_TEST(what_was_refused_asks_again_as_a_new_version)
{
	tell("user:3", "bulletin.refuse", "reason", "sai tên");
	const char *next = edited("user:2", "title", json_string("Tên đúng"));

	ck_assert_str_ne(next, id);
	ck_assert_int_eq(of(id)->state, BULLETIN_REFUSED);
	ck_assert_int_eq(of(next)->state, BULLETIN_RECEIVED);
}
END_TEST

START_TEST(bad_words_and_strangers_are_refused)
{
	static const struct {
		const char *field, *text;
	} bad[] = {{"title", "  "}, {"from", "mai"}, {"level", "cao"}, {"language", "xx\n"}};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		deskcase_refused(&c, json_pack("{s:s, s:s, s:s}", "do", "bulletin.edit", "bulletin",
					       id, bad[i].field, bad[i].text), "usage", "");
	c.as = "user:4";
	deskcase_refused(&c, json_pack("{s:s, s:s, s:s}", "do", "bulletin.edit", "bulletin", id,
				       "title", "x"), "refused", "");
	c.as = NULL;
	snprintf(id, sizeof(id), "%s", deskcase_add(&c, "Của người khác"));
	c.as = "user:2";
	deskcase_refused(&c, json_pack("{s:s, s:s, s:s}", "do", "bulletin.edit", "bulletin", id,
				       "title", "x"), "not_found", id);
}
END_TEST

Suite *suite_edit(void);
Suite *suite_edit(void)
{
	Suite *s = suite_create("edit");
	TCase *t = tcase_create("edit");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, what_waits_is_changed_in_place_and_the_log_says_how);
	tcase_add_test(t, no_change_is_no_entry);
	tcase_add_test(t, less_air_needs_no_new_approval);
	tcase_add_test(t, anything_else_is_a_new_version_that_waits);
	tcase_add_test(t, what_was_refused_asks_again_as_a_new_version);
	tcase_add_test(t, bad_words_and_strangers_are_refused);
	suite_add_tcase(s, t);
	return s;
}
