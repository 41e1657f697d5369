/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/boot.h"

#include <check.h>
#include <string.h>

/* The form of a UUID: 36 characters, hex digits and four hyphens. */
START_TEST(the_kernel_names_its_boot)
{
	struct boot b;

	boot_read(&b);
	ck_assert_int_eq((int)strlen(b.id), 36);
	ck_assert_int_eq((int)strspn(b.id, "0123456789abcdef-"), 36);
}
END_TEST

START_TEST(a_boot_keeps_its_name_and_its_time)
{
	struct boot a, b;

	boot_read(&a);
	boot_read(&b);
	ck_assert_str_eq(a.id, b.id);
	ck_assert_int_le(a.since.ns, 0);
	ck_assert_int_le(b.since.ns, 0);
}
END_TEST

Suite *suite_boot(void)
{
	Suite *s = suite_create("boot");
	TCase *t = tcase_create("boot");

	tcase_add_test(t, the_kernel_names_its_boot);
	tcase_add_test(t, a_boot_keeps_its_name_and_its_time);
	suite_add_tcase(s, t);
	return s;
}
