/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Without a station: the outline is made at once. With one: tests/e2e/test_add. */
#include "station/outline.h"

#include "base/json.h"
#include "library/wave.h"
#include "mix/coder.h"
#include "proof/entry.h"
#include "support/aired.h"
#include "support/deskcase.h"
#include "support/log_sample.h"
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

/* One copied from another master, or of a program that did not say of whom it is. */
START_TEST(an_outline_that_is_not_its_own_is_drawn_anew)
{
	static char before[20000], after[20000];
	static const char *const others[] = {
		"{\"frames\":480,\"pair_frames\":480,\"pairs\":[0,1],\"sha256\":\"ab\"}",
		"{\"frames\":480,\"pair_frames\":480,\"pairs\":[0,1]}", "junk"};
	size_t len = read_wave(before, sizeof(before));

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		file_save(path_of(".wave"), others[i], strlen(others[i]));
		json_decref(ask());
		ck_assert_uint_eq(read_wave(after, sizeof(after)), len);
		ck_assert_int_eq(memcmp(before, after, len), 0);
	}
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

#define FILE_05 "aircheck/2026/11/23/05-mot.mp3"
#define AIRED_FRAMES (4 * 48000)

/* An airing of four seconds in a recording of a quarter of a minute; its id. */
static const char *aired(void)
{
	static char airing[ID_BYTES];
	struct airing_facts f = log_sample_airing("", LOG_SAMPLE_START);

	aired_recording(c.dir, FILE_05, 3, AIRED_FRAMES);
	deskcase_log(&c, entry_recording_closed(FILE_05, sha256, "mot", LOG_SAMPLE_START,
				   wall_add_ns(LOG_SAMPLE_START, 12 * NS_PER_S),
				   500 * coder_frame_bytes(), &c.desk.tz));
	f.sha256 = sha256;
	entry_id('A', deskcase_log(&c, entry_airing_intended(&f, &c.desk.tz)), airing);
	f.airing = airing;
	f.start = LOG_SAMPLE_START;
	f.end = wall_add_ns(f.start, 4 * NS_PER_S);
	f.frames = AIRED_FRAMES;
	f.recording = FILE_05;
	f.recording_frames = AIRED_INTO;
	deskcase_log(&c, entry_airing_ended(&f, &c.desk.tz));
	return airing;
}

/* The loudest half of a second of the outline, as the number of that half. */
static int loudest(const json_t *wave)
{
	const json_t *pairs = json_object_get(wave, "pairs");
	int64_t per_half = 24000 / json_get_integer(wave, "pair_frames", 1), best = 0, at = 0;

	for (size_t i = 0; i + 1 < json_array_size(pairs) / 2; i++) {
		int64_t most = json_integer_value(json_array_get(pairs, 2 * i + 1));
		at = most > best ? (int64_t)i / per_half : at;
		best = most > best ? most : best;
	}
	ck_assert_int_gt(best, 10);
	return (int)at;
}

START_TEST(the_recording_of_an_airing_is_drawn_from_its_first_sample_on)
{
	static float x[AIRED_FRAMES];
	json_t *reply = deskcase_told(&c, json_pack("{s:s, s:s}", "do", "airing.waveform",
						    "airing", aired()));
	const json_t *wave = json_object_get(reply, "waveform");
	struct wave master = {0};

	aired_sound(3, x, AIRED_FRAMES);
	wave_add(&master, x, AIRED_FRAMES);
	json_t *expected = wave_json(&master);
	int64_t more = json_get_integer(wave, "frames", 0) - AIRED_FRAMES;
	ck_assert(more >= 0 && more <= MP3_FRAMES);
	ck_assert_int_eq(loudest(wave), loudest(expected));
	ck_assert(json_is_false(json_object_get(reply, "damaged")));
	json_decref(expected);
	json_decref(reply);
}
END_TEST

/* Beside it the master, out of its own bytes, whatever lies in the file that was drawn before. */
START_TEST(what_aired_is_drawn_from_the_master_itself)
{
	static char drawn[20000];
	size_t len = read_wave(drawn, sizeof(drawn));
	json_t *request = json_pack("{s:s, s:s}", "do", "airing.waveform", "airing", aired());
	struct err e;

	file_save(path_of(".wave"), "{\"frames\":1,\"pair_frames\":480,\"pairs\":[-1,1]}", 45);
	json_t *reply = deskcase_told(&c, json_incref(request));
	json_t *before = json_read(drawn, len, &e);
	ck_assert_str_eq(json_get_text(before, "sha256", ""), sha256);
	json_object_del(before, "sha256"); /* of the file alone */
	ck_assert(json_equal(json_object_get(reply, "master"), before));
	json_decref(before);
	json_decref(reply);
	file_save(path_of(".flac"), "another", 7);
	reply = deskcase_told(&c, request);
	ck_assert(json_is_null(json_object_get(reply, "master")));
	ck_assert(json_is_object(json_object_get(reply, "waveform")));
	json_decref(reply);
}
END_TEST

START_TEST(a_recording_that_is_gone_is_told)
{
	json_t *request = json_pack("{s:s, s:s}", "do", "airing.waveform", "airing", aired());
	char path[200];

	snprintf(path, sizeof(path), "%s/" FILE_05, c.dir);
	ck_assert_int_eq(unlink(path), 0);
	deskcase_refused(&c, request, "not_found", "không còn");
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
	tcase_add_test(t, an_outline_that_is_not_its_own_is_drawn_anew);
	tcase_add_test(t, without_its_master_there_is_none);
	tcase_add_test(t, the_recording_of_an_airing_is_drawn_from_its_first_sample_on);
	tcase_add_test(t, what_aired_is_drawn_from_the_master_itself);
	tcase_add_test(t, a_recording_that_is_gone_is_told);
	suite_add_tcase(s, t);
	return s;
}
