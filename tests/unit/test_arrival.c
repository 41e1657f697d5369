/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/arrival.h"

#include "base/limits.h"
#include "support/web_case.h"
#include "web/web.h"

#include <check.h>
#include <string.h>
#include <unistd.h>

static struct web_case c;

static void setup(void)
{
	web_case_start(&c);
}

static void teardown(void)
{
	web_case_end(&c);
}

START_TEST(slow_ones_have_a_minute_and_a_second_for_each_thousand_bytes)
{
	ck_assert_int_eq((int)arrival_deadline(500, 0), 500 + ARRIVAL_GRACE_MS);
	ck_assert_int_eq((int)arrival_deadline(500, 3 * ARRIVAL_BYTES_PER_S_MIN),
			 500 + ARRIVAL_GRACE_MS + 3000);
}
END_TEST

START_TEST(only_so_many_come_at_once)
{
	struct err e = {0};
	int fds[HTTP_UPLOADS_MAX];

	for (int i = 0; i < HTTP_UPLOADS_MAX; i++) {
		ck_assert(arrival_has_place(c.web, &e));
		fds[i] = web_case_connect(&c, "POST /api/bulletins?title=a HTTP/1.1\r\n"
					      "Host: localhost\r\nContent-Length: 9\r\n\r\na");
		for (int k = 0; k < 20; k++)
			web_step(c.web, 5);
	}
	ck_assert(!arrival_has_place(c.web, &e));
	struct buf got = web_case_ask(&c, "POST /api/bulletins?title=a HTTP/1.1", "b");
	ck_assert_ptr_nonnull(strstr(got.data, " 503 "));
	buf_finish(&got);
	for (int i = 0; i < HTTP_UPLOADS_MAX; i++)
		close(fds[i]);
	for (int k = 0; k < 1000 && c.web->arrivals != NULL; k++)
		web_step(c.web, 5);
	ck_assert(arrival_has_place(c.web, &e));
}
END_TEST

Suite *suite_arrival(void);
Suite *suite_arrival(void)
{
	Suite *s = suite_create("arrival");
	TCase *t = tcase_create("files");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, slow_ones_have_a_minute_and_a_second_for_each_thousand_bytes);
	tcase_add_test(t, only_so_many_come_at_once);
	suite_add_tcase(s, t);
	return s;
}
