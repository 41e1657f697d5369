/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/decoding.h"

#include "support/soundfile.h"
#include "support/tmpdir.h"

#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <sndfile.h>
#include <stdio.h>
#include <unistd.h>

#define WAIT_MS 20000

static char dir[64], path[128];
static struct decoding d;
static struct err e;

static void setup(void)
{
	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/sound", dir);
	decoding_init(&d);
}

static void teardown(void)
{
	decoding_end(&d);
	decoding_end(&d); /* once more is fine */
	tmpdir_remove(dir);
}

static void start(void)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	ck_assert_msg(decoding_start(&d, fd, false, &e), "%s", e.text);
	close(fd);
}

START_TEST(records_come_to_the_end)
{
	struct clip c = clip_tone(44100, 1, 2, 440, 0.5);
	int64_t frames = 0;

	clip_save(&c, path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	start();
	ck_assert_int_eq(decoding_next(&d, WAIT_MS), PCM_GOT);
	ck_assert_int_eq(d.pipe.record.kind, PCM_BEGIN);
	while (decoding_next(&d, WAIT_MS) == PCM_GOT && d.pipe.record.kind == PCM_DATA)
		frames += d.pipe.record.frames;
	ck_assert_int_eq(d.pipe.record.kind, PCM_END);
	ck_assert_int_eq(d.pipe.record.status, PCM_DONE);
	ck_assert_int_ge(frames, 95999);
	ck_assert_int_le(frames, 96001);
	clip_free(&c);
}
END_TEST

START_TEST(what_is_no_sound_is_said)
{
	file_save(path, "xin chào bà con", 15);
	start();
	ck_assert_int_eq(decoding_next(&d, WAIT_MS), PCM_GOT);
	ck_assert_int_eq(d.pipe.record.kind, PCM_END);
	ck_assert_int_eq(d.pipe.record.status, PCM_NOT_SOUND);
}
END_TEST

START_TEST(a_worker_that_dies_is_noticed)
{
	struct clip c = clip_tone(48000, 1, 600, 440, 0.5);
	enum pcm_got got;

	clip_save(&c, path, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
	start();
	ck_assert_int_eq(decoding_next(&d, WAIT_MS), PCM_GOT);
	kill(d.worker.pid, SIGKILL);
	while ((got = decoding_next(&d, WAIT_MS)) == PCM_GOT)
		ck_assert_int_ne(d.pipe.record.kind, PCM_END);
	ck_assert_int_eq(got, PCM_BROKEN);
	clip_free(&c);
}
END_TEST

Suite *suite_decoding(void);
Suite *suite_decoding(void)
{
	Suite *s = suite_create("decoding");
	TCase *c = tcase_create("decoding");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, records_come_to_the_end);
	tcase_add_test(c, what_is_no_sound_is_said);
	tcase_add_test(c, a_worker_that_dies_is_noticed);
	suite_add_tcase(s, c);
	return s;
}
