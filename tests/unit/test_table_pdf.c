/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands on the paper, as poppler's pdftotext reads it. */
#include "report/formats.h"
#include "support/program.h"
#include "support/reportcase.h"
#include "support/tablecase.h"
#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_BYTES (1 << 20)

static char dir[64];

static void setup(void)
{
	tmpdir_make(dir);
}

static void teardown(void)
{
	tmpdir_remove(dir);
}

/* Its words, a form feed behind each page; free() them. */
static char *read_pages(const char *bytes, size_t len)
{
	char path[96], words[96];
	char *text = calloc(1, TEXT_BYTES);

	snprintf(path, sizeof(path), "%s/bang.pdf", dir);
	snprintf(words, sizeof(words), "%s/bang.txt", dir);
	FILE *f = fopen(path, "w");
	ck_assert(f != NULL && fwrite(bytes, 1, len, f) == len && fclose(f) == 0);
	run_program((const char *const[]){"pdftotext", "-layout", path, words, NULL});
	f = fopen(words, "r");
	ck_assert(f != NULL && text != NULL);
	ck_assert_uint_gt(fread(text, 1, TEXT_BYTES - 1, f), 0);
	fclose(f);
	return text;
}

static void has(const char *text, const char *part)
{
	ck_assert_msg(strstr(text, part) != NULL, "no %s in %s", part, text);
}

START_TEST(a_document_s_head_with_dots_where_nobody_knows)
{
	size_t len;
	char *bytes = tablecase_bytes(&table_pdf, &len), *text = read_pages(bytes, len);

	has(text, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
	has(text, "Độc lập - Tự do - Hạnh phúc");
	has(text, "ĐÀI THỬ");
	has(text, "Số: …………/…………");
	has(text, "……………, ngày …… tháng …… năm ………");
	has(text, "BẢNG <THỬ>");
	has(text, "tháng 11 năm 2026");
	has(text, "NGƯỜI LẬP BIỂU");
	has(text, "sổ 1, mục 5");
	has(text, "5:R+ot=");
	has(text, "-một");
	free(text);
	free(bytes);
}
END_TEST

START_TEST(cells_as_people_read_them)
{
	size_t len;
	char *bytes = tablecase_bytes(&table_pdf, &len), *text = read_pages(bytes, len);

	has(text, "=1+1");
	has(text, "1.234");
	has(text, "23/11/2025");
	has(text, "05:30:00");
	has(text, "0:01:30");
	has(text, "15.000");
	has(text, "98,5 %");
	has(text, "<b>Xã \"A\" & xã 'B'");
	free(text);
	free(bytes);
}
END_TEST

/* Of a month's diary: each row in its place, the head on each page, pages with their numbers. */
START_TEST(pages_go_on)
{
	struct reportcase *c = calloc(1, sizeof(*c));
	size_t len;
	char *bytes = NULL, number[16];

	reportcase_open(c);
	reportcase_fill(c, 7);
	FILE *out = open_memstream(&bytes, &len);
	struct table_writer w = {.out = out, .format = &table_pdf};
	struct err e;
	ck_assert(report_write(&c->report, "A", &w, &e));
	ck_assert_int_gt(w.rows, 250);
	table_finish(&w);
	fclose(out);
	char *text = read_pages(bytes, len), *at = text;
	for (int i = 1; i <= w.rows; i++) {
		snprintf(number, sizeof(number), "\n %*d ", i < 100 ? 1 : 0, i);
		char *line = strstr(at, number + 2);
		ck_assert_msg(line != NULL, "row %d is missing", i);
		at = line;
	}
	int pages = 0;
	for (char *p = text; p[0] != '\0'; p = strchr(p, '\f') + 1) {
		char *over = strchr(p, '\f');
		pages++;
		over[0] = '\0';
		if (strstr(p, "NGƯỜI LẬP BIỂU") == NULL)
			has(p, "STT");
		if (pages > 1)
			ck_assert_int_eq((int)strtol(p + strspn(p, " \n"), NULL, 10), pages);
		over[0] = '\f';
	}
	ck_assert_int_gt(pages, 5);
	free(text);
	free(bytes);
	reportcase_close(c);
	free(c);
}
END_TEST

START_TEST(given_up_half_way)
{
	struct table_column column = {"a", "A", TABLE_TEXT, .width = 20};
	struct table_head head = {.table = "X", .title = "x", .station = "x", .period = "x",
				  .log = "", .mark = "", .columns = &column, .column_count = 1};
	struct table_writer w = {.out = fopen("/dev/full", "w"), .format = &table_pdf};
	struct table_cell words = table_text("Bản tin sáng");
	struct err e = {0};

	setvbuf(w.out, NULL, _IONBF, 0);
	ck_assert(table_begin(&w, &head, &e));
	ck_assert(table_row(&w, &words, &e) && table_sum(&w, &words, &e));
	ck_assert(!table_end(&w, &e));
	ck_assert_int_eq(e.kind, ERR_NO_SPACE);
	table_finish(&w);
	struct table_writer other = {.out = w.out, .format = &table_pdf};
	ck_assert(table_begin(&other, &head, &e));
	table_finish(&other);
	fclose(w.out);
}
END_TEST

Suite *suite_table_pdf(void);
Suite *suite_table_pdf(void)
{
	Suite *s = suite_create("table_pdf");
	TCase *t = tcase_create("table_pdf");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_document_s_head_with_dots_where_nobody_knows);
	tcase_add_test(t, cells_as_people_read_them);
	tcase_add_test(t, pages_go_on);
	tcase_add_test(t, given_up_half_way);
	suite_add_tcase(s, t);
	return s;
}
