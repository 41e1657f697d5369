/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/vetted.h"

#include "base/limits.h"
#include "support/aired.h"
#include "support/soundfile.h"
#include "support/tmpdir.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BYTES (2 * VETTED_PART_BYTES + 1000)

static char dir[64], path[128], sha256[SHA256_HEX_BYTES];
static uint8_t data[BYTES], part[VETTED_PART_BYTES];
static int fd;
static struct err e;

static void setup(void)
{
	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/file", dir);
	for (int i = 0; i < BYTES; i++)
		data[i] = (uint8_t)(i * 7 % 251);
	file_save(path, data, BYTES);
	aired_hash(path, sha256);
	fd = open(path, O_RDWR | O_CLOEXEC);
	ck_assert_int_ge(fd, 0);
	e = (struct err){0};
}

static void teardown(void)
{
	close(fd);
	tmpdir_remove(dir);
}

static void poke(int64_t at)
{
	uint8_t byte = (uint8_t)(data[at] ^ 1);

	ck_assert_int_eq((int)pwrite(fd, &byte, 1, at), 1);
}

START_TEST(all_parts_come_as_they_are)
{
	struct vetted *v = vetted_get(fd, sha256, &e);

	ck_assert_msg(v != NULL, "%s", e.text);
	for (int i = 0; i < 3; i++) {
		int64_t n = vetted_read(v, fd, i, part);
		ck_assert_int_eq(n, i < 2 ? VETTED_PART_BYTES : 1000);
		ck_assert_int_eq(memcmp(part, data + (size_t)i * VETTED_PART_BYTES, (size_t)n), 0);
	}
	ck_assert_int_eq(vetted_read(v, fd, 3, part), 0);
	vetted_release(v);
	vetted_release(NULL);
}
END_TEST

START_TEST(other_bytes_are_not_vetted)
{
	poke(BYTES - 1);
	ck_assert_ptr_null(vetted_get(fd, sha256, &e));
	ck_assert_int_eq(e.kind, ERR_DIFFERS);
	ck_assert(!vetted_known(path, sha256));
	ck_assert_int_eq(ftruncate(fd, 0), 0);
	ck_assert_ptr_null(vetted_get(fd, sha256, &e));
	int folder = open(dir, O_RDONLY | O_CLOEXEC);
	ck_assert_ptr_null(vetted_get(folder, sha256, &e));
	close(folder);
}
END_TEST

START_TEST(what_is_written_into_the_open_file_is_not_given_out)
{
	struct vetted *v = vetted_get(fd, sha256, &e);

	ck_assert_msg(v != NULL, "%s", e.text);
	poke(VETTED_PART_BYTES + 5);
	ck_assert_int_eq(vetted_read(v, fd, 0, part), VETTED_PART_BYTES);
	ck_assert_int_eq(vetted_read(v, fd, 1, part), VETTED_OTHER);
	ck_assert_int_eq(ftruncate(fd, BYTES - 1), 0);
	ck_assert_int_eq(vetted_read(v, fd, 2, part), VETTED_OTHER);
	vetted_release(v);
}
END_TEST

/* By what the kernel tells of the file, and never instead of looking at what is read. */
START_TEST(a_file_is_looked_through_once_and_again_when_it_is_another)
{
	struct vetted *first, *again;
	const struct timespec old[2] = {{1000, 0}, {1000, 0}};

	ck_assert_int_eq(futimens(fd, old), 0);
	ck_assert(!vetted_known(path, sha256));
	ck_assert_ptr_nonnull(first = vetted_get(fd, sha256, &e));
	ck_assert(vetted_known(path, sha256));
	ck_assert_ptr_nonnull(again = vetted_get(fd, sha256, &e));
	ck_assert_ptr_eq(first, again);
	vetted_release(again);
	unlink(path);
	file_save(path, data, BYTES - 1);
	ck_assert(!vetted_known(path, sha256));
	int other = open(path, O_RDONLY | O_CLOEXEC);
	ck_assert_ptr_null(vetted_get(other, sha256, &e));
	close(other);
	ck_assert_int_eq(vetted_read(first, fd, 2, part), 1000); /* its own file is open still */
	vetted_release(first);
}
END_TEST

/* More files than are remembered: those in use stay whole. */
START_TEST(the_oldest_are_forgotten)
{
	struct vetted *kept = vetted_get(fd, sha256, &e);
	char name[128], sum[SHA256_HEX_BYTES];

	ck_assert_ptr_nonnull(kept);
	for (int i = 0; i < VETTED_MAX; i++) {
		snprintf(name, sizeof(name), "%s/%d", dir, i);
		file_save(name, &i, sizeof(i));
		aired_hash(name, sum);
		int one = open(name, O_RDONLY | O_CLOEXEC);
		struct vetted *v = vetted_get(one, sum, &e);
		ck_assert_msg(v != NULL, "%s", e.text);
		vetted_release(v);
		close(one);
	}
	ck_assert(!vetted_known(path, sha256));
	ck_assert_int_eq(vetted_read(kept, fd, 2, part), 1000);
	vetted_release(kept);
}
END_TEST

Suite *suite_vetted(void);
Suite *suite_vetted(void)
{
	Suite *s = suite_create("vetted");
	TCase *t = tcase_create("vetted");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, all_parts_come_as_they_are);
	tcase_add_test(t, other_bytes_are_not_vetted);
	tcase_add_test(t, what_is_written_into_the_open_file_is_not_given_out);
	tcase_add_test(t, a_file_is_looked_through_once_and_again_when_it_is_another);
	tcase_add_test(t, the_oldest_are_forgotten);
	suite_add_tcase(s, t);
	return s;
}
