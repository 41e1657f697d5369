/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/vetting.h"

#include "mix/vetted.h"
#include "support/aired.h"
#include "support/fake.h"
#include "support/playing.h"
#include "support/soundfile.h"
#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>

static struct playing g;
static struct vetting v;
static struct loop *loop;
static char dir[64], sha256[SHA256_HEX_BYTES], path[256];

static void setup(void)
{
	tmpdir_make(dir);
	aired_master(dir, 5, 48000, sha256);
	snprintf(path, sizeof(path), "%s/masters/%s.flac", dir, sha256);
	playing_open(&g, "2026-11-23T05:29:40");
	struct bulletin *b = playing_bulletin(&g, "B1", 7, 1);
	snprintf(b->sha256, sizeof(b->sha256), "%s", sha256);
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"05:30\", length: 20s, ident: false, "
				  "play: {bulletins: {}}}\n"));
	loop = loop_create();
	vetting_init(&v, dir, loop);
	playing_begin(&g);
}

static void teardown(void)
{
	vetting_stop(&v);
	loop_destroy(loop);
	playing_close(&g);
	tmpdir_remove(dir);
	ck_assert_int_eq(fake_open_count(), 0);
}

/* True: something was looked through. */
static bool look(void)
{
	vetting_look(&v, &g.p);
	bool began = v.work.running;
	while (v.work.running)
		loop_once(loop, 1000);
	return began;
}

START_TEST(what_airs_soon_is_looked_through_once)
{
	playing_run(&g, 1);
	ck_assert(!look()); /* its run is not open yet */
	playing_run(&g, 12);
	ck_assert(!vetted_known(path, sha256));
	ck_assert(look());
	ck_assert(vetted_known(path, sha256));
	ck_assert(!look());
}
END_TEST

START_TEST(another_sound_in_its_place_is_named_once)
{
	file_save(path, "khác", 5);
	playing_run(&g, 13);
	ck_assert(look());
	ck_assert_int_eq(v.work.error.kind, ERR_DIFFERS);
	ck_assert(!vetted_known(path, sha256));
	ck_assert(!look());
}
END_TEST

Suite *suite_vetting(void);
Suite *suite_vetting(void)
{
	Suite *s = suite_create("vetting");
	TCase *t = tcase_create("vetting");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_airs_soon_is_looked_through_once);
	tcase_add_test(t, another_sound_in_its_place_is_named_once);
	suite_add_tcase(s, t);
	return s;
}
