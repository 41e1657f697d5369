/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A log in which bulletins and timetables come and go, and what was planned between. */
#include "station/then.h"

#include "base/buf.h"
#include "proof/order.h"
#include "station/versions.h"
#include "support/log_sample.h"
#include "sys/tz.h"

#include <check.h>
#include <string.h>

static const char settings_text[] = "station: Thử\nid: thu\ntimezone: Asia/Ho_Chi_Minh\n"
				    "zones: [{name: trung-tam, device: none}]\n";
/* The sample's clock begins at 05:30. */
static const char hourly[] = "timetable: Thử\nslots:\n"
	"  - {name: giờ, start: '06:00', length: 5m, play: {bulletins: {}}, ident: false,\n"
	"     repeat: {every: 1h, until: '10:00'}}\n";
static const char other[] = "timetable: Thử\nslots:\n"
	"  - {name: khác, start: '06:30', length: 5m, play: {bulletins: {}}, ident: false,\n"
	"     repeat: {every: 1h, until: '10:30'}}\n";

static struct log_sample sample;
static struct settings settings;
static struct schedule schedule;
static struct bulletin shelf[2];
static struct plan_input now;
static struct buf told;
static struct err e;

static void keep(const char *text, char sha256[static SHA256_HEX_BYTES])
{
	versions_hash(text, strlen(text), sha256);
	ck_assert(versions_put(disk_sim_disk(sample.disk), sha256, text, strlen(text), &e));
}

static void in_force(const char *timetable)
{
	char hashes[2][SHA256_HEX_BYTES];
	const struct entry_file files[] = {{"station.yaml", hashes[0]},
					   {"schedules/thu.yaml", hashes[1]}};
	struct faults faults = {0};

	schedule_finish(&schedule);
	schedule = (struct schedule){0};
	ck_assert(schedule_parse(&schedule, &settings, "schedules/thu.yaml", timetable,
				 strlen(timetable), &faults));
	faults_finish(&faults);
	keep(settings_text, hashes[0]);
	keep(timetable, hashes[1]);
	log_sample_add(&sample, entry_timetable_changed(files, 2, true, ""));
}

static void receive(int i)
{
	shelf[i] = log_sample_bulletin("Tin");
	shelf[i].slot_count = 0;
	shelf[i].sha256[0] = "ab"[i];
	int64_t n = log_sample_add(&sample, entry_bulletin_received(&shelf[i], "", json_array(),
								   "user:1"));
	entry_id('B', n, shelf[i].id);
	shelf[i].received = clock_wall(&sample.clock.clock);
}

static void approve(int i)
{
	log_sample_add(&sample, entry_bulletin_approved(shelf[i].id, shelf[i].sha256, "", NULL,
						       "user:3"));
	shelf[i].state = BULLETIN_APPROVED;
}

static void withdraw(int i)
{
	log_sample_add(&sample, entry_bulletin_withdrawn(shelf[i].id, "", "user:3"));
	shelf[i].state = BULLETIN_WITHDRAWN;
}

/* The clock goes on to so many minutes after 05:30. */
static void at(int64_t minutes)
{
	int64_t passed_ns = clock_wall(&sample.clock.clock).ns - LOG_SAMPLE_START.ns;

	clock_sim_advance(&sample.clock, minutes * 60 * NS_PER_S - passed_ns);
}

static void setup(void)
{
	struct faults faults = {0};

	log_sample_open(&sample, ":memory:");
	ck_assert(settings_parse(&settings, "station.yaml", settings_text, strlen(settings_text),
				 tz_load, &faults));
	faults_finish(&faults);
	now = (struct plan_input){.settings = &settings, .schedule = &schedule,
				  .bulletins = shelf, .bulletin_count = 2};
	in_force(hourly);
	receive(0);
	receive(1);
	approve(0);
}

static void teardown(void)
{
	schedule_finish(&schedule);
	schedule = (struct schedule){0};
	buf_finish(&told);
	log_sample_close(&sample);
}

static void tell(const struct plan_input *in, struct occurrence *o, void *arg)
{
	int32_t second;

	(void)arg;
	tz_date(&in->settings->tz, o->start, &second);
	buf_print(&told, "%s %02d:%02d", o->slot->name, second / 3600, second / 60 % 60);
	for (int i = 0; i < o->item_count; i++)
		buf_print(&told, " %s", o->items[i].bulletin->id);
	buf_text(&told, "\n");
}

/* What was planned from 05:30 to 10:00. */
static const char *planned(void)
{
	buf_reset(&told);
	then_plan(sample.ledger, &now, LOG_SAMPLE_START,
		  wall_add_ns(LOG_SAMPLE_START, 270 * 60 * NS_PER_S), tell, NULL);
	return buf_str(&told);
}

START_TEST(nothing_changed_and_the_plan_is_that_of_now)
{
	ck_assert_str_eq(planned(), "giờ 06:00 B1\ngiờ 07:00 B1\ngiờ 08:00 B1\ngiờ 09:00 B1\n");
}
END_TEST

/* Until when its bytes were put aside, and again from when somebody let it air. */
START_TEST(what_was_put_aside_counts_for_as_long_as_it_was)
{
	at(60);
	approve(1);
	at(100); /* 07:10 */
	log_sample_add(&sample,
		       entry_item_quarantined(shelf[1].id, shelf[1].sha256, "A1", "A2"));
	at(160); /* 08:10 */
	log_sample_add(&sample, entry_item_released(shelf[1].id, shelf[1].sha256, "user:1"));
	at(280);
	ck_assert_str_eq(planned(),
			 "giờ 06:00 B1\ngiờ 07:00 B1 B2\ngiờ 08:00 B1\ngiờ 09:00 B1 B2\n");
}
END_TEST

START_TEST(what_is_still_put_aside_was_not_before)
{
	at(100); /* 07:10 */
	shelf[0].aside_n = log_sample_add(
		&sample,
		entry_item_quarantined(shelf[0].id, shelf[0].sha256, "A1", "A2"));
	at(280);
	ck_assert_str_eq(planned(), "giờ 06:00 B1\ngiờ 07:00 B1\ngiờ 08:00\ngiờ 09:00\n");
}
END_TEST

START_TEST(bulletins_count_from_when_they_were_approved_until_they_were_withdrawn)
{
	at(60);
	approve(1); /* 06:30 */
	at(120);
	withdraw(0); /* 07:30 */
	at(180);
	withdraw(1);
	approve(1); /* 08:30 */
	ck_assert_str_eq(planned(),
			 "giờ 06:00 B1\ngiờ 07:00 B1 B2\ngiờ 08:00 B2\ngiờ 09:00 B2\n");
}
END_TEST

START_TEST(words_of_then_decide)
{
	struct bulletin was = shelf[0];

	at(120);
	shelf[0].has_from = true;
	shelf[0].from = (struct date){2027, 1, 1};
	log_sample_add(&sample, entry_bulletin_edited(&was, &shelf[0], "user:1"));
	ck_assert_str_eq(planned(), "giờ 06:00 B1\ngiờ 07:00 B1\ngiờ 08:00\ngiờ 09:00\n");
}
END_TEST

START_TEST(a_new_version_takes_the_place_of_the_old_one_at_its_time)
{
	at(120);
	log_sample_add(&sample, entry_bulletin_approved(shelf[1].id, shelf[1].sha256, "",
						       shelf[0].id, "user:3"));
	shelf[0].state = BULLETIN_REPLACED;
	shelf[1].state = BULLETIN_APPROVED;
	ck_assert_str_eq(planned(), "giờ 06:00 B1\ngiờ 07:00 B1\ngiờ 08:00 B2\ngiờ 09:00 B2\n");
}
END_TEST

START_TEST(a_timetable_counts_from_when_it_was_read)
{
	at(65);
	in_force(other); /* 06:35 */
	at(180);
	in_force(hourly);
	ck_assert_str_eq(planned(), "giờ 06:00 B1\nkhác 07:30 B1\ngiờ 09:00 B1\n");
}
END_TEST

/* A timetable of which only the hash is left: that of now is the best guess. */
START_TEST(where_a_text_is_gone_that_of_now_stands_in)
{
	char sha256[SHA256_HEX_BYTES], path[VERSIONS_PATH_BYTES];

	at(65);
	in_force(other);
	versions_hash(hourly, strlen(hourly), sha256);
	ck_assert(versions_path(sha256, path));
	ck_assert(disk_remove(disk_sim_disk(sample.disk), path, &e));
	ck_assert_str_eq(planned(), "khác 06:30 B1\nkhác 07:30 B1\nkhác 08:30 B1\nkhác 09:30 B1\n");
}
END_TEST

/* The clock ran half an hour ahead, somebody approved, and it was set back: what was approved
 * counts from the moment at which it was right again. */
START_TEST(what_a_clock_ahead_has_stamped_counts_from_when_it_was_set_back)
{
	at(95); /* 07:05 */
	clock_sim_set_wall(&sample.clock, wall_add_ns(LOG_SAMPLE_START, 185 * 60 * NS_PER_S));
	approve(1); /* says 08:35 */
	struct wall before = clock_wall(&sample.clock.clock);
	struct wall after = wall_add_ns(LOG_SAMPLE_START, 100 * 60 * NS_PER_S);
	clock_sim_set_wall(&sample.clock, after);
	log_sample_add(&sample, entry_clock_stepped(-1, before, after, &sample.tz));
	ck_assert_str_eq(planned(),
			 "giờ 06:00 B1\ngiờ 07:00 B1\ngiờ 08:00 B1 B2\ngiờ 09:00 B1 B2\n");
}
END_TEST

START_TEST(what_a_dead_clock_stamped_counts_from_when_it_was_corrected_to)
{
	ck_assert(ledger_boot(sample.ledger, "1f3a9c2e-aaaa", &e));
	log_sample_add(&sample, entry_past_accounted());
	clock_sim_unsync(&sample.clock);
	clock_sim_advance(&sample.clock, 75 * 60 * NS_PER_S);
	clock_sim_set_wall(&sample.clock, (struct wall){0});
	withdraw(0); /* 06:45 */
	clock_sim_advance(&sample.clock, 30 * 60 * NS_PER_S);
	clock_sim_sync(&sample.clock, 5, "chronyd");
	for (json_t *entry; (entry = ledger_correction(sample.ledger)) != NULL;)
		log_sample_add(&sample, entry);
	ck_assert_str_eq(planned(), "giờ 06:00 B1\ngiờ 07:00\ngiờ 08:00\ngiờ 09:00\n");
}
END_TEST

START_TEST(an_order_counts_from_when_it_was_given)
{
	const struct bulletin *list[] = {&shelf[1], &shelf[0]}, *back[] = {&shelf[0], &shelf[1]};

	approve(1);
	shelf[0].level = shelf[1].level = LEVEL_PRIORITY;
	at(10);
	log_sample_add(&sample, order_entry_set(back, 2, "user:1"));
	at(60);
	int64_t n = log_sample_add(&sample, order_entry_set(list, 2, "user:1")); /* 06:30 */
	at(120);
	withdraw(0); /* 07:30 */
	at(180);
	approve(0); /* 08:30 */
	for (int i = 0; i < 2; i++) {
		shelf[i].order_n = n;
		shelf[i].order_place = 1 - i;
	}
	ck_assert_str_eq(planned(),
			 "giờ 06:00 B1 B2\ngiờ 07:00 B2 B1\ngiờ 08:00 B2\ngiờ 09:00 B2 B1\n");
}
END_TEST

Suite *suite_then(void);
Suite *suite_then(void)
{
	Suite *s = suite_create("then");
	TCase *c = tcase_create("then");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, nothing_changed_and_the_plan_is_that_of_now);
	tcase_add_test(c, what_was_put_aside_counts_for_as_long_as_it_was);
	tcase_add_test(c, what_is_still_put_aside_was_not_before);
	tcase_add_test(c, bulletins_count_from_when_they_were_approved_until_they_were_withdrawn);
	tcase_add_test(c, words_of_then_decide);
	tcase_add_test(c, a_new_version_takes_the_place_of_the_old_one_at_its_time);
	tcase_add_test(c, a_timetable_counts_from_when_it_was_read);
	tcase_add_test(c, where_a_text_is_gone_that_of_now_stands_in);
	tcase_add_test(c, what_a_clock_ahead_has_stamped_counts_from_when_it_was_set_back);
	tcase_add_test(c, what_a_dead_clock_stamped_counts_from_when_it_was_corrected_to);
	tcase_add_test(c, an_order_counts_from_when_it_was_given);
	suite_add_tcase(s, c);
	return s;
}
