/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/plan_text.h"

#include "base/text.h"
#include "plan/almanac.h"
#include "plan/collide.h"
#include "plan/night.h"

#include <string.h>

/* "20:00" or "1:02:03", rounded to the second. The short form by hand: it stands in every line. */
static void print_length(struct buf *out, int64_t frames)
{
	int64_t s = (frames + FRAMES_PER_S / 2) / FRAMES_PER_S;
	int minute = (int)(s / 60 % 60), second = (int)(s % 60);
	char text[5] = {(char)('0' + minute / 10), (char)('0' + minute % 10), ':',
			(char)('0' + second / 10), (char)('0' + second % 10)};
	int skip = minute < 10; /* 5:00, not 05:00 */

	if (s >= 3600)
		buf_print(out, "%d:%02d:%02d", (int)(s / 3600), minute, second);
	else
		buf_add(out, text + skip, sizeof(text) - (size_t)skip);
}

static void print_day(struct buf *out, struct date d)
{
	static const char *const vi[] = {"Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm",
					 "Thứ Sáu", "Thứ Bảy", "Chủ nhật"};
	static const char *const en[] = {"Monday", "Tuesday", "Wednesday", "Thursday",
					 "Friday", "Saturday", "Sunday"};
	char day[11];

	date_print(d, day);
	buf_print(out, "%s %s", T(vi, en)[date_weekday(d)], day);
}

/* What the day is besides: for lunar days and holidays, and for who wonders where the daily
 * timetable is. */
static void print_special(struct buf *out, const struct plan_input *in, struct date d)
{
	const struct schedule *s = in->schedule;
	struct almanac a;
	char from[11], to[11];

	almanac_make(&a, s, date_to_days(d), 1, true);
	if (a.lunar[0].year != 0)
		buf_print(out, T("  âm lịch %d/%d%s", "  lunar %d/%d%s"), a.lunar[0].day,
			  a.lunar[0].month, a.lunar[0].leap ? T(" nhuận", " (leap)") : "");
	if (a.holidays != NULL && a.holidays[0] != NULL)
		buf_print(out, " · %s", a.holidays[0]->name);
	buf_text(out, "\n");
	almanac_finish(&a);
	for (int i = 0; i < s->table_count; i++) {
		const struct timetable *t = &s->tables[i];
		if (!almanac_in_force(s, i, d))
			continue;
		date_tell(t->valid_from, from);
		date_tell(t->valid_to, to);
		buf_print(out, T("  thay lịch thường: %s, %s–%s; căn cứ: %s\n",
				 "  in place of the usual timetable: %s, %s–%s; basis: %s\n"),
			  t->name, from, to, t->basis);
	}
}

static void print_zones(struct buf *out, const struct settings *s, uint32_t zones)
{
	const char *between = "";

	buf_text(out, "[");
	for (int i = 0; i < s->zone_count; i++) {
		if ((zones >> i & 1) == 0)
			continue;
		buf_text(out, between);
		buf_text(out, s->zones[i].name);
		between = ", ";
	}
	buf_text(out, "]");
}

static void print_bulletin(struct buf *out, const struct bulletin *b)
{
	const char *const parts[] = {b->id, "  ", b->title, " (", b->language, ", ",
				     level_code(b->level), ")"};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		buf_text(out, parts[i]);
}

static void print_item(struct buf *out, const struct plan_item *item, const struct occurrence *o,
		       const struct plan_input *in)
{
	const struct bulletin *b = item->bulletin;
	char start[32];

	wall_print(wall_add_ns(o->start, ns_of_frames(item->offset_frames)), &in->settings->tz,
		   start);
	buf_text(out, "    ");
	buf_add(out, start + 11, 12);
	buf_text(out, "  ");
	print_length(out, item->length_frames);
	buf_text(out, "  ");
	if (b != NULL)
		print_bulletin(out, b);
	else if (item->kind == ITEM_IDENT)
		buf_print(out, "%s  %s", T("nhạc hiệu", "ident"), item->asset->path);
	else if (item->kind == ITEM_RELAY)
		buf_print(out, "%s  %s", T("tiếp âm", "relay"),
			  item->asset->path + strlen(RELAY_PATH));
	else
		buf_text(out, item->asset->path);
	if (b != NULL && item->length_frames < b->frames)
		buf_print(out, "  %s", T("[bị ngắt sớm]", "[ended early]"));
	buf_text(out, "\n");
}

static void print_off(struct buf *out, const struct slot_off *off)
{
	if (off == NULL)
		return;
	buf_print(out, T(" theo %s", " by %s"), off->by);
	if (off->reason[0] != '\0')
		buf_print(out, ": %s", off->reason);
}

/* The order that airs is that of the lines above it. */
static void print_order(struct buf *out, const struct occurrence *o)
{
	struct collision c;

	if (!collide_at(o, &c))
		return;
	if (c.given)
		buf_text(out, T("    = thứ tự đã được chọn:", "    = put in this order:"));
	else if (c.with != NULL)
		buf_print(out,
			  T("    ? chưa ai chọn thứ tự, khung giờ \"%s\" chiếm sóng theo lịch:",
			    "    ? nobody has said which first, slot \"%s\" takes the air:"),
			  c.with->name);
	else
		buf_text(out, T("    ? chưa ai chọn thứ tự, phát theo thứ tự của khung giờ:",
				"    ? nobody has said which first, by the slot's own order:"));
	for (int i = 0; i < c.count; i++)
		buf_print(out, " %s", c.list[i]->id);
	buf_text(out, "\n");
}

static void print_notes(struct buf *out, const struct occurrence *o, const struct plan_input *in)
{
	char end[32];

	for (int i = 0; i < o->omission_count; i++) {
		const struct bulletin *b = o->omissions[i].bulletin;
		const char *why = omission_text(o->omissions[i].why);
		if (b == NULL) {
			buf_print(out, "    – %s", why);
			print_off(out, o->off);
			buf_text(out, "\n");
			continue;
		}
		/* With its length: why it has no room is then plain to see. */
		buf_print(out, T("    – bỏ %s %s (", "    – left out %s %s ("), b->id, b->title);
		print_length(out, b->frames);
		buf_print(out, "): %s\n", why);
	}
	if (o->more > 0)
		buf_print(out, T("    – và %d bản tin xếp sau đó nữa\n",
				 "    – and %d bulletins behind these\n"), o->more);
	if (o->after != NULL)
		buf_print(out,
			  T("    ! phát sau bản tin ưu tiên của khung giờ \"%s\", như đã chọn\n",
			    "    ! begins behind the priority bulletins of slot \"%s\", as "
			    "somebody has said\n"),
			  o->after->name);
	if (o->taken_by == NULL)
		return;
	wall_print(wall_add_ns(o->start, ns_of_frames(o->shortened ? o->length_frames : 0)),
		   &in->settings->tz, end);
	buf_print(out, T("    ! từ %.8s khung giờ \"%s\" (%s:%d) chiếm sóng\n",
			 "    ! from %.8s slot \"%s\" (%s:%d) takes the air\n"),
		  end + 11, o->taken_by->name, o->taken_by->file, o->taken_by->line);
}

static void print_occurrence(struct buf *out, const struct occurrence *o,
			     const struct plan_input *in)
{
	char start[32];

	wall_print(o->start, &in->settings->tz, start);
	buf_text(out, "  ");
	buf_add(out, start + 11, 8);
	buf_text(out, "  ");
	buf_text(out, o->slot->name);
	buf_text(out, "  ");
	print_length(out, o->length_frames);
	buf_text(out, "  ");
	print_zones(out, in->settings, o->slot->zones);
	double night = night_db_at(in->settings, o->start);
	if (night < 0)
		buf_print(out, T("  ban đêm %g dB", "  at night %g dB"), night);
	if (o->slot->demo)
		buf_print(out, "  %s", T("(trình diễn)", "(demonstration)"));
	if (plan_unheard(o) > 0)
		buf_print(out, "  %s", T("(quá dài)", "(over-long)"));
	else if (o->over_long)
		buf_print(out, "  %s", T("(quá giờ)", "(runs over)"));
	buf_text(out, "\n");
	for (int i = 0; i < o->item_count; i++)
		print_item(out, &o->items[i], o, in);
	print_order(out, o);
	print_notes(out, o, in);
}

void plan_text_occurrence(struct buf *out, const struct plan *p, int i,
			  const struct plan_input *in)
{
	const struct tz *tz = &in->settings->tz;
	struct date d = tz_date(tz, p->list[i].start, NULL);

	if (i == 0) {
		print_day(out, d);
		print_special(out, in, d);
	} else if (date_compare(d, tz_date(tz, p->list[i - 1].start, NULL)) != 0) {
		buf_text(out, "\n");
		print_day(out, d);
		print_special(out, in, d);
	}
	print_occurrence(out, &p->list[i], in);
}

static bool any_special(const struct schedule *s, struct date d)
{
	bool any = false;

	for (int i = 0; i < s->table_count; i++)
		any = any || almanac_in_force(s, i, d);
	return any;
}

int plan_text_silent(struct buf *out, const struct plan_input *in, struct date from,
		     struct date to, bool first)
{
	int count = 0;

	for (struct date d = from; date_compare(d, to) < 0; d = date_add_days(d, 1)) {
		if (!any_special(in->schedule, d))
			continue;
		if (!first || count > 0)
			buf_text(out, "\n");
		print_day(out, d);
		print_special(out, in, d);
		buf_print(out, "  %s\n", T("im lặng có chủ ý: lịch này không có khung giờ nào",
					   "silent on purpose: this timetable has no slots"));
		count++;
	}
	return count;
}

void plan_text_nothing(struct buf *out)
{
	buf_print(out, "%s\n", T("không có lượt phát nào trong khoảng này",
				 "nothing is planned in this time"));
}

void plan_text(struct buf *out, const struct plan *p, const struct plan_input *in)
{
	for (int i = 0; i < p->count; i++)
		plan_text_occurrence(out, p, i, in);
	if (p->count == 0)
		plan_text_nothing(out);
}
