/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/entry.h"

#include <check.h>
#include <stdlib.h>

static void is(json_t *entry, const char *expected)
{
	char *text = json_dumps(entry, JSON_COMPACT | JSON_SORT_KEYS);

	ck_assert_str_eq(text, expected);
	free(text);
	json_decref(entry);
}

START_TEST(devices)
{
	is(entry_device_lost("USB Audio", "{\"code\":\"device-gone\"}"),
	   "{\"detail\":{\"code\":\"device-gone\"},\"device\":\"USB Audio\","
	   "\"kind\":\"device.lost\"}");
	is(entry_device_lost("USB Audio", ""),
	   "{\"detail\":null,\"device\":\"USB Audio\",\"kind\":\"device.lost\"}");
	is(entry_device_back("USB Audio", 1.25),
	   "{\"device\":\"USB Audio\",\"down_s\":1.25,\"kind\":\"device.back\"}");
}
END_TEST

START_TEST(disk)
{
	is(entry_disk_low(INT64_C(5000000000), true),
	   "{\"free_bytes\":5000000000,\"kind\":\"disk.low\",\"reserve_gone\":true}");
}
END_TEST

Suite *suite_entry_machine(void);
Suite *suite_entry_machine(void)
{
	Suite *s = suite_create("entry_machine");
	TCase *t = tcase_create("entry_machine");

	tcase_add_test(t, devices);
	tcase_add_test(t, disk);
	suite_add_tcase(s, t);
	return s;
}
