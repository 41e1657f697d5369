/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table A, "Nhật ký phát thanh": a row an airing, and those that did not air with the reason. */
#include "base/text.h"
#include "report/report.h"

#include <stdio.h>
#include <string.h>

enum column {
	NUMBER, DAY, PLANNED, START, END, LENGTH, TITLE, BULLETIN, KIND, LEVEL, LANGUAGE,
	PROGRAMMES, FUND, ZONES, PRODUCER, APPROVER, DOCUMENT, OPERATOR, RESULT, REASON, PROOF,
	SHA256, AIRING, ENTRY, COLUMNS
};

#define X(vi, en) (english ? (en) : (vi))
static void name_columns(struct table_column c[static COLUMNS])
{
	bool english = text_english();
	const struct table_column all[COLUMNS] = {
		[NUMBER] = {"number", X("STT", "No."), TABLE_COUNT, .width = 6},
		[DAY] = {"day", X("Ngày", "Day"), TABLE_DATE, .width = 10},
		[PLANNED] = {"planned", X("Giờ theo lịch", "Planned at"), TABLE_TIME, .width = 0},
		[START] = {"start", X("Giờ bắt đầu", "Start"), TABLE_TIME, .width = 8},
		[END] = {"end", X("Giờ kết thúc", "End"), TABLE_TIME, .width = 8},
		[LENGTH] = {"length_s", X("Thời lượng thực phát", "Length aired"),
			TABLE_FRAMES, .width = 8, .adds = true},
		[TITLE] = {"title", X("Tên", "Title"), TABLE_TEXT, .width = 22},
		[BULLETIN] = {"bulletin", X("Mã sản phẩm", "Product"), TABLE_TEXT, .width = 8},
		[KIND] = {"kind", X("Loại", "Kind"), TABLE_TEXT, .width = 9},
		[LEVEL] = {"level", X("Mức ưu tiên", "Level"), TABLE_TEXT, .width = 8},
		[LANGUAGE] = {"language", X("Tiếng", "Language"), TABLE_TEXT, .width = 8},
		[PROGRAMMES] = {"programmes", X("Mã chương trình", "Programmes"),
			TABLE_TEXT, .width = 11},
		[FUND] = {"fund", X("Nguồn kinh phí", "Fund"), TABLE_TEXT, .width = 10},
		[ZONES] = {"zones", X("Cụm loa", "Zones"), TABLE_TEXT, .width = 9},
		[PRODUCER] = {"producer", X("Người gửi", "Sent in by"), TABLE_TEXT, .width = 0},
		[APPROVER] = {"approver", X("Người duyệt", "Approved by"), TABLE_TEXT, .width = 12},
		[DOCUMENT] = {"document", X("Số văn bản", "Document"), TABLE_TEXT, .width = 8},
		[OPERATOR] = {"operator", X("Người vận hành", "Operator"), TABLE_TEXT, .width = 10},
		[RESULT] = {"result", X("Kết quả", "Result"), TABLE_TEXT, .width = 9},
		[REASON] = {"reason", X("Lý do", "Reason"), TABLE_TEXT, .width = 16},
		[PROOF] = {"proof", X("Mức bằng chứng", "Proof"), TABLE_TEXT, .width = 8},
		[SHA256] = {"sha256", X("Mã băm", "SHA-256"), TABLE_HASH, .width = 14},
		[AIRING] = {"airing", X("Mã lần phát", "Airing"), TABLE_TEXT, .width = 0},
		[ENTRY] = {"entry", X("Mục sổ nhật ký", "Log entry"), TABLE_COUNT, .width = 8},
	};
	memcpy(c, all, sizeof(all));
}
#undef X

struct airings {
	const struct report *r;
	struct table_writer *w;
	struct err *e;
	bool ok;
	int64_t count, frames, corrected, unsynced;
	int64_t named; /* ids that stand there as somebody's name */
	char approver[2 * NAME_BYTES], title[TITLE_BYTES + 32], proof[REASON_BYTES];
};

/* Of the station's day; of another day than the row's only the hour stands there. */
static struct table_cell hour(const struct report *r, int64_t ms)
{
	int32_t second = 0;

	if (ms != 0)
		tz_date(r->tz, (struct wall){ms * NS_PER_MS}, &second);
	return (struct table_cell){.set = ms != 0, .number = second};
}

static const char *person(struct airings *a, const char *id)
{
	const char *name = id[0] != '\0' ? a->r->person(a->r->person_arg, id) : "";

	a->named += strcmp(name, id) != 0;
	return name;
}

/* Of an emergency whoever is answerable for it, of a voice whose it is. */
static const char *approver(struct airings *a, const struct diary_row *d)
{
	if (d->emergency[0] != '\0')
		return person(a, d->authority);
	if (d->speaker[0] != '\0')
		return person(a, d->speaker);
	if (d->endorsed_by[0] == '\0')
		return person(a, d->approved_by);
	size_t len = (size_t)snprintf(a->approver, sizeof(a->approver), "%.180s",
				      person(a, d->endorsed_by));
	snprintf(a->approver + len, sizeof(a->approver) - len, ", %.180s",
		 person(a, d->approved_by));
	return a->approver;
}

static const char *level_name(const char *code)
{
	enum level level;

	if (!level_parse(code, &level))
		return code;
	return level == LEVEL_ORDINARY	 ? T("thông thường", "ordinary")
	       : level == LEVEL_PRIORITY ? T("ưu tiên", "priority")
					 : T("khẩn cấp", "emergency");
}

/* What is no airing more, and would look like one. */
static const char *title(struct airings *a, const struct diary_row *d)
{
	if (d->from_frames == 0)
		return d->title;
	snprintf(a->title, sizeof(a->title), T("%s (phần còn lại)", "%s (the rest)"), d->title);
	return a->title;
}

static void fill(struct airings *a, const struct diary_row *d, const char *why,
		 struct table_cell c[static COLUMNS])
{
	const struct report *r = a->r;
	struct date day = report_day(r, d->at_ms);

	c[NUMBER] = table_number(a->count);
	c[DAY] = table_number(date_to_days(day));
	c[PLANNED] = hour(r, d->at_ms);
	c[START] = hour(r, d->start_ms);
	c[END] = hour(r, d->end_ms);
	c[LENGTH] = table_number(report_class_in(&r->filter, d) == REPORT_AIRED ? d->frames : 0);
	c[LENGTH].set = report_class_in(&r->filter, d) != REPORT_UNCLEAR;
	c[TITLE] = table_text(title(a, d));
	c[BULLETIN] = table_text(d->bulletin);
	c[KIND] = table_text(report_name(r, CODES_KINDS, report_kind(d), day));
	c[LEVEL] = table_text(level_name(d->level));
	c[LANGUAGE] = table_text(report_name(r, CODES_LANGUAGES, d->language, day));
	c[PROGRAMMES] = table_text(d->programmes);
	c[FUND] = table_text(report_name(r, CODES_FUNDS, d->fund, day));
	c[ZONES] = table_text(d->zones);
	c[PRODUCER] = table_text(person(a, d->sender));
	c[APPROVER] = table_text(approver(a, d));
	c[DOCUMENT] = table_text(d->document);
	c[OPERATOR] = table_text(person(a, d->who));
	c[RESULT] = table_text(diary_fate_text(d));
	c[REASON] = table_text(why);
	diary_proof(d, a->proof);
	c[PROOF] = table_text(a->proof);
	c[SHA256] = table_text(d->sha256);
	c[AIRING] = table_text(d->id);
	c[ENTRY] = table_number(d->entry);
}

static bool each(const struct diary_row *d, void *arg)
{
	struct airings *a = arg;
	struct table_cell cells[COLUMNS];
	char why[REASON_BYTES];

	if (!report_takes(&a->r->filter, d))
		return true;
	a->count++;
	a->corrected += d->corrected;
	a->unsynced += !d->synced && !d->corrected;
	diary_why(d, why);
	fill(a, d, why, cells);
	a->frames += cells[LENGTH].number;
	a->ok = table_row(a->w, cells, a->e);
	return a->ok;
}

static bool note(struct airings *a, int64_t count, const char *words)
{
	char line[REASON_BYTES];

	if (count == 0)
		return true;
	snprintf(line, sizeof(line), words, (long long)count);
	return table_note(a->w, line, a->e);
}

static bool finish(struct airings *a)
{
	struct table_cell sum[COLUMNS] = {[DAY] = {0}};

	sum[TITLE] = table_text(T("Cộng", "Total"));
	sum[NUMBER] = table_number(a->count);
	sum[LENGTH] = table_number(a->frames);
	if (!table_sum(a->w, sum, a->e))
		return false;
	if (a->count == 0 &&
	    !table_note(a->w, T("Trong kỳ không có lần phát nào như vậy.",
				"There is no such airing in this period."), a->e))
		return false;
	return note(a, a->corrected,
		    T("%lld lần phát có giờ đã sửa theo đồng hồ đúng; mục sổ nhật ký giữ giờ mà "
		      "đồng hồ đã chỉ.",
		      "The times of %lld airings are corrected; their entries keep what the clock "
		      "showed.")) &&
	       note(a, a->unsynced,
		    T("%lld lần phát có giờ theo đồng hồ chưa được đồng bộ.",
		      "The times of %lld airings are of a clock that was not synchronised.")) &&
	       note(a, a->named,
		    T("Tên người (%lld chỗ) lấy từ danh sách tài khoản của đài; sổ nhật ký chỉ ghi "
		      "mã tài khoản, không bảo chứng tên.",
		      "Names of persons (%lld) are those of the station's list of accounts; the "
		      "log has their accounts' numbers and vouches for no name.")) &&
	       table_end(a->w, a->e);
}

bool report_airings(const struct report *r, struct table_writer *w, struct err *e)
{
	struct airings a = {.r = r, .w = w, .e = e, .ok = true};
	struct report_sheet sheet;
	struct wall from, to;

	name_columns(sheet.columns);
	period_span(&r->period, r->tz, &from, &to);
	return report_begin(&sheet, r, "A", COLUMNS, w, e) &&
	       diary_rows(r->view, from, to, each, &a, e) && a.ok && finish(&a);
}
