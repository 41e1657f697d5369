/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/tuslife.h"

#include "base/json.h"
#include "base/limits.h"
#include "support/web_case.h"
#include "web/tusset.h"
#include "web/web.h"

#include <check.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static struct web_case c;
static struct tusfile f;
static struct err e;

/* What a process before left: so many of three bytes. */
static void leave(int64_t offset)
{
	web_case_start(&c);
	f = (struct tusfile){.length = 3, .words = handover_command(NULL),
			     .owner = {"127.0.0.1", 0}};
	json_object_set_new(f.words, "title", json_string("Tin"));
	ck_assert(tusfile_create(&f, c.dir, &e));
	int fd = tusfile_open(&f, c.dir, &e);
	ck_assert(incoming_write(fd, "abc", 3, 0, &e) &&
		  tusfile_commit(&f, c.dir, fd, offset, &e));
	close(fd);
}

static void grow_old(void)
{
	struct timespec old[2] = {{.tv_sec = 1700000000}, {.tv_sec = 1700000000}};
	char path[PATH_BYTES];

	incoming_path(c.dir, f.id, TUSFILE_ENDING, path);
	ck_assert_int_eq(utimensat(AT_FDCWD, path, old, 0), 0);
}

static void restart(void)
{
	tusset_close(c.web->tus);
	c.web->tus = tusset_open(c.web);
}

static struct tuslife *found(void)
{
	return tusset_find(c.web->tus, f.id);
}

static void end(void)
{
	tusfile_finish(&f);
	web_case_end(&c);
}

START_TEST(a_restart_goes_on_where_it_was)
{
	leave(2);
	restart();
	ck_assert_int_eq(found()->file.offset, 2);
	ck_assert_ptr_null(found()->file.end);
	end();
}
END_TEST

static void until_over(void)
{
	while (found()->file.end == NULL)
		web_case_step(&c);
}

START_TEST(a_whole_one_is_handed_over_after_a_restart)
{
	leave(3);
	restart();
	until_over();
	ck_assert_ptr_nonnull(json_object_get(found()->file.end, "bulletin"));
	ck_assert(!tusfile_there(&f, c.dir));
	end();
}
END_TEST

START_TEST(bytes_that_are_gone_have_become_a_bulletin)
{
	char path[PATH_BYTES];

	leave(3);
	incoming_path(c.dir, f.id, "", path);
	ck_assert_int_eq(unlink(path), 0);
	/* fewer bytes than were said, but of a file that is not there: its state is believed */
	restart();
	until_over();
	ck_assert(json_get_bool(found()->file.end, "taken", false));
	end();
}
END_TEST

static int asked;

static void busy_then_refuses(int fd, const char *line)
{
	const char *busy = "{\"id\":1,\"error\":{\"code\":\"no_space\",\"text\":\"full\"}}\n";
	const char *no = "{\"id\":1,\"error\":{\"code\":\"damaged\",\"text\":\"no sound\"}}\n";

	ck_assert_ptr_nonnull(strstr(line, "bulletin.add"));
	const char *said = asked++ == 0 ? busy : no;
	ck_assert_int_gt(send(fd, said, strlen(said), MSG_NOSIGNAL), 0);
}

START_TEST(the_station_is_asked_again_until_it_has_decided)
{
	leave(3);
	c.reply = busy_then_refuses;
	restart();
	until_over();
	ck_assert_int_eq(asked, 2);
	ck_assert_str_eq(json_get_text(json_object_get(found()->file.end, "error"), "text", ""),
			 "no sound");
	ck_assert(!tusfile_there(&f, c.dir));
	end();
}
END_TEST

START_TEST(after_a_day_half_of_one_is_given_up)
{
	leave(2);
	grow_old();
	restart();
	ck_assert(json_get_bool(found()->file.end, "expired", false));
	ck_assert(!tusfile_there(&f, c.dir));
	restart(); /* and is remembered for some days */
	ck_assert_ptr_nonnull(found());
	grow_old();
	restart();
	ck_assert_ptr_null(found());
	end();
}
END_TEST

START_TEST(a_whole_one_does_not_grow_old)
{
	leave(3);
	web_case_station(&c, false);
	grow_old();
	restart();
	ck_assert_ptr_null(found()->file.end);
	ck_assert(tusfile_there(&f, c.dir));
	end();
}
END_TEST

Suite *suite_tuslife(void);
Suite *suite_tuslife(void)
{
	Suite *s = suite_create("tuslife");
	TCase *t = tcase_create("life");

	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_restart_goes_on_where_it_was);
	tcase_add_test(t, a_whole_one_is_handed_over_after_a_restart);
	tcase_add_test(t, bytes_that_are_gone_have_become_a_bulletin);
	tcase_add_test(t, the_station_is_asked_again_until_it_has_decided);
	tcase_add_test(t, after_a_day_half_of_one_is_given_up);
	tcase_add_test(t, a_whole_one_does_not_grow_old);
	suite_add_tcase(s, t);
	return s;
}
