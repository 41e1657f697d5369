/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/imports.h"

#include "base/json.h"
#include "base/must.h"
#include "proof/registers.h"
#include "station/desk.h"

#include <stdlib.h>
#include <string.h>

#define PAUSE_MS 50
#define AGAIN_MS 5000	       /* the disk does not answer, or the view lags */
#define ENTRY_ROWS_BYTES 12500 /* of rows in one entry; the rest of it has some 2 kB */

void imports_init(struct imports *m, struct desk *desk, struct loop *loop)
{
	m->desk = desk;
	m->loop = loop;
}

bool imports_busy(const struct imports *m)
{
	return m->rows.spool != NULL;
}

static void end(struct imports *m)
{
	if (m->rows.spool != NULL)
		fclose(m->rows.spool);
	m->rows.spool = NULL;
	free(m->line);
	m->line = NULL;
	if (m->loop != NULL && m->timer.due != NULL)
		timer_close(&m->timer, m->loop);
	m->timer = (struct timer){0};
}

void imports_stop(struct imports *m)
{
	end(m);
}

/* The next line of the spool, unless one waits; NULL: there is none. */
static const char *next(struct imports *m, struct err *e)
{
	if (m->line == NULL && getline(&m->line, &m->line_bytes, m->rows.spool) < 0) {
		if (ferror(m->rows.spool))
			err_errno(e, "spool");
		free(m->line);
		m->line = NULL;
	}
	return m->line;
}

static bool put(struct imports *m, json_t *rows, const char *line, int64_t *number,
		struct err *e)
{
	const char *text = strchr(line, ' ');
	char id[ID_BYTES];

	must(text != NULL && text - line < ID_BYTES);
	snprintf(id, sizeof(id), "%.*s", (int)(text - line), line);
	if (strcmp(id, "-") == 0)
		register_id(m->rows.shape, ++*number, id);
	json_t *row = json_read(text + 1, strcspn(text + 1, "\n"), e);
	return row != NULL && json_object_set_new(rows, id, row) == 0;
}

/* As many as fit into one entry; an empty object when all are written. */
static json_t *gather(struct imports *m, struct err *e)
{
	json_t *rows = json_object();
	size_t bytes = 0;
	int64_t number;
	const char *line;

	bool ok = registers_highest(ledger_view(m->desk->ledger), m->rows.shape->name, &number, e);
	while (ok && (line = next(m, e)) != NULL) {
		bytes += strlen(line) + ID_BYTES;
		if (json_object_size(rows) > 0 && bytes > ENTRY_ROWS_BYTES)
			break;
		ok = put(m, rows, line, &number, e);
		free(m->line);
		m->line = NULL;
	}
	if (ok && e->kind == ERR_NONE)
		return rows;
	json_decref(rows);
	return NULL;
}

/* One entry more. False when that was the last, or it could not be. */
static bool step(struct imports *m)
{
	struct err e = {0};
	json_t *rows = gather(m, &e);
	int64_t n, count = (int64_t)json_object_size(rows);

	if (rows == NULL || count == 0) {
		m->failed = rows == NULL;
		m->why = e;
		json_decref(rows);
		return false;
	}
	m->failed = !ledger_append(m->desk->ledger,
				   registers_entry(m->rows.shape->name, rows, m->rows.who, "",
						   m->rows.name, m->rows.sha256), &n, &e);
	m->why = e;
	if (!m->failed)
		m->done += count;
	return !m->failed;
}

static void due(struct timer *t)
{
	struct imports *m = t->arg;
	struct err ignored;
	bool wait = m->desk->behind || !desk_disk_answers(m->desk, &ignored);

	if (!wait && !step(m)) {
		end(m);
		return;
	}
	timer_set(t, mono_add_ns(clock_mono(m->desk->clock),
				 (wait ? AGAIN_MS : PAUSE_MS) * NS_PER_MS));
}

bool imports_begin(struct imports *m, struct imports_rows *rows, struct err *e)
{
	must(!imports_busy(m));
	m->rows = *rows;
	rows->spool = NULL;
	m->done = 0;
	m->failed = false;
	if (m->loop != NULL) {
		m->timer.due = due;
		m->timer.arg = m;
		timer_open(&m->timer, m->loop);
		timer_set(&m->timer, clock_mono(m->desk->clock));
		return true;
	}
	while (step(m))
		;
	end(m);
	if (m->failed)
		*e = m->why;
	return !m->failed;
}

json_t *imports_json(const struct imports *m)
{
	if (m->rows.shape == NULL)
		return json_null();
	json_t *o = json_pack("{s:s, s:s, s:I, s:I, s:b, s:o}", "register", m->rows.shape->name,
			      "name", m->rows.name, "rows", (json_int_t)m->rows.count, "done",
			      (json_int_t)m->done, "busy", imports_busy(m), "error",
			      m->failed ? json_text(m->why.text) : json_null());
	must(o != NULL);
	return o;
}
