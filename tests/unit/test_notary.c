/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/notary.h"

#include "proof/journal.h"
#include "proof/tile.h"
#include "proof/tree.h"
#include "sys/chance.h"
#include "sys/disk_sim.h"

#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct disk_sim *sim;
static struct notary *n;
static struct err e;
static struct notary_setup how;

static struct disk *disk(void)
{
	return disk_sim_disk(sim);
}

static void set_up(const char *boot)
{
	how = (struct notary_setup){.name = "vangxa/dai", .seed = {7}};
	snprintf(how.boot, sizeof(how.boot), "%s", boot);
}

static void open_it(void)
{
	ck_assert_msg(notary_open(&n, disk(), &how, &e), "%s", e.text);
}

static void setup(void)
{
	sim = disk_sim_create();
	set_up("boot-1");
	open_it();
}

static void teardown(void)
{
	notary_close(n);
	disk_sim_destroy(sim);
	n = NULL;
}

static struct notary_state state(void)
{
	struct notary_state s;

	notary_state(n, &s);
	return s;
}

static int text_of(int64_t i, int salt, char out[static 64])
{
	return snprintf(out, 64, "{\"n\":%d,\"salt\":%d}", (int)i, salt);
}

static bool try_append(int salt)
{
	char text[64];
	int len = text_of(state().size, salt, text);

	return notary_append(n, text, (size_t)len, &e);
}

static void append(int count)
{
	for (int i = 0; i < count; i++)
		ck_assert_msg(try_append(0), "%s", e.text);
}

static void reopen(void)
{
	notary_close(n);
	n = NULL;
	open_it();
}

static bool read_head_of(struct disk *d, const char *log, struct checkpoint *c)
{
	char path[64];
	struct note_verifier v;
	struct buf b = {0}, k = {0};

	snprintf(path, sizeof(path), "%s/vkey", log);
	ck_assert_msg(disk_read(d, path, 1000, &k, &e), "%s", e.text);
	k.data[k.len - 1] = '\0';
	ck_assert_msg(note_verifier_parse(&v, k.data, &e), "%s", e.text);
	snprintf(path, sizeof(path), "%s/checkpoint", log);
	bool ok = disk_read(d, path, NOTE_BYTES_MAX, &b, &e) &&
		  checkpoint_open(b.data, b.len, &v, 1, c, NULL, &e);
	buf_finish(&b);
	buf_finish(&k);
	return ok;
}

/* The head on the disk is signed and is that of the entries on the disk. */
static void check_head(const char *log, int64_t size)
{
	struct checkpoint c;
	struct journal *j;
	struct tree t;
	struct hash root;

	ck_assert_msg(read_head_of(disk(), log, &c), "%s", e.text);
	ck_assert_int_eq(c.size, size);
	ck_assert_msg(journal_peek(&j, disk(), log, &e), "%s", e.text);
	ck_assert_int_ge(journal_count(j), size);
	tree_init(&t, disk(), log, journal_count(j));
	ck_assert_msg(tree_root(&t, size, &root, &e), "%s", e.text);
	ck_assert(hash_equal(&root, &c.root));
	journal_close(j);
}

static bool there(const char *path)
{
	struct buf b = {0};
	bool ok = disk_read(disk(), path, 1 << 20, &b, &e);

	buf_finish(&b);
	return ok;
}

static void overwrite(const char *path, const void *data, size_t len)
{
	struct disk_file *f;

	ck_assert_msg(disk_open(disk(), path, DISK_CREATE | DISK_FRESH, &f, &e), "%s", e.text);
	ck_assert(disk_write(f, data, len, &e) && disk_sync(f, &e));
	disk_close(f);
}

START_TEST(every_entry_has_its_signed_head)
{
	for (int i = 1; i <= 520; i++) {
		append(1);
		ck_assert_int_eq(state().head, i);
		if (i % 85 == 0)
			check_head("log", i);
	}
	reopen();
	check_head("log", 520);
	ck_assert_int_eq(state().log, 1);
	ck_assert(!state().begun);
}
END_TEST

START_TEST(the_key_is_named_after_the_station_and_kept)
{
	struct buf a = {0}, b = {0};

	append(1);
	ck_assert(disk_read(disk(), "log/vkey", 1000, &a, &e));
	ck_assert(strncmp(buf_str(&a), "vangxa/dai+", 11) == 0);
	memset(how.seed, 9, sizeof(how.seed));
	strcpy(how.name, "vangxa/khac");
	reopen();
	append(1);
	check_head("log", 2);
	ck_assert(disk_read(disk(), "log/vkey", 1000, &b, &e));
	ck_assert_str_eq(buf_str(&a), buf_str(&b));
	buf_finish(&a);
	buf_finish(&b);
}
END_TEST

START_TEST(a_log_from_before_there_were_heads_gets_one)
{
	struct journal *j;
	int64_t index;

	notary_close(n);
	n = NULL;
	disk_sim_destroy(sim);
	sim = disk_sim_create();
	ck_assert(journal_open(&j, disk(), "log", &e));
	for (int i = 0; i < 300; i++) {
		char text[64];
		int len = text_of(i, 0, text);

		ck_assert(journal_append(j, text, (size_t)len, &index, &e));
	}
	journal_close(j);
	open_it();
	check_head("log", 300);
	ck_assert_int_eq(state().log, 1);
}
END_TEST

START_TEST(a_torn_or_missing_head_is_signed_again)
{
	append(30);
	overwrite("log/checkpoint", "vangxa/dai\n30\n", 14);
	reopen();
	check_head("log", 30);
	ck_assert(disk_remove(disk(), "log/checkpoint", &e));
	reopen();
	check_head("log", 30);
	ck_assert_int_eq(state().log, 1);
}
END_TEST

START_TEST(wrong_tiles_are_made_again_from_the_entries)
{
	char zeros[8192] = {0};

	append(600);
	overwrite("log/tile/0/000", zeros, sizeof(zeros));
	reopen();
	ck_assert_int_eq(state().log, 1);
	check_head("log", 600);
}
END_TEST

START_TEST(a_shortened_log_is_never_signed_for_again)
{
	struct buf old = {0};

	append(20);
	ck_assert(disk_read(disk(), "log/tile/entries/000.p/20", 1 << 20, &old, &e));
	append(9);
	/* The folder of the log as it was, as if from a backup; the key and the heads are today's. */
	ck_assert(disk_remove(disk(), "log/tile/entries/000.p/29", &e));
	ck_assert(disk_remove(disk(), "log/checkpoint", &e));
	overwrite("log/tile/entries/000.p/20", old.data, old.len);
	buf_finish(&old);
	reopen();
	ck_assert_int_eq(state().log, 2);
	ck_assert(state().begun);
	ck_assert_str_eq(state().why, "shortened");
	ck_assert_int_eq(state().previous_size, 29);
	ck_assert_int_eq(state().base, 29);
	ck_assert(strncmp(state().previous_vkey, "vangxa/dai+", 11) == 0);
	reopen(); /* it stays with that, and with what it has to say */
	ck_assert(state().begun);
	append(3);
	check_head("log-2", 3);
	ck_assert(!there("log/checkpoint"));
	reopen();
	ck_assert_int_eq(state().log, 2);
	ck_assert_int_eq(state().base, 29);
	ck_assert(!state().begun);
}
END_TEST

START_TEST(an_older_log_folder_with_its_own_head_is_recognised)
{
	struct disk_sim *before;

	append(20);
	before = disk_sim_survivor(sim, 1);
	append(5);
	/* An image of the whole log folder: older entries, tiles and checkpoint fit together. */
	static const char *const files[] = {"log/tile/entries/000.p/20", "log/checkpoint"};
	ck_assert(disk_remove(disk(), "log/tile/entries/000.p/25", &e));
	for (size_t i = 0; i < 2; i++) {
		struct buf b = {0};

		ck_assert_msg(disk_read(disk_sim_disk(before), files[i], 1 << 20, &b, &e), "%s",
			      e.text);
		overwrite(files[i], b.data, b.len);
		buf_finish(&b);
	}
	disk_sim_destroy(before);
	reopen();
	ck_assert_str_eq(state().why, "shortened");
	ck_assert_int_eq(state().previous_size, 25);
	check_head("log", 20);
}
END_TEST

START_TEST(changed_entries_end_the_log)
{
	struct buf b = {0};

	append(20);
	ck_assert(disk_read(disk(), "log/tile/entries/000.p/20", 1 << 20, &b, &e));
	char *where = strstr(b.data + 40, "salt\":0");
	ck_assert_ptr_nonnull(where);
	where[6] = '1';
	overwrite("log/tile/entries/000.p/20", b.data, b.len);
	buf_finish(&b);
	reopen();
	ck_assert_int_eq(state().log, 2);
	ck_assert_str_eq(state().why, "changed");
}
END_TEST

START_TEST(without_its_key_the_log_ends)
{
	append(20);
	ck_assert(disk_remove(disk(), "key", &e));
	memset(how.seed, 9, sizeof(how.seed));
	reopen();
	ck_assert_int_eq(state().log, 2);
	ck_assert_str_eq(state().why, "key-lost");
	ck_assert_int_eq(state().base, 20);
	append(2);
	check_head("log-2", 2);
	check_head("log", 20);
	overwrite("key", "nonsense\n", 9);
	reopen();
	ck_assert_int_eq(state().log, 3);
	ck_assert_int_eq(state().base, 22);
}
END_TEST

START_TEST(a_missing_bundle_ends_the_log)
{
	append(600);
	ck_assert(disk_remove(disk(), "log/tile/entries/001", &e));
	reopen();
	ck_assert_int_eq(state().log, 2);
	ck_assert_str_eq(state().why, "damaged");
	ck_assert_int_eq(state().base, 600);
}
END_TEST

START_TEST(without_the_copies_a_later_log_tells_its_base)
{
	append(20);
	ck_assert(disk_remove(disk(), "key", &e));
	reopen();
	static const char first[] = "{\"base\":20,\"n\":0}";
	ck_assert(notary_append(n, first, strlen(first), &e));
	notary_close(n);
	n = NULL;
	ck_assert(disk_remove(disk(), "heads/2", &e));
	open_it();
	ck_assert_int_eq(state().log, 2);
	ck_assert_int_eq(state().base, 20);
	append(1);
	check_head("log-2", 2);
}
END_TEST

START_TEST(a_full_disk_loses_no_entry_and_no_head)
{
	append(10);
	for (int room = 0; room < 40000; room += 977) {
		struct notary_state was = state();

		disk_sim_capacity(sim, room); /* less than is used: nothing more fits */
		if (!try_append(0))
			ck_assert_int_eq(state().size, was.size);
		disk_sim_capacity(sim, -1);
		append(1);
		ck_assert_int_eq(state().head, state().size);
	}
	int64_t size = state().size;
	reopen();
	check_head("log", size);
	ck_assert_int_eq(state().log, 1);
}
END_TEST

START_TEST(faults_of_the_disk_are_outlived)
{
	for (int fault = 0; fault < DISK_SIM_FAULTS; fault++)
		for (int in = 1; in < 8; in++) {
			int64_t size = state().size;

			disk_sim_fail(sim, (enum disk_sim_fault)fault, in, 0, EIO);
			bool ok = try_append(0);
			ck_assert_int_eq(state().size, size + (ok ? 1 : 0));
			disk_sim_fail(sim, (enum disk_sim_fault)fault, 0, 0, 0);
			append(1);
			ck_assert_int_eq(state().head, state().size);
		}
	int64_t size = state().size;
	reopen();
	check_head("log", size);
	ck_assert_int_eq(state().log, 1);
}
END_TEST

/* The power goes at every operation of some appends; nothing acknowledged may be lost, and the log
 * goes on as itself. */
START_TEST(honest_disks_lose_nothing_at_any_moment)
{
	append(250); /* so that a bundle and a tile become full on the way */
	int64_t begin = disk_sim_operations(sim), end;
	struct disk_sim *kept = disk_sim_survivor(sim, 0);

	append(12);
	end = disk_sim_operations(sim);
	disk_sim_destroy(kept);
	for (int64_t at = 0; at < end - begin + 40; at++) {
		int64_t told;

		teardown();
		setup();
		append(250);
		disk_sim_power_off_after(sim, at);
		while (state().size < 262 && try_append(0))
			;
		told = disk_sim_power_is_off(sim) ? state().size : 262;
		struct checkpoint c;
		notary_close(n);
		n = NULL;
		disk_sim_power_cut(sim, (uint64_t)at);
		set_up("boot-2");
		open_it();
		ck_assert_int_ge(state().size, told);
		ck_assert_msg(state().log == 1, "cut at %d: %s", (int)at, state().why);
		while (state().size <= state().silent_to)
			append(1);
		append(1);
		ck_assert(read_head_of(disk(), "log", &c));
		check_head("log", state().size);
	}
}
END_TEST

/* Every head that was ever signed for a log, as the outside has seen them. */
struct seen {
	struct hash roots[3000];
	bool there[3000];
};

static void see(struct seen *logs, int seed)
{
	struct checkpoint c;
	char dir[LOG_DIR_BYTES];
	int log = state().log;

	if (state().head == 0 || log > 8)
		return;
	log_dir(log, dir);
	ck_assert_msg(read_head_of(disk(), dir, &c), "%s", e.text);
	struct seen *s = &logs[log - 1];
	ck_assert_int_lt(c.size, 3000);
	ck_assert_msg(!s->there[c.size] || hash_equal(&s->roots[c.size], &c.root),
		      "seed %d: two heads of size %d", seed, (int)c.size);
	s->there[c.size] = true;
	s->roots[c.size] = c.root;
}

/* A disk that lies about every sync for a while, and loses all of it. */
static void live_and_lose(int seed, int percent)
{
	struct seen *logs = calloc(8, sizeof(*logs));
	struct chance chance = {.state = (uint64_t)seed};

	for (int life = 0; life < 12; life++) {
		int entries = (int)chance_below(&chance, 40);

		for (int i = 0; i < entries; i++) {
			/* Different words each life: a lost entry never comes again. */
			if (!try_append(life))
				break;
			see(logs, seed);
			/* The lie begins anywhere, and lasts for the last few entries. */
			if (i == entries - 1 - (int)chance_below(&chance, 7))
				disk_sim_lie(sim, percent, (uint64_t)seed);
		}
		notary_close(n);
		n = NULL;
		disk_sim_power_cut(sim, chance_next(&chance));
		disk_sim_lie(sim, 0, 0);
		char boot[20];
		snprintf(boot, sizeof(boot), "boot-%d", life + 2);
		set_up(boot);
		open_it();
		see(logs, seed);
	}
	free(logs);
}

START_TEST(lying_disks_make_no_second_head_of_a_size)
{
	for (int seed = 0; seed < 40; seed++) {
		teardown();
		setup();
		live_and_lose(_i * 40 + seed, _i % 2 == 0 ? 100 : 40);
	}
}
END_TEST

START_TEST(after_kill_the_log_speaks_at_once)
{
	append(20);
	/* The process is gone without a word; the machine and its memory of the disk are not. */
	struct notary *dead = n;
	n = NULL;
	open_it();
	ck_assert_int_eq(state().silent_to, 0);
	append(1);
	ck_assert_int_eq(state().head, 21);
	notary_close(dead);
}
END_TEST

START_TEST(a_disk_that_gives_back_other_bytes_is_found_out)
{
	append(5);
	overwrite("log/tile/entries/000.p/5", "\0\003{}\n", 5);
	ck_assert(!try_append(0));
	ck_assert_int_eq(e.kind, ERR_DAMAGED);
}
END_TEST

Suite *suite_notary(void);
Suite *suite_notary(void)
{
	Suite *s = suite_create("notary");
	TCase *t = tcase_create("notary");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, every_entry_has_its_signed_head);
	tcase_add_test(t, the_key_is_named_after_the_station_and_kept);
	tcase_add_test(t, a_log_from_before_there_were_heads_gets_one);
	tcase_add_test(t, a_torn_or_missing_head_is_signed_again);
	tcase_add_test(t, wrong_tiles_are_made_again_from_the_entries);
	tcase_add_test(t, a_shortened_log_is_never_signed_for_again);
	tcase_add_test(t, an_older_log_folder_with_its_own_head_is_recognised);
	tcase_add_test(t, changed_entries_end_the_log);
	tcase_add_test(t, without_its_key_the_log_ends);
	tcase_add_test(t, a_missing_bundle_ends_the_log);
	tcase_add_test(t, without_the_copies_a_later_log_tells_its_base);
	tcase_add_test(t, a_full_disk_loses_no_entry_and_no_head);
	tcase_add_test(t, faults_of_the_disk_are_outlived);
	tcase_add_test(t, honest_disks_lose_nothing_at_any_moment);
	tcase_add_loop_test(t, lying_disks_make_no_second_head_of_a_size, 0, 4);
	tcase_add_test(t, after_kill_the_log_speaks_at_once);
	tcase_add_test(t, a_disk_that_gives_back_other_bytes_is_found_out);
	suite_add_tcase(s, t);
	return s;
}
