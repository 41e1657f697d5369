/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of the simulated disk, and the changes to them that are not durable yet. */
#include "base/must.h"
#include "sys/disk_sim_inside.h"

#include <stdlib.h>
#include <string.h>

static uint32_t hash_bytes(const char *text, size_t len)
{
	uint32_t h = 2166136261u; /* FNV-1a */

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)text[i]) * 16777619u;
	return h | 1; /* 0 means: no path */
}

uint32_t disk_sim_hash(const char *path)
{
	return hash_bytes(path, strlen(path));
}

static uint32_t hash_parent(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? hash_bytes(path, (size_t)(slash - path)) : disk_sim_hash(".");
}

static int find(const struct names *n, const char *path)
{
	uint32_t hash = disk_sim_hash(path);

	for (int i = 0; i < n->count; i++)
		/* The analyzer loses names_drop's change of count: a freed path is off the list.
		 * NOLINTNEXTLINE(clang-analyzer-unix.Malloc) */
		if (n->list[i].hash == hash && strcmp(n->list[i].path, path) == 0)
			return i;
	return -1;
}

int names_find(const struct names *n, const char *path)
{
	int i = find(n, path);

	return i < 0 ? -1 : n->list[i].inode;
}

static char *copy_text(const char *text)
{
	char *copy = strdup(text);

	must(copy != NULL);
	return copy;
}

void names_set(struct names *n, const char *path, int inode)
{
	int i = find(n, path);

	if (i >= 0) {
		n->list[i].inode = inode;
		return;
	}
	if (n->count == n->capacity) {
		n->capacity = n->capacity ? 2 * n->capacity : 64;
		n->list = realloc(n->list, (size_t)n->capacity * sizeof(*n->list));
		must(n->list != NULL);
	}
	n->list[n->count++] = (struct name){disk_sim_hash(path), copy_text(path), inode};
}

void names_drop(struct names *n, const char *path)
{
	int i = find(n, path);

	if (i < 0)
		return;
	char *gone = n->list[i].path;
	n->list[i] = n->list[--n->count];
	free(gone);
}

bool names_has_children(const struct names *n, const char *dir)
{
	size_t len = strlen(dir);

	for (int i = 0; i < n->count; i++)
		if (strncmp(n->list[i].path, dir, len) == 0 && n->list[i].path[len] == '/')
			return true;
	return false;
}

void names_copy(struct names *to, const struct names *from)
{
	*to = (struct names){.capacity = from->count + 16, .count = from->count};
	to->list = calloc((size_t)to->capacity, sizeof(*to->list));
	must(to->list != NULL);
	for (int i = 0; i < from->count; i++) {
		to->list[i] = from->list[i];
		to->list[i].path = copy_text(from->list[i].path);
	}
}

void names_finish(struct names *n)
{
	for (int i = 0; i < n->count; i++)
		free(n->list[i].path);
	free(n->list);
	*n = (struct names){0};
}

void change_apply(struct names *n, const struct change *c)
{
	if (c->from != NULL && c->other >= 0)
		names_set(n, c->from, c->other);
	else if (c->from != NULL)
		names_drop(n, c->from);
	if (c->to != NULL)
		names_set(n, c->to, c->inode);
}

void change_add(struct disk_sim *d, const char *from, const char *to, int inode, int other)
{
	struct change c = {.inode = inode, .other = other};

	if (from != NULL) {
		c.from = copy_text(from);
		c.from_hash = disk_sim_hash(from);
		c.from_dir = hash_parent(from);
	}
	if (to != NULL) {
		c.to = copy_text(to);
		c.to_hash = disk_sim_hash(to);
		c.to_dir = hash_parent(to);
	}
	if (d->change_count == d->change_capacity) {
		d->change_capacity = d->change_capacity ? 2 * d->change_capacity : 64;
		d->changes = realloc(d->changes, (size_t)d->change_capacity * sizeof(*d->changes));
		must(d->changes != NULL);
	}
	d->changes[d->change_count++] = c;
	change_apply(&d->now, &c);
}

static bool one_of(uint32_t hash, const struct change *c)
{
	return hash != 0 && (hash == c->from_hash || hash == c->to_hash);
}

/* The same name, or a name in a folder that the earlier one made; and a folder is removed only
 * after what was in it. */
bool change_needs(const struct change *later, const struct change *earlier)
{
	return one_of(later->from_hash, earlier) || one_of(later->to_hash, earlier) ||
	       one_of(later->from_dir, earlier) || one_of(later->to_dir, earlier) ||
	       (later->to == NULL && (later->from_hash == earlier->from_dir ||
				      later->from_hash == earlier->to_dir));
}

void change_finish(struct change *c)
{
	free(c->from);
	free(c->to);
}

void change_sync(struct disk_sim *d, const char *dir)
{
	uint32_t hash = disk_sim_hash(dir);
	bool *due = calloc((size_t)d->change_count + 1, sizeof(*due));
	int left = 0;

	must(due != NULL);
	for (int i = d->change_count - 1; i >= 0; i--) {
		const struct change *c = &d->changes[i];

		due[i] = due[i] || c->from_dir == hash || c->to_dir == hash;
		for (int k = 0; due[i] && k < i; k++)
			due[k] = due[k] || change_needs(c, &d->changes[k]);
	}
	for (int i = 0; i < d->change_count; i++) {
		if (due[i]) {
			change_apply(&d->kept, &d->changes[i]);
			change_finish(&d->changes[i]);
		} else {
			d->changes[left++] = d->changes[i];
		}
	}
	d->change_count = left;
	free(due);
}
