/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/coded.h"

#include "base/json.h"
#include "base/must.h"
#include "base/register.h"
#include "base/text.h"
#include "proof/registers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One code that would go. */
struct going {
	enum codes_list which;
	const char *code;
	int line;
	int64_t rows[REGISTERS];
};

struct coded {
	struct going *list;
	int count;
	int shape; /* the register at hand */
};

static void note_going(struct coded *c, enum codes_list which, const struct code *code)
{
	for (int i = 0; i < c->count; i++)
		if (c->list[i].which == which && strcmp(c->list[i].code, code->code) == 0)
			return;
	c->list = realloc(c->list, sizeof(*c->list) * (size_t)(c->count + 1));
	must(c->list != NULL);
	c->list[c->count++] = (struct going){.which = which, .code = code->code,
					     .line = code->line};
}

static void find_going(struct coded *c, const char *file, const struct lists *before,
		       const struct lists *after)
{
	static const struct date any = {1, 1, 1};

	for (int which = 0; which < CODES_LISTS; which++) {
		const struct codes *was = &before->codes[which];
		if (strcmp(seeds_file((enum codes_list)which), file) != 0)
			continue;
		for (int i = 0; i < was->count; i++)
			if (codes_named(&after->codes[which], was->list[i].code, any) == NULL)
				note_going(c, (enum codes_list)which, &was->list[i]);
	}
}

static bool is_code(const json_t *value, const char *code)
{
	return json_is_string(value) && strcmp(json_string_value(value), code) == 0;
}

static bool has(const json_t *value, const char *code)
{
	const json_t *one;
	size_t i;

	json_array_foreach(value, i, one)
		if (is_code(one, code))
			return true;
	return is_code(value, code);
}

static bool uses(const struct going *g, const struct register_field *fields, const json_t *row)
{
	for (const struct register_field *f = fields; f->key != NULL; f++)
		if ((f->type == REGISTER_CODE || f->type == REGISTER_CODES) &&
		    f->list == g->which && has(json_object_get(row, f->key), g->code))
			return true;
	return false;
}

static bool each_row(const struct register_row *row, void *arg)
{
	struct coded *c = arg;

	for (int i = 0; i < c->count; i++)
		c->list[i].rows[c->shape] +=
			uses(&c->list[i], register_at(c->shape)->fields, row->fields);
	return true;
}

/* "Sổ sản phẩm: 3 dòng, …" */
static bool tell(const struct going *g, char *out, size_t size)
{
	size_t used = 0;

	for (int i = 0; i < REGISTERS && used < size; i++)
		if (g->rows[i] > 0)
			used += (size_t)snprintf(out + used, size - used,
						 T("%s%s %lld dòng", "%s%s %lld"),
						 used > 0 ? ", " : "",
						 T(register_at(i)->vi, register_at(i)->en),
						 (long long)g->rows[i]);
	return used > 0;
}

bool coded_kept(struct view *v, const char *file, const struct lists *before,
		const struct lists *after, struct faults *faults, struct err *e)
{
	struct coded c = {0};
	char where[REASON_BYTES];
	bool ok = true;

	find_going(&c, file, before, after);
	for (c.shape = 0; ok && c.count > 0 && c.shape < REGISTERS; c.shape++)
		ok = registers_rows(v, register_at(c.shape)->name, each_row, &c, e);
	for (int i = 0; ok && i < c.count; i++)
		if (tell(&c.list[i], where, sizeof(where)))
			faults_add(faults, FAULT_ERROR, file, c.list[i].line,
				   T("%s: sổ theo dõi đã dùng mã này (%s) nên không bỏ được; ghi "
				     "ngày hết (to) thay vì xóa",
				     "%s: rows of registers use this code (%s), and it cannot go; "
				     "write its last day (to) instead"), c.list[i].code, where);
	free(c.list);
	return ok;
}
