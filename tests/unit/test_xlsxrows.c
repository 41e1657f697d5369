/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/xlsxrows.h"

#include "base/cells.h"
#include "support/xlsxcase.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct xlsx x;
static struct buf seen;
static int puts_left, puts_taken = 100;

static bool put(void *arg, const char *data, size_t len)
{
	(void)arg;
	buf_add(&seen, data, len);
	return --puts_left > 0;
}

static bool read_sheet(const char *sheet)
{
	static struct xlsxbook b;
	struct xlsxshared s = {0};

	b = (struct xlsxbook){0};
	buf_reset(&seen);
	puts_left = puts_taken;
	xlsxpart_init(&x, xlsxcase_sheet(sheet));
	bool ok = xlsxbook_open(&b, &x, NULL) && xlsxshared_read(&s, &x, &b) &&
		  xlsxrows_read(&x, &b, &s, &(struct xlsxrows_out){put, NULL});
	xlsxshared_finish(&s);
	close(x.zip.fd);
	return ok;
}

static void teardown(void)
{
	buf_finish(&seen);
}

/* The rows, or the number of the verdict. */
static const char *csv(const char *sheet)
{
	static char verdict[8];

	snprintf(verdict, sizeof(verdict), "%d", read_sheet(sheet) ? 0 : (int)x.verdict);
	return x.verdict == SHEET_WHOLE ? buf_str(&seen) : verdict;
}

#define ROW(cells) XLSXCASE_SHEET("<row>" cells "</row>")

START_TEST(cells_of_every_kind)
{
	ck_assert_str_eq(csv(ROW("<c t='s'><v>1</v></c><c><v>1.5</v></c><c t='n'><v>2</v></c>"
				 "<c t='b'><v>1</v></c><c t='b'><v>0</v></c>"
				 "<c t='inlineStr'><is><t>a</t><rPh><t>z</t></rPh></is></c>"
				 "<c t='str'><f>A1</f><v>b</v></c>")),
			 "\"hai\",\"1.5\",\"2\",\"TRUE\",\"FALSE\",\"a\",\"b\"\n");
	ck_assert_str_eq(csv(ROW("<c s='1'><v>45111</v></c><c s='3'><v>45111</v></c>"
				 "<c s='6'><v>7</v></c><c s='99'><v>7</v></c>"
				 "<c t='d'><v>2023-07-04T00:00:00</v></c>"
				 "<c t='d'><v>2023-07-04T05:30:00</v></c>")),
			 "\"2023-07-04\",\"2023-07\",\"00007\",\"7\",\"2023-07-04\","
			 "\"2023-07-04T05:30:00\"\n");
}
END_TEST

START_TEST(lines_of_the_answer_are_rows_of_the_sheet)
{
	ck_assert_str_eq(csv(XLSXCASE_SHEET("<row r='2'><c r='B2'><v>1</v></c></row>"
					    "<row/><row r='5'><c r='C5' s='1'/></row>"
					    "<row r='6'><c r='C6'><v>2</v></c>"
					    "<c r='A6'><v>3</v></c><c/></row><row r='900'/>")),
			 "\n,\"1\"\n\n\n\n\"3\",,\"2\"\n");
}
END_TEST

START_TEST(signs_of_csv_are_text)
{
	ck_assert_str_eq(csv(ROW("<c t='inlineStr'><is><t>a \"b\", c\nd</t></is></c>"
				 "<c t='inlineStr'><is><t>\"</t></is></c>")),
			 "\"a \"\"b\"\", c\nd\",\"\"\"\"\n");
}
END_TEST

START_TEST(an_apostrophe_of_the_text_is_not_taken_for_a_guard)
{
	ck_assert_str_eq(csv(ROW("<c t='str'><v>'=1</v></c><c t='str'><v>=1</v></c>"
				 "<c t='str'><v>'a</v></c><c t='str'><v>''</v></c>")),
			 "\"''=1\",\"=1\",\"'a\",\"''\"\n");
}
END_TEST

START_TEST(a_formula_is_its_value_and_never_computed)
{
	ck_assert_str_eq(csv(ROW("<c><f>1+1</f><v>7</v></c>"
				 "<c t='inlineStr'><is><t>=1+1</t></is></c>")),
			 "\"7\",\"=1+1\"\n");
	ck_assert_str_eq(csv(ROW("<c><f>1+1</f></c><c><f>A1</f><v/></c>"
				 "<c><f t='shared' si='0'/></c><c t='str'><f>A1</f><v></v></c>"
				 "<c t='e'><f>1/0</f><v>#DIV/0!</v></c>")),
			 "\"\x02=1+1\",\"\x02=A1\",\"\x02=?\",,\"\x02#DIV/0!\"\n");
}
END_TEST

START_TEST(only_the_data_is_read)
{
	ck_assert_str_eq(csv("<worksheet " XLSXCASE_MAIN "><row><c><v>1</v></c></row><sheetData>"
			     "<c><v>2</v></c><row><v>3</v><c><v>4</v><x>5</x></c></row></sheetData>"
			     "<mergeCells/><row><c><v>6</v></c></row></worksheet>"),
			 "\"4\"\n");
}
END_TEST

START_TEST(what_no_program_writes_is_damage)
{
	static const char *const bad[] = {
		XLSXCASE_SHEET("<row r='2'/><row r='2'/>"),
		XLSXCASE_SHEET("<row r='x'/>"),
		XLSXCASE_SHEET("<row r='1048577'/>"),
		XLSXCASE_SHEET("<row><row/></row>"),
		ROW("<c><c/></c>"),
		ROW("<c r='1'/>"),
		ROW("<c r='ZZZZZZZZ1'/>"),
		ROW("<c r='XFE1'/>"),
		ROW("<c t='s'><v>2</v></c>"),
		ROW("<c t='s'><v>-1</v></c>"),
		ROW("<c t='s'><v>x</v></c>"),
		ROW("<c r='A1'><v>1</v></c><c r='A1'><v>2</v></c>"),
		"<worksheet " XLSXCASE_MAIN "><sheetData><row>",
	};
	char verdict[8];

	snprintf(verdict, sizeof(verdict), "%d", SHEET_DAMAGED);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(strcmp(csv(bad[i]), verdict) == 0, "%s: %s", bad[i], csv(bad[i]));
}
END_TEST

START_TEST(columns_have_a_bound_that_empty_cells_may_pass)
{
	ck_assert_str_eq(csv(ROW("<c r='A1'><v>1</v></c><c r='XFD1' s='1'/>")), "\"1\"\n");
	ck_assert(read_sheet(ROW("<c r='IV1'><v>1</v></c>")));
	ck_assert(!read_sheet(ROW("<c r='IW1'><v>1</v></c>")));
	ck_assert_int_eq(x.verdict, SHEET_TOO_WIDE);
}
END_TEST

/* As long as a row may be to who reads the CSV. */
START_TEST(rows_have_a_bound)
{
	static const char begin[] = "<worksheet " XLSXCASE_MAIN "><sheetData><row><c "
				    "t='inlineStr'><is><t>",
			  end[] = "</t></is></c></row></sheetData></worksheet>";
	char *sheet = malloc(sizeof(begin) + CELLS_ROW_BYTES_MAX + sizeof(end));
	size_t len = CELLS_ROW_BYTES_MAX - CELLS_COLUMNS_MAX;

	for (int more = 0; more < 2; more++) {
		memcpy(sheet, begin, sizeof(begin));
		memset(sheet + sizeof(begin) - 1, 'a', len + (size_t)more);
		memcpy(sheet + sizeof(begin) - 1 + len + (size_t)more, end, sizeof(end));
		ck_assert(read_sheet(sheet) == (more == 0));
		ck_assert_int_eq(x.verdict, more == 0 ? SHEET_WHOLE : SHEET_LONG_ROW);
	}
	free(sheet);
}
END_TEST

START_TEST(it_ends_when_nobody_listens)
{
	puts_taken = 2;
	bool ok = read_sheet(XLSXCASE_SHEET("<row><c><v>1</v></c></row><row><c><v>2</v></c></row>"
					    "<row><c><v>3</v></c></row>"));
	puts_taken = 100;
	ck_assert(!ok);
	ck_assert_int_eq(x.verdict, SHEET_WHOLE);
	ck_assert_str_eq(buf_str(&seen), "\"1\"\n\"2\"\n");
}
END_TEST

Suite *suite_xlsxrows(void);
Suite *suite_xlsxrows(void)
{
	Suite *s = suite_create("xlsxrows");
	TCase *t = tcase_create("xlsxrows");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, cells_of_every_kind);
	tcase_add_test(t, lines_of_the_answer_are_rows_of_the_sheet);
	tcase_add_test(t, signs_of_csv_are_text);
	tcase_add_test(t, an_apostrophe_of_the_text_is_not_taken_for_a_guard);
	tcase_add_test(t, a_formula_is_its_value_and_never_computed);
	tcase_add_test(t, only_the_data_is_read);
	tcase_add_test(t, what_no_program_writes_is_damage);
	tcase_add_test(t, columns_have_a_bound_that_empty_cells_may_pass);
	tcase_add_test(t, rows_have_a_bound);
	tcase_add_test(t, it_ends_when_nobody_listens);
	suite_add_tcase(s, t);
	return s;
}
