/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/yamlcut.h"

#include "base/must.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void yamlcut_finish(struct yamlcut *c)
{
	buf_finish(&c->with);
}

void yamlcut_make(const struct yamlcut *c, const char *text, size_t len, struct buf *out)
{
	must(c->from <= c->to && c->to <= len);
	buf_add(out, text, c->from);
	buf_add(out, buf_str(&c->with), c->with.len);
	buf_add(out, text + c->to, len - c->to);
}

/* Words, names, paths, dates and lengths of time: what YAML and people read alike without quotes.
 * What another reader would take for a number or for true is no text without them. */
static bool is_plain(const char *text)
{
	static const char *const words[] = {"true", "false", "yes", "no", "on",
					    "off",  "null",  "y",   "n"};
	size_t len = strlen(text);
	char *end;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(text, words[i]) == 0)
			return false;
	for (const char *c = text; *c != '\0'; c++)
		if (!isalnum((unsigned char)*c) && (unsigned char)*c < 0x80 &&
		    strchr(" /-_.", *c) == NULL)
			return false;
	if (len == 0 || strchr(" /-_.", text[0]) != NULL || text[len - 1] == ' ')
		return false;
	strtod(text, &end);
	return *end != '\0' && strspn(text, "0123456789._") != len && utf8_printable(text, len);
}

static void add_list(struct buf *out, const json_t *list)
{
	const json_t *item;
	size_t i;

	buf_text(out, "[");
	json_array_foreach(list, i, item) {
		buf_text(out, i > 0 ? ", " : "");
		yamlcut_value(out, item);
	}
	buf_text(out, "]");
}

/* No guess is made about "on" here: it is one of ours. */
void yamlcut_key(struct buf *out, const char *key)
{
	if (key[0] != '\0' && strspn(key, "abcdefghijklmnopqrstuvwxyz_") == strlen(key)) {
		buf_text(out, key);
	} else {
		json_t *name = json_string(key);
		yamlcut_value(out, name);
		json_decref(name);
	}
	buf_text(out, ": ");
}

static void add_map(struct buf *out, const json_t *map)
{
	const char *key, *between = "";
	json_t *value;

	buf_text(out, "{");
	json_object_foreach((json_t *)(uintptr_t)map, key, value) {
		buf_text(out, between);
		yamlcut_key(out, key);
		yamlcut_value(out, value);
		between = ", ";
	}
	buf_text(out, "}");
}

void yamlcut_value(struct buf *out, const json_t *value)
{
	if (json_is_array(value)) {
		add_list(out, value);
	} else if (json_is_object(value)) {
		add_map(out, value);
	} else if (json_is_string(value) && is_plain(json_string_value(value))) {
		buf_text(out, json_string_value(value));
	} else {
		/* JSON's quoted text is YAML's, escapes and all. */
		char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(6));
		must(text != NULL);
		buf_text(out, text);
		free(text);
	}
}

static const char *eol(const char *text, size_t len)
{
	const char *end = memchr(text, '\n', len);

	return end != NULL && end > text && end[-1] == '\r' ? "\r\n" : "\n";
}

static size_t line_start(const char *text, size_t at)
{
	while (at > 0 && text[at - 1] != '\n')
		at--;
	return at;
}

/* One past the end of the line, its newline included. */
static size_t line_end(const char *text, size_t len, size_t at)
{
	const char *end = memchr(text + at, '\n', len - at);

	return end != NULL ? (size_t)(end - text) + 1 : len;
}

static bool has_comment(const char *text, size_t from, size_t to)
{
	return memchr(text + from, '#', to - from) != NULL;
}

static bool blank(const char *text, size_t from, size_t to)
{
	for (; from < to; from++)
		if (text[from] != ' ')
			return false;
	return true;
}

static int find_key(const struct yamlnode *map, const char *key)
{
	for (int i = 0; i < map->count; i++)
		if (strcmp(map->entries[i].key, key) == 0)
			return i;
	return -1;
}

/* True if all entries stand where they belong: an alias' value stands elsewhere. */
static bool in_place(const struct yamlnode *node)
{
	for (int i = 0; i < node->count; i++) {
		const struct yamlentry *e = &node->entries[i];
		size_t next = i + 1 < node->count ? node->entries[i + 1].from : SIZE_MAX;
		if (e->value->from < e->to || e->value->to < e->value->from ||
		    e->value->to > next || e->value->literal)
			return false;
	}
	return true;
}

/* Behind the colon of a key. */
static size_t behind_colon(const char *text, const struct yamlentry *e)
{
	const char *colon = strchr(text + e->to, ':');

	return colon != NULL ? (size_t)(colon - text) + 1 : 0;
}

static bool replace(struct yamlcut *c, const char *text, const struct yamlentry *e,
		    const char *value)
{
	const struct yamlnode *n = e->value;
	bool lines = n->kind != YAMLNODE_TEXT && !n->flow;

	c->from = n->from;
	c->to = n->to;
	if (lines || n->from == n->to) {
		c->from = behind_colon(text, e);
		if (c->from == 0 ||
		    (lines && (c->to < c->from || has_comment(text, c->from, c->to))))
			return false;
		c->to = lines ? c->to : c->from;
		buf_text(&c->with, value[0] == '\n' || value[0] == '\r' ? "" : " ");
	}
	buf_text(&c->with, value);
	return true;
}

/* The indentation of a place: as many blanks as stand before it on its line. */
static void indent(struct buf *out, const char *text, size_t at)
{
	for (size_t i = line_start(text, at); i < at; i++)
		buf_text(out, text[i] == '\t' ? "\t" : ((unsigned char)text[i] & 0xc0) == 0x80
							       ? "" : " ");
}

/* A new line behind the one on which a node ends. */
static void begin_line(struct yamlcut *c, const char *text, size_t len, size_t end)
{
	c->from = c->to = line_end(text, len, end);
	if (c->from > 0 && text[c->from - 1] != '\n')
		buf_text(&c->with, eol(text, len));
}

static bool add_key(struct yamlcut *c, const char *text, size_t len, const struct yamlnode *map,
		    const char *key, const char *value)
{
	if (map->flow) {
		c->from = map->count > 0 ? map->entries[map->count - 1].value->to : map->from + 1;
		c->to = c->from;
		buf_print(&c->with, "%s%s: %s", map->count > 0 ? ", " : "", key, value);
		return true;
	}
	if (map->count == 0)
		return false;
	begin_line(c, text, len, map->entries[map->count - 1].value->to);
	indent(&c->with, text, map->entries[0].from);
	buf_print(&c->with, "%s: %s%s", key, value, eol(text, len));
	return true;
}

/* Entry i of something in brackets, with the comma on one side. */
static bool take_flow(struct yamlcut *c, const struct yamlnode *node, int i)
{
	const struct yamlentry *e = &node->entries[i];

	c->from = i > 0 ? node->entries[i - 1].value->to : e->from;
	c->to = i == 0 && node->count > 1 ? node->entries[1].from : e->value->to;
	return true;
}

/* Whole lines, from the place where the entry begins ("from": its dash, or its key). */
static bool take_lines(struct yamlcut *c, const char *text, size_t len, size_t from, size_t end)
{
	c->from = line_start(text, from);
	c->to = line_end(text, len, end);
	return blank(text, c->from, from);
}

static bool take_key(struct yamlcut *c, const char *text, size_t len, const struct yamlnode *map,
		     int i)
{
	const struct yamlentry *e = &map->entries[i];

	if (map->flow)
		return take_flow(c, map, i);
	if (take_lines(c, text, len, e->from, e->value->to))
		return true;
	/* Behind a dash: the next key moves up to its place. */
	if (i + 1 == map->count)
		return false;
	c->from = e->from;
	c->to = map->entries[i + 1].from;
	return !has_comment(text, c->from, c->to);
}

bool yamlcut_set(struct yamlcut *c, const char *text, size_t len, const struct yamlnode *map,
		  const char *key, const char *value)
{
	int i = find_key(map, key);

	if (map->kind != YAMLNODE_MAP || !in_place(map))
		return false;
	if (value == NULL)
		return i >= 0 && take_key(c, text, len, map, i);
	return i >= 0 ? replace(c, text, &map->entries[i], value)
		      : add_key(c, text, len, map, key, value);
}

/* The dash of an element; false if there is something else. */
static bool find_dash(const char *text, size_t at, size_t *dash)
{
	while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\n' || text[at - 1] == '\r'))
		at--;
	*dash = at - 1;
	return at > 0 && text[at - 1] == '-';
}

bool yamlcut_append(struct yamlcut *c, const char *text, size_t len, const struct yamlnode *list,
		     const char *block, const char *flow)
{
	struct buf margin = {0};
	size_t dash;

	if (list->kind != YAMLNODE_LIST || !in_place(list))
		return false;
	if (list->flow) {
		c->from = list->count > 0 ? list->entries[list->count - 1].value->to
					  : list->from + 1;
		c->to = c->from;
		buf_print(&c->with, "%s%s", list->count > 0 ? ", " : "", flow);
		return true;
	}
	if (list->count == 0 || !find_dash(text, list->entries[0].from, &dash))
		return false;
	begin_line(c, text, len, list->entries[list->count - 1].value->to);
	indent(&margin, text, dash);
	buf_print(&c->with, "%s- ", buf_str(&margin));
	for (const char *at = block; *at != '\0';) {
		size_t part = strcspn(at, "\n");
		if (at != block)
			buf_print(&c->with, "%s  ", buf_str(&margin));
		buf_add(&c->with, at, part);
		buf_text(&c->with, eol(text, len));
		at += part + (at[part] == '\n');
	}
	buf_finish(&margin);
	return true;
}

bool yamlcut_remove(struct yamlcut *c, const char *text, size_t len, const struct yamlnode *list,
		     int i)
{
	size_t dash;

	if (list->kind != YAMLNODE_LIST || !in_place(list) || i < 0 || i >= list->count)
		return false;
	if (list->flow)
		return take_flow(c, list, i);
	return list->count > 1 && find_dash(text, list->entries[i].from, &dash) &&
	       take_lines(c, text, len, dash, list->entries[i].value->to);
}
