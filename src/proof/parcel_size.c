/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pack would weigh: told before somebody on a thin line begins to take it. */
#include "base/limits.h"
#include "proof/parcel_inside.h"
#include "proof/reader.h"

#include <stdio.h>
#include <sys/stat.h>

/* Guesses above what generated entries take, which are alike: with its hash, which does not pack,
 * one of bench/log_make.c has 57 bytes, and its tables become a twelfth or less. */
#define ENTRY_PACKED_BYTES 130
#define TABLE_PACKS 8 /* times */

/* Tables go nowhere, sounds are only looked at. */
struct weighing {
	const struct parcel *p;
	struct parcel_size *size;
	int64_t table_bytes;
};

static bool weigh_begin(void *arg, const char *name, struct err *e)
{
	struct weighing *w = arg;

	(void)name;
	(void)e;
	w->size->lines--; /* its head */
	return true;
}

static bool weigh_more(void *arg, const void *data, size_t len, struct err *e)
{
	struct weighing *w = arg;

	(void)e;
	w->table_bytes += (int64_t)len;
	for (size_t i = 0; i < len; i++)
		w->size->lines += ((const char *)data)[i] == '\n';
	return true;
}

static bool weigh_sound(void *arg, const char *file, int64_t *bytes, struct err *e)
{
	struct weighing *w = arg;
	char path[PATH_BYTES * 2];
	struct stat st;

	(void)e;
	*bytes = -1;
	snprintf(path, sizeof(path), "%s/%s", w->p->dir, file);
	if (lstat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return true;
	*bytes = st.st_size;
	w->size->recordings++;
	w->size->recording_bytes += st.st_size;
	return true;
}

bool parcel_size(const struct parcel *p, struct parcel_size *size, struct err *e)
{
	struct weighing w = {p, size, 0};
	struct parcel_sink out = {weigh_begin, weigh_more, weigh_sound, &w};
	int64_t entries;

	*size = (struct parcel_size){0};
	if (!reader_hold(p->view, &entries, e))
		return false;
	bool ok = parcel_tables(p, &out, e);
	reader_release(p->view);
	size->other_bytes = entries * ENTRY_PACKED_BYTES + w.table_bytes / TABLE_PACKS;
	return ok;
}
