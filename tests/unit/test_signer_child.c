/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/signer.h"

#include "proof/journal.h"
#include "proof/ledger.h"
#include "proof/tile.h"
#include "support/tmpdir.h"
#include "sys/clock.h"

#include <check.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[64];
static struct signer *s;
static struct notary_state state;
static struct err e;

static void setup(void)
{
	tmpdir_make(root);
	s = signer_child(root, "vangxa/dai", "boot");
}

static void teardown(void)
{
	signer_close(s);
	s = NULL;
	tmpdir_remove(root);
}

static bool append(int i)
{
	char text[32];
	int len = snprintf(text, sizeof(text), "{\"n\":%d}", i);

	return signer_append(s, text, (size_t)len, &state, &e);
}

/* The one child of this process. */
static pid_t child(void)
{
	char path[64];
	int pid = 0;

	snprintf(path, sizeof(path), "/proc/self/task/%d/children", (int)getpid());
	FILE *f = fopen(path, "r");
	ck_assert_ptr_nonnull(f);
	char line[64] = "";
	ck_assert_ptr_nonnull(fgets(line, sizeof(line), f));
	fclose(f);
	pid = (int)strtol(line, NULL, 10);
	ck_assert_int_gt(pid, 0);
	return pid;
}

START_TEST(a_process_of_its_own_appends_and_signs)
{
	struct stat st;
	char path[128];

	ck_assert_msg(signer_open(s, &state, &e), "%s", e.text);
	for (int i = 0; i < 300; i++)
		ck_assert_msg(append(i), "%s", e.text);
	ck_assert(state.size == 300 && state.head == 300);
	snprintf(path, sizeof(path), "%s/key", root);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0600);
	snprintf(path, sizeof(path), "%s/log/checkpoint", root);
	ck_assert_int_eq(stat(path, &st), 0);
}
END_TEST

START_TEST(one_that_is_killed_comes_again_with_all_it_acknowledged)
{
	ck_assert(signer_open(s, &state, &e));
	for (int i = 0; i < 20; i++)
		ck_assert(append(i));
	kill(child(), SIGKILL);
	ck_assert(!append(20));
	ck_assert_int_eq(e.kind, ERR_DAMAGED);
	ck_assert(signer_open(s, &state, &e));
	ck_assert_int_eq(state.size, 20);
	ck_assert(append(20));
	ck_assert_int_eq(state.head, 21);
}
END_TEST

START_TEST(the_ledger_goes_on_when_its_signer_dies)
{
	struct disk_real disk;
	struct clock_real clock;
	struct ledger *l;
	struct tz tz;
	int64_t n;

	ck_assert(disk_real_open(&disk, root, &e));
	clock_real_open(&clock);
	tz_fixed(&tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	ck_assert_msg(ledger_open(&l, &disk.disk, s, ":memory:", &clock.clock, &tz, &e), "%s",
		      e.text);
	s = NULL; /* the ledger's now */
	for (int i = 0; i < 10; i++) {
		ck_assert_msg(ledger_append(l, json_pack("{s:s}", "kind", "note.added"), &n, &e),
			      "%s", e.text);
		ck_assert_int_eq(n, i);
		kill(child(), SIGKILL);
	}
	ck_assert_int_eq(ledger_next(l), 10);
	ledger_close(l);
	clock_real_close(&clock);
	disk_real_close(&disk);
}
END_TEST

START_TEST(what_is_no_folder_or_no_entry_is_refused)
{
	ck_assert(signer_open(s, &state, &e));
	ck_assert(!signer_append(s, "nonsense", 8, &state, &e));
	ck_assert_int_eq(e.kind, ERR_REFUSED);
	ck_assert(!signer_append(s, "{\n}", 3, &state, &e));
	ck_assert(append(0));
	struct signer *none = signer_child("/khong/co", "vangxa/dai", "boot");
	ck_assert(!signer_open(none, &state, &e));
	ck_assert_msg(strstr(e.text, "/khong/co") != NULL, "%s", e.text);
	ck_assert(!signer_append(none, "{}", 2, &state, &e));
	signer_close(none);
}
END_TEST

START_TEST(two_at_once_do_not_happen)
{
	struct signer *second = signer_child(root, "vangxa/dai", "boot");

	ck_assert(signer_open(s, &state, &e));
	ck_assert(append(0));
	pid_t first = child();
	kill(first, SIGSTOP); /* it holds the lock, as one that is just ending does */
	kill(first, SIGKILL);
	ck_assert_msg(signer_open(second, &state, &e), "%s", e.text);
	ck_assert_int_eq(state.size, 1);
	signer_close(second);
}
END_TEST

Suite *suite_signer_child(void);
Suite *suite_signer_child(void)
{
	Suite *suite = suite_create("signer_child");
	TCase *t = tcase_create("signer_child");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, a_process_of_its_own_appends_and_signs);
	tcase_add_test(t, one_that_is_killed_comes_again_with_all_it_acknowledged);
	tcase_add_test(t, the_ledger_goes_on_when_its_signer_dies);
	tcase_add_test(t, what_is_no_folder_or_no_entry_is_refused);
	tcase_add_test(t, two_at_once_do_not_happen);
	suite_add_tcase(suite, t);
	return suite;
}
