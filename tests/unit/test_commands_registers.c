/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "base/register.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define OPERATOR "user:1"
#define PRODUCER "user:2"
#define INSPECTOR "user:4"

static struct deskcase c;

static void setup(void)
{
	deskcase_open(&c);
	deskcase_people(&c);
	c.as = OPERATOR;
}

static void teardown(void)
{
	deskcase_close(&c);
}

static json_t *write_row(const char *name, const char *row, json_t *fields)
{
	return json_pack("{s:s, s:s, s:s, s:o}", "do", "register.write", "register", name, "row",
			 row, "fields", fields);
}

static json_t *listed(const char *name, const char *row)
{
	return deskcase_told(&c, json_pack("{s:s, s:s, s:s}", "do", "register.list", "register",
					   name, "row", row));
}

/* The row as the answer has it: "SP1 Video". */
static const char *told(json_t *answer)
{
	static char text[200];
	const json_t *row = json_object_get(answer, "row");

	snprintf(text, sizeof(text), "%s %s", json_get_text(row, "row", "?"),
		 json_get_text(json_object_get(row, "fields"), "title", "-"));
	json_decref(answer);
	return text;
}

static json_t *video(const char *title)
{
	return json_pack("{s:s, s:s}", "title", title, "kind", "video");
}

START_TEST(a_row_gets_the_next_number_and_never_one_twice)
{
	ck_assert_str_eq(told(deskcase_told(&c, write_row("products", "", video("một")))),
			 "SP1 một");
	ck_assert_str_eq(told(deskcase_told(&c, write_row("products", "", video("hai")))),
			 "SP2 hai");
	json_decref(deskcase_told(&c, json_pack("{s:s, s:s, s:s, s:b, s:s}", "do",
						"register.write", "register", "products", "row",
						"SP2", "strike", 1, "reason", "ghi nhầm")));
	ck_assert_str_eq(told(deskcase_told(&c, write_row("products", "", video("ba")))),
			 "SP3 ba");
	json_t *answer = listed("products", "");
	ck_assert_int_eq(json_get_integer(answer, "count", 0), 2);
	ck_assert_int_eq((int)json_array_size(json_object_get(answer, "rows")), 2);
	json_decref(answer);
}
END_TEST

START_TEST(what_is_not_given_stays_and_null_takes_away)
{
	json_decref(deskcase_told(&c, write_row("products", "", json_pack(
		"{s:s, s:s, s:s}", "title", "Video", "kind", "video", "number", "12"))));
	json_decref(deskcase_told(&c, write_row("products", "SP1", json_pack(
		"{s:s, s:n}", "made", "4/7/2023", "number"))));
	json_t *answer = listed("products", "SP1");
	const json_t *history = json_object_get(answer, "history");
	const json_t *now = json_object_get(json_array_get(history, 0), "fields");
	ck_assert_int_eq((int)json_array_size(history), 2);
	ck_assert_str_eq(json_get_text(now, "title", ""), "Video");
	ck_assert_str_eq(json_get_text(now, "made", ""), "2023-07-04");
	ck_assert_ptr_null(json_object_get(now, "number"));
	ck_assert_str_eq(json_get_text(json_object_get(answer, "people"), OPERATOR, ""),
			 "Người thứ 1");
	json_decref(answer);
}
END_TEST

START_TEST(a_row_that_stays_as_it_is_makes_no_entry)
{
	json_decref(deskcase_told(&c, write_row("products", "", video("một"))));
	json_decref(deskcase_told(&c, write_row("products", "SP1", video(" một "))));
	json_t *answer = listed("products", "SP1");
	ck_assert_int_eq((int)json_array_size(json_object_get(answer, "history")), 1);
	json_decref(answer);
}
END_TEST

START_TEST(every_bad_value_is_named)
{
	deskcase_refused(&c, write_row("products", "", json_pack("{s:s, s:s}", "made", "mai",
								  "amount", "nhiều")),
			 "usage", "Ngày sản xuất: ");
	deskcase_refused(&c, write_row("products", "", json_pack("{s:s, s:s}", "made", "mai",
								  "amount", "nhiều")),
			 "usage", "Kinh phí (đồng): ");
	deskcase_refused(&c, write_row("products", "", json_pack("{s:s}", "bulletin", "B99")),
			 "usage", "không có B99");
	deskcase_refused(&c, write_row("works", "", json_pack("{s:s, s:s, s:s, s:s}", "day",
							       "2026-11-23", "person", "user:1",
							       "role", "read", "product", "SP9")),
			 "usage", "không có SP9");
	deskcase_refused(&c, write_row("posters", "", json_object()), "not_found", "posters");
	deskcase_refused(&c, write_row("products", "SP9", video("x")), "not_found", "SP9");
	deskcase_refused(&c, write_row("products", "", json_string("x")), "usage", "fields");
	json_t *answer = listed("products", "");
	ck_assert_int_eq(json_get_integer(answer, "count", -1), 0);
	json_decref(answer);
}
END_TEST

START_TEST(striking_out_needs_a_reason_and_a_row)
{
	json_t *strike = json_pack("{s:s, s:s, s:s, s:b}", "do", "register.write", "register",
				   "products", "row", "SP1", "strike", 1);

	json_decref(deskcase_told(&c, write_row("products", "", video("một"))));
	deskcase_refused(&c, json_deep_copy(strike), "usage", "lý do");
	json_object_set_new(strike, "reason", json_string("ghi nhầm"));
	ck_assert_str_eq(told(deskcase_told(&c, json_deep_copy(strike))), "SP1 -");
	deskcase_refused(&c, strike, "conflict", "gạch");
	ck_assert_str_eq(told(deskcase_told(&c, write_row("products", "SP1", video("lại")))),
			 "SP1 lại");
}
END_TEST

START_TEST(who_has_not_seen_the_newest_row_does_not_write_over_it)
{
	json_t *first = deskcase_told(&c, write_row("products", "", video("một")));
	json_t *change = write_row("products", "SP1", video("hai"));

	json_object_set(change, "if_n", json_object_get(json_object_get(first, "row"), "n"));
	ck_assert_str_eq(told(deskcase_told(&c, json_deep_copy(change))), "SP1 hai");
	deskcase_refused(&c, change, "conflict", "SP1");
	json_decref(first);
}
END_TEST

/* The log holds no person's name. */
START_TEST(a_person_with_an_account_is_written_as_its_id)
{
	json_t *row = json_pack("{s:s, s:s, s:s}", "day", "23/11/2026", "person", "Người thứ 3",
				"role", "đọc");
	json_t *answer = deskcase_told(&c, write_row("works", "", row));
	const json_t *fields = json_object_get(json_object_get(answer, "row"), "fields");

	ck_assert_str_eq(json_get_text(fields, "person", ""), "user:3");
	ck_assert_str_eq(json_get_text(json_object_get(answer, "people"), "user:3", ""),
			 "Người thứ 3");
	json_decref(answer);
}
END_TEST

START_TEST(rights_are_asked_for)
{
	json_decref(deskcase_told(&c, write_row("products", "", video("một"))));
	c.as = INSPECTOR;
	json_decref(listed("products", ""));
	deskcase_refused(&c, write_row("products", "", video("hai")), "refused", "quyền");
	c.as = PRODUCER;
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "register.list", "register",
				       "products"), "refused", "quyền");
}
END_TEST

START_TEST(a_long_register_comes_in_pages)
{
	json_t *answer;

	for (int i = 0; i < 5; i++)
		json_decref(deskcase_told(&c, write_row("products", "", video("x"))));
	answer = deskcase_told(&c, json_pack("{s:s, s:s, s:i, s:s}", "do", "register.list",
					     "register", "products", "limit", 2, "after", "1"));
	ck_assert_int_eq((int)json_array_size(json_object_get(answer, "rows")), 2);
	ck_assert_str_eq(json_get_text(json_array_get(json_object_get(answer, "rows"), 1), "row",
				       ""), "SP3");
	ck_assert(json_get_bool(answer, "more", false));
	json_decref(answer);
	answer = deskcase_told(&c, json_pack("{s:s, s:s, s:i, s:i}", "do", "register.list",
					     "register", "products", "limit", 2, "after", 3));
	ck_assert(!json_get_bool(answer, "more", true));
	json_decref(answer);
}
END_TEST

START_TEST(the_registers_are_told_with_their_fields)
{
	json_decref(deskcase_told(&c, write_row("products", "", video("x"))));
	json_t *answer = deskcase_told(&c, json_pack("{s:s}", "do", "registers"));
	const json_t *list = json_object_get(answer, "registers");

	ck_assert_int_eq((int)json_array_size(list), REGISTERS);
	ck_assert_int_eq(json_get_integer(json_array_get(list, 0), "rows", -1), 1);
	ck_assert_int_eq(json_get_integer(json_array_get(list, 1), "rows", -1), 0);
	json_decref(answer);
}
END_TEST

static size_t found(json_t *request)
{
	json_t *answer = deskcase_told(&c, request);
	size_t count = json_array_size(json_object_get(answer, "rows"));

	json_decref(answer);
	return count;
}

static json_t *search(const char *key, const char *value)
{
	return json_pack("{s:s, s:s, s:s}", "do", "register.list", "register", "products", key,
			 value);
}

START_TEST(rows_are_found_by_words_and_by_days)
{
	json_t *fields = video("Nước sạch");

	json_object_set_new(fields, "made", json_string("4/7/2023"));
	json_object_set_new(fields, "author", json_string(OPERATOR));
	json_decref(deskcase_told(&c, write_row("products", "", fields)));
	json_decref(deskcase_told(&c, write_row("products", "", video("hai"))));
	ck_assert_uint_eq(found(search("find", "nuoc SP1")), 1);
	ck_assert_uint_eq(found(search("find", "người thứ")), 1);
	ck_assert_uint_eq(found(search("find", "ba")), 0);
	ck_assert_uint_eq(found(search("from", "2023-07-01")), 1);
	ck_assert_uint_eq(found(search("to", "2023-07-01")), 0);
	deskcase_refused(&c, search("by", "title"), "usage", "cột ngày");
	deskcase_refused(&c, search("to", "mai"), "usage", "mai");
}
END_TEST

START_TEST(a_page_says_where_the_next_one_begins)
{
	json_t *request = search("limit", "1");

	for (int i = 0; i < 3; i++)
		json_decref(deskcase_told(&c, write_row("products", "", video("một"))));
	json_t *answer = deskcase_told(&c, json_deep_copy(request));
	ck_assert(json_is_true(json_object_get(answer, "more")));
	ck_assert_int_eq(json_get_integer(answer, "next", 0), 1);
	json_decref(answer);
	json_object_set_new(request, "after", json_integer(2));
	answer = deskcase_told(&c, request);
	ck_assert(json_is_false(json_object_get(answer, "more")));
	json_decref(answer);
}
END_TEST

START_TEST(an_entry_is_proven_for_its_own_row_only)
{
	json_t *answer = deskcase_told(&c, write_row("products", "", video("một")));
	json_int_t n = json_integer_value(json_object_get(json_object_get(answer, "row"), "n"));
	json_t *request = json_pack("{s:s, s:s, s:s, s:o}", "do", "register.proof", "register",
				    "products", "row", "SP1", "n",
				    json_sprintf("%lld", (long long)n));

	json_decref(answer);
	answer = deskcase_told(&c, json_deep_copy(request));
	ck_assert_ptr_nonnull(strstr(json_get_text(answer, "proof", ""), "c2sp.org/tlog-proof@v1"));
	json_decref(answer);
	json_object_set_new(request, "n", json_sprintf("%lld", (long long)n + 1));
	deskcase_refused(&c, json_deep_copy(request), "not_found", "SP1");
	json_object_set_new(request, "n", json_string("x"));
	deskcase_refused(&c, request, "not_found", "SP1");
}
END_TEST

START_TEST(whoever_writes_is_told_the_codes)
{
	json_t *answer = deskcase_told(&c, json_pack("{s:s}", "do", "registers"));
	const json_t *lists = json_object_get(answer, "lists");

	ck_assert(json_is_array(json_object_get(lists, "kinds")));
	ck_assert(json_is_array(json_object_get(lists, "programmes")));
	ck_assert_ptr_null(json_object_get(lists, "documents")); /* no field has them */
	json_decref(answer);
}
END_TEST

Suite *suite_commands_registers(void);
Suite *suite_commands_registers(void)
{
	Suite *s = suite_create("commands_registers");
	TCase *t = tcase_create("rows");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_row_gets_the_next_number_and_never_one_twice);
	tcase_add_test(t, what_is_not_given_stays_and_null_takes_away);
	tcase_add_test(t, a_row_that_stays_as_it_is_makes_no_entry);
	tcase_add_test(t, every_bad_value_is_named);
	tcase_add_test(t, striking_out_needs_a_reason_and_a_row);
	tcase_add_test(t, who_has_not_seen_the_newest_row_does_not_write_over_it);
	tcase_add_test(t, a_person_with_an_account_is_written_as_its_id);
	tcase_add_test(t, rights_are_asked_for);
	tcase_add_test(t, a_long_register_comes_in_pages);
	tcase_add_test(t, the_registers_are_told_with_their_fields);
	tcase_add_test(t, rows_are_found_by_words_and_by_days);
	tcase_add_test(t, a_page_says_where_the_next_one_begins);
	tcase_add_test(t, an_entry_is_proven_for_its_own_row_only);
	tcase_add_test(t, whoever_writes_is_told_the_codes);
	suite_add_tcase(s, t);
	return s;
}
