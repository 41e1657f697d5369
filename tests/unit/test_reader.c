/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/reader.h"
#include "proof/row.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/saying.h"
#include "support/log_sample.h"
#include "support/tmpdir.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static struct log_sample sample;
static struct view *v;
static struct err e;

static void setup(void)
{
	log_sample_open(&sample, ":memory:");
	v = ledger_view(sample.ledger);
}

static void teardown(void)
{
	log_sample_close(&sample);
}

static void add_bulletin(const char *title, char id[ID_BYTES])
{
	struct bulletin b = log_sample_bulletin(title);

	entry_id('B',
		 log_sample_add(&sample, entry_bulletin_received(&b, NULL, json_array(), "user:7")),
		 id);
}

START_TEST(findings_are_kept_for_whoever_decides)
{
	struct bulletin b = log_sample_bulletin("nhiễu");
	json_t *told = json_pack("[{s:s, s:i}]", "code", "noisy", "snr_db", 9), *got;
	char id[ID_BYTES], clean[ID_BYTES];

	add_bulletin("sạch", clean);
	entry_id('B',
		 log_sample_add(&sample, entry_bulletin_received(&b, NULL, json_incref(told),
								 "user:7")),
		 id);
	ck_assert(reader_findings(v, NULL, &got, &e));
	ck_assert_uint_eq(json_object_size(got), 1);
	ck_assert(json_equal(json_object_get(got, id), told));
	json_decref(got);
	ck_assert(reader_findings(v, clean, &got, &e));
	ck_assert_uint_eq(json_object_size(got), 0);
	json_decref(got);
	/* Entries of an older program have none. */
	json_t *old = entry_bulletin_received(&b, NULL, json_array(), "user:7");
	json_object_del(old, "findings");
	entry_id('B', log_sample_add(&sample, old), id);
	ck_assert(reader_findings(v, id, &got, &e));
	ck_assert_uint_eq(json_object_size(got), 0);
	json_decref(got);
	json_decref(told);
}
END_TEST

static bool join_titles(const struct bulletin *b, void *arg)
{
	buf_print(arg, "%s ", b->title);
	return true;
}

START_TEST(bulletins_of_like_length_are_found)
{
	char id[ID_BYTES];
	struct buf titles = {0};

	add_bulletin("một", id);
	add_bulletin("hai", id);
	int64_t frames = log_sample_bulletin("một").frames;
	ck_assert(reader_of_length(v, frames + 100, 100, join_titles, &titles, &e));
	ck_assert_str_eq(buf_str(&titles), "hai một ");
	buf_reset(&titles);
	ck_assert(reader_of_length(v, frames + 101, 100, join_titles, &titles, &e));
	ck_assert_str_eq(buf_str(&titles), "");
	buf_finish(&titles);
}
END_TEST

START_TEST(bulletins_go_through_their_states)
{
	char a[ID_BYTES], b[ID_BYTES], c[ID_BYTES];
	struct buf titles = {0};
	struct bulletin got, want = log_sample_bulletin("một");

	add_bulletin("một", a);
	add_bulletin("hai", b);
	add_bulletin("ba", c);
	log_sample_add(&sample, entry_bulletin_approved(a, "00", "12/QĐ", NULL, "user:1"));
	log_sample_add(&sample, entry_bulletin_refused(b, "sai tên xã", "user:1"));
	log_sample_add(&sample, entry_bulletin_approved(c, "00", NULL, NULL, "user:1"));
	log_sample_add(&sample, entry_bulletin_withdrawn(c, "hết hạn", "user:1"));
	ck_assert(reader_bulletins(v, -1, join_titles, &titles, &e));
	ck_assert_str_eq(buf_str(&titles), "ba hai một ");
	buf_reset(&titles);
	ck_assert(reader_bulletins(v, BULLETIN_APPROVED, join_titles, &titles, &e));
	ck_assert_str_eq(buf_str(&titles), "một ");
	buf_finish(&titles);
	ck_assert(reader_bulletin(v, a, &got, &e));
	ck_assert_int_eq(got.received.ns, LOG_SAMPLE_START.ns);
	snprintf(want.id, sizeof(want.id), "%s", a);
	want.state = BULLETIN_APPROVED;
	want.received = LOG_SAMPLE_START;
	snprintf(want.sender, sizeof(want.sender), "user:7");
	snprintf(want.decided_by, sizeof(want.decided_by), "user:1");
	snprintf(want.decided_why, sizeof(want.decided_why), "12/QĐ");
	want.decided = wall_add_ns(LOG_SAMPLE_START, 3 * NS_PER_S);
	want.revision = entry_id_index(a, 'B');

	ck_assert_mem_eq(&got, &want, sizeof(got));
	ck_assert(!reader_bulletin(v, "B999", &got, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	ck_assert(!reader_bulletin(v, "B0' OR 1", &got, &e));
}
END_TEST

static bool count_row(const struct airing_row *r, void *arg)
{
	(void)r;
	++*(int *)arg;
	return true;
}

static int count_open(void)
{
	int count = 0;

	ck_assert(reader_open_airings(v, count_row, &count, &e));
	return count;
}

START_TEST(airing_from_intent_to_outcome)
{
	char bulletin[ID_BYTES], id[ID_BYTES];
	struct airing_row r;

	add_bulletin("Tin mưa lũ", bulletin);
	struct airing_facts f = log_sample_airing(bulletin, LOG_SAMPLE_START);
	entry_id('A', log_sample_add(&sample, entry_airing_intended(&f, &sample.tz)), id);
	ck_assert_str_eq(id, "A1");
	ck_assert(reader_airing(v, id, &r, &e));
	ck_assert_str_eq(r.result, "on-air");
	ck_assert_int_eq(r.start_ms, 0);
	ck_assert_int_eq(count_open(), 1);
	json_t *none = reader_aired(v, &e);
	ck_assert_uint_eq(json_object_size(none), 0); /* on air, and nothing heard yet */
	json_decref(none);
	f.airing = id;
	log_sample_add(&sample, entry_airing_ended(&f, &sample.tz));
	ck_assert_int_eq(count_open(), 0);
	ck_assert(reader_airing(v, id, &r, &e));
	ck_assert_str_eq(r.result, "full");
	ck_assert_str_eq(r.title, "Tin mưa lũ");
	ck_assert_str_eq(r.zones, "trung-tam,thon-2");
	ck_assert_int_eq(r.planned_ms, LOG_SAMPLE_START.ns / NS_PER_MS);
	ck_assert_int_eq(r.planned_length_ms, 90000);
	ck_assert_int_eq(r.start_ms, r.planned_ms + 2);
	ck_assert_int_eq(r.frames, f.frames);
	ck_assert(r.complete == 1.0 && r.loudness_lufs == -16.1 && isnan(r.peak_dbtp));
	ck_assert(r.start_error_ms == 2.013 || r.start_error_ms == 2.012);
	ck_assert_str_eq(r.proof, "A");
	ck_assert(!reader_airing(v, "M1", &r, &e)); /* it was not missed */
	json_t *aired = reader_aired(v, &e);
	ck_assert_int_eq(json_get_integer(json_object_get(aired, bulletin), "times", 0), 1);
	ck_assert_uint_eq(json_object_size(aired), 1);
	json_decref(aired);
	/* A log that says twice how it ended does not make it two. */
	log_sample_add(&sample, entry_airing_ended(&f, &sample.tz));
	aired = reader_aired(v, &e);
	ck_assert_int_eq(json_get_integer(json_object_get(aired, bulletin), "times", 0), 1);
	json_decref(aired);
	/* Nor does its rest, which an emergency broke off. */
	struct airing_facts rest = f;
	char second[ID_BYTES];
	rest.resumes = id;
	rest.from_frames = 4800;
	entry_id('A', log_sample_add(&sample, entry_airing_intended(&rest, &sample.tz)), second);
	rest.airing = second;
	log_sample_add(&sample, entry_airing_ended(&rest, &sample.tz));
	aired = reader_aired(v, &e);
	ck_assert_int_eq(json_get_integer(json_object_get(aired, bulletin), "times", 0), 1);
	json_decref(aired);
	ck_assert_int_eq(r.ended_n, 2);
	ck_assert_int_eq(r.recording_frames, -1);
	ck_assert(!reader_airing(v, "", &r, &e));
}
END_TEST

/* What was cut is told apart, and what no loudspeaker got is none. */
START_TEST(aired_is_counted_as_reports_count)
{
	char bulletin[ID_BYTES], id[ID_BYTES];
	static const struct {
		const char *result, *proof;
		enum saying said;
	} ended[] = {{"full", "A", SAYING_COUNT},
		     {"partial", "A", SAYING_COUNT},
		     {"full", NULL, SAYING_NO_DEVICE},
		     {"full", NULL, SAYING_COUNT},
		     {"cut", NULL, SAYING_NO_DEVICE},
		     {"cut", NULL, SAYING_COUNT}};

	add_bulletin("Tin mưa lũ", bulletin);
	for (size_t i = 0; i < sizeof(ended) / sizeof(ended[0]); i++) {
		struct airing_facts f = log_sample_airing(bulletin, LOG_SAMPLE_START);
		entry_id('A', log_sample_add(&sample, entry_airing_intended(&f, &sample.tz)), id);
		f.airing = id;
		f.result = ended[i].result;
		f.proof = ended[i].proof;
		f.detail = ended[i].said != SAYING_COUNT ? saying(ended[i].said) : NULL;
		log_sample_add(&sample, entry_airing_ended(&f, &sample.tz));
	}
	json_t *aired = reader_aired(v, &e);
	const json_t *counts = json_object_get(aired, bulletin);
	ck_assert_int_eq(json_get_integer(counts, "times", 0), 1);
	ck_assert_int_eq(json_get_integer(counts, "parts", 0), 1);
	ck_assert_int_eq(json_get_integer(counts, "unsure", 0), 2);
	json_decref(aired);
}
END_TEST

static enum recorded recorded_of(const char *id)
{
	struct airing_row r;

	ck_assert(reader_airing(v, id, &r, &e));
	return r.recorded;
}

static void close_recording(const char *file, bool differs)
{
	json_t *o = entry_recording_closed(file, "00ff", "z", LOG_SAMPLE_START, LOG_SAMPLE_START, 9,
					   &sample.tz);

	if (differs)
		json_object_set_new(o, "differs", json_object());
	log_sample_add(&sample, o);
}

/* Each zone's recording counts, and the worst of them is told. */
START_TEST(what_became_of_its_recordings_is_known)
{
	struct airing_facts f = log_sample_airing(NULL, LOG_SAMPLE_START);
	char id[ID_BYTES];

	entry_id('A', log_sample_add(&sample, entry_airing_intended(&f, &sample.tz)), id);
	f.airing = id;
	f.recording = "a.mp3";
	json_t *o = entry_airing_ended(&f, &sample.tz);
	json_object_set_new(o, "by_zone", json_pack("{s:{s:s}, s:{s:s}, s:{s:n}}", "x", "recording",
						    "a.mp3", "y", "recording", "b.mp3", "z",
						    "recording"));
	log_sample_add(&sample, o);
	ck_assert_int_eq(recorded_of(id), RECORDED_THERE);
	close_recording("a.mp3", false);
	ck_assert_int_eq(recorded_of(id), RECORDED_THERE);
	int64_t n = ledger_next(sample.ledger) - 1;
	log_sample_add(&sample, json_pack("{s:s, s:s, s:I, s:s}", "kind", "recording.removed",
					  "file", "a.mp3", "recording", (json_int_t)n, "why",
					  "age"));
	ck_assert_int_eq(recorded_of(id), RECORDED_AGED);
	close_recording("b.mp3", true);
	ck_assert_int_eq(recorded_of(id), RECORDED_DIFFERS);
}
END_TEST

START_TEST(what_one_zone_got_is_to_be_listened_to)
{
	struct airing_facts f = log_sample_airing(NULL, LOG_SAMPLE_START);
	char id[ID_BYTES];
	int count = 0;

	f.proof = NULL;
	for (int i = 0; i < 2; i++) {
		entry_id('A', log_sample_add(&sample, entry_airing_intended(&f, &sample.tz)), id);
		f.airing = id;
		json_t *o = entry_airing_ended(&f, &sample.tz);
		json_object_set_new(o, "by_zone", json_pack("{s:{s:n}, s:{s:s?}}", "hai", "proof",
							    "mot", "proof", i == 0 ? NULL : "A"));
		log_sample_add(&sample, o);
		f.airing = NULL;
		ck_assert(reader_unchecked(v, -1, 9, count_row, &count, &e));
		ck_assert_int_eq(count, i);
	}
}
END_TEST

START_TEST(a_lost_recording_is_known)
{
	struct airing_facts f = log_sample_airing(NULL, LOG_SAMPLE_START);
	char id[ID_BYTES];

	entry_id('A', log_sample_add(&sample, entry_airing_intended(&f, &sample.tz)), id);
	f.airing = id;
	f.recording = "a.mp3";
	log_sample_add(&sample, entry_airing_ended(&f, &sample.tz));
	log_sample_add(&sample, entry_recording_lost("a.mp3", "z", LOG_SAMPLE_START,
						     LOG_SAMPLE_START, "power-off", &sample.tz));
	ck_assert_int_eq(recorded_of(id), RECORDED_LOST);
}
END_TEST

START_TEST(days_are_half_open)
{
	struct wall t = LOG_SAMPLE_START;
	int count = 0;

	for (int i = 0; i < 3; i++) {
		struct airing_facts f = log_sample_airing(NULL, wall_add_ns(t, i * 60 * NS_PER_S));

		f.file = "audio/nhac.flac";
		f.reason = "power-off";
		log_sample_add(&sample, entry_airing_missed(&f, &sample.tz));
	}
	ck_assert(reader_airings(v, t, wall_add_ns(t, 120 * NS_PER_S), count_row, &count, &e));
	ck_assert_int_eq(count, 2);
	count = 0;
	ck_assert(reader_airings(v, wall_add_ns(t, 1), wall_add_ns(t, 120 * NS_PER_S + 1),
				 count_row, &count, &e));
	ck_assert_int_eq(count, 2); /* the first is out, the third in */
	struct airing_row r;
	ck_assert(reader_airing(v, "M0", &r, &e));
	ck_assert_str_eq(r.title, "audio/nhac.flac");
	ck_assert_str_eq(r.reason, "power-off");
}
END_TEST

static bool join_rows(const struct airing_row *r, void *arg)
{
	buf_print(arg, "%d:%s ", r->item, r->id);
	return true;
}

START_TEST(occurrence_says_what_was_already_tried)
{
	struct airing_facts f = log_sample_airing(NULL, LOG_SAMPLE_START);
	struct buf rows = {0};

	f.item = 3;
	f.reason = "late";
	log_sample_add(&sample, entry_airing_missed(&f, &sample.tz));
	f.item = 2;
	log_sample_add(&sample, entry_airing_intended(&f, &sample.tz));
	f.occurrence.ns += 3600 * NS_PER_S;
	log_sample_add(&sample, entry_airing_intended(&f, &sample.tz));
	f.slot = "Khung khác";
	log_sample_add(&sample, entry_airing_intended(&f, &sample.tz));
	ck_assert(reader_occurrence(v, "Bản tin sáng", LOG_SAMPLE_START, join_rows, &rows, &e));
	ck_assert_str_eq(buf_str(&rows), "2:A1 3:M0 ");
	buf_finish(&rows);
}
END_TEST

static bool join_events(const struct event_row *r, void *arg)
{
	buf_print(arg, "%d %s %d; ", (int)r->n, r->kind, r->text[0] == '{');
	return true;
}

START_TEST(events_come_in_order)
{
	struct airing_facts f = log_sample_airing(NULL, LOG_SAMPLE_START);
	struct buf rows = {0};

	log_sample_add(&sample, entry_station_started("1", "bp-bugiamap", ""));
	log_sample_add(&sample, entry_airing_intended(&f, &sample.tz));
	clock_sim_set_wall(&sample.clock, LOG_SAMPLE_START); /* back: order is that of the log */
	log_sample_add(&sample, entry_clock_stepped(-2000, LOG_SAMPLE_START, LOG_SAMPLE_START,
						    &sample.tz));
	ck_assert(reader_events(v, LOG_SAMPLE_START, wall_add_ns(LOG_SAMPLE_START, 10 * NS_PER_S),
				join_events, &rows, &e));
	ck_assert_str_eq(buf_str(&rows),
			 "0 station.started 1; 1 airing.intended 0; 2 clock.stepped 1; ");
	buf_finish(&rows);
	int64_t applied;
	ck_assert(reader_applied(v, &applied, &e));
	ck_assert_int_eq(applied, 3);
}
END_TEST

static bool join_corrections(const struct event_row *r, void *arg)
{
	buf_print(arg, "%d:", (int)r->n);
	if (r->corrected)
		buf_print(arg, "%+d", (int)r->offset_ms);
	buf_text(arg, " ");
	return true;
}

/* What was written stays; what it should have been stands beside it, for just the entries that the
 * correction names. One that names entries after itself is no correction. */
START_TEST(a_correction_is_read_beside_what_was_written)
{
	struct airing_facts f = log_sample_airing(NULL, LOG_SAMPLE_START);
	struct buf rows = {0};
	struct airing_row r;

	log_sample_add(&sample, log_sample_note("a", NULL, NULL));
	clock_sim_unsync(&sample.clock);
	log_sample_add(&sample, entry_airing_intended(&f, &sample.tz));
	f.airing = "A1";
	log_sample_add(&sample, entry_airing_ended(&f, &sample.tz));
	ck_assert(reader_airing(v, "A1", &r, &e));
	ck_assert(!r.synced && !r.corrected);
	ck_assert_int_eq(r.not_before_ms, LOG_SAMPLE_START.ns / NS_PER_MS + 1999);
	clock_sim_sync(&sample.clock, 1, "chronyd");
	log_sample_add(&sample, entry_clock_corrected(1, 2, -7500, "1f3a9c2e", 500));
	log_sample_add(&sample, entry_clock_corrected(4, 9, 1, "1f3a9c2e", 500));
	log_sample_add(&sample, entry_clock_corrected(-1, 0, 1, "1f3a9c2e", 500));
	ck_assert(reader_airing(v, "A1", &r, &e));
	ck_assert(r.corrected);
	ck_assert_int_eq(r.offset_ms, -7500);
	ck_assert_int_eq(r.start_ms, LOG_SAMPLE_START.ns / NS_PER_MS + 2);
	ck_assert_int_eq(row_corrected_ms(&r, r.start_ms), r.start_ms - 7500);
	ck_assert_int_eq(row_corrected_ms(&r, 0), 0);
	ck_assert(reader_events(v, LOG_SAMPLE_START, wall_add_ns(LOG_SAMPLE_START, 10 * NS_PER_S),
				join_corrections, &rows, &e));
	ck_assert_str_eq(buf_str(&rows), "0: 1:-7500 2:-7500 3: 4: 5: ");
	buf_finish(&rows);
}
END_TEST

START_TEST(another_process_reads_while_the_station_writes)
{
	char root[64], path[96];
	struct log_sample on_disk;
	struct view *other;
	int64_t applied;

	tmpdir_make(root);
	snprintf(path, sizeof(path), "%s/view.sqlite", root);
	ck_assert(!reader_open(&other, path, &e)); /* not made by a reader */
	log_sample_open(&on_disk, path);
	ck_assert_msg(reader_open(&other, path, &e), "%s", e.text);
	log_sample_add(&on_disk, log_sample_note("a", NULL, NULL));
	ck_assert(reader_applied(other, &applied, &e));
	ck_assert_int_eq(applied, 1);
	reader_close(other);
	log_sample_close(&on_disk);
	tmpdir_remove(root);
}
END_TEST

Suite *suite_reader(void);
Suite *suite_reader(void)
{
	Suite *s = suite_create("reader");
	TCase *t = tcase_create("reader");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, bulletins_of_like_length_are_found);
	tcase_add_test(t, bulletins_go_through_their_states);
	tcase_add_test(t, findings_are_kept_for_whoever_decides);
	tcase_add_test(t, airing_from_intent_to_outcome);
	tcase_add_test(t, aired_is_counted_as_reports_count);
	tcase_add_test(t, what_became_of_its_recordings_is_known);
	tcase_add_test(t, what_one_zone_got_is_to_be_listened_to);
	tcase_add_test(t, a_lost_recording_is_known);
	tcase_add_test(t, days_are_half_open);
	tcase_add_test(t, occurrence_says_what_was_already_tried);
	tcase_add_test(t, events_come_in_order);
	tcase_add_test(t, a_correction_is_read_beside_what_was_written);
	tcase_add_test(t, another_process_reads_while_the_station_writes);
	suite_add_tcase(s, t);
	return s;
}
