/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/seedlist.h"

#include "base/must.h"
#include "base/text.h"
#include "plan/seeds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool seedlist_read(struct yamlread *r, struct yamltree *tree, const char *key, const char *text,
		   size_t len,
		   void (*each)(struct yamlread *r, const struct yamlnode *n, void *arg),
		   void *arg)
{
	yamltree_parse(tree, r->file, text, len, r->faults);
	if (tree->root == NULL)
		return false;
	const struct yamlnode *list = yamlnode_get(tree->root, key);
	if (list == NULL || list->kind != YAMLNODE_LIST) {
		yamlread_fault(r, tree->root->line,
			       T("thiếu danh sách \"%s\"", "the list \"%s\" is missing"), key);
		return false;
	}
	for (int i = 0; i < list->count; i++) {
		r->where[0] = '\0';
		each(r, list->entries[i].value, arg);
	}
	r->where[0] = '\0';
	return true;
}

bool seedlist_code(struct yamlread *r, const struct yamlnode *n, char code[static CODE_BYTES])
{
	if (!yamlread_text(r, n, "ma", code, CODE_BYTES)) {
		yamlread_need(r, n, "ma", T("thiếu mã (\"ma\")", "its code is missing (\"ma\")"));
		return false;
	}
	snprintf(r->where, sizeof(r->where), "%s", code);
	return true;
}

static void tell_choices(struct yamlread *r, int line, const char *key, const char *word,
			 const char *const *words, int count)
{
	char all[REASON_BYTES / 2] = "";
	size_t len = 0;

	for (int i = 0; i < count && len < sizeof(all); i++)
		len += (size_t)snprintf(all + len, sizeof(all) - len, "%s%s", i > 0 ? ", " : "",
					words[i]);
	yamlread_fault(r, line, T("\"%s: %.40s\" không đúng; cần một trong: %s",
				  "\"%s: %.40s\" is not right; it needs one of: %s"),
		       key, word, all);
}

bool seedlist_choice(struct yamlread *r, const struct yamlnode *n, const char *key, bool needed,
		     const char *const *words, int count, int *chosen)
{
	const struct yamlnode *value = yamlnode_get(n, key);
	char word[CODE_BYTES] = "";

	if (value == NULL && needed)
		yamlread_need(r, n, key, T("thiếu một trong các khóa bắt buộc (xem đầu tệp)",
					   "a key that is needed is missing (see the file's top)"));
	if (value == NULL || !yamlread_text(r, n, key, word, sizeof(word)))
		return false;
	for (int i = 0; i < count; i++) {
		if (strcmp(words[i], word) != 0)
			continue;
		*chosen = i;
		return true;
	}
	tell_choices(r, value->line, key, word, words, count);
	return false;
}

void seedlist_days(struct yamlread *r, const struct yamlnode *n, struct date *from,
		   struct date *to)
{
	*from = (struct date){1, 1, 1};
	*to = (struct date){9999, 12, 31};
	yamlread_date(r, n, "from", from);
	yamlread_date(r, n, "to", to);
	if (date_compare(*to, *from) < 0)
		yamlread_fault(r, n->line, T("ngày hết (to) trước ngày bắt đầu (from)",
					     "it ends (to) before it begins (from)"));
}

void *seedlist_add(struct yamlread *r, const struct yamlnode *n, void *list, int *count,
		   size_t size, int most)
{
	if (*count == most) {
		yamlread_fault(r, n->line, T("nhiều hơn %d dòng", "more than %d entries"), most);
		return NULL;
	}
	char *grown = realloc(list, size * (size_t)(*count + 1));
	must(grown != NULL);
	memset(grown + size * (size_t)*count, 0, size);
	(*count)++;
	return grown;
}

bool seedlist_touch(struct date a_from, struct date a_to, struct date b_from, struct date b_to)
{
	return date_compare(a_from, b_to) <= 0 && date_compare(b_from, a_to) <= 0;
}

void seedlist_cited(const struct codes *list, enum codes_list which, const char *code,
		    const char *what, const char *file, int line, const char *where,
		    struct faults *faults)
{
	if (code[0] == '\0' || list->count == 0 ||
	    codes_named(list, code, (struct date){1, 1, 1}) != NULL)
		return;
	faults_add(faults, FAULT_WARNING, file, line,
		   T("%s: \"%s: %s\" không có trong %s; xem lại, hoặc thêm vào tệp đó",
		     "%s: \"%s: %s\" does not stand in %s; look at it again, or add it there"),
		   where, what, code, seeds_file(which));
}
