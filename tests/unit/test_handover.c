/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/handover.h"

#include "support/web_case.h"
#include "web/web.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

static struct web_case c;
static char told[800];
static double most;

static void progress(void *arg, double done)
{
	(void)arg;
	most = done;
}

static void over(void *arg, const json_t *reply, const struct err *e, bool away)
{
	const json_t *bulletin = json_object_get(reply, "bulletin");

	(void)arg;
	snprintf(told, sizeof(told), "%s %s", away ? "away" : "here",
		 reply != NULL ? json_string_value(json_object_get(bulletin, "id")) : e->text);
}

static void hand_over(void)
{
	struct handover h = {.progress = progress, .over = over};
	json_t *command = handover_command(NULL);

	json_object_set_new(command, "title", json_string("a"));
	handover_start(&h, c.web, command, "/nowhere");
	for (int i = 0; i < 100 && told[0] == '\0'; i++)
		web_case_step(&c);
	handover_stop(&h);
	json_decref(command);
}

static void setup(void)
{
	web_case_start(&c);
}

static void teardown(void)
{
	web_case_end(&c);
}

START_TEST(the_station_takes_it)
{
	hand_over();
	ck_assert_str_eq(told, "here B7");
	ck_assert_double_eq(most, 0.5);
}
END_TEST

static void refuse(int fd, const char *line)
{
	const char *no = "{\"id\":1,\"error\":{\"code\":\"usage\",\"text\":\"no sound\"}}\n";

	ck_assert_ptr_nonnull(strstr(line, "\"path\":\"/nowhere\""));
	ck_assert_int_gt(send(fd, no, strlen(no), MSG_NOSIGNAL), 0);
}

START_TEST(the_station_refuses_it)
{
	c.reply = refuse;
	hand_over();
	ck_assert_str_eq(told, "here no sound");
}
END_TEST

START_TEST(nobody_is_there)
{
	web_case_station(&c, false);
	hand_over();
	ck_assert_int_eq(strncmp(told, "away ", 5), 0);
}
END_TEST

Suite *suite_handover(void);
Suite *suite_handover(void)
{
	Suite *s = suite_create("handover");
	TCase *t = tcase_create("station");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_station_takes_it);
	tcase_add_test(t, the_station_refuses_it);
	tcase_add_test(t, nobody_is_there);
	suite_add_tcase(s, t);
	return s;
}
