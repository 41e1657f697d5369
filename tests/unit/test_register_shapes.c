/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/fold.h"
#include "base/json.h"
#include "base/register.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static const char *amiss(const char *name, const char *row, char why[static REASON_BYTES])
{
	struct err e;
	json_t *o = json_read(row, strlen(row), &e);

	ck_assert_msg(o != NULL, "%s", e.text);
	const char *key = register_find(name)->amiss(o, why);
	json_decref(o);
	return key != NULL ? key : "";
}

/* "result,solved": each is a field of the same register. */
static void ck_asks(const struct register_shape *r, const char *asks)
{
	char key[CODE_BYTES];

	for (; asks != NULL && asks[0] != '\0'; asks += asks[0] == ',') {
		size_t len = strcspn(asks, ",");
		snprintf(key, sizeof(key), "%.*s", (int)len, asks);
		ck_assert_msg(register_field(r, key) != NULL, "%s: %s", r->name, key);
		asks += len;
	}
}

static void ck_field(const struct register_field *f)
{
	ck_assert_msg(strspn(f->key, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(f->key),
		      "%s", f->key);
	ck_assert_msg(f->vi[0] != '\0' && f->en[0] != '\0', "%s", f->key);
	ck_assert_msg((f->type == REGISTER_CHOICE) == (f->choices != NULL), "%s", f->key);
	ck_assert_msg((f->type == REGISTER_ROW) == (f->of != NULL), "%s", f->key);
	ck_assert_msg(!f->state || f->type == REGISTER_CHOICE, "%s", f->key);
	ck_assert_msg(f->max > f->min || (f->type != REGISTER_COUNT && f->type != REGISTER_MONEY &&
					  f->type != REGISTER_QUANTITY), "%s", f->key);
}

static bool alike(const char *a, const char *b)
{
	char x[256], y[256];

	fold_plain(a, x, sizeof(x));
	fold_plain(b, y, sizeof(y));
	return strcmp(x, y) == 0;
}

/* The head of a sheet's column is any of a field's three names: none may mean two. */
START_TEST(each_name_of_a_field_is_its_alone)
{
	for (int i = 0; register_at(i) != NULL; i++)
		for (const struct register_field *f = register_at(i)->fields; f->key != NULL; f++) {
			const struct register_choice *c = f->choices;

			ck_field(f);
			for (; c != NULL && c->code != NULL; c++)
				ck_asks(register_at(i), c->asks);
			ck_assert(!alike(f->key, "id"));
			for (const struct register_field *g = f + 1; g->key != NULL; g++)
				ck_assert_msg(!alike(f->key, g->key) && !alike(f->vi, g->vi) &&
					      !alike(f->en, g->en) && !alike(f->key, g->en) &&
					      !alike(f->key, g->vi) && !alike(f->vi, g->en) &&
					      !alike(f->en, g->vi) && !alike(f->vi, g->key) &&
					      !alike(f->en, g->key), "%s, %s", f->key, g->key);
		}
}
END_TEST

START_TEST(no_prefix_begins_another_and_rows_point_to_one)
{
	for (int i = 0; register_at(i) != NULL; i++) {
		const struct register_shape *r = register_at(i);
		ck_assert_int_ge((int)strlen(r->prefix), 2);
		for (int k = 0; k < i; k++) {
			ck_assert_str_ne(r->prefix, register_at(k)->prefix);
			ck_assert_str_ne(r->name, register_at(k)->name);
		}
		for (const struct register_field *f = r->fields; f->key != NULL; f++) {
			bool found = f->of == NULL;
			for (int k = 0; register_at(k) != NULL; k++)
				found = found || strcmp(register_at(k)->prefix, f->of) == 0;
			ck_assert_msg(found, "%s.%s", r->name, f->key);
		}
	}
	ck_assert_ptr_null(register_shapes[REGISTERS].name);
}
END_TEST

/* Bình Phước: 19 points, 3,220 million = 957 of the districts + 2,263 of the province. */
START_TEST(the_levels_add_up_to_the_total)
{
	char why[REASON_BYTES];

	ck_assert_str_eq(amiss("points", "{\"amount_total\":3220000000,"
			       "\"amount_district\":957000000,\"amount_province\":2263000000}",
			       why), "");
	ck_assert_str_eq(amiss("points", "{\"amount_total\":3220000000,"
			       "\"amount_district\":957000000,\"amount_province\":2262000000}",
			       why), "amount_total");
	ck_assert_ptr_nonnull(strstr(why, "lệch 1000000 đồng"));
	ck_assert_str_eq(amiss("equipment", "{\"amount_total\":5,\"amount_commune\":4}", why),
			 "amount_total");
}
END_TEST

START_TEST(a_total_alone_and_parts_alone_say_nothing_wrong)
{
	char why[REASON_BYTES];

	ck_assert_str_eq(amiss("points", "{\"amount_total\":3220000000}", why), "");
	ck_assert_str_eq(amiss("points", "{\"amount_district\":957000000}", why), "");
	ck_assert_str_eq(amiss("points", "{}", why), "");
}
END_TEST

START_TEST(a_product_is_a_bulletin_or_says_what_it_is)
{
	char why[REASON_BYTES];

	ck_assert_str_eq(amiss("products", "{\"bulletin\":\"B17\"}", why), "");
	ck_assert_str_eq(amiss("products", "{\"title\":\"Video\",\"kind\":\"video\"}", why), "");
	ck_assert_str_eq(amiss("products", "{\"title\":\"Video\"}", why), "kind");
	ck_assert_str_eq(amiss("products", "{\"number\":\"12\"}", why), "title");
}
END_TEST

START_TEST(days_stand_in_their_order)
{
	char why[REASON_BYTES];

	ck_assert_str_eq(amiss("activities", "{\"from\":\"2023-07-04\",\"to\":\"2023-07-06\"}",
			       why), "");
	ck_assert_str_eq(amiss("activities", "{\"from\":\"2023-07-06\",\"to\":\"2023-07-04\"}",
			       why), "to");
	ck_assert_str_eq(amiss("inspections", "{\"month\":\"2023-11\",\"day\":\"2023-11-30\"}",
			       why), "");
	ck_assert_str_eq(amiss("inspections", "{\"month\":\"2023-11\",\"day\":\"2023-12-01\"}",
			       why), "day");
}
END_TEST

START_TEST(what_is_solved_began_before)
{
	char why[REASON_BYTES];

	ck_assert_str_eq(amiss("difficulties",
			       "{\"state\":\"beyond\",\"beyond\":\"UBND tỉnh\"}", why), "");
	ck_assert_str_eq(amiss("difficulties", "{\"state\":\"open\",\"since\":\"2023-02-01\","
			       "\"solved\":\"2023-01-01\"}", why), "solved");
}
END_TEST

Suite *suite_register_shapes(void);
Suite *suite_register_shapes(void)
{
	Suite *s = suite_create("register_shapes");
	TCase *t = tcase_create("shapes");

	tcase_add_test(t, each_name_of_a_field_is_its_alone);
	tcase_add_test(t, no_prefix_begins_another_and_rows_point_to_one);
	tcase_add_test(t, the_levels_add_up_to_the_total);
	tcase_add_test(t, a_total_alone_and_parts_alone_say_nothing_wrong);
	tcase_add_test(t, a_product_is_a_bulletin_or_says_what_it_is);
	tcase_add_test(t, days_stand_in_their_order);
	tcase_add_test(t, what_is_solved_began_before);
	suite_add_tcase(s, t);
	return s;
}
