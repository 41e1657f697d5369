/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Without a station: the outline is made at once. With one: tests/e2e/test_add. */
#include "base/json.h"
#include "support/deskcase.h"
#include "support/soundfile.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct deskcase c;
static char id[ID_BYTES], sha256[SHA256_HEX_BYTES];

static void setup(void)
{
	deskcase_open(&c);
	snprintf(id, sizeof(id), "%s", deskcase_add(&c, "Tin"));
	snprintf(sha256, sizeof(sha256), "%s", world_bulletin(&c.desk.world, id)->sha256);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static char *path_of(const char *suffix)
{
	static char path[200];

	snprintf(path, sizeof(path), "%s/masters/%s%s", c.dir, sha256, suffix);
	return path;
}

static json_t *ask(void)
{
	return deskcase_ask(&c, json_pack("{s:s, s:s}", "do", "bulletin.waveform", "bulletin", id));
}

static size_t read_wave(char *out, size_t size)
{
	FILE *f = fopen(path_of(".wave"), "r");

	ck_assert_ptr_nonnull(f);
	size_t len = fread(out, 1, size, f);
	fclose(f);
	return len;
}

START_TEST(a_missing_outline_is_drawn_again)
{
	static char before[20000], after[20000];
	size_t len = read_wave(before, sizeof(before));

	ck_assert_uint_gt(len, 100);
	ck_assert_int_eq(unlink(path_of(".wave")), 0);
	json_t *reply = ask();
	ck_assert_str_eq(json_get_text(json_object_get(reply, "bulletin"), "sha256", ""), sha256);
	json_decref(reply);
	ck_assert_uint_eq(read_wave(after, sizeof(after)), len);
	ck_assert_int_eq(memcmp(before, after, len), 0);
	json_decref(ask()); /* it is there now */
}
END_TEST

START_TEST(without_its_master_there_is_none)
{
	ck_assert_int_eq(unlink(path_of(".wave")), 0);
	file_save(path_of(".flac"), "no sound", 8);
	json_t *reply = ask();
	ck_assert_ptr_nonnull(json_object_get(reply, "error"));
	json_decref(reply);
	ck_assert_int_eq(unlink(path_of(".flac")), 0);
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "bulletin.waveform", "bulletin", id),
			 "not_found", sha256);
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "bulletin.waveform", "bulletin", "B99"),
			 "not_found", "B99");
}
END_TEST

Suite *suite_outline(void);
Suite *suite_outline(void)
{
	Suite *s = suite_create("outline");
	TCase *t = tcase_create("outline");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, a_missing_outline_is_drawn_again);
	tcase_add_test(t, without_its_master_there_is_none);
	suite_add_tcase(s, t);
	return s;
}
