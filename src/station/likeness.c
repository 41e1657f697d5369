/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/likeness.h"

#include "base/must.h"
#include "base/path.h"
#include "library/alike.h"
#include "library/print.h"
#include "mix/feeder.h"
#include "proof/reader.h"
#include "sys/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct candidate {
	char id[ID_BYTES], sha256[SHA256_HEX_BYTES];
};

struct looking {
	const char *dir, *sha256, *replaces;
	_Atomic bool *cancel;
	struct candidate *candidates; /* the newest first */
	int count, made;
};

static bool note(const struct bulletin *b, void *arg)
{
	struct looking *l = arg;

	if (strcmp(b->sha256, l->sha256) == 0 || strcmp(b->id, l->replaces) == 0)
		return true;
	struct candidate *c = &l->candidates[l->count++];
	memcpy(c->id, b->id, sizeof(c->id));
	memcpy(c->sha256, b->sha256, sizeof(c->sha256));
	return l->count < LIKENESS_LOOKED_MAX;
}

/* The view is closed before anything is compared: a snapshot that is held long keeps SQLite from
 * tidying its log. */
static bool find_candidates(struct looking *l, int64_t frames, struct err *e)
{
	char path[PATH_BYTES + 16];
	int64_t more = frames * LIKENESS_PERCENT / 100;
	int64_t least = (int64_t)(LIKENESS_S * FRAMES_PER_S);
	struct view *v;

	snprintf(path, sizeof(path), "%s/view.sqlite", l->dir);
	if (!reader_open(&v, path, e))
		return false;
	bool ok = reader_of_length(v, frames, more > least ? more : least, note, l, e);
	reader_close(v);
	return ok;
}

static void add(void *arg, const float *samples, size_t frames)
{
	print_add(arg, samples, frames);
}

static bool make(struct looking *l, const char *sha256, struct print *p, struct err *e)
{
	struct print_maker *m = print_begin();
	char path[PATH_MASTER_BYTES];

	l->made++;
	*p = (struct print){0};
	path_master(path, l->dir, sha256, ".flac");
	bool ok = source_read_master(path, sha256, add, m, e);
	print_end(m, ok ? p : NULL);
	return ok && print_save(p, l->dir, sha256, e);
}

/* False without an error: its turn is later. */
static bool get(struct looking *l, const char *sha256, struct print *p)
{
	struct err e = {0};

	if (print_load(p, l->dir, sha256, &e))
		return true;
	if (l->made >= LIKENESS_MADE_MAX || (e.kind != ERR_NOT_FOUND && e.kind != ERR_DAMAGED))
		return false;
	if (make(l, sha256, p, &e))
		return true;
	print_free(p);
	log_warn("%s", e.text);
	return false;
}

static void compare_all(struct looking *l, const struct print *mine, struct likeness *found)
{
	struct print other;

	for (int i = 0; i < l->count && !atomic_load(l->cancel); i++) {
		const struct candidate *c = &l->candidates[i];
		/* An edited bulletin keeps its master: it is read once, and the newest counts. */
		if ((i > 0 && strcmp(c->sha256, c[-1].sha256) == 0) || !get(l, c->sha256, &other))
			continue;
		double share = alike(mine, &other);
		if (share > found->share) {
			found->share = share;
			memcpy(found->bulletin, c->id, sizeof(c->id));
		}
		print_free(&other);
	}
}

void likeness_look(const char *dir, const char *sha256, int64_t frames, const char *replaces,
		   _Atomic bool *cancel, struct likeness *found)
{
	struct looking l = {.dir = dir, .sha256 = sha256, .replaces = replaces, .cancel = cancel};
	struct err e = {0};
	struct print mine;

	*found = (struct likeness){.share = 0};
	l.candidates = calloc(LIKENESS_LOOKED_MAX, sizeof(*l.candidates));
	must(l.candidates != NULL);
	if (!find_candidates(&l, frames, &e))
		log_warn("%s", e.text);
	else if (l.count > 0 && get(&l, sha256, &mine)) {
		compare_all(&l, &mine, found);
		print_free(&mine);
	}
	free(l.candidates);
}
