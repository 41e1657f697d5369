/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/leaving.h"

#include "support/web_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct web_case c;
static int asked_on;

/* A station that computes and computes. */
static void silent(int fd, const char *line)
{
	if (strstr(line, "\"report\"") != NULL)
		asked_on = fd;
	else
		web_case_answers(fd, line);
}

static void setup(void)
{
	web_case_start(&c);
	c.reply = silent;
	asked_on = -1;
}

static void teardown(void)
{
	web_case_end(&c);
}

static bool station_is_left(void)
{
	char byte;

	for (int i = 0; i < WEB_CASE_CLIENTS; i++)
		if (c.control[i] == asked_on)
			return recv(asked_on, &byte, 1, MSG_DONTWAIT | MSG_PEEK) == 0;
	return true; /* the case has closed it */
}

static void step_until(bool (*there)(void))
{
	for (int i = 0; i < 10000 && !there(); i++)
		web_case_step(&c);
	ck_assert(there());
}

static bool station_is_asked(void)
{
	return asked_on >= 0;
}

START_TEST(a_question_of_somebody_who_left_is_taken_back)
{
	int fd = web_case_connect(&c, "GET /api/reports/A.pdf?period=2026 HTTP/1.1\r\n"
				      "Host: localhost\r\n\r\n");

	step_until(station_is_asked);
	ck_assert(!station_is_left());
	close(fd);
	step_until(station_is_left);
}
END_TEST

Suite *suite_leaving(void);
Suite *suite_leaving(void)
{
	Suite *s = suite_create("leaving");
	TCase *t = tcase_create("leaving");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_question_of_somebody_who_left_is_taken_back);
	suite_add_tcase(s, t);
	return s;
}
