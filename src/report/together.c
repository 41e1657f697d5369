/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/together.h"

#include "base/gather.h"
#include "base/must.h"
#include "proof/reader.h"
#include "report/known.h"
#include "report/merged.h"
#include "report/several.h"

#include <stdlib.h>
#include <string.h>

struct station {
	struct together_station is;
	struct view *view;
	struct tz tz;
};

/* Into which of them the rows of a table go; it has the table's head until its end. */
struct into {
	const char *table;
	struct plan *plan;
	struct totals *totals;
	struct merged *merged;
};

struct together {
	struct report_across *across;
	const char *log;
	struct station *list;
	int count, room;
	struct period of; /* what is known of their products is */
	bool shared;
	struct into to; /* of the table that was begun last */
};

struct together *together_begin(struct report_across *across, const char *log)
{
	struct together *t = calloc(1, sizeof(*t));

	must(t != NULL);
	*t = (struct together){.across = across, .log = log};
	return t;
}

static void forget_products(struct together *t)
{
	several_end(t->across->several);
	t->across->several = NULL;
}

static void let_go(struct together *t)
{
	if (t->to.plan != NULL)
		report_plan_end(t->to.plan);
	report_totals_end(t->to.totals);
	merged_end(t->to.merged);
	t->to = (struct into){.table = ""};
}

void together_end(struct together *t)
{
	if (t == NULL)
		return;
	let_go(t);
	forget_products(t);
	for (int i = 0; i < t->count; i++)
		reader_close(t->list[i].view);
	free(t->list);
	free(t);
}

void together_add(struct together *t, const struct together_station *s, struct view *view,
		  const struct tz *tz)
{
	t->list = gather_room(t->list, t->count, &t->room, sizeof(*t->list));
	t->list[t->count++] = (struct station){*s, view, *tz};
}

static struct report report_of(const struct together *t, const struct report *r, int i)
{
	struct report of = *r;

	of.view = t->list[i].view;
	of.tz = &t->list[i].tz;
	return of;
}

static bool same_days(const struct period *a, const struct period *b)
{
	return date_compare(a->first, b->first) == 0 && date_compare(a->last, b->last) == 0;
}

/* What stands at several stations by the end of this period. */
static bool know_products(struct together *t, const struct report *r, struct err *e)
{
	if (t->across->several != NULL && same_days(&t->of, &r->period))
		return true;
	forget_products(t);
	t->across->several = several_begin();
	t->of = r->period;
	for (int i = 0; i < t->count; i++) {
		struct report of = report_of(t, r, i);
		if (!several_add(t->across->several, &of, t->list[i].is.label, e))
			return err_wrap(e, "%s", t->list[i].is.path);
	}
	several_settle(t->across->several);
	t->shared = t->shared || several_any(t->across->several);
	return true;
}

static bool add(const struct into *to, const struct report *of, const struct together_station *s,
		struct err *e)
{
	return (to->plan != NULL     ? report_plan_add(to->plan, of, s->log, e)
		: to->totals != NULL ? report_totals_add(to->totals, of, s->label, e)
				     : merged_add(to->merged, of, to->table, s->label, e)) ||
	       err_wrap(e, "%s", s->path);
}

static bool add_all(struct together *t, const struct into *to, const struct report *r,
		    struct err *e)
{
	for (int i = 0; i < t->count; i++) {
		struct report of = report_of(t, r, i);

		t->across->station = i;
		if (!add(to, &of, &t->list[i].is, e))
			return false;
	}
	return true;
}

static void begin(struct together *t, const struct report *r, const char *table,
		  struct table_writer *w)
{
	let_go(t);
	t->to.table = table;
	if (strcmp(table, "D") == 0)
		t->to.plan = report_plan_begin(r);
	else if (strcmp(table, "B") == 0 && r->by != REPORT_BY_ALL)
		t->to.totals = report_totals_begin(r);
	else
		t->to.merged = merged_begin(w, t->across, t->log);
}

bool together_write(struct together *t, const struct report *r, const char *table,
		    struct table_writer *w, struct err *e)
{
	const struct into *to = &t->to;

	must(t->count > 0 && r->across == t->across);
	/* Those that count products. */
	if (strpbrk(table, "BCD") != NULL && !know_products(t, r, e))
		return false;
	begin(t, r, table, w);
	return add_all(t, to, r, e) &&
	       (to->plan != NULL     ? report_plan_write(to->plan, w, e)
		: to->totals != NULL ? report_totals_write(to->totals, w, e)
				     : merged_sum(to->merged, e));
}

bool together_known(struct together *t, const struct report *r, struct err *e)
{
	struct report *all = calloc((size_t)t->count, sizeof(*all));

	must(t->count > 0 && all != NULL);
	for (int i = 0; i < t->count; i++)
		all[i] = report_of(t, r, i);
	bool ok = known_filters(all, t->count, e);
	free(all);
	return ok;
}

bool together_shared(const struct together *t)
{
	return t->shared;
}
