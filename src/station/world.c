/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/world.h"

#include "base/json.h"
#include "base/must.h"
#include "proof/lag.h"
#include "proof/reader.h"
#include "station/asides.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool add_bulletin(const struct bulletin *b, void *arg)
{
	struct world *w = arg;

	if (w->bulletin_count == BULLETINS_MAX)
		return false;
	if (w->bulletin_count == w->bulletin_capacity) {
		w->bulletin_capacity = w->bulletin_capacity ? w->bulletin_capacity * 2 : 64;
		w->bulletins = realloc(w->bulletins,
				       (size_t)w->bulletin_capacity * sizeof(*w->bulletins));
		must(w->bulletins != NULL);
	}
	w->bulletins[w->bulletin_count++] = *b;
	return true;
}

static void set_input(struct world *w)
{
	w->input = (struct plan_input){
		.settings = &w->files->settings,
		.schedule = &w->files->schedule,
		.bulletins = w->bulletins,
		.bulletin_count = w->bulletin_count,
		.assets = w->files->assets,
		.asset_count = w->files->asset_count,
	};
}

bool world_refresh(struct world *w, struct view *view, struct err *e)
{
	w->bulletin_count = 0;
	bool ok = reader_bulletins(view, -1, add_bulletin, w, e);
	struct stock stock = {w->bulletins, w->bulletin_count, w->bulletin_capacity};
	ok = ok && asides_read(&stock, view, INT64_MAX, e);
	set_input(w);
	return ok;
}

bool world_decide(int64_t n, const char *text, size_t len, void *arg)
{
	struct world *w = arg;
	struct stock stock = {w->bulletins, w->bulletin_count, w->bulletin_capacity};
	struct err ignored;
	json_t *entry = json_read(text, len, &ignored);

	stock_decide(&stock, n, entry);
	json_decref(entry);
	return true;
}

bool world_make(struct world *w, struct world_files *files, struct view *view, struct err *e)
{
	*w = (struct world){.files = files};
	return world_refresh(w, view, e);
}

/* Where there is a log there are bulletins: a plan without them would be a wrong one. */
static bool ran_once(const char *dir)
{
	char path[PATH_BYTES + 16];

	snprintf(path, sizeof(path), "%s/log", dir);
	return access(path, F_OK) == 0;
}

bool world_open(struct world *w, const char *dir, struct faults *faults, struct err *e)
{
	char path[PATH_BYTES + 16];
	struct view *v = NULL;

	*w = (struct world){.files = world_files_load(dir, faults, e)};
	if (w->files == NULL)
		return false;
	set_input(w);
	snprintf(path, sizeof(path), "%s/view.sqlite", dir);
	if (!ran_once(dir))
		return true;
	bool ok = reader_open(&v, path, e) && world_refresh(w, v, e);
	if (ok)
		lag_warn(dir, v);
	reader_close(v);
	if (!ok)
		world_finish(w);
	return ok;
}

void world_finish(struct world *w)
{
	world_files_free(w->files);
	free(w->bulletins);
	*w = (struct world){0};
}

const struct bulletin *world_bulletin(const struct world *w, const char *id)
{
	for (int i = 0; i < w->bulletin_count; i++)
		if (strcmp(w->bulletins[i].id, id) == 0)
			return &w->bulletins[i];
	return NULL;
}
