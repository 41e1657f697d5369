/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening after the real thing: a process that is killed while it appends, on the real file system.
 * What a power cut leaves is in test_journal.c, on the simulated disk. */
#include "proof/journal.h"
#include "proof/tile.h"

#include "support/tmpdir.h"
#include "sys/chance.h"
#include "sys/disk.h"

#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define KILLS 100

static char root[64];
static struct err e;

static void setup(void)
{
	tmpdir_make(root);
}

static void teardown(void)
{
	tmpdir_remove(root);
}

static int entry_text(int64_t n, char out[static 64])
{
	return snprintf(out, 64, "{\"n\":%d,\"x\":\"%0*d\"}", (int)n, 1 + (int)(n % 29), 7);
}

/* Appends for ever and tells each index that it got. */
static _Noreturn void append_until_killed(int fd)
{
	struct disk_real disk;
	struct journal *j;
	char text[64];

	if (!disk_real_open(&disk, root, &e) || !journal_open(&j, &disk.disk, LOG_DIR, &e))
		_exit(1);
	for (;;) {
		int64_t n;
		int len = entry_text(journal_count(j), text);

		if (!journal_append(j, text, (size_t)len, &n, &e) ||
		    write(fd, &n, sizeof(n)) != sizeof(n))
			_exit(2);
	}
}

/* Kills the child after some acknowledgements, in the middle of whatever it does then; the last
 * index that it told. */
static int64_t run_and_kill(int appends)
{
	int64_t n, last = -1;
	int ends[2], status;

	ck_assert_int_eq(pipe(ends), 0);
	pid_t child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		close(ends[0]);
		append_until_killed(ends[1]);
	}
	close(ends[1]);
	while (read(ends[0], &n, sizeof(n)) == sizeof(n)) {
		last = n;
		if (appends-- == 0)
			kill(child, SIGKILL);
	}
	close(ends[0]);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_msg(WIFSIGNALED(status), "the child ended with %d", WEXITSTATUS(status));
	return last;
}

static bool same(int64_t n, const char *text, size_t len, void *arg)
{
	char want[64];

	if (len != (size_t)entry_text(n, want) || memcmp(text, want, len) != 0)
		ck_abort_msg("entry %d", (int)n);
	++*(int64_t *)arg;
	return true;
}

START_TEST(kill_9_loses_nothing_acknowledged)
{
	struct chance chance = {9};
	struct disk_real disk;
	int64_t count = 0;

	ck_assert(disk_real_open(&disk, root, &e));
	for (int i = 0; i < KILLS; i++) {
		int64_t last = run_and_kill((int)chance_below(&chance, 20)), seen = 0;
		struct journal *j;

		ck_assert_msg(journal_open(&j, &disk.disk, LOG_DIR, &e), "%s", e.text);
		count = journal_count(j);
		/* One entry may be written and not told. */
		ck_assert_int_ge(count, last + 1);
		ck_assert_int_le(count, last + 2);
		ck_assert(journal_read(j, 0, count, same, &seen, &e));
		ck_assert_int_eq(seen, count);
		ck_assert_int_eq(journal_lost(j), 0);
		journal_close(j);
	}
	ck_assert_int_gt(count, 2 * 256); /* it went over borders of bundles */
	disk_real_close(&disk);
}
END_TEST

START_TEST(refuses_what_is_no_folder)
{
	struct disk_real disk;
	struct disk_file *f;
	struct journal *j;

	ck_assert(disk_real_open(&disk, root, &e));
	ck_assert(disk_open(&disk.disk, "log", DISK_CREATE, &f, &e));
	disk_close(f);
	ck_assert(!journal_open(&j, &disk.disk, LOG_DIR, &e));
	ck_assert(strstr(e.text, "log") != NULL);
	disk_real_close(&disk);
}
END_TEST

Suite *suite_journal_open(void);
Suite *suite_journal_open(void)
{
	Suite *s = suite_create("journal_open");
	TCase *t = tcase_create("journal_open");

	tcase_set_timeout(t, 120); /* some thousand fdatasync */
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, kill_9_loses_nothing_acknowledged);
	tcase_add_test(t, refuses_what_is_no_folder);
	suite_add_tcase(s, t);
	return s;
}
