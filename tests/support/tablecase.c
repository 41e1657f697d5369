/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/tablecase.h"

#include "base/must.h"
#include "report/table.h"

#include <stdio.h>

static const struct table_column columns[] = {
	{"title", "Tên", TABLE_TEXT},	    {"count", "Số, \"lượt\"", TABLE_COUNT},
	{"day", "Ngày", TABLE_DATE},	    {"at", "Giờ", TABLE_TIME},
	{"length_s", "Dài", TABLE_FRAMES}, {"money", "Tiền", TABLE_MONEY},
	{"percent", "%", TABLE_PERCENT},
};

static const struct table_open open = {.programme = "", .only = "aired"};
static const struct table_cell rows[][7] = {
	{{true, "=1+1", 0, NULL}, {true, NULL, 1234, &open}, {true, NULL, 20415, NULL},
	 {true, NULL, 19800, NULL}, {true, NULL, 90 * FRAMES_PER_S + 1, NULL},
	 {true, NULL, 15000, NULL}, {true, NULL, 985, NULL}},
	{{true, "<b>Xã \"A\" & xã 'B'\n", 0, NULL}},
	{{true, "\t@x", 0, NULL}, {true, NULL, -5, NULL}},
};

char *tablecase_text(const char *format)
{
	char *text = NULL;
	size_t len;
	struct tz tz;
	struct err e;

	tz_fixed(&tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	struct table_head head = {"X", "Bảng <thử>", "Đài thử", "tháng 11 năm 2026",
				  {2026, 11, 1}, {2026, 11, 30}, {0}, &tz, "sổ 1, mục 5",
				  columns, 7};
	struct table_writer w = {.out = open_memstream(&text, &len),
				 .format = table_format(format)};
	must(w.out != NULL && w.format != NULL && table_begin(&w, &head, &e));
	for (int i = 0; i < 3; i++)
		must(table_row(&w, rows[i], &e));
	must(table_sum(&w, rows[2], &e) && table_note(&w, "-một", &e) &&
	     table_note(&w, "hai", &e) && table_end(&w, &e));
	table_finish(&w);
	must(fclose(w.out) == 0);
	return text;
}
