/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A station's table is written by the same code as ever, to a format that passes its rows on: so a
 * figure of several stations is the figure of each, whatever the table. */
#include "report/merged.h"

#include "base/must.h"
#include "base/text.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct merged {
	struct table_writer *to;
	struct report_across *across;
	const char *log;
	const char *station; /* whose rows come */
	int stations;
	int place;     /* the column of the name */
	bool numbered; /* the first one counts rows */
	int64_t counted; /* of them, those that have a number */
	struct table_head head;
	struct tz tz; /* of the first station */
	struct table_column columns[TABLE_COLUMNS_MAX];
	char period[PERIOD_NAME_BYTES];
	struct table_cell sum[TABLE_COLUMNS_MAX]; /* texts are its own */
	json_t *notes; /* text → [names of stations] */
	struct err *e;
};

static int to_column(const struct merged *m, int i)
{
	return i < m->place ? i : i + 1;
}

static void make_head(struct merged *m, const struct table_head *h)
{
	m->numbered = strcmp(h->columns[0].key, "number") == 0;
	m->place = m->numbered ? 1 : 0;
	must(h->column_count < TABLE_COLUMNS_MAX);
	for (int i = 0; i < h->column_count; i++)
		m->columns[to_column(m, i)] = h->columns[i];
	m->columns[m->place] = (struct table_column){"station", T("Đài", "Station"), TABLE_TEXT,
						     .width = 14};
	snprintf(m->period, sizeof(m->period), "%.*s", (int)sizeof(m->period) - 1, h->period);
	m->head = *h;
	m->head.columns = m->columns;
	m->head.column_count++;
	m->head.period = m->period;
	m->head.log = m->log;
	m->head.mark = "";
	m->tz = *h->tz;
	m->head.tz = &m->tz;
}

static void pass(struct table_writer *w, bool ok)
{
	struct merged *m = w->state;

	if (!ok) {
		w->failed = true;
		w->why = *m->e;
	}
}

static void begin(struct table_writer *w)
{
	struct merged *m = w->state;

	if (m->stations++ > 0)
		return;
	make_head(m, w->head);
	pass(w, table_begin(m->to, &m->head, m->e));
}

/* The way to the airings behind a figure leads into a station's folder, which is not here. */
static void row(struct table_writer *w, const struct table_cell *cells)
{
	struct merged *m = w->state;
	struct table_cell c[TABLE_COLUMNS_MAX];

	if (w->failed)
		return;
	for (int i = 0; i < w->head->column_count; i++) {
		c[to_column(m, i)] = cells[i];
		c[to_column(m, i)].open = NULL;
	}
	c[m->place] = table_text(m->station);
	if (m->numbered && c[0].set)
		c[0] = table_number(++m->counted);
	pass(w, table_row(m->to, c, m->e));
}

static void sum(struct table_writer *w, const struct table_cell *cells)
{
	struct merged *m = w->state;

	for (int i = 0; i < w->head->column_count; i++) {
		struct table_cell *c = &m->sum[to_column(m, i)];

		if (!cells[i].set)
			continue;
		if (!table_is_text(w->head->columns[i].type))
			*c = (struct table_cell){.set = true, .number = c->number +
									cells[i].number};
		else if (!c->set)
			*c = (struct table_cell){.set = true, .text = strdup(cells[i].text)};
	}
}

static void note(struct table_writer *w, const char *text)
{
	struct merged *m = w->state;
	json_t *names = json_object_get(m->notes, text);

	if (names == NULL) {
		names = json_array();
		json_object_set_new(m->notes, text, names);
	}
	json_array_append_new(names, json_string(m->station));
}

static void end(struct table_writer *w)
{
	(void)w;
}

static const struct table_format passing = {begin, row, sum, note, end, NULL};

struct merged *merged_begin(struct table_writer *to, struct report_across *across,
			    const char *log)
{
	struct merged *m = calloc(1, sizeof(*m));

	must(m != NULL);
	*m = (struct merged){.to = to, .across = across, .log = log, .notes = json_object()};
	must(m->notes != NULL);
	return m;
}

bool merged_add(struct merged *m, const struct report *r, const char *table, const char *name,
		struct err *e)
{
	struct table_writer w = {.out = m->to->out, .format = &passing, .state = m};

	m->station = name;
	m->e = e;
	bool ok = report_write(r, table, &w, e);
	table_finish(&w);
	return ok;
}

/* Two stations' days may be one, and shares do not add up. */
static void sum_across(struct merged *m)
{
	struct report_across *a = m->across;

	for (int i = 0; i < m->head.column_count; i++) {
		struct table_cell *c = &m->sum[i];
		bool days = strcmp(m->columns[i].key, "days") == 0;

		if (m->numbered && i == 0)
			c->number = m->counted;
		if (days)
			c->number = (int64_t)numbers_count(&a->days);
		if (m->columns[i].type == TABLE_PERCENT)
			*c = (struct table_cell){
				.set = a->planned > 0,
				.number = a->planned > 0 ? (1000 * a->kept + a->planned / 2) /
								   a->planned
							 : 0};
	}
}

static void whose(struct buf *line, const json_t *names)
{
	const json_t *name;
	size_t i;

	json_array_foreach(names, i, name)
		buf_print(line, "%s%s", i > 0 ? ", " : "", json_string_value(name));
	buf_text(line, ": ");
}

bool merged_sum(struct merged *m, struct err *e)
{
	const char *text;
	json_t *names;
	bool ok;

	must(m->stations > 0);
	sum_across(m);
	ok = table_sum(m->to, m->sum, e);
	json_object_foreach(m->notes, text, names) {
		struct buf line = {0};

		if (json_array_size(names) < (size_t)m->stations)
			whose(&line, names);
		buf_text(&line, text);
		ok = ok && table_note(m->to, buf_str(&line), e);
		buf_finish(&line);
	}
	return ok;
}

void merged_end(struct merged *m)
{
	if (m == NULL)
		return;
	for (int i = 0; i < TABLE_COLUMNS_MAX; i++)
		free((char *)(uintptr_t)m->sum[i].text);
	json_decref(m->notes);
	free(m);
}
