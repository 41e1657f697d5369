/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/deeds.h"

#include "base/json.h"
#include "base/numbers.h"
#include "proof/registers.h"
#include "report/doubles.h"
#include "report/products.h"
#include "report/several.h"

#include <stdio.h>
#include <string.h>

struct deeds {
	const struct report *r;
	void (*each)(const struct deed *d, void *arg);
	void *arg;
	struct numbers reused; /* bulletins that are no new products */
	struct doubles doubles; /* the decisions, and if there are any the products; no pairs */
};

static struct deed deed_of(const struct register_row *row, enum report_measure measure,
			   struct date day, const char *programmes)
{
	return (struct deed){.measure = measure, .day = day, .amount = 1, .programmes = programmes,
			     .language = json_get_text(row->fields, "language", ""),
			     .kind = json_get_text(row->fields, "kind", ""),
			     .fund = json_get_text(row->fields, "fund", "")};
}

/* What it cost, when it was done. */
static void pay(const struct deeds *s, struct deed d, int64_t amount)
{
	d.measure = REPORT_MONEY;
	d.amount = amount;
	s->each(&d, s->arg);
}

/* As in table C: of one product one amount. */
static bool is_paid(const struct deeds *s, const char *row)
{
	const struct doubles *d = &s->doubles;
	int at = d->count > 0 ? doubles_index(d, row) : -1;

	return at < 0 || d->list[doubles_root(d, at)].payer == at;
}

/* At another of the stations of one table. */
static bool is_elsewhere(const struct deeds *s, const char *id, const char *row, bool money)
{
	const struct several_found *f = several_find(s->r->across, id, row);

	return f != NULL && (money ? f->paid : f->counted);
}

/* A bulletin counts when it is approved, and not by its row; what is used again, or is another
 * product once more, is nothing new. */
static bool each_product(const struct register_row *row, void *arg)
{
	struct deeds *s = arg;
	const char *bulletin = json_get_text(row->fields, "bulletin", "");
	const json_t *decision = doubles_struck(&s->doubles, bulletin, row->id);
	bool reused = json_get_bool(row->fields, "reused", false) || decision != NULL ||
		      is_elsewhere(s, bulletin, row->id, false);
	char programmes[BULLETIN_PROGRAMMES_MAX * CODE_BYTES];

	products_programmes(row, programmes, sizeof(programmes));
	struct deed d = deed_of(row, REPORT_PRODUCTS, products_day(s->r, row), programmes);
	if (bulletin[0] == '\0' && !reused)
		s->each(&d, s->arg);
	if (bulletin[0] != '\0' && reused)
		numbers_add(&s->reused, numbers_hash(bulletin, 0));
	if (is_paid(s, row->id) && !is_elsewhere(s, "", row->id, true))
		pay(s, d, json_get_integer(row->fields, "amount", 0));
	return true;
}

static bool each_bulletin(const struct diary_product *b, void *arg)
{
	struct deeds *s = arg;
	const struct deed d = {.measure = REPORT_PRODUCTS, .day = report_day(s->r, b->at_ms),
			       .amount = 1, .language = b->language, .kind = b->kind,
			       .fund = b->fund, .programmes = b->programmes};

	if (!b->again && !numbers_has(&s->reused, numbers_hash(b->id, 0)) &&
	    doubles_struck(&s->doubles, b->id, "") == NULL && !is_elsewhere(s, b->id, "", false))
		s->each(&d, s->arg);
	return true;
}

/* The rest of one that was broken off has its minutes and is no airing more. */
static bool each_airing(const struct diary_row *r, void *arg)
{
	struct deeds *s = arg;
	struct deed d = {.measure = REPORT_AIRINGS, .day = report_day(s->r, r->at_ms),
			 .amount = r->from_frames == 0, .language = r->language,
			 .kind = report_kind(r), .fund = r->fund, .programmes = r->programmes};

	if (report_class(r) != REPORT_AIRED)
		return true;
	s->each(&d, s->arg);
	d.measure = REPORT_MINUTES;
	d.amount = r->frames;
	s->each(&d, s->arg);
	return true;
}

/* One of several days is done on its last. */
static bool each_activity(const struct register_row *row, void *arg)
{
	struct deeds *s = arg;
	char programmes[BULLETIN_PROGRAMMES_MAX * CODE_BYTES];
	struct date day;

	products_programmes(row, programmes, sizeof(programmes));
	if (!date_parse(json_get_text(row->fields, "to", ""), &day) &&
	    !date_parse(json_get_text(row->fields, "from", ""), &day))
		return true;
	struct deed d = deed_of(row, REPORT_TRAININGS, day, programmes);
	if (strcmp(d.kind, "training") == 0) {
		d.kind = "";
		s->each(&d, s->arg);
	}
	pay(s, d, json_get_integer(row->fields, "amount", 0));
	return true;
}

static int64_t whole_amount(const json_t *f)
{
	return json_get_integer(f, "amount_total",
				json_get_integer(f, "amount_central", 0) +
					json_get_integer(f, "amount_province", 0) +
					json_get_integer(f, "amount_district", 0) +
					json_get_integer(f, "amount_commune", 0));
}

/* Of which nobody says a state, is one that is there. */
static bool each_point(const struct register_row *row, void *arg)
{
	struct deeds *s = arg;
	char programmes[BULLETIN_PROGRAMMES_MAX * CODE_BYTES];
	struct date day;

	products_programmes(row, programmes, sizeof(programmes));
	if (!date_parse(json_get_text(row->fields, "since", ""), &day) &&
	    !date_parse(json_get_text(row->fields, "decided", ""), &day))
		day = report_day(s->r, row->at_ms);
	struct deed d = deed_of(row, REPORT_POINTS, day, programmes);
	if (strcmp(json_get_text(row->fields, "state", "working"), "working") == 0)
		s->each(&d, s->arg);
	pay(s, d, whole_amount(row->fields));
	return true;
}

/* Of which only the month is known, stands on its first day. */
static bool each_visit(const struct register_row *row, void *arg)
{
	struct deeds *s = arg;
	char first[16];
	struct date day;

	snprintf(first, sizeof(first), "%.7s-01", json_get_text(row->fields, "month", ""));
	if ((!date_parse(json_get_text(row->fields, "day", ""), &day) &&
	     !date_parse(first, &day)) ||
	    strcmp(json_get_text(row->fields, "state", ""), "done") != 0)
		return true;
	struct deed d = deed_of(row, REPORT_VISITS, day, NULL);
	s->each(&d, s->arg);
	return true;
}

bool deeds_each(const struct report *r, struct date first,
		void (*each)(const struct deed *d, void *arg), void *arg, struct err *e)
{
	struct deeds s = {.r = r, .each = each, .arg = arg};
	struct wall from, to;

	period_span(&r->period, r->tz, &from, &to);
	from = tz_wall(r->tz, first, 0);
	bool ok = doubles_decisions(&s.doubles, r->view, e) &&
		  (json_object_size(s.doubles.struck) == 0 ||
		   doubles_list(&s.doubles, r->view, e)) &&
		  registers_rows(r->view, "products", each_product, &s, e) &&
		  registers_rows(r->view, "activities", each_activity, &s, e) &&
		  registers_rows(r->view, "points", each_point, &s, e) &&
		  registers_rows(r->view, "inspections", each_visit, &s, e) &&
		  diary_products(r->view, from, to, each_bulletin, &s, e) &&
		  diary_rows(r->view, from, to, each_airing, &s, e);
	numbers_finish(&s.reused);
	doubles_finish(&s.doubles);
	return ok;
}
