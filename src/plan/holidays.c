/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/holidays.h"

#include "base/text.h"
#include "plan/lunar_pick.h"
#include "plan/yamlread.h"
#include "plan/yamltree.h"

#include <string.h>

/* "ngay" or "am_lich". */
static void read_day(struct yamlread *r, const struct yamlnode *n, struct holiday *h)
{
	bool solar = yamlnode_get(n, "ngay") != NULL;
	char word[CODE_BYTES];
	struct lunar_pick pick = {0};

	h->lunar = yamlnode_get(n, "am_lich") != NULL;
	if (solar == h->lunar) {
		yamlread_fault(r, n->line,
			       T("ghi một trong hai: ngay: \"2/9\" hoặc am_lich: \"10/3\"",
				 "write one of ngay: \"2/9\" (solar) and am_lich: \"10/3\""));
		return;
	}
	const char *key = h->lunar ? "am_lich" : "ngay";
	if (!yamlread_text(r, n, key, word, sizeof(word)))
		return;
	if (lunar_pick_parse(word, &pick) && pick.month > 0 && !pick.leap &&
	    (h->lunar || date_valid((struct date){2024, pick.month, pick.day}))) {
		h->day = pick.day;
		h->month = pick.month;
		return;
	}
	yamlread_fault(r, yamlnode_get(n, key)->line,
		       T("\"%s: %s\" không phải ngày/tháng, ví dụ \"10/3\"",
			 "\"%s: %s\" is no day/month such as \"10/3\""), key, word);
}

static void read_one(struct yamlread *r, const struct yamlnode *n, struct holiday *h)
{
	static const char *const known[] = {"ten", "can_cu", "ngay", "am_lich", "tu", "so_ngay",
					    "from", "to", NULL};

	*h = (struct holiday){.days = 1, .from = {1, 1, 1}, .to = {9999, 12, 31}};
	if (!yamlread_keys(r, n, known))
		return;
	yamlread_need(r, n, "ten", T("thiếu \"ten\": tên ngày lễ", "\"ten\" is missing: its name"));
	yamlread_text(r, n, "ten", h->name, sizeof(h->name));
	yamlread_text(r, n, "can_cu", h->basis, sizeof(h->basis));
	read_day(r, n, h);
	yamlread_int(r, n, "tu", -HOLIDAY_DAYS_MAX, HOLIDAY_DAYS_MAX, &h->shift_days);
	yamlread_int(r, n, "so_ngay", 1, HOLIDAY_DAYS_MAX, &h->days);
	yamlread_date(r, n, "from", &h->from);
	yamlread_date(r, n, "to", &h->to);
}

static void read_list(struct yamlread *r, const struct yamlnode *list, struct holidays *h)
{
	if (list->kind != YAMLNODE_LIST) {
		yamlread_fault(r, list->line, T("\"ngay_le\" cần một danh sách",
						"\"ngay_le\" needs a list"));
		return;
	}
	for (int i = 0; i < list->count; i++) {
		int errors = r->faults->errors;
		if (h->count == HOLIDAYS_MAX) {
			yamlread_fault(r, list->line, T("nhiều hơn %d ngày lễ", "more than %d "
										"holidays"),
				       HOLIDAYS_MAX);
			return;
		}
		read_one(r, list->entries[i].value, &h->list[h->count]);
		h->count += r->faults->errors == errors;
	}
}

bool holidays_parse(struct holidays *h, const char *file, const char *text, size_t len,
		    struct faults *faults)
{
	static const char *const known[] = {"ngay_le", NULL};
	struct yamlread r = {.file = file, .faults = faults};
	struct yamltree tree;
	int errors = faults->errors;

	h->count = 0;
	yamltree_parse(&tree, file, text, len, faults);
	if (tree.root != NULL && yamlread_keys(&r, tree.root, known) &&
	    yamlread_need(&r, tree.root, "ngay_le", T("thiếu \"ngay_le\"",
						      "\"ngay_le\" is missing")))
		read_list(&r, yamlnode_get(tree.root, "ngay_le"), h);
	yamltree_finish(&tree);
	return faults->errors == errors;
}

static bool is_day(const struct holiday *h, int64_t day, struct lunar lunar)
{
	if (h->lunar)
		return lunar_pick_is(&(struct lunar_pick){(uint8_t)h->day, (uint8_t)h->month,
							  false}, lunar);
	struct date d = date_from_days(day);
	return d.day == h->day && d.month == h->month;
}

static void mark_one(const struct holiday *h, int64_t first, int64_t count,
		     const struct lunar *lunar, const struct holiday **marks)
{
	/* Where it may stand so that a day of it lies within. */
	for (int64_t i = -HOLIDAY_DAYS_MAX; i < count + HOLIDAY_DAYS_MAX; i++) {
		if (!is_day(h, first + i, lunar[i + HOLIDAY_DAYS_MAX]))
			continue;
		for (int64_t k = i + h->shift_days; k < i + h->shift_days + h->days; k++) {
			if (k < 0 || k >= count || marks[k] != NULL)
				continue;
			struct date d = date_from_days(first + k);
			if (date_compare(d, h->from) >= 0 && date_compare(d, h->to) <= 0)
				marks[k] = h;
		}
	}
}

void holidays_mark(const struct holidays *h, int64_t first, int64_t count,
		   const struct lunar *lunar, const struct holiday **marks)
{
	memset(marks, 0, (size_t)count * sizeof(const struct holiday *));
	for (int i = 0; i < h->count; i++)
		mark_one(&h->list[i], first, count, lunar, marks);
}
