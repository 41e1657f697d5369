/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done about a message that has been read; how it is read: test_cap_read.c. */
#include "station/capdesk.h"

#include "base/json.h"
#include "proof/alarm.h"
#include "station/emergency.h"
#include "support/capcase.h"
#include "support/deskcase.h"
#include "support/playing.h"
#include "sys/loop.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct deskcase c;
static struct playing g;
static struct loop *loop;
static struct capdesk desk;

static void setup(void)
{
	deskcase_open(&c);
	playing_open(&g, "2026-11-23T05:10:00");
	ck_assert(case_slots(g.c, ""));
	playing_begin(&g);
	playing_run(&g, 1);
	g.c->settings.cap_repeat_s = 600;
	loop = loop_create();
	capdesk_init(&desk, &c.desk, &g.p, loop);
}

static void teardown(void)
{
	capdesk_stop(&desk);
	loop_destroy(loop);
	playing_close(&g);
	deskcase_close(&c);
}

/* Takes alert over. */
static void came_by(const char *key, json_t *alert, const char *verdict, const char *reason)
{
	struct capjob j = {.read = json_pack("{s:s, s:o}", "key", key, "alert", alert)};
	json_t *answer = capdesk_decide(&desk, &j);

	ck_assert_str_eq(json_get_text(answer, "verdict", ""), verdict);
	ck_assert_str_eq(json_get_text(answer, "reason", ""), reason);
	json_decref(answer);
	capjob_finish(&j);
}

static void came(json_t *alert, const char *verdict, const char *reason)
{
	came_by("tinh", alert, verdict, reason);
}

static json_t *about_first(const char *identifier, const char *type, const char *sender)
{
	json_t *alert = capcase_alert(identifier);

	capcase_set(alert, "msgType", type);
	capcase_set(alert, "sender", sender);
	capcase_set(alert, "references", "a@b,VN-1,2026-11-23T05:00:00+07:00");
	return alert;
}

START_TEST(nobody_ends_what_another_began)
{
	struct settings *s = &g.c->settings;

	came(capcase_alert("VN-1"), "raised", "");
	ck_assert_ptr_null(capdesk_banner(&desk));
	came_by("huyen", about_first("VN-2", "Cancel", "a@b"), "refused", "not-theirs");
	came_by("huyen", about_first("VN-3", "Update", "a@b"), "refused", "not-theirs");
	came(about_first("VN-4", "Cancel", "c@d"), "refused", "not-theirs");
	ck_assert_ptr_nonnull(g.p.emergencies);
	ck_assert_ptr_null(g.p.emergencies->next);
	json_t *told = capdesk_banner(&desk);
	ck_assert_str_eq(json_get_text(told, "sender", ""), "c@d");
	json_decref(told);
	/* Sent again under another key it is no duplicate that would make it that key's. */
	came_by("huyen", capcase_alert("VN-1"), "silent", "duplicate");
	came_by("huyen", about_first("VN-5", "Cancel", "a@b"), "refused", "not-theirs");
	snprintf(s->cap_above[s->cap_above_count++], NAME_BYTES, "bo");
	came_by("bo", about_first("VN-6", "Cancel", "bo@vn"), "ended", "");
	ck_assert_ptr_null(g.p.emergencies);
}
END_TEST

START_TEST(an_alert_sounds_and_its_cancel_ends_it)
{
	came(capcase_alert("VN-1"), "raised", "");
	struct emergency *m = g.p.emergencies;
	ck_assert_ptr_nonnull(m);
	ck_assert_str_eq(m->by, "bản tin CAP VN-1 của a@b");
	ck_assert_str_eq(m->reason, "Lũ quét");
	ck_assert(m->waits && m->has_until);
	ck_assert_int_eq(m->every_ns, 600 * NS_PER_S);
	came(capcase_alert("VN-1"), "silent", "duplicate");
	ck_assert_ptr_null(m->next);
	json_t *cancel = capcase_alert("VN-2");
	capcase_set(cancel, "msgType", "Cancel");
	capcase_set(cancel, "references", "a@b,VN-1,2026-11-23T05:00:00+07:00");
	came(cancel, "ended", "");
	ck_assert_ptr_null(g.p.emergencies);
	cancel = capcase_alert("VN-3");
	capcase_set(cancel, "msgType", "Cancel");
	came(cancel, "silent", "nothing-to-end");
	ck_assert_int_eq(playing_count(&g, KIND_CAP_RECEIVED), 4);
}
END_TEST

/* After an outage a folder is read in the order of its names. */
START_TEST(a_cancel_that_comes_first_keeps_it_silent)
{
	came_by("khac", about_first("VN-7", "Cancel", "a@b"), "silent", "nothing-to-end");
	came(capcase_alert("VN-1"), "raised", "");
	came(about_first("VN-2", "Cancel", "a@b"), "ended", "");
	came_by("tinh", about_first("VN-8", "Update", "a@b"), "raised", "");
	json_t *later = capcase_alert("VN-4"), *cancel = capcase_alert("VN-5");
	capcase_set(cancel, "msgType", "Cancel");
	capcase_set(cancel, "references", "a@b,VN-4,2026-11-22T22:00:00-00:00");
	came(cancel, "silent", "nothing-to-end");
	json_t *entry = playing_entry(&g, KIND_CAP_RECEIVED, 4);
	ck_assert_uint_eq(json_array_size(json_object_get(entry, "called_off")), 1);
	json_decref(entry);
	came(later, "silent", "called-off");
	ck_assert_ptr_null(g.p.emergencies->next);
}
END_TEST

START_TEST(what_is_too_long_to_read_is_told)
{
	char text[6000];

	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	json_t *alert = capcase_alert("VN-1");
	capcase_set(capcase_info(alert), "description", text);
	came(alert, "raised", "");
	json_t *entry = playing_entry(&g, KIND_CAP_RECEIVED, 0);
	ck_assert(json_get_bool(entry, "shortened", false));
	ck_assert_ptr_null(json_object_get(entry, "called_off"));
	json_decref(entry);
}
END_TEST

START_TEST(an_update_takes_its_place)
{
	came(capcase_alert("VN-1"), "raised", "");
	json_t *update = capcase_alert("VN-2");
	capcase_set(update, "msgType", "Update");
	capcase_set(update, "references", "a@b,VN-1,2026-11-23T05:00:00+07:00");
	capcase_set(capcase_info(update), "headline", "Nước rút dần");
	came(update, "raised", "");
	ck_assert_str_eq(g.p.emergencies->reason, "Nước rút dần");
	ck_assert_ptr_null(g.p.emergencies->next);
	update = capcase_alert("VN-3");
	capcase_set(update, "msgType", "Update");
	capcase_set(update, "references", "a@b,VN-2,2026-11-23T05:00:00+07:00");
	capcase_set(capcase_info(update), "severity", "Minor");
	came(update, "silent", "below");
	ck_assert_ptr_null(g.p.emergencies);
}
END_TEST

START_TEST(what_waits_can_be_cancelled)
{
	json_t *later = capcase_alert("VN-1");

	capcase_set(capcase_info(later), "effective", "2026-11-23T05:30:00+07:00");
	came(later, "waits", "");
	ck_assert_uint_eq(json_object_size(desk.memory.waiting), 1);
	ck_assert_ptr_null(g.p.emergencies);
	json_t *cancel = capcase_alert("VN-2");
	capcase_set(cancel, "msgType", "Cancel");
	capcase_set(cancel, "references", "a@b,VN-1,2026-11-23T05:00:00+07:00");
	came(cancel, "ended", "");
	ck_assert_uint_eq(json_object_size(desk.memory.waiting), 0);
	json_t *entry = playing_entry(&g, KIND_CAP_RECEIVED, 1);
	const json_t *ends = json_object_get(entry, "ends");
	ck_assert_str_eq(json_string_value(json_array_get(ends, 0)),
			 "a@b,VN-1,2026-11-23T05:00:00+07:00");
	json_decref(entry);
}
END_TEST

/* By a clock that was wrong, or while somebody worked at the loudspeakers. */
START_TEST(what_was_refused_is_no_duplicate)
{
	json_t *ahead = capcase_alert("VN-1");

	capcase_set(ahead, "sent", "2026-11-23T05:30:00+07:00");
	came(json_deep_copy(ahead), "refused", "future");
	came(json_deep_copy(ahead), "refused", "future");
	playout_cut(&g.p, 3, "user:5");
	came(capcase_alert("VN-2"), "refused", "not-raised");
	playout_resume(&g.p, 3, "user:5");
	came(capcase_alert("VN-2"), "raised", "");
	came(capcase_alert("VN-2"), "silent", "duplicate");
	json_decref(ahead);
}
END_TEST

/* Power off and on: the desk's log gets what was written down. */
static void restart(void)
{
	json_t *entry;
	struct err e;
	int64_t n;

	capdesk_stop(&desk);
	for (int i = 0; (entry = playing_entry(&g, KIND_CAP_RECEIVED, i)) != NULL; i++) {
		json_object_del(entry, "n");
		json_object_del(entry, "at");
		json_object_del(entry, "clock");
		ck_assert(desk_append(&c.desk, entry, &n, &e));
	}
	capdesk_init(&desk, &c.desk, &g.p, loop);
}

static void look(void)
{
	capdesk_look(&desk);
	while (desk.aside.running)
		loop_once(loop, 1000);
}

/* What was kept of it is gone meanwhile: it is over, and written down so under its own name. */
START_TEST(what_waits_is_looked_at_again_after_a_restart)
{
	json_t *later = capcase_alert("VN-1");

	capcase_set(capcase_info(later), "effective", "2026-11-23T05:12:00+07:00");
	came(later, "waits", "");
	came(capcase_alert("VN-1"), "silent", "duplicate");
	restart();
	look();
	ck_assert_int_eq(playing_count(&g, KIND_CAP_RECEIVED), 2);
	playing_run(&g, 120);
	look();
	json_t *entry = playing_entry(&g, KIND_CAP_RECEIVED, 2);
	ck_assert_str_eq(json_get_text(entry, "verdict", ""), "refused");
	ck_assert_str_eq(json_get_text(entry, "reason", ""), "not-xml");
	ck_assert_str_eq(json_get_text(entry, "key", ""), "a@b,VN-1,2026-11-23T05:00:00+07:00");
	ck_assert(json_is_null(json_object_get(entry, "identifier")));
	json_decref(entry);
	look();
	ck_assert_int_eq(playing_count(&g, KIND_CAP_RECEIVED), 3);
}
END_TEST

START_TEST(an_exercise_says_that_it_is_one)
{
	json_t *exercise = capcase_alert("VN-1");

	capcase_set(exercise, "status", "Exercise");
	came(exercise, "raised", "");
	ck_assert_int_eq(g.p.emergencies->kind, AIR_DRILL);
	ck_assert_str_eq(g.p.emergencies->text, "Đây là diễn tập. Lũ quét. Nước lên nhanh. "
			 "Di dời ngay! Đây là diễn tập.");
}
END_TEST

START_TEST(what_is_not_believed_leaves_its_words_out)
{
	struct capjob j = {.read = json_pack("{s:s}", "error", "unsigned")};
	json_t *answer = capdesk_decide(&desk, &j);

	ck_assert_str_eq(json_get_text(answer, "verdict", ""), "refused");
	json_decref(answer);
	capjob_finish(&j);
	json_t *entry = playing_entry(&g, KIND_CAP_RECEIVED, 0);
	ck_assert_str_eq(json_get_text(entry, "reason", ""), "unsigned");
	ck_assert(json_is_null(json_object_get(entry, "identifier")));
	json_decref(entry);
	ck_assert_ptr_null(g.p.emergencies);
}
END_TEST

/* From the folder, through the worker, and away with a reason beside it. */
START_TEST(a_file_in_the_folder_is_taken)
{
	struct buf why = {0};
	struct err e;

	deskcase_write(&c, "cap/a.xml", "<html/>");
	capdesk_look(&desk);
	ck_assert(desk.aside.running);
	while (desk.aside.running)
		loop_once(loop, 1000);
	ck_assert(disk_read(c.desk.disk, "cap/refused/a.xml", 100, &why, &e));
	buf_reset(&why);
	ck_assert(disk_read(c.desk.disk, "cap/refused/a.xml.txt", 400, &why, &e));
	ck_assert_ptr_nonnull(strstr(buf_str(&why), "CAP"));
	buf_finish(&why);
	capdesk_look(&desk);
	ck_assert(!desk.aside.running);
}
END_TEST

/* Nobody waits a second for each that stands before a flood. */
START_TEST(files_follow_one_another_at_once)
{
	struct buf why = {0};
	struct err e;

	deskcase_write(&c, "cap/a.xml", "<html/>");
	deskcase_write(&c, "cap/b.xml", "<html/>");
	deskcase_write(&c, "cap/c.xml", "<html/>");
	capdesk_look(&desk);
	while (desk.aside.running)
		loop_once(loop, 1000);
	ck_assert(disk_read(c.desk.disk, "cap/refused/c.xml.txt", 400, &why, &e));
	buf_finish(&why);
}
END_TEST

/* A name may be as long as a file's can be; put away it is shorter, with room for a ".txt". */
START_TEST(a_file_of_a_long_name_is_taken_too)
{
	char name[300] = "cap/";
	struct buf why = {0};
	struct err e;

	memset(name + 4, 'l', 246);
	snprintf(name + 250, 5, ".xml");
	deskcase_write(&c, name, "<html/>");
	capdesk_look(&desk);
	while (desk.aside.running)
		loop_once(loop, 1000);
	ck_assert_int_eq(playing_count(&g, KIND_CAP_RECEIVED), 1);
	ck_assert(!disk_read(c.desk.disk, name, 100, &why, &e));
	snprintf(name, sizeof(name), "cap/refused/%.*s-", NAME_BYTES - 32,
		 "llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll"
		 "llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll"
		 "llllllllllllllll");
	snprintf(name + strlen(name), 40, "%.16s.xml.txt",
		 "8397912ada2760dca34d1adb644cf54fc5c8d05d0ad56b4a6f99096b03ac8431");
	ck_assert(disk_read(c.desk.disk, name, 400, &why, &e));
	ck_assert_ptr_nonnull(strstr(buf_str(&why), "CAP"));
	buf_finish(&why);
	ck_assert_uint_eq(json_object_size(desk.left), 0);
}
END_TEST

/* A pipe would hold up whoever opened it, a link leads anywhere. */
START_TEST(what_is_no_file_is_told_once_and_left)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/cap/pipe.xml", c.dir);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	snprintf(path, sizeof(path), "%s/cap/link.xml", c.dir);
	ck_assert_int_eq(symlink("/etc/passwd", path), 0);
	snprintf(path, sizeof(path), "%s/cap/folder", c.dir);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	for (int i = 0; i < 2; i++) {
		capdesk_look(&desk);
		ck_assert(!desk.aside.running);
		ck_assert_uint_eq(json_object_size(desk.left), 3); /* not done, not refused */
	}
	ck_assert_ptr_nonnull(json_object_get(desk.left, "pipe.xml"));
	ck_assert_ptr_nonnull(json_object_get(desk.left, "link.xml"));
	ck_assert_ptr_nonnull(json_object_get(desk.left, "folder"));
}
END_TEST

Suite *suite_capdesk(void);
Suite *suite_capdesk(void)
{
	Suite *s = suite_create("capdesk");
	TCase *t = tcase_create("capdesk");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, nobody_ends_what_another_began);
	tcase_add_test(t, an_alert_sounds_and_its_cancel_ends_it);
	tcase_add_test(t, a_cancel_that_comes_first_keeps_it_silent);
	tcase_add_test(t, what_is_too_long_to_read_is_told);
	tcase_add_test(t, files_follow_one_another_at_once);
	tcase_add_test(t, an_update_takes_its_place);
	tcase_add_test(t, what_waits_can_be_cancelled);
	tcase_add_test(t, what_was_refused_is_no_duplicate);
	tcase_add_test(t, what_waits_is_looked_at_again_after_a_restart);
	tcase_add_test(t, an_exercise_says_that_it_is_one);
	tcase_add_test(t, what_is_not_believed_leaves_its_words_out);
	tcase_add_test(t, a_file_in_the_folder_is_taken);
	tcase_add_test(t, a_file_of_a_long_name_is_taken_too);
	tcase_add_test(t, what_is_no_file_is_told_once_and_left);
	suite_add_tcase(s, t);
	return s;
}
