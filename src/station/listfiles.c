/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/listfiles.h"

#include "base/json.h"
#include "plan/lists.h"
#include "proof/entry_lists.h"
#include "proof/reader.h"
#include "station/desk.h"
#include "station/versions.h"
#include "sys/log.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define FILES_MAX 16

struct noting {
	struct entry_file files[FILES_MAX];
	char sha256[FILES_MAX][SHA256_HEX_BYTES];
	int count;
	bool kept;
};

static bool take(struct desk *d, const char *file, struct noting *g, struct err *e)
{
	struct buf text = {0};
	struct err unkept = {0};
	bool there = disk_read(d->disk, file, YAML_FILE_BYTES_MAX, &text, e);

	if (there) {
		char *sha256 = g->sha256[g->count];
		versions_hash(buf_str(&text), text.len, sha256);
		g->files[g->count++] = (struct entry_file){file, sha256};
		if (!versions_put(d->disk, sha256, buf_str(&text), text.len, &unkept)) {
			log_warn("%s", unkept.text);
			g->kept = false;
		}
	}
	buf_finish(&text);
	if (there || e->kind != ERR_NOT_FOUND)
		return there;
	*e = (struct err){0};
	return true;
}

static bool same(const json_t *last, const struct noting *g)
{
	const json_t *list = json_object_get(last, "files");
	bool same = (int)json_array_size(list) == g->count;

	for (int i = 0; same && i < g->count; i++) {
		const json_t *one = json_array_get(list, (size_t)i);
		same = strcmp(json_get_text(one, "file", ""), g->files[i].file) == 0 &&
		       strcmp(json_get_text(one, "sha256", ""), g->sha256[i]) == 0;
	}
	return same;
}

bool listfiles_note(struct desk *d, const char *who, struct err *e)
{
	struct noting g = {.kept = true};
	json_t *last = NULL;
	int64_t n;

	if (!desk_disk_answers(d, e))
		return false;
	for (int i = 0; lists_file(i) != NULL && g.count < FILES_MAX; i++)
		if (!take(d, lists_file(i)->file, &g, e))
			return false;
	if (!reader_last(ledger_view(d->ledger), KIND_LISTS, &last, e))
		return false;
	bool told = last != NULL ? same(last, &g) : g.count == 0;
	json_decref(last);
	return told || ledger_append(d->ledger,
				     entry_lists_changed(g.files, g.count, g.kept, who), &n, e);
}

uint64_t listfiles_stamp(const char *dir)
{
	uint64_t stamp = 0;

	for (int i = 0; lists_file(i) != NULL; i++) {
		char path[2 * PATH_BYTES];
		struct stat st;
		snprintf(path, sizeof(path), "%s/%s", dir, lists_file(i)->file);
		stamp = stamp * UINT64_C(0x100000001B3) + (uint64_t)i + 1;
		if (stat(path, &st) != 0)
			continue;
		stamp ^= (uint64_t)st.st_mtim.tv_sec * NS_PER_S + (uint64_t)st.st_mtim.tv_nsec;
		stamp = stamp * UINT64_C(0x100000001B3) ^ (uint64_t)st.st_size;
		stamp = stamp * UINT64_C(0x100000001B3) ^ (uint64_t)st.st_ino;
	}
	return stamp;
}

void listfiles_poll(struct desk *d, uint64_t *stamp)
{
	uint64_t now = listfiles_stamp(d->dir);
	struct err e = {0};

	if (now == *stamp)
		return;
	if (listfiles_note(d, "", &e))
		*stamp = now; /* else again in a second */
	else
		log_warn("%s", e.text);
}
