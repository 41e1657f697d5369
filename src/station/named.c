/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/named.h"

#include "base/limits.h"
#include "proof/history.h"
#include "sys/log.h"

#include <stdio.h>

bool named_had(void *dir, const char *file)
{
	char path[PATH_BYTES + 16];
	struct view *v = NULL;
	struct err e = {0};
	bool known = false;

	snprintf(path, sizeof(path), "%s/view.sqlite", (const char *)dir);
	if (!reader_open(&v, path, &e) || !history_names(v, file, &known, &e))
		log_warn("%s: %s", file, e.text);
	reader_close(v);
	return known;
}
