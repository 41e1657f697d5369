/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/keptline.h"

#include <check.h>

START_TEST(a_line_says_what_is_known)
{
	struct buf b = {0};
	json_t *o = json_pack("{s:i, s:f, s:f, s:n, s:i}", "recordings_days", 180, "days", 12.4,
			      "bytes", 8.3e9, "room_days", "holds", 0);

	keptline_add(o, &b);
	ck_assert_str_eq(buf_str(&b), "Ghi âm:    có 12 ngày, 8.3 GB (giữ 180 ngày)\n");
	json_object_set_new(o, "room_days", json_real(30.2));
	json_object_set_new(o, "holds", json_integer(2));
	buf_reset(&b);
	keptline_add(o, &b);
	ck_assert_str_eq(buf_str(&b), "Ghi âm:    có 12 ngày, 8.3 GB (giữ 180 ngày); đĩa còn chỗ "
				      "cho khoảng 30 ngày nữa; 2 lệnh giữ cho thanh tra\n");
	json_decref(o);
	buf_finish(&b);
}
END_TEST

Suite *suite_keptline(void);
Suite *suite_keptline(void)
{
	Suite *s = suite_create("keptline");
	TCase *t = tcase_create("keptline");

	tcase_add_test(t, a_line_says_what_is_known);
	suite_add_tcase(s, t);
	return s;
}
