/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/entry.h"

#include "base/json.h"
#include "support/log_sample.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct tz tz;

static void setup(void)
{
	tz_fixed(&tz, "Asia/Ho_Chi_Minh", 7 * 3600);
}

static void dumps(json_t *entry, const char *want)
{
	char *text = json_dumps(entry, JSON_LINE);

	ck_assert_str_eq(text, want);
	free(text);
	json_decref(entry);
}

START_TEST(ids_are_a_letter_and_an_index)
{
	char id[ID_BYTES];

	entry_id('B', 17, id);
	ck_assert_str_eq(id, "B17");
	ck_assert_int_eq(entry_id_index("B17", 'B'), 17);
	ck_assert_int_eq(entry_id_index("A0", 'A'), 0);
	static const char *const wrong[] = {"", "B", "A17", "B-1", "B017", "B 1", "B1x", "b1",
					    "B99999999999999999999", "B1'; --"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(entry_id_index(wrong[i], 'B') == -1, "%s", wrong[i]);
	ck_assert_int_eq(entry_id_index(NULL, 'B'), -1);
}
END_TEST

START_TEST(airing_carries_every_field)
{
	struct airing_facts f = log_sample_airing("B17", LOG_SAMPLE_START);

	f.airing = "A42";
	dumps(entry_airing_ended(&f, &tz),
	      "{\"airing\":\"A42\",\"bulletin\":\"B17\",\"complete\":1.0,\"demo\":false,"
	      "\"detail\":null,\"device\":\"default\",\"end\":\"2026-11-23T05:31:30.000+07:00\","
	      "\"file\":null,\"frames\":4320000,\"fund\":null,\"item\":1,"
	      "\"kind\":\"airing.ended\",\"language\":\"vi\",\"level\":\"uu-tien\","
	      "\"loudness_lufs\":-16.1,\"occurrence\":\"2026-11-23T05:30:00.000+07:00\","
	      "\"peak_dbtp\":null,\"planned\":\"2026-11-23T05:30:00.000+07:00\","
	      "\"planned_length_s\":90.0,\"programmes\":[\"1719.10.1.2\"],\"proof\":\"A\","
	      "\"reason\":null,\"recording\":null,\"recording_s\":null,"
	      "\"result\":\"full\",\"sha256\":"
	      "\"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae\","
	      "\"slot\":\"Bản tin sáng\",\"start\":\"2026-11-23T05:30:00.002+07:00\","
	      "\"start_error_ms\":2.013,\"who\":null,\"xruns\":0,"
	      "\"zones\":[\"trung-tam\",\"thon-2\"]}");
	f.recording = "aircheck/x.mp3";
	f.recording_frames = 48001;
	json_t *ended = entry_airing_ended(&f, &tz);
	ck_assert_double_eq_tol(json_get_number(ended, "recording_s", 0), 1.000021, 1e-9);
	json_decref(ended);
	json_t *intended = entry_airing_intended(&f, &tz);
	ck_assert_ptr_null(json_object_get(intended, "result")); /* nothing is known yet */
	ck_assert_str_eq(json_get_text(intended, "slot", ""), "Bản tin sáng");
	json_decref(intended);
	f.reason = "power-off";
	json_t *missed = entry_airing_missed(&f, &tz);
	ck_assert_str_eq(json_get_text(missed, "reason", ""), "power-off");
	ck_assert_ptr_null(json_object_get(missed, "frames"));
	json_decref(missed);
}
END_TEST

START_TEST(short_kinds_read_as_they_should)
{
	static const struct entry_file files[] = {{"schedules/a.yaml", "00ff"}};

	dumps(entry_station_started("0.1", "bp-bugiamap", "0-1"),
	      "{\"boot\":\"0-1\",\"kind\":\"station.started\",\"rules\":3,"
	      "\"station\":\"bp-bugiamap\",\"version\":\"0.1\"}");
	dumps(entry_station_stopped("signal", NULL),
	      "{\"kind\":\"station.stopped\",\"reason\":\"signal\",\"who\":null}");
	dumps(entry_station_recovered(true, LOG_SAMPLE_START, 2, 0, &tz),
	      "{\"interrupted\":2,\"kind\":\"station.recovered\",\"last\":"
	      "\"2026-11-23T05:30:00.000+07:00\",\"lost_entries\":0}");
	dumps(entry_device_lost("default", "gone"),
	      "{\"detail\":\"gone\",\"device\":\"default\",\"kind\":\"device.lost\"}");
	dumps(entry_device_lost("default", "{\"code\":\"device-stalled\"}"),
	      "{\"detail\":{\"code\":\"device-stalled\"},\"device\":\"default\","
	      "\"kind\":\"device.lost\"}");
	dumps(entry_note_said(json_pack("{s:s}", "code", "clock-trusted"), "uid:7"),
	      "{\"kind\":\"note.added\",\"said\":{\"code\":\"clock-trusted\"},"
	      "\"who\":\"uid:7\"}");
	dumps(entry_device_back("default", 3.5),
	      "{\"device\":\"default\",\"down_s\":3.5,\"kind\":\"device.back\"}");
	dumps(entry_disk_low(1000, true),
	      "{\"free_bytes\":1000,\"kind\":\"disk.low\",\"reserve_gone\":true}");
	dumps(entry_disk_stalled((struct wall){1000 * NS_PER_S}, 3456 * NS_PER_MS, &tz),
	      "{\"from\":\"1970-01-01T07:16:40.000+07:00\",\"kind\":\"disk.stalled\","
	      "\"stalled_s\":3.456}");
	dumps(entry_bulletin_refused("B1", "sai tên xã", "user:1"),
	      "{\"bulletin\":\"B1\",\"kind\":\"bulletin.refused\",\"reason\":\"sai tên xã\","
	      "\"who\":\"user:1\"}");
	dumps(entry_timetable_changed(files, 1, true, "station"),
	      "{\"files\":[{\"file\":\"schedules/a.yaml\",\"sha256\":\"00ff\"}],"
	      "\"kept\":true,\"kind\":\"timetable.changed\",\"who\":\"station\"}");
	dumps(entry_recording_closed("aircheck/x.mp3", "00ff", "chinh", LOG_SAMPLE_START,
				     LOG_SAMPLE_START, 12, &tz),
	      "{\"bytes\":12,\"file\":\"aircheck/x.mp3\",\"from\":"
	      "\"2026-11-23T05:30:00.000+07:00\",\"kind\":\"recording.closed\","
	      "\"sha256\":\"00ff\",\"to\":\"2026-11-23T05:30:00.000+07:00\","
	      "\"zone\":\"chinh\"}");
}
END_TEST

START_TEST(longest_airing_fits)
{
	struct airing_facts f = log_sample_airing("B17", LOG_SAMPLE_START);
	char name[NAME_BYTES];

	memset(name, '"', sizeof(name)); /* doubled by JSON */
	name[NAME_BYTES - 1] = '\0';
	f.airing = "A9999999999";
	f.slot = f.device = f.file = f.recording = name;
	f.detail = json_pack("{s:s, s:s}", "code", "last-alive", "at",
			     "2026-11-23T05:30:00.000+07:00");
	for (f.zone_count = 0; f.zone_count < ZONES_MAX; f.zone_count++)
		f.zones[f.zone_count] = name;
	for (f.programme_count = 0; f.programme_count < BULLETIN_PROGRAMMES_MAX;)
		f.programmes[f.programme_count++] = "1719.10.1.2.3.4.5.6.7.8.9.10.11";
	json_t *o = entry_airing_ended(&f, &tz);
	char *line = json_dumps(o, JSON_LINE);
	ck_assert_uint_lt(strlen(line), ENTRY_BYTES_MAX - 200);
	free(line);
	json_decref(o);
}
END_TEST

Suite *suite_entry(void);
Suite *suite_entry(void)
{
	Suite *s = suite_create("entry");
	TCase *t = tcase_create("entry");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, ids_are_a_letter_and_an_index);
	tcase_add_test(t, airing_carries_every_field);
	tcase_add_test(t, short_kinds_read_as_they_should);
	tcase_add_test(t, longest_airing_fits);
	suite_add_tcase(s, t);
	return s;
}
