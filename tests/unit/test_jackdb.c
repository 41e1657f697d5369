/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/jackdb.h"

#include <check.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdint.h>

/* As libjack finds it: by name, among all that is loaded, libdb included. */
START_TEST(libjack_finds_ours)
{
	void *found = dlsym(RTLD_DEFAULT, "db_env_create"), *env = NULL;

	ck_assert_uint_eq((uintptr_t)found, (uintptr_t)db_env_create);
	ck_assert_int_eq(db_env_create(&env, 0), ENOTSUP);
	ck_assert_ptr_null(env);
}
END_TEST

Suite *suite_jackdb(void);
Suite *suite_jackdb(void)
{
	Suite *s = suite_create("jackdb");
	TCase *t = tcase_create("jackdb");

	tcase_add_test(t, libjack_finds_ours);
	suite_add_tcase(s, t);
	return s;
}
