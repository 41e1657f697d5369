/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sift.h"

#include "base/buf.h"
#include "base/civil.h"
#include "base/fold.h"
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_of_days(const struct register_field *f)
{
	return f->type == REGISTER_DATE || f->type == REGISTER_MONTH;
}

static bool take_day(const char *text, char out[static 11], struct err *e)
{
	struct date d;

	out[0] = '\0';
	if (text[0] == '\0')
		return true;
	if (!date_parse(text, &d))
		return err_set(e, ERR_USAGE, T("\"%.20s\": ngày phải có dạng 2026-11-23",
					       "\"%.20s\": a date looks like 2026-11-23"), text);
	date_print(d, out);
	return true;
}

bool sift_begin(struct sift *s, const struct register_shape *shape, const char *find,
		const char *by, const char *from, const char *to, struct err *e)
{
	*s = (struct sift){.shape = shape};
	fold_plain(find, s->find, sizeof(s->find));
	s->by = by[0] != '\0' ? register_field(shape, by) : NULL;
	if (by[0] != '\0' && (s->by == NULL || !is_of_days(s->by)))
		return err_set(e, ERR_USAGE, T("\"%.40s\" không phải cột ngày của sổ",
					       "\"%.40s\" is no column of days"), by);
	return take_day(from, s->from, e) && take_day(to, s->to, e);
}

bool sift_open(const struct sift *s)
{
	return s->find[0] == '\0' && s->from[0] == '\0' && s->to[0] == '\0';
}

/* Days and months as text compare as they do in time, the shorter one with what it has. */
static bool is_in(const struct sift *s, const char *day)
{
	size_t len = strlen(day);

	return len > 0 && strncmp(s->from, day, len) <= 0 &&
	       (s->to[0] == '\0' || strncmp(day, s->to, len) <= 0);
}

static bool has_day(const struct sift *s, const json_t *fields)
{
	if (s->from[0] == '\0' && s->to[0] == '\0')
		return true;
	for (const struct register_field *f = s->shape->fields; f->key != NULL; f++)
		if (is_of_days(f) && (s->by == NULL || s->by == f) &&
		    is_in(s, json_get_text(fields, f->key, "")))
			return true;
	return false;
}

static bool has_words(const struct sift *s, const char *id, const json_t *fields,
		      const json_t *people)
{
	struct buf all = {0};
	char cell[REGISTER_CELL_BYTES];

	if (s->find[0] == '\0')
		return true;
	buf_text(&all, id);
	for (const struct register_field *f = s->shape->fields; f->key != NULL; f++) {
		register_tell(f, json_object_get(fields, f->key), cell);
		buf_print(&all, "\n%s\n%s", cell,
			  f->type == REGISTER_PERSON ? json_get_text(people, cell, "") : "");
	}
	char *plain = malloc(all.len + 1);
	must(plain != NULL);
	fold_plain(buf_str(&all), plain, all.len + 1);
	bool found = fold_finds(s->find, plain);
	free(plain);
	buf_finish(&all);
	return found;
}

bool sift_takes(const struct sift *s, const char *id, const json_t *fields, const json_t *people)
{
	return has_day(s, fields) && has_words(s, id, fields, people);
}
