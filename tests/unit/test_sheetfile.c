/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files as strangers send them, those for .xlsx by way of the process that reads them. */
#include "station/sheetfile.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"
#include "support/xlsxcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static struct sheetfile f;
static struct buf seen;
static atomic_bool stop;
static int64_t refuse_at;
static struct err e;

static bool each(void *arg, int64_t row, const char *const *texts, int count, struct err *why)
{
	(void)arg;
	buf_print(&seen, "%lld", (long long)row);
	for (int i = 0; i < count; i++)
		buf_print(&seen, "|%s", texts[i]);
	buf_text(&seen, " ");
	return row != refuse_at || err_set(why, ERR_REFUSED, "enough");
}

static bool read_fd(int fd, const char *sheet)
{
	f = (struct sheetfile){.fd = fd, .name = "a.xlsx", .sheet = sheet, .stop = &stop,
			       .cells = {.each = each}};
	buf_reset(&seen);
	return sheetfile_read(&f, &e);
}

static int file_of(const char *data, size_t len)
{
	int fd = memfd_create("file", MFD_CLOEXEC);

	ck_assert(fd >= 0 && write(fd, data, len) == (ssize_t)len);
	return fd;
}

static void done(void)
{
	close(f.fd);
	sheetfile_finish(&f);
}

static void setup(void)
{
	stop = false;
	refuse_at = 0;
}

static void teardown(void)
{
	buf_finish(&seen);
}

START_TEST(the_first_bytes_say_what_it_is)
{
	static const struct {
		const char *data;
		enum sheetfile_kind kind;
	} rows[] = {
		{"", SHEETFILE_CSV},
		{"title,kind\n", SHEETFILE_CSV},
		{"PK,kind\n", SHEETFILE_CSV},
		{"<Tên>;Loại\n", SHEETFILE_CSV},
		{"PK\3\4", SHEETFILE_XLSX},
		{"PK\5\6", SHEETFILE_XLSX},
		{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", SHEETFILE_OLD},
		{"\xEF\xBB\xBF \r\n<HTML xmlns:x=\"urn:schemas-microsoft-com:office:excel\">",
		 SHEETFILE_WEB},
		{"<?xml version=\"1.0\"?>", SHEETFILE_WEB},
		{"<table>", SHEETFILE_WEB},
		{"%PDF-1.7", SHEETFILE_PDF},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ck_assert_msg(sheetfile_kind(rows[i].data, strlen(rows[i].data)) == rows[i].kind,
			      "%s", rows[i].data);
}
END_TEST

START_TEST(csv_and_xlsx_give_the_same_rows)
{
	static const char csv[] = "a;\"b\nc\";\n\nđ;1;\n";

	ck_assert_msg(read_fd(file_of(csv, strlen(csv)), ""), "%s", e.text);
	ck_assert_str_eq(buf_str(&seen), "1|a|b\nc| 2| 3|đ|1| ");
	ck_assert_int_eq(f.kind, SHEETFILE_CSV);
	ck_assert_int_eq(f.cells.separator, ';');
	ck_assert_ptr_null(f.sheets);
	done();
	int fd = xlsxcase_sheet(XLSXCASE_SHEET(
		"<row><c t='inlineStr'><is><t>a</t></is></c>"
		"<c t='inlineStr'><is><t>b\nc</t></is></c></row>"
		"<row r='3'><c t='inlineStr'><is><t>đ</t></is></c><c><v>1</v></c></row>"));
	ck_assert_msg(read_fd(fd, ""), "%s", e.text);
	ck_assert_str_eq(buf_str(&seen), "1|a|b\nc 2| 3|đ|1 ");
	ck_assert_int_eq(f.kind, SHEETFILE_XLSX);
	ck_assert_str_eq(json_get_text(f.sheets, "sheet", ""), "Một & hai");
	done();
}
END_TEST

START_TEST(what_cannot_be_read_says_how_to_save_it)
{
	static const struct {
		const char *data, *word;
	} rows[] = {
		{"<html><table>", "trang web"},
		{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "kiểu cũ (.xls) hoặc có mật khẩu"},
		{"%PDF-1.7", "PDF"},
		{"PK\3\4", "hỏng hoặc không trọn vẹn"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ck_assert(!read_fd(file_of(rows[i].data, strlen(rows[i].data)), ""));
		ck_assert_int_eq(e.kind, ERR_DAMAGED);
		ck_assert_msg(strstr(e.text, rows[i].word) != NULL, "%s", e.text);
		ck_assert_msg(strstr(e.text, ".xlsx hoặc .csv") != NULL, "%s", e.text);
		done();
	}
}
END_TEST

/* Each verdict has words of its own, and rows that came before are no success. */
START_TEST(what_the_worker_refuses_is_told)
{
	static const struct {
		const char *sheet, *word;
	} rows[] = {
		{"<!DOCTYPE a [<!ENTITY b 'b'>]><a>&b;</a>", "DTD"},
		{XLSXCASE_SHEET("<row><c><v>1</v></c></row><row r='1'/>"), "hỏng"},
		{XLSXCASE_SHEET("<row r='7'><c><v>1</v></c></row>"
				"<row><c r='IW8'><v>1</v></c></row>"),
		 "sau dòng 7 có chữ ngoài 256 cột"},
		{"", "hỏng"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ck_assert(!read_fd(xlsxcase_sheet(rows[i].sheet), ""));
		ck_assert_int_eq(e.kind, ERR_DAMAGED);
		ck_assert_msg(strstr(e.text, rows[i].word) != NULL, "%s", e.text);
		done();
	}
	const struct xlsxcase_part ods[] = {{"_rels/.rels", ""}, {"content.xml", "<a/>"},
					    {NULL, NULL}};
	ck_assert(!read_fd(xlsxcase_open(ods), ""));
	ck_assert_ptr_nonnull(strstr(e.text, ".ods"));
	done();
}
END_TEST

/* 20 MB of texts in 20 kB; bytes are counted in the same way (unit xlsxpart). */
START_TEST(a_bomb_is_refused)
{
	static const char head[] = "<sst " XLSXCASE_MAIN ">", end[] = "</sst>", one[] = "<si/>";
	size_t len = sizeof(head) - 1;
	char *xml = malloc(len + (SHEET_STRINGS_MAX + 1) * 5UL + sizeof(end));

	memcpy(xml, head, len);
	for (int i = 0; i <= SHEET_STRINGS_MAX; i++, len += 5)
		memcpy(xml + len, one, 5);
	memcpy(xml + len, end, sizeof(end));
	int fd = xlsxcase_open((const struct xlsxcase_part[]){{"xl/sharedStrings.xml", xml},
							      {NULL, NULL}});
	free(xml);
	ck_assert(!read_fd(fd, ""));
	ck_assert_msg(strstr(e.text, "hơn 512 MB") != NULL, "%s", e.text);
	done();
}
END_TEST

START_TEST(it_ends_when_rows_are_refused_or_the_station_stops)
{
	static const char sheet[] =
		XLSXCASE_SHEET("<row><c><v>1</v></c></row><row><c><v>2</v></c></row>");

	refuse_at = 1;
	ck_assert(!read_fd(xlsxcase_sheet(sheet), ""));
	ck_assert_str_eq(e.text, "enough");
	ck_assert_str_eq(buf_str(&seen), "1|1 ");
	done();
	stop = true;
	ck_assert(!read_fd(xlsxcase_sheet(sheet), ""));
	ck_assert_ptr_nonnull(strstr(e.text, "đang dừng"));
	done();
}
END_TEST

Suite *suite_sheetfile(void);
Suite *suite_sheetfile(void)
{
	Suite *s = suite_create("sheetfile");
	TCase *t = tcase_create("sheetfile");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_first_bytes_say_what_it_is);
	tcase_add_test(t, csv_and_xlsx_give_the_same_rows);
	tcase_add_test(t, what_cannot_be_read_says_how_to_save_it);
	tcase_add_test(t, what_the_worker_refuses_is_told);
	tcase_add_test(t, it_ends_when_rows_are_refused_or_the_station_stops);
	tcase_add_test(t, a_bomb_is_refused);
	suite_add_tcase(s, t);
	return s;
}
