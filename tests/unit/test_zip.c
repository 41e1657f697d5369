/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/zip.h"

#include "support/tmpdir.h"
#include "support/zipfile.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char dir[64], path[96];
static struct buf got;
static struct err e;

static void setup(void)
{
	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/a.zip", dir);
}

static void teardown(void)
{
	buf_finish(&got);
	tmpdir_remove(dir);
}

static bool make(const char *to, size_t big)
{
	char *data = calloc(1, big + 1);
	struct zip *z = NULL;
	int fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	ck_assert_int_ge(fd, 0);
	for (size_t i = 0; i < big; i++)
		data[i] = (char)(i * 2654435761u >> 13);
	bool ok = zip_open(&z, fd, &e) && zip_add(z, "một/hai.txt", "chữ", 5, &e) &&
		  zip_begin(z, "lớn", false, &e);
	for (size_t i = 0; ok && i < big; i += 1000)
		ok = zip_more(z, data + i, big - i < 1000 ? big - i : 1000, &e);
	ok = ok && zip_add(z, "rỗng", "", 0, &e) && zip_end(z, &e);
	zip_close(z);
	close(fd);
	free(data);
	return ok;
}

START_TEST(members_come_back)
{
	ck_assert_msg(make(path, 300000), "%s", e.text);
	zipfile_names(path, &got);
	ck_assert_str_eq(buf_str(&got), "một/hai.txt\nlớn\nrỗng\n");
	buf_reset(&got);
	ck_assert(zipfile_member(path, "một/hai.txt", &got));
	ck_assert_str_eq(buf_str(&got), "chữ");
	buf_reset(&got);
	ck_assert(zipfile_member(path, "lớn", &got) && got.len == 300000);
	buf_reset(&got);
	ck_assert(zipfile_member(path, "rỗng", &got) && got.len == 0);
	ck_assert(!zipfile_member(path, "khác", &got));
}
END_TEST

static void load(const char *name, struct buf *out)
{
	char piece[4096];
	ssize_t len;
	int fd = open(name, O_RDONLY | O_CLOEXEC);

	while ((len = read(fd, piece, sizeof(piece))) > 0)
		buf_add(out, piece, (size_t)len);
	close(fd);
}

START_TEST(the_same_members_are_the_same_bytes)
{
	struct buf other = {0};
	char second[96];

	snprintf(second, sizeof(second), "%s/b.zip", dir);
	ck_assert(make(path, 5000));
	setenv("TZ", "America/New_York", 1);
	ck_assert(make(second, 5000));
	load(path, &got);
	load(second, &other);
	ck_assert_uint_eq(got.len, other.len);
	ck_assert_mem_eq(got.data, other.data, got.len);
	buf_finish(&other);
}
END_TEST

START_TEST(a_full_disk_is_said_to_be_full)
{
	if (access("/dev/full", W_OK) != 0)
		return;
	ck_assert(!make("/dev/full", 300000));
	ck_assert_int_eq(e.kind, ERR_NO_SPACE);
	ck_assert(!make("/dev/full", 0)); /* noticed at the end at the latest */
}
END_TEST

Suite *suite_zip(void);
Suite *suite_zip(void)
{
	Suite *s = suite_create("zip");
	TCase *t = tcase_create("zip");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, members_come_back);
	tcase_add_test(t, the_same_members_are_the_same_bytes);
	tcase_add_test(t, a_full_disk_is_said_to_be_full);
	suite_add_tcase(s, t);
	return s;
}
