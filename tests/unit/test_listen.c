/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hostile cases: recording gone, damaged, of another sound; master missing. Each its code, and
 * level A stays. */
#include "station/listen.h"

#include "base/json.h"
#include "library/measure.h"
#include "mix/coder.h"
#include "support/aired.h"
#include "support/soundfile.h"
#include "support/tmpdir.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILE_05 "aircheck/05-mot.mp3"
#define FRAMES (12 * INT64_C(48000))

static char dir[64];
static struct listen l;

static void setup(void)
{
	tmpdir_make(dir);
	aired_recording(dir, FILE_05, 3, FRAMES);
	l = (struct listen){.airing = "A7", .frames = FRAMES};
	aired_master(dir, 3, FRAMES, l.sha256);
	snprintf(l.dir, sizeof(l.dir), "%s", dir);
	l.place_count = 1;
	snprintf(l.places[0].zone, sizeof(l.places[0].zone), "mot");
	struct recording *r = &l.places[0].recording;
	*r = (struct recording){.exact = true, .count = 1,
				.into_frames = AIRED_INTO - 100 * MP3_FRAMES};
	snprintf(r->parts[0].file, sizeof(r->parts[0].file), FILE_05);
	r->parts[0].first = 100 * coder_frame_bytes();
	r->parts[0].bytes = 660 * coder_frame_bytes();
}

static void teardown(void)
{
	listen_finish(&l);
	tmpdir_remove(dir);
}

static void hears(const char *zone, uint64_t seed)
{
	struct listen_ear *ear = &l.ears[l.ear_count++];
	struct envelope_maker *m = envelope_begin(envelope_keep, &ear->air);
	float *x = calloc(FRAMES + 4 * 48000, sizeof(*x));

	ck_assert_ptr_nonnull(x);
	aired_sound(seed, x + 48000 + 19200, FRAMES); /* 0.4 s late */
	envelope_add(m, x, FRAMES + 4 * 48000);
	envelope_end(m);
	ear->share = 1;
	snprintf(ear->zone, sizeof(ear->zone), "%s", zone);
	snprintf(ear->microphone, sizeof(ear->microphone), "mic");
	free(x);
}

static void ck_entry(const char *proof, const char *code)
{
	json_t *o = listen_entry(&l), *r = json_object_get(o, "recording");

	ck_assert_str_eq(json_get_text(o, "kind", ""), "airing.checked");
	ck_assert_str_eq(json_get_text(o, "airing", ""), "A7");
	ck_assert_str_eq(json_get_text(o, "proof", ""), proof);
	ck_assert_str_eq(json_get_text(o, "method", ""), HEARD_METHOD);
	ck_assert_str_eq(json_get_text(r, "code", ""), code);
	if (l.ear_count == 0)
		ck_assert(json_is_null(json_object_get(o, "microphones")));
	if (strcmp(code, "found") != 0)
		ck_assert(!json_is_number(json_object_get(r, "offset_ms")));
	json_decref(o);
}

START_TEST(found_in_the_recording_is_b)
{
	listen_run(&l);
	ck_entry("B", "found");
	ck_assert_double_gt(l.places[0].heard.score, 0.9);
	ck_assert_double_le(fabs(l.places[0].heard.offset_ms), 3);
}
END_TEST

/* One zone's recording has it, the other's another sound: then it is not proven for all. */
START_TEST(b_needs_the_recordings_of_all_zones)
{
	l.places[1] = l.places[0];
	l.place_count = 2;
	snprintf(l.places[1].zone, sizeof(l.places[1].zone), "hai");
	snprintf(l.places[1].recording.parts[0].file, PATH_BYTES, "other.mp3");
	aired_recording(dir, "other.mp3", 4, FRAMES);
	listen_run(&l);
	ck_entry("A", "different");
	json_t *o = listen_entry(&l), *by_zone = json_object_get(o, "by_zone");
	ck_assert_str_eq(json_get_text(json_object_get(by_zone, "mot"), "code", ""), "found");
	ck_assert_str_eq(json_get_text(json_object_get(by_zone, "hai"), "code", ""), "different");
	ck_assert_str_eq(json_get_text(json_object_get(by_zone, "hai"), "file", ""), "other.mp3");
	json_decref(o);
	hears("mot", 3);
	hears("hai", 3);
	ck_assert_str_eq(listen_proof(&l), "A");
}
END_TEST

START_TEST(the_recordings_of_all_zones_make_b)
{
	l.places[1] = l.places[0];
	l.place_count = 2;
	listen_run(&l);
	ck_entry("B", "found");
	l.places[0] = (struct listen_place){.zone = "mot", .code = LISTEN_NONE};
	ck_entry("A", "none");
}
END_TEST

static const json_t *zone_of(const json_t *entry, const char *zone)
{
	return json_object_get(json_object_get(entry, "by_zone"), zone);
}

/* "hai" had no device: what is found for "mot" stands for "mot" alone, as loud as it was there. */
START_TEST(a_zone_that_got_it_has_its_own_level)
{
	struct loudness *meter = loudness_create(1);
	float *x = calloc(FRAMES, sizeof(*x));

	ck_assert_ptr_nonnull(x);
	aired_sound(3, x, FRAMES);
	loudness_add(meter, x, FRAMES);
	l.places[1] = (struct listen_place){.zone = "hai", .code = LISTEN_UNSENT};
	l.place_count = 2;
	listen_run(&l);
	ck_assert_ptr_null(listen_proof(&l));
	ck_assert_ptr_eq(listen_worst(&l), &l.places[0]);
	json_t *o = listen_entry(&l);
	ck_assert(json_is_null(json_object_get(o, "proof")));
	ck_assert_str_eq(json_get_text(json_object_get(o, "recording"), "code", ""), "found");
	ck_assert_str_eq(json_get_text(zone_of(o, "mot"), "proof", ""), "B");
	ck_assert_str_eq(json_get_text(zone_of(o, "mot"), "file", ""), FILE_05);
	ck_assert_double_gt(json_get_number(zone_of(o, "mot"), "score", 0), 0.9);
	ck_assert_double_le(fabs(json_get_number(zone_of(o, "mot"), "offset_ms", 99)), 3);
	ck_assert_double_eq_tol(json_get_number(zone_of(o, "mot"), "loudness_lufs", 0),
				loudness_lufs(meter), 0.3);
	ck_assert_str_eq(json_get_text(zone_of(o, "hai"), "code", ""), "unsent");
	ck_assert(json_is_null(json_object_get(zone_of(o, "hai"), "proof")));
	ck_assert_ptr_null(json_object_get(zone_of(o, "hai"), "loudness_lufs"));
	json_decref(o);
	loudness_destroy(meter);
	free(x);
}
END_TEST

/* Of several zones with a microphone at one C is claimed of that one; the airing has the lowest. */
START_TEST(a_microphone_proves_its_own_zone)
{
	l.places[1] = l.places[0];
	l.place_count = 2;
	snprintf(l.places[1].zone, sizeof(l.places[1].zone), "hai");
	hears("mot", 3);
	listen_run(&l);
	ck_assert_str_eq(listen_zone_proof(&l, &l.places[0]), "C");
	ck_assert_str_eq(listen_zone_proof(&l, &l.places[1]), "B");
	ck_assert_str_eq(listen_proof(&l), "B");
	hears("hai", 3);
	listen_run(&l);
	ck_assert_str_eq(listen_proof(&l), "C");
}
END_TEST

/* By the time of day it may lie a second beside, and would be the loudness of something else. */
START_TEST(loudness_needs_the_sample_on_which_it_began)
{
	l.places[1] = l.places[0];
	l.place_count = 2;
	snprintf(l.places[1].zone, sizeof(l.places[1].zone), "hai");
	l.places[1].recording.exact = false;
	listen_run(&l);
	json_t *o = listen_entry(&l);
	ck_assert(json_is_number(json_object_get(zone_of(o, "mot"), "loudness_lufs")));
	ck_assert_str_eq(json_get_text(zone_of(o, "hai"), "proof", ""), "B");
	ck_assert_ptr_null(json_object_get(zone_of(o, "hai"), "loudness_lufs"));
	json_decref(o);
}
END_TEST

/* The rest of a bulletin, from its fifth second on. */
START_TEST(a_part_is_looked_for_as_that_part)
{
	l.from_frames = 4 * INT64_C(48000);
	l.frames = FRAMES - l.from_frames;
	l.places[0].recording.into_frames += l.from_frames;
	listen_run(&l);
	ck_entry("B", "found");
	ck_assert_double_gt(l.places[0].heard.score, 0.9);
	ck_assert_double_le(fabs(l.places[0].heard.offset_ms), 3);
	l.from_frames = 0;
	listen_run(&l);
	ck_entry("A", "different");
}
END_TEST

START_TEST(heard_at_every_microphone_is_c)
{
	hears("mot", 3);
	hears("hai", 3);
	listen_run(&l);
	ck_entry("C", "found");
	ck_assert_double_eq_tol(l.ears[0].heard.offset_ms, 400, 10);
	json_t *o = listen_entry(&l);
	ck_assert_uint_eq(json_array_size(json_object_get(o, "microphones")), 2);
	json_decref(o);
}
END_TEST

START_TEST(one_dead_horn_is_no_c)
{
	hears("mot", 3);
	hears("hai", 99);
	listen_run(&l);
	ck_entry("B", "found");
	ck_assert_str_eq(listen_code(l.ears[0].code), "found");
	ck_assert_str_eq(listen_code(l.ears[1].code), "different");
}
END_TEST

START_TEST(a_microphone_with_holes_proves_nothing)
{
	hears("mot", 3);
	l.ears[0].share = 0.9;
	listen_run(&l);
	ck_entry("B", "found");
	ck_assert_str_eq(listen_code(l.ears[0].code), "no-sound");
}
END_TEST

START_TEST(another_recording_is_different_whatever_the_microphone_says)
{
	aired_recording(dir, FILE_05, 4, FRAMES);
	hears("mot", 3);
	listen_run(&l);
	ck_entry("A", "different");
	ck_assert_str_eq(listen_code(l.ears[0].code), "found");
}
END_TEST

START_TEST(without_a_recording_a_microphone_is_enough)
{
	l.places[0].recording.count = 0;
	l.places[0].code = LISTEN_NONE;
	listen_run(&l);
	ck_entry("A", "none");
	hears("mot", 3);
	listen_run(&l);
	ck_entry("C", "none");
}
END_TEST

START_TEST(a_recording_that_was_deleted_is_gone)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/" FILE_05, dir);
	unlink(path);
	listen_run(&l);
	ck_entry("A", "gone");
}
END_TEST

START_TEST(a_damaged_recording_is_damaged)
{
	char path[128];
	size_t len;

	snprintf(path, sizeof(path), "%s/" FILE_05, dir);
	uint8_t *bytes = file_load(path, &len);
	for (size_t i = 0; i < len; i++)
		bytes[i] = (uint8_t)(i * 131 % 251);
	file_save(path, bytes, len);
	free(bytes);
	listen_run(&l);
	ck_entry("A", "damaged");
}
END_TEST

START_TEST(without_its_master_nothing_is_known)
{
	char path[160];

	snprintf(path, sizeof(path), "%s/masters/%s.flac", dir, l.sha256);
	file_save(path, "hỏng", 6);
	hears("mot", 3);
	listen_run(&l);
	ck_entry("A", "no-master");
	ck_assert_str_eq(listen_code(l.ears[0].code), "no-master");
	unlink(path);
	l.places[0].code = LISTEN_FOUND;
	listen_run(&l);
	ck_entry("A", "no-master");
}
END_TEST

/* Somebody put another sound under the approved one's name, and just that is in the recording. */
START_TEST(another_sound_in_its_place_is_no_proof)
{
	char other[SHA256_HEX_BYTES], from[256], to[256];

	aired_master(dir, 8, FRAMES, other);
	snprintf(from, sizeof(from), "%s/masters/%s.flac", dir, other);
	snprintf(to, sizeof(to), "%s/masters/%s.flac", dir, l.sha256);
	ck_assert_int_eq(rename(from, to), 0);
	aired_recording(dir, FILE_05, 8, FRAMES);
	hears("mot", 8);
	listen_run(&l);
	ck_entry("A", "no-master");
	ck_assert_str_eq(listen_code(l.ears[0].code), "no-master");
}
END_TEST

START_TEST(a_chime_is_too_short)
{
	l.frames = 2 * 48000;
	listen_run(&l);
	ck_entry("A", "too-short");
}
END_TEST

Suite *suite_listen(void);
Suite *suite_listen(void)
{
	Suite *s = suite_create("listen");
	TCase *c = tcase_create("listen");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, a_part_is_looked_for_as_that_part);
	tcase_add_test(c, found_in_the_recording_is_b);
	tcase_add_test(c, b_needs_the_recordings_of_all_zones);
	tcase_add_test(c, the_recordings_of_all_zones_make_b);
	tcase_add_test(c, a_zone_that_got_it_has_its_own_level);
	tcase_add_test(c, a_microphone_proves_its_own_zone);
	tcase_add_test(c, loudness_needs_the_sample_on_which_it_began);
	tcase_add_test(c, heard_at_every_microphone_is_c);
	tcase_add_test(c, one_dead_horn_is_no_c);
	tcase_add_test(c, a_microphone_with_holes_proves_nothing);
	tcase_add_test(c, another_recording_is_different_whatever_the_microphone_says);
	tcase_add_test(c, without_a_recording_a_microphone_is_enough);
	tcase_add_test(c, a_recording_that_was_deleted_is_gone);
	tcase_add_test(c, a_damaged_recording_is_damaged);
	tcase_add_test(c, without_its_master_nothing_is_known);
	tcase_add_test(c, another_sound_in_its_place_is_no_proof);
	tcase_add_test(c, a_chime_is_too_short);
	suite_add_tcase(s, c);
	return s;
}
