/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/cert.h"

#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char names[][CERT_NAME_BYTES] = {"localhost", "may-dai.local", "192.0.2.7",
					      "2001:db8::7"};
static const struct wall now = {INT64_C(1795384800) * NS_PER_S}; /* November 2026 */
static char dir[64];
static struct cert c;
static struct err e;

static void setup(void)
{
	tmpdir_make(dir);
	c = (struct cert){0};
	e = (struct err){0};
}

static void teardown(void)
{
	cert_finish(&c);
	tmpdir_remove(dir);
}

static const char *path(const char *name)
{
	static char text[96];

	snprintf(text, sizeof(text), "%s/tls/%s", dir, name);
	return text;
}

static void write_file(const char *name, const char *text)
{
	FILE *f = fopen(path(name), "w");

	ck_assert(f != NULL && fputs(text, f) >= 0 && fclose(f) == 0);
}

static void make(struct wall when)
{
	ck_assert_msg(cert_make(dir, names, 4, when, &e), "%s", e.text);
}

START_TEST(it_is_made_once_and_its_key_is_private)
{
	struct stat st;
	char print[CERT_PRINT_BYTES];

	ck_assert(!cert_load(&c, dir, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	make(now);
	ck_assert(stat(path("key.pem"), &st) == 0 && (st.st_mode & 0777) == 0600);
	ck_assert_msg(cert_load(&c, dir, &e), "%s", e.text);
	ck_assert_int_eq(strlen(c.print), 95);
	ck_assert_int_eq(c.name_count, 4);
	memcpy(print, c.print, sizeof(print));
	cert_finish(&c);
	make(now);
	ck_assert(cert_load(&c, dir, &e));
	ck_assert_str_eq(c.print, print);
}
END_TEST

START_TEST(it_holds_for_ten_years_and_these_names)
{
	static const char moved[][CERT_NAME_BYTES] = {"localhost", "192.0.2.8"};

	make(now);
	ck_assert(cert_load(&c, dir, &e));
	ck_assert_msg(cert_fits(&c, names, 4, now, &e), "%s", e.text);
	ck_assert(cert_fits(&c, names, 4, wall_add_ns(now, INT64_C(3650) * 86400 * NS_PER_S), &e));
	ck_assert(!cert_fits(&c, names, 4, wall_add_ns(now, INT64_C(3653) * 86400 * NS_PER_S), &e));
	ck_assert_ptr_nonnull(strstr(e.text, "2036"));
	ck_assert(!cert_fits(&c, names, 4, (struct wall){0}, &e));
	ck_assert(!cert_fits(&c, moved, 2, now, &e));
	ck_assert_ptr_nonnull(strstr(e.text, "192.0.2.8"));
}
END_TEST

/* The battery of the clock is dead at the first start. */
START_TEST(a_clock_of_1970_makes_one_that_is_good_later)
{
	make((struct wall){0});
	ck_assert(cert_load(&c, dir, &e));
	ck_assert(cert_fits(&c, names, 4, now, &e));
}
END_TEST

START_TEST(a_key_that_is_there_is_taken)
{
	char *key;

	make(now);
	ck_assert(cert_load(&c, dir, &e));
	key = strdup(c.key_pem);
	cert_finish(&c);
	ck_assert_int_eq(unlink(path("cert.pem")), 0);
	make(now);
	ck_assert(cert_load(&c, dir, &e));
	ck_assert_str_eq(c.key_pem, key);
	free(key);
}
END_TEST

static void expect_damage(const char *word)
{
	cert_finish(&c);
	ck_assert(!cert_load(&c, dir, &e));
	ck_assert_int_eq(e.kind, ERR_DAMAGED);
	ck_assert_ptr_nonnull(strstr(e.text, word));
	ck_assert_ptr_nonnull(strstr(e.text, dir));
}

START_TEST(what_is_no_use_is_told)
{
	char other[64];

	make(now);
	ck_assert(cert_load(&c, dir, &e));
	char *key = strdup(c.key_pem);
	write_file("key.pem", "");
	expect_damage("GnuTLS");
	write_file("key.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
	expect_damage("GnuTLS");
	ck_assert_int_eq(unlink(path("key.pem")), 0);
	expect_damage("key.pem");
	write_file("key.pem", key);
	cert_finish(&c);
	ck_assert(cert_load(&c, dir, &e));
	free(key);
	/* The key of another one. */
	memcpy(other, dir, sizeof(other));
	char *chain = strdup(c.chain_pem);
	tmpdir_make(dir);
	make(now);
	write_file("cert.pem", chain);
	expect_damage("GnuTLS");
	tmpdir_remove(dir);
	memcpy(dir, other, sizeof(dir));
	free(chain);
}
END_TEST

START_TEST(a_folder_that_cannot_be_written_is_told)
{
	char gone[80];

	snprintf(gone, sizeof(gone), "%s/khong", dir);
	ck_assert(!cert_make(gone, names, 4, now, &e));
	ck_assert_ptr_nonnull(strstr(e.text, "khong/tls"));
}
END_TEST

START_TEST(the_machine_has_names)
{
	static char list[CERT_NAMES_MAX][CERT_NAME_BYTES];
	const char *const extra[] = {"dai.example.vn", "localhost"};
	int count = cert_machine_names(list, extra, 2), twice = 0;
	bool there = false;

	for (int i = 0; i < count; i++) {
		twice += strcmp(list[i], "localhost") == 0;
		there |= strcmp(list[i], "dai.example.vn") == 0;
		ck_assert(strncmp(list[i], "fe80:", 5) != 0);
	}
	ck_assert(twice == 1 && there);
}
END_TEST

Suite *suite_cert(void);
Suite *suite_cert(void)
{
	Suite *s = suite_create("cert");
	TCase *t = tcase_create("files");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, it_is_made_once_and_its_key_is_private);
	tcase_add_test(t, it_holds_for_ten_years_and_these_names);
	tcase_add_test(t, a_clock_of_1970_makes_one_that_is_good_later);
	tcase_add_test(t, a_key_that_is_there_is_taken);
	tcase_add_test(t, what_is_no_use_is_told);
	tcase_add_test(t, a_folder_that_cannot_be_written_is_told);
	tcase_add_test(t, the_machine_has_names);
	suite_add_tcase(s, t);
	return s;
}
