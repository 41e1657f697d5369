/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/log_sample.h"
#include "support/notary_case.h"
#include "support/verify_case.h"

#include <check.h>

static struct verdict v;

static void begin(void)
{
	case_setup();
	verdict_init(&v);
}

static void end(void)
{
	verdict_finish(&v);
	case_teardown();
}

static void append_many(int count)
{
	for (int i = 0; i < count; i++)
		case_append(log_sample_note("x", NULL, "user:1"));
}

static void verify(bool running)
{
	verdict_finish(&v);
	ck_assert(verify_case(case_disk(), NULL, running, &v));
}

static void rename_file(const char *from, const char *to)
{
	struct buf b = {0};

	verify_case_read(case_disk(), from, &b);
	verify_case_put(case_disk(), from, NULL, 0);
	verify_case_put(case_disk(), to, b.data, b.len);
	buf_finish(&b);
}

/* Nothing is lost: that comes before what looks so. */
START_TEST(a_file_of_another_name_is_named_first)
{
	static const struct {
		const char *from, *to;
		enum verdict_check check;
		int n;
	} files[] = {
		{"log/tile/entries/000.p/20", "log/tile/entries/000.p/020", CHECK_ENTRIES, 0},
		{"log/tile/0/000.p/20", "log/tile/0/000.p/x", CHECK_TILES, 0},
	};

	append_many(20);
	notary_close(case_notary);
	case_notary = NULL;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		rename_file(files[i].from, files[i].to);
		verify(false);
		ck_assert_str_eq(verdict_first(&v)->code, "file-misnamed");
		ck_assert_str_eq(verdict_first(&v)->file, files[i].to);
		ck_assert_int_eq(verdict_first(&v)->check, files[i].check);
		ck_assert_int_eq(verdict_first(&v)->n, files[i].n);
		rename_file(files[i].to, files[i].from);
	}
	verify_case_put(case_disk(), "log/tile/0/000.p/x", "x", 1);
	verify(false);
	ck_assert_ptr_null(verdict_first(&v));
}
END_TEST

/* What the head signs is asked for by the width that it has. */
START_TEST(a_file_under_the_name_of_a_narrower_one)
{
	append_many(20);
	notary_close(case_notary);
	case_notary = NULL;
	rename_file("log/tile/0/000.p/20", "log/tile/0/000.p/19");
	verify(false);
	ck_assert_str_eq(verify_case_first(&v)->code, "tile-missing");
	rename_file("log/tile/0/000.p/19", "log/tile/0/000.p/20");
	rename_file("log/tile/entries/000.p/20", "log/tile/entries/000.p/19");
	verify(false);
	ck_assert_str_eq(verify_case_first(&v)->code, "bundle-narrow");
	ck_assert_int_eq(verify_case_first(&v)->n, 19);
}
END_TEST

/* A log that was about to begin is none yet; and a file is no log. */
START_TEST(an_empty_folder_is_no_log)
{
	append_many(20);
	notary_close(case_notary);
	case_notary = NULL;
	ck_assert(disk_make_dir(case_disk(), "log-2/tile/0", &(struct err){0}));
	verify(false);
	ck_assert_ptr_null(verdict_first(&v));
	verify_case_put(case_disk(), "log-3", "x", 1);
	verify(false);
	ck_assert_str_eq(verify_case_first(&v)->code, "log-missing");
}
END_TEST

Suite *suite_verify_names(void);
Suite *suite_verify_names(void)
{
	Suite *s = suite_create("verify_names");
	TCase *t = tcase_create("verify_names");

	tcase_add_checked_fixture(t, begin, end);
	tcase_add_test(t, a_file_of_another_name_is_named_first);
	tcase_add_test(t, a_file_under_the_name_of_a_narrower_one);
	tcase_add_test(t, an_empty_folder_is_no_log);
	suite_add_tcase(s, t);
	return s;
}
