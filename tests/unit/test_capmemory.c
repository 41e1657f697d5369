/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/capmemory.h"

#include "base/json.h"
#include "proof/alarm.h"
#include "support/deskcase.h"

#include <check.h>
#include <string.h>

static struct deskcase c;
static struct capmemory m;
static char key[CAP_KEY_BYTES], sha256[SHA256_HEX_BYTES];

static void setup(void)
{
	deskcase_open(&c);
	capmemory_init(&m);
}

static void teardown(void)
{
	capmemory_finish(&m);
	deskcase_close(&c);
}

/* As the log tells of one message; ends: of another one that it ended, "" none. */
static void told(const char *about, const char *verdict, const char *reason, const char *ends)
{
	int64_t n;
	struct err e;

	ck_assert(desk_append(&c.desk,
			      json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:[s]}", "kind",
					KIND_CAP_RECEIVED, "key", about, "verdict", verdict,
					"reason", reason, "sha256", "abc", "from_s", 1000, "ends",
					ends),
			      &n, &e));
}

static void start_anew(void)
{
	struct err e;

	capmemory_finish(&m);
	capmemory_init(&m);
	ck_assert(capmemory_read(&m, ledger_view(c.desk.ledger), &e));
}

START_TEST(what_was_refused_may_come_again)
{
	capmemory_settle(&m, "a,1,t", true);
	ck_assert(!capmemory_knows(&m, "a,1,t"));
	capmemory_settle(&m, "a,1,t", false);
	ck_assert(capmemory_knows(&m, "a,1,t"));
	told("a,2,t", "refused", "future", "");
	told("a,3,t", "raised", "", "");
	start_anew();
	ck_assert(!capmemory_knows(&m, "a,2,t"));
	ck_assert(capmemory_knows(&m, "a,3,t"));
	ck_assert(!capmemory_knows(&m, "a,4,t"));
}
END_TEST

START_TEST(what_waits_waits_over_a_start)
{
	told("a,1,t", "waits", "", "");
	told("a,1,t", "silent", "duplicate", "");
	start_anew();
	ck_assert(capmemory_knows(&m, "a,1,t"));
	ck_assert(!capmemory_due(&m, 999, key, sha256));
	ck_assert(capmemory_due(&m, 1000, key, sha256));
	ck_assert_str_eq(key, "a,1,t");
	ck_assert_str_eq(sha256, "abc");
	told("a,1,t", "refused", "expired", "");
	start_anew();
	ck_assert(!capmemory_due(&m, 2000, key, sha256));
}
END_TEST

START_TEST(what_was_ended_does_not_wait_over_a_start)
{
	told("a,1,t", "waits", "", "");
	told("a,2,t", "ended", "", "a,1,t");
	told("a,1,t", "silent", "duplicate", "");
	start_anew();
	ck_assert(!capmemory_due(&m, 2000, key, sha256));
	ck_assert(capmemory_knows(&m, "a,1,t"));
}
END_TEST

/* Of its own sender, and over a start. */
START_TEST(what_is_called_off_is_known_when_it_comes)
{
	json_t *cancel = json_pack("{s:s, s:s}", "sender", "a@b", "references",
				   "a@b,1,2026-11-23T05:00:00+07:00 x,9,t a@b,2,t");

	capmemory_settle(&m, "a@b,2,t", false);
	json_t *list = capmemory_call_off(&m, cancel, "tinh", false);
	ck_assert_uint_eq(json_array_size(list), 1);
	ck_assert_str_eq(capmemory_called_off(&m, "a@b,1,2026-11-22T22:00:00-00:00"), "tinh");
	ck_assert_ptr_null(capmemory_called_off(&m, "x,9,t"));
	ck_assert_ptr_null(capmemory_called_off(&m, "a@b,2,t"));
	json_decref(list);
	list = capmemory_call_off(&m, cancel, "quoc-gia", true);
	ck_assert_uint_eq(json_array_size(list), 2);
	json_t *entry = json_pack("{s:s, s:s, s:s, s:s, s:o}", "kind", KIND_CAP_RECEIVED, "key",
				  "a@b,3,t", "verdict", "silent", "signed_by", "quoc-gia",
				  "called_off", list);
	deskcase_log(&c, entry);
	start_anew();
	ck_assert_str_eq(capmemory_called_off(&m, "x,9,t"), "quoc-gia");
	json_decref(cancel);
}
END_TEST

START_TEST(an_end_names_what_waited)
{
	json_t *alert = json_pack("{s:s}", "references", "x,y,z a,1,t"), *ended = json_array();

	capmemory_wait(&m, "a,1,t", "abc", 1000);
	capmemory_wait(&m, "a,2,t", "abd", 2000);
	capmemory_end(&m, alert, ended);
	ck_assert_uint_eq(json_array_size(ended), 1);
	ck_assert_str_eq(json_string_value(json_array_get(ended, 0)), "a,1,t");
	ck_assert(capmemory_due(&m, 3000, key, sha256));
	ck_assert_str_eq(key, "a,2,t");
	json_decref(alert);
	json_decref(ended);
}
END_TEST

Suite *suite_capmemory(void);
Suite *suite_capmemory(void)
{
	Suite *s = suite_create("capmemory");
	TCase *t = tcase_create("capmemory");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_was_refused_may_come_again);
	tcase_add_test(t, what_waits_waits_over_a_start);
	tcase_add_test(t, what_was_ended_does_not_wait_over_a_start);
	tcase_add_test(t, what_is_called_off_is_known_when_it_comes);
	tcase_add_test(t, an_end_names_what_waited);
	suite_add_tcase(s, t);
	return s;
}
