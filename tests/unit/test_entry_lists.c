/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/entry_lists.h"

#include "base/json.h"

#include <check.h>

static void is(json_t *entry, const char *text)
{
	char *got = json_dumps(entry, JSON_COMPACT | JSON_SORT_KEYS);

	ck_assert_str_eq(got, text);
	free(got);
	json_decref(entry);
}

START_TEST(entries_as_they_stand_in_the_log)
{
	const struct entry_file files[] = {{"seeds/tieng.yaml", "ab"}};

	is(entry_lists_changed(files, 1, true, "user:5"),
	   "{\"files\":[{\"file\":\"seeds/tieng.yaml\",\"sha256\":\"ab\"}],\"kept\":true,"
	   "\"kind\":\"catalogue.changed\",\"who\":\"user:5\"}");
	is(entry_deadline_marked("a", (struct date){2026, 9, 9}, "12/BC-UBND",
				 (struct date){2026, 9, 8}, false, "", "user:1"),
	   "{\"deadline\":\"a\",\"document\":\"12/BC-UBND\",\"due\":\"2026-09-09\","
	   "\"kind\":\"deadline.marked\",\"on\":\"2026-09-08\",\"reason\":null,"
	   "\"state\":\"handed-in\",\"who\":\"user:1\"}");
	is(entry_deadline_marked("a", (struct date){2026, 9, 9}, "", (struct date){2026, 9, 8},
				 true, "nhầm", "user:1"),
	   "{\"deadline\":\"a\",\"document\":null,\"due\":\"2026-09-09\","
	   "\"kind\":\"deadline.marked\",\"on\":null,\"reason\":\"nhầm\",\"state\":\"open\","
	   "\"who\":\"user:1\"}");
}
END_TEST

Suite *suite_entry_lists(void);
Suite *suite_entry_lists(void)
{
	Suite *s = suite_create("entry_lists");
	TCase *t = tcase_create("entry_lists");

	tcase_add_test(t, entries_as_they_stand_in_the_log);
	suite_add_tcase(s, t);
	return s;
}
