/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/relayed.h"

#include "base/limits.h"
#include "base/relayform.h"
#include "support/soundfile.h"
#include "support/tmpdir.h"

#include <check.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TONE_HZ 1000
#define SECONDS 4

static char dir[64], path[200];
static float sound[48000 * 20];
static size_t sound_bytes;
static struct relay_form form; /* what it says of itself; all 0: nothing */

static void setup(void)
{
	sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/stream", dir);
}

static void teardown(void)
{
	tmpdir_remove(dir);
}

struct feed {
	const uint8_t *data;
	size_t len;
	int fd;
};

static void *feed(void *arg)
{
	struct feed *f = arg;

	while (f->len > 0) {
		ssize_t n = write(f->fd, f->data, f->len < 1000 ? f->len : 1000);
		if (n <= 0)
			break;
		f->data += n;
		f->len -= (size_t)n;
	}
	close(f->fd);
	return NULL;
}

static void *collect(void *arg)
{
	char *to = (char *)sound;
	ssize_t n;

	sound_bytes = 0;
	while ((n = read(*(int *)arg, to + sound_bytes, sizeof(sound) - sound_bytes)) > 0)
		sound_bytes += (size_t)n;
	return NULL;
}

static enum relay_fault decode(const uint8_t *data, size_t len)
{
	int in[2], out[2];
	pthread_t feeder, reader;

	ck_assert(pipe(in) == 0 && pipe(out) == 0);
	struct feed f = {data, len, in[1]};
	pthread_create(&feeder, NULL, feed, &f);
	pthread_create(&reader, NULL, collect, &out[0]);
	enum relay_fault fault = relayed_run(in[0], out[1]);
	close(in[0]);
	close(out[1]);
	pthread_join(feeder, NULL);
	pthread_join(reader, NULL);
	close(out[0]);
	form = (struct relay_form){0};
	if (sound_bytes >= sizeof(form)) {
		sound_bytes -= sizeof(form);
		memcpy(&form, sound, sizeof(form));
		memmove(sound, (char *)sound + sizeof(form), sound_bytes);
	}
	return fault;
}

static uint8_t *make(const char *const args[], size_t *len)
{
	struct clip c = clip_tone(44100, 2, SECONDS, TONE_HZ, 0.5);

	clip_save_phone(&c, path, args);
	clip_free(&c);
	return file_load(path, len);
}

/* Frequency by zero crossings, of the middle. */
static void check_tone(double seconds)
{
	int64_t frames = (int64_t)(sound_bytes / sizeof(float)), from = frames / 4;
	int64_t to = frames * 3 / 4;
	int crossings = 0;

	ck_assert_uint_eq(sound_bytes % sizeof(float), 0);
	ck_assert_msg(fabs((double)frames / 48000 - seconds) < 0.3, "%lld frames",
		      (long long)frames);
	for (int64_t i = from; i < to; i++)
		crossings += (sound[i] < 0) != (sound[i + 1] < 0);
	ck_assert_double_eq_tol(crossings / 2.0 / ((double)(to - from) / 48000), TONE_HZ, 10);
}

static const struct {
	const char *args[12];
	bool joined; /* one may come in in the middle */
	enum relay_codec codec;
} forms[] = {
	{{"-c:a", "libmp3lame", "-b:a", "64k", "-f", "mp3"}, true, RELAY_CODEC_MP3},
	{{"-c:a", "aac", "-f", "adts"}, true, RELAY_CODEC_AAC},
	{{"-c:a", "aac", "-f", "mpegts"}, true, RELAY_CODEC_AAC},
	{{"-c:a", "libvorbis", "-f", "ogg"}, false, RELAY_CODEC_VORBIS},
	{{"-c:a", "libopus", "-f", "ogg"}, false, RELAY_CODEC_OPUS},
	{{"-c:a", "flac", "-f", "flac"}, false, RELAY_CODEC_FLAC},
	{{"-c:a", "flac", "-f", "ogg"}, false, RELAY_CODEC_FLAC},
	{{"-c:a", "aac", "-movflags", "frag_keyframe+empty_moov+default_base_moof", "-f", "mp4"},
	 false, RELAY_CODEC_AAC},
};

START_TEST(test_every_kind_of_radio_is_heard)
{
	size_t len;
	uint8_t *data = make(forms[_i].args, &len);

	ck_assert_int_eq(decode(data, len), RELAY_NONE);
	check_tone(SECONDS);
	ck_assert(relay_form_is(&form));
	ck_assert_int_eq(form.codec, forms[_i].codec);
	ck_assert_int_eq(form.channels, 2);
	ck_assert_uint_eq(form.rate_hz, form.codec == RELAY_CODEC_OPUS ? 48000 : 44100);
	size_t skip = len / 4 + 7;
	if (forms[_i].joined) {
		ck_assert_int_eq(decode(data + skip, len - skip), RELAY_NONE);
		check_tone(SECONDS * 0.75);
	}
	free(data);
}
END_TEST

START_TEST(test_a_hole_is_passed_over)
{
	size_t len;
	uint8_t *data = make(forms[0].args, &len);

	memset(data + len / 2, 0xa5, 600);
	ck_assert_int_eq(decode(data, len), RELAY_NONE);
	check_tone(SECONDS);
	free(data);
}
END_TEST

/* From AAC to MP3 in the middle: no noise, and an end with a code, whereupon it is looked at
 * afresh. */
START_TEST(test_a_stream_that_becomes_another_ends)
{
	size_t aac, mp3, at;
	uint8_t *first = make(forms[1].args, &aac), *then = make(forms[0].args, &mp3);
	size_t copies = RELAY_BARREN_BYTES / mp3 + 3;
	uint8_t *all = malloc(aac + copies * mp3);

	ck_assert_ptr_nonnull(all);
	memcpy(all, first, at = aac);
	for (size_t i = 0; i < copies; i++, at += mp3)
		memcpy(all + at, then, mp3);
	ck_assert_int_eq(decode(all, at), RELAY_DAMAGED);
	check_tone(SECONDS);
	free(first);
	free(then);
	free(all);
}
END_TEST

/* Seconds of the new one tell, not the minute that it takes to despair. */
START_TEST(test_a_change_is_seen_soon)
{
	static const int to[] = {0, 4, 1}; /* MP3 to Opus, to ADTS */
	size_t before, after;
	uint8_t *first = make(forms[0].args, &before), *then = make(forms[to[_i]].args, &after);

	ck_assert_uint_gt(after, 2 * 16384);
	ck_assert_uint_lt(after, RELAY_BARREN_BYTES);
	first = realloc(first, before + after);
	ck_assert_ptr_nonnull(first);
	memcpy(first + before, then, after);
	ck_assert_int_eq(decode(first, before + after), RELAY_DAMAGED);
	free(first);
	free(then);
}
END_TEST

START_TEST(test_what_is_no_sound)
{
	static const char page[] =
		"<!doctype html><html><body>The stream has moved. The stream has moved. The stream "
		"has moved. The stream has moved.</body></html>";
	static uint8_t noise[100000];
	uint32_t x = 1;

	for (size_t i = 0; i < sizeof(noise); i++)
		noise[i] = (uint8_t)((x = x * 1664525 + 1013904223) >> 24);
	ck_assert_int_eq(decode((const uint8_t *)page, strlen(page)), RELAY_NOT_SOUND);
	ck_assert_int_eq(decode(noise, sizeof(noise)), RELAY_NOT_SOUND);
	ck_assert_int_eq(decode(noise, 10), RELAY_NOT_SOUND);
	ck_assert_int_eq(decode(noise, 0), RELAY_NONE);
	memcpy(noise, "fLaC", 4);
	ck_assert_int_eq(decode(noise, sizeof(noise)), RELAY_DAMAGED);
	memcpy(noise, "OggS", 4);
	ck_assert_int_ne(decode(noise, sizeof(noise)), RELAY_NONE);
	ck_assert_uint_eq(sound_bytes, 0);
}
END_TEST

START_TEST(test_more_than_any_radio_sends)
{
	static const char *const wide[] = {"-ar", "192000", "-ac", "8", "-c:a", "flac", "-f",
					   "flac", NULL};
	static const char *const wav[] = {"-ar", "192000", "-ac", "8", "-f", "wav", NULL};
	static const char *const plain[] = {"-f", "wav", NULL};
	static const char *const many[] = {"-ac", "8", "-c:a", "flac", "-f", "ogg", NULL};
	size_t len;
	uint8_t *data = make(wide, &len);

	ck_assert_int_eq(decode(data, len), RELAY_FORM);
	free(data);
	data = make(many, &len);
	ck_assert_int_eq(decode(data, len), RELAY_FORM);
	free(data);
	data = make(wav, &len);
	ck_assert_int_eq(decode(data, len), RELAY_FORM);
	free(data);
	data = make(plain, &len);
	ck_assert_int_eq(decode(data, len), RELAY_UNSUPPORTED);
	ck_assert_uint_eq(sound_bytes, 0);
	free(data);
}
END_TEST

START_TEST(test_it_ends_when_nobody_listens)
{
	size_t len;
	uint8_t *data = make(forms[0].args, &len);
	int in[2], out[2];
	pthread_t feeder;

	ck_assert(pipe(in) == 0 && pipe(out) == 0);
	close(out[0]);
	struct feed f = {data, len, in[1]};
	pthread_create(&feeder, NULL, feed, &f);
	ck_assert_int_eq(relayed_run(in[0], out[1]), RELAY_NONE);
	close(in[0]);
	pthread_join(feeder, NULL);
	close(out[1]);
	free(data);
}
END_TEST

Suite *suite_relayed(void);
Suite *suite_relayed(void)
{
	Suite *s = suite_create("relayed");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, test_every_kind_of_radio_is_heard, 0,
			    (int)(sizeof(forms) / sizeof(forms[0])));
	tcase_add_test(t, test_a_hole_is_passed_over);
	tcase_add_test(t, test_a_stream_that_becomes_another_ends);
	tcase_add_loop_test(t, test_a_change_is_seen_soon, 1, 3);
	tcase_add_test(t, test_what_is_no_sound);
	tcase_add_test(t, test_more_than_any_radio_sends);
	tcase_add_test(t, test_it_ends_when_nobody_listens);
	suite_add_tcase(s, t);
	return s;
}
