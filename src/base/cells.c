/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/cells.h"

#include "base/text.h"

#include <string.h>

char cells_separator(const char *head, size_t len)
{
	static const char signs[] = ";,\t";
	int found[3] = {0, 0, 0}, best = 1;
	bool quoted = false;

	for (size_t i = 0; i < len; i++) {
		const char *sign = quoted || head[i] == '\0' ? NULL : strchr(signs, head[i]);
		if (head[i] == '"')
			quoted = !quoted;
		if (sign != NULL)
			found[sign - signs]++;
		if (head[i] == '\n' && !quoted && found[0] + found[1] + found[2] > 0)
			break;
	}
	for (int i = 0; i < 3; i++)
		if (found[i] > found[best])
			best = i;
	return signs[best];
}

static bool too_long(const struct cells *c, struct err *e)
{
	return err_set(e, ERR_DAMAGED,
		       T("dòng %lld có quá %d cột hoặc dài quá %d kB; có lẽ một dấu \" không có "
			 "dấu đóng",
			 "row %lld has more than %d columns or %d kB; a \" may have no other one"),
		       (long long)c->row + 1, CELLS_COLUMNS_MAX, CELLS_ROW_BYTES_MAX >> 10);
}

/* The apostrophe with which csv_text, and whoever types into a spreadsheet, keeps a text from being
 * run as a formula is none of it. */
static void drop_guard(struct cells *c)
{
	size_t start = c->starts[c->count];
	char *text = c->text.data + start;
	size_t guards = strspn(text, "'");

	if (guards > 0 && text[guards] != '\0' && strchr("=+-@\t\r", text[guards]) != NULL) {
		memmove(text, text + 1, c->text.len - start - 1);
		c->text.len--;
	}
}

static bool end_cell(struct cells *c, struct err *e)
{
	buf_add(&c->text, "", 1);
	c->quoted = c->quote = c->begun = false;
	if (c->count == CELLS_COLUMNS_MAX)
		return too_long(c, e);
	drop_guard(c);
	c->count++;
	if (c->count < CELLS_COLUMNS_MAX)
		c->starts[c->count] = c->text.len;
	return true;
}

static bool end_row(struct cells *c, struct err *e)
{
	const char *texts[CELLS_COLUMNS_MAX];

	if (!end_cell(c, e))
		return false;
	for (int i = 0; i < c->count; i++)
		texts[i] = c->text.data + c->starts[i];
	bool ok = c->each(c->arg, ++c->row, texts, c->count, e);
	c->count = 0;
	c->starts[0] = 0;
	buf_reset(&c->text);
	return ok;
}

/* A quote within quotes stands twice; behind the closing one text goes on as it is. */
static bool take(struct cells *c, char sign, struct err *e)
{
	bool closed = c->quote;

	c->quote = false;
	if (c->quoted && sign == '"') {
		if (closed)
			buf_add(&c->text, "\"", 1);
		c->quote = !closed;
		return true;
	}
	if (closed)
		c->quoted = false;
	if (!c->quoted && sign == c->separator)
		return end_cell(c, e);
	if (!c->quoted && (sign == '\n' || sign == '\r'))
		return end_row(c, e);
	if (sign == '"' && !c->begun)
		c->quoted = true;
	else
		buf_add(&c->text, sign != '\0' ? &sign : "\x01", 1);
	c->begun = true;
	return c->text.len <= CELLS_ROW_BYTES_MAX || too_long(c, e);
}

bool cells_add(struct cells *c, const char *data, size_t len, struct err *e)
{
	for (size_t i = 0; i < len; i++) {
		bool open = c->quoted && !c->quote;
		bool second = data[i] == '\n' && c->carriage && !open;
		c->carriage = data[i] == '\r' && !open;
		if (!second && !take(c, data[i], e))
			return false;
	}
	return true;
}

bool cells_end(struct cells *c, struct err *e)
{
	if (c->quoted && !c->quote)
		return err_set(e, ERR_DAMAGED,
			       T("dòng %lld: một dấu \" không có dấu đóng",
				 "row %lld: a \" has no other one"), (long long)c->row + 1);
	if (c->count == 0 && c->text.len == 0 && !c->begun)
		return true;
	return end_row(c, e);
}

void cells_finish(struct cells *c)
{
	buf_finish(&c->text);
}
