/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A YAML file as a small read-only tree that knows the line of each node. */
#ifndef VX_PLAN_YAMLTREE_H
#define VX_PLAN_YAMLTREE_H

#include "plan/arena.h"
#include "plan/faults.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum yamlnode_kind {
	YAMLNODE_TEXT, /* every scalar; an empty value is "" */
	YAMLNODE_LIST,
	YAMLNODE_MAP,
};

/* Scalars stay text: operators trip over YAML's own guesses (05:30 is 330, "no" is false). */
struct yamlnode {
	enum yamlnode_kind kind;
	int line;			/* 1-based */
	const char *text;		/* YAMLNODE_TEXT; no NUL inside */
	const struct yamlentry *entries; /* the others, in the order of the file */
	int count;
	int height;			/* levels below */
	int64_t size;			/* nodes in it, aliases counted each time */
	size_t from, to; /* bytes of the text; of an alias: where it was written */
	bool flow;	 /* "[…]" or "{…}" */
	bool literal;	 /* a text of lines of its own, behind "|" or ">" */
};

struct yamlentry {
	const char *key; /* NULL in a list */
	int line;
	size_t from, to; /* bytes of the key; in a list both are the value's beginning */
	const struct yamlnode *value;
};

/* The tree owns all its nodes and texts. */
struct yamltree {
	struct arena arena;
	const struct yamlnode *root;
};

/* Reads one document. Within limits.h: file size, depth, number of nodes. An anchor that is used
 * inside itself, aliases that multiply, doubled keys and a second document are faults. False if
 * there was any fault; root is then NULL, unless only keys were doubled. Always:
 * yamltree_finish. */
bool yamltree_parse(struct yamltree *t, const char *file, const char *text, size_t len,
		    struct faults *faults);
void yamltree_finish(struct yamltree *t);

/* The node as JSON: texts, arrays and objects, nothing else. A new reference; NULL for text that is
 * not UTF-8. */
json_t *yamlnode_json(const struct yamlnode *node);

/* The value of a key of a map; NULL if it is not there or the node is no map. */
const struct yamlnode *yamlnode_get(const struct yamlnode *map, const char *key);

#endif
