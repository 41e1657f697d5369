/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries as another program, another version or an enemy may have written them: the view must be
 * possible to make, and say of each no more than it says. Good entries: test_reader.c. */
#include "proof/reader.h"
#include "proof/view.h"

#include <check.h>
#include <string.h>

static struct view *v;
static struct err e;

static void setup(void)
{
	ck_assert(view_open(&v, ":memory:", &e));
}

static void teardown(void)
{
	view_close(v);
}

static void apply(const char *text)
{
	ck_assert(view_begin(v, &e));
	ck_assert_msg(view_apply(v, v->applied, text, strlen(text), &e), "%s: %s", text, e.text);
	ck_assert(view_commit(v, &e));
}

START_TEST(strange_entries_become_events)
{
	static const char *const texts[] = {
		"{}", "[]", "{\"kind\":7}", "not json", "", "{\"kind\":\"from.tomorrow\"}",
		"{\"kind\":\"bulletin.received\",\"programmes\":7,\"frames\":\"x\",\"level\":null}",
		"{\"kind\":\"bulletin.approved\",\"bulletin\":\"B999\"}",
		"{\"kind\":\"bulletin.approved\"}",
		"{\"kind\":\"airing.intended\",\"zones\":[1,null,\"a\"],\"planned\":\"never\"}",
		"{\"kind\":\"airing.ended\"}", "{\"kind\":\"airing.ended\",\"airing\":\"B1\"}",
		"{\"kind\":\"airing.missed\",\"planned_length_s\":1e300}",
	};
	const size_t count = sizeof(texts) / sizeof(texts[0]);
	int64_t applied;
	struct airing_row r;
	struct bulletin b;

	for (size_t i = 0; i < count; i++)
		apply(texts[i]);
	ck_assert(reader_applied(v, &applied, &e));
	ck_assert_int_eq(applied, (int64_t)count);
	ck_assert(reader_bulletin(v, "B6", &b, &e));
	ck_assert(b.level == LEVEL_ORDINARY && b.frames == 0 && b.programme_count == 0);
	ck_assert(reader_airing(v, "A9", &r, &e));
	ck_assert_str_eq(r.zones, "a");
	ck_assert_str_eq(r.result, "on-air");
	ck_assert(reader_airing(v, "M12", &r, &e));
}
END_TEST

START_TEST(outcome_without_its_intent_is_still_a_row)
{
	struct airing_row r;

	apply("{\"kind\":\"airing.ended\",\"airing\":\"A42\",\"result\":\"cut\",\"slot\":\"x\"}");
	ck_assert(reader_airing(v, "A42", &r, &e));
	ck_assert_str_eq(r.result, "cut");
	ck_assert_str_eq(r.slot, "x");
}
END_TEST

START_TEST(last_decision_counts)
{
	struct bulletin b;

	apply("{\"kind\":\"bulletin.received\",\"title\":\"a\"}");
	apply("{\"bulletin\":\"B0\",\"kind\":\"bulletin.approved\"}");
	apply("{\"bulletin\":\"B0\",\"kind\":\"bulletin.withdrawn\"}");
	apply("{\"bulletin\":\"B0\",\"kind\":\"bulletin.approved\"}");
	ck_assert(reader_bulletin(v, "B0", &b, &e));
	ck_assert_int_eq(b.state, BULLETIN_APPROVED);
}
END_TEST

Suite *suite_view_apply(void);
Suite *suite_view_apply(void)
{
	Suite *s = suite_create("view_apply");
	TCase *t = tcase_create("view_apply");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, strange_entries_become_events);
	tcase_add_test(t, outcome_without_its_intent_is_still_a_row);
	tcase_add_test(t, last_decision_counts);
	suite_add_tcase(s, t);
	return s;
}
