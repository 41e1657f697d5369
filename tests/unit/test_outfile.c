/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/outfile.h"

#include "support/tmpdir.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64], path[128], part[160];
static struct err e;

static void setup(void)
{
	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/a.csv", dir);
	snprintf(part, sizeof(part), "%s.part", path);
	e = (struct err){0};
}

static void teardown(void)
{
	tmpdir_remove(dir);
}

static void holds(const char *text)
{
	char found[32] = "";
	FILE *f = fopen(path, "re");

	ck_assert_ptr_nonnull(f);
	size_t n = fread(found, 1, sizeof(found) - 1, f);
	fclose(f);
	found[n] = '\0';
	ck_assert_str_eq(found, text);
	ck_assert_int_ne(access(part, F_OK), 0);
}

static void put(const char *text, bool ok)
{
	struct outfile o;

	ck_assert(outfile_begin(&o, path, &e));
	fputs(text, o.out);
	ck_assert_int_ne(access(part, F_OK), -1);
	ck_assert_int_eq(outfile_end(&o, ok, &e), ok);
}

START_TEST(a_whole_file_has_its_name)
{
	put("one", true);
	holds("one");
	put("two", true);
	holds("two");
}
END_TEST

START_TEST(half_a_file_leaves_what_was_there)
{
	put("one", true);
	err_set(&e, ERR_FAILED, "why");
	put("tw", false);
	holds("one");
	ck_assert_str_eq(e.text, "why");
}
END_TEST

/* /dev/full takes bytes and has no room for them: only the flush says so. */
START_TEST(a_full_disk_is_told)
{
	struct outfile o = {.path = path};

	snprintf(o.part, sizeof(o.part), "%s", part);
	ck_assert_int_eq(symlink("/dev/full", part), 0);
	o.out = fopen(part, "we");
	ck_assert_ptr_nonnull(o.out);
	fputs("one", o.out);
	ck_assert(!outfile_end(&o, true, &e));
	ck_assert_ptr_nonnull(strstr(e.text, part));
	ck_assert_int_ne(access(path, F_OK), 0);
	ck_assert_int_ne(access(part, F_OK), 0);
}
END_TEST

START_TEST(what_cannot_be_there_is_told)
{
	struct outfile o;
	char there[128], long_path[PATH_BYTES + 8];

	snprintf(there, sizeof(there), "%s/none/a.csv", dir);
	ck_assert(!outfile_begin(&o, there, &e));
	ck_assert_ptr_nonnull(strstr(e.text, "none"));
	memset(long_path, 'a', sizeof(long_path));
	long_path[sizeof(long_path) - 1] = '\0';
	e = (struct err){0};
	ck_assert(!outfile_begin(&o, long_path, &e));
	ck_assert_int_eq(e.kind, ERR_USAGE);
	/* A folder of that name stays what it is. */
	ck_assert_int_eq(mkdir(path, 0700), 0);
	put("one", false);
	e = (struct err){0};
	ck_assert(outfile_begin(&o, path, &e));
	fputs("one", o.out);
	ck_assert(!outfile_end(&o, true, &e));
	ck_assert_ptr_nonnull(strstr(e.text, path));
	ck_assert_int_ne(access(part, F_OK), 0);
}
END_TEST

static void is_written(const char *to, const char *asked, const char *want)
{
	static const char *const formats[] = {"pdf", "html", NULL};
	const char *format = outfile_format(to, asked, formats, "html", &e);

	ck_assert_msg(strcmp(format != NULL ? format : "none", want) == 0, "%s: %s", to, want);
	ck_assert(format != NULL || e.kind == ERR_USAGE);
}

/* A page under the name of a spreadsheet would be taken for one. */
START_TEST(as_what_it_is_written_is_what_its_name_says)
{
	is_written("a.pdf", NULL, "pdf");
	is_written("a.b/A.PDF", NULL, "pdf");
	is_written("a.xlsx", NULL, "none");
	ck_assert_ptr_nonnull(strstr(e.text, "pdf, html"));
	is_written("a.xlsx", "html", "html");
	is_written("a.pdf", "docx", "none");
	is_written("a.", NULL, "none");
	is_written("-", NULL, "html");
	is_written(NULL, NULL, "html");
	is_written("a.xlsx/b", NULL, "html");
	is_written("/tmp/.b", NULL, "html");
}
END_TEST

Suite *suite_outfile(void);
Suite *suite_outfile(void)
{
	Suite *s = suite_create("outfile");
	TCase *t = tcase_create("outfile");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_whole_file_has_its_name);
	tcase_add_test(t, half_a_file_leaves_what_was_there);
	tcase_add_test(t, a_full_disk_is_told);
	tcase_add_test(t, what_cannot_be_there_is_told);
	tcase_add_test(t, as_what_it_is_written_is_what_its_name_says);
	suite_add_tcase(s, t);
	return s;
}
