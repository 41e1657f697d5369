/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/lists_change.h"

#include "base/json.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static struct deskcase c;
static struct request rq;
static struct err e;

static void setup(void)
{
	char path[80];

	deskcase_open(&c);
	snprintf(path, sizeof(path), "%s/seeds", c.dir);
	ck_assert_int_eq(mkdir(path, 0755), 0);
	rq = (struct request){.desk = &c.desk, .who = "uid:7"};
	e = (struct err){0};
}

static void teardown(void)
{
	deskcase_close(&c);
}

START_TEST(a_list_begins_with_its_first_entry)
{
	json_t *edit = json_pack("{s:s, s:{s:s, s:s}}", "op", "add", "item", "ma", "vi", "ten",
				 "Tiếng Việt");
	json_t *reply = json_object();
	char sha256[SHA256_HEX_BYTES];
	struct buf text = {0};

	ck_assert_msg(lists_change(&rq, lists_named("tieng"), edit, "", reply, &e), "%s", e.text);
	ck_assert(json_get_bool(reply, "saved", false));
	ck_assert(lists_text(&rq, lists_named("tieng"), &text, sha256, &e));
	ck_assert_str_eq(sha256, json_get_text(reply, "sha256", ""));
	ck_assert_ptr_nonnull(strstr(buf_str(&text), "vi"));
	buf_finish(&text);
	json_decref(reply);
	json_decref(edit);
}
END_TEST

/* What is wrong with others is theirs. */
START_TEST(only_the_file_itself_is_judged)
{
	struct buf text = {0};
	json_t *reply = json_object();

	deskcase_write(&c, "seeds/loai.yaml", "[");
	buf_text(&text, "tieng:\n  - {ma: vi, ten: V}\n");
	ck_assert_msg(lists_put(&rq, lists_named("tieng"), &text, "", reply, &e), "%s", e.text);
	ck_assert(json_get_bool(reply, "saved", false));
	ck_assert(!lists_put(&rq, lists_named("tieng"), &text, "", reply, &e));
	ck_assert_int_eq(e.kind, ERR_DIFFERS);
	ck_assert(lists_put(&rq, lists_named("tieng"), &text, NULL, reply, &e));
	buf_finish(&text);
	json_decref(reply);
}
END_TEST

START_TEST(holidays_are_judged_by_their_own_rules)
{
	struct buf text = {0};
	json_t *reply = json_object();

	buf_text(&text, "ngay_le:\n  - {ten: X, ngay: \"31/2\"}\n");
	ck_assert(lists_put(&rq, lists_named("ngay-le"), &text, "", reply, &e));
	ck_assert(!json_get_bool(reply, "saved", true));
	ck_assert_int_eq(json_get_integer(json_array_get(json_object_get(reply, "faults"), 0),
					  "line", 0), 2);
	buf_finish(&text);
	json_decref(reply);
}
END_TEST

Suite *suite_lists_change(void);
Suite *suite_lists_change(void)
{
	Suite *s = suite_create("lists_change");
	TCase *t = tcase_create("lists_change");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_list_begins_with_its_first_entry);
	tcase_add_test(t, only_the_file_itself_is_judged);
	tcase_add_test(t, holidays_are_judged_by_their_own_rules);
	suite_add_tcase(s, t);
	return s;
}
