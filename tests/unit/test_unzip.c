/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/unzip.h"

#include "base/buf.h"
#include "support/tmpdir.h"
#include "sys/zip.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[300];
static char dir[64];
static struct buf seen;
static const char *refuse;
static struct err e;

static bool member(void *arg, const char *name, struct err *why)
{
	(void)arg;
	buf_print(&seen, "<%s>", name);
	return refuse == NULL || strcmp(name, refuse) != 0 || err_set(why, ERR_REFUSED, "no");
}

static bool bytes(void *arg, const void *data, size_t len, struct err *why)
{
	(void)arg;
	(void)why;
	buf_add(&seen, data, len);
	return true;
}

static bool read_it(void)
{
	struct unzip_handler h = {member, bytes, NULL};
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	buf_reset(&seen);
	ck_assert_int_ge(fd, 0);
	bool ok = unzip(fd, &h, &e);
	close(fd);
	return ok;
}

static void make(const char *const names[], int count, size_t len)
{
	char *data = calloc(1, len + 1);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	struct zip *z;

	memset(data, 'x', len);
	ck_assert(zip_open(&z, fd, &e));
	for (int i = 0; i < count; i++)
		ck_assert_msg(zip_add(z, names[i], data, len, &e), "%s", e.text);
	ck_assert(zip_end(z, &e));
	zip_close(z);
	close(fd);
	free(data);
}

static void setup(void)
{
	tmpdir_make(dir);
	refuse = NULL;
	snprintf(path, sizeof(path), "%s/a.zip", dir);
}

static void teardown(void)
{
	buf_finish(&seen);
	tmpdir_remove(dir);
}

static void save(const char *data, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	ck_assert_int_eq(write(fd, data, len), (ssize_t)len);
	close(fd);
}

static void load(struct buf *b)
{
	char piece[4096];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	while ((n = read(fd, piece, sizeof(piece))) > 0)
		buf_add(b, piece, (size_t)n);
	close(fd);
}

START_TEST(members_come_as_they_were_put_in)
{
	static const char *const names[] = {"a", "b/c.txt", "../x", "a"};

	make(names, 4, 3);
	ck_assert_msg(read_it(), "%s", e.text);
	ck_assert_str_eq(buf_str(&seen), "<a>xxx<b/c.txt>xxx<../x>xxx<a>xxx");
	refuse = "b/c.txt";
	ck_assert(!read_it() && e.kind == ERR_REFUSED);
	ck_assert_str_eq(buf_str(&seen), "<a>xxx<b/c.txt>");
}
END_TEST

START_TEST(what_is_no_zip_file_is_refused)
{
	static const char *const none[] = {"", "PK", "hello, I am no zip file at all"};

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		save(none[i], strlen(none[i]));
		ck_assert_msg(!read_it() && e.kind == ERR_DAMAGED, "%s", none[i]);
	}
}
END_TEST

/* Cut anywhere it is refused; a byte changed anywhere ends in an answer, too. */
START_TEST(damaged_ones_end_in_a_sentence)
{
	static const char *const names[] = {"log/checkpoint", "tables/a.csv"};
	struct buf whole = {0};

	make(names, 2, 500);
	load(&whole);
	for (size_t len = 0; len < whole.len; len += 7) {
		save(whole.data, len);
		ck_assert_msg(!read_it() && e.kind == ERR_DAMAGED, "cut at %zu", len);
	}
	for (size_t at = 0; at < whole.len; at += 3) {
		whole.data[at] ^= 0x41;
		save(whole.data, whole.len);
		if (!read_it())
			ck_assert_msg(e.kind == ERR_DAMAGED, "%zu: %s", at, e.text);
		whole.data[at] ^= 0x41;
	}
	buf_finish(&whole);
}
END_TEST

START_TEST(a_large_member_comes_in_pieces)
{
	static const char *const names[] = {"big"};

	make(names, 1, 3000000);
	ck_assert_msg(read_it(), "%s", e.text);
	ck_assert_uint_eq(seen.len, 3000000 + strlen("<big>"));
}
END_TEST

Suite *suite_unzip(void);
Suite *suite_unzip(void)
{
	Suite *s = suite_create("unzip");
	TCase *t = tcase_create("unzip");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, members_come_as_they_were_put_in);
	tcase_add_test(t, what_is_no_zip_file_is_refused);
	tcase_add_test(t, damaged_ones_end_in_a_sentence);
	tcase_add_test(t, a_large_member_comes_in_pieces);
	suite_add_tcase(s, t);
	return s;
}
