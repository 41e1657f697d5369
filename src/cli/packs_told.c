/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/packs_told.h"

#include "base/json.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>

static bool note(struct table_writer *w, struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
static bool note(struct table_writer *w, struct err *e, const char *fmt, ...)
{
	char line[3 * ERR_TEXT_BYTES];
	va_list args;

	va_start(args, fmt);
	vsnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	return table_note(w, line, e);
}

/* A log that ends within the period says nothing of what came then. */
static bool note_end(const struct report *r, const json_t *told, struct table_writer *w,
		     struct err *e)
{
	int64_t last_ms = json_get_integer(told, "last_ms", 0);
	struct wall from, to;
	char at[32];

	period_span(&r->period, r->tz, &from, &to);
	if (last_ms >= to.ns / NS_PER_MS)
		return true;
	wall_print((struct wall){last_ms * NS_PER_MS}, r->tz, at);
	return note(w, e, T("LƯU Ý: sổ của %.100s trong gói chỉ kể đến %.16s, trước khi kỳ hết.",
			    "NOTE: the log of %.100s in its pack tells until %.16s, before the "
			    "period is over."), json_get_text(told, "label", ""), at);
}

/* Nor one that begins within it of what was before: of a station's own report made_head tells. */
static bool note_began(const struct report *r, const json_t *told, struct table_writer *w,
		       struct err *e)
{
	int64_t first_ms = json_get_integer(told, "first_ms", 0);
	char at[32];

	if (first_ms == 0 || date_compare(report_day(r, first_ms), r->period.first) <= 0)
		return true;
	wall_print((struct wall){first_ms * NS_PER_MS}, r->tz, at);
	return note(w, e, T("LƯU Ý: sổ của %.100s bắt đầu lúc %.16s: trước đó không có số liệu.",
			    "NOTE: the log of %.100s begins at %.16s: there are no figures of "
			    "before."), json_get_text(told, "label", ""), at);
}

static bool note_pack(const struct report *r, const json_t *told, struct table_writer *w,
		      struct err *e)
{
	const json_t *text;
	size_t i;

	if (!note(w, e, T("%.100s: gói %.200s, kỳ %s – %s, sổ %.128s, %lld mục đã ký, mã gốc %s, "
			  "khóa %.200s%s",
			  "%.100s: pack %.200s of %s to %s, log %.128s, %lld entries signed, root "
			  "%s, key %.200s%s"),
		  json_get_text(told, "label", ""), json_get_text(told, "path", ""),
		  json_get_text(told, "from", ""), json_get_text(told, "to", ""),
		  json_get_text(told, "log", ""), (long long)json_get_integer(told, "size", 0),
		  json_get_text(told, "root", ""), json_get_text(told, "vkey", ""),
		  json_get_bool(told, "own_key", true)
			  ? T(" (khóa lấy trong chính gói, chưa so với nơi khác)",
			      " (the key is the pack's own, and was not compared with another)")
			  : "") ||
	    !note_began(r, told, w, e) || !note_end(r, told, w, e))
		return false;
	json_array_foreach(json_object_get(told, "warnings"), i, text)
		if (!note(w, e, T("CẢNH BÁO, %.100s: %s", "WARNING, %.100s: %s"),
			  json_get_text(told, "label", ""), json_string_value(text)))
			return false;
	return true;
}

bool packs_told(const struct report *r, json_t *taken, const json_t *left,
		struct table_writer *w, struct err *e)
{
	const char *name;
	json_t *told;
	size_t i;

	json_object_foreach(taken, name, told)
		if (!note_pack(r, told, w, e))
			return false;
	json_array_foreach(left, i, told)
		if (!note(w, e, T("BỊ LOẠI, không tính vào bảng này: %s",
				  "LEFT OUT, and not counted here: %s"), json_string_value(told)))
			return false;
	return true;
}
