/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pack is taken apart, spoiled in one place, and that place must be named. */
#include "proof/verify_parcel.h"

#include "base/json.h"
#include "base/text.h"
#include "proof/parcel_inside.h"
#include "support/parcelcase.h"
#include "support/soundfile.h"
#include "support/verify_case.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct parcelcase p;
static struct unparcel u;
static struct verdict v;
static struct err e;

static void setup(void)
{
	int fd;

	parcelcase_open(&p);
	setenv("TMPDIR", p.c.dir, 1);
	ck_assert(parcelcase_make(&p));
	fd = open(p.path, O_RDONLY | O_CLOEXEC);
	ck_assert_msg(unparcel_open(&u, fd, &e), "%s", e.text);
	close(fd);
	verdict_init(&v);
}

static void teardown(void)
{
	verdict_finish(&v);
	unparcel_close(&u);
	parcelcase_close(&p);
}

static void judge(void)
{
	struct verify_setup how = {.threads = 1};
	struct disk_real disk;
	struct view *made = NULL;
	struct verify f;

	verdict_finish(&v);
	verdict_init(&v);
	ck_assert(disk_real_open(&disk, u.dir, &e));
	ck_assert_msg(verify_open(&f, &disk.disk, &how, &v, &e), "%s", e.text);
	verify_logs(&f, &how, &v);
	ck_assert_msg(verify_parcel(&f, &u, &made, &v, &e), "%s", e.text);
	view_close(made);
	verify_close(&f);
	disk_real_close(&disk);
}

static const char *first_code(void)
{
	judge();
	return verify_case_first(&v)->code;
}

static void load(const char *name, struct buf *b)
{
	struct disk_real disk;

	ck_assert(disk_real_open(&disk, u.dir, &e));
	ck_assert_msg(disk_read(&disk.disk, name, 1 << 20, b, &e), "%s", e.text);
	disk_real_close(&disk);
}

static void store(const char *name, const char *data, size_t len)
{
	char path[PATH_BYTES + 64];

	snprintf(path, sizeof(path), "%s/%s", u.dir, name);
	file_save(path, data, len);
}

static void forget(const char *name)
{
	char path[PATH_BYTES + 64];

	snprintf(path, sizeof(path), "%s/%s", u.dir, name);
	ck_assert_int_eq(unlink(path), 0);
}

static bool noted(const char *code)
{
	for (int i = 0; i < v.note_count; i++)
		if (strcmp(v.notes[i].code, code) == 0)
			return true;
	return false;
}

START_TEST(a_good_pack_has_no_difference)
{
	judge();
	ck_assert_msg(verdict_first(&v) == NULL, "%s", verdict_first(&v)->text);
	ck_assert_int_eq(v.checks[CHECK_TABLES].count, 4);
	ck_assert_int_eq(v.checks[CHECK_RECORDINGS].count, 1);
	ck_assert(!noted("tables-unknown") && !noted("strange") && !noted("texts-other"));
	ck_assert(noted("plans-elsewhere") && noted("masters-elsewhere"));
	/* The case's own: closed, not removed, and not in the folder. */
	ck_assert(noted("recordings-not-here"));
}
END_TEST

START_TEST(each_table_is_compared_line_by_line)
{
	static const char *const tables[] = {"tables/airings.csv", "tables/events.csv",
					     "tables/masters.csv", "tables/recordings.csv"};

	for (int i = 0; i < 4; i++) {
		struct buf b = {0};

		load(tables[i], &b);
		b.data[b.len - 4] ^= 1;
		store(tables[i], b.data, b.len);
		ck_assert_str_eq(first_code(), "table-differs");
		ck_assert_str_eq(verify_case_first(&v)->file, tables[i]);
		ck_assert_int_eq(v.differ, 1);
		b.data[b.len - 4] ^= 1;
		store(tables[i], b.data, b.len - 1);
		ck_assert_str_eq(first_code(), "table-differs");
		buf_text(&b, "more");
		store(tables[i], b.data, b.len);
		ck_assert_str_eq(first_code(), "table-longer");
		b.len -= 4;
		store(tables[i], b.data, b.len);
		buf_finish(&b);
	}
	judge();
	ck_assert_ptr_null(verdict_first(&v));
}
END_TEST

START_TEST(recordings_must_be_what_the_log_says)
{
	json_t *sound = json_object_get(u.recordings, PARCELCASE_RECORDING);

	json_object_set_new(sound, "sha256", json_string("00"));
	ck_assert_str_eq(first_code(), "recording-differs");
	ck_assert_str_eq(verify_case_first(&v)->file, PARCELCASE_RECORDING);
	json_object_set_new(sound, "sha256", json_string(PARCELCASE_SHA256));
	json_object_set_new(u.recordings, "aircheck/new.mp3",
			    json_pack("{s:i, s:s}", "bytes", 1, "sha256", "00"));
	ck_assert_str_eq(first_code(), "recording-unknown");
	json_object_del(u.recordings, "aircheck/new.mp3");
	json_object_del(u.recordings, PARCELCASE_RECORDING); /* taken out of the pack */
	ck_assert_str_eq(first_code(), "table-differs");
	ck_assert_str_eq(verify_case_first(&v)->file, "tables/recordings.csv");
}
END_TEST

START_TEST(what_cannot_be_compared_is_said)
{
	char newer[32];

	snprintf(newer, sizeof(newer), "{\"format\":%d}\n", PARCEL_FORMAT + 1);
	store("pack.json", newer, strlen(newer));
	u.strange = 2;
	judge();
	ck_assert_ptr_null(verdict_first(&v));
	ck_assert(noted("tables-unknown") && noted("texts-other") && noted("strange"));
}
END_TEST

/* Whoever takes away tables or recordings would take away what tells of them as well. */
START_TEST(a_pack_that_does_not_say_what_it_holds_is_none)
{
	store("pack.json", "{}\n", 3);
	ck_assert_str_eq(first_code(), "about-damaged");
	forget("pack.json");
	ck_assert_str_eq(first_code(), "about-missing");
	ck_assert(!noted("texts-other")); /* nothing says so */
	ck_assert_str_eq(verify_case_first(&v)->file, "pack.json");
	ck_assert_int_eq(v.differ, 1);
}
END_TEST

/* As far as it can be known; of this version they are. */
START_TEST(texts_of_another_version_are_not_accused)
{
	struct buf b = {0};

	load("pack.json", &b);
	strstr(b.data, "\"vangxa ")[8] ^= 1;
	store("pack.json", b.data, b.len);
	store("README.txt", "x", 1);
	judge();
	ck_assert_ptr_null(verdict_first(&v));
	ck_assert(noted("texts-other") && !noted("tables-unknown") && verdict_warns(&v));
	strstr(b.data, "\"vangxa ")[8] ^= 1;
	store("pack.json", b.data, b.len);
	ck_assert_str_eq(first_code(), "text-differs");
	ck_assert_str_eq(verify_case_first(&v)->file, "README.txt");
	buf_finish(&b);
}
END_TEST

/* Its log, proofs and recordings are looked at like any other's. */
START_TEST(tables_of_another_version_are_not_accused)
{
	struct buf b = {0}, table = {0};

	load("pack.json", &b);
	strstr(b.data, "\"vangxa ")[8] ^= 1;
	strstr(b.data, "\"form\":\"")[10] ^= 1;
	store("pack.json", b.data, b.len);
	load("tables/airings.csv", &table);
	store("tables/airings.csv", "id,other\r\n", 10);
	judge();
	ck_assert_ptr_null(verdict_first(&v));
	ck_assert(noted("tables-unknown") && noted("recordings-not-here"));
	ck_assert_int_eq(v.checks[CHECK_TABLES].count, 0);
	json_t *sound = json_object_get(u.recordings, PARCELCASE_RECORDING);
	json_object_set_new(sound, "sha256", json_string("00"));
	ck_assert_str_eq(first_code(), "recording-differs");
	json_object_set_new(sound, "sha256", json_string(PARCELCASE_SHA256));
	strstr(b.data, "\"vangxa ")[8] ^= 1; /* this program knows its own form */
	store("pack.json", b.data, b.len);
	ck_assert_str_eq(first_code(), "text-differs");
	ck_assert_str_eq(verify_case_first(&v)->file, "pack.json");
	store("tables/airings.csv", table.data, table.len);
	buf_finish(&table);
	buf_finish(&b);
}
END_TEST

/* Whoever puts a program of his own into a pack would like nobody to look. */
START_TEST(a_pack_does_not_choose_whether_its_program_is_compared)
{
	char program[PARCEL_PROGRAM_BYTES], ours[100];
	struct buf b = {0};

	parcel_program(program);
	int len = snprintf(ours, sizeof(ours), "{\"format\":3,\"program\":\"%s\"}\n", program);

	load("pack.json", &b);
	strstr(b.data, "\"texts\":\"")[10] ^= 1;
	store("pack.json", b.data, b.len);
	ck_assert_str_eq(first_code(), "text-differs");
	ck_assert_str_eq(verify_case_first(&v)->file, "pack.json");
	store("verify.py", "print('fine')\n", 14);
	judge();
	ck_assert_int_eq(v.checks[CHECK_TEXTS].differ, 2);
	store("pack.json", ours, (size_t)len);
	judge(); /* pack.json, and verify.py all the same */
	ck_assert_int_eq(v.checks[CHECK_TEXTS].differ, 2);
	buf_finish(&b);
}
END_TEST

/* Made in one language, looked at in another. */
START_TEST(the_language_of_the_tables_is_theirs)
{
	text_speak(TEXT_EN);
	judge();
	ck_assert_ptr_null(verdict_first(&v));
	ck_assert_int_eq(text_speaks(), TEXT_EN);
	text_speak(TEXT_OWN);
}
END_TEST

Suite *suite_verify_parcel(void);
Suite *suite_verify_parcel(void)
{
	Suite *s = suite_create("verify_parcel");
	TCase *t = tcase_create("verify_parcel");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_good_pack_has_no_difference);
	tcase_add_test(t, each_table_is_compared_line_by_line);
	tcase_add_test(t, recordings_must_be_what_the_log_says);
	tcase_add_test(t, what_cannot_be_compared_is_said);
	tcase_add_test(t, a_pack_that_does_not_say_what_it_holds_is_none);
	tcase_add_test(t, texts_of_another_version_are_not_accused);
	tcase_add_test(t, tables_of_another_version_are_not_accused);
	tcase_add_test(t, a_pack_does_not_choose_whether_its_program_is_compared);
	tcase_add_test(t, the_language_of_the_tables_is_theirs);
	suite_add_tcase(s, t);
	return s;
}
