/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table F, "Phiếu kiểm tra": what an inspection asks, answered as far as the log knows; what only
 * somebody on the spot can answer is left for that person to fill in, and says so. */
#include "base/text.h"
#include "proof/entry.h"
#include "proof/outages.h"
#include "proof/reader.h"
#include "report/report.h"

#include <stdio.h>
#include <string.h>

#define LOSSES_MAX 1000 /* times of which the log is lost; more are told as so many */

enum column { NUMBER, ITEM, RESULT, COUNT, OF, TIME, DETAIL, COLUMNS };

#define X(vi, en) (english ? (en) : (vi))
static void name_columns(struct table_column c[static COLUMNS])
{
	bool english = text_english();
	const struct table_column all[COLUMNS] = {
		[NUMBER] = {"number", X("STT", "No."), TABLE_COUNT, .width = 4},
		[ITEM] = {"item", X("Nội dung kiểm tra", "What is looked at"), TABLE_TEXT,
			.width = 40},
		[RESULT] = {"result", X("Kết quả", "Result"), TABLE_TEXT, .width = 14},
		[COUNT] = {"count", X("Số", "Count"), TABLE_COUNT, .width = 8},
		[OF] = {"of", X("Trên", "Of"), TABLE_COUNT, .width = 8},
		[TIME] = {"time_s", X("Thời lượng", "Time"), TABLE_FRAMES, .width = 10},
		[DETAIL] = {"detail", X("Ghi chú", "Note"), TABLE_TEXT, .width = 40},
	};
	memcpy(c, all, sizeof(all));
}
#undef X

struct checklist {
	const struct report *r;
	struct table_writer *w;
	struct err *e;
	int64_t day, days, aired, planned, kept, missed, unclear, by_hand, emergencies;
	int64_t bulletins, approved, documents, gone; /* of what aired */
	int64_t frames, losses, out, standing, lost;
};

/* Rows come by their day. */
static bool each_airing(const struct diary_row *d, void *arg)
{
	struct checklist *q = arg;
	enum report_class class = report_class_in(&q->r->filter, d);

	if (!report_takes(&q->r->filter, d))
		return true;
	q->frames += class == REPORT_AIRED ? d->frames : 0;
	if (d->from_frames > 0)
		return true;
	q->planned += d->slot[0] != '\0';
	q->kept += d->slot[0] != '\0' && class == REPORT_AIRED;
	q->missed += class == REPORT_NOT_AIRED;
	q->unclear += class == REPORT_UNCLEAR;
	if (class != REPORT_AIRED)
		return true;
	int64_t day = date_to_days(report_day(q->r, d->at_ms));
	q->days += q->aired == 0 || day != q->day;
	q->day = day;
	q->aired++;
	q->emergencies += d->emergency[0] != '\0';
	q->by_hand += d->slot[0] == '\0' && d->emergency[0] == '\0';
	q->gone += d->recorded != RECORDED_THERE;
	if (d->bulletin[0] == '\0' || d->emergency[0] != '\0')
		return true;
	q->bulletins++;
	q->approved += d->approved_by[0] != '\0';
	q->documents += d->document[0] != '\0';
	return true;
}

static bool each_outage(const struct outage *o, void *arg)
{
	struct checklist *q = arg;

	if (o->kind == OUTAGE_DEVICE) {
		q->losses++;
		q->out += report_frames_in(q->r, o->from_ms, o->to_ms);
		q->standing += o->to_ms == 0;
	}
	return true;
}

/* By when the station told that the log of some time is lost. */
static bool each_loss(const struct event_row *ev, void *arg)
{
	struct checklist *q = arg;

	q->lost += period_day(&q->r->period, report_day(q->r, ev->at_ms)) >= 0;
	return true;
}

struct answer {
	const char *item;
	int good; /* 1 yes, 0 no, −1: no question of yes or no */
	int64_t count, of, frames; /* −1: none is told */
	const char *detail;
};

static bool say(struct checklist *q, struct answer a)
{
	struct table_cell c[COLUMNS] = {[NUMBER] = table_number(q->w->rows + 1)};

	c[ITEM] = table_text(a.item);
	c[RESULT] = table_text(a.good > 0    ? T("đạt", "yes")
			       : a.good == 0 ? T("chưa đạt", "no")
					     : "");
	c[COUNT] = (struct table_cell){.set = a.count >= 0, .number = a.count};
	c[OF] = (struct table_cell){.set = a.of >= 0, .number = a.of};
	c[TIME] = (struct table_cell){.set = a.frames >= 0, .number = a.frames};
	c[DETAIL] = table_text(a.detail != NULL ? a.detail : "");
	return table_row(q->w, c, q->e);
}

static bool say_log(struct checklist *q)
{
	bool any = q->planned + q->aired > 0;

	return say(q, (struct answer){
			      T("Sổ nhật ký chương trình không có khoảng bị mất",
				"No part of the diary is lost"),
			      any ? q->lost == 0 : -1, q->lost, -1, -1,
			      any ? T("số lần đài báo mất sổ của một khoảng thời gian",
				      "times that the station told of a lost part")
				  : T("trong kỳ không có lượt phát nào để ghi",
				      "nothing was to air in this period") }) &&
	       say(q, (struct answer){T("Số ngày có phát", "Days with airings"), -1, q->days,
				      period_days(&q->r->period), -1, NULL}) &&
	       say(q, (struct answer){T("Tổng thời lượng đã phát", "Time on air"), -1, q->aired,
				      -1, q->frames, T("lượt phát", "airings")});
}

static bool say_plan(struct checklist *q)
{
	return say(q, (struct answer){T("Lượt phát theo lịch đã phát",
					"Planned airings that aired"),
				      q->planned > 0 ? q->kept == q->planned : -1, q->kept,
				      q->planned, -1, NULL}) &&
	       say(q, (struct answer){T("Lượt không phát", "Airings that were missed"),
				      q->planned > 0 ? q->missed == 0 : -1, q->missed, -1, -1,
				      T("lý do từng lượt: bảng A; theo nguyên nhân: bảng E",
					"the reason of each: table A; by cause: table E")}) &&
	       say(q, (struct answer){T("Lượt chưa rõ có ra loa hay không",
					"Airings of which nobody knows whether they were heard"),
				      q->planned > 0 ? q->unclear == 0 : -1, q->unclear, -1, -1,
				      NULL}) &&
	       say(q, (struct answer){T("Lượt phát ngoài lịch", "Airings outside the timetable"),
				      -1, q->by_hand, -1, -1, NULL}) &&
	       say(q, (struct answer){T("Lượt phát khẩn cấp", "Emergency airings"), -1,
				      q->emergencies, -1, -1, NULL});
}

static bool say_content(struct checklist *q)
{
	return say(q, (struct answer){T("Bản tin đã phát có người duyệt trước",
					"Bulletins were approved before they aired"),
				      q->bulletins > 0 ? q->approved == q->bulletins : -1,
				      q->approved, q->bulletins, -1, NULL}) &&
	       say(q, (struct answer){T("Trong đó ghi số văn bản duyệt",
					"Of them with the number of a document"),
				      q->bulletins > 0 ? q->documents == q->bulletins : -1,
				      q->documents, q->bulletins, -1, NULL}) &&
	       say(q, (struct answer){T("Lượt phát mà bản ghi âm đã bị xóa hoặc mất",
					"Airings of which a recording was removed or is lost"),
				      -1, q->gone, q->aired, -1, NULL}) &&
	       say(q, (struct answer){T("Thiết bị âm thanh không mất lúc nào",
					"No sound device was lost"),
				      q->losses > 0 ? 0
				      : q->aired > 0 ? 1 : -1, q->losses, -1, q->out,
				      q->standing > 0 ? T("cuối kỳ vẫn đang mất",
							  "still lost at the end") : NULL});
}

static bool say_rest(struct checklist *q)
{
	const char *const items[] = {
		T("Văn bản, hồ sơ được lưu trữ đầy đủ", "Documents are kept"),
		T("Loa của từng cụm kêu rõ", "The horns of each zone are heard clearly"),
		T("Phân công người trực, quy chế vận hành", "Duty roster and working rules"),
		T("Vận hành sau khi bàn giao", "Running after the hand-over"),
	};

	for (int i = 0; i < (int)(sizeof(items) / sizeof(items[0])); i++)
		if (!say(q, (struct answer){items[i], -1, -1, -1, -1,
					    T("kiểm tra tại chỗ rồi ghi",
					      "to be filled in on the spot")}))
			return false;
	return true;
}

static bool write_all(struct checklist *q)
{
	struct report_sheet sheet;
	struct table_cell none[COLUMNS] = {[NUMBER] = {0}};

	name_columns(sheet.columns);
	return report_begin(&sheet, q->r, "F", COLUMNS, q->w, q->e) && say_log(q) && say_plan(q) &&
	       say_content(q) && say_rest(q) && table_sum(q->w, none, q->e) &&
	       table_note(q->w, T("Kết quả điền sẵn là theo sổ nhật ký; ô trống là việc sổ không "
				  "biết được.",
				  "What is filled in is of the log; what is empty the log cannot "
				  "know."), q->e) &&
	       table_end(q->w, q->e);
}

bool report_checklist(const struct report *r, struct table_writer *w, struct err *e)
{
	struct checklist q = {.r = r, .w = w, .e = e};
	struct wall from, to;

	period_span(&r->period, r->tz, &from, &to);
	return diary_rows(r->view, from, to, each_airing, &q, e) &&
	       outages_rows(r->view, from, to, each_outage, &q, e) &&
	       reader_kind(r->view, KIND_PAST_LOST, LOSSES_MAX, each_loss, &q, e) && write_all(&q);
}
