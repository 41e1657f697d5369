/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "base/saying.h"
#include "proof/entry.h"
#include "support/plan_case.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static void dumps(json_t *o, const char *expected)
{
	char *text = json_dumps(o, JSON_LINE);

	ck_assert_str_eq(text, expected);
	free(text);
	json_decref(o);
}

START_TEST(test_lost_and_back)
{
	struct tz utc;
	struct err e;
	ck_assert(case_tz(&utc, "UTC", &e));
	struct wall at = {1795384800 * NS_PER_S};
	json_t *o = entry_relay_lost("vov1", "Sáng", at, saying(SAYING_RELAY_SILENT),
				     saying(SAYING_RELAY_FALLBACK), &utc);
	const char *when = json_get_text(o, "occurrence", "");
	char expected[300];

	snprintf(expected, sizeof(expected),
		 "{\"detail\":{\"code\":\"relay-silent\"},\"instead\":"
		 "{\"code\":\"relay.fallback\"},\"kind\":\"relay.lost\","
		 "\"occurrence\":\"%s\",\"relay\":\"vov1\",\"slot\":\"Sáng\"}", when);
	ck_assert(strncmp(when, "2026-11-23T", 11) == 0 || strncmp(when, "2026-11-22T", 11) == 0);
	dumps(o, expected);
	o = entry_relay_level("vov1", "Sáng", at, saying(SAYING_RELAY_LOUD), &utc);
	ck_assert_str_eq(json_get_text(o, "kind", ""), KIND_RELAY_LEVEL);
	ck_assert_str_eq(json_get_text(json_object_get(o, "detail"), "code", ""), "relay-loud");
	json_decref(o);
	o = entry_relay_back("vov1", "Sáng", at, 12.3456, saying(SAYING_RELAY_AT_END), &utc);
	ck_assert_double_eq(json_get_number(o, "lost_s", 0), 12.346);
	ck_assert_str_eq(json_get_text(o, "kind", ""), KIND_RELAY_BACK);
	ck_assert_str_eq(json_get_text(json_object_get(o, "moment"), "code", ""), "relay.at-end");
	json_decref(o);
}
END_TEST

START_TEST(test_an_airing_names_what_it_relayed)
{
	struct tz utc;
	struct err e;
	ck_assert(case_tz(&utc, "UTC", &e));
	struct airing_facts f = {.slot = "Sáng", .relay = "vov1"};
	json_t *o = entry_airing_intended(&f, &utc);

	ck_assert_str_eq(json_get_text(o, "relay", ""), "vov1");
	ck_assert(json_is_null(json_object_get(o, "file")));
	json_decref(o);
	f.relay = NULL;
	o = entry_airing_intended(&f, &utc);
	ck_assert_ptr_null(json_object_get(o, "relay"));
	json_decref(o);
}
END_TEST

Suite *suite_entry_relay(void);
Suite *suite_entry_relay(void)
{
	Suite *s = suite_create("entry_relay");
	TCase *t = tcase_create("all");

	tcase_add_test(t, test_lost_and_back);
	tcase_add_test(t, test_an_airing_names_what_it_relayed);
	suite_add_tcase(s, t);
	return s;
}
