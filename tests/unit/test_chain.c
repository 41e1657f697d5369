/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/chain.h"

#include "proof/journal.h"
#include "sys/disk_sim.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct disk_sim *sim;
static struct disk *disk;
static struct chain *c;
static struct err e;

static void setup(void)
{
	sim = disk_sim_create();
	disk = disk_sim_disk(sim);
}

static void teardown(void)
{
	chain_close(c);
	c = NULL;
	disk_sim_destroy(sim);
}

/* Log number k with so many entries; the first says its base, unless that is −1. */
static void make(int k, int64_t base, int entries)
{
	char dir[LOG_DIR_BYTES], text[64];
	struct journal *j;
	int64_t n;

	log_dir(k, dir);
	ck_assert_msg(journal_open(&j, disk, dir, &e), "%s", e.text);
	for (int i = 0; i < entries; i++) {
		int len = i == 0 && base >= 0
				  ? snprintf(text, sizeof(text), "{\"base\":%d}", (int)base)
				  : snprintf(text, sizeof(text), "{\"log\":%d,\"i\":%d}", k, i);
		ck_assert(journal_append(j, text, (size_t)len, &n, &e));
	}
	journal_close(j);
}

static void open_it(int64_t base)
{
	chain_close(c);
	c = NULL;
	ck_assert_msg(chain_open(&c, disk, base, &e), "%s", e.text);
}

struct numbers {
	int64_t list[64];
	int count, most;
};

static bool keep(int64_t n, const char *text, size_t len, void *arg)
{
	struct numbers *s = arg;

	ck_assert(len > 2 && text[0] == '{');
	s->list[s->count++] = n;
	return s->count != s->most;
}

static struct numbers numbers(int64_t from, int64_t to, int most)
{
	struct numbers s = {.most = most};

	ck_assert_msg(chain_read(c, from, to, keep, &s, &e), "%s", e.text);
	return s;
}

START_TEST(one_log_is_itself)
{
	make(1, -1, 5);
	open_it(0);
	ck_assert_int_eq(chain_next(c), 5);
	struct numbers s = numbers(1, 4, 0);
	ck_assert(s.count == 3 && s.list[0] == 1 && s.list[2] == 3);
	ck_assert_int_eq(chain_before(c, 3), 2);
	ck_assert_int_eq(chain_before(c, 0), -1);
}
END_TEST

START_TEST(numbers_go_on_behind_what_was_lost)
{
	make(1, -1, 3);
	make(2, 7, 4); /* four entries of the first are gone */
	open_it(0);
	ck_assert_int_eq(chain_next(c), 11);
	struct numbers s = numbers(0, 100, 0);
	static const int64_t want[] = {0, 1, 2, 7, 8, 9, 10};
	ck_assert_int_eq(s.count, 7);
	ck_assert(memcmp(s.list, want, sizeof(want)) == 0);
	s = numbers(2, 9, 0);
	ck_assert(s.count == 3 && s.list[0] == 2 && s.list[1] == 7 && s.list[2] == 8);
	s = numbers(0, 100, 4); /* stopped in the second log */
	ck_assert_int_eq(s.count, 4);
	ck_assert_int_eq(chain_before(c, 7), 2);
	ck_assert_int_eq(chain_before(c, 100), 10);
}
END_TEST

START_TEST(a_number_leads_to_its_log)
{
	char log[LOG_DIR_BYTES];
	int64_t index;

	make(1, -1, 3);
	make(2, 7, 4);
	open_it(0);
	ck_assert(chain_where(c, 2, log, &index) && index == 2);
	ck_assert_str_eq(log, "log");
	ck_assert(chain_where(c, 8, log, &index) && index == 1);
	ck_assert_str_eq(log, "log-2");
	ck_assert(!chain_where(c, 3, log, &index) && !chain_where(c, 11, log, &index));
	ck_assert(!chain_where(c, -1, log, &index));
}
END_TEST

START_TEST(a_log_that_has_just_begun_is_told_its_base)
{
	make(1, -1, 3);
	make(2, -1, 0);
	open_it(9);
	ck_assert_int_eq(chain_next(c), 9);
	ck_assert_int_eq(chain_before(c, 9), 2);
	chain_note(c, "{\"base\":9}", 10);
	ck_assert_int_eq(chain_next(c), 10);
	ck_assert_int_eq(numbers(3, 100, 0).list[0], 9);
}
END_TEST

START_TEST(numbers_never_come_twice)
{
	make(1, -1, 20);
	make(2, 5, 2); /* it was begun beside an older copy of the first */
	open_it(0);
	ck_assert_int_eq(chain_next(c), 22);
	ck_assert_int_eq(numbers(20, 22, 0).count, 2);
}
END_TEST

START_TEST(an_older_log_that_cannot_be_read_is_left_out)
{
	make(1, -1, 300);
	make(2, 300, 2);
	ck_assert(disk_remove(disk, "log/tile/entries/000", &e));
	open_it(0);
	ck_assert_int_eq(chain_unreadable(c), 1);
	ck_assert_int_eq(chain_next(c), 302);
	ck_assert_int_eq(numbers(0, 400, 0).count, 2);
}
END_TEST

START_TEST(without_any_log_there_is_nothing)
{
	open_it(0);
	ck_assert_int_eq(chain_next(c), 0);
	ck_assert_int_eq(numbers(0, 10, 0).count, 0);
}
END_TEST

Suite *suite_chain(void);
Suite *suite_chain(void)
{
	Suite *s = suite_create("chain");
	TCase *t = tcase_create("chain");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, one_log_is_itself);
	tcase_add_test(t, numbers_go_on_behind_what_was_lost);
	tcase_add_test(t, a_number_leads_to_its_log);
	tcase_add_test(t, a_log_that_has_just_begun_is_told_its_base);
	tcase_add_test(t, numbers_never_come_twice);
	tcase_add_test(t, an_older_log_that_cannot_be_read_is_left_out);
	tcase_add_test(t, without_any_log_there_is_nothing);
	suite_add_tcase(s, t);
	return s;
}
