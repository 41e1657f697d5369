/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/register.h"

#include "base/json.h"
#include "base/text.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char faults[2000];

static void note(void *arg, const char *key, const char *why)
{
	(void)arg;
	size_t used = strlen(faults);

	ck_assert(why[0] != '\0');
	snprintf(faults + used, sizeof(faults) - used, "%s ", key);
}

/* The row, or the keys of its faults. */
static const char *taken(const char *name, const char *text)
{
	static char line[4000];
	struct err e;
	json_t *given = json_read(text, strlen(text), &e);
	int count;

	ck_assert_msg(given != NULL, "%s", e.text);
	faults[0] = '\0';
	json_t *row = register_row_take(register_find(name), NULL, given, note, NULL, &count);
	char *dumped = json_dumps(row, JSON_LINE);
	snprintf(line, sizeof(line), "%s", count > 0 ? faults : dumped);
	ck_assert(count > 0 || faults[0] == '\0');
	free(dumped);
	json_decref(row);
	json_decref(given);
	return line;
}

START_TEST(a_row_is_its_values)
{
	ck_assert_str_eq(taken("works", "{\"day\":\"5/3/2026\",\"person\":\"user:7\","
			       "\"role\":\"đọc\",\"count\":2,\"note\":\"\",\"pages\":null}"),
			 "{\"count\":2,\"day\":\"2026-03-05\",\"person\":\"user:7\","
			 "\"role\":\"read\"}");
}
END_TEST

START_TEST(every_fault_is_named)
{
	ck_assert_str_eq(taken("works", "{\"day\":\"mai\",\"role\":\"hát\",\"pages\":1}"),
			 "day role person ");
	ck_assert_str_eq(taken("works", "{\"day\":\"9999-01-01\",\"count\":0,\"person\":\"An\","
			       "\"role\":\"read\"}"), "day count ");
	ck_assert_str_eq(taken("works", "{\"pages\":1}"), "day person role ");
	ck_assert_str_eq(taken("works", "{\"sum\":1}"), "sum day person role ");
	ck_assert_str_eq(taken("points", "{\"name\":\"a\",\"place\":\"b\",\"amount_total\":5,"
			       "\"amount_commune\":6}"), "amount_total ");
}
END_TEST

/* However it comes in. */
START_TEST(what_a_state_asks_for_is_there)
{
#define LOUD "\"what\":\"Loa hỏng\",\"since\":\"2026-01-01\",\"state\":"
	ck_assert_str_eq(taken("difficulties", "{" LOUD "\"solved\"}"), "result solved ");
	ck_assert_str_eq(taken("difficulties",
			       "{" LOUD "\"đã giải quyết\",\"result\":\"thay\"}"), "solved ");
	ck_assert_str_eq(taken("difficulties", "{" LOUD "\"proposed\"}"), "proposal ");
	ck_assert_str_eq(taken("difficulties", "{" LOUD "\"beyond\"}"), "proposal beyond ");
	ck_assert_ptr_nonnull(strstr(taken("difficulties", "{" LOUD "\"open\"}"), "open"));
	ck_assert_ptr_nonnull(strstr(taken("difficulties",
					   "{" LOUD "\"solved\",\"result\":\"thay\","
					   "\"solved\":\"2026-01-02\"}"), "thay"));
#undef LOUD
	ck_assert_ptr_nonnull(strstr(taken("equipment",
					   "{\"name\":\"Loa\",\"state\":\"faulty\"}"),
				     "faulty"));
}
END_TEST

START_TEST(a_row_fits_into_an_entry)
{
	char text[10000], quotes[2000];

	for (size_t i = 0; i + 3 < sizeof(quotes); i += 2)
		memcpy(quotes + i, "\\\"", 3);
	snprintf(text, sizeof(text),
		 "{\"what\":\"%s\",\"since\":\"2026-01-01\",\"state\":\"open\"}", quotes);
	ck_assert_ptr_nonnull(strstr(taken("difficulties", text), "\"what\""));
	ck_assert_int_lt(REGISTER_ROW_BYTES_MAX + 1000, ENTRY_BYTES_MAX);
}
END_TEST

static const char *told(const char *name, const char *key, json_t *value)
{
	static char out[REGISTER_CELL_BYTES];

	register_tell(register_field(register_find(name), key), value, out);
	json_decref(value);
	return out;
}

START_TEST(values_are_told_as_people_write_them)
{
	ck_assert_str_eq(told("products", "made", json_string("2023-07-04")), "04/07/2023");
	ck_assert_str_eq(told("inspections", "month", json_string("2023-11")), "11/2023");
	ck_assert_str_eq(told("products", "level", json_string("trung-uong")), "trung ương");
	ck_assert_str_eq(told("products", "level", json_string("lạ")), "lạ");
	ck_assert_str_eq(told("products", "lasting", json_true()), "có");
	ck_assert_str_eq(told("products", "programmes", json_pack("[s, s]", "A", "B")), "A, B");
	ck_assert_str_eq(told("works", "pages", json_real(1.5)), "1.5");
	ck_assert_str_eq(told("works", "count", json_integer(3)), "3");
	ck_assert_str_eq(told("works", "count", NULL), "");
}
END_TEST

/* What is exported can be imported: told, it is read as what it was, in both languages. */
static void ck_both_ways(const struct register_field *f, json_t *value)
{
	char cell[REGISTER_CELL_BYTES], why[REASON_BYTES];
	json_t *again;

	register_tell(f, value, cell);
	ck_assert_msg(register_read(f, NULL, cell, &again, why), "%s: %s: %s", f->key, cell, why);
	ck_assert_msg(json_equal(value, again), "%s: %s", f->key, cell);
	json_decref(again);
	json_decref(value);
}

static json_t *example(const struct register_field *f)
{
	switch (f->type) {
	case REGISTER_CODES:
		return json_pack("[s, s]", "NTM.TT", "1719.10.1.2");
	case REGISTER_DATE:
		return json_string("2023-02-09");
	case REGISTER_MONTH:
		return json_string("2023-02");
	case REGISTER_COUNT:
	case REGISTER_MONEY:
		return json_integer(123456);
	case REGISTER_QUANTITY:
		return json_real(1234.5);
	case REGISTER_FLAG:
		return json_false();
	case REGISTER_CHOICE:
		return json_string(f->choices[1].code);
	case REGISTER_SHA256:
		return json_string("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
				   "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
	case REGISTER_ROW:
		return json_sprintf("%s12", f->of);
	case REGISTER_BULLETIN:
		return json_string("B12");
	default:
		return json_string("Tiêm chủng \"mở rộng\"");
	}
}

START_TEST(what_is_told_is_read_as_what_it_was)
{
	for (int english = 0; english < 2; english++) {
		text_speak(english ? TEXT_EN : TEXT_VI);
		for (int i = 0; register_at(i) != NULL; i++)
			for (const struct register_field *f = register_at(i)->fields;
			     f->key != NULL; f++)
				ck_both_ways(f, example(f));
	}
	text_speak(TEXT_OWN);
}
END_TEST

Suite *suite_register_row(void);
Suite *suite_register_row(void)
{
	Suite *s = suite_create("register_row");
	TCase *t = tcase_create("rows");

	tcase_add_test(t, a_row_is_its_values);
	tcase_add_test(t, every_fault_is_named);
	tcase_add_test(t, what_a_state_asks_for_is_there);
	tcase_add_test(t, a_row_fits_into_an_entry);
	tcase_add_test(t, values_are_told_as_people_write_them);
	tcase_add_test(t, what_is_told_is_read_as_what_it_was);
	suite_add_tcase(s, t);
	return s;
}
