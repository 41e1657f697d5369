/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/slot_json.h"

#include "base/json.h"
#include "support/plan_case.h"

#include <check.h>
#include <stdlib.h>

static void ck_slot(const char *yaml, const char *wanted)
{
	struct plan_case *c = case_create("");

	ck_assert(case_slots(c, yaml));
	json_t *json = slot_json(&c->schedule.slots[0], &c->settings);
	char *line = json_dumps(json, JSON_LINE);
	ck_assert_str_eq(line, wanted);
	free(line);
	json_decref(json);
	case_destroy(c);
}

START_TEST(a_short_slot_has_what_holds_for_it)
{
	ck_slot("  - {name: a, start: \"06:00\", length: 10m, play: {relay: vov1}}\n",
		"{\"after_break\":\"resume\",\"bed\":false,\"confirm\":null,\"dates\":[],"
		"\"days\":[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\",\"sat\",\"sun\"],"
		"\"demo\":false,\"except\":[],\"except_lunar\":[],\"fallback\":null,\"from\":null,"
		"\"holidays\":\"as-ever\",\"ident\":true,"
		"\"late_s\":600,\"length_s\":600,\"line\":3,\"lunar\":[],\"name\":\"a\","
		"\"offs\":[],"
		"\"order\":[],\"overrun\":\"fade\",\"play\":{\"relay\":\"vov1\"},"
		"\"repeat\":null,\"rrule\":null,\"start\":\"06:00\",\"to\":null,"
		"\"valid_named\":false,"
		"\"volume_db\":0.0,\"when\":{\"en\":\"every day\",\"vi\":\"hằng ngày\"},"
		"\"zones\":[\"trung-tam\",\"thon-2\"]}");
}
END_TEST

START_TEST(a_long_slot_loses_nothing)
{
	ck_slot("  - {name: a, start: \"03:00:30\", length: 10m, dates: [2026-12-22], except: "
		"[2026-01-01, {lunar: 30/12}, {on: 2026-12-22, by: x}], "
		"valid: {from: 2026-01-01, to: 2026-12-31}, "
		"play: {bulletins: {language: [vi], programme: [KHAC]}}, fallback: {file: a.flac}, "
		"order: [level, title], overrun: cut, late: {join_within: 5m}, volume_db: -6, "
		"zones: thon-2, repeat: {every: 30m, until: \"04:00\"}, ident: false, bed: true, "
		"demo: true, confirm: {by: A, reason: b}}\n",
		"{\"after_break\":\"resume\",\"bed\":true,"
		"\"confirm\":{\"by\":\"A\",\"reason\":\"b\"},"
		"\"dates\":[\"2026-12-22\"],\"days\":null,\"demo\":true,"
		"\"except\":[\"2026-01-01\"],\"except_lunar\":[\"30/12\"],"
		"\"fallback\":{\"file\":\"a.flac\"},"
		"\"from\":\"2026-01-01\",\"holidays\":\"as-ever\",\"ident\":false,"
		"\"late_s\":300,\"length_s\":600,"
		"\"line\":3,\"lunar\":[],\"name\":\"a\",\"offs\":[{\"by\":\"x\","
		"\"from\":\"2026-12-22\","
		"\"once\":true,\"reason\":null,\"to\":\"2026-12-22\"}],"
		"\"order\":[\"level\",\"title\"],\"overrun\":\"cut\","
		"\"play\":{\"bulletins\":{\"language\":[\"vi\"],\"programme\":[\"KHAC\"]}},"
		"\"repeat\":{\"every_s\":1800,\"until\":\"04:00\"},\"rrule\":null,"
		"\"start\":\"03:00:30\",\"to\":\"2026-12-31\",\"valid_named\":true,"
		"\"volume_db\":-6.0,"
		"\"when\":{\"en\":\"on 22/12/2026, except 1/1/2026, except lunar the last day of "
		"month 12, from 1/1/2026, until 31/12/2026\",\"vi\":\"ngày 22/12/2026, trừ "
		"1/1/2026, trừ ngày cuối tháng Chạp âm lịch, từ 1/1/2026, đến hết 31/12/2026\"},"
		"\"zones\":[\"thon-2\"]}");
}
END_TEST

Suite *suite_slot_json(void)
{
	Suite *s = suite_create("slot_json");
	TCase *t = tcase_create("slot_json");

	tcase_add_test(t, a_short_slot_has_what_holds_for_it);
	tcase_add_test(t, a_long_slot_loses_nothing);
	suite_add_tcase(s, t);
	return s;
}
