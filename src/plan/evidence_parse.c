/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/evidence_parse.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

static bool starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* False, and out empty, when it is not there or no such address. */
static bool parse_url(struct yamlread *r, const struct yamlnode *map, const char *key,
		      char out[static PATH_BYTES])
{
	if (!yamlread_text(r, map, key, out, PATH_BYTES))
		return false;
	if ((starts(out, "http://") || starts(out, "https://")) && strpbrk(out, " \"<>\\") == NULL)
		return true;
	yamlread_fault(r, yamlnode_get(map, key)->line,
		       T("\"%s: %.60s\" cần một địa chỉ http:// hoặc https://",
			 "\"%s: %.60s\" needs an address: http:// or https://"), key, out);
	out[0] = '\0';
	return false;
}

/* Files are named after it. */
static bool name_is_free(struct yamlread *r, const struct yamlnode *n, const char *name,
			 const struct settings *s)
{
	int line = yamlnode_get(n, "name")->line;

	if (name[0] == '-' ||
	    strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(name)) {
		yamlread_fault(r, line, T("tên nhân chứng \"%.60s\" chỉ được dùng a-z, 0-9 và -",
					  "a witness's name, \"%.60s\", may only have a-z, 0-9 "
					  "and -"), name);
		return false;
	}
	for (int i = 0; i < s->witness_count; i++)
		if (strcmp(s->witnesses[i].name, name) == 0) {
			yamlread_fault(r, line, T("hai nhân chứng cùng tên \"%.60s\"",
						  "two witnesses are called \"%.60s\""), name);
			return false;
		}
	return true;
}

static void parse_witness(struct yamlread *r, const struct yamlnode *n, struct settings *s)
{
	static const char *const known[] = {"name", "url", "key", NULL};
	struct witness_place w = {.line = n->line};

	if (!yamlread_keys(r, n, known))
		return;
	bool ok = yamlread_need(r, n, "name", T("nhân chứng này thiếu \"name\"",
						"this witness has no \"name\""));
	ok &= yamlread_need(r, n, "url", T("nhân chứng này thiếu \"url\"",
					   "this witness has no \"url\""));
	ok &= yamlread_need(r, n, "key", T("nhân chứng này thiếu \"key\": khóa công khai mà người "
					   "giữ nhân chứng công bố",
					   "this witness has no \"key\": the public key that its "
					   "keeper publishes"));
	ok = ok && yamlread_text(r, n, "name", w.name, sizeof(w.name)) &&
	     name_is_free(r, n, w.name, s) && parse_url(r, n, "url", w.url) &&
	     yamlread_text(r, n, "key", w.key, sizeof(w.key));
	if (!ok)
		return;
	size_t len = strlen(w.url);
	w.url[len - (w.url[len - 1] == '/')] = '\0';
	s->witnesses[s->witness_count++] = w;
}

static void parse_witnesses(struct yamlread *r, const struct yamlnode *n, struct settings *s)
{
	if (n->kind != YAMLNODE_LIST)
		yamlread_fault(r, n->line, T("\"witnesses\" cần một danh sách: - {name: w1, url: "
					     "\"https://…\", key: \"…\"}",
					     "\"witnesses\" needs a list: - {name: w1, url: "
					     "\"https://…\", key: \"…\"}"));
	else if (n->count > WITNESSES_MAX)
		yamlread_fault(r, n->line, T("nhiều nhất %d nhân chứng, ở đây có %d",
					     "%d witnesses at most, here are %d"), WITNESSES_MAX,
			       n->count);
	else
		for (int i = 0; i < n->count; i++)
			parse_witness(r, n->entries[i].value, s);
}

void evidence_parse(struct yamlread *r, const struct yamlnode *n, struct settings *s)
{
	static const char *const known[] = {"tsa", "tsa_ca", "witnesses", NULL};
	const struct yamlnode *list = yamlnode_get(n, "witnesses");

	if (!yamlread_keys(r, n, known))
		return;
	parse_url(r, n, "tsa", s->tsa);
	if (yamlread_text(r, n, "tsa_ca", s->tsa_ca, sizeof(s->tsa_ca)))
		s->tsa_ca_line = yamlnode_get(n, "tsa_ca")->line;
	if (list != NULL)
		parse_witnesses(r, list, s);
}
