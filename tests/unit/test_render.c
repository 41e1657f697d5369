/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Render: to the sample, the same every time, and the same in pieces. */
#include "station/render.h"

#include "base/json.h"
#include "support/deskcase.h"
#include "support/sound.h"
#include "support/soundfile.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct deskcase c;
static struct world world;

/* Four seconds of a tone at 05:30:10, and half a minute later a file that is not there. */
static void setup(void)
{
	struct err e = {0};

	deskcase_open(&c);
	deskcase_sound(&c, "nhac.wav", 4);
	deskcase_write(&c, "schedules/thu.yaml",
		       "timetable: Thử\nslots:\n"
		       "  - {name: Nhạc, start: \"05:30:10\", length: 20s, ident: false, "
		       "play: {file: nhac.wav}}\n"
		       "  - {name: Mất, start: \"05:30:40\", length: 20s, ident: false, "
		       "play: {file: mat.wav}}\n");
	ck_assert_msg(world_open(&world, c.dir, NULL, &e), "%s", e.text);
}

static void teardown(void)
{
	world_finish(&world);
	deskcase_close(&c);
}

static struct wall at(const char *local)
{
	struct wall t;

	ck_assert(wall_parse(local, &world.files->settings.tz, &t));
	return t;
}

static const char *in_dir(const char *name)
{
	static char path[2][128];
	static int turn;

	turn = !turn;
	snprintf(path[turn], sizeof(path[turn]), "%s/%s", c.dir, name);
	return path[turn];
}

static void render(const char *from, const char *to, const char *name, FILE *as_run)
{
	struct err e = {0};
	const struct render_job job = {.world = &world, .dir = c.dir, .from = at(from),
				       .to = at(to), .path = in_dir(name), .as_run = as_run};

	ck_assert_msg(render_run(&job, &e), "%s", e.text);
}

static struct sound_file rendered(const char *from, const char *to, const char *name)
{
	render(from, to, name, NULL);
	return sound_read(in_dir(name));
}

static int64_t first_sound(const struct sound_file *s)
{
	int64_t f = 0;

	while (f < s->frames && s->data[f] == 0.0f)
		f++;
	return f;
}

/* Frame 0 of a tone is 0 itself, so the first sound is the frame after the planned one. */
START_TEST(it_begins_on_its_planned_frame)
{
	struct sound_file s = rendered("2026-11-23T05:30", "2026-11-23T05:30:20", "a.wav");

	ck_assert_int_eq(s.frames, 20 * 48000);
	ck_assert_int_eq(s.channels, 1);
	ck_assert_int_eq(first_sound(&s), 10 * 48000 + 1);
	for (int64_t f = 14 * 48000; f < s.frames; f++)
		if (s.data[f] != 0.0f)
			ck_abort_msg("sound after the end");
	free(s.data);
	s = rendered("2026-11-23T05:30:09.999", "2026-11-23T05:30:11", "b.wav");
	ck_assert_int_eq(first_sound(&s), 48 + 1);
	free(s.data);
}
END_TEST

START_TEST(two_renders_are_the_same_bytes)
{
	size_t a_len, b_len;

	render("2026-11-23T05:30:05", "2026-11-23T05:30:20", "a.flac", NULL);
	render("2026-11-23T05:30:05", "2026-11-23T05:30:20", "b.flac", NULL);
	uint8_t *a = file_load(in_dir("a.flac"), &a_len), *b = file_load(in_dir("b.flac"), &b_len);
	ck_assert_uint_eq(a_len, b_len);
	ck_assert(memcmp(a, b, a_len) == 0);
	free(a);
	free(b);
}
END_TEST

START_TEST(pieces_put_together_are_the_whole)
{
	static const char *const cuts[] = {"2026-11-23T05:30:11", "2026-11-23T05:30:12.345",
					   "2026-11-23T05:30:16"};
	struct sound_file whole = rendered("2026-11-23T05:30:05", "2026-11-23T05:30:20", "w.wav");

	for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++) {
		struct sound_file a = rendered("2026-11-23T05:30:05", cuts[i], "a.wav");
		struct sound_file b = rendered(cuts[i], "2026-11-23T05:30:20", "b.wav");
		ck_assert_int_eq(a.frames + b.frames, whole.frames);
		ck_assert(memcmp(whole.data, a.data, (size_t)a.frames * sizeof(float)) == 0);
		ck_assert(memcmp(whole.data + a.frames, b.data,
				 (size_t)b.frames * sizeof(float)) == 0);
		free(a.data);
		free(b.data);
	}
	free(whole.data);
}
END_TEST

/* The lines of the as-run list; the caller frees each. */
static int as_run(const char *from, const char *to, json_t *lines[8])
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);
	struct err e = {0};
	int n = 0;

	ck_assert_ptr_nonnull(f);
	render(from, to, "a.wav", f);
	fclose(f);
	char *rest = NULL;
	for (char *l = strtok_r(text, "\n", &rest); l && n < 8; l = strtok_r(NULL, "\n", &rest)) {
		lines[n] = json_read(l, strlen(l), &e);
		ck_assert_msg(lines[n++] != NULL, "%s", l);
	}
	free(text);
	return n;
}

START_TEST(the_as_run_list_says_what_aired_and_what_did_not)
{
	json_t *lines[8];

	ck_assert_int_eq(as_run("2026-11-23T05:30", "2026-11-23T05:31", lines), 2);
	ck_assert_str_eq(json_get_text(lines[0], "kind", ""), "airing.ended");
	ck_assert_str_eq(json_get_text(lines[0], "file", ""), "nhac.wav");
	ck_assert_str_eq(json_get_text(lines[0], "result", ""), "full");
	ck_assert_str_eq(json_get_text(lines[0], "start", ""), "2026-11-23T05:30:10.000+07:00");
	ck_assert_int_eq(json_get_integer(lines[0], "frames", 0), 4 * 48000);
	ck_assert(json_is_number(json_object_get(lines[0], "loudness_lufs")));
	ck_assert_str_eq(json_get_text(lines[0], "proof", ""), ""); /* no device took it */
	ck_assert_str_eq(json_get_text(lines[1], "kind", ""), "airing.missed");
	ck_assert_str_eq(json_get_text(lines[1], "reason", ""), "missing-file");
	json_decref(lines[0]);
	json_decref(lines[1]);
}
END_TEST

static double part(const json_t *line, const char *key)
{
	const json_t *part = json_object_get(line, "rendered");

	ck_assert(json_is_number(json_object_get(part, key)));
	return json_number_value(json_object_get(part, key));
}

/* [A,B) and [B,C) tell together what [A,C) tells. */
START_TEST(a_line_tells_which_part_lies_in_the_file)
{
	static const char *const span[3] = {"2026-11-23T05:30:05", "2026-11-23T05:30:11.250",
					    "2026-11-23T05:30:20"};
	json_t *lines[8];

	ck_assert_int_eq(as_run(span[0], span[2], lines), 1);
	ck_assert_double_eq(part(lines[0], "at_s"), 5);
	ck_assert_double_eq(part(lines[0], "length_s"), 4);
	ck_assert_double_eq(part(lines[0], "outside_s"), 0);
	json_decref(lines[0]);
	ck_assert_int_eq(as_run(span[0], span[1], lines), 1);
	ck_assert_double_eq(part(lines[0], "at_s"), 5);
	ck_assert_double_eq(part(lines[0], "length_s"), 1.25);
	ck_assert_double_eq(part(lines[0], "outside_s"), 2.75);
	ck_assert_str_eq(json_get_text(lines[0], "result", ""), "full");
	json_decref(lines[0]);
	ck_assert_int_eq(as_run(span[1], span[2], lines), 1);
	ck_assert_double_eq(part(lines[0], "at_s"), 0);
	ck_assert_double_eq(part(lines[0], "length_s"), 2.75);
	ck_assert_double_eq(part(lines[0], "outside_s"), 1.25);
	json_decref(lines[0]);
	ck_assert_int_eq(as_run("2026-11-23T05:30:30", "2026-11-23T05:31", lines), 1);
	ck_assert_ptr_null(json_object_get(lines[0], "rendered")); /* missed */
	json_decref(lines[0]);
}
END_TEST

START_TEST(what_sounds_at_an_end_is_told_with_its_true_end)
{
	json_t *lines[8];

	for (int late = 0; late < 2; late++) {
		ck_assert_int_eq(late ? as_run("2026-11-23T05:30:12", "2026-11-23T05:30:20", lines)
				      : as_run("2026-11-23T05:30", "2026-11-23T05:30:12", lines),
				 1);
		ck_assert_str_eq(json_get_text(lines[0], "result", ""), "full");
		ck_assert_str_eq(json_get_text(lines[0], "end", ""),
				 "2026-11-23T05:30:14.000+07:00");
		json_decref(lines[0]);
	}
}
END_TEST

START_TEST(a_file_that_cannot_be_made_leaves_nothing)
{
	struct render_job job = {.world = &world, .dir = c.dir, .from = at("2026-11-23T05:30"),
				 .to = at("2026-11-23T05:30:01"), .path = in_dir("a.ogg")};
	struct err e = {0};

	ck_assert(!render_run(&job, &e));
	ck_assert_int_eq(e.kind, ERR_USAGE);
	job.path = in_dir("none/a.wav");
	ck_assert(!render_run(&job, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	ck_assert_int_ne(access(in_dir("a.ogg"), F_OK), 0);
	ck_assert_int_eq((int)ledger_next(c.desk.ledger), 0); /* the log is not touched */
}
END_TEST

Suite *suite_render(void)
{
	Suite *s = suite_create("render");
	TCase *t = tcase_create("render");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, it_begins_on_its_planned_frame);
	tcase_add_test(t, two_renders_are_the_same_bytes);
	tcase_add_test(t, pieces_put_together_are_the_whole);
	tcase_add_test(t, the_as_run_list_says_what_aired_and_what_did_not);
	tcase_add_test(t, what_sounds_at_an_end_is_told_with_its_true_end);
	tcase_add_test(t, a_line_tells_which_part_lies_in_the_file);
	tcase_add_test(t, a_file_that_cannot_be_made_leaves_nothing);
	suite_add_tcase(s, t);
	return s;
}
