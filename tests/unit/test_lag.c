/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/lag.h"

#include "proof/entry.h"
#include "proof/reader.h"
#include "proof/view.h"
#include "support/deskcase.h"
#include "support/log_sample.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct deskcase c;
static struct err e;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static void add(int entries)
{
	int64_t n;

	for (int i = 0; i < entries; i++)
		ck_assert(ledger_append(c.desk.ledger, log_sample_note("x", NULL, "station"), &n,
					&e));
}

START_TEST(counts_what_stands_behind)
{
	int64_t first = ledger_next(c.desk.ledger);

	ck_assert_int_eq(lag_behind(c.desk.disk, first), 0);
	add(5);
	ck_assert_int_eq(lag_behind(c.desk.disk, first), 5);
	ck_assert_int_eq(lag_behind(c.desk.disk, 0), first + 5);
	/* Over the end of a bundle, and on it. */
	add((int)(256 - ledger_next(c.desk.ledger)));
	ck_assert_int_eq(lag_behind(c.desk.disk, 250), 6);
	ck_assert_int_eq(lag_behind(c.desk.disk, 256), 0);
	add(3);
	ck_assert_int_eq(lag_behind(c.desk.disk, 250), 9);
	ck_assert_int_eq(lag_behind(c.desk.disk, 1000), 0);
}
END_TEST

/* What lag_warn writes to stderr. */
static size_t said(struct view *v, char *out, size_t size)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/stderr", c.dir);
	int kept = dup(2);
	FILE *to = freopen(path, "w", stderr);
	ck_assert_ptr_nonnull(to);
	lag_warn(c.dir, v);
	fflush(stderr);
	dup2(kept, 2);
	close(kept);
	FILE *f = fopen(path, "r");
	size_t len = fread(out, 1, size - 1, f);
	out[len] = '\0';
	fclose(f);
	return len;
}

START_TEST(an_old_view_is_told)
{
	char path[128], old[128], words[1000], command[400];
	struct view *v;

	add(2);
	snprintf(path, sizeof(path), "%s/view.sqlite", c.dir);
	snprintf(old, sizeof(old), "%s/old.sqlite", c.dir);
	ck_assert(reader_open(&v, path, &e));
	ck_assert_uint_eq(said(v, words, sizeof(words)), 0);
	reader_close(v);
	/* A view that stopped following. */
	ck_assert(view_open(&v, old, &e));
	ck_assert_uint_gt(said(v, words, sizeof(words)), 0);
	snprintf(command, sizeof(command), "%d ", (int)ledger_next(c.desk.ledger));
	ck_assert_msg(strstr(words, command) != NULL && strstr(words, "vangxa rebuild") != NULL,
		      "%s", words);
	view_close(v);
}
END_TEST

Suite *suite_lag(void);
Suite *suite_lag(void)
{
	Suite *s = suite_create("lag");
	TCase *t = tcase_create("lag");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, counts_what_stands_behind);
	tcase_add_test(t, an_old_view_is_told);
	suite_add_tcase(s, t);
	return s;
}
