/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/reader.h"

#include "support/deskcase.h"
#include "support/log_sample.h"

#include <check.h>
#include <stdio.h>

static struct deskcase c;
static struct view *beside;
static struct err e;

static void add(void)
{
	int64_t n;

	ck_assert(ledger_append(c.desk.ledger, log_sample_note("x", NULL, NULL), &n, &e));
}

static void setup(void)
{
	char path[300];

	deskcase_open(&c);
	add();
	snprintf(path, sizeof(path), "%s/view.sqlite", c.dir);
	ck_assert_msg(reader_open(&beside, path, &e), "%s", e.text);
}

static void teardown(void)
{
	reader_close(beside);
	deskcase_close(&c);
}

static int64_t applied(void)
{
	int64_t n = -1;

	ck_assert_msg(reader_applied(beside, &n, &e), "%s", e.text);
	return n;
}

START_TEST(a_view_that_is_held_stands_still)
{
	int64_t before = applied(), held;

	ck_assert_msg(reader_hold(beside, &held, &e), "%s", e.text);
	ck_assert_int_eq(held, before);
	add();
	add();
	ck_assert_int_eq(applied(), before);
	ck_assert(!reader_hold(beside, &held, &e)); /* it is held already */
	reader_release(beside);
	ck_assert_int_eq(applied(), before + 2);
	ck_assert(reader_hold(beside, &held, &e));
	ck_assert_int_eq(held, before + 2);
	reader_release(beside);
}
END_TEST

Suite *suite_reader_hold(void);
Suite *suite_reader_hold(void)
{
	Suite *s = suite_create("reader_hold");
	TCase *t = tcase_create("reader_hold");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_view_that_is_held_stands_still);
	suite_add_tcase(s, t);
	return s;
}
