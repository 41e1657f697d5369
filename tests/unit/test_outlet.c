/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/outlet.h"

#include <check.h>
#include <unistd.h>

static int ends[2];
static struct input in;
static struct outlet out;
static struct pcm_reader reader;

static void setup(void)
{
	ck_assert_int_eq(pipe(ends), 0);
	out = (struct outlet){.fd = ends[1], .in = &in};
	reader = (struct pcm_reader){.fd = ends[0]};
}

/* Frames of sound until the end record, whose status must be this one. */
static int64_t frames_until(enum pcm_status status)
{
	int64_t frames = 0;

	for (;;) {
		ck_assert_int_eq(pcm_receive(&reader, 1000), PCM_GOT);
		if (reader.record.kind == PCM_DATA)
			frames += reader.record.frames;
		if (reader.record.kind != PCM_END)
			continue;
		ck_assert_uint_eq(reader.record.status, status);
		return frames;
	}
}

START_TEST(a_change_of_form_loses_no_sound)
{
	static float silence[2 * 4800];

	outlet_begin(&out, "mp3", 24000, 1, -1);
	ck_assert_int_eq(outlet_format(&out, 24000, 1, NULL), PCM_DONE);
	ck_assert(outlet_write(&out, silence, 2400));
	ck_assert_int_eq(outlet_format(&out, 48000, 2, NULL), PCM_DONE);
	ck_assert(outlet_write(&out, silence, 480));
	outlet_end(&out, PCM_DONE, 0);
	ck_assert_int_eq((int)frames_until(PCM_DONE), 4800 + 480);
}
END_TEST

START_TEST(no_sound_is_told)
{
	outlet_begin(&out, "wav", 48000, 1, 0);
	ck_assert_int_eq(outlet_format(&out, 48000, 1, NULL), PCM_DONE);
	outlet_end(&out, PCM_DONE, 0);
	ck_assert_int_eq((int)frames_until(PCM_NO_SOUND), 0);
}
END_TEST

START_TEST(a_promise_is_told_at_48_khz)
{
	outlet_begin(&out, "wav", 8000, 1, 2.5);
	ck_assert_int_eq(pcm_receive(&reader, 1000), PCM_GOT);
	ck_assert_int_eq((int)reader.record.promised_frames, 120000);
	ck_assert_int_eq((int)reader.record.detail, 8000);
}
END_TEST

START_TEST(odd_forms_are_refused)
{
	ck_assert_int_eq(outlet_format(&out, 3999, 1, NULL), PCM_BAD_RATE);
	ck_assert_int_eq(outlet_format(&out, 192001, 1, NULL), PCM_BAD_RATE);
	ck_assert_int_eq(outlet_format(&out, 48000, 0, NULL), PCM_BAD_CHANNELS);
	ck_assert_int_eq(outlet_format(&out, 48000, 9, NULL), PCM_BAD_CHANNELS);
	outlet_end(&out, PCM_BAD_RATE, 3999);
	ck_assert_int_eq((int)frames_until(PCM_BAD_RATE), 0);
}
END_TEST

START_TEST(too_long_stops_the_decoder)
{
	static float silence[480];

	outlet_begin(&out, "wav", 48000, 1, -1);
	ck_assert_int_eq(outlet_format(&out, 48000, 1, NULL), PCM_DONE);
	out.sent_frames = AUDIO_MAX_S * INT64_C(48000) - 480;
	ck_assert(outlet_write(&out, silence, 480));
	ck_assert(!outlet_write(&out, silence, 1));
	outlet_end(&out, PCM_DONE, 0);
	ck_assert_int_eq((int)frames_until(PCM_TOO_LONG), 480);
}
END_TEST

Suite *suite_outlet(void)
{
	Suite *s = suite_create("outlet");
	TCase *t = tcase_create("outlet");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, a_change_of_form_loses_no_sound);
	tcase_add_test(t, no_sound_is_told);
	tcase_add_test(t, a_promise_is_told_at_48_khz);
	tcase_add_test(t, odd_forms_are_refused);
	tcase_add_test(t, too_long_stops_the_decoder);
	suite_add_tcase(s, t);
	return s;
}
