/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "proof/entry.h"
#include "proof/notary.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>

#define INSPECTOR "user:4"
#define ADMIN "user:5"

static struct deskcase c;
static struct err e;

static void setup(void)
{
	deskcase_open(&c);
	deskcase_people(&c);
	c.as = INSPECTOR;
}

static void teardown(void)
{
	deskcase_close(&c);
}

static json_t *hold(const char *from, const char *to, const char *zone)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s}", "do", "hold", "from", from, "to", to, "zone",
			 zone, "reason", "thanh tra quý 4");
}

static json_t *unhold(const char *id)
{
	return json_pack("{s:s, s:s, s:s}", "do", "unhold", "hold", id, "reason", "xong");
}

START_TEST(an_inspector_holds_and_an_administrator_lets_go)
{
	struct wall at = clock_wall(c.desk.clock);
	int64_t n;

	ck_assert(ledger_append(c.desk.ledger,
				entry_recording_closed("aircheck/a.mp3", "00", "mot", at, at, 9,
						       &c.desk.tz), &n, &e));
	json_t *answer = deskcase_told(&c, hold("2026-11-22", "2026-11-23", ""));
	const json_t *h = json_object_get(answer, "hold");
	char id[ID_BYTES];
	snprintf(id, sizeof(id), "%s", json_get_text(h, "id", ""));
	ck_assert_str_eq(json_get_text(h, "from", ""), "2026-11-22");
	ck_assert_str_eq(json_get_text(h, "to", ""), "2026-11-23");
	ck_assert_str_eq(json_get_text(h, "who", ""), INSPECTOR);
	ck_assert(json_is_null(json_object_get(h, "lifted")));
	ck_assert_int_eq(json_get_integer(answer, "recordings", -1), 1);
	ck_assert_int_eq(json_get_integer(answer, "removed", -1), 0);
	json_decref(answer);
	deskcase_refused(&c, unhold(id), "refused", "quyền");
	c.as = ADMIN;
	deskcase_refused(&c, unhold("H999"), "not_found", "H999");
	answer = deskcase_told(&c, unhold(id));
	h = json_object_get(answer, "hold");
	ck_assert_str_eq(json_get_text(h, "lifted_by", ""), ADMIN);
	json_decref(answer);
	deskcase_refused(&c, unhold(id), "conflict", id);
}
END_TEST

START_TEST(holds_are_listed_with_who_set_them)
{
	json_decref(deskcase_told(&c, hold("2026-11-22", "2026-11-23", "mot")));
	json_decref(deskcase_told(&c, hold("2026-11-01", "2026-11-01", "")));
	json_t *answer = deskcase_told(&c, json_pack("{s:s}", "do", "holds"));
	const json_t *list = json_object_get(answer, "holds");
	ck_assert_int_eq((int)json_array_size(list), 2);
	ck_assert_str_eq(json_get_text(json_array_get(list, 0), "from", ""), "2026-11-01");
	ck_assert_str_eq(json_get_text(json_array_get(list, 1), "zone", ""), "mot");
	ck_assert_str_eq(json_get_text(json_object_get(answer, "people"), INSPECTOR, ""),
			 "Người thứ 4");
	json_decref(answer);
}
END_TEST

START_TEST(what_makes_no_sense_is_refused)
{
	deskcase_refused(&c, hold("22/11/2026", "2026-11-23", ""), "usage", "22/11/2026");
	deskcase_refused(&c, hold("2026-11-23", "2026-11-22", ""), "usage", "ngày");
	deskcase_refused(&c, hold("2026-11-23", "2026-11-23", "ba"), "refused", "ba");
	deskcase_refused(&c, json_pack("{s:s, s:s, s:s}", "do", "hold", "from", "2026-11-23",
				       "to", "2026-11-23"), "usage", "reason");
	c.as = "user:2"; /* a producer */
	deskcase_refused(&c, hold("2026-11-23", "2026-11-23", ""), "refused", "quyền");
}
END_TEST

START_TEST(the_key_is_rotated_by_an_administrator_with_a_reason)
{
	json_t *request = json_pack("{s:s, s:s}", "do", "key.rotate", "reason", "định kỳ");

	json_incref(request);
	deskcase_refused(&c, request, "refused", "quyền");
	c.as = ADMIN;
	deskcase_refused(&c, json_pack("{s:s}", "do", "key.rotate"), "usage", "reason");
	json_t *answer = deskcase_told(&c, request);
	ck_assert_str_ne(json_get_text(answer, "vkey", ""), "");
	ck_assert_str_ne(json_get_text(answer, "vkey", ""), json_get_text(answer, "previous", ""));
	ck_assert_str_eq(json_get_text(answer, "vkey", ""), ledger_state(c.desk.ledger)->vkey);
	ck_assert_int_eq(ledger_state(c.desk.ledger)->log, 2);
	json_decref(answer);
}
END_TEST

Suite *suite_commands_keep(void);
Suite *suite_commands_keep(void)
{
	Suite *s = suite_create("commands_keep");
	TCase *t = tcase_create("commands_keep");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, an_inspector_holds_and_an_administrator_lets_go);
	tcase_add_test(t, holds_are_listed_with_who_set_them);
	tcase_add_test(t, what_makes_no_sense_is_refused);
	tcase_add_test(t, the_key_is_rotated_by_an_administrator_with_a_reason);
	suite_add_tcase(s, t);
	return s;
}
