/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/store.h"
#include "support/soundfile.h"
#include "support/tmpdir.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of "abc": FIPS 180-2, appendix B.1. */
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static char dir[64];
static struct store s;
static struct err e;
static char hex[SHA256_HEX_BYTES];

static void setup(void)
{
	tmpdir_make(dir);
}

static void teardown(void)
{
	tmpdir_remove(dir);
}

static bool there(const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/box/%s", dir, name);
	return access(path, F_OK) == 0;
}

static void commit_abc(void)
{
	ck_assert_msg(store_begin(&s, dir, "box", &e), "%s", e.text);
	ck_assert_int_eq((int)write(s.fd, "abc", 3), 3);
	ck_assert_msg(store_commit(&s, ".x", hex, &e), "%s", e.text);
	ck_assert_int_eq(s.fd, -1);
}

START_TEST(a_file_is_named_by_its_bytes)
{
	commit_abc();
	ck_assert_str_eq(hex, ABC);
	ck_assert(there(ABC ".x"));
	ck_assert(!there(s.temp));
	commit_abc(); /* once more is no fault */
	ck_assert(!there(s.temp));
}
END_TEST

/* A file of that name but another size can only be damage: it is replaced. */
START_TEST(a_damaged_namesake_is_replaced)
{
	char path[256];
	size_t len;

	commit_abc();
	snprintf(path, sizeof(path), "%s/box/" ABC ".x", dir);
	file_save(path, "a", 1);
	commit_abc();
	free(file_load(path, &len));
	ck_assert_uint_eq(len, 3);
}
END_TEST

/* Of the same size, too: whoever adds an original again wants its own bytes there. */
START_TEST(another_file_under_its_name_is_replaced)
{
	char path[256];
	size_t len;

	commit_abc();
	snprintf(path, sizeof(path), "%s/box/" ABC ".x", dir);
	file_save(path, "xyz", 3);
	commit_abc();
	uint8_t *bytes = file_load(path, &len);
	ck_assert_int_eq(memcmp(bytes, "abc", 3), 0);
	free(bytes);
}
END_TEST

START_TEST(what_is_abandoned_vanishes)
{
	ck_assert(store_begin(&s, dir, "box", &e));
	ck_assert(there(s.temp));
	store_abandon(&s);
	ck_assert(!there(s.temp));
	store_abandon(&s);
}
END_TEST

START_TEST(a_sweep_takes_only_what_is_half_made)
{
	commit_abc();
	ck_assert(store_begin(&s, dir, "box", &e));
	store_sweep(dir, "box");
	ck_assert(!there(s.temp));
	ck_assert(there(ABC ".x"));
	store_abandon(&s);
	store_sweep("/khong-co", "box");
}
END_TEST

START_TEST(a_folder_that_is_not_there_is_told)
{
	ck_assert(!store_begin(&s, "/khong-co", "box", &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	store_abandon(&s);
}
END_TEST

START_TEST(hashing_leaves_the_offset)
{
	char path[256];

	commit_abc();
	snprintf(path, sizeof(path), "%s/box/" ABC ".x", dir);
	int fd = open(path, O_RDONLY);
	lseek(fd, 2, SEEK_SET);
	memset(hex, 0, sizeof(hex));
	ck_assert(store_hash(fd, hex, &e));
	ck_assert_str_eq(hex, ABC);
	ck_assert_int_eq((int)lseek(fd, 0, SEEK_CUR), 2);
	close(fd);
	ck_assert(!store_hash(-1, hex, &e));
}
END_TEST

Suite *suite_store(void)
{
	Suite *suite = suite_create("store");
	TCase *t = tcase_create("store");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_file_is_named_by_its_bytes);
	tcase_add_test(t, a_damaged_namesake_is_replaced);
	tcase_add_test(t, another_file_under_its_name_is_replaced);
	tcase_add_test(t, what_is_abandoned_vanishes);
	tcase_add_test(t, a_sweep_takes_only_what_is_half_made);
	tcase_add_test(t, a_folder_that_is_not_there_is_told);
	tcase_add_test(t, hashing_leaves_the_offset);
	suite_add_tcase(suite, t);
	return suite;
}
