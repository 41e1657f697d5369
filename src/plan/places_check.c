/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "plan/places.h"
#include "plan/seedlist.h"

#include <string.h>

static void warn(const struct place *one, struct faults *faults, const char *text,
		 const char *code)
{
	faults_add(faults, FAULT_WARNING, PLACES_FILE, one->line, text, one->code, code);
}

static void check_days(const struct places *p, int i, struct faults *faults)
{
	const struct place *one = &p->list[i];

	for (int k = 0; k < i; k++)
		if (strcmp(p->list[k].code, one->code) == 0 &&
		    seedlist_touch(p->list[k].from, p->list[k].to, one->from, one->to))
			faults_add(faults, FAULT_WARNING, PLACES_FILE, one->line,
				   T("%s: trùng ngày với nơi cùng mã ở dòng %d",
				     "%s: it is there on days on which that of line %d is, too"),
				   one->code, p->list[k].line);
}

static struct date later(struct date a, struct date b)
{
	return date_compare(a, b) > 0 ? a : b;
}

static void check_parent(const struct places *p, const struct place *one, struct faults *faults)
{
	const struct place *parent;

	if (one->parent[0] == '\0')
		return;
	parent = places_named(p, one->parent, one->from);
	if (parent == NULL) {
		warn(one, faults, T("%s: không có nơi \"%s\" (thuoc)",
				    "%s: no place \"%s\" (thuoc)"), one->parent);
		return;
	}
	if (parent->level >= one->level)
		warn(one, faults, T("%s: \"%s\" (thuoc) không phải cấp trên của nơi này",
				    "%s: \"%s\" (thuoc) is no level above it"), one->parent);
	/* One that goes over to another place has a line for each of its times. */
	if (places_at(p, one->parent, later(one->from, parent->from)) == NULL ||
	    places_at(p, one->parent, one->to) == NULL)
		warn(one, faults,
		     T("%s: vẫn thuộc \"%s\" khi nơi ấy không còn; ghi \"to\", rồi thêm dòng mới "
		       "cho những ngày sau đó",
		       "%s: it still belongs to \"%s\" when that is there no more; write \"to\", "
		       "and a new line for the days after it"),
		     one->parent);
}

static void check_merger(const struct places *p, const struct place *one, struct faults *faults)
{
	if (one->merged_into[0] == '\0')
		return;
	if (one->to.year == 9999) {
		warn(one, faults, T("%s: nhập vào \"%s\" thì cần ngày hết (to)",
				    "%s: it merged into \"%s\", and needs its last day (to)"),
		     one->merged_into);
		return;
	}
	struct date next = date_add_days(one->to, 1);
	if (places_named(p, one->merged_into, next) == NULL)
		warn(one, faults, T("%s: không có nơi \"%s\" (nhap_vao)",
				    "%s: no place \"%s\" (nhap_vao)"), one->merged_into);
	else if (places_at(p, one->merged_into, next) == NULL)
		warn(one, faults, T("%s: nhập vào \"%s\" lúc nơi ấy không có",
				    "%s: it merged into \"%s\", which was not there then"),
		     one->merged_into);
}

void places_check(const struct places *p, const struct codes *documents, struct faults *faults)
{
	for (int i = 0; i < p->count; i++) {
		const struct place *one = &p->list[i];
		check_days(p, i, faults);
		check_parent(p, one, faults);
		check_merger(p, one, faults);
		seedlist_cited(documents, CODES_DOCUMENTS, one->source, "nguon", PLACES_FILE,
			       one->line, one->code, faults);
		for (int c = 0; c < one->class_count; c++)
			seedlist_cited(documents, CODES_DOCUMENTS, one->classes[c].basis,
				       "can_cu", PLACES_FILE, one->line, one->code, faults);
	}
}
