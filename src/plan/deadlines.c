/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/deadlines.h"

#include "base/text.h"
#include "plan/lunar_pick.h"
#include "plan/seedlist.h"

#include <stdlib.h>
#include <string.h>

static const char *const days_keys[] = {"truoc", "chua_qua", "hang_nam", "sau_ky", "khi"};

/* Which of the ways to say when is there; −1 and a fault: none, or more than one. */
static int way(struct yamlread *r, const struct yamlnode *n)
{
	int found = -1, count = 0;

	for (int i = 0; i < 5; i++) {
		if (yamlnode_get(n, days_keys[i]) == NULL)
			continue;
		found = i;
		count++;
	}
	if (count == 1)
		return found;
	yamlread_fault(r, n->line,
		       T("ghi một trong: truoc, chua_qua, hang_nam, sau_ky, khi (xem đầu tệp)",
			 "write one of truoc, chua_qua, hang_nam, sau_ky, khi (see the file's "
			 "top)"));
	return -1;
}

static void read_yearly(struct yamlread *r, const struct yamlnode *n, struct deadline *d)
{
	char word[CODE_BYTES];
	struct lunar_pick pick = {0};

	if (!yamlread_text(r, n, "hang_nam", word, sizeof(word)))
		return;
	d->kind = DEADLINE_YEARLY;
	d->day = 1; /* of a faulty one: days that exist */
	d->month = 1;
	if (!lunar_pick_parse(word, &pick) || pick.month == 0 || pick.leap ||
	    !date_valid((struct date){2024, pick.month, pick.day})) {
		yamlread_fault(r, yamlnode_get(n, "hang_nam")->line,
			       T("\"hang_nam: %s\" không phải ngày/tháng, ví dụ \"10/9\"",
				 "\"hang_nam: %s\" is no day/month such as \"10/9\""), word);
		return;
	}
	d->day = pick.day;
	d->month = pick.month;
}

static void read_period(struct yamlread *r, const struct yamlnode *n, struct deadline *d)
{
	static const char *const words[] = {"thang", "quy", "nua-nam", "nam"};
	static const enum deadline_span spans[] = {DEADLINE_MONTHS, DEADLINE_QUARTERS,
						   DEADLINE_HALVES, DEADLINE_YEARS};
	int i = 0;

	seedlist_choice(r, n, "sau_ky", true, words, 4, &i);
	d->kind = DEADLINE_PERIOD;
	d->span = spans[i];
	if (yamlread_need(r, n, "sau_ngay", T("thiếu \"sau_ngay\": mấy ngày sau kỳ",
					      "\"sau_ngay\" is missing: how many days after")))
		yamlread_int(r, n, "sau_ngay", 0, 60, &d->days_after);
}

static void read_when(struct yamlread *r, const struct yamlnode *n, struct deadline *d)
{
	static const char *const words[] = {"ngay-khi-co", "dinh-ky"};
	int i = 0;

	d->kind = DEADLINE_NOW_AND_THEN; /* what is faulty is never due */
	switch (way(r, n)) {
	case 0:
	case 1:
		if (!yamlread_date(r, n, "truoc", &d->last) &&
		    !yamlread_date(r, n, "chua_qua", &d->last))
			return;
		if (yamlnode_get(n, "truoc") != NULL)
			d->last = date_add_days(d->last, -1);
		d->kind = DEADLINE_ONCE;
		return;
	case 2:
		read_yearly(r, n, d);
		return;
	case 3:
		read_period(r, n, d);
		return;
	case 4:
		seedlist_choice(r, n, "khi", true, words, 2, &i);
		d->kind = i == 0 ? DEADLINE_AT_ONCE : DEADLINE_NOW_AND_THEN;
		return;
	default:
		return;
	}
}

static void read_one(struct yamlread *r, const struct yamlnode *n, void *arg)
{
	static const char *const known[] = {"ma", "viec", "ai", "gui", "nguon", "truoc",
					    "chua_qua", "hang_nam", "sau_ky", "sau_ngay", "khi",
					    "nhac", "from", "to", NULL};
	struct deadlines *all = arg;
	char code[CODE_BYTES];

	if (!yamlread_keys(r, n, known) || !seedlist_code(r, n, code))
		return;
	struct deadline *grown =
		seedlist_add(r, n, all->list, &all->count, sizeof(*grown), DEADLINES_MAX);
	if (grown == NULL)
		return;
	all->list = grown;
	struct deadline *d = &grown[all->count - 1];
	memcpy(d->code, code, sizeof(code));
	d->line = n->line;
	d->remind = true;
	yamlread_need(r, n, "viec", T("thiếu \"viec\": việc gì", "\"viec\" is missing: what"));
	yamlread_text(r, n, "viec", d->what, sizeof(d->what));
	yamlread_text(r, n, "ai", d->who, sizeof(d->who));
	yamlread_text(r, n, "gui", d->to_whom, sizeof(d->to_whom));
	yamlread_text(r, n, "nguon", d->source, sizeof(d->source));
	yamlread_bool(r, n, "nhac", &d->remind);
	read_when(r, n, d);
	seedlist_days(r, n, &d->from, &d->to);
}

/* Years are told because the decree does; they are the months'. */
static void read_periods(struct yamlread *r, const struct yamlnode *n, struct deadlines *d)
{
	static const char *const known[] = {"thang_tu_ngay", "nam_tu_thang", "nam_tu_ngay",
					    "nguon", NULL};
	int month, day;

	if (n == NULL || !yamlread_keys(r, n, known))
		return;
	yamlread_int(r, n, "thang_tu_ngay", 1, 28, &d->month_from);
	bool told = yamlread_int(r, n, "nam_tu_thang", 1, 12, &month);
	told &= yamlread_int(r, n, "nam_tu_ngay", 1, 28, &day);
	if (told && (day != d->month_from || month != (d->month_from == 1 ? 1 : 12)))
		yamlread_fault(r, n->line,
			       T("ky_bao_cao: năm không bắt đầu cùng tháng thứ nhất",
				 "ky_bao_cao: the year does not begin with its first month"));
}

bool deadlines_parse(struct deadlines *d, const char *text, size_t len, struct faults *faults)
{
	struct yamlread r = {.file = DEADLINES_FILE, .faults = faults};
	struct yamltree tree = {0};

	d->month_from = DEADLINES_MONTH_FROM;
	bool there = seedlist_read(&r, &tree, "thoi_han", text, len, read_one, d);
	if (tree.root != NULL)
		read_periods(&r, yamlnode_get(tree.root, "ky_bao_cao"), d);
	yamltree_finish(&tree);
	return there;
}

void deadlines_finish(struct deadlines *d)
{
	free(d->list);
	*d = (struct deadlines){0};
}

const struct deadline *deadlines_find(const struct deadlines *d, const char *code)
{
	for (int i = 0; i < d->count; i++)
		if (strcmp(d->list[i].code, code) == 0)
			return &d->list[i];
	return NULL;
}

void deadlines_check(const struct deadlines *d, const struct codes *documents,
		     struct faults *faults)
{
	for (int i = 0; i < d->count; i++) {
		const struct deadline *one = &d->list[i], *first = deadlines_find(d, one->code);
		if (first != one)
			faults_add(faults, FAULT_WARNING, DEADLINES_FILE, one->line,
				   T("%s: mã này đã có ở dòng %d",
				     "%s: line %d has this code already"),
				   one->code, first->line);
		if (strchr(one->source, '/') != NULL)
			seedlist_cited(documents, CODES_DOCUMENTS, one->source, "nguon",
				       DEADLINES_FILE, one->line, one->code, faults);
	}
}
