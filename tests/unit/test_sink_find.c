/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/devlist.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char config_path[64];

static void use_config(const char *text)
{
	snprintf(config_path, sizeof(config_path), "/tmp/vangxa-find-%d", (int)getpid());
	FILE *f = fopen(config_path, "w");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs(text, f), 0);
	fclose(f);
	setenv("ALSA_CONFIG_PATH", config_path, 1);
}

static void teardown(void)
{
	unlink(config_path);
}

/* Through the whole chain: the child `vangxa sink --list`, PortAudio, ALSA, JSON and back. */
START_TEST(test_lists_what_alsa_has)
{
	static struct devlist_device list[DEVLIST_MAX];
	struct err e = {0};
	int count, found = 0;

	use_config("pcm.!default { type null hint { show on description \"d\" } }\n"
		   "pcm.horn { type null hint { show on description \"horn\" } }\n"
		   "pcm.nha_van_hoa { type null hint { show on description \"x\" } }\n");
	ck_assert_msg(devlist_get(list, DEVLIST_MAX, &count, &e), "%s", e.text);
	for (int i = 0; i < count; i++) {
		if (strcmp(list[i].system, "ALSA") != 0)
			continue;
		found += strcmp(list[i].name, "horn") == 0 ||
			 strcmp(list[i].name, "nha_van_hoa") == 0;
		ck_assert_int_gt(list[i].channels, 0);
	}
	ck_assert_int_eq(found, 2);
}
END_TEST

/* PortAudio 19.6 aborts when ALSA's settings define no default; 19.7 finds nothing. */
START_TEST(test_library_that_aborts)
{
	static struct devlist_device list[DEVLIST_MAX];
	struct err e = {0};
	int count = 7;

	use_config("");
	if (devlist_get(list, DEVLIST_MAX, &count, &e))
		ck_assert_int_lt(count, DEVLIST_MAX);
	else
		ck_assert_msg(strstr(e.text, "ALSA") != NULL, "%s", e.text);
}
END_TEST

Suite *suite_sink_find(void)
{
	Suite *s = suite_create("sink_find");
	TCase *t = tcase_create("sink_find");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, test_lists_what_alsa_has);
	tcase_add_test(t, test_library_that_aborts);
	suite_add_tcase(s, t);
	return s;
}
