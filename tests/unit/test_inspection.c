/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/inspection.h"

#include "base/json.h"
#include "base/saying.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "station/commands.h"
#include "support/deskcase.h"
#include "support/log_sample.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define INSPECTOR "user:4"

static struct deskcase c;
static char seen[400]; /* "day 2026-11-23 user:4; …", the newest first */

static void setup(void)
{
	deskcase_open(&c);
	deskcase_people(&c);
	c.as = INSPECTOR;
}

static void teardown(void)
{
	deskcase_close(&c);
}

static bool add_seen(const struct event_row *r, void *arg)
{
	struct err e;
	json_t *o = json_read(r->text, strlen(r->text), &e);
	size_t len = strlen(seen);

	(void)arg;
	snprintf(seen + len, sizeof(seen) - len, "%s %s %s; ", json_get_text(o, "what", "?"),
		 json_get_text(o, "thing", "?"), json_get_text(o, "who", "?"));
	json_decref(o);
	return true;
}

static void ck_seen(const char *wanted)
{
	struct err e = {0};

	seen[0] = '\0';
	ck_assert(reader_kind(ledger_view(c.desk.ledger), KIND_VIEWED, 100, add_seen, NULL, &e));
	ck_assert_str_eq(seen, wanted);
}

static void look(const char *command, const char *field, const char *value)
{
	json_decref(deskcase_told(&c, json_pack("{s:s, s:s*}", "do", command, field, value)));
}

static void aired(char id[static ID_BYTES])
{
	struct airing_facts f = log_sample_airing("", LOG_SAMPLE_START);
	struct err e;
	int64_t n;

	ck_assert(ledger_append(c.desk.ledger, entry_airing_intended(&f, &c.desk.tz), &n, &e));
	entry_id('A', n, id);
	f.airing = id;
	ck_assert(ledger_append(c.desk.ledger, entry_airing_ended(&f, &c.desk.tz), &n, &e));
}

START_TEST(what_an_inspector_opens_stands_in_the_log)
{
	char id[ID_BYTES], wanted[200];

	aired(id);
	look("day", "date", NULL);
	look("log", "from", "2026-11-16");
	look("log.csv", "from", "2026-11-16");
	look("airing", "airing", id);
	look("airing.proof", "airing", id);
	look("log.head", "log", "log-2");
	snprintf(wanted, sizeof(wanted),
		 "head log-2 user:4; proof %s user:4; airing %s user:4; sheet 2026-11-16 user:4; "
		 "period 2026-11-16 user:4; day 2026-11-23 user:4; ", id, id);
	ck_seen(wanted);
}
END_TEST

START_TEST(so_does_what_is_known_of_a_bulletin)
{
	char id[ID_BYTES], wanted[300];

	c.as = "user:1";
	snprintf(id, sizeof(id), "%s", deskcase_add(&c, "Tin"));
	c.as = INSPECTOR;
	look("bulletin", "bulletin", id);
	look("bulletin.audio", "bulletin", id);
	look("bulletin.past", "bulletin", id);
	snprintf(wanted, sizeof(wanted), "past %s user:4; master %s user:4; bulletin %s user:4; ",
		 id, id, id);
	ck_seen(wanted);
}
END_TEST

START_TEST(the_plan_and_its_reasons_as_well)
{
	look("plan", "from", NULL);
	look("holds", "x", NULL);
	look("why", "what", "Sáng");
	look("timetable.history", "name", "thu");
	json_decref(deskcase_told(&c, json_pack("{s:s, s:s, s:s}", "do", "why", "what", "Sáng",
						"date", "2026-11-22")));
	ck_seen("why Sáng/2026-11-22 user:4; history thu user:4; why Sáng user:4; "
		"holds 2026-11-23 user:4; plan 2026-11-23 user:4; ");
}
END_TEST

/* One without recordings hides none with them. */
START_TEST(a_pack_with_recordings_is_another_look)
{
	struct request rq = {.desk = &c.desk, .who = INSPECTOR,
			     .user = {.id = 4, .role = ROLE_INSPECTOR}};

	rq.args = json_pack("{s:s, s:s, s:s}", "from", "2026-11-16", "to", "2026-11-22",
			    "recordings", "no");
	inspection_note(&rq, "pack");
	json_object_del(rq.args, "recordings");
	inspection_note(&rq, "pack");
	json_decref(rq.args);
	rq.args = json_pack("{s:s, s:s}", "table", "B", "days", "2026-10-15..2026-11-14");
	inspection_note(&rq, "report");
	json_decref(rq.args);
	ck_seen("report B/2026-10-15..2026-11-14 user:4; pack-sound 2026-11-16/2026-11-22 user:4; "
		"pack-silent 2026-11-16/2026-11-22 user:4; ");
}
END_TEST

START_TEST(the_same_look_is_one_entry_an_hour)
{
	for (int i = 0; i < 5; i++)
		look("day", "date", "2026-11-22");
	look("day", "date", "2026-11-21");
	look("day", "date", "2026-11-22");
	ck_seen("day 2026-11-21 user:4; day 2026-11-22 user:4; ");
	clock_sim_advance(&c.clock, 3599 * NS_PER_S);
	look("day", "date", "2026-11-22");
	ck_seen("day 2026-11-21 user:4; day 2026-11-22 user:4; ");
	clock_sim_advance(&c.clock, 2 * NS_PER_S);
	look("day", "date", "2026-11-22");
	ck_seen("day 2026-11-22 user:4; day 2026-11-21 user:4; day 2026-11-22 user:4; ");
}
END_TEST

START_TEST(a_clock_set_back_hides_no_look)
{
	look("day", "date", "2026-11-22");
	clock_sim_set_wall(&c.clock, wall_add_ns(clock_wall(&c.clock.clock), -7200 * NS_PER_S));
	look("day", "date", "2026-11-22");
	look("day", "date", "2026-11-22");
	ck_seen("day 2026-11-22 user:4; day 2026-11-22 user:4; ");
}
END_TEST

START_TEST(nobody_else_leaves_a_trace)
{
	for (int i = 1; i <= 6; i++) {
		char as[24];
		snprintf(as, sizeof(as), "user:%d", i);
		c.as = strcmp(as, INSPECTOR) != 0 ? as : NULL;
		look("day", "date", NULL);
		look("log", "from", NULL);
	}
	ck_seen("");
}
END_TEST

START_TEST(what_was_refused_or_shows_no_evidence_leaves_none)
{
	json_decref(deskcase_ask(&c, json_pack("{s:s, s:s}", "do", "airing", "airing", "A999")));
	json_decref(deskcase_ask(&c, json_pack("{s:s, s:s}", "do", "day", "date", "hôm qua")));
	json_decref(deskcase_ask(&c, json_pack("{s:s, s:s}", "do", "log.head", "log", "key")));
	look("words", "x", NULL);
	look("settings", "x", NULL);
	ck_seen("");
}
END_TEST

static bool in_words(const struct event_row *r, void *arg)
{
	struct err e;
	json_t *o = json_read(r->text, strlen(r->text), &e);
	char code[32], words[200];

	(void)arg;
	json_object_set_new(o, "code", json_string(r->kind));
	snprintf(code, sizeof(code), "viewed.%s", json_get_text(o, "what", ""));
	json_object_set_new(o, "what", json_pack("{s:s}", "code", code));
	saying_words(o, false, words, sizeof(words));
	ck_assert_str_eq(words, "thanh tra xem ngày 22/11/2026");
	saying_words(o, true, words, sizeof(words));
	ck_assert_str_eq(words, "an inspector opened the day 22/11/2026");
	json_decref(o);
	return true;
}

START_TEST(a_look_is_told_in_words)
{
	struct err e = {0};

	look("day", "date", "2026-11-22");
	ck_assert(reader_kind(ledger_view(c.desk.ledger), KIND_VIEWED, 1, in_words, NULL, &e));
}
END_TEST

Suite *suite_inspection(void);
Suite *suite_inspection(void)
{
	Suite *s = suite_create("inspection");
	TCase *t = tcase_create("inspection");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_an_inspector_opens_stands_in_the_log);
	tcase_add_test(t, so_does_what_is_known_of_a_bulletin);
	tcase_add_test(t, the_plan_and_its_reasons_as_well);
	tcase_add_test(t, a_pack_with_recordings_is_another_look);
	tcase_add_test(t, the_same_look_is_one_entry_an_hour);
	tcase_add_test(t, a_clock_set_back_hides_no_look);
	tcase_add_test(t, nobody_else_leaves_a_trace);
	tcase_add_test(t, what_was_refused_or_shows_no_evidence_leaves_none);
	tcase_add_test(t, a_look_is_told_in_words);
	suite_add_tcase(s, t);
	return s;
}
