/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/amount.h"

#include "base/moment.h"
#include "base/text.h"
#include "report/table.h"

#define NO_BREAK_SPACE "\xc2\xa0"

static void tell(struct buf *out, enum table_type type, int64_t number)
{
	enum text_reader was = text_speak(TEXT_VI);
	char text[TABLE_CELL_BYTES];

	table_tell(type, number, text);
	text_speak(was);
	buf_text(out, text);
}

void amount_count(struct buf *out, int64_t number)
{
	tell(out, TABLE_COUNT, number);
}

void amount_time(struct buf *out, int64_t frames)
{
	int64_t seconds = (frames + FRAMES_PER_S / 2) / FRAMES_PER_S;
	int64_t minutes = (seconds + 30) / 60;

	if (minutes == 0) {
		amount_count(out, seconds);
		buf_text(out, " giây");
		return;
	}
	if (minutes >= 60) {
		amount_count(out, minutes / 60);
		buf_text(out, " giờ");
	}
	if (minutes % 60 != 0) {
		buf_text(out, minutes >= 60 ? " " : "");
		amount_count(out, minutes % 60);
		buf_text(out, " phút");
	}
}

/* No line begins with the sign. */
void amount_percent(struct buf *out, int64_t tenths)
{
	struct buf told = {0};

	tell(&told, TABLE_PERCENT, tenths);
	for (const char *p = buf_str(&told); *p != '\0'; p++)
		buf_print(out, "%.*s", *p == ' ' ? 2 : 1, *p == ' ' ? NO_BREAK_SPACE : p);
	buf_finish(&told);
}

void amount_day(struct buf *out, int64_t day)
{
	tell(out, TABLE_DATE, day);
}
