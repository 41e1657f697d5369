/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/chosen.h"

#include "proof/entry.h"
#include "station/versions.h"
#include "support/log_sample.h"
#include "sys/tz.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static const char settings[] = "station: Thử\nid: thu\ntimezone: Asia/Ho_Chi_Minh\n"
			       "zones: [{name: trung-tam, device: none}]\n";
static const char table[] = "timetable: Thử\nslots:\n"
			    "  - {name: sáng, start: '05:30', length: 20m,\n"
			    "     play: {bulletins: {language: [vi]}}}\n";

static struct disk_sim *sim;
static struct inforce *f;
static struct verdict v;
static struct bulletin b;

static void setup(void)
{
	char hashes[2][SHA256_HEX_BYTES];
	const char *texts[] = {settings, table};
	struct entry_file files[] = {{"station.yaml", hashes[0]},
				     {"schedules/a.yaml", hashes[1]}};
	struct err e;

	sim = disk_sim_create();
	verdict_init(&v);
	for (int i = 0; i < 2; i++) {
		versions_hash(texts[i], strlen(texts[i]), hashes[i]);
		ck_assert(versions_put(disk_sim_disk(sim), hashes[i], texts[i], strlen(texts[i]),
				       &e));
	}
	json_t *o = entry_timetable_changed(files, 2, true, "");
	f = inforce_open(disk_sim_disk(sim), tz_load, 3, o, NULL, &v);
	json_decref(o);
	b = log_sample_bulletin("Tin");
	b.slot_count = 0;
	b.has_from = b.has_to = false;
	snprintf(b.id, sizeof(b.id), "B7");
	snprintf(b.language, sizeof(b.language), "vi");
}

static void teardown(void)
{
	inforce_close(f);
	verdict_finish(&v);
	disk_sim_destroy(sim);
}

static const char *code_of(const char *slot, const struct bulletin *what)
{
	struct chosen c = {.slot = slot, .start = LOG_SAMPLE_START, .bulletin = what};

	verdict_finish(&v);
	verdict_init(&v);
	chosen_by(&c, f);
	chosen_differs(&c, 9, &v);
	ck_assert(v.differ == 0 || verdict_first(&v)->n == 9);
	return v.differ > 0 ? verdict_first(&v)->code : c.planned ? "" : "nowhere";
}

START_TEST(a_bulletin_that_the_slot_takes_is_explained)
{
	ck_assert_str_eq(code_of("sáng", &b), "");
	ck_assert_str_eq(code_of("sáng", NULL), "");
	ck_assert_str_eq(code_of("trưa", &b), "nowhere");
}
END_TEST

START_TEST(another_language_is_named)
{
	snprintf(b.language, sizeof(b.language), "stieng");
	ck_assert_str_eq(code_of("sáng", &b), "not-chosen");
	ck_assert_ptr_nonnull(strstr(verdict_first(&v)->text, "B7"));
}
END_TEST

START_TEST(a_wish_for_another_slot_is_named)
{
	b.slot_count = 1;
	snprintf(b.slots[0], sizeof(b.slots[0]), "chiều");
	ck_assert_str_eq(code_of("sáng", &b), "not-chosen");
}
END_TEST

START_TEST(a_day_outside_its_days_is_named)
{
	b.has_to = b.has_from = true;
	b.from = b.to = (struct date){2026, 11, 23};
	ck_assert_str_eq(code_of("sáng", &b), "");
	b.from = b.to = (struct date){2026, 11, 22};
	ck_assert_str_eq(code_of("sáng", &b), "out-of-days");
	b.from = b.to = (struct date){2026, 11, 24};
	ck_assert_str_eq(code_of("sáng", &b), "out-of-days");
}
END_TEST

/* Ordered in the last moment of its last day, it is heard on the next. */
START_TEST(by_hand_its_days_count_and_midnight_is_soft)
{
	struct wall midnight = wall_add_ns(LOG_SAMPLE_START, -(5 * 3600 + 1800) * NS_PER_S);

	b.has_to = true;
	b.to = (struct date){2026, 11, 22};
	chosen_by_hand(&b, 4, wall_add_ns(midnight, NS_PER_S), &f->settings, &v);
	ck_assert_int_eq(v.differ, 0);
	chosen_by_hand(&b, 4, wall_add_ns(midnight, 120 * NS_PER_S), &f->settings, &v);
	ck_assert_str_eq(verdict_first(&v)->code, "out-of-days");
}
END_TEST

START_TEST(words_that_changed_lately_say_nothing)
{
	ck_assert(chosen_settled(&b, LOG_SAMPLE_START));
	b.decided = wall_add_ns(LOG_SAMPLE_START, -3600 * NS_PER_S);
	ck_assert(!chosen_settled(&b, LOG_SAMPLE_START));
	b.decided = wall_add_ns(LOG_SAMPLE_START, -3 * 86400 * NS_PER_S);
	ck_assert(chosen_settled(&b, LOG_SAMPLE_START));
	b.decided.ns = INT64_MAX;
	ck_assert(!chosen_settled(&b, LOG_SAMPLE_START));
}
END_TEST

Suite *suite_chosen(void);
Suite *suite_chosen(void)
{
	Suite *s = suite_create("chosen");
	TCase *t = tcase_create("chosen");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_bulletin_that_the_slot_takes_is_explained);
	tcase_add_test(t, another_language_is_named);
	tcase_add_test(t, a_wish_for_another_slot_is_named);
	tcase_add_test(t, a_day_outside_its_days_is_named);
	tcase_add_test(t, by_hand_its_days_count_and_midnight_is_soft);
	tcase_add_test(t, words_that_changed_lately_say_nothing);
	suite_add_tcase(s, t);
	return s;
}
