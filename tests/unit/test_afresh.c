/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/afresh.h"

#include "proof/diary.h"
#include "proof/history.h"
#include "proof/keep.h"
#include "proof/reason.h"
#include "proof/sameness.h"
#include "proof/view.h"
#include "support/log_sample.h"
#include "support/parcelcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define HOUR_NS (INT64_C(3600) * NS_PER_S)
#define DAY_NS (24 * HOUR_NS)
#define RECORDING "aircheck/2026/11/23/05-mot.mp3"

static struct log_sample sample;
static struct view *have, *made;
static struct disk *d;
static struct err e;
static char bulletin[ID_BYTES], airing[ID_BYTES], missed[ID_BYTES];

static struct wall days(int64_t count)
{
	return wall_add_ns(LOG_SAMPLE_START, count * DAY_NS - HOUR_NS);
}

/* An approved bulletin that aired whole, and one that did not, on day 0. */
static void setup(void)
{
	struct bulletin b = log_sample_bulletin("Nước sạch");

	log_sample_open(&sample, ":memory:");
	have = ledger_view(sample.ledger);
	d = disk_sim_disk(sample.disk);
	log_sample_add(&sample, log_sample_note("mở đầu", NULL, NULL));
	entry_id('B', log_sample_add(&sample, entry_bulletin_received(&b, NULL, json_array(),
								      "user:3")), bulletin);
	log_sample_add(&sample,
		       entry_bulletin_approved(bulletin, b.sha256, "12/QĐ", NULL, "user:7"));
	struct airing_facts f = log_sample_airing(bulletin, LOG_SAMPLE_START);
	entry_id('A', log_sample_add(&sample, entry_airing_intended(&f, &sample.tz)), airing);
	f.airing = airing;
	f.recording = RECORDING;
	log_sample_add(&sample, entry_airing_ended(&f, &sample.tz));
	f.reason = "power-off";
	f.item = 1;
	entry_id('M', log_sample_add(&sample, entry_airing_missed(&f, &sample.tz)), missed);
}

static void teardown(void)
{
	log_sample_close(&sample);
}

static bool make(struct wall from, struct wall to)
{
	return afresh_make(&made, have, d, from, to, &e);
}

static char said[64]; /* numbers and kinds of what was said about its bulletin */

static bool note_said(const struct event_row *r, void *arg)
{
	size_t len = strlen(arg);

	snprintf((char *)arg + len, sizeof(said) - len, "%d %s; ", (int)r->n, r->kind);
	return true;
}

static bool title_is(const struct airing_row *r, void *arg)
{
	ck_assert_str_eq(r->title, arg);
	return true;
}

static bool approver_is(const struct diary_row *r, void *arg)
{
	ck_assert_str_eq(r->approved_by, arg);
	return true;
}

START_TEST(rows_are_those_of_the_view)
{
	struct bulletin was = log_sample_bulletin("Nước sạch");
	struct bulletin is = log_sample_bulletin("Nước sạch, sửa");
	int64_t entries;

	snprintf(was.id, sizeof(was.id), "%s", bulletin);
	clock_sim_advance(&sample.clock, 3 * DAY_NS);
	log_sample_add(&sample, entry_bulletin_edited(&was, &is, "user:3"));
	ck_assert_msg(make(days(0), days(1)), "%s", e.text);
	ck_assert(reader_airings(made, days(0), days(1), title_is, (char[]){"Nước sạch, sửa"},
				 &e));
	ck_assert(diary_rows(made, days(0), days(1), approver_is, (char[]){"user:7"}, &e));
	ck_assert(reader_applied(made, &entries, &e));
	ck_assert_int_eq(entries, ledger_next(sample.ledger));
	reader_close(made);
}
END_TEST

/* The miss is gone from the view, and it is from what is made of the log. */
START_TEST(an_intent_takes_back_what_a_clock_leapt_over)
{
	struct airing_facts f = log_sample_airing(bulletin, wall_add_ns(LOG_SAMPLE_START, HOUR_NS));
	char id[ID_BYTES];

	f.item = 7;
	f.reason = reason_code(REASON_CLOCK_FORWARD);
	log_sample_add(&sample, entry_airing_missed(&f, &sample.tz));
	f.reason = NULL;
	entry_id('A', log_sample_add(&sample, entry_airing_intended(&f, &sample.tz)), id);
	f.airing = id;
	log_sample_add(&sample, entry_airing_ended(&f, &sample.tz));
	ck_assert_msg(make(days(0), days(1)), "%s", e.text);
	reader_close(made);
}
END_TEST

/* Of months later, and all the same what the airing's row says of what can be heard of it. */
START_TEST(a_recording_that_went_later)
{
	struct recording_row r = {.file = RECORDING, .zone = "mot", .sha256 = PARCELCASE_SHA256};
	struct airing_row row, want;

	clock_sim_advance(&sample.clock, HOUR_NS);
	r.n = log_sample_add(&sample, entry_recording_closed(RECORDING, r.sha256, "mot",
							     LOG_SAMPLE_START, days(1), 7,
							     &sample.tz));
	clock_sim_advance(&sample.clock, 200 * DAY_NS);
	log_sample_add(&sample, keep_entry_removed(&r, r.sha256, "age", 0, &sample.tz));
	ck_assert(reader_airing(have, airing, &want, &e));
	ck_assert_int_eq(want.recorded, RECORDED_AGED);
	ck_assert_msg(make(days(0), days(1)), "%s", e.text);
	ck_assert(reader_airing(made, airing, &row, &e) && row.recorded == want.recorded);
	reader_close(made);
	ck_assert(afresh_airing(have, d, airing, &row, note_said, said, &e));
	ck_assert_int_eq(row.recorded, want.recorded);
	sqlite3_exec(have->db, "UPDATE recordings SET removed_why = 'space'", NULL, NULL, NULL);
	ck_assert(!make(days(0), days(1)) && e.kind == ERR_DIFFERS);
}
END_TEST

/* What somebody with the file and without the key may do, and what is named then. */
static const struct {
	const char *sql, *named;
} edits[] = {
	{"UPDATE airings SET result = 'full', reason = '' WHERE result = 'missed'", "M5"},
	{"UPDATE airings SET frames = frames + 1 WHERE n = 3", "A3"},
	{"UPDATE airings SET proof = 'C' WHERE n = 3", "A3"},
	{"UPDATE airings SET planned_ms = planned_ms + 8640000000 WHERE n = 5", "M5"},
	{"DELETE FROM airings WHERE n = 5", "M5"},
	{"INSERT INTO airings SELECT 777, ended_n, bulletin, file, sha256, slot, occurrence_ms,"
	 " 9, zones, level, language, programmes, fund, planned_ms, planned_length_ms, device,"
	 " who, demo, start_ms, end_ms, frames, complete, result, reason, detail, loudness_lufs,"
	 " peak_dbtp, xruns, proof, recording, start_error_ms, recording_frames, synced,"
	 " not_before_ms, checked_n, checked, by_zone, emergency, drill, speaker, from_frames,"
	 " counted_ms, sent, night_db FROM airings WHERE n = 3", "A777"},
	{"UPDATE airings SET counted_ms = planned_ms WHERE n = 3", "A3"},
	{"UPDATE bulletins SET title = 'Tin khác'", "B1"},
	{"UPDATE approvals SET who = 'user:9'", "2"},
	{"DELETE FROM approvals", "2"},
	{"INSERT INTO corrections VALUES(0, 99, 86400000)", "A3"},
	{"UPDATE events SET text = replace(text, 'user:7', 'user:9') WHERE n = 2", "2"},
	{"DELETE FROM events WHERE n = 2", "2"},
};

static bool note_bulletin(const struct sameness_bulletin *b, void *arg)
{
	snprintf((char *)arg + strlen(arg), sizeof(said) - strlen(arg), "%s ", b->id);
	return true;
}

static bool note_decision(const struct sameness_decided *s, void *arg)
{
	snprintf((char *)arg + strlen(arg), sizeof(said) - strlen(arg), "%s ", s->decision);
	return true;
}

/* Else a product that was paid for the year before would be told as new. */
START_TEST(what_looks_the_same_of_long_before_and_what_was_decided)
{
	struct bulletin again = log_sample_bulletin("Tên khác");
	char id[ID_BYTES];

	log_sample_add(&sample, entry_duplicate_decided(bulletin, "SP1", "", "", "different",
							"xem rồi", "user:1"));
	clock_sim_advance(&sample.clock, 200 * DAY_NS);
	entry_id('B', log_sample_add(&sample, entry_bulletin_received(&again, NULL, json_array(),
								      "user:3")), id);
	log_sample_add(&sample, entry_bulletin_approved(id, again.sha256, "9/QĐ", NULL, "user:7"));
	ck_assert_msg(make(days(200), days(201)), "%s", e.text);
	said[0] = '\0';
	ck_assert(sameness_bulletins(made, note_bulletin, said, &e));
	ck_assert(sameness_decisions(made, note_decision, said, &e));
	reader_close(made);
	snprintf(id + strlen(id), sizeof(id) - strlen(id), " different ");
	ck_assert_ptr_nonnull(strstr(said, id));
	ck_assert_ptr_nonnull(strstr(said, bulletin));
	sqlite3_exec(have->db, "UPDATE events SET text = replace(text, 'different', 'same')", NULL,
		     NULL, NULL);
	ck_assert(!make(days(200), days(201)) && e.kind == ERR_DIFFERS);
}
END_TEST

START_TEST(an_edited_row_is_named)
{
	ck_assert_int_eq(sqlite3_exec(have->db, edits[_i].sql, NULL, NULL, NULL), SQLITE_OK);
	ck_assert_int_gt(sqlite3_changes(have->db), 0);
	ck_assert(!make(days(0), days(1)));
	ck_assert_int_eq(e.kind, ERR_DIFFERS);
	ck_assert_msg(strstr(e.text, edits[_i].named) != NULL, "%s", e.text);
	ck_assert_ptr_nonnull(strstr(e.text, "vangxa rebuild"));
}
END_TEST

/* Long after the period it was removed: a level that rests on it is told with that. */
START_TEST(what_became_of_a_recording_later_is_known)
{
	struct airing_facts f = log_sample_airing(bulletin, LOG_SAMPLE_START);
	struct airing_row r;
	char id[ID_BYTES];

	f.item = 2;
	entry_id('A', log_sample_add(&sample, entry_airing_intended(&f, &sample.tz)), id);
	f.airing = id;
	f.recording = "aircheck/a.mp3";
	log_sample_add(&sample, entry_airing_ended(&f, &sample.tz));
	int64_t n = log_sample_add(&sample, entry_recording_closed(f.recording, "00ff", "z",
					   LOG_SAMPLE_START, LOG_SAMPLE_START, 9, &sample.tz));
	clock_sim_advance(&sample.clock, 181 * DAY_NS);
	log_sample_add(&sample, json_pack("{s:s, s:s, s:I, s:s}", "kind", "recording.removed",
					  "file", f.recording, "recording", (json_int_t)n, "why",
					  "age"));
	ck_assert_msg(afresh_airing(have, d, id, &r, note_said, said, &e), "%s", e.text);
	ck_assert_int_eq(r.recorded, RECORDED_AGED);
	ck_assert(make(days(0), days(1)));
	ck_assert(reader_airing(made, id, &r, &e));
	ck_assert_int_eq(r.recorded, RECORDED_AGED);
	reader_close(made);
}
END_TEST

/* It went on in the next hour's file, and that one was removed. */
START_TEST(what_became_of_the_next_recording_is_known_too)
{
	struct wall half = wall_add_ns(LOG_SAMPLE_START, 30 * 60 * NS_PER_S);
	struct airing_facts f = log_sample_airing(bulletin, LOG_SAMPLE_START);
	struct airing_row r;
	char id[ID_BYTES];

	f.item = 2;
	f.end = wall_add_ns(f.start, HOUR_NS);
	entry_id('A', log_sample_add(&sample, entry_airing_intended(&f, &sample.tz)), id);
	f.airing = id;
	f.recording = "aircheck/a.mp3";
	log_sample_add(&sample, entry_airing_ended(&f, &sample.tz));
	log_sample_add(&sample, entry_recording_closed(f.recording, "00ff", "z", LOG_SAMPLE_START,
						       half, 9, &sample.tz));
	int64_t n = log_sample_add(&sample, entry_recording_closed("aircheck/b.mp3", "00ff", "z",
					   half, wall_add_ns(half, HOUR_NS), 9, &sample.tz));
	clock_sim_advance(&sample.clock, 181 * DAY_NS);
	log_sample_add(&sample, json_pack("{s:s, s:s, s:I, s:s}", "kind", "recording.removed",
					  "file", "aircheck/b.mp3", "recording", (json_int_t)n,
					  "why", "room"));
	ck_assert_msg(afresh_airing(have, d, id, &r, note_said, said, &e), "%s", e.text);
	ck_assert_int_eq(r.recorded, RECORDED_ROOM);
	ck_assert(make(days(0), days(1)));
	ck_assert(reader_airing(made, id, &r, &e));
	ck_assert_int_eq(r.recorded, RECORDED_ROOM);
	reader_close(made);
}
END_TEST

START_TEST(one_airing_is_looked_up_in_the_log)
{
	struct airing_row r;

	ck_assert_msg(afresh_airing(have, d, airing, &r, note_said, said, &e), "%s", e.text);
	ck_assert_str_eq(r.result, "full");
	ck_assert(afresh_airing(have, d, missed, &r, note_said, said, &e));
	ck_assert_str_eq(r.title, "Nước sạch");
	ck_assert(!afresh_airing(have, d, "A1", &r, note_said, said, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	sqlite3_exec(have->db, "UPDATE airings SET result = 'on-air', ended_n = NULL WHERE n = 3",
		     NULL, NULL, NULL);
	ck_assert(!afresh_airing(have, d, airing, &r, note_said, said, &e));
	ck_assert_int_eq(e.kind, ERR_DIFFERS);
	ck_assert(afresh_airing(have, d, missed, &r, note_said, said, &e));
	sqlite3_exec(have->db, "UPDATE bulletins SET title = 'Tin khác'", NULL, NULL, NULL);
	ck_assert(!afresh_airing(have, d, missed, &r, note_said, said, &e));
	ck_assert_ptr_nonnull(strstr(e.text, bulletin));
}
END_TEST

/* Who received and approved it is the log's to say, of what came before it aired. */
static const struct {
	const char *sql, *named;
} untold[] = {
	{"DELETE FROM events WHERE n = 2", " 2: "},
	{"UPDATE events SET about = '' WHERE n = 2", " 2: "},
	{"UPDATE events SET kind = 'bulletin.edited' WHERE n = 2", " 2: "},
	{"UPDATE events SET text = replace(text, 'user:7', 'user:9') WHERE n = 2", " 2: "},
	{"UPDATE events SET (kind, text, about) = (SELECT kind, text, about FROM events"
	 " WHERE n = 2) WHERE n = 4", " 4: "},
};

START_TEST(what_was_decided_is_read_in_the_log)
{
	struct airing_row r;

	clock_sim_advance(&sample.clock, DAY_NS);
	log_sample_add(&sample, entry_bulletin_approved(bulletin, "00", "13/QĐ", NULL, "user:8"));
	said[0] = '\0';
	ck_assert_msg(afresh_airing(have, d, missed, &r, note_said, said, &e), "%s", e.text);
	ck_assert_str_eq(said, "1 bulletin.received; 2 bulletin.approved; ");
	ck_assert_int_eq(sqlite3_exec(have->db, untold[_i].sql, NULL, NULL, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_changes(have->db), 1);
	ck_assert(!afresh_airing(have, d, missed, &r, note_said, said, &e));
	ck_assert_int_eq(e.kind, ERR_DIFFERS);
	ck_assert_msg(strstr(e.text, untold[_i].named) != NULL, "%s", e.text);
}
END_TEST

/* Of a year's entries nobody reads all, and what a row of it names is found all the same. */
START_TEST(a_day_in_a_long_log)
{
	struct airing_facts f = log_sample_airing(bulletin, LOG_SAMPLE_START);

	f.reason = "power-off";
	for (int i = 0; i < 9000; i++) {
		clock_sim_advance(&sample.clock, HOUR_NS);
		f.planned = f.occurrence = clock_wall(&sample.clock.clock);
		if (i % 100 == 0)
			log_sample_add(&sample, entry_airing_missed(&f, &sample.tz));
		else
			log_sample_add(&sample, log_sample_note("giờ", NULL, NULL));
	}
	for (int day = 0; day < 376; day += 47) {
		ck_assert_msg(make(days(day), days(day + 4)), "%s", e.text);
		ck_assert(reader_airings(made, days(day), days(day + 4), title_is,
					 (char[]){"Nước sạch"}, &e));
		reader_close(made);
	}
	/* One that the view lost is missed wherever it lies. */
	ck_assert_int_eq(sqlite3_exec(have->db, "DELETE FROM airings WHERE n > 3000", NULL, NULL,
				      NULL), SQLITE_OK);
	ck_assert(make(days(0), days(80)));
	reader_close(made);
	for (int day = 140; day < 360; day += 11)
		ck_assert(!make(days(day), days(day + 5)));
}
END_TEST

/* It was off for one entry of those at which the time is looked up. */
START_TEST(a_clock_that_was_off_for_a_moment)
{
	struct wall then;

	for (int i = 0; i < 4 * 4096; i++) {
		clock_sim_advance(&sample.clock, HOUR_NS);
		then = clock_wall(&sample.clock.clock);
		bool off = ledger_next(sample.ledger) == 2 * 4096;
		if (off)
			clock_sim_set_wall(&sample.clock, (struct wall){0});
		log_sample_add(&sample, log_sample_note("giờ", NULL, NULL));
		if (off)
			clock_sim_set_wall(&sample.clock, then);
	}
	ck_assert_int_eq(sqlite3_exec(have->db, "DELETE FROM events WHERE n IN (8000, 8191, 8300)",
				      NULL, NULL, NULL), SQLITE_OK);
	int64_t at = INT64_C(8000) * HOUR_NS;
	for (int i = 0; i < 2; i++, at = INT64_C(8300) * HOUR_NS)
		ck_assert(!make(wall_add_ns(LOG_SAMPLE_START, at - DAY_NS),
				wall_add_ns(LOG_SAMPLE_START, at + 5 * DAY_NS)));
}
END_TEST

Suite *suite_afresh(void);
Suite *suite_afresh(void)
{
	Suite *s = suite_create("afresh");
	TCase *t = tcase_create("afresh");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, rows_are_those_of_the_view);
	tcase_add_test(t, an_intent_takes_back_what_a_clock_leapt_over);
	tcase_add_test(t, a_recording_that_went_later);
	tcase_add_loop_test(t, an_edited_row_is_named, 0, sizeof(edits) / sizeof(edits[0]));
	tcase_add_test(t, what_became_of_a_recording_later_is_known);
	tcase_add_test(t, what_became_of_the_next_recording_is_known_too);
	tcase_add_test(t, what_looks_the_same_of_long_before_and_what_was_decided);
	tcase_add_test(t, one_airing_is_looked_up_in_the_log);
	tcase_add_loop_test(t, what_was_decided_is_read_in_the_log, 0,
			    sizeof(untold) / sizeof(untold[0]));
	tcase_add_test(t, a_day_in_a_long_log);
	tcase_add_test(t, a_clock_that_was_off_for_a_moment);
	suite_add_tcase(s, t);
	return s;
}
