/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands on the paper, as poppler's pdftotext reads it. */
#include "report/formats.h"

#include "report/report.h"
#include "support/program.h"
#include "support/reportcase.h"
#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_BYTES (1 << 20)
#define ITEMS 60

static char dir[64];
static struct reportcase *c;

static void setup(void)
{
	tmpdir_make(dir);
	c = calloc(1, sizeof(*c));
	reportcase_open(c);
}

static void teardown(void)
{
	reportcase_close(c);
	free(c);
	tmpdir_remove(dir);
}

static char *read_pages(const struct buf *bytes)
{
	char path[96], words[96];
	char *text = calloc(1, TEXT_BYTES);

	snprintf(path, sizeof(path), "%s/loi.pdf", dir);
	snprintf(words, sizeof(words), "%s/loi.txt", dir);
	FILE *f = fopen(path, "w");
	ck_assert(f != NULL && fwrite(bytes->data, 1, bytes->len, f) == bytes->len &&
		  fclose(f) == 0);
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

START_TEST(a_document_over_several_pages)
{
	struct document d = {.table = "tom-tat", .kind = "Báo cáo"};
	struct buf out = {0}, b = {0};
	struct err e = {0};
	int pages = 0;

	buf_text(&d.subject, "Kết quả phát thanh");
	document_say(&d, DOCUMENT_PART, "Kết quả");
	for (int i = 0; i < ITEMS; i++) {
		buf_print(&b, "- Mục thứ %d của bản báo cáo này.", i);
		document_add(&d, DOCUMENT_ITEM, "B", &b);
	}
	document_say(&d, DOCUMENT_PART, "Khó khăn");
	document_say(&d, DOCUMENT_DOTS, "");
	ck_assert(document_pdf(&d, &c->report, &out, &e));
	char *text = read_pages(&out);
	has(text, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"); /* in one line */
	has(text, "BÁO CÁO");
	has(text, "Kết quả phát thanh");
	has(text, "I. KẾT QUẢ");
	has(text, "II. KHÓ KHĂN");
	has(text, "- Mục thứ 59 của");
	has(text, "………………………………………………");
	has(text, "Nơi nhận:");
	has(text, "Số: …………/…………");
	has(text, "sổ 1");
	for (const char *at = text; (at = strchr(at, '\f')) != NULL; at++) {
		pages++;
		ck_assert(at[1] == '\0' || strtoll(at + 1, NULL, 10) == pages + 1);
	}
	ck_assert_int_ge(pages, 3);
	ck_assert_ptr_nonnull(strstr(text, "Sổ nhật ký: 5:R+ot="));
	free(text);
	document_finish(&d);
	buf_finish(&out);
	buf_finish(&b);
}
END_TEST

Suite *suite_document_pdf(void);
Suite *suite_document_pdf(void)
{
	Suite *s = suite_create("document_pdf");
	TCase *t = tcase_create("document_pdf");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_document_over_several_pages);
	suite_add_tcase(s, t);
	return s;
}
