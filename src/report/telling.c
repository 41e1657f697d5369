/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/telling.h"

#include "base/json.h"
#include "base/must.h"
#include "base/register.h"
#include "report/amount.h"

#include <stdlib.h>
#include <string.h>

static bool take(const struct report *of, enum report_by by, const char *table,
		 struct figures *f, struct err *e)
{
	struct report r = *of;

	r.by = by;
	return figures_take(f, &r, table, e);
}

bool telling_gather(struct telling *t, struct err *e)
{
	struct report before = *t->r;

	t->has_before = period_before(&t->r->period, &t->earlier);
	before.period = t->earlier;
	return take(t->r, REPORT_BY_PROGRAMME, "B", &t->programmes, e) &&
	       take(t->r, REPORT_BY_LANGUAGE, "B", &t->languages, e) &&
	       take(t->r, REPORT_BY_ALL, "D", &t->plan, e) &&
	       take(t->r, REPORT_BY_ALL, "E", &t->difficulties, e) &&
	       (!t->has_before || take(&before, REPORT_BY_PROGRAMME, "B", &t->before, e));
}

void telling_finish(struct telling *t)
{
	figures_finish(&t->programmes);
	figures_finish(&t->languages);
	figures_finish(&t->plan);
	figures_finish(&t->difficulties);
	figures_finish(&t->before);
}

static int64_t on_air(const struct figures *f, int row)
{
	return figures_number(f, row, "own_s") + figures_number(f, row, "shared_s");
}

static json_t *sum_json(const struct figures *f)
{
	static const char *const keys[] = {"new", "aired", "not_aired", "unclear", "due", "kept"};
	json_t *o = json_object();

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		json_object_set_new(o, keys[i],
				    json_integer(figures_number(f, FIGURES_SUM, keys[i])));
	json_object_set_new(o, "time_s",
			    json_rounded((double)on_air(f, FIGURES_SUM) / FRAMES_PER_S, 6));
	return o;
}

json_t *telling_json(const struct telling *t)
{
	json_t *o = json_pack("{s:o, s:o}", "this", sum_json(&t->programmes), "before",
			      t->has_before ? sum_json(&t->before) : json_null());

	must(o != NULL);
	return o;
}

static void point(struct telling *t, const char *text)
{
	struct buf b = {0};

	buf_print(&b, "%d. %s", ++t->points, text);
	document_add(t->d, DOCUMENT_POINT, "", &b);
	buf_finish(&b);
}

static void counted(struct buf *b, int64_t count, const char *what)
{
	amount_count(b, count);
	buf_text(b, what);
}

/* "12 bản tin mới, 1.234 lượt phát, 320 giờ 15 phút". */
static void result(struct buf *b, const struct figures *f, int row)
{
	counted(b, figures_number(f, row, "new"), " bản tin mới, ");
	counted(b, figures_number(f, row, "aired"), " lượt phát, ");
	amount_time(b, on_air(f, row));
}

/* A period that is not over is told as far as it went. */
static bool is_over(const struct report *r, struct date *today)
{
	*today = report_day(r, r->made.ns / NS_PER_MS);
	return date_compare(*today, r->period.last) > 0;
}

static void until(const struct report *r, struct buf *b)
{
	struct date today;

	if (is_over(r, &today))
		return;
	buf_text(b, " Kỳ báo cáo chưa hết: số liệu tính đến ngày ");
	amount_day(b, date_to_days(today));
	buf_text(b, ".");
}

static struct date began(const struct report *r)
{
	return report_day(r, r->began.ns / NS_PER_MS);
}

/* The whole period was before the log: nobody knows what there was, and none of it is told as
 * none. */
static bool is_before(const struct telling *t)
{
	return t->r->began.ns != 0 && date_compare(began(t->r), t->r->period.last) > 0;
}

static bool tell_nothing_known(struct telling *t)
{
	struct buf b = {0};

	if (!is_before(t))
		return false;
	buf_text(&b, "Không có số liệu: sổ nhật ký của đài bắt đầu sau kỳ này, từ ngày ");
	amount_day(&b, date_to_days(began(t->r)));
	buf_text(&b, ".");
	document_add(t->d, DOCUMENT_TEXT, "B", &b);
	buf_finish(&b);
	return true;
}

/* A period that the log has not from its beginning. */
static void since(const struct report *r, struct buf *b)
{
	if (r->began.ns == 0)
		return;
	buf_text(b, " Sổ nhật ký bắt đầu từ ngày ");
	amount_day(b, date_to_days(began(r)));
	buf_text(b, ": trước ngày ấy không có số liệu.");
}

void telling_totals(struct telling *t)
{
	const struct figures *f = &t->programmes;
	struct buf b = {0};

	point(t, "Kết quả chung");
	if (tell_nothing_known(t))
		return;
	if (figures_number(f, FIGURES_SUM, "aired") == 0) {
		buf_text(&b, "Trong kỳ, sổ nhật ký không ghi lượt phát nào đã ra loa; ");
		counted(&b, figures_number(f, FIGURES_SUM, "new"), " bản tin mới được duyệt.");
	} else {
		buf_text(&b, "Kết quả: ");
		result(&b, f, FIGURES_SUM);
		buf_text(&b, " trên sóng; phát trong ");
		counted(&b, figures_number(f, FIGURES_SUM, "sessions"), " buổi, ");
		counted(&b, figures_number(f, FIGURES_SUM, "days"), " ngày trên ");
		counted(&b, period_days(&t->r->period), " ngày của kỳ, ra ");
		counted(&b, figures_number(f, FIGURES_SUM, "zones"), " cụm loa.");
	}
	since(t->r, &b);
	until(t->r, &b);
	document_add(t->d, DOCUMENT_TEXT, "B", &b);
	buf_finish(&b);
}

void telling_programmes(struct telling *t)
{
	const struct figures *f = &t->programmes;
	struct buf b = {0};

	if (f->rows == 0)
		return;
	point(t, "Theo chương trình");
	for (int i = 0; i < f->rows; i++) {
		const char *code = figures_text(f, i, "programme");
		int64_t shared = figures_number(f, i, "shared_s");

		buf_print(&b, "- %s", code[0] != '\0' ? figures_text(f, i, "name")
						      : "Không ghi chương trình");
		if (code[0] != '\0')
			buf_print(&b, " (%s)", code);
		buf_text(&b, ": ");
		result(&b, f, i);
		if (shared > 0) {
			buf_text(&b, ", trong đó ");
			amount_time(&b, shared);
			buf_text(&b, " dùng chung với chương trình khác");
		}
		buf_text(&b, i + 1 < f->rows ? ";" : ".");
		document_add(t->d, DOCUMENT_ITEM, "B", &b);
	}
	if (figures_number(f, FIGURES_SUM, "shared_s") > 0)
		document_say(t->d, DOCUMENT_TEXT,
			     "Lượt phát và thời lượng dùng chung đứng ở mỗi chương trình mà bản "
			     "tin phục vụ; kết quả chung chỉ tính một lần.");
	buf_finish(&b);
}

void telling_languages(struct telling *t)
{
	const struct figures *f = &t->languages;
	struct buf b = {0};

	if (f->rows == 0)
		return;
	point(t, "Theo tiếng");
	for (int i = 0; i < f->rows; i++) {
		buf_print(&b, "- %s: ", figures_text(f, i, "language"));
		result(&b, f, i);
		buf_text(&b, i + 1 < f->rows ? ";" : ".");
		document_add(t->d, DOCUMENT_ITEM, "B", &b);
	}
	buf_finish(&b);
}

void telling_planned(struct telling *t)
{
	const struct figures *f = &t->programmes;
	int64_t due = figures_number(f, FIGURES_SUM, "due");
	int64_t unclear = figures_number(f, FIGURES_SUM, "unclear");
	struct buf b = {0};

	point(t, "Thực hiện lịch phát");
	if (tell_nothing_known(t))
		return;
	if (due == 0) {
		buf_text(&b, "Trong kỳ, lịch phát không có lượt nào.");
	} else {
		buf_text(&b, "Theo lịch có ");
		counted(&b, due, " lượt, đã phát ");
		counted(&b, figures_number(f, FIGURES_SUM, "kept"), " lượt, đạt ");
		amount_percent(&b, figures_number(f, FIGURES_SUM, "plan_percent"));
		buf_text(&b, " kế hoạch.");
	}
	if (unclear > 0) {
		buf_text(&b, " ");
		counted(&b, unclear, " lượt chưa rõ có ra loa hay không.");
	}
	document_add(t->d, DOCUMENT_TEXT, "B", &b);
	buf_finish(&b);
}

/* What the log tells of has been counted; what somebody wrote down has not. */
static bool is_of_log(const struct figures *f, int row)
{
	return figures_set(f, row, "count");
}

static void days(struct buf *b, const struct figures *f, int row)
{
	int64_t since = figures_number(f, row, "since"), last = figures_number(f, row, "last");
	bool over = figures_set(f, row, "last");

	buf_text(b, over && since == last ? " (ngày " : " (từ ngày ");
	amount_day(b, since);
	if (over && since != last) {
		buf_text(b, " đến ngày ");
		amount_day(b, last);
	}
	buf_text(b, over ? ")" : ", chưa hết)");
}

/* Of several stations each has its own. */
static void whose(struct buf *b, const struct telling *t, int row)
{
	if (t->r->across != NULL)
		buf_print(b, "%s: ", figures_text(&t->difficulties, row, "station"));
}

void telling_missed(struct telling *t)
{
	const struct figures *f = &t->difficulties;
	int64_t missed = figures_number(&t->programmes, FIGURES_SUM, "not_aired");
	int told = 0;
	bool told_apart = false;
	struct buf b = {0};

	point(t, "Lượt không phát và sự cố");
	if (tell_nothing_known(t))
		return;
	for (int i = 0; i < f->rows; i++)
		told += is_of_log(f, i);
	if (missed == 0)
		buf_text(&b, "Trong kỳ, sổ nhật ký không ghi lượt nào bị bỏ.");
	else
		counted(&b, missed, " lượt không ra loa.");
	if (missed == 0 && told > 0) {
		document_add(t->d, DOCUMENT_TEXT, "B", &b);
		buf_reset(&b);
		buf_text(&b, "Sự cố mà sổ nhật ký ghi lại:");
		told_apart = true;
	}
	if (told > 0 && !told_apart)
		buf_text(&b, " Theo nguyên nhân mà sổ nhật ký ghi lại, không kể lượt do người "
			     "quyết định bỏ:");
	document_add(t->d, DOCUMENT_TEXT, "B", &b);
	for (int i = 0; i < f->rows; i++) {
		if (!is_of_log(f, i))
			continue;
		buf_text(&b, "- ");
		whose(&b, t, i);
		buf_print(&b, "%s – ", figures_text(f, i, "what"));
		counted(&b, figures_number(f, i, "count"), " lần");
		if (figures_set(f, i, "out_s")) {
			buf_text(&b, ", cộng trong kỳ ");
			amount_time(&b, figures_number(f, i, "out_s"));
		}
		days(&b, f, i);
		buf_text(&b, --told > 0 ? ";" : ".");
		document_add(t->d, DOCUMENT_ITEM, "E", &b);
	}
	buf_finish(&b);
}

static void target(struct buf *b, const struct figures *f, int row)
{
	const char *unit = figures_text(f, row, "unit"), *source = figures_text(f, row, "source");

	buf_print(b, "- %s", figures_text(f, row, "what"));
	if (source[0] != '\0')
		buf_print(b, " (%s)", source);
	buf_text(b, ": kế hoạch ");
	amount_count(b, figures_number(f, row, "planned"));
	if (figures_set(f, row, "planned_to")) {
		buf_text(b, " đến ");
		amount_count(b, figures_number(f, row, "planned_to"));
	}
	buf_print(b, " %s", unit);
	if (figures_set(f, row, "done")) {
		buf_text(b, ", thực hiện ");
		amount_count(b, figures_number(f, row, "done"));
	}
	if (figures_set(f, row, "plan_percent")) {
		buf_text(b, " (");
		amount_percent(b, figures_number(f, row, "plan_percent"));
		buf_text(b, ")");
	}
	buf_print(b, " – %s", figures_text(f, row, "state"));
}

void telling_targets(struct telling *t)
{
	const struct figures *f = &t->plan;
	struct buf b = {0};

	point(t, "Thực hiện chỉ tiêu");
	if (f->rows == 0)
		document_say(t->d, DOCUMENT_TEXT,
			     "Danh mục chỉ tiêu của đài không có chỉ tiêu nào thuộc kỳ này.");
	for (int i = 0; i < f->rows; i++) {
		target(&b, f, i);
		buf_text(&b, i + 1 < f->rows ? ";" : ".");
		document_add(t->d, DOCUMENT_ITEM, "D", &b);
	}
	buf_finish(&b);
}

/* "tăng 12 lượt (10,5 %)"; of nothing there is no share. */
static void change(struct buf *b, int64_t now, int64_t then, const char *unit)
{
	int64_t by = llabs(now - then);

	if (by == 0) {
		buf_text(b, "không đổi");
		return;
	}
	buf_text(b, now > then ? "tăng " : "giảm ");
	if (unit != NULL)
		counted(b, by, unit);
	else
		amount_time(b, by);
	if (then > 0) {
		buf_text(b, " (");
		amount_percent(b, (int64_t)((double)by * 1000.0 / (double)then + 0.5));
		buf_text(b, ")");
	}
}

static void compared(struct buf *b, const struct telling *t, const char *what, const char *key,
		     const char *unit)
{
	int64_t now = figures_number(&t->programmes, FIGURES_SUM, key);
	int64_t then = figures_number(&t->before, FIGURES_SUM, key);

	buf_text(b, what);
	amount_count(b, now);
	buf_text(b, " so với ");
	amount_count(b, then);
	buf_text(b, ", ");
	change(b, now, then, unit);
}

void telling_compared(struct telling *t)
{
	int64_t now = on_air(&t->programmes, FIGURES_SUM), then;
	char name[PERIOD_NAME_BYTES];
	struct date today;
	struct buf b = {0};

	if (!t->has_before || is_before(t))
		return;
	then = on_air(&t->before, FIGURES_SUM);
	period_name(&t->earlier, name);
	point(t, "So với kỳ trước");
	buf_print(&b, "So với %s: ", name);
	if (figures_number(&t->before, FIGURES_SUM, "aired") == 0) {
		buf_text(&b, "kỳ ấy sổ nhật ký không ghi lượt phát nào đã ra loa.");
	} else {
		compared(&b, t, "bản tin mới ", "new", " bản tin");
		compared(&b, t, "; lượt phát ", "aired", " lượt");
		buf_text(&b, "; thời lượng ");
		amount_time(&b, now);
		buf_text(&b, " so với ");
		amount_time(&b, then);
		buf_text(&b, ", ");
		change(&b, now, then, NULL);
		buf_text(&b, ".");
		if (!is_over(t->r, &today))
			buf_text(&b, " Kỳ này chưa hết: đây chưa phải là so trọn kỳ với trọn kỳ.");
	}
	document_add(t->d, DOCUMENT_TEXT, "B", &b);
	buf_finish(&b);
}

static void difficulty(struct telling *t, int row)
{
	const struct figures *f = &t->difficulties;
	const char *proposal = figures_text(f, row, "proposal");
	const char *authority = figures_text(f, row, "authority");
	struct buf b = {0};

	buf_text(&b, "- ");
	whose(&b, t, row);
	buf_text(&b, figures_text(f, row, "what"));
	days(&b, f, row);
	if (proposal[0] != '\0')
		buf_print(&b, ": %s", proposal);
	if (authority[0] != '\0')
		buf_print(&b, "; vượt thẩm quyền của %s", authority);
	buf_text(&b, ".");
	document_add(t->d, DOCUMENT_ITEM, "E", &b);
	buf_finish(&b);
}

/* In the order in which the register has its states. */
void telling_difficulties(struct telling *t)
{
	const struct register_field *state =
		register_field(register_find("difficulties"), "state");
	const struct figures *f = &t->difficulties;
	int told = 0;
	struct buf b = {0};

	for (const struct register_choice *c = state->choices; c->code != NULL; c++) {
		int of_state = 0;
		for (int i = 0; i < f->rows; i++) {
			if (is_of_log(f, i) || strcmp(figures_text(f, i, "state"), c->vi) != 0)
				continue;
			buf_print(&b, "Khó khăn %s", c->vi);
			if (of_state++ == 0)
				point(t, buf_str(&b));
			buf_reset(&b);
			difficulty(t, i);
		}
		told += of_state;
	}
	if (told == 0)
		document_say(t->d, DOCUMENT_TEXT,
			     "Trong kỳ, sổ khó khăn của đài không có khó khăn, vướng mắc nào.");
	buf_finish(&b);
}
