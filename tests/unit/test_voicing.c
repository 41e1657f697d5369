/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/voicing.h"

#include "library/speech.h"
#include "proof/alarm.h"
#include "station/emergency.h"
#include "support/deskcase.h"
#include "support/playing.h"
#include "sys/loop.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct deskcase c;
static struct playing g;
static struct loop *loop;
static struct voicing v;
static struct err e;

static void setup(void)
{
	deskcase_open(&c);
	playing_open(&g, "2026-11-23T05:29:50");
	ck_assert(case_slots(g.c, ""));
	playing_begin(&g);
	playing_run(&g, 1);
	loop = loop_create();
	voicing_init(&v, &c.desk, &g.p, loop);
}

static void teardown(void)
{
	voicing_stop(&v);
	loop_destroy(loop);
	playing_close(&g);
	deskcase_close(&c);
}

static struct emergency *raise(void)
{
	struct emergency_order o = {.zones = 1, .by = "Chủ tịch", .reason = "Vỡ đập",
				    .who = "user:7",
				    .every_s = 60, .text = "Vỡ đập, bà con di dời ngay"};
	struct emergency *m;

	ck_assert_msg(emergency_raise(&g.p, &o, &m, &e), "%s", e.text);
	return m;
}

static void read_it(void)
{
	voicing_look(&v);
	ck_assert(v.aside.running);
	while (v.aside.running)
		loop_once(loop, 1000);
}

START_TEST(the_text_becomes_the_message)
{
	struct emergency *m = raise();

	read_it();
	ck_assert_int_eq(m->message.id[0], 'B');
	ck_assert_str_eq(m->message.title, "Vỡ đập");
	ck_assert_int_eq(m->message.level, LEVEL_URGENT);
	ck_assert_int_gt(m->message.frames, FRAMES_PER_S);
	ck_assert(!m->waits && !m->unread);
	ck_assert_int_eq(playing_count(&g, KIND_EMERGENCY_CHANGED), 1);
	voicing_look(&v);
	ck_assert(!v.aside.running);
}
END_TEST

static char reserve[PATH_BYTES];
static int tries;

/* As on a disk that is full but for the reserve. */
static bool make_if_there_is_room(const struct speech_job *job, struct ingest_result *r,
				  struct err *err)
{
	tries++;
	if (access(reserve, F_OK) == 0)
		return err_set(err, ERR_NO_SPACE, "đĩa đầy");
	return speech_make(job, r, err);
}

START_TEST(a_full_disk_has_room_for_the_words)
{
	struct emergency *m = raise();
	struct stat st;

	snprintf(reserve, sizeof(reserve), "%s/" VOICE_RESERVE, c.dir);
	ck_assert_int_eq(stat(reserve, &st), 0);
	ck_assert_int_ge(st.st_blocks * 512, VOICE_RESERVE_BYTES);
	tries = 0;
	v.make = make_if_there_is_room;
	read_it();
	ck_assert_int_eq(tries, 2);
	ck_assert(!m->unread);
	ck_assert_int_eq(m->message.id[0], 'B');
}
END_TEST

static int64_t room;

static int64_t free_bytes(struct disk *d)
{
	(void)d;
	return room;
}

/* Looked for after so many seconds, on a disk with that much room. */
static bool kept_after(int64_t seconds, bool low, int64_t bytes)
{
	const struct disk_ops *ops = c.desk.disk->ops;
	struct disk_ops mine = *ops;

	room = bytes;
	mine.free_bytes = free_bytes;
	c.desk.disk->ops = &mine;
	clock_sim_advance(&c.clock, seconds * NS_PER_S);
	voicing_keep(&v, low);
	while (v.keeping.running)
		loop_once(loop, 1000);
	c.desk.disk->ops = ops;
	return access(reserve, F_OK) == 0;
}

START_TEST(the_reserve_is_made_again_once_there_is_room)
{
	const int64_t much = VOICE_ROOM_BYTES + VOICE_RESERVE_BYTES;
	struct stat st;

	snprintf(reserve, sizeof(reserve), "%s/" VOICE_RESERVE, c.dir);
	ck_assert_int_eq(unlink(reserve), 0);
	ck_assert(!kept_after(1, false, much)); /* it was looked for just now */
	ck_assert(!kept_after(1, true, much));
	ck_assert(kept_after(1, false, much)); /* the disk is low no more */
	ck_assert_int_eq(stat(reserve, &st), 0);
	ck_assert_int_ge(st.st_blocks * 512, VOICE_RESERVE_BYTES);
	ck_assert_int_eq(unlink(reserve), 0);
	ck_assert(!kept_after(599, false, much));
	ck_assert(!kept_after(1, false, much - 1)); /* it would make the disk full */
	ck_assert(!kept_after(599, false, much));
	ck_assert(kept_after(1, false, much));
	/* What is there but is too small holds no room. */
	ck_assert_int_eq(truncate(reserve, 4096), 0);
	ck_assert(kept_after(600, false, much));
	ck_assert_int_eq(stat(reserve, &st), 0);
	ck_assert_int_ge(st.st_blocks * 512, VOICE_RESERVE_BYTES);
}
END_TEST

START_TEST(while_an_emergency_goes_on_its_room_is_left_to_it)
{
	snprintf(reserve, sizeof(reserve), "%s/" VOICE_RESERVE, c.dir);
	ck_assert_int_eq(unlink(reserve), 0);
	struct emergency *m = raise();
	ck_assert(!kept_after(600, false, INT64_MAX));
	emergency_end(&g.p, m, "ended", "", "user:7");
	playing_run(&g, 2);
	ck_assert_ptr_null(g.p.emergencies);
	ck_assert(kept_after(0, false, INT64_MAX));
}
END_TEST

static bool make_never(const struct speech_job *job, struct ingest_result *r, struct err *err)
{
	(void)job;
	(void)r;
	tries++;
	return err_set(err, ERR_NO_SPACE, "đĩa đầy");
}

START_TEST(without_any_room_the_siren_goes_on)
{
	struct emergency *m = raise();

	tries = 0;
	v.make = make_never;
	read_it();
	ck_assert_int_eq(tries, 2);
	ck_assert(m->unread);
}
END_TEST

START_TEST(without_a_voice_the_siren_goes_on)
{
	struct emergency *m = raise();

	snprintf(g.c->settings.speech, sizeof(g.c->settings.speech), "false");
	read_it();
	ck_assert(m->unread && !m->waits);
	ck_assert_str_eq(m->message.id, "");
	ck_assert_ptr_eq(g.p.emergencies, m);
	ck_assert_int_eq(playing_count(&g, KIND_EMERGENCY_UNREAD), 1);
	voicing_look(&v);
	ck_assert(!v.aside.running);
}
END_TEST

START_TEST(what_was_ended_meanwhile_says_no_more)
{
	emergency_end(&g.p, raise(), "ended", "", "user:7");
	voicing_look(&v);
	ck_assert(!v.aside.running);
	struct emergency *m = raise();
	voicing_look(&v);
	emergency_end(&g.p, m, "ended", "", "user:7");
	while (v.aside.running)
		loop_once(loop, 1000);
	ck_assert_int_eq(playing_count(&g, KIND_EMERGENCY_CHANGED), 0);
	ck_assert_int_eq(playing_count(&g, KIND_EMERGENCY_UNREAD), 0);
}
END_TEST

Suite *suite_voicing(void);
Suite *suite_voicing(void)
{
	Suite *s = suite_create("voicing");
	TCase *t = tcase_create("voicing");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_text_becomes_the_message);
	tcase_add_test(t, a_full_disk_has_room_for_the_words);
	tcase_add_test(t, the_reserve_is_made_again_once_there_is_room);
	tcase_add_test(t, while_an_emergency_goes_on_its_room_is_left_to_it);
	tcase_add_test(t, without_any_room_the_siren_goes_on);
	tcase_add_test(t, without_a_voice_the_siren_goes_on);
	tcase_add_test(t, what_was_ended_meanwhile_says_no_more);
	suite_add_tcase(s, t);
	return s;
}
