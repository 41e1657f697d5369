/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/evening.h"

#include "base/json.h"
#include "station/explain.h"
#include "station/versions.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define SETTINGS                                                                                   \
	"station: Thử\nid: thu\ntimezone: Asia/Ho_Chi_Minh\n"                                    \
	"zones: [{name: trung-tam, device: none}]\ncrossfade_ms: 0\n"

struct evening evening;
static struct err e;

const char evening_slot[] = "timetable: Thử\nslots:\n"
	"  - {name: chiều, start: '17:00', length: 200s, overrun: cut, ident: false,\n"
	"     play: {bulletins: {language: [vi]}}}\n";

int64_t evening_add_at(int64_t s, json_t *entry)
{
	int64_t now_s = clock_wall(&evening.log.clock.clock).ns / NS_PER_S;

	ck_assert_int_ge(s, now_s);
	clock_sim_advance(&evening.log.clock, (s - now_s) * NS_PER_S);
	return log_sample_add(&evening.log, entry);
}

int64_t evening_add(json_t *entry)
{
	return log_sample_add(&evening.log, entry);
}

static void keep(const char *text, char sha256[static SHA256_HEX_BYTES])
{
	versions_hash(text, strlen(text), sha256);
	ck_assert(versions_put(disk_sim_disk(evening.log.disk), sha256, text, strlen(text), &e));
}

void evening_start(const char *timetable, int64_t rules)
{
	char settings_hash[SHA256_HEX_BYTES], hash[SHA256_HEX_BYTES];

	keep(SETTINGS, settings_hash);
	keep(timetable, hash);
	const struct entry_file files[] = {{"station.yaml", settings_hash},
					   {"schedules/thu.yaml", hash}};
	json_t *o = entry_station_started("1", "thu", "boot");
	json_object_set_new(o, "rules", json_integer(rules));
	evening_add(o);
	evening_add(entry_timetable_changed(files, 2, true, ""));
	evening_add(entry_station_recovered(false, LOG_SAMPLE_START, 0, 0, &evening.log.tz));
}

struct bulletin evening_words(const char *language)
{
	struct bulletin b = log_sample_bulletin("Tin");

	snprintf(b.language, sizeof(b.language), "%s", language);
	b.slot_count = 0;
	b.has_from = b.has_to = false;
	return b;
}

void evening_library(int i, const struct bulletin *b)
{
	int64_t n = evening_add(entry_bulletin_received(b, b->sha256, json_array(), "user:3"));

	entry_id('B', n, evening.id[i]);
	evening_add(entry_bulletin_approved(evening.id[i], b->sha256, "", NULL, "user:7"));
}

void evening_open(void)
{
	log_sample_open(&evening.log, ":memory:");
	verdict_init(&evening.verdict);
	for (int i = 0; i < 4; i++) {
		struct bulletin b = evening_words(i < 3 ? "vi" : "stieng");
		b.sha256[0] = "abcd"[i];
		evening_library(i, &b);
	}
}

void evening_close(void)
{
	verdict_finish(&evening.verdict);
	log_sample_close(&evening.log);
}

struct airing_facts evening_facts(int i, int64_t evening_s)
{
	struct wall start = {evening_s * NS_PER_S};
	struct airing_facts f = log_sample_airing(evening.id[i], start);

	f.slot = "chiều";
	return f;
}

int64_t evening_air(int i, int64_t evening_s)
{
	struct airing_facts f = evening_facts(i, evening_s);

	return evening_add(entry_airing_intended(&f, &evening.log.tz));
}

int64_t evening_miss(int i, int64_t evening_s)
{
	struct airing_facts f = evening_facts(i, evening_s);

	f.reason = "slot-full";
	return evening_add(entry_airing_missed(&f, &evening.log.tz));
}

void evening_of(int day, int but)
{
	int64_t s = EVENING_S + day * DAY_S;

	evening_add_at(s - 3, entry_device_back("default", 1));
	for (int i = 0; i < 2; i++)
		if (i != but)
			evening_air(i, s);
	evening_miss(2, s);
}

void evenings(int first, int end)
{
	for (int day = first; day < end; day++)
		evening_of(day, -1);
}

const char *evening_code(int64_t *n)
{
	struct verify_setup how = {.threads = 1};
	struct verify all;
	struct verdict signing; /* nobody signed this log */

	verdict_finish(&evening.verdict);
	verdict_init(&evening.verdict);
	verdict_init(&signing);
	ck_assert_msg(verify_open(&all, disk_sim_disk(evening.log.disk), &how, &signing, &e), "%s",
		      e.text);
	verdict_finish(&signing);
	explain_airings(&all, &evening.verdict);
	verify_close(&all);
	const struct finding *f = verdict_first(&evening.verdict);
	*n = f != NULL ? f->n : -1;
	return f != NULL ? f->code : "";
}
