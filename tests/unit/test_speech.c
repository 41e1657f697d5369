/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Real voices: espeak-ng, and commands that are none. */
#include "library/speech.h"

#include "base/moment.h"
#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char dir[64];
static atomic_bool stop;
static struct err e;
static struct ingest_result r;

static void setup(void)
{
	tmpdir_make(dir);
	atomic_store(&stop, false);
}

static void teardown(void)
{
	tmpdir_remove(dir);
}

static bool made_by(const char *command)
{
	struct speech_job job = {dir, command, "Nước lũ đang lên nhanh, di dời ngay.", &stop};

	return speech_make(&job, &r, &e);
}

START_TEST(vietnamese_becomes_a_master)
{
	ck_assert_msg(made_by(""), "%s", e.text);
	ck_assert_str_eq(r.format, "wav");
	ck_assert_int_gt(r.frames, FRAMES_PER_S);
	ck_assert_int_lt(r.frames, 20 * FRAMES_PER_S);
	ck_assert(r.loudness_lufs > -40);
}
END_TEST

START_TEST(a_station_s_own_voice_is_taken)
{
	ck_assert_msg(made_by("espeak-ng -v vi -s 220 --stdin --stdout"), "%s", e.text);
	int64_t quick = r.frames;
	ck_assert(made_by(""));
	ck_assert_int_lt(quick, r.frames);
}
END_TEST

START_TEST(a_voice_that_fails_is_told)
{
	static const char *const bad[] = {"false", "true", "/khong/co", "cat", "kill -9 $$"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		ck_assert_msg(!made_by(bad[i]), "%s", bad[i]);
		ck_assert_ptr_nonnull(strstr(e.text, bad[i]));
	}
}
END_TEST

/* What the station keeps is none of a voice's business. */
START_TEST(a_voice_has_no_right_to_other_files)
{
	char command[PATH_BYTES];

	snprintf(command, sizeof(command), "touch %s/x 2>&1 || cat %s/../*", dir, dir);
	ck_assert(!made_by(command));
	snprintf(command, sizeof(command), "%s/x", dir);
	ck_assert_int_ne(access(command, F_OK), 0);
}
END_TEST

START_TEST(whoever_must_stop_stops)
{
	atomic_store(&stop, true);
	ck_assert(!made_by("cat >/dev/null; sleep 3600"));
}
END_TEST

Suite *suite_speech(void);
Suite *suite_speech(void)
{
	Suite *s = suite_create("speech");
	TCase *t = tcase_create("speech");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, vietnamese_becomes_a_master);
	tcase_add_test(t, a_station_s_own_voice_is_taken);
	tcase_add_test(t, a_voice_that_fails_is_told);
	tcase_add_test(t, a_voice_has_no_right_to_other_files);
	tcase_add_test(t, whoever_must_stop_stops);
	suite_add_tcase(s, t);
	return s;
}
