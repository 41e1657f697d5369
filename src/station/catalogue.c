/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/catalogue.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/saying.h"
#include "base/text.h"
#include "plan/yamltree.h"
#include "sys/disk.h"

#include <string.h>

#define CODES_TOLD_BYTES 160 /* a list longer than this is not read out */

const struct catalogue catalogue_languages = {"seeds/tieng.yaml", "tieng", "language"};
const struct catalogue catalogue_programmes = {"seeds/chuong-trinh.yaml", "chuong_trinh",
					       "programme"};

static bool find(const struct yamlnode *list, const char *code, struct buf *codes)
{
	for (int i = 0; i < list->count; i++) {
		const struct yamlnode *n = yamlnode_get(list->entries[i].value, "ma");

		if (n == NULL || n->kind != YAMLNODE_TEXT)
			continue;
		if (strcmp(n->text, code) == 0)
			return true;
		buf_print(codes, "%s%s", codes->len > 0 ? ", " : "", n->text);
	}
	return false;
}

static bool refuse(const struct catalogue *c, const char *code, const struct buf *codes,
		   struct err *e)
{
	bool few = codes->len > 0 && codes->len <= CODES_TOLD_BYTES;

	return err_set(e, ERR_USAGE,
		       T("\"%s\": không có mã \"%.31s\" trong %s%s%s; chọn mã có trong tệp đó, "
			 "hoặc thêm mã mới vào tệp",
			 "\"%s\": no code \"%.31s\" in %s%s%s; choose one that stands in that "
			 "file, or add the new one to it"),
		       c->field, code, c->file, few ? ": " : "", few ? buf_str(codes) : "");
}

static void warn_unread(const struct catalogue *c, const char *code, struct warnings *w)
{
	json_t *said = saying(SAYING_LIST_UNREADABLE);

	json_object_set_new(said, "file", json_text(c->file));
	json_object_set_new(said, "name", json_text(code));
	warnings_add(w, said);
}

static bool ask(const struct catalogue *c, const struct buf *text, const char *code,
		struct warnings *w, struct err *e)
{
	struct yamltree tree;
	struct faults faults = {0};
	struct buf codes = {0};
	bool ok = true;

	yamltree_parse(&tree, c->file, buf_str(text), text->len, &faults);
	const struct yamlnode *list =
		tree.root != NULL ? yamlnode_get(tree.root, c->list) : NULL;
	if (list == NULL || list->kind != YAMLNODE_LIST)
		warn_unread(c, code, w);
	else
		ok = find(list, code, &codes) || refuse(c, code, &codes, e);
	buf_finish(&codes);
	faults_finish(&faults);
	yamltree_finish(&tree);
	return ok;
}

bool catalogue_has(const struct catalogue *c, struct disk *disk, const char *code,
		   struct warnings *w, struct err *e)
{
	struct buf text = {0};
	struct err none = {0};
	bool ok = true;

	if (disk_read(disk, c->file, YAML_FILE_BYTES_MAX, &text, &none))
		ok = ask(c, &text, code, w, e);
	else if (none.kind != ERR_NOT_FOUND)
		warn_unread(c, code, w);
	buf_finish(&text);
	return ok;
}

static json_t *text_at(const struct yamlnode *entry, const char *key)
{
	const struct yamlnode *n = yamlnode_get(entry, key);

	return n != NULL && n->kind == YAMLNODE_TEXT ? json_text(n->text) : json_null();
}

static void list_entries(const struct yamlnode *list, json_t *out)
{
	for (int i = 0; i < list->count; i++) {
		const struct yamlnode *entry = list->entries[i].value;
		json_t *code = text_at(entry, "ma");

		if (json_is_string(code))
			json_array_append_new(out, json_pack("{s:O, s:o, s:o, s:o}", "code", code,
							     "name", text_at(entry, "ten"), "from",
							     text_at(entry, "from"), "to",
							     text_at(entry, "to")));
		json_decref(code);
	}
}

json_t *catalogue_list(const struct catalogue *c, struct disk *disk)
{
	struct buf text = {0};
	struct err none = {0};
	struct yamltree tree;
	struct faults faults = {0};
	json_t *out = json_array();

	if (disk_read(disk, c->file, YAML_FILE_BYTES_MAX, &text, &none)) {
		yamltree_parse(&tree, c->file, buf_str(&text), text.len, &faults);
		const struct yamlnode *list =
			tree.root != NULL ? yamlnode_get(tree.root, c->list) : NULL;
		if (list != NULL && list->kind == YAMLNODE_LIST)
			list_entries(list, out);
		faults_finish(&faults);
		yamltree_finish(&tree);
	}
	buf_finish(&text);
	return out;
}
