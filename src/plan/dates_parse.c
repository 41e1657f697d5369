/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/dates_parse.h"

#include "base/must.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* A list of dates that grows word by word. */
struct dates {
	const char *key;
	struct date **list;
	int *count;
};

static bool add_date(struct yamlread *r, int line, const char *word, void *arg)
{
	struct dates *dates = arg;
	struct date d;

	if (!yamlread_date_word(r, dates->key, line, word, &d))
		return false;
	if (*dates->count == SLOT_DATES_MAX) {
		yamlread_fault(r, line, T("\"%s\" có nhiều hơn %d ngày", "\"%s\" has more than %d "
									 "days"),
			       dates->key, SLOT_DATES_MAX);
		return false;
	}
	if (*dates->list == NULL)
		*dates->list = calloc(SLOT_DATES_MAX, sizeof(**dates->list));
	must(*dates->list != NULL);
	(*dates->list)[(*dates->count)++] = d;
	return true;
}

static int by_date(const void *a, const void *b)
{
	return date_compare(*(const struct date *)a, *(const struct date *)b);
}

/* Lunar days, of the slot or of its exceptions. */
struct picks {
	struct lunar_pick *list;
	int *count;
};

static bool add_lunar(struct yamlread *r, int line, const char *word, void *arg)
{
	struct picks *picks = arg;
	struct lunar_pick one;

	if (!lunar_pick_parse(word, &one)) {
		yamlread_fault(r, line,
			       T("\"lunar: %.40s\" không phải ngày âm lịch; ví dụ: \"15/1\" (rằm "
				 "tháng Giêng), \"1/*\" (mùng một mỗi tháng), \"15/6n\" (tháng 6 "
				 "nhuận)",
				 "\"lunar: %.40s\" is no lunar day; examples: \"15/1\", \"1/*\" "
				 "(each month), \"15/6n\" (the leap month)"),
			       word);
		return false;
	}
	if (*picks->count == SLOT_LUNAR_MAX) {
		yamlread_fault(r, line, T("\"lunar\" có nhiều hơn %d ngày",
					  "\"lunar\" has more than %d days"), SLOT_LUNAR_MAX);
		return false;
	}
	picks->list[(*picks->count)++] = one;
	return true;
}

static void read_lunar(struct yamlread *r, const struct yamlnode *map, struct lunar_pick *list,
		       int *count)
{
	const struct yamlnode *n = yamlnode_get(map, "lunar");
	struct picks picks = {list, count};

	if (n != NULL && yamlread_words(r, map, "lunar", add_lunar, &picks) && *count == 0)
		yamlread_fault(r, n->line, T("\"lunar\" không có ngày nào", "\"lunar\" has no "
									    "day"));
}

void dates_parse_lunar(struct yamlread *r, const struct yamlnode *map, struct slot *slot)
{
	read_lunar(r, map, slot->lunar, &slot->lunar_count);
}

static void sort(struct dates *dates)
{
	if (*dates->count > 0)
		qsort(*dates->list, (size_t)*dates->count, sizeof(**dates->list), by_date);
}

void dates_parse(struct yamlread *r, const struct yamlnode *map, struct slot *slot)
{
	const struct yamlnode *n = yamlnode_get(map, "dates");
	struct dates dates = {"dates", &slot->dates, &slot->date_count};

	if (n == NULL)
		return;
	if (yamlread_words(r, map, "dates", add_date, &dates) && slot->date_count == 0)
		yamlread_fault(r, n->line, T("\"dates\" không có ngày nào", "\"dates\" has no "
									    "day"));
	sort(&dates);
}

/* Its days: "on", or "from" and perhaps "to". */
static bool read_off_days(struct yamlread *r, const struct yamlnode *n, struct slot_off *off)
{
	bool on = yamlnode_get(n, "on") != NULL, from = yamlnode_get(n, "from") != NULL;
	bool to = yamlnode_get(n, "to") != NULL;

	if (on == from || (on && to)) {
		yamlread_fault(r, n->line,
			       T("\"except\": ghi {on: NGÀY} hoặc {from: NGÀY, to: NGÀY}",
				 "\"except\": write {on: DAY} or {from: DAY, to: DAY}"));
		return false;
	}
	off->once = on;
	if (!yamlread_date(r, n, on ? "on" : "from", &off->from))
		return false;
	off->to = on ? off->from : (struct date){9999, 12, 31};
	if (to && !yamlread_date(r, n, "to", &off->to))
		return false;
	off->open = !on && !to;
	if (date_compare(off->to, off->from) >= 0)
		return true;
	yamlread_fault(r, n->line, T("\"except\": ngày kết thúc trước ngày bắt đầu",
				     "\"except\": it ends before it begins"));
	return false;
}

static void add_off(struct yamlread *r, const struct yamlnode *n, struct slot *slot)
{
	static const char *const known[] = {"on", "from", "to", "by", "reason", NULL};
	struct slot_off off = {0};

	if (!yamlread_keys(r, n, known) || !read_off_days(r, n, &off))
		return;
	yamlread_need(r, n, "by", T("\"except\": thiếu \"by\": ai cho nghỉ",
				    "\"except\": \"by\" is missing: who says so"));
	yamlread_text(r, n, "by", off.by, sizeof(off.by));
	yamlread_text(r, n, "reason", off.reason, sizeof(off.reason));
	if (slot->off_count == SLOT_OFFS_MAX) {
		yamlread_fault(r, n->line,
			       T("\"except\": nhiều hơn %d lần bỏ hoặc tạm dừng; xóa bớt lần cũ",
				 "\"except\": more than %d times off; remove old ones"),
			       SLOT_OFFS_MAX);
		return;
	}
	slot->offs = realloc(slot->offs, (size_t)(slot->off_count + 1) * sizeof(*slot->offs));
	must(slot->offs != NULL);
	slot->offs[slot->off_count++] = off;
}

static void add_lunar_except(struct yamlread *r, const struct yamlnode *n, struct slot *slot)
{
	static const char *const known[] = {"lunar", NULL};

	if (yamlread_keys(r, n, known))
		read_lunar(r, n, slot->lunar_except, &slot->lunar_except_count);
}

/* One element of the list: a day, or a map. */
static void add_except(struct yamlread *r, const struct yamlnode *value, struct slot *slot,
		       struct dates *dates)
{
	if (value->kind == YAMLNODE_MAP) {
		if (yamlnode_get(value, "lunar") != NULL)
			add_lunar_except(r, value, slot);
		else
			add_off(r, value, slot);
		return;
	}
	if (value->kind == YAMLNODE_LIST) {
		yamlread_fault(r, value->line, T("\"except\": danh sách lồng trong danh sách",
						 "\"except\": a list within the list"));
		return;
	}
	struct yamlentry one = {.key = dates->key, .line = value->line, .value = value};
	struct yamlnode map = {.kind = YAMLNODE_MAP, .line = value->line, .entries = &one,
			       .count = 1};
	yamlread_words(r, &map, dates->key, add_date, dates);
}

void dates_parse_except(struct yamlread *r, const struct yamlnode *map, struct slot *slot)
{
	const struct yamlnode *n = yamlnode_get(map, "except");
	struct dates dates = {"except", &slot->except, &slot->except_count};

	if (n == NULL)
		return;
	if (n->kind == YAMLNODE_LIST)
		for (int i = 0; i < n->count; i++)
			add_except(r, n->entries[i].value, slot, &dates);
	else
		add_except(r, n, slot, &dates);
	sort(&dates);
}
