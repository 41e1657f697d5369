/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/zipfd.h"

#include "sys/zip.h"

#include <archive_entry.h>
#include <check.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static struct zipfd z;

static void setup(void)
{
	z.fd = memfd_create("zip", MFD_CLOEXEC);
	ck_assert_int_ge(z.fd, 0);
}

static void teardown(void)
{
	close(z.fd);
}

static void make(void)
{
	struct zip *out;
	struct err e;

	ck_assert(zip_open(&out, z.fd, &e));
	ck_assert(zip_add(out, "a", "one", 3, &e) && zip_add(out, "b", "two", 3, &e));
	ck_assert(zip_end(out, &e));
	zip_close(out);
}

START_TEST(it_is_read_from_the_beginning_each_time)
{
	struct archive_entry *member;
	char text[8] = "";

	make();
	for (int i = 0; i < 2; i++) {
		struct archive *a = zipfd_open(&z);
		ck_assert_ptr_nonnull(a);
		ck_assert_int_eq(archive_read_next_header(a, &member), ARCHIVE_OK);
		ck_assert_int_eq(archive_read_next_header(a, &member), ARCHIVE_OK);
		ck_assert_str_eq(archive_entry_pathname(member), "b");
		ck_assert_int_eq((int)archive_read_data(a, text, sizeof(text)), 3);
		ck_assert_str_eq(text, "two");
		ck_assert_int_eq(archive_read_next_header(a, &member), ARCHIVE_EOF);
		archive_read_free(a);
	}
}
END_TEST

START_TEST(what_is_no_zip_file_is_told)
{
	ck_assert_ptr_null(zipfd_open(&z));
	ck_assert_int_eq((int)write(z.fd, "title,kind\n", 11), 11);
	ck_assert_ptr_null(zipfd_open(&z));
}
END_TEST

Suite *suite_zipfd(void);
Suite *suite_zipfd(void)
{
	Suite *s = suite_create("zipfd");
	TCase *t = tcase_create("zipfd");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, it_is_read_from_the_beginning_each_time);
	tcase_add_test(t, what_is_no_zip_file_is_told);
	suite_add_tcase(s, t);
	return s;
}
