/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/confirmed.h"

#include "base/json.h"
#include "base/text.h"
#include "plan/confirm.h"
#include "proof/entry.h"
#include "proof/reader.h"

#include <stdio.h>

void confirmed_check(struct world_files *files, const struct world_files *before)
{
	int from = files->faults.count;
	struct faults again = {0};

	confirm_kept(&before->schedule, &files->schedule, &files->settings, &files->faults);
	if (files->faults.count == from)
		return;
	enum text_reader spoken = text_speak(text_english() ? TEXT_VI : TEXT_EN);
	confirm_kept(&before->schedule, &files->schedule, &files->settings, &again);
	text_speak(spoken);
	faults_pair(&files->faults, from, &again);
	faults_finish(&again);
}

void confirmed_check_kept(struct world_files *files, const char *dir)
{
	char path[PATH_BYTES + 16];
	struct world_files *before = NULL;
	json_t *last = NULL;
	struct view *v;
	struct err ignored;

	snprintf(path, sizeof(path), "%s/view.sqlite", dir);
	if (!reader_open(&v, path, &ignored))
		return;
	if (reader_last(v, KIND_TIMETABLE, &last, &ignored) && last != NULL)
		before = world_files_kept(dir, last, &ignored);
	reader_close(v);
	json_decref(last);
	if (before != NULL)
		confirmed_check(files, before);
	world_files_free(before);
}
