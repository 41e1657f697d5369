/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/yamledit.h"

#include "base/must.h"
#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct editing {
	struct buf *text;
	yaml_document_t doc;
	yaml_node_t *root;
};

static bool unusual(struct err *e)
{
	return err_set(e, ERR_REFUSED,
		       T("station.yaml được viết theo dạng riêng, trang không sửa được; hãy sửa "
			 "bằng tay rồi chạy: vangxa check",
			 "station.yaml is written in a form that the page cannot change; change "
			 "it by hand, then run: vangxa check"));
}

/* libyaml counts characters, we cut bytes. */
static size_t place(const struct buf *text, yaml_mark_t mark)
{
	const char *s = buf_str(text);
	size_t at = 0;

	for (size_t line = 0; line < mark.line && at < text->len; at++)
		line += s[at] == '\n';
	for (size_t column = 0; column < mark.column && at < text->len; column++)
		for (at++; at < text->len && ((unsigned char)s[at] & 0xC0) == 0x80;)
			at++;
	return at;
}

static void splice(struct buf *text, size_t from, size_t to, const char *with)
{
	struct buf fresh = {0};

	buf_add(&fresh, buf_str(text), from);
	buf_text(&fresh, with);
	buf_add(&fresh, buf_str(text) + to, text->len - to);
	buf_finish(text);
	*text = fresh;
}

/* An alias would let one change reach another place. */
static bool has_alias(const struct buf *text)
{
	yaml_parser_t parser;
	yaml_event_t event;
	bool alias = false, over = false;

	must(yaml_parser_initialize(&parser));
	yaml_parser_set_input_string(&parser, (const unsigned char *)buf_str(text), text->len);
	while (!over && !alias && yaml_parser_parse(&parser, &event)) {
		alias = event.type == YAML_ALIAS_EVENT;
		over = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	return alias || !over;
}

static yaml_node_pair_t *find(struct editing *ed, yaml_node_t *map, const char *key)
{
	for (yaml_node_pair_t *p = map->data.mapping.pairs.start; p < map->data.mapping.pairs.top;
	     p++) {
		const yaml_node_t *k = yaml_document_get_node(&ed->doc, p->key);
		if (k->type == YAML_SCALAR_NODE &&
		    strcmp((const char *)k->data.scalar.value, key) == 0)
			return p;
	}
	return NULL;
}

/* Letters, digits, and what stands in names and paths; begins with a letter. */
static bool needs_no_quotes(const char *value)
{
	static const char *const words[] = {"true", "false", "yes", "no", "on", "off", "null", "y",
					    "n"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(value, words[i]) == 0)
			return false;
	for (const char *c = value; *c != '\0'; c++)
		if (!isalnum((unsigned char)*c) && (unsigned char)*c < 0x80 &&
		    strchr(" /-_.", *c) == NULL)
			return false;
	return isalpha((unsigned char)value[0]) || (unsigned char)value[0] >= 0x80;
}

static void written(struct buf *out, const char *value, bool plain)
{
	if (plain || needs_no_quotes(value)) {
		buf_text(out, value);
		return;
	}
	buf_text(out, "\"");
	for (const char *c = value; *c != '\0'; c++) {
		if (*c == '"' || *c == '\\')
			buf_text(out, "\\");
		buf_add(out, c, 1);
	}
	buf_text(out, "\"");
}

/* Puts the value where the old one stood. */
static bool replace(struct editing *ed, const yaml_node_pair_t *pair, const char *words,
		    struct err *e)
{
	const yaml_node_t *old = yaml_document_get_node(&ed->doc, pair->value);

	if (old->type != YAML_SCALAR_NODE || old->start_mark.line != old->end_mark.line ||
	    old->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
	    old->data.scalar.style == YAML_FOLDED_SCALAR_STYLE || old->data.scalar.length == 0)
		return unusual(e);
	splice(ed->text, place(ed->text, old->start_mark), place(ed->text, old->end_mark), words);
	return true;
}

static void add_line(struct buf *text, const char *line)
{
	if (text->len > 0 && buf_str(text)[text->len - 1] != '\n')
		buf_text(text, "\n");
	buf_print(text, "%s\n", line);
}

/* The lines of a key at the top, whatever its value; a comment at their end goes with them. */
static bool remove_key(struct editing *ed, const yaml_node_pair_t *pair, struct err *e)
{
	const yaml_node_t *key = yaml_document_get_node(&ed->doc, pair->key);
	const yaml_node_t *value = yaml_document_get_node(&ed->doc, pair->value);
	yaml_mark_t from = key->start_mark, to = value->end_mark;

	if (from.column != 0)
		return unusual(e);
	/* What is in block style ends where the next thing begins. */
	if (to.column != 0)
		to.line++;
	to.column = 0;
	splice(ed->text, place(ed->text, from), place(ed->text, to), "");
	return true;
}

/* A key more in a map that is there: {a: 1} or a: 1 on lines of its own. */
static bool insert(struct editing *ed, const yaml_node_t *map, const char *line, struct err *e)
{
	const yaml_node_pair_t *first = map->data.mapping.pairs.start;
	bool empty = first == map->data.mapping.pairs.top;
	struct buf more = {0};

	if (map->data.mapping.style == YAML_FLOW_MAPPING_STYLE) {
		size_t at = place(ed->text, map->end_mark) - 1;
		buf_print(&more, "%s%s", empty ? "" : ", ", line);
		splice(ed->text, at, at, buf_str(&more));
	} else if (!empty) {
		yaml_mark_t mark = yaml_document_get_node(&ed->doc, first->key)->start_mark;
		size_t at = place(ed->text, mark);
		buf_print(&more, "%s\n%*s", line, (int)mark.column, "");
		splice(ed->text, at, at, buf_str(&more));
	} else {
		return unusual(e);
	}
	buf_finish(&more);
	return true;
}

static bool change(struct editing *ed, const char *map, const char *key, const char *words,
		   struct err *e)
{
	yaml_node_pair_t *top = find(ed, ed->root, map != NULL ? map : key);
	struct buf line = {0};
	bool ok = true;

	if (words[0] == '\0')
		return map != NULL ? unusual(e) : top == NULL || remove_key(ed, top, e);
	buf_print(&line, "%s: %s", key, words);
	if (top == NULL && map != NULL) {
		struct buf whole = {0};
		buf_print(&whole, "%s: {%s}", map, buf_str(&line));
		add_line(ed->text, buf_str(&whole));
		buf_finish(&whole);
	} else if (top == NULL) {
		add_line(ed->text, buf_str(&line));
	} else if (map == NULL) {
		ok = replace(ed, top, words, e);
	} else {
		yaml_node_t *inner = yaml_document_get_node(&ed->doc, top->value);
		yaml_node_pair_t *pair =
			inner->type == YAML_MAPPING_NODE ? find(ed, inner, key) : NULL;
		ok = inner->type != YAML_MAPPING_NODE ? unusual(e)
		     : pair != NULL		      ? replace(ed, pair, words, e)
						      : insert(ed, inner, buf_str(&line), e);
	}
	buf_finish(&line);
	return ok;
}

bool yamledit_set(struct buf *text, const char *map, const char *key, const char *value, bool plain,
		  struct err *e)
{
	struct editing ed = {.text = text};
	struct buf words = {0};
	yaml_parser_t parser;

	if (has_alias(text))
		return unusual(e);
	must(yaml_parser_initialize(&parser));
	yaml_parser_set_input_string(&parser, (const unsigned char *)buf_str(text), text->len);
	bool ok = yaml_parser_load(&parser, &ed.doc) != 0;
	yaml_parser_delete(&parser);
	if (!ok)
		return unusual(e);
	ed.root = yaml_document_get_root_node(&ed.doc);
	if (value[0] != '\0')
		written(&words, value, plain);
	else
		buf_text(&words, "");
	ok = ed.root != NULL && ed.root->type == YAML_MAPPING_NODE &&
	     ed.root->data.mapping.style == YAML_BLOCK_MAPPING_STYLE &&
	     ed.root->start_mark.column == 0;
	ok = ok ? change(&ed, map, key, buf_str(&words), e) : unusual(e);
	buf_finish(&words);
	yaml_document_delete(&ed.doc);
	return ok;
}
