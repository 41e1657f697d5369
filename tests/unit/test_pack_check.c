/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pack_check.h"

#include "support/parcelcase.h"

#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct parcelcase p;
static struct unparcel u;
static struct known_keys known;
static struct verdict verdict;
static struct err e;
static int logs;

static void setup(void)
{
	parcelcase_open(&p);
	ck_assert(parcelcase_make(&p));
	ck_assert_int_eq(setenv("TMPDIR", p.c.dir, 1), 0);
	int fd = open(p.path, O_RDONLY | O_CLOEXEC);
	ck_assert_msg(unparcel_open(&u, fd, &e), "%s", e.text);
	close(fd);
	verdict_init(&verdict);
	known.count = logs = 0;
}

static void teardown(void)
{
	verdict_finish(&verdict);
	unparcel_close(&u);
	parcelcase_close(&p);
}

static void count_logs(const struct verify *v, const struct verdict *seen, void *arg)
{
	(void)arg;
	ck_assert_ptr_eq(seen, &verdict);
	logs = v->count;
}

static bool notes(const char *code)
{
	for (int i = 0; i < verdict.note_count; i++)
		if (strcmp(verdict.notes[i].code, code) == 0)
			return true;
	return false;
}

/* Whose key it is nobody knows, and that is said. */
START_TEST(a_pack_is_looked_at_whole)
{
	struct folder_check how = {.name = "goi.zip", .known = &known, .done = count_logs};

	ck_assert(view_open_scratch(&how.made, &e));
	ck_assert_msg(pack_check(&u, &how, &verdict, &e), "%s", e.text);
	ck_assert_int_eq(verdict.differ, 0);
	ck_assert(verdict.checks[CHECK_TABLES].done && verdict.checks[CHECK_TEXTS].done);
	ck_assert_int_eq(logs, 1);
	ck_assert_int_gt(how.made->applied, 0);
	ck_assert(notes("own-key"));
	view_close(how.made);
}
END_TEST

START_TEST(the_logs_alone_if_that_is_asked)
{
	struct folder_check how = {.name = "goi.zip", .known = &known, .log_only = true,
				   .done = count_logs};

	ck_assert(pack_check(&u, &how, &verdict, &e));
	ck_assert(!verdict.checks[CHECK_TABLES].done);
	ck_assert_int_eq(logs, 1);
}
END_TEST

START_TEST(what_is_no_pack_is_called_what_it_is)
{
	ck_assert(pack_check_is("PK\3\4", 4, &e));
	ck_assert(!pack_check_is("", 0, &e) && strstr(e.text, "rỗng") != NULL);
	ck_assert(!pack_check_is("%PDF", 4, &e) && strstr(e.text, "zip") != NULL);
}
END_TEST

Suite *suite_pack_check(void);
Suite *suite_pack_check(void)
{
	Suite *s = suite_create("pack_check");
	TCase *t = tcase_create("pack_check");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_pack_is_looked_at_whole);
	tcase_add_test(t, the_logs_alone_if_that_is_asked);
	tcase_add_test(t, what_is_no_pack_is_called_what_it_is);
	suite_add_tcase(s, t);
	return s;
}
