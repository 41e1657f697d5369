/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/yamltree.h"

#include "base/must.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct anchor {
	const char *name;
	const struct yamlnode *node;
	bool open; /* its node is not complete: an alias here would be a loop */
};

/* libyaml's events, not its documents: only here can depth and size be refused while they grow. */
struct builder {
	yaml_parser_t parser;
	struct arena *arena;
	const char *file;
	struct faults *faults;
	struct anchor anchors[YAML_ANCHORS_MAX];
	int anchor_count;
	int64_t nodes;
	/* Marks count characters; what is cut and put in is bytes. The last place looked up. */
	const char *text;
	size_t len, at_char, at_byte, skipped;
};

static struct yamlnode *build(struct builder *b, yaml_event_t *event, int depth);

static void *refuse(struct builder *b, size_t line, const char *text)
{
	faults_add(b->faults, FAULT_ERROR, b->file, (int)line + 1, "%s", text);
	return NULL;
}

/* The next event; false and a fault when the text is not YAML. The caller deletes the event. */
static bool next(struct builder *b, yaml_event_t *event)
{
	if (yaml_parser_parse(&b->parser, event))
		return true;
	size_t line = b->parser.problem_mark.line;
	/* What the reader (not the scanner) refuses has no mark but an offset: bad UTF-8. */
	if (b->parser.error == YAML_READER_ERROR)
		line = b->parser.mark.line;
	faults_add(b->faults, FAULT_ERROR, b->file, (int)line + 1,
		   T("không phải YAML đúng cách (%s); xem lại chỗ thụt đầu dòng, dấu hai chấm và "
		     "dấu nháy",
		     "this is not well-formed YAML (%s); look at indentation, colons and quotes"),
		   b->parser.problem != NULL ? b->parser.problem : "?");
	return false;
}

/* The byte at which a mark stands. Marks come in order but for a few. */
static size_t byte_of(struct builder *b, size_t mark)
{
	if (mark < b->at_char)
		b->at_char = b->at_byte = 0;
	while (b->at_char < mark && b->at_byte < b->len) {
		b->at_byte++;
		while (b->at_byte < b->len && ((unsigned char)b->text[b->at_byte] & 0xc0) == 0x80)
			b->at_byte++;
		b->at_char++;
	}
	return b->at_byte + b->skipped;
}

static bool count_nodes(struct builder *b, int64_t more, size_t line)
{
	b->nodes += more;
	if (b->nodes <= YAML_NODES_MAX)
		return true;
	refuse(b, line, T("tệp quá lớn hoặc dùng lại nhau quá nhiều lần (& và *)",
			  "the file is too large, or its aliases (& and *) multiply"));
	return false;
}

/* Registers an anchor for a node that begins; its number, −1 without one or without room. */
static int open_anchor(struct builder *b, const yaml_char_t *name, const struct yamlnode *node)
{
	if (name == NULL || b->anchor_count == YAML_ANCHORS_MAX)
		return -1;
	const char *copy = arena_text(b->arena, name, strlen((const char *)name));
	b->anchors[b->anchor_count] = (struct anchor){copy, node, true};
	return b->anchor_count++;
}

static struct yamlnode *build_alias(struct builder *b, const yaml_event_t *event, int depth)
{
	const char *name = (const char *)event->data.alias.anchor;
	size_t line = event->start_mark.line;

	for (int i = b->anchor_count - 1; i >= 0; i--) {
		const struct anchor *a = &b->anchors[i];
		if (strcmp(a->name, name) != 0)
			continue;
		if (a->open)
			return refuse(b, line, T("phần này tự gọi lại chính nó (vòng lặp & và *)",
						 "this part includes itself (a loop of & and *)"));
		if (depth + a->node->height > YAML_DEPTH_MAX)
			return refuse(b, line, T("lồng quá nhiều tầng", "nested too deeply"));
		if (!count_nodes(b, a->node->size, line))
			return NULL;
		/* Shared, not copied; the cast is undone by every caller, which only reads it. */
		return (struct yamlnode *)a->node;
	}
	return refuse(b, line, T("dấu * gọi một tên chưa được đặt bằng &",
				 "* names a place that no & has named before"));
}

static struct yamlnode *build_text(struct builder *b, const yaml_event_t *event)
{
	const char *value = (const char *)event->data.scalar.value;
	size_t len = event->data.scalar.length;

	if (memchr(value, '\0', len) != NULL)
		return refuse(b, event->start_mark.line,
			      T("có ký tự NUL trong chữ", "there is a NUL character in the text"));
	struct yamlnode *node = arena_take(b->arena, 1, sizeof(*node));
	node->kind = YAMLNODE_TEXT;
	node->text = arena_text(b->arena, value, len);
	node->from = byte_of(b, event->start_mark.index);
	node->to = byte_of(b, event->end_mark.index);
	node->literal = event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
			event->data.scalar.style == YAML_FOLDED_SCALAR_STYLE;
	int anchor = open_anchor(b, event->data.scalar.anchor, node);
	if (anchor >= 0)
		b->anchors[anchor].open = false;
	return node;
}

/* Entries of one collection while it grows. */
struct growing {
	struct yamlentry *list;
	int count, capacity;
};

static void grow(struct growing *g, struct yamlentry entry)
{
	if (g->count == g->capacity) {
		g->capacity = g->capacity > 0 ? 2 * g->capacity : 16;
		g->list = realloc(g->list, (size_t)g->capacity * sizeof(*g->list));
		must(g->list != NULL);
	}
	g->list[g->count++] = entry;
}

static void check_double(struct builder *b, const struct growing *g, const char *key, size_t line)
{
	for (int i = 0; i < g->count; i++) {
		if (strcmp(g->list[i].key, key) != 0)
			continue;
		faults_add(b->faults, FAULT_ERROR, b->file, (int)line + 1,
			   T("khóa \"%.60s\" đã có ở dòng %d; bỏ một trong hai",
			     "the key \"%.60s\" stands already in line %d; remove one of them"),
			   key, g->list[i].line);
		return;
	}
}

/* The key at hand; false and a fault if it is not plain text or there are too many. */
static bool build_key(struct builder *b, const struct growing *g, yaml_event_t *event,
		      struct yamlentry *entry)
{
	if (event->type != YAML_SCALAR_EVENT || event->data.scalar.anchor != NULL) {
		refuse(b, event->start_mark.line,
		       T("tên khóa phải là một từ", "a key must be a plain word"));
		return false;
	}
	if (g->count == YAML_KEYS_MAX) {
		refuse(b, event->start_mark.line,
		       T("quá nhiều khóa trong một chỗ", "too many keys in one place"));
		return false;
	}
	const struct yamlnode *key = build_text(b, event);
	if (key == NULL)
		return false;
	check_double(b, g, key->text, event->start_mark.line);
	entry->key = key->text;
	entry->line = (int)event->start_mark.line + 1;
	entry->from = key->from;
	entry->to = key->to;
	return true;
}

/* One entry whose first event is at hand. */
static bool build_entry(struct builder *b, struct growing *g, bool map, yaml_event_t *event,
			int depth)
{
	struct yamlentry entry = {.line = (int)event->start_mark.line + 1};
	yaml_event_t value;

	if (!map) {
		entry.from = entry.to = byte_of(b, event->start_mark.index);
		entry.value = build(b, event, depth + 1);
	} else {
		if (!build_key(b, g, event, &entry) || !next(b, &value))
			return false;
		entry.value = build(b, &value, depth + 1);
		yaml_event_delete(&value);
	}
	if (entry.value != NULL)
		grow(g, entry);
	return entry.value != NULL;
}

/* *end: one past a "}" or "]"; what ends by its indentation ends with its last entry. */
static bool build_entries(struct builder *b, struct growing *g, bool map, int depth, size_t *end)
{
	yaml_event_type_t last = map ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT;

	for (;;) {
		yaml_event_t event;
		if (!next(b, &event))
			return false;
		bool done = event.type == last;
		if (done)
			*end = byte_of(b, event.end_mark.index);
		bool ok = done || build_entry(b, g, map, &event, depth);
		yaml_event_delete(&event);
		if (done || !ok)
			return ok;
	}
}

static struct yamlnode *build_collection(struct builder *b, const yaml_event_t *event, int depth)
{
	bool map = event->type == YAML_MAPPING_START_EVENT;
	struct yamlnode *node = arena_take(b->arena, 1, sizeof(*node));
	struct growing g = {0};
	int anchor = open_anchor(b, map ? event->data.mapping_start.anchor :
					  event->data.sequence_start.anchor, node);

	node->kind = map ? YAMLNODE_MAP : YAMLNODE_LIST;
	node->flow = map ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
			 : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
	node->from = node->to = byte_of(b, event->start_mark.index);
	size_t end = node->from;
	bool ok = build_entries(b, &g, map, depth, &end);
	struct yamlentry *entries = arena_take(b->arena, (size_t)g.count, sizeof(*entries));
	if (g.count > 0)
		memcpy(entries, g.list, (size_t)g.count * sizeof(*entries));
	node->entries = entries;
	node->count = g.count;
	if (node->flow)
		node->to = end;
	else if (g.count > 0)
		node->to = g.list[g.count - 1].value->to;
	free(g.list);
	if (anchor >= 0)
		b->anchors[anchor].open = false;
	return ok ? node : NULL;
}

static void measure(struct yamlnode *node)
{
	node->size = 1;
	for (int i = 0; i < node->count; i++) {
		const struct yamlnode *below = node->entries[i].value;
		node->size += below->size;
		if (below->height >= node->height)
			node->height = below->height + 1;
	}
}

/* The node that begins with this event; NULL after a fault. Recursion is bounded by the depth. */
static struct yamlnode *build(struct builder *b, yaml_event_t *event, int depth)
{
	struct yamlnode *node;
	size_t line = event->start_mark.line;

	if (event->type == YAML_ALIAS_EVENT)
		return build_alias(b, event, depth);
	if (depth > YAML_DEPTH_MAX)
		return refuse(b, line, T("lồng quá nhiều tầng", "nested too deeply"));
	if (!count_nodes(b, 1, line))
		return NULL;
	if (event->type == YAML_SCALAR_EVENT)
		node = build_text(b, event);
	else
		node = build_collection(b, event, depth);
	if (node == NULL)
		return NULL;
	node->line = (int)line + 1;
	measure(node);
	return node;
}

/* Passes by the events that carry nothing, to the first that does or the end of the stream. */
static bool skip_frame(struct builder *b, yaml_event_t *event)
{
	while (next(b, event)) {
		if (event->type != YAML_STREAM_START_EVENT &&
		    event->type != YAML_DOCUMENT_START_EVENT &&
		    event->type != YAML_DOCUMENT_END_EVENT)
			return true;
		yaml_event_delete(event);
	}
	return false;
}

static const struct yamlnode *build_document(struct builder *b)
{
	const struct yamlnode *root;
	yaml_event_t event;

	if (!skip_frame(b, &event))
		return NULL;
	if (event.type == YAML_STREAM_END_EVENT)
		root = refuse(b, 0, T("tệp trống", "the file is empty"));
	else
		root = build(b, &event, 0);
	yaml_event_delete(&event);
	if (root == NULL || !skip_frame(b, &event))
		return NULL;
	if (event.type != YAML_STREAM_END_EVENT)
		root = refuse(b, event.start_mark.line,
			      T("tệp chỉ được có một tài liệu; bỏ dòng \"---\" này",
				"only one document in a file; remove this \"---\""));
	yaml_event_delete(&event);
	return root;
}

bool yamltree_parse(struct yamltree *t, const char *file, const char *text, size_t len,
		    struct faults *faults)
{
	struct builder b = {.arena = &t->arena, .file = file, .faults = faults};
	int errors = faults->errors;

	*t = (struct yamltree){0};
	if (len > YAML_FILE_BYTES_MAX) {
		faults_add(faults, FAULT_ERROR, file, 0, T("tệp lớn hơn %d MB", "larger than %d "
										"MB"),
			   YAML_FILE_BYTES_MAX >> 20);
		return false;
	}
	must(yaml_parser_initialize(&b.parser));
	yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
	must(text != NULL);
	/* Windows' Notepad puts it there; with the encoding set, libyaml takes it for text. */
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		len -= 3;
		b.skipped = 3;
	}
	b.text = text;
	b.len = len;
	yaml_parser_set_input_string(&b.parser, (const unsigned char *)text, len);
	t->root = build_document(&b);
	yaml_parser_delete(&b.parser);
	return faults->errors == errors;
}

void yamltree_finish(struct yamltree *t)
{
	arena_finish(&t->arena);
	t->root = NULL;
}

const struct yamlnode *yamlnode_get(const struct yamlnode *map, const char *key)
{
	if (map == NULL || map->kind != YAMLNODE_MAP)
		return NULL;
	for (int i = 0; i < map->count; i++)
		if (strcmp(map->entries[i].key, key) == 0)
			return map->entries[i].value;
	return NULL;
}

static json_t *list_json(const struct yamlnode *node)
{
	json_t *list = json_array();

	for (int i = 0; i < node->count; i++)
		json_array_append_new(list, yamlnode_json(node->entries[i].value));
	return list;
}

static json_t *map_json(const struct yamlnode *node)
{
	json_t *map = json_object();

	for (int i = 0; i < node->count; i++)
		json_object_set_new(map, node->entries[i].key,
				    yamlnode_json(node->entries[i].value));
	return map;
}

json_t *yamlnode_json(const struct yamlnode *node)
{
	if (node->kind == YAMLNODE_TEXT)
		return json_string(node->text);
	return node->kind == YAMLNODE_LIST ? list_json(node) : map_json(node);
}
