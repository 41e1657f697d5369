/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A station's log with a timetable of two slots a day, as it should be, and what is not in it. */
#include "station/explain.h"

#include "base/json.h"
#include "station/versions.h"
#include "support/log_sample.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define SETTINGS                                                                                   \
	"station: Thử\nid: thu\ntimezone: Asia/Ho_Chi_Minh\n"                                    \
	"zones: [{name: trung-tam, device: none}]\n"
#define DAY_S 86400
/* 2026-11-23T05:00+07:00, half an hour before the log begins. */
#define MORNING_S INT64_C(1795384800)
#define EVENING_S (MORNING_S + 12 * 3600)

static const char both[] = "timetable: Thử\nslots:\n"
	"  - {name: sáng, start: '05:00', length: 20m, play: {bulletins: {}}}\n"
	"  - {name: chiều, start: '17:00', length: 20m, play: {bulletins: {}}}\n"
	"  - {name: mẫu, start: '12:00', length: 20m, demo: true, play: {bulletins: {}}}\n";
static const char morning[] = "timetable: Thử\nslots:\n"
	"  - {name: sáng, start: '05:00', length: 20m, play: {bulletins: {}}}\n";

static struct log_sample sample;
static struct verdict v;
static struct err e;

static void setup(void)
{
	log_sample_open(&sample, ":memory:");
	verdict_init(&v);
}

static void teardown(void)
{
	verdict_finish(&v);
	log_sample_close(&sample);
}

/* Adds an entry at that moment. */
static int64_t add_at(int64_t s, json_t *entry)
{
	int64_t now_s = clock_wall(&sample.clock.clock).ns / NS_PER_S;

	ck_assert_int_ge(s, now_s);
	clock_sim_advance(&sample.clock, (s - now_s) * NS_PER_S);
	return log_sample_add(&sample, entry);
}

static void keep(const char *text, char sha256[static SHA256_HEX_BYTES])
{
	versions_hash(text, strlen(text), sha256);
	ck_assert_msg(versions_put(disk_sim_disk(sample.disk), sha256, text, strlen(text), &e),
		      "%s", e.text);
}

static json_t *in_force(const char *timetable, bool kept)
{
	char settings_hash[SHA256_HEX_BYTES], hash[SHA256_HEX_BYTES];

	keep(SETTINGS, settings_hash);
	keep(timetable, hash);
	const struct entry_file files[] = {{"station.yaml", settings_hash},
					   {"schedules/thu.yaml", hash}};
	return entry_timetable_changed(files, 2, kept, "");
}

/* The station starts in the evening of the first day and has nothing to account for. */
static void start_station(const char *timetable)
{
	json_t *o = entry_station_started("1", "thu", "boot");

	add_at(EVENING_S - 3600, o);
	add_at(EVENING_S - 3599, in_force(timetable, true));
	add_at(EVENING_S - 3598, entry_station_recovered(false, LOG_SAMPLE_START, 0, 0,
							 &sample.tz));
}

static int64_t miss(int64_t now_s, const char *slot, int64_t start_s)
{
	struct airing_facts f = log_sample_airing(NULL, (struct wall){start_s * NS_PER_S});

	f.slot = slot;
	f.reason = "nothing-to-play";
	return add_at(now_s, entry_airing_missed(&f, &sample.tz));
}

static void miss_day(int day)
{
	miss(EVENING_S + day * DAY_S, "chiều", EVENING_S + day * DAY_S);
	miss(MORNING_S + (day + 1) * DAY_S, "sáng", MORNING_S + (day + 1) * DAY_S);
}

static void go_on(int64_t s)
{
	add_at(s, entry_device_back("default", 1));
}

/* The first difference: "" none. */
static const char *code(int64_t *n)
{
	struct verify_setup how = {.threads = 1};
	struct verify all;
	struct verdict signing; /* nobody signed this log */

	verdict_finish(&v);
	verdict_init(&v);
	verdict_init(&signing);
	ck_assert_msg(verify_open(&all, disk_sim_disk(sample.disk), &how, &signing, &e), "%s",
		      e.text);
	verdict_finish(&signing);
	explain_airings(&all, &v);
	verify_close(&all);
	const struct finding *f = verdict_first(&v);
	*n = f != NULL ? f->n : -1;
	return f != NULL ? f->code : "";
}

START_TEST(a_station_that_told_of_each_start_is_right)
{
	int64_t n;

	start_station(both);
	for (int day = 0; day < 50; day++)
		miss_day(day);
	ck_assert_str_eq(code(&n), "");
	ck_assert_int_eq(v.checks[CHECK_TIMETABLES].count, 100);
	ck_assert_int_eq(v.note_count, 0);
}
END_TEST

START_TEST(a_start_that_nobody_told_of_is_named)
{
	int64_t n;

	start_station(both);
	for (int day = 0; day < 10; day++) {
		if (day == 3)
			miss(MORNING_S + (day + 1) * DAY_S, "sáng", MORNING_S + (day + 1) * DAY_S);
		else
			miss_day(day);
	}
	ck_assert_str_eq(code(&n), "untold");
	ck_assert_ptr_nonnull(strstr(v.findings[0].text, "chiều"));
	ck_assert_ptr_nonnull(strstr(v.findings[0].text, "2026-11-26T17:00"));
	ck_assert_int_eq(v.differ, 1);
}
END_TEST

/* The last day, too, as far as the station still ran. */
START_TEST(what_is_owed_last_is_missed_once_the_station_ran_on)
{
	int64_t n;

	start_station(both);
	miss(EVENING_S, "chiều", EVENING_S);
	go_on(MORNING_S + DAY_S - 10);
	ck_assert_str_eq(code(&n), "");
	go_on(MORNING_S + DAY_S + 600);
	ck_assert_str_eq(code(&n), "untold");
}
END_TEST

START_TEST(an_airing_outside_the_timetable_is_named)
{
	int64_t n, odd;

	start_station(both);
	odd = miss(EVENING_S, "chiều", EVENING_S + 60);
	miss(EVENING_S + 61, "chiều", EVENING_S);
	ck_assert_str_eq(code(&n), "not-in-timetable");
	ck_assert_int_eq(n, odd);
	ck_assert_int_eq(v.differ, 1);
}
END_TEST

START_TEST(what_somebody_ordered_needs_no_timetable)
{
	struct airing_facts f = log_sample_airing("B0", (struct wall){EVENING_S * NS_PER_S});
	int64_t n, odd;

	start_station(both);
	f.slot = "";
	f.who = "user:7";
	add_at(EVENING_S - 60, entry_airing_intended(&f, &sample.tz));
	ck_assert_str_eq(code(&n), "");
	f.who = NULL;
	odd = add_at(EVENING_S - 50, entry_airing_intended(&f, &sample.tz));
	ck_assert_str_eq(code(&n), "not-in-timetable");
	ck_assert_int_eq(n, odd);
}
END_TEST

START_TEST(a_slot_on_air_outlives_its_timetable_and_no_longer)
{
	int64_t n;

	start_station(both);
	add_at(EVENING_S + 300, in_force(morning, true));
	miss(EVENING_S + 400, "chiều", EVENING_S);
	miss(MORNING_S + DAY_S, "sáng", MORNING_S + DAY_S);
	ck_assert_str_eq(code(&n), ""); /* and of the second evening nothing is owed */
	go_on(EVENING_S + DAY_S + 3600);
	ck_assert_str_eq(code(&n), "");
	int64_t odd = miss(EVENING_S + DAY_S + 3700, "chiều", EVENING_S + DAY_S);
	ck_assert_str_eq(code(&n), "not-in-timetable");
	ck_assert_int_eq(n, odd);
}
END_TEST

static void start_again(int64_t s, int64_t accounted_s)
{
	json_t *o = entry_station_started("1", "thu", "boot");

	json_object_set_new(o, "accounted_to",
			    json_time((struct wall){accounted_s * NS_PER_S}, &sample.tz));
	add_at(s, o);
}

static void recover_at(int64_t s)
{
	add_at(s, entry_station_recovered(true, LOG_SAMPLE_START, 0, 0, &sample.tz));
}

START_TEST(a_gap_is_owed_once_the_station_says_that_it_is_accounted_for)
{
	int64_t n, back = MORNING_S + 2 * DAY_S;

	start_station(both);
	miss(EVENING_S, "chiều", EVENING_S);
	start_again(back + 3600, EVENING_S + 10);
	miss(back + 3601, "sáng", MORNING_S + DAY_S);
	ck_assert_str_eq(code(&n), "");
	recover_at(back + 3602);
	ck_assert_str_eq(code(&n), "untold"); /* the evening between, and this morning */
	ck_assert_int_eq(v.differ, 2);
	miss(back + 3603, "chiều", EVENING_S + DAY_S);
	miss(back + 3604, "sáng", back);
	ck_assert_str_eq(code(&n), "");
}
END_TEST

/* The log of some days is lost; what is closed then tells of no time between. */
static void lose(bool told)
{
	struct entry_log_end end = {.why = told ? "recording-newer" : "rotated", .last = 1,
				    .vkey = "", .root = "", .kept_root = ""};

	start_station(both);
	miss_day(0);
	go_on(MORNING_S + DAY_S + 3600);
	add_at(MORNING_S + 6 * DAY_S, entry_log_continued(&end));
	go_on(MORNING_S + 6 * DAY_S + 1);
	start_again(MORNING_S + 6 * DAY_S + 3600, MORNING_S + 6 * DAY_S + 3600);
	recover_at(MORNING_S + 6 * DAY_S + 3601);
}

START_TEST(a_time_whose_log_is_lost_owes_nothing)
{
	int64_t n;

	lose(true);
	ck_assert_str_eq(code(&n), "");
	go_on(EVENING_S + 12 * DAY_S);
	ck_assert_str_eq(code(&n), "untold"); /* what comes later does */
}
END_TEST

START_TEST(what_a_log_of_another_key_follows_on_is_owed)
{
	int64_t n;

	lose(false);
	ck_assert_str_eq(code(&n), "untold");
}
END_TEST

/* The station plans such a gap with the library of then. */
START_TEST(a_library_that_changed_meanwhile_does_not_explain_a_gap)
{
	int64_t n, back = MORNING_S + 2 * DAY_S;

	start_station(both);
	miss(EVENING_S, "chiều", EVENING_S);
	start_again(back + 3600, EVENING_S + 10);
	log_sample_add(&sample, entry_bulletin_withdrawn("B0", "sai", "user:7"));
	recover_at(back + 3602);
	ck_assert_str_eq(code(&n), "untold");
	ck_assert_int_eq(v.differ, 3);
}
END_TEST

/* Somebody edits while the station is off: what was in force until the start is what it accounts
 * for, and nothing that the new timetable would have had. */
START_TEST(a_gap_is_owed_by_the_timetable_of_then)
{
	int64_t n, back = MORNING_S + 2 * DAY_S;

	start_station(morning);
	start_again(back + 3600, EVENING_S + 10);
	add_at(back + 3601, in_force(both, true));
	miss(back + 3602, "sáng", MORNING_S + DAY_S);
	miss(back + 3603, "sáng", back);
	recover_at(back + 3604);
	ck_assert_str_eq(code(&n), "");
	go_on(EVENING_S + 2 * DAY_S + 3600); /* and of this evening a line is owed */
	ck_assert_str_eq(code(&n), "untold");
	ck_assert_int_eq(v.differ, 1);
}
END_TEST

START_TEST(a_slot_taken_out_while_the_station_was_off_is_owed_all_the_same)
{
	int64_t n, back = MORNING_S + 2 * DAY_S;

	start_station(both);
	miss(EVENING_S, "chiều", EVENING_S);
	start_again(back + 3600, EVENING_S + 10);
	add_at(back + 3601, in_force(morning, true));
	miss(back + 3602, "sáng", MORNING_S + DAY_S);
	miss(back + 3603, "sáng", back);
	ck_assert_str_eq(code(&n), "");
	recover_at(back + 3604);
	ck_assert_str_eq(code(&n), "untold");
	ck_assert_ptr_nonnull(strstr(v.findings[0].text, "chiều"));
	ck_assert_int_eq(v.differ, 1);
	miss(back + 3605, "chiều", EVENING_S + DAY_S);
	ck_assert_str_eq(code(&n), "");
}
END_TEST

/* A start that came to nothing, and another edit before the next one. */
START_TEST(each_stretch_of_a_gap_is_owed_by_its_own_timetable)
{
	int64_t n, noon = MORNING_S + DAY_S + 6 * 3600, back = MORNING_S + 2 * DAY_S + 3600;

	start_station(morning);
	start_again(noon, EVENING_S + 10);
	add_at(noon + 1, in_force(both, true));
	start_again(back, EVENING_S + 10);
	add_at(back + 1, in_force(morning, true));
	miss(back + 2, "sáng", MORNING_S + DAY_S);
	miss(back + 3, "sáng", MORNING_S + 2 * DAY_S);
	ck_assert_str_eq(code(&n), "");
	recover_at(back + 4);
	ck_assert_str_eq(code(&n), "untold"); /* the evening of the second day alone */
	ck_assert_int_eq(v.differ, 1);
	miss(back + 5, "chiều", EVENING_S + DAY_S);
	ck_assert_str_eq(code(&n), "");
}
END_TEST

/* Nobody can tell since when a timetable was in force that a clock of 1970 has stamped. */
START_TEST(a_change_that_a_dead_clock_stamped_leaves_its_gap_unjudged)
{
	int64_t n, back = MORNING_S + 2 * DAY_S + 3600;
	struct wall dead = {0}, right = {back * NS_PER_S};

	start_station(both);
	miss(EVENING_S, "chiều", EVENING_S);
	go_on(EVENING_S + 10);
	ck_assert(ledger_boot(sample.ledger, "1f3a9c2e-bbbb", &e));
	clock_sim_unsync(&sample.clock);
	clock_sim_set_wall(&sample.clock, dead);
	start_again(1, EVENING_S);
	add_at(2, in_force(morning, true));
	clock_sim_set_wall(&sample.clock, right);
	log_sample_add(&sample, entry_clock_stepped(1, dead, right, &sample.tz));
	miss(back + 1, "chiều", EVENING_S + DAY_S);
	recover_at(back + 2);
	ck_assert_str_eq(code(&n), "");
}
END_TEST

START_TEST(what_the_station_says_it_still_owes_is_no_difference)
{
	struct wall from = {(EVENING_S - 10) * NS_PER_S}, to = {(EVENING_S + 3600) * NS_PER_S};
	int64_t n;

	start_station(both);
	add_at(EVENING_S + 3600, entry_past_owed(from, &to, "machine-slept", &sample.tz));
	go_on(EVENING_S + 7200);
	ck_assert_str_eq(code(&n), "");
	add_at(EVENING_S + 7300, entry_past_accounted());
	ck_assert_str_eq(code(&n), "untold");
	miss(EVENING_S + 7400, "chiều", EVENING_S);
	ck_assert_str_eq(code(&n), "");
}
END_TEST

START_TEST(around_a_step_of_the_clock_nothing_is_owed)
{
	struct wall before = {(EVENING_S - 20) * NS_PER_S}, after = {(EVENING_S + 20) * NS_PER_S};
	int64_t n;

	start_station(both);
	add_at(EVENING_S + 20, entry_clock_stepped(40000, before, after, &sample.tz));
	go_on(EVENING_S + 3600);
	ck_assert_str_eq(code(&n), "");
}
END_TEST

static void spoil(const char *timetable, const char *with)
{
	char hash[SHA256_HEX_BYTES], path[VERSIONS_PATH_BYTES];
	struct disk *d = disk_sim_disk(sample.disk);

	versions_hash(timetable, strlen(timetable), hash);
	ck_assert(versions_path(hash, path));
	if (with == NULL)
		ck_assert(disk_remove(d, path, &e));
	else
		ck_assert(disk_put(d, path, with, strlen(with), &e));
}

START_TEST(a_kept_text_that_is_gone_or_altered_is_named_once)
{
	int64_t n;

	start_station(both);
	miss(EVENING_S, "chiều", EVENING_S);
	add_at(EVENING_S + 3600, in_force(morning, true));
	add_at(EVENING_S + 3700, in_force(morning, true));
	spoil(morning, both);
	ck_assert_str_eq(code(&n), "timetable-altered");
	ck_assert_int_eq(v.differ, 1);
	ck_assert_ptr_nonnull(strstr(v.findings[0].file, "timetables/"));
	spoil(morning, NULL);
	ck_assert_str_eq(code(&n), "timetable-missing");
	ck_assert_int_eq(v.differ, 1);
}
END_TEST

START_TEST(what_was_never_kept_is_not_judged_and_told)
{
	json_t *o = entry_station_started("1", "thu", "boot");
	int64_t n;

	add_at(EVENING_S - 3600, o);
	add_at(EVENING_S - 3599, in_force(both, false));
	recover_at(EVENING_S - 3598);
	spoil(both, NULL);
	miss(EVENING_S, "nào đó", EVENING_S + 7);
	go_on(EVENING_S + DAY_S);
	ck_assert_str_eq(code(&n), "");
	ck_assert_int_eq(v.note_count, 1);
	ck_assert_str_eq(v.notes[0].code, "timetable-unknown");
	ck_assert_int_eq(v.notes[0].count, 1);
	ck_assert_int_eq(v.checks[CHECK_TIMETABLES].count, 0);
}
END_TEST

Suite *suite_explain(void);
Suite *suite_explain(void)
{
	Suite *s = suite_create("explain");
	TCase *t = tcase_create("log");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_station_that_told_of_each_start_is_right);
	tcase_add_test(t, a_start_that_nobody_told_of_is_named);
	tcase_add_test(t, what_is_owed_last_is_missed_once_the_station_ran_on);
	tcase_add_test(t, an_airing_outside_the_timetable_is_named);
	tcase_add_test(t, what_somebody_ordered_needs_no_timetable);
	tcase_add_test(t, a_slot_on_air_outlives_its_timetable_and_no_longer);
	tcase_add_test(t, a_time_whose_log_is_lost_owes_nothing);
	tcase_add_test(t, what_a_log_of_another_key_follows_on_is_owed);
	tcase_add_test(t, a_gap_is_owed_once_the_station_says_that_it_is_accounted_for);
	tcase_add_test(t, a_library_that_changed_meanwhile_does_not_explain_a_gap);
	tcase_add_test(t, a_gap_is_owed_by_the_timetable_of_then);
	tcase_add_test(t, a_slot_taken_out_while_the_station_was_off_is_owed_all_the_same);
	tcase_add_test(t, each_stretch_of_a_gap_is_owed_by_its_own_timetable);
	tcase_add_test(t, a_change_that_a_dead_clock_stamped_leaves_its_gap_unjudged);
	tcase_add_test(t, what_the_station_says_it_still_owes_is_no_difference);
	tcase_add_test(t, around_a_step_of_the_clock_nothing_is_owed);
	tcase_add_test(t, a_kept_text_that_is_gone_or_altered_is_named_once);
	tcase_add_test(t, what_was_never_kept_is_not_judged_and_told);
	suite_add_tcase(s, t);
	return s;
}
