/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "station/versions.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct deskcase c;
static char sha256[SHA256_HEX_BYTES];

static void setup(void)
{
	deskcase_open(&c);
	json_t *answer = deskcase_ask(&c, json_pack("{s:s}", "do", "settings"));
	snprintf(sha256, sizeof(sha256), "%s", json_get_text(answer, "sha256", ""));
	json_decref(answer);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static json_t *setting(const char *field, const char *value)
{
	return json_pack("{s:s, s:s, s:s}", "do", "settings.set", "sha256", sha256, field, value);
}

static void stands(const char *words)
{
	struct buf text = {0};
	struct err e = {0};

	ck_assert(disk_read(c.desk.disk, "station.yaml", 10000, &text, &e));
	ck_assert_msg(strstr(buf_str(&text), words) != NULL, "%s", buf_str(&text));
	buf_finish(&text);
}

START_TEST(what_holds_is_told)
{
	json_t *answer = deskcase_ask(&c, json_pack("{s:s}", "do", "settings"));
	const json_t *values = json_object_get(answer, "values");

	ck_assert_uint_eq(strlen(sha256), 64);
	ck_assert_str_eq(json_get_text(values, "station", ""), "Đài thử");
	ck_assert_str_eq(json_get_text(values, "quiet_from", "x"), "");
	ck_assert(json_get_number(values, "target_lufs", 0) == -16);
	ck_assert_uint_eq(json_array_size(json_object_get(answer, "zones")), 2);
	json_decref(answer);
}
END_TEST

START_TEST(a_change_is_written_logged_and_in_force)
{
	int64_t before = ledger_next(c.desk.ledger);
	json_t *rq = setting("station", "Đài mới: số 2");

	json_object_set_new(rq, "quiet_from", json_string("21:30"));
	json_object_set_new(rq, "quiet_to", json_string("05:00"));
	json_object_set_new(rq, "target_lufs", json_string("-18"));
	json_t *answer = deskcase_ask(&c, rq);
	ck_assert_msg(json_get_bool(answer, "saved", false), "%s",
		      json_get_text(json_object_get(answer, "error"), "text", "not saved"));
	ck_assert(json_get_bool(answer, "in_force", false));
	json_decref(answer);
	stands("station: \"Đài mới: số 2\"\nid: thu\n");
	stands("quiet: {from: \"21:30\", to: \"05:00\"}\nloudness: {target_lufs: -18}\n");
	ck_assert_str_eq(c.desk.world.files->settings.name, "Đài mới: số 2");
	ck_assert_int_eq(c.desk.world.files->settings.quiet_from_s, 21 * 3600 + 1800);
	ck_assert_int_eq(ledger_next(c.desk.ledger), before + 1);
}
END_TEST

/* Sets a field to what is right, and says whether that is in force. */
static bool in_force(const char *field, const char *value)
{
	json_t *set = deskcase_told(&c, setting(field, value));
	json_t *told = deskcase_told(&c, json_pack("{s:s}", "do", "settings"));
	bool now = json_get_bool(set, "in_force", false);

	ck_assert(json_get_bool(set, "saved", false));
	ck_assert_int_eq(json_get_bool(told, "in_force", !now), now);
	snprintf(sha256, sizeof(sha256), "%s", json_get_text(told, "sha256", ""));
	json_decref(set);
	json_decref(told);
	return now;
}

/* Stream, recording and limiter are opened at the start with what then stood there. */
START_TEST(what_the_sound_takes_up_at_the_next_start_is_not_called_in_force)
{
	desk_sounds(&c.desk);
	ck_assert(in_force("target_lufs", "-18"));
	ck_assert(!in_force("peak_dbtp", "-2"));
	ck_assert(in_force("peak_dbtp", "-1"));
	ck_assert(!in_force("record", "false"));
	ck_assert(!in_force("station", "Đài mới"));
	ck_assert(in_force("record", "true"));
	ck_assert(!in_force("stream", c.desk.world.files->settings.zones[1].name));
	desk_sounds(&c.desk);
	ck_assert(in_force("station", "Đài mới nữa"));
}
END_TEST

/* Each takes hold for the next who speaks, without a restart. */
START_TEST(who_may_speak_live_and_how_long_is_set)
{
	ck_assert(in_force("live_minutes", "25"));
	ck_assert(in_force("live_allowed", "false"));
	ck_assert(in_force("live_chime", "false"));
	ck_assert(in_force("live_gain_db", "-4.5"));
	ck_assert(in_force("live_device", "USB Mic"));
	ck_assert(in_force("live_channel", "2"));
	const struct live_settings *l = &c.desk.world.files->settings.live;
	ck_assert(!l->allowed && !l->chime);
	ck_assert_int_eq(l->minutes, 25);
	ck_assert_double_eq(l->gain_db, -4.5);
	ck_assert_str_eq(l->device, "USB Mic");
	ck_assert_int_eq(l->channel, 2);
	json_t *told = deskcase_told(&c, json_pack("{s:s}", "do", "settings"));
	const json_t *values = json_object_get(told, "values");
	ck_assert(json_is_false(json_object_get(values, "live_allowed")));
	ck_assert_int_eq(json_get_integer(values, "live_minutes", 0), 25);
	ck_assert_str_eq(json_get_text(values, "live_device", ""), "USB Mic");
	json_decref(told);
}
END_TEST

START_TEST(who_issues_documents_is_set_and_taken_away)
{
	const struct letter *l = &c.desk.world.files->settings.letter;

	ck_assert(in_force("report_issuer", "UBND xã Bù Gia Mập"));
	ck_assert(in_force("report_signer_title", "Chủ tịch"));
	l = &c.desk.world.files->settings.letter;
	ck_assert_str_eq(l->issuer, "UBND xã Bù Gia Mập");
	ck_assert_str_eq(l->signer_title, "Chủ tịch");
	ck_assert(in_force("report_issuer", ""));
	ck_assert(in_force("report_signer_title", ""));
	ck_assert_str_eq(c.desk.world.files->settings.letter.issuer, "");
	json_t *told = deskcase_told(&c, json_pack("{s:s}", "do", "settings"));
	ck_assert_str_eq(json_get_text(json_object_get(told, "values"), "report_signer_title", "x"),
			 "");
	json_decref(told);
}
END_TEST

START_TEST(what_check_finds_faulty_is_not_written)
{
	json_t *answer = deskcase_ask(&c, setting("target_lufs", "-80"));

	ck_assert(!json_get_bool(answer, "saved", true));
	ck_assert_uint_ge(json_array_size(json_object_get(answer, "faults")), 1);
	json_decref(answer);
	answer = deskcase_ask(&c, setting("crossfade_ms", "5\nid: other"));
	ck_assert(json_object_get(answer, "error") != NULL);
	json_decref(answer);
	answer = deskcase_ask(&c, setting("bed_db", "-3, x: 1"));
	ck_assert(!json_get_bool(answer, "saved", true));
	json_decref(answer);
	stands("station: Đài thử\nid: thu\ntimezone: Asia/Ho_Chi_Minh\nzones: [{name: mot");
	ck_assert_str_eq(c.desk.world.files->settings_sha256, sha256);
}
END_TEST

START_TEST(the_volume_of_the_night_is_set_and_taken_away)
{
	json_t *rq = setting("night_from", "21:00");

	json_object_set_new(rq, "night_to", json_string("06:00"));
	json_object_set_new(rq, "night_db", json_string("-10"));
	json_t *answer = deskcase_ask(&c, rq);
	ck_assert(json_get_bool(answer, "in_force", false));
	json_decref(answer);
	stands("night: {from: \"21:00\", to: \"06:00\", volume_db: -10}\n");
	ck_assert(c.desk.world.files->settings.night_db == -10);
	answer = deskcase_ask(&c, json_pack("{s:s}", "do", "settings"));
	ck_assert(json_get_number(json_object_get(answer, "values"), "night_db", 0) == -10);
	snprintf(sha256, sizeof(sha256), "%s", json_get_text(answer, "sha256", ""));
	json_decref(answer);
	rq = setting("night_from", "");
	json_object_set_new(rq, "night_to", json_string(""));
	json_object_set_new(rq, "night_db", json_string(""));
	answer = deskcase_ask(&c, rq);
	ck_assert(json_get_bool(answer, "in_force", false));
	json_decref(answer);
	ck_assert(!c.desk.world.files->settings.has_night);
}
END_TEST

static bool tells(const json_t *answer, const char *field, const char *word)
{
	const json_t *fault;
	size_t i;

	json_array_foreach(json_object_get(answer, "faults"), i, fault)
		if (strcmp(json_get_text(fault, "field", ""), field) == 0 &&
		    strstr(json_get_text(fault, "text", ""), word) != NULL)
			return true;
	return false;
}

START_TEST(every_fault_is_told_at_once_and_where)
{
	json_t *rq = setting("target_lufs", "-80");

	json_object_set_new(rq, "peak_dbtp", json_string("5"));
	json_object_set_new(rq, "bed", json_string("audio/khong-co.flac"));
	json_object_set_new(rq, "quiet_from", json_string("21:00"));
	json_object_set_new(rq, "quiet_to", json_string(""));
	json_object_set_new(rq, "persons", json_string("3"));
	json_object_set_new(rq, "stream", json_string("muoi"));
	json_object_set_new(rq, "zones", json_pack("[{s:s, s:s, s:s, s:s}]", "was", "mot", "name",
						   "Một", "device", "none", "channel", "99"));
	json_t *answer = deskcase_ask(&c, rq);
	ck_assert(!json_get_bool(answer, "saved", true));
	ck_assert(tells(answer, "target_lufs", "-80"));
	ck_assert(tells(answer, "peak_dbtp", "5"));
	ck_assert(tells(answer, "bed", "không có tệp"));
	ck_assert(tells(answer, "quiet_to", "điền đủ"));
	ck_assert(tells(answer, "persons", "3"));
	ck_assert(tells(answer, "stream", "muoi"));
	ck_assert(tells(answer, "zones.name", "Một"));
	ck_assert(tells(answer, "zones.channel", "99"));
	json_decref(answer);
	ck_assert_str_eq(c.desk.world.files->settings_sha256, sha256);
}
END_TEST

START_TEST(approval_is_set_and_unset)
{
	json_t *rq = setting("persons", "2");

	json_object_set_new(rq, "document", json_string("true"));
	json_t *answer = deskcase_ask(&c, rq);
	ck_assert(json_get_bool(answer, "in_force", false));
	json_decref(answer);
	stands("approval: {persons: 2, document: true}\n");
	ck_assert_int_eq(c.desk.world.files->settings.approval_persons, 2);
}
END_TEST

static json_t *zone(const char *was, const char *name)
{
	return json_pack("{s:s, s:s, s:s, s:s}", "was", was, "name", name, "device", "none",
			 "channel", "1");
}

static json_t *with_zones(json_t *zones)
{
	return json_pack("{s:s, s:s, s:o}", "do", "settings.set", "sha256", sha256, "zones", zones);
}

START_TEST(a_microphone_of_a_zone_is_told_and_set)
{
	json_t *mot = zone("mot", "mot"), *hai = zone("hai", "hai");

	json_object_set_new(mot, "microphone", json_string("USB Mic"));
	json_t *answer = deskcase_ask(&c, with_zones(json_pack("[o, o]", mot, hai)));
	ck_assert(json_get_bool(answer, "saved", false));
	json_decref(answer);
	answer = deskcase_ask(&c, json_pack("{s:s}", "do", "settings"));
	const json_t *zones = json_object_get(answer, "zones");
	ck_assert_str_eq(json_get_text(json_array_get(zones, 0), "microphone", "x"), "USB Mic");
	ck_assert_str_eq(json_get_text(json_array_get(zones, 1), "microphone", "x"), "");
	json_decref(answer);
}
END_TEST

START_TEST(a_zone_that_a_slot_names_does_not_go)
{
	deskcase_write(&c, "schedules/hai.yaml",
		       "timetable: Hai\nslots:\n  - {name: Riêng, start: \"06:00\", length: 10m, "
		       "zones: [hai], play: {bulletins: {}}}\n");
	json_t *answer = deskcase_ask(&c, with_zones(json_pack("[o]", zone("mot", "mot"))));
	ck_assert(!json_get_bool(answer, "saved", true));
	ck_assert(tells(answer, "zones", "hai"));
	json_decref(answer);
	answer = deskcase_ask(&c, with_zones(json_pack("[o, o, o]", zone("mot", "cho"),
						       zone("hai", "hai"), zone("", "ba"))));
	ck_assert(json_get_bool(answer, "saved", false));
	json_decref(answer);
	answer = deskcase_ask(&c, json_pack("{s:s}", "do", "settings"));
	ck_assert_uint_eq(json_array_size(json_object_get(answer, "zones")), 3);
	ck_assert_str_ne(json_get_text(answer, "sha256", ""), sha256);
	json_decref(answer);
	stands("name: cho");
	stands("name: ba, device: none, channel: 1");
}
END_TEST

START_TEST(who_saves_must_have_seen_what_stands)
{
	sha256[0] = sha256[0] == 'a' ? 'b' : 'a';
	json_t *answer = deskcase_ask(&c, setting("station", "Đài khác"));
	ck_assert(json_object_get(answer, "error") != NULL);
	json_decref(answer);
	stands("station: Đài thử\n");
}
END_TEST

Suite *suite_commands_settings(void);
Suite *suite_commands_settings(void)
{
	Suite *s = suite_create("commands_settings");
	TCase *t = tcase_create("settings");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_holds_is_told);
	tcase_add_test(t, a_change_is_written_logged_and_in_force);
	tcase_add_test(t, what_the_sound_takes_up_at_the_next_start_is_not_called_in_force);
	tcase_add_test(t, who_may_speak_live_and_how_long_is_set);
	tcase_add_test(t, who_issues_documents_is_set_and_taken_away);
	tcase_add_test(t, what_check_finds_faulty_is_not_written);
	tcase_add_test(t, the_volume_of_the_night_is_set_and_taken_away);
	tcase_add_test(t, every_fault_is_told_at_once_and_where);
	tcase_add_test(t, approval_is_set_and_unset);
	tcase_add_test(t, a_microphone_of_a_zone_is_told_and_set);
	tcase_add_test(t, a_zone_that_a_slot_names_does_not_go);
	tcase_add_test(t, who_saves_must_have_seen_what_stands);
	suite_add_tcase(s, t);
	return s;
}
