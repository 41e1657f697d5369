/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written of an airing: no more than was measured, and nothing is lost on a full disk. */
#include "station/record.h"

#include "base/json.h"
#include "base/saying.h"
#include "proof/entry.h"
#include "proof/row.h"
#include "support/playing.h"

#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct playing g;
static struct run *r;
static struct airing *a;

/* A second of a bulletin, heard whole in both zones by a device that took it. */
static void setup(void)
{
	playing_open(&g, "2026-11-23T05:30:00");
	struct bulletin *b = playing_bulletin(&g, "B1", 11, 1);
	playing_begin(&g);
	playing_run(&g, 2);
	r = calloc(1, sizeof(*r) + sizeof(r->items[0]));
	ck_assert_ptr_nonnull(r);
	snprintf(r->slot.name, sizeof(r->slot.name), "Sáng");
	r->zones = r->slot.zones = 3;
	r->item_count = 1;
	a = &r->items[0];
	a->bulletin = *b;
	a->item = (struct plan_item){.kind = ITEM_BULLETIN, .bulletin = &a->bulletin,
				     .length_frames = b->frames};
	a->zones = 3;
	a->last.n = a->frames = b->frames;
	a->end = MIX_END_SOURCE;
	ck_assert(wall_parse("2026-11-23T05:29:59.750", &g.c->settings.tz, &a->planned));
	r->start = a->planned;
	g.sim.device_now = (struct air_device){.name = "hw:1", .on = true};
	a->before[0] = a->before[1] = g.sim.device_now;
}

static void teardown(void)
{
	free(r);
	playing_close(&g);
}

/* Writes the outcome and gives it back. */
static json_t *outcome(void)
{
	int n = playing_count(&g, KIND_ENDED);

	record_outcome(&g.p, r, a);
	json_t *entry = playing_entry(&g, KIND_ENDED, n);
	ck_assert_ptr_nonnull(entry);
	return entry;
}

static void ck_outcome(const char *result, const char *reason, double complete)
{
	json_t *entry = outcome();

	ck_assert_str_eq(json_get_text(entry, "result", ""), result);
	ck_assert_str_eq(json_get_text(entry, "reason", ""), reason);
	ck_assert(json_get_number(entry, "complete", 9) == complete);
	json_decref(entry);
}

START_TEST(a_whole_airing_says_what_when_and_how_late)
{
	json_t *entry = outcome();

	ck_assert_str_eq(json_get_text(entry, "bulletin", ""), "B1");
	ck_assert_str_eq(json_get_text(entry, "slot", ""), "Sáng");
	ck_assert_str_eq(json_get_text(entry, "result", ""), "full");
	ck_assert(json_is_null(json_object_get(entry, "reason")));
	ck_assert_int_eq(json_get_integer(entry, "frames", 0), 48000);
	ck_assert(json_get_number(entry, "complete", 0) == 1);
	ck_assert(json_get_number(entry, "start_error_ms", 0) == 250);
	ck_assert_int_eq((int)json_array_size(json_object_get(entry, "zones")), 2);
	ck_assert_ptr_null(json_object_get(entry, "cut_zones"));
	ck_assert(json_is_null(json_object_get(entry, "loudness_lufs"))); /* nobody measured */
	json_decref(entry);
	a->measured = true;
	a->loudness_lufs = -16.25;
	entry = outcome();
	ck_assert(json_get_number(entry, "loudness_lufs", 0) == -16.25);
	json_decref(entry);
}
END_TEST

START_TEST(the_result_follows_from_the_sound)
{
	ck_outcome("full", "", 1);
	a->frames = 47900; /* rounding */
	ck_outcome("full", "", 0.998);
	a->frames = 24000;
	ck_outcome("partial", "overrun", 0.5);
	a->starved_frames = 480;
	ck_outcome("partial", "starved", 0.5);
	a->frames = 48000;
	ck_outcome("partial", "starved", 1);
	a->starved_frames = 0;
	a->frames = 12000;
	a->end = MIX_END_FADED;
	a->blamed = true;
	a->end_reason = REASON_CUT_BY_OPERATOR;
	ck_outcome("cut", "cut-by-operator", 0.25);
}
END_TEST

START_TEST(what_never_sounded_has_no_start)
{
	a->frames = a->last.n = 0;
	json_t *entry = outcome();
	ck_assert(json_is_null(json_object_get(entry, "start")));
	ck_assert(json_is_null(json_object_get(entry, "end")));
	ck_assert(json_is_null(json_object_get(entry, "start_error_ms")));
	ck_assert(json_get_number(entry, "complete", 9) == 0);
	ck_assert_str_eq(json_get_text(entry, "proof", ""), "");
	json_decref(entry);
}
END_TEST

START_TEST(what_is_being_recorded_is_vouched_for)
{
	json_t *entry = outcome();
	ck_assert_ptr_null(json_object_get(entry, "prefixes"));
	json_decref(entry);
	a->places[1].prefix =
		(struct vouched){.file = "aircheck/05-b.mp3", .bytes = 8000, .sha256 = "ab"};
	entry = outcome();
	const json_t *all = json_object_get(entry, "prefixes"), *one = json_array_get(all, 0);
	ck_assert_uint_eq(json_array_size(all), 1);
	ck_assert_str_eq(json_get_text(one, "file", ""), "aircheck/05-b.mp3");
	ck_assert_int_eq(json_get_integer(one, "bytes", 0), 8000);
	ck_assert_str_eq(json_get_text(one, "sha256", ""), "ab");
	json_decref(entry);
}
END_TEST

START_TEST(a_zone_that_was_cut_is_named_apart)
{
	a->cut_zones = 2;
	json_t *entry = outcome();
	const json_t *zones = json_object_get(entry, "zones");
	const json_t *cut = json_object_get(entry, "cut_zones");
	ck_assert_int_eq((int)json_array_size(zones), 1);
	ck_assert_str_eq(json_string_value(json_array_get(zones, 0)), "trung-tam");
	ck_assert_int_eq((int)json_array_size(cut), 1);
	ck_assert_str_eq(json_string_value(json_array_get(cut, 0)), "thon-2");
	json_decref(entry);
}
END_TEST

/* What a device did to it is told beside the zones, and still found. */
START_TEST(a_zone_that_was_silent_says_since_when_and_by_whom)
{
	a->zones = 1;
	a->silent_zones = 2;
	a->silent[1] = (struct silence){true, {"user:7", a->planned}};
	json_t *entry = outcome(), *said = json_object_get(entry, "detail");
	const json_t *zone = json_array_get(json_object_get(said, "zones"), 0);
	char words[REASON_BYTES];
	ck_assert_str_eq(json_get_text(zone, "zone", ""), "thon-2");
	ck_assert_str_eq(json_get_text(zone, "who", ""), "user:7");
	saying_words(said, true, words, sizeof(words));
	ck_assert_str_eq(words, "not in all zones: zone thon-2 was cut at 05:29 23/11/2026");
	ck_assert_str_eq(row_device_code(said), "zones-silent");
	json_decref(entry);
	json_t *both = json_pack("{s:s, s:[], s:{s:s}}", "code", "zones-silent-and", "zones",
				 "device", "code", "no-device");
	ck_assert_str_eq(row_device_code(both), "no-device");
	json_decref(both);
}
END_TEST

/* Level A and no detail, or neither the one nor silence about why. */
static void ck_proof(const char *level)
{
	json_t *entry = outcome();

	ck_assert_str_eq(json_get_text(entry, "proof", ""), level);
	ck_assert_int_eq(json_is_null(json_object_get(entry, "detail")), level[0] != '\0');
	json_decref(entry);
}

START_TEST(level_a_only_for_what_a_device_took_whole)
{
	const struct air_device good = g.sim.device_now;

	ck_proof("A");
	g.sim.device_now.silent_frames = 1;
	ck_proof("");
	g.sim.device_now = good;
	g.sim.device_now.losses = 1;
	ck_proof("");
	g.sim.device_now = good;
	g.sim.device_now.jumps = 1;
	ck_proof("");
	g.sim.device_now = good;
	g.sim.device_now.on = false;
	ck_proof("");
	a->before[0].on = a->before[1].on = false;
	ck_proof("");
	g.sim.device_now.on = true;
	ck_proof("");
	a->before[0].on = a->before[1].on = true;
	snprintf(g.sim.device_now.name, sizeof(g.sim.device_now.name), "hw:2");
	ck_proof("");
	g.sim.device_now = good;
	a->last.n = 2 * FRAMES_PER_S + 1; /* one frame more than it has taken */
	ck_proof("");
	a->last.n--;
	ck_proof("A");
}
END_TEST

/* thon-2 has no device: what trung-tam's took is no proof for it. */
START_TEST(each_zone_has_its_own_proof_and_the_whole_that_of_the_worst)
{
	g.sim.deaf = 2;
	a->before[1] = (struct air_device){.name = ""};
	snprintf(a->places[0].recording, sizeof(a->places[0].recording), "05-trung-tam.mp3");
	snprintf(a->places[1].recording, sizeof(a->places[1].recording), "05-thon-2.2.mp3");
	a->places[1].into_frames = 24000;
	json_t *entry = outcome(), *by_zone = json_object_get(entry, "by_zone");
	const json_t *good = json_object_get(by_zone, "trung-tam");
	const json_t *bad = json_object_get(by_zone, "thon-2"), *said;
	char words[REASON_BYTES];

	ck_assert(json_is_null(json_object_get(entry, "proof")));
	ck_assert_str_eq(json_get_text(entry, "device", ""), "hw:1");
	ck_assert_str_eq(json_get_text(entry, "recording", ""), "05-trung-tam.mp3");
	ck_assert_str_eq(json_get_text(good, "proof", ""), "A");
	ck_assert(json_get_number(good, "complete", 0) == 1);
	ck_assert(json_is_null(json_object_get(bad, "proof")));
	ck_assert(json_is_null(json_object_get(bad, "device")));
	ck_assert(json_get_number(bad, "complete", 1) == 0);
	ck_assert_int_eq(json_get_integer(bad, "frames", 1), 0);
	ck_assert_str_eq(json_get_text(bad, "recording", ""), "05-thon-2.2.mp3");
	ck_assert(json_get_number(bad, "recording_s", 0) == 0.5);
	said = json_object_get(entry, "detail");
	saying_words(said, true, words, sizeof(words));
	ck_assert_str_eq(words, "not in all zones: zone thon-2 had no device");
	ck_assert_str_eq(row_fate("full", "", said, 1), "unsure");
	ck_assert_str_eq(row_device_code(said), "device-in-part");
	json_decref(entry);
}
END_TEST

START_TEST(a_zone_without_device_stands_beside_one_that_was_cut)
{
	char words[REASON_BYTES];

	a->zones = 2;
	a->silent_zones = 1;
	a->silent[0] = (struct silence){true, {"user:7", a->planned}};
	json_t *entry = outcome();
	ck_assert_str_eq(json_get_text(entry, "proof", ""), "A");
	ck_assert_ptr_null(json_object_get(entry, "by_zone")); /* one zone */
	json_decref(entry);
	a->zones = 3;
	a->silent_zones = a->cut_zones = 0;
	a->before[1].on = false;
	entry = outcome();
	saying_words(json_object_get(entry, "detail"), true, words, sizeof(words));
	ck_assert_str_eq(words, "not in all zones: zone thon-2 only in part: its device was lost "
				"or came back meanwhile");
	ck_assert(json_is_null(json_object_get(
		json_object_get(json_object_get(entry, "by_zone"), "thon-2"), "complete")));
	json_decref(entry);
}
END_TEST

/* What somebody hears who opens it is of a zone that sounded. */
START_TEST(the_recording_is_of_a_zone_that_got_it)
{
	g.sim.deaf = 1;
	snprintf(a->places[0].recording, sizeof(a->places[0].recording), "05-trung-tam.mp3");
	snprintf(a->places[1].recording, sizeof(a->places[1].recording), "05-thon-2.2.mp3");
	a->places[1].into_frames = 24000;
	json_t *entry = outcome();
	ck_assert_str_eq(json_get_text(entry, "recording", ""), "05-thon-2.2.mp3");
	ck_assert(json_get_number(entry, "recording_s", 0) == 0.5);
	json_decref(entry);
}
END_TEST

START_TEST(xruns_are_those_of_this_airing)
{
	a->before[0].xruns = a->before[1].xruns = 3;
	g.sim.device_now.xruns = 5;
	json_t *entry = outcome();
	ck_assert_int_eq(json_get_integer(entry, "xruns", -1), 2);
	json_decref(entry);
}
END_TEST

/* "Vì sao không phát?" has an answer, and no person's name stands in the log. */
START_TEST(who_took_a_slot_off_is_written_as_an_id)
{
	struct slot_off off = {.once = true, .by = "user:7", .reason = "họp xã"};

	record_missed(&g.p, &g.c->settings, &r->slot, r->start, 0, NULL, NULL, a->planned,
		      48000, REASON_SKIPPED, &off);
	snprintf(off.by, sizeof(off.by), "Nguyễn Văn A");
	off.reason[0] = '\0';
	record_missed(&g.p, &g.c->settings, &r->slot, r->start, 0, NULL, NULL, a->planned,
		      48000, REASON_PAUSED, &off);
	json_t *skipped = playing_entry(&g, KIND_MISSED, 0);
	json_t *paused = playing_entry(&g, KIND_MISSED, 1);
	ck_assert_str_eq(json_get_text(skipped, "reason", ""), "skipped-once");
	ck_assert_str_eq(json_get_text(skipped, "who", ""), "user:7");
	ck_assert_str_eq(json_get_text(json_object_get(skipped, "detail"), "reason", ""),
			 "họp xã");
	ck_assert_str_eq(json_get_text(paused, "reason", ""), "paused");
	ck_assert(json_is_null(json_object_get(paused, "who")));
	json_decref(skipped);
	json_decref(paused);
}
END_TEST

START_TEST(what_the_disk_did_not_take_is_written_later_in_order)
{
	disk_sim_fail(g.disk, DISK_SIM_WRITE, 1, 1000, ENOSPC);
	record_missed(&g.p, &g.c->settings, &r->slot, r->start, 2, &a->bulletin, NULL,
		      a->planned, 48000, REASON_SLOT_FULL, NULL);
	record_outcome(&g.p, r, a);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED) + playing_count(&g, KIND_ENDED), 0);
	/* Before the two stands that they come late. */
	ck_assert_int_eq((int)json_array_size(g.p.unwritten), 3);
	clock_sim_advance(&g.clock, 2 * NS_PER_S);
	record_retry(&g.p); /* still full */
	ck_assert_int_eq((int)json_array_size(g.p.unwritten), 3);
	disk_sim_fail(g.disk, DISK_SIM_WRITE, 0, 0, 0);
	record_retry(&g.p); /* too soon after the last try */
	ck_assert_int_eq((int)json_array_size(g.p.unwritten), 3);
	record_trust(&g.p, "uid:7"); /* waits its turn although the disk is well */
	ck_assert_int_eq(playing_count(&g, KIND_NOTE), 0);
	clock_sim_advance(&g.clock, 2 * NS_PER_S);
	record_retry(&g.p);
	ck_assert_ptr_null(g.p.unwritten);
	json_t *missed = playing_entry(&g, KIND_MISSED, 0);
	json_t *ended = playing_entry(&g, KIND_ENDED, 0);
	json_t *note = playing_entry(&g, KIND_NOTE, 0);
	int64_t n = json_get_integer(missed, "n", -1);
	ck_assert_int_eq(json_get_integer(ended, "n", -1), n + 1);
	ck_assert_int_eq(json_get_integer(note, "n", -1), n + 2);
	json_decref(missed);
	json_decref(ended);
	json_decref(note);
	record_retry(&g.p); /* nothing twice */
	ck_assert_int_eq(playing_count(&g, KIND_ENDED), 1);
}
END_TEST

START_TEST(no_intent_on_a_full_disk_no_id)
{
	struct err e = {0};
	char id[ID_BYTES];

	disk_sim_fail(g.disk, DISK_SIM_WRITE, 1, 1000, ENOSPC);
	ck_assert(!record_intent(&g.p, r, a, &e));
	ck_assert_str_eq(a->id, "");
	disk_sim_fail(g.disk, DISK_SIM_WRITE, 0, 0, 0);
	entry_id('A', ledger_next(g.ledger), id);
	ck_assert_msg(record_intent(&g.p, r, a, &e), "%s", e.text);
	ck_assert_str_eq(a->id, id);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 1);
}
END_TEST

START_TEST(the_log_knows_what_aired_in_this_occurrence_only)
{
	struct err e = {0};
	struct wall tomorrow = wall_add_ns(r->start, 86400 * NS_PER_S);
	struct bulletin other = a->bulletin;

	ck_assert(!record_known(&g.p, &r->slot, r->start, &a->bulletin, NULL, false));
	ck_assert(record_intent(&g.p, r, a, &e));
	ck_assert(record_known(&g.p, &r->slot, r->start, &a->bulletin, NULL, false));
	ck_assert(!record_known(&g.p, &r->slot, tomorrow, &a->bulletin, NULL, false));
	ck_assert(!record_known(&g.p, &r->slot, r->start, NULL, NULL, false));
	snprintf(other.id, sizeof(other.id), "B2");
	ck_assert(!record_known(&g.p, &r->slot, r->start, &other, NULL, false));
}
END_TEST

START_TEST(an_operator_is_named_by_number_only)
{
	record_hold(&g.p, 2, true, "uid:7");
	json_t *note = playing_entry(&g, KIND_NOTE, 0);
	ck_assert_str_eq(json_get_text(note, "who", ""), "uid:7");
	const json_t *said = json_object_get(note, "said");
	ck_assert_str_eq(json_get_text(said, "code", ""), "cut");
	ck_assert_str_eq(json_string_value(json_array_get(json_object_get(said, "zones"), 0)),
			 "thon-2");
	json_decref(note);
	record_step(&g.p, r->start, wall_add_ns(r->start, -1500 * NS_PER_MS));
	json_t *step = playing_entry(&g, KIND_CLOCK_STEPPED, 0);
	ck_assert(json_get_number(step, "by_ms", 0) == -1500);
	json_decref(step);
}
END_TEST

Suite *suite_record(void)
{
	Suite *s = suite_create("record");
	TCase *t = tcase_create("record");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_whole_airing_says_what_when_and_how_late);
	tcase_add_test(t, the_result_follows_from_the_sound);
	tcase_add_test(t, what_never_sounded_has_no_start);
	tcase_add_test(t, what_is_being_recorded_is_vouched_for);
	tcase_add_test(t, a_zone_that_was_cut_is_named_apart);
	tcase_add_test(t, a_zone_that_was_silent_says_since_when_and_by_whom);
	tcase_add_test(t, level_a_only_for_what_a_device_took_whole);
	tcase_add_test(t, each_zone_has_its_own_proof_and_the_whole_that_of_the_worst);
	tcase_add_test(t, a_zone_without_device_stands_beside_one_that_was_cut);
	tcase_add_test(t, the_recording_is_of_a_zone_that_got_it);
	tcase_add_test(t, xruns_are_those_of_this_airing);
	tcase_add_test(t, who_took_a_slot_off_is_written_as_an_id);
	tcase_add_test(t, what_the_disk_did_not_take_is_written_later_in_order);
	tcase_add_test(t, no_intent_on_a_full_disk_no_id);
	tcase_add_test(t, the_log_knows_what_aired_in_this_occurrence_only);
	tcase_add_test(t, an_operator_is_named_by_number_only);
	suite_add_tcase(s, t);
	return s;
}
