/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/inspect.h"

#include "base/moment.h"
#include "support/ingesting.h"
#include "support/program.h"
#include "support/soundfile.h"

#include <check.h>
#include <glob.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define S ((size_t)FRAMES_PER_S)
#define SPEECH                                                                                     \
	"Kính thưa bà con. Sáng nay, hội nông dân xã tổ chức tập huấn kỹ thuật trồng điều. "       \
	"Chiều thứ bảy, trạm y tế tiêm phòng cho trẻ em. Đề nghị bà con đưa trẻ đi đúng giờ. "     \
	"Trời nắng, nhiệt độ cao nhất ba mươi lăm độ, đêm có mưa rào và giông."

static struct pcm_levels nothing;

static struct warnings look(const float *x, size_t frames, const struct pcm_levels *l)
{
	struct inspect *in = inspect_create();
	struct warnings w = {""};

	for (size_t at = 0, n; at < frames; at += n) { /* odd pieces */
		n = frames - at < 4099 ? frames - at : 4099;
		inspect_add(in, x + at, n);
	}
	inspect_end(in, l, &w);
	inspect_destroy(in);
	return w;
}

static bool found(const struct warnings *w, const char *code)
{
	char quoted[64];

	snprintf(quoted, sizeof(quoted), "\"code\":\"%s\"", code);
	return strstr(w->text, quoted) != NULL;
}

/* White, of a fixed seed. */
static void add_noise(float *x, size_t frames, float amplitude)
{
	uint64_t seed = 7;

	for (size_t i = 0; i < frames; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		x[i] += amplitude * ((float)(seed >> 40) / (1 << 23) - 1);
	}
}

/* Real speech at 48 kHz; from the master that ingest makes of it. */
static struct sound_file speech(void)
{
	ingest_setup();
	speech_save(SPEECH, ingest_path);
	struct ingest_result r = ingest_taken();
	ck_assert_str_eq(r.warnings.text, "");
	struct sound_file m = ingest_master(&r);
	ingest_teardown();
	return m;
}

START_TEST(silences_are_told_with_place_and_length)
{
	struct sound_file m = speech();
	size_t n = (size_t)m.frames, all = 2 * n + 20 * S;
	float *x = calloc(all, sizeof(*x));

	memcpy(x + 4 * S, m.data, n * sizeof(*x));
	memcpy(x + 4 * S + n + 7 * S, m.data, n * sizeof(*x));
	struct warnings w = look(x, all, &nothing);
	ck_assert(found(&w, "silent-head") && found(&w, "silent-middle") &&
		  found(&w, "silent-tail"));
	/* Pauses within bounds, beside the short silence that the voice itself leaves. */
	w = look(x + 2 * S, 2 * S + n + 3 * S, &nothing);
	ck_assert_str_eq(w.text, "");
	free(x);
	free(m.data);
}
END_TEST

static double floor_of(const float *x, size_t frames)
{
	struct inspect *in = inspect_create();

	inspect_add(in, x, frames);
	double db = inspect_noise_db(in);
	inspect_destroy(in);
	return db;
}

/* A voice that hardly pauses, at 48 kHz, in a room and beside a hiss. */
START_TEST(noise_under_speech_is_told_and_a_room_is_not)
{
	struct sound_file m = speech();
	size_t n = (size_t)m.frames;

	double clean_db = floor_of(m.data, n);
	add_noise(m.data, n, 0.002f);
	struct warnings w = look(m.data, n, &nothing);
	ck_assert_msg(!found(&w, "noisy"), "%s", w.text);
	add_noise(m.data, n, 0.06f); /* −29 dBFS RMS */
	w = look(m.data, n, &nothing);
	ck_assert_msg(found(&w, "noisy"), "%s", w.text);
	double noisy_db = floor_of(m.data, n);
	ck_assert_double_lt(clean_db, -50);
	ck_assert_msg(noisy_db > -33 && noisy_db < -27, "%f", noisy_db);
	free(m.data);
}
END_TEST

START_TEST(hum_of_the_mains_is_told)
{
	struct sound_file m = speech();

	for (int64_t i = 0; i < m.frames; i++)
		for (int k = 1; k <= 6; k++)
			m.data[i] += (float)(0.03 * sin(2 * M_PI * 50 * k * (int)i / S + k));
	struct warnings w = look(m.data, (size_t)m.frames, &nothing);
	ck_assert_msg(found(&w, "noisy"), "%s", w.text);
	free(m.data);
}
END_TEST

/* Twice as fast as people read: nothing is left between the words. */
START_TEST(a_hasty_reader_is_not_noise)
{
	ingest_setup();
	run_program((const char *[]){"espeak-ng", "-v", "vi", "-s", "280", "-w", ingest_path,
				     SPEECH, NULL});
	struct ingest_result r = ingest_taken();
	ck_assert_msg(strstr(r.warnings.text, "noisy") == NULL, "%s", r.warnings.text);
	ck_assert_double_lt(r.noise_db, r.loudness_lufs - 25);
	ingest_teardown();
}
END_TEST

START_TEST(an_offset_is_told)
{
	struct sound_file m = speech();

	for (int64_t i = 0; i < m.frames; i++)
		m.data[i] = 0.5f * m.data[i] + 0.05f;
	struct warnings w = look(m.data, (size_t)m.frames, &nothing);
	ck_assert(found(&w, "dc-offset"));
	ck_assert_ptr_nonnull(strstr(w.text, "\"percent\":5.0"));
	free(m.data);
}
END_TEST

START_TEST(channels_that_miss_or_cancel_are_told)
{
	struct sound_file m = speech();
	struct pcm_levels one = {.channels = 2, .mean_square = {0, 0.01f}};
	struct pcm_levels both = {.channels = 2, .mean_square = {0.01f, 0.005f}};

	struct warnings w = look(m.data, (size_t)m.frames, &one);
	ck_assert(found(&w, "one-channel"));
	ck_assert_ptr_nonnull(strstr(w.text, "\"channel\":2"));
	w = look(m.data, (size_t)m.frames, &both);
	ck_assert_str_eq(w.text, "");
	for (int64_t i = 0; i < m.frames; i++)
		m.data[i] *= 0.02f;
	w = look(m.data, (size_t)m.frames, &both);
	ck_assert(found(&w, "cancelled"));
	free(m.data);
}
END_TEST

START_TEST(clipping_is_told_by_its_rate)
{
	struct sound_file m = speech();
	struct pcm_levels l = {.clipped = 19};

	ck_assert(m.frames < 60 * FRAMES_PER_S);
	struct warnings w = look(m.data, (size_t)m.frames, &l);
	ck_assert_str_eq(w.text, "");
	l.clipped = 500;
	w = look(m.data, (size_t)m.frames, &l);
	ck_assert(found(&w, "clipped"));
	free(m.data);
}
END_TEST

/* Through the whole of ingest: as a telephone records it. */
START_TEST(telephone_sound_is_told)
{
	ingest_setup();
	speech_save(SPEECH, ingest_path);
	struct sound_file m = sound_read(ingest_path);
	struct clip c = {m.data, m.frames, 1, m.rate};
	clip_save_phone(&c, ingest_path, (const char *const[]){"-ar", "8000", "-f", "wav", NULL});
	struct ingest_result r = ingest_taken();
	ck_assert_str_eq(r.warnings.text, "{\"code\":\"narrow-band\"}");
	clip_save_phone(&c, ingest_path, (const char *const[]){"-ar", "16000", "-b:a", "24k", "-f",
							       "mp3", NULL});
	r = ingest_taken();
	ck_assert_str_eq(r.warnings.text, "");
	free(m.data);
	ingest_teardown();
}
END_TEST

START_TEST(nothing_is_told_of_good_material)
{
	static const char *const where[] = {"audio/*.flac", "audio/*/*.flac"};
	glob_t g = {0};

	for (size_t i = 0; i < 2; i++)
		ck_assert_int_eq(glob(where[i], i > 0 ? GLOB_APPEND : 0, NULL, &g), 0);
	ck_assert_uint_gt(g.gl_pathc, 8);
	for (size_t i = 0; i < g.gl_pathc; i++) {
		struct sound_file f = sound_read(g.gl_pathv[i]);
		ck_assert_int_eq(f.channels, 1);
		struct warnings w = look(f.data, (size_t)f.frames, &nothing);
		ck_assert_msg(w.text[0] == '\0', "%s: %s", g.gl_pathv[i], w.text);
		free(f.data);
	}
	globfree(&g);
}
END_TEST

START_TEST(very_soft_speech_is_told)
{
	struct sound_file m = speech();

	for (int64_t i = 0; i < m.frames; i++)
		m.data[i] *= 0.125f; /* 18 dB softer: a shy speaker */
	struct warnings w = look(m.data, (size_t)m.frames, &nothing);
	ck_assert_msg(!found(&w, "quiet"), "%s", w.text);
	for (int64_t i = 0; i < m.frames; i++)
		m.data[i] *= 0.125f; /* 36 dB: a telephone left on the table */
	w = look(m.data, (size_t)m.frames, &nothing);
	ck_assert_msg(found(&w, "quiet"), "%s", w.text);
	free(m.data);
}
END_TEST

START_TEST(nearly_nothing_is_fine)
{
	float x[4801] = {0.5f};

	for (size_t n = 0; n < 4801; n += 1200) {
		struct warnings w = look(x, n, &nothing);
		ck_assert_str_eq(w.text, "");
	}
}
END_TEST

Suite *suite_inspect(void);
Suite *suite_inspect(void)
{
	Suite *s = suite_create("inspect");
	TCase *t = tcase_create("inspect");

	tcase_set_timeout(t, 120);
	tcase_add_test(t, silences_are_told_with_place_and_length);
	tcase_add_test(t, noise_under_speech_is_told_and_a_room_is_not);
	tcase_add_test(t, hum_of_the_mains_is_told);
	tcase_add_test(t, a_hasty_reader_is_not_noise);
	tcase_add_test(t, an_offset_is_told);
	tcase_add_test(t, channels_that_miss_or_cancel_are_told);
	tcase_add_test(t, clipping_is_told_by_its_rate);
	tcase_add_test(t, telephone_sound_is_told);
	tcase_add_test(t, nothing_is_told_of_good_material);
	tcase_add_test(t, very_soft_speech_is_told);
	tcase_add_test(t, nearly_nothing_is_fine);
	suite_add_tcase(s, t);
	return s;
}
