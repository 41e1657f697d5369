/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How texts are found, and kept apart from others, is seen in test_explain.c. */
#include "station/inforce.h"

#include "base/json.h"
#include "proof/entry.h"
#include "station/versions.h"
#include "support/log_sample.h"
#include "sys/tz.h"

#include <check.h>
#include <string.h>

static struct disk_sim *sim;
static struct disk *d;
static struct inforce *f;
static struct verdict v;
static struct err e;

static const char settings[] = "station: Thử\nid: thu\ntimezone: Asia/Ho_Chi_Minh\n"
			       "zones: [{name: trung-tam, device: none}]\n";
static const char table[] = "timetable: Thử\nslots:\n"
			    "  - {name: sáng, start: '05:00', length: 20m, play: {bulletins: {}}}\n"
			    "  - {name: giờ, start: '06:00', length: 5m, play: {bulletins: {}},"
			    " repeat: {every: 1h, until: '08:00'}}\n";

static void setup(void)
{
	sim = disk_sim_create();
	d = disk_sim_disk(sim);
	verdict_init(&v);
}

static void teardown(void)
{
	inforce_close(f);
	f = NULL;
	verdict_finish(&v);
	disk_sim_destroy(sim);
}

static void open_with(const char *timetable, bool keep)
{
	char hashes[2][SHA256_HEX_BYTES];
	const char *texts[] = {settings, timetable};
	struct entry_file files[] = {{"station.yaml", hashes[0]},
				     {"schedules/a.yaml", hashes[1]}};

	for (int i = 0; i < 2; i++) {
		versions_hash(texts[i], strlen(texts[i]), hashes[i]);
		ck_assert(versions_replace(d, files[i].file, texts[i], strlen(texts[i]), &e));
		ck_assert(!keep || versions_put(d, hashes[i], texts[i], strlen(texts[i]), &e));
	}
	json_t *o = entry_timetable_changed(files, 2, keep, "");
	f = inforce_open(d, tz_load, 3, o, NULL, &v);
	json_decref(o);
}

static void count(const struct occur *o, void *arg)
{
	ck_assert(o->start.ns > 0);
	++*(int *)arg;
}

START_TEST(its_starts_are_those_of_the_text)
{
	struct wall five = wall_add_ns(LOG_SAMPLE_START, -1800 * NS_PER_S);
	int starts = 0;

	open_with(table, true);
	ck_assert(f->known);
	ck_assert_ptr_nonnull(inforce_slot(f, "sáng", five));
	ck_assert_ptr_null(inforce_slot(f, "giờ", five));
	ck_assert_ptr_null(inforce_slot(f, "sáng", wall_add_ns(five, NS_PER_S)));
	ck_assert_ptr_nonnull(inforce_slot(f, "giờ", wall_add_ns(five, 2 * 3600 * NS_PER_S)));
	ck_assert_ptr_nonnull(inforce_slot(f, "sáng", wall_add_ns(five, 100 * 86400 * NS_PER_S)));
	inforce_each(f, five, wall_add_ns(five, 86400 * NS_PER_S), count, &starts);
	ck_assert_int_eq(starts, 4);
	ck_assert_int_eq(v.differ, 0);
}
END_TEST

/* As a station that kept nothing yet has it. */
START_TEST(a_file_that_still_has_the_text_will_do)
{
	open_with(table, false);
	ck_assert(f->known);
	ck_assert_int_eq(v.differ, 0);
}
END_TEST

START_TEST(a_text_that_this_program_does_not_read_is_unknown)
{
	open_with("timetable: Thử\nslots: [{name: sáng, begin: 5}]\n", true);
	ck_assert(!f->known);
	ck_assert_int_eq(v.differ, 0);
}
END_TEST

START_TEST(an_entry_that_names_nothing_is_unknown)
{
	json_t *o = json_object();

	f = inforce_open(d, tz_load, 3, o, NULL, &v);
	ck_assert(!f->known);
	json_decref(o);
}
END_TEST

static struct wall since(bool synced, const char *not_before, int64_t offset_ms)
{
	json_t *o = json_pack("{s:s, s:{s:b, s:s*}}", "at", "2026-11-23T05:00:00+07:00", "clock",
			      "synced", synced, "not_before", not_before);
	struct wall t = inforce_since(o, offset_ms);

	json_decref(o);
	return t;
}

START_TEST(since_when_is_what_the_clock_said_unless_more_had_passed)
{
	struct wall five = wall_add_ns(LOG_SAMPLE_START, -1800 * NS_PER_S);

	ck_assert_int_eq(since(true, NULL, 0).ns, five.ns);
	ck_assert_int_eq(since(false, NULL, 0).ns, five.ns);
	ck_assert_int_eq(since(false, "2026-11-23T05:30:00+07:00", 0).ns, LOG_SAMPLE_START.ns);
	ck_assert_int_eq(since(false, "2026-11-23T04:30:00+07:00", 0).ns, five.ns);
	ck_assert_int_eq(since(true, "2026-11-23T05:30:00+07:00", 0).ns, five.ns);
	ck_assert_int_eq(since(false, "2026-11-23T05:30:00+07:00", 3600000).ns,
			 wall_add_ns(five, 3600 * NS_PER_S).ns);
	ck_assert_int_eq(inforce_since(NULL, 0).ns, 0);
}
END_TEST

Suite *suite_inforce(void);
Suite *suite_inforce(void)
{
	Suite *s = suite_create("inforce");
	TCase *t = tcase_create("inforce");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, its_starts_are_those_of_the_text);
	tcase_add_test(t, a_file_that_still_has_the_text_will_do);
	tcase_add_test(t, a_text_that_this_program_does_not_read_is_unknown);
	tcase_add_test(t, an_entry_that_names_nothing_is_unknown);
	tcase_add_test(t, since_when_is_what_the_clock_said_unless_more_had_passed);
	suite_add_tcase(s, t);
	return s;
}
