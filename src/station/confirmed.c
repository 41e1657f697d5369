/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/confirmed.h"

#include "base/text.h"
#include "plan/confirm.h"
#include "station/lastgood.h"

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
	struct world_files *before = lastgood_load(dir);

	if (before != NULL)
		confirmed_check(files, before);
	world_files_free(before);
}
