/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/become.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "cli/shipped.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ARGS_MAX 8

static const char *const places[] = {"", "../libexec/vangxa/"};

bool become_with(const char *name, char *const argv[], const char *purpose, struct err *e)
{
	char dir[PATH_BYTES / 2], path[PATH_BYTES];

	shipped_program_dir(dir);
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s%s", dir, places[i], name);
		execv(path, argv);
	}
	return err_set(e, ERR_FAILED, T("%s: thiếu chương trình %s (%s); hãy cài lại",
					"%s: the program %s (%s) is missing; install again"),
		       dir, name, purpose);
}

int become(const char *name, char *const args[], const char *purpose)
{
	char own[64];
	char *argv[ARGS_MAX + 2] = {own};

	snprintf(own, sizeof(own), "%s", name);
	for (int i = 0; args[i] != NULL; i++) {
		must(i < ARGS_MAX);
		argv[i + 1] = args[i];
	}
	struct err e;
	if (!become_with(name, argv, purpose, &e))
		fprintf(stderr, "vangxa: %s\n", e.text);
	return 1;
}
