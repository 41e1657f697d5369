/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/world_assets.h"

#include "base/must.h"
#include "library/assets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The sound files that settings and slots name, and every place that names one. */
struct wanted {
	struct asset_info *list;
	int count;
	struct place {
		const char *file;
		int line;
		int asset; /* number in the list */
	} *places;
	int place_count;
	struct world_files *w;
};

static int find_wanted(struct wanted *a, const char *path)
{
	for (int i = 0; i < a->count; i++)
		if (strcmp(a->list[i].path, path) == 0)
			return i;
	a->list = realloc(a->list, (size_t)(a->count + 1) * sizeof(*a->list));
	must(a->list != NULL);
	a->list[a->count] = (struct asset_info){0};
	snprintf(a->list[a->count].path, sizeof(a->list[0].path), "%s", path);
	return a->count++;
}

static void want(struct wanted *a, const char *file, int line, const char *path)
{
	if (path[0] == '\0')
		return;
	a->places = realloc(a->places, (size_t)(a->place_count + 1) * sizeof(*a->places));
	must(a->places != NULL);
	a->places[a->place_count++] = (struct place){file, line, find_wanted(a, path)};
}

static void want_slot(struct wanted *a, const struct slot *slot)
{
	if (slot->play.kind == PLAY_FILE)
		want(a, slot->file, slot->play.file_line, slot->play.file);
	if (slot->has_fallback && slot->fallback.kind == PLAY_FILE)
		want(a, slot->file, slot->fallback.file_line, slot->fallback.file);
}

/* Those of faulty timetables too: who mends the fault would find the missing file only then. */
static void want_all(struct wanted *a)
{
	const struct settings *s = &a->w->settings;
	const struct schedule *schedule = &a->w->schedule;

	want(a, s->file, s->ident_line, s->ident);
	want(a, s->file, s->ident_out_line, s->ident_out);
	want(a, s->file, s->bed_line, s->bed);
	for (int i = 0; i < schedule->slot_count; i++)
		want_slot(a, &schedule->slots[i]);
	for (int i = 0; i < schedule->set_aside_count; i++)
		want_slot(a, &schedule->set_aside[i]);
}

static void asset_fault(const struct asset_info *info, const struct err *e, void *arg)
{
	struct wanted *a = arg;

	for (int i = 0; i < a->place_count; i++)
		if (a->places[i].asset == info - a->list)
			faults_add(&a->w->faults, FAULT_WARNING, a->places[i].file,
				   a->places[i].line, "%s", e->text);
}

static void add_asset(struct world_files *w, const struct asset_info *info)
{
	w->assets = realloc(w->assets, (size_t)(w->asset_count + 1) * sizeof(*w->assets));
	must(w->assets != NULL);
	struct asset *a = &w->assets[w->asset_count++];
	*a = (struct asset){.frames = info->frames,
			    .loudness_lufs = info->loudness_lufs,
			    .peak_dbtp = info->peak_dbtp};
	snprintf(a->path, sizeof(a->path), "%s", info->path);
	snprintf(a->sha256, sizeof(a->sha256), "%s", info->sha256);
}

void world_assets_add(struct world_files *w, const char *dir)
{
	struct wanted a = {.w = w};

	want_all(&a);
	assets_resolve(dir, a.list, a.count, asset_fault, &a);
	for (int i = 0; i < a.count; i++)
		if (a.list[i].sha256[0] != '\0')
			add_asset(w, &a.list[i]);
	free(a.list);
	free(a.places);
}
