/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/bundle.h"
#include "proof/journal.h"
#include "proof/tile.h"
#include "sys/disk_sim.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct disk_sim *sim;
static struct disk *disk;
static struct journal *writer, *reader;
static struct err e;

static void setup(void)
{
	sim = disk_sim_create();
	disk = disk_sim_disk(sim);
	ck_assert(journal_open(&writer, disk, LOG_DIR, &e));
}

static void teardown(void)
{
	journal_close(writer);
	journal_close(reader);
	disk_sim_destroy(sim);
	reader = NULL;
}

static void append(int count, bool tell)
{
	for (int i = 0; i < count; i++) {
		char text[40];
		int64_t n;
		int len = snprintf(text, sizeof(text), "{\"n\":%d}", (int)journal_count(writer));

		ck_assert_msg(journal_append(writer, text, (size_t)len, &n, &e), "%s", e.text);
		if (tell)
			journal_note(reader, text, (size_t)len);
	}
}

static bool check_one(int64_t n, const char *text, size_t len, void *arg)
{
	char want[40];

	snprintf(want, sizeof(want), "{\"n\":%d}", (int)n);
	ck_assert(len == strlen(want) && memcmp(text, want, len) == 0);
	++*(int *)arg;
	return true;
}

static int all(struct journal *j)
{
	int seen = 0;

	ck_assert_msg(journal_read(j, 0, journal_count(j), check_one, &seen, &e), "%s", e.text);
	return seen;
}

static void peek(void)
{
	journal_close(reader);
	reader = NULL;
	ck_assert_msg(journal_peek(&reader, disk, LOG_DIR, &e), "%s", e.text);
}

START_TEST(a_reader_sees_what_is_there_and_changes_nothing)
{
	for (int count = 0; count < 600; count += 97) {
		int64_t before = disk_sim_operations(sim);

		peek();
		ck_assert_int_eq(journal_count(reader), count);
		ck_assert_int_eq(all(reader), count);
		ck_assert_int_eq(disk_sim_operations(sim), before);
		append(97, false);
	}
}
END_TEST

START_TEST(a_reader_follows_what_it_is_told)
{
	append(250, false);
	peek();
	append(300, true);
	ck_assert_int_eq(journal_count(reader), 550);
	ck_assert_int_eq(all(reader), 550);
	peek();
	ck_assert_int_eq(all(reader), 550);
}
END_TEST

START_TEST(a_torn_entry_is_left_alone)
{
	struct disk_file *f;

	append(3, false);
	ck_assert(disk_open(disk, "log/tile/entries/000.p/3", 0, &f, &e));
	ck_assert(disk_write(f, "\0\011{\"n\":", 7, &e));
	disk_close(f);
	peek();
	ck_assert_int_eq(all(reader), 3);
	ck_assert(disk_open(disk, "log/tile/entries/000.p/3", 0, &f, &e));
	ck_assert_int_eq(disk_size(f), 3 * 10 + 7);
	disk_close(f);
}
END_TEST

START_TEST(without_a_log_there_is_nothing_to_read)
{
	ck_assert(!journal_peek(&reader, disk, "log-2", &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
}
END_TEST

Suite *suite_journal_read(void);
Suite *suite_journal_read(void)
{
	Suite *s = suite_create("journal_read");
	TCase *t = tcase_create("journal_read");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_reader_sees_what_is_there_and_changes_nothing);
	tcase_add_test(t, a_reader_follows_what_it_is_told);
	tcase_add_test(t, a_torn_entry_is_left_alone);
	tcase_add_test(t, without_a_log_there_is_nothing_to_read);
	suite_add_tcase(s, t);
	return s;
}
