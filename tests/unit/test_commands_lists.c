/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "proof/entry_lists.h"
#include "proof/reader.h"
#include "proof/registers.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define ADMIN "user:5"
#define LANGUAGES "tieng:\n  - {ma: vi, ten: Tiếng Việt}\n  - {ma: stieng, ten: Xtiêng}\n"

static struct deskcase c;
static struct err e;

static void setup(void)
{
	char path[80];

	deskcase_open(&c);
	deskcase_people(&c);
	c.as = ADMIN;
	snprintf(path, sizeof(path), "%s/seeds", c.dir);
	ck_assert_int_eq(mkdir(path, 0755), 0);
	deskcase_write(&c, "seeds/tieng.yaml", LANGUAGES);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static json_t *list(const char *name)
{
	return deskcase_told(&c, json_pack("{s:s, s:s}", "do", "list", "name", name));
}

static const char *sha256_now(void)
{
	static char sha256[SHA256_HEX_BYTES];
	json_t *told = list("tieng");

	snprintf(sha256, sizeof(sha256), "%s", json_get_text(told, "sha256", ""));
	json_decref(told);
	return sha256;
}

static json_t *put(const char *text, const char *was)
{
	return json_pack("{s:s, s:s, s:s, s:s}", "do", "list.put", "name", "tieng", "text", text,
			 "was", was);
}

static json_t *end_of(const char *code, const char *was)
{
	return json_pack("{s:s, s:s, s:{s:s, s:s, s:s, s:s}}", "do", "list.edit", "name", "tieng",
			 "edit", "op", "end", "code", code, "to", "2026-12-31", "was", was);
}

static const char *first_fault(const json_t *answer)
{
	return json_get_text(json_array_get(json_object_get(answer, "faults"), 0), "text", "");
}

static json_t *last(void)
{
	json_t *entry = NULL;

	ck_assert(reader_last(ledger_view(c.desk.ledger), KIND_LISTS, &entry, &e));
	return entry;
}

START_TEST(lists_and_rows_are_told)
{
	json_t *all = deskcase_told(&c, json_pack("{s:s}", "do", "lists"));
	ck_assert_uint_gt(json_array_size(json_object_get(all, "lists")), 8);
	json_decref(all);
	json_t *one = list("tieng");
	const json_t *row = json_array_get(json_object_get(one, "rows"), 1);
	ck_assert_str_eq(json_get_text(row, "code", ""), "stieng");
	ck_assert_str_eq(json_get_text(row, "name", ""), "Xtiêng");
	ck_assert_int_eq(json_get_integer(row, "line", 0), 3);
	ck_assert_str_eq(json_get_text(one, "text", ""), LANGUAGES);
	json_decref(one);
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "list", "name", "../station"),
			 "not_found", "station");
	one = list("van-ban"); /* not kept */
	ck_assert_str_eq(json_get_text(one, "sha256", "?"), "");
	json_decref(one);
}
END_TEST

START_TEST(a_change_is_saved_and_an_entry)
{
	json_t *answer = deskcase_told(&c, end_of("stieng", sha256_now()));
	ck_assert(json_get_bool(answer, "saved", false));
	json_decref(answer);
	json_t *entry = last(), *told = list("tieng");
	ck_assert_str_eq(json_get_text(entry, "who", ""), ADMIN);
	ck_assert_str_eq(json_get_text(json_array_get(json_object_get(entry, "files"), 0),
				       "sha256", "?"),
			 json_get_text(told, "sha256", ""));
	ck_assert_ptr_nonnull(strstr(json_get_text(told, "text", ""), "to: 2026-12-31"));
	/* What was there before can be read again. */
	const json_t *versions = json_object_get(told, "versions");
	ck_assert_uint_eq(json_array_size(versions), 2);
	ck_assert_str_eq(json_get_text(json_array_get(versions, 0), "who", ""), ADMIN);
	const char *old = json_get_text(json_array_get(versions, 1), "sha256", "");
	json_t *before = deskcase_told(&c, json_pack("{s:s, s:s, s:s}", "do", "list", "name",
						     "tieng", "version", old));
	ck_assert_str_eq(json_get_text(before, "text", ""), LANGUAGES);
	json_decref(before);
	json_decref(told);
	json_decref(entry);
}
END_TEST

START_TEST(faulty_ones_are_refused_with_their_line)
{
	json_t *answer = deskcase_told(&c, put("tieng:\n  - {ten: x}\n", sha256_now()));
	ck_assert(!json_get_bool(answer, "saved", true));
	ck_assert_ptr_nonnull(strstr(first_fault(answer), "thiếu mã"));
	ck_assert_int_eq(json_get_integer(json_array_get(json_object_get(answer, "faults"), 0),
					  "line", 0), 2);
	json_decref(answer);
	answer = deskcase_told(&c, put("tieng:\n  - {ma: vi, ten: A}\n  - {ma: vi, ten: B}\n",
				       sha256_now()));
	ck_assert(!json_get_bool(answer, "saved", true));
	ck_assert_ptr_nonnull(strstr(first_fault(answer), "trùng ngày"));
	json_decref(answer);
	json_t *told = list("tieng");
	ck_assert_str_eq(json_get_text(told, "text", ""), LANGUAGES);
	json_decref(told);
}
END_TEST

START_TEST(what_was_wrong_before_can_be_mended_by_and_by)
{
	deskcase_write(&c, "seeds/tieng.yaml",
		       "tieng:\n  - {ma: vi, ten: A}\n  - {ma: vi, ten: B}\n  - {ma: x, ten: X}\n");
	json_t *answer = deskcase_told(&c, end_of("x", sha256_now()));
	ck_assert(json_get_bool(answer, "saved", false));
	ck_assert_uint_eq(json_array_size(json_object_get(answer, "faults")), 1);
	json_decref(answer);
}
END_TEST

/* The language of a bulletin may end, and never vanish. */
START_TEST(what_bulletins_use_cannot_vanish)
{
	deskcase_add(&c, "Tin"); /* in Vietnamese */
	json_t *answer = deskcase_told(&c, put("tieng:\n  - {ma: stieng, ten: X}\n", sha256_now()));
	ck_assert(!json_get_bool(answer, "saved", true));
	ck_assert_ptr_nonnull(strstr(first_fault(answer), "vi: bản tin đã dùng"));
	json_decref(answer);
	answer = deskcase_told(&c, put("tieng:\n  - {ma: vi, ten: V}\n", sha256_now()));
	ck_assert(json_get_bool(answer, "saved", false));
	json_decref(answer);
	answer = deskcase_told(&c, end_of("vi", sha256_now()));
	ck_assert(json_get_bool(answer, "saved", false));
	json_decref(answer);
}
END_TEST

static void product(const char *id, const char *language)
{
	json_t *row = json_pack("{s:{s:s, s:s, s:s}}", id, "title", "Phim", "kind", "video",
				"language", language);
	int64_t n;

	ck_assert(ledger_append(c.desk.ledger, registers_entry("products", row, "user:1", "", NULL,
							       NULL), &n, &e));
}

/* Nor one that registers alone have: the sentence says how many rows of which. */
START_TEST(what_registers_use_cannot_vanish)
{
	product("SP1", "stieng");
	product("SP2", "stieng");
	product("SP3", "vi");
	json_t *answer = deskcase_told(&c, put("tieng:\n  - {ma: vi, ten: V}\n", sha256_now()));
	ck_assert(!json_get_bool(answer, "saved", true));
	ck_assert_ptr_nonnull(strstr(first_fault(answer),
				     "stieng: sổ theo dõi đã dùng mã này (Sản phẩm 2 dòng)"));
	json_decref(answer);
	answer = deskcase_told(&c, end_of("stieng", sha256_now()));
	ck_assert(json_get_bool(answer, "saved", false));
	json_decref(answer);
}
END_TEST

START_TEST(nobody_undoes_what_they_have_not_seen)
{
	char was[SHA256_HEX_BYTES];

	snprintf(was, sizeof(was), "%s", sha256_now());
	deskcase_write(&c, "seeds/tieng.yaml", "tieng: []\n");
	deskcase_refused(&c, end_of("stieng", was), "differs", "người khác");
	deskcase_refused(&c, put("tieng: []\n", was), "differs", "người khác");
	deskcase_refused(&c, json_pack("{s:s, s:s, s:s}", "do", "list.put", "name", "tieng", "text",
				       "x"), "usage", "was");
	c.as = "user:1";
	deskcase_refused(&c, put("tieng: []\n", was), "refused", "quyền");
}
END_TEST

Suite *suite_commands_lists(void);
Suite *suite_commands_lists(void)
{
	Suite *s = suite_create("commands_lists");
	TCase *t = tcase_create("commands_lists");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, lists_and_rows_are_told);
	tcase_add_test(t, a_change_is_saved_and_an_entry);
	tcase_add_test(t, faulty_ones_are_refused_with_their_line);
	tcase_add_test(t, what_was_wrong_before_can_be_mended_by_and_by);
	tcase_add_test(t, what_bulletins_use_cannot_vanish);
	tcase_add_test(t, what_registers_use_cannot_vanish);
	tcase_add_test(t, nobody_undoes_what_they_have_not_seen);
	suite_add_tcase(s, t);
	return s;
}
