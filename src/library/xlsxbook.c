/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/xlsxbook.h"

#include "base/fold.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

#define ROOT_RELATIONS "_rels/.rels"

struct opening {
	struct xlsxbook *b;
	struct xlsx *x;
	int places;
};

static bool nothing(void *arg, const char *name)
{
	(void)arg;
	(void)name;
	return true;
}

static bool no_text(void *arg, const char *text, size_t len)
{
	(void)arg;
	(void)text;
	(void)len;
	return true;
}

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

/* A target as the name of a member: from the root, or from the folder of the part that has it. */
static bool resolve(const char *part, const char *target, char out[static XLSXPART_NAME_BYTES])
{
	const char *slash = strrchr(part, '/');
	int folder = target[0] == '/' || slash == NULL ? 0 : (int)(slash - part) + 1;
	int len = snprintf(out, XLSXPART_NAME_BYTES, "%.*s%s", folder, part,
			   target + (target[0] == '/'));

	return target[0] != '\0' && len < XLSXPART_NAME_BYTES;
}

struct relation {
	char id[64], type[128], target[XLSXPART_NAME_BYTES];
};

static bool read_relation(const char *name, const struct xlsxattrs *a, struct relation *r)
{
	if (strcmp(name, "Relationship") != 0)
		return false;
	xlsxpart_attr(a, "Id", r->id, sizeof(r->id));
	xlsxpart_attr(a, "Type", r->type, sizeof(r->type));
	xlsxpart_attr(a, "Target", r->target, sizeof(r->target));
	return true;
}

static bool root_relation(void *arg, const char *name, const struct xlsxattrs *a)
{
	struct opening *o = arg;
	struct relation r;

	if (!read_relation(name, a, &r) || !ends_with(r.type, "/officeDocument"))
		return true;
	return resolve("", r.target, o->b->path) || xlsxpart_refuse(o->x, SHEET_DAMAGED);
}

static bool book_relation(void *arg, const char *name, const struct xlsxattrs *a)
{
	struct opening *o = arg;
	struct xlsxbook *b = o->b;
	struct relation r;
	bool ok = true;

	if (!read_relation(name, a, &r))
		return true;
	if (ends_with(r.type, "/sharedStrings"))
		ok = resolve(b->path, r.target, b->strings);
	else if (ends_with(r.type, "/styles"))
		ok = resolve(b->path, r.target, b->styles);
	else if (ends_with(r.type, "/worksheet") && b->count < SHEETS_MAX) {
		struct xlsxsheet *s = &b->sheets[b->count++];
		memcpy(s->id, r.id, sizeof(s->id));
		ok = resolve(b->path, r.target, s->path);
	}
	return ok || xlsxpart_refuse(o->x, SHEET_DAMAGED);
}

static void name_sheet(struct opening *o, const struct xlsxattrs *a)
{
	char id[64], state[16];

	o->places++;
	xlsxpart_attr(a, "id", id, sizeof(id));
	for (int i = 0; i < o->b->count; i++) {
		struct xlsxsheet *s = &o->b->sheets[i];
		if (strcmp(s->id, id) != 0 || s->place > 0)
			continue;
		xlsxpart_attr(a, "name", s->name, sizeof(s->name));
		utf8_cut(s->name, sizeof(s->name) - 1);
		s->hidden = strcmp(xlsxpart_attr(a, "state", state, sizeof(state)), "") != 0 &&
			    strcmp(state, "visible") != 0;
		s->place = o->places;
		return;
	}
}

static bool book_element(void *arg, const char *name, const struct xlsxattrs *a)
{
	struct opening *o = arg;
	char value[8];

	if (strcmp(name, "workbookPr") == 0) {
		xlsxpart_attr(a, "date1904", value, sizeof(value));
		o->b->from_1904 = strcmp(value, "1") == 0 || strcmp(value, "true") == 0;
	} else if (strcmp(name, "sheet") == 0) {
		name_sheet(o, a);
	}
	return true;
}

static bool parse(struct opening *o, const char *part,
		  bool (*start)(void *, const char *, const struct xlsxattrs *))
{
	return xlsxpart_parse(o->x, part,
			      &(struct xlsxpart_handler){start, nothing, no_text, o});
}

/* xl/workbook.xml → xl/_rels/workbook.xml.rels */
static bool parse_relations(struct opening *o)
{
	const char *path = o->b->path, *slash = strrchr(path, '/');
	int folder = slash != NULL ? (int)(slash - path) + 1 : 0;
	char part[XLSXPART_NAME_BYTES + 16];

	snprintf(part, sizeof(part), "%.*s_rels/%s.rels", folder, path, path + folder);
	return parse(o, part, book_relation);
}

/* What else comes in a zip file, or calls itself a spreadsheet. */
static bool is_book(struct opening *o)
{
	if (!xlsxpart_has(o->x, ROOT_RELATIONS))
		return xlsxpart_refuse(o->x, xlsxpart_has(o->x, "content.xml") ? SHEET_ODS
									       : SHEET_NO_BOOK);
	if (!parse(o, ROOT_RELATIONS, root_relation))
		return false;
	if (ends_with(o->b->path, ".bin"))
		return xlsxpart_refuse(o->x, SHEET_XLSB);
	return o->b->path[0] != '\0' || xlsxpart_refuse(o->x, SHEET_NO_BOOK);
}

static bool fits(const struct xlsxsheet *s, const char *wanted)
{
	return s->place > 0 && (wanted != NULL ? fold_same(s->name, wanted) : !s->hidden);
}

static bool choose(struct opening *o, const char *wanted)
{
	struct xlsxbook *b = o->b;

	for (int i = 0; i < b->count; i++)
		if (fits(&b->sheets[i], wanted) &&
		    (b->chosen < 0 || b->sheets[i].place < b->sheets[b->chosen].place))
			b->chosen = i;
	if (b->chosen >= 0)
		return true;
	return xlsxpart_refuse(o->x, o->places > 0 ? SHEET_NO_SHEET : SHEET_NO_BOOK);
}

bool xlsxbook_open(struct xlsxbook *b, struct xlsx *x, const char *wanted)
{
	struct opening o = {.b = b, .x = x};

	b->chosen = -1;
	return is_book(&o) && parse_relations(&o) && parse(&o, b->path, book_element) &&
	       choose(&o, wanted);
}
