/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/lastgood.h"

#include "base/json.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "sys/log.h"

#include <stdio.h>

struct world_files *lastgood_of(struct view *v, const char *dir)
{
	struct err e = {0};
	json_t *last = NULL;
	struct world_files *files = NULL;

	if (!reader_last(v, KIND_TIMETABLE, &last, &e))
		log_warn("%s", e.text);
	if (last != NULL && (files = world_files_kept(dir, last, &e)) == NULL)
		log_warn("%s", e.text);
	json_decref(last);
	if (files == NULL || files->faults.errors == 0)
		return files;
	world_files_free(files);
	return NULL;
}

struct world_files *lastgood_load(const char *dir)
{
	char path[PATH_BYTES + 16];
	struct world_files *files;
	struct view *v;
	struct err ignored;

	snprintf(path, sizeof(path), "%s/view.sqlite", dir);
	if (!reader_open(&v, path, &ignored)) /* it has no log yet */
		return NULL;
	files = lastgood_of(v, dir);
	reader_close(v);
	return files;
}
