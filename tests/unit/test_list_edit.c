/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/list_edit.h"

#include "base/json.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct err e;
static struct buf out;

static const char languages[] = "# Tiếng\ntieng:\n  - {ma: vi, ten: Tiếng Việt} # quốc ngữ\n"
				"  - {ma: stieng, ten: Xtiêng, thieu_so: true}\n";
static const char places[] = "dia_ban:\n  - ma: x\n    ten: Xã X\n    cap: xa\n";

static void teardown(void)
{
	buf_finish(&out);
	out = (struct buf){0};
	e = (struct err){0};
}

static bool edit(const char *list, const char *text, const char *change)
{
	json_t *json = json_read(change, strlen(change), &e);
	bool ok;

	ck_assert_msg(json != NULL, "%s", e.text);
	buf_reset(&out);
	ok = list_edit(lists_named(list), text, strlen(text), json, &out, &e);
	json_decref(json);
	return ok;
}

static void gives(const char *list, const char *text, const char *change, const char *expected)
{
	ck_assert_msg(edit(list, text, change), "%s", e.text);
	ck_assert_str_eq(buf_str(&out), expected);
}

static void refuses(const char *list, const char *text, const char *change, enum err_kind kind)
{
	ck_assert(!edit(list, text, change));
	ck_assert_int_eq(e.kind, kind);
}

START_TEST(added_behind_the_others)
{
	gives("tieng", languages, "{\"op\":\"add\",\"item\":{\"ma\":\"dao\",\"ten\":\"Dao\"}}",
	      "# Tiếng\ntieng:\n  - {ma: vi, ten: Tiếng Việt} # quốc ngữ\n"
	      "  - {ma: stieng, ten: Xtiêng, thieu_so: true}\n  - {ma: dao, ten: Dao}\n");
	ck_assert(edit("tieng", "tieng: []\n",
		       "{\"op\":\"add\",\"item\":{\"ma\":\"dao\",\"ten\":\"Dao\"}}"));
	ck_assert_ptr_nonnull(strstr(buf_str(&out), "ma: dao"));
	refuses("tieng", languages, "{\"op\":\"add\",\"item\":{\"ma\":\"vi\",\"ten\":\"V\"}}",
		ERR_CONFLICT);
	refuses("tieng", languages, "{\"op\":\"add\",\"item\":{\"ten\":\"V\"}}", ERR_USAGE);
	refuses("tieng", languages, "{\"op\":\"add\"}", ERR_USAGE);
}
END_TEST

START_TEST(ended_and_mended_in_place)
{
	gives("tieng", languages, "{\"op\":\"end\",\"code\":\"stieng\",\"to\":\"2026-12-31\"}",
	      "# Tiếng\ntieng:\n  - {ma: vi, ten: Tiếng Việt} # quốc ngữ\n"
	      "  - {ma: stieng, ten: Xtiêng, thieu_so: true, to: 2026-12-31}\n");
	gives("tieng", languages, "{\"op\":\"rename\",\"code\":\"stieng\",\"name\":\"Stiêng\"}",
	      "# Tiếng\ntieng:\n  - {ma: vi, ten: Tiếng Việt} # quốc ngữ\n"
	      "  - {ma: stieng, ten: Stiêng, thieu_so: true}\n");
	gives("dia-ban", places, "{\"op\":\"set\",\"code\":\"x\",\"set\":{\"thuoc\":\"dn\"}}",
	      "dia_ban:\n  - ma: x\n    ten: Xã X\n    cap: xa\n    thuoc: dn\n");
	refuses("tieng", languages, "{\"op\":\"end\",\"code\":\"x\",\"to\":\"2026-12-31\"}",
		ERR_NOT_FOUND);
	refuses("tieng", languages, "{\"op\":\"end\",\"code\":\"vi\",\"to\":\"31/12/2026\"}",
		ERR_USAGE);
	refuses("tieng", languages, "{\"op\":\"set\",\"code\":\"vi\",\"set\":{\"ma\":\"y\"}}",
		ERR_USAGE);
	refuses("tieng", languages, "{\"op\":\"rename\",\"code\":\"vi\"}", ERR_USAGE);
	refuses("tieng", languages, "{\"op\":\"drop\",\"code\":\"vi\"}", ERR_USAGE);
	refuses("ngay-le", "ngay_le: []\n", "{\"op\":\"end\",\"code\":\"x\"}", ERR_REFUSED);
}
END_TEST

/* Of a new name from a day on both stay: what was called so then, and is now. */
START_TEST(renamed_from_a_day_on)
{
	gives("dia-ban", places,
	      "{\"op\":\"rename\",\"code\":\"x\",\"name\":\"Xã Y\",\"from\":\"2025-07-01\"}",
	      "dia_ban:\n  - ma: x\n    ten: Xã X\n    cap: xa\n    to: 2025-06-30\n"
	      "  - ma: x\n    ten: Xã Y\n    cap: xa\n    from: 2025-07-01\n");
	/* The last of a code is meant. */
	char twice[400];
	snprintf(twice, sizeof(twice), "%s", buf_str(&out));
	ck_assert(edit("dia-ban", twice,
		       "{\"op\":\"end\",\"code\":\"x\",\"to\":\"2026-01-01\"}"));
	ck_assert_ptr_nonnull(strstr(buf_str(&out), "to: 2025-06-30\n"));
	ck_assert_ptr_nonnull(strstr(buf_str(&out), "from: 2025-07-01\n    to: 2026-01-01\n"));
}
END_TEST

Suite *suite_list_edit(void);
Suite *suite_list_edit(void)
{
	Suite *s = suite_create("list_edit");
	TCase *t = tcase_create("list_edit");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, added_behind_the_others);
	tcase_add_test(t, ended_and_mended_in_place);
	tcase_add_test(t, renamed_from_a_day_on);
	suite_add_tcase(s, t);
	return s;
}
