/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/unparcel.h"

#include "base/json.h"
#include "support/parcelcase.h"
#include "sys/zip.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct parcelcase p;
static struct unparcel u;
static struct err e;

static void setup(void)
{
	parcelcase_open(&p);
	ck_assert_int_eq(setenv("TMPDIR", p.c.dir, 1), 0);
}

static void teardown(void)
{
	parcelcase_close(&p);
}

static bool take_apart(void)
{
	int fd = open(p.path, O_RDONLY | O_CLOEXEC);
	bool ok = unparcel_open(&u, fd, &e);

	close(fd);
	return ok;
}

static bool is_there(const char *file)
{
	char path[PATH_BYTES + 100];

	snprintf(path, sizeof(path), "%s/%s", u.dir, file);
	return access(path, F_OK) == 0;
}

START_TEST(a_pack_is_taken_apart_and_cleared_away)
{
	char dir[PATH_BYTES];

	ck_assert(parcelcase_make(&p));
	ck_assert_msg(take_apart(), "%s", e.text);
	ck_assert(is_there("log/checkpoint") && is_there("tables/airings.csv"));
	ck_assert(!is_there("aircheck") && is_there("verify.py"));
	json_t *sound = json_object_get(u.recordings, PARCELCASE_RECORDING);
	ck_assert_str_eq(json_get_text(sound, "sha256", ""), PARCELCASE_SHA256);
	ck_assert_int_eq(u.strange, 0);
	ck_assert(is_there("pack.json") && is_there("README.txt"));
	snprintf(dir, sizeof(dir), "%s", u.dir);
	unparcel_close(&u);
	ck_assert_int_ne(access(dir, F_OK), 0);
}
END_TEST

struct odd {
	const char *names[3];
	size_t len;
};

static void make(const struct odd *odd)
{
	int fd = open(p.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	char *data = calloc(1, odd->len + 1);
	struct zip *z;

	ck_assert(zip_open(&z, fd, &e));
	for (int i = 0; i < 3 && odd->names[i] != NULL; i++)
		ck_assert(zip_add(z, odd->names[i], data, odd->len, &e));
	ck_assert(zip_end(z, &e));
	zip_close(z);
	close(fd);
	free(data);
}

START_TEST(two_of_one_name_or_too_large_are_refused)
{
	static const struct odd bad[] = {
		{{"log/vkey", "log/vkey"}, 5},
		{{"tables/events.csv", "README.txt", "tables/events.csv"}, 5},
		{{"aircheck/a.mp3", "aircheck/a.mp3"}, 5},
		{{"verify.py", "verify.py"}, 5},
		{{"pack.json", "pack.json"}, 5},
		{{"README.txt", "README.txt"}, 0},
		{{"log/checkpoint"}, 1 << 20},
		{{"pack.json"}, 70000},
		{{"README.txt"}, 70000},
		{{"log/tile/0/000"}, 64 << 20},
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		make(&bad[i]);
		ck_assert_msg(!take_apart(), "%s", bad[i].names[0]);
		ck_assert_msg(e.kind == ERR_DAMAGED, "%s: %s", bad[i].names[0], e.text);
	}
}
END_TEST

/* Names that would lead out of the folder, or into what the pack is judged by. */
START_TEST(no_name_chooses_its_place)
{
	static const char *const names[] = {
		"../x", "/tmp/x", "log/../../x", "log/key", "log/tile/0/../../vkey", "heads/1",
		"key", "view.sqlite", "aircheck/../../x", "aircheck/a\nb", "tables/x.csv", "log",
		"log/vkey/x", "LOG/vkey", "log/tile/0/000.p/1/2", ".", "..",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		make(&(struct odd){{names[i]}, 3});
		ck_assert_msg(take_apart(), "%s: %s", names[i], e.text);
		ck_assert_msg(u.strange == 1, "%s", names[i]);
		ck_assert(!is_there("log") && !is_there("x") && !is_there("heads"));
		ck_assert_int_eq(json_object_size(u.recordings), 0);
		unparcel_close(&u);
	}
}
END_TEST

Suite *suite_unparcel(void);
Suite *suite_unparcel(void)
{
	Suite *s = suite_create("unparcel");
	TCase *t = tcase_create("unparcel");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_pack_is_taken_apart_and_cleared_away);
	tcase_add_test(t, two_of_one_name_or_too_large_are_refused);
	tcase_add_test(t, no_name_chooses_its_place);
	suite_add_tcase(s, t);
	return s;
}
