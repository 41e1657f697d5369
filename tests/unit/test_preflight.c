/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/preflight.h"

#include "base/json.h"
#include "plan/special.h"
#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct plan_case *c;
static struct preflight p;
static const struct date day = {2026, 11, 24}; /* a Tuesday */

static void setup(void)
{
	c = case_create("");
}

static void finish(void)
{
	preflight_finish(&p);
	case_destroy(c);
}

static void look(const char *slots)
{
	struct err e = {0};

	case_slots(c, slots);
	preflight_finish(&p);
	ck_assert(preflight_make(&p, &c->in, day, &e));
}

/* The finding of this code, NULL if there is none. */
static const json_t *found(const char *code)
{
	const json_t *one;
	size_t i;

	json_array_foreach(p.findings, i, one)
		if (strcmp(json_get_text(one, "code", ""), code) == 0)
			return one;
	return NULL;
}

#define SLOT(name, start, more)                                                                    \
	"  - {name: " name ", start: \"" start "\", length: 10m, play: {bulletins: {}}" more "}\n"

START_TEST(a_good_day_has_nothing_to_tell)
{
	case_bulletin(c, "B1", 60);
	look(SLOT("Sáng", "06:00", "") SLOT("Chiều", "17:00", ""));
	ck_assert_uint_eq(json_array_size(p.findings), 0);
	ck_assert_int_eq(p.start_count, 2);
	ck_assert_str_eq(json_string_value(json_array_get(p.starts, 0)), "06:00 Sáng");
}
END_TEST

/* Once, at its first place; and what comes in for it is no trouble. */
START_TEST(what_is_put_aside_is_told_with_its_place)
{
	case_bulletin(c, "B1", 400)->aside_n = 7;
	case_bulletin(c, "B2", 400);
	look(SLOT("Sáng", "06:00", "") SLOT("Chiều", "17:00", ""));
	const json_t *one = found("preflight.aside");
	ck_assert_ptr_nonnull(one);
	ck_assert_str_eq(json_get_text(one, "bulletin", ""), "B1");
	ck_assert_str_eq(json_get_text(one, "at", ""), "06:00");
	ck_assert_str_eq(json_get_text(one, "slot", ""), "Sáng");
	ck_assert_uint_eq(json_array_size(p.findings), 1);
	ck_assert_int_eq(p.start_count, 2);
}
END_TEST

START_TEST(a_day_that_is_silent_by_decision_says_by_which)
{
	static const char tang[] = "timetable: Quốc tang\nreplaces: true\nbasis: 12/TB\n"
				   "valid: {from: 2026-11-24, to: 2026-11-25}\nslots: []\n";
	struct err e = {0};

	ck_assert(case_slots(c, SLOT("Sáng", "06:00", "")));
	ck_assert(schedule_parse(&c->schedule, &c->settings, "schedules/tang.yaml", tang,
				 strlen(tang), &c->faults));
	special_settle(&c->schedule);
	ck_assert(preflight_make(&p, &c->in, day, &e));
	const json_t *one = found("preflight.special");
	ck_assert_ptr_nonnull(one);
	ck_assert_str_eq(json_get_text(one, "name", ""), "Quốc tang");
	ck_assert_str_eq(json_get_text(one, "basis", ""), "12/TB");
	ck_assert_str_eq(json_get_text(one, "grade", ""), "info");
	ck_assert_uint_eq(json_array_size(p.findings), 1);
}
END_TEST

START_TEST(silence_is_an_error)
{
	look(SLOT("Sáng", "06:00", ""));
	const json_t *one = found("preflight.silent");
	ck_assert_ptr_nonnull(one);
	ck_assert_str_eq(json_get_text(one, "at", ""), "06:00");
	ck_assert_str_eq(json_get_text(one, "grade", ""), "error");
	ck_assert_int_eq(p.start_count, 0);
	look(SLOT("Thử", "07:00", ", demo: true")
		     SLOT("Nghỉ", "08:00", ", except: {on: 2026-11-24, by: x}"));
	ck_assert_uint_eq(json_array_size(p.findings), 1);
}
END_TEST

/* The relay that woke Trung Lộc at 03:15: confirmed or not, the evening before says so. */
START_TEST(quiet_hours_are_told_confirmed_or_not)
{
	case_bulletin(c, "B1", 60);
	look(SLOT("Tiếp âm", "03:15", ", confirm: {by: Lan, reason: lũ}"));
	const json_t *one = found("preflight.quiet");
	ck_assert_ptr_nonnull(one);
	ck_assert_str_eq(json_get_text(one, "at", ""), "03:15");
	ck_assert_str_eq(json_string_value(json_array_get(p.starts, 0)), "03:15 Tiếp âm");
	/* A name stands in the file, none in what goes into the log. */
	char *line = json_dumps(p.findings, JSON_COMPACT);
	ck_assert_ptr_null(strstr(line, "Lan"));
	free(line);
	ck_assert(!case_slots(c, SLOT("Sai", "03:15", "")));
	ck_assert_ptr_nonnull(case_fault(&c->faults, 0, "giờ yên tĩnh"));
}
END_TEST

START_TEST(a_slot_that_comes_again_is_told_once)
{
	look(SLOT("Lặp", "06:00", ", repeat: {every: 30m, until: \"12:00\"}"));
	ck_assert_uint_eq(json_array_size(p.findings), 1);
}
END_TEST

START_TEST(conflicts_and_what_does_not_fit)
{
	case_bulletin(c, "B1", 400);
	case_bulletin(c, "B2", 400);
	look(SLOT("A", "06:00", "") SLOT("B", "06:05", "") SLOT("C", "06:05", ""));
	ck_assert_str_eq(json_get_text(found("preflight.shortened"), "other", ""), "B");
	ck_assert_str_eq(json_get_text(found("preflight.taken"), "slot", ""), "C");
	ck_assert_ptr_nonnull(found("preflight.over-long"));
}
END_TEST

/* What the plan lets run over its end is heard whole: nothing is lost, and nothing told. */
START_TEST(what_may_run_over_is_not_told_as_cut)
{
	case_bulletin(c, "B1", 800);
	look(SLOT("A", "06:00", ", overrun: finish"));
	ck_assert_uint_eq(json_array_size(p.findings), 0);
	case_bulletin(c, "B2", 700);
	look("");
	ck_assert_int_eq(json_get_integer(found("preflight.over-long"), "count", 0), 1);
	c->schedule.slots[0].overrun = OVERRUN_FADE;
	look("");
	ck_assert_int_eq(json_get_integer(found("preflight.over-long"), "count", 0), 2);
}
END_TEST

START_TEST(bulletins_that_wait_and_that_have_expired)
{
	struct bulletin *b = case_bulletin(c, "B1", 60);

	b->state = BULLETIN_RECEIVED;
	b = case_bulletin(c, "B2", 60);
	b->has_to = true;
	b->to = (struct date){2026, 11, 23};
	b = case_bulletin(c, "B3", 60);
	b->state = BULLETIN_RECEIVED; /* nobody would hear it tomorrow */
	b->has_from = true;
	b->from = (struct date){2026, 12, 1};
	b = case_bulletin(c, "B4", 60);
	b->state = BULLETIN_REFUSED;
	look(SLOT("Sáng", "06:00", "") SLOT("Chiều", "17:00", ""));
	const json_t *one = found("preflight.unapproved");
	ck_assert_str_eq(json_get_text(one, "bulletin", ""), "B1");
	ck_assert_str_eq(json_get_text(one, "at", ""), "06:00");
	ck_assert_str_eq(json_get_text(found("preflight.expired"), "bulletin", ""), "B2");
	/* Two slots are silent until B1 is approved. */
	ck_assert_uint_eq(json_array_size(p.findings), 4);
}
END_TEST

START_TEST(there_is_an_end_to_it)
{
	char slots[16384];
	size_t len = 0;

	for (int i = 0; i < PREFLIGHT_FINDINGS_MAX + 20; i++)
		len += (size_t)snprintf(slots + len, sizeof(slots) - len,
					SLOT("S%d", "%02d:%02d", ""), i, 6 + i / 6, i % 6 * 10);
	look(slots);
	ck_assert_uint_eq(json_array_size(p.findings), PREFLIGHT_FINDINGS_MAX);
}
END_TEST

START_TEST(every_finding_has_its_words)
{
	char words[400];

	case_bulletin(c, "B1", 60)->state = BULLETIN_RECEIVED;
	look(SLOT("Sáng", "06:00", ""));
	for (size_t i = 0; i < json_array_size(p.findings); i++) {
		saying_words(json_array_get(p.findings, i), false, words, sizeof(words));
		ck_assert_msg(strchr(words, '{') == NULL && strstr(words, "Sáng") != NULL, "%s",
			      words);
	}
}
END_TEST

START_TEST(priority_bulletins_without_an_order_are_told)
{
	struct bulletin *one = case_bulletin(c, "B1", 60), *two = case_bulletin(c, "B2", 60);

	one->level = two->level = LEVEL_PRIORITY;
	look(SLOT("Sáng", "06:00", "") SLOT("Chiều", "17:00", ""));
	ck_assert_uint_eq(json_array_size(p.findings), 1);
	ck_assert_ptr_nonnull(found("order.waits"));
	one->order_n = two->order_n = 9;
	two->order_place = 1;
	look("");
	ck_assert_uint_eq(json_array_size(p.findings), 0);
}
END_TEST

Suite *suite_preflight(void)
{
	Suite *s = suite_create("preflight");
	TCase *t = tcase_create("preflight");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_add_test(t, a_good_day_has_nothing_to_tell);
	tcase_add_test(t, what_is_put_aside_is_told_with_its_place);
	tcase_add_test(t, a_day_that_is_silent_by_decision_says_by_which);
	tcase_add_test(t, silence_is_an_error);
	tcase_add_test(t, quiet_hours_are_told_confirmed_or_not);
	tcase_add_test(t, a_slot_that_comes_again_is_told_once);
	tcase_add_test(t, conflicts_and_what_does_not_fit);
	tcase_add_test(t, what_may_run_over_is_not_told_as_cut);
	tcase_add_test(t, bulletins_that_wait_and_that_have_expired);
	tcase_add_test(t, there_is_an_end_to_it);
	tcase_add_test(t, every_finding_has_its_words);
	tcase_add_test(t, priority_bulletins_without_an_order_are_told);
	suite_add_tcase(s, t);
	return s;
}
