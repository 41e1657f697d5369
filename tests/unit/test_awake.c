/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/awake.h"

#include "support/playing.h"

#include <check.h>
#include <string.h>

static struct playing g;

static void setup(void)
{
	playing_open(&g, "2026-11-23T05:00:00");
	g.c->settings.has_quiet = true;
	g.c->settings.quiet_from_s = 21 * 3600;
	g.c->settings.quiet_to_s = 5 * 3600;
	playing_begin(&g);
	g.p.trusted = true;
}

static void teardown(void)
{
	playing_close(&g);
}

static bool may(int32_t second, int64_t seconds, const char *why, struct err *e)
{
	struct wall now = tz_wall(&g.c->settings.tz, (struct date){2026, 11, 23}, second);

	return awake(&g.p, now, seconds, why, "muốn phát", e);
}

START_TEST(a_reason_is_asked_for_while_people_sleep)
{
	struct err e = {0};

	ck_assert(may(12 * 3600, 600, "", &e));
	ck_assert(may(3 * 3600, 600, "báo lũ", &e));
	ck_assert(!may(3 * 3600, 600, "", &e));
	ck_assert_int_eq(e.kind, ERR_REFUSED);
	ck_assert_msg(strstr(e.text, "muốn phát phải ghi lý do") != NULL, "%s", e.text);
	/* Into them, by its length; of a day and more too. */
	ck_assert(may(21 * 3600 - 600, 600, "", &e));
	ck_assert(!may(21 * 3600 - 600, 601, "", &e));
	ck_assert(!may(12 * 3600, INT64_MAX, "", &e));
}
END_TEST

START_TEST(so_it_is_when_nobody_knows_the_time)
{
	struct err e = {0};

	g.p.trusted = false;
	ck_assert(!may(12 * 3600, 600, "", &e));
	ck_assert_ptr_nonnull(strstr(e.text, "đồng hồ"));
	ck_assert(may(12 * 3600, 600, "báo lũ", &e));
}
END_TEST

Suite *suite_awake(void)
{
	Suite *s = suite_create("awake");
	TCase *t = tcase_create("awake");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_reason_is_asked_for_while_people_sleep);
	tcase_add_test(t, so_it_is_when_nobody_knows_the_time);
	suite_add_tcase(s, t);
	return s;
}
