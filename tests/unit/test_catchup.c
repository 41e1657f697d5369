/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/catchup.h"

#include "base/must.h"
#include "proof/journal.h"
#include "support/tmpdir.h"
#include "sys/disk_sim.h"

#include <check.h>
#include <stdio.h>
#include <unistd.h>

static char dir[64], path[96];
static struct disk_sim *sim;
static struct err e;

static void setup(void)
{
	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/view.sqlite", dir);
	sim = disk_sim_create();
}

static void teardown(void)
{
	disk_sim_destroy(sim);
	tmpdir_remove(dir);
}

/* More entries at the end of the log of this disk. */
static void add(struct disk_sim *s, const char *word, int count)
{
	char text[192];
	struct journal *j;
	int64_t n;

	ck_assert_msg(journal_open(&j, disk_sim_disk(s), "log", &e), "%s", e.text);
	for (int i = 0; i < count; i++) {
		int len = snprintf(text, sizeof(text),
				   "{\"at\":\"2026-11-23T05:30:00.000+07:00\",\"clock\":"
				   "{\"max_error_ms\":1,\"synced\":true},\"kind\":\"note.added\","
				   "\"n\":%d,\"text\":\"%s\"}", (int)journal_count(j), word);
		ck_assert_msg(journal_append(j, text, (size_t)len, &n, &e), "%s", e.text);
	}
	journal_close(j);
}

static struct chain *chain_of(struct disk_sim *s)
{
	struct chain *c;

	ck_assert_msg(chain_open(&c, disk_sim_disk(s), 0, &e), "%s", e.text);
	return c;
}

/* How many entries the view has once it was opened against the log. */
static int64_t applied(struct disk_sim *s)
{
	struct chain *c = chain_of(s);
	struct view *v;

	ck_assert_msg(catchup_open(&v, path, c, &e), "%s", e.text);
	int64_t count = v->applied;
	view_close(v);
	chain_close(c);
	return count;
}

START_TEST(it_has_what_the_log_has)
{
	add(sim, "một", 3);
	ck_assert_int_eq(applied(sim), 3);
	add(sim, "hai", 2);
	ck_assert_int_eq(applied(sim), 5);
	ck_assert_int_eq(applied(sim), 5);
}
END_TEST

START_TEST(an_open_view_is_brought_to_the_end)
{
	struct view *v;

	add(sim, "một", 1);
	struct chain *c = chain_of(sim);
	ck_assert(catchup_make(&v, ":memory:", c, &e));
	ck_assert_int_eq(v->applied, 1);
	chain_close(c);
	add(sim, "hai", 2);
	c = chain_of(sim);
	ck_assert(catchup_run(v, c, &e));
	ck_assert_int_eq(v->applied, 3);
	view_close(v);
	chain_close(c);
}
END_TEST

START_TEST(a_view_of_another_log_is_made_anew)
{
	struct disk_sim *other = disk_sim_create();

	add(sim, "ta", 4);
	add(other, "khác", 2);
	ck_assert_int_eq(applied(sim), 4);
	ck_assert_int_eq(applied(other), 2); /* not 4: none of them is in this log */
	add(other, "khác", 1);
	ck_assert_int_eq(applied(other), 3);
	disk_sim_destroy(other);
}
END_TEST

START_TEST(a_damaged_one_is_made_anew)
{
	add(sim, "một", 2);
	ck_assert_int_eq(applied(sim), 2);
	FILE *f = fopen(path, "w");
	must(f != NULL && fputs("not a table", f) >= 0 && fclose(f) == 0);
	ck_assert_int_eq(applied(sim), 2);
}
END_TEST

Suite *suite_catchup(void);
Suite *suite_catchup(void)
{
	Suite *s = suite_create("catchup");
	TCase *t = tcase_create("catchup");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, it_has_what_the_log_has);
	tcase_add_test(t, an_open_view_is_brought_to_the_end);
	tcase_add_test(t, a_view_of_another_log_is_made_anew);
	tcase_add_test(t, a_damaged_one_is_made_anew);
	suite_add_tcase(s, t);
	return s;
}
