/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/tablecase.h"

#include "base/must.h"
#include "report/table.h"

#include <stdio.h>

static const struct table_column columns[] = {
	{"title", "Tên", TABLE_TEXT, .width = 20},
	{"count", "Số, \"lượt\"", TABLE_COUNT, .width = 8},
	{"day", "Ngày", TABLE_DATE, .width = 10},
	{"at", "Giờ", TABLE_TIME, .width = 8},
	{"length_s", "Dài", TABLE_FRAMES, .width = 8, .adds = true},
	{"money", "Tiền", TABLE_MONEY, .width = 8},
	{"percent", "%", TABLE_PERCENT, .width = 6},
};

static const struct table_open open = {.programme = "", .only = "aired"};
static const struct table_cell rows[][7] = {
	{{true, "=1+1", 0, NULL}, {true, NULL, 1234, &open}, {true, NULL, 20415, NULL},
	 {true, NULL, 19800, NULL}, {true, NULL, 90 * FRAMES_PER_S + 1, NULL},
	 {true, NULL, 15000, NULL}, {true, NULL, 985, NULL}},
	{{true, "<b>Xã \"A\" & xã 'B'\n", 0, NULL}},
	{{true, "\t@x", 0, NULL}, {true, NULL, -5, NULL}},
};
static const struct table_cell sum[7] = {
	{true, "\t@x", 0, NULL}, {true, NULL, -5, NULL},
	[4] = {true, NULL, 90 * FRAMES_PER_S + 1, NULL},
};

char *tablecase_bytes(const struct table_format *format, size_t *len)
{
	char *text = NULL;
	struct tz tz;
	struct err e;

	tz_fixed(&tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	struct table_head head = {"X", "Bảng <thử>", "Đài thử", "tháng 11 năm 2026",
				  {2026, 11, 1}, {2026, 11, 30}, {0}, &tz, "sổ 1, mục 5",
				  "5:R+ot=", columns, 7, NULL};
	struct table_writer w = {.out = open_memstream(&text, len), .format = format};
	must(w.out != NULL && table_begin(&w, &head, &e));
	for (int i = 0; i < 3; i++)
		must(table_row(&w, rows[i], &e));
	must(table_sum(&w, sum, &e) && table_note(&w, "-một", &e) &&
	     table_note(&w, "hai", &e) && table_end(&w, &e));
	table_finish(&w);
	must(fclose(w.out) == 0);
	return text;
}

char *tablecase_text(const char *format)
{
	size_t len;

	must(table_format(format) != NULL);
	return tablecase_bytes(table_format(format), &len);
}
