/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/signer.h"

#include "sys/disk_sim.h"

#include <check.h>
#include <errno.h>
#include <string.h>

static struct disk_sim *sim;
static struct signer *s;
static struct notary_state state;
static struct err e;
static const struct notary_setup how = {.name = "vangxa/dai", .boot = "b", .seed = {1}};

static void setup(void)
{
	sim = disk_sim_create();
}

static void teardown(void)
{
	signer_close(s);
	s = NULL;
	disk_sim_destroy(sim);
}

static bool there(const char *path)
{
	struct buf b = {0};
	bool ok = disk_read(disk_sim_disk(sim), path, 1 << 16, &b, &e);

	buf_finish(&b);
	return ok;
}

START_TEST(here_it_signs)
{
	s = signer_here(disk_sim_disk(sim), &how);
	ck_assert_msg(signer_open(s, &state, &e), "%s", e.text);
	ck_assert_int_eq(state.size, 0);
	ck_assert(signer_append(s, "{\"n\":0}", 7, &state, &e));
	ck_assert(state.size == 1 && state.head == 1);
	ck_assert(there("log/checkpoint"));
	ck_assert(signer_open(s, &state, &e)); /* again */
	ck_assert_int_eq(state.size, 1);
}
END_TEST

START_TEST(none_signs_nothing)
{
	s = signer_none(disk_sim_disk(sim));
	ck_assert(signer_open(s, &state, &e));
	ck_assert(signer_append(s, "{\"n\":0}", 7, &state, &e));
	ck_assert_int_eq(state.size, 1);
	ck_assert(!there("log/checkpoint") && !there("key"));
}
END_TEST

START_TEST(faults_are_told)
{
	s = signer_here(disk_sim_disk(sim), &how);
	ck_assert(signer_open(s, &state, &e));
	disk_sim_fail(sim, DISK_SIM_SYNC, 1, 100, EIO);
	ck_assert(!signer_append(s, "{\"n\":0}", 7, &state, &e));
	ck_assert_int_ne(e.kind, ERR_DAMAGED);
	signer_close(NULL);
}
END_TEST

Suite *suite_signer(void);
Suite *suite_signer(void)
{
	Suite *suite = suite_create("signer");
	TCase *t = tcase_create("signer");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, here_it_signs);
	tcase_add_test(t, none_signs_nothing);
	tcase_add_test(t, faults_are_told);
	suite_add_tcase(suite, t);
	return suite;
}
