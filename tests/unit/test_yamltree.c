/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/buf.h"
#include "plan/yamltree.h"
#include "support/plan_case.h"

#include <check.h>
#include <string.h>

static struct yamltree tree;
static struct faults faults;

static bool parse(const char *text)
{
	return yamltree_parse(&tree, "a.yaml", text, strlen(text), &faults);
}

static void finish(void)
{
	yamltree_finish(&tree);
	faults_finish(&faults);
}

START_TEST(knows_values_and_lines)
{
	ck_assert(parse("# chú thích\na: 05:30\nb:\n  - x\n  - {c: \"hai từ\", d: }\n"));
	ck_assert_str_eq(yamlnode_get(tree.root, "a")->text, "05:30");
	ck_assert_int_eq(yamlnode_get(tree.root, "a")->line, 2);
	const struct yamlnode *b = yamlnode_get(tree.root, "b");
	ck_assert_int_eq(b->kind, YAMLNODE_LIST);
	ck_assert_int_eq(b->count, 2);
	const struct yamlnode *map = b->entries[1].value;
	ck_assert_int_eq(map->line, 5);
	ck_assert_str_eq(yamlnode_get(map, "c")->text, "hai từ");
	ck_assert_str_eq(yamlnode_get(map, "d")->text, "");
	ck_assert_ptr_null(yamlnode_get(map, "e"));
	ck_assert_ptr_null(yamlnode_get(b, "c"));
	ck_assert_ptr_null(yamlnode_get(NULL, "c"));
}
END_TEST

/* As Windows' Notepad saves. */
START_TEST(a_byte_order_mark_is_no_text)
{
	ck_assert(parse("\xef\xbb\xbf" "a: 1\nb: 2\n"));
	ck_assert_str_eq(yamlnode_get(tree.root, "a")->text, "1");
	ck_assert_int_eq(yamlnode_get(tree.root, "b")->line, 2);
}
END_TEST

START_TEST(shares_what_an_alias_names)
{
	ck_assert(parse("a: &x [1, 2]\nb: *x\n"));
	ck_assert_ptr_eq(yamlnode_get(tree.root, "a"), yamlnode_get(tree.root, "b"));
	ck_assert_int_eq(tree.root->size, 7);
}
END_TEST

static const struct {
	const char *text;
	int line;
	const char *part;
} bad[] = {
	{"", 1, "tệp trống"},
	{"# chỉ có chú thích\n", 1, "tệp trống"},
	{"a: 1\nb: 2\na: 3\n", 3, "đã có ở dòng 1"},
	{"a: [1, 2\nb: 3\n", 2, "YAML"},
	{"a: 1\n\tb: 2\n", 2, "YAML"},
	{"a: \"\\x00\"\n", 1, "NUL"},
	{"a: \xff\xfe\n", 1, "YAML"},
	{"a: 1\n---\nb: 2\n", 3, "một tài liệu"},
	{"a: &x [*x]\n", 1, "vòng lặp"},
	{"a: &x {b: {c: *x}}\n", 1, "vòng lặp"},
	{"a: *nope\n", 1, "chưa được đặt"},
	{"? [1, 2]\n: b\n", 1, "tên khóa"},
	{"[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]\n", 1, "nhiều tầng"},
};

START_TEST(refuses)
{
	ck_assert(!parse(bad[_i].text));
	ck_assert_int_eq(faults.count, 1);
	ck_assert_msg(case_fault(&faults, 0, bad[_i].part) != NULL, "%s",
		      fault_text(&faults.list[0]));
	ck_assert_int_eq(faults.list[0].line, bad[_i].line);
}
END_TEST

START_TEST(lists_every_doubled_key_and_keeps_the_tree)
{
	ck_assert(!parse("a: 1\na: 2\nb: {c: 1, c: 2}\n"));
	ck_assert_int_eq(faults.count, 2);
	ck_assert_ptr_nonnull(tree.root);
}
END_TEST

START_TEST(aliases_may_not_multiply)
{
	struct buf b = {0};

	/* The "billion laughs": ten of the line before, twelve times over. */
	buf_text(&b, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
	for (int i = 1; i < 12; i++) {
		buf_print(&b, "a%d: &a%d [", i, i);
		for (int k = 0; k < 10; k++)
			buf_print(&b, "%s*a%d", k > 0 ? ", " : "", i - 1);
		buf_text(&b, "]\n");
	}
	ck_assert(!parse(buf_str(&b)));
	ck_assert_int_eq(faults.count, 1);
	ck_assert_ptr_nonnull(case_fault(&faults, 0, "dùng lại nhau quá nhiều lần"));
	buf_finish(&b);
}
END_TEST

START_TEST(refuses_too_many_of_anything)
{
	struct buf b = {0};

	for (int i = 0; i <= YAML_KEYS_MAX; i++)
		buf_print(&b, "k%d: 1\n", i);
	ck_assert(!parse(buf_str(&b)));
	ck_assert_ptr_nonnull(case_fault(&faults, YAML_KEYS_MAX + 1, "quá nhiều khóa"));
	finish();
	buf_reset(&b);
	buf_text(&b, "[");
	while (b.len <= YAML_FILE_BYTES_MAX)
		buf_text(&b, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,\n");
	ck_assert(!parse(buf_str(&b)));
	ck_assert_ptr_nonnull(case_fault(&faults, 0, "lớn hơn 4 MB"));
	buf_finish(&b);
}
END_TEST

Suite *suite_yamltree(void);
Suite *suite_yamltree(void)
{
	Suite *s = suite_create("yamltree");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, NULL, finish);
	tcase_add_test(t, knows_values_and_lines);
	tcase_add_test(t, a_byte_order_mark_is_no_text);
	tcase_add_test(t, shares_what_an_alias_names);
	tcase_add_loop_test(t, refuses, 0, sizeof(bad) / sizeof(bad[0]));
	tcase_add_test(t, lists_every_doubled_key_and_keeps_the_tree);
	tcase_add_test(t, aliases_may_not_multiply);
	tcase_add_test(t, refuses_too_many_of_anything);
	suite_add_tcase(s, t);
	return s;
}
