/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/special.h"

#include "base/text.h"
#include "plan/almanac.h"

#include <stdio.h>
#include <string.h>

static bool add_name(struct yamlread *r, int line, const char *word, void *arg)
{
	struct timetable *t = arg;

	if (t->replaces_count == REPLACES_MAX) {
		yamlread_fault(r, line, T("\"replaces\" có nhiều hơn %d lịch; ghi \"replaces: "
					  "true\" để thay mọi lịch khác",
					  "\"replaces\" has more than %d timetables; write "
					  "\"replaces: true\" for all others"), REPLACES_MAX);
		return false;
	}
	snprintf(t->replaces_names[t->replaces_count++], NAME_BYTES, "%s", word);
	return true;
}

/* A period without an end would replace the daily timetable for good, and one without a decision is
 * what nobody can explain to an inspector. */
static void check_period(struct yamlread *r, const struct yamlnode *root,
			 const struct validity *valid, const struct timetable *t)
{
	r->field = "valid";
	if (!valid->has_from || !valid->has_to)
		yamlread_fault(r, t->replaces_line,
			       T("lịch thay thế cần ngày bắt đầu và ngày kết thúc: valid: {from: "
				 "NGÀY, to: NGÀY}",
				 "a timetable that replaces others needs its first and last day: "
				 "valid: {from: DAY, to: DAY}"));
	r->field = "basis";
	if (yamlnode_get(root, "basis") == NULL)
		yamlread_fault(r, t->replaces_line,
			       T("lịch thay thế cần căn cứ; thêm \"basis: số và ngày của văn bản, "
				 "về việc gì\"",
				 "a timetable that replaces others needs the decision that it "
				 "follows; add \"basis: its number, date and subject\""));
}

void special_parse(struct yamlread *r, const struct yamlnode *root, const struct validity *valid,
		   struct timetable *t)
{
	const struct yamlnode *n = yamlnode_get(root, "replaces");
	const char *word = n != NULL && n->kind == YAMLNODE_TEXT ? n->text : "";

	r->field = "basis";
	yamlread_text(r, root, "basis", t->basis, sizeof(t->basis));
	r->field = "replaces";
	if (n == NULL)
		return;
	t->replaces_line = n->line;
	t->valid_from = valid->from;
	t->valid_to = valid->to;
	if (strcmp(word, "true") == 0 || strcmp(word, "false") == 0)
		t->replaces_all = word[0] == 't';
	else if (yamlread_words(r, root, "replaces", add_name, t) && t->replaces_count == 0)
		yamlread_fault(r, n->line, T("\"replaces\" không có lịch nào",
					     "\"replaces\" names no timetable"));
	if (t->replaces_all || t->replaces_count > 0)
		check_period(r, root, valid, t);
}

/* By its name or its file, "hang-ngay" for schedules/hang-ngay.yaml. −1: none. */
static int find(const struct schedule *s, const char *name)
{
	for (int i = 0; i < s->table_count; i++) {
		const char *slash = strrchr(s->tables[i].file, '/');
		const char *base = slash != NULL ? slash + 1 : s->tables[i].file;
		size_t stem = strcspn(base, ".");
		if (strcmp(s->tables[i].name, name) == 0 || strcmp(base, name) == 0 ||
		    (strlen(name) == stem && strncmp(base, name, stem) == 0))
			return i;
	}
	return -1;
}

static uint64_t resolve(const struct schedule *s, int table)
{
	const struct timetable *t = &s->tables[table];
	uint64_t mask = t->replaces_all ? ~UINT64_C(0) : 0;

	for (int i = 0; i < t->replaces_count; i++) {
		int other = find(s, t->replaces_names[i]);
		if (other >= 0)
			mask |= UINT64_C(1) << other;
	}
	return mask & ~(UINT64_C(1) << table);
}

static bool share_days(const struct timetable *a, const struct timetable *b)
{
	return date_compare(a->valid_from, b->valid_to) <= 0 &&
	       date_compare(b->valid_from, a->valid_to) <= 0;
}

/* True if `from` replaces `to`, directly or around others that share days one by one. */
static bool reaches(const struct schedule *s, int from, int to, uint64_t seen)
{
	const struct timetable *t = &s->tables[from];

	for (int i = 0; i < s->table_count; i++) {
		const struct timetable *other = &s->tables[i];
		if ((t->replaces >> i & 1) == 0 || (seen >> i & 1) != 0 || other->replaces == 0 ||
		    !share_days(t, other))
			continue;
		seen |= UINT64_C(1) << i;
		if (i == to || reaches(s, i, to, seen))
			return true;
	}
	return false;
}

void special_settle(struct schedule *s)
{
	for (int i = 0; i < s->table_count; i++) {
		struct timetable *t = &s->tables[i];
		t->clash = 0;
		t->replaces = t->enabled ? resolve(s, i) : 0;
		for (int other = 0; t->replaces != 0 && other < i; other++)
			if (s->tables[other].replaces != 0 && reaches(s, i, other, 0) &&
			    reaches(s, other, i, 0))
				t->clash = other + 1;
		if (t->clash != 0)
			t->replaces = 0;
	}
}

void special_tell(const struct schedule *s, struct faults *faults)
{
	for (int i = 0; i < s->table_count; i++) {
		const struct timetable *t = &s->tables[i];
		for (int k = 0; k < t->replaces_count; k++)
			if (find(s, t->replaces_names[k]) < 0)
				faults_add(faults, FAULT_ERROR, t->file, t->replaces_line,
					   T("\"replaces: %s\": không có lịch nào tên như vậy",
					     "\"replaces: %s\": no timetable has this name"),
					   t->replaces_names[k]);
		if (t->clash == 0)
			continue;
		const struct timetable *other = &s->tables[t->clash - 1];
		faults_add(faults, FAULT_ERROR, t->file, t->replaces_line,
			   T("\"%s\" và \"%s\" (%s:%d) thay thế lẫn nhau trong cùng những ngày; "
			     "sửa \"valid\" hoặc \"replaces\" của một trong hai",
			     "\"%s\" and \"%s\" (%s:%d) replace each other on the same days; "
			     "change \"valid\" or \"replaces\" of one of them"),
			   t->name, other->name, other->file, other->replaces_line);
	}
}
