/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands on the paper, as poppler's pdftotext reads it. */
#include "report/letterhead.h"

#include "support/program.h"
#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static char text[8192];

static void draw(const struct letter *letter)
{
	char dir[64], path[96], words[96];
	struct buf bytes = {0};
	struct err e;

	tmpdir_make(dir);
	struct paper *p = paper_open(&bytes, "x", (struct wall){0});
	paper_page(p);
	double y = letterhead_draw(p, 40, 40, 700, letter, "Đài thử");
	double end = letterhead_sign(p, 40, y, 700, "NGƯỜI LẬP BIỂU", letter);
	ck_assert(y > 80 && end > y + 60 && end < y + LETTERHEAD_SIGN_ROOM);
	ck_assert(paper_close(p, &e));
	snprintf(path, sizeof(path), "%s/a.pdf", dir);
	snprintf(words, sizeof(words), "%s/a.txt", dir);
	FILE *f = fopen(path, "w");
	ck_assert(f != NULL && fwrite(bytes.data, 1, bytes.len, f) == bytes.len);
	fclose(f);
	run_program((const char *const[]){"pdftotext", "-layout", path, words, NULL});
	f = fopen(words, "r");
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	fclose(f);
	tmpdir_remove(dir);
	buf_finish(&bytes);
}

static void has(const char *part)
{
	ck_assert_msg(strstr(text, part) != NULL, "no %s in %s", part, text);
}

static void lacks(const char *part)
{
	ck_assert_msg(strstr(text, part) == NULL, "%s in %s", part, text);
}

START_TEST(dots_where_nobody_says)
{
	draw(NULL);
	has("ỦY BAN NHÂN DÂN ……………………");
	has("ĐÀI THỬ");
	has("Số: …………/…………");
	has("……………, ngày …… tháng …… năm ………");
	has("(Chức vụ người ký; ký, ghi rõ họ tên, đóng dấu)");
	draw(&(struct letter){.issuer = ""});
	has("Số: …………/…………");
}
END_TEST

START_TEST(what_is_set_and_neither_number_nor_date)
{
	draw(&(struct letter){.issuer = "Ủy ban nhân dân xã Bù Gia Mập", .place = "Bù Gia Mập",
			      .symbol = "BC-UBND", .signer_for = "TM. Ủy ban nhân dân",
			      .signer_title = "Chủ tịch", .signer_name = "Lê Thị Hoa"});
	has("ỦY BAN NHÂN DÂN XÃ BÙ GIA MẬP");
	lacks("NHÂN DÂN …");
	lacks("ĐÀI THỬ");
	has("Số: …………/BC-UBND");
	has("Bù Gia Mập, ngày …… tháng …… năm ………");
	has("TM. ỦY BAN NHÂN DÂN");
	has("CHỦ TỊCH");
	has("Lê Thị Hoa");
	lacks("Chức vụ");
}
END_TEST

START_TEST(a_body_above_stands_first)
{
	draw(&(struct letter){.superior = "Sở Văn hóa", .issuer = "Trung tâm"});
	const char *above = strstr(text, "SỞ VĂN HÓA"), *issuer = strstr(text, "TRUNG TÂM");
	ck_assert(above != NULL && issuer != NULL && above < issuer);
}
END_TEST

Suite *suite_letterhead(void);
Suite *suite_letterhead(void)
{
	Suite *s = suite_create("letterhead");
	TCase *t = tcase_create("letterhead");

	tcase_add_test(t, dots_where_nobody_says);
	tcase_add_test(t, what_is_set_and_neither_number_nor_date);
	tcase_add_test(t, a_body_above_stands_first);
	suite_add_tcase(s, t);
	return s;
}
