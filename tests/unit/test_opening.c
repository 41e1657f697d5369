/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Masters on a disk that hangs: nobody waits for them, and an emergency is heard meanwhile. */
#include "station/opening.h"

#include "proof/entry.h"
#include "station/emergency.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <math.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

/* Who opens while it is locked hangs. */
static pthread_mutex_t disk = PTHREAD_MUTEX_INITIALIZER;
static atomic_int asked, opened;
static struct opening o;
static struct err e;

static struct source *open_noise(const char *path, const char *sha256, struct err *why)
{
	(void)path;
	asked++;
	pthread_mutex_lock(&disk);
	pthread_mutex_unlock(&disk);
	struct source *s = sha256[0] == 'x' ? NULL : fake_noise(11, 10 * 48000, 1.0f, FAKE_ENDS);
	if (s == NULL)
		err_set(why, ERR_DIFFERS, "another master");
	opened++;
	return s;
}

static void begin_anew(void)
{
	opening_init(&o, "/none");
	o.open = open_noise;
}

static void setup(void)
{
	asked = opened = 0;
	begin_anew();
	pthread_mutex_lock(&disk);
}

static void until(atomic_int *count, int n)
{
	for (int i = 0; i < 60000 && *count < n; i++)
		poll(NULL, 0, 1);
	ck_assert_int_ge(*count, n);
}

/* What it opened is closed by itself: until nothing is open. */
static void until_closed(void)
{
	for (int i = 0; i < 60000 && fake_open_count() > 0; i++)
		poll(NULL, 0, 1);
	ck_assert_int_eq(fake_open_count(), 0);
}

static struct source *get(const char *sha256)
{
	struct source *s = NULL;

	e = (struct err){.kind = ERR_STALLED};
	for (int i = 0; i < 60000 && s == NULL && e.kind == ERR_STALLED; i++) {
		e = (struct err){0};
		s = opening_master(&o, sha256, &e);
		poll(NULL, 0, s == NULL);
	}
	return s;
}

START_TEST(a_disk_that_hangs_holds_nobody)
{
	ck_assert_ptr_null(opening_master(&o, "aa", &e));
	ck_assert_int_eq(e.kind, ERR_STALLED);
	ck_assert_ptr_null(opening_master(&o, "aa", &e)); /* the same one, not another */
	ck_assert_ptr_null(opening_master(&o, "x", &e));
	ck_assert_int_eq(e.kind, ERR_STALLED);
	until(&asked, 2);
	pthread_mutex_unlock(&disk);
	struct source *s = get("aa");
	ck_assert_ptr_nonnull(s);
	s->ops->close(s);
	ck_assert_ptr_null(get("x"));
	ck_assert_int_eq(e.kind, ERR_DIFFERS);
	ck_assert_int_eq(asked, 2);
	opening_finish(&o);
	until_closed();
}
END_TEST

/* Those that nobody came back for make room once they are open. */
START_TEST(no_more_than_some_hang)
{
	char name[16];

	for (int i = 0; i <= OPENINGS_MAX; i++) {
		snprintf(name, sizeof(name), "%d", i);
		ck_assert_ptr_null(opening_master(&o, name, &e));
		ck_assert_int_eq(e.kind, ERR_STALLED);
	}
	until(&asked, OPENINGS_MAX);
	ck_assert_int_eq(asked, OPENINGS_MAX);
	pthread_mutex_unlock(&disk);
	until(&opened, OPENINGS_MAX);
	struct source *s = get("8");
	ck_assert_ptr_nonnull(s);
	s->ops->close(s);
	opening_finish(&o);
	until_closed();
}
END_TEST

/* Whoever ends does not wait for it, and what it opens at last is closed. */
START_TEST(one_that_hangs_is_left_behind)
{
	ck_assert_ptr_null(opening_master(&o, "aa", &e));
	until(&asked, 1);
	opening_finish(&o);
	pthread_mutex_unlock(&disk);
	until(&opened, 1);
	until_closed();
}
END_TEST

static struct playing g;

static struct source *open_aside(struct air *a, const char *sha256, struct err *why)
{
	(void)a;
	return opening_master(&o, sha256, why);
}

static double power(const char *from, double seconds)
{
	int64_t f = playing_frame(&g, from), end = f + (int64_t)(seconds * 48000);
	double sum = 0;

	for (; f < end; f++)
		sum += fabs((double)g.mix[0][f]);
	return sum;
}

static void lay_slot(void)
{
	playing_open(&g, "2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 10);
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"05:30\", length: 20s, ident: false, "
				  "play: {bulletins: {}}}\n"));
}

static void begin_slot(void)
{
	static struct air_ops ops;

	playing_begin(&g);
	ops = *g.sim.air.ops;
	ops.open_master = open_aside;
	g.sim.air.ops = &ops;
}

static void play_slot(void)
{
	lay_slot();
	begin_slot();
}

static void end_slot(void)
{
	playing_close(&g);
	opening_finish(&o);
	until_closed();
}

START_TEST(an_emergency_is_heard_while_a_master_hangs)
{
	struct emergency_order order = {.zones = 3, .by = "user:3", .reason = "Lũ",
					.who = "user:7"};
	struct emergency *m;

	play_slot();
	playing_run(&g, 9);
	until(&asked, 1); /* the slot's bulletin: three seconds before its time */
	ck_assert(emergency_raise(&g.p, &order, &m, &e));
	playing_run(&g, 1);
	ck_assert(power("2026-11-23T05:29:59.1", 0.5) > 0);
	ck_assert_int_eq(opened, 0);
	playing_run(&g, 60);
	playing_ck(&g, KIND_MISSED, 0, "B1", NULL, "emergency");
	pthread_mutex_unlock(&disk);
	until(&opened, 1);
	end_slot();
}
END_TEST

START_TEST(what_opens_in_time_airs_and_what_does_not_is_missed)
{
	play_slot();
	playing_run(&g, 8);
	until(&asked, 1);
	pthread_mutex_unlock(&disk);
	until(&opened, 1);
	playing_run(&g, 25);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	ck_assert_int_eq(playing_find(&g, 0, 11), playing_frame(&g, "2026-11-23T05:30:00"));
	end_slot();
	begin_anew();
	pthread_mutex_lock(&disk);
	play_slot();
	playing_run(&g, 25);
	playing_ck(&g, KIND_MISSED, 0, "B1", NULL, "disk-stalled");
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 0);
	pthread_mutex_unlock(&disk);
	until(&opened, 2);
	end_slot();
}
END_TEST

/* What is on air is not taken off for it before it is there. */
START_TEST(played_by_hand_it_waits_for_the_disk_too)
{
	play_slot();
	playing_run(&g, 3);
	ck_assert(playout_play(&g.p, &g.c->bulletins[0], 3, "", "user:7", &e));
	until(&asked, 1);
	pthread_mutex_unlock(&disk);
	until(&opened, 1);
	playing_run(&g, 20);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	end_slot();
}
END_TEST

/* Of the bed alone the disk takes its time. */
static struct source *open_slow_bed(const char *path, const char *sha256, struct err *why)
{
	(void)path;
	(void)why;
	if (strcmp(sha256, g.c->assets[0].sha256) != 0)
		return fake_noise(11, 10 * 48000, 1.0f, FAKE_ENDS);
	pthread_mutex_lock(&disk);
	pthread_mutex_unlock(&disk);
	struct source *s = fake_noise(5, 3 * 48000, 1.0f, FAKE_ENDS);
	opened++;
	return s;
}

static void play_over_slow_bed(void)
{
	o.open = open_slow_bed;
	lay_slot();
	struct asset *bed = case_asset(g.c, "nen.wav", 3);
	snprintf(bed->sha256, sizeof(bed->sha256), "%064d", 5);
	snprintf(g.c->settings.bed, sizeof(g.c->settings.bed), "nen.wav");
	snprintf(g.c->bulletins[0].kind, sizeof(g.c->bulletins[0].kind), "thong-bao");
	begin_slot();
}

START_TEST(a_bed_comes_when_its_master_is_open)
{
	play_over_slow_bed();
	playing_run(&g, 13);
	ck_assert_int_eq(playing_find(&g, 0, 11), playing_frame(&g, "2026-11-23T05:30:00"));
	pthread_mutex_unlock(&disk);
	until(&opened, 1);
	for (int i = 0; i < 60000 && g.p.runs->bed.awaited; i++)
		playing_run(&g, 0.05);
	playing_run(&g, 15);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	ck_assert_int_lt(playing_whole(&g, 0, 11), 480000); /* something lay under its end */
	ck_assert(power("2026-11-23T05:30:10.1", 0.2) > 0);
	ck_assert(power("2026-11-23T05:30:13", 5) == 0);
	end_slot();
}
END_TEST

START_TEST(a_bed_that_never_opens_is_let_go_of)
{
	play_over_slow_bed();
	playing_run(&g, 40);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	ck_assert_int_eq(playing_whole(&g, 0, 11), 480000);
	ck_assert_ptr_null(g.p.runs);
	pthread_mutex_unlock(&disk);
	until(&opened, 1);
	end_slot();
}
END_TEST

START_TEST(whoever_waits_is_told_that_it_is_open)
{
	struct pollfd told = {.fd = o.notify_fd, .events = POLLIN};

	ck_assert_ptr_null(opening_master(&o, "aa", &e));
	ck_assert_int_eq(poll(&told, 1, 0), 0);
	pthread_mutex_unlock(&disk);
	ck_assert_int_eq(poll(&told, 1, 60000), 1);
	opening_told(&o);
	ck_assert_int_eq(poll(&told, 1, 0), 0);
	struct source *s = opening_master(&o, "aa", &e);
	ck_assert_ptr_nonnull(s);
	s->ops->close(s);
	opening_finish(&o);
}
END_TEST

Suite *suite_opening(void);
Suite *suite_opening(void)
{
	Suite *s = suite_create("opening");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, a_disk_that_hangs_holds_nobody);
	tcase_add_test(t, no_more_than_some_hang);
	tcase_add_test(t, one_that_hangs_is_left_behind);
	tcase_add_test(t, whoever_waits_is_told_that_it_is_open);
	tcase_add_test(t, an_emergency_is_heard_while_a_master_hangs);
	tcase_add_test(t, what_opens_in_time_airs_and_what_does_not_is_missed);
	tcase_add_test(t, played_by_hand_it_waits_for_the_disk_too);
	tcase_add_test(t, a_bed_comes_when_its_master_is_open);
	tcase_add_test(t, a_bed_that_never_opens_is_let_go_of);
	suite_add_tcase(s, t);
	return s;
}
