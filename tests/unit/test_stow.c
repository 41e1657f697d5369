/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/stow.h"

#include "base/gzip.h"
#include "support/verify_case.h"

#include <check.h>
#include <errno.h>
#include <string.h>

static struct disk_sim *sim;
static struct disk *d;
static struct err e;
static struct buf before;

static void setup(void)
{
	sim = verify_case_make(600);
	disk_sim_power_cut(sim, 1); /* which takes nothing: all is durable */
	d = disk_sim_disk(sim);
	verify_case_read(d, "log/tile/entries/000", &before);
}

static void teardown(void)
{
	buf_finish(&before);
	disk_sim_destroy(sim);
}

static bool there(const char *path)
{
	struct buf b = {0};
	bool ok = disk_read(d, path, 1 << 24, &b, &e);

	buf_finish(&b);
	return ok;
}

static void check_bytes(struct disk *on)
{
	struct buf b = {0};

	ck_assert_msg(stow_read(on, "log", 0, &b, NULL, &e), "%s", e.text);
	ck_assert(b.len == before.len && memcmp(b.data, before.data, b.len) == 0);
	buf_finish(&b);
}

static bool step(void)
{
	bool done = true;

	ck_assert_msg(stow_bundle(d, "log", 0, &done, &e), "%s", e.text);
	check_bytes(d);
	return done;
}

START_TEST(it_takes_two_steps_and_reads_the_same_all_along)
{
	ck_assert(!step());
	ck_assert(there("log/tile/entries/000") && there("log/tile/entries/000.gz"));
	ck_assert(step());
	ck_assert(!there("log/tile/entries/000") && there("log/tile/entries/000.gz"));
	ck_assert(step());
	struct verdict v;
	ck_assert(verify_case(d, NULL, false, &v));
	ck_assert(verdict_first(&v) == NULL);
	ck_assert_int_eq(v.checks[CHECK_ENTRIES].count, 600);
	verdict_finish(&v);
}
END_TEST

static void look(void *arg)
{
	int *looks = arg;

	for (uint64_t seed = 0; seed < 16; seed++) {
		struct disk_sim *s = disk_sim_survivor(sim, seed);

		check_bytes(disk_sim_disk(s));
		disk_sim_destroy(s);
	}
	++*looks;
}

START_TEST(a_cut_at_any_moment_loses_nothing)
{
	int looks = 0;

	disk_sim_watch(sim, look, &looks);
	while (!step())
		;
	look(&looks);
	disk_sim_watch(sim, NULL, NULL);
	ck_assert_int_ge(looks, 6);
}
END_TEST

START_TEST(a_disk_that_lied_about_the_packed_file_has_the_plain_one)
{
	disk_sim_lie(sim, 100, 1);
	ck_assert(!step());
	disk_sim_power_cut(sim, 0);
	check_bytes(d);
	disk_sim_lie(sim, 0, 0);
	while (!step())
		;
}
END_TEST

START_TEST(faults_leave_the_plain_one)
{
	bool done;

	for (int fault = 0; fault < DISK_SIM_FAULTS; fault++) {
		disk_sim_fail(sim, (enum disk_sim_fault)fault, 1, 0, EIO);
		ck_assert(!stow_bundle(d, "log", 0, &done, &e) && !done);
		ck_assert(there("log/tile/entries/000"));
		ck_assert(!there("log/tile/entries/000.gz.new"));
		check_bytes(d);
	}
}
END_TEST

START_TEST(what_is_no_whole_bundle_is_left_as_it_is)
{
	bool done = true;

	verify_case_put(d, "log/tile/entries/000", before.data, before.len - 1);
	ck_assert(stow_bundle(d, "log", 0, &done, &e) && !done);
	ck_assert(!there("log/tile/entries/000.gz"));
}
END_TEST

START_TEST(a_spoiled_packed_file_is_told_and_made_anew_while_it_can)
{
	struct buf b = {0};
	enum stow_form form;

	ck_assert(!step());
	verify_case_put(d, "log/tile/entries/000.gz", "nonsense", 8);
	ck_assert(!step());
	ck_assert(step());
	verify_case_put(d, "log/tile/entries/000.gz", "nonsense", 8);
	ck_assert(!stow_read(d, "log", 0, &b, &form, &e));
	ck_assert_int_eq(e.kind, ERR_DAMAGED);
	struct verdict v;
	ck_assert(verify_case(d, NULL, false, &v));
	ck_assert_str_eq(verify_case_first(&v)->code, "entry-unreadable");
	ck_assert_str_eq(verify_case_first(&v)->file, "log/tile/entries/000.gz");
	ck_assert_int_eq(verify_case_first(&v)->n, 0);
	verdict_finish(&v);
	ck_assert(!stow_read(d, "log", 9, &b, &form, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	buf_finish(&b);
}
END_TEST

/* The time of its making, say: nothing that is unpacked depends on it. */
START_TEST(a_head_that_the_writer_does_not_write_is_named)
{
	struct buf b = {0}, text = {0};
	enum stow_form form;
	struct verdict v;

	while (!step())
		;
	verify_case_read(d, "log/tile/entries/000.gz", &b);
	b.data[4] ^= 1;
	verify_case_put(d, "log/tile/entries/000.gz", b.data, b.len);
	ck_assert(stow_read(d, "log", 0, &text, &form, &e));
	ck_assert_int_eq(form, STOW_ODD);
	ck_assert_uint_eq(text.len, before.len);
	ck_assert(verify_case(d, NULL, false, &v));
	ck_assert_str_eq(verify_case_first(&v)->code, "bundle-repacked");
	ck_assert_str_eq(verify_case_first(&v)->file, "log/tile/entries/000.gz");
	ck_assert_int_eq(verify_case_first(&v)->n, 0);
	ck_assert_int_eq(v.differ, 1);
	verdict_finish(&v);
	buf_finish(&text);
	buf_finish(&b);
}
END_TEST

/* An entry that was changed in it is what counts. */
START_TEST(what_was_packed_anew_is_still_compared)
{
	struct buf b = {0};
	struct verdict v;

	while (!step())
		;
	before.data[before.len - 4] ^= 1;
	gzip_pack(&b, before.data, before.len);
	b.data[9] = 3;
	verify_case_put(d, "log/tile/entries/000.gz", b.data, b.len);
	ck_assert(verify_case(d, NULL, false, &v));
	ck_assert_int_eq(verify_case_first(&v)->n, 255);
	ck_assert_int_eq(v.differ, 2);
	verdict_finish(&v);
	buf_finish(&b);
}
END_TEST

START_TEST(names_are_known)
{
	bool packed;

	ck_assert_int_eq(stow_digits("067", &packed), 67);
	ck_assert(!packed);
	ck_assert_int_eq(stow_digits("067.gz", &packed), 67);
	ck_assert(packed);
	ck_assert_int_eq(stow_digits("067.gz.new", &packed), -1);
	ck_assert_int_eq(stow_digits("067.p", &packed), -1);
	ck_assert_int_eq(stow_digits("x67", &packed), -1);
	ck_assert_int_eq(stow_digits("", &packed), -1);
}
END_TEST

Suite *suite_stow(void);
Suite *suite_stow(void)
{
	Suite *s = suite_create("stow");
	TCase *t = tcase_create("stow");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, it_takes_two_steps_and_reads_the_same_all_along);
	tcase_add_test(t, a_cut_at_any_moment_loses_nothing);
	tcase_add_test(t, a_disk_that_lied_about_the_packed_file_has_the_plain_one);
	tcase_add_test(t, faults_leave_the_plain_one);
	tcase_add_test(t, what_is_no_whole_bundle_is_left_as_it_is);
	tcase_add_test(t, a_spoiled_packed_file_is_told_and_made_anew_while_it_can);
	tcase_add_test(t, a_head_that_the_writer_does_not_write_is_named);
	tcase_add_test(t, what_was_packed_anew_is_still_compared);
	tcase_add_test(t, names_are_known);
	suite_add_tcase(s, t);
	return s;
}
