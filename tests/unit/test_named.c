/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/named.h"

#include "support/log_sample.h"
#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>

static struct log_sample sample;
static char dir[64];

static void setup(void)
{
	char path[80];

	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/view.sqlite", dir);
	log_sample_open(&sample, path);
}

static void teardown(void)
{
	log_sample_close(&sample);
	tmpdir_remove(dir);
}

START_TEST(a_closed_recording_keeps_its_name)
{
	log_sample_add(&sample, entry_recording_closed("a.mp3", "00", "z", LOG_SAMPLE_START,
						       LOG_SAMPLE_START, 5, &sample.tz));
	ck_assert(named_had(dir, "a.mp3"));
	ck_assert(!named_had(dir, "b.mp3"));
}
END_TEST

START_TEST(one_in_which_something_aired_keeps_it_though_nobody_closed_it)
{
	struct airing_facts f = log_sample_airing("B1", LOG_SAMPLE_START);
	char id[ID_BYTES];

	entry_id('A', log_sample_add(&sample, entry_airing_intended(&f, &sample.tz)), id);
	f.airing = id;
	f.result = "full";
	f.recording = "a.mp3";
	log_sample_add(&sample, entry_airing_ended(&f, &sample.tz));
	ck_assert(named_had(dir, "a.mp3"));
}
END_TEST

START_TEST(without_a_view_the_disk_alone_is_asked)
{
	ck_assert(!named_had((char[]){"/nowhere"}, "a.mp3"));
}
END_TEST

Suite *suite_named(void)
{
	Suite *s = suite_create("named");
	TCase *t = tcase_create("names");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_closed_recording_keeps_its_name);
	tcase_add_test(t, one_in_which_something_aired_keeps_it_though_nobody_closed_it);
	tcase_add_test(t, without_a_view_the_disk_alone_is_asked);
	suite_add_tcase(s, t);
	return s;
}
