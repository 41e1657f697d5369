/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/desk.h"

#include "proof/entry.h"
#include "base/json.h"
#include "proof/reader.h"
#include "station/versions.h"
#include "support/deskcase.h"

#include <check.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct deskcase c;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

START_TEST(a_folder_has_one_desk)
{
	struct desk second;
	struct err e = {0};

	ck_assert(!desk_open(&second, c.dir, &c.clock.clock, &e));
	ck_assert_int_eq(e.kind, ERR_CONFLICT);
	ck_assert_ptr_nonnull(strstr(e.text, c.dir));
}
END_TEST

/* A command that is just ending does not keep a station from starting. */
START_TEST(a_short_holder_is_waited_for)
{
	struct err e = {0};
	int ends[2];

	desk_close(&c.desk);
	ck_assert_int_eq(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		bool ok = desk_open(&c.desk, c.dir, &c.clock.clock, &e);
		if (write(ends[1], "x", 1) != 1)
			_exit(2);
		poll(NULL, 0, 300);
		_exit(ok ? 0 : 1);
	}
	char x;
	ck_assert_int_eq(read(ends[0], &x, 1), 1);
	ck_assert_msg(desk_open(&c.desk, c.dir, &c.clock.clock, &e), "%s", e.text);
	int status;
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	close(ends[0]);
	close(ends[1]);
}
END_TEST

START_TEST(no_folder_no_settings_no_desk)
{
	struct desk none;
	struct err e = {0};

	ck_assert(!desk_open(&none, "/khong/co", &c.clock.clock, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	desk_close(&c.desk);
	deskcase_write(&c, "station.yaml", "station: [");
	ck_assert(!desk_open(&none, c.dir, &c.clock.clock, &e));
	ck_assert_ptr_nonnull(strstr(e.text, "station.yaml"));
	deskcase_write(&c, "station.yaml",
		       "station: A\nid: a\nzones: [{name: mot, device: none}]\n");
	ck_assert_msg(desk_open(&c.desk, c.dir, &c.clock.clock, &e), "%s", e.text);
}
END_TEST

/* What is in force was read a moment ago; what stands in the file now may be something else. */
START_TEST(what_is_in_force_is_kept_as_it_was_read)
{
	const struct world_files *w = c.desk.world.files;
	struct buf text = {0};
	struct err e = {0};

	deskcase_write(&c, "station.yaml", "station: B\n");
	deskcase_write(&c, "schedules/thu.yaml", "timetable: B\nslots: []\n");
	ck_assert(desk_note_timetables(&c.desk, "", &e));
	ck_assert_int_ge(w->text_count, 2);
	for (int i = 0; i < w->text_count; i++) {
		buf_reset(&text);
		ck_assert(versions_read(c.desk.disk, w->texts[i].sha256, &text, &e));
		ck_assert_str_eq(buf_str(&text), buf_str(&w->texts[i].text));
	}
	ck_assert_str_eq(w->texts[0].sha256, w->settings_sha256);
	buf_finish(&text);
	json_t *last;
	ck_assert(reader_last(ledger_view(c.desk.ledger), KIND_TIMETABLE, &last, &e));
	ck_assert(json_is_true(json_object_get(last, "kept")));
	json_decref(last);
}
END_TEST

START_TEST(what_the_disk_could_not_keep_is_said_to_be_so)
{
	struct err e = {0};
	json_t *last;
	char path[200];

	snprintf(path, sizeof(path), "%s/timetables", c.dir);
	FILE *f = fopen(path, "w"); /* in the place of the folder */
	ck_assert(f != NULL);
	fclose(f);
	ck_assert(desk_note_timetables(&c.desk, "", &e));
	ck_assert(reader_last(ledger_view(c.desk.ledger), KIND_TIMETABLE, &last, &e));
	ck_assert(json_is_false(json_object_get(last, "kept")));
	json_decref(last);
}
END_TEST

START_TEST(timetables_are_noted_when_they_change)
{
	struct faults faults = {0};
	struct err e = {0};

	ck_assert(desk_note_timetables(&c.desk, "", &e));
	ck_assert_int_eq((int)ledger_next(c.desk.ledger), 1);
	ck_assert(desk_note_timetables(&c.desk, "", &e));
	ck_assert_int_eq((int)ledger_next(c.desk.ledger), 1);
	deskcase_write(&c, "schedules/hai.yaml", "timetable: Hai\nslots: []\n");
	struct world_files *files = world_files_load(c.dir, &faults, &e);
	ck_assert_ptr_nonnull(files);
	desk_adopt(&c.desk, files, "user:7");
	json_t *last;
	ck_assert(reader_last(ledger_view(c.desk.ledger), KIND_TIMETABLE, &last, &e));
	ck_assert_str_eq(json_get_text(last, "who", ""), "user:7");
	json_decref(last);
	for (int i = 0; i < 2; i++) /* what is in force can be put back later */
		ck_assert(versions_has(c.desk.disk, files->schedule.tables[i].sha256));
	ck_assert_int_eq((int)ledger_next(c.desk.ledger), 2);
	ck_assert_int_eq(c.desk.world.files->schedule.table_count, 2);
}
END_TEST

static const char *state_of(const char *id)
{
	const struct bulletin *b = world_bulletin(&c.desk.world, id);

	ck_assert_ptr_nonnull(b);
	return bulletin_state_code(b->state);
}

static void decide(const char *command, const char *id)
{
	json_t *reply = deskcase_told(&c, json_pack("{s:s, s:s, s:s}", "do", command, "bulletin",
						    id, "reason", "thử"));
	ck_assert_str_eq(json_string_value(json_object_get(json_object_get(reply, "bulletin"),
							   "state")), state_of(id));
	json_decref(reply);
}

/* A view that cannot be written (here: somebody else writes in it) hides no decision: what was
 * withdrawn must not air. */
START_TEST(a_decision_counts_while_the_view_is_behind)
{
	const char *id = deskcase_add(&c, "Rút khi bảng tra bị khóa");
	char path[128], kept[ID_BYTES];
	sqlite3 *other;

	snprintf(kept, sizeof(kept), "%s", id);
	snprintf(path, sizeof(path), "%s/view.sqlite", c.dir);
	ck_assert_int_eq(sqlite3_open(path, &other), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	decide("bulletin.approve", kept);
	ck_assert(ledger_view_stale(c.desk.ledger));
	ck_assert_str_eq(state_of(kept), "approved");
	decide("bulletin.withdraw", kept);
	ck_assert_str_eq(state_of(kept), "withdrawn");
	desk_follow(&c.desk);
	ck_assert(c.desk.behind);
	ck_assert_int_eq(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(other);
	desk_follow(&c.desk);
	ck_assert(!c.desk.behind && !ledger_view_stale(c.desk.ledger));
	ck_assert_str_eq(state_of(kept), "withdrawn");
}
END_TEST

Suite *suite_desk(void)
{
	Suite *s = suite_create("desk");
	TCase *t = tcase_create("desk");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_folder_has_one_desk);
	tcase_add_test(t, a_short_holder_is_waited_for);
	tcase_add_test(t, no_folder_no_settings_no_desk);
	tcase_add_test(t, what_is_in_force_is_kept_as_it_was_read);
	tcase_add_test(t, what_the_disk_could_not_keep_is_said_to_be_so);
	tcase_add_test(t, timetables_are_noted_when_they_change);
	tcase_add_test(t, a_decision_counts_while_the_view_is_behind);
	suite_add_tcase(s, t);
	return s;
}
