/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/reload.h"

#include "base/saying.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct deskcase c;
static struct reload r;
static struct loop *loop;
static int decisions;

static void decided(void *arg)
{
	(*(int *)arg)++;
}

static void setup(void)
{
	deskcase_open(&c);
	loop = loop_create();
	decisions = 0;
	reload_init(&r, &c.desk, loop, decided, &decisions);
}

static void teardown(void)
{
	reload_finish(&r);
	loop_destroy(loop);
	deskcase_close(&c);
}

/* Looks once, and runs the loop until what was begun is decided; true if it is in force. */
static bool settle(void)
{
	const struct world_files *before = c.desk.world.files;
	int so_far = decisions;

	reload_poll(&r);
	bool begun = r.work.running;
	while (r.work.running)
		loop_once(loop, 1000);
	ck_assert_int_eq(decisions, so_far + begun);
	return c.desk.world.files != before;
}

static int tables(void)
{
	return c.desk.world.files->schedule.table_count;
}

START_TEST(nothing_changed_nothing_read)
{
	reload_poll(&r);
	ck_assert(!r.work.running);
}
END_TEST

START_TEST(a_new_timetable_is_taken_over)
{
	deskcase_write(&c, "schedules/hai.yaml", "timetable: Hai\nslots: []\n");
	ck_assert(settle());
	ck_assert_int_eq(tables(), 2);
	ck_assert_ptr_null(r.refused);
	ck_assert(!settle());
}
END_TEST

START_TEST(a_faulty_one_leaves_the_old_and_says_where)
{
	deskcase_write(&c, "schedules/hai.yaml",
		       "timetable: Hai\nslots:\n  - {name: x, start: \"25:00\", length: 1m}\n");
	ck_assert(!settle());
	ck_assert_int_eq(tables(), 1);
	char words[512];
	saying_words(r.refused, true, words, sizeof(words));
	ck_assert_ptr_nonnull(strstr(words, "schedules/hai.yaml:3"));
	ck_assert_ptr_nonnull(strstr(words, "the old one stays on air"));
	ck_assert_ptr_nonnull(strstr(words, "a time")); /* the fault, too */
	saying_words(r.refused, false, words, sizeof(words));
	ck_assert_ptr_nonnull(strstr(words, "giờ dạng"));
	reload_poll(&r);
	ck_assert(!r.work.running); /* not read again and again */
	deskcase_write(&c, "schedules/hai.yaml", "timetable: Hai đã sửa\nslots: []\n");
	ck_assert(settle());
	ck_assert_ptr_null(r.refused);
	ck_assert_int_eq(tables(), 2);
}
END_TEST

/* What the log says last. */
static json_t *last_entry(void)
{
	json_t *last = NULL;
	struct err e = {0};

	ck_assert_msg(reader_last(ledger_view(c.desk.ledger), KIND_NOTE, &last, &e), "%s", e.text);
	return last;
}

START_TEST(what_is_refused_stands_in_the_log_once)
{
	static const char bad[] =
		"timetable: Hai\nslots:\n  - {name: x, start: \"25:00\", length: 1m}\n";
	char words[512], again[sizeof(bad) + 1];

	deskcase_write(&c, "schedules/hai.yaml", bad);
	ck_assert(!settle());
	int64_t after = ledger_next(c.desk.ledger);
	json_t *note = last_entry();
	ck_assert_ptr_nonnull(note);
	saying_words(json_object_get(note, "said"), true, words, sizeof(words));
	ck_assert_ptr_nonnull(strstr(words, "schedules/hai.yaml:3"));
	json_decref(note);
	/* Saved again with the same fault. */
	snprintf(again, sizeof(again), "%s\n", bad);
	deskcase_write(&c, "schedules/hai.yaml", again);
	ck_assert(!settle());
	ck_assert_int_eq(ledger_next(c.desk.ledger), after);
	deskcase_write(&c, "schedules/hai.yaml", "timetable: Hai\nslots: [}\n");
	ck_assert(!settle());
	ck_assert_int_eq(ledger_next(c.desk.ledger), after + 1);
}
END_TEST

/* The program ends, somebody edits a file, and it starts again. */
static void start_with(const char *text)
{
	struct err e = {0};

	ck_assert_msg(desk_note_timetables(&c.desk, "", &e), "%s", e.text);
	desk_close(&c.desk);
	deskcase_write(&c, "schedules/hai.yaml", text);
	ck_assert_msg(desk_open(&c.desk, c.dir, &c.clock.clock, &e), "%s", e.text);
	reload_first(&r);
}

START_TEST(a_start_on_a_faulty_file_goes_on_with_what_was_in_force)
{
	char words[512];

	deskcase_write(&c, "schedules/hai.yaml", "timetable: Hai\nslots: []\n");
	ck_assert(settle());
	start_with("timetable: Sai\nslots:\n  - {name: x, start: \"25:00\", length: 1m}\n");
	ck_assert_int_eq(tables(), 2);
	ck_assert_str_eq(c.desk.world.files->schedule.tables[0].name, "Hai");
	saying_words(r.refused, true, words, sizeof(words));
	ck_assert_ptr_nonnull(strstr(words, "schedules/hai.yaml:3"));
	/* Nothing else is in force, so the log has nothing new to say. */
	int64_t before = ledger_next(c.desk.ledger);
	struct err e = {0};
	ck_assert(desk_note_timetables(&c.desk, "", &e));
	ck_assert_int_eq(ledger_next(c.desk.ledger), before);
	deskcase_write(&c, "schedules/hai.yaml", "timetable: Hai đã sửa\nslots: []\n");
	ck_assert(settle());
	ck_assert_ptr_null(r.refused);
}
END_TEST

/* A slip of the hand in the settings, and then the power fails. */
START_TEST(a_start_on_faulty_settings_goes_on_with_what_was_in_force)
{
	struct err e = {0};
	char words[512], path[PATH_BYTES], good[PATH_BYTES];

	ck_assert_msg(desk_note_timetables(&c.desk, "", &e), "%s", e.text);
	snprintf(path, sizeof(path), "%s/station.yaml", c.dir);
	snprintf(good, sizeof(good), "%s/good", c.dir);
	ck_assert_int_eq(rename(path, good), 0);
	desk_close(&c.desk);
	deskcase_write(&c, "station.yaml", "station: Đài\nzonnes: []\n");
	ck_assert(!desk_open(&c.desk, c.dir, &c.clock.clock, &e));
	ck_assert_ptr_nonnull(strstr(e.text, "station.yaml:2: "));
	ck_assert_msg(desk_start(&c.desk, c.dir, &c.clock.clock, &e), "%s", e.text);
	reload_finish(&r);
	reload_init(&r, &c.desk, loop, decided, &decisions);
	reload_first(&r);
	ck_assert_int_eq(tables(), 1);
	int64_t before = ledger_next(c.desk.ledger);
	ck_assert(desk_note_timetables(&c.desk, "", &e));
	ck_assert_int_eq(ledger_next(c.desk.ledger), before);
	ck_assert(!settle());
	saying_words(r.refused, true, words, sizeof(words));
	ck_assert_ptr_nonnull(strstr(words, "station.yaml:2"));
	ck_assert_int_eq(rename(good, path), 0);
	ck_assert(settle());
	ck_assert_ptr_null(r.refused);
}
END_TEST

static const char twin[] = "timetable: Hai\nslots:\n"
	"  - {name: Trùng, start: \"09:00\", length: 1m, play: {bulletins: {}}}\n";

/* Two slots of one name and start, in two files: the log could not tell them apart. */
START_TEST(a_start_on_twin_slots_goes_on_with_what_was_in_force)
{
	char words[512];

	deskcase_write(&c, "schedules/ba.yaml", twin);
	ck_assert(settle());
	start_with(twin);
	ck_assert_int_eq(tables(), 2);
	saying_words(r.refused, false, words, sizeof(words));
	ck_assert_ptr_nonnull(strstr(words, "Trùng"));
}
END_TEST

START_TEST(a_start_on_good_files_takes_them)
{
	start_with("timetable: Hai\nslots: []\n");
	ck_assert_int_eq(tables(), 2);
	ck_assert_ptr_null(r.refused);
}
END_TEST

START_TEST(a_pipe_among_the_timetables_holds_nothing_up)
{
	char path[128], words[512];

	snprintf(path, sizeof(path), "%s/schedules/hai.yaml", c.dir);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert(!settle());
	saying_words(r.refused, true, words, sizeof(words));
	ck_assert_ptr_nonnull(strstr(words, "hai.yaml: ")); /* and no line 0 */
	ck_assert_int_eq(tables(), 1);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert(settle());
	ck_assert_ptr_null(r.refused);
}
END_TEST

START_TEST(what_changes_while_it_is_read_is_read_again)
{
	deskcase_write(&c, "schedules/hai.yaml", "timetable: Hai\nslots: []\n");
	reload_poll(&r);
	ck_assert(r.work.running);
	deskcase_write(&c, "schedules/ba.yaml", "timetable: Ba\nslots: []\n");
	while (r.work.running)
		loop_once(loop, 1000);
	ck_assert_int_eq(tables(), 3);
	ck_assert_int_eq(decisions, 1);
}
END_TEST

START_TEST(who_leaves_waits_for_the_reading)
{
	deskcase_write(&c, "schedules/hai.yaml", "timetable: Hai\nslots: []\n");
	reload_poll(&r);
	ck_assert(r.work.running); /* teardown joins and frees, asan looks */
}
END_TEST

START_TEST(other_zones_need_a_restart)
{
	deskcase_write(&c, "station.yaml",
		       "station: Đài thử\nid: thu\nzones: [{name: ba, device: none}]\n");
	ck_assert(!settle());
	ck_assert_ptr_nonnull(r.refused);
	ck_assert_int_eq(c.desk.world.files->settings.zone_count, 2);
}
END_TEST

Suite *suite_reload(void)
{
	Suite *s = suite_create("reload");
	TCase *t = tcase_create("reload");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, nothing_changed_nothing_read);
	tcase_add_test(t, a_new_timetable_is_taken_over);
	tcase_add_test(t, a_faulty_one_leaves_the_old_and_says_where);
	tcase_add_test(t, what_is_refused_stands_in_the_log_once);
	tcase_add_test(t, a_pipe_among_the_timetables_holds_nothing_up);
	tcase_add_test(t, a_start_on_a_faulty_file_goes_on_with_what_was_in_force);
	tcase_add_test(t, a_start_on_faulty_settings_goes_on_with_what_was_in_force);
	tcase_add_test(t, a_start_on_twin_slots_goes_on_with_what_was_in_force);
	tcase_add_test(t, a_start_on_good_files_takes_them);
	tcase_add_test(t, what_changes_while_it_is_read_is_read_again);
	tcase_add_test(t, who_leaves_waits_for_the_reading);
	tcase_add_test(t, other_zones_need_a_restart);
	suite_add_tcase(s, t);
	return s;
}
