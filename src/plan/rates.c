/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/rates.h"

#include "base/text.h"
#include "plan/seedlist.h"

#include <stdlib.h>
#include <string.h>

#define DONG_MAX 1000000000

static const char *const roles[RATE_ROLES] = {"doc", "viet"};
static const char *const pers[] = {"luot-doc", "trang"};

const char *rate_role_code(enum rate_role role)
{
	return roles[role];
}

static void read_amounts(struct yamlread *r, const struct yamlnode *n, struct rate *rate)
{
	int dong = 0, cap = 0;

	yamlread_need(r, n, "dong", T("thiếu \"dong\": mức chi", "\"dong\" is missing: how much"));
	yamlread_int(r, n, "dong", 0, DONG_MAX, &dong);
	yamlread_int(r, n, "toi_da_ngay", 1, DONG_MAX, &cap);
	rate->dong = dong;
	rate->day_cap_dong = cap;
	if (rate->per == RATE_PER_PAGE &&
	    yamlread_need(r, n, "chu_moi_trang", T("thiếu \"chu_moi_trang\"",
						   "\"chu_moi_trang\" is missing")))
		yamlread_int(r, n, "chu_moi_trang", 1, 100000, &rate->page_words);
	if (cap > 0 && cap < dong)
		yamlread_fault(r, n->line, T("mức tối đa một ngày thấp hơn mức một lần",
					     "the day's cap is below a single one"));
}

static void read_one(struct yamlread *r, const struct yamlnode *n, void *arg)
{
	static const char *const known[] = {"ma", "ten", "vai", "tinh_theo", "dong", "thieu_so",
					    "toi_da_ngay", "chu_moi_trang", "from", "to",
					    "nguon", NULL};
	struct rates *all = arg;
	char code[CODE_BYTES];
	int role = RATE_READS, per = RATE_PER_READING;

	if (!yamlread_keys(r, n, known) || !seedlist_code(r, n, code))
		return;
	struct rate *grown = seedlist_add(r, n, all->list, &all->count, sizeof(*grown), RATES_MAX);
	if (grown == NULL)
		return;
	all->list = grown;
	struct rate *rate = &grown[all->count - 1];
	memcpy(rate->code, code, sizeof(code));
	rate->line = n->line;
	yamlread_need(r, n, "ten", T("thiếu tên", "its name is missing"));
	yamlread_text(r, n, "ten", rate->name, sizeof(rate->name));
	seedlist_choice(r, n, "vai", true, roles, RATE_ROLES, &role);
	seedlist_choice(r, n, "tinh_theo", true, pers, 2, &per);
	rate->role = (enum rate_role)role;
	rate->per = (enum rate_per)per;
	yamlread_bool(r, n, "thieu_so", &rate->minority);
	yamlread_text(r, n, "nguon", rate->source, sizeof(rate->source));
	read_amounts(r, n, rate);
	seedlist_days(r, n, &rate->from, &rate->to);
}

bool rates_parse(struct rates *rates, const char *text, size_t len, struct faults *faults)
{
	struct yamlread r = {.file = RATES_FILE, .faults = faults};
	struct yamltree tree = {0};
	bool there = seedlist_read(&r, &tree, "thu_lao", text, len, read_one, rates);

	yamltree_finish(&tree);
	return there;
}

void rates_finish(struct rates *r)
{
	free(r->list);
	*r = (struct rates){0};
}

void rates_check(const struct rates *r, struct faults *faults)
{
	for (int i = 0; i < r->count; i++) {
		const struct rate *b = &r->list[i];
		for (int k = 0; k < i; k++) {
			const struct rate *a = &r->list[k];
			if (a->role == b->role && a->minority == b->minority &&
			    seedlist_touch(a->from, a->to, b->from, b->to))
				faults_add(faults, FAULT_WARNING, RATES_FILE, b->line,
					   T("%s: trùng ngày với mức ở dòng %d cho cùng một việc",
					     "%s: on some days line %d sets the same"),
					   b->code, a->line);
		}
	}
}

const struct rate *rates_at(const struct rates *r, enum rate_role role, bool minority,
			    struct date day)
{
	const struct rate *common = NULL;

	for (int i = 0; i < r->count; i++) {
		const struct rate *one = &r->list[i];
		if (one->role != role || !seedlist_touch(one->from, one->to, day, day))
			continue;
		if (one->minority && minority)
			return one;
		if (!one->minority && common == NULL)
			common = one;
	}
	return common;
}

int64_t rate_sum(const struct rate *rate, int64_t count)
{
	return rate->per == RATE_PER_PAGE && rate->page_words > 0
		       ? rate->dong * count / rate->page_words
		       : rate->dong * count;
}
