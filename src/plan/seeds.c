/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/seeds.h"

#include "base/text.h"
#include "plan/seedlist.h"
#include "plan/yamlread.h"
#include "plan/yamltree.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *file, *list, *code, *name;
} sources[CODES_LISTS] = {
	[CODES_PROGRAMMES] = {"seeds/chuong-trinh.yaml", "chuong_trinh", "ma", "ten"},
	[CODES_GROUPS] = {"seeds/chuong-trinh.yaml", "nhom", "ma", "ten"},
	[CODES_DOCUMENTS] = {"seeds/van-ban.yaml", "van_ban", "so", "ve"},
	[CODES_LANGUAGES] = {"seeds/tieng.yaml", "tieng", "ma", "ten"},
	[CODES_FUNDS] = {"seeds/kinh-phi.yaml", "kinh_phi", "ma", "ten"},
	[CODES_KINDS] = {"seeds/loai.yaml", "loai", "ma", "ten"},
	[CODES_PROJECTS] = {"seeds/chuong-trinh.yaml", "du_an", "ma", "ten"},
};

const char *seeds_file(enum codes_list which)
{
	return sources[which].file;
}

static bool add_basis(struct yamlread *r, int line, const char *word, void *arg)
{
	struct code *c = arg;
	char *out;

	if (c->base_count == CODE_BASES_MAX || strlen(word) >= CODE_BYTES) {
		yamlread_fault(r, line, T("văn bản \"%.60s\": số quá dài, hoặc quá %d văn bản",
					  "document \"%.60s\": too long a number, or more than %d"),
			       word, CODE_BASES_MAX);
		return false;
	}
	out = c->bases[c->base_count++];
	snprintf(out, CODE_BYTES, "%s", word);
	return true;
}

static void read_one(struct yamlread *r, const struct yamlnode *n, enum codes_list which,
		     struct codes *codes)
{
	static const char *const known[] = {"ma", "so", "ten", "ve", "nhom", "can_cu", "cap",
					    "ngay", "co_quan", "nguon", "from", "to", "thuoc",
					    "thieu_so", NULL};
	static const char *const levels[] = {"tinh", "huyen", "xa"};
	int level;
	char code[CODE_BYTES];

	r->where[0] = '\0';
	if (!yamlread_keys(r, n, known))
		return;
	if (!yamlread_text(r, n, sources[which].code, code, sizeof(code))) {
		yamlread_need(r, n, sources[which].code,
			      T("thiếu mã (\"ma\", của văn bản là \"so\")",
				"its code is missing (\"ma\", of a document \"so\")"));
		return;
	}
	struct code *c = codes_add(codes);
	if (c == NULL) {
		yamlread_fault(r, n->line, T("nhiều hơn %d mã", "more than %d codes"), CODES_MAX);
		return;
	}
	snprintf(c->code, sizeof(c->code), "%s", code);
	snprintf(r->where, sizeof(r->where), "%s", code);
	c->line = n->line;
	yamlread_need(r, n, sources[which].name, T("thiếu tên", "its name is missing"));
	yamlread_text(r, n, sources[which].name, c->name, sizeof(c->name));
	yamlread_text(r, n, "nhom", c->group, sizeof(c->group));
	yamlread_text(r, n, "thuoc", c->parent, sizeof(c->parent));
	yamlread_bool(r, n, "thieu_so", &c->minority);
	if (seedlist_choice(r, n, "cap", false, levels, 3, &level))
		snprintf(c->level, sizeof(c->level), "%s", levels[level]);
	yamlread_words(r, n, "can_cu", add_basis, c);
	yamlread_date(r, n, "from", &c->from);
	yamlread_date(r, n, "to", &c->to);
}

bool seeds_parse(enum codes_list which, struct codes *c, const char *text, size_t len,
		 struct faults *faults)
{
	struct yamlread r = {.file = sources[which].file, .faults = faults};
	struct yamltree tree;

	yamltree_parse(&tree, r.file, text, len, faults);
	const struct yamlnode *list =
		tree.root != NULL ? yamlnode_get(tree.root, sources[which].list) : NULL;
	bool there = list != NULL && list->kind == YAMLNODE_LIST;
	if (tree.root != NULL && !there && which != CODES_GROUPS && which != CODES_PROJECTS)
		yamlread_fault(&r, tree.root->line,
			       T("thiếu danh sách \"%s\"", "the list \"%s\" is missing"),
			       sources[which].list);
	for (int i = 0; there && i < list->count; i++)
		read_one(&r, list->entries[i].value, which, c);
	yamltree_finish(&tree);
	return there;
}

static bool overlap(const struct code *a, const struct code *b)
{
	return strcmp(a->code, b->code) == 0 && seedlist_touch(a->from, a->to, b->from, b->to);
}

static void check_days(const char *file, const struct codes *list, int i, struct faults *faults)
{
	const struct code *c = &list->list[i];

	if (date_compare(c->to, c->from) < 0)
		faults_add(faults, FAULT_WARNING, file, c->line,
			   T("%s: ngày hết hiệu lực (to) trước ngày có hiệu lực (from)",
			     "%s: it ends (to) before it begins (from)"), c->code);
	for (int k = 0; k < i; k++)
		if (overlap(&list->list[k], c))
			faults_add(faults, FAULT_WARNING, file, c->line,
				   T("%s: trùng ngày với mã ấy ở dòng %d; một ngày thì một mã chỉ "
				     "có một nghĩa",
				     "%s: it holds on days on which it does at line %d, too; a "
				     "code has one meaning a day"),
				   c->code, list->list[k].line);
}

static bool has(const struct codes *list, const char *code)
{
	return list->count == 0 || codes_named(list, code, (struct date){1, 1, 1}) != NULL;
}

static void check_cited(const char *file, const struct code *c, const struct codes *lists,
			struct faults *faults)
{
	if (c->group[0] != '\0' && !has(&lists[CODES_GROUPS], c->group))
		faults_add(faults, FAULT_WARNING, file, c->line,
			   T("%s: không có nhóm \"%s\" trong %s", "%s: no group \"%s\" in %s"),
			   c->code, c->group, sources[CODES_GROUPS].file);
	if (c->parent[0] != '\0' && !has(&lists[CODES_PROJECTS], c->parent))
		faults_add(faults, FAULT_WARNING, file, c->line,
			   T("%s: không có dự án \"%s\" trong %s", "%s: no project \"%s\" in %s"),
			   c->code, c->parent, sources[CODES_PROJECTS].file);
	for (int i = 0; i < c->base_count; i++)
		if (!has(&lists[CODES_DOCUMENTS], c->bases[i]))
			faults_add(faults, FAULT_WARNING, file, c->line,
				   T("%s: không có văn bản \"%s\" trong %s; xem lại số, hoặc thêm "
				     "văn bản vào tệp đó",
				     "%s: no document \"%s\" in %s; look at its number again, or "
				     "add it to that file"),
				   c->code, c->bases[i], sources[CODES_DOCUMENTS].file);
}

void seeds_check(const struct codes lists[static CODES_LISTS], struct faults *faults)
{
	for (int which = 0; which < CODES_LISTS; which++) {
		for (int i = 0; i < lists[which].count; i++) {
			check_days(sources[which].file, &lists[which], i, faults);
			check_cited(sources[which].file, &lists[which].list[i], lists, faults);
		}
	}
}
