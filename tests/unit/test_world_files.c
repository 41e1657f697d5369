/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a folder: every fault is told, none hides another, and a change is noticed. */
#include "station/world.h"
#include "support/deskcase.h"
#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static struct deskcase c;
static struct world_files *w;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	world_files_free(w);
	w = NULL;
	deskcase_close(&c);
}

static void load(void)
{
	struct err e = {0};

	w = world_files_load(c.dir, NULL, &e);
	ck_assert_msg(w != NULL, "%s", e.text);
}

static const struct fault *fault_in(const struct faults *f, const char *file)
{
	for (int i = 0; i < f->count; i++)
		if (strcmp(f->list[i].file, file) == 0)
			return &f->list[i];
	return NULL;
}

START_TEST(timetables_are_read_in_the_order_of_their_names)
{
	deskcase_write(&c, "schedules/a.yml", "timetable: A\nslots: []\n");
	deskcase_write(&c, "schedules/.x.yaml", "slots: [");
	deskcase_write(&c, "schedules/thu.yaml~", "slots: [");
	load();
	ck_assert_int_eq(w->faults.count, 0);
	ck_assert_int_eq(w->schedule.table_count, 2);
	ck_assert_str_eq(w->schedule.tables[0].name, "A");
	ck_assert_str_eq(w->schedule.tables[1].file, "schedules/thu.yaml");
	ck_assert_int_eq((int)strlen(w->schedule.tables[1].sha256), 64);
	ck_assert_str_ne(w->schedule.tables[0].sha256, w->schedule.tables[1].sha256);
	ck_assert_int_eq((int)strlen(w->settings_sha256), 64);
}
END_TEST

START_TEST(one_bad_timetable_is_told_and_the_others_air)
{
	deskcase_write(&c, "schedules/a.yaml", "timetable: A\nslots: [\n");
	deskcase_write(&c, "schedules/b.yaml",
		       "timetable: B\nslots:\n  - {name: X, start: \"25:00\", length: 10m, "
		       "play: {bulletins: {}}}\n  - {name: Y, start: \"06:00\", length: soon, "
		       "play: {bulletins: {}}}\n");
	load();
	ck_assert_ptr_nonnull(fault_in(&w->faults, "schedules/a.yaml"));
	ck_assert_ptr_nonnull(case_fault(&w->faults, 3, "25:00"));
	ck_assert_ptr_nonnull(case_fault(&w->faults, 4, "soon"));
	ck_assert_int_ge(w->faults.errors, 3);
	ck_assert_int_eq(w->schedule.table_count, 1);
	ck_assert_int_eq(w->schedule.slot_count, 1);
	ck_assert_str_eq(w->schedule.slots[0].name, "Sáng");
}
END_TEST

START_TEST(bad_settings_hide_no_fault_of_a_timetable)
{
	struct faults faults = {0};
	struct err e = {0};

	deskcase_write(&c, "station.yaml",
		       "station: A\nid: a\nzones: [{name: mot, device: none}]\npeak_dbtp: loud\n");
	deskcase_write(&c, "schedules/a.yaml", "timetable: A\nslots: [\n");
	ck_assert_ptr_null(world_files_load(c.dir, &faults, &e));
	ck_assert_ptr_nonnull(strstr(e.text, c.dir));
	ck_assert_ptr_nonnull(fault_in(&faults, "station.yaml"));
	ck_assert_ptr_nonnull(fault_in(&faults, "schedules/a.yaml"));
	faults_finish(&faults);
	ck_assert_ptr_null(world_files_load(c.dir, NULL, &e)); /* nobody asks for them */
}
END_TEST

START_TEST(no_settings_no_world)
{
	char path[128];
	struct err e = {0};

	snprintf(path, sizeof(path), "%s/station.yaml", c.dir);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_ptr_null(world_files_load(c.dir, NULL, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	ck_assert_ptr_nonnull(strstr(e.text, "station.yaml"));
	snprintf(path, sizeof(path), "%s/khong", c.dir);
	ck_assert_ptr_null(world_files_load(path, NULL, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	ck_assert_int_ne(access(path, F_OK), 0); /* a mistyped folder is not made */
}
END_TEST

START_TEST(too_many_timetables_are_told)
{
	char name[64];

	for (int i = 0; i < TIMETABLES_MAX + 2; i++) { /* thu.yaml is the last of all */
		snprintf(name, sizeof(name), "schedules/%03d.yaml", i);
		deskcase_write(&c, name, "timetable: A\nslots: []\n");
	}
	load();
	ck_assert_int_eq(w->schedule.table_count, TIMETABLES_MAX);
	ck_assert_int_eq(w->faults.errors, 3);
	ck_assert_ptr_nonnull(fault_in(&w->faults, "schedules/thu.yaml"));
}
END_TEST

START_TEST(a_timetable_beyond_the_bound_is_an_error)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/schedules/thu.yaml", c.dir);
	ck_assert_int_eq(truncate(path, YAML_FILE_BYTES_MAX + 1), 0);
	load();
	ck_assert_int_eq(w->faults.errors, 1);
	ck_assert_str_eq(w->faults.list[0].file, "schedules/thu.yaml");
}
END_TEST

START_TEST(no_timetable_folder_is_only_silence)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/schedules/thu.yaml", c.dir);
	ck_assert_int_eq(unlink(path), 0);
	*strrchr(path, '/') = '\0';
	ck_assert_int_eq(rmdir(path), 0);
	load();
	ck_assert_int_eq(w->faults.errors, 0);
	ck_assert_int_eq(w->faults.count, 1);
	ck_assert_int_eq(w->schedule.slot_count, 0);
}
END_TEST

/* Nothing in schedules/ that is no file may hold up whoever reads the folder. */
START_TEST(what_is_no_file_is_told_and_not_waited_for)
{
	char path[128], pipe[128];
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	snprintf(pipe, sizeof(pipe), "%s/schedules/ong.yaml", c.dir);
	ck_assert_int_eq(mkfifo(pipe, 0600), 0);
	snprintf(path, sizeof(path), "%s/schedules/thu-muc.yaml", c.dir);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/schedules/lien-ket.yaml", c.dir);
	ck_assert_int_eq(symlink("/khong/co", path), 0);
	snprintf(path, sizeof(path), "%s/schedules/thiet-bi.yaml", c.dir);
	ck_assert_int_eq(symlink("/dev/zero", path), 0);
	snprintf(path, sizeof(path), "%s/schedules/\xff.yaml", c.dir);
	ck_assert_int_eq(symlink("thu.yaml", path), 0);
	snprintf(address.sun_path, sizeof(address.sun_path), "%s/schedules/o.yaml", c.dir);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	close(fd);
	ck_assert(world_stamp(c.dir) != 0);
	load();
	ck_assert_int_eq(w->schedule.table_count, 1);
	ck_assert_int_eq(w->faults.errors, 6);
	static const char *const names[] = {"ong", "thu-muc", "lien-ket", "thiet-bi", "o"};
	for (int i = 0; i < 5; i++) {
		snprintf(path, sizeof(path), "schedules/%s.yaml", names[i]);
		const struct fault *f = fault_in(&w->faults, path);
		ck_assert_msg(f != NULL, "%s", path);
		ck_assert_msg(strstr(fault_text(f), path) == NULL, "%s: %s", path, fault_text(f));
	}
	ck_assert_ptr_nonnull(strstr(fault_text(fault_in(&w->faults, "schedules")), "UTF-8"));
}
END_TEST

START_TEST(settings_that_are_no_file_are_told_and_not_waited_for)
{
	char path[128];
	struct err e = {0};

	snprintf(path, sizeof(path), "%s/station.yaml", c.dir);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert_ptr_null(world_files_load(c.dir, NULL, &e));
	ck_assert_ptr_nonnull(strstr(e.text, path));
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	ck_assert_ptr_null(world_files_load(c.dir, NULL, &e));
	ck_assert_ptr_nonnull(strstr(e.text, path));
}
END_TEST

START_TEST(looking_makes_no_folder)
{
	char path[96];
	struct err e = {0};

	snprintf(path, sizeof(path), "%s/khong-co", c.dir);
	ck_assert_uint_eq(world_stamp(path), 0);
	ck_assert_ptr_null(world_files_load(path, NULL, &e));
	ck_assert_int_ne(access(path, F_OK), 0);
}
END_TEST

START_TEST(the_stamp_changes_with_every_change)
{
	uint64_t first = world_stamp(c.dir);

	ck_assert(world_stamp(c.dir) == first);
	deskcase_write(&c, "tin.txt", "nothing of the station's");
	ck_assert(world_stamp(c.dir) == first);
	deskcase_write(&c, "schedules/a.yaml", "timetable: A\nslots: []\n");
	uint64_t second = world_stamp(c.dir);
	ck_assert(second != first);
	deskcase_write(&c, "station.yaml", "station: khác\n");
	ck_assert(world_stamp(c.dir) != second);
}
END_TEST

/* What is tried stands where it will stand, and nothing of it on the disk. */
START_TEST(a_change_is_read_as_if_it_were_there)
{
	static const char *const files[] = {"schedules/a.yaml", "schedules/thu.yaml",
					    "schedules/zz.yaml"};
	static const char text[] = "timetable: Mới\nslots: []\n";
	struct err e = {0};

	for (int i = 0; i < 3; i++) {
		struct world_change change = {files[i], text, strlen(text)};
		w = world_files_load_with(c.dir, &change, NULL, &e);
		ck_assert_msg(w != NULL, "%s", e.text);
		const struct schedule *s = &w->schedule;
		ck_assert_int_eq(s->table_count, i == 1 ? 1 : 2);
		int at = i == 2 ? 1 : 0;
		ck_assert_str_eq(s->tables[at].file, files[i]);
		ck_assert_str_eq(s->tables[at].name, "Mới");
		ck_assert_int_eq((int)strlen(s->tables[at].sha256), 64);
		world_files_free(w);
	}
	load();
	ck_assert_int_eq(w->schedule.table_count, 1);
	ck_assert_str_eq(w->schedule.tables[0].name, "Thử");
}
END_TEST

Suite *suite_world_files(void)
{
	Suite *s = suite_create("world_files");
	TCase *t = tcase_create("world_files");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_change_is_read_as_if_it_were_there);
	tcase_add_test(t, timetables_are_read_in_the_order_of_their_names);
	tcase_add_test(t, one_bad_timetable_is_told_and_the_others_air);
	tcase_add_test(t, bad_settings_hide_no_fault_of_a_timetable);
	tcase_add_test(t, no_settings_no_world);
	tcase_add_test(t, too_many_timetables_are_told);
	tcase_add_test(t, a_timetable_beyond_the_bound_is_an_error);
	tcase_add_test(t, no_timetable_folder_is_only_silence);
	tcase_add_test(t, what_is_no_file_is_told_and_not_waited_for);
	tcase_add_test(t, settings_that_are_no_file_are_told_and_not_waited_for);
	tcase_add_test(t, looking_makes_no_folder);
	tcase_add_test(t, the_stamp_changes_with_every_change);
	suite_add_tcase(s, t);
	return s;
}
