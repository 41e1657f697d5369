/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/verify_story.h"
#include "support/log_sample.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct log_sample sample;
static struct verdict v;
static struct bulletin bulletin;
static struct err e;

static void setup(void)
{
	log_sample_open(&sample, ":memory:");
	verdict_init(&v);
	bulletin = log_sample_bulletin("Lịch tiêm chủng");
	log_sample_add(&sample, entry_bulletin_received(&bulletin, bulletin.sha256, json_array(),
							"user:3"));
}

static void teardown(void)
{
	verdict_finish(&v);
	log_sample_close(&sample);
}

static void approve(const char *sha256)
{
	log_sample_add(&sample, entry_bulletin_approved("B0", sha256, "12", NULL, "user:7"));
}

static int64_t intend(void)
{
	struct airing_facts f = log_sample_airing("B0", LOG_SAMPLE_START);

	f.sha256 = bulletin.sha256;
	return log_sample_add(&sample, entry_airing_intended(&f, &sample.tz));
}

static int64_t end(int64_t intent)
{
	struct airing_facts f = log_sample_airing("B0", LOG_SAMPLE_START);
	char airing[ID_BYTES];

	entry_id('A', intent, airing);
	f.has_start = f.has_end = false; /* verify_time is not asked here */
	f.sha256 = bulletin.sha256;
	f.proof = NULL;
	f.airing = airing;
	return log_sample_add(&sample, entry_airing_ended(&f, &sample.tz));
}

/* In one pass with a view made of them, entries tell the same. v: with what was said before. */
static void same_with_view(const struct verify *all, int findings, int notes)
{
	struct view *made = NULL;
	struct verdict beside;

	verdict_init(&beside);
	ck_assert(verify_story_view(all, false, INT64_MAX, &made, &beside, &e));
	ck_assert_int_gt(made->applied, 0);
	view_close(made);
	made = NULL;
	verdict_finish(&beside);
	verdict_init(&beside);
	ck_assert(verify_story_view(all, false, 1, &made, &beside, &e));
	ck_assert_int_eq(made->applied, 1);
	ck_assert_int_eq(beside.finding_count, v.finding_count - findings);
	for (int i = 0; i < beside.finding_count; i++)
		ck_assert_str_eq(beside.findings[i].text, v.findings[findings + i].text);
	ck_assert_int_eq(beside.note_count, v.note_count - notes);
	ck_assert_int_eq(beside.checks[CHECK_OUTCOMES].count, v.checks[CHECK_OUTCOMES].count);
	view_close(made);
	verdict_finish(&beside);
}

/* The difference of approvals and outcomes that is found now: "" none. */
static const char *code(int64_t *n)
{
	struct verify_setup how = {.threads = 1};
	struct verify all;

	verdict_finish(&v);
	verdict_init(&v);
	ck_assert_msg(verify_open(&all, disk_sim_disk(sample.disk), &how, &v, &e), "%s", e.text);
	int findings = v.finding_count, notes = v.note_count;
	verify_story(&all, false, &v);
	same_with_view(&all, findings, notes);
	verify_close(&all);
	*n = -1;
	for (int i = 0; i < v.finding_count; i++) {
		if (v.findings[i].check != CHECK_APPROVALS && v.findings[i].check != CHECK_OUTCOMES)
			continue;
		*n = v.findings[i].n;
		return v.findings[i].code;
	}
	return "";
}

START_TEST(a_past_whose_log_is_lost_is_warned_of)
{
	struct wall t = LOG_SAMPLE_START;
	int64_t n;

	ck_assert_str_eq(code(&n), "");
	ck_assert(!verdict_warns(&v));
	log_sample_add(&sample, entry_past_lost(t, wall_add_ns(t, 9 * NS_PER_S), "shortened",
						&sample.tz));
	ck_assert_str_eq(code(&n), "");
	ck_assert(verdict_warns(&v));
	ck_assert_str_eq(v.notes[v.note_count - 1].code, "past-lost");
	ck_assert_ptr_nonnull(strstr(v.notes[v.note_count - 1].text, "05:30:09"));
}
END_TEST

START_TEST(what_was_approved_and_ended_once_is_right)
{
	int64_t n;

	approve(bulletin.sha256);
	for (int i = 0; i < 3; i++)
		end(intend());
	ck_assert_str_eq(code(&n), "");
	ck_assert_int_eq(v.checks[CHECK_OUTCOMES].count, 3);
	ck_assert_int_eq(v.checks[CHECK_APPROVALS].count, 3);
}
END_TEST

START_TEST(airing_without_approval_is_named)
{
	int64_t n, intent = intend();

	end(intent);
	ck_assert_str_eq(code(&n), "not-approved");
	ck_assert_int_eq(n, intent);
}
END_TEST

START_TEST(airing_after_withdrawal_is_named)
{
	int64_t n, intent;

	approve(bulletin.sha256);
	log_sample_add(&sample, entry_bulletin_withdrawn("B0", "sai ngày", "user:7"));
	intent = intend();
	end(intent);
	ck_assert_str_eq(code(&n), "not-approved");
	ck_assert_int_eq(n, intent);
}
END_TEST

START_TEST(approval_binds_to_the_bytes)
{
	int64_t n;

	approve("0000000000000000000000000000000000000000000000000000000000000000");
	ck_assert_str_eq(code(&n), "approval-unbound");
	approve(bulletin.sha256);
	snprintf(bulletin.sha256, sizeof(bulletin.sha256), "%064d", 7);
	end(intend());
	code(&n);
	ck_assert_str_eq(v.findings[v.finding_count - 1].code, "other-bytes");
}
END_TEST

/* More of it: test_verify_level.c. */
START_TEST(a_level_without_what_it_rests_on_is_named)
{
	struct airing_facts f = log_sample_airing("B0", LOG_SAMPLE_START);
	char airing[ID_BYTES];

	approve(bulletin.sha256);
	entry_id('A', intend(), airing);
	f.airing = airing;
	f.sha256 = bulletin.sha256;
	f.device = NULL;
	log_sample_add(&sample, entry_airing_ended(&f, &sample.tz));
	int64_t n;
	code(&n);
	ck_assert_str_eq(v.findings[v.finding_count - 1].code, "level-unfounded");
}
END_TEST

START_TEST(an_outcome_needs_one_intent)
{
	int64_t n, intent, second;

	approve(bulletin.sha256);
	intent = intend();
	end(intent);
	second = end(intent);
	ck_assert_str_eq(code(&n), "ended-twice");
	ck_assert_int_eq(n, second);
}
END_TEST

START_TEST(an_outcome_that_nobody_intended_is_named)
{
	int64_t n, odd = end(1000);

	ck_assert_str_eq(code(&n), "no-intent");
	ck_assert_int_eq(n, odd);
}
END_TEST

START_TEST(what_is_open_is_told_until_the_station_should_have_closed_it)
{
	int64_t n, intent;

	approve(bulletin.sha256);
	intent = intend();
	ck_assert_str_eq(code(&n), "");
	ck_assert_str_eq(v.notes[v.note_count - 1].code, "open");
	ck_assert_ptr_nonnull(strstr(v.notes[v.note_count - 1].text, "ngắt quãng"));
	/* It comes after the first sound where the past is long. */
	log_sample_add(&sample, entry_station_recovered(false, LOG_SAMPLE_START, 0, 0,
							&sample.tz));
	ck_assert_str_eq(code(&n), "");
	log_sample_add(&sample, entry_station_started("1", "thu", "boot"));
	ck_assert_str_eq(code(&n), "not-closed");
	ck_assert_int_eq(n, intent);
}
END_TEST

Suite *suite_verify_story(void)
{
	Suite *s = suite_create("verify_story");
	TCase *t = tcase_create("entries");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_was_approved_and_ended_once_is_right);
	tcase_add_test(t, a_past_whose_log_is_lost_is_warned_of);
	tcase_add_test(t, airing_without_approval_is_named);
	tcase_add_test(t, airing_after_withdrawal_is_named);
	tcase_add_test(t, approval_binds_to_the_bytes);
	tcase_add_test(t, a_level_without_what_it_rests_on_is_named);
	tcase_add_test(t, an_outcome_needs_one_intent);
	tcase_add_test(t, an_outcome_that_nobody_intended_is_named);
	tcase_add_test(t, what_is_open_is_told_until_the_station_should_have_closed_it);
	suite_add_tcase(s, t);
	return s;
}
