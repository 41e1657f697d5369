/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/cells.h"

#include "base/csv.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char seen[2000];
static struct err e;

static bool note(void *arg, int64_t row, const char *const *texts, int count, struct err *err)
{
	size_t used = strlen(seen);

	(void)arg;
	(void)err;
	used += (size_t)snprintf(seen + used, sizeof(seen) - used, "%d:", (int)row);
	for (int i = 0; i < count && used < sizeof(seen); i++)
		used += (size_t)snprintf(seen + used, sizeof(seen) - used, "[%s]", texts[i]);
	return true;
}

static bool read_in(const char *text, size_t piece)
{
	struct cells c = {.separator = cells_separator(text, strlen(text)), .each = note};
	bool ok = true;

	seen[0] = '\0';
	for (size_t at = 0; ok && at < strlen(text); at += piece)
		ok = cells_add(&c, text + at, strlen(text + at) < piece ? strlen(text + at) : piece,
			       &e);
	ok = ok && cells_end(&c, &e);
	cells_finish(&c);
	return ok;
}

static void ck_rows(const char *text, const char *want)
{
	for (size_t piece = 1; piece < 12; piece++) {
		ck_assert_msg(read_in(text, piece), "%s", e.text);
		ck_assert_str_eq(seen, want);
	}
}

START_TEST(rows_and_cells_in_any_pieces)
{
	ck_rows("a,b\r\nc,d\r\n", "1:[a][b]2:[c][d]");
	ck_rows("a;b\n\nc;", "1:[a][b]2:[]3:[c][]");
	ck_rows("a\tb\rc\td", "1:[a][b]2:[c][d]");
	ck_rows("a,\"b,\"\"c\"\"\r\nd\",e\n", "1:[a][b,\"c\"\r\nd][e]");
	ck_rows("\"\",\"x\"y,z\"\n", "1:[][xy][z\"]");
	ck_rows("", "");
}
END_TEST

/* What csv_text writes comes back as it was. */
START_TEST(the_guard_against_formulas_is_no_text)
{
	static const char *const texts[] = {"=1+1", "'=1", "''-1", "@x", "\t=1", "'tối", "'", "x",
					    "-", "'+\"a\""};
	struct buf line = {0};
	char want[100];

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		buf_reset(&line);
		csv_text(&line, texts[i]);
		csv_text(&line, texts[i]);
		csv_end(&line);
		snprintf(want, sizeof(want), "1:[%s][%s]", texts[i], texts[i]);
		ck_rows(buf_str(&line), want);
	}
	buf_finish(&line);
}
END_TEST

START_TEST(the_separator_is_the_one_there_is_most_of)
{
	ck_assert_int_eq(cells_separator("a;b;\"c,d,e\"\n", 13), ';');
	ck_assert_int_eq(cells_separator("Báo cáo\n\na\tb\n", 15), '\t');
	ck_assert_int_eq(cells_separator("a\n", 2), ',');
}
END_TEST

START_TEST(an_open_quote_and_a_row_without_end_are_told)
{
	char *row = malloc(CELLS_ROW_BYTES_MAX + 10);

	ck_assert(!read_in("a,\"b\nc,d\n", 100));
	ck_assert_int_eq(e.kind, ERR_DAMAGED);
	memset(row, ',', 300);
	row[300] = '\0';
	ck_assert(!read_in(row, 1000));
	memset(row, 'a', CELLS_ROW_BYTES_MAX + 9);
	row[CELLS_ROW_BYTES_MAX + 9] = '\0';
	ck_assert(!read_in(row, 1000));
	free(row);
}
END_TEST

/* A zero within the text must not hide what follows it. */
START_TEST(a_zero_is_no_end)
{
	struct cells c = {.separator = ',', .each = note};

	seen[0] = '\0';
	ck_assert(cells_add(&c, "a\0b,c\n", 6, &e) && cells_end(&c, &e));
	cells_finish(&c);
	ck_assert_str_eq(seen, "1:[a\x01" "b][c]");
}
END_TEST

START_TEST(what_we_write_is_read)
{
	struct buf out = {0};

	csv_text(&out, "");
	csv_text(&out, "a \"b\", c");
	csv_plain(&out, "%d", 12);
	csv_end(&out);
	ck_rows(buf_str(&out), "1:[][a \"b\", c][12]");
	buf_finish(&out);
}
END_TEST

Suite *suite_cells(void);
Suite *suite_cells(void)
{
	Suite *s = suite_create("cells");
	TCase *t = tcase_create("rows");

	tcase_add_test(t, rows_and_cells_in_any_pieces);
	tcase_add_test(t, the_guard_against_formulas_is_no_text);
	tcase_add_test(t, the_separator_is_the_one_there_is_most_of);
	tcase_add_test(t, an_open_quote_and_a_row_without_end_are_told);
	tcase_add_test(t, a_zero_is_no_end);
	tcase_add_test(t, what_we_write_is_read);
	suite_add_tcase(s, t);
	return s;
}
