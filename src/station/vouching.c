/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/vouching.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "proof/notary.h"
#include "proof/tree.h"
#include "station/vouching_ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MEMORY_BYTES_MAX 2048

static void path_of(const char *name, char out[static PATH_BYTES])
{
	snprintf(out, PATH_BYTES, VOUCHING_DIR "/%s", name);
}

void vouching_recall(struct disk *d, const char *name, struct vouching_memory *m)
{
	char path[PATH_BYTES];
	struct buf b = {0};
	struct err ignored;

	*m = (struct vouching_memory){.size = 0};
	path_of(name, path);
	json_t *o = disk_read(d, path, MEMORY_BYTES_MAX, &b, &ignored)
			    ? json_read(buf_str(&b), b.len, &ignored)
			    : NULL;
	snprintf(m->vkey, sizeof(m->vkey), "%s", json_get_text(o, "vkey", ""));
	m->size = json_get_integer(o, "size", 0);
	m->time_s = json_get_integer(o, "time_s", 0);
	m->at_s = json_get_integer(o, "at_s", 0);
	m->told_s = json_get_integer(o, "told_s", 0);
	json_decref(o);
	buf_finish(&b);
}

bool vouching_keep(struct disk *d, const char *name, const struct vouching_memory *m,
		   struct err *e)
{
	char path[PATH_BYTES];
	json_t *o = json_pack("{s:s, s:I, s:I, s:I, s:I}", "vkey", m->vkey, "size",
			      (json_int_t)m->size, "time_s", (json_int_t)m->time_s, "at_s",
			      (json_int_t)m->at_s, "told_s", (json_int_t)m->told_s);
	char *line = json_dumps(o, JSON_LINE);

	must(line != NULL);
	path_of(name, path);
	bool ok = disk_make_dir(d, VOUCHING_DIR, e) && disk_put(d, path, line, strlen(line), e);
	free(line);
	json_decref(o);
	return ok;
}

void vouching_fault(struct vouching_one *one, enum saying s, const char *key, json_t *figure)
{
	one->result = VOUCHING_FAULT;
	saying_store(one->fault, sizeof(one->fault), s, key, figure);
}

void vouching_path(const struct vouching *v, const char *name, char out[static PATH_BYTES])
{
	char log[LOG_DIR_BYTES];

	log_dir(v->log, log);
	snprintf(out, PATH_BYTES, "%s/%s", log, name);
}

/* The head on the disk, signed by this log's key, and that of the entries on the disk: nobody
 * outside shall see one that is not. */
static bool read_head(struct vouching *v)
{
	char path[PATH_BYTES], log[LOG_DIR_BYTES];
	struct note_verifier key;
	struct tree t;
	struct hash root;
	struct err ignored;

	vouching_path(v, NOTARY_CHECKPOINT, path);
	if (!note_verifier_parse(&key, v->vkey, &ignored) ||
	    !disk_read(v->disk, path, NOTE_BYTES_MAX, &v->note, &ignored) || v->note.len == 0 ||
	    !checkpoint_open(v->note.data, v->note.len, &key, 1, &v->head, NULL, &ignored))
		return false;
	log_dir(v->log, log);
	tree_init(&t, v->disk, log, v->head.size);
	return tree_root(&t, v->head.size, &root, &ignored) && hash_equal(&root, &v->head.root);
}

/* Lines of witnesses that signed this very head before are kept. */
static bool keep_lines(struct vouching *v, struct err *e)
{
	char path[PATH_BYTES];
	struct buf b = {0};
	struct err ignored;
	size_t before = 0;

	vouching_path(v, NOTARY_WITNESSED, path);
	bool same = disk_read(v->disk, path, NOTE_BYTES_MAX, &b, &ignored) &&
		    b.len >= v->note.len && memcmp(b.data, v->note.data, v->note.len) == 0;
	if (!same) {
		buf_reset(&b);
		buf_add(&b, v->note.data, v->note.len);
	}
	before = b.len;
	for (int i = 0; i < v->count; i++) {
		const struct buf *lines = &v->witnesses[i].lines;
		if (lines->len > 0 && b.len + lines->len <= NOTE_BYTES_MAX &&
		    strstr(b.data, lines->data) == NULL)
			buf_add(&b, lines->data, lines->len);
	}
	bool ok = b.len == before || disk_put(v->disk, path, b.data, b.len, e);
	buf_finish(&b);
	return ok;
}

static void not_kept(struct vouching_one *one, const struct err *e)
{
	if (one->result == VOUCHING_SEEN)
		vouching_fault(one, SAYING_STAMP_KEEPING, "why", json_text(e->text));
}

static bool wanted(const struct vouching *v)
{
	bool any = v->tsa.asked;

	for (int i = 0; i < v->count; i++)
		any = any || v->witnesses[i].asked;
	return any;
}

static void unreadable(struct vouching_one *one)
{
	if (one->asked)
		vouching_fault(one, SAYING_HEAD_UNREADABLE, NULL, NULL);
}

bool vouching_run(struct vouching *v, struct err *e)
{
	if (!wanted(v))
		return true;
	if (!read_head(v)) {
		unreadable(&v->tsa);
		for (int i = 0; i < v->count; i++)
			unreadable(&v->witnesses[i]);
		return true;
	}
	for (int i = 0; i < v->count && !atomic_load(&v->stop); i++)
		if (v->witnesses[i].asked)
			vouching_ask_witness(v, &v->witnesses[i]);
	if (!keep_lines(v, e))
		for (int i = 0; i < v->count; i++)
			not_kept(&v->witnesses[i], e);
	if (v->tsa.asked && !atomic_load(&v->stop))
		vouching_ask_tsa(v);
	return true;
}

void vouching_finish(struct vouching *v)
{
	for (int i = 0; i < v->count; i++)
		buf_finish(&v->witnesses[i].lines);
	buf_finish(&v->note);
}
