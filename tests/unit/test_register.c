/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/register.h"

#include "base/json.h"

#include <check.h>
#include <string.h>

START_TEST(a_register_is_found_by_its_name)
{
	ck_assert_ptr_eq(register_find("works"), register_at(REGISTERS - 1));
	ck_assert_ptr_null(register_find("work"));
	ck_assert_ptr_null(register_at(-1));
	ck_assert_ptr_null(register_at(REGISTERS));
	ck_assert_str_eq(register_field(register_find("points"), "amount_total")->key,
			 "amount_total");
	ck_assert_ptr_null(register_field(register_find("points"), "amount"));
}
END_TEST

START_TEST(an_id_is_the_prefix_and_a_number)
{
	const struct register_shape *r = register_find("points");
	char id[ID_BYTES];

	register_id(r, 19, id);
	ck_assert_str_eq(id, "DHT19");
	ck_assert_int_eq(register_number(r, id), 19);
	ck_assert_int_eq(register_number(r, "DHT019"), -1);
	ck_assert_int_eq(register_number(r, "DHT0"), -1);
	ck_assert_int_eq(register_number(r, "DHT19 "), -1);
	ck_assert_int_eq(register_number(r, "DHT"), -1);
	ck_assert_int_eq(register_number(r, "DT19"), -1);
	ck_assert_int_eq(register_number(r, "DHTX19"), -1);
	ck_assert_int_eq(register_number(r, "DHT1234567890123456"), -1);
}
END_TEST

/* B17 and A42 are things of the log, and no rows. */
START_TEST(an_id_of_any_register_has_two_letters)
{
	ck_assert_int_eq(register_id_number("XYZ7"), 7);
	ck_assert_int_eq(register_id_number("B17"), -1);
	ck_assert_int_eq(register_id_number("sp1"), -1);
	ck_assert_int_eq(register_id_number(""), -1);
}
END_TEST

START_TEST(programs_are_told_every_field)
{
	json_t *shapes = register_shapes_json(), *points, *field;
	size_t i;
	bool seen = false;

	ck_assert_int_eq((int)json_array_size(shapes), REGISTERS);
	points = json_array_get(shapes, 2);
	ck_assert_str_eq(json_get_text(points, "prefix", ""), "DHT");
	json_array_foreach(json_object_get(points, "fields"), i, field) {
		if (strcmp(json_get_text(field, "key", ""), "fund") == 0) {
			ck_assert_str_eq(json_get_text(field, "list", ""), "funds");
			seen = true;
		}
		if (strcmp(json_get_text(field, "key", ""), "state") == 0)
			ck_assert_int_eq((int)json_array_size(json_object_get(field, "choices")),
					 3);
	}
	ck_assert(seen);
	json_decref(shapes);
}
END_TEST

Suite *suite_register(void);
Suite *suite_register(void)
{
	Suite *s = suite_create("register");
	TCase *t = tcase_create("table");

	tcase_add_test(t, a_register_is_found_by_its_name);
	tcase_add_test(t, an_id_is_the_prefix_and_a_number);
	tcase_add_test(t, an_id_of_any_register_has_two_letters);
	tcase_add_test(t, programs_are_told_every_field);
	suite_add_tcase(s, t);
	return s;
}
